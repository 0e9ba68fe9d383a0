//! A folder with what has changed in a site, and the list of what is to be done with it: put in place file by file, also once
//! more after a kill.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// In a patch: what is to be done, one file a line.
pub(super) const STEPS: &str = ".huta-patch";

/// From so many bytes on a file is large.
const LARGE: u64 = 1 << 20;

/// Where a patch of the output folder waits until it is applied.
pub(super) fn folder(output: &Path) -> PathBuf {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    output.with_file_name(format!(".{name}.huta-patch"))
}

/// Whether a path stays in the folder that it is below.
pub(super) fn is_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Whether a link lies between a folder and a file below it, so that the file is elsewhere.
pub(super) fn leads_out(folder: &Path, path: &str) -> bool {
    let above = path.match_indices('/').map(|(at, _)| &path[..at]);
    above.into_iter().any(|above| folder.join(above).symlink_metadata().is_ok_and(|meta| meta.is_symlink()))
}

/// Whether a folder has a file of its own: not one that a link leads to.
pub(super) fn is_own(folder: &Path, path: &str) -> bool {
    folder.join(path).symlink_metadata().is_ok_and(|meta| meta.is_file()) && !leads_out(folder, path)
}

/// The paths that a patch removes, or those that it brings. Whoever wrote the list, none of them leaves the output folder.
pub(super) fn paths<'a>(steps: &'a str, sign: &'a str) -> impl Iterator<Item = &'a str> {
    steps.lines().filter_map(move |step| step.strip_prefix(sign)).filter(|path| is_inside(path))
}

/// The list of a patch; empty where there is none.
pub(super) fn steps(patch: &Path) -> String {
    // A link would let its files be moved away from where it leads.
    let is_folder = patch.symlink_metadata().is_ok_and(|meta| meta.is_dir());
    if is_folder { fs::read_to_string(patch.join(STEPS)).unwrap_or_default() } else { String::new() }
}

/// Applies a patch to a site. It may have been applied in part.
pub(super) fn apply(patch: &Path, output: &Path) -> io::Result<()> {
    let steps = match fs::read_to_string(patch.join(STEPS)) {
        // It was killed while the rest was removed.
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        steps => steps?,
    };
    for path in paths(&steps, "- ").filter(|path| !leads_out(output, path)) {
        let file = output.join(path);
        match fs::remove_file(&file) {
            Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Err(error);
            }
            _ => {}
        }
        // Folders that hold something stay.
        let above = file.ancestors().skip(1).take_while(|folder| *folder != output);
        let _ = above.map(fs::remove_dir).take_while(Result::is_ok).count();
    }
    // What was put in its place before a kill is gone from here.
    for path in paths(&steps, "+ ").filter(|path| is_own(patch, path) && !leads_out(output, path)) {
        let (from, to) = (patch.join(path), output.join(path));
        to.parent().map_or(Ok(()), fs::create_dir_all)?;
        // Where a file takes another's name, ext4 first puts its bytes on the disk. For a large feed that lasts longer than
        // all the rest of a small build, so there the name is free for a moment.
        if from.metadata()?.len() > LARGE {
            let _ = fs::remove_file(&to);
        }
        // Somebody's empty folder holds nothing; one that is not empty stays, and is an error.
        if to.symlink_metadata().is_ok_and(|meta| meta.is_dir()) {
            fs::remove_dir(&to)?;
        }
        fs::rename(from, to)?;
    }
    // What cannot be removed is applied once more by the next build, which changes nothing.
    let _ = fs::remove_dir_all(patch);
    Ok(())
}
