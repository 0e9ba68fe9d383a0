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
    use crate::map::draw::tests::{base_map, exact, feature, mark, subject};
    use crate::map::{Feature, Geometry};

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

    fn square(left: f64, top: f64, size: f64) -> Vec<Point> {
        let (right, bottom) = (left + size, top + size);
        vec![[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]
    }

    /// Features whose shapes in the drawing are given, and the ground that they make.
    fn town(all: Vec<(Kind, Option<Class>, &str, Shape)>) -> (BaseMap, Ground) {
        let (mut features, mut pieces): (Vec<Feature>, Vec<Piece>) = (vec![], vec![]);
        for (at, (kind, class, name, shape)) in all.into_iter().enumerate() {
            features.push(feature(kind, class, name, Geometry::Lines(vec![])));
            pieces.push(Piece { feature: at, kind, class, shape });
        }
        (base_map(features), Ground { pieces })
    }

    /// The text of a request on one line, and whether it is walked.
    fn told(request: &Request<'_>) -> (String, bool) {
        let mut out = String::new();
        request.label.write(&mut out, &request.label.centred([0.0, 0.0], 0.0).1, None);
        let text: Vec<&str> = out.split(['<', '>']).skip(2).step_by(2).filter(|part| !part.is_empty()).collect();
        (text.join(" "), request.walked)
    }

    #[test]
    fn what_has_a_name_is_asked_for_in_order() {
        let line = |y: f64| Shape::Lines(vec![vec![[100.0, y], [300.0, y]]]);
        let park = Some(Class::Park);
        let (mut map, ground) = town(vec![
            (Kind::Transit, None, "Teatr", Shape::Point([900.0, 900.0])),
            (Kind::Building, None, "Arka", Shape::Areas(vec![square(0.0, 0.0, 90.0)])),
            (Kind::Building, None, "Kiosk", Shape::Areas(vec![square(0.0, 0.0, 89.0)])),
            (Kind::Green, park, "Planty", Shape::Areas(vec![square(0.0, 0.0, 20.0)])),
            (Kind::Street, Some(Class::Path), "Planty", line(10.0)),
            (Kind::Street, Some(Class::Street), "Boczna", line(600.0)),
            (Kind::Street, None, "Boczna", line(700.0)),
            (Kind::Street, Some(Class::Avenue), "Główna", line(500.0)),
            (Kind::Water, Some(Class::River), "Dłubnia", line(500.0)),
            (Kind::Street, Some(Class::Street), "", line(500.0)),
            (Kind::Tram, None, "4", line(500.0)),
            (Kind::Works, None, "Kombinat", Shape::Areas(vec![square(0.0, 0.0, 900.0)])),
            // The guide names these: a stop and a street are called so all the same.
            (Kind::Estate, None, "Blok Szwedzki", Shape::Areas(vec![square(0.0, 0.0, 500.0)])),
            (Kind::Green, park, "swedish block", Shape::Areas(vec![square(0.0, 0.0, 500.0)])),
            (Kind::Transit, None, "Blok Szwedzki", Shape::Point([10.0, 10.0])),
            (Kind::Street, None, "Swedish Block", line(800.0)),
        ]);
        for feature in &mut map.features {
            let english = [("Planty", "Gardens"), ("Główna", "Main Street"), ("Kombinat", "Steelworks")];
            feature.name_en =
                english.iter().find(|(pl, _)| Some(*pl) == feature.name.as_deref()).map(|(_, en)| (*en).into());
        }
        let mut about = subject();
        about.marks = vec![mark([0.0, 0.0], "Blok Szwedzki (The Swedish Block)")];
        // Within a third of a letter of the avenue and the river; the side street is just too far.
        let route = [vec![[150.0, 529.0], [250.0, 529.0]], vec![[150.0, 630.0], [250.0, 630.0]]];
        let all = |subject: &Subject| -> Vec<(String, bool)> {
            names(&map, &ground, subject, &route, 100.0).iter().map(told).collect()
        };
        let expected = |planty: &str, works: &str| {
            let rest = ["Boczna", "Swedish Block", "Arka", "Blok Szwedzki", "Teatr"];
            let first = [("Główna", true), ("Dłubnia", false), (planty, false), (works, false)];
            let all = first.into_iter().chain(rest.map(|name| (name, false)));
            all.map(|(name, walked)| (name.to_string(), walked)).collect::<Vec<_>>()
        };
        assert_eq!(all(&about), expected("Planty", "Kombinat"));
        about.language = "en".into();
        assert_eq!(all(&about), expected("Gardens", "Steelworks"));
        // Both streets of one name are one request.
        let requests = names(&map, &ground, &about, &route, 100.0);
        assert_eq!(
            requests.iter().map(|request| request.pieces.len()).collect::<Vec<_>>(),
            [1, 1, 1, 1, 2, 1, 1, 1, 1]
        );
    }

    #[test]
    fn each_shape_has_its_places() {
        let candidates = |kind: Kind, shape: Shape| {
            let piece = Piece { feature: 0, kind, class: None, shape };
            let label = Label::new("Arka", Style::Transit, 10.0);
            let request = Request { label, pieces: vec![&piece], walked: false };
            let found = request.candidates(2000.0, 10.0).into_iter();
            found.map(|(space, _)| exact(&space.centre)).collect::<Vec<_>>()
        };
        // Beside a stop: its mark of four units, a gap of 2.89, and half of 19.72.
        let stop = candidates(Kind::Transit, Shape::Point([500.0, 700.0]));
        assert_eq!((stop.len(), &stop[0]), (8, &vec![516_750, 700_000]));
        // A line is cut at the frame, then its small bends are none; the label stands on it, above and below.
        let line =
            candidates(Kind::Street, Shape::Lines(vec![vec![[-600.0, 500.0], [1500.0, 502.9], [3600.0, 500.0]]]));
        assert_eq!((line.len(), &line[0]), (15, &vec![1_500_000, 500_829]));
        assert_eq!([line[5][1], line[10][1]], [489_329, 512_329]);
        let bent = candidates(Kind::Street, Shape::Lines(vec![vec![[0.0, 500.0], [1500.0, 503.1], [3000.0, 500.0]]]));
        assert_eq!(bent.len(), 30);
        assert_eq!(
            candidates(Kind::Street, Shape::Lines(vec![vec![[500.0, 1000.0], [500.0, 3000.0]]]))[0],
            [500_000, 1_500_000]
        );
        // In an area, as high as the frame.
        let area = candidates(Kind::Green, Shape::Areas(vec![square(100.0, 1800.0, 400.0)]));
        assert_eq!((area.len(), &area[0]), (49, &vec![200_000, 1_900_000]));
    }

    #[test]
    fn an_area_is_named_far_from_its_edges() {
        let label = Label::new("Arka", Style::Green, 10.0);
        let places = |rings: &[Vec<Point>]| -> Vec<Vec<i64>> {
            within(&label, rings, 1000.0, 10.0).iter().map(|(space, _)| exact(&space.centre)).collect()
        };
        // Round a hole: a grid of seven by seven without what is in it.
        let found = places(&[square(100.0, 100.0, 400.0), square(240.0, 240.0, 120.0)]);
        let corners =
            [[200i64, 200], [200, 400], [400, 200], [400, 400]].map(|at| at.map(|number| number * 1000).to_vec());
        assert_eq!((found.len(), &found[..4]), (40, &corners[..]));
        // In the wide end of an angle, as its upright rectangle has no middle.
        let angle = [
            [100.0, 200.0],
            [900.0, 200.0],
            [900.0, 280.0],
            [420.0, 280.0],
            [420.0, 600.0],
            [100.0, 600.0],
            [100.0, 200.0],
        ];
        assert_eq!(places(&[angle.to_vec()])[0], [300_000, 350_000]);
        assert_eq!(
            places(&[square(100.0, 100.0, 400.0), square(2000.0, 5000.0, 400.0)]).len(),
            49,
            "the second is not seen"
        );
        assert!(places(&[square(5000.0, 100.0, 400.0)]).is_empty() && places(&[]).is_empty());
    }

    #[test]
    fn an_area_narrower_than_its_name_has_it_beside() {
        let mut label = Label::new("Arka", Style::Green, 10.0);
        label.width = 130.0;
        let ring = |left: f64, top: f64, width: f64, height: f64| {
            let [x, y] = [left + width, top + height];
            vec![vec![[left, top], [x, top], [x, y], [left, y], [left, top]]]
        };
        let first =
            |rings: &[Vec<Point>]| within(&label, rings, 1000.0, 10.0).first().map(|(space, _)| exact(&space.centre));
        let high = label.height() / 1.3;
        // Wide enough to a hair: the best of the grid. Narrower: from the middle on 34.65 of the area, 1, a gap of 3.06, half of the
        // label.
        assert_eq!(first(&ring(200.0, 300.0, 100.0, 100.0)), Some(vec![250_000, 350_000]));
        assert_eq!(first(&ring(200.0, 300.0, 99.0, 100.0)), Some(vec![353_210, 350_000]));
        assert_eq!(first(&ring(200.0, 300.0, 400.0, high + 0.1)).map(|at| at[0]), Some(250_000));
        let low = first(&ring(200.0, 300.0, 400.0, high - 0.1)).unwrap();
        assert_eq!(low[0], exact(&[400.0 + (high - 0.1) * 0.35 + 1.0 + 3.06 + 65.0])[0]);
        // Cut at the frame, which is 3000 by 1000, it would name what it stands on.
        for (left, top, is_named) in [
            (0.9, 300.0, false),
            (1.0, 300.0, true),
            (2979.1, 300.0, false),
            (2979.0, 300.0, true),
            (300.0, 0.9, false),
            (300.0, 1.0, true),
            (300.0, 979.1, false),
            (300.0, 979.0, true),
        ] {
            assert_eq!(first(&ring(left, top, 20.0, 20.0)).is_some(), is_named, "{left} {top}");
        }
        label.style = Style::Estate;
        assert!(within(&label, &ring(200.0, 300.0, 99.0, 100.0), 1000.0, 10.0).is_empty());
    }

    #[test]
    fn the_even_odd_rule_counts_each_vertex_once() {
        let slope = vec![[100.0, 200.0], [110.0, 200.0], [100.0, 220.0], [100.0, 200.0]];
        let diamond = vec![[5.0, 0.0], [10.0, 5.0], [5.0, 10.0], [0.0, 5.0], [5.0, 0.0]];
        for (rings, point, expected) in [
            (vec![slope.clone()], [104.0, 208.0], true),
            (vec![slope.clone()], [106.0, 212.0], false),
            (vec![slope.clone()], [101.0, 217.0], true),
            (vec![slope.clone()], [102.0, 217.0], false),
            (vec![slope.clone()], [99.0, 208.0], false),
            (vec![slope], [104.0, 199.0], false),
            (vec![diamond.clone()], [5.0, 5.0], true),
            (vec![diamond.clone()], [-1.0, 5.0], false),
            (vec![diamond.clone()], [11.0, 5.0], false),
            (vec![diamond.clone()], [-1.0, 0.0], false),
            (vec![diamond], [-1.0, 10.0], false),
            (vec![square(0.0, 0.0, 10.0)], [0.0, 5.0], true),
            (vec![square(0.0, 0.0, 10.0)], [10.0, 5.0], false),
            (vec![square(0.0, 0.0, 10.0), square(2.0, 2.0, 6.0)], [5.0, 5.0], false),
            (vec![square(0.0, 0.0, 10.0), square(2.0, 2.0, 6.0)], [1.0, 5.0], true),
            (vec![square(0.0, 0.0, 10.0), square(20.0, 0.0, 10.0)], [25.0, 5.0], true),
        ] {
            assert_eq!(contains(&rings, point), expected, "{rings:?} {point:?}");
        }
    }

    #[test]
    fn a_street_is_on_the_way_where_its_middle_is() {
        let route = [vec![[0.0, 3.0], [10.0, 3.0]], vec![[100.0, 3.0], [110.0, 3.0]]];
        for (segment, within, expected) in [
            ([[0.0, 0.0], [10.0, 0.0]], 3.1, true),
            ([[0.0, 0.0], [10.0, 0.0]], 3.0, false),
            // Its middle counts, not its ends; between the legs is no way.
            ([[-40.0, -37.0], [50.0, 43.0]], 1.0, true),
            ([[10.0, 3.0], [90.0, 3.0]], 5.0, false),
            ([[104.0, 1.0], [106.0, 1.0]], 3.0, true),
        ] {
            assert_eq!(on_way(&segment, &route, within), expected, "{segment:?}");
        }
    }

    #[test]
    fn the_important_is_named_first() {
        use Style::{Estate, Green, Landmark, Street, Transit, Water};
        for (kind, class, expected) in [
            (Kind::Street, Some(Class::Avenue), Some((0, Street))),
            (Kind::Water, Some(Class::River), Some((1, Water))),
            (Kind::Water, None, Some((1, Water))),
            (Kind::Green, Some(Class::Park), Some((2, Green))),
            (Kind::Green, Some(Class::Meadow), Some((2, Green))),
            (Kind::Green, Some(Class::Forest), Some((2, Green))),
            (Kind::Mound, None, Some((3, Landmark))),
            (Kind::Works, None, Some((3, Landmark))),
            (Kind::Place, None, Some((3, Landmark))),
            (Kind::Street, Some(Class::Street), Some((4, Street))),
            (Kind::Street, None, Some((4, Street))),
            (Kind::Estate, None, Some((5, Estate))),
            (Kind::Building, None, Some((6, Landmark))),
            (Kind::Transit, None, Some((7, Transit))),
            (Kind::Green, Some(Class::Fort), Some((8, Green))),
            (Kind::Green, None, Some((8, Green))),
            (Kind::Street, Some(Class::Path), Some((9, Street))),
            (Kind::Street, Some(Class::Cycle), Some((9, Street))),
            (Kind::Tram, None, None),
            (Kind::Rail, None, None),
        ] {
            let piece = Piece { feature: 0, kind, class, shape: Shape::Point([0.0, 0.0]) };
            assert_eq!(rank(&piece), expected, "{kind:?} {class:?}");
        }
    }

    #[test]
    fn names_are_compared_by_their_letters() {
        assert_eq!(letters("Al. Jana Pawła II, 3-go"), "aljanapawłaii3go");
        for (a, b, expected) in [
            ("abcdefgh", "abcdefghi", true),
            ("abcdefghi", "abcdefgh", true),
            ("abcdefg", "abcdefgh", false),
            ("abcdefgh", "abcdefgx", false),
            ("abc", "abc", true),
            ("", "abcdefgh", false),
        ] {
            assert_eq!(same(a, b), expected, "{a} {b}");
        }
        assert_eq!(parts("Arka").collect::<Vec<_>>(), ["Arka"]);
        assert_eq!(parts("(The Ark) Arka ()").collect::<Vec<_>>(), ["Ark", "Arka"]);
    }
}
