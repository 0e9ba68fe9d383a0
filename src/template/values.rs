//! Pages, sections and configuration as templates see them (`zola-compat` names).

use std::collections::BTreeMap;

use jiff::civil::Date;
use tera::{Map, Value};

use super::pictures::PictureValues;
use crate::config::{Config, Project};
use crate::content::{Library, Page, PageDate, PageId, Section, SectionId, Taxonomy, Term};
use crate::gallery::Gallery;
use crate::guide::{Entry, FacetValue, SectionFacet, source_values};
use crate::map::PageMap;
use crate::markdown::{Heading, Rendered, reading_time, typeset_for};
use crate::meaning::Meaning;
use crate::open_data::OpenData;

/// Room for what a page's value has.
const ENTRIES: usize = 48;

/// Makes a map value from names and values.
#[must_use]
pub fn map_value<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    let mut map = Map::with_capacity(N);
    for (key, value) in entries {
        map.insert(key.into(), value);
    }
    map.into()
}

/// A block's value for templates. Texts under keys that end in `_html` are safe: huta rendered them.
fn block_value(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Object(table) => {
            let mut map = Map::new();
            for (key, value) in table {
                let value = match value.as_str() {
                    Some(html) if key.ends_with("_html") => Value::safe_string(html),
                    _ => block_value(value),
                };
                map.insert(key.clone().into(), value);
            }
            map.into()
        }
        serde_json::Value::Array(list) => Value::from(list.iter().map(block_value).collect::<Vec<_>>()),
        other => Value::from_serializable(other),
    }
}

/// A JSON value for templates, every text escaped where it is printed.
#[must_use]
pub fn json_value(value: &serde_json::Value) -> Value {
    Value::from_serializable(value)
}

fn strings<'a>(list: impl IntoIterator<Item = &'a String>) -> Value {
    Value::from(list.into_iter().map(|text| Value::from(text.as_str())).collect::<Vec<_>>())
}

fn optional(text: Option<&String>) -> Value {
    text.map_or_else(Value::none, |text| Value::from(text.as_str()))
}

fn components(path: &str) -> Value {
    Value::from(path.split('/').filter(|part| !part.is_empty()).map(Value::from).collect::<Vec<_>>())
}

fn date(date: Option<&PageDate>) -> Value {
    date.map_or_else(Value::none, |date| Value::from(date.text.as_str()))
}

fn part<T: Into<i64>>(date: Option<&PageDate>, part: impl Fn(Date) -> T) -> Value {
    date.map_or_else(Value::none, |date| Value::from(part(date.day).into()))
}

fn toc(headings: &[Heading]) -> Value {
    let one = |heading: &Heading| {
        map_value([
            ("level", u64::from(heading.level).into()),
            ("id", heading.id.as_str().into()),
            ("permalink", heading.permalink.as_str().into()),
            ("title", heading.title.as_str().into()),
            ("children", toc(&heading.children)),
        ])
    };
    Value::from(headings.iter().map(one).collect::<Vec<_>>())
}

fn ancestors(ids: &[SectionId], library: &Library) -> Value {
    Value::from(ids.iter().map(|id| Value::from(library.sections[*id].relative_path())).collect::<Vec<_>>())
}

/// Puts what is made of a page's body into a value of it that has the keys, but nothing in them.
pub fn fill_page(map: &mut Map, rendered: &Rendered, language: &str) {
    let mut set = |key: &'static str, value: Value| {
        map.insert(key.into(), value);
    };
    set("content", rendered.html.as_str().into());
    if let Some(plain) = &rendered.plain {
        set("plain_content", plain.as_str().into());
    }
    set("summary", optional(rendered.summary.as_ref()));
    set("toc", toc(&rendered.toc));
    set("word_count", rendered.words.into());
    set("reading_time", reading_time(rendered.words, language).into());
}

/// What a page or section value is made of besides itself.
pub struct PageParts<'a> {
    /// All content.
    pub library: &'a Library,
    /// The configuration.
    pub config: &'a Config,
    /// Its Markdown.
    pub rendered: &'a Rendered,
    /// Its pictures.
    pub gallery: &'a Gallery,
    /// Pages and sections that link here, as `(permalink, title)`.
    pub backlinks: &'a [(String, Option<String>)],
    /// The open data of the site, once the site is whole.
    pub open_data: Option<&'a OpenData>,
    /// Whether anybody looks at the page's graph.
    pub linked_data: bool,
}

