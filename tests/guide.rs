//! The real guide: every link leads somewhere, every page is in both languages and can be reached by clicking.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use scraper::{Html, Selector};

const BASE: &str = "https://nowahuta.example";

/// What a page says, as far as these tests ask.
struct Page {
    language: String,
    ids: BTreeSet<String>,
    links: Vec<String>,
    alternates: BTreeMap<String, String>,
    noindex: bool,
    canonical: Option<String>,
}

fn pages(files: &common::Files) -> BTreeMap<String, Page> {
    let select = |selector: &str| Selector::parse(selector).unwrap();
    let (html, with_id, links) = (select("html"), select("[id]"), select("a[href]"));
    let (alternate, robots, canonical) =
        (select("link[hreflang]"), select("meta[name=robots]"), select("link[rel=canonical]"));
    files
        .paths()
        .into_iter()
        .filter(|path| std::path::Path::new(path).extension().is_some_and(|extension| extension == "html"))
        .map(|path| {
            let page = Html::parse_document(&files.text(path));
            let attribute = |element: scraper::ElementRef<'_>, name: &str| {
                element.value().attr(name).unwrap_or_default().to_string()
            };
            let of =
                |selector: &Selector, name: &str| page.select(selector).map(|e| attribute(e, name)).collect::<Vec<_>>();
            let page = Page {
                language: of(&html, "lang").pop().unwrap_or_default(),
                ids: of(&with_id, "id").into_iter().collect(),
                links: of(&links, "href"),
                alternates: page.select(&alternate).map(|e| (attribute(e, "hreflang"), attribute(e, "href"))).collect(),
                noindex: of(&robots, "content").iter().any(|content| content.contains("noindex")),
                canonical: of(&canonical, "href").pop(),
            };
            (address(path), page)
        })
        .collect()
}

/// The address of a file of the site.
fn address(path: &str) -> String {
    format!("{BASE}/{}", path.strip_suffix("index.html").unwrap_or(path))
}

#[test]
fn every_link_and_anchor_resolves() {
    let output = tempfile::tempdir().unwrap();
    let files = common::build_guide(&output.path().join("site"));
    let pages = pages(&files);
    let mut broken = vec![];
    for (from, page) in &pages {
        for link in &page.links {
            let target = if link.starts_with('#') { format!("{from}{link}") } else { link.clone() };
            let Some(below) = target.strip_prefix(BASE) else {
                assert!(!link.starts_with('/') && link.contains(':'), "{from}: {link} is not an absolute address");
                continue;
            };
            let (path, anchor) = below.split_once('#').map_or((below, None), |(path, anchor)| (path, Some(anchor)));
            let path = path.split('?').next().unwrap().trim_start_matches('/');
            let file =
                if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_string() };
            let anchor_exists =
                anchor.is_none_or(|anchor| pages.get(&address(&file)).is_some_and(|page| page.ids.contains(anchor)));
            if !files.has(&file) || !anchor_exists {
                broken.push(format!("{from}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Whether it is for the frames of other sites: nothing in the guide leads there.
fn is_twin(address: &str) -> bool {
    address.contains("/embed/")
}

#[test]
fn every_page_has_its_counterpart() {
    let output = tempfile::tempdir().unwrap();
    let files = common::build_guide(&output.path().join("site"));
    let pages = pages(&files);
    assert!(pages.len() > 60, "only {} pages", pages.len());
    for (address, page) in pages.iter().filter(|(address, _)| !address.ends_with("/404.html")) {
        let language = if address.starts_with(&format!("{BASE}/en/")) { "en" } else { "pl" };
        assert_eq!(page.language, language, "{address}");
        // A twin names the page that it shows, and the other twins.
        if is_twin(address) {
            assert!(page.noindex && page.canonical.as_ref().is_some_and(|of| pages.contains_key(of)), "{address}");
            continue;
        }
        if page.noindex {
            assert!(page.alternates.is_empty(), "{address} is a fallback and must not claim to be a translation");
            continue;
        }
        assert_eq!(page.canonical.as_ref(), Some(address));
        assert_eq!(page.alternates.get(language), Some(address), "{address} does not name itself");
        let other = if language == "pl" { "en" } else { "pl" };
        let counterpart = &page.alternates[other];
        assert_eq!(pages[counterpart].alternates.get(language), Some(address), "{address} and {counterpart}");
        assert!(page.links.contains(counterpart), "{address} has no link to {counterpart}");
    }
}

#[test]
fn every_page_can_be_reached_by_clicking() {
    let output = tempfile::tempdir().unwrap();
    let files = common::build_guide(&output.path().join("site"));
    let pages = pages(&files);
    for home in [format!("{BASE}/"), format!("{BASE}/en/")] {
        let language = &pages[&home].language;
        let mut seen = BTreeSet::new();
        let mut next = vec![home.clone()];
        while let Some(address) = next.pop() {
            let Some(page) = pages.get(&address).filter(|page| page.language == *language) else { continue };
            if seen.insert(address) {
                next.extend(page.links.iter().map(|link| link.split('#').next().unwrap().to_string()));
            }
        }
        let lost: Vec<&String> = pages
            .iter()
            .filter(|(address, page)| {
                page.language == *language
                    && !seen.contains(*address)
                    && !address.ends_with("/404.html")
                    && !is_twin(address)
            })
            .map(|(address, _)| address)
            .collect();
        assert!(lost.is_empty(), "not reachable from {home}: {lost:#?}");
    }
}
