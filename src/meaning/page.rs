//! A page: what every kind says of itself, and the thing that it is about.

use serde_json::{Value, json};

use super::node::{cited, node, reference, with};
use super::{
    Meaning, call, chapter, commitment, dataset, event, exchange, initiative, legend, organisation, picture, place,
    tour,
};
use crate::content::{Page, SectionId};
use crate::gallery::Gallery;
use crate::guide::{Entry, FactSource};

/// A page whose graph is made.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) of: &'a Meaning<'a>,
    pub(super) page: &'a Page,
    pub(super) gallery: &'a Gallery,
    pub(super) entry: &'a Entry,
}

/// What a kind says of a page.
#[derive(Default)]
pub(super) struct Said {
    /// The thing that the page is about.
    pub(super) thing: Value,
    /// In short what the page says of it.
    pub(super) summary: Option<String>,
    /// Works that it names besides its sources.
    pub(super) cited: Vec<Value>,
    /// Whom it is for.
    pub(super) audience: Option<String>,
    /// The day somebody checked all of it.
    pub(super) reviewed: Option<String>,
    /// Files to take along.
    pub(super) media: Vec<Value>,
}

impl Subject<'_> {
    /// All nodes: the page, the way to it, what it is about, its pictures.
    pub(super) fn graph(&self, block: Option<&(&'static str, Value)>) -> Vec<Value> {
        let said = match block {
            Some((kind, value)) => self.said(kind, value),
            None => dataset::said(self).unwrap_or_default(),
        };
        let thing_id = said.thing["@id"].as_str().map(reference);
        let mut nodes = vec![self.web_page(&said, thing_id), self.breadcrumbs()];
        nodes.extend(Some(said.thing).filter(Value::is_object));
        nodes.extend(self.of.pictures(self.gallery, &self.page.permalink, self.language()));
        nodes
    }

    fn said(&self, kind: &str, value: &Value) -> Said {
        match kind {
            "place" => place::said(self, value),
            "legend" => legend::said(self, value),
            "tour" => tour::said(self, value),
            "organisation" => organisation::said(self, value),
            "exchange" => exchange::said(self, value),
            "chapter" => chapter::said(self, value),
            "event" => event::said(self, value),
            "call" => call::said(self, value),
            "commitment" => commitment::said(self, value),
            "initiative" => initiative::said(self, value),
            _ => Said::default(),
        }
    }

    pub(super) fn language(&self) -> &str {
        &self.page.language
    }

    /// A word of the site in the page's language.
    pub(super) fn word(&self, key: &str) -> Option<&str> {
        self.of.word(self.language(), key)
    }

    /// Words of a list of values: `area.culture`, `area.sport`.
    pub(super) fn words(&self, family: &str, values: &Value) -> Vec<String> {
        let values = values.as_array().into_iter().flatten().filter_map(Value::as_str);
        values.filter_map(|value| self.word(&format!("{family}.{value}")).map(str::to_string)).collect()
    }

    fn title(&self) -> Value {
        self.page.front.title.as_deref().into()
    }

    fn description(&self) -> Value {
        self.page.front.description.as_deref().into()
    }

    fn published(&self) -> Value {
        self.page.front.date.as_ref().map(|date| date.text.as_str()).into()
    }

    fn modified(&self) -> Value {
        let front = &self.page.front;
        front.updated.as_ref().or(front.date.as_ref()).map(|date| date.text.as_str()).into()
    }

    fn web_page(&self, said: &Said, thing: Option<Value>) -> Value {
        let permalink = self.page.permalink.as_str();
        let versions = self.of.library.versions_of_page(self.page, self.of.config);
        let versions = versions.filter(|version| version.fallback_of.is_none());
        let versions: Vec<(&str, &str)> = versions.map(|page| (&*page.language, &*page.permalink)).collect();
        let mut citations: Vec<Value> = self.entry.sources.iter().map(source).collect();
        citations.extend(said.cited.iter().cloned());
        let verified = self.entry.verified.as_ref().map(|date| date.text.clone());
        let audience = said.audience.as_deref().map(|who| node("Audience", [("audienceType", who.into())]));
        let node = node(
            "WebPage",
            [
                ("@id", permalink.into()),
                ("url", permalink.into()),
                ("name", self.title()),
                ("description", self.description()),
                ("abstract", said.summary.as_deref().into()),
                ("inLanguage", self.language().into()),
                ("isPartOf", self.of.website(self.language())),
                ("breadcrumb", reference(&breadcrumbs_id(permalink))),
                ("mainEntity", thing.into()),
                ("audience", audience.into()),
                ("primaryImageOfPage", picture::lead(self.gallery, permalink)),
                ("image", picture::all(self.gallery, permalink)),
                ("associatedMedia", json!(said.media)),
                ("datePublished", self.published()),
                ("dateModified", self.modified()),
                ("lastReviewed", said.reviewed.clone().or(verified).into()),
                ("publisher", self.of.publisher(self.language())),
                ("license", self.of.licence()),
                ("citation", citations.into()),
            ],
        );
        self.of.translated(node, &versions, self.language())
    }

    fn breadcrumbs(&self) -> Value {
        let last = self.page.front.title.as_deref().unwrap_or_default();
        self.of.breadcrumbs(&self.page.ancestors, &[(last, &self.page.permalink)], &self.page.permalink)
    }

    /// The thing that the page is about: a node of this type with what every kind says of it.
    pub(super) fn thing(&self, kind: &str, block: &str) -> Value {
        let permalink = self.page.permalink.as_str();
        node(
            kind,
            [
                ("@id", self.id(block).into()),
                ("name", self.title()),
                ("description", self.description()),
                ("url", permalink.into()),
                ("mainEntityOfPage", reference(permalink)),
                ("image", picture::all(self.gallery, permalink)),
            ],
        )
    }

    /// The page's own text as the thing.
    pub(super) fn text(&self, kind: &str, block: &str) -> Value {
        let publisher = self.of.publisher(self.language());
        let section = self.page.section().map(|id| reference(&self.of.library.sections[id].permalink));
        with(
            self.thing(kind, block),
            [
                ("headline", if kind == "Article" { self.title() } else { Value::Null }),
                ("inLanguage", self.language().into()),
                ("datePublished", self.published()),
                ("dateModified", self.modified()),
                ("author", publisher.clone()),
                ("publisher", publisher),
                ("license", self.of.licence()),
                ("isPartOf", section.into()),
            ],
        )
    }

    /// The name of the thing that the page is about.
    pub(super) fn id(&self, block: &str) -> String {
        format!("{}#{block}", self.page.permalink)
    }
}

