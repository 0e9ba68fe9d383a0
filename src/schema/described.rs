//! Descriptions of fields and variants, in two languages, out of their doc comments.
//!
//! The first part of the comment is English, `Label` or `Label: details.`; a paragraph that starts with `pl: ` is Polish,
//! `Etykieta` or `Etykieta – szczegóły.`, with an en dash. A comment without the second part is for those who read the code,
//! and left out.

use schemars::Schema;
use serde_json::{Map, json};

use crate::source::Value;

/// What stands before the Polish part.
const POLISH: &str = "pl: ";

/// A description in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// In Polish.
    pub pl: Said,
    /// In English.
    pub en: Said,
}

/// A description in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// All of it.
    pub whole: String,
    /// A name of a few words.
    pub label: String,
    /// What to write, as a sentence.
    pub hint: Option<String>,
}

impl Described {
    /// Reads a doc comment; `None` when it has no Polish part.
    #[must_use]
    pub fn parse(comment: &str) -> Option<Self> {
        let (en, pl) = comment.split_once(&format!("\n\n{POLISH}"))?;
        Some(Self { pl: Said::parse(pl, " – "), en: Said::parse(en, ": ") })
    }

    /// The names, as `x-label`.
    fn labels(&self) -> Value {
        json!({ "pl": self.pl.label, "en": self.en.label })
    }

    /// What to write, as `x-hint`; an empty text where one language has none.
    fn hints(&self) -> Option<Value> {
        let (pl, en) = (self.pl.hint.as_deref(), self.en.hint.as_deref());
        (pl.is_some() || en.is_some()).then(|| json!({ "pl": pl.unwrap_or_default(), "en": en.unwrap_or_default() }))
    }

    /// Label and hint as keys of a table.
    fn insert(&self, table: &mut Map<String, Value>, label: &str, hint: &str) {
        table.insert(label.into(), self.labels());
        if let Some(hints) = self.hints() {
            table.insert(hint.into(), hints);
        }
    }
}

impl Said {
    fn parse(text: &str, separator: &str) -> Self {
        let whole = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "");
        if let Some((label, hint)) = whole.split_once(separator) {
            return Self { label: label.into(), hint: Some(sentence(hint)), whole };
        }
        let whole = whole.trim_end_matches('.').to_string();
        Self { label: whole.clone(), hint: None, whole }
    }
}

/// A text with a capital at its start.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Puts the description of a schema into words for people, or takes it away where it is for others.
pub(super) fn describe(schema: &mut Schema) {
    let Some(Value::String(comment)) = schema.get("description").cloned() else { return };
    let Some(table) = schema.as_object_mut() else { return };
    match Described::parse(&comment) {
        Some(said) => {
            table.insert("description".into(), format!("{}\n\n{}", said.pl.whole, said.en.whole).into());
            said.insert(table, "x-label", "x-hint");
        }
        None => _ = table.shift_remove("description"),
    }
}

/// A choice of an `enum` as `x-choices` has it, and its description for `enumDescriptions`.
pub(super) fn choice(value: &Value, comment: &str) -> Option<(Value, String)> {
    let said = Described::parse(comment)?;
    let mut choice = Map::from_iter([("value".to_string(), value.clone())]);
    said.insert(&mut choice, "label", "hint");
    Some((choice.into(), format!("{} / {}", said.pl.whole, said.en.whole)))
}

/// The Polish and English name of what a schema describes.
#[must_use]
pub fn label(schema: &Schema) -> Option<(String, String)> {
    let labels = schema.get("x-label")?;
    Some((labels["pl"].as_str()?.to_string(), labels["en"].as_str()?.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_have_two_parts() {
        let said = Described::parse("Address: street and\nnumber.\n\npl: Adres – ulica\ni numer.").unwrap();
        assert_eq!((said.en.label.as_str(), said.en.hint.as_deref()), ("Address", Some("Street and number.")));
        assert_eq!((said.pl.label.as_str(), said.pl.hint.as_deref()), ("Adres", Some("Ulica i numer.")));
        assert_eq!(said.pl.whole, "Adres – ulica i numer.");
        let short = Described::parse("Foundation.\n\npl: Fundacja.").unwrap();
        assert_eq!((short.en.label.as_str(), short.pl.hint), ("Foundation", None));
        assert_eq!(Described::parse("For readers of the code."), None);
    }
}
