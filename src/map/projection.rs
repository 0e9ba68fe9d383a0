//! From the earth to a plane, and distances on the ellipsoid.

use geographiclib_rs::{Geodesic, InverseGeodesic};

use crate::guide::Coordinates;

/// Distance in metres on the WGS 84 ellipsoid (Karney 2013).
#[must_use]
pub fn distance(a: Coordinates, b: Coordinates) -> f64 {
    Geodesic::wgs84().inverse(a.latitude(), a.longitude(), b.latitude(), b.longitude())
}

/// A plane that touches the ellipsoid at a latitude: metres east and north of a point.
///
/// Equirectangular, with the ellipsoid's radii of curvature at that latitude (meridian M, prime vertical N; Snyder,
/// Map Projections, 1987, p. 24). Over ten kilometres at 50° the error is below one in a thousand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projection {
    origin: Coordinates,
    /// Metres in a degree of longitude and of latitude.
    scale: [f64; 2],
}

/// Equatorial radius of WGS 84 in metres, and the square of its eccentricity.
const WGS84: (f64, f64) = (6_378_137.0, 0.006_694_379_990_14);

impl Projection {
    /// A plane that touches at `origin`.
    #[must_use]
    pub fn at(origin: Coordinates) -> Self {
        let (radius, e2) = WGS84;
        let latitude = origin.latitude().to_radians();
        let w = 1.0 - e2 * latitude.sin().powi(2);
        let (prime, meridian) = (radius / w.sqrt(), radius * (1.0 - e2) / w.powf(1.5));
        let degree = 1f64.to_radians();
        Self { origin, scale: [prime * latitude.cos() * degree, meridian * degree] }
    }

    /// Metres east and north of the origin.
    #[must_use]
    pub fn metres(&self, point: Coordinates) -> [f64; 2] {
        [
            (point.longitude() - self.origin.longitude()) * self.scale[0],
            (point.latitude() - self.origin.latitude()) * self.scale[1],
        ]
    }

    /// The point so many metres east and north of the origin.
    #[must_use]
    pub fn point(&self, [east, north]: [f64; 2]) -> Coordinates {
        Coordinates([self.origin.latitude() + north / self.scale[1], self.origin.longitude() + east / self.scale[0]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plane_agrees_with_the_ellipsoid() {
        let origin = Coordinates([50.072, 20.037]);
        let plane = Projection::at(origin);
        for point in [[50.072, 20.10], [50.10, 20.037], [50.05, 20.0]] {
            let point = Coordinates(point);
            let [east, north] = plane.metres(point);
            let (flat, round) = (east.hypot(north), distance(origin, point));
            assert!((flat - round).abs() < round / 1000.0, "{flat} {round}");
            assert!(distance(plane.point([east, north]), point) < 1e-6);
        }
    }

    #[test]
    fn a_degree_of_the_equator_is_an_arc_of_the_equatorial_circle() {
        let metres = distance(Coordinates([0.0, 0.0]), Coordinates([0.0, 1.0]));
        assert!((metres - 1f64.to_radians() * WGS84.0).abs() < 1e-6, "{metres}");
    }

    #[test]
    fn a_degree_is_as_long_as_the_ellipsoid_says() {
        // Metres in a degree of latitude and of longitude on WGS 84.
        for (latitude, north, east) in
            [(0.0, 110_574.3, 111_319.5), (50.0, 111_229.0, 71_695.7), (-60.0, 111_412.3, 55_800.0)]
        {
            let plane = Projection::at(Coordinates([latitude, 20.0]));
            let [x, y] = plane.metres(Coordinates([latitude + 1.0, 21.0]));
            assert!((x - east).abs() < 0.5 && (y - north).abs() < 0.5, "{latitude}: {x} {y}");
            let [x, y] = plane.metres(Coordinates([latitude - 0.5, 19.0]));
            assert!((x + east).abs() < 0.5 && (y + north / 2.0).abs() < 0.5, "{latitude}: {x} {y}");
            let back = plane.point([2.0 * east, -north]);
            assert!((back.latitude() - latitude + 1.0).abs() < 1e-4 && (back.longitude() - 22.0).abs() < 1e-4);
        }
    }
}
