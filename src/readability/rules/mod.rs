//! Rules of plain language, one file a family. Each finding is advice: the editor decides.
//!
//! What stands between quotation marks is somebody else's wording and is left alone.

mod impersonal;
mod long_sentence;
mod nominal;
mod officialese;
mod participle;
mod passive;
mod phrase;

use std::ops::Range;

use super::sentence::Sentence;
use crate::diagnostic::{Code, Text};
use crate::language::Tongue;

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) code: Code,
    /// Its place in the passage, in bytes.
    pub(super) range: Range<usize>,
    pub(super) message: Text,
    /// The plain way to say it.
    pub(super) help: Text,
}

/// The code of every family, in the order of the report.
pub const FAMILIES: [Code; 6] = [
    Code::LongSentence,
    Code::PassiveVoice,
    Code::ImpersonalForm,
    Code::Participle,
    Code::NominalStyle,
    Code::Officialese,
];

/// Everything the rules of a language find in a sentence, in the order of the text.
pub(super) fn check(sentence: &Sentence<'_>, tongue: Tongue) -> Vec<Finding> {
    let mut found = vec![];
    found.extend(long_sentence::check(sentence));
    found.extend(passive::check(sentence, tongue));
    found.extend(officialese::check(sentence, tongue));
    if tongue == Tongue::Polish {
        found.extend(impersonal::check(sentence));
        found.extend(participle::check(sentence));
        found.extend(nominal::check(sentence));
    }
    found.sort_by_key(|finding| (finding.range.start, finding.code));
    found
}

/// The parts of a text that a rule marks, for its test.
#[cfg(test)]
fn marked(text: &str, tongue: Tongue, code: Code) -> Vec<String> {
    super::sentence::sentences_of(text, tongue)
        .iter()
        .flat_map(|sentence| check(sentence, tongue))
        .filter(|finding| finding.code == code)
        .map(|finding| text[finding.range].to_string())
        .collect()
}
