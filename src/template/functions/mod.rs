//! Functions templates call, one file a group.

mod address;
mod content;
mod data;
mod editors;
mod environment;
mod glossary;
mod guide;
mod index;
mod map;
mod open_data;
mod picture;
mod qr;
mod taxonomy;
mod time;
mod words;

use std::borrow::Cow;
use std::sync::Arc;

use tera::{Error, Kwargs, State, TeraResult};

use super::timed::Registrar;
use super::{SharedStore, Store};

/// Registers all of them.
pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    address::register(tera, store);
    content::register(tera, store);
    data::register(tera, store);
    editors::register(tera, store);
    environment::register(tera, store);
    glossary::register(tera, store);
    guide::register(tera, store);
    index::register(tera, store);
    map::register(tera, store);
    open_data::register(tera, store);
    picture::register(tera, store);
    qr::register(tera);
    taxonomy::register(tera, store);
    time::register(tera, store);
    words::register(tera, store);
    let own = store.clone();
    tera.register_function("get_random", move |kwargs: Kwargs, state: &State| {
        ready(&own, "get_random")?.workshop.note_fleeting();
        tera_contrib::rand::get_random(kwargs, state)
    });
}

/// The store, or an error for a template that runs too early.
fn ready(store: &SharedStore, function: &str) -> TeraResult<Arc<Store>> {
    store.get().ok_or_else(|| Error::message(format!("`{function}` cannot be used here: the site is not loaded yet")))
}

/// The argument `lang`, else the language of the template, else the default one.
fn language<'k>(kwargs: &'k Kwargs, state: &State, store: &Store) -> TeraResult<Cow<'k, str>> {
    if let Some(language) = kwargs.get::<Cow<'k, str>>("lang")? {
        return Ok(language);
    }
    let own = state.get::<String>("lang")?;
    Ok(Cow::Owned(own.unwrap_or_else(|| store.project.config.default_language.clone())))
}
