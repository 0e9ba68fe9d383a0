//! Counting words.

use unicode_segmentation::UnicodeSegmentation;

/// Words of a body outside fenced code: letters for Chinese and Japanese, Unicode words elsewhere.
#[must_use]
pub fn word_count(body: &str, language: &str) -> usize {
    let counts_letters = matches!(language.split('-').next(), Some("zh" | "ja"));
    let (mut count, mut begin, mut is_code) = (0, 0, false);
    let ends = memchr::memmem::find_iter(body.as_bytes(), "```").chain([body.len()]);
    for end in ends {
        let part = &body[begin..end];
        begin = end + 3;
        if !is_code {
            count += if counts_letters { part.chars().filter(|c| c.is_alphabetic()).count() } else { words(part) };
        }
        is_code = !is_code;
    }
    count
}

/// Letters and digits of ASCII: looked up faster than compared.
static LETTERS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        letters[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    letters
};

/// Unicode words (UAX 29). Nearly everything in a text is letters between white space, with punctuation around at most:
/// one word, which is told from bytes; what is not so is looked at after the rules, which takes ten times as long.
fn words(text: &str) -> usize {
    #[derive(PartialEq)]
    enum Token {
        /// Nothing but punctuation so far.
        Blank,
        /// Letters and digits.
        Word,
        /// Punctuation after those.
        Closed,
        /// Something else.
        Other,
    }
    let bytes = text.as_bytes();
    let (mut count, mut begin, mut at, mut token) = (0, 0, 0, Token::Blank);
    while at <= bytes.len() {
        let is_word = match bytes.get(at).copied().unwrap_or(b' ') {
            b' ' | b'\n' | b'\t' | b'\r' => {
                count += match token {
                    Token::Blank => 0,
                    Token::Word | Token::Closed => 1,
                    Token::Other => text[begin..at].unicode_words().count(),
                };
                token = Token::Blank;
                at += 1;
                begin = at;
                continue;
            }
            byte if byte.is_ascii_alphanumeric() => {
                let rest = &bytes[at + 1..];
                at += rest.iter().position(|byte| !LETTERS[usize::from(*byte)]).unwrap_or(rest.len());
                true
            }
            // `À` to `ž`, but for `×` and `÷`.
            byte @ 0xc3..=0xc5 => {
                at += 1;
                let next = bytes.get(at).copied().unwrap_or_default();
                if matches!((byte, next), (0xc3, 0x97 | 0xb7) | (0xc5, 0xbf)) {
                    token = Token::Other;
                }
                true
            }
            0x80.. | b'_' => {
                token = Token::Other;
                true
            }
            _ => false,
        };
        token = match (token, is_word) {
            (Token::Blank | Token::Word, true) => Token::Word,
            (Token::Word | Token::Closed, false) => Token::Closed,
            (Token::Blank, false) => Token::Blank,
            (Token::Other, _) | (Token::Closed, true) => Token::Other,
        };
        at += 1;
    }
    count
}

/// Minutes of reading, rounded up. The rates are Zola's: words a minute, letters for Chinese and Japanese.
#[must_use]
pub fn reading_time(words: usize, language: &str) -> usize {
    let rate = match language.split('-').next() {
        Some("en") => 238,
        Some("ko") => 202,
        Some("zh") => 439,
        Some("ja") => 653,
        _ => 200,
    };
    words.div_ceil(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_do_not_count() {
        assert_eq!(word_count("Nowa Huta\n```\na b c\n```\nkoniec", "pl"), 3);
        for text in [
            "Łąki Nowohuckie, „aleja Róż” (dawniej Stalina) – 22,5 ha; 3.14 a.b a_b _ __a can't l'a can' 'a x×y 8-9 a:b",
            "a\u{300} \u{301}b ż\u{200d}ó 🇵🇱 👩‍🌾x 漢字 かな カナ ไทย אב\"ג 1,000.5 1, .5 e.g. https://huta.example/a?b=1#c **b**c `d`",
            "× ÷ ſ a÷ ×b \u{c} \u{b} a\u{c}b \u{7f} _ -a- -_- a- -",
            "a\r\nb\u{a0}c\u{2028}d\u{85}e\u{3000}f\u{200b}g …a… ªº µ ŉ İ ǆ ſ Ω",
        ] {
            assert_eq!(word_count(text, "pl"), text.unicode_words().count(), "{text}");
        }
        assert_eq!((reading_time(0, "pl"), reading_time(201, "pl"), reading_time(201, "en")), (0, 2, 1));
    }
}
