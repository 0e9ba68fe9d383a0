//! A build after another: it makes only what has changed, and always what a build from nothing would make.

mod common;

#[path = "again/whole.rs"]
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use common::{Files, Site, TODAY};
use huta::memory::Memory;
use huta::profile::{Kind, Profile};
use huta::{BuildOptions, Glimpse, Outcome, Progress, Viewer, build, rebuild};

const CONFIG: &str = "title = \"Huta\"\ndefault_language = \"pl\"\ngenerate_feeds = true\nminify_html = true\n\
     taxonomies = [{ name = \"tags\", paginate_by = 3 }]\n[languages.en]\ntitle = \"Works\"\n\
     taxonomies = [{ name = \"tags\" }]\n";

const BASE: &str = "<title>{% block title %}{{ config.title }}{% endblock %}</title><nav>\
     {% set home = get_section(path=\"_index.md\", lang=lang) %}{% for path in home.subsections %}\
     {% set s = get_section(path=path, lang=lang) %}<a href=\"{{ s.permalink }}\">{{ s.title }}</a>{% endfor %}</nav>\
     {% block main %}{% endblock %}";

const PAGE: &str = "{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{% for h in page.toc %}<i>{{ h.title }}</i>\
     {% endfor %}{{ page.content | safe }}{% if page.lower %}{{ page.lower.title }}{% endif %}\
     {% for b in page.backlinks %}<a href=\"{{ b.permalink }}\">{{ b.title }}</a>{% endfor %}{{ page.word_count }}{% if page.extra.at %}{{ page.extra.at[0] }} {{ page.extra.at[1] }} {{ page.extra.big }}{% endif %}{% endblock %}";

const SECTION: &str = "{% extends \"base.html\" %}{% block main %}{{ section.title }}{{ section.content | safe }}\
     {% for page in section.pages %}<a href=\"{{ page.permalink }}\">{{ page.title }}</a>{% endfor %}{% endblock %}";

const SUMMARIES: &str =
    "{% extends \"base.html\" %}{% block main %}{% for p in section.pages %}{{ <card p /> }}{% endfor %}{% endblock %}";

const CARD: &str = "{% component card(p: map) %}<b>{{ p.title }}</b>{{ p.summary or p.content | safe }}{{ p.reading_time }}{% endcomponent card %}";

fn site() -> Site {
    let mut site = Site::new(CONFIG)
        .file("templates/base.html", BASE)
        .file("templates/page.html", PAGE)
        .file("templates/section.html", SECTION)
        .file("templates/summaries.html", SUMMARIES)
        .file("templates/cards.html", CARD)
        .file("templates/tags/list.html", "{% for term in terms %}{{ term.name }}{{ term.page_count }}{% endfor %}")
        .file("templates/tags/single.html", "{% for page in term.pages %}{{ page.title }}{% endfor %}")
        .file("static/main.css", "a {}")
        .file("content/_index.md", "---\ntitle: Start\n---\ntu\n")
        .file("content/_index.en.md", "---\ntitle: Start\n---\nhere\n")
        .file("content/b/_index.md", "---\ntitle: B\ntemplate: summaries.html\n---\n");
    for section in ["a", "b"] {
        for n in 0..6 {
            site = site.file(&format!("content/{section}/p{n}.md"), &page(section, n, "Treść.\n\n## Nagłówek"));
        }
    }
    site.file("content/a/_index.md", "---\ntitle: A\nsort_by: title\n---\nDział.\n")
        .file(
            "content/a/p9.md",
            "---\ntitle: Liczby\nextra:\n  at: [50.07121, 20.037070000000002]\n  big: 1.7976931348623157e308\n---\n",
        )
        .file("content/a/p1.en.md", "---\ntitle: One\n---\nText.\n")
}

fn page(section: &str, n: usize, body: &str) -> String {
    format!(
        "---\ntitle: Strona {section}{n}\ndate: 2026-01-0{}\ntaxonomies:\n  tags: [t{}]\n---\n{body}\n",
        n + 1,
        n % 3
    )
}

