//! GPX 1.1 (topografix.com/GPX/1/1): waypoints, the route as its stops, the track as the whole way.

use std::fmt::Write as _;

use super::{Licence, Track, Waypoint, degrees, xml};
use crate::guide::Coordinates;

/// A tour as GPX. The order of elements is the schema's. It has room for one licence, that of the way; the one of the
/// texts is a link.
pub(super) fn write(track: &Track<'_>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"huta\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n",
    );
    let (title, description) = (xml(track.title), xml(track.description));
    // Writing into memory cannot fail.
    let _ = writeln!(
        out,
        "<metadata><name>{title}</name><desc>{description}</desc><copyright author=\"{}\"><license>{}</license></copyright><link href=\"{}\"><text>{title}</text></link><link href=\"{}\"><text>CC BY-SA 4.0</text></link></metadata>",
        xml(track.licence.attribution),
        track.licence.data,
        xml(track.url),
        Licence::TEXTS,
    );
    for stop in &track.stops {
        waypoint(&mut out, "wpt", stop);
    }
    let _ = writeln!(out, "<rte><name>{title}</name>");
    for stop in &track.stops {
        waypoint(&mut out, "rtept", stop);
    }
    let _ = writeln!(out, "</rte>\n<trk><name>{title}</name><src>{}</src>", xml(track.licence.attribution));
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
        assert_eq!(gpx["wpt"][0]["desc"], "Uwaga!", "without what XML cannot write");
        let without: Vec<bool> = ["desc", "link"].map(|part| gpx["rte"]["rtept"][1][part].is_null()).to_vec();
        assert_eq!(without, [true, true]);
        let metadata = &gpx["metadata"];
        assert_eq!(metadata["copyright"]["@author"], "© OSM");
        assert!(metadata["copyright"]["license"].as_str().unwrap().contains("odbl"));
        assert!(metadata["link"][1]["@href"].as_str().unwrap().contains("by-sa"));
        assert_eq!(metadata.as_object().unwrap().keys().collect::<Vec<_>>(), ["name", "desc", "copyright", "link"]);
    }
}
