//! The Markdown of all pages and sections: run through Tera where it asks for it, then rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use globset::GlobSet;
use rayon::prelude::*;
use tera::Value;

use super::frame::Frame;
use crate::config::AnchorLinks;
use crate::content::{Library, Page, Section, Target};
use crate::diagnostic::Diagnostics;
use crate::gallery::Gallery;
use crate::markdown::{AnchorCheck, Explains, Fragments, Markdown, NoFragments, Owner, Pictures, Rendered, word_count};
use crate::memory::{Key, Memory, Parts};
use crate::source::{Source, glob_set};
use crate::template::{Asked, PageBlock, PageParts, Workshop};

/// The rendered Markdown of all pages and sections.
pub(super) struct Bodies {
    pub(super) pages: Vec<Made>,
    pub(super) sections: Vec<Made>,
}

/// One rendered body.
#[derive(Default)]
pub(super) struct Made {
    pub(super) rendered: Arc<Rendered>,
    /// The key of everything it was made from; `None` where that cannot be said.
    pub(super) key: Option<Key>,
    /// Whether it was rendered. Where it is as it was, only what it links to is known; it is rendered when somebody asks.
    pub(super) is_later: bool,
    /// Whether it is a template.
    pub(super) is_template: bool,
    /// What it asked for.
    pub(super) asked: Asked,
}

/// Address and title of a page or section that links to another.
pub(super) type Backlink = (String, Option<String>);

/// An anchor to check and the page or section it was written on.
pub(super) type Check = (Target, AnchorCheck);

/// Where rendered bodies are kept for the next build.
pub(super) struct Keeper<'a> {
    pub(super) memory: &'a Memory,
    /// The key of everything a body is rendered with.
    pub(super) frame: Option<Key>,
    pub(super) workshop: &'a Workshop,
}

/// What rendering needs.
pub(super) struct Renderer<'a> {
    markdown: Markdown<'a>,
    library: &'a Library,
    frame: &'a Frame,
    keeper: Keeper<'a>,
    /// Content files that are not templates although they look like one.
    plain: GlobSet,
    /// Whether anybody asks how many words there are.
    counts: bool,
}

impl<'a> Renderer<'a> {
    pub(super) fn new(markdown: Markdown<'a>, frame: &'a Frame, keeper: Keeper<'a>, counts: bool) -> Self {
        let plain = glob_set(&markdown.config.skip_content_templating);
        Self { markdown, library: markdown.library, frame, keeper, plain, counts }
    }

    /// Renders everything, in parallel.
    pub(super) fn run(&self, diagnostics: &mut Diagnostics) -> Bodies {
        let pages: Vec<(Made, Diagnostics)> =
            self.library.pages.par_iter().enumerate().map(|(id, page)| self.page(id, page)).collect();
        let sections: Vec<(Made, Diagnostics)> =
            self.library.sections.par_iter().enumerate().map(|(id, section)| self.section(id, section)).collect();
        Self::gathered(pages, sections, diagnostics)
    }

    /// Renders those that have changed. Of the others it is known what they said, but for their texts.
    pub(super) fn again(
        &self,
        changed: &BTreeSet<&str>,
        known: impl Fn(&Target) -> Rendered + Sync,
        diagnostics: &mut Diagnostics,
    ) -> Bodies {
        let later = |target: Target| {
            let made = Made { rendered: Arc::new(known(&target)), is_later: true, ..Made::default() };
            (made, Diagnostics::default())
        };
        let pages = self.library.pages.par_iter().enumerate().map(|(id, page)| {
            let has_changed = changed.contains(page.source.path.as_str());
            if has_changed { self.page(id, page) } else { later(Target::Page(id)) }
        });
        let sections = self.library.sections.par_iter().enumerate().map(|(id, section)| {
            let path = section.source.as_ref().map(|source| source.path.as_str());
            let has_changed = path.is_some_and(|path| changed.contains(path));
            if has_changed { self.section(id, section) } else { later(Target::Section(id)) }
        });
        Self::gathered(pages.collect(), sections.collect(), diagnostics)
    }

