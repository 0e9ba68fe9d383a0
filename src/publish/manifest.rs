//! `manifest.webmanifest` of each language, for a theme that has a template for it: a site as an app.

use crate::render::{Body, Output, base_context};
use crate::template::{Store, Templates};

/// Name of the file.
const FILE: &str = "manifest.webmanifest";

/// Name of its template, by the ending of what it writes.
const TEMPLATE: &str = "manifest.json";

pub(super) fn outputs(store: &Store, templates: &Templates) -> Vec<Output> {
    if !templates.names().any(|name| name == TEMPLATE) {
        return vec![];
    }
    let config = &store.project.config;
    let one = |language: &str| Output {
        path: format!("{}{FILE}", config.language_prefix(language)),
        body: Body::Template {
            template: TEMPLATE.into(),
            context: Box::new(base_context(store, language, None)),
            origin: None,
        },
    };
    config.language_codes().map(one).collect()
}
