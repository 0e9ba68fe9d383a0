//! Where the configuration says something.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::Config;
use crate::diagnostic::Span;

impl Config {
    /// The place of a key: its names from the root, the position for an item of a list. What is not there itself is
    /// shown by the table that should hold it, else by the file.
    #[must_use]
    pub fn span(&self, path: &[&str]) -> Span {
        match locate(&self.source.text, path) {
            Some(range) => self.source.span(range),
            None => Span::file(&self.source.file),
        }
    }

    /// The place of one of a language's options: at the root for the default language where it is there, else in the
    /// language's table.
    #[must_use]
    pub fn language_span(&self, language: &str, path: &[&str]) -> Span {
        if language == self.default_language && locate(&self.source.text, &path[..1]).is_some() {
            return self.span(path);
        }
        self.span(&[&["languages", language], path].concat())
    }

    /// The place of a taxonomy's entry; the default language's where the language takes it from there.
    #[must_use]
    pub fn taxonomy_span(&self, language: &str, name: &str) -> Span {
        let entries = |taxonomies: &[super::TaxonomyConfig]| taxonomies.iter().position(|entry| entry.name == name);
        let own = self.languages.get(language).and_then(|options| entries(&options.taxonomies));
        match (own, entries(&self.taxonomies)) {
            (Some(at), _) => self.span(&["languages", language, "taxonomies", &at.to_string(), "name"]),
            (None, Some(at)) => self.span(&["taxonomies", &at.to_string(), "name"]),
            (None, None) => self.language_span(language, &["taxonomies"]),
        }
    }
}

fn locate(text: &str, path: &[&str]) -> Option<Range<usize>> {
    let document = DeTable::parse(text).ok()?;
    let mut found = None;
    let mut table: Option<&DeTable<'_>> = Some(document.get_ref());
    let mut list = None;
    for name in path {
        let value = if let Some(table) = table {
            let Some((key, value)) = table.iter().find(|(key, _)| key.get_ref() == name) else { break };
            found = Some(key.span());
            value
        } else {
            let items: &[toml::Spanned<DeValue<'_>>] = list?;
            let Some(item) = name.parse::<usize>().ok().and_then(|at| items.get(at)) else { break };
            found = Some(item.span());
            item
        };
        table = value.get_ref().as_table();
        list = value.get_ref().as_array().map(|items| &items[..]);
        if table.is_none() && list.is_none() {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_keys_and_items() {
        let text = "title = \"x\"\n[extra]\ntheme = 1\n[[taxonomies]]\nname = \"a\"\n[[taxonomies]]\nname = \"b\"\n\
                    [languages.en]\ntranslations = { \"a.b\" = \"c\" }\nglobs = [\"x\", \"y\"]\n";
        let line = |path: &[&str]| locate(text, path).map(|range| text[..range.start].matches('\n').count() + 1);
        assert_eq!(line(&["extra", "theme"]), Some(3));
        assert_eq!(line(&["taxonomies", "1", "name"]), Some(7));
        assert_eq!(line(&["languages", "en", "translations", "a.b"]), Some(9));
        assert_eq!(locate(text, &["languages", "en", "globs", "1"]).map(|range| &text[range]), Some("\"y\""));
        assert_eq!(line(&["languages", "en", "nope"]), Some(8));
        assert_eq!(line(&["nope"]), None);
    }
}
