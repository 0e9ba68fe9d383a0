//! Tells when something the site is made of has changed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::burst::Burst;
use crate::config::FILE_NAMES;
use crate::source::is_leftover;

/// Folders a site is made of.
const FOLDERS: [&str; 5] = ["content", "sass", "static", "templates", "themes"];

/// Watches a site's folder from the moment it is made, so that a change during the first build is not lost.
pub(super) struct Watch {
    root: PathBuf,
    /// Files and folders that count besides the site's own.
    also: Vec<PathBuf>,
    /// Editors write in several steps: wait until it has been quiet for this long.
    quiet: Duration,
    watcher: RecommendedWatcher,
    watched: Vec<PathBuf>,
    events: Receiver<Event>,
}

impl Watch {
    /// Starts to watch.
    pub(super) fn new(root: &Path, also: Vec<PathBuf>, quiet: Duration) -> notify::Result<Self> {
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Ok(event) = event {
                // The receiver is gone only when the process ends.
                let _ = sender.send(event);
            }
        })?;
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let also = also.into_iter().map(|path| path.canonicalize().unwrap_or(path)).collect();
        let mut watch = Self { root, also, quiet, watcher, watched: vec![], events };
        watch.watch_new();
        Ok(watch)
    }

    /// Watches on a thread of its own: calls `began` as soon as something changes and `ended` after every burst of changes.
    pub(super) fn spawn(mut self, mut began: impl FnMut() + Send + 'static, mut ended: impl FnMut() + Send + 'static) {
        std::thread::spawn(move || {
            while let Ok(event) = self.events.recv() {
                let mut burst = Burst::new();
                self.take(&event, &mut burst);
                while !burst.is_empty() {
                    began();
                    match self.events.recv_timeout(burst.patience(self.quiet)) {
                        Ok(event) => self.take(&event, &mut burst),
                        Err(RecvTimeoutError::Timeout) => break,
                        Err(RecvTimeoutError::Disconnected) => return,
                    }
                }
                if !matches!(event.kind, EventKind::Access(_)) {
                    self.watch_new();
                }
                if !burst.is_empty() {
                    ended();
                }
            }
        });
    }

    /// Adds an event to a burst. A folder of the site that goes or comes is watched anew: the old watch is on a folder that
    /// is no longer there, even when another has its name by now.
    fn take(&mut self, event: &Event, burst: &mut Burst) {
        if !matches!(event.kind, EventKind::Access(_)) {
            let watcher = &mut self.watcher;
            self.watched.retain(|folder| {
                let itself = *folder != self.root && event.paths.contains(folder);
                if itself {
                    // The folder may be gone, and its watch with it.
                    let _ = watcher.unwatch(folder);
                }
                !itself
            });
        }
        burst.add(event, |path| matters(path, &self.root, &self.also));
    }

    /// Watches the root itself and every folder of the site that exists by now.
    fn watch_new(&mut self) {
        self.watched.retain(|folder| folder.is_dir());
        let folders = FOLDERS.iter().map(|folder| (self.root.join(folder), RecursiveMode::Recursive));
        // A file is watched through its folder: editors put a new file in its place.
        let also = self.also.iter().map(|path| match path.parent() {
            Some(parent) if !path.is_dir() => (parent.to_path_buf(), RecursiveMode::NonRecursive),
            _ => (path.clone(), RecursiveMode::Recursive),
        });
        let all: Vec<_> =
            std::iter::once((self.root.clone(), RecursiveMode::NonRecursive)).chain(folders).chain(also).collect();
        for (folder, mode) in all {
            if folder.is_dir() && !self.watched.contains(&folder) && self.watcher.watch(&folder, mode).is_ok() {
                self.watched.push(folder);
            }
        }
    }
}

/// Whether a site is made of this file or folder, too.
fn matters(path: &Path, root: &Path, also: &[PathBuf]) -> bool {
    if also.iter().any(|also| path.starts_with(also)) {
        return true;
    }
    let Ok(below) = path.strip_prefix(root) else { return false };
    let mut parts = below.components().map(|part| part.as_os_str().to_string_lossy());
    let Some(first) = parts.next() else { return false };
    if FILE_NAMES.contains(&first.as_ref()) {
        return true;
    }
    FOLDERS.contains(&first.as_ref()) && !parts.any(|part| is_leftover(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_site_is_made_of_counts() {
        let counts = |path: &str, also: &[PathBuf]| matters(Path::new(path), Path::new("/site"), also);
        assert!(counts("/site/content/a/index.md", &[]));
        assert!(counts("/site/content", &[]));
        assert!(counts("/site/huta.toml", &[]));
        assert!(!counts("/site/content/a/.#index.md", &[]));
        assert!(!counts("/site/content/a/index.md~", &[]));
        assert!(!counts("/site/public/index.html", &[]));
        assert!(!counts("/elsewhere/content/a.md", &[]));
        assert!(counts("/elsewhere/data/a.csv", &[PathBuf::from("/elsewhere/data")]));
    }
}
