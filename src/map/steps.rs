//! The way of a leg in words: along which street, how far, which way to turn.

use serde::Serialize;

use super::{Class, Feature, Leg, Projection, distance};

/// Unnamed bits shorter than this, in metres, are not worth a word: the corner of a lawn, the width of a street.
const UNNAMED_BIT: f64 = 15.0;

/// Nor are bits of a named street shorter than this: the street is crossed, not walked along.
const NAMED_BIT: f64 = 5.0;

/// A way without a name that turns by at least so many degrees goes on as another step.
const SHARP: f64 = 60.0;

/// Directions are judged over so many metres on either side of a turn, so that the last bend of a line does not decide.
const LOOK: f64 = 15.0;

/// A track whose ends are nearer than this, in metres, leads in no direction.
const ROUND: f64 = 20.0;

/// One thing to do: turn, and walk along a street.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Which way to turn.
    pub turn: Turn,
    /// Point of the compass the first step leads to: `n`, `ne`, `e`, `se`, `s`, `sw`, `w`, `nw`.
    pub heading: Option<&'static str>,
    /// Polish name of the street.
    pub street: Option<String>,
    /// English name of the street, where one is established.
    pub street_en: Option<String>,
    /// What kind of street: `avenue`, `street`, `path`, `cycle`.
    pub class: Option<&'static str>,
    /// How far, in whole metres; the steps of a leg are as long together as the leg.
    pub metres: u64,
}

/// A change of direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// None yet: the first step.
    Start,
    /// By less than 25°.
    Straight,
    /// To the left by less than 60°.
    SlightLeft,
    /// To the left.
    Left,
    /// To the left by at least 120°.
    SharpLeft,
    /// To the right by less than 60°.
    SlightRight,
    /// To the right.
    Right,
    /// To the right by at least 120°.
    SharpRight,
    /// By at least 165°: back the way one came.
    Back,
}

impl Turn {
    /// The turn of so many degrees, to the right where positive.
    fn of(degrees: f64) -> Self {
        match (degrees.abs(), degrees.is_sign_positive()) {
            (size, _) if size < 25.0 => Self::Straight,
            (size, _) if size >= 165.0 => Self::Back,
            (size, true) if size < SHARP => Self::SlightRight,
            (size, false) if size < SHARP => Self::SlightLeft,
            (size, true) if size < 120.0 => Self::Right,
            (size, false) if size < 120.0 => Self::Left,
            (_, true) => Self::SharpRight,
            (_, false) => Self::SharpLeft,
        }
    }
}

impl Leg {
    /// The leg in words, with the features of the base map it was laid along. A recorded track knows no streets: it is
    /// one step.
    #[must_use]
    pub fn steps(&self, features: &[Feature]) -> Vec<Step> {
        if self.streets.is_empty() { self.as_one_step() } else { Walk::new(self, features).steps() }
    }

    fn as_one_step(&self) -> Vec<Step> {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else { return vec![] };
        let direction = Projection::at(*first).metres(*last);
        let heading = (direction[0].hypot(direction[1]) >= ROUND).then(|| compass(direction));
        let step =
            Step { turn: Turn::Start, heading, street: None, street_en: None, class: None, metres: whole(self.metres) };
        if step.metres == 0 { vec![] } else { vec![step] }
    }
}

/// A stretch of a leg on a plane of metres east and north.
struct Piece {
    from: [f64; 2],
    to: [f64; 2],
    metres: f64,
}

/// Neighbouring pieces that are told as one.
#[derive(Clone, Copy)]
struct Run<'a> {
    name: Option<&'a str>,
    name_en: Option<&'a str>,
    class: Option<Class>,
    /// The first of its pieces and the one after the last.
    pieces: [usize; 2],
    /// The same without what was folded into it, which does not decide on directions.
    core: [usize; 2],
}

struct Walk<'a> {
    pieces: Vec<Piece>,
    runs: Vec<Run<'a>>,
}

