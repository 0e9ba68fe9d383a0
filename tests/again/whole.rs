//! A site that uses all that hangs together: pictures, hashed names, a search index in pieces, headers, policies in pages,
//! compressed files, lists for saving, open data, twins, facets, maps, explained words, components in texts.

use std::collections::BTreeMap;
use std::fs;

use super::common::Site;
use super::{Chance, compared, write};

const CONFIG: &str = "title = \"Huta\"\ndefault_language = \"pl\"\ngenerate_feeds = true\nfeed_filenames = [\"atom.xml\", \"feed.json\"]\n\
     minify_html = true\nbuild_search_index = true\nsitemap_images = true\nlicence = \"CC BY-SA 4.0\"\n\
     [trust]\ncomponents = [\"note\"]\n\
     [search]\nindex_format = \"sharded\"\n\
     [hosting]\nprecompress = [\"gz\"]\nhashed_names = true\nheaders = [\"_headers\", \"nginx\", \"caddy\", \"meta\"]\n\
     [offline]\npages = [\"trasy\"]\nsections = [\"poradnik\"]\nshelf = \"zapisane\"\n\
     [open_data]\nfolder = \"dane\"\n\
     [embed]\nwidth = 640\nheight = 520\n\
     [pictures]\nwidths = [60]\n\
     [markdown]\ntypography = true\n\
     [translations]\nmap = \"Mapa\"\n\"facet.access\" = \"Dostęp\"\n\"wheelchair.yes\" = \"tak\"\n\"wheelchair.no\" = \"nie\"\n\
     [languages.en]\ntitle = \"Works\"\nfallback = true\ninherit = true\nbuild_search_index = true\nsearch.index_format = \"sharded\"\n\
     generate_feeds = true\nfeed_filenames = [\"atom.xml\", \"feed.json\"]\n\
     [languages.en.translations]\nmap = \"Map\"\n\"facet.access\" = \"Access\"\n\"wheelchair.yes\" = \"yes\"\n\"wheelchair.no\" = \"no\"\n";

const BASE_MAP: &str = r#"{"type":"FeatureCollection","attribution":{"pl":"Dane: A","en":"Data: A"},"features":[
{"type":"Feature","properties":{"kind":"street","class":"avenue","name":"al. Prosta"},"geometry":{"type":"LineString","coordinates":[[20.028,50.0695],[20.035,50.0695],[20.042,50.0695]]}},
{"type":"Feature","properties":{"kind":"street","name":"ul. Boczna"},"geometry":{"type":"LineString","coordinates":[[20.035,50.0695],[20.035,50.078]]}}
]}"#;

const GLOSSARY: &str =
    "- id: statut\n  word: { pl: statut, en: statutes }\n  means: { pl: Zasady., en: The rules. }\n  chapter: p1\n";

const HEAD: &str = "<!doctype html><html lang={{ lang }}><head><meta charset=utf-8><title>{{ config.title }}</title>\
     <link rel=stylesheet href=\"{{ get_url(path=\"main.css\", cachebust=true) }}\">{% block head %}{% endblock %}</head><body>\
     <nav>{% set home = get_section(path=\"_index.md\", lang=lang) %}{% for path in home.subsections %}\
     {% set s = get_section(path=path, lang=lang, metadata_only=true) %}<a href=\"{{ s.permalink }}\">{{ s.title }}</a>{% endfor %}</nav>\
     {% block main %}{% endblock %}</body></html>";

const PAGE: &str = "{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{{ page.content | safe }}\
     {% if page.map %}{{ page.map.svg | safe }}{% endif %}{% if page.cover %}{{ picture(path=page.cover.path, alt=page.cover.alt) }}\
     {% set small = resize_image(path=page.cover.path, width=20, height=20, op=\"fit\") %}<img src=\"{{ small.url }}\">{% endif %}\
     {% for b in page.backlinks %}<a href=\"{{ b.permalink }}\">{{ b.title }}</a>{% endfor %}{{ page.word_count }}\
     {% if \"ozdoba\" in page.content %}<script src=\"{{ get_url(path=\"extra.js\", cachebust=true) }}\"></script>{% endif %}{% endblock %}";

