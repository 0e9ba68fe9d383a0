//! Numbers with the right form of what is counted: 1 błąd, 2 błędy, 5 błędów.

use icu_locale_core::locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

/// Something that is counted, in the forms that a number asks for (CLDR's plural rules).
#[derive(Debug, Clone, Copy)]
pub struct Noun {
    /// Polish: *1 błąd*, *2 błędy*, *5 błędów*.
    pub pl: [&'static str; 3],
    /// English: *1 error*, *2 errors*.
    pub en: [&'static str; 2],
}

impl Noun {
    /// A number and the noun in Polish.
    #[must_use]
    pub fn pl(&self, n: usize) -> String {
        let rules = PluralRules::try_new(locale!("pl").into(), PluralRulesOptions::default());
        let form = match rules.map(|rules| rules.category_for(n)) {
            Ok(PluralCategory::One) => 0,
            Ok(PluralCategory::Few) => 1,
            _ => 2,
        };
        format!("{n} {}", self.pl[form])
    }

    /// A number and the noun in English.
    #[must_use]
    pub fn en(&self, n: usize) -> String {
        format!("{n} {}", self.en[usize::from(n != 1)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_choose_the_form() {
        let error = Noun { pl: ["błąd", "błędy", "błędów"], en: ["error", "errors"] };
        let polish: Vec<String> = [0, 1, 2, 4, 5, 12, 21, 22, 112].map(|n| error.pl(n)).into();
        assert_eq!(
            polish,
            [
                "0 błędów",
                "1 błąd",
                "2 błędy",
                "4 błędy",
                "5 błędów",
                "12 błędów",
                "21 błędów",
                "22 błędy",
                "112 błędów"
            ]
        );
        assert_eq!([error.en(0), error.en(1), error.en(2)], ["0 errors", "1 error", "2 errors"]);
    }
}
