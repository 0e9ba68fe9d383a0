//! What the base map says of the guide's tours.

use serde_json::json;

use super::export::{FORMATS, Track, Waypoint};
use super::{Atlas, BaseMap, File, Network, Route, distance};
use crate::config::Project;
use crate::content::{Library, Page};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::guide::{Coordinates, Values};
use crate::markdown::plain_text;
use crate::source::{Step, Value};
use crate::text;

/// A stop farther from every street than this, in metres, is probably somewhere else.
const FARTHEST: f64 = 60.0;

/// A leg longer than this many times the straight line probably goes round what can be crossed.
const DETOUR: f64 = 2.0;

/// Legs shorter than this, in metres, may go round what they like.
const SHORT: f64 = 150.0;

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

/// Lays the way of every tour along the streets of the base map: adds `legs`, `metres`, `walking_minutes` and
/// `downloads` to the values of tours, keeps the routes in the atlas, and returns the files to take along.
pub(super) fn lay(
    atlas: &mut Atlas,
    project: &Project,
    library: &Library,
    values: &mut Values,
    diagnostics: &mut Diagnostics,
) -> Vec<File> {
    let (map, network) = (&atlas.map, &atlas.network);
    let mut files = vec![];
    for (id, page) in library.pages.iter().enumerate() {
        let Some(tour) = values.of(id).filter(|(kind, _)| *kind == "tour").map(|(_, tour)| tour) else { continue };
        let stops = stops(tour);
        let at: Vec<Coordinates> = stops.iter().map(|stop| stop.at).collect();
        // A stop without coordinates was told as such.
        if at.len() != tour["stops"].as_array().map_or(0, Vec::len) {
            continue;
        }
        let Some(route) = Route::past(&at, network) else { continue };
        if page.language == project.config.default_language {
            report(page, &stops, &route, diagnostics);
        }
        let legs: Vec<Value> = route
            .legs
            .iter()
            .map(|leg| {
                leg.as_ref().map_or(Value::Null, |leg| json!({ "metres": whole(leg.metres), "minutes": leg.minutes() }))
            })
            .collect();
        let track = Track {
            title: page.front.title.as_deref().unwrap_or_default(),
            description: page.front.description.as_deref().unwrap_or_default(),
            url: &page.permalink,
            attribution: map.attribution.of(&page.language),
            stops,
            route: &route,
        };
        let mut downloads = vec![];
        for (format, extension, write) in FORMATS {
            let name = format!("{}.{extension}", page.slug);
            downloads.push(json!({ "format": format, "permalink": format!("{}{name}", page.permalink) }));
            files.push((format!("{}{name}", page.path.trim_start_matches('/')), write(&track)));
        }
        atlas.routes.insert(id, route.legs.iter().flatten().map(|leg| leg.points.clone()).collect());
        values.set(id, "legs", legs.into());
        values.set(id, "metres", route.metres().map(whole).into());
        values.set(id, "walking_minutes", route.minutes().into());
        values.set(id, "downloads", downloads.into());
        values.set(id, "attribution", map.attribution.of(&page.language).into());
    }
    files
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

fn report(page: &Page, stops: &[Waypoint], route: &Route, diagnostics: &mut Diagnostics) {
    let place = |at: usize| {
        page.source.front.key_span(&page.source.text, &[Step::key("tour"), Step::key("stops"), Step::Index(at)])
    };
    for (at, metres) in route.offsets.iter().enumerate().filter(|(_, metres)| **metres > FARTHEST) {
        let (name, metres) = (&stops[at].name, whole(*metres));
        diagnostics.push(
            Diagnostic::warning(
                Code::RouteDoubtful,
                place(at),
                text!(
                    "przystanek „{name}” leży {metres} m od najbliższej ulicy na mapie",
                    "the stop `{name}` is {metres} m from the nearest street of the map"
                ),
            )
            .help(text!("sprawdź współrzędne przystanku", "check the coordinates of the stop")),
        );
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

/// Whole metres.
fn whole(metres: f64) -> u64 {
    // Distances on the earth fit; rounding is what is wanted.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let metres = metres.round() as u64;
    metres
}
