//! Polish nouns that do the work of verbs: *w celu uzyskania*, *na skutek niezłożenia*, heaps of *-anie* and *-enie*.

use std::sync::LazyLock;

use super::Finding;
use super::phrase::{Entry, find, longest_first};
use crate::diagnostic::Code;
use crate::language::WordKind;
use crate::readability::sentence::{Sentence, Token};
use crate::text;

/// Verbal nouns in a sentence from which it is heavy (rule 13 of the civil service: verbs, not nouns made of them).
const HEAVY: usize = 3;

/// Fixed phrases with a noun, and the verb or small word to use.
const PHRASES: [Entry; 15] = [
    ("w celu ~", "żeby + czasownik"),
    ("celem ~", "żeby + czasownik"),
    ("w celu", "żeby + czasownik"),
    ("w razie ~", "gdy, jeśli + czasownik"),
    ("w przypadku ~", "gdy, jeśli + czasownik"),
    ("z powodu ~", "bo + czasownik"),
    ("z uwagi na", "bo, ponieważ"),
    ("na skutek", "przez, bo"),
    ("wskutek ~", "bo + czasownik"),
    ("w zakresie", "w sprawie, o"),
    ("pod względem", "jeśli chodzi o"),
    ("przy użyciu", "za pomocą"),
    ("za pośrednictwem", "przez"),
    ("w wyniku ~", "bo, gdy + czasownik"),
    ("w trakcie ~", "gdy + czasownik"),
];

/// Nouns that were verbs once and are things now: a meeting, a dwelling, a report.
const THINGS: [&str; 97] = [
    "badani",
    "cierpieni",
    "czytani",
    "ćwiczeni",
    "dani",
    "doświadczeni",
    "działani",
    "głosowani",
    "istnieni",
    "jeleni",
    "kamieni",
    "kampani",
    "kazani",
    "kompani",
    "korzeni",
    "liceni",
    "malowani",
    "marzeni",
    "mieszkani",
    "mniemani",
    "nadużyci",
    "nagrani",
    "narodzeni",
    "nasieni",
    "nasłonecznieni",
    "nieszczęści",
    "odbici",
    "odkryci",
    "odznaczeni",
    "ogłoszeni",
    "ogrodzeni",
    "opowiadani",
    "ostrzeżeni",
    "oświadczeni",
    "oświetleni",
    "otoczeni",
    "pojęci",
    "pokoleni",
    "pomieszczeni",
    "posiedzeni",
    "postanowieni",
    "powitani",
    "powodzeni",
    "powstani",
    "pozwoleni",
    "pożegnani",
    "promieni",
    "przedstawieni",
    "przekonani",
    "przemówieni",
    "przyjęci",
    "przymierzeni",
    "przysłowi",
    "pytani",
    "rozdani",
    "rozporządzeni",
    "rozwiązani",
    "rozstani",
    "schronieni",
    "skrzyżowani",
    "sprawozdani",
    "spotkani",
    "spojrzeni",
    "stowarzyszeni",
    "szczęści",
    "śniadani",
    "święc",
    "ubezpieczeni",
    "ubrani",
    "uczuci",
    "ugrupowani",
    "upodobani",
    "uprawnieni",
    "urządzeni",
    "ustawieni",
    "więzieni",
    "wspomnieni",
    "wrażeni",
    "wydani",
    "wydarzeni",
    "wyposażeni",
    "wynagrodzeni",
    "wyzwani",
    "wzgórz",
    "wzniesieni",
    "zabrani",
    "zadani",
    "zagłębieni",
    "zajęci",
    "zamieszani",
    "zarządzeni",
    "zaświadczeni",
    "zdani",
    "zdarzeni",
    "zdjęci",
    "zebrani",
    "zgromadzeni",
];

/// Endings of verbal nouns in all cases of the singular.
const ENDINGS: [&str; 24] = [
    "anie", "ania", "aniu", "aniem", "enie", "enia", "eniu", "eniem", "ęcie", "ęcia", "ęciu", "ęciem", "ycie", "ycia",
    "yciu", "yciem", "icie", "icia", "iciu", "iciem", "ucie", "ucia", "uciu", "uciem",
];

/// Whether a word (in small letters) is a noun made of a verb: *uzyskanie*, *złożenia*, *przyjęciem*.
pub(super) fn is_verbal_noun(word: &str) -> bool {
    let Some(ending) = ENDINGS.iter().find(|ending| word.ends_with(**ending)) else { return false };
    // The first vowel of the ending and the *i* belong to the stem of the list.
    let stem = &word[..word.len() - ending.len()];
    let things = THINGS
        .iter()
        .chain(&MORE_THINGS)
        .any(|thing| word.strip_prefix(thing).is_some_and(|rest| ["e", "a", "u", "em"].contains(&rest)));
    stem.chars().count() >= 3 && !things
}

