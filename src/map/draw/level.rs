//! One level: what has a size on the screen, at one size.

use std::fmt::Write as _;

use super::geometry::{Point, Rect, length, path_data, simplify, whole};
use super::ground::{Ground, Shape, write_path};
use super::label::{Label, Position};
use super::names::names;
use super::place::{ASCENT, Space, Taken};
use super::style::{STYLES, Style};
use super::{Mark, Subject, text};
use crate::map::export::xml;
use crate::map::frame::WIDTH;
use crate::map::{BaseMap, Kind};

/// Height of letters in pixels where a map is as wide as its level begins.
const LETTERS: f64 = 13.0;

/// Radius of a numbered mark, of the ring round the first and the last, of any other mark and of a mark's dot, in font sizes.
const NUMBER: f64 = 0.92;
const RING: f64 = 1.16;
const MARK: f64 = 0.74;
const DOT: f64 = 0.36;

/// Lengths a scale bar may have, in metres.
const BARS: [f64; 10] = [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0];

/// The ways of a map: other tours', then the subject's own over a broader line in the colour of the paper.
pub(super) fn write_ways(out: &mut String, subject: &Subject) {
    let data = |lines: &[Vec<crate::guide::Coordinates>]| {
        let lines: Vec<Vec<Point>> = lines.iter().map(|line| in_units(subject, line)).collect();
        let mut data = String::new();
        path_data(&mut data, &lines, false);
        data
    };
    write_path(out, "way tour", &data(&subject.ways));
    let route = data(&subject.route);
    write_path(out, "approach", &data(&subject.approaches));
    write_path(out, "route-edge", &route);
    write_path(out, "route", &route);
}

fn in_units(subject: &Subject, line: &[crate::guide::Coordinates]) -> Vec<Point> {
    simplify(&line.iter().map(|point| subject.frame.units(*point)).collect::<Vec<_>>(), 1.0)
}

/// A level whose maps show `unit` units in a pixel at their narrowest.
pub(super) fn draw(map: &BaseMap, ground: &Ground, subject: &Subject, unit: f64) -> String {
    let em = LETTERS * unit;
    let frame: Rect = [0.0, 0.0, WIDTH, subject.frame.height];
    let edge = 0.3 * em;
    let mut taken = Taken::new([edge, edge, WIDTH - edge, subject.frame.height - edge], 6.0 * em);
    let mut out = String::new();
    let route: Vec<Vec<Point>> = subject.route.iter().map(|leg| in_units(subject, leg)).collect();
    let ways: Vec<Vec<Point>> = subject.ways.iter().map(|way| in_units(subject, way)).collect();

    let numbered = spread(subject, em, frame);
    for (centre, _) in &numbered {
        taken.take(Space::upright(*centre, [RING * em * 1.06; 2]), true);
    }
    let mut marked: Vec<(&Mark, Point, bool)> = marks(subject, em, &mut taken);
    for pair in route.iter().flat_map(|leg| leg.windows(2)) {
        taken.take(Space::along(pair[0], pair[1], 0.3 * em), true);
    }
    write_scale(&mut out, subject.frame.scale, em, &mut taken, subject.frame.height);
    write_north(&mut out, em, &mut taken);
    for line in &subject.approaches {
        let [a, b] = [0, 1].map(|at| subject.frame.units(line[at]));
        taken.take(Space::along(a, b, 0.15 * em), false);
    }
    for pair in ways.iter().flat_map(|leg| leg.windows(2)) {
        taken.take(Space::along(pair[0], pair[1], 0.15 * em), false);
    }
    for piece in &ground.pieces {
        match &piece.shape {
            Shape::Point(point) if matches!(piece.kind, Kind::Transit | Kind::Mound) => {
                taken.take(Space::upright(*point, [0.35 * em; 2]), false);
            }
            Shape::Areas(rings) if piece.kind == Kind::Building => {
                for ring in rings {
                    taken.take(box_of(ring), false);
                }
            }
            _ => {}
        }
    }

    let mut texts: Vec<(Style, String)> = vec![];
    let mut write = |label: &Label, position: &Position, kind: Option<&str>| {
        let mut text = String::new();
        label.write(&mut text, position, kind);
        texts.push((label.style, text));
    };
    // What the map is about comes first, then the streets that are walked, then the rest of the guide.
    let own = numbered.iter().map(|(centre, mark)| (*mark, *centre, RING));
    let others = marked.iter().map(|(mark, centre, full)| (*mark, *centre, if *full { MARK } else { DOT }));
    let mut guide: Vec<(&Mark, Point, f64)> = own.chain(others).collect();
    guide.sort_by_key(|(mark, ..)| !mark.main);
    let about = guide.iter().filter(|(mark, ..)| mark.main).count();
    let label_guide =
        |marks: &[(&Mark, Point, f64)], taken: &mut Taken, write: &mut dyn FnMut(&Label, &Position, Option<&str>)| {
            for (mark, centre, radius) in marks {
                let style = if mark.main { Style::Stop } else { Style::Mark };
                let label = Label::new(&mark.name, style, em);
                if let Some(position) = taken.best(label.beside(*centre, radius * em)) {
                    write(&label, &position, (!mark.main).then_some(mark.kind));
                }
            }
        };
    label_guide(&guide[..about], &mut taken, &mut write);
    let requests = names(map, ground, subject, &route, em);
    let (walked, rest): (Vec<_>, Vec<_>) = requests.into_iter().partition(|request| request.walked);
    for request in walked {
        if let Some(position) = taken.best(request.candidates(subject.frame.height, em)) {
            write(&request.label, &position, None);
        }
    }
    label_guide(&guide[about..], &mut taken, &mut write);
    for request in rest {
        if let Some(position) = taken.best(request.candidates(subject.frame.height, em)) {
            write(&request.label, &position, None);
        }
    }

    write_arrows(&mut out, &route, &numbered, em);
    // A dot never covers a mark that leads somewhere.
    marked.sort_by_key(|(_, _, full)| *full);
    for (mark, centre, full) in &marked {
        write_mark(&mut out, mark, *centre, *full, em);
    }
    for style in STYLES {
        let of: String = texts.iter().filter(|(of, _)| *of == style).map(|(_, text)| text.as_str()).collect();
        if !of.is_empty() {
            let _ = write!(out, "<g class=\"{}\" font-size=\"{}em\">{of}</g>", style.class(), style.size());
        }
    }
    for (index, (centre, mark)) in numbered.iter().enumerate() {
        let at = subject.frame.units(mark.at);
        write_number(&mut out, mark, at, *centre, index == 0 || index + 1 == numbered.len(), em);
    }
    out
}

