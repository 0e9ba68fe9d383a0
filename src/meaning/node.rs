//! Nodes of a graph.

use serde_json::{Map, Value, json};

use crate::guide::Coordinates;

/// A node of a type; what is null or empty is left out.
pub(super) fn node<const N: usize>(kind: &str, entries: [(&str, Value); N]) -> Value {
    let mut map = Map::new();
    map.insert("@type".into(), kind.into());
    add(&mut map, entries);
    map.into()
}

/// More entries for a node; what is null or empty is left out.
pub(super) fn with<const N: usize>(mut node: Value, entries: [(&str, Value); N]) -> Value {
    if let Value::Object(map) = &mut node {
        add(map, entries);
    }
    node
}

fn add<const N: usize>(map: &mut Map<String, Value>, entries: [(&str, Value); N]) {
    for (key, value) in entries.into_iter().filter(|(_, value)| !is_empty(value)) {
        map.insert(key.into(), value);
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        // A node that says nothing but what it would be.
        Value::Object(map) => map.keys().all(|key| key == "@type"),
        _ => false,
    }
}

/// A node that is described elsewhere.
pub(super) fn reference(id: &str) -> Value {
    json!({ "@id": id })
}

/// Spaces that may not break are for readers of pages.
pub(super) fn clean(value: &mut Value) {
    match value {
        Value::String(text) if text.contains(['\u{a0}', '\u{202f}']) => {
            *text = text.replace(['\u{a0}', '\u{202f}'], " ");
        }
        Value::Array(list) => list.iter_mut().for_each(clean),
        Value::Object(map) => map.values_mut().for_each(clean),
        _ => {}
    }
}

/// A point, from the `at` of a block's value.
pub(super) fn geo(at: &Value) -> Value {
    let Ok(Coordinates([latitude, longitude])) = serde_json::from_value::<Coordinates>(at.clone()) else {
        return Value::Null;
    };
    node("GeoCoordinates", [("latitude", latitude.into()), ("longitude", longitude.into())])
}

/// A fact that schema.org has no word for, under the name that the page gives it.
pub(super) fn fact(name: Option<&str>, value: &Value) -> Option<Value> {
    let text = value.as_str().filter(|text| !text.is_empty())?;
    Some(node("PropertyValue", [("name", name?.into()), ("value", text.into())]))
}

/// The `@id` of what a link of a block leads to: its address and kind.
pub(super) fn linked_id(link: &Value) -> Option<String> {
    Some(format!("{}#{}", link["permalink"].as_str()?, link["kind"].as_str()?))
}

/// What a link leads to, as a node of a type that names it.
pub(super) fn linked(kind: &str, link: &Value) -> Value {
    let Some(id) = linked_id(link) else { return Value::Null };
    node(kind, [("@id", id.into()), ("name", link["title"].clone()), ("url", link["permalink"].clone())])
}

/// Sources as works that are cited.
pub(super) fn cited(title: &Value, url: &Value) -> Value {
    node("CreativeWork", [("name", title.clone()), ("url", url.clone())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_left_out() {
        let inner = node("Place", [("name", Value::Null), ("geo", geo(&json!(null)))]);
        let outer = node("Event", [("name", "x".into()), ("location", inner), ("image", json!([]))]);
        assert_eq!(outer, json!({ "@type": "Event", "name": "x" }));
    }
}
