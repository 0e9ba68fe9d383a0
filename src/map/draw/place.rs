//! Putting labels where they hide nothing: greedy, the important ones first.

use std::collections::HashMap;

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
    cell: f64,
    /// Rectangles, and whether covering one is out of the question.
    spaces: Vec<(Space, bool)>,
    cells: HashMap<[i32; 2], Vec<usize>>,
}

impl Taken {
    /// An empty map: labels stay within `inside`. `cell` is about the size of a label.
    pub(super) fn new(inside: Rect, cell: f64) -> Self {
        Self { inside, cell, spaces: vec![], cells: HashMap::new() }
    }

    /// Takes a rectangle; nothing may lie on it when it is `firm`, better nothing otherwise.
    pub(super) fn take(&mut self, space: Space, firm: bool) {
        // What reaches beyond the map takes nothing there.
        let ([left, top, right, bottom], [l, t, r, b]) = (space.bounds(), self.inside);
        let within = [left.max(l), top.max(t), right.min(r), bottom.min(b)];
        for cell in cells(within, self.cell) {
            let here = self.cells.entry(cell).or_default();
            // Where soft things are everywhere, one place is as good as another.
            if firm || here.len() < CROWD {
                here.push(self.spaces.len());
            }
        }
        self.spaces.push((space, firm));
    }

    /// What putting something here costs: how many soft things it covers; `None` when it cannot be there.
    pub(super) fn cost(&self, space: &Space) -> Option<usize> {
        let [left, top, right, bottom] = space.bounds();
        let [l, t, r, b] = self.inside;
        if left < l || top < t || right > r || bottom > b {
            return None;
        }
        let mut met: Vec<usize> =
            cells(space.bounds(), self.cell).filter_map(|cell| self.cells.get(&cell)).flatten().copied().collect();
        met.sort_unstable();
        met.dedup();
        let mut cost = 0;
        for (other, firm) in met.into_iter().map(|at| &self.spaces[at]) {
            if space.meets(other) {
                if *firm {
                    return None;
                }
                cost += 1;
            }
        }
        Some(cost)
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

fn cells([left, top, right, bottom]: Rect, size: f64) -> impl Iterator<Item = [i32; 2]> {
    // Drawings are a few thousand units wide; a cast of anything else saturates.
    #[allow(clippy::cast_possible_truncation)]
    let cell = move |at: f64| (at / size).floor() as i32;
    (cell(left)..=cell(right)).flat_map(move |x| (cell(top)..=cell(bottom)).map(move |y| [x, y]))
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
