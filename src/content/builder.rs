//! Files into pages and sections: front matter decoded, inherited, checked.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::address::{clean_path, is_part};
use super::front::{INHERITED_KEYS, INHERITED_SECTION_KEYS};
use super::library::new_section;
use super::{Library, PAGE_KEYS, Page, PageFront, SECTION_KEYS, Section, SectionFront, slugify};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Span, help_with_suggestion};
use crate::source::{ContentRole, MOST_TOLD, PageDateParts, Source, Step, Table, Value, decode_all, too_much};
use crate::text;

/// Most old addresses of one page: each is a file of the site.
const MOST_ALIASES: usize = 100;

/// Most terms of one page in one taxonomy: each makes a page of the site.
const MOST_TERMS: usize = 100;

/// Turns sources into pages and sections.
pub(super) struct Builder<'a> {
    pub(super) config: &'a Config,
    pub(super) block_keys: &'a [&'a str],
    pub(super) section_block_keys: &'a [&'a str],
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) library: Library,
}

impl Builder<'_> {
    fn lose(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
        self.library.complete = false;
    }

    /// `index.md` has no place in the root folder, nor beside an `_index.md`.
    pub(super) fn check_folders(&mut self, sources: &[Arc<Source>]) -> BTreeSet<String> {
        let mut misplaced = BTreeSet::new();
        let sections: BTreeSet<&[String]> = sources
            .iter()
            .filter(|source| source.name.role == ContentRole::Section)
            .map(|source| source.name.folders.as_slice())
            .collect();
        for source in sources.iter().filter(|source| source.name.role == ContentRole::Bundle) {
            let file = Span::file(&source.text.file);
            if source.name.folders.is_empty() {
                misplaced.insert(source.path.clone());
                self.lose(
                    Diagnostic::error(
                        Code::MisplacedIndex,
                        file,
                        text!(
                            "index.md nie może leżeć bezpośrednio w folderze content",
                            "index.md cannot stand in the content folder itself"
                        ),
                    )
                    .help(text!("stronę główną opisuje plik _index.md", "the home page is described by _index.md")),
                );
            } else if sections.contains(source.name.folders.as_slice()) {
                misplaced.insert(source.path.clone());
                self.lose(
                    Diagnostic::error(
                        Code::MisplacedIndex,
                        file,
                        text!(
                            "w jednym folderze są index.md i _index.md",
                            "index.md and _index.md stand in one folder"
                        ),
                    )
                    .help(text!(
                        "zostaw _index.md, jeśli to dział, albo index.md, jeśli to jedna strona",
                        "keep _index.md if this is a section, or index.md if it is a single page"
                    )),
                );
            }
        }
        misplaced
    }

    pub(super) fn add(&mut self, source: Arc<Source>, originals: &HashMap<String, Arc<Source>>) {
        let canonical = source.name.canonical();
        let original = (source.language != self.config.default_language).then(|| originals.get(&canonical)).flatten();
        let inherits = self.config.language(&source.language).inherit;
        let is_translation = inherits && source.language != self.config.default_language;
        if is_translation && original.is_none() {
            if self.library.lost.iter().any(|lost| lost.canonical() == canonical) {
                return;
            }
            let language = &source.language;
            let original = format!("content/{canonical}");
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::OriginalMissing,
                    Span::file(&source.text.file),
                    text!(
                        "to tłumaczenie ({language}) nie ma oryginału",
                        "this translation ({language}) has no original"
                    ),
                )
                .help(text!("dodaj plik {original} albo popraw nazwę", "add the file {original}, or mend the name")),
            );
        }
        let original = original.filter(|_| inherits).map(|original| &original.front.table);
        match source.name.role {
            ContentRole::Section => self.add_section(source, canonical, original),
            ContentRole::Bundle | ContentRole::Page => self.add_page(source, canonical, original),
        }
    }

    fn add_section(&mut self, source: Arc<Source>, canonical: String, original: Option<&Table>) {
        let mut table = source.front.table.clone();
        let known: Vec<&str> = SECTION_KEYS.iter().chain(self.section_block_keys).copied().collect();
        self.report_unknown(&source, &known, Severity::Error);
        let mut blocks = table.clone();
        blocks.retain(|key, _| self.section_block_keys.contains(&key.as_str()));
        table.retain(|key, _| SECTION_KEYS.contains(&key.as_str()));
        inherit(&mut table, original, INHERITED_SECTION_KEYS);
        let (front, problems) = decode_all::<SectionFront>(&table, &[]);
        self.report(&source, &problems);
        let Some(front) = front else { return };
        self.check_section(&source, &front);
        let language = source.language.clone();
        let folders = source.name.folders.clone();
        let section = new_section(Some(source), &language, canonical, folders, front);
        self.library.sections.push(Section { blocks, ..section });
    }

    fn add_page(&mut self, source: Arc<Source>, canonical: String, original: Option<&Table>) {
        let known: Vec<&str> = PAGE_KEYS.iter().chain(self.block_keys).copied().collect();
        let severity = if self.config.strict { Severity::Error } else { Severity::Hint };
        self.report_unknown(&source, &known, severity);
        let (mut table, mut blocks) = (Table::new(), Table::new());
        for (key, value) in &source.front.table {
            if PAGE_KEYS.contains(&key.as_str()) {
                table.insert(key.clone(), value.clone());
            } else if self.block_keys.contains(&key.as_str()) {
                blocks.insert(key.clone(), value.clone());
            }
        }
        inherit(&mut table, original, INHERITED_KEYS);
        let (front, problems) = decode_all::<PageFront>(&table, &[]);
        self.report(&source, &problems);
        let Some(mut front) = front else { return };
        let slug = self.slug(&source, &mut front);
        self.check_page(&source, &front, &slug);
        self.translate_terms(&source.language, &mut front);
        self.library.pages.push(Page {
            language: source.language.clone(),
            canonical,
            blocks,
            slug,
            path: String::new(),
            permalink: String::new(),
            assets: vec![],
            fallback_of: None,
            ancestors: vec![],
            is_example: false,
            hidden: front.hidden.unwrap_or(false),
            lower: None,
            higher: None,
            front,
            source,
        });
    }

    /// The slug, from front matter or the name; a date in the name becomes the page's date where it has none.
    fn slug(&self, source: &Source, front: &mut PageFront) -> String {
        let PageDateParts { date, rest } = PageDateParts::of(source.name.base());
        if front.date.is_none() {
            front.date = date.and_then(super::PageDate::parse);
        }
        let name = if self.config.slugify.paths_keep_dates { source.name.base() } else { rest };
        slugify(front.slug.as_deref().unwrap_or(name), self.config.slugify.paths)
    }

    /// Terms written for the default language get the names the configuration gives them in this one.
    fn translate_terms(&self, language: &str, front: &mut PageFront) {
        for taxonomy in &self.config.language(language).taxonomies {
            for term in front.taxonomies.get_mut(&taxonomy.name).into_iter().flatten() {
                *term = taxonomy.term(term).to_string();
            }
        }
    }

    fn check_page(&mut self, source: &Source, front: &PageFront, slug: &str) {
        let empty = |key: &str| {
            Diagnostic::error(
                Code::InvalidValue,
                source.front.value_span(&source.text, &[Step::key(key)]),
                text!("„{key}” nie może być adresem", "`{key}` cannot be an address"),
            )
            .help(text!(
                "wpisz słowa bez „..”, „//”, „?” i „#”, np. {key}: plac-centralny",
                "write words without `..`, `//`, `?` and `#`, for example {key}: central-square"
            ))
        };
        if front.path.as_ref().is_some_and(|path| clean_path(path).is_none()) {
            self.lose(empty("path"));
        } else if front.path.is_none() && clean_path(slug).is_none() {
            self.lose(empty("slug"));
        }
        self.check_aliases(source, &front.aliases);
        let taxonomies = &self.config.language(&source.language).taxonomies;
        let configured: Vec<&str> = taxonomies.iter().map(|taxonomy| taxonomy.name.as_str()).collect();
        for (name, terms) in &front.taxonomies {
            let path = [Step::key("taxonomies"), Step::key(name)];
            if terms.len() > MOST_TERMS && !self.config.trusts(&source.path) {
                self.lose(too_much(
                    source.front.key_span(&source.text, &path),
                    text!("ponad {MOST_TERMS} haseł na jednej stronie", "more than {MOST_TERMS} terms on one page"),
                    text!("zostaw te, po których ktoś szuka", "keep those that somebody looks for"),
                ));
                continue;
            }
            if !configured.contains(&name.as_str()) {
                let known = configured.clone();
                let language = &source.language;
                self.lose(
                    Diagnostic::error(
                        Code::UnknownTaxonomy,
                        source.front.key_span(&source.text, &path),
                        text!(
                            "taksonomii „{name}” nie ma w konfiguracji języka {language}",
                            "the taxonomy `{name}` is not configured for the language {language}"
                        ),
                    )
                    .help(if known.is_empty() {
                        text!("dopisz ją w huta.toml pod [[taxonomies]]", "add it to huta.toml under [[taxonomies]]")
                    } else {
                        help_with_suggestion(name, &known)
                    }),
                );
            }
            let mode = self.config.slugify.taxonomies;
            let cannot = |term: &str| term.trim().is_empty() || !is_part(&slugify(term, mode));
            for (at, _) in terms.iter().enumerate().filter(|(_, term)| cannot(term)) {
                let path = [&path[..], &[Step::Index(at)]].concat();
                self.lose(
                    Diagnostic::error(
                        Code::InvalidValue,
                        source.front.value_span(&source.text, &path),
                        text!(
                            "z tego hasła w „{name}” nie da się zrobić adresu",
                            "no address can be made of this term of `{name}`"
                        ),
                    )
                    .help(text!(
                        "wpisz słowo z liter albo usuń ten element",
                        "write a word with letters, or remove the item"
                    )),
                );
            }
        }
    }

    fn check_aliases(&mut self, source: &Source, aliases: &[String]) {
        if aliases.len() > MOST_ALIASES && !self.config.trusts(&source.path) {
            self.lose(too_much(
                source.front.key_span(&source.text, &[Step::key("aliases")]),
                text!("ponad {MOST_ALIASES} dawnych adresów", "more than {MOST_ALIASES} old addresses"),
                text!("zostaw te, pod które ktoś jeszcze zagląda", "keep those that people still use"),
            ));
            return;
        }
        for (at, alias) in aliases.iter().enumerate().filter(|(_, alias)| clean_path(alias).is_none()) {
            self.lose(
                Diagnostic::error(
                    Code::InvalidValue,
                    source.front.value_span(&source.text, &[Step::key("aliases"), Step::Index(at)]),
                    text!("„{alias}” nie może być dawnym adresem", "`{alias}` cannot be an old address"),
                )
                .help(text!(
                    "wpisz ścieżkę w tej witrynie, bez „..”, „//”, „?” i „#”, np. stare/miejsce",
                    "write a path of this site, without `..`, `//`, `?` and `#`, for example old/place"
                )),
            );
        }
    }

    fn check_section(&mut self, source: &Source, front: &SectionFront) {
        let slug = front.slug.as_ref().map(|slug| slugify(slug, self.config.slugify.paths));
        let paginate_path = Some(&front.paginate_path).filter(|path| !path.is_empty());
        let bad = [
            ("slug", slug.is_some_and(|slug| !is_part(&slug))),
            ("paginate_path", paginate_path.is_some_and(|path| clean_path(path).is_none())),
        ];
        for (key, _) in bad.into_iter().filter(|(_, bad)| *bad) {
            self.lose(
                Diagnostic::error(
                    Code::InvalidValue,
                    source.front.value_span(&source.text, &[Step::key(key)]),
                    text!("„{key}” nie może być częścią adresu", "`{key}` cannot be part of an address"),
                )
                .help(text!("wpisz jedno słowo, np. {key}: miejsca", "write one word, for example {key}: places")),
            );
        }
        self.check_aliases(source, &front.aliases);
    }

    fn report(&mut self, source: &Source, problems: &[crate::source::Problem]) {
        for problem in problems {
            self.lose(problem.diagnostic(&[], &source.front, &source.text));
        }
    }

    fn report_unknown(&mut self, source: &Source, known: &[&str], severity: Severity) {
        for key in source.front.table.keys().filter(|key| !known.contains(&key.as_str())).take(MOST_TOLD) {
            let diagnostic = Diagnostic::error(
                Code::UnknownKey,
                source.front.key_span(&source.text, &[Step::key(key)]),
                text!("nieznany klucz „{key}”", "unknown key `{key}`"),
            )
            .help(
                match replaced(key).or_else(|| crate::diagnostic::did_you_mean(key, known.iter().copied())) {
                    Some(near) => text!("czy chodziło o „{near}”?", "did you mean `{near}`?"),
                    None => text!("własne dane wpisz pod „extra”", "your own data go under `extra`"),
                },
            );
            // The key is told about and left out: no page is lost by it.
            self.diagnostics.push(Diagnostic { severity, ..diagnostic });
        }
    }
}

/// What took the place of a key that older versions of Zola had.
fn replaced(key: &str) -> Option<&'static str> {
    let known = [
        ("generate_feed", "generate_feeds"),
        ("generate_rss", "generate_feeds"),
        ("order", "weight"),
        ("tags", "taxonomies"),
        ("category", "taxonomies"),
        ("categories", "taxonomies"),
        ("author", "authors"),
    ];
    known.into_iter().find(|(old, _)| *old == key).map(|(_, new)| new)
}

/// Adds what the original says and the translation does not; `extra` key by key.
fn inherit(table: &mut Table, original: Option<&Table>, keys: &[&str]) {
    let Some(original) = original else { return };
    for key in keys {
        let Some(value) = original.get(*key) else { continue };
        match (table.get_mut(*key), value) {
            (None, value) => {
                table.insert((*key).to_string(), value.clone());
            }
            (Some(Value::Object(own)), Value::Object(theirs)) if *key == "extra" => {
                for (name, value) in theirs {
                    if !own.contains_key(name) {
                        own.insert(name.clone(), value.clone());
                    }
                }
            }
            _ => {}
        }
    }
}
