//! An event that one can go to.

use serde_json::{Value, json};

use super::node::{linked, node, with};
use super::page::{Said, Subject};
use super::place::named;
use crate::guide::Moment;

pub(super) fn said(subject: &Subject<'_>, event: &Value) -> Said {
    let of = event["type"].as_str().unwrap_or_default();
    let place = named(subject, event);
    let online = event["online"].as_str().map(|url| node("VirtualLocation", [("url", url.into())]));
    // A deadline is nothing to go to, and neither is what nobody says the place of.
    if of == "deadline" || place.is_null() && online.is_none() {
        return Said { thing: subject.text("Article", "event"), ..Said::default() };
    }
    let kind = match of {
        "concert" => "MusicEvent",
        "exhibition" => "ExhibitionEvent",
        "festival" => "Festival",
        "workshop" => "EducationEvent",
        "sport" => "SportsEvent",
        "picnic" => "SocialEvent",
        _ => "Event",
    };
    let mode = match (place.is_null(), &online) {
        (true, _) => "OnlineEventAttendanceMode",
        (false, Some(_)) => "MixedEventAttendanceMode",
        (false, None) => "OfflineEventAttendanceMode",
    };
    let status = if event["cancelled"] == json!(true) { "EventCancelled" } else { "EventScheduled" };
    let locations: Vec<Value> = [Some(place).filter(|place| !place.is_null()), online].into_iter().flatten().collect();
    let location = if let [only] = &locations[..] { only.clone() } else { locations.into() };
    let organiser = &event["organiser"];
    let organiser = if organiser.is_object() {
        linked("Organization", organiser)
    } else {
        node("Organization", [("name", event["organiser_title"].clone())])
    };
    let thing = with(
        subject.thing(kind, "event"),
        [
            ("startDate", when(&event["start"])),
            ("endDate", when(&event["end"])),
            ("eventStatus", format!("https://schema.org/{status}").into()),
            ("eventAttendanceMode", format!("https://schema.org/{mode}").into()),
            ("location", location),
            ("organizer", organiser),
            ("sameAs", event["link"].clone()),
        ],
    );
    Said { thing, ..Said::default() }
}

/// A day, or an instant with the offset that the clocks of Kraków have then.
fn when(moment: &Value) -> Value {
    moment.as_str().and_then(Moment::parse).map(Moment::with_offset).into()
}
