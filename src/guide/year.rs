//! The days of a year: events, and what happened on that day in other years.

use serde_json::json;

use super::{Guide, Values};
use crate::content::Library;
use crate::source::Value;

/// Something on a day of a year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayOfYear {
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31; 0 where only the month is known.
    pub day: i8,
    /// The time of an event, `HH:MM`.
    pub time: Option<String>,
    /// The year of what is remembered.
    pub since: Option<i16>,
    /// Title of the page it stands on.
    pub title: String,
    /// What happened; of an event its title.
    pub what: String,
    /// Kind of the page it stands on.
    pub kind: &'static str,
    /// Type of an event.
    pub event: Option<String>,
    /// Address of that page.
    pub permalink: String,
    /// Language of the text.
    pub text_lang: String,
}

impl DayOfYear {
    /// As templates see it.
    #[must_use]
    pub fn value(&self) -> Value {
        json!({
            "month": self.month,
            "day": self.day,
            "time": self.time,
            "since": self.since,
            "title": self.title,
            "what": self.what,
            "kind": self.kind,
            "type": self.event,
            "permalink": self.permalink,
            "text_lang": self.text_lang,
        })
    }
}

/// Events of a year and the anniversaries in it, in their order. Examples and what was called off are left out; an event
/// over several days stands on its first.
#[must_use]
pub fn days_of_year(guide: &Guide, values: &Values, library: &Library, language: &str, year: i16) -> Vec<DayOfYear> {
    let mut days = vec![];
    for (id, page) in library.pages.iter().enumerate() {
        if page.language != language || page.is_example {
            continue;
        }
        let Some((kind, value)) = values.of(id) else { continue };
        let title = page.front.title.clone().unwrap_or_default();
        let blank = DayOfYear {
            month: 0,
            day: 0,
            time: None,
            since: None,
            title: title.clone(),
            what: title,
            kind,
            event: None,
            permalink: page.permalink.clone(),
            text_lang: page.text_language().to_string(),
        };
        for date in guide.block(id).map_or(&[][..], |block| block.anniversaries()) {
            let Some((since, month, day)) = parts(&date.on).filter(|(since, ..)| *since <= year) else { continue };
            days.push(DayOfYear { month, day, since: Some(since), what: date.what.clone(), ..blank.clone() });
        }
        if *kind == "event" && value["cancelled"] != Value::Bool(true) {
            let start = value["start_day"].as_str().and_then(parts);
            let Some((_, month, day)) = start.filter(|(of, ..)| *of == year) else { continue };
            let text = |key: &str| value[key].as_str().map(str::to_string);
            days.push(DayOfYear { month, day, time: text("start_time"), event: text("type"), ..blank });
        }
    }
    days.sort();
    days
}

/// Year, month and day of `YYYY-MM-DD` or `YYYY-MM`; day 0 where there is none.
fn parts(date: &str) -> Option<(i16, i8, i8)> {
    let mut parts = date.split('-');
    let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((year, month, parts.next().map_or(Some(0), |day| day.parse().ok())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_parts() {
        for (date, expected) in [
            ("1949-06-23", Some((1949, 6, 23))),
            ("1949-06", Some((1949, 6, 0))),
            ("1949", None),
            ("1949-x", None),
            ("1949-06-x", None),
            ("", None),
        ] {
            assert_eq!(parts(date), expected, "{date}");
        }
    }
}
