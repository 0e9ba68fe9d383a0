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
