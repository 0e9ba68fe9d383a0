//! What functions and filters know of the site while a template runs.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use tera::{Error, Map, TeraResult, Value};

use super::{Lazy, Workshop, values};
use crate::config::Project;
use crate::content::{Library, PageId, SectionId};
use crate::gallery::Galleries;
use crate::glossary::Glossary;
use crate::guide::{Facets, Guide, Values};
use crate::map::Maps;
use crate::markdown::Markdown;
use crate::open_data::OpenData;
use crate::source::find_site_file;
use crate::translation::Status;

/// The values of the whole site, shared by every template run.
#[derive(Debug)]
pub struct Store {
    /// The project.
    pub project: Arc<Project>,
    /// Content.
    pub library: Arc<Library>,
    /// What is made on the way.
    pub workshop: Arc<Workshop>,
    /// Maps, where the site has a base map.
    pub maps: Arc<Maps>,
    /// The guide's blocks.
    pub guide: Arc<Guide>,
    /// Their values.
    pub values: Arc<Values>,
    /// What pages can be chosen by.
    pub facets: Arc<Facets>,
    /// Pictures of pages.
    pub galleries: Arc<Galleries>,
    /// Explained words.
    pub glossary: Arc<Glossary>,
    /// The open data.
    pub open_data: Arc<OpenData>,
    /// How far translations are, once somebody asks.
    status: OnceLock<Status>,
    /// Values of pages and sections.
    contents: Lazy,
    /// `config` by language.
    configs: Vec<(String, Value)>,
    /// Words of `trans` by language.
    translations: Vec<(String, BTreeMap<String, String>)>,
}

/// What a store is made of.
pub struct StoreParts {
    /// The project.
    pub project: Arc<Project>,
    /// Content.
    pub library: Arc<Library>,
    /// What is made on the way.
    pub workshop: Arc<Workshop>,
    /// Maps, where the site has a base map.
    pub maps: Arc<Maps>,
    /// The guide's blocks.
    pub guide: Arc<Guide>,
    /// Their values.
    pub values: Arc<Values>,
    /// What pages can be chosen by.
    pub facets: Arc<Facets>,
    /// Pictures of pages.
    pub galleries: Arc<Galleries>,
    /// Explained words.
    pub glossary: Arc<Glossary>,
    /// The open data.
    pub open_data: Arc<OpenData>,
    /// Values of pages and sections.
    pub contents: Lazy,
    /// `[extra]` of site and theme.
    pub extra: Value,
}

/// The store of the site that is being built: first an early one without pages, for page texts that are templates, then
/// the whole.
#[derive(Debug, Clone, Default)]
pub(super) struct SharedStore(Arc<RwLock<Option<Arc<Store>>>>);

impl SharedStore {
    /// The store, once there is one.
    pub(super) fn get(&self) -> Option<Arc<Store>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets go of the store.
    pub(super) fn clear(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Puts a store in place of the one before.
    pub(super) fn set(&self, store: Store) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(store));
    }
}

impl Store {
    /// Whether there are no page values yet.
    pub(super) fn is_early(&self) -> bool {
        self.contents.is_early()
    }

    /// Puts the store together.
    #[must_use]
    pub fn new(parts: StoreParts) -> Self {
        let config = &parts.project.config;
        let configs = config
            .language_codes()
            .map(|language| (language.to_string(), values::config(&parts.project, language, &parts.extra)))
            .collect();
        let translations = config
            .language_codes()
            .map(|language| (language.to_string(), config.language(language).translations.clone()))
            .collect();
        Self {
            configs,
            translations,
            project: parts.project,
            library: parts.library,
            workshop: parts.workshop,
            guide: parts.guide,
            values: parts.values,
            facets: parts.facets,
            maps: parts.maps,
            galleries: parts.galleries,
            glossary: parts.glossary,
            open_data: parts.open_data,
            status: OnceLock::new(),
            contents: parts.contents,
        }
    }

    /// `config` as templates of this language see it.
    #[must_use]
    pub fn config(&self, language: &str) -> Value {
        self.configs.iter().find(|(code, _)| code == language).map_or_else(Value::none, |(_, value)| value.clone())
    }

    /// How far translations are.
    pub(super) fn status(&self) -> &Status {
        self.status.get_or_init(|| Status::of(&self.library, &self.project))
    }

