//! The guide's typed kinds: one file a kind, and what follows from one for the other.
//!
//! A kind is a block of front matter named after it. The original says everything once; a translation overrides texts.
//! [`Guide`] decodes and checks every block, resolves references between them, and gives each page the value its
//! template sees.

mod block;
mod board;
mod call;
mod chapter;
mod check;
mod column;
mod commitment;
mod coordinates;
mod event;
mod exchange;
mod facet;
mod facts;
mod initiative;
mod legend;
mod library;
mod merge;
mod moment;
mod names;
mod organisation;
mod place;
mod posting;
#[cfg(test)]
mod tests;
mod tour;
mod year;

use schemars::{Schema, SchemaGenerator};

pub use block::{Block, BlockContext, Decoded, Kind};
pub use column::{Column, Derived, Holds};
pub use coordinates::Coordinates;
pub use facet::{Facet, FacetValue, Facets, SectionFacet, texts_at};
pub(crate) use facts::source_values;
pub use facts::{FactSource, is_old, mark_examples};
pub use library::{Entry, Guide, Values};
pub use moment::Moment;
pub use organisation::District;
pub use place::Anniversary;
pub use posting::{Category, Posting, Postings};
pub use year::{DayOfYear, days_of_year};

/// JSON Schema of what every kind may say about its facts, as it stands in its type.
pub fn facts_schema(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<facts::Facts>()
}

/// JSON Schema of [`SECTION_KEYS`].
#[must_use]
pub fn section_schema() -> Schema {
    facet::schema()
}

/// Keys of front matter that this room reads from sections.
pub const SECTION_KEYS: &[&str] = &[facet::KEY];

/// Every kind, in the order the guide lists them.
pub const KINDS: &[&Kind] = &[
    &place::KIND,
    &legend::KIND,
    &tour::KIND,
    &organisation::KIND,
    &exchange::KIND,
    &chapter::KIND,
    &event::KIND,
    &call::KIND,
    &commitment::KIND,
    &initiative::KIND,
];

/// Front matter keys of pages that belong to the guide: the kinds, and what every kind may say about its facts.
#[must_use]
pub fn keys() -> Vec<&'static str> {
    KINDS.iter().map(|kind| kind.name).chain(facts::KEYS.iter().copied()).collect()
}
