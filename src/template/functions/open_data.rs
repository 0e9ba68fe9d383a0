//! `get_open_data`: the data set that the site publishes.

use serde_json::{Value as Json, json};
use tera::{Kwargs, State, TeraResult, Value};

use super::{Registrar, SharedStore, language, ready};
use crate::markdown::typeset_for;
use crate::open_data::{DataFile, Field, Table};
use crate::template::{Store, json_value};

/// `get_open_data(lang?)` describes the data set in a language: `{folder, date, licence, attribution, package: {permalink, size},
/// tables: [{name, title, description, count, files: [{format, permalink, size}], columns: [{name, title, description, type,
/// many, language, refers, choices: [{value, title}]}]}]}`; nothing where the site has none. Sizes are bytes; `type` is one
/// of Table Schema's, or `uri`, `email`.
pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("get_open_data", move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
        let store = &*ready(&own, "get_open_data")?;
        let language = language(&kwargs, state, store)?;
        Ok(described(store, &language).map_or_else(Value::none, |value| json_value(&value)))
    });
}

fn described(store: &Store, language: &str) -> Option<Json> {
    let config = &store.project.config;
    let set = store.open_data.set()?;
    let file = |file: &DataFile| json!({ "format": file.format, "permalink": config.permalink(&file.path), "size": file.text.len() });
    let set_text = |text: &str| typeset_for(config, text, language);
    let table = |(at, table): (usize, &Table)| {
        let [title, description] = if language == "pl" { &table.pl } else { &table.en };
        let files = set.files.iter().filter(|file| file.table == Some(at)).map(file);
        json!({
            "name": table.name,
            "title": set_text(title),
            "description": set_text(description),
            "count": table.rows.len(),
            "files": files.collect::<Vec<_>>(),
            "columns": table.fields.iter().map(|field| column(field, language, set_text)).collect::<Vec<_>>(),
        })
    };
    let folder = config.open_data.as_ref().map(|open| open.folder.trim_matches('/'));
    let licence = config.licence().map(|licence| json!({ "id": licence.id, "name": licence.name, "url": licence.url }));
    Some(json!({
        "folder": folder,
        "date": store.project.today.to_string(),
        "licence": licence,
        "attribution": store.open_data.attribution(language).map(set_text),
        "package": set.files.iter().find(|file| file.table.is_none()).map(file),
        "tables": set.tables.iter().enumerate().map(table).collect::<Vec<_>>(),
    }))
}

fn column(field: &Field, language: &str, set: impl Fn(&str) -> String) -> Json {
    let is_polish = language == "pl";
    let [title, description] = if is_polish { &field.pl } else { &field.en };
    let (name, format) = field.holds.names();
    let choices = field
        .choices
        .iter()
        .map(|choice| json!({ "value": choice.value, "title": set(if is_polish { &choice.pl } else { &choice.en }) }));
    json!({
        "name": field.name,
        "title": set(title),
        "description": set(description),
        "type": format.unwrap_or(name),
        "many": field.many,
        "language": field.language,
        "refers": field.refers,
        "choices": choices.collect::<Vec<_>>(),
    })
}
