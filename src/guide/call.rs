//! Money for organisations: a call for proposals, or a programme that comes back every year.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::block::{Block, BlockContext, Kind, decode_block, table};
use super::check::Checker;
use super::column::{many, one};
use super::facet::Facet;
use super::facts::as_text;
use crate::content::PageDate;
use crate::diagnostic::Code;
use crate::source::{Step, Value};
use crate::text;

pub(super) static KIND: Kind = Kind {
    name: "call",
    plural: "calls",
    required: &["funder"],
    texts: &["funder", "amount"],
    keyed: &[],
    facets: &[
        Facet { name: "who", path: "who", words: "applicant" },
        Facet { name: "state", path: "state", words: "call" },
    ],
    columns: &[
        one("funder", "funder"),
        many("who", "who"),
        one("state", "state"),
        one("opens", "opens"),
        one("closes", "closes"),
        one("yearly", "yearly"),
        many("season", "season"),
        one("amount", "amount"),
        one("link", "link"),
    ],
    decode: decode_block::<Call>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    funder: String,
    #[serde(default)]
    who: Vec<Applicant>,
    #[serde(default, serialize_with = "as_text")]
    opens: Option<PageDate>,
    /// The last day to apply.
    #[serde(default, serialize_with = "as_text")]
    closes: Option<PageDate>,
    amount: Option<String>,
    link: Option<String>,
    #[serde(default)]
    yearly: bool,
    /// First and last month in which it is usually open.
    season: Option<Vec<u8>>,
}

/// Who may apply.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Applicant {
    Association,
    OrdinaryAssociation,
    Foundation,
    Informal,
    Residents,
    PublicBenefit,
    SportsClub,
    Institution,
}

impl Call {
    /// Whether one can apply: `open`, `upcoming`, `yearly` (comes back, no date known), `past`, `unknown`.
    fn state(&self, today: Date) -> &'static str {
        let (opens, closes) = (self.opens.as_ref().map(|date| date.day), self.closes.as_ref().map(|date| date.day));
        match (opens, closes) {
            (_, Some(closes)) if closes < today => {
                if self.yearly {
                    "yearly"
                } else {
                    "past"
                }
            }
            (Some(opens), _) if opens > today => "upcoming",
            (_, Some(_)) => "open",
            // Without a last day an opening long ago says nothing about today.
            (Some(_), None) if !self.yearly => "open",
            _ if self.yearly => "yearly",
            _ => "unknown",
        }
    }

    /// What calls of one state are sorted by: the last day, else the first, else the month it usually comes.
    fn order(&self) -> String {
        let date = self.closes.as_ref().or(self.opens.as_ref());
        let month = self.season.as_ref().and_then(|months| months.first());
        match (date, month) {
            (_, Some(month)) if self.yearly => format!("{month:02}"),
            (Some(date), _) => date.day.to_string(),
            (None, Some(month)) => format!("{month:02}"),
            (None, None) => "99".into(),
        }
    }
}

impl Block for Call {
    fn check(&self, checker: &mut Checker<'_>) {
        if let (Some(opens), Some(closes)) = (&self.opens, &self.closes) {
            checker.in_order(&[Step::key("closes")], opens.day, closes.day);
        }
        if let Some(link) = &self.link {
            checker.web_address(&[Step::key("link")], link);
        }
        if let Some(months) = self
            .season
            .as_ref()
            .filter(|months| months.len() != 2 || !months.iter().all(|month| (1..=12).contains(month)))
        {
            let found = months.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
            checker.error(
                Code::InvalidValue,
                &[Step::key("season")],
                text!(
                    "„season” to dwa miesiące od 1 do 12, pierwszy i ostatni (jest: {found})",
                    "`season` is two months from 1 to 12, the first and the last (found: {found})"
                ),
                text!("przykład: [11, 12]", "an example: [11, 12]"),
            );
        }
        if self.closes.is_none() && self.opens.is_none() && !self.yearly {
            checker.stale(
                Code::MissingKey,
                &[],
                text!("nabór nie mówi, kiedy można składać wnioski", "the call does not say when one can apply"),
                text!(
                    "dodaj „closes: 2026-03-17” albo „yearly: true”, jeśli nabór wraca co roku",
                    "add `closes: 2026-03-17`, or `yearly: true` if it comes back every year"
                ),
            );
        }
    }

    fn value(&self, context: &mut BlockContext<'_>) -> Value {
        let mut value = table(self);
        let state = self.state(context.today);
        value.insert("state".into(), state.into());
        value.insert("order".into(), self.order().into());
        let left = self.closes.as_ref().filter(|_| state == "open");
        let left = left.and_then(|closes| closes.day.since(context.today).ok()).map(|span| span.get_days());
        value.insert("days_left".into(), left.into());
        value.into()
    }
}
