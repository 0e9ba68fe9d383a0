//! What is in a search index.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The `[search]` table of one language. Unknown keys are read past, as Zola does.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct SearchConfig {
    /// Titles.
    pub include_title: bool,
    /// Descriptions.
    pub include_description: bool,
    /// Dates (elasticlunr only).
    pub include_date: bool,
    /// Paths.
    pub include_path: bool,
    /// Texts.
    pub include_content: bool,
    /// Characters of each text; all when `None`.
    pub truncate_content_length: Option<usize>,
    /// Who reads the index.
    pub index_format: IndexFormat,
    /// huta: what counts how much (sharded only).
    pub weights: SearchWeights,
}

/// How much a word counts by where it stands, and a page by its kind.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct SearchWeights {
    /// In the title.
    pub title: f64,
    /// In a heading.
    pub heading: f64,
    /// In the description.
    pub description: f64,
    /// In what the page's kind says of it: an address, an architect, a field of work.
    pub fact: f64,
    /// In the text.
    pub text: f64,
    /// By kind; `section`, `page` for pages without a kind, `word` for explained words. 1 where nothing is said.
    pub kinds: BTreeMap<String, f64>,
}

impl Default for SearchWeights {
    fn default() -> Self {
        Self { title: 6.0, heading: 2.0, description: 2.0, fact: 1.0, text: 1.0, kinds: BTreeMap::new() }
    }
}

impl Default for SearchConfig {
    fn default() -> Self {
        Self {
            include_title: true,
            include_description: false,
            include_date: false,
            include_path: false,
            include_content: true,
            truncate_content_length: None,
            index_format: IndexFormat::ElasticlunrJavascript,
            weights: SearchWeights::default(),
        }
    }
}

/// Form of a search index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IndexFormat {
    /// An inverted index for elasticlunr.js, as a script.
    ElasticlunrJavascript,
    /// An inverted index for elasticlunr.js, as JSON.
    ElasticlunrJson,
    /// A list of texts for Fuse.js, as a script.
    FuseJavascript,
    /// A list of texts for Fuse.js, as JSON.
    FuseJson,
    /// huta's own: cut into small files, of which a browser fetches the few that a query needs.
    Sharded,
}

impl IndexFormat {
    /// Whether it is for elasticlunr.js.
    #[must_use]
    pub fn is_elasticlunr(self) -> bool {
        matches!(self, Self::ElasticlunrJavascript | Self::ElasticlunrJson)
    }

    /// Whether it is a script that sets `window.searchIndex`.
    #[must_use]
    pub fn is_script(self) -> bool {
        matches!(self, Self::ElasticlunrJavascript | Self::FuseJavascript)
    }
}
