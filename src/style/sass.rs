//! Sass into CSS.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use grass::{Options, OutputStyle};
use rayon::prelude::*;

use super::StyleSheet;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceText, Span};
use crate::source::{Asset, read_files, relative};
use crate::text;

/// The theme's Sass, and the site's where its configuration asks for it; the site's sheet replaces the theme's of the
/// same name.
pub(super) fn compile_all(root: &Path, config: &Config, diagnostics: &mut Diagnostics) -> Vec<StyleSheet> {
    let theme = config.theme.as_ref().map(|theme| root.join("themes").join(theme).join("sass"));
    let own = config.compile_sass.then(|| root.join("sass"));
    let mut sheets = BTreeMap::new();
    for folder in theme.into_iter().chain(own) {
        sheets.extend(compile_folder(&folder, root, diagnostics));
    }
    sheets.into_iter().map(|(path, css)| StyleSheet { path, css }).collect()
}

fn compile_folder(folder: &Path, root: &Path, diagnostics: &mut Diagnostics) -> BTreeMap<String, String> {
    let files = read_files(folder, root, &[], diagnostics);
    let extension = |file: &Asset| Path::new(&file.path).extension().unwrap_or_default().to_string_lossy().into_owned();
    let sources: Vec<&Asset> = files
        .iter()
        .filter(|file| ["sass", "scss"].contains(&extension(file).as_str()))
        // A name with an underscore is a part of other sheets.
        .filter(|file| !file.path.split('/').any(|part| part.starts_with('_')))
        .collect();
    let mut by_sheet: BTreeMap<String, &Asset> = BTreeMap::new();
    for file in sources {
        let sheet = format!("{}.css", &file.path[..file.path.len() - extension(file).len() - 1]);
        if let Some(other) = by_sheet.insert(sheet.clone(), file) {
            let (other, place) = (relative(&other.file, root), relative(&file.file, root));
            diagnostics.push(
                Diagnostic::error(
                    Code::PathCollision,
                    Span::file(&place),
                    text!(
                        "z tego pliku i z {other} powstałby ten sam arkusz {sheet}",
                        "this file and {other} would make the same style sheet {sheet}"
                    ),
                )
                .help(text!("zmień nazwę jednego z nich", "rename one of them")),
            );
        }
    }
    let compiled: Vec<(String, Result<String, Diagnostic>)> =
        by_sheet.into_par_iter().map(|(sheet, file)| (sheet, compile(&file.file, folder, root))).collect();
    compiled.into_iter().filter_map(|(sheet, css)| Some((sheet, diagnostics.take(css)?))).collect()
}

fn compile(file: &Path, folder: &Path, root: &Path) -> Result<String, Diagnostic> {
    let inside = Inside(root.canonicalize().unwrap_or_else(|_| root.to_path_buf()));
    let options = Options::default().style(OutputStyle::Compressed).load_path(folder).quiet(true).fs(&inside);
    grass::from_path(file, &options).map_err(|error| {
        let (said, span) = match error.kind() {
            grass::ErrorKind::ParseError { message, loc, .. } => {
                let text = loc.file.source().to_string();
                let source = SourceText { file: relative(Path::new(loc.file.name()), root), text };
                let (line, column) = (loc.begin.line + 1, loc.begin.column + 1);
                let width =
                    if loc.end.line == loc.begin.line { loc.end.column.saturating_sub(loc.begin.column) } else { 1 };
                (message, source.span_at(line, column, width.max(1)))
            }
            grass::ErrorKind::IoError(error) => (error.to_string(), Span::file(relative(file, root))),
            _ => ("?".to_string(), Span::file(relative(file, root))),
        };
        Diagnostic::error(
            Code::SassError,
            span,
            text!("arkusza Sass nie da się przełożyć na CSS: {said}", "the Sass sheet cannot be made into CSS: {said}"),
        )
        .help(text!("popraw arkusz w tym miejscu", "mend the sheet at this place"))
    })
}

/// The files of the site and no others: `@import "../../etc"` finds nothing.
#[derive(Debug)]
struct Inside(PathBuf);

impl Inside {
    fn has(&self, path: &Path) -> bool {
        path.canonicalize().is_ok_and(|path| path.starts_with(&self.0))
    }
}

impl grass::Fs for Inside {
    fn is_dir(&self, path: &Path) -> bool {
        path.is_dir() && self.has(path)
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file() && self.has(path)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if self.has(path) { std::fs::read(path) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }
}
