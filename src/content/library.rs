//! All pages and sections of all languages, linked to each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use rayon::prelude::*;

use super::address::clean_path;
use super::builder::Builder;
use super::{Page, PageId, Section, SectionFront, SectionId, Target, Taxonomy, collisions, slugify, taxonomy, tree};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::source::{Asset, ContentName, Source, Table, Value, WalkedContent};
use crate::text;

/// The site's content: pages, sections and taxonomies, and how to find them.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Pages of all languages, fallbacks included, in the order of their files.
    pub pages: Vec<Page>,
    /// Sections of all languages, fallbacks included.
    pub sections: Vec<Section>,
    /// Taxonomies of all languages.
    pub taxonomies: Vec<Taxonomy>,
    /// Whether everything that was found is in here: false after an error that lost a page.
    pub complete: bool,
    /// Names of files that could not be read: what refers to them is not to blame.
    pub lost: Vec<ContentName>,
    pub(super) page_index: Index,
    pub(super) section_index: Index,
    pub(super) file_index: HashMap<String, Target>,
    pub(super) following: BTreeSet<String>,
    /// Whether titles are sorted after the alphabet of their language.
    pub(super) collate: bool,
}

/// Positions by canonical path and language. Templates ask often: no key is put together for a question.
#[derive(Debug, Clone, Default)]
pub(super) struct Index(HashMap<String, Vec<(String, usize)>>);

impl Index {
    pub(super) fn get(&self, canonical: &str, language: &str) -> Option<usize> {
        let versions = self.0.get(canonical)?;
        versions.iter().find(|(own, _)| own == language).map(|(_, id)| *id)
    }

    /// Puts one in; returns the one that was there.
    fn insert(&mut self, canonical: &str, language: &str, id: usize) -> Option<usize> {
        let versions = self.0.entry(canonical.to_string()).or_default();
        if let Some((_, known)) = versions.iter_mut().find(|(own, _)| own == language) {
            return Some(std::mem::replace(known, id));
        }
        versions.push((language.to_string(), id));
        None
    }
}

/// Keys of front matter besides Zola's.
#[derive(Debug, Clone, Copy)]
pub struct BlockKeys<'a> {
    /// Those of pages.
    pub pages: &'a [&'a str],
    /// Those of sections.
    pub sections: &'a [&'a str],
}

impl Library {
    /// Gives the files their meaning.
    ///
    /// `block_keys` are the keys besides Zola's that other rooms read. Problems go into `diagnostics`.
    #[must_use]
    pub fn build(
        config: &Config,
        content: WalkedContent,
        drafts: bool,
        block_keys: BlockKeys<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut builder = Builder {
            config,
            block_keys: block_keys.pages,
            section_block_keys: block_keys.sections,
            diagnostics,
            library: Self {
                complete: content.complete,
                lost: content.lost,
                collate: config.collate,
                ..Self::default()
            },
        };
        let misplaced = builder.check_folders(&content.sources);
        let originals: HashMap<String, Arc<Source>> = content
            .sources
            .iter()
            .filter(|source| source.language == config.default_language)
            .map(|source| (source.name.canonical(), Arc::clone(source)))
            .collect();
        let mut library = builder.library;
        let sources = content.sources.into_par_iter().filter(|source| !misplaced.contains(&source.path));
        let added = sources.map(|source| {
            let mut told = Diagnostics::default();
            // A list that grows has room for four at once, and a page is large.
            let (pages, sections) = (Vec::with_capacity(1), Vec::with_capacity(1));
            let own = Self { complete: true, lost: library.lost.clone(), pages, sections, ..Self::default() };
            let mut builder = Builder {
                config,
                block_keys: block_keys.pages,
                section_block_keys: block_keys.sections,
                diagnostics: &mut told,
                library: own,
            };
            builder.add(source, &originals);
            (builder.library, told)
        });
        let added: Vec<(Self, Diagnostics)> = added.collect();
        // A list of large things that grows in steps is there twice at each.
        library.pages.reserve_exact(added.len());
        for (own, told) in added {
            library.pages.extend(own.pages);
            library.sections.extend(own.sections);
            library.complete &= own.complete;
            diagnostics.extend(told);
        }
        library.following = following(config);
        library.drop_drafts(drafts, config);
        library.add_missing_roots(config);
        library.add_fallbacks(config);
        library.assign_paths(config);
        library.attach_assets(&content.assets);
        library.index(diagnostics);
        tree::connect(&mut library, diagnostics);
        library.taxonomies = taxonomy::collect(config, &library.pages);
        collisions::check(&library, diagnostics);
        library
    }

    /// The same content with other bodies: front matter and all other files must be as they were.
    #[must_use]
    pub fn with_sources(self: Arc<Self>, sources: &[Arc<Source>]) -> Arc<Self> {
        let by_path: HashMap<&str, &Arc<Source>> =
            sources.iter().map(|source| (source.path.as_str(), source)).collect();
        let other = |known: &Arc<Source>| {
            by_path.get(known.path.as_str()).copied().filter(|source| !Arc::ptr_eq(source, known))
        };
        let own = |library: &Self| {
            let pages = library.pages.iter().map(|page| &page.source);
            pages
                .chain(library.sections.iter().filter_map(|section| section.source.as_ref()))
                .any(|own| other(own).is_some())
        };
        if !own(&self) {
            return self;
        }
        let mut library = Self::clone(&self);
        library.replace_sources(sources);
        Arc::new(library)
    }

