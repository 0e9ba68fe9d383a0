//! Pages and sections with their meaning: addresses, order, translations, taxonomies, links between them.
//!
//! The model is Zola's (0.23), plus what a guide needs: a section's `slug` translates its folder, a translation may
//! inherit from its original, and content without a translation may fall back to it.

mod address;
mod builder;
mod collisions;
mod date;
mod front;
mod library;
mod link;
mod page;
mod pagination;
mod section;
mod slug;
mod sort;
mod taxonomy;
#[cfg(test)]
mod tests;
mod tree;

pub(crate) use address::{alias_file, clean_path, index_file, is_html, is_part};
pub(crate) use date::{DAY_PATTERN, PartialDate};
pub use date::{PageDate, is_partial_date};
pub use front::{PAGE_KEYS, PageFront, SECTION_KEYS, SectionFront, SortBy};
pub use library::{BlockKeys, Library};
pub use link::{LinkError, Target};
pub use page::{Page, PageId};
pub(crate) use pagination::base_path;
pub use pagination::{Pager, pagers};
pub use section::{Section, SectionId};
pub use slug::slugify;
pub(crate) use slug::slugify_anchor;
pub use taxonomy::{Taxonomy, Term};
