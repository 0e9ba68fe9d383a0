//! Words by their stems, so that "sali" and "sale" are one.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

/// Words of fewer letters say too little.
const SHORTEST: usize = 4;

/// Words that anybody uses when they offer or ask for something.
const STOP_WORDS: [(&str, &[&str]); 2] = [
    (
        "pl",
        &[
            "albo",
            "bardzo",
            "będzie",
            "chcemy",
            "czas",
            "dla",
            "dużo",
            "gdzie",
            "innych",
            "jest",
            "każdy",
            "kiedy",
            "kilka",
            "która",
            "które",
            "który",
            "których",
            "lub",
            "mamy",
            "masz",
            "może",
            "można",
            "możemy",
            "możesz",
            "nasz",
            "nasza",
            "nasze",
            "naszej",
            "naszych",
            "oferujemy",
            "oraz",
            "organizacja",
            "organizacji",
            "organizacje",
            "organizacjom",
            "pomoc",
            "pomocy",
            "pomożemy",
            "potrzebna",
            "potrzebne",
            "potrzebny",
            "potrzebujemy",
            "przez",
            "przy",
            "szukamy",
            "także",
            "tego",
            "tylko",
            "wasz",
            "wiele",
            "wszystkich",
            "zapytaj",
            "żeby",
        ],
    ),
    (
        "en",
        &[
            "about",
            "also",
            "can",
            "could",
            "from",
            "have",
            "help",
            "into",
            "looking",
            "many",
            "more",
            "need",
            "needed",
            "needs",
            "offer",
            "organisation",
            "organisations",
            "other",
            "others",
            "our",
            "please",
            "seek",
            "some",
            "that",
            "their",
            "them",
            "this",
            "want",
            "which",
            "will",
            "with",
            "your",
            "you",
        ],
    ),
];

/// The stems of a text's words, each with the first word that has it, in small letters. Short words, numbers and words that
/// say nothing are left out. The stems are Snowball's; a language without rules has whole words.
#[must_use]
pub fn stems(text: &str, language: &str) -> BTreeMap<String, String> {
    use pagefind_stem::{Algorithm, Stemmer};
    let language = language.split('-').next().unwrap_or_default();
    let stemmer = match language {
        "pl" => Some(Stemmer::create(Algorithm::Polish)),
        "en" => Some(Stemmer::create(Algorithm::English)),
        _ => None,
    };
    let stop = STOP_WORDS.iter().find(|(code, _)| *code == language).map_or(&[][..], |(_, words)| words);
    let mut stems = BTreeMap::new();
    for word in text.unicode_words() {
        let word = word.to_lowercase();
        let is_word = word.chars().count() >= SHORTEST && word.chars().all(|c| c.is_alphabetic() || c == '-');
        if !is_word || stop.contains(&word.as_str()) {
            continue;
        }
        let stem = stemmer.as_ref().map_or_else(|| word.clone(), |stemmer| stemmer.stem(&word).into_owned());
        stems.entry(stem).or_insert(word);
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one() {
        let shared = |a: &str, b: &str, language: &str| {
            let b = stems(b, language);
            stems(a, language).into_keys().filter(|stem| b.contains_key(stem)).count()
        };
        assert_eq!(shared("Szukamy sali na zebranie", "Sale na zebrania i próby", "pl"), 2);
        assert_eq!(shared("Szukamy pomocy", "Potrzebujemy pomocy organizacji", "pl"), 0);
        assert_eq!(shared("Meeting rooms for 30 people", "a room to meet in", "en"), 2);
    }
}
