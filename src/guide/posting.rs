//! Offers and needs: what organisations can do for each other.

use serde::{Deserialize, Serialize};

use super::check::Checker;
use super::facts::as_text;
use super::organisation::District;
use crate::content::PageDate;
use crate::diagnostic::Code;
use crate::source::Step;
use crate::text;

/// One thing that is offered or needed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Posting {
    /// Its name in the page: part of its address, and what a translation names it by.
    pub id: String,
    /// What sort of thing it is.
    pub category: Category,
    /// What it is, in one sentence.
    pub what: String,
    /// How to make use of it.
    pub how: Option<String>,
    /// The last day it holds.
    #[serde(default, serialize_with = "as_text")]
    pub until: Option<PageDate>,
}

/// Sorts of things that organisations help each other with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// A room.
    Room,
    /// Things to borrow.
    Equipment,
    /// Knowledge and advice.
    Expertise,
    /// People who help without pay.
    Volunteers,
    /// Doing something together.
    Partnership,
    /// Learning.
    Training,
    /// Being heard of.
    Publicity,
}

/// Everything that one page offers and needs.
#[derive(Debug, Clone, Copy)]
pub struct Postings<'a> {
    /// What it offers.
    pub offers: &'a [Posting],
    /// What it needs.
    pub needs: &'a [Posting],
    /// Where it is.
    pub district: Option<District>,
    /// The organisation whose they are, where that is another page.
    pub organisation: Option<&'a str>,
    /// Whose they are, where that is no page of the guide.
    pub by: Option<&'a str>,
}

impl Posting {
    /// Whether its time is over.
    #[must_use]
    pub fn is_expired(&self, today: jiff::civil::Date) -> bool {
        self.until.as_ref().is_some_and(|until| until.day < today)
    }
}

/// Whether a text can be the name of an anchor: small letters, digits, hyphens.
fn is_anchor(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Ids that are unique and fit for an address, and dates that have not passed.
pub(super) fn check_postings(offers: &[Posting], needs: &[Posting], checker: &mut Checker<'_>) {
    let mut seen: Vec<&str> = vec![];
    for (key, list) in [("offers", offers), ("needs", needs)] {
        for (at, posting) in list.iter().enumerate() {
            let path = |last: &str| [Step::key(key), Step::Index(at), Step::key(last)];
            let id = posting.id.as_str();
            if !is_anchor(id) {
                checker.error(
                    Code::InvalidValue,
                    &path("id"),
                    text!("„{id}” nie nadaje się na nazwę", "`{id}` cannot be a name"),
                    text!(
                        "użyj małych liter bez polskich znaków, cyfr i łączników, np. sala-na-zebrania",
                        "use small letters without marks, digits and hyphens, for example meeting-room"
                    ),
                );
            } else if seen.contains(&id) {
                checker.error(
                    Code::InvalidValue,
                    &path("id"),
                    text!("nazwa „{id}” jest na tej stronie dwa razy", "the name `{id}` is on this page twice"),
                    text!("zmień jedną z nich", "change one of them"),
                );
            }
            seen.push(id);
            if let Some(until) = posting.until.as_ref().filter(|_| posting.is_expired(checker.today)) {
                let day = until.day;
                checker.stale(
                    Code::PostingExpired,
                    &path("until"),
                    text!(
                        "termin minął {day}: ogłoszenia nie ma już na tablicy",
                        "this ended on {day}: it has left the board"
                    ),
                    text!("przedłuż termin albo usuń ogłoszenie", "write a later day, or remove the item"),
                );
            }
        }
    }
}
