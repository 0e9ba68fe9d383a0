//! Tells when something the site is made of has changed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use notify::{Event, EventKind, RecursiveMode, Watcher};

use crate::config::FILE_NAMES;

/// Editors write in several steps: wait until it has been quiet for this long.
const QUIET: Duration = Duration::from_millis(80);

/// Folders a site is made of.
const FOLDERS: [&str; 4] = ["content", "static", "templates", "themes"];

/// Calls `changed` after every burst of changes, on a thread of its own.
pub(super) fn spawn(root: PathBuf, mut changed: impl FnMut() + Send + 'static) {
    std::thread::spawn(move || {
        let root = root.canonicalize().unwrap_or(root);
        let (sender, receiver) = mpsc::channel();
        let Ok(mut watcher) = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Ok(event) = event {
                // The receiver is gone only when the process ends.
                let _ = sender.send(event);
            }
        }) else {
            return;
        };
        let mut watched = vec![];
        loop {
            watch_new(&mut watcher, &root, &mut watched);
            let Ok(event) = receiver.recv() else { return };
            let mut relevant = is_relevant(&event, &root);
            loop {
                match receiver.recv_timeout(QUIET) {
                    Ok(event) => relevant |= is_relevant(&event, &root),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            if relevant {
                changed();
            }
        }
    });
}

/// Watches the root itself and every folder of the site that exists by now.
fn watch_new(watcher: &mut impl Watcher, root: &Path, watched: &mut Vec<PathBuf>) {
    watched.retain(|folder| folder.is_dir());
    let folders = FOLDERS.iter().map(|folder| (root.join(folder), RecursiveMode::Recursive));
    for (folder, mode) in std::iter::once((root.to_path_buf(), RecursiveMode::NonRecursive)).chain(folders) {
        if folder.is_dir() && !watched.contains(&folder) && watcher.watch(&folder, mode).is_ok() {
            watched.push(folder);
        }
    }
}

fn is_relevant(event: &Event, root: &Path) -> bool {
    if matches!(event.kind, EventKind::Access(_)) {
        return false;
    }
    event.paths.iter().any(|path| {
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
        assert!(is_relevant(&event("/site/content/a/index.md"), root));
        assert!(is_relevant(&event("/site/huta.toml"), root));
        assert!(!is_relevant(&event("/site/public/index.html"), root));
        assert!(!is_relevant(&event("/elsewhere/content/a.md"), root));
    }
}
