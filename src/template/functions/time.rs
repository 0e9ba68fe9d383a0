//! `now`.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::{SharedStore, ready};

pub(super) fn register(tera: &mut Tera, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("now", move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let now = ready(&own, "now")?.project.now;
        let as_number = kwargs.get::<bool>("timestamp")?.unwrap_or(false);
        Ok(if as_number { now.as_second().into() } else { now.to_string().into() })
    });
}
