//! Adjectives and participles.

use super::cells::{Case, Cells, Gender, Number};
use super::sounds::{of_persons, of_persons_done};

/// The forms of an adjective beside a noun of a gender; `None` when it does not end as one would there.
pub(super) fn adjective(word: &str, gender: Gender) -> Option<Cells> {
    let stem = match gender {
        Gender::Masculine => word.strip_suffix('y').or_else(|| velar(word, "i")).or_else(|| word.strip_suffix('i')),
        Gender::Feminine => word.strip_suffix('a'),
        Gender::Neuter | Gender::Plural => velar(word, "ie").or_else(|| word.strip_suffix('e')),
    };
    let stem = stem.filter(|stem| stem.chars().count() > 1)?;
    // "ostatni, ostatniego"; "wysoki, wysokiego"; "nowy, nowego".
    let (stem, y, e) = if gender == Gender::Masculine && word.ends_with('i') && !stem.ends_with(['k', 'g']) {
        (word, "", "e")
    } else if stem.ends_with('i') {
        (stem, "", "e")
    } else if stem.ends_with(['k', 'g']) {
        (stem, "i", "ie")
    } else {
        (stem, "y", "e")
    };
    let mut cells = Cells::default();
    let form = |ending: &str| format!("{stem}{ending}");
    let (ego, emu, ym) = (form(&format!("{e}go")), form(&format!("{e}mu")), form(&format!("{y}m")));
    let singular: [(Case, Vec<String>); 6] = match gender {
        Gender::Masculine => [
            (Case::Nominative, vec![word.to_string()]),
            (Case::Genitive, vec![ego.clone()]),
            (Case::Dative, vec![emu]),
            (Case::Accusative, vec![word.to_string(), ego]),
            (Case::Instrumental, vec![ym.clone()]),
            (Case::Locative, vec![ym.clone()]),
        ],
        Gender::Feminine => {
            let (ej, whom) = (form(&format!("{e}j")), form("ą"));
            [
                (Case::Nominative, vec![word.to_string()]),
                (Case::Genitive, vec![ej.clone()]),
                (Case::Dative, vec![ej.clone()]),
                (Case::Accusative, vec![whom.clone()]),
                (Case::Instrumental, vec![whom]),
                (Case::Locative, vec![ej]),
            ]
        }
        Gender::Neuter => [
            (Case::Nominative, vec![word.to_string()]),
            (Case::Genitive, vec![ego]),
            (Case::Dative, vec![emu]),
            (Case::Accusative, vec![word.to_string()]),
            (Case::Instrumental, vec![ym.clone()]),
            (Case::Locative, vec![ym.clone()]),
        ],
        Gender::Plural => Case::ALL.map(|case| (case, vec![])),
    };
    for (case, forms) in singular {
        for form in forms {
            cells.add(Number::Singular, case, form);
        }
    }
    let (ych, ymi) = (form(&format!("{y}ch")), form(&format!("{y}mi")));
    for (case, plural) in [
        (Case::Nominative, form(e)),
        (Case::Genitive, ych.clone()),
        (Case::Dative, ym),
        (Case::Accusative, form(e)),
        (Case::Instrumental, ymi),
        (Case::Locative, ych.clone()),
    ] {
        cells.add(Number::Plural, case, plural);
    }
    if gender == Gender::Masculine {
        let persons =
            if y.is_empty() { Some(stem.to_string()) } else { of_persons_done(stem).or_else(|| of_persons(stem)) };
        if let Some(form) = persons {
            cells.add(Number::Plural, Case::Nominative, form);
        }
        cells.add(Number::Plural, Case::Accusative, ych);
    }
    Some(cells)
}

fn velar<'a>(word: &'a str, ending: &str) -> Option<&'a str> {
    word.strip_suffix(ending).filter(|stem| stem.ends_with(['k', 'g']))
}
