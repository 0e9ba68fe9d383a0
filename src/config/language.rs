//! Options of one language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{SearchConfig, TaxonomyConfig};

/// Options of one language, with Zola's names.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageOptions {
    /// Site title.
    pub title: Option<String>,
    /// Site description.
    pub description: Option<String>,
    /// Whether the language has a feed.
    #[serde(default)]
    pub generate_feeds: bool,
    /// Feed files.
    pub feed_filenames: Option<Vec<String>>,
    /// Taxonomies of this language.
    #[serde(default)]
    pub taxonomies: Vec<TaxonomyConfig>,
    /// Whether the language has a search index.
    #[serde(default)]
    pub build_search_index: bool,
    /// What is in its search index.
    pub search: Option<SearchConfig>,
    /// Words for `trans`.
    #[serde(default)]
    pub translations: BTreeMap<String, String>,
    /// huta: content without a translation is shown in the default language.
    #[serde(default)]
    pub fallback: bool,
    /// huta: a translation takes date, weight, template, taxonomies and `extra` from its original, the language its
    /// taxonomies from the default one.
    #[serde(default)]
    pub inherit: bool,
}

impl LanguageOptions {
    /// Feed files; `atom.xml` when none are named.
    #[must_use]
    pub fn feed_filenames(&self) -> Vec<String> {
        self.feed_filenames.clone().unwrap_or_else(|| vec!["atom.xml".into()])
    }

    /// What is in the search index.
    #[must_use]
    pub fn search(&self) -> SearchConfig {
        self.search.clone().unwrap_or_default()
    }
}
