//! `huta serve` among strangers: paths that lead out of the site, names and pages it does not know, heads without end, and
//! connections that never ask. Everything is sent as it stands here, byte for byte.

mod common;
#[path = "common/server.rs"]
mod server;

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::Site;
use server::Server;

/// Stands in files that are none of the site's.
const SECRET: &str = "hasło do skarbca";

/// Longer than anything takes that ends.
const PATIENCE: Duration = Duration::from_mins(1);

fn site() -> Site {
    Site::new("title = \"T\"\nbuild_search_index = true\n")
        .file("tajne.txt", SECRET)
        .file("content/a.md", "---\ntitle: A\n---\npierwsza\n")
        .file("content/szkic.md", &format!("---\ntitle: S\ndraft: true\n---\n{SECRET}\n"))
        .file("templates/404.html", "<p>nie ma takiej strony</p>")
        .file("static/pliki/jeden.txt", "jeden")
        .file("static/x.css", "a{}")
        .file("static/x.js", "let x;")
}

/// The answer to `request`, in which `HOST` is the server's own address; what came of it when the connection broke off.
fn ask(server: &Server, request: impl AsRef<[u8]>) -> String {
    ask_for(server, request, PATIENCE)
}

fn ask_for(server: &Server, request: impl AsRef<[u8]>, patience: Duration) -> String {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(patience)).unwrap();
    // Who asks too much is not listened to until the end.
    let _ = stream.write_all(&with_host(request.as_ref(), &server.address));
    let mut answer = vec![];
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn with_host(request: &[u8], address: &str) -> Vec<u8> {
    let mut out = vec![];
    let mut rest = request;
    while let Some(at) = rest.windows(4).position(|part| part == b"HOST") {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(address.as_bytes());
        rest = &rest[at + 4..];
    }
    out.extend_from_slice(rest);
    out
}

/// 0 for a connection that was closed without an answer.
fn status(answer: &str) -> u16 {
    answer.get(9..12).and_then(|status| status.parse().ok()).unwrap_or_default()
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let (head, _) = answer.split_once("\r\n\r\n")?;
    head.lines()
        .find_map(|line| Some(line.split_once(": ")?).filter(|(key, _)| key.eq_ignore_ascii_case(name)))
        .map(|(_, value)| value)
}

fn get(target: &str, headers: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n{headers}\r\n")
}

/// What every answer has that huta itself gives; the parser's own refusals have neither a body nor these.
fn is_guarded(answer: &str) -> bool {
    header(answer, "X-Content-Type-Options") == Some("nosniff")
        && header(answer, "Cache-Control") == Some("no-store")
        && header(answer, "Cross-Origin-Resource-Policy")
            .is_some_and(|policy| policy == "same-origin" || is_script(answer))
}

fn is_script(answer: &str) -> bool {
    header(answer, "Content-Type").is_some_and(|kind| kind.starts_with("text/javascript"))
}

