//! Search indexes: Zola's, and one of our own that is read piece by piece.

#[cfg(feature = "search")]
mod elasticlunr;
mod sharded;
#[cfg(feature = "search")]
mod zola;

use crate::config::IndexFormat;
use crate::diagnostic::Diagnostics;
use crate::render::{Body, Output};
use crate::template::Store;

/// The index of every language that asks for one.
pub(super) fn outputs(store: &Store, diagnostics: &mut Diagnostics) -> Vec<Output> {
    let config = &store.project.config;
    let is_sharded = |language: &&str| config.language(language).search().index_format == IndexFormat::Sharded;
    let asks = config.language_codes().filter(|language| config.language(language).build_search_index);
    let (sharded, others): (Vec<&str>, Vec<&str>) = asks.partition(is_sharded);
    #[cfg(feature = "search")]
    let others = zola::outputs(store, &others, diagnostics);
    #[cfg(not(feature = "search"))]
    let others = {
        let _ = (others, diagnostics);
        Vec::new()
    };
    sharded::outputs(store, &sharded).into_iter().chain(others).collect()
}

fn file(path: &str, text: String) -> Output {
    Output { path: path.to_string(), body: Body::Text(text) }
}
