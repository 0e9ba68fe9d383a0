//! Polish participles that pack a sentence into a word: *mając*, *złożywszy*, *przyszedłszy*.

use super::Finding;
use crate::diagnostic::Code;
use crate::language::WordKind;
use crate::readability::sentence::{Sentence, Token};
use crate::text;

/// Nouns, and participles that have become prepositions.
const OTHERS_AC: [&str; 8] =
    ["miesiąc", "półmiesiąc", "tysiąc", "zając", "poczynając", "zaczynając", "kończąc", "wyłączając"];

/// Ends of comparatives (*pierwszy*, *nowszy*, *ciekawszy*, *szczęśliwszy*), and *począwszy*, a preposition by now.
const OTHERS_WSZY: [&str; 9] =
    ["rwszy", "owszy", "ekawszy", "askawszy", "rwawszy", "liwszy", "dziwszy", "począwszy", "najżywszy"];

pub(super) fn check(sentence: &Sentence<'_>) -> Vec<Finding> {
    let is_participle = |token: &&Token<'_>| {
        let word = token.lower.as_str();
        token.kind == WordKind::Word && !token.quoted && !token.is_name() && (ends_in_ac(word) || ends_in_szy(word))
    };
    let finding = |token: &Token<'_>| {
        let word = token.text;
        Finding {
            code: Code::Participle,
            range: token.range.clone(),
            message: text!("„{word}”: dwie myśli w jednym zdaniu", "„{word}”: two thoughts in one sentence"),
            help: text!(
                "napisz dwa zdania albo użyj „gdy”, „bo”, „i”: nie „składając wniosek”, ale „gdy składasz wniosek”",
                "write two sentences, or use „gdy”, „bo”, „i”: not „składając wniosek” but „gdy składasz wniosek”"
            ),
        }
    };
    sentence.tokens.iter().filter(is_participle).map(finding).collect()
}

fn ends_in_ac(word: &str) -> bool {
    word.ends_with("ąc") && word.chars().count() >= 4 && !OTHERS_AC.contains(&word)
}

fn ends_in_szy(word: &str) -> bool {
    if word.ends_with("łszy") {
        return word.chars().count() > 5;
    }
    word.ends_with("wszy") && word.chars().count() > 6 && !OTHERS_WSZY.iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::super::marked;
    use super::*;
    use crate::language::Tongue;

    #[test]
    fn only_participles() {
        let text = "Idąc aleją, zobaczysz plac. Złożywszy wniosek, czekaj. Przyszedłszy tu, zrobiwszy to, siadł, będąc zmęczony.";
        let expected = ["Idąc", "Złożywszy", "Przyszedłszy", "zrobiwszy", "będąc"];
        assert_eq!(marked(text, Tongue::Polish, Code::Participle), expected);
        let text = "Co miesiąc tysiąc osób. Pierwszy, nowszy i ciekawszy dom. Zając. Począwszy od maja, zawsze. Najszczęśliwszy \
                    i najprawdziwszy. Więc oraz. „Idąc” to słowo.";
        assert_eq!(marked(text, Tongue::Polish, Code::Participle), [""; 0]);
    }
}
