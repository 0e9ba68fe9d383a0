//! What the calendar asks for.

use serde::Deserialize;

/// The `[calendar]` table, huta's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CalendarConfig {
    /// Days that must lie between the announcement of a consultation and its start.
    pub notice_days: u16,
}

impl Default for CalendarConfig {
    fn default() -> Self {
        Self { notice_days: 14 }
    }
}
