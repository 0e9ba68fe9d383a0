//! What the house knows of Polish and English, whichever room asks.

mod collation;
mod declension;
mod detect;
mod english;
mod fold;
mod inflection;
mod plural;
mod sentence;
mod stem;
mod syllable;
mod tongue;
mod word;

pub use collation::{compare, letter};
pub use detect::written_in;
pub use fold::fold;
pub use inflection::{is_acronym, phrase_forms};
pub use plural::Noun;
pub use sentence::sentences;
pub use stem::{Stemmer, root, stems};
pub use syllable::syllables;
pub use tongue::Tongue;
pub use word::{Word, WordKind, words};
