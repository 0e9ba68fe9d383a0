//! Checks of decoded values, each told at its place in the block.

use unicode_normalization::UnicodeNormalization;

use super::Coordinates;
use crate::content::is_partial_date;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, Text, help_with_suggestion};
use crate::source::Step;
use crate::text;

/// Collects what is wrong with the values of one block.
pub struct Checker<'a> {
    pub(super) bounds: Option<[f64; 4]>,
    /// Names of all places.
    pub(super) places: &'a [&'a str],
    /// Place of a value of the block in its file.
    pub(super) locate: &'a dyn Fn(&[Step]) -> Span,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    /// An error at a value of the block.
    pub(super) fn error(&mut self, code: Code, path: &[Step], message: Text, help: Text) {
        let span = (self.locate)(path);
        self.diagnostics.push(Diagnostic::error(code, span, message).help(help));
    }

    /// Coordinates must be on the earth, in the guide's bounds, and the right way round.
    pub(super) fn coordinates(&mut self, path: &[Step], at: Coordinates) {
        let world = [-180.0, -90.0, 180.0, 90.0];
        let bounds = self.bounds.unwrap_or(world);
        if at.within(bounds) && at.within(world) {
            return;
        }
        let (latitude, longitude) = (at.latitude(), at.longitude());
        let [west, south, east, north] = bounds;
        let help = if at.swapped().within(bounds) {
            text!(
                "liczby są zamienione: najpierw szerokość, potem długość: [{longitude}, {latitude}]",
                "the numbers are swapped: latitude first, then longitude: [{longitude}, {latitude}]"
            )
        } else {
            text!(
                "szerokość ma być między {south} a {north}, długość między {west} a {east}",
                "the latitude must lie between {south} and {north}, the longitude between {west} and {east}"
            )
        };
        self.error(
            Code::CoordinatesOutOfRange,
            path,
            text!(
                "punkt [{latitude}, {longitude}] leży poza obszarem przewodnika",
                "the point [{latitude}, {longitude}] lies outside the guide's area"
            ),
            help,
        );
    }

    /// A place that is referred to must exist.
    pub(super) fn place(&mut self, path: &[Step], name: &str) {
        let name = &name.nfc().collect::<String>();
        if !self.places.contains(&name.as_str()) {
            let help = if self.places.is_empty() {
                text!("przewodnik nie ma jeszcze żadnego miejsca", "the guide has no places yet")
            } else {
                help_with_suggestion(name, self.places)
            };
            self.error(Code::UnknownPlace, path, text!("nie ma miejsca „{name}”", "there is no place `{name}`"), help);
        }
    }

    /// A day, month or year: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub(super) fn partial_date(&mut self, path: &[Step], date: &str) {
        if !is_partial_date(date) {
            self.error(
                Code::InvalidValue,
                path,
                text!("„{date}” nie jest datą", "`{date}` is not a date"),
                text!(
                    "wpisz rok, miesiąc albo dzień w cudzysłowie: \"1960\", \"1960-04\", \"1960-04-27\"",
                    "write a year, month or day in quotes: \"1960\", \"1960-04\", \"1960-04-27\""
                ),
            );
        }
    }

    /// A web address.
    pub(super) fn web_address(&mut self, path: &[Step], address: &str) {
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        if !rest.is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace)) {
            self.error(
                Code::InvalidValue,
                path,
                text!("„{address}” nie jest adresem strony", "`{address}` is not a web address"),
                text!("adres zaczyna się od https://", "the address starts with https://"),
            );
        }
    }
}
