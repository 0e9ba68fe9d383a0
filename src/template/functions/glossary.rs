//! `get_glossary`.

use tera::{Error, Kwargs, State, Value};

use super::{Registrar, SharedStore, language, ready};
use crate::diagnostic::did_you_mean;
use crate::template::glossary::word_value;

/// `get_glossary` gives all explained words of the template's language, or of `lang`, in its alphabetical order.
pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("get_glossary", move |kwargs: Kwargs, state: &State| {
        let store = &*ready(&own, "get_glossary")?;
        let language = language(&kwargs, state, store)?;
        let config = &store.project.config;
        if !config.language_codes().any(|known| known == language) {
            let hint = did_you_mean(&language, config.language_codes());
            let hint = hint.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(Error::message(format!("get_glossary: the site has no language `{language}`{hint}")));
        }
        let words = store.glossary.words(&language).iter().map(|word| word_value(store, word, &language));
        Ok(Value::from(words.collect::<Vec<_>>()))
    });
}
