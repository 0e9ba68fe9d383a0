//! The values of pages and sections, each made when a template first asks for it.

use std::fmt;
use std::sync::OnceLock;

use tera::{Map, Value};

use crate::content::{PageId, SectionId};

/// Makes values. It must not wait for other threads' work, for other values may wait for it.
pub trait Maker: Send + Sync {
    /// A page as its neighbours have it: without neighbours of its own.
    fn bare_page(&self, id: PageId) -> Map;

    /// A page whose `bare` value is given.
    fn page(&self, id: PageId, bare: Map, values: &Lazy) -> Map;

    /// A section as its neighbours have it: without pages and neighbours.
    fn bare_section(&self, id: SectionId) -> Map;

    /// A section whose `bare` value is given.
    fn section(&self, id: SectionId, bare: Map, values: &Lazy) -> Map;
}

/// The values of a site's pages and sections.
#[derive(Default)]
pub struct Lazy {
    maker: Option<Box<dyn Maker>>,
    bare_pages: Vec<OnceLock<Value>>,
    pages: Vec<OnceLock<Value>>,
    bare_sections: Vec<OnceLock<Value>>,
    sections: Vec<OnceLock<Value>>,
}

impl Lazy {
    /// Values that `maker` makes, of so many pages and sections.
    #[must_use]
    pub fn new(maker: Box<dyn Maker>, pages: usize, sections: usize) -> Self {
        let empty = |count| (0..count).map(|_| OnceLock::new()).collect();
        Self {
            maker: Some(maker),
            bare_pages: empty(pages),
            pages: empty(pages),
            bare_sections: empty(sections),
            sections: empty(sections),
        }
    }

    /// Whether there are none yet.
    pub(super) fn is_early(&self) -> bool {
        self.maker.is_none()
    }

    /// A page as its neighbours have it.
    #[must_use]
    pub fn bare_page(&self, id: PageId) -> Value {
        self.get(&self.bare_pages, id, |maker| maker.bare_page(id))
    }

    /// A page.
    #[must_use]
    pub fn page(&self, id: PageId) -> Value {
        self.get(&self.pages, id, |maker| maker.page(id, map(self.bare_page(id)), self))
    }

    /// A section as its neighbours have it.
    #[must_use]
    pub fn bare_section(&self, id: SectionId) -> Value {
        self.get(&self.bare_sections, id, |maker| maker.bare_section(id))
    }

    /// A section.
    #[must_use]
    pub fn section(&self, id: SectionId) -> Value {
        self.get(&self.sections, id, |maker| maker.section(id, map(self.bare_section(id)), self))
    }

    fn get(&self, cells: &[OnceLock<Value>], id: usize, make: impl FnOnce(&dyn Maker) -> Map) -> Value {
        match &self.maker {
            Some(maker) => cells[id].get_or_init(|| make(&**maker).into()).clone(),
            None => Value::none(),
        }
    }
}

fn map(value: Value) -> Map {
    value.into_map().unwrap_or_default()
}

impl fmt::Debug for Lazy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lazy({} pages, {} sections)", self.pages.len(), self.sections.len())
    }
}
