//! The base map: geodata under every map, kept with the content as GeoJSON (RFC 7946).

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::feature::around;
use super::{Class, Feature, Geometry, Kind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceText, Span, Text, help_with_suggestion};
use crate::guide::Coordinates;
use crate::source::{read_text, too_much};
use crate::text;

/// Most points of the base map; the guide's has 4 000. Each of them is drawn on every page that has a map.
const MOST_POINTS: usize = 300_000;

/// Where a site keeps its base map.
pub const PATH: &str = "content/mapa/base.geojson";

/// Everything that maps draw and routes run on.
#[derive(Debug, Clone, Default)]
pub struct BaseMap {
    /// In the order of the file.
    pub features: Vec<Feature>,
    /// What must stand on or beside every map.
    pub attribution: Attribution,
    /// The file, for messages.
    pub source: SourceText,
}

/// Where the geodata come from: a sentence, or one for each language.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Attribution {
    /// The same in every language.
    One(String),
    /// By language.
    ByLanguage(BTreeMap<String, String>),
}

impl Default for Attribution {
    fn default() -> Self {
        Self::One(String::new())
    }
}

impl Attribution {
    /// The sentence in a language, else in English, else in any.
    #[must_use]
    pub fn of(&self, language: &str) -> &str {
        match self {
            Self::One(sentence) => sentence,
            Self::ByLanguage(sentences) => {
                let found =
                    sentences.get(language).or_else(|| sentences.get("en")).or_else(|| sentences.values().next());
                found.map_or("", String::as_str)
            }
        }
    }
}

#[derive(Deserialize)]
struct RawCollection<'a> {
    #[serde(rename = "type")]
    kind: String,
    attribution: Option<Attribution>,
    crs: Option<serde_json::Value>,
    #[serde(borrow)]
    features: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct RawFeature {
    properties: RawProperties,
    geometry: RawGeometry,
}

#[derive(Deserialize)]
struct RawProperties {
    kind: Option<String>,
    class: Option<String>,
    name: Option<String>,
    name_en: Option<String>,
    name_sure: Option<String>,
}

#[derive(Deserialize)]
struct RawGeometry {
    #[serde(rename = "type")]
    kind: String,
    coordinates: serde_json::Value,
}

impl BaseMap {
    /// Reads the site's base map; `None` when it has none. What is wrong goes into `diagnostics`, with the line of the
    /// feature; a feature that is wrong is left out.
    pub fn load(root: &Path, diagnostics: &mut Diagnostics) -> Option<Self> {
        let file = root.join(PATH);
        if !file.is_file() {
            return None;
        }
        let source = SourceText { file: PATH.into(), text: diagnostics.take(read_text(&file, root))? };
        // Each point has a bracket of its own.
        if memchr::memchr_iter(b'[', source.text.as_bytes()).count() > MOST_POINTS {
            diagnostics.push(too_much(
                Span::file(PATH),
                text!("mapa ma ponad {MOST_POINTS} punktów", "the map has more than {MOST_POINTS} points"),
                text!("wytnij mniejszy obszar albo uprość linie", "cut out a smaller area, or simplify the lines"),
            ));
            return None;
        }
        let collection: RawCollection<'_> = match serde_json::from_str(&source.text) {
            Ok(collection) => collection,
            Err(error) => {
                diagnostics.push(not_geojson(&source, &error));
                return None;
            }
        };
        if collection.kind != "FeatureCollection" {
            let kind = &collection.kind;
            diagnostics.push(invalid(
                source.span(0..1),
                text!(
                    "mapa jest typu „{kind}” zamiast „FeatureCollection”",
                    "the map is a `{kind}`, not a `FeatureCollection`"
                ),
                text!("zapisz ją jako zbiór obiektów GeoJSON", "save it as a GeoJSON feature collection"),
            ));
            return None;
        }
        if let Some(crs) = collection.crs.filter(|crs| !is_wgs84(crs)) {
            diagnostics.push(invalid(
                source.text.find("\"crs\"").map_or_else(|| Span::file(PATH), |at| source.span(at..at + 5)),
                text!("mapa jest w układzie {crs}, a nie WGS 84", "the map is in {crs}, not in WGS 84"),
                text!("przelicz współrzędne na WGS 84 (EPSG:4326)", "convert the coordinates to WGS 84 (EPSG:4326)"),
            ));
        }
        let mut features = Vec::with_capacity(collection.features.len());
        let (mut line, mut counted) = (1, 0);
        for raw in collection.features {
            // A raw value is a piece of the text it was read from.
            let start = raw.get().as_ptr() as usize - source.text.as_ptr() as usize;
            line += source.text[counted..start].matches('\n').count();
            counted = start;
            match feature(raw.get(), line) {
                Ok(feature) => features.push(feature),
                Err((message, help)) => diagnostics.push(invalid(source.span(start..start + 1), message, help)),
            }
        }
        let attribution = collection.attribution.unwrap_or_default();
        Some(Self { features, attribution, source })
    }

    /// West, south, east and north ends of everything on it, in degrees; nothing is within those of an empty map.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        around(self.features.iter().map(|feature| feature.bounds))
    }

    /// Where the feature that starts on a line of the file stands.
    #[must_use]
    pub fn span(&self, line: usize) -> Span {
        self.source.span_at(line, 1, 1)
    }
}

