//! `robots.txt`.

use crate::render::{Body, Output, base_context};
use crate::template::Store;

pub(super) fn outputs(store: &Store) -> Vec<Output> {
    let config = &store.project.config;
    if !config.generate_robots_txt {
        return vec![];
    }
    let context = base_context(store, &config.default_language, None);
    let body = Body::Template { template: "robots.txt".into(), context: Box::new(context), origin: None };
    vec![Output { path: "robots.txt".into(), body }]
}