impl<'a> Walk<'a> {
    fn new(leg: &Leg, features: &'a [Feature]) -> Self {
        let mut walk = Self { pieces: vec![], runs: vec![] };
        let Some(plane) = leg.points.first().map(|first| Projection::at(*first)) else { return walk };
        for (pair, street) in leg.points.windows(2).zip(&leg.streets) {
            let metres = distance(pair[0], pair[1]);
            // A stop that stands on a crossing leaves a stretch of no length, which has no direction.
            let Some(street) = features.get(*street).filter(|_| metres > 0.01) else { continue };
            let at = walk.pieces.len();
            walk.pieces.push(Piece { from: plane.metres(pair[0]), to: plane.metres(pair[1]), metres });
            let (name, name_en) = (street.name.as_deref(), street.name_en.as_deref());
            walk.runs.push(Run { name, name_en, class: street.class, pieces: [at, at + 1], core: [at, at + 1] });
        }
        walk
    }

    fn steps(mut self) -> Vec<Step> {
        // Piece by piece first: the bends of a curve are small, however far it turns in the end.
        self.join(|walk, a, b| {
            let last = [a.core[1] - 1, a.core[1]];
            walk.turn(last, b.core)
        });
        while self.fold_shortest() {}
        self.join(|walk, a, b| walk.turn(a.core, b.core));
        self.told()
    }

    /// Joins neighbours on one street, whatever its turns and classes: its name leads on. Ways without a name are joined
    /// when they are of one class and do not turn sharply.
    fn join(&mut self, turn: impl Fn(&Self, &Run<'_>, &Run<'_>) -> f64) {
        let mut joined: Vec<Run<'a>> = Vec::with_capacity(self.runs.len());
        for run in &self.runs {
            match joined.last_mut() {
                Some(last)
                    if last.name == run.name
                        && (run.name.is_some() || last.class == run.class && turn(self, last, run).abs() < SHARP) =>
                {
                    last.pieces[1] = run.pieces[1];
                    last.core[1] = run.core[1];
                    last.name_en = last.name_en.or(run.name_en);
                }
                _ => joined.push(*run),
            }
        }
        self.runs = joined;
    }

    /// Folds the shortest bit into a neighbour, rather one that has no name either; false when there is none.
    fn fold_shortest(&mut self) -> bool {
        let is_bit = |run: &Run<'_>| self.metres(run.pieces) < if run.name.is_some() { NAMED_BIT } else { UNNAMED_BIT };
        let bits = (0..self.runs.len()).filter(|at| is_bit(&self.runs[*at]));
        let shortest =
            bits.min_by(|a, b| self.metres(self.runs[*a].pieces).total_cmp(&self.metres(self.runs[*b].pieces)));
        let Some(bit) = shortest.filter(|_| self.runs.len() > 1) else { return false };
        let neighbours = [bit.checked_sub(1), Some(bit + 1).filter(|next| *next < self.runs.len())];
        let mut neighbours: Vec<usize> = neighbours.into_iter().flatten().collect();
        neighbours.sort_by_key(|at| self.runs[*at].name.is_some());
        let (into, bit) = (neighbours[0], (bit, self.runs[bit]));
        let run = &mut self.runs[into];
        run.pieces = [run.pieces[0].min(bit.1.pieces[0]), run.pieces[1].max(bit.1.pieces[1])];
        self.runs.remove(bit.0);
        true
    }

    fn told(&self) -> Vec<Step> {
        // Rounded from the beginning each time, so that the steps are together as long as the leg.
        let until = |end: usize| whole(self.metres([0, end]));
        let steps = self.runs.iter().enumerate().map(|(at, run)| {
            let before = at.checked_sub(1).map(|before| &self.runs[before]);
            Step {
                turn: before.map_or(Turn::Start, |before| Turn::of(self.turn(before.core, run.core))),
                heading: before.is_none().then(|| compass(self.ahead(run.core))),
                street: run.name.map(str::to_string),
                street_en: run.name_en.map(str::to_string),
                class: run.class.and_then(class_name),
                metres: until(run.pieces[1]) - until(run.pieces[0]),
            }
        });
        steps.filter(|step| step.metres > 0).collect()
    }

    fn metres(&self, [from, to]: [usize; 2]) -> f64 {
        self.pieces[from..to].iter().map(|piece| piece.metres).sum()
    }

