//! What becomes of the files of a site: addresses, order, translations, fallbacks, terms.

use std::path::PathBuf;
use std::sync::Arc;

use super::*;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};
use crate::source::{Asset, ContentName, Source, WalkedContent};

const LANGUAGES: &str = "base_url = \"https://example.org\"\ndefault_language = \"pl\"\n";

/// A library and what is said of it.
struct Made {
    config: Config,
    library: Library,
    said: Vec<String>,
    told: Vec<Diagnostic>,
}

/// The library of these files, a path below `content/` and the front matter; files that are no Markdown have none.
fn made(config: &str, files: &[(&str, &str)]) -> Made {
    made_with(config, files, false, &[])
}

fn made_with(config: &str, files: &[(&str, &str)], drafts: bool, lost: &[&str]) -> Made {
    let mut config: Config = toml::from_str(&format!("{LANGUAGES}{config}")).unwrap();
    // The name decides what is trusted.
    config.source.file = "huta.toml".into();
    let mut content = WalkedContent { complete: lost.is_empty(), ..WalkedContent::default() };
    for (path, front) in files {
        if path.strip_suffix(".md").is_some() {
            let source = Source::thin(path, &format!("---\n{front}\n---\n"), "", &config).expect("front matter");
            content.sources.push(Arc::new(source));
        } else {
            content.assets.push(Asset { path: (*path).to_string(), file: PathBuf::from(path) });
        }
    }
    content.sources.sort_by(|a, b| a.path.cmp(&b.path));
    content.lost = lost.iter().map(|path| ContentName::parse(path, config.is_multilingual())).collect();
    let mut diagnostics = Diagnostics::default();
    let keys = BlockKeys { pages: &["place"], sections: &["facets"] };
    let library = Library::build(&config, content, drafts, keys, &mut diagnostics);
    let told = diagnostics.sorted();
    let said = |found: &Diagnostic| {
        let place = |span: &Span| format!(" {}:{}", span.file.trim_start_matches("content/"), span.line);
        format!("{}{}", found.code.as_str(), found.span.as_ref().map_or(String::new(), place))
    };
    Made { said: told.iter().map(said).collect(), told, config, library }
}

impl Made {
    fn page(&self, path: &str, language: &str) -> &Page {
        &self.library.pages[self.library.page(path, language).unwrap_or_else(|| panic!("{path} {language}"))]
    }

    fn section(&self, path: &str, language: &str) -> &Section {
        &self.library.sections[self.library.section(path, language).unwrap_or_else(|| panic!("{path} {language}"))]
    }

    /// Names of the pages of a section, and of those it leaves out.
    fn listed(&self, path: &str, language: &str) -> (Vec<&str>, Vec<&str>) {
        let section = self.section(path, language);
        let names = |ids: &[PageId]| ids.iter().map(|id| self.library.pages[*id].reference()).collect();
        (names(&section.pages), names(&section.ignored_pages))
    }
}

#[test]
fn addresses_are_made_of_names() {
    let site = made(
        "[languages.en]\n",
        &[
            ("_index.md", "title: S"),
            ("a/_index.md", "slug: Łąki i pola"),
            ("a/_index.en.md", "slug: meadows"),
            ("a/b/2026-01-02-Żółw.md", "title: Z"),
            ("a/b/_index.md", "title: B"),
            ("a/c/index.md", "title: C"),
            ("a/c/index.en.md", "slug: See"),
            ("d.md", "path: /x/Y/"),
            ("d.en.md", "path: x/d"),
            ("e.md", "slug: inny\ndate: 2025-05-06"),
        ],
    );
    assert_eq!(site.said, [] as [&str; 0]);
    let page = |path: &str, language: &str| {
        let page = site.page(path, language);
        (page.path.as_str(), page.slug.as_str(), page.front.date.as_ref().map(|date| date.text.as_str()))
    };
    assert_eq!(page("a/b/2026-01-02-Żółw.md", "pl"), ("/laki-i-pola/b/zolw/", "zolw", Some("2026-01-02")));
    assert_eq!(page("a/c/index.md", "pl"), ("/laki-i-pola/c/", "c", None));
    assert_eq!(page("a/c/index.md", "en"), ("/en/meadows/see/", "see", None));
    assert_eq!((page("d.md", "pl").0, page("d.md", "en").0), ("/x/Y/", "/x/d/"));
    assert_eq!(page("e.md", "pl"), ("/inny/", "inny", Some("2025-05-06")));
    assert_eq!(site.section("a/b/_index.md", "pl").path, "/laki-i-pola/b/");
    assert_eq!(site.section("a/_index.md", "en").permalink, "https://example.org/en/meadows/");
    // A language without a home has one.
    assert_eq!(
        (site.section("_index.md", "en").path.as_str(), site.section("_index.md", "en").source.is_none()),
        ("/en/", true)
    );
    assert_eq!(site.library.page("d.md", "de"), None);
    let section = site.section("a/b/_index.md", "pl");
    assert_eq!(
        (section.slug(), section.folder().as_str(), section.is_root(), section.relative_path().as_str()),
        ("b", "a/b/", false, "a/b/_index.md")
    );
    let kept = made("[slugify]\npaths_keep_dates = true\n", &[("2026-01-02-a.md", "title: A")]);
    assert_eq!(kept.page("2026-01-02-a.md", "pl").path, "/2026-01-02-a/");
    let home = kept.section("_index.md", "pl");
    assert_eq!((home.slug(), home.folder().as_str(), home.is_root(), home.text_language()), ("", "", true, "pl"));
    assert_eq!(home.relative_path(), "_index.md");
}

