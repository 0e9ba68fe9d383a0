//! All pictures of a site: looked at once, made once, kept for the next build.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use image::metadata::Orientation;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cache::{Cache, Key, Made};
use super::limits::{Budget, check_bytes};
use super::{Ladder, Metadata, Original, Recipe, Rights};
use crate::diagnostic::Text;
use crate::text;

/// A value that is made once, whoever asks first.
type Once<T> = Arc<OnceLock<Result<Arc<T>, Text>>>;

/// A picture of a page with what was made of it.
#[derive(Debug)]
pub struct Picture {
    /// What it is made of.
    pub original: Arc<Original>,
    /// What was made.
    pub made: Made,
    key: Key,
    /// The bytes, where there is no cache that keeps them.
    bytes: Option<Vec<Vec<u8>>>,
}

impl Picture {
    /// Name of the file of one of its rungs: letters, digits, hyphens and dots, so that it can stand in `srcset`, where
    /// spaces and commas part addresses.
    #[must_use]
    pub fn name(&self, at: usize) -> String {
        let rung = &self.made.rungs[at];
        let stem = slug::slugify(self.original.file.file_stem().unwrap_or_default().to_string_lossy());
        let width = if rung.format == "svg" { String::new() } else { format!(".{}", rung.width) };
        format!("{stem}.{}{width}.{}", self.key.digits(), rung.format)
    }
}

/// A picture of a page as a later build takes it for known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Known {
    file: PathBuf,
    rights: Rights,
    hash: [u8; 32],
    size: (u32, u32),
    names: [String; 2],
    said: [Option<String>; 2],
    orientation: u8,
    has_position: bool,
    made: Made,
    key: Key,
}

impl Known {
    fn of(rights: &Rights, picture: &Picture) -> Self {
        let Original { file, metadata, hash } = &*picture.original;
        Self {
            file: file.clone(),
            rights: rights.clone(),
            hash: *hash.as_bytes(),
            size: (metadata.width, metadata.height),
            names: [metadata.format.clone(), metadata.mime.clone()],
            said: [metadata.description.clone(), metadata.created.clone()],
            orientation: metadata.orientation.to_exif(),
            has_position: metadata.has_position,
            made: picture.made.clone(),
            key: picture.key.clone(),
        }
    }

    fn picture(&self) -> Picture {
        let ([format, mime], [description, created]) = (self.names.clone(), self.said.clone());
        let metadata = Metadata {
            width: self.size.0,
            height: self.size.1,
            format,
            mime,
            description,
            created,
            orientation: Orientation::from_exif(self.orientation).unwrap_or(Orientation::NoTransforms),
            has_position: self.has_position,
        };
        let original = Original { file: self.file.clone(), metadata, hash: blake3::Hash::from_bytes(self.hash) };
        Picture { original: Arc::new(original), made: self.made.clone(), key: self.key.clone(), bytes: None }
    }
}

/// All pictures of a site.
#[derive(Debug, Default)]
pub struct Pictures {
    ladder: Option<Ladder>,
    cache: Option<Cache>,
    budget: Budget,
    originals: Mutex<HashMap<PathBuf, Once<Original>>>,
    made: Mutex<HashMap<(PathBuf, Rights), Once<Picture>>>,
    decoded: AtomicUsize,
}

impl Pictures {
    /// None yet. Without a ladder pictures of pages stay as they are; without a cache everything is made anew.
    #[must_use]
    pub fn new(ladder: Option<Ladder>, cache: Option<Cache>) -> Self {
        Self { ladder, cache, ..Self::default() }
    }

    /// Whether pictures of pages are made in several widths.
    #[must_use]
    pub fn are_made(&self) -> bool {
        self.ladder.is_some()
    }

