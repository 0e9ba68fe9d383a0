//! `sitemap.xml`, with the versions of each page in other languages.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;

use crate::config::{Config, ExcludePaginated};
use crate::content::{PageDate, pagers};
use crate::gallery::Gallery;
use crate::render::{Output, base_context};
use crate::template::{Store, json_value, map_value};

/// From this many addresses on the sitemap is an index of several: readers take at most 50,000 in one (sitemaps.org).
const MOST_ENTRIES: usize = 30_000;

/// One address of the sitemap.
struct Entry {
    updated: Option<String>,
    extra: Value,
    /// Language and address of every version, its own included; empty when there is only one.
    alternates: Vec<(String, String)>,
    /// Addresses of its pictures.
    images: Vec<String>,
}

pub(super) fn outputs(store: &Arc<Store>) -> Vec<Output> {
    let config = &store.project.config;
    if !config.generate_sitemap {
        return vec![];
    }
    let mut entries = entries(store);
    let hreflang = config.sitemap_hreflang;
    if !hreflang {
        for entry in entries.values_mut() {
            entry.alternates.clear();
        }
    }
    let images = config.sitemap_images;
    if !images {
        for entry in entries.values_mut() {
            entry.images.clear();
        }
    }
    let values: Vec<Value> = entries.into_iter().map(|(permalink, entry)| entry_value(&permalink, &entry)).collect();
    let one = |path: &str, template: &str, key: &'static str, values: Vec<Value>| {
        let (own, values) = (Arc::clone(store), Value::from(values));
        let context = move || {
            let mut context = base_context(&own, &own.project.config.default_language, None);
            context.insert_value(key, values.clone());
            context.insert("hreflang", &hreflang);
            context.insert("images", &images);
            context
        };
        Output::template(path, template, context, None)
    };
    let parts = parts(values, MOST_ENTRIES);
    let mut outputs: Vec<Output> = vec![];
    // One numbered file alone needs an index too: readers ask for `sitemap.xml`.
    if parts.iter().any(|(path, _)| path != "sitemap.xml") {
        let addresses = parts.iter().map(|(path, _)| Value::from(config.permalink(path))).collect();
        outputs.push(one("sitemap.xml", "split_sitemap_index.xml", "sitemaps", addresses));
    }
    outputs.extend(parts.into_iter().map(|(path, values)| one(&path, "sitemap.xml", "entries", values)));
    outputs
}

/// The entries of each file: all in `sitemap.xml`, or from `most` on in `sitemap1.xml`, `sitemap2.xml` and so on.
fn parts<T: Clone>(entries: Vec<T>, most: usize) -> Vec<(String, Vec<T>)> {
    if entries.len() < most {
        return vec![("sitemap.xml".into(), entries)];
    }
    let numbered = |(at, part): (usize, &[T])| (format!("sitemap{}.xml", at + 1), part.to_vec());
    entries.chunks(most).enumerate().map(numbered).collect()
}

fn entry_value(permalink: &str, entry: &Entry) -> Value {
    let alternate = |(language, permalink): &(String, String)| {
        map_value([("lang", language.as_str().into()), ("permalink", permalink.as_str().into())])
    };
    map_value([
        ("permalink", permalink.into()),
        ("updated", entry.updated.clone().into()),
        ("extra", entry.extra.clone()),
        ("alternates", Value::from(entry.alternates.iter().map(alternate).collect::<Vec<_>>())),
        ("images", Value::from(entry.images.iter().map(|image| Value::from(image.as_str())).collect::<Vec<_>>())),
    ])
}

