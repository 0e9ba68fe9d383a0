//! One build at a time writes an output folder.
//!
//! Two at once would each mend what it takes for the other's leftovers, and the slower one, which may have read older files,
//! would have the last word. So a build holds a lock on a file beside the output folder from before it reads anything until all
//! is written. The system takes the lock from a build that was killed; the file that it leaves is the next one's.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::stage::{recover, resolve};

/// A lock on an output folder, until it is dropped.
#[derive(Debug)]
pub struct Lock {
    output: PathBuf,
    /// The file, and where it is; none where there can be no locks.
    held: Option<(File, PathBuf)>,
    /// Folders that had to be made for it, the innermost first.
    made: Vec<PathBuf>,
    waited: bool,
}

/// How often the folder of a lock is made again when it vanishes.
const TRIES: usize = 100;

/// What is told when it vanishes: before the file is opened, or between two looks at it while it is made.
const VANISHED: [io::ErrorKind; 2] = [io::ErrorKind::NotFound, io::ErrorKind::AlreadyExists];

impl Lock {
    /// Takes it, and mends what a killed build left of the folder. While another build holds it, waits; `waits` is called
    /// before that.
    ///
    /// Where no file can be locked, a folder that may not be written to or a file system without locks, there is none: what
    /// is wrong with the folder is told when it is written to.
    #[must_use]
    pub fn take(output: &Path, waits: impl FnOnce()) -> Self {
        let output = resolve(output);
        let mut lock = Self { output, held: None, made: vec![], waited: false };
        if let Some((parent, name)) = lock.output.parent().zip(lock.output.file_name()) {
            let name = name.to_string_lossy().into_owned();
            let parent = parent.to_path_buf();
            lock.made = parent.ancestors().take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect();
            let file = parent.join(format!(".{name}.huta-lock"));
            // Any error is as good as no lock.
            lock.held = lock.hold(&file, waits).ok().map(|held| (held, file));
            recover(&parent, &name, lock.held.is_some());
        }
        lock
    }

    /// Whether another build was waited for: what was read before may be old.
    #[must_use]
    pub fn waited(&self) -> bool {
        self.waited
    }

    /// Whether it is for this output folder.
    #[must_use]
    pub fn is_for(&self, output: &Path) -> bool {
        resolve(output) == self.output
    }

    fn hold(&mut self, path: &Path, waits: impl FnOnce()) -> io::Result<File> {
        let mut waits = Some(waits);
        let mut tries = 0;
        loop {
            let file = match path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| open(path)) {
                // Another build has just removed the folder that it had made for its own lock.
                Err(error) if VANISHED.contains(&error.kind()) && tries < TRIES => {
                    tries += 1;
                    continue;
                }
                file => file?,
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    self.waited = true;
                    if let Some(waits) = waits.take() {
                        waits();
                    }
                    match file.lock() {
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                        other => other?,
                    }
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
            // The one that was waited for has removed its file: a lock on that is a lock on nothing.
            if is_at(&file, path) {
                return Ok(file);
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some((_file, path)) = self.held.take() {
            // Removed while it is held: whoever waits for it sees that it is gone. What stays does no harm.
            if cfg!(unix) {
                let _ = fs::remove_file(path);
            }
            let _ = self.made.iter().map(fs::remove_dir).take_while(Result::is_ok).count();
        }
    }
}

/// Opens the file of a lock. A link in its place is not followed.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).write(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options.open(path)
}

/// Whether an open file is the one at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let print = |meta: &fs::Metadata| (meta.dev(), meta.ino());
    matches!((file.metadata(), fs::symlink_metadata(path)), (Ok(a), Ok(b)) if print(&a) == print(&b))
}

/// Elsewhere the file is never removed.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn one_holds_it_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("new/public");
        let (inside, most, waited) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let lock = Lock::take(&output, || {
                            waited.fetch_add(1, Ordering::SeqCst);
                        });
                        most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert_eq!(most.into_inner(), 1);
        assert!(waited.into_inner() > 0);
        assert!(!output.with_file_name(".public.huta-lock").exists());
        // What one made for itself it removes.
        drop(Lock::take(&folder.path().join("a/b/public"), || {}));
        assert!(!folder.path().join("a").exists());
    }

    #[test]
    fn it_is_for_one_folder() {
        let folder = tempfile::tempdir().unwrap();
        let [output, other] = ["public", "other"].map(|name| folder.path().join(name));
        let lock = Lock::take(&output, || panic!("nobody else holds it"));
        assert!(lock.is_for(&output) && lock.is_for(&folder.path().join("./public")) && !lock.is_for(&other));
        assert!(!lock.waited());
        assert!(folder.path().join(".public.huta-lock").exists());
    }

    #[test]
    fn who_waited_knows_it() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        let first = Lock::take(&output, || {});
        let (send, wait) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| Lock::take(&output, || send.send(()).unwrap()).waited());
            wait.recv().unwrap();
            drop(first);
            assert!(second.join().unwrap());
        });
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("precious.txt");
        std::os::unix::fs::symlink(&target, folder.path().join(".public.huta-lock")).unwrap();
        drop(Lock::take(&folder.path().join("public"), || {}));
        assert!(!target.exists(), "a link was followed");
        let kept = folder.path().join("kept");
        fs::create_dir(&kept).unwrap();
        drop(Lock::take(&kept.join("public"), || {}));
        assert!(kept.exists(), "a folder that was there was removed");
    }

    #[test]
    fn where_there_can_be_no_lock_there_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file.txt");
        fs::write(&file, "x").unwrap();
        for output in [file.join("public"), file.join("deep/public")] {
            let lock = Lock::take(&output, || {});
            assert!(lock.held.is_none() && !lock.waited());
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "x");
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_was_removed_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let file = open(&path).unwrap();
        assert!(is_at(&file, &path));
        fs::rename(&path, folder.path().join("old")).unwrap();
        assert!(!is_at(&file, &path));
        let other = open(&path).unwrap();
        assert!(!is_at(&file, &path) && is_at(&other, &path));
    }
}
