//! Names into parts of addresses.

use crate::config::Slugify;

/// A name as part of an address.
#[must_use]
pub fn slugify(name: &str, mode: Slugify) -> String {
    match mode {
        Slugify::On => slug::slugify(name),
        Slugify::Safe => {
            let kept: String = name.chars().filter(|c| !"<>:\"/\\|?*".contains(*c) && !c.is_control()).collect();
            kept.trim_end_matches([' ', '.']).to_string()
        }
        Slugify::Off => name.to_string(),
    }
}

/// A heading's text as its anchor. `safe` and `off` only turn white space into `_`.
#[must_use]
pub(crate) fn slugify_anchor(text: &str, mode: Slugify) -> String {
    match mode {
        Slugify::On => slug::slugify(text),
        Slugify::Safe | Slugify::Off => text.chars().map(|c| if c.is_ascii_whitespace() { '_' } else { c }).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_differ() {
        assert_eq!(slugify("Żółte Łąki 2", Slugify::On), "zolte-laki-2");
        assert_eq!(slugify("koniec. . .", Slugify::Safe), "koniec");
        assert_eq!(slugify("A/B", Slugify::Off), "A/B");
        assert_eq!(slugify_anchor("Wysoki Dąb: opis", Slugify::Safe), "Wysoki_Dąb:_opis");
    }

    #[test]
    fn what_breaks_names_is_left_out() {
        assert_eq!(slugify("a<b>c:d\"e/f\\g|h?i*j\tk .", Slugify::Safe), "abcdefghijk");
        assert_eq!(slugify(" a ", Slugify::Off), " a ");
        assert_eq!(
            (slugify_anchor("A b\tC", Slugify::Off), slugify_anchor("Łąka b", Slugify::On)),
            ("A_b_C".into(), "laka-b".into())
        );
    }
}
