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

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files.
    fn folder_of(parent: &Path, name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = parent.join(name);
        fs::create_dir_all(&folder).unwrap();
        for (path, text) in files {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        folder
    }

    #[test]
    fn names_stay_inside_their_folder() {
        for path in ["a", "a/b.txt", ".huta", "a/.b/c"] {
            assert!(is_inside(path), "{path}");
        }
        for path in ["", "/", "/a", "..", "../a", "a/../b", "a/..", "./a"] {
            assert!(!is_inside(path), "{path}");
        }
        let steps = "- a\n+ b/c\n- ../d\n+ /e\n-f\n+ ";
        assert_eq!(paths(steps, "- ").collect::<Vec<_>>(), ["a"]);
        assert_eq!(paths(steps, "+ ").collect::<Vec<_>>(), ["b/c"]);
        assert_eq!(folder(Path::new("/srv/public")), Path::new("/srv/.public.huta-patch"));
    }

    #[test]
    fn a_folder_that_holds_something_stays() {
        let place = tempfile::tempdir().unwrap();
        let site = [("a/b/c.txt", "1"), ("a/d.txt", "2"), ("e/f/g.txt", "3"), ("h.txt", "4")];
        let output = folder_of(place.path(), "public", &site);
        let patch = folder_of(place.path(), "patch", &[("e/f/new.txt", "5"), ("h.txt", "6"), ("i/j.txt", "7")]);
        // What is gone already, also with its folder, or was put in its place before a kill, is no error.
        let steps = "- a/b/c.txt\n- e/f/g.txt\n- gone.txt\n- gone/too.txt\n- h.txt/x\n+ e/f/new.txt\n+ h.txt\n+ i/j.txt\n+ done.txt";
        fs::write(patch.join(STEPS), steps).unwrap();
        apply(&patch, &output).unwrap();
        let read = |path: &str| fs::read_to_string(output.join(path)).unwrap();
        assert_eq!(["a/d.txt", "e/f/new.txt", "h.txt", "i/j.txt"].map(read), ["2", "5", "6", "7"]);
        assert!(!output.join("a/b").exists() && !output.join("e/f/g.txt").exists() && !patch.exists());
        // One without a list has nothing left to do.
        let patch = folder_of(place.path(), "patch", &[("h.txt", "8")]);
        apply(&patch, &output).unwrap();
        assert!(read("h.txt") == "6" && !patch.exists());
    }

    #[test]
    fn what_cannot_be_put_in_place_is_told() {
        let place = tempfile::tempdir().unwrap();
        let output = folder_of(place.path(), "public", &[("a/mine.txt", "1"), ("b.txt", "2")]);
        fs::create_dir_all(output.join("empty")).unwrap();
        for steps in ["- a", "+ a"] {
            let patch = folder_of(place.path(), "patch", &[("a", "3"), (STEPS, steps)]);
            assert!(apply(&patch, &output).is_err(), "{steps}");
            assert!(patch.join(STEPS).exists() && output.join("a/mine.txt").exists());
        }
        let large = "x".repeat((1 << 20) + 1);
        let patch = folder_of(place.path(), "patch", &[("a", "3"), ("empty", "4"), ("b.txt", &large)]);
        fs::write(patch.join(STEPS), "+ empty\n+ b.txt").unwrap();
        apply(&patch, &output).unwrap();
        assert_eq!(fs::read_to_string(output.join("empty")).unwrap(), "4");
        assert_eq!(fs::metadata(output.join("b.txt")).unwrap().len(), LARGE + 1);
    }

    #[test]
    #[cfg(unix)]
    fn links_lead_nowhere() {
        use std::os::unix::fs::symlink;
        let place = tempfile::tempdir().unwrap();
        let elsewhere = folder_of(place.path(), "elsewhere", &[("x.txt", "precious"), (STEPS, "- y.txt")]);
        let output = folder_of(place.path(), "public", &[("a/b.txt", "1")]);
        symlink(&elsewhere, output.join("out")).unwrap();
        symlink(elsewhere.join("x.txt"), output.join("a/link.txt")).unwrap();
        assert!(leads_out(&output, "out/x.txt") && leads_out(&output, "out/deep/x.txt"));
        assert!(!leads_out(&output, "out") && !leads_out(&output, "a/b.txt") && !leads_out(&output, "a/link.txt"));
        let own = ["a/b.txt", "a/link.txt", "out/x.txt", "a", "none"].map(|path| is_own(&output, path));
        assert_eq!(own, [true, false, false, false, false]);

        let patch = folder_of(place.path(), "patch", &[("out/x.txt", "2"), ("a/b.txt", "3")]);
        symlink(elsewhere.join("x.txt"), patch.join("linked.txt")).unwrap();
        fs::write(patch.join(STEPS), "- out/x.txt\n+ out/x.txt\n+ linked.txt\n+ a/b.txt").unwrap();
        assert_eq!(steps(&patch).lines().count(), 4);
        apply(&patch, &output).unwrap();
        assert_eq!(fs::read_to_string(elsewhere.join("x.txt")).unwrap(), "precious");
        assert_eq!(fs::read_to_string(output.join("a/b.txt")).unwrap(), "3");
        assert!(!output.join("linked.txt").exists());
        symlink(&elsewhere, place.path().join("linked")).unwrap();
        assert_eq!(steps(&elsewhere), "- y.txt");
        assert_eq!(
            (steps(&place.path().join("linked")), steps(&place.path().join("none"))),
            (String::new(), String::new())
        );
    }
}
