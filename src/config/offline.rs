//! What readers may save, to read it without a network.

use serde::Deserialize;

/// The `[offline]` table, huta's own: lists of files, for a script of the theme that saves them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfflineConfig {
    /// Sections, by their folders below `content/`, each page of which can be saved.
    pub pages: Vec<String>,
    /// Sections that can be saved with everything below them.
    pub sections: Vec<String>,
    /// The section that shows what is saved: it is saved with whatever is.
    pub shelf: Option<String>,
    /// Width of saved pictures in pixels: the smallest that is at least as wide; 1088 where nothing is said.
    pub width: Option<u32>,
}

impl OfflineConfig {
    /// Width of saved pictures in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width.unwrap_or(1088)
    }

    /// Every folder that is named, with its key.
    pub fn folders(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let pages = self.pages.iter().map(|folder| ("pages", folder.as_str()));
        let sections = self.sections.iter().map(|folder| ("sections", folder.as_str()));
        pages.chain(sections).chain(self.shelf.iter().map(|folder| ("shelf", folder.as_str())))
    }
}
