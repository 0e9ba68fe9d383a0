//! Drawing: from geodata in a frame to SVG that a theme's CSS colours.
//!
//! The ground (areas, streets, the way of a tour) is drawn once. What has a size on the reader's screen – numbers,
//! names, arrows, the scale bar – is drawn once for each [level](LEVELS); the CSS shows the level that fits the width
//! of the map, a script another one while the reader zooms.

mod geometry;
mod ground;
mod label;
mod level;
mod names;
mod place;
mod scale;
mod standalone;
mod style;
mod text;

pub(super) use standalone::PAPER;

use std::fmt::Write as _;

use super::export::xml;
use super::{BaseMap, Frame};
use crate::guide::Coordinates;

/// The levels of a map: each is for maps of at least so many pixels in width, up to the next. The CSS has the same
/// figures.
pub const LEVELS: [f64; 5] = [330.0, 520.0, 860.0, 1460.0, 2500.0];

/// What a map is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The part of the town.
    pub frame: Frame,
    /// The way of a tour, a line for each leg; the numbers of its stops stand at `marks`.
    pub route: Vec<Vec<Coordinates>>,
    /// From the way to what lies beside it: two points each.
    pub approaches: Vec<Vec<Coordinates>>,
    /// Points of the guide, the important ones first.
    pub marks: Vec<Mark>,
    /// Position in the base map of the area the map is about, where no point is known.
    pub area: Option<usize>,
    /// Ways of other tours.
    pub ways: Vec<Vec<Coordinates>>,
    /// Language of names that have several.
    pub language: String,
    /// How many of the levels are drawn: more for maps that are worth going close.
    pub levels: usize,
}

impl Subject {
    /// The ground and its names, and nothing of the guide.
    #[must_use]
    pub fn new(frame: Frame, language: &str, levels: usize) -> Self {
        let language = language.to_string();
        Self { frame, route: vec![], approaches: vec![], marks: vec![], area: None, ways: vec![], language, levels }
    }
}

/// A point of the guide on a map.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Where it is.
    pub at: Coordinates,
    /// Its name.
    pub name: String,
    /// The kind of page: the class of the mark.
    pub kind: &'static str,
    /// Number of a stop.
    pub number: Option<usize>,
    /// Address of the page; the mark is a link.
    pub url: Option<String>,
    /// Whether the map is about it.
    pub main: bool,
}

/// A finished map.
#[derive(Debug, Clone)]
pub struct Drawing {
    frame: Frame,
    ground: String,
    levels: Vec<String>,
}

/// Draws a map.
#[must_use]
pub fn draw(map: &BaseMap, subject: &Subject) -> Drawing {
    let ground = ground::Ground::new(map, &subject.frame);
    let mut picture = String::new();
    ground.write(&mut picture);
    if let Some(area) = subject.area {
        ground.write_area(&mut picture, area);
    }
    level::write_ways(&mut picture, subject);
    let levels = LEVELS
        .iter()
        .take(subject.levels)
        .map(|pixels| level::draw(map, &ground, subject, super::frame::WIDTH / pixels))
        .collect();
    Drawing { frame: subject.frame, ground: picture, levels }
}

impl Drawing {
    /// Height for a width of [`WIDTH`](super::frame::WIDTH).
    #[must_use]
    pub fn height(&self) -> f64 {
        self.frame.height
    }

    /// Where points of the earth lie in the drawing: see [`Frame::affine`].
    #[must_use]
    pub fn affine(&self) -> [f64; 4] {
        self.frame.affine()
    }

