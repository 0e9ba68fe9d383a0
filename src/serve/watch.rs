//! Tells when something the site is made of has changed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::config::FILE_NAMES;

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

    /// Calls `changed` after every burst of changes, on a thread of its own.
    pub(super) fn spawn(mut self, mut changed: impl FnMut() + Send + 'static) {
        std::thread::spawn(move || {
            while let Ok(event) = self.events.recv() {
                let mut relevant = self.take(&event);
                let mut quiet_from = Instant::now();
                loop {
                    match self.events.recv_timeout(self.quiet.saturating_sub(quiet_from.elapsed())) {
                        Ok(event) => {
                            if self.take(&event) {
                                relevant = true;
                                quiet_from = Instant::now();
                            }
                        }
                        Err(RecvTimeoutError::Timeout) => break,
                        Err(RecvTimeoutError::Disconnected) => return,
                    }
                }
                self.watch_new();
                if relevant {
                    changed();
                }
            }
        });
    }

    /// Whether an event matters. A folder of the site that goes or comes is watched anew: the old watch is on a folder
    /// that is no longer there, even when another has its name by now.
    fn take(&mut self, event: &Event) -> bool {
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
        is_relevant(event, &self.root, &self.also)
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

fn is_relevant(event: &Event, root: &Path, also: &[PathBuf]) -> bool {
    if matches!(event.kind, EventKind::Access(_)) {
        return false;
    }
    // An event without a path says that some were missed.
    event.paths.is_empty()
        || event.paths.iter().any(|path| {
            if also.iter().any(|also| path.starts_with(also)) {
                return true;
            }
            let Ok(below) = path.strip_prefix(root) else { return false };
            let first = below.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
            first.is_some_and(|first| FOLDERS.contains(&first.as_str()) || FILE_NAMES.contains(&first.as_str()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_site_is_made_of_counts() {
        let event = |path: &str| Event::new(EventKind::Any).add_path(PathBuf::from(path));
        let root = Path::new("/site");
        assert!(is_relevant(&event("/site/content/a/index.md"), root, &[]));
        assert!(is_relevant(&event("/site/huta.toml"), root, &[]));
        assert!(!is_relevant(&event("/site/public/index.html"), root, &[]));
        assert!(!is_relevant(&event("/elsewhere/content/a.md"), root, &[]));
        assert!(is_relevant(&event("/elsewhere/data/a.csv"), root, &[PathBuf::from("/elsewhere/data")]));
    }
}
