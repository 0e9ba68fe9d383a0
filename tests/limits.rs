//! Hostile files stop a build soon: with a message, in little time and memory, whatever they are made of.
//!
//! The time is the processor's, which does not depend on what else the machine does: two seconds of all threads together, in
//! a program that is not optimised. Memory is what the kernel says was the most.
#![cfg(target_os = "linux")]
#![allow(clippy::format_collect)] // Hostile texts are long, but read once.

mod common;

use std::fs;
use std::process::{Command, Stdio};

use common::Site;

/// Most kilobytes.
const MEMORY: u64 = 300_000;

/// Files of a site, and the code of the problem that must be told; none where the file is only large.
type Case = (&'static str, Vec<(&'static str, String)>, Option<&'static str>);

fn page(body: &str) -> Vec<(&'static str, String)> {
    front("title: x", body)
}

fn front(front: &str, body: &str) -> Vec<(&'static str, String)> {
    vec![("content/a.md", format!("---\n{front}\n---\n{body}\n"))]
}

fn beside(path: &'static str, text: String) -> Vec<(&'static str, String)> {
    vec![("content/b/index.md", "---\ntitle: x\n---\n![a](a.svg)\n".into()), (path, text)]
}

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(", ")
}

fn texts() -> Vec<Case> {
    vec![
        ("a long text", page(&"słowo ".repeat(1_000_000)), Some("too-much")),
        ("a text of one word", page(&"a".repeat(490_000)), None),
        ("quotations", page(&">".repeat(490_000)), Some("too-much")),
        ("brackets", page(&"[".repeat(490_000)), None),
        ("links that do not end", page(&"[a](".repeat(120_000)), None),
        ("emphasis", page(&"*a".repeat(240_000)), Some("too-much")),
        ("emphasis in emphasis", page(&format!("{0}a{0}", "*".repeat(240_000))), Some("too-much")),
        ("code spans", page(&(1..950).map(|n| "`".repeat(n) + "a").collect::<String>()), None),
        ("lists", page(&(0..650).map(|n| format!("{}- a\n", "  ".repeat(n))).collect::<String>()), Some("too-much")),
        (
            "a table",
            page(&format!("|{}\n|{}\n{}", "a|".repeat(9000), "-|".repeat(9000), "|a\n".repeat(9000))),
            Some("too-much"),
        ),
        ("elements", page(&"<div>".repeat(90_000)), Some("too-much")),
        ("elements in a line", page(&format!("a {}", "<b>".repeat(90_000))), Some("too-much")),
        (
            "attributes",
            page(&format!("<a {}>", (0..60_000).map(|n| format!("a{n}=1 ")).collect::<String>())),
            Some("too-much"),
        ),
        (
            "fewer attributes",
            page(&format!("<a {}>", (0..12_000).map(|n| format!("a{n}=1 ")).collect::<String>())),
            None,
        ),
        ("comments", page(&"<!--".repeat(120_000)), None),
        (
            "notes",
            page(&(0..9000).map(|n| format!("[^{n}]\n\n[^{n}]: [^{}]\n\n", (n + 1) % 9000)).collect::<String>()),
            Some("too-much"),
        ),
        ("headings", page(&"# a\n".repeat(120_000)), Some("too-much")),
        ("links to nothing", page(&"[a](@/b.md) ".repeat(40_000)), Some("too-much")),
        ("removed HTML", page(&"a <u onclick=x>b</u>\n\n".repeat(4000)), Some("html-removed")),
        ("quotation marks", page(&"\"a ".repeat(160_000)), None),
        ("entities", page(&"&amp;".repeat(90_000)), None),
        ("pictures", page(&"![a](b.jpg)\n\n".repeat(30_000)), None),
        ("zero bytes", page(&"\0".repeat(490_000)), None),
    ]
}

