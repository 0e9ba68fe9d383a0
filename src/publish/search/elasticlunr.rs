//! The inverted index of elasticlunr.js.

use elasticlunr::IndexBuilder;

use super::zola::Entry;
use crate::config::SearchConfig;

/// elasticlunr.js 0.9.5, which reads the index in the browser (MIT).
pub(super) const SCRIPT: &str = include_str!("elasticlunr.min.js");

/// Codes of the languages whose words can be reduced to their stems.
pub(super) fn languages() -> Vec<String> {
    elasticlunr::lang::languages().iter().map(|language| language.code()).collect()
}

/// The index as JSON; `None` when there are no rules for the language.
///
/// Every entry has every field: one without a date has an empty one. (Zola leaves it out, and the fields after it shift.)
pub(super) fn index(language: &str, search: &SearchConfig, entries: &[Entry<'_>]) -> Option<String> {
    let code = language.split('-').next().unwrap_or(language);
    let rules = elasticlunr::lang::from_code(code)?;
    let included = [
        ("title", search.include_title),
        ("description", search.include_description),
        ("date", search.include_date),
        ("path", search.include_path),
        ("body", search.include_content),
    ];
    let fields: Vec<&str> = included.into_iter().filter_map(|(name, included)| included.then_some(name)).collect();
    let mut builder = IndexBuilder::with_language(rules);
    for field in &fields {
        builder = match *field {
            "path" => builder.add_field_with_tokenizer(field, Box::new(words_of_path)),
            _ => builder.add_field(field),
        };
    }
    let mut index = builder.build();
    for entry in entries {
        let value = |field: &&str| match *field {
            "title" => entry.title,
            "description" => entry.description,
            "date" => entry.date,
            "path" => entry.path,
            _ => entry.body.as_str(),
        };
        index.add_doc(entry.url, fields.iter().map(value));
    }
    Some(index.to_json())
}

/// The words of an address: what stands between slashes, hyphens and white space.
fn words_of_path(path: &str) -> Vec<String> {
    let parts = path.split(|c: char| c == '/' || c == '-' || c.is_whitespace());
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_words() {
        assert_eq!(words_of_path("/Plac-Centralny/a b//łąka/"), ["plac", "centralny", "a", "b", "łąka"]);
        assert!(words_of_path("/-/ ").is_empty());
    }
}
