//! What becomes of a whole site: which files it has, and what stands in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::source::{FrontMatter, relative};
use crate::{BuildOptions, Outcome, build};

/// A site in a temporary folder.
pub(super) struct Site(tempfile::TempDir);

impl Site {
    /// A site with the plainest templates and this configuration besides its address and its language, which is Polish.
    pub(super) fn new(config: &str) -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        let config = format!("base_url = \"https://example.org/g/\"\ndefault_language = \"pl\"\n{config}");
        let mut site = site.file("huta.toml", &config);
        for template in ["index", "section", "page", "taxonomy_list", "taxonomy_single"] {
            site = site.file(&format!("templates/{template}.html"), "{{ lang }}");
        }
        site
    }

    /// Writes a file.
    pub(super) fn file(self, path: &str, text: &str) -> Self {
        self.write(path, text);
        self
    }

    /// Writes pages: paths below `content/` and front matter.
    pub(super) fn pages(self, pages: &[(&str, &str)]) -> Self {
        for (path, front) in pages {
            self.write(&format!("content/{path}"), &format!("---\n{front}\n---\n"));
        }
        self
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn outcome(&self, traces: bool) -> Outcome {
        let now = "2026-11-23T00:00:00Z".parse().unwrap();
        build(&BuildOptions { now, traces, ..BuildOptions::new(self.path()) })
    }

    /// Builds it, with traces for the next build or without, and reads its text files.
    pub(super) fn build_with(&self, traces: bool) -> BTreeMap<String, String> {
        let outcome = self.outcome(traces);
        assert!(outcome.succeeded(), "{:#?}", outcome.diagnostics);
        let folder = self.path().join("public");
        let walk = WalkDir::new(&folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
        walk.filter_map(|entry| Some((relative(entry.path(), &folder), fs::read_to_string(entry.path()).ok()?)))
            .collect()
    }

    pub(super) fn build(&self) -> BTreeMap<String, String> {
        self.build_with(false)
    }

    /// What is told, with these codes only.
    fn told(&self, code: Code) -> Vec<Diagnostic> {
        self.outcome(false).diagnostics.into_iter().filter(|found| found.code == code).collect()
    }
}

/// Names of the files whose names end so.
fn named<'f>(files: &'f BTreeMap<String, String>, end: &str) -> Vec<&'f str> {
    files.keys().map(String::as_str).filter(|path| path.ends_with(end)).collect()
}

/// What stands between two texts, each time, below the address of the site.
fn between(text: &str, start: &str, end: &str) -> Vec<String> {
    let parts = text.split(start).skip(1);
    parts.map(|part| part.split(end).next().unwrap().trim_start_matches("https://example.org/g").to_string()).collect()
}

#[test]
fn feeds_have_dated_pages() {
    let site = Site::new(
        "generate_feeds = true\nfeed_limit = 2\n[[taxonomies]]\nname = \"tags\"\nfeed = true\n[[taxonomies]]\nname = \"kind\"\n\
         [[taxonomies]]\nname = \"none\"\nfeed = true\nrender = false\n[languages.en]\nfallback = true\ntaxonomies = [{ name = \"tags\", feed = true }]\n",
    )
    .pages(&[
        ("_index.md", "title: S"),
        ("a/_index.md", "generate_feeds: true"),
        ("a/1.md", "date: 2026-01-01\ntaxonomies: { tags: [x], kind: [y], none: [z] }"),
        ("a/2.md", "date: 2026-01-02\nupdated: 2026-02-03"),
        ("a/3.md", "date: 2026-01-03\nhidden: true"),
        ("a/4.md", "date: 2026-01-04\ninclude_in_feeds: false"),
        ("a/5.md", "date: 2026-01-05\nrender: false"),
        ("a/6.md", "title: undated\ntaxonomies: { tags: [u] }"),
        ("a/7.md", "date: 2026-01-01"),
        ("a/8.md", "date: 2026-01-06\nexample: true"),
        ("b/_index.md", "title: B"),
        ("b/9.md", "date: 2025-01-01"),
        ("c/_index.md", "generate_feeds: true"),
    ]);
    let files = site.build();
    assert_eq!(named(&files, "atom.xml"), ["a/atom.xml", "atom.xml", "tags/x/atom.xml"]);
    let ids = |path: &str| between(&files[path], "<id>", "</id>");
    assert_eq!(ids("atom.xml"), ["/atom.xml", "/a/2/", "/a/7/"]);
    assert_eq!(ids("a/atom.xml"), ["/a/atom.xml", "/a/2/", "/a/7/"]);
    assert_eq!(ids("tags/x/atom.xml"), ["/tags/x/atom.xml", "/a/1/"]);
    let updated = |path: &str| between(&files[path], "<updated>", "T").remove(0);
    assert_eq!((updated("atom.xml").as_str(), updated("tags/x/atom.xml").as_str()), ("2026-02-03", "2026-01-01"));
}

