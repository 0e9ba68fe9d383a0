//! A described picture, and those of one page.

use std::path::PathBuf;
use std::sync::Arc;

use super::Licence;
use crate::config::Config;
use crate::image::{FOLDER, Picture};

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

impl Exhibit {
    /// Address of its largest version, else of the file itself beside the page at `page`.
    #[must_use]
    pub fn permalink(&self, config: &Config, page: &str) -> String {
        match &self.picture {
            Some(picture) => {
                let last = picture.made.rungs.len().saturating_sub(1);
                config.permalink(&format!("{FOLDER}/{}", picture.name(last)))
            }
            None => format!("{page}{}", self.file),
        }
    }

    /// Width and height of its largest version in pixels, where one was made.
    #[must_use]
    pub fn size(&self) -> Option<[u32; 2]> {
        self.picture.as_ref().and_then(|picture| picture.made.rungs.last()).map(|rung| [rung.width, rung.height])
    }
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

    /// Both, the lead picture first, and whether they are that.
    pub fn all(&self) -> impl Iterator<Item = (&Exhibit, bool)> {
        let others = self.shown.iter().filter(|at| self.cover != Some(**at));
        let all = self.cover.iter().map(|at| (at, true)).chain(others.map(|at| (at, false)));
        all.filter_map(|(at, is_lead)| Some((self.exhibits.get(*at)?, is_lead)))
    }

    /// The picture at this path below `content/`.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<&Exhibit> {
        self.exhibits.iter().find(|exhibit| exhibit.path == path)
    }
}
