//! A day, or a minute of a day, in Kraków.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::{Serialize, Serializer};

use crate::content::DAY_PATTERN;

/// When something begins or ends: `2026-12-05`, or `2026-12-05T17:00` by the clocks of Kraków (Europe/Warsaw).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The time; `None` for a whole day.
    pub time: Option<Time>,
}

impl Moment {
    /// Parses a day or a day with a time, `T` or a space between them; `None` when it is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let day = text.get(..10)?.parse().ok()?;
        let rest = &text[10..];
        if rest.is_empty() {
            return Some(Self { day, time: None });
        }
        let time = rest.strip_prefix(['T', 't', ' '])?;
        let is_plain = matches!(time.len(), 5 | 8) && time.bytes().all(|b| b.is_ascii_digit() || b == b':');
        Some(Self { day, time: Some(time.parse().ok().filter(|_| is_plain)?) })
    }
}

/// The clocks of Kraków as POSIX writes them (IEEE 1003.1, `TZ`): summer time from the last Sunday of March to the last of
/// October. So the whole Union has it since 1996 (directive 94/21/EC, now 2000/84/EC); no event is older.
const CLOCKS: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

impl Moment {
    /// The day, or the instant with the offset of Kraków then: `2026-12-05T17:00:00+01:00` (ISO 8601).
    #[must_use]
    pub fn with_offset(self) -> String {
        let instant = self.time.and_then(|time| {
            let zone = TimeZone::posix(CLOCKS).ok()?;
            self.day.to_datetime(time).to_zoned(zone).ok()
        });
        match instant {
            Some(instant) => instant.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            None => self.day.to_string(),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time {
            Some(time) => write!(f, "{}T{:02}:{:02}", self.day, time.hour(), time.minute()),
            None => write!(f, "{}", self.day),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MomentVisitor;
        impl Visitor<'_> for MomentVisitor {
            type Value = Moment;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day or time")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Moment, E> {
                Moment::parse(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(MomentVisitor)
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": format!(r"^\s*{DAY_PATTERN}([Tt ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?\s*$"),
            "patternErrorMessage": "wpisz dzień, np. 2026-12-05, albo 2026-12-05T17:00 / write a day, for example 2026-12-05, or 2026-12-05T17:00",
            "x-type": "moment",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_follow_the_clocks_of_krakow() {
        for (moment, expected) in [
            ("2026-12-05", "2026-12-05"),
            ("2026-12-05T17:00", "2026-12-05T17:00:00+01:00"),
            ("2026-07-05T17:00", "2026-07-05T17:00:00+02:00"),
            ("2026-03-29T01:59", "2026-03-29T01:59:00+01:00"),
            ("2026-03-29T03:00", "2026-03-29T03:00:00+02:00"),
            ("2026-10-25T04:00", "2026-10-25T04:00:00+01:00"),
        ] {
            assert_eq!(Moment::parse(moment).unwrap().with_offset(), expected);
        }
    }

    #[test]
    fn days_and_minutes() {
        let written = |text: &str| Moment::parse(text).map(|moment| moment.to_string());
        assert_eq!(written("2026-12-05").as_deref(), Some("2026-12-05"));
        assert_eq!(written("2026-12-05 17:00").as_deref(), Some("2026-12-05T17:00"));
        assert_eq!(written("2026-12-05T17:00:00").as_deref(), Some("2026-12-05T17:00"));
        for wrong in
            ["2026-13-05", "2026-12-05T25:00", "2026-12-05T17", "2026-12-05T17:00Z", "2026-12-05x", "5 grudnia"]
        {
            assert!(Moment::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn moments_are_ordered_and_told_apart() {
        let moment = |text: &str| Moment::parse(text).unwrap();
        assert!(moment("2026-12-05") < moment("2026-12-05T00:00") && moment("2026-12-05T23:59") < moment("2026-12-06"));
        for (text, expected) in [
            (" 2026-12-05 ", Some("2026-12-05")),
            ("2026-12-05t07:08", Some("2026-12-05T07:08")),
            ("2026-12-05T07:08:09", Some("2026-12-05T07:08")),
            ("2026-12-05T7:08", None),
            ("2026-12-05T07.08", None),
            ("2026-12-05T07:08:9", None),
            ("2026-12-05T07:60", None),
            ("2026-12-05T+7:08", None),
            ("2026-12-05T070809", None),
            ("2026-12-05T07:08:09.5", None),
            ("2026-12-0", None),
            ("5 grudnia 2026", None),
            ("żółć żółć", None),
        ] {
            assert_eq!(Moment::parse(text).map(|moment| moment.to_string()).as_deref(), expected, "{text}");
        }
        let wrong = |json: &str| serde_json::from_str::<Moment>(json).unwrap_err().to_string();
        assert!(wrong("5").contains("expected a day or time") && wrong("\"x\"").contains("expected a day or time"));
        assert_eq!(serde_json::to_string(&moment("2026-12-05 17:00")).unwrap(), "\"2026-12-05T17:00\"");
        assert_eq!(serde_json::from_str::<Moment>("\"2026-12-05\"").unwrap(), moment("2026-12-05"));
    }

    #[test]
    fn a_schema_takes_what_is_a_moment() {
        let schema = Moment::json_schema(&mut SchemaGenerator::default());
        let pattern = fancy_regex::Regex::new(schema.get("pattern").unwrap().as_str().unwrap()).unwrap();
        for text in [
            "2026-12-05",
            " 2026-12-05 ",
            "2026-12-05T17:00",
            "2026-12-05 23:59:59",
            "2026-12-05t00:00",
            "2026-12-05T24:00",
            "2026-12-05T17",
            "2026-12-05T17:60",
            "2026-13-05",
            "2026-04-31",
            "2026-12-05x",
            "5 grudnia",
        ] {
            assert_eq!(pattern.is_match(text).unwrap(), Moment::parse(text).is_some(), "{text}");
        }
    }
}
