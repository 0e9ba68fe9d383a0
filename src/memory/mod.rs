//! What one build leaves to the next: values, kept under a hash of everything they were made from.
//!
//! A value has one key and the key has one value, so nothing kept is ever wrong: what depends on something else has another
//! key. Whoever makes a value puts into its [`Key`] all that it looks at; where that cannot be said (a template may ask for
//! anything) the value is not kept. What no build of the last few asked for is forgotten.

mod file;
mod key;

use std::any::Any;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use self::file::FilePrint;
use self::file::Files;
pub use self::key::{Key, Parts};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// For how many builds a value is kept that nobody asks for: two, so that a change that is undone costs nothing.
const PATIENCE: u64 = 2;

/// What is kept between builds.
#[derive(Debug, Default)]
pub struct Memory {
    /// `None` when there is no next build.
    kept: Option<Mutex<Kept>>,
    files: Files,
    /// What the last build left as a whole.
    left: Mutex<Option<Box<dyn Any + Send>>>,
}

#[derive(Debug, Default)]
struct Kept {
    build: u64,
    values: HashMap<Key, Value>,
}

#[derive(Debug)]
struct Value {
    made: Arc<dyn Any + Send + Sync>,
    /// What its making had to say: it is said again whenever the value is used.
    told: Vec<Diagnostic>,
    used: u64,
}

impl Memory {
    /// For one build after another.
    #[must_use]
    pub fn lasting() -> Self {
        Self { kept: Some(Mutex::default()), ..Self::default() }
    }

    /// Whether there is a next build: otherwise keys need not be made.
    #[must_use]
    pub fn lasts(&self) -> bool {
        self.kept.is_some()
    }

    /// A build begins.
    pub fn begin(&self) {
        let Some(mut kept) = self.kept() else { return };
        kept.build += 1;
        let now = kept.build;
        kept.values.retain(|_, value| value.used + PATIENCE >= now);
    }

    /// The value of a key: the kept one, else the one that `make` makes. `make` says whether the key holds all it looked at.
    /// Without a key nothing is kept.
    pub fn keep<T: Send + Sync + 'static>(
        &self,
        key: Option<Key>,
        diagnostics: &mut Diagnostics,
        make: impl FnOnce(&mut Diagnostics) -> (T, bool),
    ) -> Arc<T> {
        if let Some((value, told)) = key.and_then(|key| self.recall(key)) {
            diagnostics.extend(told);
            return value;
        }
        let mut told = Diagnostics::default();
        let (value, holds_all) = make(&mut told);
        let value = Arc::new(value);
        let told: Vec<Diagnostic> = told.into_iter().collect();
        if let (Some(key), Some(mut kept), true) = (key, self.kept(), holds_all) {
            let used = kept.build;
            kept.values.insert(key, Value { made: Arc::<T>::clone(&value), told: told.clone(), used });
        }
        diagnostics.extend(told);
        value
    }

    fn recall<T: Send + Sync + 'static>(&self, key: Key) -> Option<(Arc<T>, Vec<Diagnostic>)> {
        let mut kept = self.kept()?;
        let now = kept.build;
        let value = kept.values.get_mut(&key)?;
        value.used = now;
        Some((Arc::clone(&value.made).downcast().ok()?, value.told.clone()))
    }

    /// Leaves something for the next build, in place of what was left before.
    pub fn leave<T: Send + 'static>(&self, value: T) {
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(value));
    }

    /// Takes what was left.
    #[must_use]
    pub fn take<T: Send + 'static>(&self) -> Option<T> {
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        left.downcast().ok().map(|value| *value)
    }

    /// What tells the bytes of a file from all others; it is read again only when it may have changed.
    #[must_use]
    pub fn print(&self, path: &Path) -> FilePrint {
        self.files.print(path)
    }

    fn kept(&self) -> Option<MutexGuard<'_, Kept>> {
        Some(self.kept.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::text;

    fn made(memory: &Memory, key: &str, value: usize, holds_all: bool) -> (usize, usize) {
        let mut diagnostics = Diagnostics::default();
        let key = memory.lasts().then(|| Parts::of("test").with(key).key());
        let kept = memory.keep(key, &mut diagnostics, |told| {
            told.push(Diagnostic::warning(Code::UnknownKey, None, text!("w", "w")));
            (value, holds_all)
        });
        (*kept, diagnostics.into_iter().count())
    }

    #[test]
    fn a_key_keeps_its_value_and_what_was_said() {
        let memory = Memory::lasting();
        memory.begin();
        assert_eq!(made(&memory, "a", 1, true), (1, 1));
        assert_eq!(made(&memory, "a", 2, true), (1, 1));
        assert_eq!(made(&memory, "b", 3, true), (3, 1));
    }

    #[test]
    fn what_looked_elsewhere_is_made_anew() {
        let memory = Memory::lasting();
        assert_eq!(made(&memory, "a", 1, false), (1, 1));
        assert_eq!(made(&memory, "a", 2, true), (2, 1));
        let single = Memory::default();
        assert_eq!(made(&single, "a", 1, true), (1, 1));
        assert_eq!(made(&single, "a", 2, true), (2, 1));
    }

    #[test]
    fn what_nobody_asks_for_is_forgotten() {
        let memory = Memory::lasting();
        memory.begin();
        made(&memory, "a", 1, true);
        made(&memory, "b", 1, true);
        for _ in 0..PATIENCE {
            memory.begin();
            made(&memory, "a", 2, true);
        }
        assert_eq!(made(&memory, "b", 2, true), (1, 1), "a change that is undone");
        for _ in 0..=PATIENCE {
            memory.begin();
        }
        assert_eq!((made(&memory, "a", 3, true).0, made(&memory, "b", 3, true).0), (3, 3));
    }
}
