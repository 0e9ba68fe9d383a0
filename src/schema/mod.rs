//! JSON Schemas of everything that editors write as YAML, for editing programs and forms.
//!
//! They come from the types that read it: names, required keys and choices are those of the code, and so are the bounds of
//! checks that one value can be held against alone. What needs more than one file (a place that exists, an address that is
//! free) only a build can tell. A value that is missing after its key is refused here, though some keys would take it.
//!
//! A doc comment of a field or variant is its description, in English and, after `pl: `, in Polish; see [`described`].
//! Beside what JSON Schema knows, a schema says:
//!
//! | key | holds |
//! |---|---|
//! | `x-label`, `x-hint` | `{pl, en}`: a name for forms, and what to write |
//! | `x-choices` | of an `enum`: `[{value, label, hint}]` |
//! | `x-type` | what a text is: `date`, `moment`, `partial-date`, `web-address`, `email`, `long-text`, `markdown`, `file`, `picture`, `page` (the name of one of kind `x-kind`), `words` (a text, or one for each language); or `coordinates` |
//! | `x-text` | true where a translation has its own |

pub mod described;
mod editor;
mod folders;
mod front;
mod site;
mod snippets;
mod tidy;
mod translation;

pub use editor::{Merged, REMARK_PACKAGES, Settings, settings};
pub use folders::Folders;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{Schema, json_schema};
pub use snippets::{SNIPPETS_FILE, are_own_snippets, snippets};

use crate::config::Config;
use crate::guide::{KINDS, Kind};
use crate::source::Value;
use crate::{gallery, glossary};

/// The dialect: the newest that every editing program knows.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// What stands at the top of every file, as `$comment`.
const MARK: &str = "huta schema";

/// Whether a file holds a schema that huta wrote.
#[must_use]
pub fn is_own(text: &str) -> bool {
    text.contains(&format!("\"$comment\": \"{MARK}\""))
}

/// The schemas of a site.
#[derive(Debug, Clone, Copy)]
pub struct Schemas<'a> {
    config: &'a Config,
}

/// A schema and the name of its file.
#[derive(Debug, Clone)]
pub struct SchemaFile {
    /// Name of the file.
    pub name: String,
    /// The schema.
    pub schema: Value,
}

/// Name of the file of a schema: of a kind, or [`PAGE`], [`CONTENT`], [`SECTION`], [`TRANSLATION`], [`GLOSSARY`], [`GALLERY`].
#[must_use]
pub fn file_name(of: &str) -> String {
    format!("{of}.schema.json")
}

/// An original without a block.
pub const PAGE: &str = "page";
/// An original of any kind.
pub const CONTENT: &str = "content";
/// A section, original or translation.
pub const SECTION: &str = "section";
/// A translation of any page.
pub const TRANSLATION: &str = "translation";
/// A file of explained words.
pub const GLOSSARY: &str = "glossary";
/// A file of pictures.
pub const GALLERY: &str = "gallery";

impl<'a> Schemas<'a> {
    /// The schemas for a site: its languages and bounds, and whether it is strict.
    #[must_use]
    pub fn new(config: &'a Config) -> Self {
        Self { config }
    }

    /// Every schema, each with the name of its file.
    #[must_use]
    pub fn all(self) -> Vec<SchemaFile> {
        let kinds = KINDS.iter().map(|kind| (kind.name, self.kind(kind)));
        let others = [
            (PAGE, self.page()),
            (CONTENT, self.content()),
            (SECTION, self.section()),
            (TRANSLATION, self.translation()),
            (GLOSSARY, self.glossary()),
            (GALLERY, self.gallery()),
        ];
        kinds.chain(others).map(|(of, schema)| SchemaFile { name: file_name(of), schema }).collect()
    }

    /// The block of a kind by itself. Which dotted paths of it are texts is [`Kind::texts`]; `x-text` marks them too.
    #[must_use]
    pub fn block(self, kind: &Kind) -> Value {
        self.block_schema(kind).to_value()
    }

    /// The whole front matter of an original of a kind.
    #[must_use]
    pub fn kind(self, kind: &Kind) -> Value {
        let block = self.block_schema(kind);
        let title = described::label(&block);
        let mut schema = front::page(self, &[(kind.name, block)]);
        schema.insert("required".into(), [kind.name].as_slice().into());
        finished(&schema, title)
    }

    /// The front matter of an original without a block.
    #[must_use]
    pub fn page(self) -> Value {
        finished(&front::page(self, &[]), Some(("Strona", "Page")))
    }

    /// The front matter of an original of any kind or none.
    #[must_use]
    pub fn content(self) -> Value {
        let blocks: Vec<(&str, Schema)> = KINDS.iter().map(|kind| (kind.name, self.block_schema(kind))).collect();
        finished(&front::page(self, &blocks), Some(("Strona dowolnego rodzaju", "Page of any kind")))
    }

    /// The front matter of a section, original or translation.
    #[must_use]
    pub fn section(self) -> Value {
        finished(&front::section(self), Some(("Dział", "Section")))
    }

