//! Nouns: their gender and forms, guessed from how they end.

use super::adjective::adjective;
use super::cells::{Case, Cells, Gender, Number};
use super::sounds::{Final, bare, oblique, of_persons, soft_written, softened};

/// A way a word can be read as a noun.
#[derive(Debug, Clone)]
pub(super) struct Noun {
    pub(super) gender: Gender,
    pub(super) cells: Cells,
}

/// Endings of words that are mostly persons or animals: their genitive ends in `a`, their plural may be one of persons.
const PERSONS: [&str; 17] =
    ["tor", "sor", "tron", "er", "ent", "ant", "nik", "yk", "arz", "erz", "acz", "ec", "el", "log", "usz", "icz", "ek"];

/// Words that end so and are things; `a` would make verbs and other words of them: "wynika", "cela".
const THINGS: [&str; 6] = ["wynik", "zanik", "cel", "zysk", "wiek", "pomnik"];

/// All ways a word can be read as a noun.
pub(super) fn nouns(word: &str) -> Vec<Noun> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let cut = |ending: &str| word[..word.len() - ending.len()].to_string();
    let mut all = vec![];
    let mut add = |gender, cells| all.push(Noun { gender, cells });
    if ends(&["um"]) {
        add(Gender::Neuter, learned(word, &cut("um")));
        add(Gender::Masculine, masculine(word));
    } else if ends(&["a"]) {
        let stem = cut("a");
        add(Gender::Feminine, feminine(&stem));
        if ends(&["sta", "eta", "nta", "ca"]) {
            add(Gender::Masculine, person_in_a(&stem));
        }
        // "akta", "e-Doręczenia"
        add(Gender::Plural, plural(word, &stem));
        if ends(&["owa", "ąca", "czna", "lna"]) {
            all.extend(adjectival(word, Gender::Feminine));
        }
    } else if ends(&["o"]) {
        add(Gender::Neuter, neuter(word, &cut("o")));
    } else if ends(&["nie", "cie"]) {
        add(Gender::Neuter, neuter(word, &cut("e")));
    } else if ends(&["e"]) {
        let stem = cut("e");
        // "dane": their singular is another word.
        if word != "dane" {
            add(Gender::Neuter, neuter(word, &stem));
            all.extend(adjectival(word, Gender::Neuter));
            all.push(Noun { gender: Gender::Plural, cells: plural(word, &stem) });
        }
        all.extend(adjectival(word, Gender::Plural));
    } else if ends(&["y"]) {
        add(Gender::Plural, plural(word, &cut("y")));
        all.extend(adjectival(word, Gender::Masculine));
    } else if ends(&["i"]) {
        let stem = if ends(&["ki", "gi"]) { cut("i") } else { word.to_string() };
        add(Gender::Plural, plural(word, &stem));
        all.extend(adjectival(word, Gender::Masculine));
    } else if ends(&["u", "ę", "ą", "é"]) || word.chars().all(|c| !c.is_alphabetic()) {
        add(Gender::Neuter, Cells::fixed(word));
    } else {
        let is_abstract = ends(&["ość"]);
        if !is_abstract {
            add(Gender::Masculine, masculine(word));
        }
        if is_abstract || (ends(&["ć", "ź", "ń", "c", "cz", "sz", "ż", "rz", "dz"]) && !is_person(word)) {
            add(Gender::Feminine, feminine_consonant(word));
        }
    }
    all
}

/// "podopieczny", "księgowa", "dane": a noun that is declined as an adjective.
fn adjectival(word: &str, gender: Gender) -> Option<Noun> {
    Some(Noun { gender, cells: adjective(word, gender)? })
}

fn is_person(word: &str) -> bool {
    PERSONS.iter().any(|ending| word.ends_with(ending)) && !THINGS.contains(&word)
}

fn masculine(word: &str) -> Cells {
    let person = is_person(word);
    let mut cells = Cells::default();
    cells.set(Number::Singular, Case::Nominative, word);
    cells.set(Number::Singular, Case::Accusative, word);
    for stem in oblique(word) {
        let kind = Final::of(&stem);
        cells.singular(&stem, [&["u"], &["owi"], &[], &[if kind == Final::Velar { "iem" } else { "em" }], &[]]);
        if person || kind == Final::Soft {
            cells.singular(&stem, [&["a"], &[], &["a"], &[], &[]]);
        }
        let (nominative, genitive): (&[&str], &[&str]) = match kind {
            Final::Hard if stem.ends_with("ns") => (&["y", "e"], &["ów"]),
            Final::Hard | Final::Breath => (&["y"], &["ów"]),
            Final::Velar => (&["i"], &["ów"]),
            Final::Hardened => (&["e"], &["ów", "y"]),
            Final::Liquid if stem.ends_with('l') && person => (&["e"], &["ów", "i"]),
            Final::Liquid => (&["e"], &["ów"]),
            Final::Soft => (&["e"], &["", "ów"]),
        };
        cells.plural(&stem, nominative, genitive);
        if kind == Final::Hard {
            for soft in softened(&stem) {
                cells.add(Number::Singular, Case::Locative, format!("{soft}e"));
            }
        } else {
            cells.singular(&stem, [&[], &[], &[], &[], &["u"]]);
        }
        if person {
            cells.add(Number::Plural, Case::Nominative, format!("{stem}owie"));
            if let Some(persons) = of_persons(&stem) {
                cells.add(Number::Plural, Case::Nominative, persons);
            }
            cells.copy(Number::Plural, Case::Genitive, Case::Accusative);
        }
    }
    cells
}

