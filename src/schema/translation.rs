//! Blocks of translations: their texts, and the names of list items.

use schemars::Schema;
use serde_json::{Map, json};

use crate::guide::Kind;
use crate::source::Value;

/// Marks what a dotted path of a block leads to as a text; lists on the way are gone through.
pub(super) fn mark(block: &mut Schema, path: &str) {
    let mut value = block.as_object_mut().and_then(|table| table.get_mut("properties"));
    let mut keys = path.split('.').peekable();
    while let Some(key) = keys.next() {
        let Some(property) = value.and_then(|properties| properties.get_mut(key)) else { return };
        if keys.peek().is_none() {
            property["x-text"] = true.into();
            return;
        }
        let of = if property.get("items").is_some() { &mut property["items"] } else { property };
        value = of.get_mut("properties");
    }
}

/// What a translation may say in a block of a kind.
pub(super) fn block(kind: &Kind, block: &Schema) -> Schema {
    let value = texts(kind, block.as_value(), "");
    Schema::try_from(value).unwrap_or_default()
}

/// A schema of a table with nothing but texts, and nothing that must be there.
fn texts(kind: &Kind, schema: &Value, path: &str) -> Value {
    let mut kept = Map::new();
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let is_above = kind.texts.iter().any(|text| text.strip_prefix(&path).is_some_and(|rest| rest.starts_with('.')));
        if kind.texts.contains(&path.as_str()) {
            kept.insert(key.clone(), property.clone());
        } else if is_above {
            let mut list = property.clone();
            if property["items"].is_object() {
                list["items"] = items(kind, &property["items"], &path);
                if let Some(list) = list.as_object_mut() {
                    list.shift_remove("minItems");
                }
            } else {
                list = texts(kind, property, &path);
            }
            kept.insert(key.clone(), list);
        }
    }
    without_demands(schema, kept)
}

/// The items of a list, named by one of their keys.
fn items(kind: &Kind, item: &Value, path: &str) -> Value {
    let mut only = texts(kind, item, path);
    let Some((_, keys)) = kind.keyed.iter().find(|(list, _)| *list == path) else { return only };
    let properties = item["properties"].as_object().into_iter().flatten();
    let named: Map<String, Value> = properties
        .filter_map(|(key, property)| {
            let text = only["properties"].get(key);
            text.cloned()
                .or_else(|| keys.contains(&key.as_str()).then(|| property.clone()))
                .map(|kept| (key.clone(), kept))
        })
        .collect();
    only["properties"] = named.into();
    match keys {
        [key] => only["required"] = json!([key]),
        _ => only["anyOf"] = keys.iter().map(|key| json!({ "required": [key] })).collect::<Vec<_>>().into(),
    }
    only
}

/// A table with these properties and without what must be there.
fn without_demands(schema: &Value, properties: Map<String, Value>) -> Value {
    let mut table = schema.as_object().cloned().unwrap_or_default();
    for demand in ["required", "anyOf", "allOf"] {
        table.shift_remove(demand);
    }
    table.insert("properties".into(), properties.into());
    table.into()
}
