//! What the pages of a section can be chosen by: a page of links for each value that occurs.

use std::collections::BTreeMap;

use schemars::{Schema, json_schema};

use super::{Guide, KINDS, Values};
use crate::config::{Config, Slugify};
use crate::content::{Library, PageId, Section, SectionId, slugify};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, help_with_suggestion};
use crate::markdown::typeset_for;
use crate::source::{Step, Value};
use crate::text;

/// Front matter key of sections.
pub(super) const KEY: &str = "facets";

/// One way to choose among pages of a kind.
#[derive(Debug)]
pub struct Facet {
    /// Its name in `facets` of a section; `facet.NAME` is its word for readers.
    pub name: &'static str,
    /// Dotted path of its value or values in the block's value.
    pub path: &'static str,
    /// What the words for its values begin with: `area` for `area.culture`. Empty where values are names of
    /// organisations.
    pub words: &'static str,
}

/// A facet of a section with the values that occur.
#[derive(Debug, Clone)]
pub struct SectionFacet {
    /// Its name.
    pub name: &'static str,
    /// Its name for readers.
    pub title: String,
    /// Its values, in the order of their titles, or of the words where the site lists them.
    pub values: Vec<FacetValue>,
}

/// One value of a facet: a page that lists what has it.
#[derive(Debug, Clone)]
pub struct FacetValue {
    /// As pages write it.
    pub value: String,
    /// For readers.
    pub title: String,
    /// Address below the base address, with slashes at both ends.
    pub path: String,
    /// Full address.
    pub permalink: String,
    /// The pages that have it, in the order of the section.
    pub pages: Vec<PageId>,
    /// Language and address of the same list in every language that has it.
    pub alternates: Vec<(String, String)>,
}

/// What the versions of a list share: canonical path of the section, facet, value.
type ListKey = (String, &'static str, String);

/// The facets of all sections.
#[derive(Debug, Default)]
pub struct Facets {
    sections: BTreeMap<SectionId, Vec<SectionFacet>>,
    pages: BTreeMap<PageId, BTreeMap<&'static str, Vec<String>>>,
}

impl Facets {
    /// Finds the values that occur. Examples are not counted: they are nobody's answer.
    #[must_use]
    pub fn build(
        library: &Library,
        guide: &Guide,
        values: &Values,
        config: &Config,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut facets = Self::default();
        for (id, section) in library.sections.iter().enumerate() {
            let own = asked(section, library, config, diagnostics);
            let own = own.into_iter().filter_map(|name| section_facet(section, name, library, guide, values, config));
            let own: Vec<SectionFacet> = own.collect();
            for facet in &own {
                for value in &facet.values {
                    for page in &value.pages {
                        let of = facets.pages.entry(*page).or_default().entry(facet.name).or_default();
                        of.push(value.value.clone());
                    }
                }
            }
            if !own.is_empty() {
                facets.sections.insert(id, own);
            }
        }
        facets.pair(library);
        facets
    }

    /// The facets of a section.
    #[must_use]
    pub fn of_section(&self, section: SectionId) -> &[SectionFacet] {
        self.sections.get(&section).map_or(&[], Vec::as_slice)
    }

    /// The values a page has, by the name of the facet.
    #[must_use]
    pub fn of_page(&self, page: PageId) -> Option<&BTreeMap<&'static str, Vec<String>>> {
        self.pages.get(&page)
    }

    /// Every list, with its section.
    pub fn lists(&self) -> impl Iterator<Item = (SectionId, &SectionFacet, &FacetValue)> {
        let facets = self.sections.iter().flat_map(|(id, facets)| facets.iter().map(|facet| (*id, facet)));
        facets.flat_map(|(id, facet)| facet.values.iter().map(move |value| (id, facet, value)))
    }

    /// Joins the versions of each list in all languages.
    fn pair(&mut self, library: &Library) {
        let mut versions: BTreeMap<ListKey, Vec<(String, String)>> = BTreeMap::new();
        let key = |id: SectionId, facet: &SectionFacet, value: &FacetValue| {
            (library.sections[id].canonical.clone(), facet.name, value.value.clone())
        };
        for (id, facet, value) in self.lists() {
            let language = library.sections[id].language.clone();
            versions.entry(key(id, facet, value)).or_default().push((language, value.permalink.clone()));
        }
        for (id, facets) in &mut self.sections {
            for facet in facets {
                let (name, canonical) = (facet.name, &library.sections[*id].canonical);
                for value in &mut facet.values {
                    let found = versions.get(&(canonical.clone(), name, value.value.clone()));
                    value.alternates = found.cloned().unwrap_or_default();
                }
            }
        }
    }
}