/// Paths, and the statuses that are right.
const PATHS: &[(&str, &[u16])] = &[
    ("/../tajne.txt", &[404]),
    ("/../../tajne.txt", &[404]),
    ("/a/../../tajne.txt", &[404]),
    ("/a/../../../../../../../../etc/passwd", &[404]),
    ("/./../tajne.txt", &[404]),
    ("/.../tajne.txt", &[404]),
    ("/..;/tajne.txt", &[404]),
    ("/..//tajne.txt", &[404]),
    ("/..", &[404]),
    ("/a/..", &[404]),
    // Encoded once, twice, three times, in part, in too many bytes.
    ("/%2e%2e/tajne.txt", &[404]),
    ("/%2E%2E%2Ftajne.txt", &[404]),
    ("/.%2e/tajne.txt", &[404]),
    ("/..%2ftajne.txt", &[404]),
    ("/a/%2e%2e%2f%2e%2e%2ftajne.txt", &[404]),
    ("/%252e%252e/tajne.txt", &[404]),
    ("/..%252ftajne.txt", &[404]),
    ("/%25252e%25252e%25252ftajne.txt", &[404]),
    ("/%c0%ae%c0%ae/tajne.txt", &[404]),
    ("/%c0%ae%c0%ae%c0%aftajne.txt", &[404]),
    ("/%e0%80%ae%e0%80%ae/tajne.txt", &[404]),
    ("/%uff0e%uff0e/tajne.txt", &[404]),
    ("/%ef%bc%8e%ef%bc%8e/tajne.txt", &[404]),
    ("/%ff%fe", &[404]),
    ("/%", &[404]),
    ("/%2", &[404]),
    ("/%zz/tajne.txt", &[404]),
    // Backslashes, drives, devices, streams and shares of Windows.
    ("/..\\tajne.txt", &[400, 404]),
    ("/..%5ctajne.txt", &[404]),
    ("/..%255ctajne.txt", &[404]),
    ("/a\\..\\..\\tajne.txt", &[400, 404]),
    ("/C:/Windows/win.ini", &[404]),
    ("/c%3a%5cWindows%5cwin.ini", &[404]),
    ("/%5c%5c%3f%5cC:%5cWindows%5cwin.ini", &[404]),
    ("//localhost/C$/Windows/win.ini", &[404]),
    ("/x.css::$DATA", &[404]),
    ("/x.css%3a%3a$DATA", &[404]),
    ("/X.CSS", &[404]),
    ("/x.css.", &[404]),
    ("/x.css/", &[404]),
    ("/x.css%2f", &[404]),
    ("/x.css%20", &[404]),
    ("/pliki~1/jeden.txt", &[404]),
    ("/NUL", &[404]),
    ("/con.txt", &[404]),
    // Zero bytes and other characters that end a name for some.
    ("/%00", &[404]),
    ("/tajne.txt%00.html", &[404]),
    ("/../tajne.txt%00.css", &[404]),
    ("/x.css%00", &[404]),
    ("/x.css%0d%0aSet-Cookie:%20a=b", &[404]),
    ("/a%0d%0aLocation:%20http://evil.example/", &[404]),
    ("/..%09/tajne.txt", &[404]),
    // Whole paths of this machine.
    ("/etc/passwd", &[404]),
    ("//etc/passwd", &[404]),
    ("///etc/passwd", &[404]),
    ("/%2fetc/passwd", &[404]),
    ("/%2f%2fetc%2fpasswd", &[404]),
    ("/SITE/tajne.txt", &[404]),
    ("/SITE/out/x.css", &[404]),
    ("/%2fSITE/tajne.txt", &[404]),
    ("/proc/self/environ", &[404]),
    ("/~/tajne.txt", &[404]),
    // What belongs to the site and is not published.
    ("/tajne.txt", &[404]),
    ("/huta.toml", &[404]),
    ("/content/a.md", &[404]),
    ("/templates/page.html", &[404]),
    ("/szkic/", &[404]),
    ("/.git/config", &[404]),
    // No list of files, with or without a slash.
    ("/pliki/", &[404]),
    ("/pliki/.", &[404]),
    ("/pliki/?C=M;O=D", &[404]),
    // Files that were put into the output folder by somebody else.
    ("/link.txt", &[404]),
    ("/gdzie-indziej/", &[404]),
    ("/gdzie-indziej", &[404]),
    ("/gdzie-indziej/tajne.txt", &[404]),
    ("/podmieniony.txt", &[404]),
    ("/podmieniony/plik.txt", &[404]),
    ("/rura", &[404]),
    ("/obcy.txt", &[404]),
    // A redirection stays here, whatever comes before the name.
    ("//a", &[308]),
    ("/%2fa", &[308, 404]),
    ("/\\a", &[400, 404]),
    ("/a?//evil.example", &[308]),
    // What a browser never sends as a path.
    ("?../tajne.txt", &[400, 404, 421]),
    ("/?../../tajne.txt", &[200]),
    ("/#/../tajne.txt", &[200, 400]),
    ("tajne.txt", &[400, 404, 421]),
    ("../tajne.txt", &[400, 404, 421]),
    ("*", &[400, 404]),
    ("file:///etc/passwd", &[400, 404, 421]),
    ("http://HOST/../tajne.txt", &[404]),
    ("http://HOST/x.css", &[200]),
    ("http://evil.example/x.css", &[421]),
    ("http://evil.example@HOST/x.css", &[200, 400, 421]),
    ("http://HOST@evil.example/x.css", &[400, 421]),
    // What the panel asks is a path too.
    ("/__huta/", &[404]),
    ("/__huta/../../tajne.txt", &[404]),
    ("/__huta/panel.js/../../../tajne.txt", &[404]),
    ("/__huta/news?path=../../tajne.txt", &[200]),
    ("/__huta/news?path=%2e%2e%2ftajne.txt%00", &[200]),
    ("/__huta/news?after=-1", &[400]),
    ("/__huta/news?after=99999999999999999999999999", &[400]),
    ("/__huta/news?wait=moze", &[400]),
];

