//! A recorded way: a GPX file (1.0 or 1.1) in the folder of a tour.

use unicode_normalization::UnicodeNormalization;

use crate::config::Project;
use crate::content::{Library, Page};
use crate::diagnostic::{Code, Diagnostic, Text, help_with_suggestion};
use crate::guide::Coordinates;
use crate::source::{DataFormat, Step, Value, read_text};
use crate::text;

/// Points of a track: a second each for five hours and a half.
const MOST: usize = 20_000;

/// The points of the file that the tour on `page` names as its track, or what is wrong with it.
pub(super) fn read(
    name: &str,
    page: &Page,
    library: &Library,
    project: &Project,
) -> Result<Vec<Coordinates>, Diagnostic> {
    // Only files that belong to the page are looked at, so nothing outside its folder can be named.
    let original = library.page(&page.canonical, &project.config.default_language).map(|id| &library.pages[id]);
    let owner = original.unwrap_or(page);
    let folder = owner.bundle_folder().unwrap_or_default();
    let beside = |path: &str| path.strip_prefix(&folder).map(str::to_string);
    let path = format!("{folder}{}", name.nfc());
    let wrong = |message: Text, help: Text| {
        let place = [Step::key("tour"), Step::key("track")];
        Diagnostic::error(Code::InvalidValue, page.source.front.value_span(&page.source.text, &place), message)
            .help(help)
    };
    let Some(asset) = owner.assets.iter().find(|asset| asset.path == path) else {
        let tracks: Vec<String> =
            owner.assets.iter().filter_map(|asset| beside(&asset.path)).filter(|name| is_gpx(name)).collect();
        let names: Vec<&str> = tracks.iter().map(String::as_str).collect();
        let help = if names.is_empty() {
            text!(
                "zapisz ślad GPX w folderze trasy, obok index.md",
                "save the GPX track in the tour's folder, beside index.md"
            )
        } else {
            help_with_suggestion(name, &names)
        };
        return Err(wrong(
            text!("w folderze trasy nie ma pliku „{name}”", "there is no file `{name}` in the tour's folder"),
            help,
        ));
    };
    points(&read_text(&asset.file, &project.root)?).map_err(|why| {
        let Text { pl, en } = why;
        let message = text!("śladu „{name}” nie da się użyć: {pl}", "the track `{name}` cannot be used: {en}");
        wrong(message, text!("wyeksportuj ślad jeszcze raz jako GPX", "export the track as GPX once more"))
    })
}

/// Whether a file's name is that of a GPX file.
fn is_gpx(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gpx"))
}

/// The points of all tracks, one segment after another; those of the routes when there is no track.
fn points(gpx: &str) -> Result<Vec<Coordinates>, Text> {
    let value = DataFormat::Xml
        .parse(gpx)
        .map_err(|error| text!("to nie jest plik XML ({error})", "it is not an XML file ({error})"))?;
    let Some(gpx) = value.get("gpx") else {
        return Err(text!("to nie jest plik GPX", "it is not a GPX file"));
    };
    let segments = all(&gpx["trk"]).iter().flat_map(|track| all(&track["trkseg"]));
    let mut found: Vec<&Value> = segments.flat_map(|segment| all(&segment["trkpt"])).collect();
    if found.is_empty() {
        found = all(&gpx["rte"]).iter().flat_map(|route| all(&route["rtept"])).collect();
    }
    let count = found.len();
    if count > MOST {
        return Err(text!(
            "ma {count} punktów, najwięcej może {MOST}",
            "it has {count} points, {MOST} at most are allowed"
        ));
    }
    let mut points = Vec::with_capacity(count);
    for (at, value) in found.into_iter().enumerate() {
        let point = point(value).ok_or_else(|| {
            let number = at + 1;
            text!("punkt {number} nie ma szerokości i długości", "the point {number} has no latitude and longitude")
        })?;
        points.push(point);
    }
    // Standing still is no way. What moves is kept as it was recorded.
    points.dedup();
    if points.len() < 2 {
        return Err(text!("ma mniej niż dwa punkty", "it has fewer than two points"));
    }
    Ok(points)
}

/// What the XML reader makes of one element, or of several with the same name.
fn all(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::Array(list) => list,
        one => std::slice::from_ref(one),
    }
}

