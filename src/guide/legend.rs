//! A legend: what people tell, what is documented, and the verdict.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Coordinates;
use super::block::{Block, BlockContext, Kind, block_schema, decode_block, table};
use super::check::Checker;
use super::column::one;
use super::facet::Facet;
use super::place::{Anniversary, check_dates};
use crate::diagnostic::Code;
use crate::source::{Step, Value};
use crate::text;

pub(super) static KIND: Kind = Kind {
    name: "legend",
    plural: "legends",
    required: &["verdict"],
    texts: &["told", "documented", "dates.what"],
    keyed: &[("dates", &["on"])],
    facets: &[Facet { name: "verdict", path: "verdict", words: "verdict" }],
    columns: &[
        one("verdict", "verdict"),
        one("told", "told"),
        one("documented", "documented"),
        one("place", "place.id"),
        one("latitude", "at.0"),
        one("longitude", "at.1"),
    ],
    decode: decode_block::<Legend>,
    schema: block_schema::<Legend>,
};

/// Legend: what people tell, what is documented, and the verdict.
///
/// pl: Legenda – co się opowiada, co jest udokumentowane i co z tego wynika.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["place"] }, { "required": ["at"] }]))]
struct Legend {
    /// Place: the name of its folder, for example `arka-pana`.
    ///
    /// pl: Miejsce – nazwa jego folderu, np. `arka-pana`.
    #[schemars(extend("x-type" = "page", "x-kind" = "place"))]
    place: Option<String>,
    /// Coordinates: where it happens, if the place has no page; latitude, then longitude.
    ///
    /// pl: Współrzędne – gdzie się dzieje, jeśli miejsce nie ma strony; szerokość, potem długość.
    at: Option<Coordinates>,
    /// Verdict: how much of it is true.
    ///
    /// pl: Werdykt – ile w tym prawdy.
    verdict: Verdict,
    /// What people tell: the story in a few sentences.
    ///
    /// pl: Co się opowiada – historia w kilku zdaniach.
    #[schemars(extend("x-type" = "markdown"))]
    told: Option<String>,
    /// What is documented: what the sources say.
    ///
    /// pl: Co jest udokumentowane – co mówią źródła.
    #[schemars(extend("x-type" = "markdown"))]
    documented: Option<String>,
    /// Dates: what happened, for the calendar of anniversaries.
    ///
    /// pl: Daty – co się wydarzyło; trafią do kalendarza rocznic.
    #[serde(default)]
    dates: Vec<Anniversary>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    /// True: the sources confirm it.
    ///
    /// pl: Prawda – źródła to potwierdzają.
    True,
    /// Partly true: the sources confirm only a part.
    ///
    /// pl: Częściowo – źródła potwierdzają tylko część.
    Partly,
    /// False: the sources contradict it.
    ///
    /// pl: Fałsz – źródła temu przeczą.
    False,
    /// Unknown: no known source settles it.
    ///
    /// pl: Nie wiadomo – nie znamy źródła, które by to rozstrzygnęło.
    Unknown,
    /// Legend: no document will ever settle it.
    ///
    /// pl: Legenda – żaden dokument tego nie rozstrzygnie.
    Legend,
}
impl Block for Legend {
    fn at(&self) -> Option<Coordinates> {
        self.at
    }

    fn verdict(&self) -> Option<&'static str> {
        Some(match self.verdict {
            Verdict::True => "true",
            Verdict::Partly => "partly",
            Verdict::False => "false",
            Verdict::Unknown => "unknown",
            Verdict::Legend => "legend",
        })
    }

    fn references(&self) -> Vec<(&'static str, &str)> {
        self.place.as_deref().map(|place| ("place", place)).into_iter().collect()
    }

    fn anniversaries(&self) -> &[Anniversary] {
        &self.dates
    }

    fn check(&self, checker: &mut Checker<'_>) {
        if let Some(place) = &self.place {
            checker.place(&[Step::key("place")], place);
        }
        if let Some(at) = self.at {
            checker.coordinates(&[Step::key("at")], at);
        }
        check_dates(&self.dates, checker);
        if self.place.is_none() && self.at.is_none() {
            checker.error(
                Code::MissingKey,
                &[],
                text!("legenda nie mówi, gdzie się dzieje", "the legend does not say where it happens"),
                text!(
                    "dodaj „place: nazwa-folderu-miejsca” albo „at: [szerokość, długość]”",
                    "add `place: folder-of-the-place` or `at: [latitude, longitude]`"
                ),
            );
        }
    }

    fn value(&self, context: &mut BlockContext<'_>) -> Value {
        let mut value = table(self);
        let place = self.place.as_deref();
        let place = place.and_then(|name| context.guide.named(context.library, context.page, "place", name));
        let at = self.at.or_else(|| context.guide.coordinates(place?));
        value.insert("place".into(), place.map_or(Value::Null, |place| context.guide.link(context.library, place)));
        value.insert("at".into(), serde_json::json!(at));
        for (key, text) in [("told_html", &self.told), ("documented_html", &self.documented)] {
            value.insert(key.into(), text.as_deref().map(|text| (context.markdown)(text)).into());
        }
        value.into()
    }
}