    /// A page's value, for its own output.
    #[must_use]
    pub fn page(&self, id: PageId) -> Value {
        self.contents.page(id)
    }

    /// The same as a map of one's own.
    #[must_use]
    pub fn page_map(&self, id: PageId) -> Map {
        self.contents.page_map(id)
    }

    /// A section's value, for its own output.
    #[must_use]
    pub fn section(&self, id: SectionId) -> Value {
        self.contents.section(id)
    }

    /// A page's value, for others to show.
    #[must_use]
    pub fn other_page(&self, id: PageId) -> Value {
        self.contents.other_page(id)
    }

    /// A section's value, for others to show.
    #[must_use]
    pub fn other_section(&self, id: SectionId) -> Value {
        self.contents.other_section(id)
    }

    /// A section's value without its pages and neighbours, for others to show.
    #[must_use]
    pub fn section_alone(&self, id: SectionId) -> Value {
        let mut alone = self.contents.neighbour_section(id).into_map().unwrap_or_default();
        alone.insert("pages".into(), Vec::<Value>::new().into());
        alone.into()
    }

    /// What Markdown is rendered with.
    #[must_use]
    pub fn markdown(&self) -> Markdown<'_> {
        Markdown {
            config: &self.project.config,
            library: &self.library,
            galleries: &self.galleries,
            code: &self.workshop.code,
            marks_lines: false,
        }
    }

    /// What `find` finds among the words of a language, else of the languages it falls back to: `de-AT`, `de`, the
    /// default one. `find` is given the words and the language they are in.
    ///
    /// A word of the default language is noted under `key`, so that it is told once.
    pub(super) fn word<T>(
        &self,
        key: &str,
        language: &str,
        find: impl Fn(&BTreeMap<String, String>, &str) -> TeraResult<Option<T>>,
    ) -> TeraResult<Option<T>> {
        let default = self.project.config.default_language.as_str();
        let parents = language.match_indices('-').rev().map(|(at, _)| &language[..at]);
        for code in std::iter::once(language).chain(parents).chain([default]) {
            let Some((_, words)) = self.translations.iter().find(|(known, _)| known == code) else { continue };
            let Some(word) = find(words, code)? else { continue };
            // A language's own regional form needs no translation.
            if code == default && !language.starts_with(default) {
                self.workshop.note_untranslated(key, language);
            }
            return Ok(Some(word));
        }
        Ok(None)
    }

    /// Path of the original for a path that may name a language: `a/b.en.md` → `a/b.md`.
    pub(super) fn canonical<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let path = path.trim_start_matches("@/").trim_start_matches('/');
        match path.strip_suffix(".md").and_then(|stem| stem.rsplit_once('.')) {
            Some((stem, code)) if self.project.config.language_codes().any(|known| known == code) => {
                Cow::Owned(format!("{stem}.md"))
            }
            _ => Cow::Borrowed(path),
        }
    }

    /// Finds a file a template names: in the root, `static/`, `content/`, the theme's `static/`.
    ///
    /// Paths that leave the root are not found.
    pub(super) fn find_file(&self, path: &str) -> Option<PathBuf> {
        let find = || find_site_file(&self.project.root, self.project.file_folders(), &site_path(path));
        self.workshop.find(path, find)
    }

    /// The bytes of a file a template names, or of a style sheet that huta makes.
    pub(super) fn read_file(&self, path: &str) -> TeraResult<Cow<'_, [u8]>> {
        let made = || self.workshop.style_sheets.iter().find(|sheet| sheet.path == site_path(path));
        match (self.find_file(path), made()) {
            (Some(file), _) => std::fs::read(file)
                .map(Cow::Owned)
                .map_err(|error| Error::message(format!("the file `{path}` cannot be read: {error}"))),
            (None, Some(sheet)) => Ok(Cow::Borrowed(sheet.css.as_bytes())),
            (None, None) => Err(Error::message(format!("there is no file `{path}` in the site's folder"))),
        }
    }
}

/// A path as templates write it, from the site's folder: `@/` is the content folder.
pub(crate) fn site_path(path: &str) -> String {
    match path.strip_prefix("@/") {
        Some(rest) => format!("content/{rest}"),
        None => path.trim_start_matches('/').to_string(),
    }
}
