//! Words of offices where there is a plain one.

mod english;
mod polish;

use std::sync::LazyLock;

use super::Finding;
use super::phrase::{Entry, Match, find, longest_first};
use crate::diagnostic::Code;
use crate::language::Tongue;
use crate::readability::sentence::Sentence;
use crate::text;

pub(super) fn check(sentence: &Sentence<'_>, tongue: Tongue) -> Vec<Finding> {
    static POLISH: LazyLock<Vec<Entry>> = LazyLock::new(|| longest_first(polish::TABLE));
    static ENGLISH: LazyLock<Vec<Entry>> = LazyLock::new(|| longest_first(english::TABLE));
    let (table, is_other): (&[Entry], fn(&str) -> bool) = match tongue {
        Tongue::Polish => (&POLISH, polish::is_other),
        Tongue::English => (&ENGLISH, english::is_other),
    };
    let tokens = &sentence.tokens;
    let is_other =
        |hit: &Match| is_other(&tokens[hit.at].lower) || (hit.length == 1 && is_part_of_saying(sentence, hit.at));
    let finding = |hit: Match| {
        let part = &tokens[hit.at..hit.at + hit.length];
        let phrase = part.iter().map(|token| token.text).collect::<Vec<_>>().join(" ");
        let plain = hit.plain;
        Finding {
            code: Code::Officialese,
            range: part[0].range.start..part[part.len() - 1].range.end,
            message: text!("słowo urzędowe: „{phrase}”", "officialese: “{phrase}”"),
            help: text!("prościej: {plain}", "plainer: {plain}"),
        }
    };
    find(tokens, table).into_iter().filter(|hit| !is_other(hit)).map(finding).collect()
}

/// Whether a word is another one here: *bądź* as an order (`Bądź gotów`, `nie bądź`) or in *bądź co bądź*.
fn is_part_of_saying(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let token = &tokens[at];
    if token.lower != "bądź" {
        return false;
    }
    let before = at.checked_sub(1).map_or("", |at| &tokens[at].lower);
    let after = tokens.get(at + 1).map_or("", |token| &token.lower);
    token.first || !token.joined || after == "co" || ["nie", "i", "a", "co", "zawsze"].contains(&before)
}

#[cfg(test)]
mod tests {
    use super::super::{check, marked};
    use super::*;
    use crate::readability::sentence::sentences_of;

    #[test]
    fn phrases_are_plain_text() {
        for (phrase, plain) in polish::TABLE.iter().chain(english::TABLE) {
            assert!(!phrase.is_empty() && !plain.is_empty() && **phrase == phrase.to_lowercase(), "{phrase}");
            assert!(!phrase.contains("  ") && phrase.trim() == *phrase && !phrase.starts_with('*'), "{phrase}");
        }
    }

    #[test]
    fn polish_words_are_told_with_their_plain_ones() {
        let text = "W dniu dzisiejszym niniejszym informuję, iż należy uiścić opłatę. Z uwagi na fakt, iż pada, posiadamy parasol. \
                    Dokonaj zakupu w miesiącu maju. Uprasza się o ciszę bądź wyjście. Klub ma możliwość grania.";
        let expected = [
            "W dniu dzisiejszym",
            "niniejszym informuję",
            "iż",
            "uiścić opłatę",
            "Z uwagi na fakt, iż",
            "posiadamy",
            "Dokonaj zakupu",
            "w miesiącu maju",
            "Uprasza się",
            "bądź",
            "ma możliwość",
        ];
        assert_eq!(marked(text, Tongue::Polish, Code::Officialese), expected);
        let help = |text: &str| {
            let found = check(&sentences_of(text, Tongue::Polish)[0], Tongue::Polish);
            found.into_iter().find(|finding| finding.code == Code::Officialese).map(|finding| finding.help.pl)
        };
        assert_eq!(help("Spotykamy się w dniu dzisiejszym.").unwrap(), "prościej: dziś");
        assert_eq!(help("Dokonaliśmy zakupu.").unwrap(), "prościej: kupić");
    }

    #[test]
    fn other_words_are_left_alone() {
        let text = "Bądź gotów. Stara posiadłość i jej posiadacz. Bądź co bądź przyszli. Rada: bądź miły. Tego dokonał, rok później był papieżem. „Niniejszy regulamin” leży. Nie bądź zły. \
                    Ustawa o Realizacji. Wniosek złóż u pani. Cel jest prosty. Terminal stoi.";
        assert_eq!(marked(text, Tongue::Polish, Code::Officialese), [""; 0]);
    }

    #[test]
    fn english_words() {
        let text = "In order to commence, utilise the form prior to Monday. In the event that it rains, you shall wait. Hereby ends it.";
        let expected = ["In order to", "commence", "utilise", "prior to", "In the event that", "shall", "Hereby"];
        assert_eq!(marked(text, Tongue::English, Code::Officialese), expected);
        assert!(marked("The terminal is near. Use the shallow end.", Tongue::English, Code::Officialese).is_empty());
    }
}
