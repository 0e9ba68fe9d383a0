//! Grammars: the bundled ones and the site's own.

use std::collections::BTreeMap;
use std::path::Path;

use syntaxmate::{Catalog, GrammarRegistry, Highlighter, PreparedLanguage, TokenizedDocument, TokenizerOptions};

use crate::config::{Config, Highlighting};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::read_site_text;
use crate::text;

/// Names that people write for a language whose grammar has another.
const OTHER_NAMES: [(&str, &str); 4] = [("jinja2", "jinja"), ("tera", "jinja"), ("golang", "go"), ("patch", "diff")];

/// All grammars of a site.
#[derive(Debug)]
pub(super) struct Grammars {
    catalog: Catalog,
    bundled: Highlighter,
    own: BTreeMap<String, PreparedLanguage>,
}

/// A language that code can be written in: its grammar's own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Language(Option<String>);

impl Language {
    /// Text without colours.
    pub(super) const PLAIN: Self = Self(None);

    /// The name as written into the page.
    pub(super) fn name(&self) -> &str {
        self.0.as_deref().unwrap_or("plain")
    }
}

impl Grammars {
    /// The bundled grammars and those the configuration names.
    pub(super) fn load(root: &Path, config: &Config, options: &Highlighting, diagnostics: &mut Diagnostics) -> Self {
        let catalog = Catalog::bundled();
        let mut own = BTreeMap::new();
        for (at, path) in options.extra_grammars.iter().enumerate() {
            if let Some((names, language)) = diagnostics.take(read(root, config, path, at)) {
                own.extend(names.into_iter().map(|name| (name, language.clone())));
            }
        }
        Self { bundled: Highlighter::new(&catalog), catalog, own }
    }

    /// The language of this name; the site's own grammars come first.
    pub(super) fn find(&self, name: Option<&str>) -> Option<Language> {
        let Some(name) = name else { return Some(Language::PLAIN) };
        let lower = name.to_lowercase();
        if self.own.contains_key(&lower) {
            return Some(Language(Some(lower)));
        }
        if ["plain", "plaintext", "text", "txt"].contains(&lower.as_str()) {
            return Some(Language::PLAIN);
        }
        let name = OTHER_NAMES.iter().find(|(other, _)| *other == lower).map_or(lower.as_str(), |(_, name)| name);
        self.catalog.canonical_language(name).map(|id| Language(Some(id.to_string())))
    }

    /// A text in tokens; `None` for plain text.
    pub(super) fn tokenize(&self, language: &Language, text: &str) -> Option<TokenizedDocument> {
        let name = language.0.as_deref()?;
        match self.own.get(name) {
            Some(own) => Some(own.tokenizer(TokenizerOptions::default()).tokenize(text)),
            // The name was found in the catalog; a grammar that fails all the same leaves the text plain.
            None => self.bundled.tokenize(name, text).ok(),
        }
    }
}

/// A grammar file (`TextMate`, JSON): the names it goes by, all in lower case, and the grammar.
fn read(root: &Path, config: &Config, path: &str, at: usize) -> Result<(Vec<String>, PreparedLanguage), Diagnostic> {
    let invalid = |pl: &str, en: &str| {
        Diagnostic::error(
            Code::HighlightingInvalid,
            config.span(&["markdown", "highlighting", "extra_grammars", &at.to_string()]),
            text!("pliku gramatyki „{path}” nie da się użyć: {pl}", "the grammar `{path}` cannot be used: {en}"),
        )
        .help(text!(
            "gramatyka to plik TextMate w formacie JSON, ze ścieżką od folderu witryny",
            "a grammar is a TextMate file in JSON, its path starting from the site's folder"
        ))
    };
    let said = |error: &dyn std::fmt::Display| invalid(&error.to_string(), &error.to_string());
    let json =
        read_site_text(root, path).map_err(|diagnostic| invalid(&diagnostic.message.pl, &diagnostic.message.en))?;
    let value: serde_json::Value = serde_json::from_str(&json).map_err(|error| said(&error))?;
    let mut registry = GrammarRegistry::new();
    let id = registry.add_json(&json).map_err(|error| said(&error))?;
    let language = PreparedLanguage::new(&registry, id).map_err(|error| said(&error))?;
    let stem = Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let stem = stem.trim_end_matches(".tmLanguage").to_string();
    let texts = |key: &str| match &value[key] {
        serde_json::Value::String(one) => vec![one.clone()],
        serde_json::Value::Array(list) => list.iter().filter_map(|item| item.as_str().map(str::to_string)).collect(),
        _ => vec![],
    };
    let names = [texts("name"), texts("aliases"), texts("fileTypes"), vec![stem]].concat();
    Ok((names.into_iter().map(|name| name.to_lowercase()).collect(), language))
}
