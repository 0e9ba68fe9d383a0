//! Events and calls as iCalendar (RFC 5545, RFC 7986): for each language, for each list of a facet, for each event.

mod call;
mod event;
mod file;
mod words;
mod zone;

use self::file::Feed;
use self::words::word;
use crate::content::{Page, PageId};
use crate::render::{Body, Output};
use crate::template::Store;

/// Feeds of events and calls at the language's home, feeds of events beside the lists of facets, and a file beside each
/// event, so that it can be taken into one's own calendar.
pub(super) fn outputs(store: &Store) -> Vec<Output> {
    let config = &store.project.config;
    let mut outputs = vec![];
    for language in config.language_codes() {
        let home = config.language_prefix(language);
        let all = || (0..store.library.pages.len()).filter(|id| store.library.pages[*id].language == language);
        let events = of_kind(store, "event", all());
        if !events.is_empty() {
            let what = word(store, language, "calendar.events");
            outputs.push(events_feed(store, language, &what, &format!("{home}events.ics"), &events));
        }
        outputs.extend(events.iter().map(|id| single(store, *id)));
        let calls = of_kind(store, "call", all());
        if !calls.is_empty() {
            let path = format!("{home}calls.ics");
            let feed = feed(store, language, &word(store, language, "calendar.calls"), &path);
            let days = calls.iter().flat_map(|id| call::entries(store, *id));
            outputs.push(Output { path, body: Body::Text(file::text(language, Some(&feed), days)) });
        }
    }
    for (section, _, value) in store.facets.lists() {
        let events = of_kind(store, "event", value.pages.iter().copied());
        if !events.is_empty() {
            let path = format!("{}events.ics", value.path.trim_start_matches('/'));
            outputs.push(events_feed(store, &store.library.sections[section].language, &value.title, &path, &events));
        }
    }
    outputs
}

/// The pages of a kind that have an address and a text of their own, and are no examples.
fn of_kind(store: &Store, kind: &str, pages: impl Iterator<Item = PageId>) -> Vec<PageId> {
    let library = &store.library;
    let is_ignored = |id: PageId, page: &Page| {
        page.section().is_some_and(|section| library.sections[section].ignored_pages.contains(&id))
    };
    let belongs = |id: &PageId| {
        let page = &library.pages[*id];
        let is_shown = page.front.render && !page.hidden && page.fallback_of.is_none() && !page.is_example;
        is_shown && !is_ignored(*id, page) && store.values.of(*id).is_some_and(|(of, _)| *of == kind)
    };
    pages.filter(belongs).collect()
}

fn feed(store: &Store, language: &str, what: &str, path: &str) -> Feed {
    let config = &store.project.config;
    let site = config.language(language).title.clone();
    let name = site.map_or_else(|| what.to_string(), |site| format!("{what} – {site}"));
    Feed { name, address: config.permalink(path) }
}

/// The earliest first.
fn events_feed(store: &Store, language: &str, what: &str, path: &str, pages: &[PageId]) -> Output {
    let mut pages = pages.to_vec();
    pages.sort_by_key(|id| (event::start(store, *id), &store.library.pages[*id].path));
    let feed = feed(store, language, what, path);
    let events = pages.iter().filter_map(|id| event::entry(store, *id));
    Output { path: path.to_string(), body: Body::Text(file::text(language, Some(&feed), events)) }
}

fn single(store: &Store, id: PageId) -> Output {
    let page = &store.library.pages[id];
    let path = format!("{}{}.ics", page.path.trim_start_matches('/'), page.slug);
    Output { path, body: Body::Text(file::text(&page.language, None, event::entry(store, id))) }
}
