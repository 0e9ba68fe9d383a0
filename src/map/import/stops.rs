//! Stops of public transport: one on the map, however many platforms, poles and places to halt it has.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use super::point::Point;
use super::tags::Names;
use crate::guide::Coordinates;

/// Stops of one name that are no farther apart than this, in metres, are one.
const NEAR: f64 = 150.0;

/// Stops found so far, by name.
#[derive(Default)]
pub(super) struct Stops(BTreeMap<Option<String>, Vec<(Point, Option<String>)>>);

impl Stops {
    pub(super) fn add(&mut self, names: Names, at: Point) {
        self.0.entry(names.pl).or_default().push((at, names.en));
    }

    /// One stop for each name and neighbourhood, at the mean of what it was made of.
    pub(super) fn merged(self) -> Vec<(Names, Point)> {
        self.0.into_iter().flat_map(|(name, stops)| merge(name.as_deref(), stops)).collect()
    }
}

fn merge(name: Option<&str>, mut stops: Vec<(Point, Option<String>)>) -> Vec<(Names, Point)> {
    stops.sort();
    let places: Vec<Coordinates> = stops.iter().map(|(at, _)| coordinates(*at)).collect();
    let mut union = UnionFind::new(stops.len());
    for (a, place) in places.iter().enumerate() {
        for (b, other) in places.iter().enumerate().skip(a + 1) {
            // Sorted from west to east: beyond this nothing is near any more.
            if Coordinates([place.latitude(), other.longitude()]).distance(*place) > NEAR {
                break;
            }
            if place.distance(*other) <= NEAR {
                union.union(a, b);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for stop in 0..stops.len() {
        groups.entry(union.find(stop)).or_default().push(stop);
    }
    let one = |group: Vec<usize>| {
        let en = group.iter().find_map(|stop| stops[*stop].1.clone());
        (Names { pl: name.map(str::to_string), en }, mean(group.iter().map(|stop| stops[*stop].0)))
    };
    groups.into_values().map(one).collect()
}

fn mean(points: impl Iterator<Item = Point>) -> Point {
    let (mut sums, mut count) = ([0i64; 2], 0);
    for point in points {
        sums = [sums[0] + i64::from(point[0]), sums[1] + i64::from(point[1])];
        count += 1;
    }
    // A mean of numbers that fit.
    #[allow(clippy::cast_possible_truncation)]
    sums.map(|sum| (2 * sum + count).div_euclid(2 * count.max(1)) as i32)
}

fn coordinates([east, north]: Point) -> Coordinates {
    Coordinates([f64::from(north) / 1e5, f64::from(east) / 1e5])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(stops: &[(&str, Point)]) -> Vec<(String, Point)> {
        let mut all = Stops::default();
        for (name, at) in stops {
            all.add(Names { pl: Some((*name).into()), en: None }, *at);
        }
        all.merged().into_iter().map(|(names, at)| (names.pl.unwrap(), at)).collect()
    }

    #[test]
    fn neighbours_of_one_name_are_one_stop() {
        // A hundred steps are 111 m northwards and 71 m eastwards at this latitude.
        let stops = [
            ("Arka", [2_000_000, 5_007_000]),
            ("Arka", [2_000_100, 5_007_000]),
            ("Arka", [2_000_100, 5_007_120]),
            ("Arka", [2_000_000, 5_008_000]),
            ("Teatr", [2_000_000, 5_007_000]),
        ];
        let expected = [
            ("Arka".to_string(), [2_000_067, 5_007_040]),
            ("Arka".to_string(), [2_000_000, 5_008_000]),
            ("Teatr".to_string(), [2_000_000, 5_007_000]),
        ];
        let sorted = |mut stops: Vec<(String, Point)>| {
            stops.sort();
            stops
        };
        assert_eq!(sorted(merged(&stops)), sorted(expected.to_vec()));
        let mut turned = stops;
        turned.reverse();
        assert_eq!(merged(&turned), merged(&stops));
    }
}