/// The numbered stops, moved apart where their marks would overlap (each pair a little, again and again).
fn spread(subject: &Subject, em: f64, [left, top, right, bottom]: Rect) -> Vec<(Point, &Mark)> {
    let marks: Vec<&Mark> = subject.marks.iter().filter(|mark| mark.number.is_some()).collect();
    let mut centres: Vec<Point> = marks.iter().map(|mark| subject.frame.units(mark.at)).collect();
    let apart = 2.1 * RING * em;
    let margin = 1.6 * NUMBER * em;
    for _ in 0..200 {
        let mut moved = false;
        for a in 0..centres.len() {
            for b in a + 1..centres.len() {
                let (dx, dy) = (centres[b][0] - centres[a][0], centres[b][1] - centres[a][1]);
                let distance = dx.hypot(dy);
                if distance >= apart - 0.5 {
                    continue;
                }
                moved = true;
                // Stops at one point part sideways.
                let (ux, uy) = if distance > 1e-6 { (dx / distance, dy / distance) } else { (1.0, 0.0) };
                let step = (apart - distance) / 2.0;
                for (at, sign) in [(a, -1.0), (b, 1.0)] {
                    centres[at][0] = (centres[at][0] + sign * step * ux).clamp(left + margin, right - margin);
                    centres[at][1] = (centres[at][1] + sign * step * uy).clamp(top + margin, bottom - margin);
                }
            }
        }
        if !moved {
            break;
        }
    }
    centres.into_iter().zip(marks).collect()
}

/// Where the other marks stand, and whether there is room for more than a dot.
fn marks<'s>(subject: &'s Subject, em: f64, taken: &mut Taken) -> Vec<(&'s Mark, Point, bool)> {
    // A place is where it is; what only happens there may stand beside it.
    let shift = 2.2 * MARK * em;
    let near = [[0.0, 0.0], [1.0, 0.0], [-1.0, 0.0], [0.0, -1.0], [0.0, 1.0]];
    let mut placed = vec![];
    for mark in subject.marks.iter().filter(|mark| mark.number.is_none()) {
        let [x, y] = subject.frame.units(mark.at);
        let space = |[dx, dy]: [f64; 2]| {
            let centre = [x + dx * shift, y + dy * shift];
            (Space::upright(centre, [MARK * em * 1.08; 2]), centre)
        };
        let steps = if matches!(mark.kind, "legend" | "tour") { near.len() } else { 1 };
        let full =
            if mark.main || mark.url.is_some() { taken.best(near.into_iter().take(steps).map(space)) } else { None };
        match full {
            Some(centre) => placed.push((mark, centre, true)),
            None if x > 0.0 && y > 0.0 && x < WIDTH && y < subject.frame.height => {
                taken.take(Space::upright([x, y], [DOT * em; 2]), false);
                placed.push((mark, [x, y], false));
            }
            None => {}
        }
    }
    placed
}