fn templates() -> Vec<Case> {
    let refused = Some("template-refused");
    vec![
        ("a loop", page("{% for i in range(end=1000000000) %}{% endfor %}"), refused),
        (
            "a text that doubles",
            page("{% set x = 'a' %}{% for i in range(end=60) %}{% set_global x = x ~ x %}{% endfor %}"),
            refused,
        ),
        (
            "a text that is replaced",
            page(&format!("{{{{ 'a'{} }}}}", " | replace(from='a', to='aaaaaaaaaaaa')".repeat(20))),
            refused,
        ),
        ("the environment", page("{{ get_env(name='HOME') }}"), refused),
        ("files", page("{{ load_data(path='../../etc/passwd', format='plain') }}"), refused),
        ("brackets", page(&format!("{{{{ {}1{} }}}}", "(".repeat(90_000), ")".repeat(90_000))), refused),
        ("components", page(&"{{ <a /> }}".repeat(40_000)), refused),
        ("components in components", page(&"{% <a> %}".repeat(40_000)), refused),
        ("tags that do not end", page(&"{{ ".repeat(90_000)), Some("template-error")),
        ("a long name", page(&format!("{{{{ page{} }}}}", ".a".repeat(90_000))), Some("template-error")),
    ]
}

fn values() -> Vec<Case> {
    let letter = |n: u8| char::from(b'a' + n);
    let bomb: String =
        (1..9).map(|n| format!("  {}: &{0} [{}]\n", letter(n), list(9, |_| format!("*{}", letter(n - 1))))).collect();
    let much = Some("too-much");
    let syntax = Some("front-matter-syntax");
    vec![
        ("a bomb", front(&format!("title: x\nextra:\n  a: &a [x, x, x, x, x, x, x, x, x]\n{bomb}"), ""), syntax),
        (
            "a text repeated",
            front(
                &format!("title: x\nextra:\n  a: &a {}\n  b: [{}]", "x".repeat(50_000), list(9000, |_| "*a".into())),
                "",
            ),
            much,
        ),
        ("a list in itself", front("title: x\nextra: &a [*a]", ""), syntax),
        ("lists", front(&format!("title: x\nextra: {}", "[".repeat(90_000)), ""), much),
        ("lists behind a comment", front(&format!("title: x\nextra: [ # \"\n  {}", "[".repeat(90_000)), ""), much),
        ("tables", front(&format!("title: x\nextra: {}", "{a: ".repeat(20_000)), ""), much),
        (
            "levels",
            front(
                &format!(
                    "title: x\nextra:\n{}",
                    (1..400).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<String>()
                ),
                "",
            ),
            syntax,
        ),
        (
            "merged tables",
            front(
                &format!(
                    "title: x\nextra:\n  a: &a {{a: 1}}\n{}",
                    (0..3000).map(|n| format!("  m{n}: &m{n} {{<<: *a}}\n")).collect::<String>()
                ),
                "",
            ),
            much,
        ),
        (
            "many keys",
            front(
                &format!("title: x\nextra:\n{}", (0..8000).map(|n| format!("  k{n}: {n}\n")).collect::<String>()),
                "",
            ),
            None,
        ),
        (
            "unknown keys",
            front(&format!("title: x\n{}", (0..8000).map(|n| format!("k{n}: {n}\n")).collect::<String>()), ""),
            Some("unknown-key"),
        ),
        (
            "wrong types",
            front(&format!("title: x\ntaxonomies: {{t: [{}]}}", list(9000, |_| "[1]".into())), ""),
            Some("wrong-type"),
        ),
        (
            "wrong stops",
            front(&format!("title: x\ntour:\n  stops: [{}]", list(5000, |_| "{place: q}".into())), ""),
            Some("unknown-place"),
        ),
        ("a long title", front(&format!("title: {}", "a ".repeat(100_000)), ""), much),
        ("a long slug", front(&format!("title: x\nslug: {}", "a".repeat(5000)), ""), Some("invalid-value")),
        ("a deep path", front(&format!("title: x\npath: {}", "a/".repeat(3000)), ""), Some("invalid-value")),
        ("old addresses", front(&format!("title: x\naliases: [{}]", list(5000, |n| format!("a{n}"))), ""), much),
        ("terms", front(&format!("title: x\ntaxonomies: {{tags: [{}]}}", list(5000, |n| format!("a{n}"))), ""), much),
        (
            "TOML lists",
            vec![("content/a.md", format!("+++\ntitle='x'\n[extra]\na={}\n+++\n", "[".repeat(90_000)))],
            syntax,
        ),
        (
            "TOML keys",
            vec![("content/a.md", format!("+++\ntitle='x'\n[extra]\n{}a=1\n+++\n", "a.".repeat(40_000)))],
            syntax,
        ),
        (
            "front matter without an end",
            vec![("content/a.md", format!("---\n{}", "a\n".repeat(240_000)))],
            Some("front-matter-missing"),
        ),
    ]
}

