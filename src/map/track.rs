//! The way of a tour along a recorded track: where it passes each stop.

use super::{Leg, Projection, Route, distance};
use crate::guide::Coordinates;

/// A point of a track, or one between two of them that is the nearest to a stop.
struct Point {
    at: Coordinates,
    recorded: bool,
}

/// Where a track passes some stops.
struct Passes {
    points: Vec<Point>,
    /// For every stop the position of its point, never before that of the stop before it.
    at: Vec<usize>,
    /// Metres from all stops to their points together.
    metres: f64,
}

impl Route {
    /// The way past some stops along a track, which is turned round when that fits the order of the stops better;
    /// `None` without stops, or when the track has fewer than two points.
    #[must_use]
    pub fn along(stops: &[Coordinates], track: &[Coordinates]) -> Option<Self> {
        let back: Vec<Coordinates> = track.iter().rev().copied().collect();
        let (there, back) = (Passes::find(stops, track)?, Passes::find(stops, &back)?);
        // A tenth of a millimetre: a way there and back fits both ways, and is taken as it was recorded.
        let passes = if back.metres + 1e-4 < there.metres { back } else { there };
        let legs = passes.at.windows(2).zip(stops.windows(2)).map(|(ends, stops)| {
            let points = passes.between(ends[0], ends[1]);
            let metres = points.windows(2).map(|pair| distance(pair[0], pair[1])).sum();
            Some(Leg { points, streets: vec![], metres, straight: distance(stops[0], stops[1]) })
        });
        let offsets = passes.at.iter().zip(stops).map(|(at, stop)| distance(passes.points[*at].at, *stop));
        Some(Self { offsets: offsets.collect(), legs: legs.collect() })
    }
}

impl Passes {
    /// The passes, in the order of the stops, that are the nearest to the stops taken together.
    ///
    /// The nearest pass of each stop by itself would be wrong where a track comes by twice: a loop begins and ends at one
    /// point. So all stops are looked at together (dynamic programming): the least sum for the first stops up to a point
    /// of the track is that of one stop fewer up to the same point or an earlier one, and the last stop's own distance.
    /// This takes as many steps as there are stops times points.
    fn find(stops: &[Coordinates], track: &[Coordinates]) -> Option<Self> {
        let plane = Projection::at(*track.first()?);
        let stops: Vec<[f64; 2]> = stops.iter().map(|stop| plane.metres(*stop)).collect();
        let points = with_feet(&stops, track, &plane);
        let flat: Vec<[f64; 2]> = points.iter().map(|point| plane.metres(point.at)).collect();
        // For every stop and every point, the best point up to there.
        let mut best_until: Vec<Vec<usize>> = Vec::with_capacity(stops.len());
        let mut sums = vec![0.0; flat.len()];
        for stop in &stops {
            let mut best = 0;
            let mut before = f64::INFINITY;
            let mut until = Vec::with_capacity(flat.len());
            for (at, point) in flat.iter().enumerate() {
                // The sum of the stops before, up to this point, becomes the sum up to this stop.
                before = before.min(sums[at]);
                sums[at] = before + (point[0] - stop[0]).hypot(point[1] - stop[1]);
                if sums[at] < sums[best] {
                    best = at;
                }
                until.push(best);
            }
            best_until.push(until);
        }
        let mut last = flat.len().checked_sub(2)? + 1;
        let mut at = Vec::with_capacity(stops.len());
        let metres = sums[*best_until.last()?.last()?];
        for until in best_until.iter().rev() {
            last = until[last];
            at.push(last);
        }
        at.reverse();
        Some(Self { points, at, metres })
    }

    /// The points of the track from one pass to another; two at least, so that it is a line.
    fn between(&self, from: usize, to: usize) -> Vec<Coordinates> {
        let inner = (from..=to).filter(|at| self.points[*at].recorded || *at == from || *at == to);
        let mut points: Vec<Coordinates> = inner.map(|at| self.points[at].at).collect();
        points.dedup();
        if let [only] = points[..] {
            points.push(only);
        }
        points
    }
}

