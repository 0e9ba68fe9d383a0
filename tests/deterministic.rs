//! The same content gives the same bytes, whatever the folder, the time zone and the language of the machine.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{Files, guide};
use walkdir::WalkDir;

fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn build(root: &Path, environment: &[(&str, &str)]) -> Files {
    let status = Command::new(env!("CARGO_BIN_EXE_huta"))
        .args(["build", "--uncompressed", "--today", "2026-11-23", "--root"])
        .arg(root)
        .envs(environment.iter().copied())
        .status()
        .unwrap();
    assert!(status.success());
    Files::read(&root.join("public"))
}

/// Builds once more, without the last output; returns how many pictures had to be read.
fn decoded(root: &Path) -> usize {
    fs::remove_dir_all(root.join("public")).unwrap();
    let now = common::TODAY.parse().unwrap();
    let outcome = huta::build(&huta::BuildOptions { now, uncompressed: true, ..huta::BuildOptions::new(root) });
    assert!(outcome.succeeded(), "{:#?}", outcome.diagnostics);
    outcome.decoded
}

#[test]
fn builds_are_byte_identical() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("jeden"), folder.path().join("zupełnie inny folder"));
    for root in [&one, &two] {
        for part in ["content", "themes", "static"] {
            if guide().join(part).is_dir() {
                copy(&guide().join(part), &root.join(part));
            }
        }
        fs::copy(guide().join("huta.toml"), root.join("huta.toml")).unwrap();
    }
    // Both begin without any picture, which takes longest: at once, on threads that are as many as they like, and on one.
    let (first, elsewhere) = std::thread::scope(|scope| {
        let elsewhere = [
            ("TZ", "Pacific/Kiritimati"),
            ("LANG", "pl_PL.UTF-8"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("RAYON_NUM_THREADS", "1"),
            ("HOME", "/nie ma takiego"),
            ("USER", "ktoś"),
            ("TMPDIR", folder.path().to_str().unwrap()),
        ];
        let two = &two;
        let elsewhere = scope.spawn(move || build(two, &elsewhere));
        (build(&one, &[("TZ", "UTC"), ("LANG", "C")]), elsewhere.join().unwrap())
    });
    let again = build(&one, &[("TZ", "UTC"), ("LANG", "C")]);
    assert_eq!(decoded(&one), 0, "the cache holds all pictures");
    let plates = first.0.keys().filter(|path| path.starts_with("processed_images/")).count();
    assert!(first.0.len() > 1000 && plates > 200, "{plates}");
    assert!(first == again, "a second build differs");
    assert!(first == elsewhere, "a build elsewhere differs");
}
