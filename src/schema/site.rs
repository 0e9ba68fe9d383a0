//! What a site's configuration adds to the types: its languages, its bounds.

use schemars::Schema;
use schemars::transform::transform_subschemas;
use serde_json::{Map, json};

use crate::config::Config;
use crate::source::Value;

/// Fits a schema and all schemas in it to a site.
pub(super) fn fit(schema: &mut Schema, config: &Config) {
    match schema.get("x-type").and_then(Value::as_str) {
        Some("coordinates") => bounds(schema, config),
        Some("words") => languages(schema, config),
        _ => {}
    }
    transform_subschemas(&mut |schema: &mut Schema| fit(schema, config), schema);
}

/// Coordinates lie in the site's bounds, as far as those lie on the earth.
fn bounds(schema: &mut Schema, config: &Config) {
    let Some([west, south, east, north]) = config.bounds.map(|bounds| bounds.0) else { return };
    let Some(Value::Array(items)) = schema.as_object_mut().and_then(|table| table.get_mut("items")) else { return };
    for (item, (least, most)) in items.iter_mut().zip([(south, north), (west, east)]) {
        item["minimum"] = least.into();
        item["maximum"] = most.into();
    }
}

/// Texts by language: a key for each language of the site, and no other.
fn languages(schema: &mut Schema, config: &Config) {
    let Some(table) = schema.as_object_mut() else { return };
    let Some(each @ Value::Object(_)) = table.get("additionalProperties").cloned() else { return };
    let properties: Map<String, Value> = config
        .language_codes()
        .map(|code| {
            let (pl, en) = match code {
                "pl" => ("Po polsku", "In Polish"),
                "en" => ("Po angielsku", "In English"),
                other => (other, other),
            };
            let mut each = each.clone();
            each["x-label"] = json!({ "pl": pl, "en": en });
            each["description"] = format!("{pl}\n\n{en}").into();
            (code.to_string(), each)
        })
        .collect();
    table.insert("properties".into(), properties.into());
    table.insert("additionalProperties".into(), false.into());
}
