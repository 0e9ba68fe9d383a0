//! Pictures of pages as templates see them.

use serde_json::json;
use tera::Value;

use super::map_value;
use crate::config::Config;
use crate::gallery::{Exhibit, Gallery, Licence};
use crate::image::{FOLDER, Picture};
use crate::markdown::{Figure, typeset};

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

    /// `image_objects`: what search engines read about all pictures of the page, as JSON-LD that may stand in a script.
    pub(super) fn image_objects(&self, gallery: &Gallery) -> Value {
        let lead = gallery.cover.filter(|at| !gallery.shown.contains(at));
        let all = lead.iter().chain(&gallery.shown).filter_map(|at| gallery.exhibits.get(*at));
        let objects: Vec<serde_json::Value> = all.filter_map(|exhibit| self.image_object(exhibit)).collect();
        if objects.is_empty() {
            return Value::none();
        }
        let graph = json!({ "@context": "https://schema.org", "@graph": objects });
        // The only letter that could end the script.
        Value::safe_string(&graph.to_string().replace('<', "\\u003c"))
    }

    fn image_object(&self, exhibit: &Exhibit) -> Option<serde_json::Value> {
        let picture = exhibit.picture.as_ref()?;
        let largest = picture.made.rungs.last()?;
        let mut object = json!({
            "@type": "ImageObject",
            "contentUrl": self.largest(picture),
            "width": largest.width,
            "height": largest.height,
            "description": exhibit.alt,
        });
        let licence = exhibit.licence.as_ref();
        let more = [
            ("caption", exhibit.caption.as_deref()),
            ("creditText", exhibit.credit.as_deref()),
            ("license", licence.and_then(|licence| licence.url.as_deref())),
            ("acquireLicensePage", licence.and(Some(self.permalink))),
            ("dateCreated", exhibit.date.as_deref()),
        ];
        for (key, value) in more.into_iter().filter_map(|(key, value)| Some((key, value?))) {
            object[key] = value.into();
        }
        Some(object)
    }

    /// `path` below the site's folder for other functions, `permalink` of the largest version, `width` and `height` of
    /// that, and what is said about the picture.
    fn exhibit(&self, exhibit: &Exhibit) -> Value {
        let size = exhibit.picture.as_ref().and_then(|picture| picture.made.rungs.last().cloned());
        let permalink = match &exhibit.picture {
            Some(picture) => self.largest(picture),
            None => format!("{}{}", self.permalink, exhibit.file),
        };
        map_value([
            ("file", exhibit.file.as_str().into()),
            ("path", format!("content/{}", exhibit.path).into()),
            ("permalink", permalink.into()),
            ("width", size.as_ref().map(|rung| u64::from(rung.width)).into()),
            ("height", size.as_ref().map(|rung| u64::from(rung.height)).into()),
            ("alt", self.set(&exhibit.alt).into()),
            ("caption", exhibit.caption.as_deref().map(|text| self.set(text)).into()),
            ("credit", exhibit.credit.as_deref().map(|text| self.set(text)).into()),
            ("licence", exhibit.licence.as_ref().map_or_else(Value::none, licence)),
            ("date", exhibit.date.as_deref().into()),
            ("source", exhibit.source.as_deref().into()),
        ])
    }

    fn largest(&self, picture: &Picture) -> String {
        let last = picture.made.rungs.len().saturating_sub(1);
        self.config.permalink(&format!("{FOLDER}/{}", picture.name(last)))
    }

    fn set(&self, text: &str) -> String {
        if self.config.markdown.typography { typeset(text, self.language, None) } else { text.to_string() }
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
