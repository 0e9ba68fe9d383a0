//! The content model: addresses, languages, fallbacks, inheritance, order, lists.

mod common;

use common::Site;

const BILINGUAL: &str = "default_language = \"pl\"\n[languages.en]\nfallback = true\ninherit = true\n";

#[test]
fn a_section_slug_translates_its_folder() {
    let files = Site::new(BILINGUAL)
        .file("content/miejsca/_index.md", "---\ntitle: Miejsca\n---\n")
        .file("content/miejsca/_index.en.md", "---\ntitle: Places\nslug: places\n---\n")
        .file("content/miejsca/plac/index.md", "---\ntitle: Plac\n---\n")
        .file("content/miejsca/plac/index.en.md", "---\ntitle: Square\nslug: square\n---\n")
        .file("content/miejsca/stare/_index.md", "---\ntitle: Stare\n---\n")
        .file("content/miejsca/stare/dwor.md", "---\ntitle: Dwór\n---\n")
        .build();
    for path in [
        "miejsca/plac/index.html",
        "en/places/index.html",
        "en/places/square/index.html",
        "en/places/stare/dwor/index.html",
    ] {
        assert!(files.has(path), "{path} not in {:?}", files.paths());
    }
    assert!(!files.has("en/miejsca/plac/index.html"));
}

#[test]
fn a_missing_translation_shows_the_original_and_says_so() {
    let files = Site::new(BILINGUAL)
        .file(
            "templates/page.html",
            "{{ page.lang }} {{ page.text_lang }} {{ page.fallback }} {{ page.title }} {% for a in page.alternates %}{{ a.lang }}={{ a.permalink }}:{{ a.fallback }} {% endfor %}",
        )
        .file("content/strona.md", "---\ntitle: Strona\n---\n")
        .file("content/tylko.md", "---\ntitle: Tylko po polsku\n---\n")
        .file("content/strona.en.md", "---\ntitle: Page\n---\n")
        .build();
    let fallback = files.text("en/tylko/index.html");
    assert!(
        fallback.starts_with(
            "en pl true Tylko po polsku pl=https://example.org/tylko/:false en=https://example.org/en/tylko/:true"
        ),
        "{fallback}"
    );
    assert!(files.text("en/strona/index.html").starts_with("en en false Page"));
    let sitemap = files.text("sitemap.xml");
    assert!(sitemap.contains("https://example.org/en/strona/") && !sitemap.contains("https://example.org/en/tylko/"));
}

#[test]
fn without_fallback_there_is_no_page() {
    let files = Site::new("default_language = \"pl\"\n[languages.en]\n")
        .file("content/strona.md", "---\ntitle: x\n---\n")
        .build();
    assert!(files.has("strona/index.html") && !files.has("en/strona/index.html") && files.has("en/index.html"));
}

#[test]
fn a_fallback_keeps_its_reader_in_their_language() {
    let files = Site::new(BILINGUAL)
        .file("content/a.md", "---\ntitle: A\n---\n[b](@/b.md) [kotwica](@/b.md#nagłówek)\n")
        .file("content/b.md", "---\ntitle: B\n---\n## Nagłówek {#nagłówek}\n")
        .file("content/b.en.md", "---\ntitle: B\n---\n## Heading\n")
        .build();
    let page = files.text("en/a/index.html");
    assert!(page.contains("href=\"https://example.org/en/b/\""), "{page}");
    // The anchor exists only in the original's text, so that link stays with it.
    assert!(page.contains("href=\"https://example.org/b/#nag"), "{page}");
}

#[test]
fn a_translation_inherits_structure_and_overrides_texts() {
    let template = "{{ page.date }} {{ page.place.at[0] }} {{ page.place.style }} {{ page.place.access.wheelchair }} {{ page.place.access.note }} {{ page.sources[0].title }}";
    let files = Site::new(BILINGUAL)
        .file("templates/place.html", template)
        .file("content/_index.md", "---\ntitle: Start\n---\n")
        .file("content/m/_index.md", "---\ntitle: M\npage_template: place.html\n---\n")
        .file("content/m/_index.en.md", "---\ntitle: M\n---\n")
        .file(
            "content/m/plac/index.md",
            "---\ntitle: Plac\ndate: 2026-11-23\nplace:\n  at: [50.1, 20.0]\n  style: socrealizm\n  access: { wheelchair: limited, note: jeden stopień }\nsources:\n  - title: Źródło\n---\n",
        )
        .file(
            "content/m/plac/index.en.md",
            "---\ntitle: Square\nplace:\n  style: socialist realism\n  access: { note: one step }\n---\n",
        )
        .build();
    assert_eq!(files.text("en/m/plac/index.html"), "2026-11-23 50.1 socialist realism limited one step Źródło");
}