/// A feature, or what is wrong with it and what helps.
fn feature(raw: &str, line: usize) -> Result<Feature, (Text, Text)> {
    let raw: RawFeature = serde_json::from_str(raw).map_err(|error| {
        (
            text!("obiektu nie da się odczytać: {error}", "the feature cannot be read: {error}"),
            text!("obiekt ma „properties” i „geometry”", "a feature has `properties` and `geometry`"),
        )
    })?;
    let properties = raw.properties;
    let named = |name: &str| serde_json::from_value(name.into());
    let kind = properties.kind.unwrap_or_default();
    let Ok(layer) = named(&kind).and_then(serde_json::from_value::<Kind>) else {
        return Err((
            text!("nieznany rodzaj „{kind}”", "unknown kind `{kind}`"),
            help_with_suggestion(&kind, &Kind::NAMES),
        ));
    };
    let class = match &properties.class {
        None => None,
        Some(class) => Some(named(class).and_then(serde_json::from_value::<Class>).map_err(|_| {
            (text!("nieznana klasa „{class}”", "unknown class `{class}`"), help_with_suggestion(class, &Class::NAMES))
        })?),
    };
    let geometry = shape(&raw.geometry.kind, raw.geometry.coordinates)
        .map_err(|message| (message, text!("popraw kształt w edytorze map", "mend the shape in a map editor")))?;
    // What is named from memory alone is not printed.
    let sure = properties.name_sure.as_deref() != Some("memory");
    Ok(Feature {
        kind: layer,
        class,
        name: properties.name.filter(|_| sure),
        name_en: properties.name_en.filter(|_| sure),
        bounds: geometry.bounds(),
        geometry,
        line,
    })
}

/// A shape, or what is wrong with it.
fn shape(kind: &str, coordinates: serde_json::Value) -> Result<Geometry, Text> {
    type Position = Vec<f64>;
    let read = |error: serde_json::Error| {
        text!("współrzędnych nie da się odczytać: {error}", "the coordinates cannot be read: {error}")
    };
    let geometry = match kind {
        "Point" => Geometry::Point(position(&serde_json::from_value::<Position>(coordinates).map_err(read)?)?),
        "LineString" => {
            let line: Vec<Position> = serde_json::from_value(coordinates).map_err(read)?;
            Geometry::Lines(vec![positions(&line)?])
        }
        "MultiLineString" => {
            let lines: Vec<Vec<Position>> = serde_json::from_value(coordinates).map_err(read)?;
            Geometry::Lines(lines.iter().map(|line| positions(line)).collect::<Result<_, _>>()?)
        }
        "Polygon" => {
            let rings: Vec<Vec<Position>> = serde_json::from_value(coordinates).map_err(read)?;
            Geometry::Areas(vec![area(&rings)?])
        }
        "MultiPolygon" => {
            let areas: Vec<Vec<Vec<Position>>> = serde_json::from_value(coordinates).map_err(read)?;
            Geometry::Areas(areas.iter().map(|rings| area(rings)).collect::<Result<_, _>>()?)
        }
        other => return Err(text!("nieobsługiwany kształt „{other}”", "the shape `{other}` is not supported")),
    };
    if let Geometry::Lines(lines) = &geometry
        && lines.iter().any(|line| line.len() < 2)
    {
        return Err(text!("linia ma mniej niż dwa punkty", "a line has fewer than two points"));
    }
    Ok(geometry)
}

