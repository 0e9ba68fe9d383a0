//! No-break spaces where a language's typography asks for them.

/// Words that must not end a line in Polish (one-letter prepositions and conjunctions).
const POLISH_HANGING: [&str; 6] = ["a", "i", "o", "u", "w", "z"];

/// Abbreviations that belong to the name or number after them.
const POLISH_LEADING: [&str; 12] =
    ["al.", "ul.", "os.", "pl.", "św.", "im.", "nr", "poz.", "art.", "ust.", "ks.", "tel."];

/// Units that belong to the number before them.
const UNITS: [&str; 16] =
    ["m", "km", "cm", "mm", "ha", "m²", "kg", "t", "zł", "r.", "w.", "tys.", "mln", "mld", "min", "%"];

/// Sets no-break spaces in one piece of text.
///
/// Polish: after one-letter words and after abbreviations such as `os.`; everywhere: between a number and its unit.
pub(super) fn apply(text: &str, language: &str) -> String {
    let polish = language.split('-').next() == Some("pl");
    let mut out = String::with_capacity(text.len() + 16);
    let mut words = text.split(' ').peekable();
    let mut before = "";
    while let Some(word) = words.next() {
        out.push_str(word);
        let Some(next) = words.peek() else { break };
        let bare = word.trim_start_matches(['(', '„', '«', '–', '—', '[']);
        let lower = bare.to_lowercase();
        let glued = !next.is_empty()
            && ((polish
                && (POLISH_HANGING.contains(&lower.as_str()) && !ends_sentence(before)
                    || POLISH_LEADING.contains(&lower.as_str())))
                || (bare.ends_with(|c: char| c.is_ascii_digit()) && UNITS.contains(&trim_end_mark(next))));
        out.push(if glued { '\u{a0}' } else { ' ' });
        before = word;
    }
    out
}

/// A letter after a full stop may be a label ("A 1"), but a capital conjunction at a sentence's start glues as well, so
/// only an enumeration such as "1. a" is left alone.
fn ends_sentence(word: &str) -> bool {
    word.ends_with(')') && word.len() <= 3
}

fn trim_end_mark(word: &str) -> &str {
    let trimmed = word.trim_end_matches([',', ';', ':', ')', '!', '?', '”', '»']);
    match trimmed.strip_suffix('.') {
        Some(bare) if UNITS.contains(&bare) => bare,
        _ => trimmed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polish_words_do_not_hang() {
        assert_eq!(
            apply("Spacer w Nowej Hucie i na os. Górali", "pl"),
            "Spacer w\u{a0}Nowej Hucie i\u{a0}na os.\u{a0}Górali"
        );
        assert_eq!(apply("(w centrum)", "pl"), "(w\u{a0}centrum)");
        assert_eq!(apply("a tour", "en"), "a tour");
    }

    #[test]
    fn numbers_keep_their_units() {
        assert_eq!(apply("mur ma 30 m, dzwon 7 t.", "pl"), "mur ma 30\u{a0}m, dzwon 7\u{a0}t.");
        assert_eq!(apply("a 260 m block", "en"), "a 260\u{a0}m block");
        assert_eq!(apply("w 1960 roku", "pl"), "w\u{a0}1960 roku");
    }
}
