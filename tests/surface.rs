//! What a theme may rely on besides the sites in `tests/zola`: keys and functions that those do not show.

mod common;

use common::Site;

const RUST: &str = "---\ntitle: x\n---\n```rust,name=a.rs\nfn a() {}\n```\n";

fn highlighted(highlighting: &str) -> String {
    Site::new(&format!("[markdown.highlighting]\n{highlighting}"))
        .file("content/a.md", RUST)
        .build()
        .text("a/index.html")
}

#[test]
fn attributes_of_code_stand_where_they_are_asked_for() {
    let data = "data-lang=\"rust\" data-name=\"a.rs\"";
    let position = |position: &str| {
        let page = highlighted(&format!("theme = \"nord\"\nstyle = \"class\"\n{position}"));
        let (pre, code) = page.split_once("<code").unwrap();
        (pre.contains(data), code.split('>').next().unwrap().contains(data))
    };
    assert_eq!(position(""), (false, true));
    assert_eq!(position("data_attr_position = \"pre\""), (true, false));
    assert_eq!(position("data_attr_position = \"Both\""), (true, true));
    assert_eq!(position("data_attr_position = \"none\""), (false, false));
}

#[test]
fn two_inline_themes_follow_the_readers_colours() {
    let page = highlighted("light_theme = \"github-light\"\ndark_theme = \"nord\"\n");
    assert!(page.contains("style=\"color-scheme: light dark; color: light-dark(#24292e, #d8dee9);"), "{page}");
    let page = highlighted("light_theme = \"github-light\"\ndark_theme = \"nord\"\nadd_color_scheme = false\n");
    assert!(!page.contains("color-scheme:") && page.contains("light-dark("), "{page}");
}

#[test]
fn a_site_may_bring_grammars_and_themes() {
    let grammar = "{\"scopeName\": \"source.huta\", \"name\": \"Hutniczy\", \"fileTypes\": [\"hut\"],\
                   \"patterns\": [{\"match\": \"surówka\", \"name\": \"keyword.huta\"}]}";
    let theme = "{\"name\": \"piec\", \"colors\": {\"editor.background\": \"#000000\", \"editor.foreground\": \"#ffffff\"},\
                 \"tokenColors\": [{\"scope\": \"keyword\", \"settings\": {\"foreground\": \"#ff8800\", \"fontStyle\": \"bold\"}}]}";
    let config = "[markdown.highlighting]\ntheme = \"piec\"\nextra_grammars = [\"kod/hut.json\"]\nextra_themes = [\"kod/piec.json\"]\n";
    let page = Site::new(config)
        .file("kod/hut.json", grammar)
        .file("kod/piec.json", theme)
        .file("content/a.md", "---\ntitle: x\n---\n```hut\nz surówka\n```\n")
        .build()
        .text("a/index.html");
    assert!(page.contains("<span style=\"color: #ff8800; font-weight: bold;\">surówka</span>"), "{page}");
    assert!(page.contains("data-lang=\"hut\""), "{page}");
}

#[test]
fn every_language_may_have_its_index() {
    let config = "default_language = \"pl\"\nbuild_search_index = true\n[search]\nindex_format = \"fuse_javascript\"\n\
                  [languages.en]\nbuild_search_index = true\n[languages.de]\n";
    let files = Site::new(config)
        .file("content/_index.md", "---\ntitle: Początek\n---\nHuta stoi.\n")
        .file("content/_index.en.md", "---\ntitle: Start\n---\nSteelworks stand.\n")
        .file("templates/index.html", "{{ config.build_search_index }} {{ config.search.index_format }}")
        .build();
    let polish = files.text("search_index.pl.js");
    assert!(polish.starts_with("window.searchIndex = [{") && polish.contains("Huta stoi."), "{polish}");
    let english = files.text("search_index.en.js");
    assert!(english.starts_with("window.searchIndex = {") && english.contains("Steelworks stand."), "{english}");
    assert!(files.has("elasticlunr.min.js") && !files.paths().iter().any(|path| path.starts_with("search_index.de")));
    assert_eq!(files.text("index.html"), "true fuse_javascript");
    assert_eq!(files.text("de/index.html"), "false elasticlunr_javascript");
}

#[test]
fn a_large_sitemap_is_an_index_of_several() {
    let terms: Vec<String> = (0..30_000).map(|number| format!("t{number}")).collect();
    let page = |terms: &[String]| format!("---\ntitle: x\ntaxonomies: {{t: [{}]}}\n---\n", terms.join(", "));
    let files = Site::new("[trust]\ncontent = [\"**\"]\n[[taxonomies]]\nname = \"t\"\n")
        .file("templates/taxonomy_list.html", "")
        .file("templates/taxonomy_single.html", "")
        .file("content/a.md", &page(&terms[..10_000]))
        .file("content/b.md", &page(&terms[10_000..20_000]))
        .file("content/c.md", &page(&terms[20_000..]))
        .build();
    let index = files.text("sitemap.xml");
    for name in ["sitemap1.xml", "sitemap2.xml"] {
        assert!(index.contains(&format!("<sitemap><loc>https://example.org/{name}</loc></sitemap>")), "{index}");
    }
    let addresses = |name: &str| files.text(name).matches("<loc>").count();
    // Besides the terms there are the home page, the page and the list of terms.
    assert_eq!((addresses("sitemap1.xml"), addresses("sitemap2.xml")), (30_000, 5));
}

#[test]
fn the_environment_is_read_where_a_template_asks() {
    let allowed = "[trust]\nenvironment = [\"CARGO_PKG_*\", \"HUTA_*\"]\n";
    let home = |template: &str| Site::new(allowed).file("templates/index.html", template);
    assert_eq!(home("{{ get_env(name=\"HOME\") }}").errors(), ["template-error templates/index.html:1:4"]);
    let site = home("{{ get_env(name=\"CARGO_PKG_NAME\") }} {{ get_env(name=\"HUTA_NO_SUCH\", default=\"none\") }}");
    assert_eq!(site.build().text("index.html"), "huta none");
    assert_eq!(home("{{ get_env(name=\"HUTA_NO_SUCH\") }}").errors(), ["template-error templates/index.html:1:4"]);
}

#[test]
fn directions_of_writing_are_known() {
    let template = "{{ text_direction() }} {{ text_direction(lang=\"ar\") }}";
    assert_eq!(Site::new("").file("templates/index.html", template).build().text("index.html"), "ltr rtl");
}

#[cfg(unix)]
#[test]
fn static_files_can_be_hard_links() {
    use std::os::unix::fs::MetadataExt;
    for (config, linked) in [("hard_link_static = true\n", true), ("", false)] {
        let site = Site::new(config).file("static/a.txt", "x");
        site.build();
        let number = |path: &str| std::fs::metadata(site.path().join(path)).unwrap().ino();
        assert_eq!(number("static/a.txt") == number("public/a.txt"), linked, "{config}");
    }
}