    /// Degrees from the direction at the end of some pieces to the one at the beginning of others, -180 to 180, to the
    /// right where positive.
    fn turn(&self, before: [usize; 2], after: [usize; 2]) -> f64 {
        let pieces = self.pieces[before[0]..before[1]].iter().rev();
        let [east, north] = reach(pieces.map(|piece| (piece.to, piece.from)));
        let degrees = bearing(self.ahead(after)) - bearing([-east, -north]);
        if degrees > 180.0 {
            degrees - 360.0
        } else if degrees <= -180.0 {
            degrees + 360.0
        } else {
            degrees
        }
    }

    fn ahead(&self, [from, to]: [usize; 2]) -> [f64; 2] {
        reach(self.pieces[from..to].iter().map(|piece| (piece.from, piece.to)))
    }
}

/// Metres east and north from the beginning of a chain of lines to where it is after [`LOOK`] metres.
fn reach(lines: impl Iterator<Item = ([f64; 2], [f64; 2])>) -> [f64; 2] {
    let (mut reached, mut left) = ([0.0, 0.0], LOOK);
    for (from, to) in lines {
        let (east, north) = (to[0] - from[0], to[1] - from[1]);
        let share = (left / east.hypot(north)).min(1.0);
        reached = [reached[0] + share * east, reached[1] + share * north];
        left -= share * east.hypot(north);
        if share < 1.0 {
            break;
        }
    }
    reached
}

/// Degrees clockwise from north, -180 to 180.
fn bearing([east, north]: [f64; 2]) -> f64 {
    east.atan2(north).to_degrees()
}

/// The nearest of the eight points of the compass.
fn compass(direction: [f64; 2]) -> &'static str {
    const POINTS: [&str; 8] = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
    // Between 0 and 8: an eighth of a circle each.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let eighth = (bearing(direction).rem_euclid(360.0) / 45.0).round() as usize;
    POINTS[eighth % POINTS.len()]
}

/// The name of a class of streets.
fn class_name(class: Class) -> Option<&'static str> {
    match class {
        Class::Avenue => Some("avenue"),
        Class::Street => Some("street"),
        Class::Path => Some("path"),
        Class::Cycle => Some("cycle"),
        _ => None,
    }
}

