//! The site as a whole: what it is, who publishes it, how it can be searched.

use serde_json::{Value, json};

use super::Meaning;
use super::node::{node, with};
use crate::content::Library;

impl Meaning<'_> {
    fn home(&self, language: &str) -> String {
        self.config.permalink(&self.config.language_prefix(language))
    }

    fn title(&self, language: &str) -> Value {
        self.config.language(language).title.as_deref().into()
    }

    /// Who publishes it: the site under its own name.
    pub(super) fn publisher(&self, language: &str) -> Value {
        let name = self.title(language);
        if name.is_null() {
            return Value::Null;
        }
        let id = self.config.permalink("#publisher");
        node("Organization", [("@id", id.into()), ("name", name), ("url", self.home(language).into())])
    }

    /// The site in a language, as its pages name it.
    pub(super) fn website(&self, language: &str) -> Value {
        let home = self.home(language);
        let id = format!("{home}#website");
        node("WebSite", [("@id", id.into()), ("name", self.title(language)), ("url", home.into())])
    }

    /// The site in a language, as its home page describes it.
    pub(super) fn whole_website(&self, language: &str) -> Value {
        let options = self.config.language(language);
        let search = self.search_page(language).map(|page| {
            let target = node("EntryPoint", [("urlTemplate", format!("{page}?q={{search_term_string}}").into())]);
            json!({ "@type": "SearchAction", "target": target, "query-input": "required name=search_term_string" })
        });
        with(
            self.website(language),
            [
                ("description", options.description.as_deref().into()),
                ("inLanguage", language.into()),
                ("publisher", self.publisher(language)),
                ("license", self.licence()),
                ("potentialAction", search.into()),
            ],
        )
    }

    /// Address of the licence of the site's texts.
    pub(super) fn licence(&self) -> Value {
        self.config.licence().and_then(|licence| licence.url).into()
    }

    /// The page that takes `?q=`, where the configuration names one that is there.
    fn search_page(&self, language: &str) -> Option<String> {
        let name = self.config.linked_data.search.as_deref()?.trim_matches('/');
        let Library { pages, sections, .. } = self.library;
        let page = [format!("{name}/index.md"), format!("{name}.md")];
        let page = page.iter().find_map(|path| self.library.page(path, language)).map(|id| &pages[id]);
        let page = page.filter(|page| page.fallback_of.is_none()).map(|page| page.permalink.clone());
        let section = || {
            let section = &sections[self.library.section(&format!("{name}/_index.md"), language)?];
            section.fallback_of.is_none().then(|| section.permalink.clone())
        };
        page.or_else(section)
    }

    /// An address in the town that the site is about.
    pub(super) fn address(&self, street: &Value) -> Value {
        if street.as_str().is_none_or(str::is_empty) {
            return Value::Null;
        }
        let config = &self.config.linked_data;
        node(
            "PostalAddress",
            [
                ("streetAddress", street.clone()),
                ("addressLocality", config.locality.as_deref().into()),
                ("addressCountry", config.country.as_deref().into()),
            ],
        )
    }
}
