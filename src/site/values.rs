//! The values of all pages and sections.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use tera::{Map, Value};

use super::bodies::{Backlink, Backlinks, Bodies, Keeper, Made, Renderer};
use super::frame::Frame;
use crate::config::{Mode, Project};
use crate::content::{Library, Page, PageId, Section, SectionId};
use crate::diagnostic::Diagnostics;
use crate::markdown::{Markdown, Rendered};
use crate::memory::{Key, Memory, Parts};
use crate::open_data::OpenData;
use crate::template::{Extent, Lazy, Maker, PageBlock, PageParts, Twins, Workshop, twin_value};

/// Makes the values of all pages and sections from what the rooms before templates made of the content.
pub(super) struct Values {
    of: Of,
    backlinks: Backlinks,
    pages: Vec<Text>,
    sections: Vec<Text>,
    /// Page values of earlier builds.
    known: Vec<Option<Arc<Map>>>,
}

/// What values are made of, besides bodies.
pub(super) struct Of {
    pub(super) project: Arc<Project>,
    pub(super) library: Arc<Library>,
    pub(super) frame: Arc<Frame>,
    pub(super) open_data: Arc<OpenData>,
    pub(super) twins: Twins,
    pub(super) workshop: Arc<Workshop>,
    /// Told when a text that was left for later could not be rendered. What there is to say of it was said.
    pub(super) failed: Arc<AtomicBool>,
    pub(super) depth: Depth,
}

/// How much of other pages templates look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depth {
    /// At no lists of pages, and at no bodies of others.
    Alone,
    /// At no bodies of others.
    Thin,
    /// At anything.
    Whole,
}

/// A rendered text until its value is made: both at once would be twice the site in memory. `None` for one that is rendered
/// when its value is.
struct Text(Mutex<Option<Arc<Rendered>>>);

impl Values {
    pub(super) fn new(of: Of, bodies: Bodies) -> Self {
        let backlinks = bodies.backlinks(&of.library);
        let text = |made: Made| Text(Mutex::new(Some(made.rendered).filter(|_| !made.is_later)));
        let pages = bodies.pages.into_iter().map(text).collect();
        let sections = bodies.sections.into_iter().map(text).collect();
        Self { of, backlinks, pages, sections, known: vec![] }
    }

    /// Takes values of earlier builds from memory, and makes those that are not there, for the next one.
    pub(super) fn remember(&mut self, keys: &[Option<Key>], memory: &Memory) {
        let known = (0..self.of.library.pages.len()).into_par_iter().map(|id| {
            // The body's key holds everything but who links here.
            let backlinks = self.backlinks.page(id);
            let key = keys[id].map(|key| backlinks_part(Parts::of("page value").with(key), backlinks).key())?;
            Some(memory.keep(Some(key), &mut Diagnostics::default(), |_| (self.make_page(id, Extent::Whole), true)))
        });
        self.known = known.collect();
    }

    /// All of them, each made when it is asked for.
    pub(super) fn lazy(self) -> Lazy {
        let (pages, sections) = (self.of.library.pages.len(), self.of.library.sections.len());
        let others = if self.of.depth == Depth::Whole { Extent::Whole } else { Extent::Thin };
        Lazy::new(Box::new(self), pages, sections, others)
    }

    fn make_page(&self, id: PageId, extent: Extent) -> Map {
        let Frame { guide, values, maps, galleries, facets, .. } = &*self.of.frame;
        let block = PageBlock {
            entry: guide.entry(id),
            value: values.of(id),
            map: maps.pages[id].as_ref(),
            facets: facets.of_page(id),
        };
        let page = &self.of.library.pages[id];
        let (page, rendered) = match extent {
            Extent::Thin => (Cow::Borrowed(page), Arc::default()),
            Extent::Whole => match self.pages[id].take() {
                Some(rendered) => (Cow::Borrowed(page), rendered),
                None => self.page_later(id, page),
            },
        };
        let parts = PageParts {
            library: &self.of.library,
            config: &self.of.project.config,
            rendered: &rendered,
            gallery: galleries.page(id),
            backlinks: self.backlinks.page(id),
            open_data: Some(&self.of.open_data),
        };
        parts.page(&page, &block)
    }

