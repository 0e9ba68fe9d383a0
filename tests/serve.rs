//! `huta serve`: pages, the 404 page, refusals, rebuilding, errors over the last good version.

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::Site;

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(site: &Site) -> Self {
        Self::start_with(site, &[])
    }

    fn start_with(site: &Site, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_huta"))
            .args(["--lang", "en", "serve", "-p", "0", "--today", "2026-11-23", "--root"])
            .arg(site.path())
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| line.strip_prefix("http://").map(str::to_string))
            .unwrap();
        // Keeps reading, so that the server never waits for its messages to be taken.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// Status and body for a path sent exactly as written.
    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer[9..12].parse().unwrap();
        (status, answer.split_once("\r\n\r\n").map_or(String::new(), |(_, body)| body.to_string()))
    }

    /// Waits until a page holds what it should.
    fn until(&self, path: &str, holds: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let (_, body) = self.get(path);
            if holds(&body) {
                return body;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "{path} is still:\n{body}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked to end, it takes its folder along.
        let asked = cfg!(unix)
            && Command::new("kill").arg(self.child.id().to_string()).status().is_ok_and(|status| status.success());
        if !asked {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

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
    let site = site().file("tajne.txt", "tajne");
    let server = Server::start(&site);
    let (status, body) = server.get("/a/");
    assert_eq!(status, 200);
    assert!(body.contains("pierwsza") && body.contains("/__huta/reload.js"), "{body}");
    assert_eq!(server.get("/a").0, 308);
    assert_eq!(server.get("/x.css"), (200, "a{}".into()));
    assert_eq!(server.get("/%C5%82%C4%85ka/").0, 200);
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
    let server = Server::start(&site);
    let (_, before) = server.get("/__huta/changes");
    let site = site.file("content/a.md", "---\ntitle: A\n---\ndruga\n");
    let body = server.until("/a/", |body| body.contains("druga"));
    assert!(!body.contains("huta-errors"));
    assert_ne!(server.get("/__huta/changes").1, before);
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
fn takes_the_arguments_of_zola() {
    let other = tempfile::tempdir().unwrap();
    let (data, output) = (other.path().join("data"), other.path().join("out"));
    std::fs::create_dir(&data).unwrap();
    let site = site().file("templates/index.html", "{{ config.base_url }} {{ now(timestamp=true) }}");
    let arguments = ["-u", "http://localhost", "--no-port-append", "--store-html", "--fast", "-d", "20"];
    let folders = ["-o", output.to_str().unwrap(), "--force", "--extra-watch-path", data.to_str().unwrap()];
    let server = Server::start_with(&site, &[&arguments[..], &folders[..]].concat());
    assert!(server.get("/").1.starts_with("http://localhost "));
    assert!(output.join("a/index.html").is_file());
    let (_, before) = server.get("/__huta/changes");
    std::fs::write(data.join("x.csv"), "1").unwrap();
    server.until("/__huta/changes", |version| version != before);
}

#[test]
fn an_address_without_a_port_gets_the_servers() {
    let site = site().file("templates/index.html", "{{ config.base_url }}");
    let server = Server::start_with(&site, &["-u", "http://localhost"]);
    let port = server.address.trim_end_matches('/').rsplit(':').next().unwrap().to_string();
    assert!(server.get("/").1.starts_with(&format!("http://localhost:{port}")));
}

#[test]
fn a_taken_port_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let site = site();
    let output = Command::new(env!("CARGO_BIN_EXE_huta"))
        .args(["--lang", "en", "serve", "-p", &port, "--root"])
        .arg(site.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("error[server-failed]") && message.contains("huta serve -p"), "{message}");
}
