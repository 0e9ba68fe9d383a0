//! The only door out: feeds, sitemap, robots, redirects, minified HTML, and the files on disk.

mod feed;
mod minify;
mod redirect;
mod robots;
mod sitemap;
mod stage;

use crate::render::Output;
use crate::template::Store;

pub use minify::minify;
pub use stage::Stage;

/// Outputs that no single page asks for.
#[must_use]
pub fn site_outputs(store: &Store) -> Vec<Output> {
    let mut outputs = feed::outputs(store);
    outputs.extend(sitemap::outputs(store));
    outputs.extend(robots::outputs(store));
    outputs.extend(redirect::outputs(store));
    outputs
}