    /// A page with its body, rendered now.
    fn page_later<'p>(&self, id: PageId, page: &'p Page) -> (Cow<'p, Page>, Arc<Rendered>) {
        let whole = page.source.whole(&self.of.project.root);
        let made = whole.map(|source| {
            let page = Page { source, ..page.clone() };
            let (made, told) = self.render(|renderer| renderer.page(id, &page));
            (Cow::Owned(page), made.rendered, told.has_errors())
        });
        let Some((page, rendered, false)) = made else {
            self.of.failed.store(true, Ordering::Relaxed);
            return (Cow::Borrowed(page), Arc::default());
        };
        (page, rendered)
    }

    /// A section with its body, rendered now.
    fn section_later<'s>(&self, id: SectionId, section: &'s Section) -> (Cow<'s, Section>, Arc<Rendered>) {
        let Some(source) = &section.source else { return (Cow::Borrowed(section), Arc::default()) };
        let made = source.whole(&self.of.project.root).map(|source| {
            let section = Section { source: Some(source), ..section.clone() };
            let (made, told) = self.render(|renderer| renderer.section(id, &section));
            (Cow::Owned(section), made.rendered, told.has_errors())
        });
        let Some((section, rendered, false)) = made else {
            self.of.failed.store(true, Ordering::Relaxed);
            return (Cow::Borrowed(section), Arc::default());
        };
        (section, rendered)
    }

    fn render<T>(&self, work: impl FnOnce(&Renderer<'_>) -> T) -> T {
        let markdown = Markdown {
            config: &self.of.project.config,
            library: &self.of.library,
            galleries: &self.of.frame.galleries,
            code: &self.of.workshop.code,
            marks_lines: self.of.project.mode == Mode::Serve,
        };
        let memory = Memory::default();
        let keeper = Keeper { memory: &memory, frame: None, workshop: &self.of.workshop };
        work(&Renderer::new(markdown, &self.of.frame, keeper))
    }
}

impl Maker for Values {
    fn bare_page(&self, id: PageId, extent: Extent) -> Map {
        match self.known.get(id) {
            Some(Some(known)) => Map::clone(known),
            _ => self.make_page(id, extent),
        }
    }

    fn page(&self, id: PageId, mut bare: Map, values: &Lazy) -> Map {
        let (config, page) = (&self.of.project.config, &self.of.library.pages[id]);
        let neighbour = |id: Option<PageId>| id.map_or_else(Value::none, |id| values.neighbour_page(id));
        bare.insert("embed".into(), twin_value(config, &page.path, self.of.twins.page(config, page).as_ref()));
        bare.insert("lower".into(), neighbour(page.lower));
        bare.insert("higher".into(), neighbour(page.higher));
        bare
    }

    fn bare_section(&self, id: SectionId, extent: Extent) -> Map {
        let section = &self.of.library.sections[id];
        let (section, rendered) = match extent {
            Extent::Thin => (Cow::Borrowed(section), Arc::default()),
            Extent::Whole => match self.sections[id].take() {
                Some(rendered) => (Cow::Borrowed(section), rendered),
                None => self.section_later(id, section),
            },
        };
        let parts = PageParts {
            library: &self.of.library,
            config: &self.of.project.config,
            rendered: &rendered,
            gallery: self.of.frame.galleries.section(id),
            backlinks: self.backlinks.section(id),
            open_data: Some(&self.of.open_data),
        };
        parts.section(&section)
    }

    fn section(&self, id: SectionId, mut bare: Map, values: &Lazy) -> Map {
        let (config, section) = (&self.of.project.config, &self.of.library.sections[id]);
        let neighbour = |id: Option<SectionId>| id.map_or_else(Value::none, |id| values.neighbour_section(id));
        bare.insert("embed".into(), twin_value(config, &section.path, self.of.twins.section(config, section).as_ref()));
        let pages = if self.of.depth == Depth::Alone { &[][..] } else { &section.pages };
        bare.insert("pages".into(), pages.iter().map(|id| values.other_page(*id)).collect::<Vec<_>>().into());
        bare.insert("lower".into(), neighbour(section.lower));
        bare.insert("higher".into(), neighbour(section.higher));
        bare.insert("facets".into(), PageParts::facets(self.of.frame.facets.of_section(id)));
        bare
    }
}

impl Text {
    /// The text; once, for its value is made once.
    fn take(&self) -> Option<Arc<Rendered>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

fn backlinks_part(parts: Parts, backlinks: &[Backlink]) -> Parts {
    let one =
        |parts: Parts, (permalink, title): &Backlink| parts.with(permalink).with(title.as_deref().unwrap_or_default());
    backlinks.iter().fold(parts, one)
}
