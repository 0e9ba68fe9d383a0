//! Counts of a text, and the measures of readability made of them.
//!
//! The formulas are fitted to running text of a hundred words or more ([`SAMPLE`]), and none of them knows what a text
//! means. Polish indices are for Polish and English ones for English: their figures cannot be compared.

use super::sentence::{Sentence, Token};
use crate::diagnostic::Text;
use crate::language::{Tongue, WordKind, syllables};
use crate::text;

/// Words from which an index says something (pl.wikipedia, "Indeks czytelności FOG": a sample of about 100 words).
pub const SAMPLE: usize = 100;

/// Syllables from which a Polish word is hard (latwytekst.pl, uxf.pl: four; as the word is written, not its base form).
const HARD_POLISH: usize = 4;

/// Syllables from which an English word is complex (Gunning, *The Technique of Clear Writing*, 1952).
const HARD_ENGLISH: usize = 3;

/// What was counted in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words; a number, an abbreviation, an address is one each.
    pub words: usize,
    /// Sentences; a list item is at least one.
    pub sentences: usize,
    /// Words that syllables are counted in: not numbers, not addresses.
    pub spoken: usize,
    /// Syllables of these.
    pub syllables: usize,
    /// Hard words: in Polish four syllables or more, in English three or more without the endings -ed, -es, -ing, and no
    /// proper names.
    pub hard: usize,
    /// Hard words that are no proper names: those of Pisarek's formulas.
    pub hard_common: usize,
    /// Words of the longest sentence.
    pub longest: usize,
}

impl Counts {
    /// Counts one sentence.
    pub(super) fn of(sentence: &Sentence<'_>, tongue: Tongue) -> Self {
        let mut counts = Self { words: sentence.tokens.len(), sentences: 1, ..Self::default() };
        counts.longest = counts.words;
        for token in sentence.tokens.iter().filter(|token| token.kind == WordKind::Word) {
            counts.spoken += 1;
            counts.syllables += syllables(token.text, tongue);
            let hard = is_hard(token, tongue);
            let common = hard && !token.is_name();
            counts.hard += usize::from(if tongue == Tongue::English { common } else { hard });
            counts.hard_common += usize::from(common);
        }
        counts
    }

    /// The counts of two texts together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
            spoken: self.spoken + other.spoken,
            syllables: self.syllables + other.syllables,
            hard: self.hard + other.hard,
            hard_common: self.hard_common + other.hard_common,
            longest: self.longest.max(other.longest),
        }
    }

    /// Mean words of a sentence.
    #[must_use]
    pub fn mean(&self) -> f64 {
        ratio(self.words, self.sentences)
    }

    /// The fog index: 0.4 × (words/sentences + 100 × hard/words).
    ///
    /// Gunning's formula (1952); the same in Polish with its own hard words (latwytekst.pl, pl.wikipedia).
    #[must_use]
    pub fn fog(&self) -> f64 {
        0.4 * (self.mean() + 100.0 * ratio(self.hard, self.words))
    }

    /// Pisarek's linear formula: Ts/3 + Tw/3 + 1, with Ts words a sentence and Tw hard words in a hundred, proper names
    /// and numbers not among them (as in the open `PolishReadabilityChecker`).
    #[must_use]
    pub fn pisarek_linear(&self) -> f64 {
        (self.mean() + self.hard_share()) / 3.0 + 1.0
    }

    /// Pisarek's other formula: ½ √(Ts² + Tw²), with the same Ts and Tw.
    #[must_use]
    pub fn pisarek_nonlinear(&self) -> f64 {
        self.mean().hypot(self.hard_share()) / 2.0
    }

    fn hard_share(&self) -> f64 {
        100.0 * ratio(self.hard_common, self.words)
    }

    /// Flesch Reading Ease: 206.835 − 1.015 × words/sentences − 84.6 × syllables/words (Flesch 1948). English only: its
    /// figures are fitted to English. Words without letters have no syllables and are not in the second part.
    #[must_use]
    pub fn flesch(&self) -> f64 {
        206.835 - 1.015 * self.mean() - 84.6 * ratio(self.syllables, self.spoken)
    }

    /// Flesch–Kincaid grade, in years of school: 0.39 × words/sentences + 11.8 × syllables/words − 15.59 (Kincaid and
    /// others 1975). English only.
    #[must_use]
    pub fn kincaid(&self) -> f64 {
        0.39 * self.mean() + 11.8 * ratio(self.syllables, self.spoken) - 15.59
    }

    /// How hard a text with these counts is, in a word: by the fog index in Polish, by Flesch's in English.
    #[must_use]
    pub fn band(&self, tongue: Tongue) -> Text {
        match tongue {
            Tongue::Polish => fog_band(self.fog()),
            Tongue::English => flesch_band(self.flesch()),
        }
    }

    /// How hard it is by Pisarek's linear formula, in a word.
    #[must_use]
    pub fn pisarek_band(&self) -> Text {
        pisarek_band(self.pisarek_linear())
    }
}