#[test]
fn a_feed_may_have_a_template_of_the_site() {
    let template = "{% for page in pages %}{{ page.slug }} {% endfor %}{{ last_updated }}";
    let site = Site::new("generate_feeds = true\nfeed_filenames = [\"atom.xml\", \"own.xml\"]\n")
        .pages(&[("a.md", "date: 2026-01-01"), ("b.md", "date: 2026-01-02")])
        .file("templates/atom.xml", template)
        .file("templates/own.xml", "{{ pages | length }}");
    let files = site.build();
    assert_eq!((files["atom.xml"].as_str(), files["own.xml"].as_str()), ("b a 2026-01-02", "2"));
}

#[test]
fn a_long_feed_is_what_one_run_of_its_template_makes() {
    let mut site = Site::new("generate_feeds = true\nfeed_filenames = [\"atom.xml\", \"rss.xml\", \"feed.json\"]\n")
        .pages(&[("_index.md", "title: S"), ("b/_index.md", "generate_feeds: true"), ("b/1.md", "date: 2025-01-01")]);
    for n in 0..120 {
        site = site.file(
            &format!("content/{n}.md"),
            &format!("---\ntitle: T{n}\ndate: 2026-01-01\nauthors: [A, B]\n---\nTekst {n}."),
        );
    }
    let in_parts = site.build_with(true);
    let json: Value = serde_json::from_str(&in_parts["feed.json"]).unwrap();
    assert_eq!(json["items"].as_array().unwrap().len(), 121);
    site.write("content/70.md", "---\ntitle: T70\ndate: 2026-01-01\nauthors: [A, B]\n---\nNowy tekst 70.");
    let again = site.build_with(true);
    assert!(again["feed.json"].contains("Nowy tekst 70.") && again["rss.xml"].contains("Nowy tekst 70."));
    // A copy of a template is a template of the site, which is run for all pages at once.
    for (name, text) in [
        ("atom.xml", include_str!("../template/builtin/atom.xml")),
        ("rss.xml", include_str!("../template/builtin/rss.xml")),
        ("feed.json", include_str!("../template/builtin/feed.json")),
    ] {
        site.write(&format!("templates/{name}"), text);
    }
    let whole = site.build();
    for name in ["atom.xml", "rss.xml", "feed.json", "b/atom.xml", "b/feed.json"] {
        assert_eq!(again[name], whole[name], "{name}");
    }
}

#[test]
fn a_theme_may_make_an_app_of_a_site() {
    let site = Site::new("[languages.en]\n");
    assert!(named(&site.build(), ".webmanifest").is_empty());
    let files = site.file("templates/manifest.json", "{\"lang\":\"{{ lang }}\"}").build();
    let texts: Vec<&str> = named(&files, ".webmanifest").into_iter().map(|path| files[path].as_str()).collect();
    assert_eq!(texts, ["{\"lang\":\"en\"}", "{\"lang\":\"pl\"}"]);
}

