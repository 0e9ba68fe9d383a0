//! A sentence as the rules see it: its words, and what stands round them.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::language::{Tongue, WordKind, sentences, words};

/// A sentence of a passage.
pub(super) struct Sentence<'a> {
    /// Its place in the passage, in bytes, without white space at the end.
    pub(super) range: Range<usize>,
    /// Its words.
    pub(super) tokens: Vec<Token<'a>>,
}

/// A word of a sentence.
pub(super) struct Token<'a> {
    /// As written.
    pub(super) text: &'a str,
    /// In small letters, composed.
    pub(super) lower: String,
    /// Its place in the passage, in bytes.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) kind: WordKind,
    /// Whether it is the first of its sentence.
    pub(super) first: bool,
    /// Whether it stands between quotation marks: somebody else's words, or a title.
    pub(super) quoted: bool,
    /// Whether only white space, maybe with a comma, stands between it and the word before.
    pub(super) joined: bool,
    /// Whether a comma stands before it.
    pub(super) comma: bool,
}

impl Token<'_> {
    /// Whether it is probably a proper name: a capital letter that no sentence begins with.
    pub(super) fn is_name(&self) -> bool {
        !self.first && self.text.starts_with(char::is_uppercase)
    }
}

/// The sentences of a passage; pieces without words are none.
pub(super) fn sentences_of(passage: &str, tongue: Tongue) -> Vec<Sentence<'_>> {
    let quotations = quotations(passage);
    let mut found = vec![];
    for whole in sentences(passage, tongue) {
        let text = passage[whole.clone()].trim_end();
        let range = whole.start..whole.start + text.len();
        let mut end = 0;
        let mut tokens: Vec<Token<'_>> = vec![];
        for word in words(text) {
            let between = &text[end..word.range.start];
            end = word.range.end;
            let at = range.start + word.range.start;
            tokens.push(Token {
                text: &text[word.range.clone()],
                lower: text[word.range.clone()].to_lowercase().nfc().collect(),
                range: at..range.start + word.range.end,
                kind: word.kind,
                first: tokens.is_empty() || opens(between),
                quoted: quotations.iter().any(|quotation| quotation.contains(&at)),
                comma: between.contains(','),
                joined: between.chars().all(|c| c.is_whitespace() || c == ','),
            });
        }
        if !tokens.is_empty() {
            found.push(Sentence { range, tokens });
        }
    }
    found
}

/// Whether what stands before a word opens a quotation that begins with a capital of its own: `powiedział: „Idź”`.
fn opens(between: &str) -> bool {
    between.contains(':') && between.ends_with(['„', '“', '"'])
}

/// What stands between quotation marks.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = vec![];
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        open = match (open, c) {
            (None, '„' | '“') => Some((at, '”')),
            (None, '«') => Some((at, '»')),
            (None, '"') => Some((at, '"')),
            (Some((start, end)), c) if c == end => {
                found.push(start..at);
                None
            }
            (open, _) => open,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words<'a>(sentences: &[Sentence<'a>], test: impl Fn(&Token<'a>) -> bool) -> Vec<&'a str> {
        sentences
            .iter()
            .flat_map(|sentence| &sentence.tokens)
            .filter(|token| test(token))
            .map(|token| token.text)
            .collect()
    }

    #[test]
    fn words_know_what_stands_round_them() {
        let found =
            sentences_of("Klub „Pod Kasztanami” działa, bo Anna chce (tak). Ona wie: „Nowe zdanie”.", Tongue::Polish);
        assert_eq!(found.len(), 2);
        assert_eq!(words(&found, |token| token.quoted), ["Pod", "Kasztanami", "Nowe", "zdanie"]);
        assert_eq!(words(&found, Token::is_name), ["Pod", "Kasztanami", "Anna"]);
        assert_eq!(words(&found, |token| !token.joined), ["Pod", "działa", "tak", "Nowe"]);
    }
}
