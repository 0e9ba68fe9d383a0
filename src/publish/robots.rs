//! `robots.txt`.

use std::sync::Arc;

use super::cms;
use crate::render::{Output, base_context};
use crate::template::Store;

pub(super) fn outputs(store: &Arc<Store>) -> Vec<Output> {
    let config = &store.project.config;
    if !config.generate_robots_txt {
        return vec![];
    }
    // From the root of the host, as the file wants them.
    let path = |folder: String| {
        let address = config.permalink(&folder);
        let rest = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
        rest.find('/').map(|at| rest[at..].to_string())
    };
    let private: Vec<String> = cms::folders(store).into_iter().filter_map(path).collect();
    let own = Arc::clone(store);
    let context = move || {
        let mut context = base_context(&own, &own.project.config.default_language, None);
        context.insert("private", &private);
        context
    };
    vec![Output::template("robots.txt", "robots.txt", context, None)]
}
