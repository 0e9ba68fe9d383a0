//! `manifest.webmanifest` of each language, for a theme that has a template for it: a site as an app.

use std::sync::Arc;

use crate::render::{Output, base_context};
use crate::template::{Store, Templates};

/// Name of the file.
const FILE: &str = "manifest.webmanifest";

/// Name of its template, by the ending of what it writes.
const TEMPLATE: &str = "manifest.json";

pub(super) fn outputs(store: &Arc<Store>, templates: &Templates) -> Vec<Output> {
    if !templates.names().any(|name| name == TEMPLATE) {
        return vec![];
    }
    let config = &store.project.config;
    let one = |language: &str| {
        let path = format!("{}{FILE}", config.language_prefix(language));
        let (own, language) = (Arc::clone(store), language.to_string());
        Output::template(&path, TEMPLATE, move || base_context(&own, &language, None), None)
    };
    config.language_codes().map(one).collect()
}
