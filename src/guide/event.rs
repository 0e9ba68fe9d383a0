//! An event of the calendar.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Coordinates;
use super::block::{Block, BlockContext, Kind, decode_block, table};
use super::check::Checker;
use super::column::one;
use super::facet::Facet;
use super::facts::as_text;
use super::moment::Moment;
use crate::content::PageDate;
use crate::diagnostic::Code;
use crate::source::{Step, Value};
use crate::text;

pub(super) static KIND: Kind = Kind {
    name: "event",
    plural: "events",
    required: &["start", "type"],
    texts: &["address", "by"],
    keyed: &[],
    facets: &[
        Facet { name: "type", path: "type", words: "event" },
        Facet { name: "organiser", path: "organiser.name", words: "" },
    ],
    columns: &[
        one("start", "start"),
        one("end", "end"),
        one("type", "type"),
        one("cancelled", "cancelled"),
        one("place", "place.title"),
        one("address", "address"),
        one("latitude", "at.0"),
        one("longitude", "at.1"),
        one("online", "online"),
        one("organiser", "organiser_title"),
        one("announced", "announced"),
        one("notice_days", "notice_days"),
        one("link", "link"),
    ],
    decode: decode_block::<Event>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    start: Moment,
    end: Option<Moment>,
    r#type: EventType,
    place: Option<String>,
    at: Option<Coordinates>,
    address: Option<String>,
    /// Where one joins on the net.
    online: Option<String>,
    /// An organisation of the guide.
    organiser: Option<String>,
    /// Another organiser, as text.
    by: Option<String>,
    /// The day the invitation was published.
    #[serde(default, serialize_with = "as_text")]
    announced: Option<PageDate>,
    /// The organiser's own page.
    link: Option<String>,
    #[serde(default)]
    cancelled: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum EventType {
    Walk,
    Meeting,
    Picnic,
    Consultation,
    Concert,
    Exhibition,
    Festival,
    Workshop,
    Sport,
    Anniversary,
    Deadline,
    Other,
}

impl Event {
    fn last_day(&self) -> Date {
        self.end.map_or(self.start.day, |end| end.day)
    }

    /// Days between the invitation and the start.
    fn notice_days(&self) -> Option<i32> {
        let announced = self.announced.as_ref()?;
        self.start.day.since(announced.day).ok().map(|span| span.get_days())
    }

    /// Whether people were asked for their opinion too late to come prepared.
    fn is_late(&self, least: i32) -> bool {
        self.r#type == EventType::Consultation && self.notice_days().is_some_and(|days| days < least)
    }

    fn check_times(&self, checker: &mut Checker<'_>) {
        let Some(end) = self.end else { return };
        let path = [Step::key("end")];
        checker.in_order(&path, self.start.day, end.day);
        if end.time.is_some() != self.start.time.is_some() {
            checker.error(
                Code::InvalidValue,
                &path,
                text!(
                    "początek i koniec muszą być oba bez godziny albo oba z godziną",
                    "start and end must both have a time, or both have none"
                ),
                text!("przykład: 2026-12-05T17:00", "an example: 2026-12-05T17:00"),
            );
        } else if end.day == self.start.day && end < self.start {
            checker.error(
                Code::InvalidValue,
                &path,
                text!("wydarzenie kończy się, zanim się zacznie", "the event ends before it starts"),
                text!("popraw jedną z godzin", "mend one of the times"),
            );
        }
    }
}

impl Block for Event {
    fn at(&self) -> Option<Coordinates> {
        self.at
    }

    fn references(&self) -> Vec<(&'static str, &str)> {
        let place = self.place.as_deref().map(|name| ("place", name));
        place.into_iter().chain(self.organiser.as_deref().map(|name| ("organisation", name))).collect()
    }

    fn check(&self, checker: &mut Checker<'_>) {
        self.check_times(checker);
        if let Some(place) = &self.place {
            checker.place(&[Step::key("place")], place);
        }
        if let Some(at) = self.at {
            checker.coordinates(&[Step::key("at")], at);
        }
        if let Some(organiser) = &self.organiser {
            checker.organisation(&[Step::key("organiser")], organiser);
        }
        for (key, address) in [("online", &self.online), ("link", &self.link)] {
            if let Some(address) = address {
                checker.web_address(&[Step::key(key)], address);
            }
        }
        let end = self.last_day();
        if let Some(announced) = self.announced.as_ref().map(|date| date.day).filter(|day| *day > end) {
            checker.error(
                Code::InvalidValue,
                &[Step::key("announced")],
                text!(
                    "zaproszenie ({announced}) jest późniejsze niż wydarzenie ({end})",
                    "the invitation ({announced}) is later than the event ({end})"
                ),
                text!("popraw jedną z dat", "mend one of the dates"),
            );
        }
        let least = checker.config.calendar.notice_days;
        if self.is_late(least) && end >= checker.today {
            let days = self.notice_days().unwrap_or_default();
            checker.stale(
                Code::LateNotice,
                &[Step::key("announced")],
                text!(
                    "konsultacje ogłoszono zbyt późno (dni przed początkiem: {days}, potrzeba co najmniej: {least})",
                    "this consultation was announced too late (days before its start: {days}, needed at least: {least})"
                ),
                text!(
                    "poproś organizatora o późniejszy termin; strona mówi o tym czytelnikom",
                    "ask the organiser for a later date; the page tells its readers"
                ),
            );
        }
    }

    fn value(&self, context: &mut BlockContext<'_>) -> Value {
        let mut value = table(self);
        let place = self.place.as_deref();
        let found = place.and_then(|name| context.guide.named(context.library, context.page, "place", name));
        let at = self.at.or_else(|| context.guide.coordinates(found?));
        value.insert("at".into(), serde_json::json!(at));
        value.insert("place".into(), context.link("place", place));
        let mut organiser = context.link("organisation", self.organiser.as_deref());
        let title = organiser["title"].as_str().map(str::to_string).or_else(|| self.by.clone());
        if let (Value::Object(link), Some(name)) = (&mut organiser, &self.organiser) {
            link.insert("name".into(), name.clone().into());
        }
        value.insert("organiser".into(), organiser);
        value.insert("organiser_title".into(), title.into());
        let (first, last) = (self.start.day, self.last_day());
        value.insert("start_day".into(), first.to_string().into());
        value.insert("end_day".into(), last.to_string().into());
        let clock = |moment: Option<Moment>| Some(moment?.to_string().get(11..)?.to_string());
        value.insert("start_time".into(), clock(Some(self.start)).into());
        value.insert("end_time".into(), clock(self.end).into());
        let state = if last < context.today {
            "past"
        } else if first <= context.today {
            "now"
        } else {
            "upcoming"
        };
        value.insert("state".into(), state.into());
        value.insert("notice_days".into(), self.notice_days().into());
        value.insert("late_notice".into(), self.is_late(context.config.calendar.notice_days).into());
        value.into()
    }
}
