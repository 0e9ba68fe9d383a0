//! Style sheets that are made and not copied: Sass, and the colours of code.

#[cfg(feature = "sass")]
mod sass;

use std::path::Path;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::markdown::Code;

/// A style sheet of the built site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleSheet {
    /// Path below the output folder.
    pub path: String,
    /// CSS.
    pub css: String,
}

/// All style sheets: the theme's Sass, then the site's over it, then the colours of code.
#[must_use]
#[cfg_attr(not(feature = "sass"), allow(unused_variables))]
pub fn style_sheets(root: &Path, config: &Config, code: &Code, diagnostics: &mut Diagnostics) -> Vec<StyleSheet> {
    #[cfg(feature = "sass")]
    let mut sheets = sass::compile_all(root, config, diagnostics);
    #[cfg(not(feature = "sass"))]
    let mut sheets: Vec<StyleSheet> = vec![];
    for (path, css) in code.style_sheets() {
        sheets.retain(|sheet| sheet.path != path);
        sheets.push(StyleSheet { path, css });
    }
    sheets
}
