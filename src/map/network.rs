//! The streets and paths of the base map as a network to walk on.

use std::collections::HashMap;

use petgraph::algo::astar;
use petgraph::graph::{EdgeIndex, NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use super::{BaseMap, Class, Feature, Geometry, Kind, Projection, distance};
use crate::guide::Coordinates;

/// A stretch between two neighbouring points of a street.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    metres: f64,
    /// How willingly it is walked: metres times a factor.
    cost: f64,
    /// Its street: the position of the feature in the base map.
    street: usize,
}

/// A way along the network.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) points: Vec<Coordinates>,
    /// For every two neighbouring points the street between them.
    pub(super) streets: Vec<usize>,
    pub(super) metres: f64,
}

/// Streets and paths, joined where their points are the same.
#[derive(Debug, Clone, Default)]
pub struct Network {
    graph: UnGraph<Coordinates, Stretch>,
}

/// The point of the network nearest to another point.
#[derive(Debug, Clone, Copy)]
pub struct Snapped {
    edge: EdgeIndex,
    /// Position on the stretch, 0 to 1.
    share: f64,
    /// The point itself.
    pub point: Coordinates,
    /// Metres from the other point.
    pub metres: f64,
}

/// How much longer a stretch of a class seems than one of a path: people walk along parks rather than along lanes of cars.
fn factor(class: Option<Class>) -> f64 {
    match class {
        Some(Class::Path) => 1.0,
        Some(Class::Cycle) => 1.05,
        Some(Class::Avenue) => 1.35,
        _ => 1.1,
    }
}

impl Network {
    /// The network of a base map.
    #[must_use]
    pub fn new(map: &BaseMap) -> Self {
        let mut network = Self::default();
        let mut nodes: HashMap<[u64; 2], NodeIndex> = HashMap::new();
        let lines =
            streets(map).flat_map(|(at, street)| lines(street).map(move |line| (at, factor(street.class), line)));
        for (street, factor, line) in lines {
            let mut previous: Option<NodeIndex> = None;
            for point in line {
                let node = *nodes.entry(point.0.map(f64::to_bits)).or_insert_with(|| network.graph.add_node(*point));
                if let Some(previous) = previous.filter(|previous| *previous != node) {
                    let metres = distance(network.graph[previous], *point);
                    network.graph.add_edge(previous, node, Stretch { metres, cost: metres * factor, street });
                }
                previous = Some(node);
            }
        }
        network
    }

    /// Lines in the file of streets that cannot be reached from most others.
    #[must_use]
    pub fn cut_off(map: &BaseMap) -> Vec<usize> {
        let mut numbers: HashMap<[u64; 2], usize> = HashMap::new();
        let mut number = |point: &Coordinates| {
            let next = numbers.len();
            *numbers.entry(point.0.map(f64::to_bits)).or_insert(next)
        };
        let chains: Vec<(usize, Vec<usize>)> = streets(map)
            .flat_map(|(_, street)| lines(street).map(|line| (street.line, line)))
            .map(|(at, line)| (at, line.iter().map(&mut number).collect()))
            .collect();
        let mut union = UnionFind::new(numbers.len());
        for (_, chain) in &chains {
            for pair in chain.windows(2) {
                union.union(pair[0], pair[1]);
            }
        }
        let mut sizes: HashMap<usize, usize> = HashMap::new();
        for point in 0..numbers.len() {
            *sizes.entry(union.find(point)).or_default() += 1;
        }
        let Some(largest) = sizes.into_iter().max_by_key(|(root, size)| (*size, std::cmp::Reverse(*root))) else {
            return vec![];
        };
        let mut cut: Vec<usize> =
            chains.iter().filter(|(_, chain)| union.find(chain[0]) != largest.0).map(|(line, _)| *line).collect();
        cut.sort_unstable();
        cut.dedup();
        cut
    }