fn point(value: &Value) -> Option<Coordinates> {
    let degrees = |name: &str| match &value[name] {
        Value::String(text) => text.trim().parse().ok(),
        number => number.as_f64(),
    };
    let point = Coordinates([degrees("@lat")?, degrees("@lon")?]);
    point.within([-180.0, -90.0, 180.0, 90.0]).then_some(point)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inside: &str) -> Result<Vec<[f64; 2]>, String> {
        let gpx = format!(
            "<?xml version=\"1.0\"?><gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\">{inside}</gpx>"
        );
        points(&gpx).map(|points| points.into_iter().map(|point| point.0).collect()).map_err(|why| why.en)
    }

    #[test]
    fn segments_are_joined_in_order() {
        let tracks = "<wpt lat=\"1\" lon=\"1\"/><rte><rtept lat=\"9\" lon=\"9\"/></rte>\
            <trk><name>a</name><trkseg><trkpt lat=\"50.07\" lon=\"20.03\"><ele>200</ele></trkpt><trkpt lat=\"50.07\" lon=\"20.03\"/>\
            <trkpt lat=\" +50.08\" lon=\"20\"/></trkseg><trkseg/><trkseg><trkpt lat=\"-1.5\" lon=\"2e1\"/></trkseg></trk>\
            <trk><trkseg><trkpt lat=\"2\" lon=\"3\"/></trkseg></trk>";
        assert_eq!(read(tracks).unwrap(), [[50.07, 20.03], [50.08, 20.0], [-1.5, 20.0], [2.0, 3.0]]);
        let route = "<rte><rtept lat=\"1\" lon=\"2\"/><rtept lat=\"3\" lon=\"4\"/></rte>";
        assert_eq!(read(route).unwrap(), [[1.0, 2.0], [3.0, 4.0]]);
    }

    #[test]
    fn what_is_no_track_is_told() {
        let point = "<trkpt lat=\"1\" lon=\"2\"/>";
        let track = |points: &str| read(&format!("<trk><trkseg>{points}</trkseg></trk>"));
        assert!(read("").unwrap_err().contains("fewer than two"));
        assert!(track(&point.repeat(3)).unwrap_err().contains("fewer than two"));
        assert!(track(&format!("{point}<trkpt lat=\"91\" lon=\"2\"/>")).unwrap_err().contains("point 2"));
        assert!(track(&format!("{point}<trkpt lat=\"x\" lon=\"2\"/>")).unwrap_err().contains("point 2"));
        assert!(track(&format!("{point}<trkpt lat=\"NaN\" lon=\"2\"/>")).is_err());
        assert!(track(&point.repeat(MOST + 1)).unwrap_err().contains("20001"));
        assert!(points("<kml/>").unwrap_err().en.contains("GPX") && points("{}").unwrap_err().en.contains("XML"));
    }

    #[test]
    fn as_many_points_as_allowed_and_as_few() {
        let walk = |count: usize| {
            let points: Vec<String> = (0..count).map(|at| format!("<trkpt lat=\"1\" lon=\"0.{at:05}\"/>")).collect();
            read(&format!("<trk><trkseg>{}</trkseg></trk>", points.concat())).map(|points| points.len())
        };
        assert_eq!((walk(MOST), walk(2)), (Ok(MOST), Ok(2)));
        assert!(walk(1).unwrap_err().contains("fewer than two"));
        assert!(walk(MOST + 1).is_err());
    }

    #[test]
    fn files_of_tracks_are_told_by_their_names() {
        let names = ["a.gpx", "a.GPX", "a.b.gpx", "gpx", "a.gpx.txt", "a.kml", ""];
        assert_eq!(names.map(is_gpx), [true, true, true, false, false, false, false]);
        let track = |lat: &str, lon: &str| {
            read(&format!("<rte><rtept lat=\"{lat}\" lon=\"{lon}\"/><rtept lat=\"0\" lon=\"0\"/></rte>"))
        };
        assert_eq!(track("90", "-180").unwrap()[0].to_vec(), [90.0, -180.0]);
        for (lat, lon) in [("90.1", "0"), ("-90.1", "0"), ("0", "180.1"), ("0", "-180.1"), ("", "0")] {
            assert!(track(lat, lon).unwrap_err().contains("point 1"), "{lat} {lon}");
        }
    }
}
