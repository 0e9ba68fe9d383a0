//! Dates of front matter.

use std::borrow::Cow;
use std::fmt;

use jiff::civil;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// A date as written, and the instant it means.
///
/// Accepted are RFC 3339, RFC 3339 without an offset (taken as UTC) and `YYYY-MM-DD` (midnight UTC).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDate {
    /// As written, with `T` between date and time and without trailing zeros of a fraction.
    pub text: String,
    /// The instant, for sorting.
    pub instant: jiff::Timestamp,
    /// The day in the written offset.
    pub day: civil::Date,
}

impl PageDate {
    /// Parses a date; `None` when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let day: civil::Date = text.get(..10)?.parse().ok()?;
        if text.len() == 10 {
            let instant = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
            return Some(Self { text: text.to_string(), instant, day });
        }
        let separator = text.as_bytes()[10];
        if !matches!(separator, b'T' | b't' | b' ') {
            return None;
        }
        let normal = format!("{}T{}", &text[..10], trim_fraction(text.get(11..)?));
        let instant = normal.parse::<jiff::Timestamp>().ok().or_else(|| {
            let local: civil::DateTime = normal.parse().ok()?;
            Some(local.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
        })?;
        Some(Self { text: normal, instant, day })
    }
}

/// Whether a text is a day, month or year: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[must_use]
pub fn is_partial_date(text: &str) -> bool {
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_string(),
    };
    full.len() == 10 && full.parse::<civil::Date>().is_ok()
}

fn trim_fraction(time: &str) -> String {
    let Some((whole, rest)) = time.split_once('.') else { return time.to_string() };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let fraction = rest[..digits].trim_end_matches('0');
    let dot = if fraction.is_empty() { "" } else { "." };
    format!("{whole}{dot}{fraction}{}", &rest[digits..])
}

impl<'de> Deserialize<'de> for PageDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;
        impl Visitor<'_> for DateVisitor {
            type Value = PageDate;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<PageDate, E> {
                PageDate::parse(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(DateVisitor)
    }
}

/// A regular expression for `YYYY-MM-DD` with a day that the month has; of February the 29th passes in every year.
pub(crate) const DAY_PATTERN: &str =
    r"\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d))";

impl JsonSchema for PageDate {
    fn schema_name() -> Cow<'static, str> {
        "PageDate".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let time = r"([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d([.,]\d{1,9})?)?)?";
        let offset = r"([Zz]|[+-]\d{2}(:?\d{2}(:?\d{2})?)?)";
        json_schema!({
            "type": "string",
            "pattern": format!(r"^\s*{DAY_PATTERN}([Tt ]{time}{offset}?)?\s*$"),
            "patternErrorMessage": "wpisz datę, np. 2026-03-31 / write a date, for example 2026-03-31",
            "x-type": "date",
        })
    }
}

/// A text that [`is_partial_date`] takes, as a JSON Schema.
pub(crate) enum PartialDate {}

impl JsonSchema for PartialDate {
    fn schema_name() -> Cow<'static, str> {
        "PartialDate".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": format!(r"^(\d{{4}}|\d{{4}}-(0[1-9]|1[0-2])|{DAY_PATTERN})$"),
            "patternErrorMessage": "wpisz rok, miesiąc albo dzień w cudzysłowie: \"1960\", \"1960-04\", \"1960-04-27\" / write a year, month or day in quotes: \"1960\", \"1960-04\", \"1960-04-27\"",
            "x-type": "partial-date",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_written_and_knows_the_instant() {
        let date = PageDate::parse("2024-05-06 07:08:09.500-05:00").unwrap();
        assert_eq!(date.text, "2024-05-06T07:08:09.5-05:00");
        assert_eq!(date.instant.to_string(), "2024-05-06T12:08:09.5Z");
        assert_eq!(date.day.day(), 6);
        assert_eq!(PageDate::parse("2024-05-06T07:08:09").unwrap().instant.to_string(), "2024-05-06T07:08:09Z");
        assert_eq!(PageDate::parse("2024-05-06").unwrap().text, "2024-05-06");
    }

    #[test]
    fn refuses_impossible_days() {
        for text in ["2024-02-30", "2024-5-6", "6 maja 2024", "2024-05-06x", ""] {
            assert!(PageDate::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn dates_are_written_in_many_ways() {
        for (text, expected) in [
            (" 2024-05-06 ", Some(("2024-05-06", "2024-05-06T00:00:00Z"))),
            ("2024-05-06t07:08", Some(("2024-05-06T07:08", "2024-05-06T07:08:00Z"))),
            ("2024-05-06T07:08:09Z", Some(("2024-05-06T07:08:09Z", "2024-05-06T07:08:09Z"))),
            ("2024-05-06T07:08:09.000+02:00", Some(("2024-05-06T07:08:09+02:00", "2024-05-06T05:08:09Z"))),
            ("2024-05-06T07:08:09.120", Some(("2024-05-06T07:08:09.12", "2024-05-06T07:08:09.12Z"))),
            ("2024-05-06-07:08", None),
            ("2024-05-06T", None),
            ("2024-05-06T25:00", None),
            ("żółć żółć żółć", None),
        ] {
            let found = PageDate::parse(text).map(|date| (date.text, date.instant.to_string()));
            assert_eq!(found.as_ref().map(|(text, instant)| (text.as_str(), instant.as_str())), expected, "{text}");
        }
        let wrong = |json: &str| serde_json::from_str::<PageDate>(json).unwrap_err().to_string();
        assert!(wrong("5").contains("expected a date") && wrong("\"x\"").contains("expected a date"));
        assert_eq!(serde_json::from_str::<PageDate>("\"2024-05-06\"").unwrap().day.to_string(), "2024-05-06");
    }

    #[test]
    fn schemas_take_what_is_a_date() {
        let pattern =
            |schema: &Schema| fancy_regex::Regex::new(schema.get("pattern").unwrap().as_str().unwrap()).unwrap();
        let generator = &mut SchemaGenerator::default();
        let (whole, partial) =
            (pattern(&PageDate::json_schema(generator)), pattern(&PartialDate::json_schema(generator)));
        for text in [
            "2024",
            "2024-05",
            "2024-05-06",
            " 2024-05-06",
            "2024-13",
            "2024-00",
            "2024-04-31",
            "2024-12-31",
            "2024-05-06T07:08",
            "2024-05-06T07:08:09.5+02:00",
            "2024-05-06T24:00",
            "2024-05-06x",
            "202",
            "20240506",
            "",
            "2024-05-0",
        ] {
            assert_eq!(whole.is_match(text).unwrap(), PageDate::parse(text).is_some(), "{text}");
            assert_eq!(partial.is_match(text).unwrap(), is_partial_date(text), "{text}");
        }
        assert_eq!(
            (trim_fraction("07:08"), trim_fraction("1.500x"), trim_fraction("1.0"), trim_fraction("1.05")),
            ("07:08".into(), "1.5x".into(), "1".into(), "1.05".into())
        );
    }
}
