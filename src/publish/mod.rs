//! The only door out: style sheets, search indexes, feeds, calendars, sitemap, open data, robots, redirects, the CMS,
//! minified HTML, and the files on disk.

mod calendar;
mod cms;
mod feed;
mod file;
mod hosting;
mod lock;
mod manifest;
mod minify;
mod oembed;
mod patch;
mod pictures;
mod portable;
mod redirect;
mod robots;
mod search;
mod sitemap;
mod stage;
mod style;
#[cfg(test)]
mod tests;
mod vcard;

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::render::{Body, Output};
use crate::source::Source;
use crate::template::{Store, Templates};

pub use file::{may_write, write_file, write_folder};
pub use hosting::{Again as HostAgain, Seen, host};
pub use lock::Lock;
pub use minify::minify;
pub use pictures::{check_pictures, make_pictures};
pub use search::Kept as KeptIndexes;
pub use stage::{MANIFEST, Stage};
pub use style::outputs as style_outputs;

/// Search indexes of the languages that ask for one, and what is kept to make them again in part.
#[must_use]
pub fn search_outputs(store: &Store, diagnostics: &mut Diagnostics) -> (Vec<Output>, KeptIndexes) {
    search::outputs(store, diagnostics)
}

/// The files of search indexes that may be others when texts have changed, and those of `files` that go; `None` when the
/// indexes are not about the same documents.
pub fn search_again<'f>(
    store: &Store,
    kept: &mut KeptIndexes,
    has_changed: impl Fn(&Source) -> bool + Copy + Sync,
    files: &[&'f str],
) -> Option<(Vec<Output>, Vec<&'f str>)> {
    search::again(store, kept, has_changed, files)
}

/// Whether there is a search index that is made of all pages each time.
#[must_use]
pub fn is_index_whole(config: &Config) -> bool {
    search::is_whole(config)
}

/// Outputs that no single page asks for and templates make.
#[must_use]
pub fn list_outputs(store: &Arc<Store>, templates: &Templates, diagnostics: &mut Diagnostics) -> Vec<Output> {
    let mut outputs = feed::outputs(store, templates, diagnostics);
    outputs.extend(sitemap::outputs(store));
    outputs.extend(robots::outputs(store));
    outputs.extend(manifest::outputs(store, templates));
    outputs
}

/// Outputs that no single page asks for and no template makes. They do not look at bodies.
#[must_use]
pub fn site_outputs(store: &Arc<Store>, templates: &Templates, diagnostics: &mut Diagnostics) -> Vec<Output> {
    hosting::check(&store.project.config, &store.library, diagnostics);
    let mut outputs = style::outputs(store);
    outputs.extend(calendar::outputs(store));
    outputs.extend(vcard::outputs(store));
    let open = store.open_data.set().into_iter().flat_map(|set| &set.files);
    outputs.extend(open.map(|file| Output { path: file.path.clone(), body: Body::Text(file.text.clone()) }));
    outputs.extend(oembed::outputs(store, templates));
    outputs.extend(redirect::outputs(store));
    outputs.extend(cms::outputs(store, diagnostics));
    outputs
}
