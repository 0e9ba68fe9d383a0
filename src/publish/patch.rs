//! A folder with what has changed in a site, and the list of what is to be done with it: put in place file by file, also once
//! more after a kill.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// In a patch: what is to be done, one file a line.
pub(super) const STEPS: &str = ".huta-patch";

/// From so many bytes on a file is large.
const LARGE: u64 = 1 << 20;

/// Where a patch of the output folder waits until it is applied.
pub(super) fn folder(output: &Path) -> PathBuf {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    output.with_file_name(format!(".{name}.huta-patch"))
}

/// Applies a patch to a site. It may have been applied in part.
pub(super) fn apply(patch: &Path, output: &Path) -> io::Result<()> {
    let steps = fs::read_to_string(patch.join(STEPS))?;
    let paths = |sign: &'static str| steps.lines().filter_map(move |step| step.strip_prefix(sign));
    for path in paths("- ") {
        let file = output.join(path);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        // Folders that hold something stay.
        let above = file.ancestors().skip(1).take_while(|folder| *folder != output);
        let _ = above.map(fs::remove_dir).take_while(Result::is_ok).count();
    }
    for path in paths("+ ") {
        let (from, to) = (patch.join(path), output.join(path));
        // Another build may be at the same patch: what it has put in its place is gone from here.
        let Ok(meta) = from.metadata() else { continue };
        to.parent().map_or(Ok(()), fs::create_dir_all)?;
        // Where a file takes another's name, ext4 first puts its bytes on the disk. For a large feed that lasts longer than
        // all the rest of a small build, so there the name is free for a moment.
        if meta.len() > LARGE {
            let _ = fs::remove_file(&to);
        }
        if let Err(error) = fs::rename(from, to)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(error);
        }
    }
    // What cannot be removed is applied once more by the next build, which changes nothing.
    let _ = fs::remove_dir_all(patch);
    Ok(())
}