    /// The front matter of a translation of any page: texts only, and nothing that must be there.
    #[must_use]
    pub fn translation(self) -> Value {
        let blocks: Vec<(&str, Schema)> =
            KINDS.iter().map(|kind| (kind.name, translation::block(kind, &self.block_schema(kind)))).collect();
        finished(&front::translation(self, &blocks), Some(("Tłumaczenie", "Translation")))
    }

    /// A file `glossary.yaml`.
    #[must_use]
    pub fn glossary(self) -> Value {
        let entry = self.ready(glossary::entry_schema);
        let schema = json_schema!({ "type": ["array", "null"], "items": entry });
        finished(&schema, Some(("Słowniczek", "Glossary")))
    }

    /// A file `gallery.yaml`.
    #[must_use]
    pub fn gallery(self) -> Value {
        let schema = self.ready(gallery::file_schema);
        let title = described::label(&schema);
        finished(&schema, title)
    }

    fn block_schema(self, kind: &Kind) -> Schema {
        let mut block = self.ready(kind.schema);
        for path in kind.texts {
            translation::mark(&mut block, path);
        }
        block
    }

    /// A schema made ready for others: without Rust's ways, with words for people, and with what the site says.
    fn ready(self, make: impl FnOnce(&mut SchemaGenerator) -> Schema) -> Schema {
        let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
        let mut schema = make(&mut settings.into_generator());
        tidy::tidy(&mut schema);
        site::fit(&mut schema, self.config);
        schema
    }
}

