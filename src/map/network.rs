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
