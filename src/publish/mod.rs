//! The only door out: style sheets, search indexes, feeds, calendars, sitemap, open data, robots, redirects, the CMS,
//! minified HTML, and the files on disk.

mod calendar;
mod cms;
mod export;
mod feed;
mod file;
mod minify;
mod pictures;
mod redirect;
mod robots;
#[cfg(feature = "search")]
mod search;
mod sitemap;
mod stage;
mod style;

use crate::diagnostic::Diagnostics;
use crate::render::Output;
use crate::template::{Store, Templates};

pub use file::{may_write, write_file, write_folder};
pub use minify::minify;
pub use pictures::{check_pictures, make_pictures};
pub use stage::Stage;
pub use style::outputs as style_outputs;

/// Outputs that no single page asks for.
#[must_use]
pub fn site_outputs(store: &Store, templates: &Templates, diagnostics: &mut Diagnostics) -> Vec<Output> {
    let mut outputs = style::outputs(store);
    #[cfg(feature = "search")]
    outputs.extend(search::outputs(store, diagnostics));
    outputs.extend(feed::outputs(store, templates, diagnostics));
    outputs.extend(calendar::outputs(store));
    outputs.extend(sitemap::outputs(store));
    outputs.extend(export::outputs(store));
    outputs.extend(robots::outputs(store));
    outputs.extend(redirect::outputs(store));
    outputs.extend(cms::outputs(store, diagnostics));
    outputs
}
