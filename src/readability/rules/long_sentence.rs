//! Sentences with too many words.

use super::Finding;
use crate::diagnostic::Code;
use crate::readability::sentence::Sentence;
use crate::text;

/// Words that readers hold in mind (gov.pl, "Prosty język": 15 to 20 words a sentence).
const LONG: usize = 20;

/// Words from which a sentence should certainly be cut.
const VERY_LONG: usize = 25;

pub(super) fn check(sentence: &Sentence<'_>) -> Option<Finding> {
    let words = sentence.tokens.len();
    if words <= LONG {
        return None;
    }
    let (message, help) = if words > VERY_LONG {
        (
            text!("zdanie jest za długie, słów: {words}", "the sentence is too long, words: {words}"),
            text!(
                "podziel je na dwa albo trzy zdania, każde z jedną myślą",
                "cut it into two or three, each with one thought"
            ),
        )
    } else {
        (
            text!("zdanie jest długie, słów: {words}", "the sentence is long, words: {words}"),
            text!("spróbuj je podzielić albo skrócić do {LONG} słów", "try to cut it in two, or down to {LONG} words"),
        )
    };
    Some(Finding { code: Code::LongSentence, range: sentence.range.clone(), message, help })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Tongue;
    use crate::readability::sentence::sentences_of;

    #[test]
    fn twenty_words_are_enough() {
        let told = |words: usize| {
            let text = format!("{}koniec.", "słowo ".repeat(words - 1));
            check(&sentences_of(&text, Tongue::Polish)[0]).map(|finding| finding.message.en)
        };
        assert_eq!(told(20), None);
        assert_eq!(told(21).unwrap(), "the sentence is long, words: 21");
        assert_eq!(told(25).unwrap(), "the sentence is long, words: 25");
        assert_eq!(told(26).unwrap(), "the sentence is too long, words: 26");
    }
}
