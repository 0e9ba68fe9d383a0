//! Taking from an extract what touches the map, without ever holding more.
//!
//! The file is read several times. First come the nodes near the box, the ways that touch those, and the areas made of
//! such ways; then the ways that are needed; then the places of their nodes. In a sorted file, as they are published,
//! the first three are one reading; otherwise each is one of its own. What lies elsewhere is passed over.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::elements::{Element, Extract, Member, Role, Wanted};
use super::gather::Gathered;
use super::point::{Area, Bbox, Line, Point, tidy_ring, turned};
use super::relations::{Strand, assemble};
use super::tags::{Layer, Names, Tags};
use crate::diagnostic::Text;

/// How far outside the box a node still makes its way a neighbour, in steps of the grid: two hundredths of a degree,
/// about 2 km. A shape that crosses the box with no node nearer than that is not seen.
const MARGIN: i32 = 2_000;

/// A way that is needed.
struct Way {
    nodes: Vec<i64>,
    line: Option<Layer>,
    area: Option<Layer>,
    names: Names,
}

/// A multipolygon that touches the map.
struct Relation {
    ways: Vec<Member>,
    /// What it says it is; `None` when its outer ways say it.
    layer: Option<Layer>,
    names: Names,
}

/// What an extract lacks.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Gaps {
    /// How many nodes of needed ways are not there.
    pub(super) nodes: usize,
    /// Relations that are not whole.
    pub(super) relations: Vec<Torn>,
}

/// A relation that is not whole.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Torn {
    pub(super) id: i64,
    /// How many of its ways are not there.
    pub(super) ways: usize,
    /// How many of its rings do not close.
    pub(super) rings: usize,
}

/// Gathers what touches the map.
pub(super) fn survey(extract: &dyn Extract, bbox: Bbox, gathered: &mut Gathered) -> Result<Gaps, Text> {
    let relations = relations_near(extract, bbox, gathered)?;
    let members: HashSet<i64> =
        relations.found.values().flat_map(|relation| relation.ways.iter().map(|member| member.way)).collect();
    let ways = needed_ways(extract, &relations.touched, &members)?;
    drop(relations.touched);
    let places = places(extract, &ways)?;
    let nodes = places.values().filter(|place| place.is_none()).count();
    let place = |node: i64| places.get(&node).copied().flatten();
    let (torn, made) = add_relations(&relations.found, &ways, place, gathered);
    for (id, way) in ways {
        add_way(way, !made.contains(&id), place, gathered);
    }
    Ok(Gaps { nodes, relations: torn })
}

#[derive(Default)]
struct Near {
    /// Ways with a node near the box.
    touched: HashSet<i64>,
    /// Multipolygons with such a way.
    found: BTreeMap<i64, Relation>,
}

fn relations_near(extract: &dyn Extract, bbox: Bbox, gathered: &mut Gathered) -> Result<Near, Text> {
    let wide = bbox.widened(MARGIN);
    let (mut nodes, mut near) = (HashSet::new(), Near::default());
    // What was met so far: a file is sorted when nothing comes after what needs it.
    let (mut met_way, mut met_relation, mut sorted) = (false, false, true);
    extract.read(Wanted::ALL, &mut |element| match element {
        Element::Node { id, at, tags } => {
            sorted &= !met_way && !met_relation;
            if wide.holds(at) {
                nodes.insert(id);
                gathered.point(tags, at);
            }
        }
        Element::Way { id, nodes: row, .. } => {
            met_way = true;
            sorted &= !met_relation;
            touch(id, row, &nodes, &mut near);
        }
        Element::Relation { id, ways, tags } => {
            met_relation = true;
            find(id, ways, tags, &mut near);
        }
    })?;
    if !sorted {
        extract.read(Wanted::WAYS, &mut |element| {
            if let Element::Way { id, nodes: row, .. } = element {
                touch(id, row, &nodes, &mut near);
            }
        })?;
        extract.read(Wanted::RELATIONS, &mut |element| {
            if let Element::Relation { id, ways, tags } = element {
                find(id, ways, tags, &mut near);
            }
        })?;
    }
    Ok(near)
}

fn touch(id: i64, row: &[i64], nodes: &HashSet<i64>, near: &mut Near) {
    if row.iter().any(|node| nodes.contains(node)) {
        near.touched.insert(id);
    }
}

fn find(id: i64, ways: &[Member], tags: Tags<'_>, near: &mut Near) {
    let layer = tags.area();
    let may_be_one = tags.is_multipolygon() && (layer.is_some() || tags.say_nothing());
    if may_be_one && ways.iter().any(|member| near.touched.contains(&member.way)) {
        let mut ways = ways.to_vec();
        ways.sort_unstable();
        ways.dedup_by_key(|member| member.way);
        near.found.insert(id, Relation { ways, layer, names: tags.names() });
    }
}