/// A build that keeps traces, and how often each template ran.
fn again(site: &Site) -> (Outcome, BTreeMap<String, usize>) {
    let progress = Progress::profiled(Profile::recording());
    let options = BuildOptions {
        now: TODAY.parse().unwrap(),
        traces: true,
        progress: progress.clone(),
        ..BuildOptions::new(site.path())
    };
    let outcome = build(&options);
    let report = progress.profile().report().unwrap();
    let rows = report.rows.into_iter().filter(|row| row.kind == Kind::Template);
    (outcome, rows.map(|row| (row.name, row.runs)).collect())
}

/// What a build from nothing makes.
fn from_nothing(site: &Site) -> (Outcome, Files) {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let options = BuildOptions {
        now: TODAY.parse().unwrap(),
        output_dir: Some(output.clone()),
        ..BuildOptions::new(site.path())
    };
    let outcome = build(&options);
    let files = Files::read(&output);
    (outcome, files)
}

/// Builds again and compares with a build from nothing; the runs of templates.
fn compared(site: &Site, what: &str) -> BTreeMap<String, usize> {
    let (outcome, runs) = again(site);
    let (expected, files) = from_nothing(site);
    assert_eq!(outcome.diagnostics, expected.diagnostics, "{what}");
    if outcome.succeeded() {
        let built = Files::read(&site.path().join("public"));
        assert_eq!(built.0.keys().collect::<Vec<_>>(), files.0.keys().collect::<Vec<_>>(), "{what}");
        for (path, bytes) in &built.0 {
            let [now, whole] = [bytes, &files.0[path]].map(|bytes| String::from_utf8_lossy(bytes));
            assert!(now == whole, "{what}: {path}\n{now}\n--- and from nothing\n{whole}");
        }
    }
    assert_eq!((outcome.files, outcome.pages), (expected.files, expected.pages), "{what}");
    runs
}

