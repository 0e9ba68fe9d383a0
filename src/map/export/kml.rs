//! KML 2.2 (OGC 07-147r2): a placemark for each stop, one for the way.

use std::fmt::Write as _;

use super::{Licence, Track, degrees, xml};
use crate::guide::Coordinates;

/// A tour as KML.
pub(super) fn write(track: &Track<'_>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<Document>",
    );
    let title = xml(track.title);
    // Writing into memory cannot fail.
    let _ = writeln!(
        out,
        "<name>{title}</name><atom:author><atom:name>{}</atom:name></atom:author><atom:link href=\"{}\"/><description>{}</description><ExtendedData><Data name=\"license\"><value>{}</value></Data><Data name=\"texts_license\"><value>{}</value></Data></ExtendedData>",
        xml(track.licence.attribution),
        xml(track.url),
        // Programs that read KML take a description for HTML.
        xml(&xml(track.description)),
        track.licence.data,
        Licence::TEXTS,
    );
    for stop in &track.stops {
        let _ = write!(out, "<Placemark><name>{}</name>", xml(&stop.name));
        if let Some(url) = &stop.url {
            let _ = write!(out, "<atom:link href=\"{}\"/>", xml(url));
        }
        if !stop.note.is_empty() {
            let _ = write!(out, "<description>{}</description>", xml(&xml(&stop.note)));
        }
        let _ = writeln!(out, "<Point><coordinates>{}</coordinates></Point></Placemark>", position(stop.at));
    }
    let line = track.route.points().into_iter().map(position).collect::<Vec<_>>().join(" ");
    let _ = writeln!(
        out,
        "<Placemark><name>{title}</name><LineString><tessellate>1</tessellate><coordinates>{line}</coordinates></LineString></Placemark>"
    );
    out.push_str("</Document>\n</kml>\n");
    out
}

fn position(point: Coordinates) -> String {
    format!("{},{}", degrees(point.longitude()), degrees(point.latitude()))
}

#[cfg(test)]
mod tests {
    use crate::map::export::tests::written;
    use crate::source::DataFormat;

    #[test]
    fn has_every_stop_and_the_whole_way() {
        let kml = &DataFormat::Xml.parse(&written(super::write)).unwrap()["kml"]["Document"];
        let marks = kml["Placemark"].as_array().unwrap();
        assert_eq!(marks.len(), 3);
        assert_eq!(marks[0]["Point"]["coordinates"], "20.03000,50.07000");
        assert_eq!((&marks[0]["description"], marks[1]["description"].is_null()), (&"Uwaga!".into(), true));
        assert_eq!(marks[2]["LineString"]["coordinates"].as_str().unwrap().split(' ').count(), 3);
    }
}
