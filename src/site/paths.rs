//! Files and folders that a command was limited to.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::source::relative;
use crate::text;

/// Paths below the site's root; none stand for the whole site.
pub(super) struct Paths(Vec<String>);

/// The paths as they are written in places of diagnostics; one that is not there is an error.
pub(super) fn below(root: &Path, paths: &[PathBuf], diagnostics: &mut Diagnostics) -> Paths {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let mut found = vec![];
    for path in paths {
        // From the folder the program was called in, else from the site's.
        let tries = [path.clone(), root.join(path)];
        let mut whole = tries.iter().filter_map(|path| path.canonicalize().ok());
        if let Some(whole) = whole.find(|whole| whole.starts_with(&root)) {
            found.push(relative(&whole, &root));
            continue;
        }
        let name = path.display();
        diagnostics.push(
            Diagnostic::error(
                Code::UnknownPath,
                Span::file(name.to_string()),
                text!("w witrynie nie ma „{name}”", "the site has no `{name}`"),
            )
            .help(text!(
                "podaj plik albo folder witryny, np. content/miejsca",
                "name a file or folder of the site, for example content/miejsca"
            )),
        );
        found.push(name.to_string());
    }
    Paths(found)
}

impl Paths {
    /// Whether a diagnostic is about one of them. One without a file is about all.
    pub(super) fn hold(&self, diagnostic: &Diagnostic) -> bool {
        let Some(span) = diagnostic.span.as_ref().filter(|_| !self.0.is_empty()) else { return true };
        self.0.iter().any(|path| path.is_empty() || Path::new(&span.file).starts_with(path))
    }
}
