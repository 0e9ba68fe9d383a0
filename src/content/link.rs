//! What an internal address (`@/…`) means.

use super::{Library, PageId, SectionId};

/// What an internal link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page.
    Page(PageId),
    /// A section.
    Section(SectionId),
    /// A file beside a page or section: its full address.
    Asset(String),
}

/// Why an internal link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkError {
    /// No such file; the nearest that exists.
    Unknown(Option<String>),
}

impl Library {
    /// Resolves the path of an internal link (without `@/` and anchor) for a reader of `language`.
    ///
    /// The path of an original leads to the original (as in Zola), or to the version in `language` where that language
    /// inherits or falls back; a path that names a language (`a.en.md`) leads to just that file. A co-located file gets its address in `language`.
    pub fn resolve(&self, path: &str, language: &str) -> Result<Target, LinkError> {
        if let Some(target) = self.file_index.get(path) {
            let follows = self.follows_language(language) && self.is_original(target, path);
            let translated = follows.then(|| self.in_language(path, language)).flatten();
            return Ok(translated.unwrap_or_else(|| target.clone()));
        }
        if let Some(target) = self.in_language(path, language) {
            return Ok(target);
        }
        if let Some(address) = self.asset_address(path, language) {
            return Ok(Target::Asset(address));
        }
        let known =
            self.pages.iter().map(|p| p.source.path.as_str()).chain(self.sections.iter().map(|s| s.canonical.as_str()));
        Err(LinkError::Unknown(crate::diagnostic::did_you_mean(path, known).map(str::to_string)))
    }

    /// The page or section with this canonical path in this language.
    #[must_use]
    pub fn in_language(&self, canonical: &str, language: &str) -> Option<Target> {
        let page = self.page(canonical, language).map(Target::Page);
        page.or_else(|| self.section(canonical, language).map(Target::Section))
    }

    /// A content file whose path ends with these parts; the first in alphabetical order.
    #[must_use]
    pub fn file_ending_with(&self, path: &str) -> Option<&str> {
        let ends =
            |known: &&String| known.strip_suffix(path).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        self.file_index.keys().filter(ends).min().map(String::as_str)
    }

    /// Whether links written in this language stay in it.
    fn follows_language(&self, language: &str) -> bool {
        self.following.contains(language)
    }

    fn is_original(&self, target: &Target, path: &str) -> bool {
        match target {
            Target::Page(id) => self.pages[*id].canonical == path,
            Target::Section(id) => self.sections[*id].canonical == path,
            Target::Asset(_) => false,
        }
    }

    fn asset_address(&self, path: &str, language: &str) -> Option<String> {
        let wanted = |owner: &str| owner == language;
        let mut pages: Vec<_> =
            self.pages.iter().filter(|page| page.assets.iter().any(|asset| asset.path == path)).collect();
        pages.sort_by_key(|page| !wanted(&page.language));
        if let Some(page) = pages.first() {
            let rest = path.strip_prefix(&page.bundle_folder()?)?;
            return Some(format!("{}{rest}", page.permalink));
        }
        let mut sections: Vec<_> =
            self.sections.iter().filter(|section| section.assets.iter().any(|asset| asset.path == path)).collect();
        sections.sort_by_key(|section| !wanted(&section.language));
        let name = path.rsplit('/').next()?;
        sections.first().map(|section| format!("{}{name}", section.permalink))
    }
}
