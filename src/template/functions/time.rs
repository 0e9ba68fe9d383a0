//! `now`.

use tera::{Kwargs, State, TeraResult, Value};

use super::{Registrar, SharedStore, ready};

pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("now", move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let store = ready(&own, "now")?;
        store.workshop.note_fleeting();
        let now = store.project.now;
        let as_number = kwargs.get::<bool>("timestamp")?.unwrap_or(false);
        Ok(if as_number { now.as_second().into() } else { now.to_string().into() })
    });
}