#[test]
fn translations_inherit_what_they_do_not_say() {
    let files = [
        ("a.md", "title: A\ndate: 2026-01-02\nweight: 3\nauthors: [X]\nextra: { a: 1, b: 2 }\naliases: [old]"),
        ("a.en.md", "title: B\nweight: 4\nextra: { b: 3 }"),
        ("b.en.md", "title: alone"),
        ("c/_index.md", "sort_by: title\nextra: { a: 1 }\nslug: ce"),
        ("c/_index.en.md", "title: C"),
    ];
    let site = made("[languages.en]\ninherit = true\n", &files);
    assert_eq!(site.said, ["original-missing b.en.md:0"]);
    let english = &site.page("a.md", "en").front;
    assert_eq!(
        (english.title.as_deref(), english.weight, english.authors.as_slice()),
        (Some("B"), Some(4), &["X".to_string()][..])
    );
    assert_eq!(english.date.as_ref().unwrap().text, "2026-01-02");
    assert_eq!((&english.extra["a"], &english.extra["b"], english.aliases.len()), (&1.into(), &3.into(), 0));
    let section = &site.section("c/_index.md", "en").front;
    assert_eq!((section.sort_by, &section.extra["a"], section.slug.as_deref()), (SortBy::Title, &1.into(), None));
    // A language that inherits nothing says all itself, and needs no original.
    let site = made("[languages.en]\n", &files);
    assert_eq!(site.said, [] as [&str; 0]);
    let english = &site.page("a.md", "en").front;
    assert_eq!((english.date.is_none(), english.authors.len(), english.extra.get("a")), (true, 0, None));
    assert_eq!(site.section("c/_index.md", "en").front.sort_by, SortBy::None);
    // An original that could not be read was told.
    let lost = made_with("[languages.en]\ninherit = true\n", &[("b.en.md", "title: B")], false, &["b.md"]);
    assert!(lost.said.is_empty() && lost.library.pages.is_empty() && !lost.library.complete);
    // Of what is a table itself only `extra` is put together.
    let config = "taxonomies = [{ name = \"tags\", terms = { pole = \"no\" } }, { name = \"kind\" }]\n[languages.en]\ninherit = true\n\
        taxonomies = [{ name = \"tags\", terms = { pole = \"field\" } }]\n";
    let files = [
        ("a.md", "taxonomies: { tags: [pole], kind: [x] }"),
        ("a.en.md", "taxonomies: { tags: [pole, y] }"),
        ("b.md", "taxonomies: { tags: [pole] }"),
        ("b.en.md", "title: B"),
    ];
    let site = made(config, &files);
    let terms = |path: &str, language: &str| format!("{:?}", site.page(path, language).front.taxonomies);
    assert_eq!(terms("a.md", "en"), "{\"tags\": [\"field\", \"y\"]}");
    assert_eq!(
        (terms("b.md", "en"), terms("b.md", "pl")),
        ("{\"tags\": [\"field\"]}".into(), "{\"tags\": [\"no\"]}".into())
    );
}

