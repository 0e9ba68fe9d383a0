//! A place: something to see.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Coordinates;
use super::block::{Block, BlockContext, Kind, decode_block, table};
use super::check::Checker;
use crate::source::{Step, Value};

/// How many nearest places a place names.
const NEAREST: usize = 3;

pub(super) static KIND: Kind = Kind {
    name: "place",
    required: &["at"],
    texts: &["address", "built", "style", "access.note", "transit", "dates.what"],
    keyed: &[("dates", &["on"])],
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

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Anniversary {
    on: String,
    what: String,
}

impl Block for Place {
    fn at(&self) -> Option<Coordinates> {
        Some(self.at)
    }

    fn check(&self, checker: &mut Checker<'_>) {
        checker.coordinates(&[Step::key("at")], self.at);
        for (at, date) in self.dates.iter().enumerate() {
            checker.partial_date(&[Step::key("dates"), Step::Index(at), Step::key("on")], &date.on);
        }
    }

    fn value(&self, context: &mut BlockContext<'_>) -> Value {
        let mut value = table(self);
        for (key, kind) in [("legends", "legend"), ("tours", "tour")] {
            let links: Vec<Value> = context
                .guide
                .referring(context.library, context.page, kind)
                .map(|page| context.guide.link(context.library, page))
                .collect();
            value.insert(key.into(), links.into());
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
