//! Areas made of ways: the multipolygons of OpenStreetMap (wiki.openstreetmap.org/wiki/Relation:multipolygon).

use std::collections::{BTreeMap, HashMap};

use super::elements::Role;
use super::point::{Area, Line, Point, encloses, signed_area, tidy_ring, turned};

/// A way of a multipolygon: its nodes and the part it is said to play.
pub(super) struct Strand<'a> {
    pub(super) nodes: &'a [i64],
    pub(super) role: Role,
}

/// What became of a multipolygon.
pub(super) struct Assembled {
    pub(super) areas: Vec<Area>,
    /// How many of its rings do not close.
    pub(super) unclosed: usize,
}

/// Joins ways into rings and rings into areas. Which ring is a hole is told by where it lies, since roles are often
/// missing and sometimes wrong. Only where rings are lost, because they do not close or ways are not there, may what seems
/// an outside be a hole in one of them: then it has to be called outer, or is left out.
pub(super) fn assemble(strands: &[Strand<'_>], is_whole: bool, at: impl Fn(i64) -> Option<Point>) -> Assembled {
    let (rings, unclosed) = join(strands);
    let is_lossy = !is_whole || unclosed > 0;
    let lines = rings.iter().map(|ring| (ring, ring.nodes.iter().filter_map(|node| at(*node)).collect::<Line>()));
    let mut shapes: Vec<(Line, bool)> =
        lines.filter_map(|(ring, line)| Some((tidy_ring(line)?, ring.is_called_outer))).collect();
    // From the largest on: what a ring lies in comes before it.
    shapes.sort_by_cached_key(|(ring, _)| (std::cmp::Reverse(signed_area(ring).abs()), ring.clone()));
    shapes.dedup_by(|a, b| a.0 == b.0);
    let mut areas: Vec<Area> = vec![];
    // For each ring the area it is the outside of, or nothing for a hole.
    let mut outsides: Vec<Option<usize>> = vec![];
    for (index, (ring, is_called_outer)) in shapes.iter().enumerate() {
        // The smallest ring around it decides: inside of an outside is a hole, inside of a hole is an outside.
        let around = (0..index).rev().find(|other| encloses(&shapes[*other].0, ring));
        let outside = match around.and_then(|around| outsides[around]) {
            Some(area) => {
                areas[area].push(turned(ring.clone(), true));
                None
            }
            None if !is_called_outer && around.is_none() && is_lossy => None,
            None => {
                areas.push(vec![turned(ring.clone(), false)]);
                Some(areas.len() - 1)
            }
        };
        outsides.push(outside);
    }
    let areas = areas.into_iter().map(|area| area.into_iter().filter_map(tidy_ring).collect()).collect();
    Assembled { areas, unclosed }
}

/// A closed row of nodes.
struct Ring {
    nodes: Vec<i64>,
    /// Whether one of its ways is called outer.
    is_called_outer: bool,
}

/// A way as it is walked.
#[derive(Clone, Copy)]
struct Step {
    strand: usize,
    from: i64,
    backwards: bool,
}

/// Joins ways end to end, in any order and direction: walks on along ways not yet walked, takes a ring off wherever the
/// walk meets itself, and steps back where it cannot go on. The second value counts walks that did not close.
fn join(strands: &[Strand<'_>]) -> (Vec<Ring>, usize) {
    let ends = |strand: usize| Some((*strands[strand].nodes.first()?, *strands[strand].nodes.last()?));
    let mut at_node: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (strand, (first, last)) in (0..strands.len()).filter_map(|strand| Some((strand, ends(strand)?))).rev() {
        at_node.entry(first).or_default().push(strand);
        at_node.entry(last).or_default().push(strand);
    }
    let mut walked = vec![false; strands.len()];
    let (mut rings, mut unclosed) = (vec![], 0);
    for start in 0..strands.len() {
        let Some((first, _)) = ends(start).filter(|_| !walked[start]) else { continue };
        let (mut path, mut place_of): (Vec<Step>, HashMap<i64, usize>) = (vec![], HashMap::new());
        let (mut here, mut open) = (first, false);
        loop {
            let next = at_node.get_mut(&here).and_then(|all| {
                while let Some(strand) = all.pop() {
                    if !walked[strand] {
                        return Some(strand);
                    }
                }
                None
            });
            if let Some(strand) = next {
                walked[strand] = true;
                let Some((first, last)) = ends(strand) else { continue };
                place_of.insert(here, path.len());
                path.push(Step { strand, from: here, backwards: first != here });
                here = if first == here { last } else { first };
                if let Some(place) = place_of.get(&here).copied() {
                    let steps = path.split_off(place);
                    for step in &steps {
                        place_of.remove(&step.from);
                    }
                    rings.push(ring(strands, &steps));
                }
            } else if let Some(step) = path.pop() {
                open = true;
                place_of.remove(&step.from);
                here = step.from;
            } else {
                break;
            }
        }
        unclosed += usize::from(open);
    }
    (rings, unclosed)
}

fn ring(strands: &[Strand<'_>], steps: &[Step]) -> Ring {
    let mut nodes = vec![];
    for step in steps {
        let way = strands[step.strand].nodes;
        if step.backwards {
            nodes.extend(way.iter().rev());
        } else {
            nodes.extend(way);
        }
    }
    nodes.dedup();
    Ring { nodes, is_called_outer: steps.iter().any(|step| strands[step.strand].role == Role::Outer) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Node 123 stands at x = 12, y = 3.
    // As `assemble` asks for it.
    #[allow(clippy::unnecessary_wraps)]
    fn place(node: i64) -> Option<Point> {
        Some([i32::try_from(node / 10).unwrap(), i32::try_from(node % 10).unwrap()])
    }

    fn areas(ways: &[(&[i64], Role)]) -> (Vec<Area>, usize) {
        let strands: Vec<_> = ways.iter().map(|(nodes, role)| Strand { nodes, role: *role }).collect();
        let assembled = assemble(&strands, true, place);
        (assembled.areas, assembled.unclosed)
    }

    const OUTER: Role = Role::Outer;
    const INNER: Role = Role::Inner;

    #[test]
    fn ways_in_any_order_and_direction_make_rings() {
        let expected: Vec<Area> =
            vec![vec![vec![[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]], vec![[3, 3], [3, 6], [6, 6], [6, 3], [3, 3]]]];
        let ways: [(&[i64], Role); 5] = [
            (&[0, 90, 99], OUTER),
            (&[33, 63], INNER),
            (&[9, 99], OUTER),
            (&[33, 36, 66, 63], INNER),
            (&[9, 0], OUTER),
        ];
        for turn in 0..ways.len() {
            let mut ways = ways;
            ways.rotate_left(turn);
            assert_eq!(areas(&ways), (expected.clone(), 0));
            // Wrong and missing roles change nothing.
            assert_eq!(areas(&ways.map(|(nodes, _)| (nodes, Role::Other))), (expected.clone(), 0));
            assert_eq!(areas(&ways.map(|(nodes, _)| (nodes, INNER))), (expected.clone(), 0));
        }
    }

    #[test]
    fn an_island_in_a_hole_and_two_outers() {
        let (found, unclosed) = areas(&[
            (&[0, 90, 99, 9, 0], OUTER),
            (&[11, 81, 88, 18, 11], INNER),
            (&[33, 63, 66, 36, 33], OUTER),
            (&[200, 290, 299, 200], OUTER),
        ]);
        assert_eq!((found.len(), unclosed), (3, 0));
        assert_eq!(found.iter().map(Vec::len).sum::<usize>(), 4);
    }

    #[test]
    fn rings_that_touch_and_spurs() {
        // Two squares that share a corner, and a way that leads nowhere from there.
        let (found, unclosed) = areas(&[
            (&[33, 30, 0, 3], OUTER),
            (&[33, 99], OUTER),
            (&[33, 36, 66, 63], OUTER),
            (&[3, 33], OUTER),
            (&[63, 33], OUTER),
        ]);
        assert_eq!((found.len(), unclosed), (2, 1));
    }

    #[test]
    fn what_does_not_close_is_left_out_with_its_holes() {
        let (found, unclosed) = areas(&[(&[0, 90, 99], OUTER), (&[33, 63, 66, 36, 33], INNER)]);
        assert_eq!((found, unclosed), (vec![], 1));
        assert_eq!(areas(&[(&[], OUTER), (&[5], OUTER)]), (vec![], 0));
    }

    #[test]
    fn where_rings_are_lost_only_what_is_called_outer_is_an_outside() {
        let square: &[i64] = &[33, 63, 66, 36, 33];
        let assembled = |role: Role, is_whole: bool| {
            let all = [Strand { nodes: square, role }];
            assemble(&all, is_whole, place).areas.len()
        };
        assert_eq!([assembled(OUTER, true), assembled(INNER, true), assembled(Role::Other, true)], [1, 1, 1]);
        assert_eq!([assembled(OUTER, false), assembled(INNER, false), assembled(Role::Other, false)], [1, 0, 0]);
        // A hole whose outside is there stays one; an island in it too, whatever it is called.
        let nested: [&[i64]; 3] = [&[0, 90, 99, 9, 0], &[11, 81, 88, 18, 11], square];
        let strands = nested.map(|nodes| Strand { nodes, role: if nodes[0] == 0 { OUTER } else { INNER } });
        let areas = assemble(&strands, false, place).areas;
        assert_eq!(areas.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn rings_that_are_there_twice_are_there_once() {
        let (found, unclosed) = areas(&[(&[0, 90, 99, 0], OUTER), (&[99, 0, 90, 99], INNER)]);
        assert_eq!((found, unclosed), (vec![vec![vec![[0, 0], [9, 0], [9, 9], [0, 0]]]], 0));
        // A node that is not there is passed over, and what has no inside then is nothing.
        let at = |node: i64| place(node).filter(|_| node != 99);
        let strands =
            [Strand { nodes: &[0, 90, 99, 9, 0], role: OUTER }, Strand { nodes: &[0, 90, 99, 0], role: OUTER }];
        assert_eq!(assemble(&strands[..1], true, at).areas, [vec![vec![[0, 0], [9, 0], [0, 9], [0, 0]]]]);
        assert!(assemble(&strands[1..], true, at).areas.is_empty());
    }

    #[test]
    fn a_way_that_meets_itself_is_parted() {
        // Along one way: out, round, and back through where it began.
        let steps = [Step { strand: 1, from: 99, backwards: true }, Step { strand: 0, from: 0, backwards: false }];
        let strands = [Strand { nodes: &[0, 90], role: INNER }, Strand { nodes: &[0, 9, 99], role: Role::Other }];
        let made = ring(&strands, &steps);
        assert_eq!((made.nodes, made.is_called_outer), (vec![99, 9, 0, 90], false));
        let called = [Strand { nodes: &[0, 90], role: OUTER }, Strand { nodes: &[0, 9, 99], role: INNER }];
        assert!(ring(&called, &steps).is_called_outer);
        let (rings, unclosed) = join(&[
            Strand { nodes: &[1, 2], role: OUTER },
            Strand { nodes: &[3, 2], role: OUTER },
            Strand { nodes: &[3, 1], role: OUTER },
            Strand { nodes: &[3, 4], role: OUTER },
            Strand { nodes: &[7, 8], role: OUTER },
        ]);
        assert_eq!((rings.len(), unclosed), (1, 2), "a spur and a way alone");
        assert_eq!(rings[0].nodes, [1, 2, 3, 1]);
    }
}