/// What the guide knows of a page.
pub struct PageBlock<'a> {
    /// Sources and dates.
    pub entry: &'a Entry,
    /// Its kind and the value of its block.
    pub value: Option<&'a (&'static str, serde_json::Value)>,
    /// Its map.
    pub map: Option<&'a PageMap>,
    /// What it can be chosen by.
    pub facets: Option<&'a BTreeMap<&'static str, Vec<String>>>,
}

/// A map: `svg` for the page, `width` and `height` in the same unit, `attribution`, and where it is a file of its own
/// `permalink`.
pub(crate) fn map_of(map: &PageMap) -> Value {
    map_value([
        ("svg", Value::safe_string(&map.svg)),
        ("width", map.size[0].into()),
        ("height", map.size[1].into()),
        ("attribution", map.attribution.as_str().into()),
        ("permalink", optional(map.permalink.as_ref())),
    ])
}

impl PageParts<'_> {
    /// A text of front matter, set after the rules of its language where the site asks for it.
    fn text(&self, text: Option<&str>, language: &str) -> Value {
        text.map(|text| typeset_for(self.config, text, language)).into()
    }

    fn backlinks(&self) -> Value {
        let one = |(permalink, title): &(String, Option<String>)| {
            map_value([("permalink", permalink.as_str().into()), ("title", optional(title.as_ref()))])
        };
        Value::from(self.backlinks.iter().map(one).collect::<Vec<_>>())
    }

    /// `translations` (real ones, on a multilingual site, as in Zola) and `alternates` (all, fallbacks marked).
    fn versions<'v>(&self, versions: impl Iterator<Item = Version<'v>>) -> (Value, Value) {
        let (mut translations, mut alternates) = (vec![], vec![]);
        for version in versions {
            let (language, permalink) = (Value::from(version.language), Value::from(version.permalink));
            if !version.fallback && self.config.is_multilingual() {
                translations.push(map_value([
                    ("lang", language.clone()),
                    ("permalink", permalink.clone()),
                    ("title", version.title.into()),
                    ("path", version.path.into()),
                ]));
            }
            let fallback = version.fallback.into();
            alternates.push(map_value([("lang", language), ("permalink", permalink), ("fallback", fallback)]));
        }
        (translations.into(), alternates.into())
    }

    /// A page's value without its neighbours.
    #[must_use]
    pub fn page(&self, page: &Page, PageBlock { entry, value: block, map: drawn, facets }: &PageBlock<'_>) -> Map {
        let front = &page.front;
        let words = self.rendered.words;
        let mut map = Map::with_capacity(ENTRIES);
        let mut set = |key: &'static str, value: Value| {
            map.insert(key.into(), value);
        };
        set("relative_path", page.source.path.as_str().into());
        set("colocated_path", page.bundle_folder().into());
        set("content", self.rendered.html.as_str().into());
        if let Some(plain) = &self.rendered.plain {
            set("plain_content", plain.as_str().into());
        }
        set("summary", optional(self.rendered.summary.as_ref()));
        set("title", self.text(front.title.as_deref(), page.text_language()));
        set("description", self.text(front.description.as_deref(), page.text_language()));
        set("permalink", page.permalink.as_str().into());
        set("path", page.path.as_str().into());
        set("slug", page.slug.as_str().into());
        set("components", components(&page.path));
        set("date", date(front.date.as_ref()));
        set("updated", date(front.updated.as_ref()));
        set("year", part(front.date.as_ref(), Date::year));
        set("month", part(front.date.as_ref(), Date::month));
        set("day", part(front.date.as_ref(), Date::day));
        let mut taxonomies = Map::new();
        for (name, terms) in &front.taxonomies {
            taxonomies.insert(name.clone().into(), strings(terms));
        }
        set("taxonomies", taxonomies.into());
        set("authors", strings(&front.authors));
        set("extra", json_value(&front.extra.clone().into()));
        set("draft", front.draft.into());
        set("lang", page.language.as_str().into());
        set("toc", toc(&self.rendered.toc));
        set("word_count", words.into());
        set("reading_time", reading_time(words, &page.language).into());
        set("assets", Value::from(page.assets.iter().map(|asset| format!("/{}", asset.path)).collect::<Vec<_>>()));
        set("ancestors", ancestors(&page.ancestors, self.library));
        let versions = self.library.versions_of_page(page, self.config).map(|version| Version {
            language: &version.language,
            permalink: &version.permalink,
            title: version.front.title.as_deref(),
            path: version.source.path.clone(),
            fallback: version.fallback_of.is_some(),
        });
        let (translations, alternates) = self.versions(versions);
        set("translations", translations);
        set("alternates", alternates);
        set("backlinks", self.backlinks());
        set("aliases", strings(&front.aliases));
        set("include_in_feeds", front.include_in_feeds.into());
        set("hidden", page.hidden.into());
        set("fallback", page.fallback_of.is_some().into());
        set("text_lang", page.text_language().into());
        set("kind", block.map_or_else(Value::none, |(kind, _)| Value::from(*kind)));
        // Translations take them from the original.
        set("sources", json_value(&source_values(&entry.sources, &self.config.default_language, self.config)));
        set("verified", date(entry.verified.as_ref()));
        set("verified_long_ago", entry.is_old.into());
        set("example", page.is_example.into());
        set("facets", facets.map_or_else(|| Map::new().into(), Value::from_serializable));
        if let Some((kind, value)) = block {
            set(kind, block_value(value));
        }
        set("map", drawn.map_or_else(Value::none, map_of));
        set("linked_data", self.linked_data(page, entry, *block));
        self.pictures(&mut map, &page.permalink, page.text_language());
        map
    }

    /// The graph of a page, where somebody looks at it.
    #[must_use]
    pub fn linked_data(&self, page: &Page, entry: &Entry, block: Option<&(&'static str, serde_json::Value)>) -> Value {
        let script = self.linked_data.then(|| self.meaning().page(page, self.gallery, entry, block)).flatten();
        script.map_or_else(Value::none, |script| Value::safe_string(&script))
    }

    fn meaning(&self) -> Meaning<'_> {
        Meaning { library: self.library, config: self.config, open_data: self.open_data }
    }

    /// What the pages of a section can be chosen by: `[{name, title, values: [{value, title, permalink, count}]}]`.
    #[must_use]
    pub fn facets(facets: &[SectionFacet]) -> Value {
        let value = |value: &FacetValue| {
            map_value([
                ("value", value.value.as_str().into()),
                ("title", value.title.as_str().into()),
                ("permalink", value.permalink.as_str().into()),
                ("count", value.pages.len().into()),
            ])
        };
        let one = |facet: &SectionFacet| {
            map_value([
                ("name", facet.name.into()),
                ("title", facet.title.as_str().into()),
                ("values", Value::from(facet.values.iter().map(value).collect::<Vec<_>>())),
            ])
        };
        Value::from(facets.iter().map(one).collect::<Vec<_>>())
    }

    /// A section's value without its pages and neighbours.
    #[must_use]
    pub fn section(&self, section: &Section) -> Map {
        let front = &section.front;
        let words = self.rendered.words;
        let mut map = Map::new();
        let mut set = |key: &'static str, value: Value| {
            map.insert(key.into(), value);
        };
        set("relative_path", section.relative_path().into());
        let folder = (!section.folders.is_empty()).then(|| format!("{}/", section.folders.join("/")));
        set("colocated_path", folder.into());
        set("content", self.rendered.html.as_str().into());
        if let Some(plain) = &self.rendered.plain {
            set("plain_content", plain.as_str().into());
        }
        set("permalink", section.permalink.as_str().into());
        set("path", section.path.as_str().into());
        set("components", components(&section.path));
        set("title", self.text(front.title.as_deref(), section.text_language()));
        set("description", self.text(front.description.as_deref(), section.text_language()));
        set("extra", json_value(&front.extra.clone().into()));
        set("toc", toc(&self.rendered.toc));
        set("word_count", words.into());
        set("reading_time", reading_time(words, &section.language).into());
        set("lang", section.language.as_str().into());
        set("draft", front.draft.into());
        let name = |asset: &crate::source::Asset| {
            format!("{}{}", section.path, asset.path.rsplit('/').next().unwrap_or_default())
        };
        set("assets", Value::from(section.assets.iter().map(name).collect::<Vec<_>>()));
        set("ancestors", ancestors(&section.ancestors, self.library));
        set("subsections", ancestors(&section.subsections, self.library));
        set("ignored_subsections", ancestors(&section.ignored_subsections, self.library));
        set("hidden", section.hidden.into());
        let versions = self.library.versions_of_section(section, self.config).map(|version| Version {
            language: &version.language,
            permalink: &version.permalink,
            title: version.front.title.as_deref(),
            path: version.relative_path(),
            fallback: version.fallback_of.is_some(),
        });
        let (translations, alternates) = self.versions(versions);
        set("translations", translations);
        set("alternates", alternates);
        set("backlinks", self.backlinks());
        set("generate_feeds", front.generate_feeds.into());
        set("has_feed", self.has_feed(section).into());
        set("transparent", front.transparent.into());
        set("paginate_by", front.paginate_by.into());
        set("paginate_reversed", front.paginate_reversed.into());
        set("aliases", strings(&front.aliases));
        set("fallback", section.fallback_of.is_some().into());
        set("text_lang", section.text_language().into());
        set("kind", Value::none());
        set("sources", Value::from(Vec::<Value>::new()));
        set("verified", Value::none());
        set("verified_long_ago", false.into());
        set("example", false.into());
        let script = self.meaning().section(section, self.gallery);
        map.insert("linked_data".into(), script.map_or_else(Value::none, |script| Value::safe_string(&script)));
        self.pictures(&mut map, &section.permalink, section.text_language());
        map
    }

    /// Whether a section has a feed: with a page in it.
    fn has_feed(&self, section: &Section) -> bool {
        let is_in_feed = |id: &PageId| {
            let page = &self.library.pages[*id];
            let is_shown = page.front.render && page.fallback_of.is_none() && !page.hidden;
            is_shown && page.front.date.is_some() && page.front.include_in_feeds
        };
        let feeds = section.front.generate_feeds && section.fallback_of.is_none();
        feeds && section.pages.iter().any(is_in_feed)
    }

    /// What a page or section says of its pictures.
    fn pictures(&self, map: &mut Map, permalink: &str, language: &str) {
        let values = PictureValues { config: self.config, permalink, language };
        map.insert("cover".into(), values.cover(self.gallery));
        map.insert("gallery".into(), values.gallery(self.gallery));
    }
}