#[test]
fn what_has_no_translation_falls_back() {
    let files = [
        ("a/_index.md", "title: A"),
        ("a/_index.en.md", "slug: en-a"),
        ("a/b.md", "title: B"),
        ("a/c.md", "title: C"),
        ("a/c.en.md", "title: C"),
        ("p.md", "path: x/p"),
        ("s/_index.md", "slug: es"),
    ];
    let site = made("[languages.en]\nfallback = true\n[languages.de]\n", &files);
    assert_eq!(site.said, [] as [&str; 0]);
    let back = site.page("a/b.md", "en");
    assert_eq!(
        (back.path.as_str(), back.fallback_of, back.text_language()),
        ("/en/en-a/b/", site.library.page("a/b.md", "pl"), "pl")
    );
    assert_eq!((site.page("a/c.md", "en").fallback_of, site.page("p.md", "en").path.as_str()), (None, "/en/x/p/"));
    let section = site.section("s/_index.md", "en");
    // Its slug is Polish: the English address has the folder's name.
    assert_eq!((section.path.as_str(), section.fallback_of.is_some(), section.text_language()), ("/en/s/", true, "pl"));
    assert_eq!(site.library.page("a/b.md", "de"), None);
    let versions = |path: &str| {
        site.library
            .versions_of_page(site.page(path, "pl"), &site.config)
            .map(|page| page.language.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!((versions("a/b.md"), versions("a/c.md")), (vec!["pl", "en"], vec!["pl", "en"]));
    let sections = site.library.versions_of_section(site.section("a/_index.md", "pl"), &site.config);
    assert_eq!(sections.map(|section| section.language.as_str()).collect::<Vec<_>>(), ["pl", "en"]);
    assert!(!site.page("a/b.md", "en").is_found() && site.page("a/b.md", "pl").is_found());
    assert!(!section.is_found() && site.section("a/_index.md", "en").is_found());
    let home = |language: &str| site.section("_index.md", language).fallback_of;
    assert_eq!((home("pl"), home("en"), home("de")), (None, site.library.section("_index.md", "pl"), None));
}

#[test]
fn what_is_left_out_is_not_found() {
    let site = made(
        "",
        &[
            ("a.md", "title: A"),
            ("b.md", "in_search_index: false"),
            ("c.md", "render: false"),
            ("s/_index.md", "title: S"),
            ("t/_index.md", "in_search_index: false"),
            ("u/_index.md", "render: false"),
            ("v/_index.md", "redirect_to: a"),
        ],
    );
    let pages = ["a.md", "b.md", "c.md"].map(|path| site.page(path, "pl").is_found());
    assert_eq!(pages, [true, false, false]);
    let sections = ["s", "t", "u", "v"].map(|folder| site.section(&format!("{folder}/_index.md"), "pl").is_found());
    assert_eq!(sections, [true, false, false, false]);
    assert!(!Page { is_example: true, ..site.page("a.md", "pl").clone() }.is_found());
    let section = site.section("s/_index.md", "pl");
    let by = |count: Option<usize>| {
        let front = SectionFront { paginate_by: count, ..section.front.clone() };
        Section { front, ..section.clone() }.paginate_by()
    };
    assert_eq!([by(None), by(Some(0)), by(Some(1)), by(Some(3))], [None, None, Some(1), Some(3)]);
    assert_eq!((section.front.render, section.front.paginate_path.as_str()), (true, "page"));
}

#[test]
fn drafts_take_what_is_below_along() {
    let files = [
        ("a/_index.md", "draft: true"),
        ("a/_index.en.md", "title: A"),
        ("a/b/c.md", "title: C"),
        ("a/b/c.en.md", "title: C"),
        ("ab/d.md", "title: D"),
        ("e.md", "draft: true"),
        ("e.en.md", "title: E"),
        ("f.md", "title: F"),
        ("f.en.md", "draft: true"),
        ("g/_index.md", "title: G"),
        ("g/_index.en.md", "draft: true"),
        ("g/h.md", "title: H"),
        ("g/h.en.md", "title: H"),
        ("i.md", "title: I"),
        ("i.en.md", "title: I"),
    ];
    let names = |config: &str, drafts: bool| {
        let site = made_with(config, &files, drafts, &[]);
        let mut names: Vec<String> = site.library.pages.iter().map(|page| page.source.path.clone()).collect();
        names.extend(site.library.sections.iter().filter_map(|section| Some(section.source.as_ref()?.path.clone())));
        names
    };
    let own =
        ["a/_index.en.md", "a/b/c.en.md", "ab/d.md", "e.en.md", "f.md", "g/_index.md", "g/h.md", "i.en.md", "i.md"];
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(sorted(names("[languages.en]\n", false)), own);
    assert_eq!(
        sorted(names("[languages.en]\ninherit = true\n", false)),
        ["ab/d.md", "f.md", "g/_index.md", "g/h.md", "i.en.md", "i.md"]
    );
    assert_eq!(names("[languages.en]\n", true).len(), files.len());
}

#[test]
fn sections_list_their_pages() {
    let files = [
        ("_index.md", "sort_by: weight"),
        ("top.md", "weight: 1"),
        ("a/_index.md", "page_template: own.html\nweight: 2"),
        ("a/x.md", "title: X"),
        ("a/y.md", "hidden: true"),
        ("a/z.md", "render: false"),
        ("a/other.md", "template: other.html"),
        ("a/t/_index.md", "transparent: true\nweight: 1"),
        ("a/t/u.md", "title: U"),
        ("a/t/v/w.md", "title: orphan"),
        ("h/_index.md", "hidden: true"),
        ("h/i.md", "title: I"),
        ("h/j.md", "hidden: false"),
        ("h/k/_index.md", "title: K"),
        ("h/k/l.md", "title: L"),
        ("b/_index.md", "weight: 1"),
    ];
    let site = made("", &files);
    assert_eq!(site.said, [] as [&str; 0]);
    let pages = |path: &str| site.listed(path, "pl").0;
    assert_eq!(pages("_index.md"), ["top"]);
    assert_eq!(pages("a/_index.md"), ["other", "u", "x"]);
    assert_eq!((pages("a/t/_index.md"), pages("h/_index.md"), pages("h/k/_index.md").len()), (vec!["u"], vec!["j"], 0));
    let template = |path: &str| site.page(path, "pl").front.template.as_deref();
    assert_eq!(
        [template("a/x.md"), template("a/other.md"), template("a/t/u.md"), template("top.md")],
        [Some("own.html"), Some("other.html"), Some("own.html"), None]
    );
    // A transparent section hands its pages on.
    let id = |path: &str| site.library.section(path, "pl").unwrap();
    assert_eq!(site.page("a/t/u.md", "pl").ancestors, [id("_index.md"), id("a/_index.md")]);
    assert_eq!(site.page("a/t/u.md", "pl").section(), Some(id("a/_index.md")));
    assert!(site.page("a/t/v/w.md", "pl").section().is_none());
    assert_eq!(site.section("a/t/_index.md", "pl").ancestors, [id("_index.md"), id("a/_index.md")]);
    assert!(site.section("_index.md", "pl").ancestors.is_empty());
    let below = |path: &str| site.section(path, "pl").subsections.clone();
    assert_eq!(
        (below("_index.md"), below("a/_index.md"), below("h/_index.md")),
        (vec![id("b/_index.md"), id("a/_index.md")], vec![id("a/t/_index.md")], vec![])
    );
    let neighbours = |path: &str| (site.section(path, "pl").lower, site.section(path, "pl").higher);
    assert_eq!(neighbours("a/t/_index.md"), (None, None));
    assert!(
        site.section("h/k/_index.md", "pl").hidden
            && site.page("h/i.md", "pl").hidden
            && !site.page("h/j.md", "pl").hidden
    );
    assert_eq!(
        (site.section("b/_index.md", "pl").higher, site.section("a/_index.md", "pl").lower),
        (Some(id("a/_index.md")), Some(id("b/_index.md")))
    );
    assert_eq!((site.section("b/_index.md", "pl").lower, site.section("a/_index.md", "pl").higher), (None, None));
}

#[test]
fn a_transparent_section_leaves_neighbours_to_the_one_above() {
    let files = [
        ("_index.md", "transparent: true\nsort_by: title"),
        ("a/_index.md", "sort_by: title"),
        ("a/t/_index.md", "transparent: true\nsort_by: weight"),
        ("a/t/u.md", "title: Z\nweight: 1"),
        ("a/t/v.md", "title: A\nweight: 2"),
        ("o.md", "title: O"),
        ("n/x/_index.md", "title: b"),
        ("n/y/_index.md", "title: a"),
        ("n/_index.md", "title: N"),
    ];
    let site = made("", &files);
    assert_eq!(site.said, [] as [&str; 0]);
    let id = |path: &str| site.library.page(path, "pl");
    let neighbours = |path: &str| (site.page(path, "pl").lower, site.page(path, "pl").higher);
    assert_eq!(neighbours("a/t/v.md"), (None, id("a/t/u.md")));
    assert_eq!(neighbours("a/t/u.md"), (id("a/t/v.md"), None));
    assert_eq!(site.listed("a/t/_index.md", "pl").0, ["u", "v"]);
    // The uppermost one has nobody to hand them to.
    let home = site.library.section("_index.md", "pl");
    assert_eq!((site.page("o.md", "pl").section(), neighbours("o.md")), (home, (None, None)));
    assert_eq!(site.listed("_index.md", "pl").0, ["o"]);
    for path in ["n/x/_index.md", "n/y/_index.md"] {
        assert_eq!((site.section(path, "pl").lower, site.section(path, "pl").higher), (None, None));
    }
}

#[test]
fn pages_have_an_order() {
    let pages = |by: &str| {
        let files = [
            ("a/_index.md".to_string(), format!("sort_by: {by}")),
            ("a/p1.md".to_string(), "title: żaba\ndate: 2026-01-02\nweight: 2\nslug: s10".to_string()),
            (
                "a/p2.md".to_string(),
                "title: Zebra\ndate: 2026-01-03\nupdated: 2026-01-04\nweight: 1\nslug: s9".to_string(),
            ),
            ("a/p3.md".to_string(), "title: Łoś\nupdated: 2026-02-01\nslug: s1".to_string()),
            ("a/p4.md".to_string(), "weight: 2\ndate: 2026-01-02\nslug: s2".to_string()),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, front)| (path.as_str(), front.as_str())).collect();
        let site = made("", &files);
        let collated = made("collate = true\n", &files);
        let (sorted, ignored) = site.listed("a/_index.md", "pl");
        let neighbours: Vec<(bool, bool)> = sorted
            .iter()
            .map(|name| {
                let page = site.page(&format!("a/{name}.md"), "pl");
                (page.lower.is_some(), page.higher.is_some())
            })
            .collect();
        let told: Vec<String> =
            site.told.iter().map(|found| found.message.en.split('`').nth(1).unwrap().to_string()).collect();
        (
            sorted.join(" "),
            ignored.join(" "),
            collated.listed("a/_index.md", "pl").0.join(" "),
            neighbours,
            told.join(" "),
        )
    };
    let brief = |by: &str| {
        let (sorted, ignored, _, _, told) = pages(by);
        (sorted, ignored, told)
    };
    let is = |sorted: &str, ignored: &str, told: &str| (sorted.to_string(), ignored.to_string(), told.to_string());
    assert_eq!(brief("none"), is("p1 p2 p3 p4", "", ""));
    assert_eq!(brief("date"), is("p2 p4 p1", "p3", "date"));
    assert_eq!(brief("update_date"), is("p3 p2 p4 p1", "", ""));
    assert_eq!(brief("title"), is("p3 p1 p2", "p4", "title"));
    assert_eq!(brief("title_bytes"), is("p2 p3 p1", "p4", "title"));
    assert_eq!(brief("weight"), is("p2 p1 p4", "p3", "weight"));
    assert_eq!(brief("slug"), is("p3 p4 p2 p1", "", ""));
    assert_eq!(brief("permalink"), is("p3 p1 p4 p2", "", ""));
    assert_eq!(pages("title").2, "p3 p2 p1", "by the alphabet Ł comes before Z, Z before Ż");
    assert_eq!(pages("weight").3, [(false, true), (true, true), (true, false)]);
    assert!(pages("none").3.iter().all(|neighbours| *neighbours == (false, false)));
}

#[test]
fn subsections_have_an_order() {
    let below = |by: &str| {
        let files = [
            ("a/_index.md".to_string(), format!("sort_by: {by}")),
            ("a/s1/_index.md".to_string(), "title: b\nweight: 2\nslug: x10".to_string()),
            ("a/s2/_index.md".to_string(), "title: C\nweight: 1\nslug: x9".to_string()),
            ("a/s3/_index.md".to_string(), "weight: 2\nslug: x1".to_string()),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, front)| (path.as_str(), front.as_str())).collect();
        let site = made("", &files);
        let section = site.section("a/_index.md", "pl");
        let names = |ids: &[SectionId]| {
            ids.iter().map(|id| site.library.sections[*id].folders[1].as_str()).collect::<Vec<_>>().join(" ")
        };
        (names(&section.subsections), names(&section.ignored_subsections))
    };
    let is = |sorted: &str, ignored: &str| (sorted.to_string(), ignored.to_string());
    for by in ["none", "date", "update_date", "weight"] {
        assert_eq!(below(by), is("s2 s3 s1", ""), "{by}");
    }
    assert_eq!((below("title"), below("title_bytes")), (is("s1 s2", "s3"), is("s2 s1", "s3")));
    assert_eq!((below("slug"), below("permalink")), (is("s3 s2 s1", ""), is("s3 s1 s2", "")));
}

