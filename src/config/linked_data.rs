//! What pages say to machines.

use serde::Deserialize;

/// The `[linked_data]` table, huta's own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkedDataConfig {
    /// The town that addresses of pages are in.
    pub locality: Option<String>,
    /// Its country, by its two letters (ISO 3166-1).
    pub country: Option<String>,
    /// The page or section that searches for what stands in `?q=`: its path below `content/`, without a file name.
    pub search: Option<String>,
}

impl LinkedDataConfig {
    /// Whether the country is two capital letters.
    pub(super) fn is_right(&self) -> bool {
        let is_code = |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        self.country.as_ref().is_none_or(is_code)
    }
}