    /// Whether the base map has nothing here.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.ground.is_empty()
    }

    /// The map for a page: its size is the page's matter, its colours the theme's. `id` is unique in the page; links in
    /// it are links of the page.
    #[must_use]
    pub fn inline(&self, id: &str, title: &str, description: &str) -> String {
        let [west, north, x, y] = self.frame.affine();
        let mut out = String::with_capacity(self.ground.len() * 2);
        let role = if self.levels.iter().any(|level| level.contains("<a ")) { "group" } else { "img" };
        // Writing into memory cannot fail.
        let _ = write!(
            out,
            "<svg class=\"map m{}\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"{role}\" aria-labelledby=\"{id}-t {id}-d\" data-m=\"{:.4}\" data-geo=\"{west:.5} {north:.5} {x:.1} {y:.1}\"><title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>{}",
            scale::step(self.frame.scale),
            super::frame::WIDTH,
            self.frame.height,
            self.frame.scale,
            xml(title),
            xml(description),
            self.ground,
        );
        for (at, level) in self.levels.iter().enumerate() {
            let last = if at + 1 == self.levels.len() { " last" } else { "" };
            let _ = write!(out, "<g class=\"l l{at}{last}\" text-anchor=\"middle\">{level}</g>");
        }
        out.push_str("</svg>");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{Class, Feature, Geometry, Kind, Projection};

    const CENTRE: Coordinates = Coordinates([50.07, 20.03]);

    /// A map of 3000 by 2000 metres: a unit is a metre.
    pub(super) fn subject() -> Subject {
        Subject::new(Frame::at(CENTRE, [3000.0, 2000.0]), "pl", 1)
    }

    /// The place on the earth that lies at these units of [`subject`].
    pub(super) fn at([x, y]: [f64; 2]) -> Coordinates {
        Projection::at(CENTRE).point([x - 1500.0, 1000.0 - y])
    }

    pub(super) fn line(points: &[[f64; 2]]) -> Vec<Coordinates> {
        points.iter().map(|point| at(*point)).collect()
    }

    /// An upright rectangle: left, top, right, bottom.
    pub(super) fn area([left, top, right, bottom]: [f64; 4]) -> Geometry {
        Geometry::Areas(vec![vec![line(&[[left, top], [right, top], [right, bottom], [left, bottom], [left, top]])]])
    }

    pub(super) fn feature(kind: Kind, class: Option<Class>, name: &str, geometry: Geometry) -> Feature {
        let name = Some(name.to_string()).filter(|name| !name.is_empty());
        Feature { kind, class, name, name_en: None, bounds: geometry.bounds(), geometry, line: 1 }
    }

    pub(super) fn base_map(features: Vec<Feature>) -> BaseMap {
        BaseMap { features, ..BaseMap::default() }
    }

    /// A place of the guide.
    pub(super) fn mark(point: [f64; 2], name: &str) -> Mark {
        Mark { at: at(point), name: name.to_string(), kind: "place", number: None, url: None, main: false }
    }

    /// Numbers in thousandths, so that they can be compared.
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn exact<'a>(numbers: impl IntoIterator<Item = &'a f64>) -> Vec<i64> {
        numbers.into_iter().map(|number| (number * 1000.0).round() as i64).collect()
    }

    fn drawing(levels: &[&str]) -> Drawing {
        let levels = levels.iter().map(|level| (*level).to_string()).collect();
        Drawing { frame: subject().frame, ground: "<g/>".into(), levels }
    }

    #[test]
    fn a_map_in_a_page_says_where_it_lies_and_what_it_shows() {
        let drawn = drawing(&["<a/>", "<b/>"]);
        let [west, north, x, y] = drawn.affine();
        let expected = format!(
            "<svg class=\"map m20\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 3000 2000\" role=\"img\" \
             aria-labelledby=\"i-t i-d\" data-m=\"1.0000\" data-geo=\"{west:.5} {north:.5} {x:.1} {y:.1}\">\
             <title id=\"i-t\">T &amp; t</title><desc id=\"i-d\">&lt;d&gt;</desc><g/>\
             <g class=\"l l0\" text-anchor=\"middle\"><a/></g><g class=\"l l1 last\" text-anchor=\"middle\"><b/></g></svg>"
        );
        assert_eq!(drawn.inline("i", "T & t", "<d>"), expected);
        assert!(drawing(&["<b/>", "<a href=\"x\"/>"]).inline("i", "", "").contains("role=\"group\""));
        assert_eq!(exact(&[drawn.height()]), [2_000_000]);
        assert!(!drawn.is_blank() && Drawing { ground: String::new(), ..drawn }.is_blank());
    }

    #[test]
    fn a_map_as_a_file_has_one_level_and_a_line_under_it() {
        let drawn = drawing(&["<a/>", "<b/>"]);
        let file = |level: usize| drawn.standalone("T & t", "<d>", "A & B", level);
        let start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
                     viewBox=\"0 0 3000 2100\" width=\"900\" height=\"630\" class=\"map m20 p1\">\
                     <title>T &amp; t</title><desc>&lt;d&gt;</desc><style>";
        let end = "</style><svg width=\"3000\" height=\"2000\"><g/><g class=\"l\" text-anchor=\"middle\"><b/></g></svg>\
                   <text class=\"foot\" x=\"30\" y=\"2062\">A &amp; B</text></svg>\n";
        let text = file(1);
        assert!(text.starts_with(start) && text.ends_with(end), "{text}");
        // Units in a pixel at each level, and the last level that there is.
        assert!(text.contains(".p0{--px:9.091}.p1{--px:5.769}.p2{--px:3.488}.p3{--px:2.055}.p4{--px:1.200}"), "{text}");
        assert_eq!(file(2), text);
        assert!(file(0).contains("<a/>") && drawing(&[]).standalone("", "", "", 1).contains(" p0\""));
    }

    #[test]
    fn levels_and_the_area_are_drawn_as_asked() {
        let park = area([100.0, 100.0, 1100.0, 1100.0]);
        let map = base_map(vec![feature(Kind::Green, Some(Class::Park), "Park", park)]);
        let drawn = draw(&map, &Subject { levels: 2, area: Some(0), ..subject() });
        let ring = "d=\"M100 100h1000v1000h-1000z\"/>";
        assert_eq!(drawn.ground, format!("<path class=\"park\" {ring}<path class=\"about\" {ring}"));
        assert_eq!(drawn.levels.len(), 2);
        // Letters of 13 pixels where the map is 330 or 520 pixels wide.
        let label = "<g class=\"n-green\" font-size=\"0.9em\"><text x=\"600\" y=";
        assert!(drawn.levels.iter().all(|level| level.contains(label)), "{:?}", drawn.levels);
        assert_eq!(draw(&map, &subject()).ground, format!("<path class=\"park\" {ring}"));
        assert!(draw(&base_map(vec![]), &subject()).is_blank());
    }
}
