//! How bad broken links are.

use serde::Deserialize;

use crate::diagnostic::Severity;

/// The `[link_checker]` table. A build never asks other sites; what is said of external links is for
/// `huta check --external`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct LinkCheckerConfig {
    /// How bad a broken internal link is.
    #[serde(default)]
    pub internal_level: LinkLevel,
    /// How bad a link to another site is that leads nowhere.
    #[serde(default)]
    pub external_level: LinkLevel,
    /// Beginnings of addresses that are not asked.
    #[serde(default)]
    pub skip_prefixes: Vec<String>,
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
    /// The severity of a diagnostic about a broken link.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warn => Severity::Warning,
        }
    }
}
