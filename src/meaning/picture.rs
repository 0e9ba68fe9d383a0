//! Pictures: what is on them, whose they are, under which licence.

use serde_json::{Value, json};

use super::Meaning;
use super::node::{node, reference};
use crate::gallery::{Exhibit, Gallery};

impl Meaning<'_> {
    /// The pictures of a page, the lead picture first.
    pub(super) fn pictures(&self, gallery: &Gallery, page: &str, language: &str) -> Vec<Value> {
        gallery.all().map(|(exhibit, is_lead)| self.picture(exhibit, is_lead, page, language)).collect()
    }

    fn picture(&self, exhibit: &Exhibit, is_lead: bool, page: &str, language: &str) -> Value {
        let licence = exhibit.licence.as_ref().and_then(|licence| licence.url.clone());
        let own = [self.config.author.as_ref(), self.config.language(language).title.as_ref()];
        let credit = exhibit.credit.as_deref();
        // Of others nobody knows whether they are a person or an organisation.
        let is_own = credit.is_some_and(|credit| own.into_iter().flatten().any(|name| credit.starts_with(name)));
        let [width, height] = exhibit.size().map_or([Value::Null, Value::Null], |size| size.map(pixels));
        node(
            "ImageObject",
            [
                ("@id", id(exhibit, page).into()),
                ("contentUrl", exhibit.permalink(self.config, page).into()),
                ("width", width),
                ("height", height),
                ("description", exhibit.alt.as_str().into()),
                ("caption", exhibit.caption.as_deref().into()),
                ("creditText", credit.into()),
                ("creator", if is_own { self.publisher(language) } else { Value::Null }),
                ("acquireLicensePage", licence.as_ref().map(|_| page).into()),
                ("license", licence.into()),
                ("dateCreated", exhibit.date.as_deref().into()),
                ("representativeOfPage", if is_lead { true.into() } else { Value::Null }),
            ],
        )
    }
}

/// A number of pixels, by their code in UN/CEFACT's Recommendation 20.
fn pixels(count: u32) -> Value {
    node("QuantitativeValue", [("value", count.into()), ("unitCode", "E37".into())])
}

fn id(exhibit: &Exhibit, page: &str) -> String {
    format!("{page}#{}", exhibit.file)
}

/// The lead picture of a page, described elsewhere in the graph.
pub(super) fn lead(gallery: &Gallery, page: &str) -> Value {
    gallery.lead().map_or(Value::Null, |exhibit| reference(&id(exhibit, page)))
}

/// All pictures of a page, described elsewhere in the graph.
pub(super) fn all(gallery: &Gallery, page: &str) -> Value {
    json!(gallery.all().map(|(exhibit, _)| reference(&id(exhibit, page))).collect::<Vec<_>>())
}