    /// The nearest point of the network; `None` when it has no streets.
    #[must_use]
    pub fn snap(&self, point: Coordinates) -> Option<Snapped> {
        let plane = Projection::at(point);
        let nearest = |edge: petgraph::graph::EdgeReference<'_, Stretch>| {
            let [[ax, ay], [bx, by]] = [edge.source(), edge.target()].map(|node| plane.metres(self.graph[node]));
            let (dx, dy) = (bx - ax, by - ay);
            let length = dx * dx + dy * dy;
            let share = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            let at = [ax + share * dx, ay + share * dy];
            (at[0].hypot(at[1]), edge.id(), share, at)
        };
        let (metres, edge, share, at) = self.graph.edge_references().map(nearest).min_by(|a, b| a.0.total_cmp(&b.0))?;
        Some(Snapped { edge, share, point: plane.point(at), metres })
    }

    /// The network with a node at each of some points on it, and those nodes.
    pub(super) fn with_stops(&self, stops: &[Snapped]) -> (Self, Vec<NodeIndex>) {
        let mut network = self.clone();
        let mut nodes = vec![NodeIndex::end(); stops.len()];
        let mut order: Vec<usize> = (0..stops.len()).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&stops[*a], &stops[*b]);
            a.edge.cmp(&b.edge).then(a.share.total_cmp(&b.share))
        });
        for group in order.chunk_by(|a, b| stops[*a].edge == stops[*b].edge) {
            let edge = stops[group[0]].edge;
            let Some((start, end)) = self.graph.edge_endpoints(edge) else { continue };
            let whole = self.graph[edge];
            let (mut previous, mut from) = (start, 0.0);
            // The stretch itself stays beside its parts, which are as long together.
            let join = |graph: &mut UnGraph<Coordinates, Stretch>, a, b, share: f64| {
                graph.add_edge(a, b, Stretch { metres: whole.metres * share, cost: whole.cost * share, ..whole });
            };
            for stop in group {
                let node = network.graph.add_node(stops[*stop].point);
                join(&mut network.graph, previous, node, stops[*stop].share - from);
                (previous, from) = (node, stops[*stop].share);
                nodes[*stop] = node;
            }
            join(&mut network.graph, previous, end, 1.0 - from);
        }
        (network, nodes)
    }

    /// The way walked most willingly; `None` when there is none.
    pub(super) fn way(&self, from: NodeIndex, to: NodeIndex) -> Option<Way> {
        let (_, nodes) = astar(&self.graph, from, |node| node == to, |edge| edge.weight().cost, |_| 0.0)?;
        let (mut streets, mut metres) = (vec![], 0.0);
        for pair in nodes.windows(2) {
            let stretches = self.graph.edges_connecting(pair[0], pair[1]).map(|edge| edge.weight());
            let stretch = stretches.min_by(|a, b| a.cost.total_cmp(&b.cost))?;
            streets.push(stretch.street);
            metres += stretch.metres;
        }
        Some(Way { points: nodes.into_iter().map(|node| self.graph[node]).collect(), streets, metres })
    }
}

/// The streets of a base map, each with its position in it.
fn streets(map: &BaseMap) -> impl Iterator<Item = (usize, &Feature)> {
    map.features.iter().enumerate().filter(|(_, feature)| feature.kind == Kind::Street)
}

fn lines(feature: &Feature) -> impl Iterator<Item = &Vec<Coordinates>> {
    match &feature.geometry {
        Geometry::Lines(lines) => lines.iter(),
        Geometry::Point(_) | Geometry::Areas(_) => [].iter(),
    }
}

// What holds on any network is in `tests/routes.rs`.
#[cfg(test)]
mod tests {
    use super::*;

    /// A point so many metres east and north of a corner of Nowa Huta.
    fn at([east, north]: [f64; 2]) -> Coordinates {
        // Whole ten-millionths of a degree, so that lines meet in the same point.
        let point = Projection::at(Coordinates([50.07, 20.03])).point([east, north]);
        Coordinates(point.0.map(|number| (number * 1e7).round() / 1e7))
    }

    fn map(streets: &[(Option<Class>, &[[f64; 2]])]) -> BaseMap {
        let street = |(line, (class, points)): (usize, &(Option<Class>, &[[f64; 2]]))| {
            let geometry = Geometry::Lines(vec![points.iter().map(|point| at(*point)).collect()]);
            let bounds = geometry.bounds();
            Feature { kind: Kind::Street, class: *class, name: None, name_en: None, geometry, bounds, line: line + 1 }
        };
        BaseMap { features: streets.iter().enumerate().map(street).collect(), ..BaseMap::default() }
    }

    fn near(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 0.05
    }

    #[test]
    fn some_ways_are_walked_more_willingly() {
        let classes = [Some(Class::Path), Some(Class::Cycle), Some(Class::Street), None, Some(Class::Avenue)];
        assert_eq!(classes.map(factor).to_vec(), [1.0, 1.05, 1.1, 1.1, 1.35]);
    }

