//! Pictures of pages as templates see them.

use tera::Value;

use super::map_value;
use crate::config::Config;
use crate::gallery::{Exhibit, Gallery, Licence};
use crate::markdown::{Figure, typeset_for};

/// What is said of pictures, in the words of one page.
#[derive(Debug, Clone, Copy)]
pub(super) struct PictureValues<'a> {
    pub(super) config: &'a Config,
    /// Address of the page.
    pub(super) permalink: &'a str,
    /// Language of its text.
    pub(super) language: &'a str,
}

impl PictureValues<'_> {
    /// `cover`: the lead picture, or nothing.
    pub(super) fn cover(&self, gallery: &Gallery) -> Value {
        gallery.lead().map_or_else(Value::none, |exhibit| self.exhibit(exhibit))
    }

    /// `gallery`: the pictures that the page shows, in order.
    pub(super) fn gallery(&self, gallery: &Gallery) -> Value {
        Value::from(gallery.shown().map(|exhibit| self.exhibit(exhibit)).collect::<Vec<_>>())
    }

    /// `path` below the site's folder for other functions, `permalink` of the largest version, `width` and `height` of
    /// that, and what is said about the picture.
    fn exhibit(&self, exhibit: &Exhibit) -> Value {
        let size = exhibit.size();
        let permalink = exhibit.permalink(self.config, self.permalink);
        map_value([
            ("file", exhibit.file.as_str().into()),
            ("path", format!("content/{}", exhibit.path).into()),
            ("permalink", permalink.into()),
            ("width", size.map(|[width, _]| u64::from(width)).into()),
            ("height", size.map(|[_, height]| u64::from(height)).into()),
            ("alt", self.set(&exhibit.alt).into()),
            ("caption", exhibit.caption.as_deref().map(|text| self.set(text)).into()),
            ("credit", exhibit.credit.as_deref().map(|text| self.set(text)).into()),
            ("licence", exhibit.licence.as_ref().map_or_else(Value::none, licence)),
            ("date", exhibit.date.as_deref().into()),
            ("source", exhibit.source.as_deref().into()),
        ])
    }

    fn set(&self, text: &str) -> String {
        typeset_for(self.config, text, self.language)
    }
}

fn licence(licence: &Licence) -> Value {
    map_value([
        ("id", licence.id.as_str().into()),
        ("name", licence.name.as_str().into()),
        ("url", licence.url.as_deref().into()),
    ])
}

/// A picture in a text.
pub(super) fn figure_value(figure: &Figure<'_>) -> Value {
    map_value([
        ("html", Value::safe_string(&figure.html)),
        ("permalink", figure.permalink.as_deref().into()),
        ("alt", figure.alt.into()),
        ("caption", figure.caption.as_deref().into()),
        ("credit", figure.credit.into()),
        ("licence", figure.licence.map_or_else(Value::none, licence)),
        ("date", figure.date.into()),
    ])
}
