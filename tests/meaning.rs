//! What pages say to machines, where the guide has no page to show it: doubts, things called off, ideas, invented pages,
//! texts that would end a script, the search page; feeds away from their pages; pictures in the sitemap.

mod common;

use common::Site;
use serde_json::{Value, json};

const CONFIG: &str = "default_language = \"pl\"\ntitle = \"Próba\"\nlicence = \"cc by-sa\"\n\
    [linked_data]\nlocality = \"Kraków\"\ncountry = \"PL\"\nsearch = \"szukaj\"\n\
    [translations]\n\"fact.wheelchair\" = \"Na wózku\"\n\"wheelchair.limited\" = \"częściowo\"\n\"status.done\" = \"zrobione\"\n\
    \"fact.built\" = \"Kiedy\"\n\"home\" = \"Start\"\n\
    [languages.en]\ntitle = \"Trial\"\ninherit = true\nfallback = true\n";

fn site() -> Site {
    Site::new(CONFIG)
        .file("templates/page.html", "{{ page.linked_data or '' | safe }}")
        .file("templates/section.html", "{{ section.linked_data or '' | safe }}")
        .file("templates/index.html", "{{ section.linked_data or '' | safe }}")
        .file("content/_index.md", "---\ntitle: H\n---\n")
        .file("content/d/_index.md", "---\ntitle: D\n---\n")
}

/// The node of a page whose name ends in `#name`; null when there is none.
fn thing(site: Site, page: &str, name: &str) -> Value {
    let site = site.file("content/d/p/index.md", page);
    node(&site.build().text("d/p/index.html"), name)
}

fn node(text: &str, name: &str) -> Value {
    let graph: Value = serde_json::from_str(text).unwrap_or_default();
    let nodes = graph["@graph"].as_array().cloned().unwrap_or_default();
    nodes.into_iter().find(|node| node["@id"].as_str().is_some_and(|id| id.ends_with(name))).unwrap_or_default()
}

fn organisation(rest: &str) -> String {
    format!(
        "---\ntitle: O\norganisation:\n  form: foundation\n  areas: [culture]\n  address: ul. Cicha 1\n  email: a@example.org\n  \
         phone: \"12 345 67 89\"\n  district: czyzyny\n  access: {{ wheelchair: limited }}\n{rest}---\n"
    )
}

#[test]
fn what_nobody_has_checked_for_long_is_not_said() {
    let fresh = thing(site(), &organisation("verified: 2026-06-01\n"), "#organisation");
    assert_eq!((&fresh["@type"], &fresh["email"]), (&json!("NGO"), &json!("a@example.org")));
    let street = &fresh["address"];
    assert_eq!((&street["streetAddress"], &street["addressLocality"]), (&json!("ul. Cicha 1"), &json!("Kraków")));
    assert_eq!(fresh["location"]["amenityFeature"]["value"], "częściowo");
    let old = thing(site(), &organisation("verified: 2020-06-01\n"), "#organisation");
    assert_eq!(old["@type"], "NGO");
    for key in ["email", "telephone", "address"] {
        assert!(fresh[key] != Value::Null && old[key] == Value::Null, "{key}");
    }
    let promise = |checked: &str| {
        thing(
            site(),
            &format!(
                "---\ntitle: C\ncommitment:\n  promised: Most\n  document: Plan\n  status: started\n{checked}---\n"
            ),
            "#commitment",
        )
    };
    let words = |node: &Value| node["keywords"].clone();
    assert_eq!(words(&promise("")), Value::Null, "a status that nobody has looked at");
    let done = "---\ntitle: C\ncommitment:\n  promised: Most\n  document: Plan\n  by: Urząd\n  status: done\n  checked: 2026-06-01\n---\n";
    let done = thing(site(), done, "#commitment");
    assert_eq!((words(&done), &done["@type"]), ("zrobione".into(), &json!("Article")));
    assert_eq!(done["isBasedOn"]["author"]["name"], "Urząd");
}

