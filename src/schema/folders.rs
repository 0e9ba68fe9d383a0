//! Which kinds of pages a site keeps in which folders.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::content::Library;
use crate::guide::KINDS;
use crate::source::{ContentName, ContentRole};

/// Names of kinds by folder below `content/`, without slashes at the ends; the empty text is `content/` itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders(BTreeMap<String, Held>);

/// What a folder holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Held {
    kinds: BTreeSet<&'static str>,
    /// Whether pages without a block are there too.
    plain: bool,
}

impl Folders {
    /// Looks at the originals of a site.
    #[must_use]
    pub fn of(library: &Library, config: &Config) -> Self {
        let mut folders = Self::default();
        for page in library.pages.iter().filter(|page| page.language == config.default_language) {
            let held = folders.0.entry(folder(&page.source.name)).or_default();
            match KINDS.iter().find(|kind| page.blocks.contains_key(kind.name)) {
                Some(kind) => _ = held.kinds.insert(kind.name),
                None => held.plain = true,
            }
        }
        folders
    }

    /// Folders that hold pages of this kind.
    pub fn with<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(_, held)| held.kinds.contains(kind)).map(|(folder, _)| folder.as_str())
    }

    /// Folders that hold pages without a block.
    pub fn with_plain(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, held)| held.plain).map(|(folder, _)| folder.as_str())
    }

    /// Folders all of whose pages are of one kind, with that kind.
    pub fn pure(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.0.iter().filter_map(|(folder, held)| {
            let mut kinds = held.kinds.iter();
            match (kinds.next(), kinds.next()) {
                (Some(kind), None) if !held.plain => Some((folder.as_str(), *kind)),
                _ => None,
            }
        })
    }
}

/// The folder that a page's bundle or file lies in.
fn folder(name: &ContentName) -> String {
    let folders = match name.role {
        ContentRole::Bundle => name.folders.split_last().map_or(&[][..], |(_, above)| above),
        _ => &name.folders[..],
    };
    folders.join("/")
}
