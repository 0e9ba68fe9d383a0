//! How bad broken links are.

use serde::Deserialize;

use crate::diagnostic::Severity;

/// The `[link_checker]` table. Its keys for external links are read past: a build does not go to the network.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct LinkCheckerConfig {
    /// How bad a broken internal link is.
    #[serde(default)]
    pub internal_level: LinkLevel,
}

/// How bad a broken link is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkLevel {
    /// It stops the build.
    #[default]
    Error,
    /// It is told.
    Warn,
}

impl LinkLevel {
    /// The severity of a diagnostic about a broken internal link.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warn => Severity::Warning,
        }
    }
}
