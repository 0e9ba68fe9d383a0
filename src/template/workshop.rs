//! What is made while templates run, shared by all runs of one build.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tera::{TeraResult, Value};

use super::Asked;
use crate::image::{Pictures, Recipe};
use crate::markdown::Code;
use crate::source::{Request, fetch};
use crate::style::StyleSheet;

/// What is made while templates run: each thing once, whoever asks for it.
#[derive(Debug, Default)]
pub struct Workshop {
    /// How code is written.
    pub code: Arc<Code>,
    /// Style sheets that are made.
    pub style_sheets: Arc<Vec<StyleSheet>>,
    /// Pictures of pages, and what is made of them.
    pub pictures: Arc<Pictures>,
    /// How often anything was asked for that leaves a trace here, or that stands in a file.
    asked: AtomicUsize,
    recipes: Mutex<BTreeMap<String, Recipe>>,
    data: Mutex<HashMap<String, Value>>,
    fetched: Mutex<BTreeMap<Request, Result<String, String>>>,
    untranslated: Mutex<BTreeSet<(String, String)>>,
    hashed: Mutex<BTreeMap<String, Hashed>>,
    found: Mutex<HashMap<String, Option<PathBuf>>>,
    environment: Mutex<BTreeMap<String, Option<String>>>,
    is_fleeting: AtomicBool,
}

/// A file that is published a second time, with a hash of its bytes in its name.
#[derive(Debug, Clone)]
pub struct Hashed {
    /// Path of the other one.
    pub of: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl Workshop {
    /// An empty one.
    #[must_use]
    pub fn new(code: Arc<Code>, style_sheets: Arc<Vec<StyleSheet>>, pictures: Arc<Pictures>) -> Self {
        Self { code, style_sheets, pictures, ..Self::default() }
    }

    /// How often templates have asked for something else than the values they were given. What was made while nobody did can
    /// be kept for the next build.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    pub(super) fn note_asked(&self) {
        self.asked.fetch_add(1, Ordering::SeqCst);
    }

    /// Notes what is made because it was asked for.
    fn note_thing(&self, name: String) {
        self.note_asked();
        Asked::note(|run| {
            run.things.insert(name);
        });
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
        self.note_thing(format!("{key} {language}"));
        lock(&self.untranslated).insert((key.to_string(), language.to_string()));
    }

    /// Files that are published under a name with a hash, by that name.
    #[must_use]
    pub fn hashed(&self) -> BTreeMap<String, Hashed> {
        lock(&self.hashed).clone()
    }

    /// The file that a path in a template names, looked for once.
    pub(super) fn find(&self, path: &str, find: impl FnOnce() -> Option<PathBuf>) -> Option<PathBuf> {
        self.note_asked();
        if let Some(known) = lock(&self.found).get(path) {
            return known.clone();
        }
        let found = find();
        lock(&self.found).insert(path.to_string(), found.clone());
        found
    }

    /// The files that templates named, by the path they wrote; `None` where there was none.
    #[must_use]
    pub fn found(&self) -> BTreeMap<String, Option<PathBuf>> {
        lock(&self.found).clone().into_iter().collect()
    }

    /// The value of an environment variable.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        self.note_asked();
        let value = std::env::var(name).ok();
        lock(&self.environment).insert(name.to_string(), value.clone());
        value
    }

    /// The environment variables that templates asked for.
    #[must_use]
    pub fn environment(&self) -> BTreeMap<String, Option<String>> {
        lock(&self.environment).clone()
    }

    /// Notes that a template asked for what is another in each build: the time, chance, another site's answer.
    pub(super) fn note_fleeting(&self) {
        self.note_asked();
        self.is_fleeting.store(true, Ordering::Relaxed);
    }

    /// Whether a template asked for what is another in each build.
    #[must_use]
    pub fn is_fleeting(&self) -> bool {
        self.is_fleeting.load(Ordering::Relaxed)
    }

    pub(super) fn note_hashed(&self, name: String, hashed: Hashed) {
        self.note_thing(name.clone());
        lock(&self.hashed).insert(name, hashed);
    }

    /// Asks for a picture; its name in the built site.
    pub(super) fn order(&self, recipe: Recipe) -> String {
        let name = recipe.name();
        self.note_thing(name.clone());
        lock(&self.recipes).insert(name.clone(), recipe);
        name
    }

    /// The value kept under a key, else the one `make` makes.
    pub(super) fn data(&self, key: String, make: impl FnOnce() -> TeraResult<Value>) -> TeraResult<Value> {
        self.note_asked();
        if let Some(known) = lock(&self.data).get(&key) {
            return Ok(known.clone());
        }
        let value = make()?;
        lock(&self.data).insert(key, value.clone());
        Ok(value)
    }

    /// The answer to a request. Each is sent once a build, one at a time, failed ones included.
    pub(super) fn fetch(&self, request: Request, config: &crate::config::RemoteConfig) -> Result<String, String> {
        self.note_fleeting();
        lock(&self.fetched).entry(request).or_insert_with_key(|request| fetch(request, config)).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
