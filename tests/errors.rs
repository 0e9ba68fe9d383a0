//! Every bad input has its own message, in both languages, and leaves the previous site as it was.
//!
//! A case is a folder in `tests/errors/`: files laid over the good site in `tests/errors/_base/`, and the exact message
//! in `expected.en.txt` and `expected.pl.txt`. `SNAPSHOTS=overwrite cargo test --test errors` writes the messages anew. A case
//! whose name begins with `check-` is what only a check sees, of the files that the case brings.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};
use walkdir::WalkDir;

fn main() {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let mut cases: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|case| case.is_dir() && !case.ends_with("_base"));
    cases.sort();
    let base = folder.join("_base");
    let mut trials = vec![{
        let base = base.clone();
        Trial::test("_base", move || base_builds(&base))
    }];
    trials.push({
        let folder = folder.clone();
        Trial::test("_every_code_has_a_case", move || every_code_has_a_case(&folder))
    });
    trials.push({
        let folder = folder.clone();
        Trial::test("_every_message_has_help", move || every_message_has_help(&folder))
    });
    for case in cases {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let base = base.clone();
        trials.push(Trial::test(name, move || check(&case, &base)));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The good site builds without a word, so whatever a case says is about the case.
fn base_builds(base: &Path) -> Result<(), Failed> {
    let site = tempfile::tempdir()?;
    copy(base, site.path());
    let (status, message) = build(site.path(), "en");
    if status != Some(0) || message.contains('[') {
        return Err(format!("the base site does not build cleanly:\n{message}").into());
    }
    Ok(())
}

/// Codes of problems that need a broken machine or a taken port, or that no build has: tested where they arise. Those of
/// readability arise in `huta check` (`readability.rs`), external links too (`check.rs`).
const ELSEWHERE: [&str; 21] = [
    "read-failed",
    "write-failed",
    "server-failed",
    "external-link-broken",
    "external-link-moved",
    "external-link-unknown",
    "file-exists",
    "not-a-translation",
    "unknown-path",
    "unknown-kind",
    "unclear-section",
    "settings-unreadable",
    "map-import-failed",
    "map-import-doubtful",
    "hard-to-read",
    "long-sentence",
    "passive-voice",
    "impersonal-form",
    "participle",
    "nominal-style",
    "officialese",
];

/// Cases that are told and built all the same.
const ONLY_WARN: [&str; 16] = [
    "headers-too-many",
    "inline-style",
    "cms-form",
    "gallery-translated",
    "glossary-words",
    "late-notice",
    "picture-cleaned",
    "picture-located",
    "picture-unused",
    "picture-without-alt-translated",
    "plain-site-unknown-key",
    "route-doubtful",
    "stale-facts",
    "template-missing-plain",
    "track-misses-stop",
    "untranslated-word",
];

fn every_code_has_a_case(folder: &Path) -> Result<(), Failed> {
    let messages: String = WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name() == "expected.en.txt")
        .map(|entry| fs::read_to_string(entry.path()).unwrap())
        .collect();
    let missing: Vec<&str> = huta::diagnostic::Code::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| !ELSEWHERE.contains(code) && !messages.contains(&format!("[{code}]")))
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("no case for {missing:?}").into()) }
}

/// Every message of every case says how to mend it, in both languages.
fn every_message_has_help(folder: &Path) -> Result<(), Failed> {
    let mut without = vec![];
    for entry in WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let help = match entry.file_name().to_str() {
            Some("expected.en.txt") => "= help: ",
            Some("expected.pl.txt") => "= pomoc: ",
            _ => continue,
        };
        let text = fs::read_to_string(entry.path()).unwrap();
        // The last line sums up.
        let messages = text.trim_end().rsplit_once("\n\n").map_or("", |(messages, _)| messages);
        without.extend(
            messages
                .split("\n\n")
                .filter(|message| !message.contains(help))
                .map(|message| format!("{}: {message}", entry.path().display())),
        );
    }
    if without.is_empty() { Ok(()) } else { Err(without.join("\n").into()) }
}

