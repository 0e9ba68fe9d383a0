//! Counting words.

use unicode_segmentation::UnicodeSegmentation;

/// Words of a body outside fenced code: letters for Chinese and Japanese, Unicode words elsewhere.
#[must_use]
pub fn word_count(body: &str, language: &str) -> usize {
    let counts_letters = matches!(language.split('-').next(), Some("zh" | "ja"));
    body.split("```")
        .step_by(2)
        .map(|part| {
            if counts_letters {
                part.chars().filter(|c| c.is_alphabetic()).count()
            } else {
                part.unicode_words().count()
            }
        })
        .sum()
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
        assert_eq!((reading_time(0, "pl"), reading_time(201, "pl"), reading_time(201, "en")), (0, 2, 1));
    }
}