/// Whole metres.
pub(super) fn whole(metres: f64) -> u64 {
    // Distances on the earth fit; rounding is what is wanted.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let metres = metres.round() as u64;
    metres
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Coordinates;
    use crate::map::{BaseMap, Geometry, Kind, Network, Route};

    /// A point so many metres east and north of a corner of Nowa Huta.
    fn at(east: f64, north: f64) -> Coordinates {
        // Whole ten-millionths of a degree, so that lines meet in the same point.
        let point = Projection::at(Coordinates([50.07, 20.03])).point([east, north]);
        Coordinates(point.0.map(|number| (number * 1e7).round() / 1e7))
    }

    fn street(name: &str, class: Class, points: &[[f64; 2]]) -> Feature {
        let line = points.iter().map(|[east, north]| at(*east, *north)).collect();
        let geometry = Geometry::Lines(vec![line]);
        Feature {
            kind: Kind::Street,
            class: Some(class),
            name: Some(name.to_string()).filter(|name| !name.is_empty()),
            name_en: None,
            bounds: geometry.bounds(),
            geometry,
            line: 1,
        }
    }

    /// The steps from one point to another: turn or heading, name or class, metres.
    fn told(streets: Vec<Feature>, from: [f64; 2], to: [f64; 2]) -> Vec<(String, String, u64)> {
        let map = BaseMap { features: streets, ..BaseMap::default() };
        let route = Route::past(&[at(from[0], from[1]), at(to[0], to[1])], &Network::new(&map)).unwrap();
        let leg = route.legs[0].as_ref().unwrap();
        let steps = leg.steps(&map.features);
        assert_eq!(steps.iter().map(|step| step.metres).sum::<u64>(), whole(leg.metres));
        let told = |step: Step| {
            let turn = serde_json::to_value(step.turn).unwrap().as_str().unwrap().to_string();
            let way = step.street.or(step.class.map(str::to_string)).unwrap();
            (step.heading.map_or(turn, str::to_string), way, step.metres)
        };
        steps.into_iter().map(told).collect()
    }

    fn step(turn: &str, way: &str, metres: u64) -> (String, String, u64) {
        (turn.into(), way.into(), metres)
    }

    /// Two streets north, two east, 100 metres apart.
    fn grid() -> Vec<Feature> {
        vec![
            street("A", Class::Street, &[[0.0, 0.0], [0.0, 100.0], [0.0, 200.0]]),
            street("B", Class::Street, &[[100.0, 0.0], [100.0, 100.0], [100.0, 200.0]]),
            street("C", Class::Street, &[[0.0, 100.0], [100.0, 100.0]]),
            street("D", Class::Street, &[[0.0, 0.0], [100.0, 0.0]]),
        ]
    }

    #[test]
    fn left_and_right_are_told_apart_in_both_directions() {
        let there = told(grid(), [0.0, 50.0], [100.0, 150.0]);
        assert_eq!(there, [step("n", "A", 50), step("right", "C", 100), step("left", "B", 50)]);
        let back = told(grid(), [100.0, 150.0], [0.0, 50.0]);
        assert_eq!(back, [step("s", "B", 50), step("right", "C", 100), step("left", "A", 50)]);
        let left = told(grid(), [100.0, 50.0], [0.0, 150.0]);
        assert_eq!(left, [step("n", "B", 50), step("left", "C", 100), step("right", "A", 50)]);
    }

    #[test]
    fn turns_have_sizes() {
        use Turn::{Back, Left, Right, SharpLeft, SharpRight, SlightLeft, SlightRight, Straight};
        let sizes = [0.0, 40.0, -40.0, 90.0, -90.0, 140.0, -140.0, 180.0];
        assert_eq!(sizes.map(Turn::of), [Straight, SlightRight, SlightLeft, Right, Left, SharpRight, SharpLeft, Back]);
        let compass = [[0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [-0.1, -1.0], [-1.0, 0.9], [-0.1, 1.0]].map(compass);
        assert_eq!(compass, ["n", "ne", "e", "s", "nw", "n"]);
    }

    #[test]
    fn a_street_keeps_its_name_round_corners_and_a_path_does_not() {
        let bent = [[0.0, 0.0], [0.0, 100.0], [100.0, 100.0]];
        assert_eq!(told(vec![street("A", Class::Street, &bent)], bent[0], bent[2]), [step("n", "A", 200)]);
        let path = told(vec![street("", Class::Path, &bent)], bent[0], bent[2]);
        assert_eq!(path, [step("n", "path", 100), step("right", "path", 100)]);
    }

    #[test]
    fn bits_are_folded_into_their_neighbours() {
        let streets = vec![
            street("A", Class::Street, &[[0.0, 0.0], [0.0, 100.0]]),
            street("", Class::Path, &[[0.0, 100.0], [10.0, 100.0]]),
            street("A", Class::Street, &[[10.0, 100.0], [10.0, 150.0]]),
            street("X", Class::Avenue, &[[10.0, 150.0], [14.0, 150.0]]),
            street("", Class::Path, &[[14.0, 150.0], [80.0, 150.0]]),
        ];
        let steps = told(streets, [0.0, 0.0], [80.0, 150.0]);
        assert_eq!(steps, [step("n", "A", 160), step("right", "path", 70)]);
    }

    #[test]
    fn a_roundabout_is_one_step() {
        let ring: Vec<[f64; 2]> = (0..=16u32)
            .map(|at| f64::from(at % 16) / 16.0 * std::f64::consts::TAU)
            .map(|angle| [(30.0 * angle.sin()).round(), (30.0 * angle.cos()).round()])
            .collect();
        let mut streets = vec![
            street("A", Class::Street, &[[0.0, -130.0], [0.0, -30.0]]),
            street("B", Class::Street, &[[30.0, 0.0], [130.0, 0.0]]),
        ];
        for name in ["", "Plac"] {
            streets.push(street(name, Class::Street, &ring));
            let steps = told(streets.clone(), [0.0, -130.0], [130.0, 0.0]);
            assert_eq!(steps.len(), 3, "{steps:?}");
            assert_eq!((steps[0].1.as_str(), steps[2].1.as_str()), ("A", "B"));
            streets.pop();
        }
        // A square with corners, none of its sides named.
        let square = [[-20.0, -20.0], [20.0, -20.0], [20.0, 20.0], [-20.0, 20.0], [-20.0, -20.0]];
        let streets = vec![
            street("A", Class::Street, &[[-20.0, -120.0], [-20.0, -20.0]]),
            street("", Class::Street, &square),
            street("B", Class::Street, &[[20.0, 20.0], [20.0, 120.0]]),
        ];
        assert!(told(streets, [-20.0, -120.0], [20.0, 120.0]).len() <= 4);
    }

    #[test]
    fn a_track_is_one_step() {
        let points = vec![at(0.0, 0.0), at(0.0, 50.0), at(100.0, 50.0)];
        let leg = Leg { points, streets: vec![], metres: 150.0, straight: 110.0 };
        let steps = leg.steps(&[]);
        assert_eq!((steps.len(), steps[0].heading, steps[0].metres), (1, Some("ne"), 150));
        let round = Leg { points: vec![at(0.0, 0.0), at(0.0, 50.0), at(0.0, 0.0)], metres: 100.0, ..leg };
        assert_eq!(round.steps(&[])[0].heading, None);
    }

    #[test]
    fn turns_change_at_their_bounds() {
        use Turn::{Back, Left, Right, SharpLeft, SharpRight, SlightLeft, SlightRight, Straight};
        for (degrees, right, left) in [
            (24.9, Straight, Straight),
            (25.0, SlightRight, SlightLeft),
            (59.9, SlightRight, SlightLeft),
            (60.0, Right, Left),
            (119.9, Right, Left),
            (120.0, SharpRight, SharpLeft),
            (164.9, SharpRight, SharpLeft),
            (165.0, Back, Back),
            (180.0, Back, Back),
        ] {
            assert_eq!((Turn::of(degrees), Turn::of(-degrees)), (right, left), "{degrees}");
        }
        for (degrees, expected) in [
            (22.4f64, "n"),
            (22.6, "ne"),
            (67.4, "ne"),
            (67.6, "e"),
            (112.6, "se"),
            (157.4, "se"),
            (180.0, "s"),
            (-157.4, "sw"),
            (-90.0, "w"),
            (-67.4, "nw"),
            (-22.4, "n"),
        ] {
            let (east, north) = degrees.to_radians().sin_cos();
            assert_eq!(compass([3.0 * east, 3.0 * north]), expected, "{degrees}");
        }
        let classes = [Class::Avenue, Class::Street, Class::Path, Class::Cycle, Class::Park].map(class_name);
        assert_eq!(classes, [Some("avenue"), Some("street"), Some("path"), Some("cycle"), None]);
        assert_eq!([0.4, 0.5, 7.49].map(whole), [0, 1, 7]);
    }

    /// A walk along stretches: name, class, and metres east and north of each.
    fn walk(stretches: &[(&'static str, Class, [f64; 2])]) -> Walk<'static> {
        let mut walk = Walk { pieces: vec![], runs: vec![] };
        // Not from the origin of the plane, which would hide a wrong sign.
        let mut from = [1000.0, 3000.0];
        for (at, (name, class, [east, north])) in stretches.iter().enumerate() {
            let to = [from[0] + east, from[1] + north];
            walk.pieces.push(Piece { from, to, metres: east.hypot(*north) });
            let name = Some(*name).filter(|name| !name.is_empty());
            let class = Some(*class);
            walk.runs.push(Run { name, name_en: None, class, pieces: [at, at + 1], core: [at, at + 1] });
            from = to;
        }
        walk
    }

    fn runs(walk: &Walk<'_>) -> Vec<(&'static str, [usize; 2], [usize; 2])> {
        let name = |run: &Run<'_>| ["A", "B"].into_iter().find(|name| run.name == Some(*name)).unwrap_or_default();
        walk.runs.iter().map(|run| (name(run), run.pieces, run.core)).collect()
    }

    #[test]
    fn directions_are_judged_over_some_metres() {
        let lines = [([0.0, 0.0], [10.0, 0.0]), ([10.0, 0.0], [10.0, 20.0]), ([10.0, 20.0], [50.0, 20.0])];
        assert_eq!(reach(lines.into_iter()).to_vec(), [10.0, 5.0]);
        assert_eq!(reach(lines[..1].iter().copied()).to_vec(), [10.0, 0.0]);
        assert_eq!(reach(lines[2..].iter().copied()).to_vec(), [15.0, 0.0]);
        let exactly = [([2.0, 3.0], [11.0, 15.0]), ([11.0, 15.0], [99.0, 15.0])];
        assert_eq!(reach(exactly.into_iter()).to_vec(), [9.0, 12.0]);
        assert_eq!([[0.0, 1.0], [1.0, 0.0], [0.0, -1.0], [-1.0, 0.0]].map(bearing).to_vec(), [0.0, 90.0, 180.0, -90.0]);
        // From one direction to another, the shorter way round; the bend within a stretch is not one between them.
        let street = Class::Street;
        for (before, after, expected) in [
            ([0.0, 50.0], [50.0, 0.0], 90.0),
            ([0.0, 50.0], [-50.0, 0.0], -90.0),
            ([0.0, -50.0], [50.0, 0.0], -90.0),
            ([-10.0, -50.0], [10.0, -50.0], -22.62),
            ([10.0, -50.0], [-10.0, -50.0], 22.62),
            ([0.0, 50.0], [0.0, -50.0], 180.0),
            ([50.0, 0.0], [-50.0, 0.0], 180.0),
            ([-50.0, 0.0], [50.0, 0.0], 180.0),
        ] {
            let walk = walk(&[("A", street, before), ("B", street, after)]);
            let turn = walk.turn([0, 1], [1, 2]);
            assert!((turn - expected).abs() < 0.01, "{before:?} {after:?}: {turn}");
        }
        let bent = walk(&[
            ("A", street, [-40.0, 0.0]),
            ("A", street, [0.0, 12.0]),
            ("B", street, [0.0, 40.0]),
            ("B", street, [9.0, 0.0]),
        ]);
        let expected = f64::atan2(3.0, 12.0).to_degrees();
        assert!((bent.turn([0, 2], [2, 4]) - expected).abs() < 0.01);
        assert_eq!((bent.metres([0, 2]), bent.metres([1, 4]), bent.metres([2, 2])), (52.0, 61.0, 0.0));
    }

    #[test]
    fn neighbours_are_joined_by_name_or_where_they_go_on() {
        let (street, path) = (Class::Street, Class::Path);
        let north = [0.0, 50.0];
        let joined = |first: (&'static str, Class), second: (&'static str, Class), degrees: f64| {
            let mut walk = walk(&[(first.0, first.1, north), (second.0, second.1, north)]);
            walk.join(|_, _, _| degrees);
            runs(&walk).len() == 1
        };
        for (first, second, degrees, expected) in [
            (("A", street), ("A", path), 170.0, true),
            (("A", street), ("B", street), 0.0, false),
            (("A", street), ("", street), 0.0, false),
            (("", path), ("", path), 59.9, true),
            (("", path), ("", path), -59.9, true),
            (("", path), ("", path), 60.0, false),
            (("", path), ("", path), -60.0, false),
            (("", path), ("", street), 0.0, false),
        ] {
            assert_eq!(joined(first, second, degrees), expected, "{first:?} {second:?} {degrees}");
        }
        let mut three = walk(&[("A", street, north), ("A", street, north), ("B", path, north), ("A", street, north)]);
        three.runs[1].name_en = Some("English");
        three.join(|_, _, _| 0.0);
        assert_eq!(runs(&three), [("A", [0, 2], [0, 2]), ("B", [2, 3], [2, 3]), ("A", [3, 4], [3, 4])]);
        assert_eq!((three.runs[0].name_en, three.runs[0].class), (Some("English"), Some(street)));
    }

    #[test]
    fn the_shortest_bit_is_folded_first() {
        let street = Class::Street;
        let folded = |stretches: &[(&'static str, f64)]| {
            let stretches: Vec<_> = stretches.iter().map(|(name, north)| (*name, street, [0.0, *north])).collect();
            let mut walk = walk(&stretches);
            walk.fold_shortest().then(|| runs(&walk))
        };
        // Fifteen metres without a name are worth a word, five with one.
        assert_eq!(folded(&[("A", 50.0), ("", 15.0), ("B", 5.0)]), None);
        let whole = |at: usize| [at, at + 1];
        assert_eq!(
            folded(&[("A", 50.0), ("", 14.9), ("B", 50.0)]),
            Some(vec![("A", [0, 2], whole(0)), ("B", whole(2), whole(2))])
        );
        assert_eq!(folded(&[("A", 50.0), ("B", 4.9)]), Some(vec![("A", [0, 2], whole(0))]));
        assert_eq!(folded(&[("A", 4.9), ("B", 50.0)]), Some(vec![("B", [0, 2], whole(1))]));
        // Rather into what has no name either, and the shorter of two.
        assert_eq!(
            folded(&[("A", 50.0), ("B", 3.0), ("", 14.0)]),
            Some(vec![("A", whole(0), whole(0)), ("", [1, 3], whole(2))])
        );
        assert_eq!(
            folded(&[("A", 50.0), ("", 9.0), ("B", 50.0), ("", 8.0), ("A", 50.0)]).map(|runs| runs[2]),
            Some(("B", [2, 4], whole(2)))
        );
        assert_eq!(folded(&[("", 3.0)]), None, "what is alone stays");
    }

    #[test]
    fn steps_are_together_as_long_as_the_leg() {
        let street = Class::Street;
        let mut walk = walk(&[
            ("A", street, [0.0, 1.4]),
            ("B", street, [1.4, 0.0]),
            ("A", street, [0.0, 1.4]),
            ("B", street, [0.2, 0.0]),
        ]);
        walk.runs[1].name_en = Some("English");
        let steps = walk.told();
        assert_eq!(steps.iter().map(|step| step.metres).collect::<Vec<_>>(), [1, 2, 1]);
        assert_eq!((steps[0].turn, steps[0].heading, steps[0].class), (Turn::Start, Some("n"), Some("street")));
        assert_eq!(
            (steps[1].turn, steps[1].heading, steps[1].street_en.as_deref()),
            (Turn::Right, None, Some("English"))
        );
        assert_eq!((steps[2].turn, steps[2].street.as_deref()), (Turn::Left, Some("A")));
    }

    #[test]
    fn a_track_leads_somewhere_from_twenty_metres_on() {
        let heading = |east: f64, metres: f64| {
            let leg = Leg { points: vec![at(0.0, 0.0), at(east, 0.0)], streets: vec![], metres, straight: east };
            leg.steps(&[]).into_iter().map(|step| (step.heading, step.metres)).collect::<Vec<_>>()
        };
        assert_eq!(heading(20.1, 30.4), [(Some("e"), 30)]);
        assert_eq!(heading(-19.9, 30.5), [(None, 31)]);
        assert!(heading(5.0, 0.4).is_empty());
        let nowhere = Leg { points: vec![], streets: vec![], metres: 9.0, straight: 9.0 };
        assert!(nowhere.steps(&[]).is_empty());
    }

    #[test]
    fn stretches_without_length_and_unknown_streets_are_passed_over() {
        let streets = [street("A", Class::Street, &[[0.0, 0.0], [0.0, 9.0]])];
        let points = vec![at(0.0, 0.0), at(0.0, 30.0), at(0.0, 30.0), at(0.0, 60.0), at(0.0, 90.0)];
        let leg = Leg { points, streets: vec![0, 0, 0, 7], metres: 90.0, straight: 90.0 };
        let walk = Walk::new(&leg, &streets);
        assert_eq!(walk.pieces.len(), 2);
        let north = |piece: &Piece| [piece.from[1].round(), piece.to[1].round(), piece.metres.round()].to_vec();
        assert_eq!(walk.pieces.iter().map(north).collect::<Vec<_>>(), [[0.0, 30.0, 30.0], [30.0, 60.0, 30.0]]);
        assert_eq!(runs(&walk), [("A", [0, 1], [0, 1]), ("A", [1, 2], [1, 2])]);
    }
}
