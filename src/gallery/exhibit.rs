//! A described picture, and those of one page.

use std::path::PathBuf;
use std::sync::Arc;

use super::Licence;
use crate::image::Picture;

/// A picture of a page with what is said about it in the page's language.
#[derive(Debug, Clone)]
pub struct Exhibit {
    /// Its path from the folder of the page.
    pub file: String,
    /// Its path below `content/`.
    pub path: String,
    /// Where it is on this machine.
    pub original: PathBuf,
    /// What is seen on it.
    pub alt: String,
    /// What stands below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Its licence.
    pub licence: Option<Licence>,
    /// When it was made: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// What was made of it; `None` where nothing is made, or could be.
    pub picture: Option<Arc<Picture>>,
}

/// The pictures of one page or section.
#[derive(Debug, Clone, Default)]
pub struct Gallery {
    /// All that are described.
    pub exhibits: Vec<Exhibit>,
    /// Those that the page shows as its gallery, by position, in order.
    pub shown: Vec<usize>,
    /// The lead picture, by position.
    pub cover: Option<usize>,
}

impl Gallery {
    /// The lead picture.
    #[must_use]
    pub fn lead(&self) -> Option<&Exhibit> {
        self.cover.and_then(|at| self.exhibits.get(at))
    }

    /// The pictures that the page shows as its gallery.
    pub fn shown(&self) -> impl Iterator<Item = &Exhibit> {
        self.shown.iter().filter_map(|at| self.exhibits.get(*at))
    }

    /// The picture at this path below `content/`.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<&Exhibit> {
        self.exhibits.iter().find(|exhibit| exhibit.path == path)
    }
}