#[test]
fn links_stay_in_their_language() {
    let files = [
        ("a/_index.md", "title: A"),
        ("a/b.md", "title: B"),
        ("a/b.en.md", "title: B"),
        ("a/c/index.md", "title: C"),
        ("a/c/p.jpg", ""),
        ("a/q.jpg", ""),
        ("a/c/d/r.jpg", ""),
        ("a/LICENCE", ""),
        ("d.en.md", "title: D"),
    ];
    let resolved = |config: &str, path: &str, language: &str| {
        let site = made(config, &files);
        match site.library.resolve(path, language) {
            Ok(Target::Page(id)) => site.library.pages[id].path.clone(),
            Ok(Target::Section(id)) => site.library.sections[id].path.clone(),
            Ok(Target::Asset(address)) => address,
            Err(LinkError::Unknown(near)) => format!("unknown {}", near.unwrap_or_default()),
        }
    };
    let (falls, plain) = ("[languages.en]\nfallback = true\n", "[languages.en]\n");
    for (config, path, language, expected) in [
        (falls, "a/b.md", "pl", "/a/b/"),
        (falls, "a/b.md", "en", "/en/a/b/"),
        (plain, "a/b.md", "en", "/a/b/"),
        (falls, "a/b.en.md", "pl", "/en/a/b/"),
        (plain, "a/b.en.md", "pl", "/en/a/b/"),
        (falls, "a/_index.md", "en", "/en/a/"),
        (plain, "a/_index.md", "en", "/a/"),
        (falls, "a/c/index.md", "en", "/en/a/c/"),
        (plain, "d.md", "en", "/en/d/"),
        (plain, "d.md", "pl", "unknown "),
        (plain, "d.eng.md", "pl", "unknown d.en.md"),
        (falls, "a/c/p.jpg", "pl", "https://example.org/a/c/p.jpg"),
        (falls, "a/c/p.jpg", "en", "https://example.org/en/a/c/p.jpg"),
        (falls, "a/c/d/r.jpg", "en", "https://example.org/en/a/c/d/r.jpg"),
        (falls, "a/q.jpg", "en", "https://example.org/en/a/q.jpg"),
        (plain, "a/q.jpg", "en", "https://example.org/a/q.jpg"),
        (plain, "a/LICENCE", "pl", "unknown "),
        (plain, "a/bb.md", "pl", "unknown a/b.md"),
    ] {
        assert_eq!(resolved(config, path, language), expected, "{path} {language}");
    }
    let site = made(falls, &files);
    let library = &site.library;
    assert_eq!(
        (library.file_ending_with("b.md"), library.file_ending_with("c/index.md")),
        (Some("a/b.md"), Some("a/c/index.md"))
    );
    assert_eq!(
        (library.file_ending_with("a/b.md"), library.file_ending_with(".md"), library.file_ending_with("x.md")),
        (Some("a/b.md"), None, None)
    );
    let files = |list: Vec<(String, &Asset)>| list.into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert_eq!(files(site.page("a/c/index.md", "en").asset_files().collect()), ["en/a/c/d/r.jpg", "en/a/c/p.jpg"]);
    assert_eq!(files(site.section("a/_index.md", "pl").asset_files().collect()), ["a/q.jpg"]);
    assert!(site.page("a/b.md", "pl").asset_files().next().is_none());
    let page = |path: &str| site.page(path, "pl");
    assert_eq!((page("a/c/index.md").content_path(), page("a/b.md").content_path()), ("a/c", "a/b"));
    assert_eq!((page("a/c/index.md").reference(), page("a/b.md").reference()), ("c", "b"));
    assert_eq!((page("a/c/index.md").bundle_folder().as_deref(), page("a/b.md").bundle_folder()), (Some("a/c/"), None));
    let other = Arc::new(Source::thin("a/b.md", "---\ntitle: Other\n---\n", "", &site.config).unwrap());
    let library = Arc::new(made(falls, &files_of(&site)).library);
    let same = Arc::clone(&library).with_sources(&[Arc::clone(&library.pages[0].source)]);
    assert!(Arc::ptr_eq(&same, &library));
    let changed = Arc::clone(&library).with_sources(std::slice::from_ref(&other));
    let of = |library: &Library, language: &str| {
        library.pages[library.page("a/b.md", language).unwrap()].source.text.text.contains("Other")
    };
    assert_eq!((of(&changed, "pl"), of(&changed, "en"), of(&library, "pl")), (true, false, false));
}

