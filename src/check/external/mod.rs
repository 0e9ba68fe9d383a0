//! Links to other sites: each address is asked once, politely, and only when a check is told to.

mod ask;
mod cache;

use std::collections::{BTreeMap, BTreeSet};

use self::ask::{Answer, Asker};
use self::cache::Cache;
use super::Text;
use crate::config::Project;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::source::{Source, Step, Value};
use crate::text;

/// Asks every address of texts and front matter and tells those that lead nowhere, have moved, or could not be asked.
pub(super) fn check(project: &Project, texts: &[Text<'_>], diagnostics: &mut Diagnostics) {
    let config = &project.config;
    let is_asked = |url: &str| {
        let skipped = &config.link_checker.skip_prefixes;
        is_address(url)
            && !(config.base_url.len() > 1 && url.starts_with(&config.base_url))
            && !skipped.iter().any(|prefix| url.starts_with(prefix))
    };
    let mut places: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for (url, place) in texts.iter().flat_map(addresses).filter(|(url, _)| is_asked(url)) {
        let page = url.split('#').next().unwrap_or_default().to_string();
        places.entry(page).or_default().push(place);
    }
    let mut cache = Cache::read(&project.root, project.today, config.check.external_days);
    let unknown: BTreeSet<&str> = places.keys().map(String::as_str).filter(|url| cache.get(url).is_none()).collect();
    let answers = Asker::new(&config.check).ask(&unknown);
    for (url, answer) in &answers {
        cache.put(url, answer);
    }
    diagnostics.extend(cache.write());
    for (url, places) in &places {
        let Some(answer) = answers.get(url.as_str()).cloned().or_else(|| cache.get(url)) else { continue };
        for place in places {
            diagnostics.extend(told(url, &answer, place.clone(), project));
        }
    }
}

fn told(url: &str, answer: &Answer, place: Span, project: &Project) -> Option<Diagnostic> {
    match answer {
        Answer::Fine => None,
        Answer::Moved(to) => Some(
            Diagnostic::hint(
                Code::ExternalLinkMoved,
                place,
                text!("strona {url} przeniosła się na stałe", "the page {url} has moved for good"),
            )
            .help(text!("wpisz nowy adres: {to}", "write the new address: {to}")),
        ),
        Answer::Broken(why) => {
            let broken = Diagnostic::error(
                Code::ExternalLinkBroken,
                place,
                text!("odnośnik prowadzi donikąd: {url} ({why})", "the link leads nowhere: {url} ({why})"),
            );
            let severity = project.config.link_checker.external_level.severity();
            Some(Diagnostic { severity, ..broken }.help(text!(
                "otwórz go w przeglądarce; wpisz nowy adres, kopię z archiwum (web.archive.org) albo usuń odnośnik",
                "open it in a browser; write the new address, a copy in an archive (web.archive.org), or remove the link"
            )))
        }
        Answer::Unknown(why) => Some(
            Diagnostic::hint(
                Code::ExternalLinkUnknown,
                place,
                text!(
                    "nie wiadomo, czy strona {url} działa ({why})",
                    "nobody knows whether the page {url} works ({why})"
                ),
            )
            .help(text!(
                "otwórz ją w przeglądarce; jeśli działa, nic nie zmieniaj",
                "open it in a browser; if it works, change nothing"
            )),
        ),
    }
}

/// Addresses in a text and its front matter, each with its place.
fn addresses(text: &Text<'_>) -> Vec<(String, Span)> {
    let links = &text.document.links;
    let mut found: Vec<(String, Span)> =
        links.iter().map(|link| (link.to.clone(), text.source.text.span(link.place.clone()))).collect();
    for (key, value) in &text.source.front.table {
        values(value, &[Step::key(key)], text.source, &mut found);
    }
    found
}

fn values(value: &Value, path: &[Step], source: &Source, found: &mut Vec<(String, Span)>) {
    let below = |step: Step| [path, &[step]].concat();
    match value {
        Value::String(url) if is_address(url) => {
            found.push((url.clone(), source.front.value_span(&source.text, path)));
        }
        Value::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                values(item, &below(Step::Index(index)), source, found);
            }
        }
        Value::Object(table) => {
            for (key, item) in table {
                values(item, &below(Step::key(key)), source, found);
            }
        }
        _ => {}
    }
}

fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(char::is_whitespace)
}
