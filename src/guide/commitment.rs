//! A commitment of a public document: what was promised, and what became of it.

use jiff::Span;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::block::{Block, BlockContext, Kind, block_schema, decode_block, table};
use super::check::{Checker, WebAddress};
use super::column::{Holds, derived, many, one};
use super::facet::Facet;
use super::facts::{FactSource, as_text, source_values};
use crate::content::{PageDate, PartialDate};
use crate::diagnostic::Code;
use crate::source::{Step, Value};
use crate::text;

/// Months after which somebody should look again.
const FRESH_MONTHS: i32 = 6;

pub(super) static KIND: Kind = Kind {
    name: "commitment",
    plural: "commitments",
    required: &["promised", "document", "status"],
    texts: &["promised", "by", "document", "page", "evidence", "checked_by"],
    keyed: &[],
    facets: &[Facet { name: "status", path: "status", words: "status" }],
    columns: &[
        one("promised", "promised"),
        one("by", "by"),
        one("document", "document"),
        one("page", "page"),
        one("document_url", "url"),
        one("due", "due"),
        one("status", "status"),
        many("evidence", "evidence.url"),
        one("checked", "checked"),
        one("checked_by", "checked_by"),
        derived(
            "unchecked",
            "unchecked",
            Holds::Truth,
            "Not checked for long: for half a year nobody has looked.\n\npl: Dawno niesprawdzane – od pół roku nikt tego nie sprawdził.",
        ),
    ],
    decode: decode_block::<Commitment>,
    schema: block_schema::<Commitment>,
};

/// Promise: something that a public document commits to, and what became of it.
///
/// pl: Obietnica – zobowiązanie z publicznego dokumentu i to, co się z nim stało.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Commitment {
    /// What was promised: in one sentence.
    ///
    /// pl: Co obiecano – jednym zdaniem.
    promised: String,
    /// Who promised: an office or institution.
    ///
    /// pl: Kto obiecał – urząd albo instytucja.
    by: Option<String>,
    /// Document: its title, as it stands on it.
    ///
    /// pl: Dokument – jego tytuł, dokładnie taki, jak na nim stoi.
    document: String,
    /// Where in the document: for example p. 12 or § 3.
    ///
    /// pl: Gdzie w dokumencie – np. s. 12 albo § 3.
    page: Option<String>,
    /// Address of the document: from `https://` on.
    ///
    /// pl: Adres dokumentu – od `https://`.
    #[schemars(with = "Option<WebAddress>")]
    url: Option<String>,
    /// Due: a year, month or day in quotes, for example "2028".
    ///
    /// pl: Termin – rok, miesiąc albo dzień w cudzysłowie, np. "2028".
    #[schemars(with = "Option<PartialDate>")]
    due: Option<String>,
    /// Status: how it stands.
    ///
    /// pl: Stan – co się z nią dzieje.
    status: Status,
    /// Evidence: what shows the status.
    ///
    /// pl: Dowody – co potwierdza ten stan.
    #[serde(default)]
    evidence: Vec<FactSource>,
    /// Checked: the day somebody last looked, for example 2026-11-25.
    ///
    /// pl: Sprawdzono – dzień, w którym ktoś ostatnio to sprawdził, np. 2026-11-25.
    #[serde(default, serialize_with = "as_text")]
    checked: Option<PageDate>,
    /// Checked by: a body or a role, never a private person.
    ///
    /// pl: Kto sprawdził – instytucja albo rola, nigdy osoba prywatna.
    checked_by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Status {
    /// Announced: nothing has begun.
    ///
    /// pl: Zapowiedziane – nic się jeszcze nie zaczęło.
    Planned,
    /// Under way: something is being done.
    ///
    /// pl: W toku – prace trwają.
    Started,
    /// Done.
    ///
    /// pl: Zrobione.
    Done,
    /// Overdue: the day has passed.
    ///
    /// pl: Po terminie – termin minął.
    Late,
    /// Dropped: it will not be done.
    ///
    /// pl: Porzucone – nie będzie zrobione.
    Dropped,
    /// Unknown: nobody says.
    ///
    /// pl: Nie wiadomo – nikt o tym nie mówi.
    Unknown,
}
impl Commitment {
    /// Whether it is long since anybody looked. What is done or dropped stays so.
    fn is_unchecked(&self, today: Date) -> bool {
        let Some(checked) = &self.checked else { return true };
        let until = checked.day.checked_add(Span::new().months(FRESH_MONTHS)).unwrap_or(Date::MAX);
        until < today && !matches!(self.status, Status::Done | Status::Dropped)
    }
}

impl Block for Commitment {
    fn check(&self, checker: &mut Checker<'_>) {
        if let Some(url) = &self.url {
            checker.web_address(&[Step::key("url")], url);
        }
        if let Some(due) = &self.due {
            checker.partial_date(&[Step::key("due")], due);
        }
        for (at, evidence) in self.evidence.iter().enumerate() {
            if let Some(url) = &evidence.url {
                checker.web_address(&[Step::key("evidence"), Step::Index(at), Step::key("url")], url);
            }
        }
        if self.is_unchecked(checker.today) {
            let key = if self.checked.is_some() { "checked" } else { "status" };
            checker.stale(
                Code::CommitmentUnchecked,
                &[Step::key(key)],
                text!(
                    "nikt nie sprawdził tej obietnicy od pół roku",
                    "nobody has checked this commitment for half a year"
                ),
                text!(
                    "sprawdź, co się z nią dzieje, i wpisz „checked” z dzisiejszą datą",
                    "find out how it stands and write `checked` with today's date"
                ),
            );
        }
    }

    fn value(&self, context: &mut BlockContext<'_>) -> Value {
        let mut value = table(self);
        value.insert(
            "evidence".into(),
            source_values(&self.evidence, context.library.pages[context.page].text_language(), context.config),
        );
        value.insert("unchecked".into(), self.is_unchecked(context.today).into());
        value.into()
    }
}
