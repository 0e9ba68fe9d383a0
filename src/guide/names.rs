//! Pages that other pages name by their folder.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::content::Library;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Text};
use crate::source::Step;
use crate::text;

/// Kinds that other pages refer to.
const REFERABLE: [&str; 2] = ["place", "organisation"];

/// For each kind that is referred to the names of its pages and their canonical paths.
#[derive(Debug, Default)]
pub(super) struct Names {
    pages: BTreeMap<&'static str, BTreeMap<String, String>>,
    /// Names of files that could not be read: what refers to them is not to blame.
    lost: Vec<String>,
}

impl Names {
    /// Collects them from the originals; two of a kind with one name are an error.
    pub(super) fn collect(library: &Library, language: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut names =
            Self { lost: library.lost.iter().map(|name| name.base().to_string()).collect(), ..Self::default() };
        for kind in REFERABLE {
            let pages = library.pages.iter().filter(|page| page.language == language && page.blocks.contains_key(kind));
            let of = names.pages.entry(kind).or_default();
            for page in pages {
                let name = page.reference().to_string();
                if let Some(other) = of.insert(name.clone(), page.canonical.clone()) {
                    let span = page.source.front.key_span(&page.source.text, &[Step::key(kind)]);
                    diagnostics.push(Diagnostic::error(Code::InvalidValue, span, taken(kind, &name, &other)).help(
                        text!(
                            "zmień nazwę jednego z folderów: inne strony wskazują go tą nazwą",
                            "rename one of the folders: other pages refer to it by this name"
                        ),
                    ));
                }
            }
        }
        names
    }

    /// Whether there is a page of this kind and name.
    pub(super) fn has(&self, kind: &str, name: &str) -> bool {
        self.canonical(kind, name).is_some() || self.lost.iter().any(|lost| lost == name)
    }

    /// The names of a kind in alphabetical order.
    pub(super) fn of(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.pages.get(kind).into_iter().flatten().map(|(name, _)| name.as_str())
    }

    /// Canonical path of the page of this kind and name.
    pub(super) fn canonical(&self, kind: &str, name: &str) -> Option<&str> {
        self.pages.get(kind)?.get(&name.nfc().collect::<String>()).map(String::as_str)
    }
}

fn taken(kind: &str, name: &str, other: &str) -> Text {
    if kind == "place" {
        text!(
            "miejsce o nazwie folderu „{name}” już jest: content/{other}",
            "there already is a place with the folder name `{name}`: content/{other}"
        )
    } else {
        text!(
            "organizacja o nazwie folderu „{name}” już jest: content/{other}",
            "there already is an organisation with the folder name `{name}`: content/{other}"
        )
    }
}
