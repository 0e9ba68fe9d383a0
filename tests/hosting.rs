//! What `[hosting]` adds to a site: compressed files, names with hashes, headers.

mod common;

use std::fs;
use std::io::Read as _;
use std::path::Path;

use common::{Files, Site, TODAY};
use huta::{BuildOptions, build};

const LONG: &str = "Aleja Róż prowadzi do Placu Centralnego. ";

fn ends(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|own| own == ending)
}

fn page(text: &str) -> String {
    format!("<!doctype html><html><head><meta charset=\"utf-8\"><title>a</title></head><body>{text}</body></html>")
}

fn hosted(hosting: &str) -> Site {
    let link = "<link rel=\"stylesheet\" href=\"{{ get_url(path=\"css/a.css\", cachebust=true) }}\">";
    Site::new(&format!("[hosting]\n{hosting}"))
        .file("templates/index.html", &page(&format!("{link}<p>{}</p>", LONG.repeat(50))))
        .file("static/css/a.css", &"p{background:url(b.svg)}\n".repeat(100))
        .file(
            "static/css/b.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><style>rect{fill:red}</style><rect/></svg>",
        )
        .file("static/small.txt", "short")
}

#[test]
fn a_site_without_the_table_is_as_before() {
    let files = hosted("").build();
    assert_eq!(files.paths().iter().filter(|path| ends(path, "br") || ends(path, "gz")).count(), 0);
    assert!(!files.has("_headers") && !files.has(".hosting/nginx.conf"));
    assert!(files.text("index.html").contains("/css/a.css?h="));
    assert!(!files.text("index.html").contains("http-equiv"));
}

#[test]
fn compressed_files_hold_the_same() {
    let site = hosted("precompress = [\"br\", \"gz\"]");
    let files = site.build();
    for path in ["index.html", "css/a.css"] {
        let mut back = vec![];
        let gz = &files.0[&format!("{path}.gz")];
        flate2::read::GzDecoder::new(&gz[..]).read_to_end(&mut back).unwrap();
        assert_eq!(back, files.0[path]);
        assert_eq!(gz[4..8], [0; 4], "{path}.gz names a time");
        let mut back = vec![];
        brotli::BrotliDecompress(&mut &files.0[&format!("{path}.br")][..], &mut back).unwrap();
        assert_eq!(back, files.0[path]);
    }
    assert!(!files.has("small.txt.gz") && !files.has("index.html.br.gz"));
    assert_eq!(site.build(), files);
}

#[test]
fn what_has_not_changed_is_not_compressed_again() {
    let site =
        hosted("precompress = [\"gz\"]").file("static/own.txt", &LONG.repeat(30)).file("static/own.txt.gz", "mine");
    site.build();
    let time = |path: &str| fs::metadata(site.path().join("public").join(path)).unwrap().modified().unwrap();
    let before = [time("index.html.gz"), time("css/a.css.gz")];
    std::thread::sleep(std::time::Duration::from_millis(20));
    fs::write(site.path().join("static/css/a.css"), "p{color:blue}".repeat(90)).unwrap();
    let files = site.build();
    // The page names the style sheet by its hash.
    assert!(time("css/a.css.gz") > before[1] && time("index.html.gz") > before[0]);
    let before = time("css/a.css.gz");
    std::thread::sleep(std::time::Duration::from_millis(20));
    site.build();
    assert_eq!(time("css/a.css.gz"), before);
    assert_eq!(files.text("own.txt.gz"), "mine", "a file of the site was replaced");
    // A file that is gone takes what was made of it along.
    fs::remove_file(site.path().join("static/css/a.css")).unwrap();
    fs::write(site.path().join("templates/index.html"), "x").unwrap();
    assert!(!site.build().has("css/a.css.gz"));
}

#[test]
fn uncompressed_leaves_them_out() {
    let site = hosted("precompress = [\"gz\"]");
    let options = BuildOptions { uncompressed: true, now: TODAY.parse().unwrap(), ..BuildOptions::new(site.path()) };
    assert!(build(&options).succeeded());
    assert!(!Files::read(&site.path().join("public")).has("index.html.gz"));
}