fn write_mark(out: &mut String, mark: &Mark, [x, y]: Point, full: bool, em: f64) {
    let main = if mark.main { " main" } else { "" };
    let kind = mark.kind;
    let [cx, cy] = [whole(x), whole(y)];
    // Writing into memory cannot fail.
    if !full {
        let _ = write!(out, "<circle class=\"dot {kind}\" cx=\"{cx}\" cy=\"{cy}\" r=\"{DOT}em\"/>");
        return;
    }
    let r = MARK * em * 0.92;
    let point = |dx: f64, dy: f64| format!("{} {}", whole(x + dx * r), whole(y + dy * r));
    let shape = match kind {
        "place" => format!("<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{}\"/>", whole(r * 0.9)),
        "legend" => {
            format!("<path d=\"M{}L{}L{}L{}z\"/>", point(0.0, -1.0), point(1.0, 0.0), point(0.0, 1.0), point(-1.0, 0.0))
        }
        "tour" => format!("<path d=\"M{}L{}L{}z\"/>", point(0.0, -0.95), point(0.95, 0.8), point(-0.95, 0.8)),
        _ => format!(
            "<path d=\"M{}L{}L{}L{}z\"/>",
            point(-0.8, -0.8),
            point(0.8, -0.8),
            point(0.8, 0.8),
            point(-0.8, 0.8)
        ),
    };
    let _ = match &mark.url {
        Some(url) => write!(
            out,
            "<a class=\"mark {kind}{main}\" href=\"{}\" aria-label=\"{}\">{shape}</a>",
            xml(url),
            xml(&mark.name)
        ),
        None => write!(out, "<g class=\"mark {kind}{main}\">{shape}</g>"),
    };
}

/// A stop's number; a ring round it where the tour begins and ends.
fn write_number(out: &mut String, mark: &Mark, at: Point, centre: Point, ends: bool, em: f64) {
    let [x, y] = centre.map(whole);
    if (at[0] - centre[0]).hypot(at[1] - centre[1]) > 0.5 * NUMBER * em {
        // A mark that had to move points back to its stop.
        let [ax, ay] = at.map(whole);
        let _ = write!(
            out,
            "<path class=\"lead\" d=\"M{ax} {ay}L{x} {y}\"/><circle class=\"lead\" cx=\"{ax}\" cy=\"{ay}\" r=\".22em\"/>"
        );
    }
    let number = mark.number.unwrap_or_default();
    let ring =
        if ends { format!("<circle class=\"ring\" cx=\"{x}\" cy=\"{y}\" r=\"{RING}em\"/>") } else { String::new() };
    let _ = write!(
        out,
        "<g class=\"number\">{ring}<circle cx=\"{x}\" cy=\"{y}\" r=\"{NUMBER}em\"/><text x=\"{x}\" y=\"{y}\" dy=\".35em\">{number}</text></g>"
    );
}

/// Arrows along the way, where no number covers it.
fn write_arrows(out: &mut String, route: &[Vec<Point>], numbered: &[(Point, &Mark)], em: f64) {
    let (every, long) = (9.0 * em, 0.3 * em);
    let mut lines: Vec<Vec<Point>> = vec![];
    let mut tips: Vec<Point> = vec![];
    for leg in route {
        let whole_length = length(leg);
        let count = (whole_length / every).round().max(1.0);
        let step = whole_length / count;
        let mut next = step / 2.0;
        let mut walked = 0.0;
        for pair in leg.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let piece = (b[0] - a[0]).hypot(b[1] - a[1]);
            while piece > 0.0 && next <= walked + piece {
                let share = (next - walked) / piece;
                let tip = [0, 1].map(|axis| a[axis] + share * (b[axis] - a[axis]));
                let (ux, uy) = ((b[0] - a[0]) / piece, (b[1] - a[1]) / piece);
                let far = |at: &Point, least: f64| (at[0] - tip[0]).hypot(at[1] - tip[1]) > least * em;
                let free = numbered.iter().all(|(at, _)| far(at, 1.5)) && tips.iter().all(|at| far(at, 1.2));
                // On a piece that is too short the arrow would point past the bend.
                if free && piece > long {
                    tips.push(tip);
                    let wing = |side: f64| {
                        [tip[0] - long * (0.5 * ux + side * 0.62 * uy), tip[1] - long * (0.5 * uy - side * 0.62 * ux)]
                    };
                    let tip = [tip[0] + 0.5 * long * ux, tip[1] + 0.5 * long * uy];
                    lines.push(vec![wing(1.0), tip, wing(-1.0)]);
                }
                next += step;
            }
            walked += piece;
        }
    }
    let mut data = String::new();
    path_data(&mut data, &lines, false);
    write_path(out, "arrows", &data);
}

/// The scale bar, in a corner that is free.
fn write_scale(out: &mut String, scale: f64, em: f64, taken: &mut Taken, height: f64) {
    let metres = BARS.iter().rev().find(|metres| **metres * scale <= 9.0 * em).unwrap_or(&BARS[0]);
    let long = metres * scale;
    let text = if *metres < 1000.0 { format!("{metres}\u{a0}m") } else { format!("{}\u{a0}km", metres / 1000.0) };
    let half = [long.max(text::width(&text) * em) / 2.0 + 0.2 * em, 0.95 * em];
    let (x, y) = (half[0] + 0.5 * em, half[1] + 0.4 * em);
    let middle = WIDTH / 2.0;
    let corners = [[x, height - y], [WIDTH - x, height - y], [x, y], [WIDTH - x, y], [middle, height - y], [middle, y]];
    if let Some([x, y]) = taken.best(corners.map(|corner| (Space::upright(corner, half), corner))) {
        let [left, low, right] = [x - long / 2.0, y + 0.75 * em, x + long / 2.0].map(whole);
        let tick = whole(0.4 * em);
        let _ = write!(
            out,
            "<g class=\"scale\"><path d=\"M{left} {}v{tick}H{right}v-{tick}\"/><text x=\"{}\" y=\"{}\">{text}</text></g>",
            low - tick,
            whole(x),
            whole(y - 0.85 * em + ASCENT * em * 0.9),
        );
    }
}

