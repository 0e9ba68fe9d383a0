//! A walking tour: a list of stops.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Coordinates;
use super::block::{Block, BlockContext, Kind, block_schema, decode_block, table};
use super::check::Checker;
use super::column::{Holds, derived, many, one};
use super::place::Wheelchair;
use crate::diagnostic::Code;
use crate::source::{Step, Value};
use crate::text;

/// Minutes in a day: nobody stands longer at one stop.
const LONGEST_STOP: u32 = 24 * 60;

pub(super) static KIND: Kind = Kind {
    name: "tour",
    plural: "tours",
    required: &["stops"],
    texts: &["stops.title", "stops.note", "surface", "start_transit"],
    keyed: &[("stops", &["place", "at"])],
    facets: &[],
    columns: &[
        many("stops", "stops.title"),
        many("stop_places", "stops.place.id"),
        derived(
            "minutes",
            "minutes",
            Holds::Integer,
            "Minutes at stops: all together, without the way between them.\n\npl: Minuty na przystankach – razem, bez przejść.",
        ),
        derived(
            "walking_minutes",
            "walking_minutes",
            Holds::Integer,
            "Minutes of walking: from the first stop to the last, along streets.\n\npl: Minuty marszu – od pierwszego do ostatniego przystanku, ulicami.",
        ),
        derived(
            "metres",
            "metres",
            Holds::Integer,
            "Length: in metres, along streets.\n\npl: Długość – w metrach, ulicami.",
        ),
        one("wheelchair", "wheelchair"),
        one("surface", "surface"),
        one("start_transit", "start_transit"),
    ],
    decode: decode_block::<Tour>,
    schema: block_schema::<Tour>,
};

/// Tour: a walk from stop to stop.
///
/// pl: Trasa – spacer od przystanku do przystanku.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Tour {
    /// Stops: at least two, in the order of the walk.
    ///
    /// pl: Przystanki – co najmniej dwa, w kolejności spaceru.
    #[schemars(length(min = 2))]
    stops: Vec<Stop>,
    /// Recorded way: the name of a GPX file in the folder of the tour, for example walk.gpx.
    ///
    /// pl: Nagrany ślad – nazwa pliku GPX w folderze trasy, np. spacer.gpx.
    #[schemars(extend("x-type" = "file"))]
    track: Option<String>,
    /// With a wheelchair: whether one can go the whole way.
    ///
    /// pl: Na wózku – czy da się przejechać całą trasę.
    wheelchair: Option<Wheelchair>,
    /// Surface: what one walks on, for example asphalt and paving.
    ///
    /// pl: Nawierzchnia – po czym się idzie, np. asfalt i płyty.
    surface: Option<String>,
    /// Getting to the start: the nearest stop.
    ///
    /// pl: Dojazd na początek – najbliższy przystanek.
    start_transit: Option<String>,
}

/// Stop: a place of the guide, or a point with a title.
///
/// pl: Przystanek – miejsce z przewodnika albo punkt z nazwą.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["place"] }, { "required": ["at", "title"] }]))]
struct Stop {
    /// Place: the name of its folder, for example `plac-centralny`.
    ///
    /// pl: Miejsce – nazwa jego folderu, np. `plac-centralny`.
    #[schemars(extend("x-type" = "page", "x-kind" = "place"))]
    place: Option<String>,
    /// Coordinates: for a stop that is no place of the guide; latitude, then longitude.
    ///
    /// pl: Współrzędne – gdy przystanek nie jest miejscem z przewodnika; szerokość, potem długość.
    at: Option<Coordinates>,
    /// Name: of a stop that is no place of the guide.
    ///
    /// pl: Nazwa – przystanku, który nie jest miejscem z przewodnika.
    title: Option<String>,
    /// Note: what to look at, or where to go on.
    ///
    /// pl: Wskazówka – na co patrzeć albo którędy dalej.
    #[schemars(extend("x-type" = "markdown"))]
    note: Option<String>,
    /// Minutes: how long one stays here.
    ///
    /// pl: Minuty – jak długo się tu stoi.
    #[schemars(range(max = LONGEST_STOP))]
    minutes: Option<u32>,
}
impl Block for Tour {
    fn references(&self) -> Vec<(&'static str, &str)> {
        self.stops.iter().filter_map(|stop| Some(("place", stop.place.as_deref()?))).collect()
    }

    fn check(&self, checker: &mut Checker<'_>) {
        if self.stops.len() < 2 {
            checker.error(
                Code::InvalidValue,
                &[Step::key("stops")],
                text!("trasa ma mniej niż dwa przystanki", "the tour has fewer than two stops"),
                text!(
                    "dodaj przystanki: „- place: nazwa-folderu-miejsca”",
                    "add stops: `- place: folder-of-the-place`"
                ),
            );
        }
        for (index, stop) in self.stops.iter().enumerate() {
            let base = [Step::key("stops"), Step::Index(index)];
            let path = |key: &str| [&base[..], &[Step::key(key)]].concat();
            if let Some(place) = &stop.place {
                checker.place(&path("place"), place);
            }
            if let Some(at) = stop.at {
                checker.coordinates(&path("at"), at);
            }
            if let Some(minutes) = stop.minutes.filter(|minutes| *minutes > LONGEST_STOP) {
                checker.error(
                    Code::InvalidValue,
                    &path("minutes"),
                    text!("postój trwa {minutes} minut", "the stop takes {minutes} minutes"),
                    text!(
                        "wpisz liczbę minut, najwyżej {LONGEST_STOP}",
                        "write a number of minutes, at most {LONGEST_STOP}"
                    ),
                );
            }
            if stop.place.is_none() && (stop.at.is_none() || stop.title.is_none()) {
                checker.error(
                    Code::MissingKey,
                    &base,
                    text!(
                        "przystanek nie ma ani „place”, ani pary „at” i „title”",
                        "the stop has neither `place` nor both `at` and `title`"
                    ),
                    text!(
                        "dodaj „place: nazwa-folderu-miejsca” albo „at: [szerokość, długość]” i „title: Nazwa”",
                        "add `place: folder-of-the-place`, or `at: [latitude, longitude]` and `title: Name`"
                    ),
                );
            }
        }
    }

    fn value(&self, context: &mut BlockContext<'_>) -> Value {
        let mut value = table(self);
        let mut stops = Vec::with_capacity(self.stops.len());
        for (index, stop) in self.stops.iter().enumerate() {
            let place = stop
                .place
                .as_deref()
                .and_then(|name| context.guide.named(context.library, context.page, "place", name));
            let title = stop.title.clone().or_else(|| context.library.pages[place?].front.title.clone());
            stops.push(json!({
                "number": index + 1,
                "title": title,
                "note_html": stop.note.as_deref().map(|note| (context.markdown)(note)),
                "minutes": stop.minutes,
                "at": stop.at.or_else(|| context.guide.coordinates(place?)),
                "place": place.map(|place| context.guide.link(context.library, place)),
            }));
        }
        value.insert("stops".into(), stops.into());
        value.insert(
            "minutes".into(),
            self.stops.iter().filter_map(|stop| stop.minutes).map(u64::from).sum::<u64>().into(),
        );
        value.into()
    }
}
