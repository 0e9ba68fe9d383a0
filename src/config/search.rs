//! What is in a search index.

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
