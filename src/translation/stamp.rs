//! The texts of an original in a few letters, and what has changed since.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Part;

/// What stamps of this form begin with. It keeps YAML from taking one for a number.
const FORM: &str = "v1";

/// Letters of a stamp (RFC 4648, base 32, in small letters): five bits each.
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Letters for all texts together: 50 bits, enough to see any change.
const WHOLE: usize = 10;

/// Letters for one text: 15 bits, enough to see which it was.
const ONE: usize = 3;

/// The texts of an original at one time: `v1.` letters of all texts `.` three letters for each text in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    whole: String,
    each: Vec<String>,
}

/// What became of a text, or of several that followed each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The text at this position says something else now.
    Changed(usize),
    /// The text at this position is new.
    Added(usize),
    /// So many texts are gone from before this position.
    Removed {
        /// The text that follows them, if any does.
        before: usize,
        /// How many.
        count: usize,
    },
}

impl Stamp {
    /// The stamp of some texts.
    #[must_use]
    pub fn of(parts: &[Part]) -> Self {
        let mut all = blake3::Hasher::new();
        for part in parts {
            all.update(part.text.as_bytes()).update(&[0]);
        }
        let each = parts.iter().map(|part| letters(&blake3::hash(part.text.as_bytes()), ONE)).collect();
        Self { whole: letters(&all.finalize(), WHOLE), each }
    }

    /// Reads a stamp; `None` for a text that is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut fields = text.trim().split('.');
        let (FORM, whole, each, None) = (fields.next()?, fields.next()?, fields.next()?, fields.next()) else {
            return None;
        };
        let right = |text: &str| text.bytes().all(|byte| LETTERS.contains(&byte));
        if whole.len() != WHOLE || each.len() % ONE != 0 || !right(whole) || !right(each) {
            return None;
        }
        let each = (0..each.len() / ONE).map(|at| each[at * ONE..(at + 1) * ONE].to_string()).collect();
        Some(Self { whole: whole.to_string(), each })
    }

    /// What has changed between this stamp and a later one; nothing when nothing has. Where something has and it cannot be
    /// told what (two texts with the same three letters), the first text stands for it.
    #[must_use]
    pub fn changes(&self, now: &Self) -> Vec<Change> {
        if self.whole == now.whole {
            return vec![];
        }
        let mut changes = vec![];
        for op in capture_diff_slices(Algorithm::Myers, &self.each, &now.each) {
            let (_, old, new) = op.as_tag_tuple();
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            let both = old.len().min(new.len());
            changes.extend((new.start..new.start + both).map(Change::Changed));
            changes.extend((new.start + both..new.end).map(Change::Added));
            if old.len() > both {
                changes.push(Change::Removed { before: new.end, count: old.len() - both });
            }
        }
        if changes.is_empty() {
            changes.push(Change::Changed(0));
        }
        changes
    }
}

impl std::fmt::Display for Stamp {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{FORM}.{}.{}", self.whole, self.each.concat())
    }
}

/// The first bits of a hash, five a letter.
fn letters(hash: &blake3::Hash, count: usize) -> String {
    let bytes = hash.as_bytes();
    let bit = |at: usize| (bytes[at / 8] >> (7 - at % 8)) & 1;
    let letter = |at: usize| (0..5).fold(0, |letter, by| letter << 1 | bit(at * 5 + by));
    (0..count).map(|at| char::from(LETTERS[usize::from(letter(at))])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translation::Home;

    fn stamp(texts: &[&str]) -> Stamp {
        let parts: Vec<Part> =
            texts.iter().map(|text| Part { text: (*text).to_string(), home: Home::Body(0..0) }).collect();
        Stamp::of(&parts)
    }

    #[test]
    fn stamps_are_read_as_they_are_written() {
        let stamp = stamp(&["a", "b", "c"]);
        let text = stamp.to_string();
        assert_eq!(text.len(), 3 + WHOLE + 1 + 3 * ONE);
        assert_eq!(Stamp::parse(&text), Some(stamp));
        for wrong in [
            "",
            "v1",
            "v1.abc.abc",
            "v2.aaaaaaaaaa.abc",
            "v1.aaaaaaaaaa.ab",
            "v1.aaaaaaaaa1.abc",
            "v1.aaaaaaaaaa.abc.x",
        ] {
            assert_eq!(Stamp::parse(wrong), None, "{wrong}");
        }
        assert!(Stamp::parse("v1.aaaaaaaaaa.").is_some());
    }

    #[test]
    fn changes_are_told_one_by_one() {
        let was = stamp(&["title", "one", "two", "three"]);
        let changes = |texts: &[&str]| was.changes(&stamp(texts));
        assert_eq!(changes(&["title", "one", "two", "three"]), []);
        assert_eq!(changes(&["title", "one", "2", "three"]), [Change::Changed(2)]);
        assert_eq!(changes(&["title", "one", "and", "two", "three"]), [Change::Added(2)]);
        assert_eq!(changes(&["title", "three"]), [Change::Removed { before: 1, count: 2 }]);
        assert_eq!(changes(&["title", "one", "two"]), [Change::Removed { before: 3, count: 1 }]);
        assert_eq!(changes(&["new", "one", "two", "three", "four"]), [Change::Changed(0), Change::Added(4)]);
    }

    #[test]
    fn a_change_that_three_letters_do_not_show_is_seen() {
        let (was, mut now) = (stamp(&["a"]), stamp(&["a"]));
        now.whole = "bbbbbbbbbb".into();
        assert_eq!(was.changes(&now), [Change::Changed(0)]);
    }
}
