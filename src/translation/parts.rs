//! The texts of an original that a translator has to say in another language, one by one.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::diagnostic::{Span, Text};
use crate::gallery;
use crate::guide::KINDS;
use crate::source::{Source, Step, Value};
use crate::text;

/// Letters of a text that stand for it in a message.
const GLIMPSE: usize = 40;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The text, white space made even.
    pub text: String,
    /// Where it stands.
    pub home: Home,
}

/// Where a text stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// A value of the front matter.
    Value(Vec<Step>),
    /// A paragraph, list, table or heading of the body, in bytes of the file.
    Body(Range<usize>),
}

impl Part {
    fn new(text: &str, home: Home) -> Self {
        Self { text: text.split_whitespace().collect::<Vec<_>>().join(" "), home }
    }

    /// Its place in the original.
    #[must_use]
    pub fn span(&self, original: &Source) -> Span {
        match &self.home {
            Home::Value(path) => original.front.value_span(&original.text, path),
            Home::Body(range) => original.text.span(range.clone()),
        }
    }

    /// What it is called in a message: its key, or its first words.
    #[must_use]
    pub fn name(&self) -> Text {
        match &self.home {
            Home::Value(path) => {
                let keys = path.iter().map(|step| match step {
                    Step::Key(key) => key.clone(),
                    Step::Index(at) => (at + 1).to_string(),
                });
                let key = keys.collect::<Vec<_>>().join(".");
                text!("{key}", "{key}")
            }
            Home::Body(_) => {
                let short: String = self.text.chars().take(GLIMPSE).collect();
                let more = if short.len() < self.text.len() { "…" } else { "" };
                let short = short.trim_end();
                text!("„{short}{more}”", "`{short}{more}`")
            }
        }
    }
}

/// Every text of an original that a translation says in its own words, in the order of the file: title and description,
/// the texts of its kind, what is said about pictures, and each block of the body.
#[must_use]
pub fn parts(original: &Source, options: Options) -> Vec<Part> {
    let mut found = vec![];
    for (key, value) in &original.front.table {
        let path = vec![Step::key(key)];
        if matches!(key.as_str(), "title" | "description") {
            strings(value, path, &mut found);
        } else if let Some(kind) = KINDS.iter().find(|kind| kind.name == key) {
            for text in kind.texts {
                at(value, text, path.clone(), &mut found);
            }
        } else if gallery::KEYS.contains(&key.as_str()) {
            for text in gallery::TEXTS {
                at(value, text, path.clone(), &mut found);
            }
        }
    }
    found.extend(blocks(original, options));
    found
}

/// The texts at a dotted path; a path goes through every item of a list.
fn at(value: &Value, dotted: &str, path: Vec<Step>, found: &mut Vec<Part>) {
    match value {
        Value::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                at(item, dotted, [&path[..], &[Step::Index(index)]].concat(), found);
            }
        }
        Value::Object(table) if !dotted.is_empty() => {
            let (first, rest) = dotted.split_once('.').unwrap_or((dotted, ""));
            if let Some(value) = table.get(first) {
                at(value, rest, [&path[..], &[Step::key(first)]].concat(), found);
            }
        }
        value if dotted.is_empty() => strings(value, path, found),
        _ => {}
    }
}

/// Every text of a value, except that a text that is said once for each language says its own translation.
fn strings(value: &Value, path: Vec<Step>, found: &mut Vec<Part>) {
    match value {
        Value::String(text) => found.push(Part::new(text, Home::Value(path))),
        Value::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                strings(item, [&path[..], &[Step::Index(index)]].concat(), found);
            }
        }
        Value::Object(table) if !path.iter().any(|step| *step == Step::key("gallery")) => {
            for (key, item) in table {
                strings(item, [&path[..], &[Step::key(key)]].concat(), found);
            }
        }
        _ => {}
    }
}

/// The blocks of the body: what stands at its top, and each item of a list.
fn blocks(original: &Source, options: Options) -> Vec<Part> {
    let offset = original.front.body_start;
    let body = original.body();
    let mut found = vec![];
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        let is_item = matches!(event, Event::Start(Tag::Item)) && depth == 1;
        match event {
            // A list is its items.
            Event::Start(Tag::List(_)) if depth == 0 => depth = 1,
            Event::End(TagEnd::List(_)) if depth == 1 => depth = 0,
            Event::Start(_) => {
                let in_list = found.last().is_some_and(|part: &Part| match &part.home {
                    Home::Body(last) => last.end >= offset + range.end && last.start <= offset + range.start,
                    Home::Value(_) => false,
                });
                if (depth == 0 || is_item) && !in_list {
                    let place = offset + range.start..offset + range.end;
                    found.push(Part::new(&body[range], Home::Body(place)));
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::diagnostic::SourceText;
    use crate::source::{ContentName, FrontMatter};

    pub(in crate::translation) fn source(text: &str) -> Source {
        let text = SourceText { file: "content/a/index.md".into(), text: text.into() };
        let front = FrontMatter::parse(&text).unwrap();
        Source {
            is_thin: false,
            print: None,
            path: "a/index.md".into(),
            name: ContentName::parse("a/index.md", true),
            language: "pl".into(),
            text,
            front,
        }
    }

    #[test]
    fn texts_are_those_that_a_translator_writes() {
        let original = source(
            "---\ntitle: Plac\nweight: 3\ntour:\n  stops:\n    - { place: x, note: \"Stań   tu\" }\n    - { at: [50, 20], title: Brama }\n  surface: asfalt\n\
             gallery:\n  - { file: a.jpg, alt: Drzewo, credit: { pl: My, en: We }, licence: CC0 }\n---\n## Dalej\n\nRaz\ndwa.\n\n- trzy\n  - cztery\n- pięć\n\n> cytat\n",
        );
        let texts: Vec<_> = parts(&original, Options::all()).into_iter().map(|part| part.text).collect();
        assert_eq!(
            texts,
            [
                "Plac",
                "Brama",
                "Stań tu",
                "asfalt",
                "Drzewo",
                "## Dalej",
                "Raz dwa.",
                "- trzy - cztery",
                "- pięć",
                "> cytat"
            ]
        );
    }

    #[test]
    fn a_part_knows_its_name_and_place() {
        let original = source("---\ntitle: Plac\n---\nAkapit, który jest dłuższy niż czterdzieści liter, na pewno.\n");
        let parts = parts(&original, Options::all());
        assert_eq!(parts[0].name().pl, "title");
        assert_eq!(parts[1].name().pl, "„Akapit, który jest dłuższy niż czterdzie…”");
        assert_eq!((parts[0].span(&original).line, parts[1].span(&original).line), (2, 4));
    }
}