#[test]
fn calendars_have_events_and_calls() {
    let config = "title = \"Huta\"\n[translations]\n\"calendar.call\" = \"Konkurs\"\n[languages.en]\nfallback = true\n[languages.de]\n";
    let site = Site::new(config).pages(&[
        ("m/plac.md", "title: Plac\nplace: { at: [50.07, 20.03], address: Plac Centralny 1 }"),
        ("m/park.md", "title: Park\nplace: { at: [50.07, 20.03], address: al. Róż }"),
        ("k/klub.md", "title: Klub\norganisation: { form: company, areas: [culture], address: ul. Długa 2 }"),
        ("w/a.md", "title: A\nevent: { start: 2026-12-06, type: walk, place: plac, organiser: klub }"),
        ("w/b.md", "title: B\nevent: { start: 2026-12-05T17:00, type: walk, place: park, organiser: klub }"),
        ("w/c.md", "title: C\nevent: { start: 2026-12-07, type: walk, address: ul. Krótka, online: 'https://x.pl' }"),
        ("w/d.md", "title: D\nevent: { start: 2026-12-08, type: other, online: 'https://x.pl', cancelled: true, at: [50.5, 20.25] }"),
        ("w/e.md", "title: E\nevent: { start: 2026-12-09, type: walk }\nrender: false"),
        ("w/f.md", "title: F\nevent: { start: 2026-12-09, type: walk }\nhidden: true"),
        ("w/g.md", "title: G\nevent: { start: 2026-12-09, type: walk }\nexample: true"),
        ("w/h.de.md", "title: H\nevent: { start: 2026-12-09, type: walk }"),
        ("n/a.md", "title: N\ncall: { funder: Miasto, opens: 2025-11-22, closes: 2025-11-23 }"),
    ]);
    let files = site.build();
    let names = named(&files, ".ics");
    assert_eq!(
        names,
        [
            "calls.ics",
            "de/events.ics",
            "de/w/h/h.ics",
            "events.ics",
            "w/a/a.ics",
            "w/b/b.ics",
            "w/c/c.ics",
            "w/d/d.ics"
        ]
    );
    let lines = |path: &str, key: &str| -> Vec<String> {
        let text = files[path].replace("\r\n ", "");
        let own = text.split("\r\n").filter(|line| line.starts_with(key));
        own.map(|line| line.split_once(':').unwrap().1.to_string()).collect()
    };
    assert_eq!(lines("events.ics", "SUMMARY"), ["B", "A", "C", "Odwołane: D"], "the earliest first");
    assert_eq!(
        lines("events.ics", "LOCATION"),
        ["Park\\, al. Róż", "Plac Centralny 1", "ul. Krótka", "https://x.pl"],
        "an address that begins with the name of the place says it"
    );
    assert_eq!(
        (lines("events.ics", "GEO").len(), lines("w/d/d.ics", "GEO")),
        (3, vec!["50.500000;20.250000".to_string()])
    );
    assert_eq!(
        (lines("events.ics", "NAME"), lines("de/events.ics", "NAME")),
        (vec!["Wydarzenia – Huta".to_string()], vec!["Events".to_string()])
    );
    assert_eq!(
        (lines("w/a/a.ics", "NAME").len(), lines("w/d/d.ics", "STATUS"), lines("w/a/a.ics", "STATUS").len()),
        (0, vec!["CANCELLED".to_string()], 0)
    );
    assert_eq!(
        (lines("w/a/a.ics", "DESCRIPTION"), lines("w/d/d.ics", "DESCRIPTION")),
        (vec!["Organizator: Klub".to_string()], vec!["Przez internet: https://x.pl".to_string()])
    );
    assert_eq!(
        (lines("w/a/a.ics", "CATEGORIES"), lines("w/c/c.ics", "DESCRIPTION").len()),
        (vec!["walk".to_string()], 1)
    );
    // What is past by more than a year is left out.
    assert_eq!(
        (lines("calls.ics", "SUMMARY"), lines("calls.ics", "CATEGORIES")),
        (vec!["Ostatni dzień naboru: N".to_string()], vec!["Konkurs".to_string()])
    );
    assert_eq!(
        (lines("calls.ics", "UID"), lines("calls.ics", "DESCRIPTION")),
        (vec!["n/a.pl.closes@example.org".to_string()], vec!["Kto daje pieniądze: Miasto".to_string()])
    );
    assert!(named(&Site::new("").pages(&[("a.md", "title: A")]).build(), ".ics").is_empty());
}

#[test]
fn a_feed_needs_its_template() {
    let missing = |config: &str, pages: &[(&str, &str)]| {
        Site::new(&format!("feed_filenames = [\"none.xml\"]\n{config}")).pages(pages).told(Code::TemplateMissing).len()
    };
    assert_eq!(missing("", &[("a/_index.md", "title: A"), ("a/b.md", "date: 2026-01-01")]), 0);
    assert_eq!(missing("generate_feeds = true\n", &[]), 1);
    assert_eq!(missing("", &[("a/_index.md", "generate_feeds: true")]), 1);
    assert_eq!(missing("[[taxonomies]]\nname = \"tags\"\nfeed = true\n", &[]), 1);
    assert_eq!(missing("[[taxonomies]]\nname = \"tags\"\n", &[]), 0);
    let english = "[languages.en]\ngenerate_feeds = true\n";
    assert_eq!(missing(english, &[]), 0, "English feeds have a template");
    assert_eq!(missing("[languages.en]\n", &[("a/_index.en.md", "generate_feeds: true")]), 0);
}

