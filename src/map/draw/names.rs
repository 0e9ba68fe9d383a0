//! The names of the ground: which there are, and where each may stand.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use super::geometry::{Point, clip_line, clip_ring, distance_to_segment, simplify};
use super::ground::{Ground, Piece, Shape};
use super::label::{Label, Position};
use super::place::Space;
use super::style::Style;
use crate::map::frame::WIDTH;
use crate::map::{BaseMap, Class, Kind};

/// How long a building has to be, in font sizes, to be named.
const SEEN: f64 = 0.9;

/// A name that would like a place.
#[derive(Debug)]
pub(super) struct Request<'g> {
    pub(super) label: Label,
    /// What bears the name.
    pieces: Vec<&'g Piece>,
    /// Whether it names a street on the way of the tour.
    pub(super) walked: bool,
}

/// Everything with a name in the frame, the important first, for letters of `em` units.
pub(super) fn names<'g>(
    map: &BaseMap,
    ground: &'g Ground,
    subject: &Subject,
    route: &[Vec<Point>],
    em: f64,
) -> Vec<Request<'g>> {
    let told: Vec<String> = subject.marks.iter().flat_map(|mark| parts(&mark.name)).map(letters).collect();
    // A path in a park is often called after it; the park bears the name.
    let of_areas: BTreeSet<&str> = ground
        .pieces
        .iter()
        .filter(|piece| piece.kind != Kind::Street)
        .filter_map(|piece| map.features[piece.feature].name.as_deref())
        .collect();
    let mut by_name: BTreeMap<(u8, Style, &str), Vec<&Piece>> = BTreeMap::new();
    for piece in &ground.pieces {
        let feature = &map.features[piece.feature];
        // Streets are called what their signs say.
        let english = feature.name_en.as_deref().filter(|_| subject.language == "en" && piece.kind != Kind::Street);
        let Some(name) = english.or(feature.name.as_deref()) else { continue };
        let Some((rank, style)) = rank(piece) else { continue };
        if style == Style::Street && of_areas.contains(name) {
            continue;
        }
        // A landmark is named where it can be seen.
        if piece.kind == Kind::Building && piece.size() < SEEN * em {
            continue;
        }
        let key = letters(name);
        // What the guide names is not named again.
        if style != Style::Street && style != Style::Transit && told.iter().any(|told| same(told, &key)) {
            continue;
        }
        by_name.entry((rank, style, name)).or_default().push(piece);
    }
    let is_walked = |piece: &&Piece| match &piece.shape {
        Shape::Lines(lines) => lines.iter().flat_map(|line| line.windows(2)).any(|pair| on_way(pair, route, 0.3 * em)),
        Shape::Point(_) | Shape::Areas(_) => false,
    };
    by_name
        .into_iter()
        .map(|((_, style, name), pieces)| {
            let walked = style == Style::Street && pieces.iter().any(is_walked);
            Request { label: Label::new(name, style, em), pieces, walked }
        })
        .collect()
}

impl Request<'_> {
    /// Places from the best to the worst. Each name's are made when its turn comes: all at once they fill the memory.
    pub(super) fn candidates(&self, height: f64, em: f64) -> Vec<(Space, Position)> {
        let mut candidates = vec![];
        for piece in &self.pieces {
            match &piece.shape {
                Shape::Point(point) => candidates.extend(self.label.beside(*point, 0.4 * em)),
                Shape::Lines(lines) => {
                    let inside = [0.0, 0.0, WIDTH, height];
                    let lines: Vec<Vec<Point>> = lines
                        .iter()
                        .flat_map(|line| clip_line(line, inside))
                        .map(|line| simplify(&line, 0.3 * em))
                        .collect();
                    candidates.extend(self.label.along(&lines, &[0.0, -1.15 * em, 1.15 * em]));
                }
                Shape::Areas(rings) => candidates.extend(within(&self.label, rings, height, em)),
            }
        }
        candidates
    }
}

/// Whether the middle of a segment lies on a way, within some units.
fn on_way(segment: &[Point], route: &[Vec<Point>], within: f64) -> bool {
    let (a, b) = (segment[0], segment[1]);
    let middle = [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])];
    route.iter().flat_map(|leg| leg.windows(2)).any(|pair| distance_to_segment(middle, pair[0], pair[1]) < within)
}

/// How early a piece is named, and how.
fn rank(piece: &Piece) -> Option<(u8, Style)> {
    Some(match (piece.kind, piece.class) {
        (Kind::Street, Some(Class::Avenue)) => (0, Style::Street),
        (Kind::Water, _) => (1, Style::Water),
        (Kind::Green, Some(Class::Park | Class::Meadow | Class::Forest)) => (2, Style::Green),
        (Kind::Mound | Kind::Works | Kind::Place, _) => (3, Style::Landmark),
        (Kind::Street, Some(Class::Street) | None) => (4, Style::Street),
        (Kind::Estate, _) => (5, Style::Estate),
        (Kind::Building, _) => (6, Style::Landmark),
        (Kind::Transit, _) => (7, Style::Transit),
        (Kind::Green, _) => (8, Style::Green),
        (Kind::Street, _) => (9, Style::Street),
        (Kind::Tram | Kind::Rail, _) => return None,
    })
}

