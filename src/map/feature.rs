//! What a base map is made of: features, their kinds and classes, their shapes.

use serde::Deserialize;

use crate::guide::Coordinates;

/// One thing on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Its layer.
    pub kind: Kind,
    /// Its class within the layer, where the layer has classes.
    pub class: Option<Class>,
    /// Polish name, when it has one that a source confirms.
    pub name: Option<String>,
    /// English name, where one is established.
    pub name_en: Option<String>,
    /// Its shape.
    pub geometry: Geometry,
    /// West, south, east and north ends of the shape in degrees.
    pub bounds: [f64; 4],
    /// Line of the file it starts on, from 1.
    pub line: usize,
}

/// A layer of the map, in the order of its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A street or a path: the middle line.
    Street,
    /// A housing estate.
    Estate,
    /// A park, a meadow, a wood.
    Green,
    /// A lake or a river.
    Water,
    /// A tram line.
    Tram,
    /// A railway.
    Rail,
    /// A stop of public transport.
    Transit,
    /// A landmark's outline.
    Building,
    /// The steelworks.
    Works,
    /// A mound.
    Mound,
    /// A part of the town as a point with a name.
    Place,
}

impl Kind {
    pub(super) const NAMES: [&'static str; 11] =
        ["street", "estate", "green", "water", "tram", "rail", "transit", "building", "works", "mound", "place"];

    /// The name in the file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// A class within a layer, in the order of its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// A wide street.
    Avenue,
    /// Any other street.
    Street,
    /// A way for walking.
    Path,
    /// A way for bicycles, which may be walked too.
    Cycle,
    /// A park.
    Park,
    /// A meadow.
    Meadow,
    /// A wood.
    Forest,
    /// A lawn.
    Lawn,
    /// A sports ground.
    Sport,
    /// A fort grown over.
    Fort,
    /// A cemetery.
    Cemetery,
    /// Allotment gardens.
    Allotments,
    /// Standing water.
    Lake,
    /// Flowing water.
    River,
}

impl Class {
    pub(super) const NAMES: [&'static str; 14] = [
        "avenue",
        "street",
        "path",
        "cycle",
        "park",
        "meadow",
        "forest",
        "lawn",
        "sport",
        "fort",
        "cemetery",
        "allotments",
        "lake",
        "river",
    ];

    /// The name in the file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// A shape in WGS 84 degrees.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// A point.
    Point(Coordinates),
    /// Lines of at least two points.
    Lines(Vec<Vec<Coordinates>>),
    /// Areas, each an outer ring and its holes, every ring closed.
    Areas(Vec<Vec<Vec<Coordinates>>>),
}

impl Geometry {
    /// Every point of the shape.
    #[must_use]
    pub fn points(&self) -> Box<dyn Iterator<Item = Coordinates> + '_> {
        match self {
            Self::Point(point) => Box::new(std::iter::once(*point)),
            Self::Lines(lines) => Box::new(lines.iter().flatten().copied()),
            Self::Areas(areas) => Box::new(areas.iter().flatten().flatten().copied()),
        }
    }

    /// West, south, east and north ends in degrees.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        around(self.points().map(|point| {
            let (x, y) = (point.longitude(), point.latitude());
            [x, y, x, y]
        }))
    }
}

/// The west, south, east and north ends of several; nothing lies within those of none.
pub(super) fn around(bounds: impl Iterator<Item = [f64; 4]>) -> [f64; 4] {
    let nothing = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    bounds.fold(nothing, |[west, south, east, north], [w, s, e, n]| {
        [west.min(w), south.min(s), east.max(e), north.max(n)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_classes_are_named_as_they_are_read() {
        for name in Kind::NAMES {
            assert_eq!(serde_json::from_value::<Kind>(name.into()).unwrap().as_str(), name);
        }
        for name in Class::NAMES {
            assert_eq!(serde_json::from_value::<Class>(name.into()).unwrap().as_str(), name);
        }
    }

    #[test]
    fn bounds_hold_every_point() {
        let line = |points: &[[f64; 2]]| points.iter().map(|point| Coordinates(*point)).collect::<Vec<_>>();
        let lines = [line(&[[50.2, 20.3], [50.1, 20.4]]), line(&[[50.3, 20.2], [50.15, 20.1]])];
        for (geometry, count, bounds) in [
            (Geometry::Point(Coordinates([50.0, 20.0])), 1, [20.0, 50.0, 20.0, 50.0]),
            (Geometry::Lines(lines.to_vec()), 4, [20.1, 50.1, 20.4, 50.3]),
            (Geometry::Areas(vec![vec![lines[0].clone()], vec![lines[1].clone()]]), 4, [20.1, 50.1, 20.4, 50.3]),
        ] {
            assert_eq!((geometry.points().count(), geometry.bounds().to_vec()), (count, bounds.to_vec()));
        }
        let [west, south, east, north] = Geometry::Lines(vec![]).bounds();
        assert!(west > east && south > north, "nothing lies within those of nothing");
        let both = around([[1.0, 2.0, 3.0, 4.0], [0.0, 5.0, 2.0, 6.0]].into_iter());
        assert_eq!(both.to_vec(), [0.0, 2.0, 3.0, 6.0]);
    }
}
