//! A chapter of the handbook.

use jiff::{Span, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::block::{Block, BlockContext, Kind, block_schema, decode_block, table};
use super::check::{Checker, WebAddress};
use super::column::{Holds, derived, many, one};
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
        derived(
            "review_due",
            "review_due",
            Holds::Date,
            "Review due: the day from which the chapter counts as out of date.\n\npl: Termin przeglądu – od tego dnia rozdział uchodzi za nieaktualny.",
        ),
        many("legal", "legal.act"),
    ],
    decode: decode_block::<Chapter>,
    schema: block_schema::<Chapter>,
};

/// Chapter: a part of the handbook, in plain language.
///
/// pl: Rozdział – część poradnika, prostym językiem.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Chapter {
    /// Part: where in the handbook it stands.
    ///
    /// pl: Część – gdzie w poradniku stoi.
    part: Part,
    /// In short: three to five sentences.
    ///
    /// pl: W skrócie – od trzech do pięciu zdań.
    #[schemars(length(min = 3, max = 5))]
    in_short: Vec<String>,
    /// Steps: what to do, in order.
    ///
    /// pl: Kroki – co zrobić, po kolei.
    #[serde(default)]
    #[schemars(extend("x-items" = { "x-type": "markdown" }))]
    steps: Vec<String>,
    /// Law: the acts that it rests on.
    ///
    /// pl: Podstawa prawna – ustawy, na których się opiera.
    #[serde(default)]
    legal: Vec<LegalBasis>,
    /// Checklist: what to tick off at the end.
    ///
    /// pl: Lista kontrolna – co na końcu odhaczyć.
    #[serde(default)]
    checklist: Vec<String>,
    /// Changes every year: what it is, and where to look it up.
    ///
    /// pl: Zmienia się co roku – co to jest i gdzie to sprawdzić.
    #[serde(default)]
    #[schemars(extend("x-items" = { "x-type": "markdown" }))]
    yearly: Vec<String>,
    /// Reviewed: the day somebody last checked all of it, for example 2026-11-25.
    ///
    /// pl: Przegląd – dzień, w którym ktoś ostatnio sprawdził całość, np. 2026-11-25.
    #[serde(serialize_with = "as_text")]
    reviewed: PageDate,
    /// Months to the next review: twelve, if nothing is said.
    ///
    /// pl: Miesiące do przeglądu – jeśli nic nie wpiszesz, dwanaście.
    #[schemars(range(max = LONGEST_REVIEW))]
    review_months: Option<u32>,
}
fn as_text<S: serde::Serializer>(date: &PageDate, serializer: S) -> Result<S::Ok, S::Error> {
    date.text.serialize(serializer)
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Part {
    /// Getting started.
    ///
    /// pl: Na początek.
    Start,
    /// People.
    ///
    /// pl: Ludzie.
    People,
    /// Money.
    ///
    /// pl: Pieniądze.
    Money,
    /// City.
    ///
    /// pl: Miasto.
    City,
    /// Space.
    ///
    /// pl: Przestrzeń.
    Space,
    /// Safety.
    ///
    /// pl: Bezpieczeństwo.
    Safety,
}

/// Act: a law and where to read it.
///
/// pl: Akt – ustawa i gdzie ją przeczytać.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LegalBasis {
    /// Act: its full title.
    ///
    /// pl: Akt – pełny tytuł.
    act: String,
    /// Article: for example art. 19a.
    ///
    /// pl: Artykuł – np. art. 19a.
    article: Option<String>,
    /// Address: where its text stands, from `https://` on.
    ///
    /// pl: Adres – gdzie jest tekst, od `https://`.
    #[schemars(with = "Option<WebAddress>")]
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
