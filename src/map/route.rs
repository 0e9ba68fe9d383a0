//! The way of a tour: from stop to stop along the streets.

use super::network::Way;
use super::{Network, Snapped, distance};
use crate::guide::Coordinates;

/// Metres that are walked in a minute: 4.5 km/h.
const METRES_A_MINUTE: f64 = 75.0;

/// The way between two stops.
#[derive(Debug, Clone, PartialEq)]
pub struct Leg {
    /// Points along the network or the recorded track, both ends included.
    pub points: Vec<Coordinates>,
    /// For every two neighbouring points the street between them, as its position in the base map; empty for a track.
    pub streets: Vec<usize>,
    /// Length along the points.
    pub metres: f64,
    /// Metres between the two stops as the crow flies.
    pub straight: f64,
}

impl Leg {
    /// Minutes of walking, at least one.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        // Legs are shorter than the earth is round.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let minutes = (self.metres / METRES_A_MINUTE).round() as u32;
        minutes.max(1)
    }
}

/// The whole way of a tour.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Route {
    /// For each stop metres from it to the network, or to the recorded track.
    pub offsets: Vec<f64>,
    /// One leg fewer than there are stops; `None` where no way leads from one stop to the next.
    pub legs: Vec<Option<Leg>>,
}

impl Route {
    /// The way past some stops; `None` when the network has no streets.
    #[must_use]
    pub fn past(stops: &[Coordinates], network: &Network) -> Option<Self> {
        let snapped: Vec<Snapped> = stops.iter().map(|stop| network.snap(*stop)).collect::<Option<_>>()?;
        let (network, nodes) = network.with_stops(&snapped);
        let legs = nodes.windows(2).zip(stops.windows(2)).map(|(ends, stops)| {
            let Way { points, streets, metres } = network.way(ends[0], ends[1])?;
            Some(Leg { points, streets, metres, straight: distance(stops[0], stops[1]) })
        });
        Some(Self { legs: legs.collect(), offsets: snapped.iter().map(|stop| stop.metres).collect() })
    }

    /// Metres of the whole way; `None` when a leg is missing.
    #[must_use]
    pub fn metres(&self) -> Option<f64> {
        self.legs.iter().map(|leg| leg.as_ref().map(|leg| leg.metres)).sum()
    }

    /// Minutes of walking; `None` when a leg is missing.
    #[must_use]
    pub fn minutes(&self) -> Option<u32> {
        self.legs.iter().map(|leg| leg.as_ref().map(Leg::minutes)).sum()
    }

    /// Every point of the way, each end of a leg once.
    #[must_use]
    pub fn points(&self) -> Vec<Coordinates> {
        let mut points: Vec<Coordinates> =
            self.legs.iter().flatten().flat_map(|leg| leg.points.iter().copied()).collect();
        points.dedup();
        points
    }
}

// What holds on any network is in `tests/routes.rs`.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{BaseMap, Class, Feature, Geometry, Kind};

    fn street(class: Class, points: &[[f64; 2]]) -> Feature {
        let geometry = Geometry::Lines(vec![points.iter().map(|point| Coordinates(*point)).collect()]);
        Feature {
            kind: Kind::Street,
            class: Some(class),
            name: None,
            name_en: None,
            bounds: geometry.bounds(),
            geometry,
            line: 1,
        }
    }

    /// A block of streets: an avenue along the south, a path round the north, and a street that touches neither.
    fn block() -> BaseMap {
        let features = vec![
            street(Class::Avenue, &[[50.07, 20.03], [50.07, 20.04]]),
            street(Class::Path, &[[50.07, 20.03], [50.0705, 20.035], [50.07, 20.04]]),
            street(Class::Street, &[[50.08, 20.05], [50.08, 20.06]]),
        ];
        BaseMap { features, ..BaseMap::default() }
    }

    #[test]
    fn a_path_is_taken_rather_than_an_avenue() {
        let network = Network::new(&block());
        let route = Route::past(&[Coordinates([50.07, 20.03]), Coordinates([50.07, 20.04])], &network).unwrap();
        let expected = 2.0 * distance(Coordinates([50.07, 20.03]), Coordinates([50.0705, 20.035]));
        let metres = route.metres().unwrap();
        assert!((metres - expected).abs() < expected / 100.0, "{metres} {expected}");
        assert_eq!(route.minutes(), Some(10));
    }

    #[test]
    fn a_stop_on_the_network_snaps_to_itself() {
        let network = Network::new(&block());
        let stop = Coordinates([50.07, 20.033]);
        let snapped = network.snap(stop).unwrap();
        assert!(snapped.metres < 0.01 && distance(snapped.point, stop) < 0.01);
        assert!(network.snap(Coordinates([50.071, 20.035])).unwrap().metres > 50.0);
    }

    #[test]
    fn what_cannot_be_reached_is_known() {
        assert_eq!(Network::cut_off(&block()).len(), 1);
        let network = Network::new(&block());
        let route = Route::past(&[Coordinates([50.07, 20.03]), Coordinates([50.08, 20.05])], &network).unwrap();
        assert_eq!((route.legs[0].clone(), route.metres()), (None, None));
        assert!(Route::past(&[Coordinates([0.0, 0.0])], &Network::default()).is_none());
    }

    #[test]
    fn a_leg_takes_whole_minutes_and_at_least_one() {
        let leg = |metres: f64, points: &[f64]| {
            let points = points.iter().map(|east| Coordinates([50.07, 20.0 + east])).collect();
            Leg { points, streets: vec![], metres, straight: metres }
        };
        assert_eq!([0.0, 74.0, 112.4, 112.6, 750.0].map(|metres| leg(metres, &[]).minutes()), [1, 1, 1, 2, 10]);
        let mut route =
            Route { offsets: vec![], legs: vec![Some(leg(100.0, &[0.1, 0.2])), Some(leg(150.0, &[0.2, 0.3]))] };
        assert_eq!((route.metres(), route.minutes()), (Some(250.0), Some(3)));
        // Each end once, but a point that is passed again is there again.
        route.legs.push(Some(leg(9.0, &[0.3, 0.2])));
        let points: Vec<f64> = route.points().iter().map(|point| ((point.longitude() - 20.0) * 10.0).round()).collect();
        assert_eq!(points, [1.0, 2.0, 3.0, 2.0]);
        route.legs.push(None);
        assert_eq!((route.metres(), route.minutes(), route.points().len()), (None, None, 4));
    }
}
