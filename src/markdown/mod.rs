//! Markdown into HTML: headings with anchors, links, code in colours, notes, summary, words, typography by language.

mod allowed;
mod code;
mod component;
mod emoji;
mod explain;
mod fence;
mod figure;
mod footnote;
mod fragments;
mod heading;
#[cfg(feature = "highlight")]
mod highlight;
mod html;
mod limits;
mod link;
mod mark;
mod marks;
mod mask;
mod plain;
mod render;
mod summary;
mod tags;
mod typography;
mod words;

pub use code::Code;
pub use component::{inline_placeholder, placeholder};
pub use explain::{Explains, Explanation};
pub use figure::{Figure, Pictures};
pub use fragments::{Fragments, NoFragments};
pub use heading::Heading;
pub use link::{AnchorCheck, Owner};
pub(crate) use mark::unguessable;
pub(crate) use mask::{MASK, masked};
pub use plain::plain_text;
pub use render::{Markdown, Rendered, parser_options};
pub(crate) use tags::{map_attributes, map_tags, tag_name};
pub use typography::{typeset, typeset_for};
pub use words::{reading_time, word_count};
