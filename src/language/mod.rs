//! What is to be known of languages: forms of words, the order of letters.

mod collation;
mod declension;
mod english;
mod inflection;
mod stem;

pub use collation::{compare, letter};
pub use inflection::{is_acronym, phrase_forms};
pub use stem::stems;
