//! `get_taxonomy`, `get_taxonomy_term`, `get_taxonomy_url`.

use tera::{Error, Function, Kwargs, State, TeraResult, Value};

use super::{Registrar, SharedStore, language, ready};
use crate::content::{Taxonomy, Term, slugify};
use crate::template::{Store, map_value, values};

pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("get_taxonomy", move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
        let store = &*ready(&own, "get_taxonomy")?;
        let Some(taxonomy) = taxonomy(&kwargs, state, store)? else { return Ok(Value::none()) };
        let items = taxonomy.terms.iter().map(|term| values::term(term, |id| store.other_page(id))).collect::<Vec<_>>();
        Ok(map_value([
            ("kind", values::taxonomy(taxonomy)),
            ("lang", taxonomy.language.as_str().into()),
            ("permalink", taxonomy.permalink.as_str().into()),
            ("items", items.into()),
        ]))
    });
    let own = store.clone();
    tera.register_function("get_taxonomy_term", move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
        let store = &*ready(&own, "get_taxonomy_term")?;
        let Some(taxonomy) = taxonomy(&kwargs, state, store)? else { return Ok(Value::none()) };
        match term(taxonomy, &kwargs.must_get::<String>("term")?, store) {
            Ok(found) => Ok(values::term(found, |id| store.other_page(id))),
            Err(error) => {
                if kwargs.get::<bool>("required")?.unwrap_or(true) {
                    Err(error)
                } else {
                    Ok(Value::none())
                }
            }
        }
    });
    tera.register_function("get_taxonomy_url", TaxonomyUrl(store.clone()));
}

struct TaxonomyUrl(SharedStore);

impl Function<TeraResult<Value>> for TaxonomyUrl {
    fn call(&self, kwargs: Kwargs, state: &State) -> TeraResult<Value> {
        let store = &*ready(&self.0, "get_taxonomy_url")?;
        let Some(taxonomy) = taxonomy(&kwargs, state, store)? else { return Ok(Value::none()) };
        let name = match kwargs.get::<String>("term")? {
            Some(name) => name,
            None => kwargs.must_get::<String>("name")?,
        };
        Ok(term(taxonomy, &name, store)?.permalink.as_str().into())
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// The taxonomy of `kind` in the asked language; `None` when it is unknown and not required.
fn taxonomy<'a>(kwargs: &Kwargs, state: &State, store: &'a Store) -> TeraResult<Option<&'a Taxonomy>> {
    let kind = kwargs.must_get::<String>("kind")?;
    let language = language(kwargs, state, store)?;
    let slug = slugify(&kind, store.project.config.slugify.taxonomies);
    let known = if store.is_early() { &[][..] } else { &store.library.taxonomies[..] };
    let is_kind = |taxonomy: &&Taxonomy| taxonomy.slug == slug || taxonomy.config.name == kind;
    let found = known.iter().filter(|taxonomy| taxonomy.language == language).find(is_kind);
    if found.is_none() && kwargs.get::<bool>("required")?.unwrap_or(true) {
        return Err(Error::message(format!("there is no taxonomy `{kind}` in the language `{language}`")));
    }
    Ok(found)
}

fn term<'a>(taxonomy: &'a Taxonomy, name: &str, store: &Store) -> TeraResult<&'a Term> {
    let slug = slugify(name, store.project.config.slugify.taxonomies);
    let found = taxonomy.terms.iter().find(|term| term.slug == slug);
    found.ok_or_else(|| Error::message(format!("the taxonomy `{}` has no term `{name}`", taxonomy.config.name)))
}
