//! The exchange: everything that is offered and needed, and which need meets which offer.
//!
//! A need meets an offer of the same category when both are in one district or speak of the same things, and an offer of
//! another category when they share three words. Words are compared by their stems, in the language of the texts.

use std::collections::BTreeMap;

use serde_json::json;

use super::Guide;
use super::block::Block;
use super::organisation::District;
use super::posting::{Posting, Postings};
use crate::content::{Library, PageId};
use crate::language::stems;
use crate::source::Value;

/// Shared words that make a match of two categories.
const WORDS: usize = 3;

/// Which side of the board something is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Offers,
    Needs,
}

impl Side {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Offers => "offers",
            Self::Needs => "needs",
        }
    }
}

/// One item on the board of a language.
#[derive(Debug)]
struct Item {
    page: PageId,
    side: Side,
    posting: Posting,
    district: Option<District>,
    /// The page of the organisation whose it is.
    owner: Option<PageId>,
    by: Option<String>,
    example: bool,
    /// Stem and word as it stands.
    stems: BTreeMap<String, String>,
    /// Positions of the items it meets, and why.
    matches: Vec<(usize, Why)>,
}

/// Why a need and an offer meet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Why {
    category: bool,
    district: Option<District>,
    /// Shared words, as this side has them.
    words: Vec<String>,
}

impl Why {
    /// The closer match first.
    fn rank(&self) -> (bool, usize) {
        (self.category && self.district.is_some(), self.words.len())
    }
}

/// The board of every language.
#[derive(Debug, Default)]
pub(super) struct Board(BTreeMap<String, Vec<Item>>);

impl Board {
    /// Puts up what has not expired and finds what meets.
    pub(super) fn build(guide: &Guide, library: &Library, today: jiff::civil::Date) -> Self {
        let mut boards: BTreeMap<String, Vec<Item>> = BTreeMap::new();
        for page in 0..library.pages.len() {
            let Some(postings) = guide.block(page).and_then(Block::postings) else { continue };
            let board = boards.entry(library.pages[page].language.clone()).or_default();
            board.extend(items(guide, library, page, &postings, today));
        }
        for board in boards.values_mut() {
            meet(board);
        }
        Self(boards)
    }

    /// What a page has on the board, its organisation's other pages included: `offers` and `needs`.
    pub(super) fn of_page(&self, guide: &Guide, library: &Library, page: PageId) -> [(Side, Value); 2] {
        let board = self.of_language(&library.pages[page].language);
        let own = |item: &&Item| item.page == page || item.owner == Some(page);
        [Side::Offers, Side::Needs].map(|side| {
            let items = board.iter().filter(own).filter(|item| item.side == side);
            (side, items.map(|item| value(item, board, guide, library)).collect::<Vec<_>>().into())
        })
    }

    /// Everything on the board of a language: `offers` and `needs`, each `[{id, category, what, how, until, by, page,
    /// permalink, district, example, matches}]`.
    pub(super) fn value(&self, guide: &Guide, library: &Library, language: &str) -> Value {
        let board = self.of_language(language);
        let side = |side: Side| {
            let items = board.iter().filter(|item| item.side == side);
            items.map(|item| value(item, board, guide, library)).collect::<Vec<_>>()
        };
        json!({ "offers": side(Side::Offers), "needs": side(Side::Needs) })
    }

    fn of_language(&self, language: &str) -> &[Item] {
        self.0.get(language).map_or(&[], Vec::as_slice)
    }
}

fn items(
    guide: &Guide,
    library: &Library,
    page: PageId,
    postings: &Postings<'_>,
    today: jiff::civil::Date,
) -> Vec<Item> {
    let of = &library.pages[page];
    let is_directory = guide.kind(page) == Some("organisation");
    let named = postings.organisation.and_then(|name| guide.named(library, page, "organisation", name));
    let owner = if is_directory { Some(page) } else { named };
    let district = postings.district.or_else(|| guide.block(owner?)?.postings()?.district);
    let sides = [(Side::Offers, postings.offers), (Side::Needs, postings.needs)];
    let all = sides.into_iter().flat_map(|(side, list)| list.iter().map(move |posting| (side, posting)));
    all.filter(|(_, posting)| !posting.is_expired(today))
        .map(|(side, posting)| {
            let text = format!("{} {}", posting.what, posting.how.as_deref().unwrap_or_default());
            Item {
                page,
                side,
                posting: posting.clone(),
                district,
                owner,
                by: postings.by.map(str::to_string),
                example: of.is_example,
                stems: stems(&text, of.text_language()),
                matches: vec![],
            }
        })
        .collect()
}

/// Finds for every item what it meets. An example meets only examples: nobody can call on it.
fn meet(board: &mut [Item]) {
    for at in 0..board.len() {
        let mut found: Vec<(usize, Why)> = vec![];
        for other in 0..board.len() {
            let (own, theirs) = (&board[at], &board[other]);
            let is_same = own.page == theirs.page || own.owner.is_some() && own.owner == theirs.owner;
            if own.side != theirs.side && !is_same && own.example == theirs.example {
                found.extend(why(own, theirs).map(|why| (other, why)));
            }
        }
        found.sort_by(|(a, x), (b, y)| y.rank().cmp(&x.rank()).then(a.cmp(b)));
        board[at].matches = found;
    }
}

fn why(own: &Item, theirs: &Item) -> Option<Why> {
    let category = own.posting.category == theirs.posting.category;
    let district = own.district.filter(|district| theirs.district == Some(*district));
    let shared = own.stems.iter().filter(|(stem, _)| theirs.stems.contains_key(*stem));
    let words: Vec<String> = shared.map(|(_, word)| word.clone()).collect();
    let is_match = category && (district.is_some() || !words.is_empty()) || words.len() >= WORDS;
    is_match.then_some(Why { category, district, words })
}

fn value(item: &Item, board: &[Item], guide: &Guide, library: &Library) -> Value {
    let mut value = brief(item, guide, library);
    let matches: Vec<Value> = item
        .matches
        .iter()
        .map(|(at, why)| {
            let mut other = brief(&board[*at], guide, library);
            other["why"] = json!({ "category": why.category, "district": why.district, "words": why.words });
            other
        })
        .collect();
    value["matches"] = matches.into();
    value
}

/// An item without what it meets.
fn brief(item: &Item, guide: &Guide, library: &Library) -> Value {
    let mut value = serde_json::to_value(&item.posting).unwrap_or_default();
    let home = item.owner.unwrap_or(item.page);
    let title = item.owner.map_or_else(|| item.by.clone(), |page| library.pages[page].front.title.clone());
    value["side"] = item.side.key().into();
    value["by"] = title.into();
    value["page"] = guide.link(library, item.page);
    value["organisation"] = item.owner.map_or(Value::Null, |_| guide.link(library, home));
    value["permalink"] = format!("{}#{}", library.pages[item.page].permalink, item.posting.id).into();
    value["district"] = json!(item.district);
    value["example"] = item.example.into();
    value["text_lang"] = library.pages[item.page].text_language().into();
    value
}
