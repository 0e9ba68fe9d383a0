//! What the tags of OpenStreetMap mean for the base map (OpenStreetMap Wiki, “Map features”).

use crate::map::{Class, Kind};

/// A kind and a class of the base map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Layer {
    pub(super) kind: Kind,
    pub(super) class: Option<Class>,
}

impl Layer {
    const fn of(kind: Kind) -> Self {
        Self { kind, class: None }
    }

    const fn with(kind: Kind, class: Class) -> Self {
        Self { kind, class: Some(class) }
    }
}

/// Polish name and English name.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Names {
    pub(super) pl: Option<String>,
    pub(super) en: Option<String>,
}

/// The tags of one thing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tags<'a>(pub(super) &'a [(&'a str, &'a str)]);

impl<'a> Tags<'a> {
    /// The value of a key.
    pub(super) fn get(self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }

    fn is(self, key: &str, values: &[&str]) -> bool {
        self.get(key).is_some_and(|value| values.contains(&value))
    }

    /// Whether a relation says what it is about by itself, or leaves that to its outer ways, as was usual until 2017.
    pub(super) fn say_nothing(self) -> bool {
        let is_beside_the_point = |key: &str| ["type", "source", "created_by", "note"].contains(&key);
        self.0.iter().all(|(key, _)| is_beside_the_point(key))
    }

    /// Whether a relation is an area made of ways.
    pub(super) fn is_multipolygon(self) -> bool {
        self.is("type", &["multipolygon", "boundary"])
    }

    /// Names as readers see them.
    pub(super) fn names(self) -> Names {
        let text = |key| self.get(key).map(str::trim).filter(|name| !name.is_empty());
        let pl = text("name:pl").or_else(|| text("name"));
        let en = text("name:en").filter(|en| Some(*en) != pl);
        Names { pl: pl.map(str::to_string), en: en.map(str::to_string) }
    }

    /// What a line is.
    pub(super) fn line(self) -> Option<Layer> {
        if let Some(class) = self.street() {
            return Some(Layer::with(Kind::Street, class));
        }
        match (self.get("railway"), self.get("waterway")) {
            (Some("tram"), _) => Some(Layer::of(Kind::Tram)),
            (Some("rail" | "light_rail"), _) => Some(Layer::of(Kind::Rail)),
            (_, Some("river" | "stream" | "canal")) => Some(Layer::with(Kind::Water, Class::River)),
            _ => None,
        }
    }

    fn street(self) -> Option<Class> {
        // What is closed to all may still be open to walkers.
        let closed = self.is("access", &["private", "no"]) && !self.is("foot", &["yes", "designated", "permissive"]);
        if closed || self.is("area", &["yes"]) {
            return None;
        }
        match self.get("highway")? {
            "motorway" | "trunk" | "primary" | "secondary" | "motorway_link" | "trunk_link" | "primary_link"
            | "secondary_link" => Some(Class::Avenue),
            "service" if self.is("service", &["parking_aisle", "driveway"]) => None,
            "tertiary" | "tertiary_link" | "unclassified" | "residential" | "living_street" | "service" | "road" => {
                Some(Class::Street)
            }
            "footway" | "path" | "pedestrian" | "steps" | "track" | "bridleway" => Some(Class::Path),
            "cycleway" => Some(Class::Cycle),
            // Under construction, planned, for buses alone, for races.
            _ => None,
        }
    }

    /// What an area is. The first that fits counts, the narrower before the wider.
    pub(super) fn area(self) -> Option<Layer> {
        if self.is("area", &["no"]) {
            return None;
        }
        let green = |class| Some(Layer::with(Kind::Green, class));
        if self.is("historic", &["fort"]) || self.is("military", &["bunker", "fort"]) {
            return green(Class::Fort);
        }
        if self.get("building").is_some_and(|value| value != "no") {
            return Some(Layer::of(Kind::Building));
        }
        if self.is_mound() {
            return Some(Layer::of(Kind::Mound));
        }
        let natural = self.get("natural");
        let landuse = self.get("landuse");
        match (natural, landuse, self.get("waterway")) {
            (Some("water"), ..) | (_, Some("reservoir"), _) | (.., Some("riverbank")) => {
                return Some(Layer::with(Kind::Water, Class::Lake));
            }
            _ => {}
        }
        match self.get("leisure") {
            Some("park" | "garden") => return green(Class::Park),
            Some("pitch" | "sports_centre" | "stadium" | "recreation_ground") => return green(Class::Sport),
            _ => {}
        }
        match landuse {
            Some("cemetery") => return green(Class::Cemetery),
            Some("allotments") => return green(Class::Allotments),
            Some("recreation_ground") => return green(Class::Sport),
            Some("forest") => return green(Class::Forest),
            Some("meadow") => return green(Class::Meadow),
            Some("grass" | "village_green") => return green(Class::Lawn),
            Some("industrial") => return Some(Layer::of(Kind::Works)),
            _ => {}
        }
        match natural {
            Some("wood") => return green(Class::Forest),
            Some("grassland" | "heath" | "scrub") => return green(Class::Meadow),
            _ => {}
        }
        let is_estate = landuse == Some("residential") || self.is("place", &["neighbourhood", "quarter"]);
        (is_estate && self.names().pl.is_some()).then_some(Layer::of(Kind::Estate))
    }

