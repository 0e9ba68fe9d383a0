//! The passive voice: *został rozpatrzony*, *was decided*. It hides who does it.

use super::Finding;
use crate::diagnostic::Code;
use crate::language::Tongue;
use crate::readability::sentence::{Sentence, Token};
use crate::text;

/// Words that may stand between the verb and its participle.
const BETWEEN: usize = 1;

/// Polish verbs of the passive, and the letters that a participle of the same gender and number ends in. Without them
/// every plural noun would pass for one: *są schrony*, *były plany*.
const AUXILIARIES_PL: [(&str, &str); 27] = [
    ("jest", "yae"),
    ("są", "ei"),
    ("był", "y"),
    ("była", "a"),
    ("było", "e"),
    ("były", "e"),
    ("byli", "i"),
    ("będzie", "yae"),
    ("będą", "ei"),
    ("być", "yaei"),
    ("bywa", "yae"),
    ("bywają", "ei"),
    ("byłby", "y"),
    ("byłaby", "a"),
    ("byłoby", "e"),
    ("został", "y"),
    ("została", "a"),
    ("zostało", "e"),
    ("zostały", "e"),
    ("zostali", "i"),
    ("zostanie", "yae"),
    ("zostaną", "ei"),
    ("zostać", "yaei"),
    ("zostaje", "yae"),
    ("zostają", "ei"),
    ("zostałby", "y"),
    ("zostałaby", "a"),
];

const AUXILIARIES_EN: [&str; 9] = ["is", "are", "was", "were", "be", "been", "being", "am", "gets"];

/// Small words that part a verb from its participle without ending the passive.
const SMALL_PL: [&str; 17] = [
    "nie",
    "już",
    "też",
    "także",
    "jeszcze",
    "zwykle",
    "często",
    "wtedy",
    "potem",
    "wówczas",
    "dawniej",
    "ostatecznie",
    "później",
    "tam",
    "tu",
    "niedawno",
    "kiedyś",
];

const SMALL_EN: [&str; 14] = [
    "not", "also", "then", "now", "often", "still", "never", "first", "once", "later", "soon", "always", "again", "all",
];

/// Endings of Polish passive participles. Adjectives in *-ny* and *-ty* without these vowels (*ważny*, *bogaty*) are none.
const ENDINGS_PL: [&str; 31] = [
    "any", "ana", "ane", "ani", "ony", "ona", "one", "eni", "ęty", "ęta", "ęte", "ęci", "uty", "uta", "ute", "uci",
    "yty", "yta", "yte", "yci", "ity", "ita", "ite", "ici", "arty", "arta", "arte", "arci", "łty", "łta", "łte",
];

/// What has such an ending and is an adjective, a noun or another word.
const NOT_PARTICIPLES_PL: [&str; 16] = [
    "ani", "dane", "dzieci", "karta", "nici", "one", "ona", "pani", "rana", "strona", "trzeci", "warta", "warte",
    "zmiana", "żona", "ściana",
];

/// Beginnings of adjectives that were participles once, and of nouns.
const NOT_PARTICIPLES_START_PL: [&str; 38] = [
    "blaszan",
    "ceglan",
    "czerwon",
    "drewnian",
    "glinian",
    "jadowit",
    "kochan",
    "koron",
    "korzystn",
    "kobiet",
    "murowan",
    "nieznan",
    "obfit",
    "obron",
    "ochron",
    "oddan",
    "otwart",
    "osłon",
    "pospolit",
    "rozmait",
    "skomplikowan",
    "skłonn",
    "szklan",
    "słon",
    "ubran",
    "ukryt",
    "wspomnian",
    "wymian",
    "zadowolon",
    "zainteresowan",
    "zamknięt",
    "zaniedban",
    "zasłon",
    "zielon",
    "znakomit",
    "znan",
    "święc",
    "święt",
];

/// Forms that look like English participles and describe instead.
const NOT_PARTICIPLES_EN: [&str; 44] = [
    "bored",
    "closed",
    "complicated",
    "concerned",
    "crowded",
    "dedicated",
    "detailed",
    "embed",
    "excited",
    "exhausted",
    "experienced",
    "hundred",
    "indeed",
    "interested",
    "limited",
    "located",
    "married",
    "mixed",
    "need",
    "pleased",
    "red",
    "related",
    "retired",
    "sacred",
    "satisfied",
    "seed",
    "shed",
    "situated",
    "skilled",
    "speed",
    "supposed",
    "surprised",
    "tired",
    "used",
    "varied",
    "wicked",
    "worried",
    "called",
    "named",
    "allowed",
    "prepared",
    "breed",
    "bed",
    "scared",
];

/// Past participles that do not end in -ed. Those that are mostly adjectives (*known*, *gone*, *open*) are left out.
const IRREGULAR_EN: [&str; 57] = [
    "begun",
    "bought",
    "brought",
    "broken",
    "built",
    "burnt",
    "caught",
    "chosen",
    "cut",
    "drawn",
    "driven",
    "dug",
    "eaten",
    "fed",
    "felt",
    "forgotten",
    "fought",
    "found",
    "given",
    "grown",
    "heard",
    "held",
    "hidden",
    "kept",
    "laid",
    "led",
    "lent",
    "lit",
    "lost",
    "made",
    "meant",
    "overseen",
    "overtaken",
    "paid",
    "put",
    "rebuilt",
    "run",
    "said",
    "seen",
    "sent",
    "set",
    "shown",
    "shot",
    "shut",
    "sold",
    "spent",
    "spoken",
    "stolen",
    "struck",
    "sung",
    "taken",
    "taught",
    "thrown",
    "told",
    "torn",
    "withdrawn",
    "written",
];

