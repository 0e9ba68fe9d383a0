//! Single files of the site that a configuration or a template names.

use std::path::{Path, PathBuf};

use super::walk::read_text;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::text;

/// Reads a text file named by its path from the site's folder; one that leaves the folder is not found.
pub fn read_site_text(root: &Path, path: &str) -> Result<String, Diagnostic> {
    match find_site_file(root, [root.to_path_buf()], path) {
        Some(file) => read_text(&file, root),
        None => Err(Diagnostic::error(
            Code::ReadFailed,
            Span::file(path),
            text!("nie ma takiego pliku w folderze witryny", "there is no such file in the site's folder"),
        )),
    }
}

/// The first of the folders in which `path` names a file, as that file. What leads out of the site's folder is not found.
#[must_use]
pub fn find_site_file(root: &Path, folders: impl IntoIterator<Item = PathBuf>, path: &str) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let mut files = folders.into_iter().map(|folder| folder.join(path));
    files.find(|file| file.is_file() && file.canonicalize().is_ok_and(|file| file.starts_with(&root)))
}