#[test]
fn a_sitemap_has_what_is_written() {
    let pages = [
        ("_index.md", "title: S"),
        ("a/_index.md", "paginate_by: 2"),
        ("a/1.md", "date: 2026-01-01\nupdated: 2026-01-05\ntaxonomies: { tags: [x], hidden: [y] }"),
        ("a/1.en.md", "title: One"),
        ("a/2.md", "date: 2026-01-02"),
        ("a/3.md", "render: false"),
        ("a/3.en.md", "title: Three"),
        ("a/4.md", "example: true"),
        ("b/_index.md", "render: false"),
        ("b/_index.en.md", "title: B"),
        ("c/_index.md", "paginate_by: 2"),
        ("c/_index.en.md", "title: C"),
        ("k/_index.md", "facets: [form]\nrender: false"),
        ("l/_index.md", "facets: [form]"),
        ("k/1.md", "organisation: { form: company, areas: [culture] }"),
        ("l/2.md", "organisation: { form: company, areas: [culture] }"),
    ];
    let site = |config: &str| {
        let taxonomies = "taxonomies = [{ name = \"tags\", paginate_by = 1 }, { name = \"empty\" }, { name = \"hidden\", render = false }]\n";
        let site = Site::new(&format!("{config}{taxonomies}[languages.en]\nfallback = true\n")).pages(&pages);
        let site = site.file("templates/facet.html", "{{ lang }}").file("templates/list.html", "{{ lang }}");
        site.build().remove("sitemap.xml").unwrap_or_default()
    };
    let plain = site("");
    let all = between(&plain, "<loc>", "</loc>");
    let mut expected = vec!["/", "/a/", "/a/1/", "/a/2/", "/a/page/1/", "/a/page/2/", "/c/"];
    expected.extend(["/en/a/1/", "/en/a/3/", "/en/b/", "/en/c/", "/k/1/", "/l/", "/l/2/", "/l/form/company/"]);
    expected.extend(["/tags/", "/tags/x/", "/tags/x/page/1/"]);
    assert_eq!(all, expected);
    assert!(!plain.contains("hreflang") && !plain.contains("image:"));
    let dates = between(&plain, "<lastmod>", "</lastmod>");
    assert_eq!(dates, ["2026-01-05", "2026-01-02"]);
    let short = between(&site("exclude_paginated_pages_in_sitemap = \"all\"\n"), "<loc>", "</loc>");
    assert!(!short.iter().any(|address| address.contains("/page/")) && short.len() == expected.len() - 3);
    // Versions of a page in other languages: those that are written and have a text of their own.
    let versions = site("sitemap_hreflang = true\n");
    let with = |address: &str| {
        let entry = versions.split("<url>").find(|entry| entry.contains(&format!("/g{address}</loc>"))).unwrap();
        between(entry, "hreflang=\"", "\"").join(" ")
    };
    assert_eq!(["/a/1/", "/a/2/", "/en/a/3/", "/en/b/", "/c/", "/a/"].map(with), ["pl en", "", "", "", "pl en", ""]);
    assert_eq!(with("/l/form/company/"), "pl en");
    assert_eq!(site("generate_sitemap = false\n"), "");
}

#[test]
fn old_addresses_lead_on() {
    let site =
        Site::new("[[taxonomies]]\nname = \"tags\"\npaginate_by = 1\n[languages.en]\nfallback = true\n").pages(&[
            ("_index.md", "aliases: [home.html]"),
            ("a/_index.md", "paginate_by: 1\naliases: [old-a]"),
            ("a/1.md", "aliases: [x/y, z.html]\ntaxonomies: { tags: [t] }"),
            ("c/_index.md", "redirect_to: https://x.pl/"),
            ("d/_index.md", "redirect_to: http://y.pl"),
            ("e/_index.md", "redirect_to: a/"),
            ("f/_index.md", "redirect_to: a/\nrender: false"),
            ("h/_index.md", "paginate_by: 1\nrender: false"),
        ]);
    let files = site.build();
    let redirects: Vec<String> = files
        .iter()
        .filter(|(_, text)| text.contains("location.replace(") && !text.contains("src="))
        .map(|(path, text)| format!("{path} {}", between(text, "rel=\"canonical\" href=\"", "\"").remove(0)))
        .collect();
    assert_eq!(
        redirects,
        [
            "a/page/1/index.html /a/",
            "c/index.html https://x.pl/",
            "d/index.html http://y.pl",
            "e/index.html /a/",
            "en/a/page/1/index.html /en/a/",
            "en/c/index.html https://x.pl/",
            "en/d/index.html http://y.pl",
            "en/e/index.html /a/",
            "home.html /",
            "old-a/index.html /a/",
            "tags/t/page/1/index.html /tags/t/",
            "x/y/index.html /a/1/",
            "z.html /a/1/",
        ]
    );
}