#[test]
fn names_have_the_hash_of_what_they_name() {
    let site = hosted("hashed_names = true\nheaders = [\"_headers\"]");
    let files = site.build();
    let name = |files: &Files| {
        let of = |path: &&&str| path.starts_with("css/a.") && **path != "css/a.css" && ends(path, "css");
        let paths = files.paths();
        let found: Vec<&&str> = paths.iter().filter(of).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        (**found[0]).to_string()
    };
    let first = name(&files);
    assert!(files.text("index.html").contains(&format!("href=\"https://example.org/{first}\"")));
    assert_eq!(files.0[&first], files.0["css/a.css"]);
    // Beside the file, so that `url(b.svg)` in it is still right.
    assert!(first.starts_with("css/") && files.has("css/b.svg"));
    assert!(
        files.text("_headers").contains(&format!("/{first}\n  Cache-Control: public, max-age=31536000, immutable\n"))
    );
    fs::write(site.path().join("static/css/a.css"), "p{}").unwrap();
    assert_ne!(name(&site.build()), first);
}

#[test]
fn who_looks_on_gets_neither() {
    let site = hosted("hashed_names = true\nprecompress = [\"br\"]\nheaders = [\"_headers\", \"meta\"]");
    let serve =
        BuildOptions { mode: huta::config::Mode::Serve, now: TODAY.parse().unwrap(), ..BuildOptions::new(site.path()) };
    assert!(build(&serve).succeeded());
    let files = Files::read(&site.path().join("public"));
    assert!(files.text("index.html").contains("a.css?h=") && !files.text("index.html").contains("http-equiv"));
    assert!(!files.has("_headers") && !files.has("index.html.br"));
}

/// Values of a header for an address, from all rules that match it, as hosts add them up.
fn headers<'a>(rules: &'a str, address: &str, name: &str) -> Vec<&'a str> {
    let mut found = vec![];
    let mut matches = false;
    for line in rules.lines().filter(|line| !line.starts_with('#')) {
        if let Some(header) = line.strip_prefix("  ") {
            let (key, value) = header.split_once(": ").unwrap();
            if matches && key == name {
                found.push(value);
            }
        } else if let Some((before, after)) = line.split_once('*') {
            matches = address.starts_with(before) && address[before.len()..].ends_with(after);
        } else {
            matches = line == address;
        }
    }
    found
}

fn site_of_three_policies(base: &str) -> Files {
    let toml = "[hosting]\nheaders = [\"_headers\", \"nginx\", \"caddy\", \"meta\"]\npermissions = [\"geolocation\"]\n\
         [embed]\nframe_ancestors = [\"https://blog.example\"]\n\
         [cms]\nscript = \"https://unpkg.com/@sveltia/cms@0.221.1/dist/sveltia-cms.js\"\nintegrity = \"sha384-abc\"\n[cms.backend]\nname = \"test-repo\"\n";
    let site = Site::new(toml)
        .file("templates/index.html", &page("<script>1</script>"))
        .file("static/embed/a/index.html", &page("<script src=\"/x.js\"></script>"))
        .file("static/deep/er/page.html", &page("<style>p{}</style>"))
        .file("static/deep/data.geojson", "{}")
        .file("static/other/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let options = BuildOptions {
        base_url: Some(base.to_string()),
        now: TODAY.parse().unwrap(),
        ..BuildOptions::new(site.path())
    };
    let outcome = build(&options);
    assert!(outcome.succeeded(), "{:#?}", outcome.diagnostics);
    Files::read(&site.path().join("public"))
}

