//! `trans`: words of the site in the language of the page, with plural forms; `text_direction`.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use tera::{Error, Kwargs, State, TeraResult};

use super::{Registrar, SharedStore, language, ready};
use crate::markdown::typeset_for;
use crate::template::Store;

pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("trans", move |kwargs: Kwargs, state: &State| {
        trans(&kwargs, state, &*ready(&own, "trans")?)
    });
    let own = store.clone();
    tera.register_function("text_direction", move |kwargs: Kwargs, state: &State| -> TeraResult<String> {
        let language = language(&kwargs, state, &*ready(&own, "text_direction")?)?;
        let locale: Locale = language
            .parse()
            .map_err(|_| Error::message(format!("text_direction: `{language}` is not a language code")))?;
        Ok(if is_right_to_left(&locale) { "rtl" } else { "ltr" }.to_string())
    });
}

/// Whether a language is written from right to left: by its script where the code names one, else by the script it is
/// mostly written in today (CLDR, likely subtags).
fn is_right_to_left(locale: &Locale) -> bool {
    let scripts = ["Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"];
    let languages = ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];
    match locale.id.script {
        Some(script) => scripts.contains(&script.as_str()),
        None => languages.contains(&locale.id.language.as_str()),
    }
}

/// The word for `key`. With `count` (huta's extension) the form the number asks for: `key.one`, `key.few`, `key.many`,
/// `key.other` after CLDR's plural rules, and `{n}` replaced by the number. Set as the word's language is set, where the
/// site asks for typography (huta's extension as well).
fn trans(kwargs: &Kwargs, state: &State, store: &Store) -> TeraResult<String> {
    let key = kwargs.must_get::<String>("key")?;
    let language = language(kwargs, state, store)?;
    let missing = |key: &str| {
        Error::message(format!(
            "trans: there is no `{key}` in the language `{language}`; add it to [translations] or [languages.{language}.translations]"
        ))
    };
    let set = |word: &str, language: &str| typeset_for(&store.project.config, word, language);
    let Some(count) = kwargs.get::<u64>("count")? else {
        return store
            .word(&key, &language, |words, code| Ok(words.get(&key).map(|word| set(word, code))))?
            .ok_or_else(|| missing(&key));
    };
    // The form is the one that the language of the word asks for, which may not be the language of the page.
    let word = store.word(&format!("{key}.other"), &language, |words, code| {
        let form = words.get(&format!("{key}.{}", plural_form(count, code)?));
        Ok(form
            .or_else(|| words.get(&format!("{key}.other")))
            .map(|word| set(&word.replace("{n}", &count.to_string()), code)))
    })?;
    match word {
        Some(word) => Ok(word),
        None => Err(missing(&format!("{key}.{}", plural_form(count, &language)?))),
    }
}

fn plural_form(count: u64, language: &str) -> TeraResult<&'static str> {
    let locale: Locale =
        language.parse().map_err(|_| Error::message(format!("trans: `{language}` is not a language code")))?;
    let rules = PluralRules::try_new(locale.into(), PluralRulesOptions::default())
        .map_err(|_| Error::message(format!("trans: no plural rules for `{language}`")))?;
    Ok(match rules.category_for(count) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polish_has_three_forms_for_whole_numbers() {
        let forms: Vec<_> = [1, 2, 4, 5, 12, 22, 25].into_iter().map(|n| plural_form(n, "pl").unwrap()).collect();
        assert_eq!(forms, ["one", "few", "few", "many", "many", "few", "many"]);
        assert_eq!(plural_form(2, "en").unwrap(), "other");
    }

    #[test]
    fn scripts_have_directions() {
        let rtl = |code: &str| is_right_to_left(&code.parse().unwrap());
        assert!(rtl("ar") && rtl("he-IL") && rtl("az-Arab") && !rtl("ar-Latn") && !rtl("pl") && !rtl("mn-Mong"));
    }
}
