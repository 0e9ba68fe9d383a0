//! GPX 1.1 (topografix.com/GPX/1/1): waypoints, the route as its stops, the track as the whole way.

use std::fmt::Write as _;

use super::{LICENCE, Track, Waypoint, degrees, xml};
use crate::guide::Coordinates;

/// A tour as GPX. The order of elements is the schema's.
pub(super) fn write(track: &Track<'_>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"huta\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n",
    );
    let (title, description) = (xml(track.title), xml(track.description));
    // Writing into memory cannot fail.
    let _ = writeln!(
        out,
        "<metadata><name>{title}</name><desc>{description}</desc><copyright author=\"{}\"><license>{LICENCE}</license></copyright><link href=\"{}\"><text>{title}</text></link></metadata>",
        xml(track.attribution),
        xml(track.url),
    );
    for stop in &track.stops {
        waypoint(&mut out, "wpt", stop);
    }
    let _ = writeln!(out, "<rte><name>{title}</name>");
    for stop in &track.stops {
        waypoint(&mut out, "rtept", stop);
    }
    let _ = writeln!(out, "</rte>\n<trk><name>{title}</name><src>{}</src>", xml(track.attribution));
    for leg in track.route.legs.iter().flatten() {
        out.push_str("<trkseg>");
        for point in &leg.points {
            let _ = write!(out, "<trkpt {}/>", position(*point));
        }
        out.push_str("</trkseg>\n");
    }
    out.push_str("</trk>\n</gpx>\n");
    out
}

fn position(point: Coordinates) -> String {
    format!("lat=\"{}\" lon=\"{}\"", degrees(point.latitude()), degrees(point.longitude()))
}

fn waypoint(out: &mut String, element: &str, stop: &Waypoint) {
    let _ = write!(out, "<{element} {}><name>{}</name>", position(stop.at), xml(&stop.name));
    if !stop.note.is_empty() {
        let _ = write!(out, "<desc>{}</desc>", xml(&stop.note));
    }
    if let Some(url) = &stop.url {
        let _ = write!(out, "<link href=\"{}\"/>", xml(url));
    }
    let _ = writeln!(out, "</{element}>");
}

#[cfg(test)]
mod tests {
    use crate::map::export::tests::written;
    use crate::source::DataFormat;

    #[test]
    fn has_every_stop_and_the_whole_way() {
        let gpx = &DataFormat::Xml.parse(&written(super::write)).unwrap()["gpx"];
        assert_eq!(gpx["wpt"].as_array().unwrap().len(), 2);
        assert_eq!(gpx["rte"]["rtept"].as_array().unwrap().len(), 2);
        assert_eq!(gpx["trk"]["trkseg"]["trkpt"].as_array().unwrap().len(), 3);
        assert_eq!(gpx["wpt"][0]["name"], "Plac & <Róż>");
        assert_eq!(gpx["wpt"][0]["link"]["@href"], "https://x.pl/a/?b&c");
        assert_eq!(gpx["wpt"][1]["@lon"], 20.04);
        assert_eq!(gpx["metadata"]["copyright"]["@author"], "© OSM");
    }
}
