//! The alphabetical order of a language.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use unicode_normalization::UnicodeNormalization;

/// Compares two texts after the alphabet of a language (CLDR): in Polish `ą` stands after `a` and `ł` after `l`.
///
/// Texts that the alphabet holds for equal are compared by their characters, so that an order is always the same one. A
/// language that is not known has the order of Unicode's root.
#[must_use]
pub fn compare(language: &str, a: &str, b: &str) -> Ordering {
    match collator(language, Strength::Tertiary) {
        Some(collator) => collator.compare(a, b).then_with(|| a.cmp(b)),
        None => a.cmp(b),
    }
}

/// The letter of the alphabet that a word is listed under: `Ł` for "łąka" in Polish, `E` for "étude" in English, where
/// an accent makes no letter of its own.
#[must_use]
pub fn letter(language: &str, word: &str) -> String {
    let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else { return String::new() };
    let first: String = first.to_uppercase().nfc().collect();
    let plain: String = first.nfd().take(1).collect();
    match collator(language, Strength::Primary) {
        Some(collator) if collator.compare(&first, &plain) == Ordering::Equal => plain,
        _ => first,
    }
}

/// Making one costs little: the data are compiled in.
fn collator(language: &str, strength: Strength) -> Option<CollatorBorrowed<'static>> {
    let locale: Locale = language.parse().ok()?;
    let mut options = CollatorOptions::default();
    options.strength = Some(strength);
    Collator::try_new(locale.into(), options).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(language: &str, mut words: Vec<&'static str>) -> Vec<&'static str> {
        words.sort_by(|a, b| compare(language, a, b));
        words
    }

    #[test]
    fn polish_letters_have_places_of_their_own() {
        assert_eq!(
            sorted("pl", vec!["łąka", "lód", "ćma", "czas", "źródło", "żaba", "zupa", "Ósmy", "oset", "lipa"]),
            ["czas", "ćma", "lipa", "lód", "łąka", "oset", "Ósmy", "zupa", "źródło", "żaba"]
        );
    }

    #[test]
    fn words_stand_under_letters() {
        let letters = ["łąka", "Ćma", "étude", "e-Doręczenia", "„ąę”", "1,5%", "…"].map(|word| letter("pl", word));
        assert_eq!(letters, ["Ł", "Ć", "E", "E", "Ą", "1", ""]);
        assert_eq!((letter("en", "étude"), letter("en", "Łódź")), ("E".into(), "Ł".into()));
    }

    #[test]
    fn other_languages_have_orders_of_their_own() {
        assert_eq!(sorted("sv", vec!["ö", "z", "å"]), ["z", "å", "ö"]);
        assert_eq!(sorted("en", vec!["ö", "z", "Audit", "KRS", "grant"]), ["Audit", "grant", "KRS", "ö", "z"]);
        assert_eq!(sorted("nie-ma-takiego", vec!["b", "a"]), ["a", "b"]);
    }
}