fn check(case: &Path, base: &Path) -> Result<(), Failed> {
    let site = tempfile::tempdir()?;
    copy(base, site.path());
    build(site.path(), "en");
    let before = tree(&site.path().join("public"));
    assert!(before.len() > 5, "the previous site was not built");
    copy(case, site.path());
    prepare(&case.file_name().unwrap().to_string_lossy(), site.path());
    let checked = case.file_name().is_some_and(|name| name.to_string_lossy().starts_with("check-"));
    let before = if site.path().join("public/obce.txt").exists() { tree(&site.path().join("public")) } else { before };
    for language in ["en", "pl"] {
        let (status, message) = if checked {
            run(site.path(), language, &[&["check".to_string()][..], &content_files(case)].concat())
        } else {
            build(site.path(), language)
        };
        let warns = checked || ONLY_WARN.iter().any(|name| case.ends_with(name));
        let expected_status = i32::from(!warns);
        if status != Some(expected_status) {
            return Err(format!("exit status {status:?} instead of {expected_status}:\n{message}").into());
        }
        let expected = case.join(format!("expected.{language}.txt"));
        if std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
            fs::write(&expected, &message)?;
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        if expected != message {
            return Err(format!("expected ({language}):\n{expected}\ngot:\n{message}").into());
        }
        if (checked || !warns) && tree(&site.path().join("public")) != before {
            return Err("the previous site was changed".into());
        }
    }
    let left: Vec<String> = fs::read_dir(site.path())?
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".public"))
        .collect();
    if left.is_empty() { Ok(()) } else { Err(format!("left behind: {left:?}").into()) }
}

/// What cannot be kept in git as a plain file everywhere.
fn prepare(case: &str, site: &Path) {
    match case {
        "symlink-outside" => {
            #[cfg(unix)]
            std::os::unix::fs::symlink("/etc/hostname", site.join("content/miejsca/adres.md")).unwrap();
        }
        "invalid-file-name" => fs::write(site.join("content/miejsca/czy to tu?.md"), "---\ntitle: x\n---\n").unwrap(),
        "invalid-utf8" => fs::write(site.join("content/kodowanie.md"), b"---\ntitle: \xb3\xb9ka\n---\n").unwrap(),
        "foreign-output" => fs::write(site.join("public/obce.txt"), "cudze").unwrap(),
        "config-missing" => fs::remove_file(site.join("huta.toml")).unwrap(),
        "template-missing-default" | "template-missing-plain" => {
            fs::remove_file(site.join("templates/page.html")).unwrap();
        }
        _ => {}
    }
}

/// Exit status and message of a build.
fn build(site: &Path, language: &str) -> (Option<i32>, String) {
    run(site, language, &["build".to_string()])
}

/// Exit status and message of a command; the temporary folder's name is not in it.
fn run(site: &Path, language: &str, arguments: &[String]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_huta"))
        .args(["--root", ".", "--lang", language])
        .args(arguments)
        .args(["--today", "2026-11-23"])
        .current_dir(site)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// The files of a case below `content/` and `static/`, as they are called in the site.
fn content_files(case: &Path) -> Vec<String> {
    let files = WalkDir::new(case).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    let names = files.map(|entry| entry.path().strip_prefix(case).unwrap().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with("content/") || name.starts_with("static/")).collect()
}

fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from).min_depth(1) {
        let entry = entry.unwrap();
        let below = entry.path().strip_prefix(from).unwrap();
        if entry.file_type().is_dir() {
            fs::create_dir_all(to.join(below)).unwrap();
        } else if !below.to_string_lossy().starts_with("expected.") {
            fs::copy(entry.path(), to.join(below)).unwrap();
        }
    }
}

/// Every file below a folder with its bytes and time.
fn tree(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
    WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let time = entry.metadata().unwrap().modified().unwrap();
            (entry.path().to_path_buf(), (fs::read(entry.path()).unwrap(), time))
        })
        .collect()
}
