//! An event of the calendar as `VEVENT`.

use icalendar::{Component, Event, EventLike};

use super::file::{blank, plain, when, whole_days, words};
use super::words::word;
use crate::content::PageId;
use crate::guide::Moment;
use crate::source::Value;
use crate::template::Store;

/// When the event of a page starts.
pub(super) fn start(store: &Store, id: PageId) -> Option<Moment> {
    moment(&store.values.of(id)?.1, "start")
}

/// The event of a page.
pub(super) fn entry(store: &Store, id: PageId) -> Option<Event> {
    let page = &store.library.pages[id];
    let (_, value) = store.values.of(id)?;
    let language = page.language.as_str();
    let start = start(store, id)?;
    let mut event = blank(store, page, "");
    match (start.time, moment(value, "end")) {
        (None, end) => whole_days(&mut event, start.day, end.map_or(start.day, |end| end.day)),
        // Without an end nobody knows how long it takes, and none is made up.
        (Some(_), end) => {
            event.append_property(when("DTSTART", start));
            if let Some(end) = end {
                event.append_property(when("DTEND", end));
            }
        }
    }
    let title = page.front.title.as_deref().unwrap_or_else(|| page.reference());
    let is_cancelled = value["cancelled"] == Value::Bool(true);
    // Not every program shows the status.
    let summary =
        if is_cancelled { format!("{}: {title}", word(store, language, "calendar.cancelled")) } else { title.into() };
    event.append_property(words("SUMMARY", &summary, language));
    if is_cancelled {
        event.add_property("STATUS", "CANCELLED");
    }
    let description = description(store, id, value);
    if !description.is_empty() {
        event.append_property(words("DESCRIPTION", &description, language));
    }
    if let Some(location) = location(store, id, value) {
        event.append_property(words("LOCATION", &location, language));
    }
    if let Some((latitude, longitude)) = value["at"][0].as_f64().zip(value["at"][1].as_f64()) {
        event.add_property("GEO", format!("{latitude:.6};{longitude:.6}"));
    }
    if let Some(of) = value["type"].as_str() {
        event.categories([plain(&word(store, language, &format!("event.{of}")))]);
    }
    Some(event)
}

fn moment(value: &Value, key: &str) -> Option<Moment> {
    Moment::parse(value[key].as_str()?)
}

/// The page's own description, and what one must know before going.
fn description(store: &Store, id: PageId, value: &Value) -> String {
    let page = &store.library.pages[id];
    let said = |key: &str, text: &Value| {
        let text = text.as_str()?;
        Some(format!("{}: {text}", word(store, &page.language, key)))
    };
    let late = value["late_notice"].as_bool().filter(|late| *late).and_then(|_| {
        let announced = value["announced"].as_str()?.get(..10)?;
        Some(format!("{} {announced}.", word(store, &page.language, "calendar.late_notice")))
    });
    let lines = [
        page.front.description.clone(),
        late,
        said("calendar.organiser", &value["organiser_title"]),
        said("calendar.online", &value["online"]),
        said("calendar.link", &value["link"]),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The place and its address; where there is neither, the address on the net.
fn location(store: &Store, id: PageId, value: &Value) -> Option<String> {
    let named = store.guide.block(id).and_then(|block| {
        let (_, name) = block.references().into_iter().find(|(kind, _)| *kind == "place")?;
        store.guide.named(&store.library, id, "place", name)
    });
    let of_place = named.and_then(|place| store.values.of(place)?.1["address"].as_str());
    let address = value["address"].as_str().or(of_place);
    let title = value["place"]["title"].as_str();
    // An address that begins with the name of the place says it already.
    let title = title.filter(|title| !address.is_some_and(|of| of.to_lowercase().starts_with(&title.to_lowercase())));
    let parts: Vec<&str> = title.into_iter().chain(address).collect();
    if parts.is_empty() { value["online"].as_str().map(str::to_string) } else { Some(parts.join(", ")) }
}
