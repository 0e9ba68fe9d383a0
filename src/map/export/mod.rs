//! The way of a tour to take along: files for other programs.

mod geojson;
mod gpx;
mod kml;

pub(crate) use self::geojson::position;
use super::Route;
use crate::guide::Coordinates;

/// A tour as other programs see it.
#[derive(Debug, Clone)]
pub(in crate::map) struct Track<'a> {
    /// Title of the tour.
    pub title: &'a str,
    /// One sentence on it.
    pub description: &'a str,
    /// Address of its page.
    pub url: &'a str,
    /// Under what it may be used.
    pub licence: Licence<'a>,
    /// Its stops.
    pub stops: Vec<Waypoint>,
    /// The way past them.
    pub route: &'a Route,
}

/// One stop.
#[derive(Debug, Clone)]
pub(in crate::map) struct Waypoint {
    /// Where it is.
    pub at: Coordinates,
    /// Its name.
    pub name: String,
    /// What there is to do, as plain text.
    pub note: String,
    /// Address of the page about it.
    pub url: Option<String>,
}

/// Whose the data are, and their licence; texts have another.
#[derive(Debug, Clone, Copy)]
pub(in crate::map) struct Licence<'a> {
    /// Whom to name.
    pub attribution: &'a str,
    /// Address of the licence of the way and of points.
    pub data: &'static str,
}

impl Licence<'_> {
    /// The Open Database License: the licence of OpenStreetMap, and so of the base map and what is made from it.
    pub(in crate::map) const ODBL: &'static str = "https://opendatacommons.org/licenses/odbl/1-0/";

    /// CC BY-SA 4.0: the licence of the guide's texts, and of what its authors recorded.
    pub(in crate::map) const TEXTS: &'static str = "https://creativecommons.org/licenses/by-sa/4.0/";
}

/// How a tour is written in one form.
type Write = fn(&Track<'_>) -> String;

/// The forms a tour can be taken along in: name, extension, how it is written.
pub(super) const FORMATS: [(&str, &str, Write); 3] =
    [("GPX", "gpx", gpx::write), ("KML", "kml", kml::write), ("GeoJSON", "geojson", geojson::write)];

/// Text for XML; control characters, which XML cannot write, are left out.
pub(in crate::map) fn xml(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control() || "\t\n".contains(*c)).collect();
    quick_xml::escape::escape(kept.as_str()).into_owned()
}

/// Degrees with five decimals, about a metre.
fn degrees(number: f64) -> String {
    format!("{number:.5}")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::map::Leg;

    /// A tour with two stops and a way of three points.
    pub(in crate::map) fn written(write: Write) -> String {
        let points = vec![Coordinates([50.07, 20.03]), Coordinates([50.071, 20.035]), Coordinates([50.07, 20.04])];
        let leg = Leg { points, streets: vec![], metres: 730.0, straight: 715.0 };
        let route = Route { offsets: vec![1.0, 2.0], legs: vec![Some(leg)] };
        // The second has nothing but a name.
        let stop = |at: [f64; 2], url: Option<&str>| Waypoint {
            at: Coordinates(at),
            name: "Plac & <Róż>".into(),
            note: url.map_or("", |_| "Uwaga\u{1}!").into(),
            url: url.map(str::to_string),
        };
        let stops = vec![stop([50.07, 20.03], Some("https://x.pl/a/?b&c")), stop([50.07, 20.04], None)];
        write(&Track {
            title: "T & t",
            description: "d",
            url: "https://x.pl/t/",
            licence: Licence { attribution: "© OSM", data: Licence::ODBL },
            stops,
            route: &route,
        })
    }
}
