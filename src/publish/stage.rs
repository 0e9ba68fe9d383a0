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
        let is_made_of = |bytes: &[u8], made: &[u8]| made == [b"of ", bytes].concat();
        assert!(stage.keep_beside("a.css", "a.css.br", is_made_of) && stage.has("a.css.br"));
        assert!(!stage.keep_beside("b.css", "b.css.br", is_made_of));
        assert!(!stage.keep_beside("a.css", "a.css.gz", is_made_of));
        drop(stage);
        // Edited where it lies, as a hard link to `static/` may be, when the clock was wrong.
        fs::write(output.join("a.css"), "4").unwrap();
        let file = fs::File::options().write(true).open(output.join("a.css")).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        let stage = Stage::open(&output, false).unwrap();
        stage.write("a.css", b"4").unwrap();
        assert!(!stage.keep_beside("a.css", "a.css.br", is_made_of));
    }

    #[test]
    fn what_came_during_the_build_stays() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        let many: Vec<String> = (0..2 * FEW).map(|n| format!("{n}.txt")).collect();
        let files = |text: &'static str| many.iter().map(move |path| (path.as_str(), text)).collect::<Vec<_>>();
        site(&output, &files("1")).unwrap();
        // Much is exchanged; little is patched, where a stranger's name is the site's.
        for (files, name) in [(files("2"), "mine.txt"), (vec![("mine.txt", "3"), ("0.txt", "1")], "mine.txt")] {
            let stage = Stage::open(&output, false).unwrap();
            let is_small = files.len() < FEW;
            if is_small {
                stage.keep_all();
            }
            for (path, text) in files {
                stage.write(path, text.as_bytes()).unwrap();
            }
            fs::write(output.join(name), "precious").unwrap();
            let error = stage.commit().unwrap_err();
            assert!(error.code == Code::ForeignOutput && error.message.en.contains(name));
            assert_eq!(fs::read_to_string(output.join(name)).unwrap(), "precious");
            assert_eq!(fs::read_to_string(output.join("0.txt")).unwrap(), "1");
            fs::remove_file(output.join(name)).unwrap();
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }

    #[test]
    fn a_patch_that_cannot_be_applied_holds_nothing_up() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        site(&output, &[("a.txt", "1"), ("b.txt", "2")]).unwrap();
        let patch = folder.path().join(".public.huta-patch");
        // Killed when it was applied and half removed.
        fs::create_dir_all(patch.join("a")).unwrap();
        site(&output, &[("a.txt", "2"), ("b.txt", "2")]).unwrap();
        assert!(!patch.exists());
        // Somebody's folder is where a file is to go.
        fs::create_dir_all(output.join("c")).unwrap();
        fs::write(output.join("c/mine.txt"), "precious").unwrap();
        fs::create_dir(&patch).unwrap();
        fs::write(patch.join(patch::STEPS), "- b.txt\n+ a.txt\n+ c\n+ .huta").unwrap();
        fs::write(patch.join("a.txt"), "3").unwrap();
        fs::write(patch.join("c"), "3").unwrap();
        fs::write(patch.join(MANIFEST), "huta 1\na.txt\nc\n").unwrap();
        let error = site(&output, &[("a.txt", "4")]).unwrap_err();
        assert!(error.message.en.contains("c/mine.txt"), "{error:?}");
        fs::remove_file(output.join("c/mine.txt")).unwrap();
        site(&output, &[("a.txt", "4")]).unwrap();
        assert_eq!(fs::read_to_string(output.join("a.txt")).unwrap(), "4");
        assert!(!output.join("c").exists() && !output.join("b.txt").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
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
    fn a_patch_that_was_not_applied_whole_is_completed() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        site(&output, &[("a/index.html", "1"), ("b.txt", "2"), ("old/x.txt", "3")]).unwrap();
        // A kill after the renaming, when one file was in its place.
        let patch = folder.path().join(".public.huta-patch");
        fs::create_dir_all(patch.join("new")).unwrap();
        fs::write(patch.join(patch::STEPS), "- old/x.txt\n+ b.txt\n+ new/c.txt\n+ .huta").unwrap();
        fs::write(output.join("b.txt"), "two").unwrap();
        fs::write(patch.join("new/c.txt"), "c").unwrap();
        fs::write(patch.join(MANIFEST), "huta 1\na/index.html\nb.txt\nnew/c.txt\n").unwrap();
        Stage::check(&output, false).unwrap();
        let read = |path: &str| fs::read_to_string(output.join(path)).unwrap_or_default();
        assert_eq!([read("a/index.html"), read("b.txt"), read("new/c.txt")], ["1", "two", "c"]);
        assert!(!output.join("old").exists() && !patch.exists());
        assert_eq!(site(&output, &[("b.txt", "2")]).unwrap(), 1);
    }

    #[test]
    fn much_and_little_give_the_same_site() {
        let folder = tempfile::tempdir().unwrap();
        let [patched, whole] = ["patched", "whole"].map(|name| folder.path().join(name));
        let many = |text: &'static str| (0..200).map(move |n| (format!("{n}/index.html"), text));
        let write = |output: &Path, files: &[(String, &str)]| {
            let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
            site(output, &files).unwrap();
        };
        let mut files: Vec<(String, &str)> = many("1").collect();
        write(&patched, &files);
        files[7].1 = "seven";
        files.remove(9);
        // A folder where a file was, a file where a folder was.
        files.push(("9".into(), "nine"));
        files.push(("200/index.html/index.html".into(), "deep"));
        write(&patched, &files);
        write(&whole, &files);
        let tree = |output: &Path| -> Vec<(String, String)> {
            let walk = WalkDir::new(output).sort_by_file_name().into_iter().map(Result::unwrap);
            walk.map(|entry| (relative(entry.path(), output), fs::read_to_string(entry.path()).unwrap_or_default()))
                .collect()
        };
        assert_eq!(tree(&patched), tree(&whole));
        files.retain(|(path, _)| !path.starts_with("200"));
        files.push(("200/index.html".into(), "flat"));
        write(&patched, &files);
        fs::remove_dir_all(&whole).unwrap();
        write(&whole, &files);
        assert_eq!(tree(&patched), tree(&whole));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_is_written_twice_is_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        site(&output, &[("a.txt", "1"), ("b.txt", "2")]).unwrap();
        site(&output, &[("a.txt", "0"), ("a.txt", "1"), ("b.txt", "2"), ("b.txt", "3")]).unwrap();
        let read = |path: &str| fs::read_to_string(output.join(path)).unwrap();
        assert_eq!([read("a.txt"), read("b.txt")], ["1", "3"]);
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

    #[test]
    fn a_stage_knows_what_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        let own = folder.path().join("own.txt");
        fs::write(&own, "own").unwrap();
        site(&output, &[("a.txt", "1"), ("b.txt", "2"), ("c.txt", "own"), ("d.txt", "4"), ("e.txt", "5")]).unwrap();
        for (path, text) in [("mine.txt", "own"), ("other.txt", "oxn")] {
            fs::write(output.join(path), text).unwrap();
        }
        let stage = Stage::open(&output, false).unwrap();
        // Somebody's own file is not the old site's, whatever it holds.
        assert!(!stage.keep("mine.txt"));
        stage.copy("mine.txt", &own).unwrap();
        assert_eq!(stage.changed(), ["mine.txt"]);
        stage.leave("mine.txt");
        stage.copy("c.txt", &output.join("other.txt")).unwrap();
        assert_eq!(stage.changed(), ["c.txt"]);
        stage.leave("c.txt");
        for path in ["mine.txt", "other.txt"] {
            fs::remove_file(output.join(path)).unwrap();
        }
        stage.write("a.txt", b"1").unwrap();
        stage.write("b.txt", b"3").unwrap();
        stage.copy("c.txt", &own).unwrap();
        stage.copy("new/c.txt", &own).unwrap();
        assert!(stage.keep("d.txt") && !stage.keep("none.txt") && !stage.keep("../own.txt"));
        assert_eq!(stage.written(), ["a.txt", "b.txt", "c.txt", "d.txt", "new/c.txt"]);
        assert_eq!(stage.changed(), ["b.txt", "new/c.txt"]);
        assert!(stage.has("a.txt") && stage.has("b.txt") && !stage.has("e.txt"));
        let read = |path: &str| String::from_utf8(stage.read(path).unwrap()).unwrap();
        assert_eq!(["a.txt", "b.txt", "c.txt", "new/c.txt"].map(read), ["1", "3", "own", "own"]);
        // Not the old site's: nobody has said yet that it stays.
        assert!(stage.read("e.txt").is_err());
        stage.leave("b.txt");
        stage.leave("d.txt");
        stage.leave("none.txt");
        assert_eq!((stage.written().len(), stage.changed().len(), stage.folder.join("b.txt").exists()), (3, 1, false));
        // huta's own lists are no part of a site.
        for path in [MANIFEST, patch::STEPS] {
            stage.write(path, b"x").unwrap();
            assert!(!stage.has(path));
        }
        for path in ["", "../x", "/x", "a/../../x", "a\nb"] {
            assert!(stage.write(path, b"x").unwrap_err().message.en.contains("leaves the output folder"), "{path}");
        }
        // Another text, then the old one again.
        stage.write("a.txt", b"0").unwrap();
        assert_eq!(stage.changed(), ["a.txt", "new/c.txt"]);
        stage.write("a.txt", b"1").unwrap();
        assert_eq!((stage.changed(), stage.folder.join("a.txt").exists()), (vec!["new/c.txt".to_string()], false));
        stage.keep_all();
        assert_eq!(stage.commit().unwrap(), 6);
        assert_eq!(fs::read_to_string(output.join("b.txt")).unwrap(), "2");
    }

    #[test]
    #[cfg(unix)]
    fn links_share_their_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        let [own, other] = ["own.txt", "other.txt"].map(|name| folder.path().join(name));
        fs::write(&own, "own").unwrap();
        fs::write(&other, "own").unwrap();
        assert!(is_one_file(&own, &own) && !is_one_file(&own, &other) && !is_one_file(&output, &output));
        assert!(same_bytes(&own, &other) && !same_bytes(&own, &output) && !same_bytes(&output, &output));
        let link = |from: &Path| {
            let stage = Stage::open(&output, false).unwrap();
            stage.link("a.txt", from).unwrap();
            let changed = stage.changed().len();
            stage.commit().unwrap();
            changed
        };
        assert_eq!((link(&own), is_one_file(&output.join("a.txt"), &own)), (1, true));
        assert_eq!((link(&own), is_one_file(&output.join("a.txt"), &own)), (0, true));
        assert_eq!((link(&other), is_one_file(&output.join("a.txt"), &other)), (1, true));
        fs::write(&other, "oxn").unwrap();
        assert!(!same_bytes(&own, &other));
        // What is no file can be linked and copied nowhere.
        let stage = Stage::open(&output, false).unwrap();
        assert!(stage.link("b.txt", &folder.path().join("none")).is_err() && !stage.has("b.txt"));
    }

    #[test]
    fn a_file_is_put_together_of_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
        fs::write(&old, "abcdef").unwrap();
        let bytes = |text: &str| Piece::New(text.as_bytes().to_vec());
        let none = || -> Vec<Piece> { vec![] };
        for (pieces, expected) in [
            (vec![bytes("abc"), bytes("def")], None),
            (vec![bytes("abc"), Piece::Old(3..6)], None),
            (vec![Piece::Old(0..6)], None),
            (vec![bytes("abc")], Some("abc")),
            (none(), Some("")),
            (vec![bytes("abc"), bytes("defg")], Some("abcdefg")),
            (vec![bytes("abX"), bytes("def")], Some("abXdef")),
            (vec![bytes("ab"), Piece::Old(3..5), bytes("!")], Some("abde!")),
            (vec![Piece::Old(2..4), Piece::Old(0..1)], Some("cda")),
            (vec![bytes("abcdef"), Piece::Old(0..2)], Some("abcdefab")),
        ] {
            let said = format!("{pieces:?}");
            let _ = fs::remove_file(&new);
            let is_new = put_together(Some(&old), &new, &mut pieces.into_iter()).unwrap();
            let found = is_new.then(|| fs::read_to_string(&new).unwrap());
            assert_eq!((found.as_deref(), new.exists()), (expected, expected.is_some()), "{said}");
        }
        let fresh = |pieces: Vec<Piece>| put_together(None, &new, &mut pieces.into_iter());
        assert!(fresh(vec![bytes("a"), bytes("b")]).unwrap());
        assert_eq!(fs::read_to_string(&new).unwrap(), "ab");
        assert!(fresh(none()).unwrap());
        assert_eq!(fs::read_to_string(&new).unwrap(), "");
        assert!(fresh(vec![Piece::Old(0..1)]).is_err(), "there is no old file");
        assert!(
            put_together(Some(&old), &new, &mut [bytes("x"), Piece::Old(4..7)].into_iter()).is_err(),
            "it ends before"
        );

        let output = folder.path().join("public");
        site(&output, &[("a.xml", "abcdef")]).unwrap();
        let stage = Stage::open(&output, false).unwrap();
        stage.write_pieces("a.xml", &mut [bytes("abc"), Piece::Old(3..6)].into_iter()).unwrap();
        assert!(stage.changed().is_empty() && stage.has("a.xml"));
        stage.write_pieces("a.xml", &mut [bytes("abc"), Piece::Old(0..1)].into_iter()).unwrap();
        stage.write_pieces("b.xml", &mut [bytes("new")].into_iter()).unwrap();
        assert_eq!((stage.changed().len(), stage.read("a.xml").unwrap()), (2, b"abca".to_vec()));
        // The same as before after all.
        stage.write_pieces("a.xml", &mut [Piece::Old(0..6)].into_iter()).unwrap();
        assert_eq!(stage.changed(), ["b.xml"]);
        assert!(stage.write_pieces("c.xml", &mut [Piece::Old(0..1)].into_iter()).is_err() && !stage.has("c.xml"));
    }

    #[test]
    fn little_is_patched() {
        let folder = tempfile::tempdir().unwrap();
        let mut stage = Stage::open(&folder.path().join("public"), false).unwrap();
        let is_small = |stage: &Stage, new: usize, gone: usize| {
            let kept = stage.ours.iter().skip(gone).map(|path| (path.clone(), State::Same));
            stage.is_small(&kept.chain((0..new).map(|n| (format!("new{n}"), State::New))).collect())
        };
        assert!(!is_small(&stage, 1, 0), "there is nothing to patch");
        let ours = |count: usize| (0..count).map(|n| format!("{n:04}")).collect::<BTreeSet<_>>();
        stage.ours = ours(FEW + 1);
        assert!(is_small(&stage, FEW, 0) && is_small(&stage, 0, FEW) && is_small(&stage, 1, FEW - 1));
        assert!(!is_small(&stage, FEW + 1, 0) && !is_small(&stage, 1, FEW));
        stage.ours = ours(PATCHED * (FEW + 1));
        assert!(is_small(&stage, FEW + 1, 0) && !is_small(&stage, FEW + 2, 0));
        stage.ours = ours(PATCHED * (FEW + 1) - 1);
        assert!(!is_small(&stage, FEW + 1, 0));
        // One that could not be applied is still there.
        fs::create_dir(folder.path().join(".public.huta-patch")).unwrap();
        assert!(!is_small(&stage, 1, 0));
        fs::remove_dir(folder.path().join(".public.huta-patch")).unwrap();
        assert!(is_small(&stage, 1, 0));
        stage.replace_all();
        assert!(!is_small(&stage, 1, 0));
    }

    #[test]
    fn some_strangers_are_named() {
        let names = |count: usize| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
        assert!(no_strangers("public", &[]).is_ok());
        let said = |count| no_strangers("public", &names(count)).unwrap_err().message.en;
        assert!(
            said(1).ends_with(": 0") && said(NAMED).ends_with(": 0, 1, 2") && said(NAMED + 1).ends_with(": 0, 1, 2, …")
        );

        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        site(&output, &[("a.txt", "1")]).unwrap();
        fs::create_dir_all(output.join(".git/deep")).unwrap();
        fs::create_dir_all(output.join("b/.c")).unwrap();
        for path in [".git/HEAD", ".git/deep/x", "b/.c/y", ".nojekyll", "d"] {
            fs::write(output.join(path), "x").unwrap();
        }
        assert_eq!(strangers(&output, &ours(&output), true), ["b/.c/y", "d"]);
        assert_eq!(strangers(&output, &ours(&output), false), [".git/HEAD", ".git/deep/x", ".nojekyll", "b/.c/y"]);
        assert!(Stage::check(&output.join("a.txt"), false).unwrap_err().message.en.contains("is a file"));
        Stage::check(&folder.path().join("none"), false).unwrap();
    }

    #[test]
    fn strangers_in_the_way_of_a_patch_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        site(&output, &[("a.txt", "1")]).unwrap();
        let said = |count: usize| {
            let stage = Stage::open(&output, false).unwrap();
            stage.keep_all();
            for name in 0..count {
                stage.write(&name.to_string(), b"new").unwrap();
                fs::write(output.join(name.to_string()), "precious").unwrap();
            }
            stage.commit().unwrap_err().message.en
        };
        assert!(said(NAMED).ends_with(": 0, 1, 2") && said(NAMED + 1).ends_with(": 0, 1, 2, …"));
    }

    #[test]
    fn only_a_list_of_ours_counts() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        fs::create_dir(&output).unwrap();
        for (list, expected) in [
            ("huta 1\na\nb/c\n../d\n/e\n\n.huta\n", vec!["a", "b/c"]),
            ("huta 2\na\n", vec![]),
            ("a\nb\n", vec![]),
            ("", vec![]),
        ] {
            fs::write(output.join(MANIFEST), list).unwrap();
            assert_eq!(ours(&output).into_iter().collect::<Vec<_>>(), expected, "{list}");
        }
        let patch = patch::folder(&output);
        fs::create_dir(&patch).unwrap();
        fs::write(patch.join(patch::STEPS), "- a\n+ f\n+ .huta").unwrap();
        assert_eq!(ours(&output).into_iter().collect::<Vec<_>>(), ["f"]);
        assert_eq!(manifest_text(["a".to_string(), "b".to_string()].iter()), "huta 1\na\nb\n");
    }

    #[test]
    fn a_site_can_replace_all() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        fs::create_dir(&output).unwrap();
        fs::write(output.join("old.txt"), "x").unwrap();
        let mut stage = Stage::open(&output, false).unwrap();
        stage.write("a.txt", b"1").unwrap();
        stage.replace_all();
        assert_eq!(stage.commit().unwrap(), 1);
        assert!(!output.join("old.txt").exists() && output.join("a.txt").exists());
    }

    #[test]
    fn dot_files_that_are_in_the_way_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        let many: Vec<(String, &str)> = (0..=FEW).map(|n| (format!("{n}.txt"), "1")).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        site(&output, &[&many[..], &[(".old", "1")]].concat()).unwrap();
        fs::create_dir_all(output.join(".git/objects")).unwrap();
        fs::write(output.join(".git/objects/1"), "x").unwrap();
        fs::write(output.join(".well-known"), "x").unwrap();
        let open = |own: &str| {
            let stage = Stage::open(&output, true).unwrap();
            stage.write(own, b"1").unwrap();
            stage
        };
        for own in [".git", ".git/objects", ".well-known/security.txt"] {
            let error = open(own).commit().unwrap_err();
            assert_eq!(error.code, Code::ForeignOutput, "{own}");
            assert!(output.join("0.txt").exists() && output.join(".well-known").is_file());
        }
        assert_eq!(open(".git/HEAD").commit().unwrap(), 1);
        let there = [".git/HEAD", ".git/objects/1", ".well-known"].map(|path| output.join(path).is_file());
        assert_eq!(there, [true; 3]);
        assert!(!output.join(".old").exists() && !output.join("0.txt").exists());
    }

    #[test]
    fn folders_of_builds_that_run_stay() {
        let folder = tempfile::tempdir().unwrap();
        let own = format!(".public.huta-{}", std::process::id());
        let make = || {
            for name in [own.as_str(), ".public.huta-999999999", ".other.huta-999999999", ".public.huta-x"] {
                fs::create_dir_all(folder.path().join(name)).unwrap();
            }
        };
        let left = || {
            let mut names: Vec<String> = fs::read_dir(folder.path())
                .unwrap()
                .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
                .collect();
            names.sort();
            names
        };
        make();
        recover(folder.path(), "public", false);
        let mut expected = [".other.huta-999999999".to_string(), own.clone(), ".public.huta-x".to_string()];
        expected.sort();
        assert_eq!(left(), expected);
        make();
        recover(folder.path(), "public", true);
        assert_eq!(left(), [".other.huta-999999999", ".public.huta-x"]);
        // Moved aside, when the new site was in its place already.
        let [output, old] = ["public", ".public.huta-old"].map(|name| folder.path().join(name));
        assert_eq!(aside(&output), old);
        for folder in [&output, &old] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("a.txt"), folder.to_string_lossy().as_bytes()).unwrap();
        }
        Stage::mend(&output);
        assert!(!old.exists() && fs::read_to_string(output.join("a.txt")).unwrap().ends_with("public"));
    }

    #[test]
    fn a_patch_without_a_site_waits() {
        let folder = tempfile::tempdir().unwrap();
        let [output, patch] = ["public", ".public.huta-patch"].map(|name| folder.path().join(name));
        fs::create_dir(&patch).unwrap();
        fs::write(patch.join("a.txt"), "1").unwrap();
        fs::write(patch.join(patch::STEPS), "+ a.txt").unwrap();
        Stage::mend(&output);
        assert!(!output.exists() && patch.join("a.txt").exists());
    }

    #[test]
    fn folders_change_places() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
        for folder in [&a, &b] {
            fs::create_dir_all(folder.join("deep")).unwrap();
            fs::write(folder.join("x.txt"), folder.to_string_lossy().as_bytes()).unwrap();
        }
        let ends = |file: &Path, end: &str| fs::read_to_string(file.join("x.txt")).unwrap().ends_with(end);
        let is_known = cfg!(any(target_os = "linux", target_os = "android", target_vendor = "apple"));
        assert_eq!((exchange(&a, &b), ends(&a, "b"), ends(&b, "a")), (is_known, is_known, is_known));
        assert!(!exchange(&a, &folder.path().join("none")) && a.exists());
        // A folder is no file that could make room.
        assert!(make_room(&a).is_err() && a.join("x.txt").exists());
        make_room(&a.join("new/file.txt")).unwrap();
        make_room(&a.join("x.txt")).unwrap();
        assert!(a.join("new").is_dir() && !a.join("x.txt").exists());
    }

    #[test]
    fn a_folder_that_cannot_be_replaced_has_its_own_help() {
        let help = |kind: io::ErrorKind| write_failed(Path::new("public"), &kind.into()).help.unwrap().en;
        assert!(help(io::ErrorKind::ResourceBusy).contains("mount point"));
        assert!(help(io::ErrorKind::CrossesDevices).contains("mount point"));
        assert!(help(io::ErrorKind::StorageFull).contains("free space"));
    }
}
