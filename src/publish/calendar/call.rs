//! The days of a call for proposals: the first and the last one.

use icalendar::{Component, Event, EventLike};
use jiff::ToSpan;

use super::file::{blank, plain, whole_days, words};
use super::words::word;
use crate::content::{PageDate, PageId};
use crate::source::Value;
use crate::template::Store;

/// The opening and the last day of a call, each a whole day of its own; what is past by more than a year is left out.
pub(super) fn entries(store: &Store, id: PageId) -> Vec<Event> {
    let Some((_, value)) = store.values.of(id) else { return vec![] };
    let page = &store.library.pages[id];
    let language = page.language.as_str();
    let title = page.front.title.as_deref().unwrap_or_else(|| page.reference());
    let since = store.project.today.saturating_sub(1.year());
    let mut events = vec![];
    for key in ["opens", "closes"] {
        let day = value[key].as_str().and_then(PageDate::parse).map(|date| date.day);
        let Some(day) = day.filter(|day| *day >= since) else { continue };
        let mut event = blank(store, page, key);
        whole_days(&mut event, day, day);
        let what = word(store, language, &format!("calendar.{key}"));
        event.append_property(words("SUMMARY", &format!("{what}: {title}"), language));
        event.append_property(words("DESCRIPTION", &description(store, id, value), language));
        event.categories([plain(&word(store, language, "calendar.call"))]);
        events.push(event);
    }
    events
}

fn description(store: &Store, id: PageId, value: &Value) -> String {
    let page = &store.library.pages[id];
    let said = |key: &str, text: &Value| {
        let text = text.as_str()?;
        Some(format!("{}: {text}", word(store, &page.language, key)))
    };
    let lines = [
        page.front.description.clone(),
        said("calendar.funder", &value["funder"]),
        said("calendar.link", &value["link"]),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}
