//! Pictures in texts: those of the page's folder, shown in several widths, with what is said about them.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::{Fragments, Owner, typeset_for};
use crate::config::Config;
use crate::content::Library;
use crate::diagnostic::Diagnostics;
use crate::gallery::{Exhibit, Galleries, Gallery, Licence, Tag, is_picture, picture_tag};
use crate::gallery::{broken_picture, missing_picture, picture_without_rights};
use crate::image::{FOLDER, Picture};
use crate::source::Asset;

/// The pictures that a text can name by their file.
#[derive(Debug, Clone, Copy)]
pub struct Pictures<'a> {
    /// Those that are described.
    pub gallery: &'a Gallery,
    /// All files beside the page.
    pub assets: &'a [Asset],
    /// Folder of the page below `content/`, with a slash at the end.
    pub folder: &'a str,
}

/// A picture in a text, as the template `figure.html` sees it.
#[derive(Debug, Clone)]
pub struct Figure<'a> {
    /// `<picture>`.
    pub html: String,
    /// Address of its largest version.
    pub permalink: Option<String>,
    /// What is seen on it.
    pub alt: &'a str,
    /// What stands below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<&'a str>,
    /// Its licence.
    pub licence: Option<&'a Licence>,
    /// When it was made.
    pub date: Option<&'a str>,
}

/// A picture as Markdown writes it.
pub(super) struct Written<'a> {
    pub(super) destination: &'a str,
    pub(super) alt: &'a str,
    pub(super) title: &'a str,
    /// Whether it is a paragraph by itself.
    pub(super) stands_alone: bool,
}

/// What a text's pictures are made with.
pub(super) struct Frames<'a> {
    pub(super) owner: &'a Owner<'a>,
    pub(super) galleries: &'a Galleries,
    pub(super) library: &'a Library,
    pub(super) config: &'a Config,
    pub(super) fragments: &'a dyn Fragments,
}

/// What stands at a destination.
enum Found<'a> {
    /// Not a picture of this page: it stays as it is.
    Elsewhere,
    /// One that is not there, or that nothing could be made of; it was told.
    Lost,
    Here(&'a Picture, Option<&'a Exhibit>),
}

impl Frames<'_> {
    /// The HTML of a picture of the page: a figure when it stands alone. `None` when it is not one of the page's.
    pub(super) fn html(
        &self,
        written: &Written<'_>,
        range: Range<usize>,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        let (picture, exhibit) = match self.find(written.destination, &range, diagnostics) {
            Found::Elsewhere => return None,
            Found::Lost => return Some(String::new()),
            Found::Here(picture, exhibit) => (picture, exhibit),
        };
        if exhibit.is_none() {
            let place = self.owner.span(range.clone(), written.destination);
            diagnostics.push(picture_without_rights(written.destination, place));
        }
        let described = exhibit.map_or("", |exhibit| exhibit.alt.as_str());
        let alt = if written.alt.is_empty() { described } else { written.alt };
        let html = picture_tag(picture, Tag { alt, sizes: self.galleries.sizes(), lead: false }, self.config);
        if !written.stands_alone {
            return Some(html);
        }
        let set = |text: &str| typeset_for(self.config, text, self.owner.text_language);
        let title = Some(written.title).filter(|title| !title.is_empty());
        let figure = Figure {
            html,
            permalink: self.largest(picture),
            alt,
            caption: title.or(exhibit.and_then(|exhibit| exhibit.caption.as_deref())).map(set),
            credit: exhibit.and_then(|exhibit| exhibit.credit.as_deref()),
            licence: exhibit.and_then(|exhibit| exhibit.licence.as_ref()),
            date: exhibit.and_then(|exhibit| exhibit.date.as_deref()),
        };
        match self.fragments.figure(&figure, self.owner.language) {
            Ok(html) => Some(html.trim().to_string()),
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                Some(figure.html)
            }
        }
    }

    /// Where a link to a picture file leads: to the largest of what was made of it.
    pub(super) fn address(
        &self,
        destination: &str,
        range: &Range<usize>,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        match self.find(destination, range, diagnostics) {
            Found::Here(picture, _) => self.largest(picture),
            _ => None,
        }
    }

    fn largest(&self, picture: &Picture) -> Option<String> {
        let last = picture.made.rungs.len().checked_sub(1)?;
        Some(self.config.permalink(&format!("{FOLDER}/{}", picture.name(last))))
    }

    fn find(&self, destination: &str, range: &Range<usize>, diagnostics: &mut Diagnostics) -> Found<'_> {
        let Some(pictures) = self.owner.pictures.filter(|_| self.galleries.are_made()) else { return Found::Elsewhere };
        let decoded = percent_encoding::percent_decode_str(destination).decode_utf8_lossy();
        let name: String = decoded.trim_start_matches("./").nfc().collect();
        let place = || self.owner.span(range.clone(), destination);
        // One of another page; where there is none the library tells.
        if let Some(path) = name.strip_prefix("@/") {
            return match self.galleries.at(self.library, path, self.owner.language) {
                Some((Ok(picture), exhibit)) => Found::Here(picture, exhibit),
                Some((Err(why), _)) => {
                    diagnostics.push(broken_picture(path, why, place()));
                    Found::Lost
                }
                None => Found::Elsewhere,
            };
        }
        if name.starts_with(['/', '#']) || name.starts_with("..") || name.contains(':') || !is_picture(&name) {
            return Found::Elsewhere;
        }
        let path = format!("{}{name}", pictures.folder);
        let Some(asset) = pictures.assets.iter().find(|asset| asset.path == path) else {
            diagnostics.push(missing_picture(&name, pictures.assets, pictures.folder, place()));
            return Found::Lost;
        };
        let exhibit = pictures.gallery.find(&path);
        match self.galleries.made(&asset.file) {
            Some(Ok(picture)) => Found::Here(picture, exhibit),
            Some(Err(why)) => {
                diagnostics.push(broken_picture(&name, why, place()));
                Found::Lost
            }
            None => Found::Elsewhere,
        }
    }
}
