//! What an editor writes about a word, as it stands in the file.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Keys that every entry must have.
pub(super) const REQUIRED: [&str; 3] = ["id", "word", "means"];

/// One entry of the file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    /// Its name in addresses.
    pub(super) id: String,
    /// The word or phrase by language, as it stands in a dictionary.
    pub(super) word: BTreeMap<String, String>,
    /// What it means, by language.
    pub(super) means: BTreeMap<String, String>,
    /// Forms that the rules do not find, by language.
    #[serde(default)]
    pub(super) forms: BTreeMap<String, Vec<String>>,
    /// Folder of the page that says more.
    pub(super) chapter: Option<String>,
}
