//! Everything maps of one site are drawn from.

use std::collections::BTreeMap;

use super::draw::{self, Drawing, Mark, Subject};
use super::{BaseMap, Frame, Kind, Network};
use crate::config::Project;
use crate::content::{Library, PageId};
use crate::diagnostic::Diagnostics;
use crate::guide::{Coordinates, Values};

/// Metres shown round a single point: width and height.
const INSET: [f64; 2] = [640.0, 480.0];

/// Margin round a tour and round the whole guide, as a share of the width.
const MARGIN: f64 = 0.08;

/// The same round two points far apart, whose names need room.
const OUTLYING: f64 = 0.25;

/// The least width in metres of a map made to fit.
const LEAST: f64 = 400.0;

/// Metres between a stop and its street that nobody sees.
const NEAR: f64 = 6.0;

/// Metres within which two pages are at one point.
const SAME: f64 = 15.0;

/// Points farther than this from the middle of all others, in metres, do not stretch the map of everything.
const FAR: f64 = 3000.0;

/// Which pages the map of everything marks first: what has a place of its own before what only happens there.
const KINDS: [&str; 5] = ["place", "organisation", "tour", "legend", "initiative"];

/// A page with a place on the map.
#[derive(Debug, Clone)]
struct Spot {
    page: PageId,
    language: String,
    /// An invented example is on no map but its own.
    example: bool,
    mark: Mark,
}

/// The base map, its streets, and what the guide has on it.
#[derive(Debug)]
pub struct Atlas {
    pub(super) map: BaseMap,
    pub(super) network: Network,
    /// The way of each tour, a line for each leg.
    pub(super) routes: BTreeMap<PageId, Vec<Vec<Coordinates>>>,
    /// Pages that are somewhere, in the order of pages.
    spots: Vec<Spot>,
}

impl Atlas {
    /// Reads the site's base map; `None` when it has none.
    pub(super) fn load(project: &Project, diagnostics: &mut Diagnostics) -> Option<Self> {
        let map = BaseMap::load(&project.root, diagnostics)?;
        let network = Network::new(&map);
        Some(Self { map, network, routes: BTreeMap::new(), spots: vec![] })
    }

    /// What must stand on or beside every map.
    #[must_use]
    pub fn attribution(&self, language: &str) -> &str {
        self.map.attribution.of(language)
    }

    /// Marks the pages that say where they are.
    pub(super) fn mark(&mut self, library: &Library, values: &Values) {
        for (page, of) in library.pages.iter().enumerate() {
            let Some((kind, value)) = values.of(page) else { continue };
            let at = if *kind == "tour" { &value["stops"][0]["at"] } else { &value["at"] };
            let Some(at) = coordinates(at) else { continue };
            let mark = Mark {
                at,
                name: of.front.title.clone().unwrap_or_default(),
                kind,
                number: None,
                url: Some(of.permalink.clone()),
                main: false,
            };
            self.spots.push(Spot { page, language: of.language.clone(), example: of.is_example, mark });
        }
    }

    /// The map of one page: a tour's way with its stops, the surroundings of anything else, wider where the base map does
    /// not reach; `None` when the page is nowhere, or where the base map has nothing. Of `original` the address is taken: a
    /// translation may put it in words that no base map has.
    pub(super) fn page(&self, page: PageId, original: PageId, language: &str, values: &Values) -> Option<Drawing> {
        let (kind, value) = values.of(page)?;
        let draw = |subject| Some(draw::draw(&self.map, &subject)).filter(|drawing| !drawing.is_blank());
        if *kind == "tour" {
            return draw(self.tour(page, language, value)?);
        }
        let Some(own) = self.spots.binary_search_by_key(&page, |spot| spot.page).ok().map(|at| &self.spots[at]) else {
            return draw(self.estate(&values.of(original)?.1, language)?);
        };
        draw(self.inset(own, Frame::at(own.mark.at, INSET))).or_else(|| draw(self.inset(own, self.outlying(own)?)))
    }