#[allow(clippy::cast_precision_loss)] // No text has 2⁵² words.
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn is_hard(token: &Token<'_>, tongue: Tongue) -> bool {
    match tongue {
        Tongue::Polish => syllables(token.text, tongue) >= HARD_POLISH,
        // Of words joined by a hyphen the hardest part counts (Gunning leaves out words made of easy ones).
        Tongue::English => token.text.split(['-', '\u{2010}', '\u{2011}']).any(is_complex),
    }
}

/// Whether an English word is complex when its endings -ed, -es and -ing are no syllables.
fn is_complex(word: &str) -> bool {
    let count = syllables(word, Tongue::English);
    let lower = word.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    let silent = ends(&["ing", "ded", "ted", "ses", "xes", "zes", "ces", "ges", "ches", "shes"]);
    count - usize::from(silent && count > 1) >= HARD_ENGLISH
}

/// Bands of the Polish fog index (pl.wikipedia; `PolishReadabilityChecker`, `indices/scales.py`).
fn fog_band(fog: f64) -> Text {
    match fog {
        ..7.0 => text!("bardzo prosty", "very simple"),
        ..10.0 => text!("prosty", "simple"),
        ..13.0 => text!("dość prosty", "fairly simple"),
        ..16.0 => text!("dość trudny", "fairly hard"),
        ..18.0 => text!("trudny", "hard"),
        _ => text!("bardzo trudny", "very hard"),
    }
}

/// Bands of Pisarek's formulas (`PolishReadabilityChecker`, `indices/scales.py`).
fn pisarek_band(index: f64) -> Text {
    match index {
        ..7.1 => text!("bardzo łatwy", "very easy"),
        ..10.1 => text!("łatwy", "easy"),
        ..13.1 => text!("średni", "medium"),
        ..16.1 => text!("trudny", "hard"),
        _ => text!("bardzo trudny", "very hard"),
    }
}

/// Bands of Flesch Reading Ease (writinglab.linguistic-technologies.com, after Flesch).
fn flesch_band(ease: f64) -> Text {
    match ease {
        90.0.. => text!("bardzo łatwy", "very easy"),
        80.0.. => text!("łatwy", "easy"),
        70.0.. => text!("dość łatwy", "fairly easy"),
        60.0.. => text!("zwykły", "standard"),
        50.0.. => text!("dość trudny", "fairly hard"),
        _ => text!("trudny", "hard"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(text: &str, tongue: Tongue) -> Counts {
        super::super::sentence::sentences_of(text, tongue)
            .iter()
            .fold(Counts::default(), |sum, sentence| sum.and(Counts::of(sentence, tongue)))
    }

    #[test]
    fn polish_counts() {
        // Stowarzyszenie (5) and Mistrzejowicach (5) are hard, the second a name; the number is not.
        let found = counts("Stowarzyszenie działa od 1989 r. w Mistrzejowicach. To dom.", Tongue::Polish);
        let expected = Counts {
            words: 9,
            sentences: 2,
            spoken: 8,
            syllables: 5 + 2 + 1 + 5 + 1 + 1,
            hard: 2,
            hard_common: 1,
            longest: 7,
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn english_endings_and_names_are_not_hard() {
        // Only `application` is: `founded` and `visited` (3) end in -ed, `Mistrzejowice` is a name, the parts of
        // `well-maintained` are short.
        let found = counts(
            "They visited Mistrzejowice, founded a well-maintained club, and wrote an application.",
            Tongue::English,
        );
        assert_eq!((found.words, found.hard), (11, 1));
    }

    #[test]
    fn figures_and_bands() {
        let counts =
            Counts { words: 100, sentences: 10, spoken: 100, syllables: 150, hard: 10, hard_common: 5, longest: 20 };
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(close(counts.fog(), 8.0) && close(counts.pisarek_linear(), 6.0));
        assert!(close(counts.pisarek_nonlinear(), 125_f64.sqrt() / 2.0));
        assert!(close(counts.flesch(), 206.835 - 10.15 - 126.9) && close(counts.kincaid(), 3.9 + 17.7 - 15.59));
        assert_eq!(
            (counts.band(Tongue::Polish).en, counts.band(Tongue::English).en),
            ("simple".into(), "standard".into())
        );
        assert_eq!(counts.pisarek_band().pl, "bardzo łatwy");
        assert_eq!(Counts::default().fog().to_string(), "0");
        let bands: Vec<String> = [6.9, 7.0, 10.0, 13.0, 16.0, 18.0].map(|fog| fog_band(fog).en).to_vec();
        assert_eq!(bands, ["very simple", "simple", "fairly simple", "fairly hard", "hard", "very hard"]);
        let bands: Vec<String> = [90.0, 80.0, 70.0, 60.0, 50.0, 49.9].map(|ease| flesch_band(ease).en).to_vec();
        assert_eq!(bands, ["very easy", "easy", "fairly easy", "standard", "fairly hard", "hard"]);
        let bands: Vec<String> = [7.0, 7.1, 10.1, 13.1, 16.1].map(|index| pisarek_band(index).en).to_vec();
        assert_eq!(bands, ["very easy", "easy", "medium", "hard", "very hard"]);
    }
}
