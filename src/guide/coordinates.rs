//! A point on the earth.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// Mean radius of the earth in metres (IUGG, R₁).
const EARTH_RADIUS: f64 = 6_371_008.8;

/// Latitude and longitude in WGS 84 degrees, written `[50.07197, 20.03740]`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Coordinates(pub [f64; 2]);

impl Coordinates {
    /// Degrees north.
    #[must_use]
    pub fn latitude(self) -> f64 {
        self.0[0]
    }

    /// Degrees east.
    #[must_use]
    pub fn longitude(self) -> f64 {
        self.0[1]
    }

    /// Whether it lies in a box of west, south, east, north.
    #[must_use]
    pub fn within(self, [west, south, east, north]: [f64; 4]) -> bool {
        (west..=east).contains(&self.longitude()) && (south..=north).contains(&self.latitude())
    }

    /// The two numbers the other way round.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self([self.0[1], self.0[0]])
    }

    /// Distance in metres as the crow flies, on a sphere (haversine formula).
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        let [lat1, lon1] = self.0.map(f64::to_radians);
        let [lat2, lon2] = other.0.map(f64::to_radians);
        let half = |a: f64, b: f64| ((b - a) / 2.0).sin().powi(2);
        let h = half(lat1, lat2) + lat1.cos() * lat2.cos() * half(lon1, lon2);
        2.0 * EARTH_RADIUS * h.sqrt().asin()
    }
}

impl JsonSchema for Coordinates {
    fn schema_name() -> Cow<'static, str> {
        "Coordinates".into()
    }
    /// The bounds are the earth's; a site narrows them to its own.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "items": [
                {
                    "type": "number",
                    "minimum": -90,
                    "maximum": 90,
                    "description": "Latitude: degrees north.\n\npl: Szerokość – stopnie na północ.",
                },
                {
                    "type": "number",
                    "minimum": -180,
                    "maximum": 180,
                    "description": "Longitude: degrees east.\n\npl: Długość – stopnie na wschód.",
                },
            ],
            "minItems": 2,
            "maxItems": 2,
            "x-type": "coordinates",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_right() {
        // Two mounds whose distance the University of Mining and Metallurgy gives as 8,630 m.
        let (wanda, krakus) = (Coordinates([50.070_22, 20.068_07]), Coordinates([50.038_05, 19.958_43]));
        let metres = wanda.distance(krakus);
        assert!((metres - 8630.0).abs() < 40.0, "{metres}");
        assert!(wanda.distance(wanda) < 1e-9);
    }

    #[test]
    fn tells_swapped_numbers() {
        let bounds = [19.95, 50.03, 20.22, 50.13];
        assert!(Coordinates([50.07, 20.04]).within(bounds));
        assert!(!Coordinates([20.04, 50.07]).within(bounds));
        assert!(Coordinates([20.04, 50.07]).swapped().within(bounds));
    }

    #[test]
    fn distances_on_a_sphere() {
        let metres = |a: [f64; 2], b: [f64; 2]| Coordinates(a).distance(Coordinates(b)) / EARTH_RADIUS;
        let right = std::f64::consts::FRAC_PI_2;
        for (a, b, expected) in [
            ([0.0, 0.0], [90.0, 0.0], right),
            ([0.0, 0.0], [0.0, 90.0], right),
            ([0.0, 10.0], [0.0, -170.0], 2.0 * right),
            ([60.0, 0.0], [60.0, 180.0], right * 2.0 / 3.0),
            ([-30.0, 20.0], [30.0, 20.0], right * 2.0 / 3.0),
            // Two points on one parallel: sin²(d/2) = cos²φ · sin²(Δλ/2).
            ([60.0, 0.0], [60.0, 90.0], 2.0 * (0.125_f64.sqrt()).asin()),
        ] {
            assert!((metres(a, b) - expected).abs() < 1e-7 && (metres(b, a) - expected).abs() < 1e-7, "{a:?} {b:?}");
        }
        let at = Coordinates([50.0, 20.0]);
        assert_eq!((at.latitude(), at.longitude(), at.swapped().0), (50.0, 20.0, [20.0, 50.0]));
        for (bounds, inside) in [
            ([20.0, 50.0, 20.0, 50.0], true),
            ([20.1, 50.0, 21.0, 51.0], false),
            ([19.0, 50.0, 19.9, 51.0], false),
            ([20.0, 50.1, 21.0, 51.0], false),
            ([20.0, 49.0, 21.0, 49.9], false),
        ] {
            assert_eq!(at.within(bounds), inside, "{bounds:?}");
        }
    }
}
