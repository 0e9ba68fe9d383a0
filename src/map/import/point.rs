//! Points on a grid of hundred-thousandths of a degree, about a metre, and exact geometry on it.
//!
//! Whole numbers make what has to be equal equal: the shared vertex of two streets, whichever file it was read from.

use crate::diagnostic::Text;
use crate::text;

/// Hundred-thousandths of a degree east and north (WGS 84).
pub(super) type Point = [i32; 2];

/// Points in a row; a ring when the first and the last are the same.
pub(super) type Line = Vec<Point>;

/// An outer ring, counterclockwise, and its holes, clockwise.
pub(super) type Area = Vec<Line>;

/// Nanodegrees, in which PBF counts, in a step of the grid.
const STEP: i64 = 10_000;

/// Degrees as nanodegrees; `None` for what is no number or not on the earth.
pub(super) fn nanodegrees(degrees: f64) -> Option<i64> {
    // Within ±360 the product is far inside an `i64`.
    #[allow(clippy::cast_possible_truncation)]
    (degrees.abs() <= 360.0).then(|| (degrees * 1e9).round() as i64)
}

/// The point of the grid nearest to nanodegrees east and north; `None` when they are not on the earth.
pub(super) fn point(east: i64, north: i64) -> Option<Point> {
    let on_grid = |nano: i64, limit: i64| {
        let limit = limit * 1_000_000_000;
        (-limit..=limit).contains(&nano).then(|| (nano + STEP / 2).div_euclid(STEP)).map(i32::try_from)?.ok()
    };
    Some([on_grid(east, 180)?, on_grid(north, 90)?])
}

/// The box of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bbox {
    pub(super) west: i32,
    pub(super) south: i32,
    pub(super) east: i32,
    pub(super) north: i32,
}

impl Bbox {
    /// Reads `W,S,E,N` in degrees; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Text> {
        let numbers: Vec<f64> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
        let [west, south, east, north] = numbers[..] else {
            return Err(text!(
                "„{text}” to nie cztery liczby rozdzielone przecinkami",
                "`{text}` is not four numbers with commas between"
            ));
        };
        if text.split(',').count() != 4 {
            return Err(text!("„{text}” to więcej niż cztery liczby", "`{text}` is more than four numbers"));
        }
        let corner = |east, north| point(nanodegrees(east)?, nanodegrees(north)?);
        let (Some(low), Some(high)) = (corner(west, south), corner(east, north)) else {
            return Err(text!("prostokąt „{text}” wychodzi poza kulę ziemską", "the box `{text}` is not on the earth"));
        };
        if low[0] >= high[0] {
            return Err(text!(
                "zachód ({west}) nie leży przed wschodem ({east})",
                "west ({west}) is not below east ({east})"
            ));
        }
        if low[1] >= high[1] {
            return Err(text!(
                "południe ({south}) nie leży przed północą ({north})",
                "south ({south}) is not below north ({north})"
            ));
        }
        Ok(Self { west: low[0], south: low[1], east: high[0], north: high[1] })
    }

    /// Whether a point lies in the box or on its border.
    pub(super) fn holds(self, [x, y]: Point) -> bool {
        (self.west..=self.east).contains(&x) && (self.south..=self.north).contains(&y)
    }

    /// Whether a point lies in the box and not on its border.
    pub(super) fn holds_inside(self, [x, y]: Point) -> bool {
        self.west < x && x < self.east && self.south < y && y < self.north
    }

    /// The box with a margin around it.
    pub(super) fn widened(self, by: i32) -> Self {
        Self { west: self.west - by, south: self.south - by, east: self.east + by, north: self.north + by }
    }

    /// The border, counterclockwise from the south-west.
    pub(super) fn ring(self) -> Line {
        let [south_west, south_east, north_east, north_west] = self.corners();
        vec![south_west, south_east, north_east, north_west, south_west]
    }

    /// The corners, counterclockwise from the south-west.
    pub(super) fn corners(self) -> [Point; 4] {
        let Self { west, south, east, north } = self;
        [[west, south], [east, south], [east, north], [west, north]]
    }
}

