//! Which files there are, with the signs by which a change is seen.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::shown;
use crate::config::Project;

/// A file that was changed so short a time before it was looked at may be changed again without another sign of it: file
/// systems count time in steps (FAT in two seconds).
const STEP: Duration = Duration::from_secs(3);

/// The folders that a site is made of.
const FOLDERS: [&str; 5] = ["content", "sass", "static", "templates", "themes"];

/// What is seen of a file without reading it: length, time of its bytes (nanoseconds since 1970), and where there are such
/// things its number and the time of its entry.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signs {
    length: u64,
    modified: u64,
    number: u64,
    changed: u64,
}

/// Files by path, at one time.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// When they were looked at, as [`Signs`] count.
    pub at: u64,
    /// The signs of each; none of a folder or of what could not be looked at.
    pub files: BTreeMap<String, Option<Signs>>,
}

/// A built site: its files, and its folders, whose signs change when anything comes into them or goes.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    /// The files, by path.
    files: BTreeMap<String, Option<Signs>>,
    /// The folders, the site's own as an empty path.
    folders: BTreeMap<String, Option<Signs>>,
}

impl Built {
    /// The site in a folder.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        let files: BTreeMap<String, Option<Signs>> = below(folder, folder).into_iter().collect();
        let mut built = Self { files, folders: BTreeMap::new() };
        let above: BTreeSet<&str> = built.files.keys().flat_map(|path| folders_of(path)).collect();
        built.folders =
            above.into_iter().map(|path| (path.to_string(), Signs::of_folder(&folder.join(path)))).collect();
        built
    }

    /// Whether the site in a folder is this one, nothing more and nothing less.
    #[must_use]
    pub fn is_in(&self, folder: &Path) -> bool {
        let files =
            || self.files.par_iter().all(|(path, signs)| signs.is_some() && Signs::of(&folder.join(path)) == *signs);
        let folders = || {
            self.folders
                .par_iter()
                .all(|(path, signs)| signs.is_some() && Signs::of_folder(&folder.join(path)) == *signs)
        };
        files() && folders()
    }

    /// Forgets files that have gone; their folders have changed, or went with them.
    pub fn leave(&mut self, folder: &Path, paths: impl Iterator<Item = String>) {
        for path in paths {
            self.files.remove(&path);
            for above in folders_of(&path) {
                match Signs::of_folder(&folder.join(above)) {
                    Some(signs) => self.folders.insert(above.to_string(), Some(signs)),
                    None => self.folders.remove(above),
                };
            }
        }
    }

    /// Looks again at files that have been written, and at the folders that they are in.
    pub fn look_at(&mut self, folder: &Path, paths: impl Iterator<Item = String>) {
        for path in paths {
            for above in folders_of(&path) {
                self.folders.insert(above.to_string(), Signs::of_folder(&folder.join(above)));
            }
            let signs = Signs::of(&folder.join(&path));
            self.files.insert(path, signs);
        }
    }
}

/// The folders that a path is in, down to the one that holds all.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at]).chain([""])
}

impl Signs {
    /// Those of a folder.
    #[must_use]
    fn of_folder(folder: &Path) -> Option<Self> {
        fs::metadata(folder).ok().filter(Metadata::is_dir).map(|meta| Self::in_meta(&meta))
    }

    /// Those of a file; `None` when there is none.
    #[must_use]
    pub fn of(file: &Path) -> Option<Self> {
        fs::metadata(file).ok().filter(Metadata::is_file).map(|meta| Self::in_meta(&meta))
    }

    fn in_meta(meta: &Metadata) -> Self {
        #[cfg(unix)]
        let (number, changed) = {
            use std::os::unix::fs::MetadataExt;
            let seconds = u64::try_from(meta.ctime()).unwrap_or_default();
            (meta.ino(), seconds * 1_000_000_000 + u64::try_from(meta.ctime_nsec()).unwrap_or_default())
        };
        #[cfg(not(unix))]
        let (number, changed) = (0, 0);
        Self { length: meta.len(), modified: meta.modified().map_or(0, nanoseconds), number, changed }
    }
}

impl Signs {
    /// Bytes.
    #[must_use]
    pub fn length(self) -> u64 {
        self.length
    }

    /// Whether the file was last changed before a time.
    #[must_use]
    pub fn is_before(self, at: u64) -> bool {
        self.modified.max(self.changed) < at
    }

    /// Whether a file that was looked at then and has these signs still is what it was then.
    #[must_use]
    pub fn is_sure(self, at: u64) -> bool {
        self.is_before(at.saturating_sub(u64::try_from(STEP.as_nanos()).unwrap_or_default()))
    }
}