/// One version of a page or section.
struct Version<'a> {
    language: &'a str,
    permalink: &'a str,
    title: Option<&'a str>,
    path: String,
    fallback: bool,
}

/// A taxonomy's configuration with its slug.
pub(crate) fn taxonomy(taxonomy: &Taxonomy) -> Value {
    let mut map = Value::from_serializable(&taxonomy.config).into_map().unwrap_or_default();
    map.insert("slug".into(), taxonomy.slug.as_str().into());
    map.into()
}

/// A term, with the values of its pages.
pub(crate) fn term(term: &Term, page: impl Fn(PageId) -> Value) -> Value {
    map_value([
        ("name", term.name.as_str().into()),
        ("slug", term.slug.as_str().into()),
        ("path", term.path.as_str().into()),
        ("permalink", term.permalink.as_str().into()),
        ("pages", Value::from(term.pages.iter().map(|id| page(*id)).collect::<Vec<_>>())),
        ("page_count", term.pages.len().into()),
    ])
}

/// `config` as templates of one language see it.
pub(super) fn config(project: &Project, language: &str, extra: &Value) -> Value {
    let config = &project.config;
    let options = config.language(language);
    let mut languages = Map::new();
    for code in config.language_codes().filter(|code| *code != language) {
        languages.insert(code.to_string().into(), Value::from_serializable(config.language(code)));
    }
    let mut map = Map::new();
    let mut set = |key: &'static str, value: Value| {
        map.insert(key.into(), value);
    };
    set("base_url", config.base_url.as_str().into());
    set("mode", project.mode.as_str().into());
    set("today", project.today.to_string().into());
    set("title", optional(options.title.as_ref()));
    set("description", optional(options.description.as_ref()));
    set("author", optional(config.author.as_ref()));
    set("default_language", config.default_language.as_str().into());
    set("languages", languages.into());
    set("generate_feed", options.generate_feeds.into());
    set("generate_feeds", options.generate_feeds.into());
    set("feed_filenames", strings(&options.feed_filenames()));
    set("taxonomies", Value::from_serializable(&options.taxonomies));
    set("build_search_index", options.build_search_index.into());
    set("search", map_value([("index_format", Value::from_serializable(&options.search().index_format))]));
    set("extra", extra.clone());
    set("markdown", Value::from_serializable(&config.markdown));
    set("generate_sitemap", config.generate_sitemap.into());
    set("generate_robots_txt", config.generate_robots_txt.into());
    set("exclude_paginated_pages_in_sitemap", Value::from_serializable(&config.exclude_paginated_pages_in_sitemap));
    map.into()
}
