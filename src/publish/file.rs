//! One file that is written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::text;

/// Writes a file beside its place and moves it there, so that nobody ever sees half of it. Folders on the way are made.
/// A file that is there already is replaced only when `force`.
pub fn write_file(path: &Path, text: &str, force: bool) -> Result<(), Diagnostic> {
    may_write(path, force)?;
    replace(path, text).map_err(|error| failed(path, &error))
}

/// Whether [`write_file`] would try, to be asked before long work.
pub fn may_write(path: &Path, force: bool) -> Result<(), Diagnostic> {
    if path.is_dir() {
        return Err(failed(path, &io::Error::from(io::ErrorKind::IsADirectory)));
    }
    if force || !path.exists() {
        return Ok(());
    }
    Err(Diagnostic::error(
        Code::WriteFailed,
        Span::file(path.display().to_string()),
        text!("taki plik już jest", "there is such a file already"),
    )
    .help(text!(
        "zastąp go: --force, albo wybierz inne miejsce: --output PLIK",
        "replace it: --force, or write elsewhere: --output FILE"
    )))
}

/// Writes a new folder with its files: all of them or none. It is put together in the site's folder `root`, where nobody
/// looks for content. That nothing is in its place is the caller's to see to.
pub fn write_folder(root: &Path, folder: &Path, files: &[(String, String)]) -> Result<(), Diagnostic> {
    let beside = root.join(format!(".new.huta-{}", std::process::id()));
    let write = || {
        fs::create_dir(&beside)?;
        for (name, text) in files {
            let mut file = File::create_new(beside.join(name))?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
        }
        if let Some(above) = folder.parent() {
            fs::create_dir_all(above)?;
        }
        fs::rename(&beside, folder)
    };
    write().map_err(|error| {
        // What cannot be removed is no worse than what went wrong.
        let _ = fs::remove_dir_all(&beside);
        failed(folder, &error)
    })
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    let write = || {
        let mut file = File::create_new(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().inspect_err(|_| {
        // What cannot be removed is no worse than what went wrong.
        let _ = fs::remove_file(&beside);
    })
}

fn failed(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        Code::WriteFailed,
        Span::file(path.display().to_string()),
        text!("nie da się zapisać: {error}", "cannot be written: {error}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_only_when_asked_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/b.txt");
        write_file(&file, "one", false).unwrap();
        assert!(write_file(&file, "two", false).unwrap_err().message.en.contains("already"));
        assert_eq!(fs::read_to_string(&file).unwrap(), "one");
        write_file(&file, "two", true).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert!(write_file(folder.path(), "x", true).is_err());
        assert!(write_file(&file.join("c"), "x", false).is_err());
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_written_whole_or_not_at_all() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("content/a/b");
        let files = [("index.md".to_string(), "pl".to_string()), ("index.en.md".to_string(), "en".to_string())];
        write_folder(root.path(), &folder, &files).unwrap();
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!([read("index.md"), read("index.en.md")], ["pl", "en"]);
        // Two files of one name cannot be; a folder that holds something is in the way.
        let twice = [files[0].clone(), files[0].clone()];
        let other = root.path().join("content/c");
        for (folder, files) in [(&other, &twice), (&folder, &files)] {
            assert_eq!(write_folder(root.path(), folder, files).unwrap_err().code, Code::WriteFailed);
        }
        assert!(!other.exists() && read("index.md") == "pl");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
        assert!(may_write(&folder, true).is_err() && may_write(&folder.join("new"), false).is_ok());
        assert!(
            may_write(&folder.join("index.md"), true).is_ok() && may_write(&folder.join("index.md"), false).is_err()
        );
    }
}
