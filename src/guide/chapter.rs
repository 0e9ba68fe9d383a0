//! A chapter of the handbook.

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

use super::block::{Block, BlockContext, Kind, decode_block, table};
use super::check::Checker;
use super::column::{many, one};
use super::facet::Facet;
use crate::content::PageDate;
use crate::diagnostic::Code;
use crate::source::{Step, Value};
use crate::text;

/// Months after which a chapter should be read again, where it does not say so itself.
const REVIEW_MONTHS: u32 = 12;

/// Months after which a chapter is certainly out of date: ten years.
const LONGEST_REVIEW: u32 = 120;

pub(super) static KIND: Kind = Kind {
    name: "chapter",
    plural: "chapters",
    required: &["part", "in_short", "reviewed"],
    texts: &["in_short", "steps", "legal", "checklist", "yearly"],
    keyed: &[],
    facets: &[Facet { name: "part", path: "part", words: "part" }],
    columns: &[
        one("part", "part"),
        one("reviewed", "reviewed"),
        one("review_due", "review_due"),
        many("legal", "legal.act"),
    ],
    decode: decode_block::<Chapter>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Chapter {
    part: Part,
    in_short: Vec<String>,
    /// What to do, in order.
    #[serde(default)]
    steps: Vec<String>,
    #[serde(default)]
    legal: Vec<LegalBasis>,
    #[serde(default)]
    checklist: Vec<String>,
    /// What changes each year, and where to look it up.
    #[serde(default)]
    yearly: Vec<String>,
    #[serde(serialize_with = "as_text")]
    reviewed: PageDate,
    review_months: Option<u32>,
}

fn as_text<S: serde::Serializer>(date: &PageDate, serializer: S) -> Result<S::Ok, S::Error> {
    date.text.serialize(serializer)
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    Start,
    People,
    Money,
    City,
    Space,
    Safety,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LegalBasis {
    act: String,
    article: Option<String>,
    url: Option<String>,
}

impl Chapter {
    /// The day from which the chapter counts as out of date.
    fn review_due(&self) -> Date {
        let months = i64::from(self.review_months.unwrap_or(REVIEW_MONTHS));
        self.reviewed.day.checked_add(Span::new().try_months(months).unwrap_or_default()).unwrap_or(Date::MAX)
    }
}

impl Block for Chapter {
    fn check(&self, checker: &mut Checker<'_>) {
        let count = self.in_short.len();
        if !(3..=5).contains(&count) {
            checker.error(
                Code::InvalidValue,
                &[Step::key("in_short")],
                text!(
                    "„W skrócie” powinno mieć od trzech do pięciu zdań (jest ich {count})",
                    "“In short” should have three to five sentences (it has {count})"
                ),
                text!("skróć albo uzupełnij listę", "shorten or complete the list"),
            );
        }
        if let Some(months) = self.review_months.filter(|months| *months > LONGEST_REVIEW) {
            checker.error(
                Code::InvalidValue,
                &[Step::key("review_months")],
                text!("{months} miesięcy to za długo", "{months} months are too long"),
                text!("wpisz najwyżej {LONGEST_REVIEW}", "write at most {LONGEST_REVIEW}"),
            );
        }
        let due = self.review_due();
        if due < checker.today {
            checker.stale(
                Code::ReviewOverdue,
                &[Step::key("reviewed")],
                text!("przegląd tego rozdziału minął {due}", "the review of this chapter was due on {due}"),
                text!(
                    "przeczytaj rozdział, popraw, co się zmieniło, i wpisz dzisiejszą datę",
                    "read the chapter, mend what has changed, and write today's date"
                ),
            );
        }
        for (at, legal) in self.legal.iter().enumerate() {
            if let Some(url) = &legal.url {
                checker.web_address(&[Step::key("legal"), Step::Index(at), Step::key("url")], url);
            }
        }
    }

    fn value(&self, context: &mut BlockContext<'_>) -> Value {
        let mut value = table(self);
        let due = self.review_due();
        value.insert("review_due".into(), due.to_string().into());
        value.insert("overdue".into(), (due < context.today).into());
        for (key, texts) in [("steps_html", &self.steps), ("yearly_html", &self.yearly)] {
            let html: Vec<Value> = texts.iter().map(|text| (context.markdown)(text).into()).collect();
            value.insert(key.into(), html.into());
        }
        value.into()
    }
}
