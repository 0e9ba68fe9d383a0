//! One data set of everything.

use serde::Deserialize;

/// The `[open_data]` table, huta's own: without one there is no data set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenDataConfig {
    /// Folder of the built site that holds it; the page at the same address describes it.
    pub folder: String,
}
