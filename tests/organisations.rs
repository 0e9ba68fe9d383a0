//! What organisations depend on: lists to choose from, open data, the exchange, examples, checks that are long ago.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use common::Site;
use serde_json::Value;
use walkdir::WalkDir;

/// A section template that tells everything a list knows.
const LIST: &str = "{% if facet is defined %}{{ facet.name }}={{ facet.value }} in {{ facet.section }}\n{% endif %}\
    {% for p in section.pages %}page {{ p.title }}\n{% endfor %}\
    {% for f in section.facets %}{% for v in f.values %}value {{ f.name }} {{ v.value }} {{ v.count }} {{ v.permalink }}\n\
    {% endfor %}{% endfor %}";

const WORDS: &str = "default_language = \"pl\"\ntitle = \"Próba\"\n\
    [languages.en]\ntitle = \"Trial\"\ninherit = true\nfallback = true\n\
    [languages.en.translations]\n\"facet.areas\" = \"area\"\n\"area.culture\" = \"culture\"\n\
    [translations]\n\"facet.areas\" = \"Dziedzina\"\n\"area.culture\" = \"kultura\"\n\"area.sport\" = \"sport\"\n\
    \"facet.district\" = \"Dzielnica\"\n\"district.nowa-huta\" = \"XVIII Nowa Huta\"\n";

fn directory() -> Site {
    Site::new(WORDS)
        .file("templates/section.html", LIST)
        .file(
            "content/organizacje/_index.md",
            "---\ntitle: Organizacje\nsort_by: title\nfacets: [areas, district, access]\n---\n",
        )
        .file("content/organizacje/_index.en.md", "---\ntitle: Organisations\nslug: organisations\n---\n")
}

/// The same site with a data set.
fn open(site: Site) -> Site {
    let config = std::fs::read_to_string(site.path().join("huta.toml")).unwrap();
    site.file("huta.toml", &format!("licence = \"CC BY-SA 4.0\"\n{config}\n[open_data]\nfolder = \"/dane/\"\n"))
}

fn organisation(title: &str, rest: &str) -> String {
    format!("---\ntitle: {title}\norganisation:\n  form: association\n{rest}---\n")
}

/// A small generator of numbers that are the same in every run (Knuth, MMIX).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// What a built list says: counts by facet and value, and pages of each list by its address.
fn counts(text: &str) -> BTreeMap<(String, String), (usize, String)> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("value "));
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split(' ').collect();
            ((parts[0].to_string(), parts[1].to_string()), (parts[2].parse().unwrap(), parts[3].to_string()))
        })
        .collect()
}

#[test]
fn counts_equal_a_recount_whatever_is_written() {
    const AREAS: [&str; 5] = ["culture", "sport", "heritage", "children", "advice"];
    const DISTRICTS: [&str; 3] = ["nowa-huta", "czyzyny", "bienczyce"];
    const ACCESS: [&str; 4] = ["yes", "limited", "no", "unknown"];
    for seed in 0..12 {
        let mut numbers = Numbers(seed);
        let mut site = directory();
        let mut expected: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for at in 0..numbers.below(30) {
            let title = format!("Klub {at}");
            let mut note = |facet: &str, value: &str| {
                expected.entry((facet.into(), value.into())).or_default().insert(title.clone());
            };
            // A value written twice counts once.
            let areas: Vec<&str> =
                (0..=numbers.below(4)).map(|_| AREAS[usize::try_from(numbers.below(5)).unwrap()]).collect();
            for area in &areas {
                note("areas", area);
            }
            let mut rest = format!("  areas: [{}]\n", areas.join(", "));
            if let Some(district) = DISTRICTS.get(usize::try_from(numbers.below(5)).unwrap()) {
                note("district", district);
                let _ = writeln!(rest, "  district: {district}");
            }
            if let Some(access) = ACCESS.get(usize::try_from(numbers.below(6)).unwrap()) {
                note("access", access);
                let _ = writeln!(rest, "  access:\n    wheelchair: \"{access}\"");
            }
            site = site.file(&format!("content/organizacje/k{at}.md"), &organisation(&title, &rest));
        }
        let files = site.build();
        for (list, home) in [("organizacje", "https://example.org/"), ("en/organisations", "https://example.org/en/")] {
            let told = counts(&files.text(&format!("{list}/index.html")));
            let recount: BTreeMap<_, usize> = expected.iter().map(|(key, pages)| (key.clone(), pages.len())).collect();
            assert_eq!(told.iter().map(|(key, (count, _))| (key.clone(), *count)).collect::<BTreeMap<_, _>>(), recount);
            for (key, (_, permalink)) in told {
                let path = permalink.strip_prefix("https://example.org/").unwrap();
                assert!(permalink.starts_with(home), "{permalink}");
                let pages = files.text(&format!("{path}index.html"));
                let pages: BTreeSet<String> =
                    pages.lines().filter_map(|line| Some(line.strip_prefix("page ")?.to_string())).collect();
                assert_eq!(pages, expected[&key], "{permalink}");
            }
        }
    }
}

