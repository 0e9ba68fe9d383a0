//! A section: a folder with an `_index.md`.

use std::sync::Arc;

use super::{PageId, SectionFront};
use crate::source::{Asset, Source, Table};

/// Position of a section in [`super::Library::sections`].
pub type SectionId = usize;

/// A section of one language.
#[derive(Debug, Clone)]
pub struct Section {
    /// The file it comes from; `None` for a root section without a file.
    pub source: Option<Arc<Source>>,
    /// Language of its address.
    pub language: String,
    /// Path of the original below `content/`: what translations share.
    pub canonical: String,
    /// Folders below `content/`.
    pub folders: Vec<String>,
    /// Typed front matter.
    pub front: SectionFront,
    /// Keys that are not Zola's: what is said about its pictures, and how its pages are chosen.
    pub blocks: Table,
    /// Address below the base address, with slashes at both ends.
    pub path: String,
    /// Full address.
    pub permalink: String,
    /// Files that are copied next to it.
    pub assets: Vec<Asset>,
    /// The original whose text is shown for want of a translation.
    pub fallback_of: Option<SectionId>,
    /// Sections above it, the root first.
    pub ancestors: Vec<SectionId>,
    /// Pages in their order.
    pub pages: Vec<PageId>,
    /// Pages that the order leaves out for want of its key.
    pub ignored_pages: Vec<PageId>,
    /// Sections directly below, in their order.
    pub subsections: Vec<SectionId>,
    /// Sections directly below that the order leaves out for want of its key.
    pub ignored_subsections: Vec<SectionId>,
    /// Neighbour before it among the sections of its parent.
    pub lower: Option<SectionId>,
    /// Neighbour after it among the sections of its parent.
    pub higher: Option<SectionId>,
    /// Whether lists leave it out.
    pub hidden: bool,
}

impl Section {
    /// Whether it is the home page of its language.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.folders.is_empty()
    }

    /// Whether those who look for something find it.
    #[must_use]
    pub fn is_found(&self) -> bool {
        let front = &self.front;
        front.in_search_index && front.render && front.redirect_to.is_none() && self.fallback_of.is_none()
    }

    /// Language of its text: the original's for a fallback.
    #[must_use]
    pub fn text_language(&self) -> &str {
        self.source.as_ref().map_or(&self.language, |source| &source.language)
    }

    /// Path of its file below `content/`.
    #[must_use]
    pub fn relative_path(&self) -> String {
        match &self.source {
            Some(source) => source.path.clone(),
            None => self.canonical.clone(),
        }
    }

    /// The files that are copied next to it, each with its path in the built site.
    pub fn asset_files(&self) -> impl Iterator<Item = (String, &Asset)> {
        self.assets.iter().map(|asset| {
            let name = asset.path.rsplit('/').next().unwrap_or_default();
            (format!("{}{name}", self.path.trim_start_matches('/')), asset)
        })
    }

    /// Its folder below `content/`, with a slash at the end; nothing for the content folder itself.
    #[must_use]
    pub fn folder(&self) -> String {
        self.folders.iter().fold(String::new(), |path, folder| format!("{path}{folder}/"))
    }

    /// Its slug: the last part of its address.
    #[must_use]
    pub fn slug(&self) -> &str {
        self.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
    }

    /// Pages on one pager, when it is paginated.
    #[must_use]
    pub fn paginate_by(&self) -> Option<usize> {
        self.front.paginate_by.filter(|by| *by > 0)
    }
}