/// The Markdown files of a site with a title each.
fn files_of(site: &Made) -> Vec<(&str, &str)> {
    let pages = site.library.pages.iter().filter(|page| page.fallback_of.is_none());
    pages.map(|page| (page.source.path.as_str(), "title: T")).collect()
}

#[test]
fn pages_have_terms() {
    let files = [
        ("a.md", "date: 2026-01-01\ntaxonomies: { tags: [Łąka, łąka, pole] }"),
        ("b.md", "date: 2026-01-02\ntaxonomies: { tags: [łąka] }"),
        ("c.md", "taxonomies: { tags: [łąka] }"),
        ("d.md", "hidden: true\ntaxonomies: { tags: [x] }"),
        ("e.md", "render: false\ntaxonomies: { tags: [x] }"),
        ("f.en.md", "taxonomies: { tags: [meadow] }"),
    ];
    let config = "taxonomies = [{ name = \"tags\", paginate_by = 2 }, { name = \"kind\", slug = \"Rodzaj\", paginate_by = 0 }]\ntaxonomy_root = \"/r/\"\n[languages.en]\nfallback = true\ntaxonomies = [{ name = \"tags\" }]\n";
    let site = made(config, &files);
    assert_eq!(site.said, [] as [&str; 0]);
    let brief: Vec<String> = site
        .library
        .taxonomies
        .iter()
        .map(|taxonomy| {
            let term = |term: &Term| {
                format!(
                    "{}={}:{}",
                    term.name,
                    term.slug,
                    term.pages.iter().map(|id| site.library.pages[*id].slug.as_str()).collect::<String>()
                )
            };
            let terms: Vec<String> = taxonomy.terms.iter().map(term).collect();
            format!("{} {:?} {}", taxonomy.permalink, taxonomy.paginate_by(), terms.join(" "))
        })
        .collect();
    assert_eq!(
        brief,
        [
            "https://example.org/r/tags/ Some(2) Łąka=laka:bac pole=pole:a",
            "https://example.org/r/rodzaj/ None ",
            "https://example.org/en/r/tags/ None meadow=meadow:f",
        ]
    );
    assert_eq!(site.library.taxonomies[0].terms[0].permalink, "https://example.org/r/tags/laka/");
}