fn area(rings: &[Vec<Vec<f64>>]) -> Result<Vec<Vec<Coordinates>>, Text> {
    let mut area = vec![];
    for (at, ring) in rings.iter().enumerate() {
        let mut ring = positions(ring)?;
        if ring.len() < 4 || ring.first() != ring.last() {
            return Err(text!("obrys nie jest zamknięty", "a ring is not closed"));
        }
        // RFC 7946, 3.1.6: outer rings run counterclockwise, holes clockwise. Files made before 2016 may have it the
        // other way, and readers are told to accept them.
        if (signed_area(&ring) > 0.0) != (at == 0) {
            ring.reverse();
        }
        area.push(ring);
    }
    Ok(area)
}

/// Twice the area enclosed, positive when the ring runs counterclockwise (shoelace formula, degrees).
fn signed_area(ring: &[Coordinates]) -> f64 {
    let cross = |a: Coordinates, b: Coordinates| a.longitude() * b.latitude() - b.longitude() * a.latitude();
    ring.windows(2).map(|pair| cross(pair[0], pair[1])).sum()
}

fn positions(line: &[Vec<f64>]) -> Result<Vec<Coordinates>, Text> {
    line.iter().map(|numbers| position(numbers)).collect()
}

/// GeoJSON writes longitude first.
fn position(numbers: &[f64]) -> Result<Coordinates, Text> {
    let [longitude, latitude, ..] = *numbers else {
        return Err(text!("punkt nie ma dwóch współrzędnych", "a point has not two coordinates"));
    };
    let point = Coordinates([latitude, longitude]);
    if point.within([-180.0, -90.0, 180.0, 90.0]) {
        return Ok(point);
    }
    Err(text!(
        "współrzędne {longitude}, {latitude} są poza kulą ziemską",
        "the coordinates {longitude}, {latitude} are not on the earth"
    ))
}

/// Whether a `crs` member, as `GeoJSON` had it until 2016, names WGS 84.
pub(super) fn is_wgs84(crs: &serde_json::Value) -> bool {
    let name = crs["properties"]["name"].as_str().unwrap_or_default();
    ["CRS84", "EPSG::4326", "EPSG:4326"].iter().any(|known| name.ends_with(known))
}

fn not_geojson(source: &SourceText, error: &serde_json::Error) -> Diagnostic {
    let place = source.span_at(error.line(), error.column(), 1);
    invalid(
        place,
        text!("plik nie jest GeoJSON: {error}", "the file is not GeoJSON: {error}"),
        text!("popraw to miejsce w pliku", "mend this place in the file"),
    )
}