#[test]
#[cfg(feature = "search")]
fn a_plain_index_has_what_is_found() {
    let pages = [
        ("_index.md", "title: S"),
        ("a/_index.md", "title: A\ntransparent: true"),
        ("a/1.md", "title: P1\ndescription: D"),
        ("b/_index.md", "in_search_index: false"),
        ("b/2.md", "title: P2"),
        ("c/_index.md", "title: C\nredirect_to: a/"),
        ("c/3.md", "title: P3"),
        ("d/_index.md", "render: false"),
        ("d/4.md", "title: P4"),
        ("d/5.md", "in_search_index: false"),
        ("o/6.md", "title: orphan"),
        ("a/1.en.md", "title: One"),
    ];
    let search = "build_search_index = true\n[search]\nindex_format = \"fuse_json\"\ninclude_description = true\ntruncate_content_length = 3\n";
    let english = "[languages.en]\nfallback = true\nbuild_search_index = true\n[languages.en.search]\nindex_format = \"fuse_javascript\"\n";
    let site = Site::new(&format!("{search}{english}")).pages(&pages);
    site.write("content/d/4.md", "---\ntitle: P4\n---\nżółw & inne\n");
    let files = site.build();
    let list: Vec<Value> = serde_json::from_str(&files["search_index.pl.json"]).unwrap();
    let urls: Vec<&str> = list.iter().map(|entry| entry["url"].as_str().unwrap()).collect();
    let whole = |paths: &[&str]| paths.iter().map(|path| format!("https://example.org/g{path}")).collect::<Vec<_>>();
    assert_eq!(urls, whole(&["/", "/a/1/", "/a/", "/c/3/", "/d/4/"]));
    assert_eq!(list[1], json!({ "url": urls[1], "title": "P1", "description": "D", "body": "" }));
    assert_eq!(list[4]["body"], "żół");
    let script =
        files["search_index.en.js"].strip_prefix("window.searchIndex = ").and_then(|rest| rest.strip_suffix(';'));
    let list: Vec<Value> = serde_json::from_str(script.unwrap()).unwrap();
    assert_eq!(list, [json!({ "url": "https://example.org/g/en/a/1/", "title": "One", "body": "" })]);
    assert!(!files.contains_key("elasticlunr.min.js"));
}

#[test]
#[cfg(feature = "search")]
fn an_index_needs_its_home_and_a_language() {
    let site = |config: &str, pages: &[(&str, &str)]| Site::new(config).pages(pages);
    let out = ("_index.md", "in_search_index: false");
    assert_eq!(site("build_search_index = true\n", &[out]).told(Code::InvalidValue).len(), 1);
    assert!(site("", &[out]).outcome(false).succeeded());
    let english = "build_search_index = true\n[search]\nindex_format = \"fuse_json\"\n[languages.en]\n";
    assert!(
        site(english, &[("_index.md", "title: S"), ("_index.en.md", "in_search_index: false")])
            .outcome(false)
            .succeeded()
    );
    // Polish has no rules there.
    let told = site("build_search_index = true\n", &[]).told(Code::ConfigUnsupported);
    assert!(told[0].message.en.contains("no rules for words in the language pl"), "{told:?}");
    let german = Site::new("build_search_index = false\n[languages.de]\nbuild_search_index = true\n").build();
    assert!(
        german["search_index.de.js"].starts_with("window.searchIndex = {") && german.contains_key("elasticlunr.min.js")
    );
}

