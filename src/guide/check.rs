//! Checks of decoded values, each told at its place in the block.

use std::borrow::Cow;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use unicode_normalization::UnicodeNormalization;

use super::Coordinates;
use super::names::Names;
use crate::config::Config;
use crate::content::is_partial_date;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, Text, help_with_suggestion};
use crate::source::{MOST_TOLD, Step};
use crate::text;

/// Collects what is wrong with the values of one block.
pub struct Checker<'a> {
    pub(super) config: &'a Config,
    /// The day the site is built for.
    pub(super) today: Date,
    /// Pages that others may name.
    pub(super) names: &'a Names,
    /// Whether the values are mostly another file's, which is checked by itself.
    pub(super) is_translation: bool,
    /// Place of a value of the block in its file.
    pub(super) locate: &'a dyn Fn(&[Step]) -> Span,
    /// How many errors were told; more than enough are not.
    pub(super) told: usize,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    /// An error at a value of the block.
    pub(super) fn error(&mut self, code: Code, path: &[Step], message: Text, help: Text) {
        if self.told >= MOST_TOLD {
            return;
        }
        self.told += 1;
        let span = (self.locate)(path);
        self.diagnostics.push(Diagnostic::error(code, span, message).help(help));
    }

    /// What was right once: a date that has passed, a check that is long ago. Told at the original only.
    pub(super) fn stale(&mut self, code: Code, path: &[Step], message: Text, help: Text) {
        if !self.is_translation {
            let span = (self.locate)(path);
            self.diagnostics.push(Diagnostic::hint(code, span, message).help(help));
        }
    }

    /// Coordinates must be on the earth, in the guide's bounds, and the right way round.
    pub(super) fn coordinates(&mut self, path: &[Step], at: Coordinates) {
        let world = [-180.0, -90.0, 180.0, 90.0];
        let bounds = self.config.bounds.map_or(world, |bounds| bounds.0);
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
        self.named(path, "place", name, Code::UnknownPlace, |name| {
            text!("nie ma miejsca „{name}”", "there is no place `{name}`")
        });
    }

    /// An organisation that is referred to must exist.
    pub(super) fn organisation(&mut self, path: &[Step], name: &str) {
        self.named(path, "organisation", name, Code::UnknownOrganisation, |name| {
            text!("nie ma organizacji „{name}”", "there is no organisation `{name}`")
        });
    }

    fn named(&mut self, path: &[Step], kind: &str, name: &str, code: Code, message: fn(&str) -> Text) {
        let name = &name.nfc().collect::<String>();
        if self.told >= MOST_TOLD || self.names.has(kind, name) {
            return;
        }
        let known: Vec<&str> = self.names.of(kind).collect();
        let help = match (known.is_empty(), kind) {
            (true, "place") => text!("przewodnik nie ma jeszcze żadnego miejsca", "the guide has no places yet"),
            (true, _) => text!("przewodnik nie ma jeszcze żadnej organizacji", "the guide has no organisations yet"),
            (false, _) => help_with_suggestion(name, &known),
        };
        self.error(code, path, message(name), help);
    }

    /// An e-mail address, as far as one can tell without writing to it.
    pub(super) fn email(&mut self, path: &[Step], address: &str) {
        let parts = address.split_once('@');
        if address.contains(char::is_whitespace)
            || !parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
        {
            self.error(
                Code::InvalidValue,
                path,
                text!("„{address}” nie jest adresem e-mail", "`{address}` is not an e-mail address"),
                text!("przykład: kontakt@example.org", "an example: office@example.org"),
            );
        }
    }

    /// Of two dates the later one must not come first.
    pub(super) fn in_order(&mut self, path: &[Step], first: Date, last: Date) {
        if last < first {
            self.error(
                Code::InvalidValue,
                path,
                text!(
                    "koniec ({last}) jest przed początkiem ({first})",
                    "the end ({last}) is before the start ({first})"
                ),
                text!("popraw jedną z dat", "mend one of the dates"),
            );
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

    /// A telephone number: digits, and what parts them.
    pub(super) fn phone(&mut self, path: &[Step], number: &str) {
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let is_one = number.chars().all(|c| c.is_ascii_digit() || "+-()/., ".contains(c) || c == '\u{a0}');
        if !is_one || digits < 3 {
            self.error(
                Code::InvalidValue,
                path,
                text!("„{number}” nie jest numerem telefonu", "`{number}` is not a telephone number"),
                text!("wpisz cyfry, np. \"12 616 78 56\"", "write digits, for example \"12 616 78 56\""),
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

/// A text that [`Checker::web_address`] takes, as a JSON Schema.
pub(super) enum WebAddress {}

impl JsonSchema for WebAddress {
    fn schema_name() -> Cow<'static, str> {
        "WebAddress".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^https?://\S*\.\S*$",
            "patternErrorMessage": "adres zaczyna się od https:// / the address starts with https://",
            "x-type": "web-address",
        })
    }
}

/// A text that [`Checker::email`] takes, as a JSON Schema.
pub(super) enum EmailAddress {}

impl JsonSchema for EmailAddress {
    fn schema_name() -> Cow<'static, str> {
        "EmailAddress".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^[^\s@]+@[^\s@]*\.[^\s@]*$",
            "patternErrorMessage": "wpisz adres, np. kontakt@example.org / write an address, for example office@example.org",
            "x-type": "email",
        })
    }
}
