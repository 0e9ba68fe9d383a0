//! Plurals and possessives of English words.

/// Plurals that follow no rule, by their singulars.
const IRREGULAR: [(&str, &str); 6] = [
    ("person", "people"),
    ("child", "children"),
    ("man", "men"),
    ("woman", "women"),
    ("memorandum", "memoranda"),
    ("half", "halves"),
];

/// Words after which a phrase tells more of the word before them: "statement of accounts".
const PREPOSITIONS: [&str; 6] = ["of", "for", "in", "to", "on", "with"];

/// All forms of an English phrase: of its main word the plural and the possessives.
pub(super) fn phrase_forms(words: &[&str]) -> Vec<Vec<String>> {
    let main = words.iter().position(|word| PREPOSITIONS.contains(word)).filter(|at| *at > 0);
    let main = main.unwrap_or(words.len()).saturating_sub(1);
    let mut all = vec![];
    for (at, word) in words.iter().enumerate() {
        let forms = if at == main { word_forms(word) } else { vec![(*word).to_string()] };
        all = if at == 0 {
            forms.into_iter().map(|form| vec![form]).collect()
        } else {
            all.iter()
                .flat_map(|before: &Vec<String>| {
                    forms.iter().map(move |form| [before, std::slice::from_ref(form)].concat())
                })
                .collect()
        };
    }
    all
}

fn word_forms(word: &str) -> Vec<String> {
    let plural = plural(word);
    let mut forms = vec![word.to_string(), format!("{word}'s"), plural.clone()];
    // After an s the apostrophe stands alone, and is no part of the word.
    if !plural.ends_with('s') {
        forms.push(format!("{plural}'s"));
    }
    forms
}

fn plural(word: &str) -> String {
    if let Some((_, plural)) = IRREGULAR.iter().find(|(singular, _)| *singular == word) {
        return (*plural).to_string();
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let vowel_before_y = ends(&["ay", "ey", "oy", "uy"]);
    if ends(&["s", "x", "z", "ch", "sh"]) {
        format!("{word}es")
    } else if let Some(stem) = word.strip_suffix('y').filter(|stem| !vowel_before_y && !stem.is_empty()) {
        format!("{stem}ies")
    } else {
        format!("{word}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(phrase: &str) -> Vec<String> {
        let words: Vec<&str> = phrase.split(' ').collect();
        phrase_forms(&words).into_iter().map(|form| form.join(" ")).collect()
    }

    #[test]
    fn plurals_and_possessives() {
        assert_eq!(forms("grant"), ["grant", "grant's", "grants"]);
        assert_eq!(forms("public body"), ["public body", "public body's", "public bodies"]);
        assert_eq!(plural("tax"), "taxes");
        assert_eq!(plural("survey"), "surveys");
        assert_eq!(plural("child"), "children");
    }

    #[test]
    fn the_main_word_stands_before_a_preposition() {
        assert!(forms("statement of accounts").contains(&"statements of accounts".to_string()));
        assert!(!forms("statement of accounts").contains(&"statement of accountss".to_string()));
    }
}