    fn tour(&self, page: PageId, language: &str, value: &serde_json::Value) -> Option<Subject> {
        let route = self.routes.get(&page)?.clone();
        let stops = value["stops"].as_array()?;
        let mark = |(at, stop): (usize, &serde_json::Value)| {
            Some(Mark {
                at: coordinates(&stop["at"])?,
                name: stop["title"].as_str().unwrap_or_default().to_string(),
                kind: "place",
                number: Some(at + 1),
                url: None,
                main: true,
            })
        };
        let marks: Vec<Mark> = stops.iter().enumerate().filter_map(mark).collect();
        // A leg begins where the street is nearest to its stop.
        let on_the_way: Vec<Coordinates> = route
            .iter()
            .filter_map(|leg| leg.first().copied())
            .chain(route.last().and_then(|leg| leg.last().copied()))
            .collect();
        let approaches: Vec<Vec<Coordinates>> = if on_the_way.len() == marks.len() {
            let pairs = on_the_way.iter().zip(&marks);
            pairs.filter(|(at, mark)| at.distance(mark.at) > NEAR).map(|(at, mark)| vec![*at, mark.at]).collect()
        } else {
            vec![]
        };
        let points = route.iter().flatten().copied().chain(marks.iter().map(|mark| mark.at));
        let frame = Frame::round(points, MARGIN, LEAST)?;
        Some(Subject { route, approaches, marks, ..Subject::new(frame, language, 4) })
    }

    /// A frame that reaches from a page beyond the base map to the guide's nearest place on it.
    fn outlying(&self, own: &Spot) -> Option<Frame> {
        let ground = self.map.bounds();
        let distance = |spot: &&Spot| spot.mark.at.distance(own.mark.at);
        let nearest = self
            .spots
            .iter()
            .filter(|spot| spot.mark.kind == "place" && spot.mark.at.within(ground))
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        Frame::round([own.mark.at, nearest.mark.at], OUTLYING, LEAST)
    }

    /// What a frame round a page shows, with the guide's places in it.
    fn inset(&self, own: &Spot, frame: Frame) -> Subject {
        let language = own.language.as_str();
        let mut marks = vec![Mark { main: true, url: None, ..own.mark.clone() }];
        let [west, south, east, north] = frame.bounds();
        let others = self.spots.iter().filter(|spot| spot.page != own.page && spot.mark.kind == "place");
        marks.extend(
            others
                .filter(|spot| spot.mark.at.within([west, south, east, north]) && spot.language == language)
                .filter(|spot| spot.mark.at.distance(own.mark.at) > SAME)
                .map(|spot| Mark { url: None, ..spot.mark.clone() }),
        );
        Subject { marks, ..Subject::new(frame, language, 3) }
    }

    /// The estate that an address names, where nobody knows the point: `os. Zgody 1` is somewhere in os. Zgody.
    fn estate(&self, value: &serde_json::Value, language: &str) -> Option<Subject> {
        let address = value["address"].as_str()?.replace('\u{a0}', " ");
        let is_named = |feature: &&super::Feature| {
            let name = feature.name.as_deref().filter(|_| feature.kind == Kind::Estate);
            name.and_then(|name| address.strip_prefix(name))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
        };
        // Of "os. Centrum" and "os. Centrum C" the longer name is meant.
        let found =
            self.map.features.iter().filter(is_named).max_by_key(|feature| feature.name.as_deref().map(str::len))?;
        let area = self.map.features.iter().position(|feature| std::ptr::eq(feature, found))?;
        let frame = Frame::round(found.geometry.points(), MARGIN, INSET[0])?;
        Some(Subject { area: Some(area), ..Subject::new(frame, language, 3) })
    }

    /// The surroundings of any point.
    #[must_use]
    pub fn point(&self, at: Coordinates, name: &str, language: &str) -> Drawing {
        let mark = Mark { at, name: name.to_string(), kind: "place", number: None, url: None, main: true };
        let frame = Frame::at(at, INSET);
        let subject = Subject { marks: vec![mark], ..Subject::new(frame, language, 3) };
        draw::draw(&self.map, &subject)
    }

