//! Snippets for VS Code: the keys of front matter with their choices, to be put in by name.
//!
//! They work in Markdown, where no extension completes front matter from a schema, and need nothing installed.

use serde_json::{Map, Value, json};

use super::Schemas;
use crate::guide::KINDS;
use crate::translation;

/// Where VS Code looks for them.
pub const SNIPPETS_FILE: &str = ".vscode/huta.code-snippets";

/// The first line of the file.
const MARK: &str = "// huta schema";

/// The text of the file: a snippet for the block of every kind, with what it must have, and one for each key.
#[must_use]
pub fn snippets(schemas: Schemas<'_>) -> String {
    let mut all = Map::new();
    for kind in KINDS {
        let block = schemas.block(kind);
        let mut body = Body::default();
        body.block(kind.name, &block);
        let names = [&block["x-label"]["pl"], &block["x-label"]["en"]].map(|name| name.as_str().unwrap_or_default());
        all.insert(kind.name.into(), snippet(&[kind.name, names[0], names[1]], &body.0, &block));
        for (key, property) in block["properties"].as_object().into_iter().flatten() {
            add_key(&mut all, &format!("{}.{key}", kind.name), key, property);
        }
    }
    let page = schemas.page();
    // What a command writes, and tables whose keys are each site's own, nobody puts in by name.
    let is_apart = |key: &str, schema: &Value| {
        key == translation::KEY || schema["type"] == "object" && !schema["properties"].is_object()
    };
    for (key, property) in page["properties"].as_object().into_iter().flatten() {
        if !is_apart(key, property) {
            add_key(&mut all, key, key, property);
        }
    }
    format!("{MARK}\n{:#}\n", Value::Object(all))
}

/// Whether huta wrote a file of snippets.
#[must_use]
pub fn are_own_snippets(text: &str) -> bool {
    text.starts_with(MARK)
}

/// The snippet of a key, unless another kind has the very same.
fn add_key(all: &mut Map<String, Value>, name: &str, key: &str, schema: &Value) {
    let mut body = Body::default();
    body.key(key, schema, "");
    let label = &schema["x-label"];
    let names = [key, label["pl"].as_str().unwrap_or_default(), label["en"].as_str().unwrap_or_default()];
    let made = snippet(&names, &body.0, schema);
    if all.values().all(|other| *other != made) {
        all.insert(name.into(), made);
    }
}

fn snippet(names: &[&str], body: &[String], schema: &Value) -> Value {
    let mut prefix: Vec<String> = vec![];
    for name in names.iter().map(|name| name.to_lowercase()).filter(|name| !name.is_empty()) {
        if !prefix.contains(&name) {
            prefix.push(name);
        }
    }
    let said = schema["description"].as_str().unwrap_or_default().replace("\n\n", " / ");
    json!({ "scope": "markdown", "prefix": prefix, "body": body, "description": said })
}

/// The lines of a snippet.
#[derive(Default)]
struct Body(Vec<String>);

impl Body {
    /// A stop of the cursor with what stands there at first.
    fn stop(&self, text: &str) -> String {
        let number = self.stops();
        if text.is_empty() { format!("${number}") } else { format!("${{{number}:{text}}}") }
    }

    /// A stop with words to choose from.
    fn choice(&self, words: &[&str]) -> String {
        format!("${{{}|{}|}}", self.stops(), words.join(","))
    }

    /// Number of the next stop.
    fn stops(&self) -> usize {
        self.0.iter().map(|line| line.matches('$').count()).sum::<usize>() + 1
    }

    /// A block with what it must have; of keys of which one must be there, the first.
    fn block(&mut self, name: &str, block: &Value) {
        self.0.push(format!("{name}:"));
        let all = block["allOf"].as_array().into_iter().flatten().map(|one| &one["anyOf"]);
        let either = all.chain([&block["anyOf"]]).filter_map(|group| group.get(0));
        let needed: Vec<&str> = either
            .chain([block])
            .flat_map(|one| one["required"].as_array().into_iter().flatten())
            .filter_map(Value::as_str)
            .collect();
        for (key, property) in block["properties"].as_object().into_iter().flatten() {
            if needed.contains(&key.as_str()) {
                self.key(key, property, "  ");
            }
        }
    }

    fn key(&mut self, key: &str, schema: &Value, indent: &str) {
        if schema["items"]["properties"].is_object() {
            self.0.push(format!("{indent}{key}:"));
            self.item(&schema["items"], indent);
        } else if schema["type"] == "object" {
            self.0.push(format!("{indent}{key}:"));
            for (key, property) in schema["properties"].as_object().into_iter().flatten() {
                self.key(key, property, &format!("{indent}  "));
            }
        } else {
            let value = self.value(schema);
            self.0.push(format!("{indent}{key}: {value}"));
        }
    }

    /// One item of a list, with all its keys.
    fn item(&mut self, item: &Value, indent: &str) {
        for (at, (key, property)) in item["properties"].as_object().into_iter().flatten().enumerate() {
            let before = self.0.len();
            self.key(key, property, &format!("{indent}    "));
            if at == 0 {
                self.0[before].replace_range(indent.len()..indent.len() + 4, "  - ");
            }
        }
    }

    fn value(&self, schema: &Value) -> String {
        let words = |schema: &Value| -> Option<String> {
            let choices = schema["x-choices"].as_array()?;
            Some(self.choice(&choices.iter().filter_map(|choice| choice["value"].as_str()).collect::<Vec<_>>()))
        };
        let first = self.stops();
        match (schema["x-type"].as_str(), schema["type"].as_str()) {
            (Some("coordinates"), _) => format!("[${{{first}:50.07197}}, ${{{}:20.03740}}]", first + 1),
            (Some("date"), _) => self.stop("2026-11-23"),
            (Some("moment"), _) => self.stop("2026-12-05T17:00"),
            (Some("partial-date"), _) => format!("\"{}\"", self.stop("1960")),
            (Some("web-address"), _) => format!("\"{}\"", self.stop("https://")),
            (_, Some("boolean")) => self.choice(&["true", "false"]),
            (_, Some("integer")) => self.stop("10"),
            (_, Some("array")) => match words(&schema["items"]) {
                Some(choice) => format!("[{choice}]"),
                None if schema["items"]["type"] == "integer" => format!("[${{{first}:11}}, ${{{}:12}}]", first + 1),
                None => format!("[\"{}\"]", self.stop("")),
            },
            _ => words(schema).unwrap_or_else(|| format!("\"{}\"", self.stop(""))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_are_numbered_and_choices_offered() {
        let mut body = Body::default();
        let access = json!({
            "type": "object",
            "properties": {
                "wheelchair": { "type": "string", "x-choices": [{ "value": "yes" }, { "value": "no" }] },
                "note": { "type": "string" },
            },
        });
        body.key("access", &access, "  ");
        body.key("at", &json!({ "type": "array", "x-type": "coordinates" }), "  ");
        let dates = json!({ "type": "array", "items": { "type": "object", "properties": {
            "on": { "type": "string", "x-type": "partial-date" },
            "what": { "type": "string" },
        } } });
        body.key("dates", &dates, "  ");
        let lines = [
            "  access:",
            "    wheelchair: ${1|yes,no|}",
            "    note: \"$2\"",
            "  at: [${3:50.07197}, ${4:20.03740}]",
            "  dates:",
            "    - on: \"${5:1960}\"",
            "      what: \"$6\"",
        ];
        assert_eq!(body.0, lines);
    }
}
