//! An initiative: something that people do, or want to do, for the place they live in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Coordinates;
use super::block::{Block, BlockContext, Kind, block_schema, decode_block, table};
use super::check::Checker;
use super::column::{many, one};
use super::facet::Facet;
use super::organisation::District;
use crate::content::PartialDate;
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
        one("place", "place.id"),
        one("address", "address"),
        one("district", "district"),
        one("latitude", "at.0"),
        one("longitude", "at.1"),
        many("partners", "partners.id"),
        one("with", "with"),
        one("join", "join"),
    ],
    decode: decode_block::<Initiative>,
    schema: block_schema::<Initiative>,
};

/// Initiative: something that people do, or want to do, for the place they live in.
///
/// pl: Inicjatywa – coś, co ludzie robią albo chcą zrobić dla swojej okolicy.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Initiative {
    /// Topic: what it is about.
    ///
    /// pl: Temat – czego dotyczy.
    topic: Topic,
    /// Stage: how far it is.
    ///
    /// pl: Etap – jak daleko zaszło.
    stage: Stage,
    /// Place: the name of its folder, for example `aleja-roz`.
    ///
    /// pl: Miejsce – nazwa jego folderu, np. `aleja-roz`.
    #[schemars(extend("x-type" = "page", "x-kind" = "place"))]
    place: Option<String>,
    /// Coordinates: if the place has no page; latitude, then longitude.
    ///
    /// pl: Współrzędne – jeśli miejsce nie ma strony; szerokość, potem długość.
    at: Option<Coordinates>,
    /// Address: street and number, or the estate.
    ///
    /// pl: Adres – ulica i numer albo osiedle.
    address: Option<String>,
    /// District: of the five that make up Nowa Huta.
    ///
    /// pl: Dzielnica – jedna z pięciu nowohuckich.
    district: Option<District>,
    /// Partners: names of the organisations' folders.
    ///
    /// pl: Partnerzy – nazwy folderów organizacji.
    #[serde(default)]
    #[schemars(extend("x-items" = { "x-type": "page", "x-kind": "organisation" }))]
    partners: Vec<String>,
    /// With: others who take part and have no page.
    ///
    /// pl: Kto jeszcze – inni, którzy nie mają strony.
    with: Option<String>,
    /// How to join: what to do, and where to ask.
    ///
    /// pl: Jak dołączyć – co zrobić i kogo zapytać.
    #[schemars(extend("x-type" = "markdown"))]
    join: Option<String>,
    /// Since: a year, month or day in quotes, for example "2019".
    ///
    /// pl: Od kiedy – rok, miesiąc albo dzień w cudzysłowie, np. "2019".
    #[schemars(with = "Option<PartialDate>")]
    since: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Topic {
    /// Courtyards.
    ///
    /// pl: Podwórka.
    Courtyard,
    /// Greenery.
    ///
    /// pl: Zieleń.
    Greenery,
    /// Picnics.
    ///
    /// pl: Pikniki.
    Picnic,
    /// Culture.
    ///
    /// pl: Kultura.
    Culture,
    /// Vision: a plan for the whole district.
    ///
    /// pl: Wizja – plan dla całej dzielnicy.
    Vision,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Stage {
    /// Idea: somebody would like to.
    ///
    /// pl: Pomysł – ktoś by chciał.
    Idea,
    /// Planned: there is a date or money.
    ///
    /// pl: W planach – jest termin albo są pieniądze.
    Planned,
    /// Running.
    ///
    /// pl: Działa.
    Running,
    /// Done.
    ///
    /// pl: Zrobione.
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