fn write(site: &Site, path: &str, text: &str) {
    let path = site.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn only_what_shows_a_text_is_made_again() {
    let site = site();
    let runs = compared(&site, "first");
    assert!(runs["page.html"] == 14 && runs["section.html"] == 1 && runs["summaries.html"] == 1, "{runs:?}");
    assert!(compared(&site, "nothing").is_empty());
    write(&site, "content/a/p1.md", &page("a", 1, "Inna treść."));
    let runs = compared(&site, "a text");
    assert_eq!((runs["page.html"], runs.get("section.html"), runs.get("index.html")), (1, None, None), "{runs:?}");
    // A list that shows the texts of its pages.
    assert_eq!(runs["summaries.html"], 1, "{runs:?}");
    // The feed that has the page: what stands round its parts, and the part.
    assert_eq!(runs["atom.xml"], 2, "{runs:?}");
    write(&site, "content/a/_index.md", "---\ntitle: A\nsort_by: title\n---\nInny dział.\n");
    let runs = compared(&site, "a section's text");
    assert_eq!(runs.get("atom.xml"), None, "{runs:?}");
    assert_eq!((runs.get("page.html"), runs["section.html"]), (None, 1), "{runs:?}");
    // Written, and as it was.
    write(&site, "content/a/p1.md", &page("a", 1, "Inna treść."));
    assert!(compared(&site, "as it was").is_empty());
    let before = fs::metadata(site.path().join("public/a/p2/index.html")).unwrap().modified().unwrap();
    write(&site, "content/a/p1.md", &page("a", 1, "Jeszcze inna."));
    compared(&site, "another text");
    assert_eq!(fs::metadata(site.path().join("public/a/p2/index.html")).unwrap().modified().unwrap(), before);
}

/// Looks at one page, and keeps what it is shown of it.
struct Reader(Mutex<Vec<String>>);

impl Viewer for Reader {
    fn looked_at(&self) -> BTreeSet<String> {
        BTreeSet::from(["a/p1/index.html".to_string()])
    }

    fn pages(&self, _: BTreeMap<String, String>) {}

    fn glimpse(&self, glimpse: Glimpse<'_>) {
        let texts = glimpse.made.into_iter().filter(|(path, _)| path.ends_with("index.html"));
        self.0.lock().unwrap().extend(texts.map(|(_, bytes)| String::from_utf8(bytes).unwrap()));
    }

    fn gives_up(&self) -> bool {
        false
    }
}

#[test]
fn a_reader_is_shown_what_is_right_only() {
    let site = site();
    let memory = Memory::lasting();
    let reader = Reader(Mutex::default());
    let build = || {
        let options = BuildOptions { now: TODAY.parse().unwrap(), ..BuildOptions::new(site.path()) };
        let outcome = rebuild(&options, &memory, &reader);
        (outcome.succeeded(), std::mem::take(&mut *reader.0.lock().unwrap()))
    };
    assert!(build().0);
    for (body, is_right) in [
        ("Dobra wersja.", true),
        ("[Zła](@/nie/ma.md) wersja.", false),
        ("[Zła](#nigdzie) wersja.", false),
        ("Naprawiona wersja.", true),
    ] {
        write(&site, "content/a/p1.md", &page("a", 1, body));
        let (succeeded, shown) = build();
        assert_eq!((succeeded, shown.iter().any(|text| text.contains("wersja."))), (is_right, is_right), "{body}");
    }
}

#[test]
fn only_what_uses_a_template_is_made_again() {
    let site = site();
    compared(&site, "first");
    write(&site, "templates/cards.html", &CARD.replace("<b>", "<strong>"));
    let runs = compared(&site, "a component");
    assert_eq!((runs.get("page.html"), runs["summaries.html"]), (None, 1), "{runs:?}");
    write(&site, "templates/base.html", &BASE.replace("<nav>", "<nav class=a>"));
    let runs = compared(&site, "what all extend");
    assert!(runs["page.html"] == 14 && !runs.contains_key("tags/single.html"), "{runs:?}");
    write(&site, "templates/anchor-link.html", "#");
    compared(&site, "a template of bodies");
    write(&site, "templates/page.html", "{{ broken");
    let (outcome, _) = again(&site);
    assert!(!outcome.succeeded());
    write(&site, "templates/page.html", PAGE);
    compared(&site, "mended");
}

#[test]
fn a_trace_is_never_trusted() {
    let site = site();
    compared(&site, "first");
    let folder = site.path().join(".cache/traces");
    let mut traces = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let trace = traces.find(|path| path.extension().is_none()).unwrap();
    let whole = fs::read(&trace).unwrap();
    let makes_all = |what: &str| assert!(compared(&site, what).get("page.html") == Some(&14), "{what}");
    for (what, bytes) in [
        ("cut", whole[..whole.len() / 2].to_vec()),
        ("empty", vec![]),
        ("foreign", b"something else altogether, and long enough to be looked at".to_vec()),
        (
            "a bit of it",
            whole.iter().enumerate().map(|(at, byte)| if at == whole.len() - 9 { byte ^ 1 } else { *byte }).collect(),
        ),
    ] {
        fs::write(&trace, bytes).unwrap();
        makes_all(what);
    }
    // Of another time than the output folder.
    fs::write(site.path().join("public/a/p1/index.html"), "changed by somebody").unwrap();
    makes_all("a changed output");
    fs::remove_file(site.path().join("public/main.css")).unwrap();
    makes_all("a missing output");
    fs::remove_dir_all(site.path().join("public")).unwrap();
    makes_all("no output");
    fs::remove_dir_all(site.path().join(".cache")).unwrap();
    makes_all("no trace");
    // Strangers' files are told as ever.
    fs::write(site.path().join("public/mine.txt"), "mine").unwrap();
    let (outcome, _) = again(&site);
    assert!(!outcome.succeeded() && site.path().join("public/mine.txt").exists());
}

#[test]
fn what_templates_read_besides_counts() {
    let site = site()
        .config("[trust]\nenvironment = [\"HUTA_*\"]\n")
        .file("data/a.csv", "x\n1\n")
        .file("templates/page.html", "{{ load_data(path=\"data/a.csv\") | json_encode | safe }}{{ get_hash(path=\"b.txt\", required=false) }}{{ get_env(name=\"HUTA_TEST_AGAIN\", default=\"none\") }}")
        .file("static/b.txt", "b");
    compared(&site, "first");
    assert!(compared(&site, "nothing").is_empty());
    write(&site, "data/a.csv", "x\n2\n");
    assert_eq!(compared(&site, "data")["page.html"], 14);
    write(&site, "b.txt", "nearer");
    assert_eq!(compared(&site, "a file that is found earlier")["page.html"], 14);
    write(&site, "templates/page.html", "{{ now() }}");
    compared(&site, "time");
    assert_eq!(compared(&site, "time again")["page.html"], 14);
}

#[test]
fn hints_are_told_again() {
    let site = site().file("content/a/p0.md", "---\ntitle: A\nunknown: 1\n---\n");
    let (first, _) = again(&site);
    assert_eq!(first.diagnostics.len(), 1);
    let (second, runs) = again(&site);
    assert!(runs.is_empty());
    assert_eq!(second.diagnostics, first.diagnostics);
}

/// Pseudo-random numbers (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// A change as somebody might make it; what it was.
fn change(site: &Site, chance: &mut Chance) -> String {
    let pages: Vec<PathBuf> = pages(&site.path().join("content"));
    let page_of = |chance: &mut Chance| pages[chance.below(pages.len())].clone();
    let body = |chance: &mut Chance| {
        let parts = [
            "Raz.",
            "## Dwa",
            "[a1](@/a/p1.md)",
            "[b](@/b/_index.md)",
            "<!-- more -->",
            "*trzy*",
            "`kod`",
            "https://example.org",
        ];
        (0..chance.below(5)).map(|_| parts[chance.below(parts.len())]).collect::<Vec<_>>().join("\n\n")
    };
    let n = chance.below(1000);
    match chance.below(14) {
        0..=4 => {
            let file = page_of(chance);
            let text = fs::read_to_string(&file).unwrap();
            let front = text.split("---\n").nth(1).unwrap();
            fs::write(&file, format!("---\n{front}---\n{}\n", body(chance))).unwrap();
            format!("body of {}", file.display())
        }
        5 => {
            let file = page_of(chance);
            let text = fs::read_to_string(&file).unwrap();
            fs::write(&file, text.replacen("title: ", &format!("title: {n} "), 1)).unwrap();
            format!("title of {}", file.display())
        }
        6 => {
            let (from, to) = (page_of(chance), site.path().join(format!("content/a/r{n}.md")));
            if from.file_stem().is_some_and(|stem| !stem.to_string_lossy().starts_with("_index")) {
                fs::rename(&from, &to).unwrap();
            }
            format!("{} becomes {}", from.display(), to.display())
        }
        7 => {
            let file = page_of(chance);
            if pages.len() > 5 && file.file_name().is_some_and(|name| name != "_index.md") {
                fs::remove_file(&file).unwrap();
            }
            format!("{} goes", file.display())
        }
        8 => {
            write(site, &format!("content/b/n{n}.md"), &page("b", n % 9, &body(chance)));
            format!("n{n} comes")
        }
        9 => {
            let (name, text) =
                [("base", BASE), ("page", PAGE), ("section", SECTION), ("summaries", SUMMARIES)][chance.below(4)];
            write(site, &format!("templates/{name}.html"), &format!("{text}{{# {n} #}}{}", n % 3));
            format!("template {name}")
        }
        10 => {
            write(
                site,
                "templates/cards.html",
                &CARD.replace("reading_time", ["reading_time", "permalink", "word_count"][n % 3]),
            );
            "cards".into()
        }
        11 => {
            let title = ["Huta", "Nowa Huta"][n % 2];
            let config =
                format!("base_url = \"https://example.org\"\n{}", CONFIG.replace("\"Huta\"", &format!("\"{title}\"")));
            write(site, "huta.toml", &config);
            "configuration".into()
        }
        12 => {
            write(site, "static/main.css", &format!("a {{ margin: {n}px }}"));
            "style".into()
        }
        _ => {
            let file = page_of(chance);
            let text = fs::read(&file).unwrap();
            fs::write(&file, text).unwrap();
            format!("{} written as it was", file.display())
        }
    }
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found
}

#[test]
fn any_sequence_of_changes_ends_in_what_a_build_from_nothing_makes() {
    let mut made_less = 0;
    for seed in 1..=6 {
        let (site, mut chance) = (site(), Chance(seed));
        compared(&site, "first");
        for step in 0..25 {
            let what = change(&site, &mut chance);
            let runs = compared(&site, &format!("seed {seed}, step {step}: {what}"));
            made_less += usize::from(runs.get("page.html").copied().unwrap_or_default() < 8);
        }
    }
    assert!(made_less > 30, "{made_less} of 150 builds made only what had changed");
}

/// Zola's search index is one file of all texts.
#[test]
fn an_index_in_one_file_follows_every_text() {
    let site = site().config("build_search_index = true");
    let index = || {
        let files = Files::read(&site.path().join("public"));
        files.0.into_iter().find(|(path, _)| path.starts_with("search_index.en")).unwrap().1
    };
    compared(&site, "first");
    let first = index();
    write(&site, "content/_index.en.md", "---\ntitle: Start\n---\nelsewhere\n");
    compared(&site, "a text");
    assert!(index() != first);
}

/// Bodies and values that nobody looks at are let go of; a template that looks at everything keeps them, though nobody uses it.
#[test]
fn what_is_let_go_of_is_in_no_output() {
    let page = "{% extends \"base.html\" %}{% block main %}{{ page.content | safe }}{{ page.summary }}{{ page.toc | length }}\
         {{ page.word_count }} {{ page.reading_time }}{{ page.linked_data | safe }}{% if page.lower %}{{ page.lower.title }}{% endif %}\
         {% if page.higher %}{{ page.higher.permalink }}{% endif %}{% for t in page.translations %}{{ t.lang }}{% endfor %}\
         {% for b in page.backlinks %}{{ b.title }}{% endfor %}{% endblock %}";
    let made = |page: &str, other: &str| {
        let site = site()
            .file("templates/page.html", page)
            .file("templates/summaries.html", SECTION)
            .file("templates/cards.html", other)
            .file("content/glossary.yaml", "- id: plac\n  word: { pl: plac, en: square }\n  means: { pl: miejsce, en: place }\n")
            .file(
                "content/a/p7.md",
                "---\ntitle: Plac\ndate: 2026-02-01\n---\nPlac {{ page.word_count }} i plac.<!-- more -->\n\n[B](@/b/p1.md)\n\n## Jeden\n",
            );
        let (outcome, files) = from_nothing(&site);
        assert!(outcome.succeeded(), "{:?}", outcome.diagnostics);
        (outcome.diagnostics, files.0)
    };
    let silent = "{% extends \"base.html\" %}{% block main %}{{ page.content | safe }}{% endblock %}";
    let looks =
        "{% component looks(p: map) %}{{ p.content }}{{ p.word_count }}{{ p.linked_data }}{% endcomponent looks %}";
    for page in [page, silent] {
        let (few, all) = (made(page, ""), made(page, looks));
        assert_eq!(few.0, all.0);
        assert_eq!(few.1.keys().collect::<Vec<_>>(), all.1.keys().collect::<Vec<_>>());
        for (path, bytes) in &few.1 {
            assert!(*bytes == all.1[path], "{path}\n{}", String::from_utf8_lossy(bytes));
        }
    }
    let (_, files) = made(page, "");
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    assert!(text("a/p7/index.html").contains("popover") && !text("atom.xml").contains("popover"));
}
