//! What pages mean, for machines that read them: schema.org's words as JSON-LD, one graph for each page.
//!
//! A graph says nothing that its page does not say to people. What the page doubts, leaves open or calls long unchecked
//! is left out or said in the page's own words, never made a number or a date. Names (`@id`) stay when titles change:
//! they are the page's address and the name of its kind.

mod call;
mod chapter;
mod commitment;
mod dataset;
mod event;
mod exchange;
mod initiative;
mod legend;
mod node;
mod organisation;
mod page;
mod picture;
mod place;
mod section;
mod site;
mod tour;

use serde_json::{Value, json};

use self::node::clean;
use self::page::Subject;
use crate::config::Config;
use crate::content::{Library, Page, PageId, Section};
use crate::gallery::Gallery;
use crate::guide::Entry;
use crate::open_data::OpenData;

/// What graphs are made from.
#[derive(Debug, Clone, Copy)]
pub struct Meaning<'a> {
    /// All content.
    pub library: &'a Library,
    /// The configuration.
    pub config: &'a Config,
    /// The open data, which one page is about.
    pub open_data: Option<&'a OpenData>,
}

/// A list of pages that were chosen from a section.
#[derive(Debug, Clone, Copy)]
pub struct Chosen<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Its address.
    pub permalink: &'a str,
    /// What is in it.
    pub pages: &'a [PageId],
}

impl Meaning<'_> {
    /// The graph of a page, ready to stand in a script. None for an invented example, and for a fallback, which repeats
    /// another page.
    #[must_use]
    pub fn page(
        &self,
        page: &Page,
        gallery: &Gallery,
        entry: &Entry,
        block: Option<&(&'static str, Value)>,
    ) -> Option<String> {
        if page.is_example || page.fallback_of.is_some() {
            return None;
        }
        let subject = Subject { of: self, page, gallery, entry };
        Some(script(subject.graph(block)))
    }

    /// The graph of a section; none for a fallback.
    #[must_use]
    pub fn section(&self, section: &Section, gallery: &Gallery) -> Option<String> {
        section.fallback_of.is_none().then(|| script(self.section_graph(section, gallery)))
    }

    /// The graph of a list that was chosen from a section; none where the section has none.
    #[must_use]
    pub fn list(&self, section: &Section, chosen: &Chosen<'_>) -> Option<String> {
        section.fallback_of.is_none().then(|| script(self.list_graph(section, chosen)))
    }

    /// A word of the site in a language.
    fn word(&self, language: &str, key: &str) -> Option<&str> {
        self.config.language(language).translations.get(key).map(String::as_str)
    }
}

/// A graph as text that may stand in a script: `<` is the only letter that could end it.
fn script(mut nodes: Vec<Value>) -> String {
    nodes.iter_mut().for_each(clean);
    json!({ "@context": "https://schema.org", "@graph": nodes }).to_string().replace('<', "\\u003c")
}
