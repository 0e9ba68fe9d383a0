//! `GeoJSON` (RFC 7946) whose features carry OpenStreetMap's tags as properties, as `osmium export`, Overpass and editors
//! write it. One feature at a time is in memory.

use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::gather::Gathered;
use super::point::{Area, Line, Point, nanodegrees, point, tidy_ring, turned};
use super::tags::Tags;
use crate::diagnostic::Text;
use crate::map::is_wgs84;
use crate::text;

/// Gathers what touches the map.
pub(super) fn read(path: &Path, gathered: &mut Gathered) -> Result<(), Text> {
    let file = File::open(path).map_err(|error| text!("nie da się odczytać: {error}", "cannot be read: {error}"))?;
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(file));
    Collection(gathered)
        .deserialize(&mut json)
        .and_then(|()| json.end())
        .map_err(|error| text!("plik nie jest GeoJSON: {error}", "the file is not GeoJSON: {error}"))
}

/// The file: a collection of features, shown as they come.
struct Collection<'a>(&'a mut Gathered);

impl<'de> DeserializeSeed<'de> for Collection<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Collection<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a FeatureCollection")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let mut has_features = false;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => {
                    let kind: String = map.next_value()?;
                    if kind != "FeatureCollection" {
                        return Err(M::Error::custom(format!("`{kind}` is not a FeatureCollection")));
                    }
                }
                "crs" => {
                    let crs: Value = map.next_value()?;
                    if !crs.is_null() && !is_wgs84(&crs) {
                        return Err(M::Error::custom(format!("{crs} is not WGS 84")));
                    }
                }
                "features" => {
                    map.next_value_seed(Features(&mut *self.0))?;
                    has_features = true;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if has_features { Ok(()) } else { Err(M::Error::missing_field("features")) }
    }
}

struct Features<'a>(&'a mut Gathered);

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of features")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut features: S) -> Result<(), S::Error> {
        while let Some(feature) = features.next_element::<RawFeature>()? {
            gather(&feature, self.0).map_err(S::Error::custom)?;
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct RawFeature {
    properties: Option<Map<String, Value>>,
    geometry: Option<RawGeometry>,
}

#[derive(Deserialize)]
struct RawGeometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Value,
}

fn gather(feature: &RawFeature, gathered: &mut Gathered) -> Result<(), String> {
    let (Some(properties), Some(geometry)) = (&feature.properties, &feature.geometry) else { return Ok(()) };
    // Some programs put the tags into a table of their own.
    let tags = properties.get("tags").and_then(Value::as_object).unwrap_or(properties);
    let texts: Vec<(&str, String)> =
        tags.iter().filter_map(|(key, value)| Some((key.as_str(), text(value)?))).collect();
    let pairs: Vec<(&str, &str)> = texts.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let tags = Tags(&pairs);
    let coordinates = &geometry.coordinates;
    match geometry.kind.as_str() {
        "Point" => gathered.point(tags, position(coordinates)?),
        "LineString" => gather_lines(tags, vec![line(coordinates)?], gathered),
        "MultiLineString" => gather_lines(tags, list(coordinates, line)?, gathered),
        "Polygon" => gather_areas(tags, vec![list(coordinates, line)?], gathered),
        "MultiPolygon" => gather_areas(tags, list(coordinates, |area| list(area, line))?, gathered),
        // Several points, and mixtures, are nothing the map has.
        _ => {}
    }
    Ok(())
}

fn gather_lines(tags: Tags<'_>, lines: Vec<Line>, gathered: &mut Gathered) {
    if let Some(layer) = tags.line() {
        gathered.lines(layer, tags.names(), &lines);
    }
    // A closed way is an area wherever its tags are about one.
    let rings = lines.into_iter().filter(|line| line.first() == line.last());
    gather_areas(tags, rings.map(|ring| vec![ring]).collect(), gathered);
}

fn gather_areas(tags: Tags<'_>, areas: Vec<Vec<Line>>, gathered: &mut Gathered) {
    let Some(layer) = tags.area() else { return };
    let tidy = |rings: Vec<Line>| -> Option<Area> {
        let mut rings = rings.into_iter().map(tidy_ring);
        let outside = turned(rings.next()??, false);
        Some(std::iter::once(outside).chain(rings.flatten().map(|ring| turned(ring, true))).collect())
    };
    let areas: Vec<Area> = areas.into_iter().filter_map(tidy).collect();
    gathered.areas(layer, tags.names(), &areas);
}

/// A tag's value as a text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(true) => Some("yes".into()),
        Value::Bool(false) => Some("no".into()),
        _ => None,
    }
}

fn list<T>(value: &Value, read: impl Fn(&Value) -> Result<T, String>) -> Result<Vec<T>, String> {
    value.as_array().ok_or_else(|| format!("{value} is not a list"))?.iter().map(read).collect()
}