/// Twice the area of a ring, positive when it runs counterclockwise (shoelace formula).
pub(super) fn signed_area(ring: &[Point]) -> i128 {
    ring.windows(2).map(|pair| i128::from(cross([0, 0], pair[0], pair[1]))).sum()
}

/// Positive when `c` lies left of the way from `a` to `b`, zero when on its line.
fn cross(a: Point, b: Point, c: Point) -> i64 {
    let [[ax, ay], [bx, by], [cx, cy]] = [a, b, c].map(|point| point.map(i64::from));
    (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
}

/// A ring as it is written: closed, no point twice in a row, from its least point on, so that equal shapes are equal;
/// `None` when nothing is left of it.
pub(super) fn tidy_ring(mut ring: Line) -> Option<Line> {
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let least = ring.iter().enumerate().min_by_key(|(_, point)| **point)?.0;
    ring.rotate_left(least);
    ring.push(ring[0]);
    (ring.len() >= 4 && signed_area(&ring) != 0).then_some(ring)
}

/// A ring that runs counterclockwise, or clockwise when it is a hole.
pub(super) fn turned(mut ring: Line, is_hole: bool) -> Line {
    if (signed_area(&ring) < 0) != is_hole {
        ring.reverse();
    }
    ring
}

/// Where a point lies as to a ring; points on the ring itself are neither inside nor outside.
fn is_inside([x, y]: [i64; 2], ring: &[[i64; 2]]) -> Option<bool> {
    let mut inside = false;
    for pair in ring.windows(2) {
        let [[ax, ay], [bx, by]] = [pair[0], pair[1]];
        let side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
        if side == 0 && (ax.min(bx)..=ax.max(bx)).contains(&x) && (ay.min(by)..=ay.max(by)).contains(&y) {
            return None;
        }
        // A ray to the east crosses the side: the half-open test counts each vertex once.
        if (ay > y) != (by > y) && (side > 0) == (by > ay) {
            inside = !inside;
        }
    }
    Some(inside)
}

/// Whether a point lies inside an area; one on a ring does not.
pub(super) fn is_in_area(point: Point, rings: &[Line]) -> bool {
    let inside = |ring: &Line| is_inside(point.map(i64::from), &scaled(ring, 1));
    rings.iter().map(inside).try_fold(false, |all, one| one.map(|one| all != one)).unwrap_or(false)
}

/// Whether a ring lies inside another that it does not cross: told by its first vertex, else the first middle of a side,
/// that is not on the other.
pub(super) fn encloses(outer: &[Point], inner: &[Point]) -> bool {
    if !spans_overlap(outer, inner) {
        return false;
    }
    // Twice the numbers, so that middles are whole.
    let (outer, inner) = (scaled(outer, 2), scaled(inner, 2));
    let middles = inner.windows(2).map(|pair| [0, 1].map(|axis| i64::midpoint(pair[0][axis], pair[1][axis])));
    inner.iter().copied().chain(middles).find_map(|point| is_inside(point, &outer)).unwrap_or(false)
}

fn scaled(ring: &[Point], by: i64) -> Vec<[i64; 2]> {
    ring.iter().map(|point| point.map(|number| i64::from(number) * by)).collect()
}

fn spans_overlap(a: &[Point], b: &[Point]) -> bool {
    let span = |ring: &[Point], axis: usize| {
        let numbers = || ring.iter().map(|point| point[axis]);
        Some((numbers().min()?, numbers().max()?))
    };
    (0..2).all(|axis| match (span(a, axis), span(b, axis)) {
        (Some((low, high)), Some((least, most))) => low <= most && least <= high,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_to_the_grid_the_same_from_every_notation() {
        assert_eq!(point(20_037_725_000, -50_072_005_000), Some([2_003_773, -5_007_200]));
        assert_eq!(nanodegrees(20.037_725), Some(20_037_725_000));
        assert_eq!(point(180_000_000_001, 0), None);
        assert_eq!(nanodegrees(f64::NAN), None);
    }

    #[test]
    fn a_box_is_four_numbers_in_order() {
        assert_eq!(
            Bbox::parse("20, 50,20.1,50.2").unwrap(),
            Bbox { west: 2_000_000, south: 5_000_000, east: 2_010_000, north: 5_020_000 }
        );
        for (text, told) in [
            ("20,50,20.1", "not four numbers"),
            ("20,50,20.1,north", "not four numbers"),
            ("20,50,20.1,50.2,x", "more than four"),
            ("20,50,190,50.2", "not on the earth"),
            ("nan,50,20,50.2", "not on the earth"),
            ("20.1,50,20,50.2", "west"),
            ("20,50.2,20.1,50", "south"),
            ("20,50,20.000001,50.2", "west"),
        ] {
            let message = Bbox::parse(text).unwrap_err().en;
            assert!(message.contains(told), "{text}: {message}");
        }
    }

    #[test]
    fn rings_know_what_they_enclose() {
        let square = |low: i32, high: i32| vec![[low, low], [high, low], [high, high], [low, high], [low, low]];
        assert!(encloses(&square(0, 10), &square(2, 8)) && !encloses(&square(2, 8), &square(0, 10)));
        assert!(!encloses(&square(0, 10), &square(20, 30)));
        // All corners of the diamond stand on the square.
        let diamond = vec![[5, 0], [10, 5], [5, 10], [0, 5], [5, 0]];
        assert!(encloses(&square(0, 10), &diamond) && !encloses(&diamond, &square(0, 10)));
        assert!(is_in_area([5, 5], &[square(0, 10)]) && !is_in_area([5, 5], &[square(0, 10), square(2, 8)]));
    }

    #[test]
    fn equal_rings_are_written_alike() {
        let ring = tidy_ring(vec![[5, 5], [0, 5], [0, 5], [0, 0], [5, 0], [5, 5]]);
        assert_eq!(ring, Some(vec![[0, 0], [5, 0], [5, 5], [0, 5], [0, 0]]));
        assert_eq!(ring.clone(), tidy_ring(vec![[0, 0], [5, 0], [5, 5], [0, 5]]));
        assert_eq!(tidy_ring(vec![[0, 0], [5, 5], [0, 0]]), None);
        assert_eq!(tidy_ring(vec![]), None);
        assert!(signed_area(&turned(ring.unwrap(), true)) < 0);
    }

    #[test]
    fn the_earth_ends_at_its_poles_and_its_date_line() {
        let degree = 1_000_000_000;
        for (east, north, expected) in [
            (180 * degree, 90 * degree, Some([18_000_000, 9_000_000])),
            (-180 * degree, -90 * degree, Some([-18_000_000, -9_000_000])),
            (180 * degree + 1, 0, None),
            (-180 * degree - 1, 0, None),
            (0, 90 * degree + 1, None),
            (0, -90 * degree - 1, None),
            // Halves are rounded up.
            (5_000, -5_000, Some([1, 0])),
            (4_999, -5_001, Some([0, -1])),
            (15_000, -15_000, Some([2, -1])),
        ] {
            assert_eq!(point(east, north), expected, "{east} {north}");
        }
        assert_eq!([360.0, -360.0].map(nanodegrees), [Some(360 * degree), Some(-360 * degree)]);
        assert_eq!([360.001, -360.001, f64::INFINITY].map(nanodegrees), [None; 3]);
    }

    #[test]
    fn a_box_holds_its_border() {
        let bbox = Bbox { west: 10, south: 20, east: 30, north: 40 };
        for (at, holds, inside) in [
            ([20, 30], true, true),
            ([11, 21], true, true),
            ([29, 39], true, true),
            ([10, 30], true, false),
            ([30, 30], true, false),
            ([20, 20], true, false),
            ([20, 40], true, false),
            ([9, 30], false, false),
            ([31, 30], false, false),
            ([20, 19], false, false),
            ([20, 41], false, false),
        ] {
            assert_eq!((bbox.holds(at), bbox.holds_inside(at)), (holds, inside), "{at:?}");
        }
        assert_eq!(bbox.widened(5), Bbox { west: 5, south: 15, east: 35, north: 45 });
        assert_eq!(bbox.ring(), [[10, 20], [30, 20], [30, 40], [10, 40], [10, 20]]);
        // One step is enough, none is not.
        assert!(Bbox::parse("20,50,20.00001,50.00001").is_ok());
        assert!(Bbox::parse("20,50,20.1,50").unwrap_err().en.contains("south"));
    }

    #[test]
    fn areas_and_sides_have_signs() {
        let triangle = [[10, 20], [14, 20], [14, 23], [10, 20]];
        let back = [[10, 20], [14, 23], [14, 20], [10, 20]];
        assert_eq!([signed_area(&triangle), signed_area(&back)], [12, -12]);
        assert_eq!(cross([10, 20], [14, 23], [13, 27]), 19);
        assert_eq!(cross([10, 20], [14, 23], [18, 26]), 0);
        assert_eq!(cross([10, 20], [13, 27], [14, 23]), -19);
        for (ring, is_hole, expected) in
            [(triangle, false, triangle), (triangle, true, back), (back, false, triangle), (back, true, back)]
        {
            assert_eq!(turned(ring.to_vec(), is_hole), expected);
        }
        assert_eq!(tidy_ring(vec![[1, 1], [9, 1], [1, 1]]), None);
        assert_eq!(tidy_ring(vec![[1, 1], [5, 1], [9, 1], [1, 1]]), None, "a ring without an inside");
        assert_eq!(tidy_ring(vec![[4, 4], [4, 4], [4, 4]]), None);
        assert_eq!(tidy_ring(back[1..].to_vec()), Some(back.to_vec()));
    }

    #[test]
    fn a_point_is_inside_outside_or_on_a_ring() {
        let slope: &[[i64; 2]] = &[[100, 200], [160, 200], [100, 280], [100, 200]];
        let diamond: &[[i64; 2]] = &[[5, 0], [10, 5], [5, 10], [0, 5], [5, 0]];
        for (ring, at, expected) in [
            (slope, [120, 240], Some(true)),
            (slope, [140, 240], Some(false)),
            (slope, [130, 240], None),
            (slope, [129, 240], Some(true)),
            (slope, [131, 240], Some(false)),
            (slope, [99, 240], Some(false)),
            (slope, [100, 240], None),
            (slope, [130, 200], None),
            (slope, [160, 200], None),
            // On the line of a side, beyond its ends.
            (slope, [170, 200], Some(false)),
            (slope, [90, 200], Some(false)),
            (slope, [100, 290], Some(false)),
            (slope, [190, 160], Some(false)),
            (diamond, [5, 5], Some(true)),
            (diamond, [-1, 5], Some(false)),
            (diamond, [11, 5], Some(false)),
            (diamond, [-1, 0], Some(false)),
            (diamond, [-1, 10], Some(false)),
        ] {
            let back: Vec<[i64; 2]> = ring.iter().rev().copied().collect();
            assert_eq!((is_inside(at, ring), is_inside(at, &back)), (expected, expected), "{ring:?} {at:?}");
        }
        let square = |low: i32, high: i32| vec![[low, low], [high, low], [high, high], [low, high], [low, low]];
        let rings = [square(0, 10), square(2, 8), square(4, 6)];
        for (at, expected) in
            [([1, 5], true), ([3, 5], false), ([5, 5], true), ([2, 5], false), ([0, 5], false), ([20, 5], false)]
        {
            assert_eq!(is_in_area(at, &rings), expected, "{at:?}");
        }
        for (a, b, expected) in [
            (square(0, 10), square(10, 20), true),
            (square(0, 10), square(11, 20), false),
            (square(0, 10), vec![[3, 11], [4, 12]], false),
            (square(0, 10), vec![[11, 3], [12, 4]], false),
            (square(0, 10), vec![[3, 3]], true),
            (square(0, 10), vec![], false),
        ] {
            assert_eq!((spans_overlap(&a, &b), spans_overlap(&b, &a)), (expected, expected), "{b:?}");
        }
        assert!(!encloses(&square(0, 10), &square(0, 10)), "a ring does not lie in itself");
    }
}
