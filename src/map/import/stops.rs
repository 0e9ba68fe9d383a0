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

    #[test]
    fn stops_are_one_up_to_a_distance() {
        // Metres on a sphere, as the stops reckon: a step northwards is 1.11 m, one eastwards at this latitude 0.714 m.
        let far = |east: i32, north: i32| {
            merged(&[("Arka", [2_000_000, 5_007_000]), ("Arka", [2_000_000 + east, 5_007_000 + north])]).len()
        };
        assert_eq!([far(0, 134), far(0, 136), far(0, -134), far(0, -136)], [1, 2, 1, 2]);
        assert_eq!([far(209, 0), far(212, 0), far(-209, 0), far(-212, 0)], [1, 2, 1, 2]);
        // Near enough eastwards and northwards, too far in all.
        assert_eq!([far(140, 95), far(160, 95)], [1, 2]);
    }

    #[test]
    fn a_stop_is_in_the_middle_and_takes_the_first_english_name() {
        assert_eq!(mean([[10, -10], [11, -11]].into_iter()), [11, -10], "halves are rounded up");
        assert_eq!(mean([[10, -10], [10, -10], [11, -11]].into_iter()), [10, -10]);
        assert_eq!(mean([[10, -10], [11, -11], [11, -11]].into_iter()), [11, -11]);
        let mut all = Stops::default();
        for (pl, en, east) in [("Arka", None, 0), ("Arka", Some("Ark"), 10), ("Arka", Some("Other"), 20)] {
            let text = |name: &str| Some(name.to_string());
            all.add(Names { pl: text(pl), en: en.and_then(text) }, [2_000_000 + east, 5_007_000]);
        }
        let merged = all.merged();
        assert_eq!((merged.len(), merged[0].0.en.as_deref(), merged[0].1), (1, Some("Ark"), [2_000_010, 5_007_000]));
    }
}
