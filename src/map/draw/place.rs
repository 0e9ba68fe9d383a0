//! Putting labels where they hide nothing: greedy, the important ones first.

use super::geometry::{Point, Rect};

/// Above and below the baseline, in font sizes: no common font reaches farther.
pub(super) const ASCENT: f64 = 0.96;
pub(super) const DESCENT: f64 = 0.27;

/// From one line to the next, in font sizes.
pub(super) const LINE: f64 = 1.2;

/// A rectangle that may be turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Space {
    /// Its middle.
    pub centre: Point,
    /// Half its width and half its height.
    pub half: [f64; 2],
    /// Cosine and sine of the angle it is turned by, clockwise as y runs down.
    pub turn: [f64; 2],
}

impl Space {
    /// An upright rectangle.
    pub(super) fn upright(centre: Point, half: [f64; 2]) -> Self {
        Self { centre, half, turn: [1.0, 0.0] }
    }

    /// A band of some width along a segment.
    pub(super) fn along(a: Point, b: Point, half_width: f64) -> Self {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let length = dx.hypot(dy);
        let turn = if length > 0.0 { [dx / length, dy / length] } else { [1.0, 0.0] };
        let centre = [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])];
        Self { centre, half: [length / 2.0 + half_width, half_width], turn }
    }

    /// The upright rectangle round it.
    pub(super) fn bounds(&self) -> Rect {
        let ([x, y], [w, h], [cos, sin]) = (self.centre, self.half, self.turn.map(f64::abs));
        let (dx, dy) = (w * cos + h * sin, w * sin + h * cos);
        [x - dx, y - dy, x + dx, y + dy]
    }

    /// Whether two rectangles share a point (separating axes).
    pub(super) fn meets(&self, other: &Self) -> bool {
        let apart = |axis: Point| {
            let reach = |space: &Self| {
                let [cos, sin] = space.turn;
                space.half[0] * (axis[0] * cos + axis[1] * sin).abs()
                    + space.half[1] * (axis[1] * cos - axis[0] * sin).abs()
            };
            let between = (other.centre[0] - self.centre[0]) * axis[0] + (other.centre[1] - self.centre[1]) * axis[1];
            between.abs() > reach(self) + reach(other)
        };
        let axes = |space: &Self| [space.turn, [-space.turn[1], space.turn[0]]];
        !axes(self).into_iter().chain(axes(other)).any(apart)
    }
}

/// Things in a cell above which soft ones do not count.
const CROWD: usize = 24;

/// What is taken on a map.
#[derive(Debug)]
pub(super) struct Taken {
    inside: Rect,
    /// Side of a cell.
    cell: f64,
    columns: usize,
    /// How many things were taken.
    count: usize,
    /// Row by row.
    cells: Vec<Cell>,
}

/// What reaches into one cell.
#[derive(Debug, Clone, Default)]
struct Cell {
    /// Nothing may cover these,
    firm: Vec<Space>,
    /// better nothing covers these: each with its number.
    soft: Vec<(usize, Space)>,
}

impl Taken {
    /// An empty map: labels stay within `inside`. `cell` is about the size of a label.
    pub(super) fn new(inside: Rect, cell: f64) -> Self {
        let mut taken = Self { inside, cell, columns: 0, count: 0, cells: vec![] };
        let [last_column, last_row] = taken.cell_at([inside[2], inside[3]]);
        taken.columns = last_column + 1;
        taken.cells = vec![Cell::default(); taken.columns * (last_row + 1)];
        taken
    }

    /// Column and row of a point within the map.
    fn cell_at(&self, point: Point) -> [usize; 2] {
        // Points are within the map; a cast of anything less saturates.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let index = |axis: usize| ((point[axis] - self.inside[axis]) / self.cell) as usize;
        [index(0), index(1)]
    }

    /// Positions of the cells that a rectangle within the map reaches into; of one outside none.
    fn cells(&self, [left, top, right, bottom]: Rect) -> impl Iterator<Item = usize> + use<> {
        let (inside, columns) = (self.inside, self.columns);
        let meets = left <= inside[2] && right >= inside[0] && top <= inside[3] && bottom >= inside[1];
        let first = self.cell_at([left.max(inside[0]), top.max(inside[1])]);
        let last = self.cell_at([right.min(inside[2]), bottom.min(inside[3])]);
        let rows = if meets { first[1]..last[1] + 1 } else { 0..0 };
        rows.flat_map(move |row| (first[0]..=last[0]).map(move |column| row * columns + column))
    }

    /// Takes a rectangle; nothing may lie on it when it is `firm`, better nothing otherwise.
    pub(super) fn take(&mut self, space: Space, firm: bool) {
        self.count += 1;
        let number = self.count;
        for at in self.cells(space.bounds()) {
            let cell = &mut self.cells[at];
            if firm {
                cell.firm.push(space);
            } else if cell.soft.len() < CROWD {
                // Where soft things are everywhere, one place is as good as another.
                cell.soft.push((number, space));
            }
        }
    }

