//! How large a site may become.

use serde::Deserialize;

/// The `[limits]` table, huta's own: what a site has more of is an error, for it is a mistake or somebody's bad joke.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsConfig {
    /// Most Markdown files.
    pub pages: usize,
    /// Most other files beside them.
    pub files: usize,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self { pages: 200_000, files: 200_000 }
    }
}
