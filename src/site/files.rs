//! Which file of the built site comes from where.

use std::collections::BTreeMap;
use std::path::Path;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::render::{Body, Output};
use crate::source::read_files;
use crate::text;

/// `static/` of the theme, then of the site.
pub(super) fn static_outputs(root: &Path, config: &Config, diagnostics: &mut Diagnostics) -> Vec<Output> {
    let theme = config.theme.as_ref().map(|theme| root.join("themes").join(theme).join("static"));
    let mut outputs = vec![];
    for folder in theme.into_iter().chain([root.join("static")]) {
        let files = read_files(&folder, root, &config.ignored_static, diagnostics);
        outputs.extend(files.into_iter().map(|file| Output { path: file.path, body: Body::File(file.file) }));
    }
    outputs
}

/// One output for each file. A static file replaces whatever else has its path, the site's before the theme's; any other
/// two outputs on one path, or a file where another output needs a folder, are errors.
pub(super) fn one_for_each(made: Vec<Output>, static_files: Vec<Output>, diagnostics: &mut Diagnostics) -> Vec<Output> {
    let mut by_path: BTreeMap<String, Output> = BTreeMap::new();
    let mut twice = vec![];
    for output in made {
        let same_file =
            |other: &Output| matches!((&other.body, &output.body), (Body::File(a), Body::File(b)) if a == b);
        if by_path.get(&output.path).is_some_and(|other| !same_file(other)) {
            twice.push(output.path.clone());
        }
        by_path.insert(output.path.clone(), output);
    }
    by_path.extend(static_files.into_iter().map(|output| (output.path.clone(), output)));
    let needs_folder: Vec<String> = by_path
        .keys()
        .flat_map(|path| path.match_indices('/').map(|(at, _)| path[..at].to_string()))
        .filter(|folder| by_path.contains_key(folder))
        .collect();
    // What two content files claim was told with their places.
    if !diagnostics.has(Code::PathCollision) {
        for path in twice.into_iter().chain(needs_folder) {
            diagnostics.push(
                Diagnostic::error(
                    Code::PathCollision,
                    None,
                    text!("o plik {path} upominają się dwie rzeczy naraz", "two things claim the file {path}"),
                )
                .help(text!(
                    "zmień adres strony, alias, nazwę pliku obok strony albo w folderze static",
                    "change the address of a page, an alias, or the name of a file beside a page or in static"
                )),
            );
        }
    }
    by_path.into_values().collect()
}