#[test]
fn drafts_appear_only_when_asked_for() {
    let site = || {
        Site::new("")
            .file("content/a.md", "---\ntitle: A\ndraft: true\n---\n")
            .file("content/s/_index.md", "---\ntitle: S\ndraft: true\n---\n")
            .file("content/s/b.md", "---\ntitle: B\n---\n")
    };
    let without = site().build();
    assert!(!without.has("a/index.html") && !without.has("s/index.html") && !without.has("s/b/index.html"));
    let with = site().with_drafts().build();
    assert!(with.has("a/index.html") && with.has("s/index.html") && with.has("s/b/index.html"));
}

#[test]
fn a_draft_takes_its_translations_along() {
    let files = Site::new(BILINGUAL)
        .file("content/s/_index.md", "---\ntitle: S\ndraft: true\n---\n")
        .file("content/s/q.md", "---\ntitle: Q\n---\n")
        .file("content/s/q.en.md", "---\ntitle: Q\nplace: { style: x }\n---\n")
        .file("content/t.md", "---\ntitle: T\ndraft: true\nplace: { at: [50, 20] }\n---\n")
        .file("content/t.en.md", "---\ntitle: T\ndraft: false\n---\n")
        .build();
    let leaked: Vec<&str> =
        files.paths().into_iter().filter(|path| path.contains("s/") || path.contains("t/")).collect();
    assert!(leaked.is_empty(), "{leaked:?}");
}

#[test]
fn a_place_is_found_however_its_letters_are_stored() {
    // The folder as macOS stores it (decomposed), the reference as it is typed (composed).
    let files = Site::new(BILINGUAL)
        .file("templates/page.html", "{{ page.legend?.place?.title or \"\" }} {{ page.content | safe }}")
        .file("content/z\u{307}uraw/index.md", "---\ntitle: Żuraw\nplace: { at: [50, 20] }\n---\n")
        .file(
            "content/a.md",
            "---\ntitle: A\nlegend: { place: żuraw, verdict: \"true\" }\n---\n[x](@/żuraw/index.md)\n",
        )
        .build();
    assert!(files.text("a/index.html").starts_with("Żuraw <p><a href=\"https://example.org/zuraw/\""));
}

#[test]
fn typography_leaves_addresses_alone() {
    let files = Site::new("default_language = \"pl\"\n[markdown]\ntypography = true\n")
        .file("templates/page.html", "{{ page.chapter.legal[0].url | safe }} {{ page.chapter.legal[0].act | safe }}")
        .file(
            "content/a.md",
            "---\ntitle: A\nchapter:\n  part: start\n  in_short: [a, b, c]\n  legal: [{ act: \"O'Neil w domu\", url: \"https://example.org/O'Neil\" }]\n  reviewed: 2026-01-01\n---\n",
        )
        .build();
    assert_eq!(files.text("a/index.html"), "https://example.org/O'Neil O’Neil w\u{a0}domu");
}

#[test]
fn data_of_a_page_is_escaped_whatever_its_key() {
    let files = Site::new("")
        .file("templates/page.html", "{{ page.extra.note_html }}")
        .file("content/a.md", "---\ntitle: A\nextra: { note_html: \"<b>\" }\n---\n")
        .build();
    assert_eq!(files.text("a/index.html"), "&lt;b&gt;");
}

#[test]
fn leftovers_of_editors_do_not_stop_a_build() {
    let files = Site::new("")
        .file("content/#a.md#", "x")
        .file("content/.#a.md", "x")
        .file("content/.~lock.plan.odt#", "x")
        .file("content/.trash/old.md", "---\ntitle: x\n---\n")
        .build();
    assert_eq!(files.paths(), [".huta", "404.html", "index.html", "robots.txt", "sitemap.xml"]);
}

#[test]
fn anchors_are_found_in_any_html() {
    // What an editor who is not trusted calls an anchor could be taken for one of the theme's.
    let files = Site::new("[trust]\ncontent = [\"a.md\"]\n")
        .file("content/a.md", "---\ntitle: A\n---\n[a](#x) [b](#Y) [c](#1)\n\n<div\nid=\"x\">\n</div>\n\n<P ID=Y>\n\nz[^1]\n\n[^1]: Nota\n")
        .build();
    assert!(files.has("a/index.html"));
}

