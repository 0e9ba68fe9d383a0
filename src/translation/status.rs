//! How far the translations of a site are, page by page.

use std::sync::Arc;

use jiff::civil::Date;
use pulldown_cmark::Options;

use super::{Change, KEY, Part, Stamp, parts};
use crate::config::Project;
use crate::content::{Library, PageDate};
use crate::diagnostic::Text;
use crate::guide::is_old;
use crate::language::Noun;
use crate::markdown::parser_options;
use crate::source::{Source, Value};
use crate::text;

/// How a translation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There is none.
    Missing,
    /// Nobody has said which version of the original it follows.
    Unstamped,
    /// The original has changed since; what, in the words of [`Row::change`].
    Stale(Vec<Change>),
    /// It says what the original says.
    Current,
}

impl State {
    /// Its name for programs and templates.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unstamped => "unstamped",
            Self::Stale(_) => "stale",
            Self::Current => "current",
        }
    }
}

/// An original and its translation into one language.
#[derive(Debug, Clone)]
pub struct Row {
    /// First folder below `content/`, empty for the home page.
    pub section: String,
    /// The original.
    pub original: Arc<Source>,
    /// Language of the translation.
    pub language: String,
    /// The translation's file below `content/`, there or not.
    pub file: String,
    /// The translation.
    pub translation: Option<Arc<Source>>,
    /// Title and address of the original.
    pub title: Option<String>,
    /// Full address of the version in this language: the fallback's where there is no translation.
    pub permalink: String,
    /// Texts of the original as they are now.
    pub parts: Vec<Part>,
    /// How it stands.
    pub state: State,
}

impl Row {
    /// One change in words: what became of which text, and its line in the original.
    #[must_use]
    pub fn change(&self, change: &Change) -> Text {
        let at = |at: usize| self.parts.get(at).map(|part| (part.name(), part.span(&self.original).line));
        match change {
            Change::Changed(part) => match at(*part) {
                Some((name, line)) => Text {
                    pl: format!("zmieniono {} (wiersz {line})", name.pl),
                    en: format!("changed: {} (line {line})", name.en),
                },
                None => text!("tekst się zmienił", "the text has changed"),
            },
            Change::Added(part) => match at(*part) {
                Some((name, line)) => Text {
                    pl: format!("dodano {} (wiersz {line})", name.pl),
                    en: format!("added: {} (line {line})", name.en),
                },
                None => text!("dodano tekst", "a text was added"),
            },
            Change::Removed { before, count } => {
                let (pl, en) = (TEXTS.pl(*count), TEXTS.en(*count));
                match at(*before) {
                    Some((name, line)) => Text {
                        pl: format!("usunięto {pl} przed {} (wiersz {line})", name.pl),
                        en: format!("removed: {en} before {} (line {line})", name.en),
                    },
                    None => text!("usunięto {pl} na końcu", "removed: {en} at the end"),
                }
            }
        }
    }
}

/// What a text is counted as.
const TEXTS: Noun = Noun { pl: ["tekst", "teksty", "tekstów"], en: ["text", "texts"] };

/// Kinds that say in their own block when they were checked.
const CHECKED: [(&str, &str); 2] = [("chapter", "reviewed"), ("commitment", "checked")];

/// A page whose facts should be looked at again.
#[derive(Debug, Clone)]
pub struct Unverified {
    /// The file below `content/`.
    pub file: String,
    /// Its title.
    pub title: Option<String>,
    /// Its address.
    pub permalink: String,
    /// The day they were checked; `None` for facts with sources that nobody has ever said to have checked.
    pub verified: Option<Date>,
}

/// The whole site.
#[derive(Debug, Clone, Default)]
pub struct Status {
    /// Every original in every other language, in the order of files.
    pub rows: Vec<Row>,
    /// Pages whose facts were not checked for long, the longest first.
    pub unverified: Vec<Unverified>,
}

impl Status {
    /// Looks at every original.
    #[must_use]
    pub fn of(library: &Library, project: &Project) -> Self {
        let config = &project.config;
        let options = parser_options(config);
        let others: Vec<&str> = config.language_codes().filter(|code| *code != config.default_language).collect();
        let mut status = Self::default();
        for page in &library.pages {
            if page.language != config.default_language {
                continue;
            }
            for language in &others {
                let version = library.page(&page.canonical, language).map(|id| &library.pages[id]);
                let own = version.filter(|version| version.fallback_of.is_none()).map(|version| &version.source);
                let permalink = version.map_or(&page.permalink, |version| &version.permalink);
                let mut row = row(&page.source, own, language, options);
                row.title.clone_from(&page.front.title);
                row.permalink.clone_from(permalink);
                status.rows.push(row);
            }
            let by_kind = CHECKED.iter().find_map(|(kind, key)| page.blocks.get(*kind)?.get(key));
            let verified = page.blocks.get("verified").or(by_kind).and_then(Value::as_str).and_then(PageDate::parse);
            let has_sources = page.blocks.contains_key("sources");
            let is_due = verified.as_ref().map_or(has_sources, |verified| is_old(verified, project.today));
            if is_due && !page.is_example {
                status.unverified.push(Unverified {
                    file: page.source.path.clone(),
                    title: page.front.title.clone(),
                    permalink: page.permalink.clone(),
                    verified: verified.map(|verified| verified.day),
                });
            }
        }
        for section in library.sections.iter().filter(|section| section.language == config.default_language) {
            let Some(source) = &section.source else { continue };
            for language in &others {
                let version = library.section(&section.canonical, language).map(|id| &library.sections[id]);
                let own = version.filter(|version| version.fallback_of.is_none());
                let permalink = version.map_or(&section.permalink, |version| &version.permalink);
                let mut row = row(source, own.and_then(|own| own.source.as_ref()), language, options);
                row.title.clone_from(&section.front.title);
                row.permalink.clone_from(permalink);
                status.rows.push(row);
            }
        }
        status.rows.sort_by(|a, b| (&a.section, &a.file).cmp(&(&b.section, &b.file)));
        status.unverified.sort_by(|a, b| (a.verified, &a.file).cmp(&(b.verified, &b.file)));
        status
    }
}

fn row(original: &Arc<Source>, own: Option<&Arc<Source>>, language: &str, options: Options) -> Row {
    let parts = parts(original, options);
    let state = match own {
        None => State::Missing,
        Some(own) => {
            let stamp = own.front.table.get(KEY).and_then(Value::as_str).and_then(Stamp::parse);
            match stamp.map(|stamp| stamp.changes(&Stamp::of(&parts))) {
                None => State::Unstamped,
                Some(changes) if changes.is_empty() => State::Current,
                Some(changes) => State::Stale(changes),
            }
        }
    };
    let expected = || format!("{}.{language}.md", original.path.trim_end_matches(".md"));
    Row {
        section: original.path.split_once('/').map(|(first, _)| first.to_string()).unwrap_or_default(),
        file: own.map_or_else(expected, |own| own.path.clone()),
        original: Arc::clone(original),
        language: language.to_string(),
        translation: own.cloned(),
        title: None,
        permalink: String::new(),
        parts,
        state,
    }
}