fn feminine(stem: &str) -> Cells {
    let mut cells = Cells::default();
    cells.singular(stem, [&[], &[], &["ę"], &["ą"], &[]]);
    cells.add(Number::Singular, Case::Nominative, format!("{stem}a"));
    let kind = Final::of(stem);
    // "nadzieja, nadziei"
    let after_vowel = stem.strip_suffix('j').filter(|start| start.ends_with(['e', 'a', 'u', 'y', 'o']));
    let (oblique, plural, genitive): (&[&str], &[&str], &[&str]) = match kind {
        Final::Hard | Final::Breath => (&["y"], &["y"], &[]),
        Final::Velar => (&["i"], &["i"], &[]),
        Final::Hardened => (&["y"], &["e"], &["y"]),
        Final::Liquid if after_vowel.is_some() => (&[], &["e"], &[]),
        Final::Liquid => (&["i"], &["e"], &["i"]),
        Final::Soft => (&["", "i"], &["e"], &["", "i"]),
    };
    cells.singular(stem, [oblique, &[], &[], &[], &[]]);
    cells.plural(stem, plural, genitive);
    if let Some(start) = after_vowel {
        for case in [Case::Genitive, Case::Dative, Case::Locative] {
            cells.add(Number::Singular, case, format!("{start}i"));
        }
        cells.add(Number::Plural, Case::Genitive, format!("{start}i"));
    }
    for case in [Case::Dative, Case::Locative] {
        match kind {
            Final::Hard | Final::Velar | Final::Breath => {
                for soft in softened(stem) {
                    cells.add(Number::Singular, case, format!("{soft}e"));
                }
            }
            _ => cells.add_all(Number::Singular, case, stem, oblique),
        }
    }
    for form in bare(stem) {
        cells.add(Number::Plural, Case::Genitive, form);
    }
    cells
}

/// "starosta", "specjalista", "wykonawca": the plural of a man's name for what he does.
fn person_in_a(stem: &str) -> Cells {
    let mut cells = feminine(stem);
    cells.clear(Number::Plural);
    cells.plural(stem, &["owie"], &["ów"]);
    if let Some(persons) = of_persons(stem) {
        cells.add(Number::Plural, Case::Nominative, persons);
    }
    cells.copy(Number::Plural, Case::Genitive, Case::Accusative);
    cells
}

/// "osobowość", "rzecz", "pomoc".
fn feminine_consonant(word: &str) -> Cells {
    let stem = soft_written(word);
    let end = if Final::of(&stem) == Final::Soft { "" } else { "y" };
    let mut cells = Cells::default();
    cells.set(Number::Singular, Case::Nominative, word);
    cells.set(Number::Singular, Case::Accusative, word);
    cells.singular(&stem, [&[end], &[end], &[], &["ą"], &[end]]);
    cells.plural(&stem, &[end, "e"], &[end]);
    cells
}

fn neuter(word: &str, stem: &str) -> Cells {
    let kind = Final::of(stem);
    let mut cells = Cells::default();
    cells.set(Number::Singular, Case::Nominative, word);
    cells.set(Number::Singular, Case::Accusative, word);
    cells.singular(stem, [&["a"], &["u"], &[], &[if kind == Final::Velar { "iem" } else { "em" }], &[]]);
    if kind == Final::Hard && word.ends_with('o') {
        for soft in softened(stem) {
            cells.add(Number::Singular, Case::Locative, format!("{soft}e"));
        }
    } else {
        cells.singular(stem, [&[], &[], &[], &[], &["u"]]);
    }
    cells.plural(stem, &["a"], if kind == Final::Liquid { &["i"] } else { &[] });
    for form in bare(stem) {
        cells.add(Number::Plural, Case::Genitive, form);
    }
    cells
}

/// "forum": the singular stays, the plural has the endings of other neuters and `ów`.
fn learned(word: &str, stem: &str) -> Cells {
    let mut cells = Cells::fixed(word);
    cells.clear(Number::Plural);
    cells.plural(stem, &["a"], &["ów"]);
    cells
}

/// A word that has only a plural, or is named by it: "standardy", "składki", "konsultacje".
fn plural(word: &str, stem: &str) -> Cells {
    let mut cells = Cells::default();
    let genitive: &[&str] = match Final::of(stem) {
        Final::Hard | Final::Velar | Final::Breath => &["ów"],
        Final::Hardened => &["ów", "y"],
        Final::Liquid => &["ów", "i"],
        Final::Soft => &[""],
    };
    cells.plural(stem, &[], genitive);
    for case in [Case::Nominative, Case::Accusative] {
        cells.add(Number::Plural, case, word.to_string());
    }
    for form in bare(stem) {
        // "wybór" is another word than "wybory".
        if !form.contains('ó') || stem.contains('ó') {
            cells.add(Number::Plural, Case::Genitive, form);
        }
    }
    cells
}
