//! Ways of tours: what holds on any network, and lengths on the real map against an independent computation.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use huta::guide::Coordinates;
use huta::map::{BaseMap, Class, Feature, Geometry, Kind, Network, Projection, Route, Turn, distance};
use serde_json::Value;

/// Chance that is the same in every run: a linear congruential generator (Knuth's MMIX).
struct Chance(u64);

impl Chance {
    /// A number from 0 to 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / f64::from(u32::MAX)
    }

    fn between(&mut self, least: f64, most: f64) -> f64 {
        least + self.share() * (most - least)
    }

    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let at = (self.share() * list.len() as f64) as usize;
        list[at.min(list.len() - 1)]
    }
}

/// A point so many metres east and north of a corner of Nowa Huta.
fn at(east: f64, north: f64) -> Coordinates {
    Projection::at(Coordinates([50.07, 20.03])).point([east, north])
}

/// Crooked streets between the corners of a crooked grid, a quarter of them missing; 600 by 500 metres.
fn network(chance: &mut Chance) -> BaseMap {
    let corners: Vec<Vec<Coordinates>> = (0..6u8)
        .map(|row| {
            let mut corner = |column: u8| {
                let mut shift = || chance.between(-35.0, 35.0);
                at(f64::from(column) * 100.0 + shift(), f64::from(row) * 100.0 + shift())
            };
            (0..7).map(&mut corner).collect()
        })
        .collect();
    let mut features = vec![];
    for (row, line) in corners.iter().enumerate() {
        for (column, from) in line.iter().enumerate() {
            for to in [line.get(column + 1), corners.get(row + 1).map(|line| &line[column])].into_iter().flatten() {
                if chance.share() < 0.25 {
                    continue;
                }
                let bend = Coordinates([
                    f64::midpoint(from.latitude(), to.latitude()) + chance.between(-1e-4, 1e-4),
                    f64::midpoint(from.longitude(), to.longitude()) + chance.between(-1e-4, 1e-4),
                ]);
                let geometry = Geometry::Lines(vec![vec![*from, bend, *to]]);
                features.push(Feature {
                    kind: Kind::Street,
                    class: chance.one_of(&[
                        None,
                        Some(Class::Avenue),
                        Some(Class::Street),
                        Some(Class::Path),
                        Some(Class::Cycle),
                    ]),
                    name: chance.one_of(&[None, None, Some("A"), Some("B")]).map(str::to_string),
                    name_en: None,
                    bounds: geometry.bounds(),
                    geometry,
                    line: 1,
                });
            }
        }
    }
    BaseMap { features, ..BaseMap::default() }
}

fn lines(map: &BaseMap) -> Vec<[Coordinates; 2]> {
    let lines = map.features.iter().filter_map(|feature| match &feature.geometry {
        Geometry::Lines(lines) => Some(lines),
        _ => None,
    });
    lines.flatten().flat_map(|line| line.windows(2).map(|pair| [pair[0], pair[1]])).collect()
}

