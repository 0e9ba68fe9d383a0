//! What the base map and recorded tracks say of the guide's tours.

use std::collections::BTreeMap;

use serde_json::json;

use super::export::{FORMATS, Licence, Track, Waypoint};
use super::steps::whole;
use super::{Atlas, BaseMap, File, Network, Route, distance, recorded};
use crate::config::Project;
use crate::content::{Library, Page};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::guide::{Coordinates, Values};
use crate::markdown::plain_text;
use crate::source::{Step, Value};
use crate::text;

/// A stop farther from every street than this, in metres, is probably somewhere else.
const FARTHEST: f64 = 60.0;

/// A stop farther from the recorded track than this, in metres, was probably not on that walk.
const MISSED: f64 = 50.0;

/// A leg longer than this many times the straight line probably goes round what can be crossed.
const DETOUR: f64 = 2.0;

/// A leg no longer than this may double the straight line, in metres: a stop may stand that far from its street, and
/// crossing the street to a stop on its other side may be all there is to it.
const SHORT: f64 = FARTHEST;

/// Lays the way of every tour along its recorded track, else along the streets of the base map: adds `legs`, `metres`,
/// `walking_minutes`, `downloads` and `attribution` to the values of tours, keeps the routes in the atlas, and returns
/// the files to take along. A tour without a track on a site without a base map stays as it is.
pub(super) fn lay(
    atlas: Option<&mut Atlas>,
    project: &Project,
    library: &Library,
    values: &mut Values,
    diagnostics: &mut Diagnostics,
) -> Vec<File> {
    let (map, network) = atlas.as_deref().map(|atlas| (&atlas.map, &atlas.network)).unzip();
    let mut routes = BTreeMap::new();
    let mut files = vec![];
    for (id, page) in library.pages.iter().enumerate() {
        let Some(tour) = values.of(id).filter(|(kind, _)| *kind == "tour").map(|(_, tour)| tour) else { continue };
        let stops = stops(tour);
        let at: Vec<Coordinates> = stops.iter().map(|stop| stop.at).collect();
        // A stop without coordinates was told as such.
        if at.len() != tour["stops"].as_array().map_or(0, Vec::len) {
            continue;
        }
        let track = tour["track"].as_str();
        let route = match track.map(|name| recorded::read(name, page, library, project)) {
            Some(Ok(track)) => Route::along(&at, &track),
            Some(Err(problem)) => {
                if says_track(page) {
                    diagnostics.push(problem);
                }
                None
            }
            None => network.and_then(|network| Route::past(&at, network)),
        };
        let Some(route) = route else { continue };
        if page.language == project.config.default_language || track.is_some() && says_track(page) {
            report(page, &stops, &route, track, diagnostics);
        }
        let streets = map.map_or(&[][..], |map| &map.features);
        let legs: Vec<Value> = route
            .legs
            .iter()
            .map(|leg| {
                let leg = leg.as_ref()?;
                Some(json!({ "metres": whole(leg.metres), "minutes": leg.minutes(), "steps": leg.steps(streets) }))
            })
            .map(Value::from)
            .collect();
        // A way along streets is made from the map, a recorded one belongs to the guide.
        let from_map = map.filter(|_| track.is_none()).map(|map| of_map(map, &page.language));
        let licence = from_map.unwrap_or_else(|| own(project));
        let file = Track {
            title: page.front.title.as_deref().unwrap_or_default(),
            description: page.front.description.as_deref().unwrap_or_default(),
            url: &page.permalink,
            licence,
            stops,
            route: &route,
        };
        let mut downloads = vec![];
        for (format, extension, write) in FORMATS {
            let name = format!("{}.{extension}", page.slug);
            downloads.push(json!({ "format": format, "permalink": format!("{}{name}", page.permalink) }));
            files.push((format!("{}{name}", page.path.trim_start_matches('/')), write(&file)));
        }
        routes.insert(id, route.legs.iter().flatten().map(|leg| leg.points.clone()).collect());
        values.set(id, "legs", legs.into());
        values.set(id, "metres", route.metres().map(whole).into());
        values.set(id, "walking_minutes", route.minutes().into());
        values.set(id, "downloads", downloads.into());
        values.set(id, "attribution", licence.attribution.into());
    }
    if let Some(atlas) = atlas {
        atlas.routes = routes;
    }
    files
}

