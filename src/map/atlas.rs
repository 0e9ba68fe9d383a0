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
