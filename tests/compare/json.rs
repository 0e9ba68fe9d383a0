//! JSON, by its values.
//!
//! Order of keys and forms of numbers do not count; numbers may differ by a billionth. A search index that is a list is
//! a set of documents, and a run of white space in their texts is one space.

use serde_json::Value;

use super::difference::pair;

/// Compares two documents without the keys at the top that are dropped.
pub(super) fn differences(expected: &str, actual: &str, dropped: &[&str], is_index: bool) -> Vec<String> {
    let parse = |text: &str| {
        let mut value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match &mut value {
            Value::Object(map) => map.retain(|key, _| !dropped.contains(&key.as_str())),
            Value::Array(documents) if is_index => {
                documents.iter_mut().for_each(normalize);
                documents.sort_by_cached_key(Value::to_string);
            }
            _ => {}
        }
        Ok::<_, String>(value)
    };
    match (parse(expected), parse(actual)) {
        (Ok(expected), Ok(actual)) => {
            let mut found = vec![];
            compare(&expected, &actual, "$", &mut found);
            found
        }
        (Err(problem), _) => vec![format!("expected is not JSON: {problem}")],
        (_, Err(problem)) => vec![format!("not JSON: {problem}")],
    }
}

/// The value in the script of a search index, `window.searchIndex = …;`.
pub(super) fn of_script(text: &str) -> &str {
    let value =
        text.trim().strip_prefix("window.searchIndex").map(str::trim_start).and_then(|text| text.strip_prefix('='));
    value.map_or(text, |value| value.trim_end_matches(';').trim())
}

/// One space for a run of white space, keys in order.
fn normalize(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Array(values) => values.iter_mut().for_each(normalize),
        Value::Object(map) => {
            map.values_mut().for_each(normalize);
            map.sort_keys();
        }
        _ => {}
    }
}

fn compare(expected: &Value, actual: &Value, path: &str, found: &mut Vec<String>) {
    match (expected, actual) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN));
            if (a - b).abs() > 1e-9 * a.abs().max(b.abs()).max(1.0) {
                found.push(format!("{path}: expected {a}, got {b}"));
            }
        }
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                match b.get(key) {
                    Some(other) => compare(value, other, &format!("{path}.{key}"), found),
                    None => found.push(format!("{path}.{key} is missing")),
                }
            }
            let extra = b.keys().filter(|key| !a.contains_key(*key));
            found.extend(extra.map(|key| format!("{path}.{key} should not be there")));
        }
        (Value::Array(a), Value::Array(b)) => {
            if a.len() != b.len() {
                found.push(format!("{path}: expected {} items, got {}", a.len(), b.len()));
            }
            for (index, (value, other)) in a.iter().zip(b).enumerate() {
                compare(value, other, &format!("{path}[{index}]"), found);
            }
        }
        (a, b) if a == b => {}
        (a, b) => found.push(format!("{path}: {}", pair(&a.to_string(), &b.to_string()))),
    }
}
