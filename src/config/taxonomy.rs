//! One configured taxonomy.

use std::collections::BTreeMap;

use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

/// One configured taxonomy, with Zola's names. Each key may be left out, so that a language can say over the default
/// language's entry only what differs.
#[derive(Debug, Clone, Deserialize)]
pub struct TaxonomyConfig {
    /// The name used in front matter.
    pub name: String,
    /// Items on one pager; `None` or 0 for no pagination.
    pub paginate_by: Option<usize>,
    paginate_path: Option<String>,
    render: Option<bool>,
    feed: Option<bool>,
    /// huta: its part of addresses, instead of one made from the name.
    pub slug: Option<String>,
    /// huta: its name for readers, instead of the name used in front matter.
    pub title: Option<String>,
    /// huta: names of the default language's terms in this language.
    #[serde(default)]
    pub terms: BTreeMap<String, String>,
}

impl TaxonomyConfig {
    /// Path part of the pagers.
    #[must_use]
    pub fn paginate_path(&self) -> &str {
        self.paginate_path.as_deref().unwrap_or("page")
    }

    /// Whether its pages are written.
    #[must_use]
    pub fn is_rendered(&self) -> bool {
        self.render.unwrap_or(true)
    }

    /// Whether each term has a feed.
    #[must_use]
    pub fn has_feed(&self) -> bool {
        self.feed.unwrap_or(false)
    }

    /// Name of a term in this language.
    #[must_use]
    pub fn term<'a>(&'a self, name: &'a str) -> &'a str {
        self.terms.get(name).map_or(name, String::as_str)
    }

    /// This entry with what it does not say taken from another.
    fn over(self, under: &Self) -> Self {
        Self {
            name: self.name,
            paginate_by: self.paginate_by.or(under.paginate_by),
            paginate_path: self.paginate_path.or_else(|| under.paginate_path.clone()),
            render: self.render.or(under.render),
            feed: self.feed.or(under.feed),
            slug: self.slug.or_else(|| under.slug.clone()),
            title: self.title.or_else(|| under.title.clone()),
            terms: if self.terms.is_empty() { under.terms.clone() } else { self.terms },
        }
    }
}

/// The taxonomies of the default language, each with what `own` says of it, then those that only `own` has.
pub(super) fn inherit(originals: &[TaxonomyConfig], mut own: Vec<TaxonomyConfig>) -> Vec<TaxonomyConfig> {
    let mut inherited = vec![];
    for original in originals {
        inherited.push(match own.iter().position(|taxonomy| taxonomy.name == original.name) {
            Some(at) => own.remove(at).over(original),
            None => original.clone(),
        });
    }
    inherited.extend(own);
    inherited
}

/// As templates see it: every default filled in.
impl Serialize for TaxonomyConfig {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("title", self.title.as_ref().unwrap_or(&self.name))?;
        map.serialize_entry("paginate_by", &self.paginate_by)?;
        map.serialize_entry("paginate_path", self.paginate_path())?;
        map.serialize_entry("render", &self.is_rendered())?;
        map.serialize_entry("feed", &self.has_feed())?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_says_only_what_differs() {
        let parse = |text: &str| -> TaxonomyConfig { toml::from_str(text).unwrap() };
        let originals = [parse("name = \"tagi\"\nfeed = true\npaginate_by = 5"), parse("name = \"autorzy\"")];
        let own = vec![parse("name = \"series\""), parse("name = \"tagi\"\nslug = \"tags\"\npaginate_by = 9")];
        let all = inherit(&originals, own);
        assert_eq!(all.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(), ["tagi", "autorzy", "series"]);
        assert_eq!((all[0].has_feed(), all[0].paginate_by, all[0].slug.as_deref()), (true, Some(9), Some("tags")));
    }
}
