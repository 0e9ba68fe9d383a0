//! Markdown into HTML: headings with anchors, links, summary, words, typography by language.

mod heading;
mod link;
mod render;
mod typography;
mod words;

pub use heading::Heading;
pub use link::{AnchorCheck, Owner};
pub use render::{Fragments, NoFragments, Rendered, render, render_inline};
pub use typography::typeset;
pub use words::{reading_time, word_count};
