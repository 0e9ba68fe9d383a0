//! Where huta goes further than Zola: keys of its own, and answers instead of errors.

mod common;

use std::io::{Read, Write};
use std::net::TcpListener;

use common::Site;

#[test]
fn code_can_be_exempt_from_templating() {
    let body = "---\ntitle: x\n---\n{{ 1 + 1 }} `{{ x }}`\n\n```\n{% if %}\n```\n";
    let site = Site::new("[trust]\ncontent = [\"**\"]\n[markdown]\nliteral_code = true\n").file("content/a.md", body);
    let page = site.build().text("a/index.html");
    assert!(page.contains("<p>2 <code>{{ x }}</code></p>") && page.contains("{% if %}"), "{page}");
    assert!(!Site::new("").file("content/a.md", body).errors().is_empty());
}

#[test]
fn html_of_a_component_is_one_block_when_asked_for() {
    let template = "{% component box(title) %}\n    <div>\n\n        <b>{{ title }}</b>\n\n        {{ body | markdown | safe }}\n    </div>\n{% endcomponent box %}";
    let body = "---\ntitle: x\n---\n- item\n\n  {% <box title=\"A\"> %}*in*{% </box> %}\n\n{% <box title=\"B\"> %}*out*{% </box> %}\nafter\n";
    let files = |config: &str| {
        Site::new(config).file("templates/box.html", template).file("content/a.md", body).build().text("a/index.html")
    };
    let page = files("[trust]\ncontent = [\"**\"]\n[markdown]\ncomponent_blocks = true\n");
    assert!(!page.contains("<pre>") && page.contains("<b>B</b>") && page.contains("<p><em>out</em></p>"), "{page}");
    assert!(page.contains("<p>after</p>"), "{page}");
    // The first stays in its list item.
    assert!(page.find("<b>A</b>").unwrap() < page.find("</li>").unwrap(), "{page}");
    assert!(files("[trust]\ncontent = [\"**\"]\n").contains("<pre>"), "without the key it is Zola's way");
}

#[test]
fn what_components_write_stays_and_what_editors_write_is_cleaned() {
    let template = "{% component box(title) %}<x-box onclick=\"own()\">{{ title }}</x-box>{% endcomponent box %}\
                    {% component note() %}<div onclick=\"own()\">{{ body }}</div>{% endcomponent note %}";
    let body = "---\ntitle: <script>t</script>\n---\n{{ <box title=\"<script>a\" /> }}\n\n\
                b {{ <box title=\"</x-box><img src=x onerror=c>\" /> }} <b onclick=\"d()\">e</b>\n\n\
                {% <note> %}<script>f</script><i>g</i>{% </note> %}\n\n{{ page.title }}\n\n<div data-huta-block=\"0\"></div>\n";
    let site = |config: &str| Site::new(config).file("templates/box.html", template).file("content/a.md", body);
    let cleaned = site("").build().text("a/index.html");
    assert!(!cleaned.contains("<x-box") && !cleaned.contains("own()"), "only components for editors: {cleaned}");
    let page = site("[trust]\ncomponents = [\"box\", \"note\"]\n").build().text("a/index.html");
    let page = page.split_once('|').unwrap().1;
    // What the theme wrote is there, its values escaped.
    assert!(page.contains("<x-box onclick=\"own()\">&lt;script&gt;a</x-box>"), "{page}");
    assert!(
        page.contains("b <x-box onclick=\"own()\">&lt;/x-box&gt;&lt;img src=x onerror=c&gt;</x-box> <b>e</b>"),
        "{page}"
    );
    // A text that an editor gave to a component is the editor's.
    assert!(page.contains("<div><i>g</i></div>"), "{page}");
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("d()"), "{page}");
    let trusted = site("[trust]\ncontent = [\"a.md\"]\n").build().text("a/index.html");
    assert!(trusted.contains("<b onclick=\"d()\">e</b>") && trusted.contains("<script>f</script>"), "{trusted}");
    let elsewhere = site("[trust]\ncontent = [\"b/**\"]\n").build().text("a/index.html");
    assert!(!elsewhere.contains("d()"), "{elsewhere}");
}

