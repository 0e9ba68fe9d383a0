//! Cutting lines and areas at the border of the map.

use super::point::{Area, Bbox, Line, Point, encloses, is_in_area, signed_area, tidy_ring, turned};

/// The pieces of a line that lie in the box. Vertices inside stay as they are.
pub(super) fn clip_line(line: &[Point], bbox: Bbox) -> Vec<Line> {
    let mut pieces: Vec<Line> = vec![];
    let mut piece: Line = vec![];
    for pair in line.windows(2) {
        let Some(cut) = cut(pair[0], pair[1], bbox) else { continue };
        if piece.last() != Some(&cut.from) {
            pieces.push(std::mem::replace(&mut piece, vec![cut.from]));
        }
        piece.push(cut.to);
    }
    pieces.push(piece);
    for piece in &mut pieces {
        piece.dedup();
    }
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// What is left of a stretch inside the box.
struct Cut {
    from: Point,
    to: Point,
    /// The same ends before they were rounded, for their order along the border.
    exact: [[f64; 2]; 2],
    /// Whether the two ends are one point.
    is_touch: bool,
}

/// The part of a stretch that lies in the closed box (Liang and Barsky 1984, in fractions of whole numbers).
fn cut(a: Point, b: Point, bbox: Bbox) -> Option<Cut> {
    // Reckoned in one direction whichever way the stretch runs, so that what two streets share is cut alike.
    let (start, end) = (a.min(b), a.max(b));
    let backwards = start != a;
    let [x, y] = start.map(i64::from);
    let [dx, dy] = [0, 1].map(|axis| i64::from(end[axis]) - i64::from(start[axis]));
    let [west, south, east, north] = [bbox.west, bbox.south, bbox.east, bbox.north].map(i64::from);
    // Fractions of the stretch, with denominators above zero.
    let (mut first, mut last) = ((0, 1), (1, 1));
    let before = |a: (i64, i64), b: (i64, i64)| a.0 * b.1 < b.0 * a.1;
    for (towards, room) in [(-dx, x - west), (dx, east - x), (-dy, y - south), (dy, north - y)] {
        match towards {
            0 if room < 0 => return None,
            0 => {}
            1.. => {
                let share = (room, towards);
                last = if before(share, last) { share } else { last };
            }
            _ => {
                let share = (-room, -towards);
                first = if before(first, share) { share } else { first };
            }
        }
    }
    if before(last, first) {
        return None;
    }
    let at = |(share, whole): (i64, i64)| {
        // The point lies in the box, so its numbers fit.
        #[allow(clippy::cast_possible_truncation)]
        let rounded =
            [(x, dx), (y, dy)].map(|(from, way)| (from + (2 * way * share + whole).div_euclid(2 * whole)) as i32);
        // A grid's numbers are exact in an `f64`.
        #[allow(clippy::cast_precision_loss)]
        let exact = [(x, dx), (y, dy)].map(|(from, way)| from as f64 + (way * share) as f64 / whole as f64);
        (rounded, exact)
    };
    let ((from, exact_from), (to, exact_to)) = if backwards { (at(last), at(first)) } else { (at(first), at(last)) };
    Some(Cut { from, to, exact: [exact_from, exact_to], is_touch: !before(first, last) })
}

/// A way of a ring through the inside of the box, from border to border.
struct Chain {
    points: Line,
    /// Where it comes in and goes out: steps along the border, counterclockwise from the south-west corner.
    enters: f64,
    leaves: f64,
}

/// The parts of an area that lie in the box.
///
/// The rings' ways through the box are linked along its border, counterclockwise, which keeps the inside on their left
/// (Weiler and Atherton 1977, for a rectangle). So one area may become several, without the seams along the border that
/// cutting at one side after the other (Sutherland and Hodgman) leaves.
pub(super) fn clip_area(rings: &[Line], bbox: Bbox) -> Vec<Area> {
    if rings.iter().flatten().all(|point| bbox.holds(*point)) {
        return vec![rings.to_vec()];
    }
    let (mut chains, mut whole) = (vec![], vec![]);
    for (at, ring) in rings.iter().enumerate() {
        match chains_of(&turned(ring.clone(), at > 0), bbox) {
            Pieces::Ring(ring) => whole.push(ring),
            Pieces::Chains(found) => chains.extend(found),
        }
    }
    if chains.is_empty() && whole.is_empty() {
        // No ring passes through the box: it lies all inside or all outside.
        let middle = [i32::midpoint(bbox.west, bbox.east), i32::midpoint(bbox.south, bbox.north)];
        return if is_in_area(middle, rings) { vec![vec![bbox.ring()]] } else { vec![] };
    }
    whole.extend(linked(&chains, bbox));
    nested(whole.into_iter().filter_map(tidy_ring).collect(), bbox)
}

enum Pieces {
    /// The ring lies in the box.
    Ring(Line),
    /// It comes and goes.
    Chains(Vec<Chain>),
}

fn chains_of(ring: &[Point], bbox: Bbox) -> Pieces {
    if ring.iter().all(|point| bbox.holds_inside(*point)) {
        return Pieces::Ring(ring.to_vec());
    }
    // From a vertex that is not inside, no chain goes over the end of the list.
    let mut ring = ring[..ring.len().saturating_sub(1)].to_vec();
    let first = ring.iter().position(|point| !bbox.holds_inside(*point)).unwrap_or(0);
    ring.rotate_left(first);
    ring.extend(ring.first().copied());
    let mut chains: Vec<Chain> = vec![];
    for pair in ring.windows(2) {
        let Some(cut) = cut(pair[0], pair[1], bbox) else { continue };
        let along = |axis: usize, low: i32, high: i32| {
            pair[0][axis] == pair[1][axis] && (pair[0][axis] == low || pair[0][axis] == high)
        };
        // What only touches the border, or runs along it, is made up for by the linking.
        if cut.is_touch || along(0, bbox.west, bbox.east) || along(1, bbox.south, bbox.north) {
            continue;
        }
        let leaves = along_border(cut.exact[1], bbox);
        match chains.last_mut() {
            Some(chain) if bbox.holds_inside(pair[0]) => {
                chain.points.push(cut.to);
                chain.leaves = leaves;
            }
            _ => {
                let enters = along_border(cut.exact[0], bbox);
                chains.push(Chain { points: vec![cut.from, cut.to], enters, leaves });
            }
        }
    }
    Pieces::Chains(chains)
}

/// Steps of a point on the border from the south-west corner, counterclockwise. What it is for a point inside is never
/// asked: a chain goes on from there.
fn along_border([x, y]: [f64; 2], bbox: Bbox) -> f64 {
    let [west, south, east, north] = [bbox.west, bbox.south, bbox.east, bbox.north].map(f64::from);
    let (width, height) = (east - west, north - south);
    let is = |a: f64, b: f64| (a - b).abs() < 1e-6;
    if is(y, south) {
        x - west
    } else if is(x, east) {
        width + y - south
    } else if is(y, north) {
        width + height + east - x
    } else {
        width + height + width + north - y
    }
}

/// The rings that chains make with the border: after each comes the first that enters beyond its end.
fn linked(chains: &[Chain], bbox: Bbox) -> Vec<Line> {
    // At one point whoever leaves comes before whoever enters: they are neighbours.
    let mut events: Vec<(f64, bool, usize)> = chains
        .iter()
        .enumerate()
        .flat_map(|(at, chain)| [(chain.leaves, false, at), (chain.enters, true, at)])
        .collect();
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let mut next: Vec<Option<usize>> = vec![None; chains.len()];
    let (mut waiting, mut entered) = (vec![], vec![false; chains.len()]);
    // Brackets on a circle: twice round, and all are matched.
    for (round, (_, enters, at)) in (0..2).flat_map(|round| events.iter().map(move |event| (round, event))) {
        match enters {
            false if round == 0 => waiting.push(*at),
            true if !entered[*at] => {
                if let Some(from) = waiting.pop() {
                    next[from] = Some(*at);
                    entered[*at] = true;
                }
            }
            _ => {}
        }
    }
    let mut rings = vec![];
    for start in 0..chains.len() {
        let (mut ring, mut at) = (vec![], start);
        while let Some(follows) = next[at].take() {
            ring.extend_from_slice(&chains[at].points);
            ring.extend(corners_between(chains[at].leaves, chains[follows].enters, bbox));
            at = follows;
        }
        rings.push(ring);
    }
    rings
}

/// The corners on the way along the border from one place to another.
fn corners_between(from: f64, to: f64, bbox: Bbox) -> Vec<Point> {
    let [width, height] = [bbox.east - bbox.west, bbox.north - bbox.south].map(f64::from);
    let places = [0.0, width, width + height, 2.0 * width + height];
    let around = 2.0 * (width + height);
    let to = if to < from { to + around } else { to };
    let corners = bbox.corners();
    let laps = [0.0, around].into_iter().flat_map(|lap| places.iter().map(move |place| place + lap).zip(corners));
    laps.filter(|(place, _)| from < *place && *place < to).map(|(_, corner)| corner).collect()
}

/// Areas of rings that run counterclockwise (outer) or clockwise (holes). What surrounds a hole that no ring encloses
/// fills the box.
fn nested(rings: Vec<Line>, bbox: Bbox) -> Vec<Area> {
    let (outers, holes): (Vec<Line>, Vec<Line>) = rings.into_iter().partition(|ring| signed_area(ring) > 0);
    let mut areas: Vec<Area> = outers.into_iter().map(|ring| vec![ring]).collect();
    areas.sort_by_key(|area| signed_area(&area[0]));
    let mut around: Option<Area> = None;
    for hole in holes {
        match areas.iter_mut().find(|area| encloses(&area[0], &hole)) {
            Some(area) => area.push(hole),
            None => around.get_or_insert_with(|| vec![bbox.ring()]).push(hole),
        }
    }
    areas.extend(around);
    areas
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Bbox = Bbox { west: 0, south: 0, east: 100, north: 100 };

    fn square(x: i32, y: i32, size: i32) -> Line {
        vec![[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    }

    fn hole(x: i32, y: i32, size: i32) -> Line {
        turned(square(x, y, size), true)
    }

    /// Twice the area of what is left, holes taken off.
    fn size(areas: &[Area]) -> i128 {
        areas.iter().flatten().map(|ring| signed_area(ring)).sum()
    }

    #[test]
    fn lines_break_where_they_leave() {
        let line = [[10, 10], [50, 10], [50, -30], [60, -30], [60, 20], [200, 20]];
        assert_eq!(clip_line(&line, BOX), [vec![[10, 10], [50, 10], [50, 0]], vec![[60, 0], [60, 20], [100, 20]]]);
        assert!(clip_line(&[[-10, 50], [-5, 80]], BOX).is_empty());
        assert!(clip_line(&[[-10, 10], [10, -10]], Bbox { west: 5, ..BOX }).is_empty());
        // Through the whole box, without a vertex in it; both ways alike.
        assert_eq!(clip_line(&[[-10, 33], [110, 50]], BOX), [[[0, 34], [100, 49]]]);
        assert_eq!(clip_line(&[[110, 50], [-10, 33]], BOX), [[[100, 49], [0, 34]]]);
        assert!(clip_line(&[[-10, 0], [0, 0], [0, -10]], BOX).is_empty(), "a touch is no line");
    }

    #[test]
    fn areas_inside_outside_and_around() {
        assert_eq!(clip_area(&[square(10, 10, 20)], BOX), [[square(10, 10, 20)]]);
        assert!(clip_area(&[square(200, 10, 20)], BOX).is_empty());
        assert_eq!(clip_area(&[square(-50, -50, 300)], BOX), [[BOX.ring()]]);
        assert_eq!(
            clip_area(&[square(-50, -50, 300), hole(10, 10, 20)], BOX),
            [[BOX.ring(), hole(10, 10, 20)].map(|r| tidy_ring(r).unwrap())]
        );
        assert!(clip_area(&[square(-50, -50, 300), hole(-20, -20, 200)], BOX).is_empty());
    }

    #[test]
    fn areas_over_a_side_or_a_corner() {
        let over_corner = clip_area(&[square(80, 80, 50)], BOX);
        assert_eq!(over_corner, [[square(80, 80, 20)]]);
        let clockwise = clip_area(&[turned(square(80, 80, 50), true)], BOX);
        assert_eq!(clockwise, over_corner);
        assert_eq!(clip_area(&[square(-20, 30, 40)], BOX), [[vec![[0, 30], [20, 30], [20, 70], [0, 70], [0, 30]]]]);
        // Past three corners.
        let most =
            clip_area(&[vec![[50, 50], [50, -50], [200, -50], [200, 200], [-50, 200], [-50, 50], [50, 50]]], BOX);
        assert_eq!((most.len(), size(&most)), (1, 2 * 7500));
    }

    #[test]
    fn a_comb_becomes_several_areas_without_seams() {
        let comb = vec![[10, 50], [20, 50], [20, 120], [30, 120], [30, 50], [40, 50], [40, 130], [10, 130], [10, 50]];
        let areas = clip_area(&[comb], BOX);
        assert_eq!(areas.len(), 2);
        assert!(areas.iter().all(|area| area.len() == 1 && area[0].len() == 5), "{areas:?}");
    }

    #[test]
    fn a_hole_over_the_border_becomes_a_bay() {
        let areas = clip_area(&[square(10, 50, 80), hole(40, 90, 20)], BOX);
        assert_eq!((areas.len(), areas[0].len(), size(&areas)), (1, 1, 2 * (80 * 50 - 20 * 10)));
    }

    #[test]
    fn touching_the_border_is_no_crossing() {
        // A diamond that fills the box, a hole that touches, a notch that touches, and sides along the border.
        let diamond = vec![[50, 0], [100, 50], [50, 100], [0, 50], [50, 0]];
        assert_eq!(size(&clip_area(&[square(-5, -5, 200), turned(diamond, true)], BOX)), 2 * 5000);
        let notch = vec![[-10, 0], [110, 0], [110, 50], [50, 0], [-10, 50], [-10, 0]];
        assert_eq!(size(&clip_area(&[notch], BOX)), 2 * 50 * 42);
        assert_eq!(size(&clip_area(&[square(0, 0, 150)], BOX)), 2 * 10_000);
        assert_eq!(size(&clip_area(&[square(-50, 0, 100)], BOX)), 2 * 50 * 100);
        assert!(clip_area(&[square(100, 0, 50)], BOX).is_empty());
    }

    /// Every shape of a family: what is left inside and outside of the box makes up the whole.
    #[test]
    fn nothing_is_lost_or_made_up() {
        let mut chance: u32 = 7;
        let mut random = |range: i32| {
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            i32::try_from(chance >> 16).unwrap() % range
        };
        for _ in 0..500 {
            // A star around a point: never crosses itself.
            let centre = [random(140) - 20, random(140) - 20];
            let directions = [[4, 0], [4, 2], [3, 4], [0, 4], [-2, 4], [-4, 3], [-4, 0], [-3, -3], [0, -4], [3, -4]];
            let star = directions.map(|[x, y]| {
                let far = 1 + random(25);
                [centre[0] + x * far, centre[1] + y * far]
            });
            let Some(star) = tidy_ring(star.to_vec()) else { continue };
            let whole = signed_area(&star);
            // Nine boxes tile the plane.
            let mut sum = 0;
            for (west, east) in [(-1000, 0), (0, 100), (100, 1000)] {
                for (south, north) in [(-1000, 0), (0, 100), (100, 1000)] {
                    let part = clip_area(std::slice::from_ref(&star), Bbox { west, south, east, north });
                    assert!(part.iter().all(|area| signed_area(&area[0]) > 0));
                    sum += size(&part);
                }
            }
            // Points on the border are rounded to the grid.
            assert!((sum - whole).abs() < whole / 20 + 200, "{star:?}: {sum} {whole}");
        }
    }

    #[test]
    fn a_stretch_is_cut_alike_whichever_way_it_runs() {
        let mut chance: u32 = 3;
        let mut random = || {
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            i32::try_from(chance >> 16).unwrap() % 1000 - 450
        };
        let mut count = 0;
        for _ in 0..500 {
            let (a, b) = ([random(), random()], [random(), random()]);
            let (Some(there), Some(back)) = (cut(a, b, BOX), cut(b, a, BOX)) else { continue };
            assert_eq!((there.from, there.to), (back.to, back.from), "{a:?} {b:?}");
            // To the last bit: neighbours on the border are told by their places being equal.
            let bits = |cut: &Cut| cut.exact.map(|at| at.map(f64::to_bits));
            let [from, to] = bits(&there);
            assert_eq!([to, from], bits(&back), "{a:?} {b:?}");
            count += 1;
        }
        assert!(count > 20, "{count}");
    }

    #[test]
    fn a_cut_has_rounded_and_exact_ends() {
        let bbox = Bbox { west: 10, south: 20, east: 110, north: 70 };
        let told = |a: Point, b: Point| cut(a, b, bbox).map(|cut| (cut.from, cut.to, cut.is_touch));
        for (a, b, expected) in [
            ([20, 30], [50, 60], Some(([20, 30], [50, 60], false))),
            ([0, 30], [50, 30], Some(([10, 30], [50, 30], false))),
            ([50, 30], [200, 30], Some(([50, 30], [110, 30], false))),
            ([50, 0], [50, 90], Some(([50, 20], [50, 70], false))),
            // On a slope: halves are rounded up.
            ([0, 25], [20, 30], Some(([10, 28], [20, 30], false))),
            ([100, 30], [120, 23], Some(([100, 30], [110, 27], false))),
            // Along a side, beside it, over a corner, at one.
            ([0, 20], [200, 20], Some(([10, 20], [110, 20], false))),
            ([0, 19], [200, 19], None),
            ([0, 71], [200, 71], None),
            ([9, 0], [9, 90], None),
            ([111, 0], [111, 90], None),
            ([110, 90], [110, 0], Some(([110, 70], [110, 20], false))),
            ([0, 30], [20, 10], Some(([10, 20], [10, 20], true))),
            ([0, 29], [20, 9], None),
            ([30, 30], [30, 30], Some(([30, 30], [30, 30], false))),
        ] {
            assert_eq!(told(a, b), expected, "{a:?} {b:?}");
        }
        let exact = cut([0, 25], [20, 30], bbox).unwrap().exact;
        assert_eq!(exact.concat(), [10.0, 27.5, 20.0, 30.0]);
    }

    #[test]
    fn places_on_the_border_are_counted_from_the_south_west() {
        let bbox = Bbox { west: 10, south: 20, east: 110, north: 70 };
        let places = [
            [10.0, 20.0],
            [40.0, 20.0],
            [110.0, 20.0],
            [110.0, 50.0],
            [110.0, 70.0],
            [90.0, 70.0],
            [10.0, 70.0],
            [10.0, 30.0],
        ];
        let steps: Vec<f64> = places.map(|place| along_border(place, bbox)).to_vec();
        assert_eq!(steps, [0.0, 30.0, 100.0, 130.0, 150.0, 170.0, 250.0, 290.0]);
        let [south_west, south_east, north_east, north_west] = bbox.corners();
        for (from, to, expected) in [
            (10.0, 90.0, vec![]),
            (10.0, 110.0, vec![south_east]),
            (90.0, 160.0, vec![south_east, north_east]),
            (120.0, 290.0, vec![north_east, north_west]),
            (290.0, 30.0, vec![south_west]),
            (90.0, 10.0, vec![south_east, north_east, north_west, south_west]),
            (260.0, 160.0, vec![south_west, south_east, north_east]),
            // A corner itself is no corner between.
            (100.0, 150.0, vec![]),
            (0.0, 250.0, vec![south_east, north_east]),
        ] {
            assert_eq!(corners_between(from, to, bbox), expected, "{from} {to}");
        }
    }

    #[test]
    fn lines_are_cut_at_a_box_anywhere() {
        let bbox = Bbox { west: 1000, south: 2000, east: 1100, north: 2050 };
        let line = [[900, 2010], [1050, 2010], [1050, 2100], [1080, 2100], [1080, 2040], [1080, 2040], [1090, 1990]];
        let expected = [vec![[1000, 2010], [1050, 2010], [1050, 2050]], vec![[1080, 2050], [1080, 2040], [1088, 2000]]];
        assert_eq!(clip_line(&line, bbox), expected);
        let area = clip_area(&[vec![[1050, 2030], [1150, 2030], [1150, 2100], [1050, 2100], [1050, 2030]]], bbox);
        assert_eq!(area, [[vec![[1050, 2030], [1100, 2030], [1100, 2050], [1050, 2050], [1050, 2030]]]]);
    }

    #[test]
    fn holes_are_in_the_smallest_area_around_them() {
        let nested = |rings: &[Line]| nested(rings.to_vec(), BOX);
        let (large, small, within) = (square(0, 0, 90), square(20, 20, 40), hole(30, 30, 10));
        assert_eq!(
            nested(&[large.clone(), small.clone(), within.clone()]),
            [vec![small, within.clone()], vec![large.clone()]]
        );
        // What no ring encloses is cut out of the box.
        let beside = hole(95, 95, 3);
        assert_eq!(
            nested(&[large.clone(), beside.clone(), hole(92, 2, 3)]),
            [vec![large], vec![BOX.ring(), beside, hole(92, 2, 3)]]
        );
        assert!(nested(&[]).is_empty());
    }
}
