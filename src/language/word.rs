//! Words of a text, with their places.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// A word or an abbreviation; `społeczno-kulturalny` and `m.in` are one.
    Word,
    /// Something that starts with a digit: `1949`, `10 000`, `11.09.2018`, `19a`, `90-dniowy`; a Roman number: `XVIII`.
    Number,
    /// An address of a site or a mailbox: `krakow.pl`, `https://a.pl/b`, `x@y.pl`. Nobody reads it word by word.
    Address,
}

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its place in the text, in bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: WordKind,
}

/// Joins two letters or digits into one word: hyphens (also the one that does not break) and apostrophes.
const JOINERS: [char; 5] = ['-', '\u{2010}', '\u{2011}', '\'', '\u{2019}'];

/// Spaces that stand between the thousands of a number.
const THIN: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

/// The words of a text in their order. Signs that are read aloud (`§`, `%`, `+`) are no words.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut found = vec![];
    let mut at = 0;
    while let Some(start) = text[at..].find(char::is_alphanumeric).map(|offset| at + offset) {
        let rest = &text[start..];
        let length = if is_web_address(rest) { until_space(rest) } else { token(rest) };
        let token = &rest[..length];
        found.push(Word { range: start..start + length, kind: kind(token) });
        at = start + length;
    }
    found
}

fn is_web_address(rest: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| rest.starts_with(start))
}

/// Length of an address: up to white space, without the marks of the sentence round it.
fn until_space(rest: &str) -> usize {
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    rest[..end].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/').len()
}

/// Length of the token that a text starts with.
fn token(rest: &str) -> usize {
    let mut end = 0;
    loop {
        end += run(&rest[end..]);
        let tail = &rest[end..];
        let Some(mark) = tail.chars().next() else { return end };
        let after = &tail[mark.len_utf8()..];
        let joins = JOINERS.contains(&mark) || ".@_".contains(mark) || (mark == ',' && is_number(&rest[..end]));
        let joined = after.starts_with(char::is_alphanumeric) && (mark != ',' || after.starts_with(is_digit));
        if (joins && joined) || (THIN.contains(&mark) && is_thousands(&rest[..end], after)) {
            end += mark.len_utf8();
        } else {
            return end;
        }
    }
}

fn run(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && !is_combining(c)).unwrap_or(text.len())
}

/// Whether a character belongs to the letter before it (macOS writes `ó` as two).
fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_number(token: &str) -> bool {
    token.chars().next_back().is_some_and(is_digit)
}

/// Whether a number goes on after a space: `10` and `000`, but not `2022` and `150`.
fn is_thousands(before: &str, after: &str) -> bool {
    let groups: Vec<&str> = before.split(THIN).collect();
    let digits = |text: &str| text.chars().take_while(|c| is_digit(*c)).count();
    let first = groups.first().is_some_and(|group| (1..=3).contains(&group.len()) && group.chars().all(is_digit));
    first && groups[1..].iter().all(|group| group.len() == 3) && digits(after) == 3 && {
        let next = after[3..].chars().next();
        !next.is_some_and(char::is_alphanumeric)
    }
}

fn kind(token: &str) -> WordKind {
    if is_web_address(token) || token.contains('@') {
        WordKind::Address
    } else if token.starts_with(is_digit) || (token.len() > 1 && token.chars().all(|c| "IVX".contains(c))) {
        WordKind::Number
    } else if token.contains('.') && token.split('.').any(|part| part.chars().count() > 2) {
        // Parts of an abbreviation have a letter or two (`m.in`, `Dz.U`); those of an address have more.
        WordKind::Address
    } else {
        WordKind::Word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|word| &text[word.range]).collect()
    }

    #[test]
    fn words_numbers_and_addresses() {
        assert_eq!(
            found("Dom Kultury (ul. Róż 5a) – m.in. kluby społeczno-kulturalne; 11.09.2018, 2,5 zł i 10 000 osób."),
            [
                "Dom",
                "Kultury",
                "ul",
                "Róż",
                "5a",
                "m.in",
                "kluby",
                "społeczno-kulturalne",
                "11.09.2018",
                "2,5",
                "zł",
                "i",
                "10 000",
                "osób"
            ]
        );
        assert_eq!(found("W 2022 150 osób, 1 250 000 zł"), ["W", "2022", "150", "osób", "1 250 000", "zł"]);
        assert_eq!(
            found("Pisz na biuro@c10.pl albo https://a.pl/b-c/d, lub krakow.pl."),
            ["Pisz", "na", "biuro@c10.pl", "albo", "https://a.pl/b-c/d", "lub", "krakow.pl"]
        );
        assert_eq!(
            found("don’t i/lub 2019–2022 § 5 o\u{301}w"),
            ["don’t", "i", "lub", "2019", "2022", "5", "o\u{301}w"]
        );
        assert_eq!(found(" – … "), [""; 0]);
    }

    #[test]
    fn every_token_knows_what_it_is() {
        use WordKind::{Address, Number, Word};
        let kinds: Vec<WordKind> = words("dom 19a C10 Dz.U m.in krakow.pl x@y.pl 10\u{a0}000 XVIII I")
            .into_iter()
            .map(|word| word.kind)
            .collect();
        assert_eq!(kinds, [Word, Number, Word, Word, Word, Address, Address, Number, Number, Word]);
    }
}