#[test]
fn drawings_beside_pages_are_cleaned() {
    let drawing =
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>x()</script><path d=\"M0 0h1\" onclick=\"x()\"/></svg>";
    let site = |config: &str| {
        Site::new(config).file("content/a/index.md", "---\ntitle: A\n---\n").file("content/a/b.svg", drawing).build()
    };
    let made = site("").text("a/b.svg");
    assert!(made.contains("<path d=\"M0 0h1\"/>") && !made.contains("x()"), "{made}");
    assert_eq!(site("[trust]\ncontent = [\"a/*.svg\"]\n").text("a/b.svg"), drawing);
}

#[test]
fn a_language_inherits_taxonomies_with_names_of_its_own() {
    let config = "default_language = \"pl\"\n[[taxonomies]]\nname = \"tematy\"\nfeed = true\n[languages.en]\ninherit = true\n\
                  [[languages.en.taxonomies]]\nname = \"tematy\"\nslug = \"topics\"\ntitle = \"Topics\"\n\
                  terms = { \"sztuka\" = \"art\" }\n";
    let files = Site::new(config)
        .file(
            "templates/taxonomy_list.html",
            "{{ taxonomy.title }}: {% for t in terms %}{{ t.name }} {{ t.permalink }}{% endfor %}",
        )
        .file("templates/taxonomy_single.html", "{{ term.name }}")
        .file(
            "templates/page.html",
            "{{ page.taxonomies.tematy[0] }} {{ get_taxonomy_url(kind=\"tematy\", term=page.taxonomies.tematy[0]) }}",
        )
        .file("content/a.md", "---\ntitle: A\ndate: 2026-01-01\ntaxonomies: {tematy: [sztuka]}\n---\n")
        .file("content/a.en.md", "---\ntitle: A\n---\n")
        .build();
    assert_eq!(files.text("tematy/index.html"), "tematy: sztuka https://example.org/tematy/sztuka/");
    assert_eq!(files.text("en/topics/index.html"), "Topics: art https://example.org/en/topics/art/");
    assert_eq!(files.text("en/a/index.html"), "art https://example.org/en/topics/art/");
    assert!(files.has("en/topics/art/atom.xml") && !files.has("en/tematy/index.html"));
}

#[test]
fn no_anchor_is_there_twice() {
    let body = "---\ntitle: x\n---\n# a\n\n# fn a\n\n# fr a 1\n\n# Continue reading\n\n<!-- more -->\n\n\
                Text[^a].\n\n[^a]: One.\n\n[^a]: Two.\n";
    let page = |config: &str| Site::new(config).file("content/a.md", body).build().text("a/index.html");
    for config in ["", "[markdown]\nbottom_footnotes = true\n"] {
        let page = page(config);
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{page}");
        assert!(page.contains("One."), "{page}");
        // Where notes go to the end, nobody refers to the second.
        assert_eq!(page.contains("Two."), config.is_empty(), "{page}");
    }
}

#[test]
fn words_fall_back_along_the_languages() {
    let config = "default_language = \"pl\"\n[translations]\na = \"a-pl\"\nb = \"b-pl\"\n[languages.de.translations]\na = \"a-de\"\n[languages.de-AT]\n";
    let site = Site::new(config)
        .file("templates/page.html", "{{ trans(key=\"a\") }} {{ trans(key=\"b\") }}")
        .file("content/x.de-AT.md", "---\ntitle: x\n---\n")
        .file("content/x.md", "---\ntitle: x\n---\n");
    let outcome = site.outcome();
    let told: Vec<_> = outcome.diagnostics.iter().map(|d| (d.code.as_str(), d.message.en.clone())).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].0 == "untranslated-word" && told[0].1.contains("`b`"), "{told:?}");
    assert_eq!(site.build().text("de-AT/x/index.html"), "a-de b-pl");
}

#[test]
fn a_borrowed_word_has_the_plural_of_its_own_language() {
    let config = "default_language = \"pl\"\n[translations]\n\"s.few\" = \"{n} schody\"\n\"s.other\" = \"{n} schodów\"\n[languages.en]\n";
    let site = Site::new(config)
        .file("templates/page.html", "{{ trans(key=\"s\", count=3) }}")
        .file("content/x.en.md", "---\ntitle: x\n---\n");
    assert_eq!(site.build().text("en/x/index.html"), "3 schody");
}