fn line(value: &Value) -> Result<Line, String> {
    list(value, position)
}

fn position(value: &Value) -> Result<Point, String> {
    let number = |at: usize| value.get(at)?.as_f64().and_then(nanodegrees);
    number(0)
        .zip(number(1))
        .and_then(|(east, north)| point(east, north))
        .ok_or_else(|| format!("{value} is not a longitude and a latitude"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::gather::Shape;
    use super::super::point::Bbox;
    use super::*;

    /// The shapes that a feature makes.
    fn shapes(tags: &Value, kind: &str, coordinates: &Value) -> Result<Vec<Shape>, String> {
        let mut gathered = Gathered::new(Bbox { west: 0, south: 0, east: 1_000_000, north: 1_000_000 });
        let feature = json!({ "properties": tags, "geometry": { "type": kind, "coordinates": coordinates } });
        gather(&serde_json::from_value(feature).unwrap(), &mut gathered)?;
        Ok(gathered.finish().into_iter().map(|feature| feature.shape).collect())
    }

    #[test]
    fn every_shape_is_read() {
        let (path, wood, place) =
            (json!({ "highway": "path" }), json!({ "natural": "wood" }), json!({ "man_made": "mound" }));
        let open = json!([[1, 2], [3, 4]]);
        let ring = json!([[1, 1], [4, 1], [4, 4], [1, 1]]);
        let hole = json!([[2, 1.5], [3, 1.5], [3, 2], [2, 1.5]]);
        let line = vec![[100_000, 200_000], [300_000, 400_000]];
        let closed = vec![[100_000, 100_000], [400_000, 100_000], [400_000, 400_000], [100_000, 100_000]];
        let back: Vec<Point> =
            [[200_000, 150_000], [300_000, 200_000], [300_000, 150_000], [200_000, 150_000]].to_vec();
        for (tags, kind, coordinates, expected) in [
            (&place, "Point", json!([1, 2, 3]), vec![Shape::Point([100_000, 200_000])]),
            (&path, "LineString", open.clone(), vec![Shape::Lines(vec![line.clone()])]),
            (&path, "MultiLineString", json!([open, open]), vec![Shape::Lines(vec![line; 2])]),
            // A line that is closed is an area where its tags are about one.
            (&wood, "LineString", ring.clone(), vec![Shape::Areas(vec![vec![closed.clone()]])]),
            (&wood, "LineString", open.clone(), vec![]),
            (&path, "LineString", ring.clone(), vec![Shape::Lines(vec![closed.clone()])]),
            // Holes run the other way.
            (&wood, "Polygon", json!([ring, hole]), vec![Shape::Areas(vec![vec![closed.clone(), back.clone()]])]),
            (&wood, "MultiPolygon", json!([[ring, hole]]), vec![Shape::Areas(vec![vec![closed, back]])]),
            (&path, "Polygon", json!([ring]), vec![]),
            (&wood, "Polygon", json!([]), vec![]),
            (&wood, "Polygon", json!([[[1, 1], [2, 2], [1, 1]], hole]), vec![]),
            (&place, "MultiPoint", json!([[1, 2]]), vec![]),
        ] {
            assert_eq!(shapes(tags, kind, &coordinates), Ok(expected), "{tags} {kind} {coordinates}");
        }
        for (kind, coordinates) in
            [("Point", json!([1])), ("Point", json!(["1", "2"])), ("Point", json!([181, 2])), ("Point", json!([1, 91]))]
        {
            assert!(shapes(&place, kind, &coordinates).unwrap_err().contains("is not a longitude"), "{coordinates}");
        }
        assert!(shapes(&path, "LineString", &json!(7)).unwrap_err().contains("7 is not a list"));
    }

    #[test]
    fn values_are_texts() {
        let values = [json!("a"), json!(7), json!(1.5), json!(true), json!(false), json!(null), json!([])];
        let texts = values.map(|value| text(&value).unwrap_or_default());
        assert_eq!(texts, ["a", "7", "1.5", "yes", "no", "", ""]);
    }

    #[test]
    fn the_collection_may_name_its_system() {
        let read = |start: &str| {
            let mut gathered = Gathered::new(Bbox { west: 0, south: 0, east: 1, north: 1 });
            let text = format!("{{{start}\"features\":[]}}");
            Collection(&mut gathered).deserialize(&mut serde_json::Deserializer::from_str(&text)).is_ok()
        };
        assert!(read("") && read("\"type\":\"FeatureCollection\",\"name\":[1],") && read("\"crs\":null,"));
        assert!(read("\"crs\":{\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},"));
        assert!(!read("\"crs\":{\"properties\":{\"name\":\"EPSG:2180\"}},") && !read("\"type\":\"Feature\","));
    }
}
