//! The output folder: written aside, then put in place in one step.
//!
//! A build fills a staging folder beside the output folder. Files that have not changed are hard links to the old ones,
//! so their bytes and times stay. [`Stage::commit`] exchanges the two folders in one system call where there is one
//! (Linux, macOS); a kill leaves either the old site or the new one. Elsewhere the old folder is moved away first, and a
//! kill between the two moves is mended by the next build.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::source::relative;
use crate::text;

/// File in the output folder that lists what huta wrote.
const MANIFEST: &str = ".huta";

/// First line of the manifest.
const MANIFEST_HEAD: &str = "huta 1";

/// How many foreign files a message names.
const NAMED: usize = 3;

/// A site on its way to the output folder.
#[derive(Debug)]
pub struct Stage {
    output: PathBuf,
    folder: PathBuf,
    /// What the old site's manifest lists.
    ours: BTreeSet<String>,
    written: Mutex<BTreeSet<String>>,
    committed: bool,
}

impl Stage {
    /// Whether the output folder may be replaced: it is not there, empty, or holds only what huta wrote.
    ///
    /// With `keep_dotfiles`, files and folders at its top whose names start with a dot may be there too.
    pub fn check(output: &Path, keep_dotfiles: bool) -> Result<(), Diagnostic> {
        let shown = output.display().to_string();
        let output = resolve(output);
        if !output.exists() {
            return Ok(());
        }
        if !output.is_dir() {
            return Err(Diagnostic::error(
                Code::ForeignOutput,
                Span::file(&shown),
                text!("folder wyjściowy jest plikiem", "the output folder is a file"),
            )
            .help(text!("wskaż inny folder: huta build -o FOLDER", "name another folder: huta build -o DIR")));
        }
        let ours = manifest(&output);
        let walk = WalkDir::new(&output).min_depth(1).sort_by_file_name().into_iter().filter_entry(|entry| {
            !(keep_dotfiles && entry.depth() == 1 && entry.file_name().to_string_lossy().starts_with('.'))
        });
        let foreign: Vec<String> = walk
            .filter_map(Result::ok)
            .filter(|entry| !entry.file_type().is_dir())
            .map(|entry| relative(entry.path(), &output))
            .filter(|path| path != MANIFEST && !ours.contains(path))
            .take(NAMED + 1)
            .collect();
        if foreign.is_empty() {
            return Ok(());
        }
        let mut names = foreign[..foreign.len().min(NAMED)].join(", ");
        if foreign.len() > NAMED {
            names.push_str(", …");
        }
        Err(Diagnostic::error(
            Code::ForeignOutput,
            Span::file(shown),
            text!(
                "w folderze wyjściowym są pliki, których nie zapisała huta: {names}",
                "the output folder holds files that huta did not write: {names}"
            ),
        )
        .help(text!(
            "przenieś je albo wskaż inny folder: huta build -o FOLDER; to, co ma być w witrynie, należy do folderu static",
            "move them away, or name another folder: huta build -o DIR; what belongs to the site goes into static"
        )))
    }

    /// Opens a staging folder beside the output folder.
    pub fn open(output: &Path, keep_dotfiles: bool) -> Result<Self, Diagnostic> {
        let output = resolve(output);
        let failed = |error: io::Error| write_failed(&output, &error);
        let parent = output.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf);
        fs::create_dir_all(&parent).map_err(failed)?;
        let parent = parent.canonicalize().map_err(failed)?;
        let name = output.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let output = parent.join(&name);
        recover(&parent, &name);
        let folder = parent.join(format!(".{name}.huta-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(failed)?;
        }
        fs::create_dir(&folder).map_err(failed)?;
        let stage = Self { ours: manifest(&output), output, folder, written: Mutex::default(), committed: false };
        if keep_dotfiles {
            stage.keep_dotfiles().map_err(|error| write_failed(&stage.output, &error))?;
        }
        Ok(stage)
    }

