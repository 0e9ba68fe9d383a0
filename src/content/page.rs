//! A page: one Markdown file with an address.

use std::sync::Arc;

use super::{PageFront, SectionId};
use crate::source::{Asset, Source, Table};

/// Position of a page in [`super::Library::pages`].
pub type PageId = usize;

/// A page of one language.
#[derive(Debug, Clone)]
pub struct Page {
    /// The file it comes from; the original's file when it is a fallback.
    pub source: Arc<Source>,
    /// Language of its address.
    pub language: String,
    /// Path of the original below `content/`: what translations share.
    pub canonical: String,
    /// Typed front matter.
    pub front: PageFront,
    /// Keys that are not Zola's: the guide's typed blocks.
    pub blocks: Table,
    /// Slug.
    pub slug: String,
    /// Address below the base address, with slashes at both ends.
    pub path: String,
    /// Full address.
    pub permalink: String,
    /// Files that are copied next to it.
    pub assets: Vec<Asset>,
    /// The original whose text is shown for want of a translation.
    pub fallback_of: Option<PageId>,
    /// Sections above it, the root first; empty for an orphan.
    pub ancestors: Vec<SectionId>,
    /// Whether it is an invented example, which nobody counts, exports or finds.
    pub is_example: bool,
    /// Whether lists leave it out.
    pub hidden: bool,
    /// Neighbour before it in its section's order.
    pub lower: Option<PageId>,
    /// Neighbour after it in its section's order.
    pub higher: Option<PageId>,
}

impl Page {
    /// Language of its text: the original's for a fallback.
    #[must_use]
    pub fn text_language(&self) -> &str {
        &self.source.language
    }

    /// The section that lists it; `None` for an orphan.
    #[must_use]
    pub fn section(&self) -> Option<SectionId> {
        self.ancestors.last().copied()
    }

    /// Whether those who look for something find it.
    #[must_use]
    pub fn is_found(&self) -> bool {
        self.front.in_search_index && self.front.render && self.fallback_of.is_none() && !self.is_example
    }

    /// Folder of a bundle below `content/`, with a slash at the end.
    #[must_use]
    pub fn bundle_folder(&self) -> Option<String> {
        (self.source.name.role == crate::source::ContentRole::Bundle)
            .then(|| format!("{}/", self.source.name.folders.join("/")))
    }

    /// The files that are copied next to it, each with its path in the built site.
    pub fn asset_files(&self) -> impl Iterator<Item = (String, &Asset)> {
        let folder = self.bundle_folder().unwrap_or_default();
        self.assets.iter().map(move |asset| {
            let rest = asset.path.strip_prefix(&folder).unwrap_or(&asset.path);
            (format!("{}{rest}", self.path.trim_start_matches('/')), asset)
        })
    }

    /// Its path below `content/` without the name of the file, shared by all its versions: `miejsca/arka-pana`.
    #[must_use]
    pub fn content_path(&self) -> &str {
        let path = self.canonical.strip_suffix(".md").unwrap_or(&self.canonical);
        path.strip_suffix("/index").unwrap_or(path)
    }

    /// The name other pages know it by: its folder for a bundle, else its file's stem.
    #[must_use]
    pub fn reference(&self) -> &str {
        self.source.name.base()
    }
}