#[test]
fn front_matter_is_checked() {
    let many = |count: usize| (0..count).map(|n| format!("a{n}")).collect::<Vec<_>>().join(", ");
    let aliases = |count: usize| format!("aliases: [{}]", many(count));
    let tags = |count: usize| format!("taxonomies: {{ tags: [{}] }}", many(count));
    for (front, expected) in [
        ("title: A".to_string(), vec![]),
        ("path: ../x".into(), vec!["invalid-value a.md:2"]),
        ("slug: '?!'".into(), vec!["invalid-value a.md:2"]),
        ("slug: '?!'\npath: x".into(), vec![]),
        ("aliases: [b, '../c', d, '']".into(), vec!["invalid-value a.md:2", "invalid-value a.md:2"]),
        (aliases(100), vec![]),
        (aliases(101), vec!["too-much a.md:2"]),
        (tags(100), vec![]),
        (tags(101), vec!["too-much a.md:2"]),
        ("taxonomies: { tags: [a, ' ', '!'] }".into(), vec!["invalid-value a.md:2", "invalid-value a.md:2"]),
        ("taxonomies: { other: [a] }".into(), vec!["unknown-taxonomy a.md:2"]),
        ("wieght: 2".into(), vec!["unknown-key a.md:2"]),
        ("weight: x".into(), vec!["wrong-type a.md:2"]),
        ("place: { at: 1 }".into(), vec![]),
        ("facets: [a]".into(), vec!["unknown-key a.md:2"]),
    ] {
        let site = made("taxonomies = [{ name = \"tags\" }]\n", &[("a.md", &front)]);
        assert_eq!(site.said, expected, "{front}");
        let is_lost = expected.iter().any(|said| !said.starts_with("unknown-key"));
        assert_eq!(site.library.complete, !is_lost, "{front}");
        let trusted = made("taxonomies = [{ name = \"tags\" }]\n[trust]\ncontent = [\"**\"]\n", &[("a.md", &front)]);
        assert!(!trusted.said.iter().any(|said| said.starts_with("too-much")), "{front}");
    }
    for (front, expected) in [
        ("slug: b\npaginate_path: p", vec![]),
        ("paginate_path: ''", vec![]),
        ("slug: 'a/..'", vec![]),
        ("slug: '!'", vec!["invalid-value s/_index.md:2"]),
        ("paginate_path: a//b", vec!["invalid-value s/_index.md:2"]),
        ("aliases: ['#']", vec!["invalid-value s/_index.md:2"]),
        ("facets: [a]", vec![]),
        ("place: { at: 1 }", vec!["unknown-key s/_index.md:2"]),
        ("paginate_by: x", vec!["wrong-type s/_index.md:2"]),
    ] {
        assert_eq!(made("", &[("s/_index.md", front)]).said, expected, "{front}");
    }
    let misplaced = made(
        "",
        &[
            ("index.md", "title: A"),
            ("a/index.md", "title: B"),
            ("a/_index.md", "title: C"),
            ("b/index.md", "title: D"),
        ],
    );
    assert_eq!(misplaced.said, ["misplaced-index a/index.md:0", "misplaced-index index.md:0"]);
    assert_eq!((misplaced.library.pages.len(), misplaced.library.complete), (1, false));
    for (config, severity) in [("", Severity::Hint), ("strict = true\n", Severity::Error)] {
        let site = made(config, &[("a.md", "order: 1\nwieght: 1\nanything: 1\ntitle: A")]);
        let helps: Vec<&str> = site.told.iter().map(|found| found.help.as_ref().unwrap().en.as_str()).collect();
        assert_eq!(helps, ["did you mean `weight`?", "did you mean `weight`?", "your own data go under `extra`"]);
        assert!(site.told.iter().all(|found| found.severity == severity) && site.library.complete);
    }
}

