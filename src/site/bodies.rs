//! The Markdown of all pages and sections: run through Tera where it asks for it, then rendered.

use std::collections::BTreeMap;

use globset::GlobSet;
use rayon::prelude::*;
use tera::Value;

use crate::config::AnchorLinks;
use crate::content::{Library, Target};
use crate::diagnostic::Diagnostics;
use crate::gallery::{Galleries, Gallery};
use crate::glossary::Glossary;
use crate::guide::{Guide, Values};
use crate::map::Maps;
use crate::markdown::{AnchorCheck, Explains, Markdown, NoFragments, Owner, Pictures, Rendered};
use crate::source::{Source, glob_set};
use crate::template::{PageBlock, PageParts, Templates};

/// The rendered Markdown of all pages and sections.
pub(super) struct Bodies {
    pub(super) pages: Vec<Rendered>,
    pub(super) sections: Vec<Rendered>,
}

/// Address and title of a page or section that links to another.
type Backlink = (String, Option<String>);

/// An anchor to check and the page or section it was written on.
pub(super) type Check = (Target, AnchorCheck);

/// What rendering needs.
pub(super) struct Renderer<'a> {
    pub(super) markdown: Markdown<'a>,
    pub(super) library: &'a Library,
    pub(super) guide: &'a Guide,
    pub(super) values: &'a Values,
    pub(super) maps: &'a Maps,
    pub(super) galleries: &'a Galleries,
    pub(super) glossary: &'a Glossary,
    /// `None` when they are broken: links are still checked.
    pub(super) templates: Option<&'a Templates>,
    /// Content files that are not templates although they look like one.
    pub(super) plain: GlobSet,
}

impl<'a> Renderer<'a> {
    pub(super) fn new(
        markdown: Markdown<'a>,
        guide: &'a Guide,
        values: &'a Values,
        maps: &'a Maps,
        galleries: &'a Galleries,
        glossary: &'a Glossary,
        templates: Option<&'a Templates>,
    ) -> Self {
        let plain = glob_set(&markdown.config.skip_content_templating);
        Self { markdown, library: markdown.library, guide, values, maps, galleries, glossary, templates, plain }
    }

    /// Renders everything, in parallel.
    pub(super) fn run(&self, diagnostics: &mut Diagnostics) -> Bodies {
        let pages: Vec<(Rendered, Diagnostics)> =
            (0..self.library.pages.len()).into_par_iter().map(|id| self.page(id)).collect();
        let sections: Vec<(Rendered, Diagnostics)> =
            (0..self.library.sections.len()).into_par_iter().map(|id| self.section(id)).collect();
        let mut keep = |list: Vec<(Rendered, Diagnostics)>| {
            list.into_iter()
                .map(|(rendered, found)| {
                    diagnostics.extend(found);
                    rendered
                })
                .collect()
        };
        Bodies { pages: keep(pages), sections: keep(sections) }
    }

    fn page(&self, id: usize) -> (Rendered, Diagnostics) {
        let page = &self.library.pages[id];
        let folder = page.bundle_folder().unwrap_or_default();
        let owner = Owner {
            permalink: &page.permalink,
            language: &page.language,
            text_language: page.text_language(),
            source: &page.source.text,
            offset: Some(page.source.front.body_start),
            place: None,
            pictures: Some(Pictures { gallery: self.galleries.page(id), assets: &page.assets, folder: &folder }),
            explains: self.explains(&page.source.path, page.text_language()),
        };
        let section = page.section().and_then(|id| self.library.sections[id].front.insert_anchor_links);
        let value = || {
            let block = PageBlock {
                entry: self.guide.entry(id),
                value: self.values.of(id),
                map: self.maps.pages[id].as_ref(),
                facets: None,
            };
            let mut map = self.parts(self.galleries.page(id)).page(page, &block);
            map.insert("lower".into(), Value::none());
            map.insert("higher".into(), Value::none());
            map.into()
        };
        self.body(&page.source, owner, section, "page", value)
    }

    fn section(&self, id: usize) -> (Rendered, Diagnostics) {
        let section = &self.library.sections[id];
        let Some(source) = &section.source else { return (Rendered::default(), Diagnostics::default()) };
        let folder = section.folder();
        let owner = Owner {
            permalink: &section.permalink,
            language: &section.language,
            text_language: section.text_language(),
            source: &source.text,
            offset: Some(source.front.body_start),
            place: None,
            pictures: Some(Pictures { gallery: self.galleries.section(id), assets: &section.assets, folder: &folder }),
            explains: self.explains(&source.path, section.text_language()),
        };
        let value = || {
            let mut map = self.parts(self.galleries.section(id)).section(section);
            map.insert("pages".into(), Value::from(Vec::<Value>::new()));
            map.insert("lower".into(), Value::none());
            map.insert("higher".into(), Value::none());
            map.into()
        };
        self.body(source, owner, section.front.insert_anchor_links, "section", value)
    }

    /// What explains the words of a file.
    fn explains(&self, path: &str, language: &str) -> Option<Explains<'a>> {
        let lexicon = self.glossary.lexicon(path, language)?;
        Some(Explains { glossary: self.glossary, lexicon })
    }

    /// A value before anything is rendered: texts, contents and links from elsewhere are empty.
    fn parts<'p>(&'p self, gallery: &'p Gallery) -> PageParts<'p> {
        static NOTHING: std::sync::LazyLock<Rendered> = std::sync::LazyLock::new(Rendered::default);
        PageParts { library: self.library, config: self.markdown.config, rendered: &NOTHING, gallery, backlinks: &[] }
    }

    fn body(
        &self,
        source: &Source,
        owner: Owner<'_>,
        anchor_links: Option<AnchorLinks>,
        name: &'static str,
        value: impl Fn() -> Value,
    ) -> (Rendered, Diagnostics) {
        let anchor_links = anchor_links.unwrap_or(self.markdown.config.markdown.insert_anchor_links);
        let mut found = Diagnostics::default();
        let render = |text: &str, blocks: &[String], owner: &Owner<'_>, found: &mut Diagnostics| match self.templates {
            Some(templates) => self.markdown.render(text, blocks, owner, anchor_links, templates, found),
            None => self.markdown.render(text, blocks, owner, anchor_links, &NoFragments, found),
        };
        let made = match self.templates {
            Some(templates) if !self.plain.is_match(&source.path) => {
                templates.render_body(source, owner.language, name, value)
            }
            _ => None,
        };
        match made {
            None => (render(source.body(), &[], &owner, &mut found), found),
            // What a template wrote stands nowhere in the file: problems are looked for by their text.
            Some(Ok((text, blocks))) => (render(&text, &blocks, &Owner { offset: None, ..owner }, &mut found), found),
            Some(Err(diagnostics)) => (Rendered::default(), diagnostics.into_iter().collect()),
        }
    }
}

impl Bodies {
    pub(super) fn of(&self, target: &Target) -> Option<&Rendered> {
        match target {
            Target::Page(id) => self.pages.get(*id),
            Target::Section(id) => self.sections.get(*id),
            Target::Asset(_) => None,
        }
    }

    pub(super) fn checks(&self) -> Vec<Check> {
        let pages = self.pages.iter().enumerate().map(|(id, rendered)| (Target::Page(id), rendered));
        let sections = self.sections.iter().enumerate().map(|(id, rendered)| (Target::Section(id), rendered));
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
            .map(|(page, rendered)| (&page.permalink, &page.front.title, rendered));
        let sections = library
            .sections
            .iter()
            .zip(&self.sections)
            .map(|(section, rendered)| (&section.permalink, &section.front.title, rendered));
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
