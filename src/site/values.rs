//! The values of all pages and sections.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use tera::{Map, Value};

use super::bodies::{Backlink, Backlinks, Bodies, Made};
use super::frame::Frame;
use crate::config::Project;
use crate::content::{Library, PageId, SectionId};
use crate::diagnostic::Diagnostics;
use crate::markdown::Rendered;
use crate::memory::{Key, Memory, Parts};
use crate::open_data::OpenData;
use crate::template::{Lazy, Maker, PageBlock, PageParts, Twins, twin_value};

/// Makes the values of all pages and sections from what the rooms before templates made of the content.
pub(super) struct Values {
    pub(super) project: Arc<Project>,
    pub(super) library: Arc<Library>,
    pub(super) frame: Arc<Frame>,
    pub(super) open_data: Arc<OpenData>,
    twins: Twins,
    backlinks: Backlinks,
    pages: Vec<Text>,
    sections: Vec<Text>,
    /// Page values of earlier builds.
    known: Vec<Option<Arc<Map>>>,
}

/// A rendered text until its value is made: both at once would be twice the site in memory.
struct Text(Mutex<Option<Arc<Rendered>>>);

impl Values {
    pub(super) fn new(
        project: Arc<Project>,
        library: Arc<Library>,
        frame: Arc<Frame>,
        open_data: Arc<OpenData>,
        twins: Twins,
        bodies: Bodies,
    ) -> Self {
        let backlinks = bodies.backlinks(&library);
        let text = |made: Made| Text(Mutex::new(Some(made.rendered)));
        let pages = bodies.pages.into_iter().map(text).collect();
        let sections = bodies.sections.into_iter().map(text).collect();
        Self { project, library, frame, open_data, twins, backlinks, pages, sections, known: vec![] }
    }

    /// Takes values of earlier builds from memory, and makes those that are not there, for the next one.
    pub(super) fn remember(&mut self, keys: &[Option<Key>], memory: &Memory) {
        let known = (0..self.library.pages.len()).into_par_iter().map(|id| {
            // The body's key holds everything but who links here.
            let backlinks = self.backlinks.page(id);
            let key = keys[id].map(|key| backlinks_part(Parts::of("page value").with(key), backlinks).key())?;
            Some(memory.keep(Some(key), &mut Diagnostics::default(), |_| (self.make_page(id), true)))
        });
        self.known = known.collect();
    }

    /// All of them, each made when it is asked for.
    pub(super) fn lazy(self) -> Lazy {
        let (pages, sections) = (self.library.pages.len(), self.library.sections.len());
        Lazy::new(Box::new(self), pages, sections)
    }

    fn make_page(&self, id: PageId) -> Map {
        let Frame { guide, values, maps, galleries, facets, .. } = &*self.frame;
        let block = PageBlock {
            entry: guide.entry(id),
            value: values.of(id),
            map: maps.pages[id].as_ref(),
            facets: facets.of_page(id),
        };
        let parts = PageParts {
            library: &self.library,
            config: &self.project.config,
            rendered: &self.pages[id].take(),
            gallery: galleries.page(id),
            backlinks: self.backlinks.page(id),
            open_data: Some(&self.open_data),
        };
        parts.page(&self.library.pages[id], &block)
    }
}

impl Maker for Values {
    fn bare_page(&self, id: PageId) -> Map {
        match self.known.get(id) {
            Some(Some(known)) => Map::clone(known),
            _ => self.make_page(id),
        }
    }

    fn page(&self, id: PageId, mut bare: Map, values: &Lazy) -> Map {
        let (config, page) = (&self.project.config, &self.library.pages[id]);
        let neighbour = |id: Option<PageId>| id.map_or_else(Value::none, |id| values.bare_page(id));
        bare.insert("embed".into(), twin_value(config, &page.path, self.twins.page(config, page).as_ref()));
        bare.insert("lower".into(), neighbour(page.lower));
        bare.insert("higher".into(), neighbour(page.higher));
        bare
    }

    fn bare_section(&self, id: SectionId) -> Map {
        let parts = PageParts {
            library: &self.library,
            config: &self.project.config,
            rendered: &self.sections[id].take(),
            gallery: self.frame.galleries.section(id),
            backlinks: self.backlinks.section(id),
            open_data: Some(&self.open_data),
        };
        parts.section(&self.library.sections[id])
    }

    fn section(&self, id: SectionId, mut bare: Map, values: &Lazy) -> Map {
        let (config, section) = (&self.project.config, &self.library.sections[id]);
        let neighbour = |id: Option<SectionId>| id.map_or_else(Value::none, |id| values.bare_section(id));
        bare.insert("embed".into(), twin_value(config, &section.path, self.twins.section(config, section).as_ref()));
        bare.insert("pages".into(), section.pages.iter().map(|id| values.page(*id)).collect::<Vec<_>>().into());
        bare.insert("lower".into(), neighbour(section.lower));
        bare.insert("higher".into(), neighbour(section.higher));
        bare.insert("facets".into(), PageParts::facets(self.frame.facets.of_section(id)));
        bare
    }
}

impl Text {
    /// The text; once, for its value is made once.
    fn take(&self) -> Arc<Rendered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }
}

fn backlinks_part(parts: Parts, backlinks: &[Backlink]) -> Parts {
    let one =
        |parts: Parts, (permalink, title): &Backlink| parts.with(permalink).with(title.as_deref().unwrap_or_default());
    backlinks.iter().fold(parts, one)
}
