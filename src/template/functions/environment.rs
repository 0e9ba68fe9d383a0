//! `get_env`.

use tera::{Error, Kwargs, State, TeraResult, Value};

/// The value of an environment variable, else `default`. The one way in which a build may depend on the machine it runs
/// on, and only where a template asks for it.
use super::{Registrar, SharedStore};

pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let store = store.clone();
    tera.register_function("get_env", move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let name = kwargs.must_get::<String>("name")?;
        let known = store.get();
        if known.as_ref().is_some_and(|store| !store.project.config.trusts_variable(&name)) {
            return Err(Error::message(format!(
                "get_env: the environment variable `{name}` may not be read: add it to `[trust] environment` in huta.toml"
            )));
        }
        let value = known.map_or_else(|| std::env::var(&name).ok(), |store| store.workshop.variable(&name));
        match value {
            Some(value) => Ok(value.into()),
            None => kwargs.get::<Value>("default")?.ok_or_else(|| {
                Error::message(format!(
                    "get_env: the environment variable `{name}` is not set, and there is no `default`"
                ))
            }),
        }
    });
}