#[test]
fn doubts_stay_texts_and_what_is_unknown_is_left_out() {
    let page = "---\ntitle: M\nplace:\n  at: [50.07, 20.03]\n  built: \"1950 albo 1952\"\n  access: { wheelchair: unknown }\n---\n";
    let place = thing(site(), page, "#place");
    assert_eq!(
        place["additionalProperty"][0],
        json!({ "@type": "PropertyValue", "name": "Kiedy", "value": "1950 albo 1952" })
    );
    assert_eq!((&place["amenityFeature"], &place["address"]), (&Value::Null, &Value::Null));
    assert_eq!(place["geo"]["latitude"], 50.07);
    assert_eq!(place["@type"], "TouristAttraction");
    let listed = page.replace("  built", "  heritage: A-1\n  built");
    assert_eq!(thing(site(), &listed, "#place")["@type"][1], "LandmarksOrHistoricalBuildings");
}

#[test]
fn events_are_what_one_can_go_to() {
    let event = |rest: &str| {
        let page = format!("---\ntitle: W\nevent:\n  start: 2026-07-05T17:00\n{rest}---\n");
        thing(site(), &page, "#event")
    };
    let called_off = event("  type: concert\n  address: ul. Cicha 1\n  cancelled: true\n");
    assert_eq!(called_off["@type"], "MusicEvent");
    assert_eq!(called_off["eventStatus"], "https://schema.org/EventCancelled");
    assert_eq!(called_off["startDate"], "2026-07-05T17:00:00+02:00");
    assert_eq!(called_off["location"]["address"]["streetAddress"], "ul. Cicha 1");
    let online = event("  type: meeting\n  online: https://example.org/x\n");
    assert_eq!(online["eventAttendanceMode"], "https://schema.org/OnlineEventAttendanceMode");
    assert_eq!(online["location"], json!({ "@type": "VirtualLocation", "url": "https://example.org/x" }));
    let both = event("  type: meeting\n  online: https://example.org/x\n  at: [50.07, 20.03]\n");
    assert_eq!(both["eventAttendanceMode"], "https://schema.org/MixedEventAttendanceMode");
    assert_eq!(both["location"].as_array().map(Vec::len), Some(2));
    for nowhere in ["  type: festival\n", "  type: deadline\n  address: ul. Cicha 1\n"] {
        let node = event(nowhere);
        assert_eq!((&node["@type"], &node["startDate"]), (&json!("Article"), &Value::Null), "{nowhere}");
    }
}

#[test]
fn ideas_are_no_projects_and_old_dates_no_deadlines() {
    let idea = |stage: &str| {
        let page = format!("---\ntitle: I\ninitiative:\n  topic: culture\n  stage: {stage}\n---\n");
        thing(site(), &page, "#initiative")["@type"].clone()
    };
    assert_eq!((idea("idea"), idea("running")), ("Article".into(), "Project".into()));
    let call = |rest: &str| {
        let page = format!("---\ntitle: N\ncall:\n  funder: Miasto\n  amount: do 10 000 zł\n{rest}---\n");
        thing(site(), &page, "#call")["amount"].clone()
    };
    assert_eq!(call("  closes: 2099-01-31\n")["validThrough"], "2099-01-31");
    let yearly = call("  yearly: true\n  closes: 2020-01-31\n");
    assert_eq!(yearly, json!({ "@type": "MonetaryAmount", "description": "do 10 000 zł" }));
}

#[test]
fn invented_pages_and_fallbacks_say_nothing() {
    let site = site().file("content/d/x/index.md", "---\ntitle: X\nexample: true\nplace:\n  at: [50.07, 20.03]\n---\n");
    let site = site.file("content/d/p/index.md", "---\ntitle: P\n---\n");
    let files = site.build();
    assert_eq!((files.text("d/x/index.html").as_str(), files.text("en/d/p/index.html").as_str()), ("", ""));
    let list = node(&files.text("d/index.html"), "/d/")["mainEntity"].clone();
    assert_eq!((&list["numberOfItems"], &list["itemListElement"][0]["name"]), (&json!(1), &json!("P")));
    let itself = node(&files.text("d/p/index.html"), "/d/p/");
    assert_eq!(itself["workTranslation"], Value::Null, "a fallback is no translation");
    assert_eq!(itself["license"], "https://creativecommons.org/licenses/by-sa/4.0/");
    let way = node(&files.text("d/p/index.html"), "#breadcrumbs");
    let names: Vec<&str> =
        way["itemListElement"].as_array().unwrap().iter().filter_map(|item| item["name"].as_str()).collect();
    assert_eq!(names, ["Start", "D", "P"]);
}

