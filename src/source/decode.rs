//! Typed values out of front matter, every problem with its path.
//!
//! Serde stops at the first error. [`decode_all`] records it, takes the offending value out and tries again, so that an
//! editor sees everything that is wrong with a block at once.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, Visitor};

use super::limits::MOST_TOLD;
use super::{FrontMatter, Table, Value};
use crate::diagnostic::{Code, Diagnostic, SourceText, Text, help_with_suggestion};
use crate::text;

/// One step of the path to a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into a table, by key.
    Key(String),
    /// Into a list, by position from 0.
    Index(usize),
}

impl Step {
    /// A step by key.
    #[must_use]
    pub fn key(name: &str) -> Self {
        Self::Key(name.to_string())
    }
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    /// A key the type does not have.
    UnknownKey {
        /// The key.
        key: String,
        /// The keys it has.
        known: &'static [&'static str],
    },
    /// A key the type must have.
    MissingKey {
        /// The key.
        key: String,
    },
    /// A value of another type; `expected` in serde's words.
    WrongType {
        /// The value, shortened.
        found: String,
        /// What the type takes.
        expected: String,
    },
    /// A word outside a fixed list.
    UnknownWord {
        /// The word.
        word: String,
        /// The words there are.
        known: &'static [&'static str],
    },
    /// What a type says for itself.
    Other(String),
}

/// What is wrong, and the path to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Path from the decoded value.
    pub path: Vec<Step>,
    /// What is wrong there.
    pub issue: Issue,
}

/// Decodes a value, stopping at the first problem.
pub fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, Problem> {
    T::deserialize(Decoder(value)).map_err(|mut problem| {
        problem.path.reverse();
        problem
    })
}

/// Decodes a table, collecting every problem.
///
/// The value is what is left when the offending parts are taken out, so that it can be looked at further; `None` when
/// that cannot be decoded, or when positions in a list would no longer be those of the file.
///
/// `required` names the keys that must be there, so that all missing ones are told at once.
#[must_use]
pub fn decode_all<T: DeserializeOwned>(table: &Table, required: &[&str]) -> (Option<T>, Vec<Problem>) {
    let mut value = Value::Object(table.clone());
    let mut problems: Vec<Problem> = required
        .iter()
        .filter(|key| !table.contains_key(**key))
        .map(|key| Problem { path: vec![], issue: Issue::MissingKey { key: (*key).to_string() } })
        .collect();
    let mut removed: BTreeSet<Vec<Step>> = BTreeSet::new();
    loop {
        let found = match decode(&value) {
            Ok(decoded) => {
                let moved = removed.iter().any(|path| matches!(path.last(), Some(Step::Index(_))));
                return ((!moved).then_some(decoded), problems);
            }
            Err(found) => found,
        };
        let path = original_path(&found.path, &removed);
        let mut culprit = found.path.clone();
        match &found.issue {
            Issue::UnknownKey { key, .. } => culprit.push(Step::key(key)),
            Issue::MissingKey { key } if path.is_empty() && required.contains(&key.as_str()) => {
                return (None, problems);
            }
            _ => {}
        }
        let missing_by_us = match &found.issue {
            Issue::MissingKey { key } => removed.contains(&[path.clone(), vec![Step::key(key)]].concat()),
            _ => false,
        };
        if !missing_by_us {
            problems.push(Problem { path, issue: found.issue });
        }
        if problems.len() >= MOST_TOLD {
            return (None, problems);
        }
        let original = original_path(&culprit, &removed);
        if !remove(&mut value, &culprit) {
            return (None, problems);
        }
        removed.insert(original);
    }
}

/// Positions in lists as they were before values were taken out.
fn original_path(path: &[Step], removed: &BTreeSet<Vec<Step>>) -> Vec<Step> {
    let mut original: Vec<Step> = Vec::with_capacity(path.len());
    for step in path {
        let step = match step {
            Step::Key(_) => step.clone(),
            Step::Index(at) => {
                let mut at = *at;
                for gone in
                    removed.iter().filter(|gone| gone.len() == original.len() + 1 && gone.starts_with(&original))
                {
                    if let Some(Step::Index(gone)) = gone.last()
                        && *gone <= at
                    {
                        at += 1;
                    }
                }
                Step::Index(at)
            }
        };
        original.push(step);
    }
    original
}

fn remove(value: &mut Value, path: &[Step]) -> bool {
    let Some((target, parents)) = path.split_last() else { return false };
    let mut value = value;
    for step in parents {
        let child = match step {
            Step::Key(key) => value.get_mut(key.as_str()),
            Step::Index(at) => value.get_mut(*at),
        };
        match child {
            Some(child) => value = child,
            None => return false,
        }
    }
    match (target, value) {
        (Step::Key(key), Value::Object(table)) => table.shift_remove(key).is_some(),
        (Step::Index(at), Value::Array(list)) if *at < list.len() => {
            list.remove(*at);
            true
        }
        _ => false,
    }
}