#[test]
fn organisations_have_cards() {
    let club = |title: &str| {
        format!(
            "title: {title}\norganisation: {{ form: company, areas: [culture], address: ul. Długa 1, phone: '12 34' }}"
        )
    };
    let site = Site::new("[languages.en]\nfallback = true\n").pages(&[
        ("k/b.md", &club("B")),
        ("k/a.md", &format!("{}\nslug: z", club("A"))),
        ("k/c.md", &format!("{}\nexample: true", club("C"))),
        ("k/b.en.md", "title: Bee"),
        ("k/d.md", "title: D"),
    ]);
    let files = site.build();
    assert_eq!(
        named(&files, ".vcf"),
        ["en/k/b/b.vcf", "en/organisations.vcf", "k/b/b.vcf", "k/z/z.vcf", "organisations.vcf"]
    );
    assert_eq!(between(&files["organisations.vcf"], "FN:", "\r\n"), ["B", "A"], "by their addresses");
    assert_eq!(files["organisations.vcf"], [files["k/b/b.vcf"].as_str(), &files["k/z/z.vcf"]].concat());
    let card = &files["en/k/b/b.vcf"];
    for line in [
        "FN:Bee",
        "N:;;;;",
        "ORG:Bee",
        "ADR;TYPE=WORK:;;ul. Długa 1;;;;",
        "TEL;TYPE=WORK,VOICE:12 34",
        "CATEGORIES:culture",
        "END:VCARD",
    ] {
        assert!(card.split("\r\n").any(|own| own == line), "{line}: {card}");
    }
    assert!(
        !card.contains("URL") && !card.contains("GEO") && !card.contains("EMAIL") && !card.contains("REV"),
        "{card}"
    );
    assert!(!Site::new("").pages(&[("a.md", "title: A")]).build().contains_key("organisations.vcf"));
}

#[test]
fn lists_for_saving_name_what_belongs_together() {
    let config = "[offline]\npages = [\"t\"]\nsections = [\"s\"]\nshelf = \"z\"\n[languages.en]\nfallback = true\n";
    let pages = [
        ("t/_index.md", "title: T"),
        ("t/a.md", "title: A"),
        ("t/b.md", "title: B\nhidden: true"),
        ("s/_index.md", "title: S"),
        ("s/_index.en.md", "title: Section"),
        ("s/c.md", "title: C"),
        ("s/d.md", "title: D\nhidden: true"),
        ("s/e/_index.md", "hidden: true"),
        ("s/f/_index.md", "title: F"),
        ("sx/g.md", "title: G"),
        ("z/_index.md", "title: Z"),
    ];
    let site = Site::new(config).pages(&pages);
    let files = site.build();
    assert_eq!(
        named(&files, "offline.json"),
        ["en/s/offline.json", "en/t/a/offline.json", "s/offline.json", "t/a/offline.json"]
    );
    let list = |path: &str| serde_json::from_str::<Value>(&files[path]).unwrap();
    let urls = |list: &Value| -> Vec<String> {
        list["files"].as_array().unwrap().iter().map(|file| file["url"].as_str().unwrap().to_string()).collect()
    };
    let tour = list("t/a/offline.json");
    assert_eq!(urls(&tour), ["/g/en/t/a/", "/g/en/z/", "/g/t/a/", "/g/z/"]);
    assert_eq!(
        (&tour["title"], &tour["pages"]),
        (&json!({ "en": "A", "pl": "A" }), &json!({ "en": "/g/en/t/a/", "pl": "/g/t/a/" }))
    );
    let section = list("en/s/offline.json");
    assert_eq!(section["title"], json!({ "en": "Section", "pl": "S" }));
    assert_eq!(
        urls(&section),
        ["/g/en/s/c/", "/g/en/s/f/", "/g/en/s/", "/g/en/z/", "/g/s/c/", "/g/s/f/", "/g/s/", "/g/z/"]
    );
    assert_eq!((&section["id"], &section["shelf"]["en"]), (&json!("/g/s/"), &json!("/g/en/z/")));
    let wrong = Site::new("[offline]\npages = [\"t\"]\nsections = [\"u\"]\nshelf = \"v\"\n").pages(&pages);
    let told = wrong.told(Code::ConfigInvalid);
    let names: Vec<&str> = told.iter().map(|found| found.message.en.split('`').nth(1).unwrap()).collect();
    assert_eq!(names, ["u", "v"]);
}