    /// Writes a file; an unchanged one becomes a link to the old.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let (old, new) = self.paths(path)?;
        let put = || -> io::Result<()> {
            make_room(&new)?;
            let unchanged = fs::metadata(&old).is_ok_and(|meta| meta.len() == bytes.len() as u64)
                && fs::read(&old).is_ok_and(|old| old == bytes);
            if unchanged && fs::hard_link(&old, &new).is_ok() {
                return Ok(());
            }
            fs::write(&new, bytes)
        };
        put().map_err(|error| write_failed(&self.output.join(path), &error))?;
        self.remember(path);
        Ok(())
    }

    /// Copies a file; an unchanged one becomes a link to the old.
    pub fn copy(&self, path: &str, from: &Path) -> Result<(), Diagnostic> {
        let (old, new) = self.paths(path)?;
        let put = || -> io::Result<()> {
            make_room(&new)?;
            if same_bytes(&old, from) && fs::hard_link(&old, &new).is_ok() {
                return Ok(());
            }
            fs::copy(from, &new).map(|_| ())
        };
        put().map_err(|error| write_failed(&self.output.join(path), &error))?;
        self.remember(path);
        Ok(())
    }

    /// Makes a hard link to a file, a copy where there can be none.
    pub fn link(&self, path: &str, from: &Path) -> Result<(), Diagnostic> {
        let (_, new) = self.paths(path)?;
        let linked = make_room(&new).and_then(|()| fs::hard_link(from, &new));
        if linked.is_err() {
            return self.copy(path, from);
        }
        self.remember(path);
        Ok(())
    }

    /// Keeps a file of the old site as it is; false when it has none that huta wrote.
    pub fn keep(&self, path: &str) -> bool {
        let Ok((old, new)) = self.paths(path) else { return false };
        let kept = self.ours.contains(path) && make_room(&new).is_ok() && fs::hard_link(old, new).is_ok();
        if kept {
            self.remember(path);
        }
        kept
    }

    /// Keeps what the old site has beside a file, made from that file, if the file is as it was.
    ///
    /// It must not be older than the file: a hard link to a file of `static/` that was edited has the same bytes in both
    /// sites.
    pub fn keep_beside(&self, path: &str, sibling: &str) -> bool {
        let (Ok((old, new)), Ok((beside, _))) = (self.paths(path), self.paths(sibling)) else { return false };
        let time = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
        let is_young = matches!((time(&beside), time(&new)), (Some(beside), Some(new)) if beside >= new);
        is_young && same_bytes(&old, &new) && self.keep(sibling)
    }

    /// What is in the new site so far, in order.
    pub fn written(&self) -> Vec<String> {
        lock(&self.written).iter().cloned().collect()
    }

    /// Whether the new site has a file already.
    pub fn has(&self, path: &str) -> bool {
        lock(&self.written).contains(path)
    }

    /// The bytes of a file of the new site.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Diagnostic> {
        let (_, new) = self.paths(path)?;
        fs::read(&new).map_err(|error| write_failed(&self.output.join(path), &error))
    }

    /// Puts the new site in place of the old one. Returns how many files it has.
    pub fn commit(mut self) -> Result<usize, Diagnostic> {
        let written = std::mem::take(&mut *lock(&self.written));
        let count = written.len();
        let list: String = std::iter::once(MANIFEST_HEAD.to_string()).chain(written).map(|line| line + "\n").collect();
        self.write(MANIFEST, list.as_bytes())?;
        self.swap().map_err(|error| write_failed(&self.output, &error))?;
        self.committed = true;
        // Now the staging folder holds the old site. The new one is in place: what cannot be removed is left to the next
        // build.
        let _ = fs::remove_dir_all(&self.folder);
        Ok(count)
    }

    fn swap(&self) -> io::Result<()> {
        if !self.output.exists() {
            return fs::rename(&self.folder, &self.output);
        }
        if exchange(&self.folder, &self.output) {
            return Ok(());
        }
        let aside = aside(&self.output);
        fs::rename(&self.output, &aside)?;
        if let Err(error) = fs::rename(&self.folder, &self.output) {
            // Back to how it was; the first error is the one to tell.
            let _ = fs::rename(&aside, &self.output);
            return Err(error);
        }
        fs::remove_dir_all(&aside)
    }

    /// Where a file is in the old site and in the new one. No path leaves them, whoever made it.
    fn paths(&self, path: &str) -> Result<(PathBuf, PathBuf), Diagnostic> {
        let inside = !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        if inside && !path.contains('\n') {
            return Ok((self.output.join(path), self.folder.join(path)));
        }
        let path = path.escape_debug().to_string();
        Err(Diagnostic::error(
            Code::WriteFailed,
            Span::file(self.output.display().to_string()),
            text!("„{path}” wychodzi poza folder wyjściowy", "`{path}` leaves the output folder"),
        ))
    }

    fn remember(&self, path: &str) {
        if path != MANIFEST {
            lock(&self.written).insert(path.to_string());
        }
    }

    fn keep_dotfiles(&self) -> io::Result<()> {
        let Ok(entries) = fs::read_dir(&self.output) else { return Ok(()) };
        let ours = manifest(&self.output);
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.starts_with('.') || name == MANIFEST {
                continue;
            }
            for file in WalkDir::new(entry.path()) {
                let file = file?;
                let path = relative(file.path(), &self.output);
                if ours.contains(&path) {
                    continue;
                }
                let target = self.folder.join(path);
                if file.file_type().is_dir() {
                    fs::create_dir_all(&target)?;
                } else if fs::hard_link(file.path(), &target).is_err() {
                    fs::copy(file.path(), &target)?;
                }
            }
        }
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.committed {
            // A build that failed leaves nothing behind; what cannot be removed now is removed by the next build.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// A link to a folder is followed, so that the folder is replaced and not the link.
fn resolve(output: &Path) -> PathBuf {
    output.canonicalize().unwrap_or_else(|_| std::path::absolute(output).unwrap_or_else(|_| output.to_path_buf()))
}

fn manifest(output: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(output.join(MANIFEST)).unwrap_or_default();
    let mut lines = text.lines();
    if lines.next() != Some(MANIFEST_HEAD) {
        return BTreeSet::new();
    }
    lines.map(str::to_string).collect()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Makes the folders of a file. A kept dot file of the same name is a link to the old site's: it goes first.
fn make_room(file: &Path) -> io::Result<()> {
    file.parent().map_or(Ok(()), fs::create_dir_all)?;
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn same_bytes(a: &Path, b: &Path) -> bool {
    let length = |path: &Path| fs::metadata(path).ok().map(|meta| meta.len());
    length(a).is_some() && length(a) == length(b) && matches!((fs::read(a), fs::read(b)), (Ok(a), Ok(b)) if a == b)
}

/// Where the old site waits while the new one takes its place, on systems without an exchange.
fn aside(output: &Path) -> PathBuf {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    output.with_file_name(format!(".{name}.huta-old"))
}

/// Mends what a killed build left: an output folder moved aside, staging folders of processes that are gone.
fn recover(parent: &Path, name: &str) {
    let output = parent.join(name);
    let aside = aside(&output);
    // Each step may find that another build did it first; a step that fails is tried again by the next build.
    if aside.exists() {
        if output.exists() {
            let _ = fs::remove_dir_all(&aside);
        } else {
            let _ = fs::rename(&aside, &output);
        }
    }
    let prefix = format!(".{name}.huta-");
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let file_name = entry.file_name().to_string_lossy().into_owned();
        let process = file_name.strip_prefix(&prefix).and_then(|process| process.parse::<i32>().ok());
        if process.is_some_and(|process| !is_running(process)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(unix)]
fn is_running(process: i32) -> bool {
    rustix::process::Pid::from_raw(process).is_some_and(|process| {
        // "No permission" means that somebody else's process has the number.
        !matches!(rustix::process::test_kill_process(process), Err(rustix::io::Errno::SRCH))
    })
}

#[cfg(not(unix))]
fn is_running(_: i32) -> bool {
    true
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

fn write_failed(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        Code::WriteFailed,
        Span::file(path.display().to_string()),
        text!("nie da się zapisać: {error}", "cannot be written: {error}"),
    )
    .help(if matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices) {
        text!(
            "folder jest punktem montowania i nie da się go podmienić: wskaż folder w jego wnętrzu (huta build -o FOLDER)",
            "the folder is a mount point and cannot be replaced: name a folder inside it (huta build -o DIR)"
        )
    } else {
        text!(
        "sprawdź wolne miejsce i prawa do folderu; poprzednia witryna została bez zmian",
        "check free space and your rights to the folder; the previous site is unchanged"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(output: &Path, files: &[(&str, &str)]) -> Result<usize, Diagnostic> {
        Stage::check(output, false)?;
        let stage = Stage::open(output, false)?;
        for (path, text) in files {
            stage.write(path, text.as_bytes())?;
        }
        stage.commit()
    }

    #[test]
    fn replaces_the_site_and_keeps_what_did_not_change() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        site(&output, &[("a/index.html", "1"), ("b.txt", "2")]).unwrap();
        let before = fs::metadata(output.join("b.txt")).unwrap().modified().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        site(&output, &[("a/index.html", "new"), ("b.txt", "2")]).unwrap();
        assert_eq!(fs::read_to_string(output.join("a/index.html")).unwrap(), "new");
        assert_eq!(fs::metadata(output.join("b.txt")).unwrap().modified().unwrap(), before);
        site(&output, &[("b.txt", "2")]).unwrap();
        assert!(!output.join("a").exists());
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["public"]);
    }

    #[test]
    fn strangers_are_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        site(&output, &[("a.txt", "1")]).unwrap();
        fs::write(output.join("mine.txt"), "precious").unwrap();
        let error = site(&output, &[("a.txt", "2")]).unwrap_err();
        assert_eq!(error.code, Code::ForeignOutput);
        assert!(error.message.en.contains("mine.txt"));
        assert_eq!(fs::read_to_string(output.join("a.txt")).unwrap(), "1");
        let plain = folder.path().join("documents");
        fs::create_dir(&plain).unwrap();
        fs::write(plain.join("thesis.txt"), "x").unwrap();
        assert!(site(&plain, &[]).is_err());
    }

    #[test]
    fn what_was_made_of_a_file_is_kept_with_it_only() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        site(&output, &[("a.css", "1"), ("a.css.br", "of 1"), ("b.css", "2"), ("b.css.br", "of 2")]).unwrap();
        let stage = Stage::open(&output, false).unwrap();
        stage.write("a.css", b"1").unwrap();
        stage.write("b.css", b"3").unwrap();
        assert!(stage.keep_beside("a.css", "a.css.br") && stage.has("a.css.br"));
        assert!(!stage.keep_beside("b.css", "b.css.br") && !stage.keep_beside("a.css", "a.css.gz"));
        drop(stage);
        // Edited where it lies, as a hard link to `static/` may be.
        let later = fs::metadata(output.join("a.css")).unwrap().modified().unwrap() + std::time::Duration::from_secs(5);
        fs::File::options().write(true).open(output.join("a.css")).unwrap().set_modified(later).unwrap();
        let stage = Stage::open(&output, false).unwrap();
        stage.write("a.css", b"1").unwrap();
        assert!(!stage.keep_beside("a.css", "a.css.br"));
    }

    #[test]
    fn a_dropped_stage_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        let stage = Stage::open(&output, false).unwrap();
        stage.write("a.txt", b"1").unwrap();
        drop(stage);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn leftovers_of_a_killed_build_are_mended() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        site(&output, &[("a.txt", "1")]).unwrap();
        fs::rename(&output, folder.path().join(".public.huta-old")).unwrap();
        fs::create_dir(folder.path().join(".public.huta-999999999")).unwrap();
        drop(Stage::open(&output, false).unwrap());
        assert_eq!(fs::read_to_string(output.join("a.txt")).unwrap(), "1");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn dot_files_are_kept_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        site(&output, &[("a.txt", "1")]).unwrap();
        fs::create_dir(output.join(".git")).unwrap();
        fs::write(output.join(".git/HEAD"), "x").unwrap();
        assert!(Stage::check(&output, false).is_err());
        Stage::check(&output, true).unwrap();
        Stage::open(&output, true).unwrap().commit().unwrap();
        assert!(output.join(".git/HEAD").exists() && !output.join("a.txt").exists());
    }
}
