//! The ground: everything of the base map within the frame, one path for each layer.

use std::fmt::Write as _;

use super::geometry::{Point, Rect, clip_line, clip_ring, path_data, simplify, whole};
use super::style::{LAYERS, layer};
use crate::guide::Coordinates;
use crate::map::frame::WIDTH;
use crate::map::{BaseMap, Class, Frame, Geometry, Kind};

/// What bends less, in units, is straight.
const TOLERANCE: f64 = 1.0;

/// An area smaller than this, in square units, is not drawn.
const SMALLEST: f64 = 30.0;

/// Units that lines go on beyond the frame, so that their ends are not seen.
const BLEED: f64 = 60.0;

/// The features of a base map in a frame, in its units.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) pieces: Vec<Piece>,
}

/// What is left of one feature within the frame.
#[derive(Debug)]
pub(super) struct Piece {
    /// Its position in the base map.
    pub(super) feature: usize,
    pub(super) kind: Kind,
    pub(super) class: Option<Class>,
    pub(super) shape: Shape,
}

#[derive(Debug)]
pub(super) enum Shape {
    Point(Point),
    Lines(Vec<Vec<Point>>),
    /// Rings, holes among them.
    Areas(Vec<Vec<Point>>),
}

impl Piece {
    /// The longer side of the upright rectangle round an area; nothing for anything else.
    pub(super) fn size(&self) -> f64 {
        let Shape::Areas(rings) = &self.shape else { return 0.0 };
        let side = |axis: usize| {
            let along = || rings.iter().flatten().map(|point| point[axis]);
            along().fold(f64::MIN, f64::max) - along().fold(f64::MAX, f64::min)
        };
        side(0).max(side(1))
    }
}

impl Ground {
    /// What is seen of a base map.
    pub(super) fn new(map: &BaseMap, frame: &Frame) -> Self {
        let rect = [-BLEED, -BLEED, WIDTH + BLEED, frame.height + BLEED];
        let bounds = frame.bounds();
        let mut pieces = vec![];
        for (at, feature) in map.features.iter().enumerate() {
            if !overlap(feature.bounds, bounds) {
                continue;
            }
            let units = |line: &Vec<Coordinates>| line.iter().map(|point| frame.units(*point)).collect::<Vec<_>>();
            let shape = match &feature.geometry {
                Geometry::Point(point) => {
                    let [x, y] = frame.units(*point);
                    if x < 0.0 || y < 0.0 || x > WIDTH || y > frame.height {
                        continue;
                    }
                    Shape::Point([x, y])
                }
                Geometry::Lines(lines) => Shape::Lines(
                    lines
                        .iter()
                        .flat_map(|line| clip_line(&units(line), rect))
                        .map(|line| simplify(&line, TOLERANCE))
                        .collect(),
                ),
                Geometry::Areas(areas) => Shape::Areas(
                    areas
                        .iter()
                        .flatten()
                        .map(|ring| clip_ring(&units(ring), rect))
                        .filter(|ring| area(ring).abs() >= SMALLEST)
                        .map(|ring| simplify_ring(&ring))
                        .collect(),
                ),
            };
            let is_empty = match &shape {
                Shape::Point(_) => false,
                Shape::Lines(parts) | Shape::Areas(parts) => parts.is_empty(),
            };
            if !is_empty {
                pieces.push(Piece { feature: at, kind: feature.kind, class: feature.class, shape });
            }
        }
        Self { pieces }
    }

    /// The ground as SVG: a path for each layer that has something in the frame, and one for the stops of public
    /// transport.
    pub(super) fn write(&self, out: &mut String) {
        for (at, style) in LAYERS.iter().enumerate() {
            let mut data = String::new();
            for piece in self.pieces.iter().filter(|piece| layer(piece.kind, piece.class) == Some(at)) {
                match &piece.shape {
                    Shape::Point(point) => dot(&mut data, *point),
                    Shape::Lines(lines) => path_data(&mut data, lines, false),
                    Shape::Areas(rings) => path_data(&mut data, rings, true),
                }
            }
            write_path(out, style.name, &data);
        }
        let mut data = String::new();
        for piece in self.pieces.iter().filter(|piece| piece.kind == Kind::Transit) {
            if let Shape::Point(point) = piece.shape {
                dot(&mut data, point);
            }
        }
        write_path(out, "transit-edge", &data);
        write_path(out, "transit", &data);
    }
}

impl Ground {
    /// The area of one feature as a path of the class `about`.
    pub(super) fn write_area(&self, out: &mut String, feature: usize) {
        let mut data = String::new();
        for piece in self.pieces.iter().filter(|piece| piece.feature == feature) {
            if let Shape::Areas(rings) = &piece.shape {
                path_data(&mut data, rings, true);
            }
        }
        write_path(out, "about", &data);
    }
}

/// A path of a class; nothing when it has no data.
pub(super) fn write_path(out: &mut String, class: &str, data: &str) {
    if !data.is_empty() {
        out.push_str("<path class=\"");
        out.push_str(class);
        out.push_str("\" d=\"");
        out.push_str(data);
        out.push_str("\"/>");
    }
}

/// A point: a line without length, that the style gives round ends.
fn dot(data: &mut String, [x, y]: Point) {
    // Writing into memory cannot fail.
    let _ = write!(data, "M{} {}h0", whole(x), whole(y));
}

/// Twice the area of a ring would do as well (shoelace formula).
fn area(ring: &[Point]) -> f64 {
    ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum::<f64>() / 2.0
}

/// A ring made simpler: halves are, as a ring's two ends are one.
fn simplify_ring(ring: &[Point]) -> Vec<Point> {
    let middle = ring.len() / 2;
    let mut simple = simplify(&ring[..=middle], TOLERANCE);
    simple.pop();
    simple.extend(simplify(&ring[middle..], TOLERANCE));
    simple
}

/// Whether two boxes (west, south, east, north) share a point.
fn overlap(a: Rect, b: Rect) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}
