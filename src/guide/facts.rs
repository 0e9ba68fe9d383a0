//! What every kind says about its facts: sources, and when they were checked.

use jiff::Span;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check::{Checker, WebAddress};
use crate::config::Config;
use crate::content::{Library, Page, PageDate};
use crate::diagnostic::Code;
use crate::language::{Tongue, written_in};
use crate::markdown::typeset_for;
use crate::source::{Step, Value};
use crate::text;

/// Keys beside the kinds' blocks.
pub(super) const KEYS: &[&str] = &["sources", "verified", "example"];

/// Months after which facts should be checked again.
const FRESH_MONTHS: i32 = 12;

/// Source: where a fact comes from.
///
/// pl: Źródło – skąd to wiemy.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactSource {
    /// Title: of the page, book or document.
    ///
    /// pl: Tytuł – strony, książki albo dokumentu.
    pub title: String,
    /// Address: from `https://` on.
    ///
    /// pl: Adres – od `https://`.
    #[schemars(with = "Option<WebAddress>")]
    pub url: Option<String>,
    /// Read: the day somebody read it, for example 2026-11-23.
    ///
    /// pl: Kiedy czytano – dzień, np. 2026-11-23.
    #[serde(default, serialize_with = "as_text")]
    pub read: Option<PageDate>,
}

/// The keys of this file as one struct.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub(super) struct Facts {
    /// Sources: where the facts come from.
    ///
    /// pl: Źródła – skąd pochodzą informacje.
    #[serde(default)]
    pub(super) sources: Vec<FactSource>,
    /// Facts checked: the day somebody checked them, for example 2026-11-23.
    ///
    /// pl: Fakty sprawdzono – dzień, w którym ktoś je sprawdził, np. 2026-11-23.
    pub(super) verified: Option<PageDate>,
    // Whether the page is an invented example: see `mark_examples`.
    /// Example: true if everything on the page is invented.
    ///
    /// pl: Przykład – true, jeśli wszystko na tej stronie jest wymyślone.
    #[serde(default, rename = "example")]
    _example: bool,
}
impl Facts {
    pub(super) fn check(&self, checker: &mut Checker<'_>) {
        for (at, source) in self.sources.iter().enumerate() {
            if let Some(url) = &source.url {
                checker.web_address(&[Step::key("sources"), Step::Index(at), Step::key("url")], url);
            }
        }
        if let Some(verified) = self.verified.as_ref().filter(|verified| is_old(verified, checker.today)) {
            let day = verified.day;
            checker.stale(
                Code::VerifiedLongAgo,
                &[Step::key("verified")],
                text!("fakty sprawdzono ponad rok temu ({day})", "the facts were checked more than a year ago ({day})"),
                text!(
                    "sprawdź je u źródła i wpisz dzisiejszą datę; do tego czasu strona mówi, że mogły się zmienić",
                    "check them at their source and write today's date; until then the page says that they may have changed"
                ),
            );
        }
    }
}

/// Whether a check is too long ago to be relied on.
#[must_use]
pub fn is_old(checked: &PageDate, today: Date) -> bool {
    let until = checked.day.checked_add(Span::new().months(FRESH_MONTHS)).unwrap_or(Date::MAX);
    until < today
}

/// Sources as templates see them: `[{title, lang, url, read}]`. A title is in the usual language unless it is plainly
/// in another.
#[must_use]
pub(crate) fn source_values(sources: &[FactSource], usual: &str, config: &Config) -> Value {
    let value = |source: &FactSource| {
        let language = Tongue::of(usual).map_or(usual, |tongue| written_in(&source.title, tongue).code());
        let title = typeset_for(config, &source.title, language);
        let read = source.read.as_ref().map(|read| read.text.as_str());
        serde_json::json!({ "title": title, "lang": language, "url": source.url, "read": read })
    };
    sources.iter().map(value).collect()
}

/// Serialises a date as it was written.
#[allow(clippy::ref_option)] // The signature is serde's.
pub(super) fn as_text<S: serde::Serializer>(date: &Option<PageDate>, serializer: S) -> Result<S::Ok, S::Error> {
    date.as_ref().map(|date| &date.text).serialize(serializer)
}

/// Marks the pages whose original says `example: true`: they stay out of search and feeds, and everybody else who counts or
/// exports pages asks for the mark.
pub fn mark_examples(library: &mut Library, language: &str) {
    let says_so = |page: &Page| page.blocks.get("example").and_then(Value::as_bool) == Some(true);
    let examples: Vec<bool> = library
        .pages
        .iter()
        .map(|page| {
            let original = library.page(&page.canonical, language).map(|id| &library.pages[id]);
            says_so(page) || original.is_some_and(says_so)
        })
        .collect();
    for (page, is_example) in library.pages.iter_mut().zip(examples).filter(|(_, is_example)| *is_example) {
        page.is_example = is_example;
        page.front.in_search_index = false;
        page.front.include_in_feeds = false;
    }
}