/// Places in an area: far from its edges first. An area that is narrower than its name has room for it where the name
/// does not reach far out.
fn within(label: &Label, rings: &[Vec<Point>], height: f64, em: f64) -> Vec<(Space, Position)> {
    const GRID: usize = 8;
    let inside = [0.0, 0.0, WIDTH, height];
    let rings: Vec<Vec<Point>> =
        rings.iter().map(|ring| clip_ring(ring, inside)).filter(|ring| !ring.is_empty()).collect();
    let points = || rings.iter().flatten();
    if rings.is_empty() {
        return vec![];
    }
    let low = points().fold([f64::MAX; 2], |low, point| [low[0].min(point[0]), low[1].min(point[1])]);
    let high = points().fold([f64::MIN; 2], |high, point| [high[0].max(point[0]), high[1].max(point[1])]);
    let size = [high[0] - low[0], high[1] - low[1]];
    if size[0] * 1.3 < label.width || size[1] * 1.3 < label.height() {
        // A name beside the visible end of an area would seem to name what it stands on.
        let is_cut = low[0] < 1.0 || low[1] < 1.0 || high[0] > WIDTH - 1.0 || high[1] > height - 1.0;
        return if label.style == Style::Estate || is_cut {
            vec![]
        } else {
            let centre = [f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1])];
            label.beside(centre, size[1].min(size[0]) / 2.0 * 0.7 + 0.1 * em).collect()
        };
    }
    let mut found: Vec<(f64, Point)> = vec![];
    for column in 1..GRID {
        for row in 1..GRID {
            #[allow(clippy::cast_precision_loss)] // a grid of a few cells
            let share = [column as f64 / GRID as f64, row as f64 / GRID as f64];
            let point = [0, 1].map(|axis| low[axis] + share[axis] * size[axis]);
            if !contains(&rings, point) {
                continue;
            }
            let edges = rings.iter().flat_map(|ring| ring.windows(2));
            let room = edges.map(|pair| distance_to_segment(point, pair[0], pair[1])).fold(f64::MAX, f64::min);
            found.push((room, point));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, point)| label.centred(point, 0.0)).collect()
}

/// Whether a point lies in rings, by the even-odd rule.
fn contains(rings: &[Vec<Point>], [x, y]: Point) -> bool {
    let crossed = |pair: &[Point]| {
        let (a, b) = (pair[0], pair[1]);
        (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    };
    rings.iter().flat_map(|ring| ring.windows(2)).filter(|pair| crossed(pair)).count() % 2 == 1
}

/// A name and its translation in brackets: "Blok Szwedzki (The Swedish Block)".
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let split = name.split(['(', ')']).map(str::trim).map(|part| part.strip_prefix("The ").unwrap_or(part));
    split.filter(|part| !part.is_empty())
}

/// The letters of a name, all small.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two names are one, or one the beginning of the other.
fn same(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 8;
    a == b || a.len().min(b.len()) >= SHORTEST && (a.starts_with(b) || b.starts_with(a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_the_guide_says_are_one() {
        let same = |a: &str, b: &str| super::same(&letters(a), &letters(b));
        assert!(same("plac Centralny", "Plac Centralny im. Ronalda Reagana"));
        assert!(same("Blok Szwedzki", "blok szwedzki"));
        assert!(!same("Park Szwedzki", "Blok Szwedzki"));
        assert!(!same("al. Róż", "al. Różana"));
        assert_eq!(parts("Blok Szwedzki (The Swedish Block)").collect::<Vec<_>>(), ["Blok Szwedzki", "Swedish Block"]);
    }

    #[test]
    fn a_name_stands_in_the_middle_of_its_area() {
        let label = Label::new("os. Wandy", Style::Estate, 10.0);
        let ring = vec![[0.0, 0.0], [400.0, 0.0], [400.0, 400.0], [0.0, 400.0], [0.0, 0.0]];
        let (space, _) = within(&label, std::slice::from_ref(&ring), 1000.0, 10.0)[0];
        assert!(space.centre.iter().all(|at| (at - 200.0).abs() < 1e-9));
        let narrow: Vec<Point> = ring.iter().map(|[x, y]| [x / 20.0, *y]).collect();
        assert!(within(&label, &[narrow], 1000.0, 10.0).is_empty(), "an estate narrower than its name has none");
        let rings = [ring];
        assert!(contains(&rings, [10.0, 10.0]) && !contains(&rings, [410.0, 10.0]));
    }
}
