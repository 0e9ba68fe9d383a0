//! A place: something to see.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Coordinates;
use super::block::{Block, BlockContext, Kind, block_schema, decode_block, table};
use super::check::Checker;
use super::column::{many, one};
use super::facet::Facet;
use crate::content::PartialDate;
use crate::source::{Step, Value};

/// How many nearest places a place names.
const NEAREST: usize = 3;

pub(super) static KIND: Kind = Kind {
    name: "place",
    plural: "places",
    required: &["at"],
    texts: &["address", "built", "style", "access.note", "transit", "dates.what"],
    keyed: &[("dates", &["on"])],
    facets: &[Facet { name: "access", path: "access.wheelchair", words: "wheelchair" }],
    columns: &[
        one("address", "address"),
        one("latitude", "at.0"),
        one("longitude", "at.1"),
        one("built", "built"),
        many("architects", "architects"),
        one("style", "style"),
        one("heritage", "heritage"),
        one("wheelchair", "access.wheelchair"),
        one("access_note", "access.note"),
        one("transit", "transit"),
    ],
    decode: decode_block::<Place>,
    schema: block_schema::<Place>,
};

/// Place: something to see.
///
/// pl: Miejsce – coś do zobaczenia.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Place {
    /// Coordinates: latitude, then longitude, for example `[50.07197, 20.03740]`.
    ///
    /// pl: Współrzędne – szerokość, potem długość geograficzna, np. `[50.07197, 20.03740]`.
    at: Coordinates,
    /// Address: street and number, without the city.
    ///
    /// pl: Adres – ulica i numer, bez miasta.
    address: Option<String>,
    /// Built: a year or years, for example "1949–1955".
    ///
    /// pl: Kiedy zbudowano – rok albo lata, np. „1949–1955”.
    built: Option<String>,
    /// Architects: a list of names.
    ///
    /// pl: Architekci – lista imion i nazwisk.
    #[serde(default)]
    architects: Vec<String>,
    /// Style: for example socialist realism.
    ///
    /// pl: Styl – np. socrealizm.
    style: Option<String>,
    /// Access: how to get in with a wheelchair or a pram.
    ///
    /// pl: Dostępność – jak wejść z wózkiem.
    access: Option<Access>,
    /// Getting there: the nearest stop, and the way from it.
    ///
    /// pl: Dojazd – najbliższy przystanek i droga od niego.
    transit: Option<String>,
    /// Heritage register: the number of the entry, for example A-1132.
    ///
    /// pl: Rejestr zabytków – numer wpisu, np. A-1132.
    heritage: Option<String>,
    /// Dates: what happened here, for the calendar of anniversaries.
    ///
    /// pl: Daty – co się tu wydarzyło; trafią do kalendarza rocznic.
    #[serde(default)]
    dates: Vec<Anniversary>,
}
/// How one gets in with a wheelchair or a pram.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Access {
    /// With a wheelchair: whether one can get in.
    ///
    /// pl: Na wózku – czy da się wejść.
    pub(super) wheelchair: Option<Wheelchair>,
    /// Note: what one should know, for example a step at the door.
    ///
    /// pl: Uwaga – co warto wiedzieć, np. próg przy drzwiach.
    #[schemars(extend("x-type" = "long-text"))]
    pub(super) note: Option<String>,
}

/// The words are OpenStreetMap's, and `unknown`.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Wheelchair {
    /// Yes: without steps.
    ///
    /// pl: Tak – bez schodów i progów.
    Yes,
    /// Partly: with help, or not everywhere.
    ///
    /// pl: Częściowo – z pomocą albo nie wszędzie.
    Limited,
    /// No: there are steps.
    ///
    /// pl: Nie – są schody.
    No,
    /// Unknown: nobody has checked.
    ///
    /// pl: Nie wiadomo – nikt nie sprawdził.
    Unknown,
}
/// Date: something that happened on a day, in a month or in a year.
///
/// pl: Data – coś, co się wydarzyło w tym dniu, miesiącu albo roku.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Anniversary {
    /// When: a year, month or day in quotes, for example "1960-04-27".
    ///
    /// pl: Kiedy – rok, miesiąc albo dzień w cudzysłowie, np. "1960-04-27".
    #[schemars(with = "PartialDate")]
    pub on: String,
    /// What happened: in one sentence.
    ///
    /// pl: Co się wydarzyło – jednym zdaniem.
    pub what: String,
}
/// Dates of a list of anniversaries.
pub(super) fn check_dates(dates: &[Anniversary], checker: &mut Checker<'_>) {
    for (at, date) in dates.iter().enumerate() {
        checker.partial_date(&[Step::key("dates"), Step::Index(at), Step::key("on")], &date.on);
    }
}

impl Block for Place {
    fn at(&self) -> Option<Coordinates> {
        Some(self.at)
    }

    fn anniversaries(&self) -> &[Anniversary] {
        &self.dates
    }

    fn check(&self, checker: &mut Checker<'_>) {
        checker.coordinates(&[Step::key("at")], self.at);
        check_dates(&self.dates, checker);
    }

    fn value(&self, context: &mut BlockContext<'_>) -> Value {
        let mut value = table(self);
        for (key, kind) in
            [("legends", "legend"), ("tours", "tour"), ("events", "event"), ("initiatives", "initiative")]
        {
            value.insert(key.into(), context.referring(kind));
        }
        let nearest: Vec<Value> = context
            .guide
            .nearest_places(context.library, context.page, self.at)
            .take(NEAREST)
            .map(|(page, metres)| json!({ "page": context.guide.link(context.library, page), "metres": metres }))
            .collect();
        value.insert("nearest".into(), nearest.into());
        value.into()
    }
}
