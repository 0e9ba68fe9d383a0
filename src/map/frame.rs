//! The part of the town that a map shows.

use super::Projection;
use crate::guide::Coordinates;

/// Width of every map in its own units. One unit is about a third of a pixel where a map is as wide as a desktop page,
/// so whole units are exact enough.
pub const WIDTH: f64 = 3000.0;

/// The narrowest and the widest shape of a map that is made to fit: width by height.
const SHAPES: [f64; 2] = [1.1, 1.5];

/// A rectangle of the plane with the units of a drawing: x to the east and y to the south, from the north-west corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    plane: Projection,
    /// Metres east and north of the plane's origin at the north-west corner.
    corner: [f64; 2],
    /// Units in a metre.
    pub scale: f64,
    /// Height in units.
    pub height: f64,
}

impl Frame {
    /// So many metres round a point.
    #[must_use]
    pub fn at(centre: Coordinates, [width, height]: [f64; 2]) -> Self {
        let scale = WIDTH / width;
        Self {
            plane: Projection::at(centre),
            corner: [-width / 2.0, height / 2.0],
            scale,
            height: (height * scale).round(),
        }
    }

    /// The smallest frame with all of some points, a margin (a share of the width) round them, and at least so many
    /// metres wide; `None` without points.
    #[must_use]
    pub fn round(points: impl IntoIterator<Item = Coordinates>, margin: f64, least: f64) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        let (mut low, mut high) = (first.0, first.0);
        for point in points {
            for axis in 0..2 {
                low[axis] = low[axis].min(point.0[axis]);
                high[axis] = high[axis].max(point.0[axis]);
            }
        }
        let centre = Coordinates([f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1])]);
        let [east, north] = Projection::at(centre).metres(Coordinates(high));
        let (wide, high) = (2.0 * east, 2.0 * north);
        let shape = if high > 0.0 { (wide / high).clamp(SHAPES[0], SHAPES[1]) } else { SHAPES[1] };
        let width = (wide.max(high * shape) / (1.0 - 2.0 * margin)).max(least);
        Some(Self::at(centre, [width, width / shape]))
    }

    /// Where a point lies in units.
    #[must_use]
    pub fn units(&self, point: Coordinates) -> [f64; 2] {
        let [east, north] = self.plane.metres(point);
        [(east - self.corner[0]) * self.scale, (self.corner[1] - north) * self.scale]
    }

    /// Longitude and latitude of the north-west corner, and units in a degree of each: a device's position lies at
    /// `(longitude - west) * x` and `(north - latitude) * y`.
    #[must_use]
    pub fn affine(&self) -> [f64; 4] {
        let Coordinates([north, west]) = self.plane.point(self.corner);
        let [x, y] = self.units(Coordinates([north - 1.0, west + 1.0]));
        [west, north, x, y]
    }

    /// The corners: west, south, east, north in degrees.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        let Coordinates([north, west]) = self.plane.point(self.corner);
        let far = [self.corner[0] + WIDTH / self.scale, self.corner[1] - self.height / self.scale];
        let Coordinates([south, east]) = self.plane.point(far);
        [west, south, east, north]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_asked_for_lies_inside() {
        let points = [[50.07, 20.03], [50.08, 20.06], [50.065, 20.05]].map(Coordinates);
        let frame = Frame::round(points, 0.05, 100.0).unwrap();
        for point in points {
            let [x, y] = frame.units(point);
            assert!((149.0..=2851.0).contains(&x) && y > 0.0 && y < frame.height, "{x} {y}");
        }
        assert!((1.9..2.5).contains(&(WIDTH / frame.scale / 1000.0)));
        assert!(Frame::round([], 0.05, 100.0).is_none());
        assert!((WIDTH / Frame::round([points[0]], 0.05, 100.0).unwrap().scale - 100.0).abs() < 1e-9);
    }

    #[test]
    fn the_affine_map_agrees_with_the_frame() {
        let frame = Frame::at(Coordinates([50.07, 20.03]), [600.0, 400.0]);
        let [left, top, per_longitude, per_latitude] = frame.affine();
        let point = Coordinates([50.0712, 20.0287]);
        let units = frame.units(point);
        assert!(((point.longitude() - left) * per_longitude - units[0]).abs() < 1e-6);
        assert!(((top - point.latitude()) * per_latitude - units[1]).abs() < 1e-6);
        let [west, south, east, north] = frame.bounds();
        assert!(frame.units(Coordinates([north, west]))[0].abs() < 1e-6);
        assert!((frame.units(Coordinates([south, east]))[1] - frame.height).abs() < 1e-6);
    }

    /// Width and height in metres of the frame round points so many metres from a centre.
    fn round(points: &[[f64; 2]], margin: f64, least: f64) -> Vec<f64> {
        let plane = Projection::at(Coordinates([50.07, 20.03]));
        let frame = Frame::round(points.iter().map(|point| plane.point(*point)), margin, least).unwrap();
        let [x, y] = frame.units(plane.point([0.0, 0.0]));
        // The points are round the centre, so it lies in the middle.
        assert!((x - 1500.0).abs() < 1.0 && (y - frame.height / 2.0).abs() < 1.0, "{x} {y}");
        vec![(WIDTH / frame.scale).round(), (frame.height / frame.scale).round()]
    }

    #[test]
    fn a_frame_is_as_wide_as_it_has_to_be() {
        for (points, margin, least, expected) in [
            // A flat one is one and a half times as wide as high, a steep one hardly wider than high.
            ([[-500.0, 0.0], [500.0, 0.0]], 0.1, 100.0, [1250.0, 833.0]),
            ([[0.0, 500.0], [0.0, -500.0]], 0.1, 100.0, [1375.0, 1250.0]),
            ([[-650.0, 500.0], [650.0, -500.0]], 0.1, 100.0, [1625.0, 1250.0]),
            ([[650.0, 500.0], [-650.0, -500.0]], 0.0, 100.0, [1300.0, 1000.0]),
            ([[-650.0, -500.0], [650.0, 500.0]], 0.25, 100.0, [2600.0, 2000.0]),
            ([[-650.0, 500.0], [650.0, -500.0]], 0.1, 2600.0, [2600.0, 2000.0]),
        ] {
            assert_eq!(round(&points, margin, least), expected, "{points:?}");
        }
    }

    #[test]
    fn units_begin_in_the_north_west_corner() {
        let centre = Coordinates([50.07, 20.03]);
        let frame = Frame::at(centre, [600.0, 401.0]);
        assert_eq!((frame.scale, frame.height), (5.0, 2005.0));
        let plane = Projection::at(centre);
        for (metres, units) in [
            ([0.0, 0.0], [1500.0, 1002.5]),
            ([-300.0, 200.5], [0.0, 0.0]),
            ([300.0, -200.5], [3000.0, 2005.0]),
            ([100.0, 50.0], [2000.0, 752.5]),
        ] {
            let found = frame.units(plane.point(metres));
            assert!(found.iter().zip(units).all(|(a, b)| (a - b).abs() < 1e-6), "{metres:?} {found:?}");
        }
        let [west, south, east, north] = frame.bounds();
        for (corner, metres) in [([north, west], [-300.0, 200.5]), ([south, east], [300.0, -200.5])] {
            let found = plane.metres(Coordinates(corner));
            assert!(found.iter().zip(metres).all(|(a, b)| (a - b).abs() < 1e-6), "{corner:?}");
        }
        // The height is whole.
        assert_eq!(
            (Frame::at(centre, [3000.0, 1000.4]).height, Frame::at(centre, [3000.0, 1000.6]).height),
            (1000.0, 1001.0)
        );
    }
}
