//! Pictures made by earlier builds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// Changes whenever the same original and recipe give other pictures.
const ENGINE: &str = "huta pictures 1";

/// Extension of the file that lists an entry's pictures; it is written last, so an entry without one is not whole.
const LIST: &str = "json";

/// Name of an entry: a hash of the original's bytes and of everything that decides what is made of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key(String);

impl Key {
    /// The key for an original with this hash and a recipe in words.
    #[must_use]
    pub fn new(original: &blake3::Hash, recipe: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(ENGINE.as_bytes());
        hasher.update(original.as_bytes());
        hasher.update(recipe.as_bytes());
        Self(hasher.finalize().to_hex().to_string())
    }

    /// 16 digits, for names of files.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0[..16]
    }
}

/// One picture of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Extension of its format.
    pub format: String,
    /// BLAKE3 of its bytes, in hexadecimal digits.
    pub hash: String,
}

/// What was made of one original.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Pictures, by format (best first, the fallback last), then by width.
    pub rungs: Vec<Rung>,
    /// What stands in its place at first: a `data:` address.
    pub placeholder: Option<String>,
    /// What was taken out of a drawing.
    #[serde(default)]
    pub removed: BTreeSet<String>,
}

/// A folder of pictures made by earlier builds. Nothing in it is trusted: what is damaged is made anew.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    used: Mutex<BTreeSet<Key>>,
}

impl Cache {
    /// The cache in a folder, which need not exist yet.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, used: Mutex::default() }
    }

    /// What an earlier build made; `None` when it has to be made (again).
    #[must_use]
    pub fn load(&self, key: &Key) -> Option<Made> {
        let made: Made = serde_json::from_slice(&fs::read(self.path(key, LIST)).ok()?).ok()?;
        let whole = (0..made.rungs.len()).all(|at| self.read(key, &made, at).is_some());
        if whole {
            self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
        }
        whole.then_some(made)
    }

    /// The bytes of one picture of an entry; `None` when they are not what was written.
    #[must_use]
    pub fn read(&self, key: &Key, made: &Made, at: usize) -> Option<Vec<u8>> {
        let rung = made.rungs.get(at)?;
        let bytes = fs::read(self.path(key, &format!("{at}.{}", rung.format))).ok()?;
        (blake3::hash(&bytes).to_hex().as_str() == rung.hash).then_some(bytes)
    }

    /// Writes an entry: the pictures, then their list. Builds that run at once write the same; the last one counts.
    pub fn store(&self, key: &Key, made: &Made, pictures: &[Vec<u8>]) -> io::Result<()> {
        for (at, (rung, bytes)) in made.rungs.iter().zip(pictures).enumerate() {
            replace(&self.path(key, &format!("{at}.{}", rung.format)), bytes)?;
        }
        replace(&self.path(key, LIST), &serde_json::to_vec(made)?)?;
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
        Ok(())
    }

    /// Removes entries that this build did not use, in the order of their keys, until the rest has at most `limit` bytes.
    /// What it used stays. A folder that cannot be read or changed is left alone: it costs room, nothing else.
    pub fn prune(&self, limit: u64) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut entries: BTreeMap<String, (u64, Vec<PathBuf>)> = BTreeMap::new();
        let files = walkdir::WalkDir::new(&self.folder).min_depth(2).max_depth(2).into_iter().filter_map(Result::ok);
        for file in files.filter(|file| file.file_type().is_file()) {
            let bytes = file.metadata().map_or(0, |metadata| metadata.len());
            let name = file.file_name().to_string_lossy().into_owned();
            let entry = entries.entry(name.split('.').next().unwrap_or_default().to_string()).or_default();
            entry.0 += bytes;
            entry.1.push(file.into_path());
        }
        let mut total: u64 = entries.values().map(|(bytes, _)| bytes).sum();
        for (name, (bytes, files)) in entries {
            if total <= limit {
                break;
            }
            // Files of no entry are what a killed build left.
            if used.contains(&Key(name)) {
                continue;
            }
            // The list goes first: without it the rest is nothing.
            let (lists, pictures): (Vec<_>, Vec<_>) =
                files.into_iter().partition(|file| file.extension().is_some_and(|extension| extension == LIST));
            if lists.iter().chain(&pictures).all(|file| fs::remove_file(file).is_ok()) {
                total -= bytes;
            }
        }
    }

    fn path(&self, key: &Key, ending: &str) -> PathBuf {
        self.folder.join(&key.0[..2]).join(format!("{}.{ending}", key.0))
    }
}

/// Puts a file in its place whole.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let beside = folder.join(format!("new.{}.{count}", std::process::id()));
    let write = || {
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        drop(file);
        fs::rename(&beside, path)
    };
    write().inspect_err(|_| {
        // What cannot be removed is no worse than what went wrong.
        let _ = fs::remove_file(&beside);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(words: &str) -> (Key, Made, Vec<Vec<u8>>) {
        let bytes = words.as_bytes().to_vec();
        let hash = blake3::hash(&bytes).to_hex().to_string();
        let rung = Rung { width: 1, height: 1, format: "webp".into(), hash };
        (Key::new(&blake3::hash(&bytes), "recipe"), Made { rungs: vec![rung], ..Made::default() }, vec![bytes])
    }

    #[test]
    fn what_is_stored_is_found_until_it_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().join("deep/er"));
        let (key, made, pictures) = entry("one");
        assert_eq!(cache.load(&key), None);
        cache.store(&key, &made, &pictures).unwrap();
        assert_eq!(cache.load(&key), Some(made.clone()));
        assert_eq!(cache.read(&key, &made, 0), Some(pictures[0].clone()));
        fs::write(cache.path(&key, "0.webp"), "onf").unwrap();
        assert_eq!(cache.load(&key), None);
        cache.store(&key, &made, &pictures).unwrap();
        fs::write(cache.path(&key, LIST), "{").unwrap();
        assert_eq!(cache.load(&key), None);
    }

    #[test]
    fn other_bytes_or_another_recipe_are_another_entry() {
        let (one, two) = (blake3::hash(b"1"), blake3::hash(b"2"));
        let keys: BTreeSet<Key> =
            [(&one, "a"), (&one, "b"), (&two, "a")].map(|(hash, recipe)| Key::new(hash, recipe)).into();
        assert_eq!(keys.len(), 3);
    }

    #[test]
    fn pruning_keeps_what_was_used() {
        let folder = tempfile::tempdir().unwrap();
        let old = Cache::new(folder.path().into());
        for words in ["one", "two", "three"] {
            let (key, made, pictures) = entry(words);
            old.store(&key, &made, &pictures).unwrap();
        }
        let cache = Cache::new(folder.path().into());
        let (used, ..) = entry("two");
        assert!(cache.load(&used).is_some());
        fs::write(folder.path().join(&used.0[..2]).join("new.1.1"), "left by a killed build").unwrap();
        cache.prune(1_000_000);
        assert!(cache.load(&entry("one").0).is_some());
        let cache = Cache::new(folder.path().into());
        assert!(cache.load(&used).is_some());
        cache.prune(0);
        let files = walkdir::WalkDir::new(folder.path())
            .into_iter()
            .filter(|file| file.as_ref().unwrap().file_type().is_file());
        assert_eq!(files.count(), 2);
        assert!(cache.load(&used).is_some());
    }
}
