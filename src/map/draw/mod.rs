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