/// The licence of what is made from the base map, for readers of a language.
pub(super) fn of_map<'a>(map: &'a BaseMap, language: &str) -> Licence<'a> {
    Licence { attribution: map.attribution.of(language), data: Licence::ODBL }
}

/// The licence of what the guide's authors recorded themselves.
fn own(project: &Project) -> Licence<'_> {
    let config = &project.config;
    let author = config.author.as_deref().or(config.title.as_deref());
    Licence { attribution: author.unwrap_or(&config.base_url), data: Licence::TEXTS }
}

/// Whether a page names a track itself: what it inherits is told in its original.
fn says_track(page: &Page) -> bool {
    page.fallback_of.is_none() && page.blocks.get("tour").is_some_and(|tour| tour.get("track").is_some())
}

/// The stops of a tour's value that say where they are.
fn stops(tour: &Value) -> Vec<Waypoint> {
    let stop = |stop: &Value| {
        let at = Coordinates([stop["at"][0].as_f64()?, stop["at"][1].as_f64()?]);
        Some(Waypoint {
            at,
            name: stop["title"].as_str().unwrap_or_default().to_string(),
            note: plain_text(stop["note_html"].as_str().unwrap_or_default()),
            url: stop["place"]["permalink"].as_str().map(str::to_string),
        })
    };
    tour["stops"].as_array().into_iter().flatten().filter_map(stop).collect()
}

/// Tells which streets of a base map are joined to nothing.
pub(super) fn report_cut_off(map: &BaseMap, diagnostics: &mut Diagnostics) {
    for line in Network::cut_off(map) {
        diagnostics.push(
            Diagnostic::warning(
                Code::BaseMapInvalid,
                map.span(line),
                text!("ta ulica nie łączy się z resztą sieci", "this street is not joined to the rest of the network"),
            )
            .help(text!("połącz ją: skrzyżowane linie mają wspólny punkt", "join it: lines that cross share a point")),
        );
    }
}

/// What is doubtful about a way: stops off it, legs that are missing or far too long. How a recorded way goes from stop
/// to stop is not doubted: somebody walked it.
fn report(page: &Page, stops: &[Waypoint], route: &Route, track: Option<&str>, diagnostics: &mut Diagnostics) {
    let place = |at: usize| {
        page.source.front.key_span(&page.source.text, &[Step::key("tour"), Step::key("stops"), Step::Index(at)])
    };
    let most = if track.is_some() { MISSED } else { FARTHEST };
    for (at, metres) in route.offsets.iter().enumerate().filter(|(_, metres)| **metres > most) {
        let (name, metres) = (&stops[at].name, whole(*metres));
        let (message, help) = match track {
            Some(track) => (
                text!(
                    "ślad „{track}” omija przystanek „{name}” o {metres} m",
                    "the track `{track}` misses the stop `{name}` by {metres} m"
                ),
                text!(
                    "sprawdź współrzędne i kolejność przystanków albo popraw ślad",
                    "check the coordinates and the order of the stops, or mend the track"
                ),
            ),
            None => (
                text!(
                    "przystanek „{name}” leży {metres} m od najbliższej ulicy na mapie",
                    "the stop `{name}` is {metres} m from the nearest street of the map"
                ),
                text!("sprawdź współrzędne przystanku", "check the coordinates of the stop"),
            ),
        };
        diagnostics.push(Diagnostic::warning(Code::RouteDoubtful, place(at), message).help(help));
    }
    if track.is_some() {
        return;
    }
    for (at, leg) in route.legs.iter().enumerate() {
        let (from, to) = (&stops[at].name, &stops[at + 1].name);
        let message = match leg {
            None => text!("na mapie nie ma drogi z „{from}” do „{to}”", "the map has no way from `{from}` to `{to}`"),
            Some(leg) if leg.metres > SHORT && leg.metres > DETOUR * leg.straight => {
                let (metres, straight) = (whole(leg.metres), whole(distance(stops[at].at, stops[at + 1].at)));
                text!(
                    "droga z „{from}” do „{to}” ma {metres} m, a w linii prostej jest {straight} m",
                    "the way from `{from}` to `{to}` is {metres} m, the straight line {straight} m"
                )
            }
            Some(_) => continue,
        };
        let help = text!(
            "sprawdź współrzędne albo dorysuj ścieżkę na mapie",
            "check the coordinates, or draw the missing path on the map"
        );
        diagnostics.push(Diagnostic::warning(Code::RouteDoubtful, place(at + 1), message).help(help));
    }
}
