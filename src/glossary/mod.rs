//! Words that the guide explains where they stand: what editors write about them, and where a text holds them.
//!
//! A file `glossary.yaml` in a folder of the content explains words of all pages and sections at or below that folder. It
//! is written once for all languages, and is not published.

mod described;
mod lexicon;
mod reader;
mod tokens;
mod words;

pub use lexicon::{Found, Lexicon};
pub use words::{Glossary, Word};

use schemars::{Schema, SchemaGenerator};

use crate::source::Asset;

/// Name of the file that explains words.
pub const FILE: &str = "glossary.yaml";

/// The template of the page that lists all words: a section or page that asks for it is where explanations lead.
pub const TEMPLATE: &str = "glossary.html";

/// JSON Schema of [`FILE`]'s entries, as it stands in their type.
pub fn entry_schema(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<described::Said>()
}

/// Whether a file explains words: it is then not published itself.
#[must_use]
pub fn is_glossary(asset: &Asset) -> bool {
    asset.path.rsplit('/').next() == Some(FILE)
}
