//! Hashes of files, taken again only when a file may have changed.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// A file changed this long before it was read may change again without another time: file systems count in steps (FAT in
/// two seconds).
const STEP: Duration = Duration::from_secs(3);

/// What tells the bytes of a file from all others; `None` when it cannot be read.
pub type FilePrint = Option<[u8; 32]>;

/// The files that were hashed.
#[derive(Debug, Default)]
pub(super) struct Files(Mutex<HashMap<PathBuf, (Signs, [u8; 32])>>);

/// Signs of a change: length, time of its bytes, and where there are such things its number and the time of its entry.
type Signs = (u64, Option<SystemTime>, [i64; 3]);

impl Files {
    pub(super) fn print(&self, path: &Path) -> FilePrint {
        let signs = signs(&fs::metadata(path).ok()?);
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(path).copied();
        if let Some((_, print)) = known.filter(|(known, _)| *known == signs) {
            return Some(print);
        }
        let now = SystemTime::now();
        let print = *blake3::hash(&fs::read(path).ok()?).as_bytes();
        let changed = signs.1.max(SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(signs.2[1].unsigned_abs())));
        let is_old = changed.and_then(|changed| now.duration_since(changed).ok()).is_some_and(|age| age > STEP);
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if is_old {
            files.insert(path.to_path_buf(), (signs, print));
        } else {
            files.remove(path);
        }
        Some(print)
    }
}

fn signs(meta: &Metadata) -> Signs {
    #[cfg(unix)]
    let more = {
        use std::os::unix::fs::MetadataExt;
        [meta.ino().cast_signed(), meta.ctime(), meta.ctime_nsec()]
    };
    #[cfg(not(unix))]
    let more = [0; 3];
    (meta.len(), meta.modified().ok(), more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_leaves_length_and_time_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let (file, files) = (folder.path().join("a"), Files::default());
        let old = SystemTime::now() - Duration::from_mins(1);
        let write = |text: &str| {
            fs::write(&file, text).unwrap();
            fs::File::options().write(true).open(&file).unwrap().set_modified(old).unwrap();
            files.print(&file)
        };
        let before = write("one");
        assert!(before.is_some() && files.print(&file) == before);
        if cfg!(unix) {
            // As copying tools do; the file system's own clock tells.
            std::thread::sleep(Duration::from_millis(20));
            assert_ne!(write("two"), before);
        }
        fs::write(&file, "ten").unwrap();
        let recent = files.print(&file);
        fs::write(&file, "six").unwrap();
        assert_ne!(files.print(&file), recent, "a file that has just changed is read again");
        fs::remove_file(&file).unwrap();
        assert_eq!(files.print(&file), None);
    }
}