fn needed_ways(
    extract: &dyn Extract,
    touched: &HashSet<i64>,
    members: &HashSet<i64>,
) -> Result<BTreeMap<i64, Way>, Text> {
    let mut ways = BTreeMap::new();
    extract.read(Wanted::WAYS, &mut |element| {
        let Element::Way { id, nodes, tags } = element else { return };
        let (is_touched, is_member) = (touched.contains(&id), members.contains(&id));
        if !is_touched && !is_member {
            return;
        }
        let is_closed = nodes.len() > 3 && nodes.first() == nodes.last();
        let line = tags.line().filter(|_| is_touched);
        // An outer way that is not closed may say what its relation is.
        let area = tags.area().filter(|_| is_closed || is_member);
        if line.is_some() || area.is_some() || is_member {
            ways.insert(id, Way { nodes: nodes.to_vec(), line, area, names: tags.names() });
        }
    })?;
    Ok(ways)
}

/// The places of the ways' nodes; nothing for those that are not there.
fn places(extract: &dyn Extract, ways: &BTreeMap<i64, Way>) -> Result<HashMap<i64, Option<Point>>, Text> {
    let mut places: HashMap<i64, Option<Point>> =
        ways.values().flat_map(|way| way.nodes.iter().map(|node| (*node, None))).collect();
    extract.read(Wanted::NODES, &mut |element| {
        if let Element::Node { id, at, .. } = element
            && let Some(place) = places.get_mut(&id)
        {
            *place = Some(at);
        }
    })?;
    Ok(places)
}

/// Adds the areas that relations make. Returns those that are not whole, and the ways that are part of such an area and must
/// not become one more by themselves.
fn add_relations(
    relations: &BTreeMap<i64, Relation>,
    ways: &BTreeMap<i64, Way>,
    place: impl Fn(i64) -> Option<Point>,
    gathered: &mut Gathered,
) -> (Vec<Torn>, HashSet<i64>) {
    let (mut torn, mut made) = (vec![], HashSet::new());
    for (id, relation) in relations {
        let members: Vec<(&Member, &Way)> =
            relation.ways.iter().filter_map(|member| Some((member, ways.get(&member.way)?))).collect();
        let is_old = relation.layer.is_none();
        let said_by = || {
            let mut outer = members.iter().filter(|(member, way)| member.role != Role::Inner && way.area.is_some());
            outer.next().map(|(_, way)| way)
        };
        let (layer, names) = match (relation.layer, said_by()) {
            (Some(layer), _) => (layer, &relation.names),
            (None, Some(Way { area: Some(layer), names, .. })) => (*layer, names),
            (None, _) => continue,
        };
        let strands: Vec<Strand<'_>> =
            members.iter().map(|(member, way)| Strand { nodes: &way.nodes, role: member.role }).collect();
        let missing = relation.ways.len() - members.len();
        let assembled = assemble(&strands, missing == 0, &place);
        if missing > 0 || assembled.unclosed > 0 {
            torn.push(Torn { id: *id, ways: missing, rings: assembled.unclosed });
        }
        if assembled.areas.is_empty() {
            continue;
        }
        gathered.areas(layer, names.clone(), &assembled.areas);
        // The tags of an inner way are about what fills the hole, unless the relation leaves tags to its ways.
        let parts =
            members.iter().filter(|(member, way)| way.area == Some(layer) && (is_old || member.role != Role::Inner));
        made.extend(parts.map(|(member, _)| member.way));
    }
    (torn, made)
}

fn add_way(way: Way, may_be_area: bool, place: impl Fn(i64) -> Option<Point>, gathered: &mut Gathered) {
    let Way { nodes, line, area, names } = way;
    if let Some(layer) = line {
        // A line is broken where a node is missing: nobody knows the way between its neighbours.
        let lines: Vec<Line> = nodes
            .split(|node| place(*node).is_none())
            .map(|part| part.iter().filter_map(|node| place(*node)).collect())
            .collect();
        gathered.lines(layer, names.clone(), &lines);
    }
    let is_closed = nodes.len() > 3 && nodes.first() == nodes.last();
    if let Some(layer) = area.filter(|_| may_be_area && is_closed)
        && let Some(ring) = tidy_ring(nodes.iter().filter_map(|node| place(*node)).collect())
    {
        let area: Area = vec![turned(ring, false)];
        gathered.areas(layer, names, &[area]);
    }
}
