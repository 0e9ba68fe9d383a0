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

/// Brings words to their stems, by Snowball's rules for one language.
pub struct Stemmer(Option<pagefind_stem::Stemmer>);

impl Stemmer {
    /// The rules of a language; one without rules keeps whole words.
    #[must_use]
    pub fn of(language: &str) -> Self {
        use pagefind_stem::{Algorithm, Stemmer};
        Self(match language.split('-').next().unwrap_or_default() {
            "pl" => Some(Stemmer::create(Algorithm::Polish)),
            "en" => Some(Stemmer::create(Algorithm::English)),
            _ => None,
        })
    }

    /// The stem of a word in small letters, with its diacritics: the rules look at them.
    #[must_use]
    pub fn stem(&self, word: &str) -> String {
        self.0.as_ref().map_or_else(|| word.to_string(), |stemmer| stemmer.stem(word).into_owned())
    }
}

/// What the forms of a Polish word have in common where its stem changes from form to form: "ogródek", "ogródka" and
/// "ogrodu" differ in a vowel that comes and goes, in `ó` for `o`, in a soft consonant at the end ("koń", "koni"). Other
/// words stay apart: "placu" and "płacą". (Nagórko, "Zarys gramatyki polskiej", alternations of inflection.)
#[must_use]
pub fn root(stem: &str, language: &str) -> String {
    if !language.starts_with("pl") {
        return stem.to_string();
    }
    let mut letters: Vec<char> = stem.chars().map(|c| if c == 'ó' { 'o' } else { c }).collect();
    if let [_, _, .., before, 'e', 'k' | 'c'] = letters[..]
        && !VOWELS.contains(&before)
    {
        letters.remove(letters.len() - 2);
    }
    if let Some(last) = letters.last_mut() {
        *last = match *last {
            'ć' => 'c',
            'ń' => 'n',
            'ś' => 's',
            'ź' => 'z',
            other => other,
        };
    }
    letters.into_iter().collect()
}

/// Vowels of Polish.
const VOWELS: [char; 9] = ['a', 'ą', 'e', 'ę', 'i', 'o', 'ó', 'u', 'y'];

/// The stems of a text's words, each with the first word that has it, in small letters. Short words, numbers and words that
/// say nothing are left out. The stems are Snowball's; a language without rules has whole words.
#[must_use]
pub fn stems(text: &str, language: &str) -> BTreeMap<String, String> {
    let language = language.split('-').next().unwrap_or_default();
    let stemmer = Stemmer::of(language);
    let stop = STOP_WORDS.iter().find(|(code, _)| *code == language).map_or(&[][..], |(_, words)| words);
    let mut stems = BTreeMap::new();
    for word in text.unicode_words() {
        let word = word.to_lowercase();
        let is_word = word.chars().count() >= SHORTEST && word.chars().all(|c| c.is_alphabetic() || c == '-');
        if !is_word || stop.contains(&word.as_str()) {
            continue;
        }
        stems.entry(stemmer.stem(&word)).or_insert(word);
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_of_forms_are_one() {
        for (a, b) in
            [("ogródek", "ogródk"), ("wniosek", "wniosk"), ("stół", "stoł"), ("koń", "kon"), ("krakowiec", "krakowiec")]
        {
            assert_eq!(root(a, "pl"), root(b, "pl"), "{a}, {b}");
        }
        for (a, b) in [("plac", "płac"), ("wiek", "wk"), ("łąk", "lak")] {
            assert_ne!(root(a, "pl"), root(b, "pl"), "{a}, {b}");
        }
        assert_eq!(root("week", "en"), "week");
    }

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