const SECTION: &str = "{% extends \"base.html\" %}{% block main %}{{ section.title }}{{ section.content | safe }}\
     {% for page in section.pages %}<a href=\"{{ page.permalink }}\">{{ page.title }}</a>{% endfor %}\
     {% for f in section.facets %}{% for v in f.values %}<a href=\"{{ v.permalink }}\">{{ v.title }} {{ v.count }}</a>{% endfor %}{% endfor %}{% endblock %}";

const BOOK: &str = "{% extends \"base.html\" %}{% block main %}{% for p in section.pages %}{{ p.content | safe }}{% endfor %}{% endblock %}";

const STATUS: &str = "{% set s = get_status() %}{% for t in s.translations %}{{ t.file }} {{ t.state }} {{ t.changes | join(sep=\", \") }}\n{% endfor %}";

fn place(n: usize) -> String {
    let access = ["yes", "no"][n % 2];
    format!(
        "---\ntitle: Miejsce {n}\ndate: 2026-01-0{}\ndescription: Opis {n}.\nplace:\n  at: [50.07{n}, 20.035]\n  access:\n    wheelchair: {access}\n---\n",
        n + 1
    )
}

fn site() -> Site {
    let drawing = |n: usize| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80\" height=\"60\"><path d=\"M{n} 0h9v9z\"/></svg>")
    };
    let said = "    alt: { pl: Rysunek, en: A drawing }\n    credit: Ktoś\n    licence: CC0\n    source: Z szuflady.\n    date: \"2026\"\n";
    let gallery = format!("cover: a.svg\ngallery:\n  - file: a.svg\n{said}  - file: b.svg\n{said}");
    let mut site = Site::new(CONFIG)
        .file("templates/base.html", HEAD)
        .file("templates/page.html", PAGE)
        .file("templates/section.html", SECTION)
        .file("templates/index.html", &SECTION.replace("{{ section.title }}", "{% set m = get_map(id=\"all\") %}{% if m %}{{ m.svg | safe }}{% endif %}"))
        .file("templates/book.html", BOOK)
        .file("templates/status.html", STATUS)
        .file("templates/embed/page.html", "<!doctype html><html><head><script src=\"{{ get_url(path=\"extra.js\") }}\"></script></head><body>{{ page.content | safe }}")
        .file("templates/note.html", "{% component note(what: string) %}<aside title=\"{{ what }}\">{{ body | markdown | safe }}</aside>{% endcomponent note %}")
        .file("templates/word.html", "<button title=\"{{ word.means }}\">{{ word.text }}</button>")
        .file("static/main.css", "a { color: red }")
        .file("static/extra.js", "1")
        .file("content/mapa/base.geojson", BASE_MAP)
        .file("content/_index.md", "---\ntitle: Start\n---\ntu\n")
        .file("content/_index.en.md", "---\ntitle: Start\n---\nhere\n")
        .file("content/miejsca/_index.md", "---\ntitle: Miejsca\nfacets: [access]\ngenerate_feeds: true\n---\n")
        .file("content/trasy/_index.md", "---\ntitle: Trasy\n---\n")
        .file("content/trasy/t/index.md", "---\ntitle: Trasa\ntour:\n  stops:\n    - { place: p0 }\n    - { place: p1 }\n---\nIdziemy.\n")
        .file("content/poradnik/_index.md", "---\ntitle: Poradnik\ntemplate: book.html\n---\n")
        .file("content/poradnik/glossary.yaml", GLOSSARY)
        .file("content/poradnik/p1.md", "---\ntitle: Rozdział\n---\nStowarzyszenie ma statut.\n\n## Dwa\n\nTekst.\n")
        .file("content/poradnik/p1.en.md", "---\ntitle: Chapter\n---\nIt has statutes.\n")
        .file("content/poradnik/p2.md", "---\ntitle: Drugi\n---\nO statucie mowa [wyżej](@/poradnik/p1.md#dwa).\n")
        .file("content/zapisane/_index.md", "---\ntitle: Zapisane\n---\n")
        .file("content/stan.md", "---\ntitle: Stan\ntemplate: status.html\n---\n")
        .file("content/opis.md", "---\ntitle: Opis\n---\nZwykła strona bez rodzaju.\n");
    for n in 0..5 {
        // The last one's pictures nobody has described.
        let text = if n < 4 { place(n).replace("place:\n", &format!("{gallery}place:\n")) } else { place(n) };
        site = site
            .file(&format!("content/miejsca/p{n}/index.md"), &format!("{text}Tekst miejsca {n}.\n\n## Dwa\n\nDalej.\n"))
            .file(&format!("content/miejsca/p{n}/a.svg"), &drawing(n))
            .file(&format!("content/miejsca/p{n}/b.svg"), &drawing(n + 10));
    }
    for n in 0..5 {
        let path = site.path().join(format!("content/miejsca/p{n}/index.md"));
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, format!("{text}\n![Szkic](b.svg)\n\n![Rysunek](a.svg)\n")).unwrap();
    }
    site.file("content/miejsca/p1/index.en.md", "---\ntitle: Place\n---\nA text.\n")
}

