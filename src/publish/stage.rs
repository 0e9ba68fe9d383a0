//! The output folder: what is new is written aside, then put in place.
//!
//! A build fills a staging folder beside the output folder with the files that are not as they were; the others stay, with
//! their times. [`Stage::commit`] has two ways. Where much has changed, the staging folder becomes a whole site (unchanged
//! files are hard links) and the two folders are exchanged in one system call where there is one (Linux, macOS); elsewhere
//! the old folder is moved away first, and a kill between the two moves is mended by the next build. Where little has
//! changed, the staging folder becomes a patch: renamed to a name that says so, then applied file by file. A kill before
//! the renaming leaves the old site; one after it a site between the two, which the next build completes.
//!
//! Links in the output folder are never followed, and lists that somebody may have edited never trusted: what is outside the
//! folder is neither written nor removed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::patch;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::render::Piece;
use crate::source::relative;
use crate::text;

/// File in the output folder that lists what huta wrote.
pub const MANIFEST: &str = ".huta";

/// First line of the manifest.
const MANIFEST_HEAD: &str = "huta 1";

/// A site is patched where at most one file in so many has changed: a folder that is exchanged costs the same for each.
const PATCHED: usize = 8;

/// So many files may always be patched.
const FEW: usize = 64;

/// How many foreign files a message names.
const NAMED: usize = 3;

/// A site on its way to the output folder.
#[derive(Debug)]
pub struct Stage {
    output: PathBuf,
    folder: PathBuf,
    /// What the old site's manifest lists.
    ours: BTreeSet<String>,
    /// The new site's files.
    written: Mutex<BTreeMap<String, State>>,
    keep_dotfiles: bool,
    replaces_all: bool,
    committed: bool,
}

/// Where a file of the new site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// In the staging folder.
    New,
    /// In the old site.
    Same,
}

impl Stage {
    /// Whether the output folder may be replaced: it is not there, empty, or holds only what huta wrote.
    ///
    /// With `keep_dotfiles`, files and folders at its top whose names start with a dot may be there too.
    pub fn check(output: &Path, keep_dotfiles: bool) -> Result<(), Diagnostic> {
        let shown = output.display().to_string();
        Self::mend(output);
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
        no_strangers(&shown, &strangers(&output, &ours(&output), keep_dotfiles))
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
        recover(&parent, &name, false);
        let folder = parent.join(format!(".{name}.huta-{}", std::process::id()));
        if folder.symlink_metadata().is_ok() {
            fs::remove_dir_all(&folder).map_err(failed)?;
        }
        fs::create_dir(&folder).map_err(failed)?;
        let ours = ours(&output);
        Ok(Self {
            ours,
            output,
            folder,
            written: Mutex::default(),
            keep_dotfiles,
            replaces_all: false,
            committed: false,
        })
    }

    /// Mends what a killed build left of an output folder.
    pub fn mend(output: &Path) {
        let output = resolve(output);
        if let Some((parent, name)) = output.parent().zip(output.file_name()) {
            recover(parent, &name.to_string_lossy(), false);
        }
    }

    /// Keeps all files that the old site's manifest lists. Whether they are there is the caller's to know.
    pub fn keep_all(&self) {
        lock(&self.written).extend(self.ours.iter().map(|path| (path.clone(), State::Same)));
    }

    /// The files of the new site that are not as they were.
    pub fn changed(&self) -> Vec<String> {
        let written = lock(&self.written);
        written.iter().filter(|(_, state)| **state == State::New).map(|(path, _)| path.clone()).collect()
    }

    /// From now on nothing stays of the old site that the new one has not, strangers' files included.
    pub fn replace_all(&mut self) {
        self.replaces_all = true;
    }

