//! The words of a running text.

use std::ops::Range;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// As it is written, with straight apostrophes.
    pub(super) written: String,
    /// Whether nothing but white space stands between it and the word before.
    pub(super) follows: bool,
}

/// The words of a text in their order: letters and digits, and hyphens and apostrophes between them. Parts of addresses
/// ("zbiorki.gov.pl") are no words.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut all: Vec<Token> = vec![];
    let mut at = 0;
    while let Some(start) = text[at..].find(char::is_alphanumeric).map(|length| at + length) {
        let end = end_of_word(text, start);
        // "citizens’ advice"
        let gap = text[at..start].trim_start_matches(['\'', '’']);
        let follows = at > 0 && !gap.is_empty() && gap.chars().all(char::is_whitespace);
        let is_part = in_address_before(&text[..start]) || in_address_after(&text[end..]);
        if is_part {
            // What comes next follows no word.
            all.push(Token { range: start..end, written: String::new(), follows: false });
        } else {
            all.push(Token { range: start..end, written: text[start..end].replace('’', "'"), follows });
        }
        at = end;
    }
    all
}

fn end_of_word(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut letters = text[start..].char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let joins = "-'’\u{ad}".contains(c) && letters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !c.is_alphanumeric() && !joins {
            break;
        }
        end = start + at + c.len_utf8();
    }
    end
}

/// Whether a word that begins here goes on from something that is no word: `example.org`, `#word`.
fn in_address_before(before: &str) -> bool {
    let mut letters = before.chars().rev();
    match letters.next() {
        Some('@' | '#' | '_' | '=' | '\\') => true,
        Some('.' | '/' | ':') => {
            let more = letters.next();
            before.ends_with("//") || (before.ends_with('.') && more.is_some_and(char::is_alphanumeric))
        }
        _ => false,
    }
}

fn in_address_after(after: &str) -> bool {
    let mut letters = after.chars();
    match letters.next() {
        Some('@' | '_' | '=') => true,
        Some('.') => letters.next().is_some_and(char::is_alphanumeric),
        Some(':') => after.starts_with("://"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().filter(|token| !token.written.is_empty()).map(|token| token.written).collect()
    }

    #[test]
    fn words_are_letters_with_hyphens_and_apostrophes() {
        assert_eq!(
            words("W KRS-ie (i NIP-8) – fund’s, grants’ 'a' 1,5%"),
            ["W", "KRS-ie", "i", "NIP-8", "fund's", "grants", "a", "1", "5"]
        );
    }

    #[test]
    fn addresses_are_no_words() {
        assert_eq!(words("Na zbiorki.gov.pl, ja@krs.pl i https://krs.pl/x. Koniec."), ["Na", "i", "x", "Koniec"]);
    }

    #[test]
    fn only_white_space_binds() {
        let follows: Vec<bool> = tokens("walne\u{a0}zebranie, w\nKRS").iter().map(|token| token.follows).collect();
        assert_eq!(follows, [false, true, false, true]);
    }
}
