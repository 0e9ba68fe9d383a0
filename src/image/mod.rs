//! Pictures: what a file holds, and smaller versions of it.
//!
//! A picture of a page becomes a [`Ladder`] of widths and formats; a template may ask for single ones by a [`Recipe`].
//! Both go through the same decoding, colours, scaling and encoding, and are kept in a [`Cache`] for the next build.

mod cache;
mod decode;
mod encode;
mod geometry;
mod ladder;
mod limits;
mod metadata;
mod pictures;
mod placeholder;
mod raster;
mod recipe;
mod rights;
mod sanitise;
mod svg;
mod weight;

pub use cache::{Cache, Key, Made, Rung};
pub use encode::Format;
pub use geometry::{Cut, Operation};
pub use ladder::Ladder;
pub use limits::{MOST_BYTES, MOST_PIXELS};
pub use metadata::Metadata;
pub use pictures::Known as KnownPicture;
pub use pictures::{Picture, Pictures};
pub use raster::Filter;
pub use recipe::{Original, Recipe};
pub use rights::Rights;
pub use sanitise::{Sanitised, published, sanitise};

/// Folder of the built site that smaller pictures go to.
pub const FOLDER: &str = "processed_images";
