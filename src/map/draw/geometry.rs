//! Lines and areas in the units of a drawing: cut at a rectangle, made simpler, written as path data.

use std::fmt::Write as _;

/// A point: x to the right, y down.
pub(super) type Point = [f64; 2];

/// A rectangle: left, top, right, bottom.
pub(super) type Rect = [f64; 4];

/// The parts of a line within a rectangle (Liang and Barsky 1984).
pub(super) fn clip_line(line: &[Point], rect: Rect) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = vec![];
    let mut open = false;
    for pair in line.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let Some((from, to)) = clip_segment(a, b, rect) else {
            open = false;
            continue;
        };
        let at = |share: f64| [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
        match parts.last_mut().filter(|_| open && from <= 0.0) {
            Some(part) => part.push(at(to)),
            None => parts.push(vec![at(from), at(to)]),
        }
        open = to >= 1.0;
    }
    parts
}

/// The shares of a segment between which it runs in a rectangle.
fn clip_segment(a: Point, b: Point, [left, top, right, bottom]: Rect) -> Option<(f64, f64)> {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let (mut from, mut to) = (0.0f64, 1.0f64);
    for (towards, distance) in [(-dx, a[0] - left), (dx, right - a[0]), (-dy, a[1] - top), (dy, bottom - a[1])] {
        if towards == 0.0 {
            if distance < 0.0 {
                return None;
            }
        } else if towards < 0.0 {
            from = from.max(distance / towards);
        } else {
            to = to.min(distance / towards);
        }
    }
    (from < to).then_some((from, to))
}

/// A ring within a rectangle (Sutherland and Hodgman 1974); empty when nothing is left. First and last point are the
/// same, here and in what is returned.
pub(super) fn clip_ring(ring: &[Point], [left, top, right, bottom]: Rect) -> Vec<Point> {
    let mut points = ring[..ring.len().saturating_sub(1)].to_vec();
    for (axis, limit, sign) in [(0, left, 1.0), (0, right, -1.0), (1, top, 1.0), (1, bottom, -1.0)] {
        let inside = |point: &Point| (point[axis] - limit) * sign >= 0.0;
        let mut kept = Vec::with_capacity(points.len() + 4);
        for (at, point) in points.iter().enumerate() {
            let before = &points[(at + points.len() - 1) % points.len()];
            if inside(point) != inside(before) {
                let share = (limit - before[axis]) / (point[axis] - before[axis]);
                kept.push([0, 1].map(|axis| before[axis] + share * (point[axis] - before[axis])));
            }
            if inside(point) {
                kept.push(*point);
            }
        }
        points = kept;
    }
    points.extend(points.first().copied());
    if points.len() < 4 { vec![] } else { points }
}

/// A line without the points that lie within a tolerance of it (Ramer 1972; Douglas and Peucker 1973).
pub(super) fn simplify(line: &[Point], tolerance: f64) -> Vec<Point> {
    let mut keep = vec![false; line.len()];
    let mut spans = vec![(0, line.len().saturating_sub(1))];
    while let Some((from, to)) = spans.pop() {
        if line.is_empty() {
            break;
        }
        (keep[from], keep[to]) = (true, true);
        let far = (from + 1..to)
            .map(|at| (distance_to_segment(line[at], line[from], line[to]), at))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, at)) = far.filter(|(distance, _)| *distance > tolerance) {
            spans.extend([(from, at), (at, to)]);
        }
    }
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

/// Distance of a point from a segment.
pub(super) fn distance_to_segment(point: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx * dx + dy * dy;
    let share =
        if length > 0.0 { (((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (point[0] - a[0] - share * dx).hypot(point[1] - a[1] - share * dy)
}

/// Length of a line.
pub(super) fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1])).sum()
}

