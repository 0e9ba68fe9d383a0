//! Words as people type them who have no Polish keyboard.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word in small letters without the marks above, below and across its letters: "Łaźnia" is "laznia".
///
/// A browser gives the same with `toLowerCase`, `normalize('NFD')`, the marks (`\p{M}`) taken out, and the letters below
/// replaced: Unicode does not take their strokes for marks.
#[must_use]
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' => folded.push('d'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            c => folded.push(c),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_their_marks() {
        for (word, folded) in
            [("Łaźnia", "laznia"), ("ZAŻÓŁĆ", "zazolc"), ("jaźń", "jazn"), ("Straße", "strasse"), ("1949", "1949")]
        {
            assert_eq!(fold(word), folded);
        }
    }
}
