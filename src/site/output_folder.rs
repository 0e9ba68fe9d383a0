//! Whether the output folder may be written to.

use std::path::{Component, Path, PathBuf};

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::publish::Stage;
use crate::text;

/// A path as the file system sees it, also where its end does not exist yet.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut existing = path.as_path();
    let mut missing = vec![];
    loop {
        if let Ok(mut real) = existing.canonicalize() {
            for part in missing.into_iter().rev() {
                match part {
                    Component::ParentDir => drop(real.pop()),
                    Component::Normal(name) => real.push(name),
                    _ => {}
                }
            }
            return real;
        }
        let (Some(parent), Some(last)) = (existing.parent(), existing.components().next_back()) else { return path };
        missing.push(last);
        existing = parent;
    }
}

/// Folders of a site that huta reads.
const READ: [&str; 5] = ["content", "static", "templates", "themes", "sass"];

/// The folder that huta reads in which an output folder lies.
fn read_above(root: &Path, output: &Path) -> Option<&'static str> {
    let output = absolute(output);
    READ.into_iter().find(|folder| output.starts_with(absolute(&root.join(folder))))
}

/// Whether an output folder lies in one that huta reads.
pub(super) fn is_read(root: &Path, output: &Path) -> bool {
    read_above(root, output).is_some()
}

/// The output folder must be replaceable, and not one that huta reads.
pub(super) fn check(root: &Path, output: &Path, config: &Config, force: bool) -> Result<(), Diagnostic> {
    if let Some(folder) = read_above(root, output) {
        return Err(Diagnostic::error(
            Code::ForeignOutput,
            Span::file(output.display().to_string()),
            text!(
                "folder wyjściowy leży w folderze {folder}, który jest czytany",
                "the output folder lies in {folder}, which is read"
            ),
        )
        .help(text!("wskaż inny folder: huta build -o FOLDER", "name another folder: huta build -o DIR")));
    }
    if force { Ok(()) } else { Stage::check(output, config.preserve_dotfiles_in_output) }
}