    /// Writes a file, unless the old site has it with these bytes.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let (old, new) = self.paths(path)?;
        let unchanged = self.has_old(path)
            && fs::metadata(&old).is_ok_and(|meta| meta.len() == bytes.len() as u64)
            && fs::read(&old).is_ok_and(|old| old == bytes);
        self.put(path, &new, unchanged, || fs::write(&new, bytes))
    }

    /// Writes a file of these pieces as they come, unless the old site has it with these bytes.
    pub fn write_pieces(&self, path: &str, pieces: &mut dyn Iterator<Item = Piece>) -> Result<(), Diagnostic> {
        let (old, new) = self.paths(path)?;
        let old = self.has_old(path).then_some(old);
        match put_together(old.as_deref(), &new, pieces) {
            Ok(true) => {
                self.remember(path, State::New);
                Ok(())
            }
            Ok(false) => self.put(path, &new, true, || Ok(())),
            Err(error) => Err(write_failed(&self.output.join(path), &error)),
        }
    }

    /// Copies a file, unless the old site has it with the same bytes.
    pub fn copy(&self, path: &str, from: &Path) -> Result<(), Diagnostic> {
        let (old, new) = self.paths(path)?;
        let unchanged = self.has_old(path) && same_bytes(&old, from);
        self.put(path, &new, unchanged, || fs::copy(from, &new).map(|_| ()))
    }

    /// Makes a hard link to a file, a copy where there can be none.
    pub fn link(&self, path: &str, from: &Path) -> Result<(), Diagnostic> {
        let (old, new) = self.paths(path)?;
        if self.has_old(path) && is_one_file(&old, from) {
            self.remember(path, State::Same);
            return Ok(());
        }
        let linked = make_room(&new).and_then(|()| fs::hard_link(from, &new));
        if linked.is_err() {
            return self.copy(path, from);
        }
        self.remember(path, State::New);
        Ok(())
    }

    /// Keeps a file of the old site as it is; false when it has none that huta wrote.
    pub fn keep(&self, path: &str) -> bool {
        let kept = self.paths(path).is_ok() && self.has_old(path);
        if kept {
            self.remember(path, State::Same);
        }
        kept
    }

    /// Takes a file out of the new site, wherever it is.
    pub fn leave(&self, path: &str) {
        let state = lock(&self.written).remove(path);
        if let (Some(State::New), Ok((_, new))) = (state, self.paths(path)) {
            // One that cannot be removed is no part of a patch.
            let _ = fs::remove_file(new);
        }
    }

    /// Keeps what the old site has beside a file, if it was made of the file's bytes.
    pub fn keep_beside(&self, path: &str, sibling: &str, is_made_of: impl Fn(&[u8], &[u8]) -> bool) -> bool {
        let Ok((beside, _)) = self.paths(sibling) else { return false };
        let is_of =
            || matches!((self.read(path), fs::read(beside)), (Ok(bytes), Ok(made)) if is_made_of(&bytes, &made));
        self.has_old(sibling) && is_of() && self.keep(sibling)
    }

    /// What is in the new site so far, in order.
    pub fn written(&self) -> Vec<String> {
        lock(&self.written).keys().cloned().collect()
    }

    /// Whether the new site has a file already.
    pub fn has(&self, path: &str) -> bool {
        self.state(path).is_some()
    }

    /// The bytes of a file of the new site.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Diagnostic> {
        let (old, new) = self.paths(path)?;
        let from = if self.state(path) == Some(State::Same) { old } else { new };
        fs::read(from).map_err(|error| write_failed(&self.output.join(path), &error))
    }

    /// Puts the new site in place of the old one. Returns how many files it has.
    pub fn commit(mut self) -> Result<usize, Diagnostic> {
        let written = std::mem::take(&mut *lock(&self.written));
        let list = manifest_text(written.keys());
        let failed = |error: io::Error| write_failed(&self.output, &error);
        if self.is_small(&written) {
            self.patch(&written, &list)?;
            self.committed = true;
            return Ok(written.len());
        }
        self.complete(&written, &list)?;
        // Somebody may have put something there since the beginning; the old site's folder goes with all that is in it.
        if !self.replaces_all {
            no_strangers(&self.output.display().to_string(), &strangers(&self.output, &self.ours, self.keep_dotfiles))?;
        }
        self.swap().map_err(failed)?;
        self.committed = true;
        // Now the staging folder holds the old site. The new one is in place: what cannot be removed is left to the next
        // build. So is a patch that could not be applied to the old site.
        let _ = fs::remove_dir_all(patch::folder(&self.output));
        let _ = fs::remove_dir_all(&self.folder);
        Ok(written.len())
    }

    /// Whether so little has changed that the old site is patched. It is not where a link would have to be followed, or where a
    /// patch is already that could not be applied.
    fn is_small(&self, written: &BTreeMap<String, State>) -> bool {
        let changed: Vec<&String> = new_ones(written).chain(self.gone(written)).collect();
        let is_little = changed.len() <= FEW || changed.len() * PATCHED <= self.ours.len();
        !self.replaces_all
            && !self.ours.is_empty()
            && is_little
            && patch::folder(&self.output).symlink_metadata().is_err()
            && !changed.iter().any(|path| patch::leads_out(&self.output, path))
    }

    fn gone<'a>(&'a self, written: &'a BTreeMap<String, State>) -> impl Iterator<Item = &'a String> {
        self.ours.iter().filter(|path| !written.contains_key(*path))
    }

    /// Makes the staging folder a patch and applies it.
    fn patch(&self, written: &BTreeMap<String, State>, list: &str) -> Result<(), Diagnostic> {
        let failed = |error: io::Error| write_failed(&self.output, &error);
        // A patch only adds, and removes what is huta's; but a new file may have the name of somebody's that came meanwhile.
        let is_strange = |path: &&String| {
            let is_file = || self.output.join(path).symlink_metadata().is_ok_and(|meta| !meta.is_dir());
            !self.ours.contains(*path) && is_file()
        };
        let foreign: Vec<String> = new_ones(written).filter(is_strange).take(NAMED + 1).cloned().collect();
        no_strangers(&self.output.display().to_string(), &foreign)?;
        let patch = patch::folder(&self.output);
        self.describe(written, list).map_err(failed)?;
        fs::rename(&self.folder, &patch).map_err(failed)?;
        patch::apply(&patch, &self.output).map_err(|error| {
            write_failed(&self.output, &error).help(text!(
                "część plików jest już nowa: usuń przyczynę i zbuduj jeszcze raz, a huta dokończy podmianę",
                "some files are new already: remove the cause and build once more, and huta completes the change"
            ))
        })
    }

    /// Lists in the staging folder what a patch has to do.
    fn describe(&self, written: &BTreeMap<String, State>, list: &str) -> io::Result<()> {
        let mut steps: Vec<String> = self.gone(written).map(|path| format!("- {path}")).collect();
        steps.extend(new_ones(written).map(|path| format!("+ {path}")));
        let old = self.output.join(MANIFEST);
        // Into a folder that is mounted no file can be moved, which would be seen when half of the old ones are gone. Linux
        // tells it of a file that is not there yet, too; to try with one of the site's would change its signs.
        let probe = self.folder.join(patch::STEPS);
        match fs::rename(&probe, self.output.join(patch::STEPS)) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => return Err(error),
            _ => {}
        }
        if !fs::read(old).is_ok_and(|old| old == list.as_bytes()) {
            fs::write(self.folder.join(MANIFEST), list)?;
            steps.push(format!("+ {MANIFEST}"));
        }
        fs::write(probe, steps.join("\n"))
    }

    /// Makes the staging folder a whole site.
    fn complete(&self, written: &BTreeMap<String, State>, list: &str) -> Result<(), Diagnostic> {
        let failed = |error: io::Error| write_failed(&self.output, &error);
        let same: Vec<&String> =
            written.iter().filter(|(_, state)| **state == State::Same).map(|(path, _)| path).collect();
        let keep = |path: &String| {
            let (old, new) = (self.output.join(path), self.folder.join(path));
            make_room(&new)?;
            if fs::hard_link(&old, &new).is_ok() { Ok(()) } else { fs::copy(&old, &new).map(|_| ()) }
        };
        same.into_par_iter().try_for_each(keep).map_err(failed)?;
        fs::write(self.folder.join(MANIFEST), list).map_err(failed)?;
        if !self.keep_dotfiles {
            return Ok(());
        }
        let foreign = self.take_dotfiles(written).map_err(failed)?;
        no_strangers(&self.output.display().to_string(), &foreign)
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
        // The new site is in place: what cannot be removed is left to the next build.
        let _ = fs::remove_dir_all(&aside);
        Ok(())
    }

    /// Where a file is in the old site and in the new one. No path leaves them, whoever made it.
    fn paths(&self, path: &str) -> Result<(PathBuf, PathBuf), Diagnostic> {
        if patch::is_inside(path) && !path.contains('\n') {
            return Ok((self.output.join(path), self.folder.join(path)));
        }
        let path = path.escape_debug().to_string();
        Err(Diagnostic::error(
            Code::WriteFailed,
            Span::file(self.output.display().to_string()),
            text!("„{path}” wychodzi poza folder wyjściowy", "`{path}` leaves the output folder"),
        ))
    }

    /// Whether the old site has a file that huta wrote. One that a link leads to is somebody's.
    fn has_old(&self, path: &str) -> bool {
        self.ours.contains(path) && patch::is_own(&self.output, path)
    }

    /// Puts a file into the staging folder, unless it is as it was.
    fn put(
        &self,
        path: &str,
        new: &Path,
        unchanged: bool,
        make: impl FnOnce() -> io::Result<()>,
    ) -> Result<(), Diagnostic> {
        let put = || -> io::Result<State> {
            if !unchanged {
                make_room(new)?;
                make()?;
                return Ok(State::New);
            }
            // It may have been another before, in the same build.
            match self.state(path) {
                Some(State::New) => fs::remove_file(new).map(|()| State::Same),
                _ => Ok(State::Same),
            }
        };
        let state = put().map_err(|error| write_failed(&self.output.join(path), &error))?;
        self.remember(path, state);
        Ok(())
    }

    fn remember(&self, path: &str, state: State) {
        if path != MANIFEST && path != patch::STEPS {
            lock(&self.written).insert(path.to_string(), state);
        }
    }

    fn state(&self, path: &str) -> Option<State> {
        lock(&self.written).get(path).copied()
    }

    /// Takes the dot files of the old site that are not huta's along, links as links. Returns those that stand where the new
    /// site has something else.
    fn take_dotfiles(&self, written: &BTreeMap<String, State>) -> io::Result<Vec<String>> {
        let mut in_the_way = vec![];
        let Ok(entries) = fs::read_dir(&self.output) else { return Ok(in_the_way) };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.starts_with('.') || name == MANIFEST {
                continue;
            }
            for file in WalkDir::new(entry.path()).follow_root_links(false) {
                let file = file?;
                let path = relative(file.path(), &self.output);
                // What huta wrote once is the new site's to say; so is a file that stands where the new site has another.
                if self.ours.contains(&path) || written.contains_key(&path) {
                    continue;
                }
                let target = self.folder.join(&path);
                if file.file_type().is_dir() {
                    if fs::create_dir_all(&target).is_err() {
                        in_the_way.push(path);
                    }
                } else if target.symlink_metadata().is_ok() || target.parent().is_some_and(|folder| !folder.is_dir()) {
                    in_the_way.push(path);
                } else if fs::hard_link(file.path(), &target).is_err() {
                    fs::copy(file.path(), &target)?;
                }
            }
        }
        Ok(in_the_way)
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
pub(super) fn resolve(output: &Path) -> PathBuf {
    output.canonicalize().unwrap_or_else(|_| std::path::absolute(output).unwrap_or_else(|_| output.to_path_buf()))
}

