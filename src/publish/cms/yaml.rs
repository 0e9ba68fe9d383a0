//! Values as YAML, for files that people may want to read.

use std::fmt::Write as _;

use serde_json::Value;

/// A value as a YAML document. Texts are written between double quotes, as in JSON: no word of theirs can be taken for
/// something else.
pub(super) fn document(value: &Value) -> String {
    let mut out = String::new();
    node(value, 0, &mut out);
    out
}

/// Writes a value whose first line goes on where `out` ends, if it is a scalar, else on lines of its own.
fn node(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (at, (key, value)) in map.iter().enumerate() {
                if at > 0 {
                    indent(depth, out);
                }
                out.push_str(&name(key));
                out.push(':');
                below(value, depth + 1, out);
            }
        }
        Value::Array(items) if items.iter().any(is_open) => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    indent(depth, out);
                }
                out.push_str("- ");
                if is_open(item) {
                    node(item, depth + 1, out);
                } else {
                    let _ = writeln!(out, "{item}");
                }
            }
        }
        // What JSON writes on one line is YAML.
        flat => {
            let _ = writeln!(out, "{flat}");
        }
    }
}

/// Writes the value of a key.
fn below(value: &Value, depth: usize, out: &mut String) {
    if is_open(value) {
        out.push('\n');
        indent(depth, out);
    } else {
        out.push(' ');
    }
    node(value, depth, out);
}

/// Whether a value takes lines of its own.
fn is_open(value: &Value) -> bool {
    match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(items) => items.iter().any(is_open),
        _ => false,
    }
}

fn indent(depth: usize, out: &mut String) {
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// A key: as it is where it cannot be taken for anything else.
fn name(key: &str) -> String {
    let plain = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    if plain && !words.contains(&key) { key.to_string() } else { Value::from(key).to_string() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::diagnostic::SourceText;
    use crate::source::FrontMatter;

    #[test]
    fn what_is_written_reads_back() {
        let value = json!({
            "title": "Miejsca: „plac” – \"x\" # nie",
            "on": true,
            "numbers": [1, 2.5],
            "empty": {},
            "none": [],
            "fields": [
                { "name": "at", "min": 2, "options": [{ "label": "a", "value": "no" }, { "label": "b", "value": null }] },
                { "name": "body", "modes": ["raw", "rich_text"] },
                [1, { "deep": [[{ "a": "b" }]] }],
            ],
        });
        let text = document(&value);
        let source = SourceText { file: "config.yml".into(), text: text.clone() };
        let read = FrontMatter::yaml_file(&source).unwrap_or_else(|problem| panic!("{problem:?}\n{text}"));
        assert_eq!(Value::Object(read.table), value, "{text}");
        assert!(text.contains("fields:\n  - name: \"at\"\n    min: 2\n    options:\n      - label: \"a\"\n"), "{text}");
    }

    #[test]
    fn words_that_mean_something_else_are_quoted() {
        for (key, expected) in [
            ("title", "title"),
            ("a_1", "a_1"),
            ("on", "\"on\""),
            ("n", "\"n\""),
            ("1a", "\"1a\""),
            ("_a", "\"_a\""),
            ("", "\"\""),
            ("Ab", "\"Ab\""),
            ("aB", "\"aB\""),
            ("a-b", "\"a-b\""),
        ] {
            assert_eq!(name(key), expected);
        }
        assert_eq!(
            document(&json!({ "a": { "b": [1, {}], "c": { "d": null } } })),
            "a:\n  b: [1,{}]\n  c:\n    d: null\n"
        );
        assert_eq!(
            document(&json!([{ "a": 1, "b": 2 }, [["x"]], "y", [{ "c": 3 }]])),
            "- a: 1\n  b: 2\n- [[\"x\"]]\n- \"y\"\n- - c: 3\n"
        );
        assert_eq!(document(&json!({})), "{}\n");
    }
}
