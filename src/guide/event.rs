//! An event of the calendar.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Coordinates;
use super::block::{Block, BlockContext, Kind, block_schema, decode_block, table};
use super::check::{Checker, WebAddress};
use super::column::{Holds, derived, one};
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
        one("place", "place.id"),
        one("address", "address"),
        one("latitude", "at.0"),
        one("longitude", "at.1"),
        one("online", "online"),
        one("organiser", "organiser.id"),
        derived(
            "organiser_name",
            "organiser_title",
            Holds::Text,
            "Organiser's name: also of one that has no page.\n\npl: Nazwa organizatora – także takiego, który nie ma strony.",
        ),
        one("announced", "announced"),
        derived(
            "notice_days",
            "notice_days",
            Holds::Integer,
            "Days of notice: between the invitation and the start.\n\npl: Dni wyprzedzenia – między zaproszeniem a początkiem.",
        ),
        one("link", "link"),
    ],
    decode: decode_block::<Event>,
    schema: block_schema::<Event>,
};

/// Event: a date in the calendar.
///
/// pl: Wydarzenie – termin w kalendarzu.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Event {
    /// Start: a day, or a day and a time in Kraków, for example 2026-12-05T17:00.
    ///
    /// pl: Początek – dzień albo dzień i godzina w Krakowie, np. 2026-12-05T17:00.
    start: Moment,
    /// End: written like the start; of whole days the last one.
    ///
    /// pl: Koniec – zapisany jak początek; przy całych dniach ostatni dzień.
    end: Option<Moment>,
    /// Type: what kind of event it is.
    ///
    /// pl: Rodzaj – jakie to wydarzenie.
    r#type: EventType,
    /// Place: the name of its folder, for example `plac-centralny`.
    ///
    /// pl: Miejsce – nazwa jego folderu, np. `plac-centralny`.
    #[schemars(extend("x-type" = "page", "x-kind" = "place"))]
    place: Option<String>,
    /// Coordinates: if the place has no page; latitude, then longitude.
    ///
    /// pl: Współrzędne – jeśli miejsce nie ma strony; szerokość, potem długość.
    at: Option<Coordinates>,
    /// Address: street and number, also the room.
    ///
    /// pl: Adres – ulica i numer, także sala.
    address: Option<String>,
    /// Online: the address where one joins, from `https://` on.
    ///
    /// pl: Online – adres, pod którym się dołącza, od `https://`.
    #[schemars(with = "Option<WebAddress>")]
    online: Option<String>,
    /// Organiser: the name of the organisation's folder.
    ///
    /// pl: Organizator – nazwa folderu organizacji.
    #[schemars(extend("x-type" = "page", "x-kind" = "organisation"))]
    organiser: Option<String>,
    /// Another organiser: its name, if it has no page.
    ///
    /// pl: Inny organizator – jego nazwa, jeśli nie ma strony.
    by: Option<String>,
    /// Announced: the day the invitation was published, for example 2026-11-10.
    ///
    /// pl: Ogłoszono – dzień, w którym ukazało się zaproszenie, np. 2026-11-10.
    #[serde(default, serialize_with = "as_text")]
    announced: Option<PageDate>,
    /// Link: the organiser's page about it, from `https://` on.
    ///
    /// pl: Link – strona organizatora o wydarzeniu, od `https://`.
    #[schemars(with = "Option<WebAddress>")]
    link: Option<String>,
    /// Called off: write true instead of deleting the page.
    ///
    /// pl: Odwołane – wpisz true zamiast usuwać stronę.
    #[serde(default)]
    cancelled: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum EventType {
    /// Walk.
    ///
    /// pl: Spacer.
    Walk,
    /// Meeting.
    ///
    /// pl: Spotkanie.
    Meeting,
    /// Picnic.
    ///
    /// pl: Piknik.
    Picnic,
    /// Consultation: people are asked for their opinion.
    ///
    /// pl: Konsultacje – pytanie mieszkańców o zdanie.
    Consultation,
    /// Concert.
    ///
    /// pl: Koncert.
    Concert,
    /// Exhibition.
    ///
    /// pl: Wystawa.
    Exhibition,
    /// Festival.
    ///
    /// pl: Festiwal.
    Festival,
    /// Workshop.
    ///
    /// pl: Warsztaty.
    Workshop,
    /// Sport.
    ///
    /// pl: Sport.
    Sport,
    /// Anniversary.
    ///
    /// pl: Rocznica.
    Anniversary,
    /// Deadline: for example of a report.
    ///
    /// pl: Termin – np. złożenia sprawozdania.
    Deadline,
    /// Other: none of these.
    ///
    /// pl: Inne – żadne z tych.
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
