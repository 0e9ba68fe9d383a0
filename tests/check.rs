//! What only `huta check` does: links to other sites, limits to paths, formats for programs.
#![cfg(feature = "remote")]

mod common;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::{Arc, Mutex};

use common::{Site, TODAY};
use huta::diagnostic::{Code, Severity};
use huta::{BuildOptions, CheckOptions, Checked, check};
use serde_json::Value;

/// A server on this machine that answers each path as it was told to, and counts how often it was asked.
struct Server {
    home: String,
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let home = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(BTreeMap::new()));
        let counts = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = [0; 4096];
                let read = stream.read(&mut request).unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..read]).into_owned();
                let path = request.split(' ').nth(1).unwrap_or_default().to_string();
                let count = {
                    let mut counts = counts.lock().unwrap();
                    let count = counts.entry(path.clone()).or_insert(0);
                    *count += 1;
                    *count
                };
                let head = match path.as_str() {
                    "/moved" => "301 Moved Permanently\r\nlocation: /there".to_string(),
                    "/for-now" => "302 Found\r\nlocation: /there".to_string(),
                    "/round" => "301 Moved Permanently\r\nlocation: /round".to_string(),
                    "/gone" => "410 Gone".to_string(),
                    "/nothing" => "404 Not Found".to_string(),
                    "/refused" => "403 Forbidden".to_string(),
                    "/busy" if count == 1 => "503 Service Unavailable\r\nretry-after: 0".to_string(),
                    "/broken" => "500 Internal Server Error".to_string(),
                    _ => "200 OK".to_string(),
                };
                let _ = write!(stream, "HTTP/1.1 {head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            }
        });
        Self { home, asked }
    }

    fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().get(path).copied().unwrap_or_default()
    }
}

const QUICK: &str = "[check]\nexternal_pause = 0\nexternal_timeout = 5\n";

fn checked(site: &Site, asked: &CheckOptions) -> Checked {
    check(&BuildOptions { now: TODAY.parse().unwrap(), ..BuildOptions::new(site.path()) }, asked)
}

fn external(site: &Site) -> Vec<(Code, String)> {
    let checked = checked(site, &CheckOptions { external: true, ..CheckOptions::default() });
    let links = [Code::ExternalLinkBroken, Code::ExternalLinkMoved, Code::ExternalLinkUnknown];
    let told = checked.diagnostics.into_iter().filter(|told| links.contains(&told.code));
    told.map(|told| {
        let span = told.span.unwrap();
        (told.code, format!("{}:{} {}", span.file, span.line, told.message.en))
    })
    .collect()
}

#[test]
fn other_sites_are_asked_only_when_a_check_is_told_to() {
    let server = Server::start();
    let home = &server.home;
    let site = Site::new(QUICK).file("content/_index.md", &format!("---\ntitle: x\n---\n[x]({home}/nothing)\n"));
    assert!(checked(&site, &CheckOptions::default()).diagnostics.is_empty());
    assert_eq!(server.asked("/nothing"), 0);
    let told = external(&site);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, Code::ExternalLinkBroken);
    assert_eq!(told[0].1, format!("content/_index.md:4 the link leads nowhere: {home}/nothing (404 Not Found)"));
}

#[test]
fn each_answer_has_its_words() {
    let server = Server::start();
    let home = &server.home;
    let paths = ["fine", "moved", "for-now", "round", "gone", "refused", "busy", "broken", "fine#part", "fine"];
    let links = paths.map(|path| format!("[{path}]({home}/{path})")).join("\n\n");
    let site = Site::new(QUICK)
        .file("content/_index.md", &format!("---\ntitle: x\nextra:\n  link: \"{home}/nothing\"\n---\n{links}"));
    let told = external(&site);
    let of = |code| told.iter().filter(|(other, _)| *other == code).map(|(_, text)| text.as_str()).collect::<Vec<_>>();
    let broken = of(Code::ExternalLinkBroken);
    assert_eq!(broken.len(), 3, "{told:#?}");
    assert!(
        broken.iter().any(|text| text.starts_with("content/_index.md:4 ") && text.contains("/nothing")),
        "{broken:?}"
    );
    assert!(broken.iter().any(|text| text.contains("/gone (410 Gone)")), "{broken:?}");
    assert!(broken.iter().any(|text| text.contains("/round (too many redirects)")), "{broken:?}");
    assert_eq!(of(Code::ExternalLinkMoved), [format!("content/_index.md:8 the page {home}/moved has moved for good")]);
    let unknown = of(Code::ExternalLinkUnknown);
    assert_eq!(unknown.len(), 2, "{unknown:?}");
    // Once for all places, again only where the server was busy.
    assert_eq!((server.asked("/fine"), server.asked("/busy"), server.asked("/broken")), (1, 2, 3));
    // Good answers are believed for a week, bad ones are not.
    external(&site);
    assert_eq!((server.asked("/fine"), server.asked("/moved"), server.asked("/nothing")), (1, 1, 2));
}

#[test]
fn what_is_broken_is_as_bad_as_the_configuration_says() {
    let server = Server::start();
    let home = &server.home;
    let text = format!("---\ntitle: x\n---\n[x]({home}/nothing) [y]({home}/gone)\n");
    let config = format!("{QUICK}[link_checker]\nexternal_level = \"warn\"\nskip_prefixes = [\"{home}/gone\"]\n");
    let site = Site::new(&config).file("content/_index.md", &text);
    let checked = checked(&site, &CheckOptions { external: true, ..CheckOptions::default() });
    assert!(checked.succeeded());
    assert_eq!(checked.diagnostics.len(), 1);
    assert_eq!(checked.diagnostics[0].severity, Severity::Warning);
    assert_eq!(server.asked("/gone"), 0);
}