impl Problem {
    /// The diagnostic, with its place looked up below `base` in the front matter.
    #[must_use]
    pub fn diagnostic(&self, base: &[Step], front: &FrontMatter, source: &SourceText) -> Diagnostic {
        let path = [base, &self.path].concat();
        let name = path.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        let owner = name.unwrap_or("---");
        match &self.issue {
            Issue::UnknownKey { key, known } => Diagnostic::error(
                Code::UnknownKey,
                front.key_span(source, &[&path[..], &[Step::key(key)]].concat()),
                match name {
                    Some(owner) => text!("nieznany klucz „{key}” w „{owner}”", "unknown key `{key}` in `{owner}`"),
                    None => text!("nieznany klucz „{key}”", "unknown key `{key}`"),
                },
            )
            .help(help_with_suggestion(key, known)),
            Issue::MissingKey { key } => Diagnostic::error(
                Code::MissingKey,
                front.key_span(source, &path),
                match name {
                    Some(owner) => text!("w „{owner}” brakuje klucza „{key}”", "`{owner}` lacks the key `{key}`"),
                    None => text!("brakuje klucza „{key}”", "the key `{key}` is missing"),
                },
            )
            .help(text!("dodaj wiersz „{key}: …”", "add a line `{key}: …`")),
            Issue::WrongType { found, expected } => {
                let Text { pl, en } = expected_words(expected);
                let nothing = found == "null";
                Diagnostic::error(
                    Code::WrongType,
                    front.value_span(source, &path),
                    if nothing {
                        text!("„{owner}” nie ma wartości; potrzebne: {pl}", "`{owner}` has no value; it needs {en}")
                    } else {
                        text!("„{owner}”: {found} zamiast: {pl}", "`{owner}`: {found} instead of {en}")
                    },
                )
                .help(type_help(expected, found))
            }
            Issue::UnknownWord { word, known } => Diagnostic::error(
                Code::InvalidValue,
                front.value_span(source, &path),
                text!("„{owner}” nie może mieć wartości „{word}”", "`{owner}` cannot be `{word}`"),
            )
            .help(help_with_suggestion(word, known)),
            Issue::Other(said) => Diagnostic::error(
                Code::InvalidValue,
                front.value_span(source, &path),
                text!("„{owner}”: {said}", "`{owner}`: {said}"),
            ),
        }
    }
}

/// Serde's words for an expected type in the words of an editor.
fn expected_words(expected: &str) -> Text {
    match expected {
        "a string" | "string" | "str" => text!("tekst", "text"),
        "a boolean" | "bool" => text!("true albo false", "true or false"),
        "f64" | "a number" => text!("liczba", "a number"),
        "a sequence" => text!("lista", "a list"),
        "a date" => text!("data RRRR-MM-DD", "a date YYYY-MM-DD"),
        "a day or time" => text!("dzień albo dzień z godziną", "a day, or a day with a time"),
        _ if expected.starts_with('u') || expected.starts_with('i') => text!("liczba całkowita", "a whole number"),
        _ if expected.contains("array of length 2") || expected.contains("tuple of size 2") => {
            text!("dwie liczby", "two numbers")
        }
        _ if expected.starts_with("struct") || expected.contains("map") => text!("grupa kluczy", "a group of keys"),
        _ => text!("{expected}", "{expected}"),
    }
}

fn type_help(expected: &str, found: &str) -> Text {
    match expected {
        "a string" | "string" | "str" => {
            text!("wpisz wartość w cudzysłowie: \"{found}\"", "put the value in quotes: \"{found}\"")
        }
        "a boolean" | "bool" => text!("wpisz true albo false, bez cudzysłowu", "write true or false, without quotes"),
        "a sequence" => text!("wpisz listę: [jeden, dwa]", "write a list: [one, two]"),
        "a date" => text!("przykład: 2026-03-31", "an example: 2026-03-31"),
        "a day or time" => text!(
            "przykład: 2026-03-31 albo 2026-03-31T17:00, godzina w Krakowie",
            "an example: 2026-03-31, or 2026-03-31T17:00 by the clocks of Kraków"
        ),
        _ if expected.contains("array of length 2") || expected.contains("tuple of size 2") => text!(
            "wpisz szerokość i długość geograficzną: [50.07197, 20.03740]",
            "write latitude and longitude: [50.07197, 20.03740]"
        ),
        _ if expected.starts_with("struct") || expected.contains("map") => text!(
            "wpisz klucze w następnych wierszach, wcięte o dwie spacje",
            "write the keys on the next lines, indented by two spaces"
        ),
        "f64" | "a number" => text!("wpisz liczbę, np. 50.07197", "write a number, for example 50.07197"),
        _ if expected.starts_with('u') || expected.starts_with('i') => {
            text!("wpisz liczbę cyframi, np. 15", "write a number in digits, for example 15")
        }
        _ => text!("zmień wartość", "change the value"),
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {:?}", self.issue, self.path)
    }
}

impl std::error::Error for Problem {}

fn issue(issue: Issue) -> Problem {
    Problem { path: vec![], issue }
}

