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