/// A facet of a section with the values that occur; `None` when no page of it has one.
fn section_facet(
    section: &Section,
    name: &str,
    library: &Library,
    guide: &Guide,
    values: &Values,
    config: &Config,
) -> Option<SectionFacet> {
    let words = &config.language(&section.language).translations;
    let mut found: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
    let mut facet = None;
    for page in section.pages.iter().copied().filter(|page| !library.pages[*page].is_example) {
        let Some((kind, value)) = values.of(page) else { continue };
        let kind = KINDS.iter().find(|known| known.name == *kind)?;
        let Some(of) = kind.facets.iter().find(|facet| facet.name == name) else { continue };
        facet = Some(of);
        let mut own = texts_at(value, of.path);
        own.sort();
        own.dedup();
        for value in own {
            found.entry(value).or_default().push(page);
        }
    }
    let facet = facet?;
    let word = |key: &str, or: &str| words.get(key).cloned().unwrap_or_else(|| or.to_string());
    let title = word(&format!("facet.{name}"), name);
    let folder = slugify(&title, Slugify::On);
    let mut values: Vec<FacetValue> = found
        .into_iter()
        .map(|(value, pages)| {
            let title = if facet.words.is_empty() {
                let of = guide.named(library, pages[0], "organisation", &value);
                of.and_then(|of| library.pages[of].front.title.clone()).unwrap_or_else(|| value.clone())
            } else {
                word(&format!("{}.{value}", facet.words), &value)
            };
            let slug = slugify(&title, Slugify::On);
            let path = format!("{}{folder}/{slug}/", section.path);
            let permalink = config.permalink(&path);
            let title = typeset_for(config, &title, &section.language);
            FacetValue { value, title, path, permalink, pages, alternates: vec![] }
        })
        .collect();
    values.sort_by(|a, b| crate::language::compare(&section.language, &a.title, &b.title));
    (!values.is_empty()).then_some(SectionFacet { name: facet.name, title, values })
}

/// The facets a section asks for, its original's where it is a translation; what no kind has is an error.
fn asked<'l>(
    section: &'l Section,
    library: &'l Library,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Vec<&'l str> {
    let original = library.section(&section.canonical, &config.default_language).map(|id| &library.sections[id]);
    let said = section.blocks.get(KEY).map(|value| (section, value));
    let Some((of, value)) = said.or_else(|| original.and_then(|original| Some((original, original.blocks.get(KEY)?))))
    else {
        return vec![];
    };
    let known = names();
    let Some(list) = value.as_array() else {
        complain(of, section, &[Step::key(KEY)], &value.to_string(), &known, diagnostics);
        return vec![];
    };
    let mut names = vec![];
    for (at, name) in list.iter().enumerate() {
        if let Some(name) = name.as_str().filter(|name| known.contains(name)) {
            names.push(name);
        } else {
            let name = name.as_str().map_or_else(|| name.to_string(), str::to_string);
            complain(of, section, &[Step::key(KEY), Step::Index(at)], &name, &known, diagnostics);
        }
    }
    names
}

/// Names of the facets of all kinds.
fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = KINDS.iter().flat_map(|kind| kind.facets).map(|facet| facet.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// JSON Schema of what a section says to this file.
pub(super) fn schema() -> Schema {
    json_schema!({
        "type": "object",
        "properties": {
            KEY: {
                "type": "array",
                "items": { "type": "string", "enum": names() },
                "description": "Lists to choose from: by what readers can choose among the pages, for example areas.\n\n\
                    pl: Listy do wyboru – według czego czytelnicy mogą wybierać strony, np. areas.",
            },
        },
    })
}

/// Told once, at the section that says it.
fn complain(of: &Section, asking: &Section, path: &[Step], name: &str, known: &[&str], diagnostics: &mut Diagnostics) {
    let Some(source) = of.source.as_ref().filter(|_| std::ptr::eq(of, asking) && asking.fallback_of.is_none()) else {
        return;
    };
    diagnostics.push(
        Diagnostic::error(
            Code::UnknownFacet,
            source.front.value_span(&source.text, path),
            text!("stron nie da się wybierać według „{name}”", "pages cannot be chosen by `{name}`"),
        )
        .help(help_with_suggestion(name, known)),
    );
}

/// All texts at a dotted path of a value; a list on the way is gone through.
#[must_use]
pub fn texts_at(value: &Value, path: &str) -> Vec<String> {
    match value {
        Value::Array(list) => match path.split_once('.').map_or(path, |(first, _)| first).parse::<usize>() {
            Ok(at) => list
                .get(at)
                .map_or_else(Vec::new, |item| texts_at(item, path.split_once('.').map_or("", |(_, rest)| rest))),
            Err(_) => list.iter().flat_map(|item| texts_at(item, path)).collect(),
        },
        Value::Object(table) => {
            let (first, rest) = path.split_once('.').unwrap_or((path, ""));
            table.get(first).map_or_else(Vec::new, |value| texts_at(value, rest))
        }
        Value::String(text) if path.is_empty() => vec![text.clone()],
        Value::Number(number) if path.is_empty() => vec![number.to_string()],
        Value::Bool(yes) if path.is_empty() => vec![yes.to_string()],
        _ => vec![],
    }
}