    /// Looks at originals anew when they are asked for: another build begins. What was made of them stays; it is asked for by
    /// their bytes.
    pub fn look_again(&self) {
        self.originals.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// How many originals were decoded: what the cache had is not among them.
    #[must_use]
    pub fn decoded(&self) -> usize {
        self.decoded.load(Ordering::Relaxed)
    }

    /// Looks at a file.
    ///
    /// # Errors
    ///
    /// Says what is wrong when it cannot be read or is no picture.
    pub fn original(&self, file: &Path) -> Result<Arc<Original>, Text> {
        once(&self.originals, file.to_path_buf(), || {
            let bytes = read(file)?;
            let metadata = Metadata::read(&bytes)?;
            Ok(Original { file: file.to_path_buf(), metadata, hash: blake3::hash(&bytes) })
        })
    }

    /// The picture of a page, made now if that has not been done.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the original or with the cache.
    pub fn picture(&self, file: &Path, rights: &Rights) -> Result<Arc<Picture>, Text> {
        once(&self.made, (file.to_path_buf(), rights.clone()), || {
            let original = self.original(file)?;
            let Some(ladder) = &self.ladder else {
                return Err(text!("obrazy nie są tu zmniejszane", "pictures are not made smaller here"));
            };
            let key = Key::new(&original.hash, &ladder.words(rights));
            if let Some(made) = self.cache.as_ref().and_then(|cache| cache.load(&key)) {
                return Ok(Picture { original, made, key, bytes: None });
            }
            self.decoded.fetch_add(1, Ordering::Relaxed);
            let (made, bytes) = ladder.make(&read(file)?, &original.metadata, rights, &self.budget)?;
            let bytes = self.keep(&key, &made, bytes)?;
            Ok(Picture { original, made, key, bytes })
        })
    }

    /// Makes many pictures at once, so that [`Self::picture`] has them.
    pub fn prepare(&self, wishes: &[(PathBuf, Rights)]) {
        wishes.par_iter().for_each(|(file, rights)| {
            // Who asks for it is told what is wrong.
            let _ = self.picture(file, rights);
        });
    }

    /// A resized picture: from the cache, else made now.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the original or with the cache.
    pub fn resized(&self, recipe: &Recipe) -> Result<Vec<u8>, Text> {
        let key = recipe.key();
        if let Some(cache) = &self.cache
            && let Some(made) = cache.load(&key)
            && let Some(bytes) = cache.read(&key, &made, 0)
        {
            return Ok(bytes);
        }
        self.decoded.fetch_add(1, Ordering::Relaxed);
        let bytes = recipe.make(&read(&recipe.original.file)?, &self.budget)?;
        let (width, height) = recipe.cut.size;
        let hash = blake3::hash(&bytes).to_hex().to_string();
        let format = recipe.format.extension().to_string();
        let made = Made { rungs: vec![super::Rung { width, height, format, hash }], ..Made::default() };
        self.keep(&key, &made, vec![bytes.clone()])?;
        Ok(bytes)
    }

    /// The files of all pictures that pages asked for, by name.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, (Arc<Picture>, usize)> {
        let pictures = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let made = pictures.values().filter_map(|once| once.get()?.as_ref().ok());
        made.flat_map(|picture| (0..picture.made.rungs.len()).map(|at| (picture.name(at), (Arc::clone(picture), at))))
            .collect()
    }

    /// What is known of the pictures of pages.
    #[must_use]
    pub fn known(&self) -> Vec<Known> {
        let pictures = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let made = pictures.iter().filter_map(|((_, rights), once)| Some((rights, once.get()?.as_ref().ok()?)));
        let mut known: Vec<Known> = made.map(|(rights, picture)| Known::of(rights, picture)).collect();
        known.sort_by(|a, b| (&a.file, &a.key).cmp(&(&b.file, &b.key)));
        known
    }

    /// Takes pictures for known that an earlier build made. Whoever gives them knows that the originals are as they were, and
    /// that nobody will ask for their bytes.
    pub fn recall(&self, known: &[Known]) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        for known in known {
            let cell = OnceLock::from(Ok(Arc::new(known.picture())));
            made.insert((known.file.clone(), known.rights.clone()), Arc::new(cell));
        }
    }

    /// The bytes of one rung.
    ///
    /// # Errors
    ///
    /// Says what is wrong when the cache has lost it since it was asked.
    pub fn bytes(&self, picture: &Picture, at: usize) -> Result<Vec<u8>, Text> {
        let kept = picture.bytes.as_ref().and_then(|bytes| bytes.get(at).cloned());
        let bytes = kept.or_else(|| self.cache.as_ref()?.read(&picture.key, &picture.made, at));
        bytes.ok_or_else(|| {
            text!("pamięć obrazów zmieniła się w trakcie budowania", "the picture cache changed during the build")
        })
    }

    /// Removes from the cache what this build did not use, down to `limit` bytes.
    pub fn prune(&self, limit: u64) {
        if let Some(cache) = &self.cache {
            cache.prune(limit);
        }
    }

    /// Keeps what was made; the bytes come back where there is no cache.
    fn keep(&self, key: &Key, made: &Made, bytes: Vec<Vec<u8>>) -> Result<Option<Vec<Vec<u8>>>, Text> {
        let Some(cache) = &self.cache else { return Ok(Some(bytes)) };
        cache.store(key, made, &bytes).map_err(|error| {
            text!("nie da się zapisać pamięci obrazów: {error}", "the picture cache cannot be written: {error}")
        })?;
        Ok(None)
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Text> {
    let unreadable =
        |error: std::io::Error| text!("nie da się odczytać pliku: {error}", "the file cannot be read: {error}");
    check_bytes(std::fs::metadata(file).map_err(unreadable)?.len())?;
    std::fs::read(file).map_err(unreadable)
}

/// The value under a key; made by the first who asks, while others who ask for the same wait.
fn once<K: Eq + Hash, T>(
    all: &Mutex<HashMap<K, Once<T>>>,
    key: K,
    make: impl FnOnce() -> Result<T, Text>,
) -> Result<Arc<T>, Text> {
    let cell = Arc::clone(all.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
    cell.get_or_init(|| make().map(Arc::new)).clone()
}
