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
}