#[test]
fn every_document_has_one_policy() {
    for base in ["https://example.org", "https://example.org/some/path"] {
        let files = site_of_three_policies(base);
        let rules = files.text("_headers");
        let path = base.strip_prefix("https://example.org").unwrap();
        let policy = |address: &str| {
            let found = headers(&rules, &format!("{path}/{address}"), "Content-Security-Policy");
            assert_eq!(found.len(), 1, "{address}: {found:?}\n{rules}");
            found[0].to_string()
        };
        for (address, ancestors) in [
            ("", "'none'"),
            ("404.html", "'none'"),
            ("deep/er/page.html", "'none'"),
            ("other/map.svg", "'none'"),
            ("embed/a/", "https://blog.example"),
            ("admin/", "'none'"),
        ] {
            let policy = policy(address);
            assert!(policy.starts_with("default-src 'none'; ") && policy.contains("base-uri 'none'"), "{policy}");
            assert!(policy.ends_with(&format!("frame-ancestors {ancestors}")), "{address}: {policy}");
        }
        let (home, admin, embed) = (policy(""), policy("admin/"), policy("embed/a/"));
        assert!(home.contains("script-src 'sha256-") && !home.contains("unsafe-inline"), "{home}");
        assert!(home.contains("style-src 'sha256-"), "one policy for all pages: {home}");
        assert!(!embed.contains("sha256-") && embed.contains("script-src 'self'"), "{embed}");
        assert!(admin.contains("https://unpkg.com") && !home.contains("unpkg"), "{admin}");
        assert_eq!(
            headers(&rules, &format!("{path}/admin/"), "Cross-Origin-Opener-Policy"),
            ["same-origin-allow-popups"]
        );
        assert_eq!(headers(&rules, &format!("{path}/"), "Cross-Origin-Opener-Policy"), ["same-origin"]);
        assert_eq!(headers(&rules, &format!("{path}/deep/data.geojson"), "Access-Control-Allow-Origin"), ["*"]);
        assert_eq!(headers(&rules, &format!("{path}/"), "Access-Control-Allow-Origin"), [""; 0]);
        assert_eq!(headers(&rules, &format!("{path}/"), "Strict-Transport-Security"), ["max-age=31536000"]);
        let permissions = headers(&rules, &format!("{path}/"), "Permissions-Policy").concat();
        assert!(permissions.contains("geolocation=(self)") && permissions.contains("camera=()"), "{permissions}");
        // In a page, without what browsers heed in headers only.
        let page = files.text("index.html");
        let said = home.replace("; frame-ancestors 'none'", "");
        assert!(
            page.contains(&format!(
                "<meta charset=\"utf-8\"><meta http-equiv=\"content-security-policy\" content=\"{said}\">"
            )),
            "{page}"
        );
        for snippet in [".hosting/nginx.conf", ".hosting/Caddyfile"] {
            let text = files.text(snippet);
            assert!(text.contains(&format!("{path}/admin/")) && text.contains(&home), "{text}");
        }
    }
}

#[test]
fn without_https_browsers_are_not_told_to_keep_to_it() {
    let files = site_of_three_policies("http://127.0.0.1:8000");
    assert!(!files.text("_headers").contains("Strict-Transport-Security"));
    assert!(!files.text(".hosting/nginx.conf").contains("Strict-Transport-Security"));
}

fn offline() -> Site {
    let head = "<link rel=stylesheet href={{ get_url(path=\"a.css\", cachebust=true) }}><link rel=stylesheet media=print href={{ get_url(path=\"print.css\") }}>\
                <script src={{ get_url(path=\"a.js\") }} data-sheet={{ get_url(path=\"later.css\") }}></script>\
                <picture><source type=image/webp srcset=\"{{ get_url(path=\"p.60.webp\") }} 60w, {{ get_url(path=\"p.90.webp\") }} 90w, {{ get_url(path=\"p.200.webp\") }} 200w\">\
                <img src={{ get_url(path=\"p.90.jpg\") }} srcset=\"{{ get_url(path=\"p.90.jpg\") }} 90w\"></picture>";
    let mut site = Site::new(
        "default_language = \"pl\"\n[languages.en]\nfallback = true\n[hosting]\nhashed_names = true\nheaders = [\"meta\"]\n\
         [offline]\npages = [\"trasy\"]\nsections = [\"poradnik\"]\nshelf = \"zapisane\"\nwidth = 80\n",
    )
    .file("templates/section.html", &page("{{ section.title }}"))
    .file("templates/page.html", &format!("<!doctype html><html><head><meta charset=\"utf-8\">{head}</head><body>{{{{ page.title }}}}</body></html>"))
    .file("templates/index.html", &page("home"));
    for name in ["a.css", "print.css", "later.css", "a.js", "p.60.webp", "p.90.webp", "p.200.webp", "p.90.jpg"] {
        site = site.file(&format!("static/{name}"), name);
    }
    for (name, title) in [
        ("trasy/_index.md", "Trasy"),
        ("trasy/a.md", "Spacer"),
        ("trasy/a.en.md", "Walk"),
        ("trasy/b.md", "Inny"),
        ("poradnik/_index.md", "Poradnik"),
        ("poradnik/c.md", "Rozdział"),
        ("poradnik/deep/_index.md", "Głębiej"),
        ("zapisane/_index.md", "Zapisane"),
    ] {
        site = site.file(&format!("content/{name}"), &format!("---\ntitle: {title}\n---\n"));
    }
    site
}

