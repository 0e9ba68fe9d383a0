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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::draw::tests::{area as rectangle, at, base_map, exact, feature, line, subject};

    /// What is left of some shapes in a frame of 3000 by 2000 units.
    fn ground(shapes: Vec<(Kind, Option<Class>, Geometry)>) -> Ground {
        let features = shapes.into_iter().map(|(kind, class, geometry)| feature(kind, class, "", geometry));
        Ground::new(&base_map(features.collect()), &subject().frame)
    }

    fn written(ground: &Ground) -> String {
        let mut out = String::new();
        ground.write(&mut out);
        out
    }

    #[test]
    fn points_are_seen_within_the_frame() {
        for (point, is_seen) in [
            ([0.01, 1000.0], true),
            ([-0.01, 1000.0], false),
            ([2999.99, 1000.0], true),
            ([3000.01, 1000.0], false),
            ([1500.0, 0.01], true),
            ([1500.0, -0.01], false),
            ([1500.0, 1999.99], true),
            ([1500.0, 2000.01], false),
        ] {
            // A shape is kept or not by its upright rectangle first: this one reaches into the frame in any case.
            let mut stop = feature(Kind::Transit, None, "", Geometry::Point(at(point)));
            stop.bounds = subject().frame.bounds();
            assert_eq!(!Ground::new(&base_map(vec![stop]), &subject().frame).pieces.is_empty(), is_seen, "{point:?}");
        }
    }

    #[test]
    fn lines_go_on_a_little_beyond_the_frame() {
        let lines =
            Geometry::Lines(vec![line(&[[-500.0, 1000.0], [3500.0, 1000.0]]), line(&[[50.0, -500.0], [50.0, 2500.0]])]);
        let ground = ground(vec![(Kind::Street, None, lines)]);
        assert_eq!(written(&ground), "<path class=\"street\" d=\"M-60 1000h3120m-3010-1060v2120\"/>");
        assert!(ground.pieces[0].size().abs() < 1e-9, "a line has no size");
    }

    #[test]
    fn areas_are_seen_from_some_size_on() {
        let areas = |width: f64, height: f64| {
            let area = rectangle([100.0, 200.0, 100.0 + width, 200.0 + height]);
            ground(vec![(Kind::Building, None, area)])
        };
        assert!(areas(5.0, 5.9).pieces.is_empty());
        let seen = areas(5.0, 6.1);
        assert_eq!((seen.pieces.len(), exact(&[seen.pieces[0].size()])), (1, vec![6_100]));
        assert_eq!(exact(&[areas(70.0, 60.0).pieces[0].size()]), [70_000]);
        assert_eq!(written(&areas(70.0, 60.0)), "<path class=\"building\" d=\"M100 200h70v60h-70z\"/>");
        let mut triangle = [[10.0, 20.0], [14.0, 20.0], [14.0, 23.0], [10.0, 20.0]];
        let there = area(&triangle);
        triangle.reverse();
        assert_eq!(exact(&[there, area(&triangle)]), [6_000, -6_000]);
    }

    #[test]
    fn layers_are_written_from_the_lowest_to_the_highest() {
        let stop = |point: [f64; 2]| Geometry::Point(at(point));
        let ground = ground(vec![
            (Kind::Transit, None, stop([7.0, 8.0])),
            (Kind::Mound, None, stop([5.0, 6.0])),
            (Kind::Place, None, stop([9.0, 9.0])),
            (Kind::Tram, None, Geometry::Lines(vec![line(&[[10.0, 20.0], [90.0, 20.0]])])),
            (Kind::Water, None, rectangle([100.0, 100.0, 200.0, 200.0])),
            (Kind::Water, None, rectangle([300.0, 100.0, 400.0, 200.0])),
            // Far away.
            (Kind::Works, None, rectangle([9000.0, 100.0, 9900.0, 200.0])),
            (Kind::Transit, None, stop([17.0, 18.0])),
        ]);
        assert_eq!(
            written(&ground),
            "<path class=\"lake\" d=\"M100 100h100v100h-100zM300 100h100v100h-100z\"/><path class=\"tram\" d=\"M10 20h80\"/>\
             <path class=\"mound\" d=\"M5 6h0\"/><path class=\"transit-edge\" d=\"M7 8h0M17 18h0\"/>\
             <path class=\"transit\" d=\"M7 8h0M17 18h0\"/>"
        );
        let mut out = String::new();
        ground.write_area(&mut out, 5);
        ground.write_area(&mut out, 3);
        assert_eq!(out, "<path class=\"about\" d=\"M300 100h100v100h-100z\"/>");
    }

    #[test]
    fn rings_are_made_simpler_in_halves() {
        let ring = [[0.0, 0.0], [5.0, 0.5], [10.0, 0.0], [10.0, 10.0], [5.0, 9.5], [0.0, 10.0], [0.0, 0.0]];
        assert_eq!(simplify_ring(&ring), [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]]);
        let square = [[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0], [0.0, 0.0]];
        assert_eq!(simplify_ring(&square), square);
    }

    #[test]
    fn boxes_overlap_from_a_common_point_on() {
        let own = [10.0, 20.0, 30.0, 40.0];
        for (other, expected) in [
            ([15.0, 25.0, 16.0, 26.0], true),
            ([30.0, 40.0, 50.0, 60.0], true),
            ([0.0, 0.0, 10.0, 20.0], true),
            ([31.0, 25.0, 50.0, 26.0], false),
            ([0.0, 25.0, 9.0, 26.0], false),
            ([15.0, 41.0, 16.0, 50.0], false),
            ([15.0, 0.0, 16.0, 19.0], false),
        ] {
            assert_eq!((overlap(own, other), overlap(other, own)), (expected, expected), "{other:?}");
        }
    }
}
