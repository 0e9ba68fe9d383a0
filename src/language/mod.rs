//! What the house knows of Polish and English, whichever room asks.

mod sentence;
mod syllable;
mod tongue;
mod word;

pub use sentence::sentences;
pub use syllable::syllables;
pub use tongue::Tongue;
pub use word::{Word, WordKind, words};