#[test]
fn a_static_file_replaces_everything_else() {
    let files = Site::new("").file("static/robots.txt", "moje").build();
    assert_eq!(files.text("robots.txt"), "moje");
}

#[test]
fn bundles_bring_their_files_in_every_language() {
    let files = Site::new(BILINGUAL)
        .file("content/plac/index.md", "---\ntitle: Plac\n---\n![plan](plan.svg) [plan](@/plac/plan.svg)\n")
        .file("content/plac/plan.svg", "<svg/>")
        .file("content/plac/dane/a.csv", "a,b")
        .build();
    for path in ["plac/plan.svg", "en/plac/plan.svg", "plac/dane/a.csv", "en/plac/dane/a.csv"] {
        assert!(files.has(path), "{path}");
    }
    let page = files.text("en/plac/index.html");
    assert_eq!(page.matches("https://example.org/en/plac/plan.svg").count(), 2, "{page}");
}

#[test]
fn taxonomies_have_lists_terms_pagers_and_feeds() {
    let config = "[[taxonomies]]\nname = \"tematy\"\npaginate_by = 1\nfeed = true\n";
    let files = Site::new(config)
        .file("templates/taxonomy_list.html", "{% for t in terms %}{{ t.name }}:{{ t.page_count }} {% endfor %}")
        .file("templates/taxonomy_single.html", "{{ term.name }} {{ paginator.current_index }}/{{ paginator.number_pagers }} {% for p in paginator.pages %}{{ p.title }}{% endfor %}")
        .file("content/a.md", "---\ntitle: A\ndate: 2026-01-01\ntaxonomies: { tematy: [Zieleń, Stal] }\n---\n")
        .file("content/b.md", "---\ntitle: B\ndate: 2026-02-01\ntaxonomies: { tematy: [Zieleń] }\n---\n")
        .build();
    assert_eq!(files.text("tematy/index.html"), "Stal:1 Zieleń:2 ");
    assert_eq!(files.text("tematy/zielen/index.html"), "Zieleń 1/2 B");
    assert_eq!(files.text("tematy/zielen/page/2/index.html"), "Zieleń 2/2 A");
    assert!(files.text("tematy/zielen/page/1/index.html").contains("https://example.org/tematy/zielen/"));
    assert!(files.text("tematy/zielen/atom.xml").contains("<title>B</title>"));
}

#[test]
fn sections_sort_paginate_and_know_neighbours() {
    let files = Site::new("")
        .file(
            "templates/section.html",
            "{% for p in paginator.pages %}{{ p.title }} {% endfor %}{{ paginator.next or \"-\" }}",
        )
        .file(
            "templates/page.html",
            "{{ page.lower?.title or \"-\" }} < {{ page.title }} < {{ page.higher?.title or \"-\" }}",
        )
        .file("content/s/_index.md", "---\ntitle: S\nsort_by: weight\npaginate_by: 2\n---\n")
        .file("content/s/a.md", "---\ntitle: A\nweight: 3\n---\n")
        .file("content/s/b.md", "---\ntitle: B\nweight: 1\n---\n")
        .file("content/s/c.md", "---\ntitle: C\nweight: 2\n---\n")
        .build();
    assert_eq!(files.text("s/index.html"), "B C https://example.org/s/page/2/");
    assert_eq!(files.text("s/page/2/index.html"), "A -");
    assert_eq!(files.text("s/c/index.html"), "B &lt; C &lt; A".replace("&lt;", "<"));
}

#[test]
fn summaries_headings_and_contents() {
    let files = Site::new("[markdown]\ninsert_anchor_links = \"right\"\n")
        .file("templates/page.html", "[{{ page.summary | safe }}]{% for h in page.toc %}{{ h.title }}({{ h.id }}){% for c in h.children %}>{{ c.title }}{% endfor %} {% endfor %}{{ page.content | safe }}")
        .file("content/a.md", "---\ntitle: A\n---\nWstęp.\n\n<!-- more -->\n\n## Część\n\n### Pod\n\n## Część\n")
        .build();
    let page = files.text("a/index.html");
    assert!(page.starts_with("[<p>Wstęp.</p>]Część(czesc)>Pod Część(czesc-1) "), "{page}");
    assert!(page.contains("<span id=\"continue-reading\"></span>"));
    assert!(page.contains("href=\"#czesc-1\""), "{page}");
}

