//! Maps as a site's pages have them: `page.map`, `get_map`, files, sizes.

mod common;

use std::io::Write;

use common::{Files, Site};
use flate2::Compression;
use flate2::write::GzEncoder;
use huta::source::DataFormat;

const BASE: &str = r#"{"type":"FeatureCollection","attribution":{"pl":"Dane: A & B","en":"Data: A & B"},"features":[
{"type":"Feature","properties":{"kind":"estate","name":"os. Wandy"},"geometry":{"type":"Polygon","coordinates":[[[20.03,50.07],[20.04,50.07],[20.04,50.075],[20.03,50.075],[20.03,50.07]]]}},
{"type":"Feature","properties":{"kind":"green","class":"park","name":"Park <Róż>","name_en":"Rose Park"},"geometry":{"type":"Polygon","coordinates":[[[20.033,50.071],[20.037,50.071],[20.037,50.0735],[20.033,50.0735],[20.033,50.071]]]}},
{"type":"Feature","properties":{"kind":"street","class":"avenue","name":"al. Prosta"},"geometry":{"type":"LineString","coordinates":[[20.028,50.0695],[20.035,50.0695],[20.042,50.0695]]}},
{"type":"Feature","properties":{"kind":"street","name":"ul. Boczna"},"geometry":{"type":"LineString","coordinates":[[20.035,50.0695],[20.035,50.078]]}}
]}"#;

const CONFIG: &str = "default_language = \"pl\"\ntitle = \"Strona\"\n[translations]\nmap = \"Mapa\"\n[languages.en]\ninherit = true\n\
                      [languages.en.translations]\nmap = \"Map\"\n";

/// Two places, a tour past them, and an organisation whose address names only an estate.
fn site() -> Site {
    let place = |title: &str, at: &str| format!("---\ntitle: {title}\nplace:\n  at: {at}\n---\n");
    Site::new(CONFIG)
        .file("content/mapa/base.geojson", BASE)
        .file("content/miejsca/a/index.md", &place("Początek", "[50.0695, 20.03]"))
        .file("content/miejsca/a/index.en.md", "---\ntitle: Start\n---\n")
        .file("content/miejsca/b/index.md", &place("\"Koniec & <kres>\"", "[50.0770, 20.035]"))
        .file("content/t/index.md", "---\ntitle: Trasa\ntour:\n  stops:\n    - { place: a }\n    - { place: b }\n---\n")
        .file(
            "content/o/index.md",
            "---\ntitle: Ktoś\norganisation:\n  form: association\n  areas: [culture]\n  address: os. Wandy 3\n---\n",
        )
        .file("content/x.md", "---\ntitle: X\n---\n")
        .file(
            "templates/page.html",
            "{% if page.map %}{{ page.map.svg | safe }}|{{ page.map.attribution }}{% else %}-{% endif %}",
        )
}