    fn gathered(
        pages: Vec<(Made, Diagnostics)>,
        sections: Vec<(Made, Diagnostics)>,
        diagnostics: &mut Diagnostics,
    ) -> Bodies {
        let mut keep = |list: Vec<(Made, Diagnostics)>| {
            list.into_iter()
                .map(|(made, found)| {
                    diagnostics.extend(found);
                    made
                })
                .collect()
        };
        Bodies { pages: keep(pages), sections: keep(sections) }
    }

    /// Renders the body of a page, which may be given with another source than the library has.
    pub(super) fn page(&self, id: usize, page: &Page) -> (Made, Diagnostics) {
        let folder = page.bundle_folder().unwrap_or_default();
        let owner = Owner {
            permalink: &page.permalink,
            language: &page.language,
            text_language: page.text_language(),
            source: &page.source.text,
            offset: Some(page.source.front.body_start),
            place: None,
            pictures: Some(Pictures { gallery: self.frame.galleries.page(id), assets: &page.assets, folder: &folder }),
            explains: self.explains(&page.source.path, page.text_language()),
        };
        let section = page.section().and_then(|id| self.library.sections[id].front.insert_anchor_links);
        let value = || {
            let block = PageBlock {
                entry: self.frame.guide.entry(id),
                value: self.frame.values.of(id),
                map: self.frame.maps.pages[id].as_ref(),
                facets: None,
            };
            let rendered = unrendered(&page.source, &page.language);
            let mut map = self.parts(&rendered, self.frame.galleries.page(id)).page(page, &block);
            map.insert("lower".into(), Value::none());
            map.insert("higher".into(), Value::none());
            map.into()
        };
        self.body(&page.source, owner, section, "page", value)
    }

    /// Renders the body of a section, which may be given with another source than the library has.
    pub(super) fn section(&self, id: usize, section: &Section) -> (Made, Diagnostics) {
        let Some(source) = &section.source else { return <(Made, Diagnostics)>::default() };
        let folder = section.folder();
        let owner = Owner {
            permalink: &section.permalink,
            language: &section.language,
            text_language: section.text_language(),
            source: &source.text,
            offset: Some(source.front.body_start),
            place: None,
            pictures: Some(Pictures {
                gallery: self.frame.galleries.section(id),
                assets: &section.assets,
                folder: &folder,
            }),
            explains: self.explains(&source.path, section.text_language()),
        };
        let value = || {
            let rendered = unrendered(source, &section.language);
            let mut map = self.parts(&rendered, self.frame.galleries.section(id)).section(section);
            map.insert("pages".into(), Value::from(Vec::<Value>::new()));
            map.insert("lower".into(), Value::none());
            map.insert("higher".into(), Value::none());
            map.into()
        };
        self.body(source, owner, section.front.insert_anchor_links, "section", value)
    }

    /// What explains the words of a file.
    fn explains(&self, path: &str, language: &str) -> Option<Explains<'a>> {
        let lexicon = self.frame.glossary.lexicon(path, language)?;
        Some(Explains { glossary: &self.frame.glossary, lexicon })
    }

    /// A value before anything is rendered: texts, contents and links from elsewhere are empty.
    fn parts<'p>(&'p self, rendered: &'p Rendered, gallery: &'p Gallery) -> PageParts<'p> {
        PageParts {
            library: self.library,
            config: self.markdown.config,
            rendered,
            gallery,
            backlinks: &[],
            open_data: None,
            linked_data: true,
        }
    }

    fn body(
        &self,
        source: &Source,
        owner: Owner<'_>,
        anchor_links: Option<AnchorLinks>,
        name: &'static str,
        value: impl Fn() -> Value,
    ) -> (Made, Diagnostics) {
        let anchor_links = anchor_links.unwrap_or(self.markdown.config.markdown.insert_anchor_links);
        let key = self.keeper.frame.map(|frame| {
            Parts::of("body").with(frame).with(&source.path).with(owner.permalink).with(source.body()).key()
        });
        let mut found = Diagnostics::default();
        let (mut holds_all, mut is_a_template) = (true, false);
        let render = |found: &mut Diagnostics| {
            let before = self.keeper.workshop.asked();
            let (mut rendered, is_template) = self.render(source, &owner, anchor_links, name, value, found);
            // Counted here, for the body may be gone when values are made.
            rendered.words = if self.counts { word_count(source.body(), owner.language) } else { 0 };
            // A body that is a template may look at anything; so may the templates of pictures and words.
            is_a_template = is_template;
            holds_all = !is_template && self.keeper.workshop.asked() == before;
            (rendered, holds_all)
        };
        // What is kept asked for nothing.
        let (rendered, asked) = Asked::by(false, || self.keeper.memory.keep(key, &mut found, render));
        let key = key.filter(|_| holds_all);
        (Made { rendered, key, is_later: false, is_template: is_a_template, asked }, found)
    }

    /// Renders a body; true when it is a template.
    fn render(
        &self,
        source: &Source,
        owner: &Owner<'_>,
        anchor_links: AnchorLinks,
        name: &'static str,
        value: impl Fn() -> Value,
        found: &mut Diagnostics,
    ) -> (Rendered, bool) {
        let templates = self.frame.templates();
        let fragments: &dyn Fragments = templates.map_or(&NoFragments, |templates| templates);
        let made = match templates {
            Some(templates) if !self.plain.is_match(&source.path) => {
                templates.render_body(source, owner.language, name, value)
            }
            _ => None,
        };
        match made {
            None => (self.markdown.render(source.body(), &[], owner, anchor_links, fragments, found), false),
            // What a template wrote stands nowhere in the file: problems are looked for by their text.
            Some(Ok((text, blocks))) => {
                let owner = Owner { offset: None, ..*owner };
                (self.markdown.render(&text, &blocks, &owner, anchor_links, fragments, found), true)
            }
            Some(Err(diagnostics)) => {
                found.extend(diagnostics);
                (Rendered::default(), true)
            }
        }
    }
}

