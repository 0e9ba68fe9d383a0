//! The theme's own file, `theme.toml`: its data for templates, and how it wants pictures.

use std::path::Path;

use serde::Deserialize;

use crate::config::{Config, PicturesConfig};
use crate::diagnostic::{Code, Diagnostic, SourceText, Span};
use crate::source::read_text;
use crate::text;

/// What `theme.toml` says that concerns a build; themes made for Zola say other things too.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ThemeFile {
    #[serde(default)]
    pub(super) extra: toml::Table,
    pub(super) pictures: Option<PicturesConfig>,
}

impl ThemeFile {
    /// Reads it; a site without a theme, or a theme without the file, says nothing.
    pub(super) fn read(root: &Path, config: &Config) -> Result<Self, Diagnostic> {
        let Some(theme) = &config.theme else { return Ok(Self::default()) };
        let path = root.join("themes").join(theme).join("theme.toml");
        if !path.is_file() {
            return Ok(Self::default());
        }
        let source = SourceText { file: format!("themes/{theme}/theme.toml"), text: read_text(&path, root)? };
        let invalid = |why: &str, range: Option<std::ops::Range<usize>>| {
            let span = range.map_or_else(|| Span::file(&source.file), |range| source.span(range));
            Diagnostic::error(
                Code::ThemeInvalid,
                span,
                text!("pliku motywu nie da się odczytać: {why}", "the theme's file cannot be read: {why}"),
            )
            .help(text!("popraw to miejsce w pliku", "mend this place in the file"))
        };
        let file: Self = toml::from_str(&source.text).map_err(|error| invalid(error.message(), error.span()))?;
        if let Some(key) = file.pictures.as_ref().and_then(PicturesConfig::wrong_key) {
            return Err(invalid(&format!("[pictures] {key}"), None));
        }
        Ok(file)
    }
}
