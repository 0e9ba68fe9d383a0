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
mod vcard;

use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::render::{Body, Output};
use crate::template::{Store, Templates};

pub use file::{may_write, write_file, write_folder};
pub use hosting::host;
pub use lock::Lock;
pub use minify::minify;
pub use pictures::{check_pictures, make_pictures};
pub use stage::Stage;
pub use style::outputs as style_outputs;

/// Outputs that no single page asks for.
#[must_use]
pub fn site_outputs(store: &Arc<Store>, templates: &Templates, diagnostics: &mut Diagnostics) -> Vec<Output> {
    hosting::check(&store.project.config, &store.library, diagnostics);
    let mut outputs = style::outputs(store);
    outputs.extend(search::outputs(store, diagnostics));
    outputs.extend(feed::outputs(store, templates, diagnostics));
    outputs.extend(calendar::outputs(store));
    outputs.extend(sitemap::outputs(store));
    outputs.extend(vcard::outputs(store));
    let open = store.open_data.set().into_iter().flat_map(|set| &set.files);
    outputs.extend(open.map(|file| Output { path: file.path.clone(), body: Body::Text(file.text.clone()) }));
    outputs.extend(oembed::outputs(store, templates));
    outputs.extend(robots::outputs(store));
    outputs.extend(manifest::outputs(store, templates));
    outputs.extend(redirect::outputs(store));
    outputs.extend(cms::outputs(store, diagnostics));
    outputs
}