/// Everything that is written and has its own text, by address. Fallbacks repeat another page and stay out.
fn entries(store: &Store) -> BTreeMap<String, Entry> {
    let (config, library) = (&store.project.config, &store.library);
    let mut entries = BTreeMap::new();
    let plain = || Entry { updated: None, extra: Value::none(), alternates: vec![], images: vec![] };
    let pages = library.pages.iter().enumerate();
    for (id, page) in pages.filter(|(_, page)| page.front.render && page.fallback_of.is_none() && !page.is_example) {
        let date = page.front.updated.as_ref().or(page.front.date.as_ref()).map(|date: &PageDate| date.text.clone());
        let versions = library.versions_of_page(page, config);
        let versions = versions.filter(|version| version.fallback_of.is_none() && version.front.render);
        let alternates = several(versions.map(|version| (&version.language, &version.permalink)));
        let extra = json_value(&page.front.extra.clone().into());
        entries.insert(
            page.permalink.clone(),
            Entry {
                updated: date,
                extra,
                alternates,
                images: images(store.galleries.page(id), config, &page.permalink),
            },
        );
    }
    for (id, _, value) in store.facets.lists() {
        let section = &library.sections[id];
        if section.front.render && section.fallback_of.is_none() {
            let alternates = several(value.alternates.iter().map(|(language, permalink)| (language, permalink)));
            entries.insert(value.permalink.clone(), Entry { alternates, ..plain() });
        }
    }
    let sections = library.sections.iter().enumerate();
    for (id, section) in sections.filter(|(_, section)| section.front.render && section.fallback_of.is_none()) {
        let versions = library.versions_of_section(section, config);
        let versions = versions.filter(|version| version.fallback_of.is_none() && version.front.render);
        let alternates = several(versions.map(|version| (&version.language, &version.permalink)));
        let extra = json_value(&section.front.extra.clone().into());
        entries.insert(
            section.permalink.clone(),
            Entry {
                updated: None,
                extra,
                alternates,
                images: images(store.galleries.section(id), config, &section.permalink),
            },
        );
        let by = section.paginate_by().filter(|_| !section.pages.is_empty());
        if let Some(by) = by.filter(|_| config.exclude_paginated_pages_in_sitemap == ExcludePaginated::None) {
            for pager in pagers(&section.path, &section.front.paginate_path, &section.pages, by, false) {
                entries.insert(config.permalink(&pager.numbered_path), plain());
            }
        }
    }
    for taxonomy in library.taxonomies.iter().filter(|taxonomy| taxonomy.config.is_rendered()) {
        if !taxonomy.terms.is_empty() {
            entries.insert(taxonomy.permalink.clone(), plain());
        }
        for term in &taxonomy.terms {
            entries.insert(term.permalink.clone(), plain());
            if let Some(by) =
                taxonomy.paginate_by().filter(|_| config.exclude_paginated_pages_in_sitemap == ExcludePaginated::None)
            {
                for pager in pagers(&term.path, taxonomy.config.paginate_path(), &term.pages, by, false) {
                    entries.insert(config.permalink(&pager.numbered_path), plain());
                }
            }
        }
    }
    entries
}

/// Addresses of the pictures that a page shows, the lead picture first.
fn images(gallery: &Gallery, config: &Config, page: &str) -> Vec<String> {
    gallery.all().map(|(exhibit, _)| exhibit.permalink(config, page)).collect()
}

/// Language and address of every version; a page with one version needs no list of versions.
fn several<'a>(versions: impl Iterator<Item = (&'a String, &'a String)>) -> Vec<(String, String)> {
    let versions: Vec<(String, String)> =
        versions.map(|(language, permalink)| (language.clone(), permalink.clone())).collect();
    if versions.len() > 1 { versions } else { vec![] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_addresses_take_several_files() {
        let names = |count: usize| {
            parts((0..count).collect(), 3).into_iter().map(|(path, part)| (path, part.len())).collect::<Vec<_>>()
        };
        assert_eq!(names(2), [("sitemap.xml".into(), 2)]);
        assert_eq!(names(3), [("sitemap1.xml".into(), 3)]);
        assert_eq!(names(4), [("sitemap1.xml".into(), 3), ("sitemap2.xml".into(), 1)]);
    }

    #[test]
    fn one_version_has_no_others() {
        let [pl, en] = ["pl", "en"].map(|language| (language.to_string(), format!("https://a/{language}/")));
        let of =
            |versions: &[&(String, String)]| several(versions.iter().map(|(language, address)| (language, address)));
        assert!(of(&[]).is_empty() && of(&[&pl]).is_empty());
        assert_eq!(of(&[&pl, &en]), [pl.clone(), en.clone()]);
        let entry = Entry {
            updated: Some("2026-01-02".into()),
            extra: Value::none(),
            alternates: vec![pl],
            images: vec!["https://a/b.png".into()],
        };
        let value = serde_json::to_value(entry_value("https://a/", &entry)).unwrap();
        assert_eq!(
            value,
            serde_json::json!({
                "permalink": "https://a/", "updated": "2026-01-02", "extra": null,
                "alternates": [{ "lang": "pl", "permalink": "https://a/pl/" }], "images": ["https://a/b.png"],
            })
        );
    }
}
