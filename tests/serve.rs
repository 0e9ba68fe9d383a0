//! `huta serve`: pages, the 404 page, refusals, rebuilding, errors over the last good version, what is new on a page.

mod common;
#[path = "common/server.rs"]
mod server;

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use common::Site;
use serde_json::json;
use server::Server;

fn site() -> Site {
    Site::new("title = \"T\"\n")
        .file("content/a.md", "---\ntitle: A\n---\npierwsza\n")
        .file("content/łąka.md", "---\ntitle: Łąka\npath: łąka\n---\n")
        .file("templates/404.html", "<p>nie ma takiej strony</p>")
        .file("templates/page.html", "<body><h1>{{ page.title }}</h1>{{ page.content | safe }}</body>")
        .file("static/x.css", "a{}")
}

#[test]
fn serves_pages_and_refuses_the_rest() {
    let sheet = "<link href=\"{{ get_url(path='x.css', cachebust=true) }}\">";
    let site = site().file("tajne.txt", "tajne").file("templates/index.html", sheet);
    let server = Server::start(site.path());
    let (status, body) = server.get("/a/");
    assert_eq!(status, 200);
    assert!(body.contains("pierwsza") && body.contains("/__huta/panel.js"), "{body}");
    assert_eq!(server.get("/a").0, 308);
    assert_eq!(server.get("/x.css"), (200, "a{}".into()));
    assert_eq!(server.get("/%C5%82%C4%85ka/").0, 200);
    // Only what has its fingerprint in its address is kept by browsers.
    let keeps = |path: &str| server.head(path).contains("immutable");
    let address =
        server.get("/").1.split('"').find_map(|part| Some(part.split_once("x.css?h=")?.1.to_string())).unwrap();
    let address = format!("/x.css?h={address}");
    assert!(keeps(&address));
    let other = address.replace("?h=", "?h=0");
    assert_eq!([keeps("/a/"), keeps("/x.css"), keeps("/x.css?h="), keeps(&other)], [false; 4]);
    let (status, body) = server.get("/nie-ma/");
    assert_eq!(status, 404);
    assert!(body.contains("nie ma takiej strony"));
    for outside in [
        "/../tajne.txt",
        "/..%2ftajne.txt",
        "/%2e%2e/tajne.txt",
        "/a/../../tajne.txt",
        "/..%5ctajne.txt",
        "//tajne.txt",
    ] {
        let (status, body) = server.get(outside);
        assert!(
            status == 404 && !body.contains("tajne") && body.contains("nie ma takiej strony"),
            "{outside}: {status} {body}"
        );
    }
}

#[test]
fn rebuilds_and_shows_errors_over_the_last_good_version() {
    let site = site();
    let server = Server::start(site.path());
    let before = server.version();
    let site = site.file("content/a.md", "---\ntitle: A\n---\ndruga\n");
    let body = server.until("/a/", |body| body.contains("druga"));
    assert!(!body.contains("huta-errors"));
    assert!(server.version() > before);
    let site = site.file("content/a.md", "---\ntitle: A: B\n---\ntrzecia\n");
    let body = server.until("/a/", |body| body.contains("huta-errors"));
    assert!(body.contains("druga"), "the last good version is gone: {body}");
    assert!(body.contains("content/a.md:2:9"), "{body}");
    let site = site.file("content/a.md", "---\ntitle: A\n---\nczwarta\n");
    let body = server.until("/a/", |body| body.contains("czwarta"));
    assert!(!body.contains("huta-errors"));
    drop(site);
}