#[test]
#[cfg(unix)]
fn nothing_outside_the_site_is_told() {
    use std::os::unix::fs::symlink;
    let site = site().file("static/podmieniony.txt", "p").file("static/podmieniony/plik.txt", "p");
    let (root, output) = (site.path().canonicalize().unwrap(), site.path().join("out"));
    let server = Server::start_with(site.path(), &["-o", output.to_str().unwrap()]);
    assert_eq!((server.get("/podmieniony.txt").0, server.get("/podmieniony/plik.txt").0), (200, 200));
    symlink(site.path().join("tajne.txt"), output.join("link.txt")).unwrap();
    symlink(site.path(), output.join("gdzie-indziej")).unwrap();
    fs::write(output.join("obcy.txt"), SECRET).unwrap();
    fs::remove_file(output.join("podmieniony.txt")).unwrap();
    symlink(site.path().join("tajne.txt"), output.join("podmieniony.txt")).unwrap();
    fs::remove_dir_all(output.join("podmieniony")).unwrap();
    fs::create_dir(site.path().join("inny")).unwrap();
    fs::write(site.path().join("inny/plik.txt"), SECRET).unwrap();
    symlink(site.path().join("inny"), output.join("podmieniony")).unwrap();
    assert!(Command::new("mkfifo").arg(output.join("rura")).status().unwrap().success());
    // Whoever reads from it waits, until the test lets go of it.
    let pipe = fs::OpenOptions::new().read(true).write(true).open(output.join("rura")).unwrap();
    let mut pipe = Some(pipe);
    let mut wrong = vec![];
    for (path, right) in PATHS {
        let target = path.replace("SITE", root.to_str().unwrap().trim_start_matches('/'));
        let answer = if *path == "/rura" {
            let answer = ask_for(&server, get(&target, ""), Duration::from_secs(5));
            drop(pipe.take());
            answer
        } else {
            ask(&server, get(&target, ""))
        };
        // The panel's list of what has changed names files.
        let listed = if path.starts_with("/__huta/") { "<li" } else { "jeden.txt" };
        let tells =
            [SECRET, "root:", "[fonts]", "title = ", listed, "PATH="].into_iter().find(|part| answer.contains(part));
        let leads_away = header(&answer, "Location")
            .is_some_and(|to| !to.starts_with('/') || to.starts_with("//") || to.starts_with("/\\"));
        let status = status(&answer);
        let is_guarded = status == 400 || is_guarded(&answer);
        if !right.contains(&status)
            || tells.is_some()
            || leads_away
            || header(&answer, "Set-Cookie").is_some()
            || !is_guarded
        {
            wrong.push(format!("{path}: {status} instead of {right:?}, tells {tells:?}, guarded: {is_guarded}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), PATHS.len(), wrong.join("\n"));
    assert_eq!(server.get("/x.css"), (200, "a{}".into()));
}

#[test]
fn requests_that_no_browser_sends() {
    let site = site();
    let server = Server::start(site.path());
    let large = "x".repeat(100_000);
    let line = |method: &str, target: &str| {
        format!("{method} {target} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    };
    let many = |count: usize| (0..count).fold(String::new(), |out, number| out + &format!("X-{number}: 1\r\n"));
    let cases: Vec<(&str, Vec<u8>, &[u16])> = vec![
        // Nothing is written, made or removed.
        ("POST", line("POST", "/a/").into(), &[405]),
        ("PUT", line("PUT", "/nowy.txt").into(), &[405]),
        ("DELETE", line("DELETE", "/x.css").into(), &[405]),
        ("PATCH", line("PATCH", "/x.css").into(), &[405]),
        ("OPTIONS", line("OPTIONS", "/").into(), &[405]),
        ("OPTIONS *", line("OPTIONS", "*").into(), &[405]),
        ("TRACE", line("TRACE", "/").into(), &[405]),
        ("CONNECT", line("CONNECT", "HOST").into(), &[400, 405]),
        ("CONNECT elsewhere", line("CONNECT", "evil.example:443").into(), &[400, 405, 421]),
        ("PROPFIND", line("PROPFIND", "/").into(), &[405]),
        ("get", line("get", "/").into(), &[400, 405]),
        ("a method without end", line(&"A".repeat(4000), "/").into(), &[400, 405]),
        ("POST to the panel", line("POST", "/__huta/news").into(), &[405]),
        ("DELETE of the panel", line("DELETE", "/__huta/panel.js").into(), &[405]),
        ("a body", format!("POST /a/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n{large}").into(), &[405, 0]),
        ("another method in a header", get("/x.css", "X-HTTP-Method-Override: DELETE\r\n").into(), &[200]),
        // Heads that are too large.
        ("300 headers", get("/", &many(300)).into(), &[431, 0]),
        ("5000 headers", get("/", &many(5000)).into(), &[431, 0]),
        ("a header of 100 kB", get("/", &format!("X: {large}\r\n")).into(), &[431, 0]),
        ("a name of 100 kB", get("/", &format!("{large}: x\r\n")).into(), &[400, 431, 0]),
        ("a cookie of 40 kB", get("/", &format!("Cookie: {}\r\n", &large[..40_000])).into(), &[431, 0]),
        ("a path of 100 kB", get(&format!("/{large}"), "").into(), &[414, 431, 0]),
        ("a path of 20 kB", get(&format!("/{}", &large[..20_000]), "").into(), &[414]),
        ("a question of 20 kB", get(&format!("/?{}", &large[..20_000]), "").into(), &[414]),
        ("a path of 20 kB for the panel", get(&format!("/__huta/news?path={}", &large[..20_000]), "").into(), &[414]),
        ("4000 folders up", get(&format!("/{}tajne.txt", "../".repeat(4000)), "").into(), &[404, 414]),
        ("1000 folders up", get(&format!("/{}tajne.txt", "../".repeat(1000)), "").into(), &[404]),
        // A head that a browser may well have.
        ("40 headers and a cookie of 8 kB", get("/x.css", &format!("{}Cookie: {}\r\n", many(40), &large[..8000])).into(), &[200]),
        // What is no HTTP, or two things at once.
        ("no version", b"GET /\r\n\r\n".to_vec(), &[400, 0]),
        ("HTTP/1.2", b"GET / HTTP/1.2\r\nHost: HOST\r\n\r\n".to_vec(), &[400, 505, 0]),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec(), &[400, 505, 0]),
        ("TLS", b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03 HOST \r\n\r\n".to_vec(), &[400, 0]),
        ("zeros", [[0; 64].as_slice(), b"\r\n\r\n"].concat(), &[400, 0]),
        ("SSH", b"SSH-2.0-x\r\n\r\n".to_vec(), &[400, 0]),
        ("a space in the path", b"GET /a b HTTP/1.1\r\nHost: HOST\r\n\r\n".to_vec(), &[400, 0]),
        ("a zero in the path", b"GET /a\0b HTTP/1.1\r\nHost: HOST\r\n\r\n".to_vec(), &[400, 0]),
        ("a zero in a header", b"GET / HTTP/1.1\r\nHost: HOST\r\nX: a\0b\r\n\r\n".to_vec(), &[400, 0]),
        ("a space before a colon", b"GET / HTTP/1.1\r\nHost : HOST\r\n\r\n".to_vec(), &[400, 0]),
        ("a folded header", b"GET / HTTP/1.1\r\nHost: HOST\r\nX: a\r\n b\r\n\r\n".to_vec(), &[400, 0]),
        ("no colon", b"GET / HTTP/1.1\r\nHost: HOST\r\nX\r\n\r\n".to_vec(), &[400, 0]),
        ("two lengths", b"GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab".to_vec(), &[400, 0]),
        ("a length below zero", get("/", "Content-Length: -1\r\n").into(), &[400, 0]),
        ("an encoding of the body", get("/", "Transfer-Encoding: gzip\r\n").into(), &[400, 0]),
        ("a length and pieces", (get("/", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\nGET /tajne.txt HTTP/1.1\r\nHost: HOST\r\n\r\n").into(), &[200, 400, 0]),
        ("a piece without end", (get("/x.css", "Transfer-Encoding: chunked\r\n") + "fffffffffffffffff\r\n").into(), &[200, 400, 0]),
        ("a body that never comes", get("/x.css", "Content-Length: 1000000\r\n").into(), &[200]),
        ("a body after leave is given", get("/x.css", "Content-Length: 1000000\r\nExpect: 100-continue\r\n").into(), &[200]),
        ("another protocol", b"GET /x.css HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n".to_vec(), &[200]),
        ("a socket", b"GET /__huta/news HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n\r\n".to_vec(), &[200]),
        ("a part of a file", get("/x.css", "Range: bytes=-99999999999\r\n").into(), &[200]),
        ("another address in headers", get("/x.css", "X-Original-URL: /tajne.txt\r\nX-Rewrite-URL: /../tajne.txt\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n").into(), &[200]),
    ];
    assert!(cases.len() + PATHS.len() > 140);
    let mut wrong = vec![];
    for (name, request, right) in &cases {
        let answer = ask(&server, request);
        let status = status(&answer);
        let allow = header(&answer, "Allow");
        let is_guarded = matches!(status, 0 | 400 | 431 | 505) || is_guarded(&answer);
        if !right.contains(&status)
            || answer.contains(SECRET)
            || (status == 405) != (allow == Some("GET, HEAD"))
            || !is_guarded
        {
            wrong.push(format!("{name}: {status} instead of {right:?}, Allow: {allow:?}, guarded: {is_guarded}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    let head = ask(&server, "HEAD /x.css HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n");
    assert!(status(&head) == 200 && head.ends_with("\r\n\r\n") && head.contains("content-length: 3"), "{head}");
    assert!(server.get("/a/").1.contains("pierwsza"));
}

#[test]
fn names_that_are_not_its_own() {
    let site = site();
    let server = Server::start_with(site.path(), &["-u", "http://Nowa-Huta.example"]);
    let port = server.address.rsplit(':').next().unwrap();
    for host in [
        "127.0.0.1:PORT",
        "127.0.0.1",
        "localhost:PORT",
        "LocalHost:PORT",
        "localhost",
        "[::1]:PORT",
        "[::ffff:127.0.0.1]:PORT",
        // Through a tunnel the port is another.
        "localhost:8080",
        "nowa-huta.example:PORT",
    ] {
        let answer = ask(&server, get("/a/", "").replace("HOST", &host.replace("PORT", port)));
        assert!(status(&answer) == 200 && answer.contains("pierwsza"), "{host}: {answer}");
    }
    for host in [
        "evil.example:PORT",
        "evil.example",
        "www.nowa-huta.example",
        "nowa-huta.example.evil.example",
        "localhost.evil.example:PORT",
        "127.0.0.1.evil.example:PORT",
        "127.0.0.1.nip.io:PORT",
        "evil-localhost",
        "localhost@evil.example",
        "evil.example@localhost",
        "localhost:PORT@evil.example",
        "localhost:evil",
        "localhost:1:2",
        "localhost, evil.example",
        "localhost evil.example",
        "localhost/",
        "localhost#",
        "[localhost]",
        "[::1",
        "::1",
        "[::1]evil.example",
        "[::2]:PORT",
        "0.0.0.0:PORT",
        "127.0.0.2:PORT",
        "192.168.1.1:PORT",
        "10.0.0.1",
        "łąka",
        "%6cocalhost",
        "",
        ":PORT",
    ] {
        for target in ["/a/", "/x.css", "/__huta/panel.js", "/__huta/news"] {
            let answer = ask(&server, get(target, "").replace("HOST", &host.replace("PORT", port)));
            assert!([400, 421].contains(&status(&answer)), "{host}: {answer}");
            assert!(!answer.contains("pierwsza") && is_guarded(&answer), "{host}: {answer}");
            assert!(
                answer.contains("Otwórz http://127.0.0.1:") && answer.contains("Open http://127.0.0.1:"),
                "{answer}"
            );
            assert!(
                answer.contains("--base-url http://NAZWA") && answer.contains("--base-url http://NAME"),
                "{answer}"
            );
        }
    }
    for heads in [
        "GET /a/ HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /a/ HTTP/1.0\r\n\r\n",
        "GET /a/ HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "GET /a/ HTTP/1.1\r\nHost: evil.example\r\nHost: HOST\r\nConnection: close\r\n\r\n",
        "GET http://HOST/a/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "GET http://evil.example/a/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
    ] {
        let answer = ask(&server, heads);
        assert!([400, 421].contains(&status(&answer)) && !answer.contains("pierwsza"), "{heads}: {answer}");
    }
}

#[test]
#[cfg(target_os = "linux")] // Elsewhere 127.0.0.2 is no address of the machine.
fn the_address_that_it_listens_on_is_its_own() {
    let site = site();
    let server = Server::start_with(site.path(), &["-i", "127.0.0.2"]);
    assert!(server.address.starts_with("127.0.0.2:"));
    assert_eq!(server.get("/a/").0, 200);
    assert_eq!(status(&ask(&server, get("/a/", "").replace("HOST", "127.0.0.3"))), 421);
    // Nobody reaches it by another.
    let port = server.address.rsplit(':').next().unwrap();
    assert!(TcpStream::connect(format!("127.0.0.1:{port}")).is_err());
}

#[test]
fn it_listens_on_this_machine_only() {
    let site = site();
    let server = Server::start(site.path());
    assert!(server.address.starts_with("127.0.0.1:"), "{}", server.address);
}

#[test]
fn only_its_own_pages_hear_what_is_new() {
    let site = site();
    let server = Server::start(site.path());
    let port = server.address.rsplit(':').next().unwrap().to_string();
    let other_port: u16 = if port == "1111" { 1112 } else { 1111 };
    for (headers, own) in [
        ("", true),
        ("Sec-Fetch-Site: same-origin\r\n", true),
        ("Sec-Fetch-Site: none\r\n", true),
        ("Origin: http://HOST\r\n", true),
        ("Origin: http://HOST\r\nSec-Fetch-Site: same-origin\r\n", true),
        ("Sec-Fetch-Site: cross-site\r\n", false),
        ("Sec-Fetch-Site: same-site\r\n", false),
        ("Sec-Fetch-Site: \r\n", false),
        ("Sec-Fetch-Site: same-origin, none\r\n", false),
        ("Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n", false),
        ("Origin: null\r\n", false),
        ("Origin: \r\n", false),
        ("Origin: http://evil.example\r\n", false),
        ("Origin: http://evil.example:PORT\r\n", false),
        ("Origin: http://127.0.0.1:OTHER\r\n", false),
        ("Origin: http://127.0.0.1\r\n", false),
        ("Origin: http://localhost:PORT\r\n", false),
        ("Origin: http://HOST.evil.example\r\n", false),
        ("Origin: http://HOST@evil.example\r\n", false),
        ("Origin: http://evil.example@HOST\r\n", false),
        ("Origin: http://HOST/\r\n", false),
        ("Origin: file://\r\n", false),
        ("Origin: chrome-extension://HOST\r\n", false),
        ("Origin: http://HOST\r\nOrigin: http://evil.example\r\n", false),
        ("Origin: http://HOST\r\nSec-Fetch-Site: cross-site\r\n", false),
        ("Origin: http://evil.example\r\nSec-Fetch-Site: same-origin\r\n", false),
    ] {
        let headers = headers.replace("PORT", &port).replace("OTHER", &other_port.to_string());
        for target in ["/__huta/news?path=/a/&after=0&wait=false", "/__huta/panel.js"] {
            let answer = ask(&server, get(target, &headers));
            assert_eq!(status(&answer), if own { 200 } else { 403 }, "{target} {headers}: {answer}");
            assert!(is_guarded(&answer), "{answer}");
            assert_eq!(header(&answer, "Cross-Origin-Resource-Policy"), Some("same-origin"), "{answer}");
            assert_eq!(header(&answer, "Access-Control-Allow-Origin"), None, "{answer}");
            let told = ["panel", "root", site.path().to_str().unwrap()]
                .iter()
                .any(|part| answer.contains(&format!("\"{part}")));
            assert!(own || !told, "{answer}");
        }
        // Pages may stand in frames of other sites, with what they load.
        for target in ["/a/", "/x.css", "/x.js"] {
            assert_eq!(status(&ask(&server, get(target, &headers))), 200, "{target} {headers}");
        }
    }
    let answer = ask(&server, get("/__huta/news", "Sec-Fetch-Site: cross-site\r\n"));
    assert!(answer.contains("innej witryny") && answer.contains("another site"), "{answer}");
    // A script may make frames on pages of others; an index of all texts is none of theirs.
    let policy = |path: &str| header(&ask(&server, get(path, "")), "Cross-Origin-Resource-Policy").map(str::to_string);
    assert_eq!(policy("/x.js").unwrap(), "cross-origin");
    assert!(server.get("/search_index.en.js").1.contains("pierwsza"));
    for path in ["/search_index.en.js", "/x.css", "/a/", "/pliki/jeden.txt", "/nie-ma/", "/nie-ma.js"] {
        assert_eq!(policy(path).unwrap(), "same-origin", "{path}");
    }
}

#[test]
fn those_who_wait_for_news_are_counted() {
    const ASKING: usize = 100;
    let site = site();
    let server = Server::start(site.path());
    let version = server.version();
    let question = get(&format!("/__huta/news?path=/a/&after={version}&wait=true"), "");
    let question = with_host(question.as_bytes(), &server.address);
    let mut waiting: Vec<TcpStream> = (0..ASKING)
        .map(|_| {
            let mut stream = TcpStream::connect(&server.address).unwrap();
            stream.write_all(&question).unwrap();
            stream.set_nonblocking(true).unwrap();
            stream
        })
        .collect();
    let mut refused = 0;
    let start = Instant::now();
    while refused < ASKING - 64 {
        assert!(start.elapsed() < PATIENCE, "{refused} were refused");
        waiting.retain_mut(|stream| match answer_by_now(stream) {
            Some(answer) => {
                assert_eq!(status(&answer), 503, "{answer}");
                refused += 1;
                false
            }
            None => true,
        });
    }
    assert_eq!(waiting.len(), 64);
    // Everything else goes on, and a question that does not wait is answered.
    assert_eq!((server.get("/a/").0, server.version()), (200, version));
    // Half of them go: there is room again.
    waiting.truncate(32);
    let start = Instant::now();
    let mut next = loop {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream.write_all(&question).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        if stream.peek(&mut [0]).is_err() {
            break stream;
        }
        assert!(start.elapsed() < PATIENCE, "no room");
    };
    let site = site.file("content/a.md", "---\ntitle: A\n---\ndruga\n");
    next.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut answer = String::new();
    next.read_to_string(&mut answer).unwrap();
    assert_eq!(status(&answer), 200, "{answer}");
    drop(site);
}

/// What has come so far, when the server has closed the connection.
fn answer_by_now(stream: &mut TcpStream) -> Option<String> {
    match stream.peek(&mut [0]) {
        Ok(0) => Some(String::new()),
        Err(error) if error.kind() == ErrorKind::WouldBlock => None,
        _ => {
            stream.set_nonblocking(false).unwrap();
            let mut answer = vec![];
            let _ = stream.read_to_end(&mut answer);
            Some(String::from_utf8_lossy(&answer).into_owned())
        }
    }
}

/// Lets this process have `count` files open, as far as it may.
#[cfg(unix)]
fn allow_files(count: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let now = getrlimit(Resource::Nofile);
    let current = now.maximum.map_or(count, |most| most.min(count));
    if now.current.is_some_and(|now| now < current) {
        setrlimit(Resource::Nofile, Rlimit { current: Some(current), maximum: now.maximum }).unwrap();
    }
}

#[test]
#[cfg(unix)]
fn a_thousand_slow_connections_do_not_keep_an_honest_one_out() {
    allow_files(2048);
    let site = site();
    // As many files as a process may have where the system allows the fewest (macOS).
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -n 256; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_huta")]);
    command.args(Server::arguments(site.path())).args(["-p", "0"]);
    let server = Server::run(command);
    let answers = |when: &str| {
        let answer = ask(&server, get("/a/", ""));
        assert!(status(&answer) == 200 && answer.contains("pierwsza"), "{when}: {answer}");
    };
    // Silent, at the first letter, in the middle of a header, idle after a request, in the middle of a body.
    let starts = [
        "",
        "G",
        "GET /a/ HTTP/1.1\r\nHost: HOST\r\nX-Slow: ",
        "GET /a/ HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "POST /a/ HTTP/1.1\r\nHost: HOST\r\nContent-Length: 100000\r\n\r\nx",
    ];
    let mut slow = vec![];
    for number in 0..1000 {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        // The server may be tired of it already.
        let _ = stream.write_all(&with_host(starts[number % starts.len()].as_bytes(), &server.address));
        slow.push(stream);
        if number % 50 == 49 {
            answers(&format!("after {number}"));
        }
    }
    if let Some(files) = server.open_files() {
        assert!(files < 200, "{files} files are open");
    }
    for _ in 0..10 {
        for stream in &mut slow {
            let _ = stream.write(b"a");
        }
        answers("while letters trickle in");
        std::thread::sleep(Duration::from_millis(100));
    }
    // Whoever goes on like this is left, and at last nobody is there.
    let start = Instant::now();
    while !slow.is_empty() {
        assert!(start.elapsed() < PATIENCE, "{} are still there", slow.len());
        slow.retain_mut(|stream| {
            stream.set_nonblocking(true).unwrap();
            let _ = stream.write(b"a");
            let mut bytes = [0; 4096];
            loop {
                match stream.read(&mut bytes) {
                    Ok(0) => return false,
                    Ok(_) => {}
                    Err(error) => return error.kind() == ErrorKind::WouldBlock,
                }
            }
        });
        std::thread::sleep(Duration::from_millis(200));
    }
    answers("afterwards");
}

#[test]
fn a_folder_that_huta_did_not_write_is_not_shown() {
    let site = site();
    let output = site.path().join("dom");
    fs::create_dir(&output).unwrap();
    for name in ["hasla.txt", "index.html", "404.html"] {
        fs::write(output.join(name), SECRET).unwrap();
    }
    let server = Server::start_with(site.path(), &["-o", output.to_str().unwrap()]);
    for path in ["/hasla.txt", "/", "/index.html", "/nie-ma/"] {
        let (status, body) = server.get(path);
        assert!(status == 503 && !body.contains(SECRET), "{path}: {status} {body}");
    }
    assert!(server.get("/").1.contains("This site cannot be built."));
}

#[test]
#[cfg(unix)]
fn others_on_this_machine_cannot_read_its_folder() {
    use std::os::unix::fs::PermissionsExt;
    let (site, temporary) = (site(), tempfile::tempdir().unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_huta"));
    command.env("TMPDIR", temporary.path()).args(Server::arguments(site.path())).args(["-p", "0"]);
    let server = Server::run(command);
    let folders: Vec<_> = fs::read_dir(temporary.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [folder] = folders.as_slice() else { panic!("{folders:?}") };
    assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
    drop(server);
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0, "it goes when the server goes");
}

#[test]
fn what_was_asked_is_never_run() {
    let site = site();
    let server = Server::start(site.path());
    let mark = site.path().join("bylo");
    let command = format!("touch {}", mark.display()).replace(' ', "%20");
    for target in [
        format!("/__huta/open?file=$({command})"),
        format!("/__huta/news?path=$({command})"),
        format!("/__huta/news?path=;{command};"),
        format!("/`{command}`"),
        format!("/__open-in-editor?file=|{command}"),
        "/__huta/edit".to_string(),
        "/__huta/shutdown".to_string(),
    ] {
        let answer = ask(&server, get(&target, ""));
        assert!([200, 400, 404].contains(&status(&answer)), "{target}: {answer}");
    }
    assert!(!mark.exists() && is_empty_of_children(&server));
}

/// Whether the server has started no program (Linux tells).
fn is_empty_of_children(server: &Server) -> bool {
    let id = server.id();
    let children = Path::new("/proc").join(format!("{id}/task/{id}/children"));
    fs::read_to_string(children).unwrap_or_default().trim().is_empty()
}

#[test]
fn quiet_says_nothing_but_errors() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let site = site().file("content/b.md", "---\ntitle: B\nunknown: 1\n---\nb\n");
    let mut child = Command::new(env!("CARGO_BIN_EXE_huta"))
        .args(Server::arguments(site.path()))
        .args(["-p", &port.to_string(), "--quiet"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let until = |what: &str, holds: &dyn Fn(&str) -> bool| {
        let start = Instant::now();
        while !holds(&page(port).unwrap_or_default()) {
            assert!(start.elapsed() < PATIENCE, "{what}");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    until("it does not serve", &|page| page.contains("pierwsza"));
    let site = site.file("content/a.md", "---\ntitle: A: B\n---\n");
    until("no error is shown", &|page| page.contains("huta-errors"));
    child.kill().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    assert!(said.contains("content/a.md:2:9"), "{said}");
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    for more in ["http://", "built", "hint[", "warning["] {
        assert!(!said.contains(more), "{more}: {said}");
    }
    drop(site);
}

fn page(port: u16) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    write!(stream, "GET /a/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}