    /// Takes these files in place of those of the same paths, which must be the same but for their bodies.
    pub fn replace_sources(&mut self, sources: &[Arc<Source>]) {
        let by_path: HashMap<&str, &Arc<Source>> =
            sources.iter().map(|source| (source.path.as_str(), source)).collect();
        let pages = self.pages.iter_mut().map(|page| &mut page.source);
        for own in pages.chain(self.sections.iter_mut().filter_map(|section| section.source.as_mut())) {
            if let Some(other) = by_path.get(own.path.as_str()) {
                *own = Arc::clone(other);
            }
        }
    }

    /// All versions of a page, in the order of the site's languages; fallbacks included.
    pub fn versions_of_page<'a>(&'a self, page: &'a Page, config: &'a Config) -> impl Iterator<Item = &'a Page> {
        config.language_codes().filter_map(|language| Some(&self.pages[self.page(&page.canonical, language)?]))
    }

    /// All versions of a section, in the order of the site's languages; fallbacks included.
    pub fn versions_of_section<'a>(
        &'a self,
        section: &'a Section,
        config: &'a Config,
    ) -> impl Iterator<Item = &'a Section> {
        config.language_codes().filter_map(|language| Some(&self.sections[self.section(&section.canonical, language)?]))
    }

    /// The page with this canonical path in this language.
    #[must_use]
    pub fn page(&self, canonical: &str, language: &str) -> Option<PageId> {
        self.page_index.get(canonical, language)
    }

    /// The section with this canonical path in this language.
    #[must_use]
    pub fn section(&self, canonical: &str, language: &str) -> Option<SectionId> {
        self.section_index.get(canonical, language)
    }

    /// Drafts go, and with a draft section everything below its folder. In a language that inherits or falls back, an
    /// original that is a draft takes its translations along.
    fn drop_drafts(&mut self, keep: bool, config: &Config) {
        if keep {
            return;
        }
        let follows = |language: &str| self.following.contains(language);
        let draft_folders: Vec<(String, Vec<String>)> = self
            .sections
            .iter()
            .filter(|section| section.front.draft)
            .map(|section| (section.language.clone(), section.folders.clone()))
            .collect();
        let draft_pages: BTreeSet<String> = self
            .pages
            .iter()
            .filter(|page| page.front.draft && page.language == config.default_language)
            .map(|page| page.canonical.clone())
            .collect();
        let below = |language: &str, folders: &[String]| {
            draft_folders.iter().any(|(draft, folder)| {
                (draft == language || (*draft == config.default_language && follows(language)))
                    && folders.starts_with(folder)
            })
        };
        let gone: Vec<bool> = self
            .pages
            .iter()
            .map(|page| {
                page.front.draft
                    || below(&page.language, page.source.name.section_folders())
                    || (follows(&page.language) && draft_pages.contains(&page.canonical))
            })
            .collect();
        let sections_gone: Vec<bool> =
            self.sections.iter().map(|section| below(&section.language, &section.folders)).collect();
        let mut gone = gone.into_iter();
        self.pages.retain(|_| !gone.next().unwrap_or(false));
        let mut gone = sections_gone.into_iter();
        self.sections.retain(|_| !gone.next().unwrap_or(false));
    }

    fn add_missing_roots(&mut self, config: &Config) {
        for language in config.language_codes() {
            let falls_back = language != config.default_language && config.language(language).fallback;
            let exists = self.sections.iter().any(|section| section.is_root() && section.language == language);
            // The default language comes first: what falls back to it has its home to fall back to.
            if exists || falls_back {
                continue;
            }
            let front = crate::source::decode(&Value::Object(Table::new()))
                .unwrap_or_else(|_| unreachable!("every key has a default"));
            self.sections.push(new_section(None, language, "_index.md".into(), vec![], front));
        }
    }

    /// Originals without a translation get a stand-in in every language that falls back.
    fn add_fallbacks(&mut self, config: &Config) {
        for language in config.language_codes().filter(|language| config.language(language).fallback) {
            let translated: BTreeSet<String> =
                self.pages.iter().filter(|page| page.language == language).map(|page| page.canonical.clone()).collect();
            let missing: Vec<Page> = self
                .pages
                .iter()
                .enumerate()
                .filter(|(_, page)| page.language == config.default_language && !translated.contains(&page.canonical))
                .map(|(id, page)| Page { language: language.to_string(), fallback_of: Some(id), ..page.clone() })
                .collect();
            self.pages.extend(missing);
            let translated: BTreeSet<String> = self
                .sections
                .iter()
                .filter(|section| section.language == language)
                .map(|s| s.canonical.clone())
                .collect();
            let missing: Vec<Section> = self
                .sections
                .iter()
                .enumerate()
                .filter(|(_, section)| {
                    section.language == config.default_language && !translated.contains(&section.canonical)
                })
                .map(|(id, section)| Section {
                    language: language.to_string(),
                    fallback_of: Some(id),
                    ..section.clone()
                })
                .collect();
            self.sections.extend(missing);
        }
    }

    /// Addresses: the language's prefix, the folders (translated by their sections' slugs), the slug.
    fn assign_paths(&mut self, config: &Config) {
        let slugs: BTreeMap<(String, Vec<String>), String> = self
            .sections
            .iter()
            .filter(|section| section.fallback_of.is_none())
            .filter_map(|section| {
                let slug = section.front.slug.as_ref()?;
                Some(((section.language.clone(), section.folders.clone()), slugify(slug, config.slugify.paths)))
            })
            .collect();
        let folder_path = |language: &str, folders: &[String]| {
            let mut path = format!("/{}", config.language_prefix(language));
            for depth in 1..=folders.len() {
                let slug = slugs.get(&(language.to_string(), folders[..depth].to_vec()));
                path.push_str(slug.unwrap_or(&folders[depth - 1]));
                path.push('/');
            }
            path
        };
        for section in &mut self.sections {
            section.path = folder_path(&section.language, &section.folders);
            section.permalink = config.permalink(&section.path);
        }
        for page in &mut self.pages {
            page.path = match &page.front.path {
                Some(path) => {
                    let prefix =
                        if page.fallback_of.is_some() { config.language_prefix(&page.language) } else { String::new() };
                    format!("/{prefix}{}/", clean_path(path).unwrap_or(&page.slug))
                }
                None => format!("{}{}/", folder_path(&page.language, page.source.name.section_folders()), page.slug),
            };
            page.permalink = config.permalink(&page.path);
        }
    }

    fn attach_assets(&mut self, assets: &[Asset]) {
        // By path, so that the files of a folder are one stretch. Files without an extension stay out, as in Zola.
        let kept: BTreeMap<&str, &Asset> = assets
            .iter()
            .filter(|asset| std::path::Path::new(&asset.path).extension().is_some())
            .map(|asset| (asset.path.as_str(), asset))
            .collect();
        let below = |folder: &str| -> Vec<Asset> {
            let stretch = kept
                .range::<str, _>((Bound::Included(folder), Bound::Unbounded))
                .take_while(|(path, _)| path.starts_with(folder));
            stretch.map(|(_, asset)| (*asset).clone()).collect()
        };
        let sorted = |mut list: Vec<Asset>| {
            list.sort_by_key(|asset| asset.path.to_lowercase());
            list
        };
        for page in &mut self.pages {
            if let Some(folder) = page.bundle_folder() {
                page.assets = sorted(below(&folder));
            }
        }
        for section in &mut self.sections {
            let mut folder = section.folders.join("/");
            if !folder.is_empty() {
                folder.push('/');
            }
            let mut direct = below(&folder);
            direct.retain(|asset| !asset.path[folder.len()..].contains('/'));
            section.assets = sorted(direct);
        }
    }

    fn index(&mut self, diagnostics: &mut Diagnostics) {
        for (id, page) in self.pages.iter().enumerate() {
            if let Some(other) = self.page_index.insert(&page.canonical, &page.language, id) {
                let (file, other) = (&page.source.text.file, &self.pages[other].source.text.file);
                diagnostics.push(
                    Diagnostic::error(
                        Code::PathCollision,
                        Span::file(file),
                        text!("to ta sama strona co {other}", "this is the same page as {other}"),
                    )
                    .help(text!(
                        "usuń jeden z tych plików; oryginał nie ma języka w nazwie",
                        "remove one of these files; the original has no language in its name"
                    )),
                );
            }
            if page.fallback_of.is_none() {
                self.file_index.insert(page.source.path.clone(), Target::Page(id));
            }
        }
        for (id, section) in self.sections.iter().enumerate() {
            self.section_index.insert(&section.canonical, &section.language, id);
            if section.fallback_of.is_none() {
                self.file_index.insert(section.relative_path(), Target::Section(id));
            }
        }
    }
}

/// Languages whose links stay in them: those that inherit from the original or fall back to it.
fn following(config: &Config) -> BTreeSet<String> {
    let follows = |language: &&str| {
        let options = config.language(language);
        options.inherit || options.fallback
    };
    config.language_codes().filter(follows).map(str::to_string).collect()
}

pub(super) fn new_section(
    source: Option<Arc<Source>>,
    language: &str,
    canonical: String,
    folders: Vec<String>,
    front: SectionFront,
) -> Section {
    Section {
        source,
        language: language.to_string(),
        canonical,
        folders,
        front,
        blocks: Table::new(),
        path: String::new(),
        permalink: String::new(),
        assets: vec![],
        fallback_of: None,
        ancestors: vec![],
        pages: vec![],
        ignored_pages: vec![],
        subsections: vec![],
        ignored_subsections: vec![],
        lower: None,
        higher: None,
        hidden: false,
    }
}
