//! Keys of front matter as lines: what must be filled in is marked, what may be is commented out, and each says what it is.

use std::collections::BTreeMap;

use crate::diagnostic::{Text, Words};
use crate::source::Value;
use crate::text;

/// Values that were given for keys of the block, as YAML.
#[derive(Debug, Default)]
pub(super) struct Given(BTreeMap<&'static str, String>);

impl Given {
    pub(super) fn insert(&mut self, key: &'static str, value: String) {
        self.0.insert(key, value);
    }
}

/// The lines of a file's front matter.
#[derive(Debug)]
pub(super) struct Fields {
    words: Words,
    lines: Vec<String>,
}

impl Fields {
    pub(super) fn new(words: Words) -> Self {
        Self { words, lines: vec![] }
    }

    /// A line as it is.
    pub(super) fn line(&mut self, line: &str) {
        self.lines.push(line.to_string());
    }

    /// The whole file, with this text below.
    pub(super) fn finish(self, text: &str) -> String {
        format!("---\n{}\n---\n\n{text}\n", self.lines.join("\n"))
    }

    /// A key that somebody must fill in.
    pub(super) fn fill(&mut self, key: &str, schema: &Value) {
        self.must(key, schema, "");
    }

    /// A key that may be there, commented out with everything in it.
    pub(super) fn option(&mut self, key: &str, schema: &Value) {
        self.may(key, schema, "", "");
    }

    /// The block of a kind.
    pub(super) fn block(&mut self, name: &str, schema: &Value, given: &Given) {
        let either = either(schema, given);
        let need = either.iter().map(|keys| self.one_of(keys)).collect::<Vec<_>>().join("; ");
        let mark = if need.is_empty() { String::new() } else { format!(" # ← {need}") };
        self.lines.push(format!("{name}:{mark}"));
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            if let Some(value) = given.0.get(key.as_str()) {
                let said = self.said(property);
                self.lines.push(format!("  {key}: {value} # {said}"));
            } else if required.contains(&key.as_str()) {
                self.must(key, property, "  ");
            } else {
                self.may(key, property, "  ", "");
            }
        }
    }

    /// A key without its value, marked.
    fn must(&mut self, key: &str, schema: &Value, indent: &str) {
        let said = self.said(schema);
        let mark = text!("← uzupełnij. {said}", "← fill in. {said}");
        self.lines.push(format!("{indent}{key}: # {}", mark.get(self.words)));
        if schema["items"]["properties"].is_object() {
            self.list(&schema["items"], indent, "");
        }
    }

    /// A key as a comment. `indent` stands before the sign of the comment, `inside` after it.
    fn may(&mut self, key: &str, schema: &Value, indent: &str, inside: &str) {
        let said = self.said(schema);
        let value = match schema["type"].as_str() {
            Some("boolean") => " false",
            Some("array") if schema["x-type"] != "coordinates" && !schema["items"]["properties"].is_object() => " []",
            _ => "",
        };
        self.lines.push(format!("{indent}#{inside}{key}:{value} # {said}"));
        if schema["items"]["properties"].is_object() {
            self.list(&schema["items"], indent, inside);
        } else if schema["type"] == "object" {
            for (key, property) in schema["properties"].as_object().into_iter().flatten() {
                self.may(key, property, indent, &format!("{inside}  "));
            }
        }
    }

    /// The keys of one item of a list, as comments.
    fn list(&mut self, item: &Value, indent: &str, inside: &str) {
        for (at, (key, property)) in item["properties"].as_object().into_iter().flatten().enumerate() {
            let said = self.said(property);
            let dash = if at == 0 { "- " } else { "  " };
            self.lines.push(format!("{indent}#{inside}  {dash}{key}: # {said}"));
        }
    }

    /// What a key is, with what can be chosen.
    fn said(&self, schema: &Value) -> String {
        let said = schema["description"].as_str().unwrap_or_default();
        let (pl, en) = said.split_once("\n\n").unwrap_or((said, said));
        let said = match self.words {
            Words::Polish => pl,
            Words::English => en,
        };
        let choices = [&schema["x-choices"], &schema["items"]["x-choices"]].into_iter().find_map(Value::as_array);
        let Some(choices) = choices else { return said.to_string() };
        let code = match self.words {
            Words::Polish => "pl",
            Words::English => "en",
        };
        let list: Vec<String> = choices
            .iter()
            .map(|choice| {
                let (value, label) = (choice["value"].as_str().unwrap_or_default(), choice["label"][code].as_str());
                match label.filter(|label| !is_same(label, value)) {
                    Some(label) => format!("{value} ({label})"),
                    None => value.to_string(),
                }
            })
            .collect();
        let list = list.join(", ");
        let choose = text!("Do wyboru: {list}", "One of: {list}");
        format!("{said} {}", choose.get(self.words))
    }

    /// `place` or `at` and so on.
    fn one_of(&self, keys: &[String]) -> String {
        let quoted = |quote: [&str; 2], or: &str| {
            let keys: Vec<String> = keys.iter().map(|key| format!("{}{key}{}", quote[0], quote[1])).collect();
            keys.join(or)
        };
        let (pl, en) = (quoted(["„", "”"], " albo "), quoted(["`", "`"], " or "));
        let said: Text = text!("uzupełnij {pl}", "fill in {en}");
        said.get(self.words).to_string()
    }
}

/// Keys of which one must be there, where none was given.
fn either(schema: &Value, given: &Given) -> Vec<Vec<String>> {
    let all = schema["allOf"].as_array().into_iter().flatten();
    let groups = all.map(|one| &one["anyOf"]).chain([&schema["anyOf"]]).filter_map(Value::as_array);
    let keys = |group: &Vec<Value>| -> Vec<String> {
        let required = group.iter().flat_map(|one| one["required"].as_array().into_iter().flatten());
        required.filter_map(Value::as_str).map(str::to_string).collect()
    };
    groups.map(keys).filter(|keys| !keys.iter().any(|key| given.0.contains_key(key.as_str()))).collect()
}

/// Whether a name for people says no more than the word itself.
fn is_same(label: &str, value: &str) -> bool {
    label.to_lowercase().replace(' ', "-") == value
}

/// A text as a YAML value: as it is where that is safe, else in quotes.
pub(super) fn scalar(text: &str) -> String {
    const OTHERS: [&str; 7] = ["true", "false", "null", "yes", "no", "on", "off"];
    let is_plain = |c: char| c.is_alphanumeric() || " -–—,.()’„”!".contains(c);
    let is_safe = text.starts_with(char::is_alphabetic)
        && text.trim() == text
        && text.chars().all(is_plain)
        && !OTHERS.contains(&text.to_lowercase().as_str());
    // Strings of JSON are strings of YAML.
    if is_safe { text.to_string() } else { Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_where_they_must_be() {
        assert_eq!(scalar("Dworek Jana Matejki (Krzesławice)"), "Dworek Jana Matejki (Krzesławice)");
        assert_eq!(scalar("Nowa Huta: plan"), "\"Nowa Huta: plan\"");
        for text in ["Plac #1", "1949", "true", "Yes", "- lista", "\"Cytat\" i \\", "[a]", "", " x", "a: b", "„x”"]
        {
            let value: Value = serde_yaml_value(&format!("title: {}", scalar(text)));
            assert_eq!(value["title"], text);
        }
    }

    fn serde_yaml_value(text: &str) -> Value {
        let source = crate::diagnostic::SourceText { file: String::new(), text: text.into() };
        crate::source::FrontMatter::yaml_file(&source).unwrap().table.into()
    }
}
