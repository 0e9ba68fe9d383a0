//! "Did you mean …?": the nearest known word.

use super::{Text, polish};
use crate::text;

/// The known word nearest to `word`, if one is near enough to be what was meant.
///
/// Near means a Damerau–Levenshtein distance of at most a third of the word's length (at least 1), letters compared
/// without case and Polish marks, so that `miejsca` is found for `Miejscą`. A Polish word for a known name is that name.
#[must_use]
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(meant) = polish::meant(word, &known, fold) {
        return Some(meant);
    }
    let folded = fold(word);
    let limit = (folded.chars().count() / 3).max(1);
    known
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(folded.chars().count()) <= limit)
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, candidate)| (*distance, *candidate))
        .map(|(_, candidate)| candidate)
}

/// A help that names the nearest known word, or lists the known ones.
#[must_use]
pub fn help_with_suggestion(word: &str, known: &[&str]) -> Text {
    if let Some(near) = did_you_mean(word, known.iter().copied()) {
        return text!("czy chodziło o „{near}”?", "did you mean `{near}`?");
    }
    let list = known.join(", ");
    text!("do wyboru: {list}", "possible are: {list}")
}

fn fold(word: &str) -> String {
    word.to_lowercase()
        .chars()
        .map(|c| match c {
            'ą' => 'a',
            'ć' => 'c',
            'ę' => 'e',
            'ł' => 'l',
            'ń' => 'n',
            'ó' => 'o',
            'ś' => 's',
            'ź' | 'ż' => 'z',
            '_' => '-',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_typing_errors_but_not_strangers() {
        let known = ["wheelchair", "address", "style"];
        assert_eq!(did_you_mean("adress", known), Some("address"));
        assert_eq!(did_you_mean("Wheelchiar", known), Some("wheelchair"));
        assert_eq!(did_you_mean("kolor", known), None);
    }

    #[test]
    fn polish_words_are_understood() {
        let help = |word: &str, known: &[&str]| help_with_suggestion(word, known).en;
        assert_eq!(help("Adres", &["at", "address"]), "did you mean `address`?");
        assert_eq!(help("zrodla", &["sources", "example"]), "did you mean `sources`?");
        assert_eq!(help("Fundacja", &["association", "foundation"]), "did you mean `foundation`?");
        assert_eq!(help("grupa_nieformalna", &["informal"]), "did you mean `informal`?");
        assert_eq!(help("tak", &["yes", "no"]), "did you mean `yes`?");
        assert_eq!(help("tak", &["true", "false"]), "possible are: true, false");
    }
}
