//! Search indexes: Zola's, and one of our own that is read piece by piece.

#[cfg(feature = "search")]
mod elasticlunr;
mod sharded;
#[cfg(feature = "search")]
mod zola;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::{Config, IndexFormat};
use crate::diagnostic::Diagnostics;
use crate::render::{Body, Output};
use crate::source::Source;
use crate::template::Store;

/// The sharded indexes of all languages, as far as they are needed to make them again.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept(BTreeMap<String, sharded::Kept>);

/// The index of every language that asks for one, and what is kept of those that can be made again in part.
pub(super) fn outputs(store: &Store, diagnostics: &mut Diagnostics) -> (Vec<Output>, Kept) {
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
    let (outputs, kept) = sharded::outputs(store, &sharded);
    (outputs.into_iter().chain(others).collect(), Kept(kept))
}

/// Whether some index can only be made as a whole.
pub(super) fn is_whole(config: &Config) -> bool {
    let is_sharded = |language: &str| config.language(language).search().index_format == IndexFormat::Sharded;
    config.language_codes().any(|language| config.language(language).build_search_index && !is_sharded(language))
}

/// The files of indexes that may be others when texts have changed, and those of `files` that are none of theirs any more.
/// `None` when the indexes are not about the same documents.
pub(super) fn again<'f>(
    store: &Store,
    kept: &mut Kept,
    has_changed: impl Fn(&Source) -> bool + Copy + Sync,
    files: &[&'f str],
) -> Option<(Vec<Output>, Vec<&'f str>)> {
    let one = |(language, kept): (&String, &mut sharded::Kept)| {
        let outputs = sharded::again(store, language, kept, has_changed)?;
        if outputs.is_empty() {
            return Some((outputs, vec![]));
        }
        let made: BTreeSet<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
        let folder = format!("search/{language}/");
        let own = files.iter().filter(|path| path.starts_with(&folder));
        let gone = own.filter(|path| !made.contains(**path) && !sharded::is_as_it_was(path, language, kept));
        let gone = gone.copied().collect();
        Some((outputs, gone))
    };
    let made: Option<Vec<(Vec<Output>, Vec<&str>)>> = kept.0.par_iter_mut().map(one).collect();
    let (outputs, gone): (Vec<_>, Vec<_>) = made?.into_iter().unzip();
    Some((outputs.into_iter().flatten().collect(), gone.into_iter().flatten().collect()))
}

fn file(path: &str, text: String) -> Output {
    Output { path: path.to_string(), body: Body::Text(text) }
}
