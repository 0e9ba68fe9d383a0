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
    /// All but what is made of its body: nobody looks at that, and it would have to be rendered.
    Thin,
}

/// Makes values. It must not wait for other threads' work, for other values may wait for it.
pub trait Maker: Send + Sync {
    /// A page as its neighbours have it: without neighbours of its own.
    fn bare_page(&self, id: PageId, extent: Extent) -> Map;

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

    /// A page, for its own output.
    pub(super) fn page(&self, id: PageId) -> Value {
        self.page_in(&self.whole, id, Extent::Whole)
    }

    /// A section, for its own output.
    pub(super) fn section(&self, id: SectionId) -> Value {
        self.section_in(&self.whole, id, Extent::Whole)
    }

    /// A page, for others to show.
    #[must_use]
    pub fn other_page(&self, id: PageId) -> Value {
        let (cells, extent) = self.others();
        self.page_in(cells, id, extent)
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
        Asked::note(|run| {
            run.pages.insert(id);
        });
        self.get(&cells.bare_pages[id], |maker| maker.bare_page(id, extent))
    }

    /// A section as its neighbours have it.
    #[must_use]
    pub fn neighbour_section(&self, id: SectionId) -> Value {
        let (cells, extent) = self.others();
        Asked::note(|run| {
            run.alone.insert(id);
        });
        self.get(&cells.bare_sections[id], |maker| maker.bare_section(id, extent))
    }

    fn others(&self) -> (&Cells, Extent) {
        self.thin.as_ref().map_or((&self.whole, Extent::Whole), |thin| (thin, Extent::Thin))
    }

    fn page_in(&self, cells: &Cells, id: PageId, extent: Extent) -> Value {
        Asked::note(|run| {
            run.pages.insert(id);
        });
        self.get(&cells.pages[id], |maker| {
            let bare = self.get(&cells.bare_pages[id], |maker| maker.bare_page(id, extent));
            maker.page(id, map(bare), self)
        })
    }

    fn section_in(&self, cells: &Cells, id: SectionId, extent: Extent) -> Value {
        Asked::note(|run| {
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