/// Path data of lines, and of rings when `closed`: whole numbers, each relative to the last, nothing said twice.
pub(super) fn path_data(out: &mut String, lines: &[Vec<Point>], closed: bool) {
    let mut last = None;
    for line in lines {
        let mut points: Vec<[i64; 2]> = line.iter().map(|point| point.map(whole)).collect();
        points.dedup();
        if closed {
            points.pop();
        }
        if points.len() < 2 + usize::from(closed) {
            continue;
        }
        let start = points[0];
        // After `z` the pen is back at the start of the ring.
        let from: [i64; 2] = last.unwrap_or([0, 0]);
        out.push(if last.is_none() { 'M' } else { 'm' });
        pair(out, [start[0] - from[0], start[1] - from[1]]);
        let mut pen = start;
        for point in &points[1..] {
            let step = [point[0] - pen[0], point[1] - pen[1]];
            let letter = match step {
                [_, 0] => 'h',
                [0, _] => 'v',
                _ => 'l',
            };
            // Without a letter the numbers after `m` and `l` go on with relative lines, those after `M` with absolute ones.
            if letter == 'l' && last_letter(out) == 'l' {
                if step[0] >= 0 {
                    out.push(' ');
                }
            } else {
                out.push(letter);
            }
            match letter {
                'h' => _ = write!(out, "{}", step[0]),
                'v' => _ = write!(out, "{}", step[1]),
                _ => pair(out, step),
            }
            pen = *point;
        }
        if closed {
            out.push('z');
            pen = start;
        }
        last = Some(pen);
    }
}

/// The command that numbers without a letter go on with.
fn last_letter(data: &str) -> char {
    let letter = data.chars().rev().find(char::is_ascii_alphabetic).unwrap_or('M');
    if letter == 'm' { 'l' } else { letter }
}

fn pair(out: &mut String, [x, y]: [i64; 2]) {
    // Writing into memory cannot fail.
    let _ = write!(out, "{x}");
    if y >= 0 {
        out.push(' ');
    }
    let _ = write!(out, "{y}");
}

