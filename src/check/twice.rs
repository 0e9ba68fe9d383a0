//! Titles and descriptions that are said of one page only.

use std::collections::BTreeMap;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Source, Step};
use crate::text;

/// Tells the second page of a language with a title, or with a description: in lists, tabs and search results nobody could
/// tell the two apart.
pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let library = subject.library;
    let pages = library.pages.iter().filter(|page| page.fallback_of.is_none() && page.front.render);
    let pages = pages.map(|page| (&*page.source, &page.front.title, &page.front.description));
    let sections = library.sections.iter().filter(|section| section.fallback_of.is_none() && section.front.render);
    let sections = sections
        .filter_map(|section| Some((section.source.as_deref()?, &section.front.title, &section.front.description)));
    let mut all: Vec<_> = pages.chain(sections).collect();
    all.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    let mut titles = BTreeMap::new();
    let mut descriptions = BTreeMap::new();
    for (source, title, description) in all {
        if let Some((title, first)) = again(&mut titles, source, title.as_ref()) {
            let place = source.front.value_span(&source.text, &[Step::key("title")]);
            let told = text!("tytuł „{title}” ma też {first}", "the title `{title}` is also that of {first}");
            // A place and the organisation in it may bear one name; two places may not.
            let is_near = section(&source.text.file) == section(first);
            let new = if is_near { Diagnostic::warning } else { Diagnostic::hint };
            diagnostics.push(new(Code::TitleTwice, place, told).help(text!(
                "dodaj do jednego z nich to, co je różni, np. miejsce albo rok",
                "add to one of them what sets it apart, for example a place or a year"
            )));
        }
        if let Some((_, first)) = again(&mut descriptions, source, description.as_ref()) {
            let place = source.front.value_span(&source.text, &[Step::key("description")]);
            diagnostics.push(
                Diagnostic::hint(
                    Code::DescriptionTwice,
                    place,
                    text!("taki sam opis (description) ma {first}", "{first} has the same description"),
                )
                .help(text!(
                    "napisz jedno zdanie tylko o tej stronie: pokazują je listy i wyszukiwarki",
                    "write one sentence about this page only: lists and search engines show it"
                )),
            );
        }
    }
}

/// The first folder below `content/`.
fn section(file: &str) -> &str {
    file.split('/').nth(1).unwrap_or_default()
}

/// The words, and the file that said them first, if one did.
fn again<'a>(
    said: &mut BTreeMap<(&'a str, String), &'a str>,
    source: &'a Source,
    words: Option<&'a String>,
) -> Option<(&'a str, &'a str)> {
    let words = words?.trim();
    let key = (source.language.as_str(), words.to_lowercase());
    if let Some(first) = said.get(&key) {
        return Some((words, first));
    }
    said.insert(key, &source.text.file);
    None
}
