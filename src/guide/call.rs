//! Money for organisations: a call for proposals, or a programme that comes back every year.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::block::{Block, BlockContext, Kind, block_schema, decode_block, table};
use super::check::{Checker, WebAddress};
use super::column::{Holds, derived, many, one};
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
        derived(
            "state",
            "state",
            Holds::Words(&[
                ("open", "Open: one can apply.\n\npl: Otwarty – można składać wnioski."),
                ("upcoming", "Upcoming: the first day is known.\n\npl: Zapowiedziany – pierwszy dzień jest znany."),
                ("yearly", "Every year: no date is known yet.\n\npl: Co roku – terminu jeszcze nie ma."),
                ("past", "Past: it has closed.\n\npl: Zamknięty – termin minął."),
                ("unknown", "Unknown: it does not say when.\n\npl: Nie wiadomo – nie podano terminu."),
            ]),
            "State: on the day the data were made.\n\npl: Stan – w dniu, w którym powstały dane.",
        ),
        one("opens", "opens"),
        one("closes", "closes"),
        one("yearly", "yearly"),
        many("season", "season"),
        one("amount", "amount"),
        one("link", "link"),
    ],
    decode: decode_block::<Call>,
    schema: block_schema::<Call>,
};

/// Call: money that organisations can apply for.
///
/// pl: Nabór – pieniądze, o które można się ubiegać.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Call {
    /// Funder: who gives the money.
    ///
    /// pl: Kto daje pieniądze – np. Gmina Miejska Kraków.
    funder: String,
    /// Open to: who may apply.
    ///
    /// pl: Dla kogo – kto może złożyć wniosek.
    #[serde(default)]
    who: Vec<Applicant>,
    /// Opens: the first day to apply, for example 2026-12-01.
    ///
    /// pl: Od – pierwszy dzień składania wniosków, np. 2026-12-01.
    #[serde(default, serialize_with = "as_text")]
    opens: Option<PageDate>,
    /// Closes: the last day to apply, for example 2026-12-31.
    ///
    /// pl: Do – ostatni dzień składania wniosków, np. 2026-12-31.
    #[serde(default, serialize_with = "as_text")]
    closes: Option<PageDate>,
    /// Amount: in words, for example up to PLN 10,000.
    ///
    /// pl: Kwota – słowami, np. do 10 000 zł.
    amount: Option<String>,
    /// Link: the page of the call, from `https://` on.
    ///
    /// pl: Link – strona naboru, od `https://`.
    #[schemars(with = "Option<WebAddress>")]
    link: Option<String>,
    /// Every year: true if it comes back each year; false if nobody knows of that, nor of dates.
    ///
    /// pl: Co roku – true, jeśli nabór wraca co roku; false, jeśli nic o tym nie wiadomo ani o terminie.
    #[serde(default, serialize_with = "as_said")]
    yearly: Option<bool>,
    /// Season: first and last month in which it is usually open, for example `[11, 12]`.
    ///
    /// pl: Miesiące – pierwszy i ostatni, w których zwykle trwa, np. `[11, 12]`.
    #[schemars(length(equal = 2), inner(range(min = 1, max = 12)))]
    season: Option<Vec<u8>>,
}

/// Who may apply.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Applicant {
    /// Associations.
    ///
    /// pl: Stowarzyszenia.
    Association,
    /// Ordinary associations.
    ///
    /// pl: Stowarzyszenia zwykłe.
    OrdinaryAssociation,
    /// Foundations.
    ///
    /// pl: Fundacje.
    Foundation,
    /// Informal groups.
    ///
    /// pl: Grupy nieformalne.
    Informal,
    /// Residents.
    ///
    /// pl: Mieszkańcy.
    Residents,
    /// Public benefit organisations.
    ///
    /// pl: Organizacje pożytku publicznego.
    PublicBenefit,
    /// Sports clubs.
    ///
    /// pl: Kluby sportowe.
    SportsClub,
    /// Institutions.
    ///
    /// pl: Instytucje.
    Institution,
}
#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn as_said<S: Serializer>(yearly: &Option<bool>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(yearly.unwrap_or(false))
}

impl Call {
    fn is_yearly(&self) -> bool {
        self.yearly == Some(true)
    }

    /// Whether one can apply: `open`, `upcoming`, `yearly` (comes back, no date known), `past`, `unknown`.
    fn state(&self, today: Date) -> &'static str {
        let (opens, closes) = (self.opens.as_ref().map(|date| date.day), self.closes.as_ref().map(|date| date.day));
        match (opens, closes) {
            (_, Some(closes)) if closes < today => {
                if self.is_yearly() {
                    "yearly"
                } else {
                    "past"
                }
            }
            (Some(opens), _) if opens > today => "upcoming",
            (_, Some(_)) => "open",
            // Without a last day an opening long ago says nothing about today.
            (Some(_), None) if !self.is_yearly() => "open",
            _ if self.is_yearly() => "yearly",
            _ => "unknown",
        }
    }

    /// What calls of one state are sorted by: the last day, else the first, else the month it usually comes.
    fn order(&self) -> String {
        let date = self.closes.as_ref().or(self.opens.as_ref());
        let month = self.season.as_ref().and_then(|months| months.first());
        match (date, month) {
            (_, Some(month)) if self.is_yearly() => format!("{month:02}"),
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
        if self.closes.is_none() && self.opens.is_none() && self.yearly.is_none() {
            checker.stale(
                Code::MissingKey,
                &[],
                text!("nabór nie mówi, kiedy można składać wnioski", "the call does not say when one can apply"),
                text!(
                    "dodaj „closes: 2026-03-17” albo „yearly: true”, jeśli nabór wraca co roku; jeśli nic nie wiadomo, „yearly: false”",
                    "add `closes: 2026-03-17`, or `yearly: true` if it comes back every year; `yearly: false` if nobody knows"
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
