//! Polish verbs without a person: *dokonano*, *podjęto*.

use super::Finding;
use crate::diagnostic::Code;
use crate::language::WordKind;
use crate::readability::sentence::{Sentence, Token};
use crate::text;

/// Endings of the form: *-no* and *-to* after the vowels (and *ar*) that participles have.
const ENDINGS: [&str; 8] = ["ano", "ono", "ęto", "yto", "ito", "uto", "arto", "łto"];

/// Nouns and adverbs with such an ending.
const OTHERS: [&str; 21] = [
    "auto",
    "czerwono",
    "grono",
    "incognito",
    "kimono",
    "kolano",
    "kopyto",
    "koryto",
    "łono",
    "myto",
    "obfito",
    "piano",
    "rano",
    "siano",
    "sito",
    "słono",
    "święto",
    "warto",
    "wiano",
    "zielono",
    "żyto",
];

pub(super) fn check(sentence: &Sentence<'_>) -> Vec<Finding> {
    let is_impersonal = |token: &&Token<'_>| {
        let word = token.lower.as_str();
        token.kind == WordKind::Word
            && !token.quoted
            && !token.is_name()
            && word.chars().count() >= 5
            && !word.contains('-')
            && ENDINGS.iter().any(|ending| word.ends_with(ending))
            && !OTHERS.contains(&word)
    };
    let finding = |token: &Token<'_>| {
        let word = token.text;
        Finding {
            code: Code::ImpersonalForm,
            range: token.range.clone(),
            message: text!("„{word}”: nie widać, kto to zrobił", "„{word}” does not say who did it"),
            help: text!(
                "napisz, kto: nie „podjęto decyzję”, ale „rada zdecydowała”",
                "say who: not „podjęto decyzję” but „rada zdecydowała”"
            ),
        }
    };
    sentence.tokens.iter().filter(is_impersonal).map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::super::marked;
    use super::*;
    use crate::language::Tongue;

    #[test]
    fn only_verbs() {
        let text =
            "Dokonano zmiany. W 1949 r. rozpoczęto budowę i zamknięto drogę, a potem użyto cegły. Zrobiono dużo.";
        let expected = ["Dokonano", "rozpoczęto", "zamknięto", "użyto", "Zrobiono"];
        assert_eq!(marked(text, Tongue::Polish, Code::ImpersonalForm), expected);
        let text = "Rano warto wziąć auto, bo święto. To miasto i okno, często ponadto konto. Kto? Równo, jasno, ciemno, \
                    zielono. Napis „zbudowano” i pan Milano. Grono osób zna pismo.";
        assert_eq!(marked(text, Tongue::Polish, Code::ImpersonalForm), [""; 0]);
    }
}