fn invalid(span: Span, message: Text, help: Text) -> Diagnostic {
    Diagnostic::error(Code::BaseMapInvalid, span, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> (Option<BaseMap>, Vec<(usize, String)>) {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("content/mapa")).unwrap();
        std::fs::write(root.path().join(PATH), text).unwrap();
        let mut diagnostics = Diagnostics::default();
        let map = BaseMap::load(root.path(), &mut diagnostics);
        let told = diagnostics.into_iter().map(|d| (d.span.unwrap().line, d.message.en)).collect();
        (map, told)
    }

    fn collection(features: &str) -> String {
        format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{features}\n]}}")
    }

    #[test]
    fn reads_shapes_and_leaves_unsure_names_out() {
        let (map, told) = load(&collection(
            "{\"type\":\"Feature\",\"properties\":{\"kind\":\"street\",\"class\":\"path\",\"name\":\"x\",\"name_sure\":\"memory\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[20.03,50.07],[20.04,50.07]]}},\n\
             {\"type\":\"Feature\",\"properties\":{\"kind\":\"green\",\"name\":\"Park\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[20,50],[20,50.1],[20.1,50.1],[20,50]]]}}",
        ));
        let map = map.unwrap();
        assert!(told.is_empty(), "{told:?}");
        assert_eq!((map.features[0].name.clone(), map.features[0].class), (None, Some(Class::Path)));
        let Geometry::Areas(areas) = &map.features[1].geometry else { panic!("no area") };
        assert!(signed_area(&areas[0][0]) > 0.0, "clockwise rings are turned round");
        assert_eq!(map.features[1].line, 3);
    }

    #[test]
    fn tells_what_is_wrong_with_the_line_of_the_feature() {
        let feature =
            |kind: &str, geometry: &str| format!("{{\"properties\":{{\"kind\":\"{kind}\"}},\"geometry\":{geometry}}}");
        let line = "{\"type\":\"LineString\",\"coordinates\":[[20,50],[20.1,50]]}";
        let features = [
            feature("sreet", line),
            feature("street", "{\"type\":\"LineString\",\"coordinates\":[[20,50]]}"),
            feature("green", "{\"type\":\"Polygon\",\"coordinates\":[[[20,50],[20,51],[21,51]]]}"),
            feature("transit", "{\"type\":\"Point\",\"coordinates\":[50,200]}"),
            feature("transit", "{\"type\":\"Circle\",\"coordinates\":[]}"),
            feature("street", line),
        ];
        let (map, told) = load(&collection(&features.join(",\n")));
        assert_eq!(map.unwrap().features.len(), 1);
        assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
    }

    #[test]
    fn other_coordinates_and_broken_files_are_told() {
        let crs = "{\"type\":\"FeatureCollection\",\n\"crs\":{\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::2180\"}},\"features\":[]}";
        assert_eq!(load(crs).1[0].0, 2);
        let (map, told) = load("{\"type\":\n");
        assert!(map.is_none() && told.len() == 1);
        assert!(load("{\"type\":\"Feature\",\"features\":[]}").0.is_none());
    }

    #[test]
    fn the_attribution_is_in_the_readers_language_else_in_english() {
        let of = |text: &str, language: &str| {
            let map = format!("{{\"type\":\"FeatureCollection\",\"attribution\":{text},\"features\":[]}}");
            load(&map).0.unwrap().attribution.of(language).to_string()
        };
        assert_eq!(of("\"OSM\"", "pl"), "OSM");
        let both = "{\"pl\":\"dane\",\"en\":\"data\",\"de\":\"Daten\"}";
        assert_eq!(["pl", "en", "uk"].map(|language| of(both, language)), ["dane", "data", "data"]);
        assert_eq!(of("{\"pl\":\"dane\",\"de\":\"Daten\"}", "uk"), "Daten");
        assert_eq!((of("{}", "pl"), of("null", "pl")), (String::new(), String::new()));
    }

    #[test]
    fn points_are_counted_before_anything_is_read() {
        let brackets = |count: usize| load(&"[".repeat(count)).1[0].1.clone();
        assert!(brackets(MOST_POINTS + 1).contains("more than 300000 points"));
        assert!(brackets(MOST_POINTS).contains("not GeoJSON"));
    }

    #[test]
    fn shapes_are_read_with_their_holes() {
        let read = |kind: &str, coordinates: &str| {
            shape(kind, serde_json::from_str(coordinates).unwrap()).map_err(|message| message.en)
        };
        let points = |line: &[[f64; 2]]| line.iter().map(|point| Coordinates(*point)).collect::<Vec<_>>();
        assert_eq!(read("Point", "[20,50,210]"), Ok(Geometry::Point(Coordinates([50.0, 20.0]))));
        let line = points(&[[50.0, 20.0], [50.0, 20.5]]);
        assert_eq!(read("LineString", "[[20,50],[20.5,50]]"), Ok(Geometry::Lines(vec![line.clone()])));
        let lines = "[[[20,50],[20.5,50]],[[20,50],[20.5,50]]]";
        assert_eq!(read("MultiLineString", lines), Ok(Geometry::Lines(vec![line; 2])));
        // Both rings the wrong way round, both the right way.
        let outer = points(&[[50.0, 20.0], [50.0, 29.0], [59.0, 29.0], [50.0, 20.0]]);
        let hole = points(&[[51.0, 23.0], [53.0, 24.0], [51.0, 24.0], [51.0, 23.0]]);
        let area = vec![outer, hole];
        for rings in [
            "[[[20,50],[29,59],[29,50],[20,50]],[[23,51],[24,51],[24,53],[23,51]]]",
            "[[[20,50],[29,50],[29,59],[20,50]],[[23,51],[24,53],[24,51],[23,51]]]",
        ] {
            assert_eq!(read("Polygon", rings), Ok(Geometry::Areas(vec![area.clone()])));
            let several = format!("[{rings},{rings}]");
            assert_eq!(read("MultiPolygon", &several), Ok(Geometry::Areas(vec![area.clone(); 2])));
        }
        for (kind, coordinates, expected) in [
            ("Point", "[20]", "has not two coordinates"),
            ("Point", "[180.1,50]", "not on the earth"),
            ("Point", "[20,-90.1]", "not on the earth"),
            ("Point", "[[20,50]]", "cannot be read"),
            ("MultiLineString", "[[[20,50],[21,50]],[[20,50]]]", "fewer than two"),
            ("Polygon", "[[[20,50],[29,50],[20,50]]]", "not closed"),
            ("Polygon", "[[[20,50],[29,50],[29,59],[21,50]]]", "not closed"),
            ("Circle", "[]", "`Circle` is not supported"),
        ] {
            let message = read(kind, coordinates).unwrap_err();
            assert!(message.contains(expected), "{kind} {coordinates}: {message}");
        }
        assert!(read("Point", "[-180,90]").is_ok());
        let triangle = points(&[[10.0, 20.0], [10.0, 24.0], [13.0, 24.0], [10.0, 20.0]]);
        let back: Vec<Coordinates> = triangle.iter().rev().copied().collect();
        assert_eq!(vec![signed_area(&triangle), signed_area(&back)], [12.0, -12.0]);
    }

    #[test]
    fn names_from_memory_and_unknown_classes() {
        let read = |properties: &str| {
            let geometry = "{\"type\":\"Point\",\"coordinates\":[20,50]}";
            feature(&format!("{{\"properties\":{{{properties}}},\"geometry\":{geometry}}}"), 7)
        };
        let named = |sure: &str| {
            read(&format!("\"kind\":\"green\",\"class\":\"lawn\",\"name\":\"a\",\"name_en\":\"b\"{sure}")).unwrap()
        };
        let both = |feature: Feature| (feature.name.unwrap_or_default(), feature.name_en.unwrap_or_default());
        assert_eq!(both(named("")), ("a".into(), "b".into()));
        assert_eq!(both(named(",\"name_sure\":\"sign\"")), ("a".into(), "b".into()));
        assert_eq!(both(named(",\"name_sure\":\"memory\"")), (String::new(), String::new()));
        assert_eq!((named("").line, named("").kind, named("").class), (7, Kind::Green, Some(Class::Lawn)));
        let (message, help) = read("\"kind\":\"green\",\"class\":\"prak\"").unwrap_err();
        assert!(message.en.contains("unknown class `prak`") && help.en.contains("park"), "{message:?} {help:?}");
        assert!(read("\"name\":\"a\"").unwrap_err().0.en.contains("unknown kind ``"));
        assert!(feature("{\"properties\":{}}", 1).unwrap_err().0.en.contains("cannot be read"));
    }

    #[test]
    fn other_systems_are_told_from_wgs84() {
        for (name, expected) in [
            ("urn:ogc:def:crs:OGC:1.3:CRS84", true),
            ("urn:ogc:def:crs:EPSG::4326", true),
            ("EPSG:4326", true),
            ("EPSG:2180", false),
            ("", false),
        ] {
            let crs = serde_json::json!({ "properties": { "name": name } });
            assert_eq!(is_wgs84(&crs), expected, "{name}");
        }
        assert!(!is_wgs84(&serde_json::Value::Null));
        let crs = "{\"type\":\"FeatureCollection\",\"crs\":{\"properties\":{\"name\":\"EPSG:4326\"}},\"features\":[]}";
        let (map, told) = load(crs);
        assert!(told.is_empty(), "{told:?}");
        let [west, south, east, north] = map.unwrap().bounds();
        assert!(west > east && south > north);
    }
}
