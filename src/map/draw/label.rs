//! One label: its lines, where it may stand, and how it is written.

use std::fmt::Write as _;

use super::geometry::{Point, whole};
use super::place::{ASCENT, DESCENT, LINE, Space};
use super::style::Style;
use super::text;
use crate::map::export::xml;

/// Room round every label, in font sizes.
const PAD: f64 = 0.26;

/// From a mark to its name, in font sizes: the room round the name is clear of the room that the mark takes, which is a
/// little more than its radius.
const GAP: f64 = PAD + 0.08;

/// The side of the label that its position names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A text set in lines of one style and size.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub(super) style: Style,
    lines: Vec<String>,
    /// Font size in units.
    size: f64,
    /// Room for its widest line in units.
    pub(super) width: f64,
}

/// Where a label stands: its position is that of the anchor on the first baseline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position {
    at: Point,
    anchor: Anchor,
    /// Degrees, clockwise.
    turn: f64,
}

impl Label {
    /// A label at a level whose letters are `size` units high.
    pub(super) fn new(name: &str, style: Style, size: f64) -> Self {
        let size = size * style.size();
        let lines = text::lines(name, style.line());
        let factor = if style.is_bold() { text::BOLD } else { 1.0 };
        let width = lines.iter().map(|line| text::width(line)).fold(0.0, f64::max) * factor * size;
        Self { style, lines, size, width }
    }

    /// Height of all lines in units.
    pub(super) fn height(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // a label has a few lines
        let more = (self.lines.len().saturating_sub(1)) as f64;
        (ASCENT + DESCENT + LINE * more) * self.size
    }

    /// Its middle at a point, turned by an angle in degrees.
    pub(super) fn centred(&self, centre: Point, turn: f64) -> (Space, Position) {
        let (sin, cos) = turn.to_radians().sin_cos();
        let half = [self.width / 2.0 + PAD * self.size, self.height() / 2.0 + PAD * self.size / 2.0];
        // From the middle up to the top, and from there down to the first baseline.
        let down = ASCENT * self.size - self.height() / 2.0;
        let at = [centre[0] - down * sin, centre[1] + down * cos];
        (Space { centre, half, turn: [cos, sin] }, Position { at, anchor: Anchor::Middle, turn })
    }

