//! Kinds of pages by the names people have for them.

use super::nearest;
use crate::config::{Config, Slugify};
use crate::content::{Library, slugify};
use crate::diagnostic::{Code, Diagnostic, Words};
use crate::guide::{KINDS, Kind};
use crate::schema::{Folders, Schemas};
use crate::source::Value;
use crate::text;

/// What can be made.
#[derive(Debug, Clone, Copy)]
pub enum Sort {
    /// A page with the block of a kind.
    Kind(&'static Kind),
    /// A page without a block.
    Page,
    /// A section.
    Section,
}

/// Names of what has no kind, in Polish and English.
const OTHERS: [(Sort, &str, &str); 2] = [(Sort::Page, "strona", "page"), (Sort::Section, "dział", "section")];

impl Sort {
    /// The schema of the whole front matter of an original.
    pub(super) fn schema(self, config: &Config) -> Value {
        let schemas = Schemas::new(config);
        match self {
            Self::Kind(kind) => schemas.kind(kind),
            Self::Page => schemas.page(),
            Self::Section => schemas.section(),
        }
    }

    /// The schema of the block, where there is one.
    pub(super) fn block(self, config: &Config) -> Option<Value> {
        match self {
            Self::Kind(kind) => Some(Schemas::new(config).block(kind)),
            Self::Page | Self::Section => None,
        }
    }
}

/// What a word means: the name of a kind in English or Polish, in one or in many, the site's own word for it, or the
/// folder that holds such pages. Marks of Polish letters may be missing.
pub fn find(word: &str, library: &Library, config: &Config, words: Words) -> Result<Sort, Diagnostic> {
    let names = names(library, config);
    let asked = slugify(word, Slugify::On);
    if let Some((sort, _)) = names.iter().find(|(_, name)| slugify(name, Slugify::On) == asked) {
        return Ok(*sort);
    }
    let known: Vec<&str> = names.iter().map(|(_, name)| name.as_str()).collect();
    let shown: Vec<String> = shown(config, words);
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    let told = Diagnostic::error(
        Code::UnknownKind,
        None,
        text!("nie ma takiego rodzaju strony: „{word}”", "there is no such kind of page: `{word}`"),
    );
    Err(told.help(nearest(word, &known, &shown)))
}

/// Every name with what it means.
fn names(library: &Library, config: &Config) -> Vec<(Sort, String)> {
    let folders = Folders::of(library, config);
    let mut names: Vec<(Sort, String)> = vec![];
    for kind in KINDS {
        let sort = Sort::Kind(kind);
        let (pl, en) = labels(kind, config);
        names.extend([kind.name.to_string(), kind.plural.to_string(), pl, en].map(|name| (sort, name)));
        let site = config.language_codes().filter_map(|code| {
            config.language(code).translations.get(&format!("kind.{}", kind.name)).map(|word| word.to_lowercase())
        });
        names.extend(site.map(|name| (sort, name)));
    }
    names.extend(OTHERS.iter().flat_map(|(sort, pl, en)| [(*sort, (*pl).to_string()), (*sort, (*en).to_string())]));
    for (folder, kind) in folders.pure() {
        let kind = KINDS.iter().find(|known| known.name == kind);
        names.extend(kind.map(|kind| (Sort::Kind(kind), folder.rsplit('/').next().unwrap_or(folder).to_string())));
    }
    names
}

/// One name of each, in the language of messages.
fn shown(config: &Config, words: Words) -> Vec<String> {
    let pick = |pl: String, en: String| match words {
        Words::Polish => pl,
        Words::English => en,
    };
    let kinds = KINDS.iter().map(|kind| pick(labels(kind, config).0, kind.name.to_string()));
    kinds.chain(OTHERS.iter().map(|(_, pl, en)| pick((*pl).to_string(), (*en).to_string()))).collect()
}

/// The kind's names for people, in Polish and English, in small letters.
fn labels(kind: &Kind, config: &Config) -> (String, String) {
    let block = Schemas::new(config).block(kind);
    let label = |code: &str| block["x-label"][code].as_str().unwrap_or(kind.name).to_lowercase();
    (label("pl"), label("en"))
}
