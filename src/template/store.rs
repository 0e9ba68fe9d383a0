//! What functions and filters know of the site while a template runs.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tera::Value;

use super::values;
use crate::config::Project;
use crate::content::{Library, PageId, SectionId};

/// The values of the whole site, shared by every template run.
#[derive(Debug)]
pub struct Store {
    /// The project.
    pub project: Arc<Project>,
    /// Content.
    pub library: Arc<Library>,
    /// One value a page, neighbours included.
    pub pages: Vec<Value>,
    /// One value a section.
    pub sections: Vec<Value>,
    /// `config` by language.
    configs: Vec<(String, Value)>,
    /// Words of `trans` by language.
    translations: Vec<(String, std::collections::BTreeMap<String, String>)>,
    theme: Option<PathBuf>,
}

/// What a store is made of.
pub struct StoreParts {
    /// The project.
    pub project: Arc<Project>,
    /// Content.
    pub library: Arc<Library>,
    /// One value a page.
    pub pages: Vec<Value>,
    /// One value a section.
    pub sections: Vec<Value>,
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

    /// Puts a store in place of the one before.
    pub(super) fn set(&self, store: Store) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(store));
    }
}

impl Store {
    /// Whether there are no page values yet.
    pub(super) fn is_early(&self) -> bool {
        self.sections.is_empty()
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
            .map(|language| (language.to_string(), config.language(language).translations))
            .collect();
        let theme = config.theme.as_ref().map(|theme| parts.project.root.join("themes").join(theme));
        Self {
            configs,
            translations,
            theme,
            project: parts.project,
            library: parts.library,
            pages: parts.pages,
            sections: parts.sections,
        }
    }

    /// `config` as templates of this language see it.
    #[must_use]
    pub fn config(&self, language: &str) -> Value {
        self.configs.iter().find(|(code, _)| code == language).map_or_else(Value::none, |(_, value)| value.clone())
    }

    /// A page's value.
    #[must_use]
    pub fn page(&self, id: PageId) -> Value {
        self.pages[id].clone()
    }

    /// A section's value.
    #[must_use]
    pub fn section(&self, id: SectionId) -> Value {
        self.sections[id].clone()
    }

    /// The word for a key in a language.
    pub(super) fn word(&self, key: &str, language: &str) -> Option<&str> {
        let words = &self.translations.iter().find(|(code, _)| code == language)?.1;
        words.get(key).map(String::as_str)
    }

    /// Path of the original for a path that may name a language: `a/b.en.md` → `a/b.md`.
    pub(super) fn canonical(&self, path: &str) -> String {
        let path = path.trim_start_matches("@/").trim_start_matches('/');
        let Some(stem) = path.strip_suffix(".md") else { return path.to_string() };
        match stem.rsplit_once('.') {
            Some((stem, code)) if self.project.config.language_codes().any(|known| known == code) => {
                format!("{stem}.md")
            }
            _ => path.to_string(),
        }
    }

    /// Finds a file a template names: in the root, `static/`, `content/`, the theme's `static/`.
    ///
    /// Paths that leave the root are not found.
    pub(super) fn find_file(&self, path: &str) -> Option<PathBuf> {
        let path = path
            .strip_prefix("@/")
            .map_or_else(|| path.trim_start_matches('/').to_string(), |rest| format!("content/{rest}"));
        let root = self.project.root.canonicalize().ok()?;
        let mut folders: Vec<PathBuf> = vec![root.clone(), root.join("static"), root.join("content")];
        folders.extend(self.theme.as_ref().map(|theme| theme.join("static")));
        folders
            .iter()
            .map(|folder| folder.join(Path::new(&path)))
            .find(|file| file.is_file() && file.canonicalize().is_ok_and(|file| file.starts_with(&root)))
    }
}