#[test]
fn whatever_a_site_is_made_of_is_built_again() {
    let base = |name: &str| {
        let street = json!({
            "type": "Feature",
            "properties": {"kind": "street", "name": "ul. Boczna"},
            "geometry": {"type": "LineString", "coordinates": [[20.03, 50.07], [20.035, 50.07]]},
        });
        let attribution = json!({"pl": name, "en": name});
        json!({"type": "FeatureCollection", "attribution": attribution, "features": [street]}).to_string()
    };
    let words = |means: &str| {
        format!("- id: plac\n  word: {{ pl: plac, en: square }}\n  means: {{ pl: {means}, en: {means} }}\n")
    };
    let config =
        "title = \"Pierwszy\"\ndefault_language = \"pl\"\ntheme = \"t\"\ncompile_sass = true\n[languages.en]\n";
    let mut site = Site::new(config)
        .file("content/_index.md", "---\ntitle: D\n---\n")
        .file("content/_index.en.md", "---\ntitle: D\n---\n")
        .file("content/a.md", "---\ntitle: A\n---\nNasz plac.\n")
        .file("themes/t/theme.toml", "[extra]\nword = \"pierwszy\"\n")
        .file("themes/t/templates/part.html", "stara część")
        .file("themes/t/static/theme.css", "b{}")
        .file("sass/made.scss", "$a: 1px; p { width: $a }")
        .file("static/x.css", "a{}")
        .file("content/glossary.yaml", &words("pierwsze znaczenie"))
        .file("content/mapa/base.geojson", &base("Stara mapa"))
        .file("templates/page.html", "{{ page.content | safe }}")
        .file(
            "templates/index.html",
            "{{ config.title }} {{ config.extra.word }} {% include \"part.html\" %} \
             {% set map = get_map(at=[50.07, 20.03], title=\"M\") %}{{ map.attribution }}",
        );
    let server = Server::start(site.path());
    for (file, text, path, expected) in [
        ("templates/page.html", "<p>nowy szablon</p>{{ page.content | safe }}".to_string(), "/a/", "nowy szablon"),
        ("content/glossary.yaml", words("drugie znaczenie"), "/a/", "drugie znaczenie"),
        ("static/x.css", "i{}".into(), "/x.css", "i{}"),
        ("sass/made.scss", "$a: 2px; p { width: $a }".into(), "/made.css", "2px"),
        ("themes/t/templates/part.html", "nowa część".into(), "/", "nowa część"),
        ("themes/t/theme.toml", "[extra]\nword = \"drugi\"\n".into(), "/", "drugi"),
        ("themes/t/static/theme.css", "u{}".into(), "/theme.css", "u{}"),
        ("content/mapa/base.geojson", base("Nowa mapa"), "/", "Nowa mapa"),
        (
            "huta.toml",
            format!("base_url = \"https://example.org\"\n{}", config.replace("Pierwszy", "Drugi")),
            "/",
            "Drugi",
        ),
    ] {
        let (status, before) = server.get(path);
        assert!(status == 200 && !before.contains(expected), "{file}: {before}");
        site = site.file(file, &text);
        server.until(path, |body| body.contains(expected));
    }
}

#[test]
fn tells_what_is_new_on_a_page() {
    let site = site().file("content/b.md", "---\ntitle: B\nunknown: 1\n---\nb\n");
    let server = Server::start(site.path());
    let first = server.news("/b/", u64::MAX, false);
    assert_eq!(
        (&first["panel"]["file"], &first["panel"]["list"][0]["severity"]),
        (&json!("content/b.md"), &json!("hint"))
    );
    let start = server.version();
    let site = site.file("content/a.md", "---\ntitle: A\n---\n[x](łąka.md)\n");
    let now = server.after(start);
    server.until("/a/", |body| body.contains("[x]") || body.contains(">x<"));
    server.settled();
    let news = server.news("/a/", start, false);
    assert_eq!((&news["page"], &news["overlay"]), (&json!(true), &json!("")), "{news}");
    let panel = &news["panel"];
    assert_eq!((&panel["file"], &panel["others"]), (&json!("content/a.md"), &json!(1)), "{panel}");
    let said = &panel["list"][0];
    assert_eq!(
        (&said["severity"], &said["line"], &said["column"]),
        (&json!("warning"), &json!(4), &json!(5)),
        "{panel}"
    );
    let root = site.path().canonicalize().unwrap();
    assert_eq!(Path::new(panel["root"].as_str().unwrap()), root);
    // Another page is as it was.
    assert_eq!(server.news("/b/", start, false)["page"], json!(false));
    assert_eq!(server.news("/b/", start, false)["panel"]["list"][0]["severity"], json!("hint"));
    // Only a style sheet changes.
    let before = server.version();
    assert!(before >= now);
    let site = site.file("static/x.css", "b{}");
    server.until("/x.css", |body| body == "b{}");
    let news = server.news("/a/", before, false);
    assert_eq!((&news["page"], &news["files"]), (&json!(false), &json!(["x.css"])), "{news}");
    // A page left open from another server is loaded again.
    assert_eq!(server.news("/a/", 7, false)["page"], json!(true));
    // A page that comes is new to whoever looked at its address.
    let before = server.version();
    let site = site.file("content/c.md", "---\ntitle: C\n---\n");
    server.after(before);
    server.until("/c/", |body| body.contains("<h1>C"));
    assert_eq!(server.news("/c/", before, false)["page"], json!(true));
    drop(site);
}

#[test]
fn blocks_say_where_they_stand_but_only_here() {
    let text = "---\ntitle: A\n---\n\n# Tytuł\n\nAkapit\nw dwóch wierszach.\n\n- jeden\n- dwa\n\n| a |\n|---|\n| b |\n\n```\nx\n```\n";
    let site =
        site().file("content/a.md", text).file("content/b.md", &text.replace("Akapit", "{{ page.title }} Akapit"));
    let server = Server::start(site.path());
    let lines = |path: &str| -> Vec<String> {
        let (_, body) = server.get(path);
        let tags = body.match_indices(" data-huta-at=\"").map(|(at, mark)| {
            let name = body[..at].rsplit('<').next().unwrap();
            let place = body[at + mark.len()..].split('"').next().unwrap();
            format!("{name} {place}")
        });
        tags.collect()
    };
    let places = ["h1 5", "p 7", "li 10", "li 11", "table 13", "tr 15", "pre 17"];
    let expected = |file: &str| places.map(|place| place.replace(' ', &format!(" content/{file}:"))).to_vec();
    assert_eq!(lines("/a/"), expected("a.md"));
    // What a template wrote has no line of its own.
    let known: Vec<String> = expected("b.md").into_iter().filter(|place| !place.starts_with("p ")).collect();
    assert_eq!(lines("/b/"), known);
    let built = site.build();
    assert!(!built.text("a/index.html").contains("data-huta"));
}

