//! Marks in texts on their way through the house.

use std::hash::{BuildHasher, RandomState};

/// A mark that no text has, for nobody can guess it; another in each run of the program, so nothing that is published may
/// depend on it. `character` is a noncharacter (Unicode 23.7), which tells it from other marks.
pub(crate) fn unguessable(character: char) -> String {
    format!("{character}{:016x}:", RandomState::new().hash_one(0))
}