impl Survey {
    /// A hash of the bytes of a file; `None` where it is not as it was when it was looked at, so that others may have been read.
    #[must_use]
    pub fn print(&self, path: &str, root: &Path) -> Option<[u8; 32]> {
        let file = root.join(path);
        let bytes = fs::read(&file).ok()?;
        let is_same = Signs::of(&file).is_some_and(|signs| self.files.get(path) == Some(&Some(signs)));
        is_same.then(|| *blake3::hash(&bytes).as_bytes())
    }

    /// Paths of the files that have, or may have, other bytes in a later survey; `None` where files came or went.
    #[must_use]
    pub fn changed<'a>(&'a self, later: &Survey) -> Option<Vec<&'a str>> {
        if self.files.len() != later.files.len() {
            return None;
        }
        let mut changed = vec![];
        for ((path, before), (other, now)) in self.files.iter().zip(&later.files) {
            if path != other {
                return None;
            }
            let is_sure = before.is_some_and(|signs| signs.is_sure(self.at));
            if before != now || !is_sure {
                changed.push(path.as_str());
            }
        }
        Some(changed)
    }
}

/// The files that a site is made of.
#[must_use]
pub fn inputs(project: &Project) -> Survey {
    let at = nanoseconds(SystemTime::now());
    let root = &project.root;
    let colours = project.config.markdown.highlighting.iter();
    let colours = colours.flat_map(|colours| colours.extra_grammars.iter().chain(&colours.extra_themes));
    let mut files: BTreeMap<String, Option<Signs>> =
        colours.map(|path| (path.clone(), Signs::of(&root.join(path)))).collect();
    files.extend(FOLDERS.into_iter().flat_map(|folder| below(&root.join(folder), root)));
    Survey { at, files }
}

/// All files below a folder. Symbolic links are told by what they lead to; to folders they are not followed, and never trusted.
fn below(folder: &Path, root: &Path) -> Vec<(String, Option<Signs>)> {
    let Ok(entries) = fs::read_dir(folder) else { return vec![] };
    let entries: Vec<(PathBuf, Option<fs::FileType>)> =
        entries.filter_map(Result::ok).map(|entry| (entry.path(), entry.file_type().ok())).collect();
    let files = entries.into_par_iter().flat_map_iter(|(path, kind)| match kind {
        Some(kind) if kind.is_dir() => below(&path, root),
        _ => vec![(shown(&path, root), Signs::of(&path))],
    });
    files.collect()
}

fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(folder: &Path) -> Survey {
        Survey { at: nanoseconds(SystemTime::now()), files: below(folder, folder).into_iter().collect() }
    }

    #[test]
    fn what_changes_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        write("a/one.md", "1");
        write("two.md", "2");
        let mut before = survey(folder.path());
        assert_eq!(before.files.keys().collect::<Vec<_>>(), ["a/one.md", "two.md"]);
        // Written a moment ago: nobody can tell.
        assert_eq!(before.changed(&before.clone()).unwrap().len(), 2);
        before.at += 10_000_000_000;
        assert_eq!(before.changed(&survey(folder.path())), Some(vec![]));
        write("two.md", "two");
        assert_eq!(before.changed(&survey(folder.path())), Some(vec!["two.md"]));
        write("b.md", "");
        assert_eq!(before.changed(&survey(folder.path())), None);
        fs::remove_file(folder.path().join("b.md")).unwrap();
        fs::rename(folder.path().join("two.md"), folder.path().join("three.md")).unwrap();
        assert_eq!(before.changed(&survey(folder.path())), None);
    }

    #[test]
    fn a_built_site_is_told_from_any_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("a/b")).unwrap();
        fs::write(path("a/b/index.html"), "1").unwrap();
        fs::write(path("a.css"), "2").unwrap();
        let mut built = Built::of(folder.path());
        assert!(built.is_in(folder.path()));
        // The clock of a file system goes in steps.
        let tick = || std::thread::sleep(Duration::from_millis(20));
        tick();
        fs::write(path("a/strange.html"), "x").unwrap();
        assert!(!built.is_in(folder.path()), "a file that came");
        built = Built::of(folder.path());
        tick();
        fs::remove_file(path("a/strange.html")).unwrap();
        assert!(!built.is_in(folder.path()), "a file that went");
        built = Built::of(folder.path());
        tick();
        fs::write(path("a.css"), "3").unwrap();
        assert!(!built.is_in(folder.path()), "other bytes of the same length");
        built.look_at(folder.path(), ["a.css".to_string()].into_iter());
        assert!(built.is_in(folder.path()));
        fs::create_dir(path("empty")).unwrap();
        assert!(!built.is_in(folder.path()), "a folder that came");
    }
}