#[test]
fn takes_the_arguments_of_zola() {
    let other = tempfile::tempdir().unwrap();
    let (data, output) = (other.path().join("data"), other.path().join("out"));
    fs::create_dir(&data).unwrap();
    let site = site().file("templates/index.html", "{{ config.base_url }} {{ now(timestamp=true) }}");
    let arguments = ["-u", "http://localhost", "--no-port-append", "--store-html", "--fast", "-d", "20"];
    let folders = ["-o", output.to_str().unwrap(), "--force", "--extra-watch-path", data.to_str().unwrap()];
    let server = Server::start_with(site.path(), &[&arguments[..], &folders[..]].concat());
    assert!(server.get("/").1.starts_with("http://localhost "));
    assert!(output.join("a/index.html").is_file());
    let before = server.version();
    fs::write(data.join("x.csv"), "1").unwrap();
    server.after(before);
}

#[test]
fn an_address_without_a_port_gets_the_servers() {
    let site = site().file("templates/index.html", "{{ config.base_url }}");
    let server = Server::start_with(site.path(), &["-u", "http://localhost"]);
    let port = server.address.trim_end_matches('/').rsplit(':').next().unwrap().to_string();
    assert!(server.get("/").1.starts_with(&format!("http://localhost:{port}")));
}

#[test]
fn a_taken_port_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let site = site();
    let output = Command::new(env!("CARGO_BIN_EXE_huta"))
        .args(Server::arguments(site.path()))
        .args(["-p", &port])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("error[server-failed]") && message.contains(&format!("port {port} ")), "{message}");
    assert!(message.contains("huta serve -p "), "{message}");
}

#[test]
fn where_no_port_was_asked_for_the_next_free_one_is_taken() {
    // Whether it was free or not: afterwards it is taken.
    let taken = TcpListener::bind(("127.0.0.1", huta::serve::DEFAULT_PORT));
    let site = site();
    let mut command = Command::new(env!("CARGO_BIN_EXE_huta"));
    command.args(Server::arguments(site.path()));
    let server = Server::run(command);
    let port: u16 = server.address.rsplit(':').next().unwrap().parse().unwrap();
    assert!(port > huta::serve::DEFAULT_PORT, "{port}");
    let said = server.said();
    assert!(said.contains("port 1111 is taken") && said.contains(&format!("using {port}")), "{said}");
    assert!(server.get("/a/").1.contains("pierwsza"));
    drop(taken);
}

#[test]
#[cfg(target_os = "linux")]
fn where_no_browser_can_be_started_the_address_is_there_to_be_opened() {
    let site = site();
    let empty = tempfile::tempdir().unwrap();
    for (words, told) in [("en", "open this address in one"), ("pl", "otwórz w niej ten adres")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huta"));
        let arguments =
            Server::arguments(site.path()).into_iter().map(|word| if word == "en" { words.into() } else { word });
        command.env("PATH", empty.path()).args(arguments).args(["-p", "0", "--open"]);
        let server = Server::run(command);
        for _ in 0..100 {
            if server.said().contains(told) {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert!(server.said().contains(told), "{}", server.said());
        assert!(server.get("/a/").1.contains("pierwsza"));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_first_build_that_fails_is_shown_in_the_browser() {
    use std::os::unix::fs::PermissionsExt;
    let site = site().file("content/a.md", "---\ntitle: A: B\n---\n");
    let tools = tempfile::tempdir().unwrap();
    let (program, told) = (tools.path().join("xdg-open"), tools.path().join("told"));
    fs::write(&program, format!("#!/bin/sh\nprintf %s \"$1\" > '{}'\n", told.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_huta"));
    let path = std::env::var("PATH").unwrap();
    command.env("PATH", format!("{}:{path}", tools.path().display()));
    command.args(Server::arguments(site.path())).args(["-p", "0", "--open"]);
    let server = Server::run(command);
    let address = format!("http://{}", server.address);
    for _ in 0..100 {
        if fs::read_to_string(&told).is_ok_and(|told| told == address) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(fs::read_to_string(&told).unwrap(), address);
    let (status, body) = server.get("/");
    assert_eq!(status, 503);
    assert!(body.contains("This site cannot be built.") && body.contains("content/a.md:2:9"), "{body}");
    assert!(body.contains("/__huta/panel.js"), "it shows the site when there is one: {body}");
    let first = server.version();
    let site = site.file("content/a.md", "---\ntitle: A\n---\npierwsza\n");
    server.until("/a/", |body| body.contains("pierwsza") && !body.contains("huta-errors"));
    assert_eq!(server.news("/nowhere/", first, false)["page"], json!(true));
    drop(site);
}