/// The rest of the things, those of the guide's own world.
const MORE_THINGS: [&str; 26] = [
    "postępowani",
    "zamówieni",
    "życi",
    "pożyci",
    "użyci",
    "zaproszeni",
    "zezwoleni",
    "zgłoszeni",
    "znaczeni",
    "zastrzeżeni",
    "zadowoleni",
    "utrudnieni",
    "zakończeni",
    "położeni",
    "wejści",
    "wyjści",
    "przejści",
    "dojści",
    "miejsc",
    "dziecięci",
    "powietrz",
    "półroczi",
    "zobowiązani",
    "rozszerzeni",
    "wyjaśnieni",
    "zainteresowani",
];

pub(super) fn check(sentence: &Sentence<'_>) -> Vec<Finding> {
    static SORTED: LazyLock<Vec<Entry>> = LazyLock::new(|| longest_first(&PHRASES));
    let tokens = &sentence.tokens;
    let mut found: Vec<Finding> = find(tokens, &SORTED)
        .into_iter()
        .map(|hit| {
            let range = tokens[hit.at].range.start..tokens[hit.at + hit.length - 1].range.end;
            let phrase: Vec<&str> = tokens[hit.at..hit.at + hit.length].iter().map(|token| token.text).collect();
            let (phrase, plain) = (phrase.join(" "), hit.plain);
            Finding {
                code: Code::NominalStyle,
                range,
                message: text!("„{phrase}”: rzeczownik zamiast czasownika", "„{phrase}”: a noun instead of a verb"),
                help: text!("prościej: {plain}", "plainer: {plain}"),
            }
        })
        .collect();
    let is_noun = |token: &&Token<'_>| {
        token.kind == WordKind::Word && !token.quoted && !token.is_name() && is_verbal_noun(&token.lower)
    };
    let nouns: Vec<&Token<'_>> = tokens.iter().filter(is_noun).collect();
    if nouns.len() >= HEAVY {
        let (count, list) = (nouns.len(), nouns.iter().map(|token| token.text).collect::<Vec<_>>().join(", "));
        found.push(Finding {
            code: Code::NominalStyle,
            range: nouns[0].range.start..nouns[nouns.len() - 1].range.end,
            message: text!(
                "rzeczowniki od czasowników w jednym zdaniu: {count} ({list})",
                "nouns made of verbs in one sentence: {count} ({list})"
            ),
            help: text!(
                "zamień je na czasowniki: nie „złożenie wniosku”, ale „złóż wniosek”",
                "turn them into verbs: not „złożenie wniosku” but „złóż wniosek”"
            ),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::marked;
    use super::*;
    use crate::language::Tongue;

    #[test]
    fn things_are_no_verbs() {
        for verb in ["uzyskania", "złożenie", "rozpatrzeniem", "zajmowaniu", "wypełnianie", "odkupienia", "wyburzenie"]
        {
            assert!(is_verbal_noun(verb), "{verb}");
        }
        for thing in [
            "zadanie",
            "pytania",
            "mieszkaniem",
            "ubranie",
            "śniadanie",
            "zdjęcie",
            "życie",
            "miejsce",
            "wyjście",
            "przyjęcie",
            "zajęcia",
            "święto",
            "działanie",
            "stowarzyszenia",
            "spotkanie",
            "kamienia",
            "Hiszpania",
            "danie",
            "tanie",
            "kampania",
            "dziecię",
        ] {
            assert!(!is_verbal_noun(&thing.to_lowercase()) || thing == "Hiszpania", "{thing}");
        }
    }

    #[test]
    fn phrases_and_heaps() {
        let text = "Idź tam w celu uzyskania zgody. Celem spotkania jest rozmowa. W razie niezłożenia wniosku zapłacisz. \
                    Na skutek deszczu nie przyszli.";
        let expected = ["w celu uzyskania", "W razie niezłożenia", "Na skutek"];
        assert_eq!(marked(text, Tongue::Polish, Code::NominalStyle), expected);
        let text = "Złożenie oferty, rozpatrzenie jej i podpisanie umowy trwa miesiąc.";
        assert_eq!(
            marked(text, Tongue::Polish, Code::NominalStyle),
            ["Złożenie oferty, rozpatrzenie jej i podpisanie"]
        );
        assert!(marked("Złożenie oferty i jej rozpatrzenie trwa.", Tongue::Polish, Code::NominalStyle).is_empty());
    }
}
