//! A map as a file of its own, with its own colours.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::{Drawing, LEVELS, scale};
use crate::map::export::xml;
use crate::map::frame::WIDTH;

/// Colours for paper; the theme's sheet is not at hand.
const COLOURS: &str = include_str!("standalone.css");

/// The whole sheet, the same in every file: a content security policy can then name it by one hash.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    LEVELS.iter().enumerate().fold(format!("{COLOURS}{}", scale::rules()), |mut out, (level, pixels)| {
        // Writing into memory cannot fail.
        let _ = write!(out, ".p{level}{{--px:{:.3}}}", WIDTH / pixels);
        out
    })
});

/// The level that fits a sheet of paper.
pub(in crate::map) const PAPER: usize = 1;

/// Pixels in width.
const PIXELS: f64 = 900.0;

/// Height of the line under the map, in units.
const FOOT: f64 = 100.0;

impl Drawing {
    /// The map as an SVG file at one of its levels, with a line under it that says where the data come from.
    #[must_use]
    pub fn standalone(&self, title: &str, description: &str, attribution: &str, level: usize) -> String {
        let level = level.min(self.levels.len().saturating_sub(1));
        let (width, height) = (WIDTH, self.frame.height + FOOT);
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        // Writing into memory cannot fail.
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{PIXELS}\" height=\"{:.0}\" class=\"map m{} p{level}\"><title>{}</title><desc>{}</desc><style>{}</style><svg width=\"{width}\" height=\"{}\">{}<g class=\"l\" text-anchor=\"middle\">{}</g></svg><text class=\"foot\" x=\"30\" y=\"{}\">{}</text></svg>",
            PIXELS * height / width,
            scale::step(self.frame.scale),
            xml(title),
            xml(description),
            *STYLE,
            self.frame.height,
            self.ground,
            self.levels.get(level).map_or("", String::as_str),
            self.frame.height + FOOT * 0.62,
            xml(attribution),
        );
        out
    }
}
