//! What every kind says about its facts: sources, and when they were checked.

use serde::{Deserialize, Serialize};

use super::check::Checker;
use crate::content::PageDate;
use crate::source::Step;

/// Keys beside the kinds' blocks.
pub(super) const KEYS: &[&str] = &["sources", "verified"];

/// Where a fact comes from.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactSource {
    /// Title of the text.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// The day it was read, `YYYY-MM-DD`.
    #[serde(default, serialize_with = "as_text")]
    pub read: Option<PageDate>,
}

/// The keys of this file as one struct.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Facts {
    #[serde(default)]
    pub(super) sources: Vec<FactSource>,
    pub(super) verified: Option<PageDate>,
}

impl Facts {
    pub(super) fn check(&self, checker: &mut Checker<'_>) {
        for (at, source) in self.sources.iter().enumerate() {
            if let Some(url) = &source.url {
                checker.web_address(&[Step::key("sources"), Step::Index(at), Step::key("url")], url);
            }
        }
    }
}

/// Serialises a date as it was written.
#[allow(clippy::ref_option)] // The signature is serde's.
pub(super) fn as_text<S: serde::Serializer>(date: &Option<PageDate>, serializer: S) -> Result<S::Ok, S::Error> {
    date.as_ref().map(|date| &date.text).serialize(serializer)
}
