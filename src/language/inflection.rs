//! All forms of a phrase in a language.

use super::{declension, english};

/// Endings that Polish adds to an acronym after a hyphen: "KRS-u", "w KRS-ie".
const POLISH_ENDINGS: [&str; 14] = ["a", "u", "owi", "em", "ie", "e", "y", "i", "ę", "ą", "ów", "om", "ami", "ach"];

/// Endings of an acronym in English: "NGOs", "the NIP's".
const ENGLISH_ENDINGS: [&str; 3] = ["s", "'s", "es"];

/// Whether a word is written with capitals of its own: two or more, as in "KRS" or "ePUAP".
#[must_use]
pub fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// All forms of a phrase, each as its words: acronyms as they are written, everything else in small letters, apostrophes
/// straight. A language whose rules are not known has the phrase itself.
#[must_use]
pub fn phrase_forms(language: &str, phrase: &str) -> Vec<Vec<String>> {
    let words: Vec<String> = phrase
        .split_whitespace()
        .map(|word| word.replace('’', "'").trim_matches('\'').to_string())
        .map(|word| if is_acronym(&word) { word } else { word.to_lowercase() })
        .collect();
    let code = language.split('-').next().unwrap_or_default();
    let endings: &[&str] = match code {
        "pl" => &POLISH_ENDINGS,
        "en" => &ENGLISH_ENDINGS,
        _ => &[],
    };
    if words.is_empty() {
        return vec![];
    }
    let borrowed: Vec<&str> = words.iter().map(String::as_str).collect();
    if let [word] = borrowed[..]
        && is_acronym(word)
    {
        let hyphen = if code == "pl" { "-" } else { "" };
        let declined = endings.iter().map(|ending| vec![format!("{word}{hyphen}{ending}")]);
        return std::iter::once(vec![word.to_string()]).chain(declined).collect();
    }
    match code {
        "pl" => declension::phrase_forms(&borrowed),
        "en" => english::phrase_forms(&borrowed),
        _ => vec![words],
    }
}