#[test]
fn no_text_ends_the_script() {
    let files = site().file("content/d/p/index.md", "---\ntitle: \"</script><script>x\"\n---\n").build();
    let text = files.text("d/p/index.html");
    assert!(!text.contains('<'), "{text}");
    assert_eq!(node(&text, "/d/p/")["name"], "</script><script>x");
}

#[test]
fn the_search_page_is_named_once_it_is_there() {
    let without = node(&site().build().text("index.html"), "#website");
    assert_eq!((&without["name"], &without["potentialAction"]), (&json!("Próba"), &Value::Null));
    let site = site()
        .file("content/szukaj/index.md", "---\ntitle: S\n---\n")
        .file("content/szukaj/index.en.md", "---\ntitle: S\nslug: search\n---\n")
        .file("content/_index.en.md", "---\ntitle: H\n---\n");
    let files = site.build();
    for (page, address) in [("index.html", "/szukaj/"), ("en/index.html", "/en/search/")] {
        let action = node(&files.text(page), "#website")["potentialAction"].clone();
        let template = action["target"]["urlTemplate"].as_str().unwrap();
        assert!(template.ends_with(&format!("{address}?q={{search_term_string}}")), "{template}");
        assert_eq!(action["query-input"], "required name=search_term_string");
    }
}

#[test]
fn feeds_can_be_read_away_from_their_pages() {
    let site = Site::new(
        "title = \"T \\\"1\\\"\"\ndescription = \"d\"\nauthor = \"A\"\ngenerate_feeds = true\nfeed_filenames = [\"atom.xml\", \"feed.json\"]\n",
    )
    .file("content/_index.md", "---\ntitle: H\n---\n")
    .file("content/d/_index.md", "---\ntitle: Dział\ngenerate_feeds: true\n---\n")
    .file("content/d/p/index.md", "---\ntitle: P\ndescription: \"x < y\"\ndate: 2026-01-02\nupdated: 2026-02-03\n---\n[a](#n) ![b](c.png) [d](/e/)[^1]\n\n## N\n\n[^1]: Note.\n")
    .file("content/d/p/c.png", "")
    .file("templates/section.html", "x")
    .file("templates/index.html", "x")
    .file("templates/page.html", "{{ page.content | safe }}");
    let files = site.build();
    let feed: Value = serde_json::from_str(&files.text("d/feed.json")).unwrap();
    assert_eq!(
        (&feed["title"], &feed["version"]),
        (&json!("T \"1\" - Dział"), &json!("https://jsonfeed.org/version/1.1"))
    );
    let item = &feed["items"][0];
    assert_eq!(
        (&item["summary"], &item["date_published"], &item["date_modified"]),
        (&json!("x < y"), &json!("2026-01-02T00:00:00+00:00"), &json!("2026-02-03T00:00:00+00:00"))
    );
    let html = item["content_html"].as_str().unwrap();
    let page = item["url"].as_str().unwrap();
    for address in [format!("{page}#n"), format!("{page}c.png"), format!("{page}#1")] {
        assert!(html.contains(&format!("\"{address}\"")), "{address} in {html}");
    }
    assert!(!html.contains("\"#") && !html.contains("\"/"), "{html}");
    assert!(files.text("d/p/index.html").contains("\"#1\""), "the page itself keeps its own");
    assert!(files.text("feed.json").contains("\"title\": \"T \\\"1\\\"\","));
}

#[test]
fn the_sitemap_names_pictures_where_it_is_asked_to() {
    let site = |key: &str| {
        let page = "---\ntitle: P\ncover: a.svg\ngallery:\n  - { file: a.svg, alt: x, credit: y, licence: CC0 }\n---\n";
        Site::new(key).file("content/_index.md", "---\ntitle: H\n---\n").file("content/p/index.md", page).file(
            "content/p/a.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>",
        )
    };
    let with = site("sitemap_images = true\n").build().text("sitemap.xml");
    assert!(with.contains("xmlns:image=") && with.contains("/p/a.svg</image:loc>"), "{with}");
    let without = site("").build().text("sitemap.xml");
    assert!(!without.contains("image"), "{without}");
}
