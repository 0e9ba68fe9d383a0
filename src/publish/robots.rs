//! `robots.txt`.

use super::cms;
use crate::render::{Body, Output, base_context};
use crate::template::Store;

pub(super) fn outputs(store: &Store) -> Vec<Output> {
    let config = &store.project.config;
    if !config.generate_robots_txt {
        return vec![];
    }
    let mut context = base_context(store, &config.default_language, None);
    // From the root of the host, as the file wants them.
    let path = |folder: String| {
        let address = config.permalink(&folder);
        let rest = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
        rest.find('/').map(|at| rest[at..].to_string())
    };
    context.insert("private", &cms::folders(store).into_iter().filter_map(path).collect::<Vec<_>>());
    let body = Body::Template { template: "robots.txt".into(), context: Box::new(context), origin: None };
    vec![Output { path: "robots.txt".into(), body }]
}