/// The words of a facet in the front matter of the real guide's organisations.
fn written(facet: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for entry in WalkDir::new(common::guide().join("content/organizacje")).into_iter().filter_map(Result::ok) {
        if entry.file_name() != "index.md" {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let front: serde_yaml::Value = serde_yaml::from_str(text.split("---\n").nth(1).unwrap()).unwrap();
        let block = &front["organisation"];
        let values: BTreeSet<String> = match facet {
            "offers" | "needs" => {
                let items = block[facet].as_sequence().into_iter().flatten();
                items.map(|item| item["category"].as_str().unwrap().to_string()).collect()
            }
            "access" => block["access"]["wheelchair"].as_str().map(str::to_string).into_iter().collect(),
            "areas" => block[facet].as_sequence().unwrap().iter().map(|area| area.as_str().unwrap().into()).collect(),
            _ => block[facet].as_str().map(str::to_string).into_iter().collect(),
        };
        for value in values {
            *counts.entry(value).or_default() += 1;
        }
    }
    counts
}

#[test]
fn the_guide_counts_its_organisations_right() {
    let output = tempfile::tempdir().unwrap();
    let files = common::build_guide(&output.path().join("site"));
    let table: Value = serde_json::from_str(&files.text("dane/organisations.json")).unwrap();
    let items = table.as_array().unwrap();
    assert!(items.len() >= 25, "only {} organisations", items.len());
    for facet in ["areas", "district", "form"] {
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        for item in items {
            let values: Vec<&str> = match &item[facet] {
                Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
                value => value.as_str().into_iter().collect(),
            };
            for value in values {
                *told.entry(value.to_string()).or_default() += 1;
            }
        }
        assert_eq!(told, written(facet), "{facet}");
    }
    // Every list of the directory says how many it has, in both languages.
    let config: toml::Table = std::fs::read_to_string(common::guide().join("huta.toml")).unwrap().parse().unwrap();
    let words = config["translations"].as_table().unwrap();
    for (facet, prefix) in [
        ("areas", "area"),
        ("district", "district"),
        ("form", "form"),
        ("offers", "category"),
        ("needs", "category"),
        ("access", "wheelchair"),
    ] {
        for (value, count) in written(facet) {
            let slug = |text: &str| huta::content::slugify(text, huta::config::Slugify::On);
            let title = words[&format!("facet.{facet}")].as_str().unwrap();
            let word = words[&format!("{prefix}.{value}")].as_str().unwrap();
            let path = format!("organizacje/{}/{}/index.html", slug(title), slug(word));
            let page = scraper::Html::parse_document(&files.text(&path));
            let rows = scraper::Selector::parse("main .found > li").unwrap();
            assert_eq!(page.select(&rows).count(), count, "{path}");
        }
    }
}

#[test]
fn facet_lists_are_pages_of_their_own() {
    let files = directory()
        .file("content/organizacje/a.md", &organisation("Ą", "  areas: [culture, sport]\n  district: nowa-huta\n"))
        .file("content/organizacje/b.md", &organisation("B", "  areas: [sport]\n"))
        .build();
    assert!(
        files
            .text("organizacje/dziedzina/kultura/index.html")
            .starts_with("areas=culture in https://example.org/organizacje/\npage Ą\n")
    );
    // A word that is missing in a language is the value itself.
    assert!(
        files.has("en/organisations/area/sport/index.html")
            && files.has("organizacje/dzielnica/xviii-nowa-huta/index.html")
    );
    let sitemap = files.text("sitemap.xml");
    assert!(sitemap.contains("<loc>https://example.org/organizacje/dziedzina/kultura/</loc>"), "{sitemap}");
}

#[test]
fn titles_stand_in_alphabetical_order() {
    let order = |config: &str| {
        let mut site = Site::new(&format!("{config}{WORDS}"))
            .file("templates/section.html", LIST)
            .file("content/organizacje/_index.md", "---\ntitle: Organizacje\nsort_by: title\n---\n");
        for (at, title) in ["Żaba", "Lód", "Zupa", "Łąka", "Ćma", "Cyrk"].iter().enumerate() {
            site = site.file(&format!("content/organizacje/{at}.md"), &organisation(title, "  areas: [culture]\n"));
        }
        let text = site.build().text("organizacje/index.html");
        text.lines().filter_map(|line| Some(line.strip_prefix("page ")?.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(order("collate = true\n"), ["Cyrk", "Ćma", "Lód", "Łąka", "Zupa", "Żaba"]);
    assert_eq!(order(""), ["Ćma", "Cyrk", "Łąka", "Lód", "Żaba", "Zupa"]);
}

#[test]
fn tables_open_in_spreadsheets_and_run_nothing() {
    let files = open(directory())
        .file(
            "content/organizacje/a.md",
            "---\ntitle: \"=HYPERLINK(1), „Łąka”\"\ndescription: \"Ma \\\"nazwę\\\"; i\\nwiersz\"\nverified: 2026-11-01\n\
             sources: [{title: S, url: \"https://s.pl/?a=1,2\"}]\norganisation:\n  form: association\n  areas: [culture, sport]\n  \
             at: [50.07, 20.03]\n  phone: \"+48 12 644 24 32\"\n---\n",
        )
        .file(
            "content/organizacje/b.md",
            &organisation("B", "  areas: [sport]\n  address: ul. Cicha 1\n  access: { wheelchair: no, note: Próg. }\n"),
        )
        .file("content/organizacje/b.en.md", "---\ntitle: Bee\norganisation:\n  access: { note: A step. }\n---\n")
        .file("content/organizacje/c.md", &organisation("C", "  areas: [sport]\n").replace("title", "example: true\ntitle"))
        .build();
    let text = files.text("dane/organisations.csv");
    assert!(text.starts_with('\u{feff}') && text.contains("\r\n"));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
    let rows: Vec<BTreeMap<String, String>> = reader
        .records()
        .map(|row| heads.iter().cloned().zip(row.unwrap().iter().map(str::to_string)).collect())
        .collect();
    assert_eq!(rows.len(), 2, "an example is nobody's data");
    assert_eq!((rows[0]["id"].as_str(), rows[0]["licence"].as_str()), ("organizacje/a", "CC-BY-SA-4.0"));
    assert_eq!(rows[0]["title_pl"], "'=HYPERLINK(1), „Łąka”");
    assert_eq!(rows[0]["description_pl"], "Ma \"nazwę\"; i\nwiersz");
    assert_eq!((rows[0]["areas"].as_str(), rows[0]["phone"].as_str()), ("culture | sport", "'+48 12 644 24 32"));
    assert_eq!((rows[0]["latitude"].as_str(), rows[0]["sources"].as_str()), ("50.07", "https://s.pl/?a=1,2"));
    // The fallback of the first is no translation; of the second there is one, which says no address of its own.
    assert_eq!((rows[0]["title_en"].as_str(), rows[0]["url_en"].as_str()), ("", ""));
    assert_eq!(
        (rows[1]["title_en"].as_str(), rows[1]["url_en"].as_str()),
        ("Bee", "https://example.org/en/organisations/b/")
    );
    assert_eq!((rows[1]["address_pl"].as_str(), rows[1]["address_en"].as_str()), ("ul. Cicha 1", ""));
    assert_eq!((rows[1]["access_note_pl"].as_str(), rows[1]["access_note_en"].as_str()), ("Próg.", "A step."));
    let table: Value = serde_json::from_str(&files.text("dane/organisations.json")).unwrap();
    assert_eq!(table[0]["areas"], serde_json::json!(["culture", "sport"]));
    assert_eq!(table[0]["latitude"], serde_json::json!(50.07));
    assert_eq!((&table[0]["title_pl"], &table[0]["title_en"]), (&"=HYPERLINK(1), „Łąka”".into(), &Value::Null));
    assert_eq!(table[1]["phone"], Value::Null);
    let map: Value = serde_json::from_str(&files.text("dane/organisations.geojson")).unwrap();
    assert_eq!(map["features"].as_array().unwrap().len(), 1);
    assert_eq!(map["features"][0]["geometry"]["coordinates"], serde_json::json!([20.03, 50.07]));
    let card = files.text("organizacje/a/a.vcf").replace("\r\n ", "");
    assert!(
        card.contains("FN:=HYPERLINK(1)\\, „Łąka”\r\n") && card.contains("TEL;TYPE=WORK,VOICE:+48 12 644 24 32\r\n"),
        "{card}"
    );
    assert!(card.contains("CATEGORIES:kultura,sport\r\n") && card.contains("GEO:50.07;20.03\r\n"), "{card}");
    assert_eq!(files.text("organisations.vcf").matches("BEGIN:VCARD").count(), 2);
    assert!(!files.has("organizacje/c/c.vcf"));
}

#[test]
fn a_plain_site_publishes_no_data() {
    let site = directory().file("content/organizacje/a.md", &organisation("A", "  areas: [sport]\n"));
    let files = site.build();
    let data: Vec<&str> =
        files.paths().into_iter().filter(|path| path.contains("organisations.") && !path.ends_with("vcf")).collect();
    assert!(data.is_empty() && !files.has("dane/datapackage.json"), "{data:?}");
}

#[test]
fn descriptions_of_columns_come_from_the_fields() {
    let files = open(directory().file("content/organizacje/a.md", &organisation("A", "  areas: [sport]\n"))).build();
    let package: Value = serde_json::from_str(&files.text("dane/datapackage.json")).unwrap();
    let resource = &package["resources"][0];
    assert_eq!((&resource["name"], &resource["path"]), (&"organisations".into(), &"organisations.csv".into()));
    let fields = resource["schema"]["fields"].as_array().unwrap();
    for field in fields {
        let said = ["title_pl", "title_en"].iter().all(|key| field[key].as_str().is_some_and(|text| !text.is_empty()));
        assert!(said, "{field}");
    }
    let krs = fields.iter().find(|field| field["name"] == "krs").unwrap();
    assert_eq!(
        (&krs["title_pl"], &krs["description_en"]),
        (&"Numer KRS".into(), &"Ten digits in quotes, for example \"0000123456\".".into())
    );
    assert_eq!(krs["constraints"]["pattern"], "^[0-9]{10}$");
    let areas = fields.iter().find(|field| field["name"] == "areas").unwrap();
    assert_eq!((&areas["type"], &areas["x-delimiter"]), (&"string".into(), &" | ".into()));
    assert_eq!(areas["x-choices"][0]["value"], "culture");
    let district = fields.iter().find(|field| field["name"] == "district").unwrap();
    assert_eq!(district["constraints"]["enum"][4], "nowa-huta");
    // Nothing else is in the set: no table without a record.
    assert_eq!(package["resources"].as_array().unwrap().len(), 2);
}

const BOARD: &str = "{% set board = get_exchange() %}{% for side in [board.offers, board.needs] %}{% for i in side %}\
    {{ i.side }} {{ i.id }} by {{ i.by }} example={{ i.example }}{% for m in i.matches %} ~ {{ m.id }} by {{ m.by }} \
    ({{ m.why.category }}, {{ m.why.district }}, {{ m.why.words | join(sep=\" \") }}){% endfor %}\n{% endfor %}{% endfor %}";

fn exchange() -> Site {
    Site::new(WORDS)
        .file("templates/section.html", BOARD)
        .file("templates/page.html", "{% if page.organisation %}{% for i in page.organisation.needs %}{{ i.what }} ~ {% for m in i.matches %}{{ m.what }}{% endfor %}{% endfor %}{% endif %}")
        .file("content/organizacje/_index.md", "---\ntitle: Organizacje\n---\n")
        .file("content/organizacje/_index.en.md", "---\ntitle: Organisations\nslug: organisations\n---\n")
        .file("content/gielda/_index.md", "---\ntitle: Giełda\n---\n")
        .file("content/gielda/_index.en.md", "---\ntitle: Exchange\nslug: exchange\n---\n")
        .file("content/organizacje/dom.md", &organisation("Dom", "  areas: [culture]\n  district: nowa-huta\n  offers:\n    - { id: sala, category: room, what: \"Sala na zebrania i próby chóru.\" }\n    - { id: stara, category: room, what: \"Sala na lato.\", until: 2026-08-31 }\n"))
        .file("content/organizacje/dom.en.md", "---\ntitle: House\norganisation:\n  offers:\n    - { id: sala, what: \"A room for meetings and choir practice.\" }\n---\n")
        .file("content/organizacje/chor.md", &organisation("Chór", "  areas: [culture]\n  district: czyzyny\n  needs:\n    - { id: miejsce, category: room, what: \"Szukamy sali na próbę.\" }\n    - { id: rozglos, category: publicity, what: \"Ktoś, kto napisze o nas w gazecie.\" }\n"))
        .file("content/gielda/przyklad.md", "---\ntitle: P\nexample: true\nexchange:\n  by: Grupa\n  district: nowa-huta\n  needs:\n    - { id: p, category: room, what: \"Sala na próby.\" }\n---\n")
}

#[test]
fn needs_meet_offers_and_both_sides_say_why() {
    let files = open(exchange()).build();
    let board = files.text("gielda/index.html");
    assert!(board.contains("offers sala by Dom example=false ~ miejsce by Chór (true, , próby sala)\n"), "{board}");
    assert!(board.contains("needs miejsce by Chór example=false ~ sala by Dom (true, , próbę sali)\n"), "{board}");
    assert!(board.contains("needs rozglos by Chór example=false\n"), "{board}");
    assert!(board.contains("needs p by Grupa example=true\n"), "an example meets nobody: {board}");
    assert!(!board.contains("stara"), "what is over has left the board: {board}");
    assert_eq!(
        files.text("organizacje/chor/index.html"),
        "Szukamy sali na próbę. ~ Sala na zebrania i próby chóru.Ktoś, kto napisze o nas w gazecie. ~ "
    );
    // The other language has its own texts where they are translated.
    assert!(files.text("en/exchange/index.html").contains("offers sala by House"));
    let table: Value = serde_json::from_str(&files.text("dane/exchange.json")).unwrap();
    let ids: Vec<&str> = table.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    let expected = ["organizacje/chor#miejsce", "organizacje/chor#rozglos", "organizacje/dom#sala"];
    assert_eq!(ids, expected, "examples and what is over are left out");
    assert_eq!(table[2]["matches"], serde_json::json!(["organizacje/chor#miejsce"]));
    assert_eq!((&table[2]["by_pl"], &table[2]["by_en"]), (&"Dom".into(), &"House".into()));
    assert_eq!((&table[0]["organisation"], &table[0]["side"]), (&"organizacje/chor".into(), &"needs".into()));
}

#[test]
fn one_district_and_one_category_are_enough() {
    let site = exchange().file("content/gielda/grupa.md", "---\ntitle: G\nexchange:\n  by: Sąsiedzi\n  district: nowa-huta\n  needs:\n    - { id: kat, category: room, what: \"Kąt dla szachistów.\" }\n---\n");
    let board = site.build().text("gielda/index.html");
    assert!(board.contains("needs kat by Sąsiedzi example=false ~ sala by Dom (true, nowa-huta, )\n"), "{board}");
    assert!(
        board.contains("offers sala by Dom example=false ~ kat by Sąsiedzi (true, nowa-huta, ) ~ miejsce"),
        "{board}"
    );
}

#[test]
fn examples_are_pages_and_nothing_else() {
    let search = "search.index_format = \"fuse_json\"\n";
    let config = format!("generate_feeds = true\nbuild_search_index = true\n{search}{WORDS}");
    let site = open(Site::new(&config))
        .file("templates/page.html", "{{ page.example }}")
        .file("content/kalendarz/_index.md", "---\ntitle: Kalendarz\n---\n")
        .file("content/kalendarz/a.md", "---\ntitle: Prawdziwe\ndate: 2026-11-01\nevent:\n  start: 2026-12-05\n  type: walk\n---\nTekst.\n")
        .file("content/kalendarz/b.md", "---\ntitle: Wymyślone\ndate: 2026-11-01\nexample: true\nevent:\n  start: 2026-12-05\n  type: walk\n---\nTekst.\n")
        .file("content/kalendarz/b.en.md", "---\ntitle: Invented\n---\nText.\n");
    let files = site.build();
    assert_eq!(files.text("kalendarz/b/index.html"), "true");
    assert_eq!(files.text("en/kalendarz/b/index.html"), "true");
    for path in files.paths() {
        // The list of huta's own files names the page, and lists link to it.
        if path == ".huta" || Path::new(path).extension().is_some_and(|extension| extension == "html") {
            continue;
        }
        let text = String::from_utf8_lossy(&files.0[path]);
        assert!(!text.contains("Wymyślone") && !text.contains("/kalendarz/b/"), "{path} knows the example");
    }
    assert!(files.text("dane/events.csv").contains("Prawdziwe"));
}

#[test]
fn the_year_has_events_and_anniversaries() {
    let files = Site::new(WORDS)
        .file("templates/section.html", "{% set y = get_year(year=2027) %}{% for m in y.months %}{{ m.month }}:{{ m.first }}/{{ m.length }}\
            {% for e in m.entries %} ?{{ e.what }}{% endfor %}{% for d in m.days %}{% for e in d.entries %} {{ d.day }}({{ d.weekday }}) {{ e.since }} {{ e.time }} {{ e.what }};{% endfor %}{% endfor %}\n{% endfor %}")
        .file("content/a/_index.md", "---\ntitle: A\n---\n")
        .file("content/a/krzyz.md", "---\ntitle: Krzyż\nplace:\n  at: [50.07, 20.03]\n  dates:\n    - { on: 1960-04-27, what: Obrona krzyża }\n    - { on: 1967-10, what: Kamień }\n    - { on: \"1949\", what: Rok }\n    - { on: 2030-01-01, what: Przyszłość }\n---\n")
        .file("content/a/e.md", "---\ntitle: Piknik\nevent:\n  start: 2027-05-01T16:00\n  type: picnic\n---\n")
        .file("content/a/f.md", "---\ntitle: Odwołane\nevent:\n  start: 2027-05-02\n  type: picnic\n  cancelled: true\n---\n")
        .build();
    let year = files.text("a/index.html");
    let lines: Vec<&str> = year.lines().collect();
    // 2027-01-01 is a Friday; 27 April a Tuesday; 1 May a Saturday.
    assert_eq!(lines[0], "1:5/31");
    assert_eq!(lines[1], "2:1/28");
    assert_eq!(lines[3], "4:4/30 27(2) 1960  Obrona krzyża;");
    assert_eq!(lines[4], "5:6/31 1(6)  16:00 Piknik;");
    assert_eq!(lines[9], "10:5/31 ?Kamień");
    assert!(!year.contains("Odwołane") && !year.contains("Przyszłość") && !year.contains("Rok"));
}

#[test]
fn a_call_has_the_state_of_the_day() {
    let mut site = Site::new(WORDS)
        .file("templates/section.html", "{% for p in section.pages %}{{ p.title }} {{ p.call.state }} {{ p.call.order }} {{ p.call.days_left }}\n{% endfor %}")
        .file("content/f/_index.md", "---\ntitle: F\nsort_by: title\n---\n");
    for (title, rest) in [
        ("a", "closes: 2026-11-23"),
        ("b", "closes: 2026-11-22"),
        ("c", "opens: 2026-12-01\n  closes: 2026-12-31"),
        ("d", "yearly: true\n  season: [11, 12]"),
        ("e", "closes: 2026-01-31\n  yearly: true"),
        ("f", "opens: 2026-01-02"),
        ("g", "amount: x"),
    ] {
        site = site.file(
            &format!("content/f/{title}.md"),
            &format!("---\ntitle: {title}\ncall:\n  funder: M\n  {rest}\n---\n"),
        );
    }
    assert_eq!(
        site.build().text("f/index.html"),
        "a open 2026-11-23 0\nb past 2026-11-22 \nc upcoming 2026-12-31 \nd yearly 11 \ne yearly 2026-01-31 \nf open 2026-01-02 \ng unknown 99 \n"
    );
}

#[test]
fn what_was_checked_long_ago_says_so() {
    let site = Site::new(WORDS)
        .file(
            "templates/page.html",
            "{{ page.verified_long_ago }}{% if page.commitment %} {{ page.commitment.unchecked }}{% endif %}",
        )
        .file("content/a/_index.md", "---\ntitle: A\n---\n")
        .file(
            "content/a/o.md",
            &organisation("O", "  areas: [culture]\n").replace("title", "verified: 2025-11-22\ntitle"),
        )
        .file(
            "content/a/n.md",
            &organisation("N", "  areas: [culture]\n").replace("title", "verified: 2025-11-23\ntitle"),
        )
        .file(
            "content/a/c.md",
            "---\ntitle: C\ncommitment: { promised: p, document: d, status: started, checked: 2026-05-22 }\n---\n",
        )
        .file(
            "content/a/d.md",
            "---\ntitle: D\ncommitment: { promised: p, document: d, status: done, checked: 2020-05-22 }\n---\n",
        );
    let outcome = site.outcome();
    let codes: Vec<&str> = outcome.diagnostics.iter().map(|found| found.code.as_str()).collect();
    assert!(
        outcome.succeeded() && codes.contains(&"verified-long-ago") && codes.contains(&"commitment-unchecked"),
        "{codes:?}"
    );
    let files = site.build();
    let said = |page: &str| files.text(&format!("a/{page}/index.html"));
    assert_eq!((said("o"), said("n")), ("true".into(), "false".into()));
    assert_eq!((said("c"), said("d")), ("false true".into(), "false false".into()));
}