    /// What putting something here costs: how many soft things it covers; `None` when it cannot be there.
    pub(super) fn cost(&self, space: &Space) -> Option<usize> {
        let bounds @ [left, top, right, bottom] = space.bounds();
        let [l, t, r, b] = self.inside;
        if left < l || top < t || right > r || bottom > b {
            return None;
        }
        if self.cells(bounds).any(|at| self.cells[at].firm.iter().any(|firm| space.meets(firm))) {
            return None;
        }
        let soft = self.cells(bounds).flat_map(|at| &self.cells[at].soft).filter(|(_, soft)| space.meets(soft));
        let mut met: Vec<usize> = soft.map(|(number, _)| *number).collect();
        met.sort_unstable();
        met.dedup();
        Some(met.len())
    }

    /// The cheapest of some places, the earlier of equals; takes it.
    pub(super) fn best<T>(&mut self, candidates: impl IntoIterator<Item = (Space, T)>) -> Option<T> {
        let mut best: Option<(usize, Space, T)> = None;
        for (space, value) in candidates {
            match self.cost(&space) {
                Some(cost) if best.as_ref().is_none_or(|(least, ..)| cost < *least) => {
                    best = Some((cost, space, value));
                    if cost == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        let (_, space, value) = best?;
        self.take(space, true);
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(centre: Point, half: [f64; 2], degrees: f64) -> Space {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Space { centre, half, turn: [cos, sin] }
    }

    #[test]
    fn turned_rectangles_meet_only_where_they_do() {
        let flat = Space::upright([0.0, 0.0], [10.0, 1.0]);
        assert!(flat.meets(&Space::upright([19.0, 1.5], [10.0, 1.0])));
        assert!(!flat.meets(&Space::upright([0.0, 2.1], [10.0, 1.0])));
        // Their upright bounds overlap, they do not.
        let slanted = turned([8.0, 8.0], [10.0, 1.0], 45.0);
        assert!(!slanted.meets(&Space::upright([11.0, 3.0], [2.0, 1.0])));
        assert!(slanted.meets(&Space::upright([11.0, 11.0], [2.0, 1.0])));
        let upwards = Space::along([0.0, 0.0], [0.0, 10.0], 1.0).bounds();
        assert!(upwards.iter().zip([-1.0, -1.0, 1.0, 11.0]).all(|(a, b)| (a - b).abs() < 1e-9));
    }

    #[test]
    fn the_best_place_is_free_and_inside() {
        let mut taken = Taken::new([0.0, 0.0, 100.0, 100.0], 20.0);
        taken.take(Space::upright([50.0, 50.0], [10.0, 10.0]), true);
        taken.take(Space::upright([80.0, 50.0], [5.0, 5.0]), false);
        let label = |x: f64| (Space::upright([x, 50.0], [8.0, 4.0]), x);
        assert_eq!(taken.best([label(50.0), label(5.0), label(80.0), label(20.0)]), Some(20.0));
        assert_eq!(
            taken.best([label(20.0), label(80.0)]),
            Some(80.0),
            "covering something soft is better than nothing"
        );
        assert_eq!(taken.best([label(20.0), label(80.0)]), None);
    }

    fn near(found: impl IntoIterator<Item = f64>, expected: &[f64]) -> bool {
        let found: Vec<f64> = found.into_iter().collect();
        found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9)
    }

    #[test]
    fn a_band_lies_along_its_segment() {
        let band = Space::along([10.0, 20.0], [16.0, 28.0], 2.0);
        assert!(near(band.centre, &[13.0, 24.0]) && near(band.half, &[7.0, 2.0]) && near(band.turn, &[0.6, 0.8]));
        assert!(near(band.bounds(), &[7.2, 17.2, 18.8, 30.8]), "{:?}", band.bounds());
        let back = Space::along([16.0, 28.0], [10.0, 20.0], 2.0);
        assert!(near(back.turn, &[-0.6, -0.8]) && near(back.bounds(), &[7.2, 17.2, 18.8, 30.8]));
        let point = Space::along([10.0, 20.0], [10.0, 20.0], 2.0);
        assert_eq!((point.half.to_vec(), point.turn.to_vec()), (vec![2.0, 2.0], vec![1.0, 0.0]));
        assert!(near(Space::upright([5.0, 6.0], [3.0, 4.0]).bounds(), &[2.0, 2.0, 8.0, 10.0]));
    }

    #[test]
    fn a_turned_band_reaches_as_far_as_it_is_long_and_wide() {
        // Ten long and two wide either way, on a slope of 3 to 4.
        let band = Space { centre: [100.0, 200.0], half: [10.0, 2.0], turn: [0.6, 0.8] };
        for (along, across, expected) in [
            (0.0, 0.0, true),
            (9.9, 0.0, true),
            (-9.9, 0.0, true),
            (10.1, 0.0, false),
            (-10.1, 0.0, false),
            (0.0, 1.9, true),
            (0.0, -1.9, true),
            (0.0, 2.1, false),
            (0.0, -2.1, false),
            (9.9, 1.9, true),
            (-9.9, 1.9, true),
            (9.9, 2.1, false),
        ] {
            let at = [100.0 + along * 0.6 - across * 0.8, 200.0 + along * 0.8 + across * 0.6];
            for turn in [[1.0, 0.0], [0.6, 0.8], [-0.8, 0.6]] {
                let small = Space { centre: at, half: [0.01, 0.01], turn };
                assert_eq!((band.meets(&small), small.meets(&band)), (expected, expected), "{along} {across} {turn:?}");
            }
        }
        let square = Space::upright([0.0, 0.0], [1.0, 1.0]);
        assert!(square.meets(&Space::upright([2.0, 2.0], [1.0, 1.0])), "a common corner is a common point");
        for (at, expected) in [([2.4, 0.0], true), ([2.42, 0.0], false), ([0.0, -2.4], true), ([0.0, -2.42], false)] {
            assert_eq!(square.meets(&turned(at, [1.0, 1.0], 45.0)), expected, "{at:?}");
        }
    }

    #[test]
    fn rectangles_are_in_the_cells_that_they_reach_into() {
        let taken = Taken::new([100.0, 200.0, 150.0, 230.0], 10.0);
        assert_eq!((taken.columns, taken.cells.len()), (6, 24));
        for (rect, expected) in [
            ([112.0, 205.0, 131.0, 215.0], vec![1, 2, 3, 7, 8, 9]),
            ([112.0, 222.0, 118.0, 228.0], vec![13]),
            // Over an edge, at it, and beyond it.
            ([0.0, 0.0, 105.0, 205.0], vec![0]),
            ([145.0, 225.0, 900.0, 900.0], vec![16, 17, 22, 23]),
            ([150.0, 230.0, 160.0, 240.0], vec![23]),
            ([90.0, 190.0, 100.0, 200.0], vec![0]),
            ([151.0, 210.0, 160.0, 220.0], vec![]),
            ([90.0, 210.0, 99.0, 220.0], vec![]),
            ([110.0, 231.0, 120.0, 240.0], vec![]),
            ([110.0, 190.0, 120.0, 199.0], vec![]),
        ] {
            assert_eq!(taken.cells(rect).collect::<Vec<_>>(), expected, "{rect:?}");
        }
    }

    #[test]
    fn a_cost_is_the_number_of_soft_things_covered() {
        let mut taken = Taken::new([0.0, 0.0, 100.0, 100.0], 20.0);
        let place = |x: f64, y: f64| Space::upright([x, y], [10.0, 5.0]);
        assert_eq!(taken.cost(&place(50.0, 50.0)), Some(0));
        // At the edge, and over each of the four.
        assert_eq!([place(10.0, 5.0), place(90.0, 95.0)].map(|space| taken.cost(&space)), [Some(0); 2]);
        let over = [place(9.0, 50.0), place(91.0, 50.0), place(50.0, 4.0), place(50.0, 96.0)];
        assert_eq!(over.map(|space| taken.cost(&space)), [None; 4]);
        // One thing in many cells is one, two in one cell are two.
        taken.take(Space::upright([50.0, 50.0], [45.0, 1.0]), false);
        assert_eq!(taken.cost(&place(50.0, 50.0)), Some(1));
        taken.take(Space::upright([50.0, 52.0], [1.0, 1.0]), false);
        assert_eq!([place(50.0, 50.0), place(20.0, 50.0)].map(|space| taken.cost(&space)), [Some(2), Some(1)]);
        // What lies in the same cell and is not touched does not count.
        assert_eq!(taken.cost(&place(50.0, 59.0)), Some(0));
        for _ in 0..30 {
            taken.take(Space::upright([10.0, 10.0], [2.0, 2.0]), false);
        }
        assert_eq!(taken.cost(&place(11.0, 11.0)), Some(CROWD));
        taken.take(Space::upright([10.0, 10.0], [2.0, 2.0]), true);
        assert_eq!([place(11.0, 11.0), place(11.0, 18.0)].map(|space| taken.cost(&space)), [None, Some(0)]);
    }

    #[test]
    fn of_equal_places_the_earlier_is_taken() {
        let mut taken = Taken::new([0.0, 0.0, 100.0, 100.0], 20.0);
        let place = |y: f64| (Space::upright([50.0, y], [10.0, 5.0]), y);
        taken.take(Space::upright([50.0, 50.0], [1.0, 60.0]), false);
        // All cost the same: one after another is taken, until none is left.
        let places = [place(20.0), place(40.0), place(60.0)];
        let found: Vec<Option<f64>> = (0..4).map(|_| taken.best(places)).collect();
        assert_eq!(found, [Some(20.0), Some(40.0), Some(60.0), None]);
    }
}