/// The arrow to the north, in a corner that is free.
fn write_north(out: &mut String, em: f64, taken: &mut Taken) {
    let half = [0.75 * em, 1.35 * em];
    let (x, y) = (half[0] + 0.4 * em, half[1] + 0.4 * em);
    let corners = [[WIDTH - x, y], [x, y], [WIDTH / 2.0, y], [WIDTH - x, WIDTH / 4.0], [x, WIDTH / 4.0]];
    if let Some([x, y]) = taken.best(corners.map(|corner| (Space::upright(corner, half), corner))) {
        let at = |dx: f64, dy: f64| format!("{} {}", whole(x + dx * em), whole(y + dy * em));
        let _ = write!(
            out,
            "<g class=\"north\"><path d=\"M{}L{}L{}L{}z\"/><text x=\"{}\" y=\"{}\">N</text></g>",
            at(0.0, -1.25),
            at(0.5, 0.1),
            at(0.0, -0.2),
            at(-0.5, 0.1),
            whole(x),
            whole(y + 1.15 * em),
        );
    }
}

/// The upright rectangle round a ring.
fn box_of(ring: &[Point]) -> Space {
    let low = ring.iter().fold([f64::MAX; 2], |low, point| [low[0].min(point[0]), low[1].min(point[1])]);
    let high = ring.iter().fold([f64::MIN; 2], |high, point| [high[0].max(point[0]), high[1].max(point[1])]);
    let centre = [f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1])];
    Space::upright(centre, [(high[0] - low[0]) / 2.0, (high[1] - low[1]) / 2.0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Coordinates;
    use crate::map::draw::tests::{area, at, base_map, exact, feature, line, mark, subject};
    use crate::map::{Class, Feature, Geometry};

    /// Height of letters in most tests.
    const EM: f64 = 100.0;

    fn free() -> Taken {
        Taken::new([0.0, 0.0, WIDTH, 2000.0], 500.0)
    }

    fn stop(number: usize, point: [f64; 2]) -> Mark {
        Mark { number: Some(number), main: true, ..mark(point, "") }
    }

    /// What is drawn of a subject where a pixel is ten units, so that letters are 130 units high.
    fn drawn(map: &BaseMap, subject: &Subject) -> String {
        draw(map, &Ground::new(map, &subject.frame), subject, 10.0)
    }

    #[test]
    fn ways_are_drawn_under_the_way_of_the_tour() {
        let mut about = subject();
        about.ways = vec![line(&[[100.0, 200.0], [400.0, 200.0]]), line(&[[0.0, 0.0], [0.0, 50.0]])];
        about.approaches = vec![line(&[[100.0, 100.0], [103.0, 104.0]])];
        // A bend of less than a unit is none.
        about.route = vec![line(&[[500.0, 600.0], [550.0, 600.9], [600.0, 600.0]])];
        let mut out = String::new();
        write_ways(&mut out, &about);
        assert_eq!(
            out,
            "<path class=\"way tour\" d=\"M100 200h300m-400-200v50\"/><path class=\"approach\" d=\"M100 100l3 4\"/>\
             <path class=\"route-edge\" d=\"M500 600h100\"/><path class=\"route\" d=\"M500 600h100\"/>"
        );
    }

    #[test]
    fn the_scale_bar_is_the_longest_that_fits_in_the_first_free_corner() {
        let write = |scale: f64, taken: &mut Taken| {
            let mut out = String::new();
            write_scale(&mut out, scale, EM, taken, 2000.0);
            out
        };
        // A kilometre in 500 units: from 70 to 570, the ticks 40 high, the text 85 above the middle.
        let mut taken = free();
        assert_eq!(
            write(0.5, &mut taken),
            "<g class=\"scale\"><path d=\"M70 1900v40H570v-40\"/><text x=\"320\" y=\"1866\">1\u{a0}km</text></g>"
        );
        let starts: Vec<String> = (0..6)
            .map(|_| write(0.5, &mut taken))
            .map(|text| text.split(['"', 'v']).nth(3).unwrap_or_default().to_string())
            .collect();
        assert_eq!(starts, ["M2430 1900", "M70 170", "M2430 170", "M1250 1900", "M1250 170", ""]);
        for (scale, bar) in [
            (1.0, "M70 1900v40H570v-40\"/><text x=\"320\" y=\"1866\">500\u{a0}m<"),
            (0.9, "M70 1900v40H970v-40\"/><text x=\"520\" y=\"1866\">1\u{a0}km<"),
            (0.901, "500\u{a0}m<"),
            (0.18, ">5\u{a0}km<"),
            (80.0, "M70 1900v40H870v-40\"/><text x=\"470\" y=\"1866\">10\u{a0}m<"),
            (100.0, ">10\u{a0}m<"),
            // Where no bar is long enough, its words need more room than it does.
            (0.001, "M226 1900v40H236v-40\"/><text x=\"231\" y=\"1866\">10\u{a0}km<"),
        ] {
            let text = write(scale, &mut free());
            assert!(text.contains(bar), "{scale}: {text}");
        }
        let mut low = String::new();
        write_scale(&mut low, 0.5, 50.0, &mut Taken::new([0.0, 0.0, WIDTH, 900.0], 500.0), 900.0);
        assert_eq!(
            low,
            "<g class=\"scale\"><path d=\"M35 850v20H285v-20\"/><text x=\"160\" y=\"833\">500\u{a0}m</text></g>"
        );
    }

    #[test]
    fn the_arrow_to_the_north_is_in_the_first_free_corner() {
        let mut taken = free();
        let mut write = || {
            let mut out = String::new();
            write_north(&mut out, EM, &mut taken);
            out
        };
        assert_eq!(
            write(),
            "<g class=\"north\"><path d=\"M2885 50L2935 185L2885 155L2835 185z\"/><text x=\"2885\" y=\"290\">N</text></g>"
        );
        let tips: Vec<String> =
            (0..5).map(|_| write()).map(|text| text.split(['"', 'L']).nth(3).unwrap_or_default().to_string()).collect();
        assert_eq!(tips, ["M115 50", "M1500 50", "M2885 625", "M115 625", ""]);
    }

    #[test]
    fn numbers_are_ringed_at_the_ends_and_lead_back_to_their_stops() {
        let write = |from: Point, ends: bool| {
            let mut out = String::new();
            write_number(&mut out, &stop(3, [0.0, 0.0]), from, [500.0, 600.0], ends, EM);
            out
        };
        let ring = "<circle class=\"ring\" cx=\"500\" cy=\"600\" r=\"1.16em\"/>";
        let number = |ring: &str| {
            format!(
                "<g class=\"number\">{ring}<circle cx=\"500\" cy=\"600\" r=\"0.92em\"/>\
                 <text x=\"500\" y=\"600\" dy=\".35em\">3</text></g>"
            )
        };
        assert_eq!(write([500.0, 600.0], true), number(ring));
        assert_eq!(write([546.0, 600.0], false), number(""), "half of the mark's radius is no way to go");
        for ([x, y], at) in [([547.0, 600.0], "547 600"), ([500.0, 553.0], "500 553"), ([464.0, 570.0], "464 570")] {
            let lead = format!(
                "<path class=\"lead\" d=\"M{at}L500 600\"/><circle class=\"lead\" cx=\"{x}\" cy=\"{y}\" r=\".22em\"/>"
            );
            assert_eq!(write([x, y], false), format!("{lead}{}", number("")));
        }
    }

    #[test]
    fn marks_have_the_shape_of_their_kind() {
        let write = |mark: &Mark, full: bool| {
            let mut out = String::new();
            write_mark(&mut out, mark, [500.0, 600.0], full, EM);
            out
        };
        for (kind, shape) in [
            ("place", "<circle cx=\"500\" cy=\"600\" r=\"61\"/>"),
            ("legend", "<path d=\"M500 532L568 600L500 668L432 600z\"/>"),
            ("tour", "<path d=\"M500 535L565 654L435 654z\"/>"),
            ("organisation", "<path d=\"M446 546L554 546L554 654L446 654z\"/>"),
        ] {
            let mut mark = Mark { kind, ..mark([0.0, 0.0], "A & B") };
            assert_eq!(write(&mark, true), format!("<g class=\"mark {kind}\">{shape}</g>"));
            let dot = format!("<circle class=\"dot {kind}\" cx=\"500\" cy=\"600\" r=\"0.36em\"/>");
            assert_eq!(write(&mark, false), dot);
            mark.main = true;
            mark.url = Some("/x?a&b".into());
            let link =
                format!("<a class=\"mark {kind} main\" href=\"/x?a&amp;b\" aria-label=\"A &amp; B\">{shape}</a>");
            assert_eq!(write(&mark, true), link);
        }
    }

    #[test]
    fn arrows_point_along_the_way() {
        let write = |legs: &[&[Point]], numbered: &[Point]| {
            let (mut out, mark) = (String::new(), mark([0.0, 0.0], ""));
            let route: Vec<Vec<Point>> = legs.iter().map(|leg| leg.to_vec()).collect();
            let numbered: Vec<(Point, &Mark)> = numbered.iter().map(|at| (*at, &mark)).collect();
            write_arrows(&mut out, &route, &numbered, EM);
            let data = out.strip_prefix("<path class=\"arrows\" d=\"").and_then(|out| out.strip_suffix("\"/>"));
            data.unwrap_or(&out).to_string()
        };
        let long: &[Point] = &[[0.0, 0.0], [1800.0, 0.0]];
        // Each nine letters: the first after half of that.
        assert_eq!(write(&[long], &[]), "M435 19l30-19-30-19m900 38 30-19-30-19");
        // In pieces the same, also where a point is there twice.
        assert_eq!(
            write(&[&[[0.0, 0.0], [300.0, 0.0], [300.0, 0.0], [1000.0, 0.0], [1800.0, 0.0]]], &[]),
            "M435 19l30-19-30-19m900 38 30-19-30-19"
        );
        // A slope of 3 to 4, once in each leg however short.
        assert_eq!(write(&[&[[1000.0, 1000.0], [1540.0, 1720.0]]], &[]), "M1246 1359l33 13-3-35");
        assert_eq!(write(&[&[[1000.0, 1000.0], [1060.0, 1080.0]]], &[]), "M1006 1039l33 13-3-35");
        assert_eq!(write(&[&[[0.0, 500.0], [0.0, 400.0]]], &[]), "M19 465l-19-30-19 30");
        // Not below a number, nor beside another arrow, nor on a piece as short as itself.
        assert_eq!(write(&[long], &[[450.0, 150.0]]), "M1335 19l30-19-30-19");
        assert_eq!(write(&[long], &[[450.0, 151.0], [1470.0, 90.0]]), "M435 19l30-19-30-19");
        let beside = |y: f64| write(&[&[[0.0, 0.0], [900.0, 0.0]], &[[0.0, y], [900.0, y]]], &[]);
        assert_eq!(beside(120.0), "M435 19l30-19-30-19");
        assert_eq!(beside(121.0), "M435 19l30-19-30-19m0 159 30-19-30-19");
        assert_eq!(write(&[&[[0.0, 0.0], [435.0, 0.0], [435.0, 30.0], [870.0, 30.0]]], &[]), "");
        let bent: &[Point] = &[[0.0, 0.0], [434.0, 0.0], [434.0, 32.0], [868.0, 32.0]];
        assert_eq!(write(&[bent], &[]), "M415 1l19 30 19-30");
        assert_eq!(write(&[&[[5.0, 5.0], [5.0, 5.0]]], &[]), "");
    }

    #[test]
    fn numbers_part_where_they_would_overlap() {
        let frame = [0.0, 0.0, WIDTH, 2000.0];
        let spread = |points: &[Point]| -> Vec<Vec<i64>> {
            let mut about = subject();
            about.marks = points.iter().enumerate().map(|(at, point)| stop(at + 1, *point)).collect();
            about.marks.insert(0, mark([1000.0, 1000.0], "no stop"));
            let found = spread(&about, EM, frame);
            assert!(found.iter().zip(1..).all(|((_, mark), number)| mark.number == Some(number)));
            found.iter().map(|(centre, _)| exact(centre)).collect()
        };
        let at = |points: &[Point]| points.iter().map(exact).collect::<Vec<_>>();
        // Far enough is 243.6, to half a unit.
        let far = [[1000.0, 1000.0], [1243.2, 1000.0]];
        assert_eq!(spread(&far), at(&far));
        assert_eq!(spread(&[[1000.0, 1000.0], [1243.0, 1000.0]]), at(&[[999.7, 1000.0], [1243.3, 1000.0]]));
        assert_eq!(spread(&[[1000.0, 1000.0], [1060.0, 1080.0]]), at(&[[956.92, 942.56], [1103.08, 1137.44]]));
        assert_eq!(spread(&[[1060.0, 1080.0], [1000.0, 1000.0]]), at(&[[1103.08, 1137.44], [956.92, 942.56]]));
        assert_eq!(spread(&[[1000.0, 1000.0]; 2]), at(&[[878.2, 1000.0], [1121.8, 1000.0]]));
        assert_eq!(spread(&[[10.0, 10.0]]), at(&[[10.0, 10.0]]), "one alone stays");
        // At the edges they stay 147.2 inside, and go as far apart along them as they have to.
        for (corner, inner, along) in [([10.0, 10.0], [147.2, 147.2], 1), ([2990.0, 1990.0], [2852.8, 1852.8], 0)] {
            let found = spread(&[corner, corner]);
            assert_eq!(found[1 - along], exact(&inner), "{found:?}");
            let (apart, level) = ((found[1][0] - found[0][0]), found[along][1]);
            assert!((243_100..=243_600).contains(&apart) && level == exact(&inner)[1], "{found:?}");
        }
    }

    #[test]
    fn marks_have_a_place_a_dot_or_nothing() {
        let placed =
            |kind: &'static str, has_url: bool, points: &[Point], taken: &mut Taken| -> Vec<(Vec<i64>, bool)> {
                let mut about = subject();
                about.marks = vec![stop(1, [1000.0, 1000.0])];
                about.marks.extend(points.iter().map(|point| Mark {
                    kind,
                    url: has_url.then(|| "/x/".to_string()),
                    ..mark(*point, "")
                }));
                marks(&about, EM, taken).iter().map(|(_, centre, full)| (exact(centre), *full)).collect()
            };
        let full = |x: i64, y: i64| (vec![x, y], true);
        let dot = (vec![1_000_000, 1_000_000], false);
        let here = [[1000.0, 1000.0]; 6];
        // What only happens at a place may stand beside it, a place may not.
        let beside = [
            full(1_000_000, 1_000_000),
            full(1_162_800, 1_000_000),
            full(837_200, 1_000_000),
            full(1_000_000, 837_200),
            full(1_000_000, 1_162_800),
            dot.clone(),
        ];
        assert_eq!(placed("legend", true, &here, &mut free()), beside);
        assert_eq!(placed("tour", true, &here, &mut free()), beside);
        assert_eq!(placed("place", true, &here[..2], &mut free()), [beside[0].clone(), dot.clone()]);
        assert_eq!(placed("place", false, &here[..1], &mut free()), [dot]);
        // Within 79.92 of its middle nothing firm may be.
        for (x, is_full) in [(1100.0, true), (1099.8, false)] {
            let mut taken = free();
            taken.take(Space::upright([x, 1000.0], [20.0; 2]), true);
            assert_eq!(placed("place", true, &here[..1], &mut taken)[0].1, is_full, "{x}");
        }
        let seen = |point: Point| placed("place", false, &[point], &mut free()).len();
        for (inside, outside) in [
            ([0.1, 1000.0], [-0.1, 1000.0]),
            ([2999.9, 1000.0], [3000.1, 1000.0]),
            ([1500.0, 0.1], [1500.0, -0.1]),
            ([1500.0, 1999.9], [1500.0, 2000.1]),
        ] {
            assert_eq!((seen(inside), seen(outside)), (1, 0), "{inside:?} {outside:?}");
        }
        // A dot takes 36 units round it, and may be covered.
        let mut taken = free();
        placed("place", false, &here[..1], &mut taken);
        let cost = |x: f64| taken.cost(&Space::upright([x, 1000.0], [3.0; 2]));
        assert_eq!([cost(1038.9), cost(1039.1)], [Some(1), Some(0)]);
    }

    #[test]
    fn a_box_holds_its_ring() {
        let space = box_of(&[[10.0, 60.0], [30.0, 20.0], [50.0, 100.0], [10.0, 60.0]]);
        assert_eq!((exact(&space.centre), exact(&space.half)), (vec![30_000, 60_000], vec![20_000, 40_000]));
    }

    /// What stands beside a name, how far it reaches in letters, and on which side of its mark the name then is where this
    /// stands so far to the east.
    type Case<'a> = (&'a str, f64, &'a dyn Fn(f64) -> &'static str);

    /// Where the name of a mark may stand: on its right, or on its left where something is nearer than it should be.
    #[test]
    fn names_keep_their_distance() {
        const AT: [f64; 2] = [1200.0, 1000.0];
        let em = LETTERS * 10.0;
        let width = Label::new("Nazwa", Style::Stop, em).width;
        // The mark, a gap, the name and the room round it.
        let right = AT[0] + (MARK + 0.34) * em + width + 0.26 * em;
        let side = |features: Vec<Feature>, change: &dyn Fn(&mut Subject)| {
            let mut about = subject();
            about.marks = vec![Mark { main: true, ..mark(AT, "Nazwa") }];
            change(&mut about);
            let out = drawn(&base_map(features), &about);
            let text = out.split("<text").find(|text| text.contains(">Nazwa<")).unwrap_or_default();
            match (text.contains("\"start\""), text.contains("\"end\"")) {
                (true, _) => "right",
                (_, true) => "left",
                _ => "elsewhere",
            }
        };
        let upright = |x: f64| line(&[[x, 700.0], [x, 1300.0]]);
        let point = |kind: Kind, x: f64| vec![feature(kind, None, "", Geometry::Point(at([x, 1000.0])))];
        let block = |kind: Kind, x: f64| vec![feature(kind, None, "", area([x, 900.0, x + 100.0, 1100.0]))];
        let other = |x: f64, url: Option<&str>, number: Option<usize>| Mark {
            url: url.map(str::to_string),
            number,
            ..mark([x, 1000.0], "")
        };
        // Nearer than that it is in the way.
        let cases: [Case<'_>; 10] = [
            ("route", 0.3, &|x| side(vec![], &|about| about.route = vec![upright(x)])),
            ("approach", 0.15, &|x| side(vec![], &|about| about.approaches = vec![upright(x)])),
            ("way", 0.15, &|x| side(vec![], &|about| about.ways = vec![upright(x)])),
            ("transit", 0.35, &|x| side(point(Kind::Transit, x), &|_| ())),
            ("mound", 0.35, &|x| side(point(Kind::Mound, x), &|_| ())),
            ("building", 0.0, &|x| side(block(Kind::Building, x), &|_| ())),
            ("number", RING * 1.06, &|x| side(vec![], &|about| about.marks.push(other(x, None, Some(1))))),
            ("mark", MARK * 1.08, &|x| side(vec![], &|about| about.marks.push(other(x, Some("/x/"), None)))),
            ("dot", DOT, &|x| side(vec![], &|about| about.marks.push(other(x, None, None)))),
            ("edge", 0.3, &|x| {
                let shift = x - WIDTH;
                side(vec![], &|about| about.marks[0].at = at([AT[0] - shift, AT[1]]))
            }),
        ];
        for (what, reach, side) in cases {
            assert_eq!(side(right + reach * em + 1.0), "right", "{what}");
            assert_eq!(side(right + reach * em - 1.0), "left", "{what}");
        }
        // The label reaches 0.745 letters up and down, and stays 0.3 from the edges.
        for (y, expected) in [(1.045, true), (-1.045, true), (1.03, false), (-1.03, false)] {
            let y = if y > 0.0 { y * em + 1.0 } else { 2000.0 + y * em - 1.0 };
            let found = side(vec![], &|about| about.marks[0].at = at([1600.0, y]));
            assert_eq!(found == "right", expected, "{y}");
        }
        // These are no obstacles.
        assert_eq!(side(point(Kind::Place, right - 50.0), &|_| ()), "right");
        assert_eq!(side(block(Kind::Green, right - 50.0), &|_| ()), "right");
    }

    #[test]
    fn a_level_is_written_from_the_ground_up() {
        let mut about = subject();
        about.marks = vec![
            stop(1, [500.0, 1000.0]),
            Mark { main: true, ..mark([2500.0, 700.0], "Cel") },
            stop(2, [2000.0, 1000.0]),
            stop(3, [2400.0, 1000.0]),
            Mark { url: Some("/a/".into()), ..mark([700.0, 400.0], "Znak") },
            mark([1500.0, 1500.0], "Punkt"),
        ];
        about.marks[0].name = "Start".into();
        about.route = vec![line(&[[500.0, 1000.0], [2000.0, 1000.0]]), line(&[[2000.0, 1000.0], [2400.0, 1000.0]])];
        let names: &[(&str, f64)] = &[("al. Pusta", 300.0), ("ul. Długa", 1000.0)];
        let street = |(name, y): &(&str, f64)| {
            let way = Geometry::Lines(vec![line(&[[100.0, *y], [2900.0, *y]])]);
            feature(Kind::Street, Some(Class::Street), name, way)
        };
        let out = drawn(&base_map(names.iter().map(street).collect()), &about);
        let order = [
            "<g class=\"scale\">",
            "<g class=\"north\">",
            "<path class=\"arrows\"",
            "<circle class=\"dot place\" cx=\"1500\" cy=\"1500\"",
            "<g class=\"mark place main\"",
            "<a class=\"mark place\" href=\"/a/\"",
            "<g class=\"n-street\" font-size=\"0.9em\">",
            "<g class=\"n-mark\" font-size=\"1em\">",
            "<g class=\"n-stop\" font-size=\"1em\">",
            "<g class=\"number\"><circle class=\"ring\" cx=\"500\"",
            "<g class=\"number\"><circle cx=\"2000\" cy=\"1000\" r=\"0.92em\"/>",
            "<g class=\"number\"><circle class=\"ring\" cx=\"2400\"",
        ];
        let places: Vec<Option<usize>> = order.iter().map(|part| out.find(part)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {out}");
        // Only the guide's other pages have the class of their kind; each name begins behind its own mark: a full one, a dot.
        for text in [
            "<text class=\"place\" x=\"840\" y=\"445\" text-anchor=\"start\">Znak</text>",
            "<text class=\"place\" x=\"1591\" y=\"1545\" text-anchor=\"start\">Punkt</text>",
            "<text x=\"2640\" y=\"745\" text-anchor=\"start\">Cel</text>",
            ">Start</text>",
            ">al. Pusta</text>",
            ">ul. Długa</text>",
        ] {
            assert!(out.contains(text), "{text}: {out}");
        }
        assert_eq!(out.matches("<g class=\"n-").count(), 3, "{out}");
    }

    #[test]
    fn streets_that_are_walked_are_named_before_the_rest_of_the_guide() {
        // Both names would rather be where the other is: above the street's line, and on the right of the mark.
        let mut about = subject();
        about.route = vec![line(&[[1000.0, 1200.0], [2000.0, 1200.0]])];
        let way = Geometry::Lines(vec![line(&[[1000.0, 1200.0], [2000.0, 1200.0]])]);
        let street = feature(Kind::Street, None, "Walked", way);
        let x = 1500.0 - Label::new("Walked", Style::Street, 130.0).width / 2.0 - 0.26 * 117.0 - DOT * 130.0 - 5.0;
        about.marks = vec![mark([x, 1200.0 - 1.15 * 130.0], "Mark")];
        let out = drawn(&base_map(vec![street.clone()]), &about);
        let placed = |out: &str, name: &str| {
            let end = out.find(&format!(">{name}<")).unwrap();
            out[out[..end].rfind("<text").unwrap()..end].to_string()
        };
        let [walked, marked] = ["Walked", "Mark"].map(|name| placed(&out, name));
        assert!(walked.contains("x=\"1500\"") && !marked.contains("start"), "{walked} {marked}");
        about.route.clear();
        let out = drawn(&base_map(vec![street]), &about);
        assert!(placed(&out, "Mark").contains("start"), "{out}");
    }

    #[test]
    fn in_units_a_line_keeps_what_is_seen() {
        let points: Vec<Coordinates> = line(&[[0.0, 0.0], [50.0, 0.9], [100.0, 0.0], [100.0, 1.1], [100.0, 50.0]]);
        let flat: Vec<Vec<i64>> = in_units(&subject(), &points).iter().map(exact).collect();
        assert_eq!(flat, [[0, 0], [100_000, 0], [100_000, 50_000]]);
    }
}
