//! Forms of Polish nouns, adjectives and phrases, made by rules from the form that stands in a dictionary.
//!
//! The rules make more than there is ("statuta" beside "statutu"), because how a word is declined cannot always be told
//! from how it ends. What they make too much is no word, or no other one: a form that would be read as another word is
//! left out ([`HOMOGRAPHS`]).

mod adjective;
mod cells;
mod noun;
mod sounds;

use self::adjective::adjective;
use self::cells::{Cells, Gender};
use self::noun::nouns;

/// Forms that are far more often another word: "prawie" is "almost", "umów" and "ustaw" call to do something.
const HOMOGRAPHS: [&str; 10] =
    ["prawie", "umów", "ustaw", "spraw", "powiecie", "rad", "wkłada", "nakłada", "układa", "przelewa"];

/// Words that follow no rule, and all their forms besides the first.
const IRREGULAR: [(&str, &[&str]); 6] = [
    ("dziecko", &["dziecka", "dziecku", "dzieckiem", "dzieci", "dzieciom", "dziećmi", "dzieciach"]),
    ("rok", &["roku", "rokowi", "rokiem", "lata", "lat", "latom", "latami", "latach"]),
    ("człowiek", &["człowieka", "człowiekowi", "człowiekiem", "człowieku", "ludzie", "ludzi", "ludziom", "ludźmi"]),
    ("tydzień", &["tygodnia", "tygodniowi", "tygodniem", "tygodniu", "tygodnie", "tygodni", "tygodniom", "tygodniami"]),
    ("dzień", &["dnia", "dniowi", "dniem", "dniu", "dni", "dniom", "dniami", "dniach"]),
    ("sędzia", &["sędziego", "sędziemu", "sędzią", "sędzim", "sędziowie", "sędziów", "sędziom", "sędziami"]),
];

/// Words before the noun of a phrase that can be adjectives of it: more than two are not tried.
const MOST_BEFORE: usize = 2;

/// Words after the noun that can be adjectives of it: more than two are not tried.
const MOST_AFTER: usize = 2;

/// All forms of a Polish phrase, each as its words.
///
/// One word is the noun; those before it and right after it that end like adjectives of its gender are declined with it,
/// and what follows them stays as it is ("organ nadzoru"). Where it cannot be told which is which, every reading is
/// followed: the wrong one makes forms that nobody writes. Words must be in small letters.
pub(super) fn phrase_forms(words: &[&str]) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![words.iter().map(|word| (*word).to_string()).collect()];
    for (at, word) in words.iter().enumerate().take(MOST_BEFORE + 1) {
        if let Some((_, forms)) = IRREGULAR.iter().find(|(base, _)| base == word) {
            all.extend(forms.iter().map(|form| {
                let mut one: Vec<String> = words.iter().map(|word| (*word).to_string()).collect();
                one[at] = (*form).to_string();
                one
            }));
            continue;
        }
        for noun in nouns(word) {
            let before: Option<Vec<Cells>> = words[..at].iter().map(|word| adjective(word, noun.gender)).collect();
            let Some(mut declined) = before else { continue };
            declined.push(noun.cells.clone());
            // With no adjective after the noun, with one, with two …
            for rest in at + 1..=words.len().min(at + 1 + MOST_AFTER) {
                combine(&declined, &words[rest..], &mut all);
                match words.get(rest).and_then(|word| adjective(word, noun.gender)) {
                    Some(cells) => declined.push(cells),
                    None => break,
                }
            }
        }
    }
    if let [word] = words {
        all.extend(of_women(word));
    }
    all.retain(|form| form.len() > 1 || !HOMOGRAPHS.contains(&form[0].as_str()) || form[0] == words[0]);
    all.sort_unstable();
    all.dedup();
    all
}

/// "małoletnia, małoletniej": of a person who is named by an adjective there are a man's forms and a woman's.
fn of_women(word: &str) -> Vec<Vec<String>> {
    let names_person = ["ni", "ący", "ony", "any", "czny"].iter().any(|ending| word.ends_with(ending));
    let stem = if word.ends_with("ni") { Some(word) } else { word.strip_suffix('y') };
    let Some(stem) = stem.filter(|_| names_person) else { return vec![] };
    adjective(&format!("{stem}a"), Gender::Feminine)
        .iter()
        .flat_map(|cells| cells.iter().flatten().map(|form| vec![form.clone()]).collect::<Vec<_>>())
        .collect()
}

/// In each cell every choice of its forms, followed by the words that stay.
fn combine(declined: &[Cells], fixed: &[&str], all: &mut Vec<Vec<String>>) {
    let mut columns: Vec<_> = declined.iter().map(Cells::iter).collect();
    loop {
        let Some(cell) = columns.iter_mut().map(Iterator::next).collect::<Option<Vec<&[String]>>>() else { return };
        let mut made: Vec<Vec<String>> = vec![vec![]];
        for forms in cell {
            made = made
                .iter()
                .flat_map(|before| forms.iter().map(move |form| [before, std::slice::from_ref(form)].concat()))
                .collect();
        }
        let tail = fixed.iter().map(|word| (*word).to_string());
        all.extend(made.into_iter().map(|form| form.into_iter().chain(tail.clone()).collect()));
    }
}

#[cfg(test)]
mod tests;
