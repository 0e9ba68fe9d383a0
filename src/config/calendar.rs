//! What the calendar asks for.

use serde::Deserialize;

/// The `[calendar]` table, huta's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CalendarConfig {
    /// Days that must lie between the announcement of a consultation and its start; 14 where nothing is said, 365 at most.
    pub notice_days: i32,
}

impl Default for CalendarConfig {
    fn default() -> Self {
        Self { notice_days: 14 }
    }
}

impl CalendarConfig {
    /// Whether people could live with the number: neither before the start nor more than a year.
    pub(super) fn is_right(&self) -> bool {
        (0..=365).contains(&self.notice_days)
    }
}
