//! Taxonomies and their terms.

use std::collections::BTreeMap;

use super::sort::newest_first;
use super::{Page, PageId, slugify};
use crate::config::{Config, TaxonomyConfig};

/// One taxonomy of one language.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    /// Its configuration.
    pub config: TaxonomyConfig,
    /// Language.
    pub language: String,
    /// Its part of addresses: configured, or made from its name.
    pub slug: String,
    /// Path, with slashes at both ends.
    pub path: String,
    /// Full address.
    pub permalink: String,
    /// Terms sorted by slug.
    pub terms: Vec<Term>,
}

/// One term of a taxonomy.
#[derive(Debug, Clone)]
pub struct Term {
    /// Name, as the first page in alphabetical order of names wrote it.
    pub name: String,
    /// Slug.
    pub slug: String,
    /// Path, with slashes at both ends.
    pub path: String,
    /// Full address.
    pub permalink: String,
    /// Pages, newest first, then those without a date.
    pub pages: Vec<PageId>,
}

impl Taxonomy {
    /// Items on one pager, when it is paginated.
    #[must_use]
    pub fn paginate_by(&self) -> Option<usize> {
        self.config.paginate_by.filter(|by| *by > 0)
    }
}

/// Collects the taxonomies of every language.
pub(super) fn collect(config: &Config, pages: &[Page]) -> Vec<Taxonomy> {
    let mut taxonomies = vec![];
    for language in config.language_codes() {
        for taxonomy in &config.language(language).taxonomies {
            taxonomies.push(one(config, language, taxonomy.clone(), pages));
        }
    }
    taxonomies
}

fn one(config: &Config, language: &str, taxonomy: TaxonomyConfig, pages: &[Page]) -> Taxonomy {
    let mode = config.slugify.taxonomies;
    let slug = slugify(taxonomy.slug.as_ref().unwrap_or(&taxonomy.name), mode);
    let root = config.taxonomy_root.as_deref().map_or_else(String::new, |root| format!("{}/", root.trim_matches('/')));
    let path = format!("/{}{root}{slug}/", config.language_prefix(language));
    let mut by_slug: BTreeMap<String, (Vec<&str>, Vec<PageId>)> = BTreeMap::new();
    for (id, page) in pages.iter().enumerate() {
        let listed = page.language == language && page.front.render && !page.hidden && page.fallback_of.is_none();
        if !listed {
            continue;
        }
        for name in page.front.taxonomies.get(&taxonomy.name).into_iter().flatten() {
            let (names, ids) = by_slug.entry(slugify(name, mode)).or_default();
            names.push(name);
            ids.push(id);
        }
    }
    let terms = by_slug
        .into_iter()
        .map(|(slug, (names, mut ids))| {
            ids.sort_by(|a, b| newest_first(&pages[*a], &pages[*b]));
            ids.dedup();
            let path = format!("{path}{slug}/");
            Term {
                name: names.into_iter().min().unwrap_or_default().to_string(),
                permalink: config.permalink(&path),
                path,
                slug,
                pages: ids,
            }
        })
        .collect();
    Taxonomy { permalink: config.permalink(&path), config: taxonomy, language: language.into(), slug, path, terms }
}
