//! A commitment of a public document: what was promised, and what became of it.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::block::{Block, BlockContext, Kind, decode_block, table};
use super::check::Checker;
use super::column::{many, one};
use super::facet::Facet;
use super::facts::{FactSource, as_text};
use crate::content::PageDate;
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
        one("unchecked", "unchecked"),
    ],
    decode: decode_block::<Commitment>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Commitment {
    promised: String,
    by: Option<String>,
    /// Title of the document, as it stands on it.
    document: String,
    /// Where in it.
    page: Option<String>,
    url: Option<String>,
    due: Option<String>,
    status: Status,
    /// What shows the status.
    #[serde(default)]
    evidence: Vec<FactSource>,
    #[serde(default, serialize_with = "as_text")]
    checked: Option<PageDate>,
    /// A body or a role, never a private person.
    checked_by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Planned,
    Started,
    Done,
    Late,
    Dropped,
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
        value.insert("unchecked".into(), self.is_unchecked(context.today).into());
        value.into()
    }
}
