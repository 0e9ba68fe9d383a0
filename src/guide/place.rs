//! A place: something to see.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Coordinates;
use super::block::{Block, BlockContext, Kind, decode_block, table};
use super::check::Checker;
use super::column::{many, one};
use super::facet::Facet;
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
    ],
    decode: decode_block::<Place>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    at: Coordinates,
    address: Option<String>,
    built: Option<String>,
    #[serde(default)]
    architects: Vec<String>,
    style: Option<String>,
    access: Option<Access>,
    transit: Option<String>,
    /// Number in the heritage register.
    heritage: Option<String>,
    #[serde(default)]
    dates: Vec<Anniversary>,
}

/// How one gets in with a wheelchair or a pram.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Access {
    pub(super) wheelchair: Option<Wheelchair>,
    pub(super) note: Option<String>,
}

/// The words are OpenStreetMap's, and `unknown`.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Wheelchair {
    Yes,
    Limited,
    No,
    Unknown,
}

/// Something that happened on a day, in a month or in a year.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anniversary {
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub on: String,
    /// What happened.
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
