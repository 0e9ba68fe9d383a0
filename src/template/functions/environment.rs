//! `get_env`.

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// The value of an environment variable, else `default`. The one way in which a build may depend on the machine it runs
/// on, and only where a template asks for it.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("get_env", |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let name = kwargs.must_get::<String>("name")?;
        match std::env::var(&name) {
            Ok(value) => Ok(value.into()),
            Err(_) => kwargs.get::<Value>("default")?.ok_or_else(|| {
                Error::message(format!(
                    "get_env: the environment variable `{name}` is not set, and there is no `default`"
                ))
            }),
        }
    });
}