    /// The map of everything of some kinds that the guide has in a language, of all kinds but events where none is named;
    /// `None` when it has nothing.
    #[must_use]
    pub fn overview(&self, language: &str, kinds: &[String]) -> Option<Drawing> {
        let mut spots: Vec<&Spot> = self.shown(language, kinds).collect();
        let rank = |kind: &str| KINDS.iter().position(|of| *of == kind).unwrap_or(KINDS.len());
        spots.sort_by_key(|spot| rank(spot.mark.kind));
        let middle = |axis: usize| {
            let mut values: Vec<f64> = spots.iter().map(|spot| spot.mark.at.0[axis]).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied()
        };
        let centre = Coordinates([middle(0)?, middle(1)?]);
        let near = spots.iter().map(|spot| spot.mark.at).filter(|at| at.distance(centre) < FAR);
        let frame = Frame::round(near, MARGIN, LEAST)?;
        let routes = self.routes.iter().filter(|(page, _)| spots.iter().any(|spot| spot.page == **page));
        let subject = Subject {
            marks: spots.iter().map(|spot| spot.mark.clone()).collect(),
            ways: routes.flat_map(|(_, legs)| legs.iter().cloned()).collect(),
            ..Subject::new(frame, language, 5)
        };
        Some(draw::draw(&self.map, &subject)).filter(|drawing| !drawing.is_blank())
    }

    /// The ground of the whole base map, to point at; `None` when it has nothing.
    #[must_use]
    pub fn ground(&self, language: &str) -> Option<Drawing> {
        let points = self.map.features.iter().flat_map(|feature| feature.geometry.points());
        let subject = Subject::new(Frame::round(points, 0.0, LEAST)?, language, draw::LEVELS.len());
        Some(draw::draw(&self.map, &subject)).filter(|drawing| !drawing.is_blank())
    }

    /// Title and address of every page on the map of everything, in its order: what the map says in words.
    pub fn spots(&self, language: &str, kinds: &[String]) -> impl Iterator<Item = &Mark> {
        self.shown(language, kinds).map(|spot| &spot.mark)
    }

    fn shown(&self, language: &str, kinds: &[String]) -> impl Iterator<Item = &Spot> {
        let is_asked = move |kind: &str| {
            if kinds.is_empty() { KINDS.contains(&kind) } else { kinds.iter().any(|asked| asked == kind) }
        };
        let here = self.spots.iter().filter(move |spot| spot.language == language && !spot.example);
        here.filter(move |spot| is_asked(spot.mark.kind))
    }
}

/// `[latitude, longitude]`.
fn coordinates(value: &serde_json::Value) -> Option<Coordinates> {
    Some(Coordinates([value[0].as_f64()?, value[1].as_f64()?]))
}