#[test]
fn every_page_that_is_somewhere_has_a_map() {
    let files = site().build();
    let tour = files.text("t/index.html");
    assert!(tour.contains(r#"<title id="map-t">Mapa: Trasa</title>"#), "{tour}");
    assert!(tour.contains(r#"<desc id="map-d">1. Początek; 2. Koniec &amp; &lt;kres&gt;</desc>"#), "{tour}");
    assert!(tour.contains(r#"<path class="route" d="M"#) && tour.contains(">al. Prosta</text>"), "{tour}");
    assert_eq!(tour.matches(r#"<g class="number">"#).count(), 2 * tour.matches(r#"<g class="l "#).count().max(4));
    assert!(tour.ends_with("|Dane: A &amp; B"), "{tour}");
    let english = files.text("en/miejsca/a/index.html");
    assert!(english.contains("Map: Start") && english.ends_with("|Data: A &amp; B"), "{english}");
    assert!(files.text("o/index.html").contains(r#"<path class="about""#), "an estate stands for the point");
    assert_eq!(files.text("x/index.html"), "-");
    assert_eq!(
        files.paths().iter().filter(|path| path.starts_with("t/")).collect::<Vec<_>>(),
        [&"t/index.html", &"t/t.geojson", &"t/t.gpx", &"t/t.kml", &"t/t.svg"]
    );
}

#[test]
fn a_place_beyond_the_base_map_is_shown_with_its_nearest_neighbour() {
    let far = |at: &str| format!("---\ntitle: Daleko\nplace:\n  at: {at}\n---\n");
    let files = site().file("content/miejsca/daleko.md", &far("[50.072, 20.08]")).build();
    let page = files.text("miejsca/daleko/index.html");
    assert!(page.contains(">Daleko</text>") && page.contains("class=\"dot place\""), "{page}");
    assert!(
        page.contains(">al. Prosta</text>") || page.contains(">ul. Boczna</text>"),
        "the base map is in sight: {page}"
    );
}

#[test]
fn names_follow_the_language_but_streets_their_signs() {
    let files = site()
        .file("templates/page.html", "{% set m = get_map(at=[50.0722, 20.035], title=\"\") %}{{ m.svg | safe }}")
        .build();
    let english = files.text("en/miejsca/a/index.html");
    assert!(english.contains(">Rose Park<") && english.contains(">ul. Boczna<"), "{english}");
    assert!(files.text("x/index.html").contains(">Park &lt;Róż&gt;<"));
}

#[test]
fn get_map_finds_pages_points_and_everything() {
    let content = "{{ page.content | safe }}";
    let body = "---\ntitle: Y\n---\nTekst\n\n{% set m = get_map(id=\"y1\", path=\"t\") %}{{ m.svg | safe }}\n";
    let all = "{% set m = get_map(id=\"all\") %}{% if m %}{{ m.svg | safe }}{% endif %}";
    // Only a text that is trusted may call functions.
    let files = site()
        .config("[trust]\ncontent = [\"y.md\"]\n")
        .file("content/y.md", body)
        .file("templates/page.html", content)
        .file("templates/index.html", all)
        .build();
    let page = files.text("y/index.html");
    assert!(page.contains(r#"aria-labelledby="y1-t y1-d""#) && page.contains(r#"<desc id="y1-d">1. Pocz"#), "{page}");
    let overview = files.text("index.html");
    assert!(
        overview.contains("Mapa: Strona") && overview.contains("Początek, Koniec &amp; &lt;kres&gt;"),
        "{overview}"
    );
    assert!(overview.contains(r#"<a class="mark place" href="https://example.org/miejsca/a/""#), "{overview}");
    assert!(overview.contains(r#"role="group" aria-labelledby="all-t all-d""#), "{overview}");
    // Without a base map there is nothing to draw on.
    assert_eq!(Site::new(CONFIG).file("templates/index.html", all).build().text("index.html"), "");
}

#[test]
fn wrong_arguments_are_told() {
    for (call, expected) in [
        ("get_map(path=\"nigdzie\")", "there is no page `nigdzie`"),
        ("get_map(at=[1.0])", "is a latitude and a longitude"),
        ("get_map(at=[100.0, 20.0])", "not on the earth"),
        ("get_map(id=\"a b\")", "is no id"),
        ("qr_code()", "text"),
        ("qr_code(text=long)", "too long"),
    ] {
        let template = format!("{{% set long = \"{}\" %}}{{{{ {call} }}}}", "x".repeat(4000));
        let outcome = site().file("templates/index.html", &template).outcome();
        let told = outcome.diagnostics.iter().map(|d| d.message.en.clone()).collect::<String>();
        assert!(!outcome.succeeded() && told.contains(expected), "{call}: {told}");
    }
}

#[test]
fn a_qr_code_is_one_path() {
    let files = Site::new("")
        .file("templates/index.html", "{{ qr_code(text=\"https://example.org/\", title=\"A & B\") }}")
        .build();
    let svg = files.text("index.html");
    // 20 bytes with correction M take version 2: 25 modules and a margin of 4.
    assert!(
        svg.starts_with(
            r#"<svg class="qr" viewBox="0 0 33 33" role="img"><title>A &amp; B</title><path d="M4 4h7v1h-7z"#
        ),
        "{svg}"
    );
    assert_eq!(svg.matches("<path").count(), 1);
}

/// The guide's theme and base map with one page of its own.
fn themed(body: &str) -> Site {
    const SECTIONS: [&str; 14] = [
        ".",
        "miejsca",
        "legendy",
        "trasy",
        "mapa",
        "organizacje",
        "poradnik",
        "gielda",
        "kalendarz",
        "fundusze",
        "obietnice",
        "pomysly",
        "zapisane",
        "o-przewodniku",
    ];
    let root = common::guide();
    let mut site = Site::new("");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    for path in ["huta.toml", "content/mapa/base.geojson"] {
        site = site.file(path, &read(path));
    }
    for section in SECTIONS {
        let path = format!("content/{section}/_index.md");
        site = site.file(&path, "---\ntitle: Dział\n---\n");
    }
    for entry in walkdir::WalkDir::new(root.join("themes")).into_iter().filter_map(Result::ok) {
        let path = entry.path().strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() {
            site = site.file(&path, &read(&path));
        }
    }
    for template in ["page", "section", "index"] {
        std::fs::remove_file(site.path().join(format!("templates/{template}.html"))).unwrap();
    }
    site.file("content/o-przewodniku/dojazd.md", &format!("---\ntitle: Dojazd\ndate: 2026-11-23\n---\n{body}\n"))
}

#[test]
fn a_map_stands_in_a_page_text() {
    let site = themed("Przed mapą.\n\n{{ <map id=\"plac\" at={[50.072, 20.0374]} title=\"Plac\" /> }}\n\nPo mapie.");
    let page = site.build().text("o-przewodniku/dojazd/index.html");
    for expected in ["id=plac-t>Mapa: Plac<", "map-view", "/map.", "OpenStreetMap", "<p>Po mapie."] {
        assert!(page.contains(expected), "no {expected}: {page}");
    }
    assert!(!page.contains("<p><figure"), "{page}");
}

fn guide() -> (tempfile::TempDir, Files) {
    let output = tempfile::tempdir().unwrap();
    let files = common::build_guide(&output.path().join("site"));
    (output, files)
}

fn gzipped(text: &str) -> usize {
    let mut encoder = GzEncoder::new(vec![], Compression::best());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap().len()
}

/// The map in a page of the guide.
fn map(page: &str) -> Option<&str> {
    let view = page.find("map-view")?;
    let from = view + page[view..].find("<svg")?;
    Some(&page[from..from + page[from..].find("</svg>")?])
}

#[test]
fn the_guide_has_a_map_of_everything_and_of_each_thing_and_none_is_heavy() {
    let (_folder, files) = guide();
    let table: serde_json::Value = serde_json::from_str(&files.text("dane/organisations.geojson")).unwrap();
    let features = table["features"].as_array().unwrap();
    let addresses =
        features.iter().flat_map(|feature| ["url_pl", "url_en"].map(|key| feature["properties"][key].as_str()));
    let seated: Vec<String> = addresses.map(|address| address.unwrap().to_string()).collect();
    let mut counted = [0, 0];
    for path in files.paths().into_iter().filter(|path| path.ends_with("index.html")) {
        let parts: Vec<&str> = path.trim_start_matches("en/").split('/').collect();
        let [section, _, _] = parts[..] else { continue };
        let is_tour = ["trasy", "tours"].contains(&section);
        if !is_tour && !["miejsca", "places", "organizacje", "organisations"].contains(&section) {
            continue;
        }
        let page = files.text(path);
        // An organisation without a seat that anybody knows is nowhere.
        let is_nowhere = ["organizacje", "organisations"].contains(&section)
            && !seated.iter().any(|url| url.contains(path.trim_end_matches("index.html")));
        let map = match map(&page) {
            Some(map) => map,
            None if is_nowhere => continue,
            None => panic!("{path} has no map"),
        };
        assert!(gzipped(map) <= 40_000, "{path}: {}", gzipped(map));
        counted[usize::from(is_tour)] += 1;
    }
    assert!(counted[0] >= 28 && counted[1] >= 4, "{counted:?}");
    for path in ["mapa/index.html", "en/map/index.html"] {
        let page = files.text(path);
        let size = gzipped(map(&page).unwrap());
        assert!(size <= 120_000, "{path}: {size}");
    }
}

#[test]
fn the_guides_maps_as_files_are_well_formed() {
    let (_folder, files) = guide();
    let maps: Vec<&str> = files
        .paths()
        .into_iter()
        .filter(|path| path.contains("/tours/") || path.contains("trasy/"))
        .filter(|path| std::path::Path::new(path).extension().is_some_and(|extension| extension == "svg"))
        .collect();
    assert!(maps.len() >= 4, "{maps:?}");
    for path in maps {
        let svg = DataFormat::Xml.parse(&files.text(path)).unwrap();
        assert!(svg["svg"]["title"].is_string() || svg["svg"]["title"].is_object(), "{path}");
        assert!(files.text(path).contains("OpenStreetMap"), "{path}");
    }
}