/// A whole schema: with its dialect and name at the top.
fn finished(schema: &Schema, title: Option<(impl AsRef<str>, impl AsRef<str>)>) -> Value {
    let mut whole = json_schema!({ "$schema": DIALECT, "$comment": MARK });
    if let Some((pl, en)) = title {
        whole.insert("title".into(), format!("{} / {}", pl.as_ref(), en.as_ref()).into());
    }
    for (key, value) in schema.as_object().into_iter().flatten() {
        whole.insert(key.clone(), value.clone());
    }
    whole.to_value()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::content::{PAGE_KEYS, SECTION_KEYS};
    use crate::diagnostic::did_you_mean;
    use crate::guide;

    fn config() -> Config {
        toml::from_str(
            r#"
            base_url = "https://example.org"
            default_language = "pl"
            strict = true
            bounds = [19.95, 50.03, 20.22, 50.13]
            [languages.en]
            "#,
        )
        .unwrap()
    }

    /// Every schema in a schema, with the way to it.
    fn walk(value: &Value, path: &str, seen: &mut impl FnMut(&str, &Value)) {
        seen(path, value);
        for (key, value) in value["properties"].as_object().into_iter().flatten() {
            walk(value, &format!("{path}.{key}"), seen);
        }
        match &value["items"] {
            Value::Object(_) => walk(&value["items"], &format!("{path}[]"), seen),
            Value::Array(items) => items.iter().for_each(|item| walk(item, &format!("{path}[]"), seen)),
            _ => {}
        }
        for key in ["anyOf", "allOf", "oneOf"] {
            for (at, value) in value[key].as_array().into_iter().flatten().enumerate() {
                walk(value, &format!("{path} {key} {at}"), seen);
            }
        }
    }

    fn keys(schema: &Value) -> BTreeSet<&str> {
        schema["properties"].as_object().unwrap().keys().map(String::as_str).collect()
    }

    #[test]
    fn everything_is_named_in_both_languages() {
        let config = config();
        let mut lacking = vec![];
        for file in Schemas::new(&config).all() {
            walk(&file.schema, &file.name, &mut |path, schema| {
                let both = |words: &Value| ["pl", "en"].iter().all(|code| words[code].as_str().is_some_and(is_label));
                let is_property = path.trim_end_matches(".schema.json").contains('.') && !path.ends_with(']');
                let is_item = path.ends_with(']') && schema["properties"].is_object();
                // What holds of keys together (`anyOf`) names no keys of its own.
                if (is_property || is_item) && !path.contains("Of ") && !both(&schema["x-label"]) {
                    lacking.push(path.to_string());
                }
                let words = schema["enum"].as_array().map_or(0, |words| words.iter().filter(|w| w.is_string()).count());
                let choices: Vec<&Value> = schema["x-choices"].as_array().into_iter().flatten().collect();
                // Facets are named by each site.
                let is_facet = path.ends_with(".facets[]");
                if words > 0 && !is_facet && (choices.len() != words || !choices.iter().all(|c| both(&c["label"]))) {
                    lacking.push(format!("{path} enum"));
                }
            });
        }
        assert!(lacking.is_empty(), "no description with `pl: ` at: {lacking:#?}");
    }

    /// What a form calls a choice in Polish is what an editor writes in its place.
    #[test]
    fn polish_names_of_choices_are_understood() {
        let config = config();
        let mut strangers = vec![];
        for file in Schemas::new(&config).all() {
            walk(&file.schema, &file.name, &mut |path, schema| {
                let choices = schema["x-choices"].as_array();
                let known: Vec<&str> = choices.into_iter().flatten().filter_map(|one| one["value"].as_str()).collect();
                for choice in choices.into_iter().flatten() {
                    let value = choice["value"].as_str();
                    let label = choice["label"]["pl"].as_str().unwrap_or_default();
                    // Districts bear their number too; orders of sections are nobody's words.
                    let (first, rest) = label.split_once(' ').unwrap_or((label, ""));
                    let label = if first.chars().all(|c| "XVI".contains(c)) { rest } else { label };
                    let is_told = label.starts_with("Według") || did_you_mean(label, known.iter().copied()) == value;
                    if !is_told && value.is_some() {
                        strangers.push(format!("{path}: {label} is not {value:?}"));
                    }
                }
            });
        }
        assert!(strangers.is_empty(), "add to `diagnostic/polish.rs`: {strangers:#?}");
    }

    /// A name for a form: short, without the marks that part it from the rest.
    fn is_label(text: &str) -> bool {
        let length = text.chars().count();
        (1..=40).contains(&length) && !text.ends_with('.') && !text.contains(" – ") && !text.contains(": ")
    }

    #[test]
    fn keys_are_those_of_the_code() {
        let config = config();
        let schemas = Schemas::new(&config);
        let mut known: BTreeSet<&str> = PAGE_KEYS.iter().chain(gallery::KEYS).copied().collect();
        known.extend(guide::keys());
        known.insert(crate::translation::KEY);
        assert_eq!(keys(&schemas.content()), known);
        let mut known: BTreeSet<&str> = SECTION_KEYS.iter().chain(gallery::KEYS).copied().collect();
        known.extend(guide::SECTION_KEYS);
        known.insert(crate::translation::KEY);
        assert_eq!(keys(&schemas.section()), known);
        for kind in KINDS {
            let block = schemas.block(kind);
            let required: Vec<&str> =
                block["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let (mut a, mut b) = (required, kind.required.to_vec());
            a.sort_unstable();
            b.sort_unstable();
            assert_eq!(a, b, "{}", kind.name);
            assert_eq!(block["additionalProperties"], false);
        }
    }

    #[test]
    fn texts_are_marked_and_all_that_a_translation_has() {
        let config = config();
        let schemas = Schemas::new(&config);
        let translation = schemas.translation();
        for kind in KINDS {
            let mut marked = BTreeSet::new();
            let note = |path: &str, schema: &Value, marked: &mut BTreeSet<String>| {
                if schema["x-text"] == true {
                    marked.insert(path.trim_start_matches('.').replace("[]", ""));
                }
            };
            walk(&schemas.block(kind), "", &mut |path, schema| note(path, schema, &mut marked));
            let texts: BTreeSet<String> = kind.texts.iter().map(ToString::to_string).collect();
            assert_eq!(marked, texts, "{}", kind.name);
            let mut kept = BTreeSet::new();
            walk(&translation["properties"][kind.name], "", &mut |path, schema| note(path, schema, &mut kept));
            assert_eq!(kept, texts, "{}", kind.name);
        }
        let stop = &translation["properties"]["tour"]["properties"]["stops"]["items"];
        assert_eq!(keys(stop), BTreeSet::from(["at", "note", "place", "title"]));
        assert!(translation["properties"]["place"].get("required").is_none());
    }

    #[test]
    fn says_what_the_site_says() {
        let config = config();
        let schemas = Schemas::new(&config);
        let place = schemas.kind(KINDS.iter().find(|kind| kind.name == "place").unwrap());
        let at = &place["properties"]["place"]["properties"]["at"];
        assert_eq!((&at["items"][0]["minimum"], &at["items"][0]["maximum"]), (&50.03.into(), &50.13.into()));
        assert_eq!((&at["items"][1]["minimum"], &at["items"][1]["maximum"]), (&19.95.into(), &20.22.into()));
        let alt = &place["properties"]["gallery"]["items"]["properties"]["alt"];
        assert_eq!(keys(alt), BTreeSet::from(["en", "pl"]));
        assert_eq!(place["additionalProperties"], false);
        let address = &place["properties"]["place"]["properties"]["address"];
        assert_eq!(address["type"], "string");
        assert_eq!(address["x-label"]["pl"], "Adres");
        assert_eq!(address["x-hint"]["en"], "Street and number, without the city.");
        assert_eq!(
            address["description"],
            "Adres – ulica i numer, bez miasta.\n\nAddress: street and number, without the city."
        );
    }

    #[test]
    fn nothing_of_rust_is_left() {
        let config = config();
        for file in Schemas::new(&config).all() {
            let text = file.schema.to_string();
            for trace in ["\"$ref\"", "\"format\":\"uint", "\"oneOf\"", "\"const\"", "\"x-items\"", "\"default\":null"]
            {
                assert!(!text.contains(trace), "{trace} in {}", file.name);
            }
        }
    }
}
