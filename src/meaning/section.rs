//! Sections: their pages in a list; home, the site itself.

use serde_json::Value;

use super::node::{node, reference};
use super::page::breadcrumbs_id;
use super::{Chosen, Meaning, picture};
use crate::content::{PageId, Section};
use crate::gallery::Gallery;

/// What a page with a list says of itself.
struct Head<'a> {
    title: &'a str,
    description: Option<&'a str>,
    permalink: &'a str,
    language: &'a str,
}

impl Meaning<'_> {
    pub(super) fn section_graph(&self, section: &Section, gallery: &Gallery) -> Vec<Value> {
        let permalink = section.permalink.as_str();
        let language = section.language.as_str();
        let head = Head {
            title: section.front.title.as_deref().unwrap_or_default(),
            description: section.front.description.as_deref(),
            permalink,
            language,
        };
        let versions = self.library.versions_of_section(section, self.config);
        let versions = versions.filter(|version| version.fallback_of.is_none());
        let versions: Vec<(&str, &str)> = versions.map(|other| (&*other.language, &*other.permalink)).collect();
        let page = self.list_page(&head, &section.pages, Some((gallery, section.is_root())));
        let mut nodes = vec![self.translated(page, &versions, language)];
        if section.is_root() {
            nodes.push(self.whole_website(language));
        } else {
            nodes.push(self.breadcrumbs(&section.ancestors, &[(head.title, permalink)], permalink));
        }
        nodes.extend(self.pictures(gallery, permalink, language));
        nodes
    }

    pub(super) fn list_graph(&self, section: &Section, chosen: &Chosen<'_>) -> Vec<Value> {
        let head =
            Head { title: chosen.title, description: None, permalink: chosen.permalink, language: &section.language };
        let of = (section.front.title.as_deref().unwrap_or_default(), section.permalink.as_str());
        let last = [of, (chosen.title, chosen.permalink)];
        vec![self.list_page(&head, chosen.pages, None), self.breadcrumbs(&section.ancestors, &last, chosen.permalink)]
    }

    fn list_page(&self, head: &Head<'_>, pages: &[PageId], own: Option<(&Gallery, bool)>) -> Value {
        let list = self.list_of(head.permalink, pages);
        let gallery = own.map(|(gallery, _)| gallery);
        let is_home = own.is_some_and(|(_, is_home)| is_home);
        let image =
            |of: fn(&Gallery, &str) -> Value| gallery.map_or(Value::Null, |gallery| of(gallery, head.permalink));
        node(
            if list.is_null() { "WebPage" } else { "CollectionPage" },
            [
                ("@id", head.permalink.into()),
                ("url", head.permalink.into()),
                ("name", head.title.into()),
                ("description", head.description.into()),
                ("inLanguage", head.language.into()),
                ("isPartOf", self.website(head.language)),
                ("breadcrumb", if is_home { Value::Null } else { reference(&breadcrumbs_id(head.permalink)) }),
                ("mainEntity", list),
                ("primaryImageOfPage", image(picture::lead)),
                ("image", image(picture::all)),
                ("publisher", self.publisher(head.language)),
                ("license", self.licence()),
            ],
        )
    }

    /// The pages that a list shows, without invented ones.
    fn list_of(&self, permalink: &str, pages: &[PageId]) -> Value {
        let pages = pages.iter().map(|id| &self.library.pages[*id]);
        let shown = pages.filter(|page| !page.is_example && page.front.render && page.fallback_of.is_none());
        let items: Vec<Value> = shown
            .enumerate()
            .map(|(at, page)| {
                let name = page.front.title.as_deref().into();
                node(
                    "ListItem",
                    [("position", (at + 1).into()), ("name", name), ("url", page.permalink.as_str().into())],
                )
            })
            .collect();
        if items.is_empty() {
            return Value::Null;
        }
        node(
            "ItemList",
            [
                ("@id", format!("{permalink}#list").into()),
                ("numberOfItems", items.len().into()),
                // Pages show the same list after dates, states or parts.
                ("itemListOrder", "https://schema.org/ItemListUnordered".into()),
                ("itemListElement", items.into()),
            ],
        )
    }
}
