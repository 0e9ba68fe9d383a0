//! How names become addresses.

use serde::{Deserialize, Serialize};

/// How a name becomes part of an address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Slugify {
    /// ASCII letters, digits and hyphens.
    #[default]
    On,
    /// Only characters that no file system takes are dropped.
    Safe,
    /// As written.
    Off,
}

/// The `[slugify]` table.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct SlugifyConfig {
    /// For pages.
    #[serde(default)]
    pub paths: Slugify,
    /// For taxonomies and terms.
    #[serde(default)]
    pub taxonomies: Slugify,
    /// For heading anchors.
    #[serde(default)]
    pub anchors: Slugify,
    /// Keeps a date in front of a file name in the slug.
    #[serde(default)]
    pub paths_keep_dates: bool,
}