#[test]
fn two_things_have_two_addresses() {
    let config = "taxonomies = [{ name = \"tags\", paginate_by = 1 }]\n";
    for (files, expected) in [
        (&[("a.md", "slug: x"), ("b.md", "slug: x")][..], vec!["path-collision a.md:2", "path-collision b.md:2"]),
        (
            &[("a.md", "slug: x"), ("x/_index.md", "title: X")],
            vec!["path-collision a.md:2", "path-collision x/_index.md:2"],
        ),
        (&[("a.md", "title: A"), ("b.md", "aliases: [c, a]")], vec!["path-collision a.md:2", "path-collision b.md:2"]),
        (
            &[("a.md", "title: A"), ("b/_index.md", "aliases: [a]")],
            vec!["path-collision a.md:2", "path-collision b/_index.md:2"],
        ),
        (&[("a.md", "title: A\nrender: false"), ("b.md", "slug: a")], vec![]),
        (
            &[("a/_index.md", "paginate_by: 1"), ("a/page/1.md", "path: a/page/1")],
            vec!["path-collision a/_index.md:1", "path-collision a/page/1.md:2"],
        ),
        (&[("a/_index.md", "title: A"), ("a/page/1.md", "path: a/page/1")], vec![]),
        (&[("a/_index.md", "render: false"), ("b.md", "slug: a")], vec![]),
        (
            &[("tags/_index.md", "title: T"), ("a.md", "taxonomies: { tags: [x] }")],
            vec!["path-collision tags/_index.md:2"],
        ),
        (&[("tags/_index.md", "title: T")], vec![]),
        (&[("b.md", "path: tags/x"), ("a.md", "taxonomies: { tags: [x] }")], vec!["path-collision b.md:2"]),
        (&[("b.md", "path: tags/x/page/1"), ("a.md", "taxonomies: { tags: [x] }")], vec!["path-collision b.md:2"]),
        (
            &[("a/index.md", "title: A"), ("a/b.html", ""), ("c.md", "aliases: [a/b.html]")],
            vec!["path-collision a/b.html:0", "path-collision c.md:2"],
        ),
        (
            &[("s/_index.md", "title: A"), ("s/b.html", ""), ("c.md", "aliases: [s/b.html]")],
            vec!["path-collision c.md:2", "path-collision s/b.html:0"],
        ),
    ] {
        assert_eq!(made(config, files).said, expected, "{files:?}");
    }
    let two = made(config, &[("a.md", "slug: x"), ("b.md", "slug: x")]);
    let messages: Vec<&str> = two.told.iter().map(|found| found.message.en.as_str()).collect();
    assert_eq!(
        messages,
        ["the address /x/ is also taken by content/b.md", "the address /x/ is also taken by content/a.md"]
    );
    // Taxonomies alone have no file to be told at: it is told once.
    let twins = "taxonomies = [{ name = \"tags\" }, { name = \"kind\", slug = \"tags\" }]\n";
    let told = made(twins, &[("a.md", "taxonomies: { tags: [x], kind: [y] }")]);
    assert_eq!(told.said, ["path-collision"]);
    assert_eq!(told.told[0].message.en, "the address /tags/ is also taken by [[taxonomies]] kind");
    // What a fallback repeats was told with its original.
    let files = [("a.md", "slug: x"), ("b.md", "slug: x")];
    let both = made("[languages.en]\nfallback = true\n", &files).said;
    assert_eq!(both, ["path-collision a.md:2", "path-collision b.md:2"]);
    let third = made("[languages.en]\nfallback = true\n", &[("a.md", "title: A"), ("b.en.md", "slug: a")]).said;
    assert_eq!(third, ["path-collision a.md:2", "path-collision b.en.md:2"]);
    // One language in the name of the file, the other by default.
    assert_eq!(
        made("[languages.en]\n", &[("a.md", "title: A"), ("a.pl.md", "slug: b")]).said,
        ["path-collision a.pl.md:0"]
    );
}