fn manifest_text<'a>(paths: impl Iterator<Item = &'a String>) -> String {
    [MANIFEST_HEAD].into_iter().chain(paths.map(String::as_str)).flat_map(|line| [line, "\n"]).collect()
}

/// What huta wrote: what the manifest lists, and what a patch brings that could not be applied whole. Whoever may have
/// edited them, no path leaves the folder.
fn ours(output: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(output.join(MANIFEST)).unwrap_or_default();
    let mut lines = text.lines();
    let is_ours = lines.next() == Some(MANIFEST_HEAD);
    let listed = lines.filter(|path| is_ours && patch::is_inside(path));
    let steps = patch::steps(&patch::folder(output));
    listed.chain(patch::paths(&steps, "+ ")).filter(|path| *path != MANIFEST).map(str::to_string).collect()
}

/// Some of the files in an output folder that huta did not write.
fn strangers(output: &Path, ours: &BTreeSet<String>, keep_dotfiles: bool) -> Vec<String> {
    let walk = WalkDir::new(output).min_depth(1).sort_by_file_name().into_iter().filter_entry(|entry| {
        !(keep_dotfiles && entry.depth() == 1 && entry.file_name().to_string_lossy().starts_with('.'))
    });
    walk.filter_map(Result::ok)
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| relative(entry.path(), output))
        .filter(|path| path != MANIFEST && !ours.contains(path))
        .take(NAMED + 1)
        .collect()
}

