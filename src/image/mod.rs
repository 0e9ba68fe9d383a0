//! Pictures: what a file holds, and smaller versions of it.

mod geometry;
mod metadata;
mod recipe;

pub use geometry::{Cut, Operation};
pub use metadata::Metadata;
pub use recipe::{Format, Recipe};

/// The folder of the built site that resized pictures are in.
pub const FOLDER: &str = "processed_images";