    /// Beside a point that a mark of some radius covers: right, left, above, below, and at the corners.
    pub(super) fn beside(&self, point: Point, radius: f64) -> impl Iterator<Item = (Space, Position)> + '_ {
        let (half, high) = (self.width / 2.0, self.height() / 2.0);
        let gap = radius + GAP * self.size;
        let corner = radius * 0.7 + 0.15 * self.size;
        let offsets = [
            ([gap + half, 0.0], Anchor::Start),
            ([-gap - half, 0.0], Anchor::End),
            ([0.0, -gap - high], Anchor::Middle),
            ([0.0, gap + high], Anchor::Middle),
            ([corner + half, -corner - high], Anchor::Start),
            ([corner + half, corner + high], Anchor::Start),
            ([-corner - half, -corner - high], Anchor::End),
            ([-corner - half, corner + high], Anchor::End),
        ];
        offsets.into_iter().map(move |([dx, dy], anchor)| {
            let (space, mut position) = self.centred([point[0] + dx, point[1] + dy], 0.0);
            match anchor {
                Anchor::Start => position.at[0] -= half,
                Anchor::End => position.at[0] += half,
                Anchor::Middle => {}
            }
            position.anchor = anchor;
            (space, position)
        })
    }

    /// Along the straight pieces of lines: on the line, else above or below it by `aside` units; long pieces and their
    /// middles first.
    pub(super) fn along(&self, lines: &[Vec<Point>], aside: &[f64]) -> Vec<(Space, Position)> {
        let need = self.width + 2.0 * PAD * self.size;
        let mut pieces: Vec<(f64, Point, Point)> = lines
            .iter()
            .flat_map(|line| line.windows(2))
            .map(|pair| ((pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]), pair[0], pair[1]))
            .filter(|(length, ..)| *length >= need)
            .collect();
        pieces.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut places = vec![];
        for offset in aside {
            for share in [0.5, 0.25, 0.75, 0.1, 0.9] {
                for (length, a, b) in &pieces {
                    // Never upside down: read from the left, and upwards where the line runs straight up.
                    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
                    let (a, b) = if dx < -1e-9 || dx < 1e-9 && dy > 0.0 { (b, a) } else { (a, b) };
                    let unit = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
                    let margin = need / 2.0 / length;
                    let share = margin + share * (1.0 - 2.0 * margin);
                    let at = [0, 1].map(|axis| a[axis] + share * (b[axis] - a[axis]));
                    let centre = [at[0] - unit[1] * offset, at[1] + unit[0] * offset];
                    places.push(self.centred(centre, unit[1].atan2(unit[0]).to_degrees().round()));
                }
            }
        }
        places
    }

    /// The label as SVG at a position, with the class of the kind of page it names.
    pub(super) fn write(&self, out: &mut String, position: &Position, kind: Option<&str>) {
        let [x, y] = position.at.map(whole);
        let anchor = match position.anchor {
            Anchor::Start => " text-anchor=\"start\"",
            Anchor::Middle => "",
            Anchor::End => " text-anchor=\"end\"",
        };
        let turn = position.turn;
        let class = kind.map_or_else(String::new, |kind| format!(" class=\"{kind}\""));
        // Writing into memory cannot fail.
        let _ = if turn == 0.0 {
            write!(out, "<text{class} x=\"{x}\" y=\"{y}\"{anchor}>")
        } else {
            write!(out, "<text{class} transform=\"translate({x} {y})rotate({turn})\"{anchor}>")
        };
        let left = if turn == 0.0 { x } else { 0 };
        for (at, line) in self.lines.iter().enumerate() {
            let _ = if at == 0 {
                write!(out, "{}", xml(line))
            } else {
                write!(out, "<tspan x=\"{left}\" dy=\"{LINE}em\">{}</tspan>", xml(line))
            };
        }
        out.push_str("</text>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::draw::tests::exact;

    #[test]
    fn street_names_are_never_upside_down() {
        let label = Label::new("ul. Żeromskiego", Style::Street, 10.0);
        for line in [
            [[0.0, 0.0], [500.0, 400.0]],
            [[500.0, 400.0], [0.0, 0.0]],
            [[0.0, 0.0], [0.0, 500.0]],
            [[0.0, 500.0], [0.0, 0.0]],
        ] {
            let places = label.along(&[line.to_vec()], &[0.0]);
            assert!(!places.is_empty());
            assert!(places.iter().all(|(_, position)| (-90.0..90.0).contains(&position.turn)), "{places:?}");
        }
        assert!(label.along(&[vec![[0.0, 0.0], [20.0, 0.0]]], &[0.0]).is_empty(), "too short a street");
    }

    #[test]
    fn the_room_holds_the_text_on_every_side_of_a_point() {
        let label = Label::new("Nowohuckie Centrum Kultury", Style::Landmark, 10.0);
        assert_eq!(label.lines.len(), 2);
        for (space, position) in label.beside([100.0, 100.0], 5.0) {
            let [left, top, right, bottom] = space.bounds();
            let [x, y] = position.at;
            let from = match position.anchor {
                Anchor::Start => x,
                Anchor::Middle => x - label.width / 2.0,
                Anchor::End => x - label.width,
            };
            assert!(left <= from && from + label.width <= right, "{position:?}");
            assert!(top <= y - ASCENT * label.size && y + (DESCENT + LINE) * label.size <= bottom + 1e-9);
            // The text keeps its distance from the point, rounding aside; only the room round it comes nearer.
            let clear = 4.5 - PAD * label.size;
            assert!(right < 100.0 - clear || left > 100.0 + clear || bottom < 95.0 || top > 105.0, "{space:?}");
        }
    }

    #[test]
    fn text_is_escaped() {
        let mut out = String::new();
        let label = Label::new("A & <B>", Style::Stop, 10.0);
        label.write(&mut out, &label.centred([5.0, 5.0], 0.0).1, None);
        assert!(out.contains("A &amp; &lt;B&gt;"), "{out}");
    }

    /// A label of some lines, ten units high and forty wide.
    fn label(lines: &[&str]) -> Label {
        let lines = lines.iter().map(|line| (*line).to_string()).collect();
        Label { style: Style::Mark, lines, size: 10.0, width: 40.0 }
    }

    #[test]
    fn the_size_of_a_label_follows_its_style() {
        for (style, size, width) in [
            (Style::Stop, 10.0, 26.912),
            (Style::Mark, 10.0, 23.2),
            (Style::Estate, 9.5, 22.04),
            (Style::Street, 9.0, 20.88),
            (Style::Landmark, 8.5, 19.72),
        ] {
            let label = Label::new("Arka", style, 10.0);
            assert!((label.size - size).abs() < 1e-9 && (label.width - width).abs() < 1e-9, "{label:?}");
        }
        assert_eq!(exact(&[label(&["x"]).height(), label(&["x"; 2]).height()]), [12_300, 24_300]);
        assert_eq!(exact(&[label(&["x"; 3]).height(), label(&[]).height()]), [36_300, 12_300]);
        // A street stays on one line, however long; the widest line counts.
        let name = "Nowohuckie Centrum Kultury";
        assert_eq!(Label::new(name, Style::Street, 10.0).lines, [name]);
        let landmark = Label::new(name, Style::Landmark, 10.0);
        assert!((landmark.width - text::width("Centrum Kultury") * 8.5).abs() < 1e-9);
    }

    #[test]
    fn the_first_baseline_follows_from_the_middle() {
        // Of 12.3 units 9.6 are above the baseline, so it lies 3.45 below the middle.
        for (lines, turn, [x, y], half) in [
            (1, 0.0, [100.0, 203.45], [22.6, 7.45]),
            (1, 90.0, [96.55, 200.0], [22.6, 7.45]),
            (1, -90.0, [103.45, 200.0], [22.6, 7.45]),
            (2, 0.0, [100.0, 197.45], [22.6, 13.45]),
        ] {
            let (space, position) = label(&vec!["x"; lines]).centred([100.0, 200.0], turn);
            assert_eq!(exact(&position.at), exact(&[x, y]), "{lines} {turn}");
            assert_eq!(exact(space.centre.iter().chain(&space.half)), exact([100.0, 200.0].iter().chain(&half)));
            let (sin, cos) = turn.to_radians().sin_cos();
            assert_eq!((exact(&space.turn), position.anchor), (exact(&[cos, sin]), Anchor::Middle));
        }
    }

    #[test]
    fn eight_places_beside_a_point() {
        use Anchor::{End, Middle, Start};
        // Ten units of a mark, 3.4 between it and the text; at the corners seven and one and a half.
        let expected = [
            ([133.4, 200.0], [113.4, 203.45], Start),
            ([66.6, 200.0], [86.6, 203.45], End),
            ([100.0, 180.45], [100.0, 183.9], Middle),
            ([100.0, 219.55], [100.0, 223.0], Middle),
            ([128.5, 185.35], [108.5, 188.8], Start),
            ([128.5, 214.65], [108.5, 218.1], Start),
            ([71.5, 185.35], [91.5, 188.8], End),
            ([71.5, 214.65], [91.5, 218.1], End),
        ];
        let label = label(&["x"]);
        let found: Vec<_> = label.beside([100.0, 200.0], 10.0).collect();
        assert_eq!(found.len(), expected.len());
        for ((space, position), (centre, at, anchor)) in found.iter().zip(&expected) {
            assert_eq!((exact(&space.centre), exact(&position.at)), (exact(centre), exact(at)));
            assert_eq!(position.anchor, *anchor);
        }
    }

    #[test]
    fn places_along_a_line_begin_with_the_middle_of_the_longest_piece() {
        let label = label(&["x"]);
        let found = |lines: &[Vec<Point>], aside: &[f64]| -> Vec<(Vec<i64>, f64)> {
            label.along(lines, aside).iter().map(|(space, position)| (exact(&space.centre), position.turn)).collect()
        };
        // With the room round it the label takes 45.2 of 100 units: its middle has the rest.
        let level = [vec![[100.0, 20.0], [200.0, 20.0]]];
        let middles = [150_000, 136_300, 163_700, 128_080, 171_920];
        let on: Vec<_> = middles.iter().map(|x| (vec![*x, 20_000], 0.0)).collect();
        assert_eq!(found(&level, &[0.0]), on);
        let below: Vec<_> = middles.iter().map(|x| (vec![*x, 25_000], 0.0)).collect();
        assert_eq!(found(&level, &[0.0, 5.0]), [on.clone(), below].concat());
        let back: Vec<Point> = level[0].iter().rev().copied().collect();
        assert_eq!(found(&[back], &[0.0]), on);
        // A slope of 3 to 4, and the way down of it; straight up and down.
        for (a, b, centre, turn) in [
            ([100.0, 200.0], [160.0, 280.0], [126.0, 243.0], 53.0),
            ([160.0, 280.0], [100.0, 200.0], [126.0, 243.0], 53.0),
            ([100.0, 280.0], [160.0, 200.0], [134.0, 243.0], -53.0),
            ([100.0, 200.0], [100.0, 300.0], [105.0, 250.0], -90.0),
            ([100.0, 300.0], [100.0, 200.0], [105.0, 250.0], -90.0),
        ] {
            assert_eq!(found(&[vec![a, b]], &[5.0])[0], (exact(&centre), turn), "{a:?} {b:?}");
        }
        // The longer piece first at each share; what is too short by a hair has none.
        let two = [vec![[0.0, 0.0], [50.0, 0.0], [50.0, 80.0]], vec![[0.0, 300.0], [45.1, 300.0]]];
        let found = found(&two, &[0.0]);
        assert_eq!((found.len(), &found[0], &found[1]), (10, &(vec![50_000, 40_000], -90.0), &(vec![25_000, 0], 0.0)));
        assert_eq!(label.along(&[vec![[0.0, 300.0], [45.3, 300.0]]], &[0.0]).len(), 5);
    }

    #[test]
    fn labels_are_written_where_they_stand() {
        let written = |lines: &[&str], anchor: Anchor, turn: f64, kind: Option<&str>| {
            let mut out = String::new();
            label(lines).write(&mut out, &Position { at: [10.4, 19.6], anchor, turn }, kind);
            out
        };
        assert_eq!(written(&["a"], Anchor::Middle, 0.0, None), "<text x=\"10\" y=\"20\">a</text>");
        assert_eq!(
            written(&["a", "b"], Anchor::Start, 0.0, Some("place")),
            "<text class=\"place\" x=\"10\" y=\"20\" text-anchor=\"start\">a<tspan x=\"10\" dy=\"1.2em\">b</tspan></text>"
        );
        assert_eq!(
            written(&["a", "b", "c"], Anchor::End, -53.0, None),
            "<text transform=\"translate(10 20)rotate(-53)\" text-anchor=\"end\">a<tspan x=\"0\" dy=\"1.2em\">b</tspan>\
             <tspan x=\"0\" dy=\"1.2em\">c</tspan></text>"
        );
    }
}
