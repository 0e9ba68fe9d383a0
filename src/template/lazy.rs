//! The values of pages and sections, each made when a template first asks for it.

use std::fmt;
use std::sync::OnceLock;

use tera::{Map, Value};

use super::Asked;
use crate::content::{PageId, SectionId};

/// How much of a page a value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// All but its neighbours, its twin and what is made of its body: nobody looks at those. The body need not be rendered, and
    /// one value does for lists and for neighbours.
    Thin,
}

/// Makes values. It must not wait for other threads' work, for other values may wait for it.
pub trait Maker: Send + Sync {
    /// A page as its neighbours have it: without neighbours of its own.
    fn bare_page(&self, id: PageId, extent: Extent) -> Map;

    /// The same page with what is made of its body, of which a thin value has only the keys.
    fn filled_page(&self, id: PageId, thin: Map) -> Map;

    /// A page whose `bare` value is given.
    fn page(&self, id: PageId, bare: Map, values: &Lazy) -> Map;

    /// A section as its neighbours have it: without pages and neighbours.
    fn bare_section(&self, id: SectionId, extent: Extent) -> Map;

    /// A section whose `bare` value is given.
    fn section(&self, id: SectionId, bare: Map, values: &Lazy) -> Map;
}

/// The values of a site's pages and sections.
#[derive(Default)]
pub struct Lazy {
    maker: Option<Box<dyn Maker>>,
    whole: Cells,
    /// Those of pages that others show, where that is less.
    thin: Option<Cells>,
}

/// Values that are made, or not yet.
#[derive(Default)]
struct Cells {
    bare_pages: Vec<OnceLock<Value>>,
    pages: Vec<OnceLock<Value>>,
    bare_sections: Vec<OnceLock<Value>>,
    sections: Vec<OnceLock<Value>>,
}

impl Cells {
    fn new(pages: usize, sections: usize) -> Self {
        let empty = |count| (0..count).map(|_| OnceLock::new()).collect();
        Self {
            bare_pages: empty(pages),
            pages: empty(pages),
            bare_sections: empty(sections),
            sections: empty(sections),
        }
    }
}

impl Lazy {
    /// Values that `maker` makes, of so many pages and sections. `others` is how much pages say that others show.
    #[must_use]
    pub fn new(maker: Box<dyn Maker>, pages: usize, sections: usize, others: Extent) -> Self {
        let thin = (others == Extent::Thin).then(|| Cells::new(pages, sections));
        Self { maker: Some(maker), whole: Cells::new(pages, sections), thin }
    }

    /// Whether there are none yet.
    pub(super) fn is_early(&self) -> bool {
        self.maker.is_none()
    }

    /// A page, for its own output. Where others need less, it is made for each that asks and not kept: the output of the page,
    /// perhaps a feed. All pages with their texts at once would be the whole site in memory once more.
    pub(super) fn page(&self, id: PageId) -> Value {
        if self.thin.is_some() { self.page_map(id).into() } else { self.whole_page(id) }
    }

    /// The same as a map of one's own.
    pub(super) fn page_map(&self, id: PageId) -> Map {
        match (&self.thin, &self.maker) {
            (Some(_), Some(maker)) => {
                let thin = map(self.neighbour_page(id));
                maker.page(id, maker.filled_page(id, thin), self)
            }
            _ => map(self.whole_page(id)),
        }
    }

    /// A section, for its own output.
    pub(super) fn section(&self, id: SectionId) -> Value {
        self.section_in(&self.whole, id, Extent::Whole)
    }

    /// A page, for others to show.
    #[must_use]
    pub fn other_page(&self, id: PageId) -> Value {
        if self.thin.is_some() { self.neighbour_page(id) } else { self.whole_page(id) }
    }

    /// A section, for others to show.
    #[must_use]
    pub fn other_section(&self, id: SectionId) -> Value {
        let (cells, extent) = self.others();
        self.section_in(cells, id, extent)
    }

    /// A page as its neighbours have it.
    #[must_use]
    pub fn neighbour_page(&self, id: PageId) -> Value {
        let (cells, extent) = self.others();
        Asked::note_shown(|run| {
            run.pages.insert(id);
        });
        self.get(&cells.bare_pages[id], |maker| maker.bare_page(id, extent))
    }

    /// A section as its neighbours have it.
    #[must_use]
    pub fn neighbour_section(&self, id: SectionId) -> Value {
        let (cells, extent) = self.others();
        Asked::note_shown(|run| {
            run.alone.insert(id);
        });
        self.get(&cells.bare_sections[id], |maker| maker.bare_section(id, extent))
    }

    fn others(&self) -> (&Cells, Extent) {
        self.thin.as_ref().map_or((&self.whole, Extent::Whole), |thin| (thin, Extent::Thin))
    }

    fn whole_page(&self, id: PageId) -> Value {
        Asked::note_shown(|run| {
            run.pages.insert(id);
        });
        self.get(&self.whole.pages[id], |maker| {
            let bare = self.get(&self.whole.bare_pages[id], |maker| maker.bare_page(id, Extent::Whole));
            maker.page(id, map(bare), self)
        })
    }

    fn section_in(&self, cells: &Cells, id: SectionId, extent: Extent) -> Value {
        Asked::note_shown(|run| {
            run.sections.insert(id);
        });
        self.get(&cells.sections[id], |maker| {
            let bare = self.get(&cells.bare_sections[id], |maker| maker.bare_section(id, extent));
            maker.section(id, map(bare), self)
        })
    }

    fn get(&self, cell: &OnceLock<Value>, make: impl FnOnce(&dyn Maker) -> Map) -> Value {
        match &self.maker {
            Some(maker) => cell.get_or_init(|| make(&**maker).into()).clone(),
            None => Value::none(),
        }
    }
}

fn map(value: Value) -> Map {
    value.into_map().unwrap_or_default()
}

impl fmt::Debug for Lazy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lazy({} pages, {} sections)", self.whole.pages.len(), self.whole.sections.len())
    }
}
