//! The guide's typed kinds: one file a kind, and what follows from one for the other.
//!
//! A kind is a block of front matter named after it. The original says everything once; a translation overrides texts.
//! [`Guide`] decodes and checks every block, resolves references between them, and gives each page the value its
//! template sees.

mod block;
mod chapter;
mod check;
mod coordinates;
mod facts;
mod legend;
mod library;
mod merge;
mod organisation;
mod place;
mod tour;

pub use block::{Block, BlockContext, Decoded, Kind};
pub use coordinates::Coordinates;
pub use facts::FactSource;
pub use library::{Entry, Guide, Values};

/// Every kind, in the order the guide lists them.
pub const KINDS: &[&Kind] = &[&place::KIND, &legend::KIND, &tour::KIND, &organisation::KIND, &chapter::KIND];

/// Front matter keys of pages that belong to the guide: the kinds, and what every kind may say about its facts.
#[must_use]
pub fn keys() -> Vec<&'static str> {
    KINDS.iter().map(|kind| kind.name).chain(facts::KEYS.iter().copied()).collect()
}
