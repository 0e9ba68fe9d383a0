//! An initiative: something that people do, or want to do, for the place they live in.

use serde::{Deserialize, Serialize};

use super::Coordinates;
use super::block::{Block, BlockContext, Kind, decode_block, table};
use super::check::Checker;
use super::column::{many, one};
use super::facet::Facet;
use super::organisation::District;
use crate::source::{Step, Value};

pub(super) static KIND: Kind = Kind {
    name: "initiative",
    plural: "initiatives",
    required: &["topic", "stage"],
    texts: &["address", "with", "join"],
    keyed: &[],
    facets: &[
        Facet { name: "topic", path: "topic", words: "topic" },
        Facet { name: "stage", path: "stage", words: "stage" },
        Facet { name: "district", path: "district", words: "district" },
    ],
    columns: &[
        one("topic", "topic"),
        one("stage", "stage"),
        one("since", "since"),
        one("place", "place.title"),
        one("address", "address"),
        one("district", "district"),
        one("latitude", "at.0"),
        one("longitude", "at.1"),
        many("partners", "partners.title"),
        one("with", "with"),
        one("join", "join"),
    ],
    decode: decode_block::<Initiative>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Initiative {
    topic: Topic,
    stage: Stage,
    place: Option<String>,
    at: Option<Coordinates>,
    address: Option<String>,
    district: Option<District>,
    /// Organisations of the guide.
    #[serde(default)]
    partners: Vec<String>,
    /// Others, as text.
    with: Option<String>,
    /// How to join.
    join: Option<String>,
    since: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Topic {
    Courtyard,
    Greenery,
    Picnic,
    Culture,
    Vision,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Stage {
    Idea,
    Planned,
    Running,
    Done,
}

impl Block for Initiative {
    fn at(&self) -> Option<Coordinates> {
        self.at
    }

    fn references(&self) -> Vec<(&'static str, &str)> {
        let place = self.place.as_deref().map(|name| ("place", name));
        place.into_iter().chain(self.partners.iter().map(|name| ("organisation", name.as_str()))).collect()
    }

    fn check(&self, checker: &mut Checker<'_>) {
        if let Some(place) = &self.place {
            checker.place(&[Step::key("place")], place);
        }
        if let Some(at) = self.at {
            checker.coordinates(&[Step::key("at")], at);
        }
        for (at, partner) in self.partners.iter().enumerate() {
            checker.organisation(&[Step::key("partners"), Step::Index(at)], partner);
        }
        if let Some(since) = &self.since {
            checker.partial_date(&[Step::key("since")], since);
        }
    }

    fn value(&self, context: &mut BlockContext<'_>) -> Value {
        let mut value = table(self);
        let place = self.place.as_deref();
        let found = place.and_then(|name| context.guide.named(context.library, context.page, "place", name));
        let at = self.at.or_else(|| context.guide.coordinates(found?));
        value.insert("at".into(), serde_json::json!(at));
        value.insert("place".into(), context.link("place", place));
        let partners: Vec<Value> = self
            .partners
            .iter()
            .map(|name| context.link("organisation", Some(name)))
            .filter(|link| !link.is_null())
            .collect();
        value.insert("partners".into(), partners.into());
        value.insert("join_html".into(), self.join.as_deref().map(|text| (context.markdown)(text)).into());
        value.into()
    }
}