fn list(files: &Files, path: &str) -> serde_json::Value {
    serde_json::from_str(&files.text(path)).unwrap()
}

fn urls(list: &serde_json::Value) -> Vec<&str> {
    list["files"].as_array().unwrap().iter().map(|file| file["url"].as_str().unwrap()).collect()
}

#[test]
fn what_can_be_saved_is_listed_with_all_it_needs() {
    let site = offline();
    let files = site.build();
    let walk = list(&files, "trasy/a/offline.json");
    assert_eq!(files.text("trasy/a/offline.json"), files.text("en/trasy/a/offline.json"));
    assert_eq!(walk["title"], serde_json::json!({ "pl": "Spacer", "en": "Walk" }));
    assert_eq!(walk["pages"], serde_json::json!({ "pl": "/trasy/a/", "en": "/en/trasy/a/" }));
    assert_eq!(walk["shelf"], serde_json::json!({ "pl": "/zapisane/", "en": "/en/zapisane/" }));
    let hashed = files.paths().into_iter().find(|path| path.starts_with("a.") && ends(path, "css") && *path != "a.css");
    let sheet = format!("/{}", hashed.unwrap());
    let mut wanted = vec![
        "/a.js",
        "/en/trasy/a/",
        "/en/zapisane/",
        "/later.css",
        "/p.90.webp",
        "/trasy/a/",
        "/zapisane/",
        sheet.as_str(),
    ];
    wanted.sort_unstable();
    let mut found = urls(&walk);
    found.sort_unstable();
    assert_eq!(found, wanted);
    let entries = walk["files"].as_array().unwrap();
    let picture = entries.iter().find(|file| file["url"] == "/p.90.webp").unwrap();
    assert_eq!(picture["also"], serde_json::json!(["/p.200.webp", "/p.60.webp", "/p.90.jpg"]));
    for file in entries {
        let path = file["url"].as_str().unwrap().trim_start_matches('/');
        let path = if path.ends_with('/') { format!("{path}index.html") } else { path.to_string() };
        assert_eq!(file["bytes"], files.0[&path].len(), "{path}: the bytes are not those that are sent");
    }
    assert_eq!(walk["bytes"], entries.iter().map(|file| file["bytes"].as_u64().unwrap()).sum::<u64>());
    let handbook = list(&files, "poradnik/offline.json");
    for address in ["/poradnik/", "/poradnik/c/", "/poradnik/deep/", "/en/poradnik/c/"] {
        assert!(urls(&handbook).contains(&address), "{address}: {handbook}");
    }
    assert!(!urls(&handbook).iter().any(|url| url.contains("trasy")));
}

#[test]
fn a_list_has_another_version_when_something_in_it_has() {
    let site = offline();
    let version = |files: &Files, path: &str| list(files, path)["version"].clone();
    let before = site.build();
    fs::write(site.path().join("content/trasy/a.en.md"), "---\ntitle: Longer walk\n---\n").unwrap();
    let after = site.build();
    assert_ne!(version(&before, "trasy/a/offline.json"), version(&after, "trasy/a/offline.json"));
    assert_eq!(version(&before, "trasy/b/offline.json"), version(&after, "trasy/b/offline.json"));
}

#[test]
fn a_theme_with_a_template_for_it_has_a_manifest_in_each_language() {
    let site = offline().file("templates/manifest.json", "{\"lang\": \"{{ lang }}\"}");
    let files = site.build();
    assert_eq!(files.text("manifest.webmanifest"), "{\"lang\": \"pl\"}");
    assert_eq!(files.text("en/manifest.webmanifest"), "{\"lang\": \"en\"}");
    assert!(!offline().build().has("manifest.webmanifest"));
}