impl Meaning<'_> {
    /// The way to something from the home page on. `last` are the names and addresses that stand after the sections.
    pub(super) fn breadcrumbs(&self, ancestors: &[SectionId], last: &[(&str, &str)], permalink: &str) -> Value {
        let sections = ancestors.iter().map(|id| {
            let section = &self.library.sections[*id];
            let home = self.word(&section.language, "home").filter(|_| section.is_root());
            (home.or(section.front.title.as_deref()).unwrap_or_default(), section.permalink.as_str())
        });
        let items = sections.chain(last.iter().copied()).enumerate().map(|(at, (name, address))| {
            node(
                "ListItem",
                [
                    ("position", (at + 1).into()),
                    ("name", name.into()),
                    ("item", node("WebPage", [("@id", address.into())])),
                ],
            )
        });
        node(
            "BreadcrumbList",
            [("@id", breadcrumbs_id(permalink).into()), ("itemListElement", items.collect::<Vec<_>>().into())],
        )
    }

    /// Says which page is the translation of which: `versions` are languages and addresses.
    pub(super) fn translated(&self, page: Value, versions: &[(&str, &str)], language: &str) -> Value {
        let version = |(language, permalink): &(&str, &str)| {
            node(
                "WebPage",
                [("@id", (*permalink).into()), ("url", (*permalink).into()), ("inLanguage", (*language).into())],
            )
        };
        let default = self.config.default_language.as_str();
        if language == default {
            let others = versions.iter().filter(|(other, _)| *other != language);
            return with(page, [("workTranslation", others.map(version).collect::<Vec<_>>().into())]);
        }
        let original = versions.iter().find(|(other, _)| *other == default);
        with(page, [("translationOfWork", original.map(version).into())])
    }
}

/// Name of the way to a page.
pub(super) fn breadcrumbs_id(permalink: &str) -> String {
    format!("{permalink}#breadcrumbs")
}

fn source(source: &FactSource) -> Value {
    cited(&source.title.as_str().into(), &source.url.as_deref().into())
}