/// The nearest whole number.
pub(super) fn whole(number: f64) -> i64 {
    // Drawings are a few thousand units wide; a cast of anything else saturates.
    #[allow(clippy::cast_possible_truncation)]
    let whole = number.round() as i64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: Rect = [0.0, 0.0, 10.0, 10.0];

    #[test]
    fn lines_are_cut_where_they_leave() {
        let line = [[-5.0, 5.0], [5.0, 5.0], [5.0, 20.0], [8.0, 20.0], [8.0, 5.0]];
        let expected = vec![vec![[0.0, 5.0], [5.0, 5.0], [5.0, 10.0]], vec![[8.0, 10.0], [8.0, 5.0]]];
        assert_eq!(clip_line(&line, RECT), expected);
        assert!(clip_line(&[[-5.0, 5.0], [-1.0, 5.0]], RECT).is_empty());
        assert!(clip_line(&[[-5.0, 8.0], [3.0, 20.0]], RECT).is_empty());
    }

    #[test]
    fn rings_stay_closed_within_the_rectangle() {
        let ring = clip_ring(&[[-5.0, 2.0], [5.0, 2.0], [5.0, 8.0], [-5.0, 8.0], [-5.0, 2.0]], RECT);
        assert_eq!(ring.first(), ring.last());
        assert!(ring.iter().all(|[x, y]| (0.0..=10.0).contains(x) && (0.0..=10.0).contains(y)));
        let area: f64 = ring.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum::<f64>() / 2.0;
        assert!((area.abs() - 30.0).abs() < 1e-9);
        assert!(clip_ring(&[[20.0, 2.0], [25.0, 2.0], [25.0, 8.0], [20.0, 2.0]], RECT).is_empty());
        assert!(clip_ring(&[], RECT).is_empty());
    }

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        let line = [[0.0, 0.0], [5.0, 0.4], [10.0, 0.0], [10.0, 10.0]];
        assert_eq!(simplify(&line, 0.5), [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]]);
        assert_eq!(simplify(&line, 0.3).len(), 4);
        assert!(simplify(&[], 1.0).is_empty());
    }

    #[test]
    fn path_data_is_short_and_relative() {
        let mut out = String::new();
        let line = vec![[1.0, 2.0], [4.0, 6.0], [3.0, 5.0], [3.0, 9.0], [7.0, 9.0], [8.0, 8.0], [9.2, 9.4]];
        path_data(&mut out, &[line, vec![[1.0, 1.0], [1.0, 1.2]], vec![[9.0, 9.0], [0.0, 0.0]]], false);
        assert_eq!(out, "M1 2l3 4-1-1v4h4l1-1 1 1m0 0-9-9");
        out.clear();
        let ring = vec![[0.0, 0.0], [5.0, 0.0], [5.0, 5.0], [0.0, 0.0]];
        path_data(&mut out, &[ring.clone(), ring], true);
        assert_eq!(out, "M0 0h5v5zm0 0h5v5z");
    }

    #[test]
    fn a_border_belongs_to_the_rectangle() {
        let parts = |line: &[Point]| clip_line(line, [10.0, 20.0, 40.0, 60.0]);
        // Along each side, just outside of it, and over a corner without going in.
        assert_eq!(parts(&[[10.0, 0.0], [10.0, 100.0]]), [[[10.0, 20.0], [10.0, 60.0]]]);
        assert_eq!(parts(&[[40.0, 100.0], [40.0, 0.0]]), [[[40.0, 60.0], [40.0, 20.0]]]);
        assert_eq!(parts(&[[0.0, 20.0], [50.0, 20.0]]), [[[10.0, 20.0], [40.0, 20.0]]]);
        assert_eq!(parts(&[[0.0, 60.0], [50.0, 60.0]]), [[[10.0, 60.0], [40.0, 60.0]]]);
        for outside in [
            [[9.0, 0.0], [9.0, 100.0]],
            [[41.0, 0.0], [41.0, 100.0]],
            [[0.0, 19.0], [50.0, 19.0]],
            [[0.0, 61.0], [50.0, 61.0]],
            [[0.0, 30.0], [20.0, 10.0]],
            [[30.0, 70.0], [50.0, 50.0]],
        ] {
            assert!(parts(&outside).is_empty(), "{outside:?}");
        }
        // A slope through two sides; a vertex on the border; a line that comes back through the same side.
        assert_eq!(parts(&[[0.0, 10.0], [50.0, 60.0]]), [[[10.0, 20.0], [40.0, 50.0]]]);
        assert_eq!(parts(&[[20.0, 30.0], [40.0, 30.0], [30.0, 40.0]]), [[[20.0, 30.0], [40.0, 30.0], [30.0, 40.0]]]);
        assert_eq!(
            parts(&[[30.0, 30.0], [50.0, 30.0], [30.0, 50.0]]),
            [[[30.0, 30.0], [40.0, 30.0]], [[40.0, 40.0], [30.0, 50.0]]]
        );
        assert!(parts(&[[20.0, 30.0]]).is_empty() && parts(&[]).is_empty());
    }

    #[test]
    fn rings_are_cut_at_each_side() {
        let rect = [10.0, 20.0, 40.0, 60.0];
        let over_corner = [[30.0, 50.0], [50.0, 50.0], [50.0, 70.0], [30.0, 70.0], [30.0, 50.0]];
        let expected = [[30.0, 60.0], [30.0, 50.0], [40.0, 50.0], [40.0, 60.0], [30.0, 60.0]];
        assert_eq!(clip_ring(&over_corner, rect), expected);
        let over_other = [[0.0, 10.0], [20.0, 10.0], [20.0, 30.0], [0.0, 30.0], [0.0, 10.0]];
        let expected = [[10.0, 20.0], [20.0, 20.0], [20.0, 30.0], [10.0, 30.0], [10.0, 20.0]];
        assert_eq!(clip_ring(&over_other, rect), expected);
        // Slopes are cut where they cross.
        let spike = [[25.0, 10.0], [35.0, 30.0], [15.0, 30.0], [25.0, 10.0]];
        let expected = [[20.0, 20.0], [30.0, 20.0], [35.0, 30.0], [15.0, 30.0], [20.0, 20.0]];
        assert_eq!(clip_ring(&spike, rect), expected);
        // What fills the rectangle stays as it is.
        let whole = [[10.0, 20.0], [40.0, 20.0], [40.0, 60.0], [10.0, 60.0], [10.0, 20.0]];
        assert_eq!(clip_ring(&whole, rect), whole);
        assert!(clip_ring(&[[10.0, 20.0], [15.0, 25.0], [10.0, 20.0]], rect).is_empty(), "two points are no ring");
    }

    #[test]
    fn distances_and_lengths() {
        for (point, a, b, expected) in [
            ([5.0, 3.0], [0.0, 0.0], [10.0, 0.0], 3.0),
            ([13.0, 4.0], [0.0, 0.0], [10.0, 0.0], 5.0),
            ([-3.0, -4.0], [0.0, 0.0], [10.0, 0.0], 5.0),
            ([105.0, 207.0], [100.0, 200.0], [100.0, 210.0], 5.0),
            // A slope of 3 to 4: the foot is its middle.
            ([95.0, 210.0], [100.0, 200.0], [106.0, 208.0], 10.0),
            ([111.0, 198.0], [100.0, 200.0], [106.0, 208.0], 10.0),
            ([109.0, 212.0], [100.0, 200.0], [106.0, 208.0], 5.0),
            ([103.0, 204.0], [100.0, 200.0], [106.0, 208.0], 0.0),
            ([103.0, 204.0], [100.0, 200.0], [100.0, 200.0], 5.0),
        ] {
            assert!((distance_to_segment(point, a, b) - expected).abs() < 1e-9, "{point:?} {a:?} {b:?}");
            assert!((distance_to_segment(point, b, a) - expected).abs() < 1e-9, "{point:?} {b:?} {a:?}");
        }
        assert!((length(&[[10.0, 20.0], [13.0, 24.0], [8.0, 36.0]]) - 18.0).abs() < 1e-9);
        assert!(length(&[[10.0, 20.0]]).abs() < 1e-9);
        assert_eq!([0.4, 0.5, -0.4, -0.5, 2999.6].map(whole), [0, 1, 0, -1, 3000]);
    }

    #[test]
    fn bends_are_judged_from_the_points_that_stay() {
        // Just as far as the tolerance is not farther.
        assert_eq!(simplify(&[[0.0, 0.0], [5.0, 0.5], [10.0, 0.0]], 0.5), [[0.0, 0.0], [10.0, 0.0]]);
        // The farthest point stays first; the small bends on both sides of it are then looked at.
        let line = [[0.0, 0.0], [2.0, 2.3], [4.0, 4.0], [6.0, 1.0], [8.0, 0.1], [10.0, 0.0]];
        assert_eq!(simplify(&line, 0.5), [[0.0, 0.0], [4.0, 4.0], [6.0, 1.0], [10.0, 0.0]]);
        assert_eq!(simplify(&line, 0.1).len(), 6);
        assert_eq!(simplify(&[[1.0, 1.0]], 1.0), [[1.0, 1.0]]);
        // A loop that ends where it began.
        assert_eq!(simplify(&[[0.0, 0.0], [3.0, 4.0], [0.0, 0.0]], 1.0).len(), 3);
    }

    #[test]
    fn path_data_leaves_out_what_cannot_be_seen() {
        let written = |lines: &[Vec<Point>], closed: bool| {
            let mut out = String::new();
            path_data(&mut out, lines, closed);
            out
        };
        assert_eq!(written(&[vec![[5.0, 0.0], [5.4, 0.3]]], false), "", "a point is no line");
        assert_eq!(written(&[vec![[0.0, 0.0], [5.0, 0.0], [0.0, 0.0]]], true), "", "nor are two a ring");
        assert_eq!(written(&[vec![[0.0, 0.0], [5.0, 0.0]]], false), "M0 0h5");
        // After a ring the pen is where the ring began, after a line where it ended.
        let ring = vec![[10.0, 20.0], [14.0, 23.0], [12.0, 27.0], [10.0, 20.0]];
        let other = vec![[9.0, 25.0], [12.0, 21.0], [13.0, 29.0], [9.0, 25.0]];
        assert_eq!(written(&[ring.clone(), other], true), "M10 20l4 3-2 4zm-1 5 3-4 1 8z");
        assert_eq!(written(&[vec![[-3.0, -4.0], [0.0, 0.0]], ring], false), "M-3-4l3 4m10 20 4 3-2 4-2-7");
    }
}