const TEXTS: [&str; 13] = [
    "Raz.",
    "## Dwa",
    "[a](@/miejsca/p1/index.md)",
    "[b](@/poradnik/p1.md#dwa)",
    "<!-- more -->",
    "*trzy* statut i konkurs",
    "`kod`",
    "ozdoba",
    "![Szkic](b.svg)",
    "![Rysunek](a.svg)",
    "{% <note what=\"x\"> %}**treść**{% </note> %}",
    "Zdanie za zdaniem, a każde o czym innym: o hucie, o alejach, o łąkach, o stawach, o neonach, o kinach, o szkołach.",
    "<iframe src=\"https://example.org/\"></iframe>",
];

/// A body: mostly what does not hang together with anything.
fn body(chance: &mut Chance) -> String {
    let some = |chance: &mut Chance| TEXTS[chance.below(TEXTS.len())];
    let mut parts: Vec<&str> = (0..chance.below(4)).map(|_| some(chance)).collect();
    parts.extend((0..chance.below(9)).map(|_| TEXTS[11]));
    parts.join("\n\n")
}

/// A change as somebody might make it; what it was.
fn change(site: &Site, chance: &mut Chance) -> String {
    let pages: Vec<_> = super::pages(&site.path().join("content"));
    let pages: Vec<_> = pages.into_iter().filter(|path| path.extension().is_some_and(|own| own == "md")).collect();
    let file = pages[chance.below(pages.len())].clone();
    let text = fs::read_to_string(&file).unwrap();
    let (front, old) = text[4..].split_once("---\n").unwrap();
    let n = chance.below(1000);
    match chance.below(12) {
        0..=2 => {
            fs::write(&file, format!("---\n{front}---\n{}\n", body(chance))).unwrap();
            format!("body of {}", file.display())
        }
        3..=7 => {
            fs::write(&file, format!("---\n{front}---\n{}\n\nZdanie numer {n}.\n", old.trim_end())).unwrap();
            format!("a sentence in {}", file.display())
        }
        8 => {
            fs::write(&file, text.replacen("title: ", &format!("title: {n} "), 1)).unwrap();
            format!("title of {}", file.display())
        }
        9 => {
            let script = ["", "<script>1</script>", "<link rel=icon href=https://a.example/x.png>"][n % 3];
            write(site, "templates/base.html", &HEAD.replace("</head>", &format!("{script}</head>")));
            "the base".into()
        }
        10 => {
            let (name, text) = [("page", PAGE), ("section", SECTION), ("book", BOOK)][n % 3];
            write(site, &format!("templates/{name}.html"), &format!("{text}{{# {n} #}}"));
            format!("template {name}")
        }
        _ => {
            write(site, "static/main.css", &format!("a {{ margin: {n}px }}"));
            "style".into()
        }
    }
}

fn edit(site: &Site, path: &str, more: &str) {
    let text = fs::read_to_string(site.path().join(path)).unwrap();
    write(site, path, &format!("{text}\n{more}\n"));
}

