//! Offers and needs: what organisations can do for each other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check::Checker;
use super::facts::as_text;
use super::organisation::District;
use crate::content::PageDate;
use crate::diagnostic::Code;
use crate::source::Step;
use crate::text;

/// Item: one thing that is offered or needed.
///
/// pl: Pozycja – jedna rzecz, którą ktoś oferuje albo której szuka.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Posting {
    /// Short name: small letters without marks, digits and hyphens, for example `meeting-room`.
    ///
    /// pl: Krótka nazwa – małe litery bez polskich znaków, cyfry i łączniki, np. `sala-na-zebrania`.
    #[schemars(
        regex(pattern = "^[a-z][a-z0-9-]*$"),
        extend("patternErrorMessage" = "np. sala-na-zebrania / for example meeting-room")
    )]
    pub id: String,
    /// Category: what sort of thing it is.
    ///
    /// pl: Kategoria – czego dotyczy.
    pub category: Category,
    /// What: in one sentence.
    ///
    /// pl: Co – jednym zdaniem.
    pub what: String,
    /// How: what to do to make use of it.
    ///
    /// pl: Jak – co zrobić, żeby skorzystać.
    pub how: Option<String>,
    /// Until: the last day it holds, for example 2027-06-30.
    ///
    /// pl: Do kiedy – ostatni dzień, np. 2027-06-30.
    #[serde(default, serialize_with = "as_text")]
    pub until: Option<PageDate>,
}

/// Sorts of things that organisations help each other with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// Room: for meetings or classes.
    ///
    /// pl: Sala – na zebrania albo zajęcia.
    Room,
    /// Equipment: things to borrow.
    ///
    /// pl: Sprzęt – rzeczy do pożyczenia.
    Equipment,
    /// Know-how: knowledge and advice.
    ///
    /// pl: Wiedza – znajomość rzeczy i rada.
    Expertise,
    /// Volunteers: people who help without pay.
    ///
    /// pl: Wolontariat – ludzie, którzy pomagają bez zapłaty.
    Volunteers,
    /// Partnership: doing something together.
    ///
    /// pl: Wspólne działanie – partner do wspólnego projektu.
    Partnership,
    /// Training: learning something.
    ///
    /// pl: Nauka – szkolenie albo warsztat.
    Training,
    /// Publicity: being heard of.
    ///
    /// pl: Rozgłos – pomoc w dotarciu do ludzi.
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
