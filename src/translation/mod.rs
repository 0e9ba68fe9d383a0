//! Which translations there are, and which have fallen behind their originals.
//!
//! A translation carries a [`Stamp`] of the original's texts as they were when it was made (`translated:`), so that what
//! has changed since can be told without any history of files.

mod parts;
mod stamp;
mod status;
mod write;

pub use parts::{Home, Part, parts};
pub use stamp::{Change, Stamp};
pub use status::{Row, State, Status, Unverified};
pub use write::stamped;

/// Key of front matter that holds a translation's stamp.
pub const KEY: &str = "translated";