// What maps look like is in `draw`, which pages have them in `tests/maps.rs`.
#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::map::{Feature, Geometry, Projection, WIDTH};

    /// A point so many metres east and north of a corner of Nowa Huta.
    fn at(east: f64, north: f64) -> Coordinates {
        Projection::at(Coordinates([50.07, 20.03])).point([east, north])
    }

    fn feature(kind: Kind, name: &str, [west, south, east, north]: [f64; 4]) -> Feature {
        let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
        let geometry = Geometry::Areas(vec![vec![ring.map(|[x, y]| at(x, y)).to_vec()]]);
        let (name, bounds) = (Some(name.to_string()), geometry.bounds());
        Feature { kind, class: None, name, name_en: None, geometry, bounds, line: 1 }
    }

    fn spot(page: PageId, kind: &'static str, name: &str, place: Coordinates) -> Spot {
        let url = Some(format!("/{name}/"));
        let mark = Mark { at: place, name: name.to_string(), kind, number: None, url, main: false };
        Spot { page, language: "pl".into(), example: false, mark }
    }

    /// Two estates, the longer name a part of the shorter, and a park that is called like one.
    fn atlas(spots: Vec<Spot>) -> Atlas {
        let features = vec![
            feature(Kind::Estate, "os. Centrum", [0.0, 0.0, 900.0, 600.0]),
            feature(Kind::Estate, "os. Centrum C", [100.0, 100.0, 400.0, 300.0]),
            feature(Kind::Green, "os. Zgody", [500.0, 100.0, 800.0, 300.0]),
        ];
        let map = BaseMap { features, ..BaseMap::default() };
        Atlas { network: Network::new(&map), map, routes: BTreeMap::new(), spots }
    }

    /// How many metres a drawing shows from west to east.
    fn metres(drawing: &Drawing) -> f64 {
        let in_a_degree = Projection::at(at(0.0, 0.0)).metres(Coordinates([51.07, 20.03]))[1];
        WIDTH / drawing.affine()[3] * in_a_degree
    }

    fn names(subject: &Subject) -> Vec<&str> {
        subject.marks.iter().map(|mark| mark.name.as_str()).collect()
    }

    #[test]
    fn an_address_names_its_estate() {
        let atlas = atlas(vec![]);
        let area =
            |address: serde_json::Value| atlas.estate(&json!({ "address": address }), "pl").map(|subject| subject.area);
        for (address, expected) in [
            ("os. Centrum", Some(0)),
            ("os. Centrum 5", Some(0)),
            ("os. Centrum, Kraków", Some(0)),
            ("os. Centrum C 5", Some(1)),
            ("os.\u{a0}Centrum\u{a0}C\u{a0}5", Some(1)),
            ("os. Centrum CD", Some(0)),
            ("os. Centrumowe 1", None),
            ("ul. Prosta, os. Centrum", None),
            ("os. Zgody 1", None),
        ] {
            assert_eq!(area(address.into()).flatten(), expected, "{address}");
        }
        assert_eq!(area(serde_json::Value::Null), None);
        let subject = atlas.estate(&json!({ "address": "os. Centrum" }), "en").unwrap();
        assert_eq!((subject.language.as_str(), subject.levels), ("en", 3));
        // 900 metres, and a margin on both sides.
        assert!((WIDTH / subject.frame.scale - 900.0 / (1.0 - 2.0 * MARGIN)).abs() < 1.0);
    }

    #[test]
    fn an_inset_shows_the_places_round_a_page() {
        let own = spot(0, "place", "own", at(450.0, 300.0));
        let mut english = spot(5, "place", "english", at(500.0, 350.0));
        english.language = "en".into();
        let atlas = atlas(vec![
            own.clone(),
            spot(1, "place", "near", at(450.0 + 15.1, 300.0)),
            spot(2, "place", "same", at(450.0 + 14.9, 300.0)),
            spot(3, "place", "edge", at(450.0 + 319.0, 300.0 - 239.0)),
            spot(4, "place", "beyond", at(450.0 + 321.0, 300.0)),
            english,
            spot(6, "tour", "tour", at(500.0, 350.0)),
        ]);
        let subject = atlas.inset(&own, Frame::at(own.mark.at, INSET));
        assert_eq!(names(&subject), ["own", "near", "edge"]);
        assert_eq!(subject.marks.iter().map(|mark| mark.main).collect::<Vec<_>>(), [true, false, false]);
        assert!(subject.marks.iter().all(|mark| mark.url.is_none()) && subject.levels == 3);
    }

    #[test]
    fn beyond_the_base_map_the_nearest_place_on_it_is_shown_too() {
        let far = spot(0, "place", "far", at(5000.0, 300.0));
        let atlas = self::atlas(vec![
            far.clone(),
            spot(1, "place", "west", at(100.0, 300.0)),
            spot(2, "place", "east", at(800.0, 300.0)),
            spot(3, "organisation", "other", at(890.0, 300.0)),
        ]);
        let frame = atlas.outlying(&far).unwrap();
        // From 800 to 5000, and a quarter on both sides.
        assert!((WIDTH / frame.scale - 8400.0).abs() < 5.0, "{frame:?}");
        let [x, _] = frame.units(at(800.0, 300.0));
        assert!((x - 750.0).abs() < 1.0, "{x}");
        assert!(self::atlas(vec![far.clone()]).outlying(&far).is_none());
    }

    #[test]
    fn a_tour_has_its_way_and_numbered_stops() {
        let mut atlas = atlas(vec![]);
        let line = |points: &[[f64; 2]]| points.iter().map(|[x, y]| at(*x, *y)).collect::<Vec<_>>();
        let legs = vec![line(&[[0.0, 0.0], [300.0, 0.0]]), line(&[[300.0, 0.0], [600.0, 0.0]])];
        atlas.routes.insert(7, legs.clone());
        let stop = |title: &str, place: Coordinates| json!({ "title": title, "at": place.0 });
        // The first six metres from its way, the second more, the last on it.
        let value = json!({ "stops": [stop("A", at(0.0, 5.9)), stop("B", at(300.0, 6.1)), stop("C", at(600.0, 0.0))] });
        let subject = atlas.tour(7, "pl", &value).unwrap();
        let numbers: Vec<_> = subject.marks.iter().map(|mark| (mark.number, mark.main, mark.kind)).collect();
        assert_eq!(numbers, [1, 2, 3].map(|number| (Some(number), true, "place")));
        assert_eq!((names(&subject), subject.levels), (vec!["A", "B", "C"], 4));
        assert_eq!(subject.approaches, [vec![at(300.0, 0.0), at(300.0, 6.1)]]);
        assert_eq!(subject.route, legs);
        // A leg that is missing: nobody knows which way belongs to which stop.
        atlas.routes.insert(7, legs[..1].to_vec());
        assert!(atlas.tour(7, "pl", &value).unwrap().approaches.is_empty());
        assert!(atlas.tour(8, "pl", &value).is_none() && atlas.tour(7, "pl", &json!({})).is_none());
    }

    #[test]
    fn the_map_of_everything_has_what_is_asked_for() {
        let mut example = spot(5, "place", "example", at(300.0, 300.0));
        example.example = true;
        let mut english = spot(6, "place", "english", at(300.0, 300.0));
        english.language = "en".into();
        let mut atlas = atlas(vec![
            spot(0, "initiative", "i", at(300.0, 300.0)),
            spot(1, "event", "e", at(350.0, 300.0)),
            spot(2, "tour", "t", at(400.0, 300.0)),
            spot(3, "place", "p", at(450.0, 300.0)),
            example,
            english,
        ]);
        let shown = |atlas: &Atlas, language: &str, kinds: &[&str]| {
            let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_string()).collect();
            atlas.spots(language, &kinds).map(|mark| mark.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(shown(&atlas, "pl", &[]), ["i", "t", "p"]);
        assert_eq!(shown(&atlas, "pl", &["event", "place"]), ["e", "p"]);
        assert_eq!(shown(&atlas, "en", &[]), ["english"]);
        // The important first, and the ways of the tours that are shown.
        let way = vec![vec![at(400.0, 300.0), at(600.0, 300.0)]];
        atlas.routes.insert(2, way.clone());
        atlas.routes.insert(9, way);
        let drawn = |kinds: &[&str]| {
            let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_string()).collect();
            atlas.overview("pl", &kinds).map(|drawing| drawing.inline("x", "", ""))
        };
        let all = drawn(&[]).unwrap();
        let first: Vec<Option<usize>> =
            ["place", "tour", "initiative"].iter().map(|kind| all.find(&format!("<a class=\"mark {kind}\""))).collect();
        assert!(first.iter().all(Option::is_some) && first.is_sorted(), "{first:?} {all}");
        assert_eq!(all.matches("class=\"way tour\"").count(), 1);
        assert!(!drawn(&["place"]).unwrap().contains("way tour"));
        assert!(drawn(&["call"]).is_none());
    }

    #[test]
    fn what_is_far_from_everything_does_not_stretch_the_map() {
        let width = |east: f64| {
            let points = [0.0, 100.0, 200.0, 200.0 + east];
            let spots = points.iter().enumerate().map(|(page, x)| spot(page, "place", "x", at(*x, 300.0)));
            metres(&atlas(spots.collect()).overview("pl", &[]).unwrap())
        };
        // Metres from the third, which is in the middle.
        assert!((width(2950.0) - 3150.0 / 0.84).abs() < 1.0, "{}", width(2950.0));
        assert!((width(3060.0) - LEAST).abs() < 1.0, "{}", width(3060.0));
    }

    #[test]
    fn the_ground_to_point_at_is_all_of_the_base_map() {
        let drawing = atlas(vec![]).ground("pl").unwrap();
        assert!((metres(&drawing) - 900.0).abs() < 0.5, "{}", metres(&drawing));
        assert_eq!(drawing.inline("x", "", "").matches("<g class=\"l l").count(), draw::LEVELS.len());
        let empty = Atlas { map: BaseMap::default(), ..atlas(vec![]) };
        assert!(empty.ground("pl").is_none());
        let point = atlas(vec![]).point(at(300.0, 200.0), "Tu", "pl");
        assert!((metres(&point) - INSET[0]).abs() < 0.5, "{}", metres(&point));
        let text = point.inline("x", "", "");
        assert!(text.contains(">Tu</text>") && text.contains("<g class=\"mark place main\">"), "{text}");
    }

    #[test]
    fn a_position_is_two_numbers() {
        assert_eq!(coordinates(&json!([50.5, 20])), Some(Coordinates([50.5, 20.0])));
        assert_eq!([json!([50.5]), json!(null), json!(["50", "20"])].map(|value| coordinates(&value)), [None; 3]);
    }
}
