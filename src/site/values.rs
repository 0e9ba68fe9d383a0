//! The values of all pages and sections.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
use crate::template::{Extent, Lazy, Maker, PageBlock, PageParts, Templates, Twins, Workshop, fill_page, twin_value};

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
    pub(super) needs: Needs,
}

/// What templates ask for, of that which is not made without need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needs {
    /// Graphs of their own pages.
    pub(super) linked_data: bool,
    /// How many words there are.
    pub(super) words: bool,
}

impl Needs {
    /// Told from the texts of templates, where they name all that they look at.
    pub(super) fn of(templates: Option<&Templates>, depth: Depth) -> Self {
        let names =
            |attribute| depth == Depth::Whole || templates.is_none_or(|templates| templates.has_name(attribute));
        Self { linked_data: names("linked_data"), words: names("word_count") || names("reading_time") }
    }
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

/// A rendered text. Where the value that is made of it is kept, it goes: both would be twice the site in memory. `None` for one
/// that is rendered when its value is.
struct Text(Mutex<Option<Arc<Rendered>>>);

impl Values {
    pub(super) fn new(of: Of, bodies: Bodies) -> Self {
        let backlinks = bodies.backlinks(&of.library);
        let text = |mut made: Made| {
            // What was only for links and their checks; unless somebody else keeps it.
            if let Some(rendered) = Arc::get_mut(&mut made.rendered) {
                (rendered.ids, rendered.targets, rendered.checks) = Default::default();
            }
            Text(Mutex::new(Some(made.rendered).filter(|_| !made.is_later)))
        };
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
        let Frame { guide, values, maps, facets, .. } = &*self.of.frame;
        let block = PageBlock {
            entry: guide.entry(id),
            value: values.of(id),
            map: maps.pages[id].as_ref(),
            facets: facets.of_page(id),
        };
        let page = &self.of.library.pages[id];
        let rendered = match extent {
            // Its keys are in the order of a whole one.
            Extent::Thin => {
                let has_plain = self.pages[id].look(|rendered| rendered.plain.is_some());
                Arc::new(Rendered { plain: has_plain.then(String::new), ..Rendered::default() })
            }
            Extent::Whole => self.pages[id].take().unwrap_or_else(|| self.page_later(id, page)),
        };
        self.page_parts(id, &rendered, extent == Extent::Whole).page(page, &block)
    }

    fn page_parts<'a>(&'a self, id: PageId, rendered: &'a Rendered, linked_data: bool) -> PageParts<'a> {
        PageParts {
            library: &self.of.library,
            config: &self.of.project.config,
            rendered,
            gallery: self.of.frame.galleries.page(id),
            backlinks: self.backlinks.page(id),
            open_data: Some(&self.of.open_data),
            linked_data: linked_data && self.of.needs.linked_data,
        }
    }

    /// The body of a page, rendered now.
    fn page_later(&self, id: PageId, page: &Page) -> Arc<Rendered> {
        let whole = page.source.whole(&self.of.project.root);
        self.without_errors(whole.map(|source| {
            let page = Page { source, ..page.clone() };
            self.render(|renderer| renderer.page(id, &page))
        }))
    }

    /// The body of a section, rendered now.
    fn section_later(&self, id: SectionId, section: &Section) -> Arc<Rendered> {
        let Some(source) = &section.source else { return Arc::default() };
        self.without_errors(source.whole(&self.of.project.root).map(|source| {
            let section = Section { source: Some(source), ..section.clone() };
            self.render(|renderer| renderer.section(id, &section))
        }))
    }

    /// What was rendered later, if nothing was wrong. Whatever else there is to say of it was said.
    fn without_errors(&self, made: Option<(Made, Diagnostics)>) -> Arc<Rendered> {
        match made {
            Some((made, told)) if !told.has_errors() => made.rendered,
            _ => {
                self.of.failed.store(true, Ordering::Relaxed);
                Arc::default()
            }
        }
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
        work(&Renderer::new(markdown, &self.of.frame, keeper, self.of.needs.words))
    }
}

impl Maker for Values {
    fn bare_page(&self, id: PageId, extent: Extent) -> Map {
        match self.known.get(id) {
            Some(Some(known)) => Map::clone(known),
            _ => self.make_page(id, extent),
        }
    }

    fn filled_page(&self, id: PageId, mut thin: Map) -> Map {
        let page = &self.of.library.pages[id];
        let rendered = self.pages[id].get().unwrap_or_else(|| self.page_later(id, page));
        fill_page(&mut thin, &rendered, &page.language);
        if self.of.needs.linked_data {
            let Frame { guide, values, .. } = &*self.of.frame;
            let graph = self.page_parts(id, &rendered, true).linked_data(page, guide.entry(id), values.of(id));
            thin.insert("linked_data".into(), graph);
        }
        thin
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
        let rendered = match extent {
            Extent::Thin => Arc::default(),
            Extent::Whole => self.sections[id].take().unwrap_or_else(|| self.section_later(id, section)),
        };
        let parts = PageParts {
            library: &self.of.library,
            config: &self.of.project.config,
            rendered: &rendered,
            gallery: self.of.frame.galleries.section(id),
            backlinks: self.backlinks.section(id),
            open_data: Some(&self.of.open_data),
            linked_data: true,
        };
        parts.section(section)
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
        self.held().take()
    }

    /// The text, which stays.
    fn get(&self) -> Option<Arc<Rendered>> {
        self.held().clone()
    }

    /// What `ask` finds in the text; nothing where there is none yet.
    fn look<T: Default>(&self, ask: impl FnOnce(&Rendered) -> T) -> T {
        self.held().as_deref().map_or_else(T::default, ask)
    }

    fn held(&self) -> MutexGuard<'_, Option<Arc<Rendered>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn backlinks_part(parts: Parts, backlinks: &[Backlink]) -> Parts {
    let one =
        |parts: Parts, (permalink, title): &Backlink| parts.with(permalink).with(title.as_deref().unwrap_or_default());
    backlinks.iter().fold(parts, one)
}
