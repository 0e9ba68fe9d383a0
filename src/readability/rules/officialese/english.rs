//! English words of offices. The list is editorial: the commonest ones that plain-language guides name.

use super::Entry;

pub(super) const TABLE: &[Entry] = &[
    ("utilis*", "use"),
    ("utiliz*", "use"),
    ("in order to", "to"),
    ("prior to", "before"),
    ("pursuant to", "under, by"),
    ("hereby", "(leave it out)"),
    ("shall", "must, will"),
    ("facilitat*", "help"),
    ("commenc*", "start, begin"),
    ("terminat*", "end"),
    ("in the event that", "if"),
    ("in the event of", "if there is"),
    ("with regard to", "about"),
];

/// Words that only begin like one of the table.
pub(super) fn is_other(word: &str) -> bool {
    word.starts_with("commencement")
}