fn found(unexpected: &de::Unexpected<'_>) -> String {
    match unexpected {
        de::Unexpected::Str(text) => (*text).to_string(),
        de::Unexpected::Bool(value) => value.to_string(),
        de::Unexpected::Unsigned(value) => value.to_string(),
        de::Unexpected::Signed(value) => value.to_string(),
        de::Unexpected::Float(value) => value.to_string(),
        de::Unexpected::Seq => "[…]".into(),
        de::Unexpected::Map => "{…}".into(),
        de::Unexpected::Unit | de::Unexpected::Option => "null".into(),
        other => other.to_string(),
    }
}

impl de::Error for Problem {
    fn custom<T: Display>(said: T) -> Self {
        issue(Issue::Other(said.to_string()))
    }
    fn invalid_type(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        issue(Issue::WrongType { found: found(&unexpected), expected: expected.to_string() })
    }
    fn invalid_value(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }
    fn invalid_length(length: usize, expected: &dyn de::Expected) -> Self {
        issue(Issue::WrongType { found: format!("[{length}]"), expected: expected.to_string() })
    }
    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        issue(Issue::UnknownWord { word: word.to_string(), known })
    }
    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        issue(Issue::UnknownKey { key: key.to_string(), known })
    }
    fn missing_field(key: &'static str) -> Self {
        issue(Issue::MissingKey { key: key.to_string() })
    }
}

/// Serde's view of a [`Value`], with paths in its errors.
struct Decoder<'a>(&'a Value);

impl<'de> Deserializer<'de> for Decoder<'_> {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::String(value) => visitor.visit_str(value),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => visitor.visit_u64(value),
                (None, Some(value)) => visitor.visit_i64(value),
                _ => visitor.visit_f64(number.as_f64().unwrap_or_default()),
            },
            Value::Array(list) => {
                let mut items = Items { list, at: 0 };
                let value = visitor.visit_seq(&mut items)?;
                if items.at < list.len() {
                    let expected = format!("an array of length {}", items.at);
                    return Err(issue(Issue::WrongType { found: format!("[{}]", list.len()), expected }));
                }
                Ok(value)
            }
            Value::Object(table) => visitor.visit_map(Entries { entries: table.iter(), current: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        let Value::String(word) = self.0 else {
            // A word such as `true` that YAML took for something else is still the word the editor wrote.
            return match self.0 {
                Value::Bool(_) | Value::Number(_) => {
                    let word = self.0.to_string();
                    StrDeserializer::new(&word).deserialize_enum(name, known, visitor)
                }
                _ => self.deserialize_any(visitor),
            };
        };
        StrDeserializer::new(word).deserialize_enum(name, known, visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

struct Items<'a> {
    list: &'a [Value],
    at: usize,
}

impl<'de> de::SeqAccess<'de> for &mut Items<'_> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Problem> {
        let Some(value) = self.list.get(self.at) else { return Ok(None) };
        let at = self.at;
        self.at += 1;
        seed.deserialize(Decoder(value)).map(Some).map_err(|mut problem| {
            problem.path.push(Step::Index(at));
            problem
        })
    }
}

struct Entries<'a> {
    entries: serde_json::map::Iter<'a>,
    current: Option<(&'a String, &'a Value)>,
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Problem> {
        self.current = self.entries.next();
        let Some((key, _)) = self.current else { return Ok(None) };
        seed.deserialize(StrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        let Some((key, value)) = self.current else { return Err(de::Error::custom("value before key")) };
        seed.deserialize(Decoder(value)).map_err(|mut problem| {
            problem.path.push(Step::key(key));
            problem
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)] // Only the decoding is tested.
    struct Walk {
        at: [f64; 2],
        #[serde(default)]
        stops: Vec<Stop>,
        kind: Kind,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)] // Only the decoding is tested.
    struct Stop {
        name: String,
        minutes: Option<u32>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        True,
        Other,
    }

    fn problems(json: &str) -> Vec<String> {
        let table: Table = serde_json::from_str(json).unwrap();
        let (_, problems) = decode_all::<Walk>(&table, &["at", "kind"]);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn decodes_what_is_right() {
        assert!(problems(r#"{"at": [1, 2.5], "kind": true, "stops": [{"name": "a"}]}"#).is_empty());
        let kind: Kind = decode(&Value::from("other")).unwrap();
        assert!(matches!(kind, Kind::Other));
    }

    #[test]
    fn collects_everything_with_original_positions() {
        let found = problems(
            r#"{"at": [1], "color": 1, "stops": [{"minutes": 1}, {"name": "b"}, {"name": 5}, {"name": "c", "minutes": "x"}]}"#,
        );
        assert_eq!(found.len(), 6, "{found:#?}");
        assert!(found[0].contains("MissingKey") && found[0].contains("kind"));
        assert!(found.iter().any(|f| f.contains("array of length 2")));
        assert!(found.iter().any(|f| f.contains("UnknownKey") && f.contains("color")));
        assert!(found.iter().any(|f| f.contains("MissingKey") && f.contains("Index(0)")));
        assert!(found.iter().any(|f| f.contains("WrongType") && f.contains("Index(2), Key(\"name\")")));
        assert!(found.iter().any(|f| f.contains("WrongType") && f.contains("Index(3), Key(\"minutes\")")));
    }
}