#[test]
fn a_sentence_costs_its_page() {
    let site = site();
    let told = site.outcome().diagnostics;
    let is_right = |told: &huta::diagnostic::Diagnostic| told.code == huta::diagnostic::Code::PictureWithoutRights;
    assert!(told.iter().all(is_right), "{told:?}");
    let _ = fs::remove_dir_all(site.path().join("public"));
    let runs = compared(&site, "first");
    let all: usize = runs.values().sum();
    assert!(compared(&site, "nothing").is_empty());
    edit(&site, "content/miejsca/p3/index.md", "Jeszcze jedno zdanie.");
    let runs = compared(&site, "a sentence");
    let sum = |runs: &BTreeMap<String, usize>, name: &str| runs.get(name).copied().unwrap_or_default();
    // In two languages; its twin; what looks at the texts of all.
    assert_eq!((sum(&runs, "page.html"), sum(&runs, "embed/page.html")), (2, 1), "{runs:?}");
    assert!(
        sum(&runs, "status.html") == 2 && sum(&runs, "book.html") == 0 && sum(&runs, "index.html") == 0,
        "{runs:?}"
    );
    edit(&site, "content/poradnik/p2.md", "Jeszcze jedno.");
    let runs = compared(&site, "a sentence of the book");
    assert!(sum(&runs, "page.html") == 2 && sum(&runs, "book.html") == 2, "{runs:?}");
    assert!(runs.values().sum::<usize>() < all / 3, "{runs:?} of {all}");
    // Many words: the index gets other files.
    let words: Vec<String> = (0..900).map(|n| format!("wyraz{n}ek słowo{}.", n * 7)).collect();
    edit(&site, "content/opis.md", &words.join(" "));
    assert_eq!(sum(&compared(&site, "many words"), "page.html"), 2);
    write(&site, "content/opis.md", "---\ntitle: Opis\n---\nKrótko.\n");
    assert_eq!(sum(&compared(&site, "few words"), "page.html"), 2);
    // What is made because somebody asks for it, and what others link to, is not told apart.
    edit(&site, "content/opis.md", "ozdoba");
    compared(&site, "a script that no page had");
    edit(&site, "content/opis.md", "[b](@/poradnik/p1.md#dwa)");
    compared(&site, "a link");
    write(&site, "content/poradnik/p1.md", "---\ntitle: Rozdział\n---\n## Trzy\n");
    compared(&site, "an anchor that others name is gone");
}

#[test]
fn whatever_lies_beside_a_trace_is_not_trusted() {
    let site = site();
    compared(&site, "first");
    let folder = site.path().join(".cache/traces");
    let with = |ending: Option<&str>| {
        let mut files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        files.find(|path| path.extension().map(|own| own.to_str().unwrap()) == ending).unwrap()
    };
    let of = |beside: bool| with(beside.then_some("more"));
    let (old, mut n) = (fs::read(of(true)).unwrap(), 0);
    let mut whole = |what: &str| {
        n += 1;
        edit(&site, "content/opis.md", &format!("Zdanie {n}."));
        compared(&site, what).get("page.html").copied().unwrap_or_default() > 10
    };
    assert!(!whole("a sentence"));
    // Maps of another build are drawn again.
    fs::write(with(Some("maps")), "x").unwrap();
    assert!(!whole("maps"));
    let bytes = fs::read(of(true)).unwrap();
    fs::write(of(true), &bytes[..bytes.len() / 2]).unwrap();
    assert!(whole("cut"));
    fs::write(of(true), [&fs::read(of(true)).unwrap()[..], b"x"].concat()).unwrap();
    assert!(whole("longer"));
    fs::write(of(true), old).unwrap();
    assert!(whole("of an earlier build"));
    fs::remove_file(of(true)).unwrap();
    assert!(whole("gone"));
    assert!(!whole("a sentence again"));
    let main = fs::read(of(false)).unwrap();
    fs::write(of(false), &main[..main.len() - 1]).unwrap();
    assert!(whole("the trace itself"));
}

#[test]
fn any_sequence_of_changes_ends_in_what_a_build_from_nothing_makes() {
    let (mut made_less, mut steps) = (0, 0);
    for seed in 1..=4 {
        let (site, mut chance) = (site(), Chance(seed));
        compared(&site, "first");
        for step in 0..20 {
            let what = change(&site, &mut chance);
            let runs = compared(&site, &format!("seed {seed}, step {step}: {what}"));
            steps += 1;
            made_less += usize::from(runs.get("page.html").copied().unwrap_or_default() < 8);
        }
    }
    assert!(made_less * 3 > steps, "{made_less} of {steps} builds made only what had changed");
}