pub(super) fn check(sentence: &Sentence<'_>, tongue: Tongue) -> Vec<Finding> {
    let tokens = &sentence.tokens;
    let mut found = vec![];
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| !token.quoted) {
        let Some(agreeing) = agreeing(&token.lower, tongue) else { continue };
        let is_participle =
            |other: &Token<'_>| is_participle(other, tongue) && other.lower.ends_with(|c| agreeing.contains(c));
        let after = tokens[at + 1..].iter().take_while(|next| next.joined && !next.quoted);
        let small = after.clone().take_while(|next| is_small(next, tongue)).count().min(BETWEEN);
        let participle = after.clone().nth(small).filter(|next| is_participle(next));
        // `Rozpatrzony został`: only with *zostać*, for *jest* in that place is mostly no passive.
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        let turned = before.filter(|before| {
            tongue == Tongue::Polish && token.lower.starts_with("zosta") && token.joined && is_participle(before)
        });
        let range = match (participle, turned) {
            (Some(participle), _) => token.range.start..participle.range.end,
            (None, Some(participle)) => participle.range.start..token.range.end,
            (None, None) => continue,
        };
        found.push(Finding {
            code: Code::PassiveVoice,
            range,
            message: text!("strona bierna: nie widać, kto to robi", "passive voice: it does not say who does it"),
            help: match tongue {
                Tongue::Polish => text!(
                    "napisz, kto: nie „wniosek został przyjęty”, ale „urząd przyjął wniosek”",
                    "say who: not „wniosek został przyjęty” but „urząd przyjął wniosek”"
                ),
                Tongue::English => text!(
                    "napisz, kto: nie “the form was accepted”, ale “the office accepted the form”",
                    "say who: not “the form was accepted” but “the office accepted the form”"
                ),
            },
        });
    }
    found
}

/// For a verb of the passive the letters that its participle may end in; `None` for any other word.
fn agreeing(word: &str, tongue: Tongue) -> Option<&'static str> {
    match tongue {
        Tongue::Polish => AUXILIARIES_PL.iter().find(|(verb, _)| *verb == word).map(|(_, letters)| *letters),
        Tongue::English => AUXILIARIES_EN.contains(&word).then_some("abcdefghijklmnopqrstuvwxyz"),
    }
}

fn is_small(token: &Token<'_>, tongue: Tongue) -> bool {
    match tongue {
        Tongue::Polish => SMALL_PL.contains(&token.lower.as_str()),
        Tongue::English => {
            SMALL_EN.contains(&token.lower.as_str()) || (token.lower.ends_with("ly") && token.lower.len() > 4)
        }
    }
}

fn is_participle(token: &Token<'_>, tongue: Tongue) -> bool {
    let word = token.lower.as_str();
    if token.is_name() {
        return false;
    }
    match tongue {
        Tongue::Polish => {
            word.chars().count() >= 4
                && ENDINGS_PL.iter().any(|ending| word.ends_with(ending))
                && !NOT_PARTICIPLES_PL.contains(&word)
                && !NOT_PARTICIPLES_START_PL.iter().any(|start| word.starts_with(start))
        }
        Tongue::English => {
            IRREGULAR_EN.contains(&word)
                || (word.len() >= 5
                    && word.ends_with("ed")
                    && !word.ends_with("eed")
                    && !NOT_PARTICIPLES_EN.contains(&word))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::marked;
    use super::*;

    #[test]
    fn polish() {
        let text = "Wniosek został rozpatrzony. Dom będzie jeszcze odnowiony. Zbudowany został w 1955 r. Opłaty są pobierane. \
                    Ludzie byli zaproszeni. Cena jest wpisana. Umowa była zawarta.";
        assert_eq!(
            marked(text, Tongue::Polish, Code::PassiveVoice),
            [
                "został rozpatrzony",
                "będzie jeszcze odnowiony",
                "Zbudowany został",
                "są pobierane",
                "byli zaproszeni",
                "jest wpisana",
                "była zawarta"
            ]
        );
        let text = "Dom jest ważny i znany. To jest ona. Klub jest otwarty. Plac był zielony. Są dane i plany. Jest pani? \
                    Był „zbudowany” kiedyś. Są też schrony, były plany i telefony. To była strona. Park jest bogaty. Został prezesem. To są karty. Jest warta zachodu. Był święty.";
        assert_eq!(marked(text, Tongue::Polish, Code::PassiveVoice), [""; 0]);
    }

    #[test]
    fn english() {
        let text =
            "The form was signed. It has been carefully written. Money is not paid. The square was built in 1950.";
        assert_eq!(
            marked(text, Tongue::English, Code::PassiveVoice),
            ["was signed", "been carefully written", "is not paid", "was built"]
        );
        let text = "It is red. He was interested. The club is closed. She is a hundred. They were married. It was known. We need it.";
        assert_eq!(marked(text, Tongue::English, Code::PassiveVoice), [""; 0]);
    }
}