    /// What a point is. Stops and places are there for their names, so those without one are left out.
    pub(super) fn point(self) -> Option<Layer> {
        if self.is_mound() {
            return Some(Layer::of(Kind::Mound));
        }
        let is_stop = self.is("railway", &["tram_stop"])
            || self.is("highway", &["bus_stop"])
            || self.is("public_transport", &["stop_position"]);
        let is_place = self.is("place", &["suburb", "quarter", "neighbourhood", "village", "hamlet"]);
        let layer = match (is_stop, is_place) {
            (true, _) => Layer::of(Kind::Transit),
            (_, true) => Layer::of(Kind::Place),
            _ => return None,
        };
        self.names().pl.is_some().then_some(layer)
    }

    /// A mound heaped up by people: Polish ones mapped as hills bear it in their name.
    fn is_mound(self) -> bool {
        let is_tumulus = self.is("historic", &["tomb"]) && self.is("tomb", &["tumulus"]);
        let is_named = self.get("name").is_some_and(|name| name.split(' ').any(|word| word == "Kopiec"));
        is_tumulus || self.is("man_made", &["mound"]) || (is_named && self.is("natural", &["peak", "hill"]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kind and class of tags written `key=value key=value`, as a line, an area and a point.
    fn read(tags: &str) -> [String; 3] {
        let pairs: Vec<(&str, &str)> = tags.split(' ').filter_map(|tag| tag.split_once('=')).collect();
        let tags = Tags(&pairs);
        [tags.line(), tags.area(), tags.point()].map(|layer| match layer {
            None => String::new(),
            Some(Layer { kind, class: None }) => kind.as_str().to_string(),
            Some(Layer { kind, class: Some(class) }) => format!("{}/{}", kind.as_str(), class.as_str()),
        })
    }

    #[test]
    fn lines() {
        for (tags, expected) in [
            ("highway=primary", "street/avenue"),
            ("highway=trunk_link", "street/avenue"),
            ("highway=tertiary", "street/street"),
            ("highway=service", "street/street"),
            ("highway=service service=driveway", ""),
            ("highway=service service=parking_aisle", ""),
            ("highway=steps", "street/path"),
            ("highway=cycleway", "street/cycle"),
            ("highway=footway access=private", ""),
            ("highway=footway access=no foot=designated", "street/path"),
            ("highway=construction construction=primary", ""),
            ("highway=proposed", ""),
            ("highway=pedestrian", "street/path"),
            ("highway=pedestrian area=yes", ""),
            ("railway=tram", "tram"),
            ("railway=light_rail", "rail"),
            ("railway=abandoned", ""),
            ("waterway=stream", "water/river"),
            ("waterway=ditch", ""),
            ("power=line", ""),
        ] {
            assert_eq!(read(tags)[0], expected, "{tags}");
        }
    }

    #[test]
    fn areas() {
        for (tags, expected) in [
            ("building=yes", "building"),
            ("building=no", ""),
            ("leisure=park", "green/park"),
            ("leisure=garden", "green/park"),
            ("landuse=meadow", "green/meadow"),
            ("natural=scrub", "green/meadow"),
            ("natural=wood", "green/forest"),
            ("landuse=forest", "green/forest"),
            ("landuse=village_green", "green/lawn"),
            ("leisure=stadium building=yes", "building"),
            ("leisure=pitch landuse=grass", "green/sport"),
            ("landuse=recreation_ground", "green/sport"),
            ("landuse=cemetery", "green/cemetery"),
            ("landuse=allotments", "green/allotments"),
            ("historic=fort building=bunker", "green/fort"),
            ("military=bunker", "green/fort"),
            ("landuse=industrial name=Kombinat", "works"),
            ("landuse=residential", ""),
            ("landuse=residential name=Centrum", "estate"),
            ("place=quarter name=Centrum", "estate"),
            ("natural=water water=pond", "water/lake"),
            ("landuse=reservoir", "water/lake"),
            ("waterway=riverbank", "water/lake"),
            ("man_made=mound", "mound"),
            ("leisure=park area=no", ""),
        ] {
            assert_eq!(read(tags)[1], expected, "{tags}");
        }
    }

    #[test]
    fn points() {
        for (tags, expected) in [
            ("railway=tram_stop name=Kombinat", "transit"),
            ("highway=bus_stop name=Kombinat", "transit"),
            ("highway=bus_stop", ""),
            ("public_transport=stop_position name=Kombinat", "transit"),
            ("place=suburb name=Mogiła", "place"),
            ("place=city name=Kraków", ""),
            ("historic=tomb tomb=tumulus", "mound"),
            ("historic=tomb", ""),
            ("natural=peak name=Kopiec", "mound"),
            ("natural=peak name=Giewont", ""),
        ] {
            assert_eq!(read(tags)[2], expected, "{tags}");
        }
    }

    #[test]
    fn names_are_polish_first_and_english_only_where_it_differs() {
        let names = |pairs: &[(&str, &str)]| {
            let names = Tags(pairs).names();
            (names.pl.unwrap_or_default(), names.en.unwrap_or_default())
        };
        let all = [("name", "Rynek / Square"), ("name:pl", "Rynek"), ("name:en", "Square")];
        assert_eq!(names(&all), ("Rynek".into(), "Square".into()));
        assert_eq!(names(&all[..1]), ("Rynek / Square".into(), String::new()));
        assert_eq!(names(&[("name", " Arka "), ("name:en", "Arka")]), ("Arka".into(), String::new()));
        assert_eq!(names(&[("name", " ")]), (String::new(), String::new()));
    }

    #[test]
    fn every_value_that_counts() {
        // Values of one key that are the same thing: as a line, an area or a point.
        for (place, key, values, expected) in [
            (
                0,
                "highway",
                "motorway trunk primary secondary motorway_link trunk_link primary_link secondary_link",
                "street/avenue",
            ),
            (
                0,
                "highway",
                "tertiary tertiary_link unclassified residential living_street service road",
                "street/street",
            ),
            (0, "highway", "footway path pedestrian steps track bridleway", "street/path"),
            (0, "highway", "busway raceway construction", ""),
            (0, "railway", "rail light_rail", "rail"),
            (0, "railway", "subway disused", ""),
            (0, "waterway", "river stream canal", "water/river"),
            (1, "leisure", "pitch sports_centre stadium recreation_ground", "green/sport"),
            (1, "landuse", "grass village_green", "green/lawn"),
            (1, "natural", "grassland heath scrub", "green/meadow"),
            (1, "natural", "bare_rock", ""),
            (1, "landuse", "farmland", ""),
            (1, "military", "bunker fort", "green/fort"),
            (1, "military", "barracks", ""),
            (1, "historic", "fort", "green/fort"),
            (1, "historic", "castle", ""),
        ] {
            for value in values.split(' ') {
                assert_eq!(read(&format!("{key}={value}"))[place], expected, "{key}={value}");
            }
        }
        for (place, tags, expected) in [
            (0, "highway=footway access=no", ""),
            (0, "highway=footway access=yes", "street/path"),
            (0, "highway=footway access=no foot=yes", "street/path"),
            (0, "highway=footway access=private foot=permissive", "street/path"),
            (0, "highway=footway access=private foot=no", ""),
            (0, "highway=footway foot=no", "street/path"),
            (0, "highway=footway area=no", "street/path"),
            (0, "highway=residential service=driveway", "street/street"),
            (0, "highway=service service=alley", "street/street"),
            (0, "railway=tram waterway=river", "tram"),
            (0, "railway=abandoned waterway=river", "water/river"),
            (1, "place=neighbourhood name=Centrum", "estate"),
            (1, "place=suburb name=Centrum", ""),
            (1, "place=quarter", ""),
            (1, "natural=wood landuse=industrial", "works"),
            (1, "building=no leisure=park", "green/park"),
            (1, "historic=tomb tomb=tumulus", "mound"),
            (2, "historic=tomb tomb=pyramid", ""),
            (2, "tomb=tumulus", ""),
            (2, "name=Kopiec", ""),
            (2, "natural=hill name=Kopiec", "mound"),
            (2, "natural=tree name=Kopiec", ""),
            (2, "place=village name=Kopiec", "place"),
            (2, "place=hamlet", ""),
            (2, "highway=bus_stop place=hamlet name=Arka", "transit"),
        ] {
            assert_eq!(read(tags)[place], expected, "{tags}");
        }
        // A word of the name, not a part of one.
        for (name, expected) in [("Wielki Kopiec Wandy", true), ("Kopiecek", false)] {
            assert_eq!(Tags(&[("natural", "peak"), ("name", name)]).point().is_some(), expected, "{name}");
        }
    }

    #[test]
    fn relations_that_leave_it_to_their_ways() {
        let say_nothing = |tags: &[(&str, &str)]| Tags(tags).say_nothing();
        assert!(
            say_nothing(&[])
                && say_nothing(&[("type", "multipolygon"), ("source", "x"), ("created_by", "x"), ("note", "x")])
        );
        assert!(!say_nothing(&[("type", "multipolygon"), ("name", "x")]));
        let is_area = |kind: &str| Tags(&[("type", kind)]).is_multipolygon();
        assert!(is_area("multipolygon") && is_area("boundary") && !is_area("route") && !Tags(&[]).is_multipolygon());
        // The first of several values counts.
        assert_eq!(Tags(&[("a", "1"), ("b", "2"), ("a", "3")]).get("a"), Some("1"));
    }
}