/// A body of which nothing is known yet but its words.
fn unrendered(source: &Source, language: &str) -> Rendered {
    Rendered { words: word_count(source.body(), language), ..Rendered::default() }
}

impl Bodies {
    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = (Target, &Made)> {
        let pages = self.pages.iter().enumerate().map(|(id, made)| (Target::Page(id), made));
        pages.chain(self.sections.iter().enumerate().map(|(id, made)| (Target::Section(id), made)))
    }

    pub(super) fn of(&self, target: &Target) -> Option<&Rendered> {
        match target {
            Target::Page(id) => self.pages.get(*id).map(|made| &*made.rendered),
            Target::Section(id) => self.sections.get(*id).map(|made| &*made.rendered),
            Target::Asset(_) => None,
        }
    }

    pub(super) fn checks(&self) -> Vec<Check> {
        let pages = self.pages.iter().enumerate().map(|(id, made)| (Target::Page(id), &made.rendered));
        let sections = self.sections.iter().enumerate().map(|(id, made)| (Target::Section(id), &made.rendered));
        pages
            .chain(sections)
            .flat_map(|(owner, rendered)| rendered.checks.iter().map(move |check| (owner.clone(), check.clone())))
            .collect()
    }

    /// For each page and section who links to it, as `(permalink, title)` in the order of addresses.
    pub(super) fn backlinks(&self, library: &Library) -> Backlinks {
        let mut backlinks: BTreeMap<Linked, BTreeMap<String, Option<String>>> = BTreeMap::new();
        let pages = library
            .pages
            .iter()
            .zip(&self.pages)
            .map(|(page, made)| (&page.permalink, &page.front.title, &made.rendered));
        let sections = library
            .sections
            .iter()
            .zip(&self.sections)
            .map(|(section, made)| (&section.permalink, &section.front.title, &made.rendered));
        for (permalink, title, rendered) in pages.chain(sections) {
            for target in &rendered.targets {
                let linked = match target {
                    Target::Page(id) => Linked::Page(*id),
                    Target::Section(id) => Linked::Section(*id),
                    Target::Asset(_) => continue,
                };
                backlinks.entry(linked).or_default().insert(permalink.clone(), title.clone());
            }
        }
        Backlinks(backlinks.into_iter().map(|(linked, list)| (linked, list.into_iter().collect())).collect())
    }
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Linked {
    Page(usize),
    Section(usize),
}

/// Who links to each page and section.
pub(super) struct Backlinks(BTreeMap<Linked, Vec<Backlink>>);

impl Backlinks {
    pub(super) fn page(&self, id: usize) -> &[Backlink] {
        self.0.get(&Linked::Page(id)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn section(&self, id: usize) -> &[Backlink] {
        self.0.get(&Linked::Section(id)).map_or(&[], Vec::as_slice)
    }
}
