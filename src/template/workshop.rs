//! What is made while templates run, shared by all runs of one build.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tera::{TeraResult, Value};

use crate::image::{Pictures, Recipe};
use crate::markdown::Code;
use crate::source::{Request, fetch};
use crate::style::StyleSheet;

/// What is made while templates run: each thing once, whoever asks for it.
#[derive(Debug, Default)]
pub struct Workshop {
    /// How code is written.
    pub code: Code,
    /// Style sheets that are made.
    pub style_sheets: Vec<StyleSheet>,
    /// Pictures of pages, and what is made of them.
    pub pictures: Pictures,
    recipes: Mutex<BTreeMap<String, Recipe>>,
    data: Mutex<HashMap<String, Value>>,
    fetched: Mutex<BTreeMap<Request, Result<String, String>>>,
    untranslated: Mutex<BTreeSet<(String, String)>>,
}

impl Workshop {
    /// An empty one.
    #[must_use]
    pub fn new(code: Code, style_sheets: Vec<StyleSheet>, pictures: Pictures) -> Self {
        Self { code, style_sheets, pictures, ..Self::default() }
    }

    /// The pictures that templates have asked for, by name.
    #[must_use]
    pub fn recipes(&self) -> BTreeMap<String, Recipe> {
        lock(&self.recipes).clone()
    }

    /// Words that were taken from the default language: key and language.
    #[must_use]
    pub fn untranslated(&self) -> BTreeSet<(String, String)> {
        lock(&self.untranslated).clone()
    }

    pub(super) fn note_untranslated(&self, key: &str, language: &str) {
        lock(&self.untranslated).insert((key.to_string(), language.to_string()));
    }

    /// Asks for a picture; its name in the built site.
    pub(super) fn order(&self, recipe: Recipe) -> String {
        let name = recipe.name();
        lock(&self.recipes).insert(name.clone(), recipe);
        name
    }

    /// The value kept under a key, else the one `make` makes.
    pub(super) fn data(&self, key: String, make: impl FnOnce() -> TeraResult<Value>) -> TeraResult<Value> {
        if let Some(known) = lock(&self.data).get(&key) {
            return Ok(known.clone());
        }
        let value = make()?;
        lock(&self.data).insert(key, value.clone());
        Ok(value)
    }

    /// The answer to a request. Each is sent once a build, one at a time, failed ones included.
    pub(super) fn fetch(&self, request: Request, config: &crate::config::RemoteConfig) -> Result<String, String> {
        lock(&self.fetched).entry(request).or_insert_with_key(|request| fetch(request, config)).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