fn files() -> Vec<Case> {
    let much = Some("too-much");
    let word = |n: usize| format!("- id: a{n}\n  word: {{pl: słowo{n}}}\n  means: {{pl: x}}\n");
    let gpx = |inside: &str| format!("<gpx xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>{inside}");
    let feature = |points: usize| {
        format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{{\"kind\":\"road\"}},\
             \"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{}]}}}}]}}",
            list(points, |n| format!("[20.{n},50]"))
        )
    };
    vec![
        ("words", beside("content/glossary.yaml", (0..5000).map(word).collect()), much),
        ("a long list of words", beside("content/glossary.yaml", (0..20_000).map(word).collect()), much),
        (
            "pictures",
            beside("content/b/gallery.yaml", format!("pictures: [{}]", list(5000, |n| format!("{{file: a{n}.jpg}}")))),
            much,
        ),
        (
            "a deep drawing",
            beside("content/b/a.svg", format!("<svg xmlns='http://www.w3.org/2000/svg'>{}", "<g>".repeat(200_000))),
            Some("picture-invalid"),
        ),
        (
            "a large drawing",
            beside(
                "content/b/a.svg",
                format!("<svg xmlns='http://www.w3.org/2000/svg'>{}</svg>", "<path d='M0 0h1'/>".repeat(400_000)),
            ),
            Some("picture-invalid"),
        ),
        (
            "entities in a drawing",
            beside(
                "content/b/a.svg",
                format!(
                    "<!DOCTYPE svg [<!ENTITY a 'aaaa'>{}]><svg xmlns='http://www.w3.org/2000/svg'>&a8;</svg>",
                    (1..9)
                        .map(|n| format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(9)))
                        .collect::<String>()
                ),
            ),
            None,
        ),
        ("a large track", beside("content/b/a.gpx", gpx(&"<trkpt lat='50' lon='20'/>".repeat(500_000))), much),
        ("a broken track", beside("content/b/a.gpx", gpx(&"<trkpt>".repeat(200_000))), Some("file-refused")),
        ("points of the map", beside("content/mapa/base.geojson", feature(400_000)), much),
        ("levels of the map", beside("content/mapa/base.geojson", "[".repeat(1_000_000)), much),
        (
            "a picture that claims to be large",
            beside("content/b/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='1e9' height='1e9'/>".into()),
            None,
        ),
    ]
}

#[test]
fn hostile_files_stop_soon() {
    let mut wrong = vec![];
    for (group, cases) in [("text", texts()), ("template", templates()), ("values", values()), ("file", files())] {
        for (name, written, code) in cases {
            let mut site = Site::new("[pictures]\n[[taxonomies]]\nname = \"tags\"\nrender = false\n");
            for (path, text) in &written {
                site = site.file(path, text);
            }
            let (status, message, memory) = build(&site);
            let is_told = code.is_none_or(|code| message.contains(&format!("[{code}]")));
            if !matches!(status, Some(0 | 1)) || !is_told || memory > MEMORY {
                let start: String = message.chars().take(300).collect();
                wrong.push(format!("{group}, {name}: {status:?}, {memory} kB, no {code:?} in {start}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_site_has_so_many_files() {
    let site = |config: &str| {
        let mut site = Site::new(config);
        for number in 0..5 {
            site = site.file(&format!("content/p{number}/index.md"), "---\ntitle: x\n---\n");
            site = site.file(&format!("content/p{number}/a.txt"), "x");
        }
        site
    };
    site("[limits]\npages = 5\nfiles = 5\n").build();
    for key in ["pages", "files"] {
        assert_eq!(site(&format!("[limits]\n{key} = 4\n")).errors(), ["too-much content:0:0"]);
    }
}

/// Builds with two seconds of processor time: status, message, and the most memory it had, in kilobytes.
fn build(site: &Site) -> (Option<i32>, String, u64) {
    let log = site.path().join("log");
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -t 2; exec \"$0\" --root \"$1\" --lang en build 2>\"$2\"", env!("CARGO_BIN_EXE_huta")])
        .arg(site.path())
        .arg(&log)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let file = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    let status = loop {
        let text = fs::read_to_string(&file).unwrap_or_default();
        let most = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        memory = memory.max(most.unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(3));
    };
    (status.code(), String::from_utf8_lossy(&fs::read(log).unwrap_or_default()).into_owned(), memory)
}