/// A track with the foot of the perpendicular from every stop to every line of it: a track drawn by hand has lines of
/// hundreds of metres, and passes stops between its points.
fn with_feet(stops: &[[f64; 2]], track: &[Coordinates], plane: &Projection) -> Vec<Point> {
    let mut points = Vec::with_capacity(track.len());
    for pair in track.windows(2) {
        points.push(Point { at: pair[0], recorded: true });
        let [[ax, ay], [bx, by]] = [plane.metres(pair[0]), plane.metres(pair[1])];
        let (dx, dy) = (bx - ax, by - ay);
        let share = |stop: &[f64; 2]| ((stop[0] - ax) * dx + (stop[1] - ay) * dy) / (dx * dx + dy * dy);
        let mut shares: Vec<f64> = stops.iter().map(share).filter(|share| *share > 0.0 && *share < 1.0).collect();
        shares.sort_by(f64::total_cmp);
        points.extend(
            shares
                .into_iter()
                .map(|share| Point { at: plane.point([ax + share * dx, ay + share * dy]), recorded: false }),
        );
    }
    points.extend(track.last().map(|last| Point { at: *last, recorded: true }));
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at([east, north]: [f64; 2]) -> Coordinates {
        Projection::at(Coordinates([50.07, 20.03])).point([east, north])
    }

    /// Metres of the legs and from the stops to the track, rounded.
    fn along(stops: &[[f64; 2]], track: &[[f64; 2]]) -> (Vec<f64>, Vec<f64>) {
        let [stops, track] = [stops, track].map(|points| points.iter().map(|point| at(*point)).collect::<Vec<_>>());
        let route = Route::along(&stops, &track).unwrap();
        let legs: Vec<&Leg> = route.legs.iter().flatten().collect();
        assert_eq!(legs.len() + 1, stops.len());
        for pair in legs.windows(2) {
            assert_eq!(pair[0].points.last(), pair[1].points.first());
        }
        (
            legs.iter().map(|leg| leg.metres.round()).collect(),
            route.offsets.iter().map(|metres| metres.round()).collect(),
        )
    }

    const SQUARE: [[f64; 2]; 5] = [[0.0, 0.0], [0.0, 100.0], [100.0, 100.0], [100.0, 0.0], [0.0, 0.0]];

    #[test]
    fn stops_between_points_and_beside_the_line() {
        let (legs, offsets) = along(&[[0.0, 0.0], [30.0, 5.0], [80.0, -60.0]], &[[-50.0, 0.0], [100.0, 0.0]]);
        assert_eq!((legs, offsets), (vec![30.0, 50.0], vec![0.0, 5.0, 60.0]));
    }

    #[test]
    fn a_loop_ends_where_it_began() {
        let stops = [[1.0, 1.0], [0.0, 50.0], [50.0, 101.0], [99.0, 50.0], [1.0, 1.0]];
        let (legs, offsets) = along(&stops, &SQUARE);
        assert_eq!(legs, [49.0, 100.0, 100.0, 149.0]);
        assert!(offsets.iter().all(|metres| *metres <= 2.0));
    }

    #[test]
    fn a_track_recorded_backwards_is_turned_round() {
        let stops = [[0.0, 20.0], [50.0, 100.0], [100.0, 20.0]];
        let mut back = SQUARE;
        back.reverse();
        assert_eq!(along(&stops, &SQUARE), along(&stops, &back));
        assert_eq!(along(&stops, &back).0, [130.0, 130.0]);
    }

    #[test]
    fn a_stop_that_is_passed_twice_belongs_to_the_pass_that_keeps_the_order() {
        // There along the street and back along its other side, which is nearer to the second stop.
        let track = [[0.0, 0.0], [200.0, 0.0], [200.0, 10.0], [0.0, 10.0]];
        let (legs, offsets) = along(&[[0.0, 0.0], [100.0, 6.0], [200.0, 5.0], [50.0, 10.0]], &track);
        assert_eq!((legs, offsets), (vec![100.0, 105.0, 155.0], vec![0.0, 6.0, 0.0, 0.0]));
    }

    #[test]
    fn two_stops_at_one_point_are_a_leg_of_no_length() {
        let [stop, end] = [[10.0, 0.0], [50.0, 0.0]].map(at);
        let route = Route::along(&[stop, stop, end], &[[0.0, 0.0], [60.0, 0.0]].map(at)).unwrap();
        let first = route.legs[0].as_ref().unwrap();
        assert_eq!((first.points.len(), first.metres), (2, 0.0));
        assert!(Route::along(&[stop, end], &[stop]).is_none());
        assert!(Route::along(&[], &[stop, end]).is_none());
    }

    #[test]
    fn a_track_has_a_foot_for_each_stop_beside_its_lines() {
        let plane = Projection::at(at([0.0, 0.0]));
        let track = [[10.0, 20.0], [70.0, 100.0], [70.0, 200.0]].map(at);
        // Beside the slope, beside both lines, beside neither; the later on a line comes later.
        let stops = [[56.0, 73.0], [32.0, 66.0], [75.0, 110.0], [500.0, 900.0]];
        let points = with_feet(&stops, &track, &plane);
        let found: Vec<(Vec<f64>, bool)> = points
            .iter()
            .map(|point| (plane.metres(point.at).map(|metres| (metres * 10.0).round() / 10.0).to_vec(), point.recorded))
            .collect();
        let expected = [
            ([10.0, 20.0], true),
            ([40.0, 60.0], false),
            ([52.0, 76.0], false),
            ([70.0, 100.0], true),
            ([70.0, 110.0], false),
            ([70.0, 200.0], true),
        ];
        assert_eq!(found, expected.map(|(at, recorded)| (at.to_vec(), recorded)));
        assert_eq!(with_feet(&[], &track, &plane).len(), 3);
    }

    #[test]
    fn a_leg_keeps_its_ends_and_what_was_recorded_between() {
        let point = |east: f64, recorded: bool| Point { at: at([east, 0.0]), recorded };
        let points = vec![point(0.0, true), point(1.0, false), point(2.0, true), point(3.0, false), point(4.0, false)];
        let passes = Passes { points, at: vec![], metres: 0.0 };
        let between = |from: usize, to: usize| {
            let plane = Projection::at(at([0.0, 0.0]));
            let points = passes.between(from, to);
            points.iter().map(|point| plane.metres(*point)[0].round()).collect::<Vec<_>>()
        };
        assert_eq!(between(0, 4), [0.0, 2.0, 4.0]);
        assert_eq!(between(1, 3), [1.0, 2.0, 3.0]);
        assert_eq!(between(3, 4), [3.0, 4.0]);
        assert_eq!(between(3, 3), [3.0, 3.0], "two points, so that it is a line");
    }
}
