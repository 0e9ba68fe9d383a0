//! The base map as text: one feature a line, so that changes can be read.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::gather::{Feature, Shape};
use super::point::{Area, Bbox, Line, Point};

/// Whose data it is, in the words that the licence asks for.
const ATTRIBUTION: &str = "© OpenStreetMap contributors, ODbL 1.0 (https://www.openstreetmap.org/copyright)";

/// Writes a base map.
pub(super) fn write(features: &[Feature], bbox: Bbox) -> String {
    let [low, _, high, _] = bbox.corners().map(numbers);
    let mut text = format!(
        "{{\"type\":\"FeatureCollection\",\n\"name\":\"base\",\n\"attribution\":\"{ATTRIBUTION}\",\n\
         \"bbox\":[{low},{high}],\n\"features\":[\n"
    );
    for (at, feature) in features.iter().enumerate() {
        let (kind, coordinates) = shape(&feature.shape);
        let properties = Value::Object(properties(feature));
        let comma = if at + 1 < features.len() { "," } else { "" };
        // Writing into a string cannot fail.
        let _ = writeln!(
            text,
            "{{\"type\":\"Feature\",\"properties\":{properties},\
             \"geometry\":{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}}}{comma}"
        );
    }
    text.push_str("]}\n");
    text
}

fn properties(feature: &Feature) -> Map<String, Value> {
    let (layer, names) = (&feature.layer, &feature.names);
    let all = [
        ("kind", Some(layer.kind.as_str())),
        ("class", layer.class.map(crate::map::Class::as_str)),
        ("name", names.pl.as_deref()),
        ("name_en", names.en.as_deref()),
    ];
    all.into_iter().filter_map(|(key, value)| Some((key.to_string(), value?.into()))).collect()
}

/// The type of a shape and its coordinates.
fn shape(shape: &Shape) -> (&'static str, String) {
    match shape {
        Shape::Point(at) => ("Point", position(*at)),
        Shape::Lines(lines) => match &lines[..] {
            [one] => ("LineString", line(one)),
            _ => ("MultiLineString", list(lines, line)),
        },
        Shape::Areas(areas) => match &areas[..] {
            [one] => ("Polygon", list(one, line)),
            _ => ("MultiPolygon", list(areas, |rings: &Area| list(rings, line))),
        },
    }
}

fn list<T>(items: &[T], write: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(write).collect();
    format!("[{}]", items.join(","))
}

// A line is what the list holds.
#[allow(clippy::ptr_arg)]
fn line(line: &Line) -> String {
    list(line, |at| position(*at))
}

fn position(at: Point) -> String {
    format!("[{}]", numbers(at))
}

/// Degrees east and north, with up to five decimals.
fn numbers([east, north]: Point) -> String {
    format!("{},{}", degrees(east), degrees(north))
}

fn degrees(steps: i32) -> String {
    let sign = if steps < 0 { "-" } else { "" };
    let (whole, rest) = (steps.unsigned_abs() / 100_000, steps.unsigned_abs() % 100_000);
    let decimals = format!("{rest:05}");
    match decimals.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        decimals => format!("{sign}{whole}.{decimals}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tags::{Layer, Names};
    use super::*;
    use crate::map::{Class, Kind};

    #[test]
    fn degrees_have_no_zeros_at_the_end() {
        assert_eq!(
            [2_003_740, 5_000_000, -7, 0, 2_000_001].map(degrees),
            ["20.0374", "50", "-0.00007", "0", "20.00001"]
        );
    }

    #[test]
    fn every_shape_is_written_on_a_line_of_its_own() {
        let ring = |low: i32, high: i32| vec![[low, low], [high, low], [high, high], [low, low]];
        let feature = |class: Option<Class>, pl: Option<&str>, en: Option<&str>, shape: Shape| Feature {
            layer: Layer { kind: Kind::Green, class },
            names: Names { pl: pl.map(str::to_string), en: en.map(str::to_string) },
            shape,
        };
        let line = vec![[100_000, 200_000], [150_000, 250_000]];
        let features = [
            feature(Some(Class::Park), Some("„A\""), Some("B"), Shape::Point([100_000, -5])),
            feature(None, None, None, Shape::Lines(vec![line.clone()])),
            feature(None, None, None, Shape::Lines(vec![line.clone(), line])),
            feature(None, None, None, Shape::Areas(vec![vec![ring(0, 900_000), ring(100_000, 200_000)]])),
            feature(None, None, None, Shape::Areas(vec![vec![ring(0, 100_000)], vec![ring(200_000, 300_000)]])),
        ];
        let bbox = Bbox { west: 100_000, south: 200_000, east: 300_000, north: 450_000 };
        let text = write(&features, bbox);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((lines.len(), lines[3], lines[10]), (11, "\"bbox\":[1,2,3,4.5],", "]}"));
        for (at, properties, shape, end) in [
            (
                5,
                "\"kind\":\"green\",\"class\":\"park\",\"name\":\"„A\\\"\",\"name_en\":\"B\"",
                "\"Point\",\"coordinates\":[1,-0.00005]",
                ",",
            ),
            (6, "\"kind\":\"green\"", "\"LineString\",\"coordinates\":[[1,2],[1.5,2.5]]", ","),
            (7, "\"kind\":\"green\"", "\"MultiLineString\",\"coordinates\":[[[1,2],[1.5,2.5]],[[1,2],[1.5,2.5]]]", ","),
            (
                8,
                "\"kind\":\"green\"",
                "\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]",
                ",",
            ),
            (
                9,
                "\"kind\":\"green\"",
                "\"MultiPolygon\",\"coordinates\":[[[[0,0],[1,0],[1,1],[0,0]]],[[[2,2],[3,2],[3,3],[2,2]]]]",
                "",
            ),
        ] {
            let expected = format!(
                "{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{{\"type\":{shape}}}}}{end}"
            );
            assert_eq!(lines[at], expected);
        }
        assert!(write(&[], bbox).ends_with("\"features\":[\n]}\n"));
    }
}