/// Metres from a point to a line.
fn from_line(point: Coordinates, [a, b]: [Coordinates; 2]) -> f64 {
    let plane = Projection::at(point);
    let ([ax, ay], [bx, by]) = (plane.metres(a), plane.metres(b));
    let (dx, dy) = (bx - ax, by - ay);
    let share = (-(ax * dx + ay * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (ax + share * dx).hypot(ay + share * dy)
}

/// Runs a test with many networks and some stops on or near each.
fn with_many(test: impl Fn(&BaseMap, &Network, &[Coordinates], &mut Chance)) {
    for seed in 0..60 {
        let mut chance = Chance(seed);
        let map = network(&mut chance);
        let stops: Vec<Coordinates> =
            (0..7).map(|_| at(chance.between(-60.0, 660.0), chance.between(-60.0, 560.0))).collect();
        test(&map, &Network::new(&map), &stops, &mut chance);
    }
}

#[test]
fn a_route_never_leaves_the_network() {
    with_many(|map, network, stops, _| {
        let lines = lines(map);
        for leg in Route::past(stops, network).unwrap().legs.iter().flatten() {
            for pair in leg.points.windows(2) {
                let middle = Coordinates([0, 1].map(|at| f64::midpoint(pair[0].0[at], pair[1].0[at])));
                for point in [pair[0], middle, pair[1]] {
                    assert!(lines.iter().any(|line| from_line(point, *line) < 0.01), "{point:?}");
                }
            }
        }
    });
}

#[test]
fn a_tour_is_as_long_backwards() {
    with_many(|_, network, stops, _| {
        let back: Vec<Coordinates> = stops.iter().rev().copied().collect();
        let [there, mut back] = [stops, &back].map(|stops| Route::past(stops, network).unwrap().legs);
        back.reverse();
        for pair in there.iter().zip(&back) {
            match pair {
                (Some(there), Some(back)) => assert!((there.metres - back.metres).abs() < 1e-6),
                (there, back) => assert_eq!(there, back),
            }
        }
    });
}

#[test]
fn a_stop_on_the_network_snaps_to_itself() {
    with_many(|map, network, _, chance| {
        for _ in 0..20 {
            let ([a, b], share) = (chance.one_of(&lines(map)), chance.share());
            let stop = Coordinates([0, 1].map(|at| a.0[at] + share * (b.0[at] - a.0[at])));
            let snapped = network.snap(stop).unwrap();
            assert!(snapped.metres < 1e-3 && distance(snapped.point, stop) < 1e-3, "{snapped:?}");
        }
    });
}

#[test]
fn legs_are_as_long_as_their_points_and_as_their_steps() {
    with_many(|map, network, stops, _| {
        for leg in Route::past(stops, network).unwrap().legs.iter().flatten() {
            let metres: f64 = leg.points.windows(2).map(|pair| distance(pair[0], pair[1])).sum();
            assert!((metres - leg.metres).abs() < 0.01, "{metres} {}", leg.metres);
            let steps = leg.steps(&map.features);
            let told: u64 = steps.iter().map(|step| step.metres).sum();
            #[allow(clippy::cast_precision_loss)]
            let off = (told as f64 - leg.metres).abs();
            assert!(off < 1.0, "{told} {}", leg.metres);
            for (at, step) in steps.iter().enumerate() {
                assert_eq!((step.turn == Turn::Start, step.heading.is_some()), (at == 0, at == 0));
            }
        }
    });
}

#[test]
fn a_track_along_a_route_is_split_at_least_as_well_as_the_route() {
    with_many(|_, network, stops, _| {
        let route = Route::past(stops, network).unwrap();
        if route.metres().is_none() {
            return;
        }
        let mut track = route.points();
        let off: f64 = route.offsets.iter().sum();
        for _ in 0..2 {
            let along = Route::along(stops, &track).unwrap();
            let metres: f64 = along.offsets.iter().sum();
            assert!(metres <= off + 0.01, "{metres} {off}");
            assert!(along.metres().unwrap() <= route.metres().unwrap() + 0.01);
            track.reverse();
        }
    });
}

/// Metres between two points of longitude and latitude on the WGS 84 ellipsoid: Vincenty's inverse formula (Survey
/// Review 23, 1975), which has nothing in common with the one huta uses.
#[allow(clippy::many_single_char_names)] // The letters of the paper.
fn vincenty(from: [f64; 2], to: [f64; 2]) -> f64 {
    let (a, f) = (6_378_137.0, 1.0 / 298.257_223_563);
    let b = a * (1.0 - f);
    let l = (to[0] - from[0]).to_radians();
    let [u1, u2] = [from, to].map(|point| ((1.0 - f) * point[1].to_radians().tan()).atan());
    let mut lambda = l;
    for _ in 0..100 {
        let sin_sigma = ((u2.cos() * lambda.sin()).powi(2)
            + (u1.cos() * u2.sin() - u1.sin() * u2.cos() * lambda.cos()).powi(2))
        .sqrt();
        if sin_sigma == 0.0 {
            return 0.0;
        }
        let cos_sigma = u1.sin() * u2.sin() + u1.cos() * u2.cos() * lambda.cos();
        let sigma = sin_sigma.atan2(cos_sigma);
        let sin_alpha = u1.cos() * u2.cos() * lambda.sin() / sin_sigma;
        let cos2_alpha = 1.0 - sin_alpha * sin_alpha;
        let cos_2m = cos_sigma - 2.0 * u1.sin() * u2.sin() / cos2_alpha;
        let c = f / 16.0 * cos2_alpha * (4.0 + f * (4.0 - 3.0 * cos2_alpha));
        let bracket = cos_2m + c * cos_sigma * (2.0 * cos_2m * cos_2m - 1.0);
        let next = l + (1.0 - c) * f * sin_alpha * (sigma + c * sin_sigma * bracket);
        if (next - lambda).abs() < 1e-12 {
            let k = cos2_alpha * (a * a - b * b) / (b * b);
            let big_a = 1.0 + k / 16384.0 * (4096.0 + k * (k * (320.0 - 175.0 * k) - 768.0));
            let big_b = k / 1024.0 * (256.0 + k * (k * (74.0 - 47.0 * k) - 128.0));
            let inner = cos_sigma * (2.0 * cos_2m * cos_2m - 1.0)
                - big_b / 6.0 * cos_2m * (4.0 * sin_sigma * sin_sigma - 3.0) * (4.0 * cos_2m * cos_2m - 3.0);
            let delta = big_b * sin_sigma * (cos_2m + big_b / 4.0 * inner);
            return b * big_a * (sigma - delta);
        }
        lambda = next;
    }
    panic!("points on opposite sides of the earth");
}

/// A street of the real map as its file has it: its properties and its points, longitude first.
struct Line {
    properties: Value,
    points: Vec<[f64; 2]>,
}

fn real_streets() -> Vec<Line> {
    let file = common::guide().join("content/mapa/base.geojson");
    let map: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let streets = map["features"].as_array().unwrap().iter().filter(|f| f["properties"]["kind"] == "street");
    let line = |feature: &Value| {
        assert_eq!(feature["geometry"]["type"], "LineString");
        let points = serde_json::from_value(feature["geometry"]["coordinates"].clone()).unwrap();
        Line { properties: feature["properties"].clone(), points }
    };
    streets.map(line).collect()
}

#[test]
fn lengths_along_an_avenue_are_right() {
    let map = BaseMap::load(&common::guide(), &mut huta::diagnostic::Diagnostics::default()).unwrap();
    let mut compared = 0;
    for name in ["al. Jana Pawła II", "al. Solidarności", "al. gen. Władysława Andersa", "al. Róż", "ul. Klasztorna"]
    {
        // Without the paths beside it, which are walked rather.
        let features = map.features.iter().filter(|feature| feature.name.as_deref() == Some(name)).cloned().collect();
        let network = Network::new(&BaseMap { features, ..BaseMap::default() });
        for line in real_streets()
            .iter()
            .filter(|line| line.properties["name"] == name && line.properties["name_sure"] != "memory")
        {
            let ends = [line.points.first(), line.points.last()].map(Option::unwrap);
            let stops = ends.map(|[east, north]| Coordinates([*north, *east]));
            let metres = Route::past(&stops, &network).unwrap().metres().unwrap();
            let expected: f64 = line.points.windows(2).map(|pair| vincenty(pair[0], pair[1])).sum();
            assert!((metres - expected).abs() < expected / 1000.0, "{name}: {metres} instead of {expected}");
            println!("{name}: {metres:.2} m, computed anew {expected:.2} m");
            compared += 1;
        }
    }
    assert!(compared >= 5);
}

/// The way walked most willingly from stop to stop, found anew: its metres.
fn willing(stops: &[[f64; 2]], streets: &[Line]) -> f64 {
    let mut nodes: Vec<[f64; 2]> = vec![];
    let mut edges: Vec<(usize, usize, f64)> = vec![];
    for street in streets {
        let factor = match street.properties["class"].as_str() {
            Some("path") => 1.0,
            Some("cycle") => 1.05,
            Some("avenue") => 1.35,
            _ => 1.1,
        };
        let mut chain = vec![];
        for point in &street.points {
            #[allow(clippy::float_cmp)] // Streets are joined where their points are the same.
            let node = nodes.iter().position(|node| node == point).unwrap_or(nodes.len());
            if node == nodes.len() {
                nodes.push(*point);
            }
            chain.push(node);
        }
        edges.extend(chain.windows(2).map(|pair| (pair[0], pair[1], factor)));
    }
    let mut at_stops = vec![];
    for stop in stops {
        // A degree is 111.3 km of a meridian, and of a parallel the cosine of it: enough to find the nearest street.
        let east = stop[1].to_radians().cos();
        let flat = |node: usize| [(nodes[node][0] - stop[0]) * east, nodes[node][1] - stop[1]];
        let foot = |edge: usize| {
            let ([ax, ay], [bx, by]) = (flat(edges[edge].0), flat(edges[edge].1));
            let (dx, dy) = (bx - ax, by - ay);
            let share = (-(ax * dx + ay * dy) / (dx * dx + dy * dy).max(1e-18)).clamp(0.0, 1.0);
            ((ax + share * dx).hypot(ay + share * dy), [stop[0] + (ax + share * dx) / east, stop[1] + ay + share * dy])
        };
        let edge = (0..edges.len()).min_by(|a, b| foot(*a).0.total_cmp(&foot(*b).0)).unwrap();
        let (from, to, factor) = edges[edge];
        let node = nodes.len();
        let point = foot(edge).1;
        nodes.push(point);
        edges[edge] = (from, node, factor);
        edges.push((node, to, factor));
        at_stops.push(node);
    }
    at_stops.windows(2).map(|pair| shortest(pair[0], pair[1], &nodes, &edges)).sum()
}

/// Dijkstra's algorithm by what a way costs; the metres of the cheapest.
fn shortest(from: usize, to: usize, nodes: &[[f64; 2]], edges: &[(usize, usize, f64)]) -> f64 {
    let mut best: BTreeMap<usize, (f64, f64)> = BTreeMap::from([(from, (0.0, 0.0))]);
    let mut done = BTreeSet::new();
    loop {
        let open = best.iter().filter(|(node, _)| !done.contains(*node));
        let (node, (cost, metres)) = open.min_by(|a, b| a.1.0.total_cmp(&b.1.0)).map(|(n, b)| (*n, *b)).unwrap();
        if node == to {
            return metres;
        }
        done.insert(node);
        for (a, b, factor) in edges.iter().filter(|(a, b, _)| *a == node || *b == node) {
            let next = if *a == node { *b } else { *a };
            let length = vincenty(nodes[*a], nodes[*b]);
            let reached = (cost + length * factor, metres + length);
            if best.get(&next).is_none_or(|best| reached.0 < best.0) {
                best.insert(next, reached);
            }
        }
    }
}

#[test]
fn tours_are_as_long_as_an_independent_computation_says() {
    let output = tempfile::tempdir().unwrap();
    let files = common::build_guide(&output.path().join("site"));
    let streets = real_streets();
    for tour in ["krzyz-i-wolnosc", "miasto-na-rysunku"] {
        let tour: Value = serde_json::from_str(&files.text(&format!("trasy/{tour}/{tour}.geojson"))).unwrap();
        let features = tour["features"].as_array().unwrap();
        let stops: Vec<[f64; 2]> = features
            .iter()
            .filter(|feature| feature["geometry"]["type"] == "Point")
            .map(|stop| serde_json::from_value(stop["geometry"]["coordinates"].clone()).unwrap())
            .collect();
        let told: f64 = features.iter().filter_map(|feature| feature["properties"]["metres"].as_f64()).sum();
        let expected = willing(&stops, &streets);
        assert!((told - expected).abs() < expected / 100.0, "{}: {told} instead of {expected}", tour["name"]);
        println!("{}: {told} m, computed anew {expected:.1} m", tour["name"]);
    }
}
