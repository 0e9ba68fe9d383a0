//! What comes onto the map: cut at its border, stops made one, all in one order.

use super::clip::{clip_area, clip_line};
use super::point::{Area, Bbox, Line, Point, tidy_ring};
use super::stops::Stops;
use super::tags::{Layer, Names, Tags};
use crate::map::Kind;

/// One thing on the map. Its order is that of the file: by kind, class, name and shape.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Feature {
    pub(super) layer: Layer,
    pub(super) names: Names,
    pub(super) shape: Shape,
}

/// Its shape.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    Point(Point),
    Lines(Vec<Line>),
    Areas(Vec<Area>),
}

/// The features found so far.
pub(super) struct Gathered {
    bbox: Bbox,
    features: Vec<Feature>,
    stops: Stops,
}

impl Gathered {
    pub(super) fn new(bbox: Bbox) -> Self {
        Self { bbox, features: vec![], stops: Stops::default() }
    }

    /// Adds a point, when it means something and lies in the box.
    pub(super) fn point(&mut self, tags: Tags<'_>, at: Point) {
        if !self.bbox.holds(at) {
            return;
        }
        match tags.point() {
            Some(Layer { kind: Kind::Transit, .. }) => self.stops.add(tags.names(), at),
            Some(layer) => self.push(layer, tags.names(), Shape::Point(at)),
            None => {}
        }
    }

    /// Adds what of a line lies in the box.
    pub(super) fn lines(&mut self, layer: Layer, names: Names, lines: &[Line]) {
        let pieces: Vec<Line> = lines.iter().flat_map(|line| clip_line(line, self.bbox)).collect();
        if !pieces.is_empty() {
            self.push(layer, names, Shape::Lines(pieces));
        }
    }

    /// Adds what of some areas lies in the box, as one thing. A mound is one point wherever it is drawn as an area.
    pub(super) fn areas(&mut self, layer: Layer, names: Names, areas: &[Area]) {
        let mut pieces: Vec<Area> = vec![];
        for area in areas.iter().flat_map(|area| clip_area(area, self.bbox)) {
            let mut rings = area.into_iter().map(tidy_ring);
            // Without its outside a hole is a hole in nothing.
            if let Some(Some(outside)) = rings.next() {
                let mut holes: Vec<Line> = rings.flatten().collect();
                holes.sort();
                pieces.push(std::iter::once(outside).chain(holes).collect());
            }
        }
        pieces.sort();
        let Some(first) = pieces.first() else { return };
        let shape = if layer.kind == Kind::Mound { Shape::Point(middle(&first[0])) } else { Shape::Areas(pieces) };
        self.push(layer, names, shape);
    }

    fn push(&mut self, layer: Layer, names: Names, shape: Shape) {
        self.features.push(Feature { layer, names, shape });
    }

    /// Everything, in the order of the file; what was there twice is there once.
    pub(super) fn finish(mut self) -> Vec<Feature> {
        let stop = Layer { kind: Kind::Transit, class: None };
        for (names, at) in std::mem::take(&mut self.stops).merged() {
            self.push(stop, names, Shape::Point(at));
        }
        self.features.sort();
        self.features.dedup();
        self.features
    }
}

/// The middle of a ring's box.
fn middle(ring: &[Point]) -> Point {
    [0, 1].map(|axis| {
        let numbers = || ring.iter().map(|point| point[axis]);
        i32::midpoint(numbers().min().unwrap_or_default(), numbers().max().unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Class;

    const BOX: Bbox = Bbox { west: 100, south: 200, east: 300, north: 400 };
    const PARK: Layer = Layer { kind: Kind::Green, class: Some(Class::Park) };
    const MOUND: Layer = Layer { kind: Kind::Mound, class: None };

    fn square(x: i32, y: i32, size: i32) -> Line {
        vec![[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    }

    fn shapes(gather: impl FnOnce(&mut Gathered)) -> Vec<Shape> {
        let mut gathered = Gathered::new(BOX);
        gather(&mut gathered);
        gathered.finish().into_iter().map(|feature| feature.shape).collect()
    }

    #[test]
    fn points_count_within_the_box_when_they_mean_something() {
        let stop = [("highway", "bus_stop"), ("name", "Arka")];
        let (stop, mound) = (Tags(&stop), Tags(&[("man_made", "mound")]));
        let found = shapes(|all| {
            for tags in [stop, mound, Tags(&[("amenity", "bench")])] {
                all.point(tags, [100, 400]);
                all.point(tags, [99, 400]);
                all.point(tags, [100, 401]);
            }
            // The same stop, a little farther.
            all.point(stop, [102, 398]);
        });
        assert_eq!(found, [Shape::Point([101, 399]), Shape::Point([100, 400])]);
    }

    #[test]
    fn what_is_there_twice_is_there_once_and_in_order() {
        let found = shapes(|all| {
            for _ in 0..2 {
                all.lines(PARK, Names::default(), &[vec![[0, 300], [150, 300]], vec![[0, 0], [9, 9]]]);
                all.lines(PARK, Names::default(), &[vec![[0, 0], [9, 9]]]);
                all.areas(
                    PARK,
                    Names::default(),
                    &[vec![square(250, 250, 10)], vec![square(150, 250, 10)], vec![square(0, 0, 9)]],
                );
                all.areas(PARK, Names::default(), &[vec![square(0, 0, 9)]]);
            }
        });
        let areas = vec![vec![square(150, 250, 10)], vec![square(250, 250, 10)]];
        assert_eq!(found, [Shape::Lines(vec![vec![[100, 300], [150, 300]]]), Shape::Areas(areas)]);
    }

    #[test]
    fn a_mound_is_the_middle_of_its_area() {
        let area = vec![[150, 250], [171, 250], [171, 281], [150, 250]];
        assert_eq!(shapes(|all| all.areas(MOUND, Names::default(), &[vec![area.clone()]])), [Shape::Point([160, 265])]);
        assert_eq!(middle(&area), [160, 265]);
        assert_eq!(middle(&[[-10, -21], [10, 1]]), [0, -10]);
    }
}