fn new_ones(written: &BTreeMap<String, State>) -> impl Iterator<Item = &String> {
    written.iter().filter(|(_, state)| **state == State::New).map(|(path, _)| path)
}

fn no_strangers(shown: &str, foreign: &[String]) -> Result<(), Diagnostic> {
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

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Makes the folders of a file. One that was put there before is a link to the old site's, or to a file of `static/`: it goes
/// first.
fn make_room(file: &Path) -> io::Result<()> {
    file.parent().map_or(Ok(()), fs::create_dir_all)?;
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether two paths are hard links to one file.
#[cfg(unix)]
fn is_one_file(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let print = |path: &Path| fs::metadata(path).ok().map(|meta| (meta.dev(), meta.ino()));
    print(a).is_some() && print(a) == print(b)
}

#[cfg(not(unix))]
fn is_one_file(_: &Path, _: &Path) -> bool {
    false
}

/// Writes a file of pieces, each before the next one is made; false when the old file has the same bytes, and nothing was
/// written. As long as they are the old file's they are only compared; what is the old file's goes from one to the other without
/// a stay in memory.
fn put_together(old: Option<&Path>, new: &Path, pieces: &mut dyn Iterator<Item = Piece>) -> io::Result<bool> {
    let mut old_file = old.map(fs::File::open).transpose()?;
    let old_length = old_file.as_ref().map_or(Ok(0), |file| file.metadata().map(|meta| meta.len()))?;
    let mut same = 0_u64;
    let mut file: Option<fs::File> = None;
    for piece in pieces {
        if file.is_none() {
            let is_same = match (&piece, &mut old_file) {
                (Piece::Old(range), Some(_)) => range.start as u64 == same,
                (Piece::New(bytes), Some(old)) => goes_on(old, same, bytes)?,
                (_, None) => false,
            };
            if is_same {
                same += piece.length() as u64;
                continue;
            }
        }
        let file = match &mut file {
            Some(file) => file,
            none => none.insert(begin(old_file.as_mut(), new, same)?),
        };
        match (piece, &mut old_file) {
            (Piece::New(bytes), _) => file.write_all(&bytes)?,
            (Piece::Old(range), Some(old)) => copy_range(old, range.start as u64, range.len() as u64, file)?,
            (Piece::Old(_), None) => return Err(io::ErrorKind::NotFound.into()),
        }
    }
    if file.is_none() && same == old_length && old_file.is_some() {
        return Ok(false);
    }
    if file.is_none() {
        begin(old_file.as_mut(), new, same)?;
    }
    Ok(true)
}

/// Whether a file has these bytes at a place.
fn goes_on(file: &mut fs::File, at: u64, bytes: &[u8]) -> io::Result<bool> {
    file.seek(io::SeekFrom::Start(at))?;
    let mut read = vec![0; bytes.len()];
    match file.read_exact(&mut read) {
        Ok(()) => Ok(read == bytes),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// A new file that begins with so many bytes of an old one.
fn begin(old: Option<&mut fs::File>, new: &Path, length: u64) -> io::Result<fs::File> {
    make_room(new)?;
    let mut file = fs::File::create(new)?;
    if let Some(old) = old {
        copy_range(old, 0, length, &mut file)?;
    }
    Ok(file)
}

fn copy_range(from: &mut fs::File, start: u64, length: u64, to: &mut fs::File) -> io::Result<()> {
    from.seek(io::SeekFrom::Start(start))?;
    if io::copy(&mut from.take(length), to)? == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
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

/// Mends what a killed build left: a patch that was not applied whole, an output folder moved aside, staging folders. Those of
/// other processes are left over where this one is `alone` with the folder, else where those are gone.
pub(super) fn recover(parent: &Path, name: &str, alone: bool) {
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
    let patch = patch::folder(&output);
    if patch.symlink_metadata().is_ok_and(|meta| meta.is_dir()) && output.is_dir() {
        let _ = patch::apply(&patch, &output);
    }
    let prefix = format!(".{name}.huta-");
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let file_name = entry.file_name().to_string_lossy().into_owned();
        let process = file_name.strip_prefix(&prefix).and_then(|process| process.parse::<i32>().ok());
        if process.is_some_and(|process| alone || !is_running(process)) {
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
mod tests;