    #[test]
    fn a_point_snaps_to_the_nearest_stretch() {
        let slope: &[[f64; 2]] = &[[100.0, 200.0], [160.0, 280.0]];
        let network = Network::new(&map(&[(None, slope), (None, &[[100.0, 900.0], [200.0, 900.0]])]));
        for (point, share, foot, metres) in [
            ([122.0, 246.0], 0.5, [130.0, 240.0], 10.0),
            ([138.0, 234.0], 0.5, [130.0, 240.0], 10.0),
            ([115.0, 220.0], 0.25, [115.0, 220.0], 0.0),
            // Beyond the ends.
            ([97.0, 196.0], 0.0, [100.0, 200.0], 5.0),
            ([166.0, 288.0], 1.0, [160.0, 280.0], 10.0),
            ([150.0, 903.0], 0.5, [150.0, 900.0], 3.0),
        ] {
            let snapped = network.snap(at(point)).unwrap();
            assert!((snapped.share - share).abs() < 1e-3 && near(snapped.metres, metres), "{point:?} {snapped:?}");
            assert!(distance(snapped.point, at(foot)) < 0.05, "{point:?} {snapped:?}");
        }
        assert!(Network::default().snap(at([0.0, 0.0])).is_none());
    }

    #[test]
    fn stops_part_their_stretch() {
        let network = Network::new(&map(&[(Some(Class::Avenue), &[[0.0, 0.0], [100.0, 0.0]])]));
        // Not in the order of the street.
        let stops = [70.0, 20.0, 90.0].map(|east| network.snap(at([east, 5.0])).unwrap());
        let (parted, nodes) = network.with_stops(&stops);
        let mut parts: Vec<(f64, f64)> =
            parted.graph.edge_weights().map(|part| (part.metres.round(), (part.cost * 10.0).round() / 10.0)).collect();
        parts.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert_eq!(parts, [(10.0, 13.5), (20.0, 27.0), (20.0, 27.0), (50.0, 67.5), (100.0, 135.0)]);
        let way = |from: usize, to: usize| {
            let way = parted.way(nodes[from], nodes[to]).unwrap();
            (way.metres.round(), way.points.len(), way.streets)
        };
        assert_eq!(way(1, 0), (50.0, 2, vec![0]));
        assert_eq!(way(2, 1), (70.0, 3, vec![0, 0]));
        assert_eq!(way(0, 0), (0.0, 1, vec![]));
        let points: Vec<f64> = nodes.iter().map(|node| distance(parted.graph[*node], at([0.0, 0.0])).round()).collect();
        assert_eq!(points, [70.0, 20.0, 90.0]);
    }

    #[test]
    fn between_two_points_the_cheapest_stretch_counts() {
        // A street, a path beside it, and a point that is there twice in a row.
        let same: &[[f64; 2]] = &[[0.0, 0.0], [100.0, 0.0]];
        let twice: &[[f64; 2]] = &[[100.0, 0.0], [100.0, 0.0], [100.0, 50.0]];
        let network = Network::new(&map(&[(Some(Class::Avenue), same), (Some(Class::Path), same), (None, twice)]));
        assert_eq!((network.graph.node_count(), network.graph.edge_count()), (3, 3));
        let ends = [[0.0, 0.0], [100.0, 50.0]].map(|point| network.snap(at(point)).unwrap());
        let (network, nodes) = network.with_stops(&ends);
        let way = network.way(nodes[0], nodes[1]).unwrap();
        assert!(near(way.metres, 150.0), "{way:?}");
        let mut streets = way.streets;
        streets.dedup();
        assert_eq!(streets.last(), Some(&2));
        assert!(streets.contains(&1), "{streets:?}");
    }

    #[test]
    fn the_largest_part_is_the_network() {
        let cut = |streets: &[(Option<Class>, &[[f64; 2]])]| Network::cut_off(&map(streets));
        let (long, joined): (&[[f64; 2]], &[[f64; 2]]) =
            (&[[0.0, 0.0], [100.0, 0.0], [200.0, 0.0]], &[[100.0, 0.0], [100.0, 50.0]]);
        let (alone, crossing): (&[[f64; 2]], &[[f64; 2]]) =
            (&[[500.0, 0.0], [600.0, 0.0]], &[[50.0, -50.0], [50.0, 50.0]]);
        assert_eq!(cut(&[(None, alone), (None, long), (None, joined), (None, crossing)]), [1, 4]);
        assert!(cut(&[(None, long), (None, joined)]).is_empty() && cut(&[]).is_empty());
        // Of equal parts the first.
        assert_eq!(cut(&[(None, alone), (None, crossing)]), [2]);
    }
}
