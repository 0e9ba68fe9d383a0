//! The `date` filter in other languages.

use std::sync::Arc;

use tera::{Kwargs, Map, State, TeraResult, Value};
use tera_contrib::dates;

/// A date as text. With `locale` names of months and days are those of the language, whichever way `format` is written:
/// in the letters of Unicode (`d MMMM y`, as Zola asks since 0.23.5) or in those of strftime (`%-d %B %Y`, as older
/// templates have it).
pub(super) fn date(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let (format, locale) = (kwargs.get::<String>("format")?, kwargs.get::<String>("locale")?);
    let Some(format) = format.filter(|format| locale.is_some() && format.contains('%')) else {
        return dates::date(value, kwargs, state);
    };
    let mut changed = Map::new();
    if let Some(timezone) = kwargs.get::<String>("timezone")? {
        changed.insert("timezone".into(), timezone.into());
    }
    match unicode_pattern(&format) {
        Some(pattern) => {
            changed.insert("format".into(), pattern.into());
            changed.insert("locale".into(), locale.into());
        }
        // A format without an equal has no words in it that a language would change.
        None => {
            changed.insert("format".into(), format.into());
        }
    }
    dates::date(value, Kwargs::new(Arc::new(changed)), state)
}

/// The pattern of Unicode (UTS 35) that says the same as one of strftime; `None` when there is none.
fn unicode_pattern(format: &str) -> Option<String> {
    let mut pattern = String::new();
    let mut characters = format.chars().peekable();
    while let Some(c) = characters.next() {
        if c != '%' {
            match c {
                '\'' => pattern.push_str("''"),
                letter if letter.is_ascii_alphabetic() => {
                    pattern.push('\'');
                    pattern.push(letter);
                    while let Some(letter) = characters.next_if(char::is_ascii_alphabetic) {
                        pattern.push(letter);
                    }
                    pattern.push('\'');
                }
                other => pattern.push(other),
            }
            continue;
        }
        let unpadded = characters.next_if(|c| *c == '-' || *c == '_').is_some();
        pattern.push_str(match (characters.next()?, unpadded) {
            ('d', false) => "dd",
            ('d', true) | ('e', _) => "d",
            ('m', false) => "MM",
            ('m', true) => "M",
            ('B', _) => "MMMM",
            ('b' | 'h', _) => "MMM",
            ('A', _) => "EEEE",
            ('a', _) => "EEE",
            ('Y', _) => "y",
            ('y', _) => "yy",
            ('H', false) => "HH",
            ('H', true) | ('k', _) => "H",
            ('I', false) => "hh",
            ('I', true) | ('l', _) => "h",
            ('M', _) => "mm",
            ('S', _) => "ss",
            ('p' | 'P', _) => "a",
            ('F', _) => "y-MM-dd",
            ('R', _) => "HH:mm",
            ('T', _) => "HH:mm:ss",
            ('%', _) => "%",
            _ => return None,
        });
    }
    Some(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(template: &str) -> String {
        let mut tera = tera::Tera::new();
        tera.register_filter("date", date);
        tera.render_str(template, &tera::Context::new(), false).unwrap()
    }

    #[test]
    fn months_have_names_in_both_ways_of_writing() {
        assert_eq!(run("{{ '2026-05-03' | date(format='%-d %B %Y', locale='pl') }}"), "3 maja 2026");
        assert_eq!(run("{{ '2026-05-03' | date(format='d MMMM y', locale='pl') }}"), "3 maja 2026");
        assert_eq!(run("{{ '2026-05-03' | date(format='%d de %B, %Y', locale='es') }}"), "03 de mayo, 2026");
        assert_eq!(run("{{ '2026-05-03' | date(format='%A %B', locale='en') }}"), "Sunday May");
        assert_eq!(run("{{ '2026-05-03' | date(format='%j', locale='pl') }}"), "123");
        assert_eq!(run("{{ '2026-05-03' | date(format='%d %B') }}"), "03 May");
    }
}
