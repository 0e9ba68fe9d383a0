//! `get_page`, `get_section`.
//!
//! With `metadata_only` a section comes without its pages, as in Zola: whoever shows its title only need not be made again when one
//! of them changes.

use std::borrow::Cow;

use tera::{Error, Kwargs, State, TeraResult, Value};

use super::{Registrar, SharedStore, language, ready};
use crate::diagnostic::did_you_mean;
use crate::template::Store;

pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("get_page", move |kwargs: Kwargs, state: &State| {
        get(&kwargs, state, &*ready(&own, "get_page")?, "page", |store, path, language| {
            store.library.page(path, language).map(|id| store.other_page(id))
        })
    });
    let own = store.clone();
    tera.register_function("get_section", move |kwargs: Kwargs, state: &State| {
        let is_alone = kwargs.get::<bool>("metadata_only")?.unwrap_or(false);
        get(&kwargs, state, &*ready(&own, "get_section")?, "section", |store, path, language| {
            let id = store.library.section(path, language)?;
            Some(if is_alone { store.section_alone(id) } else { store.other_section(id) })
        })
    });
}

fn get(
    kwargs: &Kwargs,
    state: &State,
    store: &Store,
    what: &str,
    find: impl Fn(&Store, &str, &str) -> Option<Value>,
) -> TeraResult<Value> {
    let path = kwargs.must_get::<Cow<'_, str>>("path")?;
    if store.is_early() {
        if kwargs.get::<bool>("allow_missing")?.unwrap_or(false) {
            return Ok(Value::none());
        }
        return Err(Error::message(format!("get_{what} finds nothing while page texts are rendered (`{path}`)")));
    }
    let language = language(kwargs, state, store)?;
    let canonical = store.canonical(&path);
    if let Some(value) = find(store, &canonical, &language) {
        return Ok(value);
    }
    if kwargs.get::<bool>("allow_missing")?.unwrap_or(false) {
        return Ok(Value::none());
    }
    let library = &store.library;
    let known = library
        .pages
        .iter()
        .map(|page| page.canonical.as_str())
        .chain(library.sections.iter().map(|s| s.canonical.as_str()));
    let hint = did_you_mean(&canonical, known).filter(|near| *near != canonical);
    let hint = hint.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(Error::message(format!("get_{what}: there is no {what} `{path}` in the language `{language}`{hint}")))
}