#[test]
fn a_host_that_is_not_there_is_not_known_to_be_broken() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let site = Site::new(QUICK).file("content/_index.md", &format!("---\ntitle: x\n---\n[x](http://{closed}/)\n"));
    let told = external(&site);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, Code::ExternalLinkUnknown);
}

fn huta(site: &Site, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_huta"))
        .args(arguments)
        .args(["--lang", "en"])
        .current_dir(site.path().parent().unwrap())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Two files with an error each, and a link that says nothing.
fn two_errors() -> Site {
    Site::new("strict = true")
        .file("content/_index.md", "---\ntitle: x\n---\n")
        .file("content/a/index.md", "---\ntitle: a\nwrong: 1\n---\n[here](@/_index.md)\n")
        .file("content/b.en.md", "---\ntitle: b\n---\n[x](@/nie-ma.md)\n")
}

#[test]
fn paths_limit_what_is_said() {
    let site = two_errors();
    let all = checked(&site, &CheckOptions::default());
    let errors = |checked: &Checked| checked.diagnostics.iter().filter(|told| told.severity == Severity::Error).count();
    assert_eq!((errors(&all), all.elsewhere), (2, 0), "{:#?}", all.diagnostics);
    for path in ["content/a", "content/a/index.md"] {
        let some = checked(&site, &CheckOptions { paths: vec![path.into()], ..CheckOptions::default() });
        assert_eq!((errors(&some), some.elsewhere), (1, 1));
        assert!(some.diagnostics.iter().all(|told| told.span.as_ref().unwrap().file == "content/a/index.md"));
    }
    let wrong = checked(&site, &CheckOptions { paths: vec!["content/z".into()], ..CheckOptions::default() });
    assert_eq!(wrong.diagnostics.iter().map(|told| told.code).collect::<Vec<_>>(), [Code::UnknownPath]);
    let good = checked(&site, &CheckOptions { paths: vec!["content/_index.md".into()], ..CheckOptions::default() });
    assert!(good.succeeded() && good.elsewhere == 2);
}

#[test]
fn formats_name_files_from_where_the_program_was_called() {
    let site = two_errors();
    let name = site.path().file_name().unwrap().to_str().unwrap();
    let file = format!("{name}/content/a/index.md");
    let (status, json, summary) = huta(&site, &["check", "-r", name, "--format", "json"]);
    assert_eq!(status, 1);
    assert_eq!(summary, "checked 4 pages: 2 errors, 1 warning\n");
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["errors"], &json["warnings"], &json["hints"]), (&2.into(), &1.into(), &0.into()));
    let told = &json["diagnostics"].as_array().unwrap()[0];
    assert_eq!(
        (&told["code"], &told["file"], &told["line"]),
        (&"unknown-key".into(), &file.as_str().into(), &3.into())
    );
    let (_, github, _) = huta(&site, &["check", "-r", name, "--format", "github"]);
    assert!(
        github.starts_with(&format!("::error title=unknown-key,file={file},line=3,endLine=3,col=1,endColumn=6::")),
        "{github}"
    );
    assert_eq!(github.lines().count(), 3);
    let (_, sarif, summary) = huta(&site, &["check", "-r", name, "--format", "sarif", "--quiet"]);
    assert_eq!(summary, "");
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], file.as_str());
}

#[test]
fn quiet_says_nothing_but_errors() {
    let site = two_errors();
    let name = site.path().file_name().unwrap().to_str().unwrap();
    let (status, out, said) = huta(&site, &["check", "-r", name, "--quiet"]);
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(said.contains("error[unknown-key]") && said.contains("error[broken-link]"));
    assert!(!said.contains("vague-link") && !said.contains("checked"), "{said}");
}

#[test]
fn readability_is_part_of_json() {
    let site =
        Site::new("default_language = \"pl\"").file("content/_index.md", "---\ntitle: x\n---\nTo jest dom. Stoi tu.\n");
    let name = site.path().file_name().unwrap().to_str().unwrap();
    let (status, json, _) = huta(&site, &["check", "-r", name, "--format", "json", "--readability"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, &json["readability"][0]["sentences"]), (0, &2.into()));
    assert_eq!(json["readability"][0]["flesch"], Value::Null);
}

#[test]
fn shells_and_man_know_every_command() {
    let site = two_errors();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (status, text, said) = huta(&site, &["completion", shell]);
        assert_eq!((status, said.as_str()), (0, ""));
        assert!(["check", "status", "serve", "readability"].iter().all(|word| text.contains(word)), "{shell}");
    }
    let (status, page, _) = huta(&site, &["man"]);
    assert!(status == 0 && page.contains(".TH huta 1") && page.contains("huta\\-check"), "{page}");
    let folder = site.path().join("man");
    let (status, _, _) = huta(&site, &["man", folder.to_str().unwrap()]);
    assert_eq!(status, 0);
    for name in ["huta", "huta-check", "huta-map-import", "huta-status"] {
        let page = std::fs::read_to_string(folder.join(format!("{name}.1"))).unwrap();
        assert!(page.contains(&format!(".TH {name} 1")), "{page}");
    }
}
