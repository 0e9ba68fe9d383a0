//! `get_status`, `get_codes`: for those who edit the site.

use serde_json::json;
use tera::{Kwargs, State, TeraResult, Value};

use super::{Registrar, SharedStore, language, ready};
use crate::diagnostic::{Code, Words};
use crate::markdown::typeset_for;
use crate::template::{Asked, json_value};
use crate::translation::State as Standing;

/// `get_status` tells how far translations are: `{translations: [{section, file, original, language, state, title,
/// permalink, changes}], unverified: [{file, title, permalink, verified}]}`; `state` is `current`, `stale`, `unstamped` or
/// `missing`, `changes` are sentences in the language of the template. `get_codes` gives what can be wrong with a site:
/// `[{code, meaning, mending}]`, the last two as Markdown in the language of the template.
pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("get_status", move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
        let store = &*ready(&own, "get_status")?;
        let words = Words::for_language(&language(&kwargs, state, store)?);
        // It compares texts.
        Asked::note(|run| run.everything = true);
        let status = store.status();
        // Files are named by the titles of their originals.
        let config = &store.project.config;
        let original = |title: &str| typeset_for(config, title, &config.default_language);
        let translations = status.rows.iter().map(|row| {
            let changes: Vec<String> = match &row.state {
                Standing::Stale(changes) => {
                    changes.iter().map(|change| row.change(change).get(words).to_string()).collect()
                }
                _ => vec![],
            };
            json!({
                "section": row.section,
                "file": row.file,
                "original": row.original.path,
                "language": row.language,
                "state": row.state.as_str(),
                "title": row.title.as_deref().map(original),
                "permalink": row.permalink,
                "changes": changes,
            })
        });
        let unverified = status.unverified.iter().map(|page| {
            json!({
                "file": page.file,
                "title": page.title.as_deref().map(original),
                "permalink": page.permalink,
                "verified": page.verified.map(|day| day.to_string()),
            })
        });
        Ok(json_value(&json!({
            "translations": translations.collect::<Vec<_>>(),
            "unverified": unverified.collect::<Vec<_>>(),
        })))
    });
    let own = store.clone();
    tera.register_function("get_codes", move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
        let store = &*ready(&own, "get_codes")?;
        let words = Words::for_language(&language(&kwargs, state, store)?);
        let codes = Code::ALL.iter().map(
            |code| json!({ "code": code.as_str(), "meaning": code.meaning(words), "mending": code.mending(words) }),
        );
        Ok(json_value(&codes.collect::<Vec<_>>().into()))
    });
}