#[test]
fn aliases_redirect_and_feeds_and_robots_exist() {
    let files = Site::new("title = \"T\"\ngenerate_feeds = true\nfeed_limit = 1\n")
        .file(
            "content/a.md",
            "---\ntitle: A & B\ndate: 2026-01-01\naliases: [\"stare/miejsce\", \"plik.html\"]\n---\nTekst\n",
        )
        .file("content/b.md", "---\ntitle: B\ndate: 2025-01-01\n---\n")
        .file("static/x.txt", "x")
        .build();
    assert!(files.text("stare/miejsce/index.html").contains("https://example.org/a/"));
    assert!(files.text("plik.html").contains("https://example.org/a/"));
    let feed = files.text("atom.xml");
    assert!(feed.contains("<title>A &amp; B</title>") && !feed.contains("<title>B</title>"), "{feed}");
    assert!(feed.contains("<updated>2026-01-01T00:00:00+00:00</updated>"), "{feed}");
    assert!(files.text("robots.txt").contains("Sitemap: https://example.org/sitemap.xml"));
    assert_eq!(files.text("x.txt"), "x");
    assert!(files.has("404.html"));
}

#[test]
fn the_sitemap_names_the_versions_of_a_page() {
    let config = format!("sitemap_hreflang = true\n{BILINGUAL}");
    let sitemap = Site::new(&config)
        .file("content/a.md", "---\ntitle: A\n---\n")
        .file("content/a.en.md", "---\ntitle: A\n---\n")
        .file("content/b.md", "---\ntitle: B\n---\n")
        .build()
        .text("sitemap.xml");
    let entry = |address: &str| {
        sitemap.split("<url>").find(|entry| entry.contains(&format!("<loc>{address}</loc>"))).unwrap().to_string()
    };
    for address in ["https://example.org/a/", "https://example.org/en/a/"] {
        let entry = entry(address);
        assert!(entry.contains("hreflang=\"pl\" href=\"https://example.org/a/\""), "{entry}");
        assert!(entry.contains("hreflang=\"en\" href=\"https://example.org/en/a/\""), "{entry}");
    }
    assert!(!entry("https://example.org/b/").contains("hreflang"));
}

#[test]
fn polish_text_gets_its_no_break_spaces() {
    let files = Site::new("default_language = \"pl\"\n[markdown]\ntypography = true\n")
        .file("content/a.md", "---\ntitle: A\n---\nSpacer w parku, `a b` i 3 km.\n")
        .build();
    assert!(files.text("a/index.html").contains("<p>Spacer w\u{a0}parku, <code>a b</code> i\u{a0}3\u{a0}km.</p>"));
}

#[test]
fn a_plain_site_keeps_zola_ways() {
    let files = Site::new("default_language = \"pl\"\n[languages.en]\n")
        .file("content/a.md", "---\ntitle: A\ndate: 2026-01-01\n---\n")
        .file("content/a.en.md", "---\ntitle: A\n---\n[a](@/a.md)\n")
        .file("templates/page.html", "{{ page.date or \"none\" }} {{ page.content | safe }}")
        .build();
    let page = files.text("en/a/index.html");
    assert!(page.starts_with("none "), "{page}");
    assert!(page.contains("href=\"https://example.org/a/\""), "{page}");
}

#[test]
fn today_comes_from_outside() {
    let files = Site::new("")
        .file("templates/page.html", "{{ page.chapter.review_due }} {{ page.chapter.overdue }} {{ now() | date }}")
        .file("content/a.md", "---\ntitle: A\nchapter:\n  part: start\n  in_short: [a, b, c]\n  reviewed: 2025-10-31\n---\n")
        .file("content/b.md", "---\ntitle: B\nchapter:\n  part: start\n  in_short: [a, b, c]\n  reviewed: 2026-01-31\n  review_months: 13\n---\n")
        .build();
    assert_eq!(files.text("a/index.html"), "2026-10-31 true 2026-11-23");
    assert_eq!(files.text("b/index.html"), "2027-02-28 false 2026-11-23");
}

#[test]
fn plural_forms_follow_the_language() {
    let words = "default_language = \"pl\"\n[translations]\n\"os.one\" = \"{n} osoba\"\n\"os.few\" = \"{n} osoby\"\n\"os.many\" = \"{n} osób\"\n";
    let files = Site::new(words)
        .file("content/a.md", "---\ntitle: A\n---\n")
        .file("templates/page.html", "{% for n in [1, 3, 5, 22] %}{{ trans(key=\"os\", count=n) }}, {% endfor %}")
        .build();
    assert_eq!(files.text("a/index.html"), "1 osoba, 3 osoby, 5 osób, 22 osoby, ");
}