#[test]
fn sections_are_sorted_like_their_pages() {
    let list = "{% for path in section.subsections %}{% set s = get_section(path=path) %}{{ s.title }}<{{ s.lower.title if s.lower else \"-\" }} {% endfor %}";
    let site = |by: &str| {
        Site::new("")
            .file("templates/index.html", list)
            .file("content/_index.md", &format!("---\nsort_by: {by}\n---\n"))
            .file("content/a/_index.md", "---\ntitle: Beta\nweight: 1\n---\n")
            .file("content/b/_index.md", "---\ntitle: Alfa\nweight: 2\n---\n")
            .build()
            .text("index.html")
    };
    assert_eq!(site("title").trim(), "Alfa<- Beta<Alfa");
    assert_eq!(site("weight").trim(), "Beta<- Alfa<Beta");
    assert_eq!(site("none").trim(), "Beta<- Alfa<-");
}

#[test]
fn pages_of_an_unsorted_section_keep_their_order() {
    let list = "{% for page in section.pages %}{{ page.slug }} {% endfor %}";
    let site = Site::new("").file("templates/index.html", list).file("content/_index.md", "---\ntitle: x\n---\n");
    let site = ["c", "a", "b"]
        .iter()
        .fold(site, |site, name| site.file(&format!("content/{name}.md"), "---\ntitle: x\n---\n"));
    assert_eq!(site.build().text("index.html"), "a b c ");
}

#[test]
fn data_comes_from_the_network_only_where_it_is_allowed() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let home = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let length = stream.read(&mut request).unwrap();
        let body = "{\"n\": 7}";
        write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).unwrap();
        String::from_utf8_lossy(&request[..length]).to_lowercase()
    });
    let page = format!("{{{{ load_data(url=\"{home}/d.json\", format=\"json\", headers=[\"X-Klucz=1\"])[\"n\"] }}}}");
    let site = |config: &str| {
        Site::new(config)
            .file("templates/page.html", &page)
            .file("content/a.md", "---\ntitle: x\n---\n")
            .file("content/b.md", "---\ntitle: x\n---\n")
    };
    assert_eq!(site("").errors().len(), 1);
    // Two pages, one request: the server answers only once.
    let files = site(&format!("[remote]\nallow = [\"{home}/\"]\n")).build();
    assert_eq!((files.text("a/index.html"), files.text("b/index.html")), ("7".into(), "7".into()));
    let request = server.join().unwrap();
    assert!(
        request.starts_with("get /d.json")
            && request.contains("accept: application/json")
            && request.contains("x-klucz: 1"),
        "{request}"
    );
}

#[test]
fn style_sheets_that_are_made_can_be_hashed() {
    let files = Site::new("compile_sass = true\n")
        .file("sass/a.scss", "$c: red;\n.a { .b { color: $c; } }\n")
        .file(
            "templates/index.html",
            "{{ get_url(path=\"a.css\", cachebust=true) }} {{ get_hash(path=\"a.css\", sha_type=256, base64=false) }}",
        )
        .build();
    assert_eq!(files.text("a.css").trim(), ".a .b{color:red}");
    let home = files.text("index.html");
    let (url, hash) = home.split_once(' ').unwrap();
    assert_eq!(url, format!("https://example.org/a.css?h={}", &hash[..20]));
}

#[test]
fn an_unchanged_picture_is_not_made_again() {
    let site = Site::new("").file(
        "templates/index.html",
        "{{ resize_image(path=\"static/a.png\", width=5, op=\"fit_width\")[\"static_path\"] }}",
    );
    std::fs::create_dir_all(site.path().join("static")).unwrap();
    image::RgbImage::new(20, 10).save(site.path().join("static/a.png")).unwrap();
    let first = site.build();
    let path = first.paths().into_iter().find(|path| path.starts_with("processed_images/a.")).unwrap().to_string();
    assert_eq!(first.text("index.html"), format!("static/{path}"));
    let time = || std::fs::metadata(site.path().join("public").join(&path)).unwrap().modified().unwrap();
    let before = time();
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert_eq!(site.build(), first);
    assert_eq!(time(), before);
    image::RgbImage::new(20, 20).save(site.path().join("static/a.png")).unwrap();
    assert!(!site.build().has(&path));
}
