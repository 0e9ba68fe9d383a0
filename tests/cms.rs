//! Editing in a browser: what huta writes for the CMS, and what it says about files that the forms cannot hold. Whether the
//! CMS itself takes it is for `tests/browser/cms.test.mjs`.

mod common;

use common::Site;
use huta::diagnostic::Severity;

const LANGUAGES: &str = "default_language = \"pl\"\n[languages.en]\nfallback = true\ninherit = true\n";
const CMS: &str = "[cms]\nscript = \"/admin/cms.js\"\n[cms.backend]\nname = \"test-repo\"\n";
const PLACE: &str = "---\ntitle: Plac\ndescription: Plac.\nplace:\n  at: [50.07, 20.03]\n  dates:\n    - { on: \"1949\", what: początek }\n    - { on: \"1956\", what: koniec }\n---\n";

fn site(cms: &str) -> Site {
    Site::new(&format!("{LANGUAGES}{cms}"))
        .file("content/_index.md", "---\ntitle: Przewodnik\n---\n")
        .file("content/miejsca/_index.md", "---\ntitle: Miejsca\n---\n")
        .file("content/miejsca/plac/index.md", PLACE)
}

/// What a build says, in English, from warnings on.
fn said(site: &Site) -> Vec<String> {
    let outcome = site.outcome();
    let heavy = outcome.diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Hint);
    heavy.map(|diagnostic| diagnostic.message.en.clone()).collect()
}

/// The lines of a field in the configuration, up to the next one at its depth.
fn field<'t>(config: &'t str, name: &str) -> &'t str {
    let start = config.find(&format!("- name: \"{name}\"\n")).unwrap_or_else(|| panic!("{name} in {config}"));
    let depth = config[..start].rsplit('\n').next().unwrap().len();
    let next = format!("\n{}- ", " ".repeat(depth));
    let rest = &config[start..];
    rest.find(&next).map_or(rest, |end| &rest[..end])
}

#[test]
fn there_is_no_cms_without_a_repository() {
    let unnamed = "[cms]\nscript = \"/admin/cms.js\"\n[cms.backend]\nname = \"github\"\nrepo = \"\"\n";
    for cms in ["", unnamed] {
        let files = site(cms).build();
        assert!(!files.has("admin/index.html") && !files.has("admin/config.yml"));
        assert!(!files.text("robots.txt").contains("admin"));
    }
}

#[test]
fn each_language_has_a_page_that_nobody_indexes() {
    let files = site(CMS).build();
    for folder in ["admin", "en/admin"] {
        let page = files.text(&format!("{folder}/index.html"));
        assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{page}");
        assert!(page.contains("src=\"https://example.org/admin/cms.js\""), "{page}");
        assert!(files.text("robots.txt").contains(&format!("Disallow: /{folder}/\n")));
    }
    assert!(!files.text("sitemap.xml").contains("admin"));
    assert!(files.text("admin/config.yml").contains("label: \"Współrzędne\""));
    assert!(files.text("en/admin/config.yml").contains("label: \"Coordinates\""));
}

#[test]
fn forms_come_from_the_kinds_in_their_folders() {
    let files = site(CMS).build();
    let config = files.text("admin/config.yml");
    let collection = field(&config, "miejsca");
    assert!(collection.contains("folder: \"content/miejsca\"") && collection.contains("path: \"{{slug}}/index\""));
    assert!(!field(collection, "at").contains("i18n"), "said once");
    assert!(field(collection, "address").contains("i18n: true"), "said in each language");
    assert!(field(collection, "dates").contains("i18n: \"duplicate\""), "the same items in each");
    assert!(!config.contains("\"tour\""), "no form for what the site has not");
    assert!(field(&config, "sections").contains("file: \"content/miejsca/_index.{{locale}}.md\""));
}

#[test]
fn what_a_form_cannot_hold_is_told() {
    let picture = |credit: &str| {
        format!("---\ntitle: Plac\ngallery:\n  - {{ file: a.svg, alt: Plac, licence: CC0, credit: {credit} }}\n---\n")
    };
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"><path d=\"M0 0h4v4z\"/></svg>";
    let with = |credit: &str| {
        site(&format!("{CMS}[pictures]\n")).file("content/a/index.md", &picture(credit)).file("content/a/a.svg", svg)
    };
    assert_eq!(said(&with("Jan")), [] as [&str; 0]);
    let told = said(&with("{ pl: Jan, en: John }"));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("would lose `credit`"), "{told:?}");
}

#[test]
fn a_translation_whose_items_stand_otherwise_is_told() {
    let with = |dates: &str| {
        let text = format!("---\ntitle: Square\ndescription: Square.\nplace:\n  dates: [{dates}]\n---\n");
        said(&site(CMS).file("content/miejsca/plac/index.en.md", &text))
    };
    assert_eq!(with("{ on: \"1949\", what: a }, { on: \"1956\", what: b }"), [] as [&str; 0]);
    for other in ["{ on: \"1956\", what: b }, { on: \"1949\", what: a }", "{ on: \"1949\", what: a }"] {
        let told = with(other);
        assert!(told.len() == 1 && told[0].contains("the list `dates`"), "{told:?}");
    }
}

#[test]
fn what_cannot_be_right_is_refused() {
    let github = |script: &str, more: &str| format!("[cms]\nscript = \"{script}\"\n{more}");
    let backend = "[cms.backend]\nname = \"github\"\nrepo = \"a/b\"\n";
    let far = "https://unpkg.example/cms.js";
    for (cms, told) in [
        (github(far, backend), "no `integrity`"),
        (github(far, &format!("integrity = \"md5-x\"\n{backend}")), "not the hash"),
        (github("http://unpkg.example/cms.js", backend), "not the address of a script"),
        (github("/cms.js", "[cms.backend]\nname = \"github\"\nrepo = \"guide\"\n"), "not the name of a repository"),
    ] {
        let errors = said(&site(&cms));
        assert!(errors.iter().any(|error| error.contains(told)), "{told}: {errors:?}");
    }
}
