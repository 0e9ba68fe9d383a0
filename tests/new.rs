//! New pages: one of every kind in a copy of the guide, which builds as before; and what a draft asks for is what is marked.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use huta::guide::KINDS;
use walkdir::WalkDir;

/// The guide with its cache, which is there for speed only and not in a fresh clone, without what was built from it.
fn copy_of_guide() -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::copy(root.join("huta.toml"), site.path().join("huta.toml")).unwrap();
    for part in ["content", "themes", "static", ".cache"] {
        for entry in WalkDir::new(root.join(part)).into_iter().filter_map(Result::ok) {
            let to = site.path().join(entry.path().strip_prefix(root).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).unwrap();
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    site
}

fn huta(site: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huta"));
    let output = command.args(["--lang", "en", "--root"]).arg(site).args(arguments).output().unwrap();
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

/// Files and lines that messages point at, with the severity of each.
fn places(said: &str) -> Vec<(String, String, usize)> {
    let mut severity = String::new();
    let mut found = vec![];
    for line in said.lines() {
        if let Some((word, _)) = line.split_once('[')
            && ["error", "warning", "hint"].contains(&word)
        {
            severity = word.to_string();
        }
        if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.split(':');
            let file = parts.next().unwrap().to_string();
            found.push((severity.clone(), file, parts.next().map_or(1, |line| line.parse().unwrap())));
        }
    }
    found
}

/// One site for both, for the pictures of the guide take a while.
#[test]
fn new_pages_of_the_guide() {
    let site = copy_of_guide();
    what_is_filled_in_is_right(site.path());
    every_kind_can_be_made_and_built(site.path());
}

fn every_kind_can_be_made_and_built(site: &Path) {
    let mut made: Vec<PathBuf> = vec![];
    let others = ["page", "section"];
    for kind in KINDS.iter().map(|kind| kind.name).chain(others) {
        let title = format!("Próba: {kind} – łąka");
        let arguments = ["new", kind, &title, "--en", "A “new” thing", "--today", "2026-11-23"];
        let more: &[&str] = if kind == "page" { &["--section", "o-przewodniku"] } else { &[] };
        let (succeeded, said) = huta(site, &[&arguments[..], more].concat());
        assert!(succeeded, "{kind}: {said}");
        let folder = said.split_once("made ").unwrap().1.split(':').next().unwrap().to_string();
        assert!(folder.ends_with(&format!("proba-{kind}-laka")), "{folder}");
        let names: BTreeSet<String> = fs::read_dir(site.join(&folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let expected = if kind == "section" { ["_index.en.md", "_index.md"] } else { ["index.en.md", "index.md"] };
        assert_eq!(names.iter().map(String::as_str).collect::<Vec<_>>(), expected);
        made.push(folder.into());
    }
    assert!(!fs::read_dir(site).unwrap().any(|entry| entry.unwrap().file_name().to_string_lossy().contains("huta-")));
    let is_new = |file: &str| made.iter().any(|folder| Path::new(file).starts_with(folder));

    // As they stand they do not disturb the site.
    let (succeeded, said) = huta(site, &["build", "--uncompressed", "--today", "2026-11-23"]);
    assert!(succeeded, "{said}");
    assert!(places(&said).iter().all(|(_, file, _)| !is_new(file)), "{said}");
    assert!(!site.join("public/miejsca/proba-place-laka").exists());

    // What keeps them from being published is marked, every place of it.
    let (succeeded, said) = huta(site, &["build", "--uncompressed", "--today", "2026-11-23", "--drafts"]);
    assert!(!succeeded);
    let mut blamed = BTreeSet::new();
    for (severity, file, line) in places(&said) {
        assert!(severity != "error" || is_new(&file), "{file} was right before: {said}");
        if severity == "error" {
            let text = fs::read_to_string(site.join(&file)).unwrap();
            let line = text.lines().nth(line - 1).unwrap();
            assert!(line.contains("# ← "), "{file}: {line}\n{said}");
            blamed.insert(file.rsplit('/').nth(1).unwrap().to_string());
        }
    }
    let all: BTreeSet<String> = KINDS.iter().map(|kind| format!("proba-{}-laka", kind.name)).collect();
    assert_eq!(blamed, all, "{said}");
}

fn what_is_filled_in_is_right(site: &Path) {
    let (_, said) = huta(site, &["new", "wydarzenie", "Spacer", "--start", "2026-12-05 17:00", "--at", "50.07,20.03"]);
    assert!(said.starts_with("made content/kalendarz/spacer"), "{said}");
    let file = site.join("content/kalendarz/spacer/index.md");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("\n  start: 2026-12-05T17:00 # ") && text.contains("\n  at: [50.07, 20.03] # "), "{text}");
    // An optional key loses its sign of a comment; the one that must be there gets its value.
    let filled: String = text
        .lines()
        .filter(|line| !line.starts_with("draft:"))
        .map(|line| {
            let line = if line.starts_with("  #address:") { line.replacen('#', "", 1) } else { line.to_string() };
            line.replacen("  type: #", "  type: walk #", 1).replacen("  address: #", "  address: plac Centralny #", 1)
                + "\n"
        })
        .collect();
    assert_ne!(filled, text);
    fs::write(&file, filled).unwrap();
    let (succeeded, said) = huta(site, &["build", "--uncompressed", "--today", "2026-11-23"]);
    assert!(succeeded, "{said}");
    let page = fs::read_to_string(site.join("public/kalendarz/spacer/index.html")).unwrap();
    assert!(
        page.contains("plac&nbsp;Centralny") || page.contains("plac Centralny") || page.contains("plac\u{a0}Centralny"),
        "{page}"
    );
}