#[test]
fn a_cms_has_a_collection_for_each_kind_and_folder() {
    let place = "place: { at: [50.07, 20.03] }";
    let titled = |title: &str, block: &str| format!("title: {title}\ndescription: {title}.\n{block}");
    let pages = [
        ("_index.md", "title: Dom".to_string()),
        ("a/_index.md", "title: Miejsca".to_string()),
        ("a/_index.en.md", "title: Places".to_string()),
        ("a/p/index.md", titled("P", place)),
        ("a/q.md", titled("Q", place)),
        ("a/r/index.md", titled("R", "legend: { verdict: 'true', at: [50.07, 20.03] }")),
        ("a/s/index.md", titled("S", "")),
        ("b/c/d/index.md", titled("D", place)),
        ("b/c/d/index.en.md", titled("D", "place: { address: x }")),
        ("e.md", titled("E", "")),
        ("f.en.md", titled("F", place)),
    ];
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, front)| (*path, front.as_str())).collect();
    let config = "[languages.en]\nfallback = true\ninherit = true\n[cms]\nscript = \"/cms.js\"\n[cms.backend]\nname = \"test-repo\"\n";
    let files = Site::new(config).pages(&pages).build();
    let read = |path: &str| {
        let source = SourceText { file: path.into(), text: files[path].clone() };
        Value::Object(FrontMatter::yaml_file(&source).unwrap().table)
    };
    let brief = |config: &Value| -> Vec<String> {
        let one = |collection: &Value| {
            let get = |key: &str| collection[key].as_str().unwrap_or("-").to_string();
            format!("{} | {} | {} | {}", get("name"), get("label"), get("folder"), get("path"))
        };
        config["collections"].as_array().unwrap().iter().map(one).collect()
    };
    let polish = read("admin/config.yml");
    assert_eq!(
        brief(&polish),
        [
            "a-place-file | Miejsca – Miejsce | content/a | -",
            "a-place | Miejsca – Miejsce | content/a | {{slug}}/index",
            "b-c | b/c | content/b/c | {{slug}}/index",
            "a-legend | Miejsca – Legenda | content/a | {{slug}}/index",
            "content | Strony | content | -",
            "a-page | Miejsca – Strony | content/a | {{slug}}/index",
            "sections | Działy | - | -",
        ]
    );
    assert_eq!(brief(&read("en/admin/config.yml"))[0], "a-place-file | Places – Place | content/a | -");
    let collections = polish["collections"].as_array().unwrap();
    let names = |fields: &Value| {
        fields.as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    let ends = |at: usize| {
        let all = names(&collections[at]["fields"]);
        (all[..5].join(" "), all.last().unwrap().clone())
    };
    assert_eq!(ends(1), ("title description slug date place".to_string(), "body".to_string()));
    assert_eq!(ends(4).0, "title description slug date cover");
    let gallery = collections[1]["fields"].as_array().unwrap().iter().find(|field| field["name"] == "gallery").unwrap();
    let must: Vec<&str> = gallery["fields"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|field| field["required"] != false)
        .map(|field| field["name"].as_str().unwrap())
        .collect();
    assert!(must.contains(&"alt") && !must.contains(&"caption"), "{must:?}");
    let required = |at: usize| {
        let fields = collections[at]["fields"].as_array().unwrap();
        fields
            .iter()
            .map(|field| format!("{}={}", field["name"].as_str().unwrap(), field["required"]))
            .take(4)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(required(1), "title=true description=true slug=false date=[\"pl\"]");
    assert_eq!(required(4), "title=true description=true slug=false date=false");
    assert_eq!((&collections[1]["label_singular"], collections[4].get("label_singular")), (&json!("Miejsce"), None));
    assert_eq!((&collections[1]["media_folder"], collections[0].get("media_folder")), (&json!(""), None));
    let sections = collections[6]["files"].as_array().unwrap();
    let sections: Vec<String> = sections
        .iter()
        .map(|file| ["name", "label", "file"].map(|key| file[key].as_str().unwrap()).join(" "))
        .collect();
    assert_eq!(
        sections,
        ["home Strona główna content/_index.{{locale}}.md", "a Miejsca content/a/_index.{{locale}}.md"]
    );
    assert_eq!(polish["i18n"]["locales"], json!(["pl", "en"]));

    let plain = Site::new("[cms]\nscript = \"/cms.js\"\n[cms.backend]\nname = \"test-repo\"\n")
        .pages(&[("a/b.md", "title: B")])
        .build();
    assert!(!plain["admin/config.yml"].contains("i18n") && !plain["admin/config.yml"].contains("sections"));
}
