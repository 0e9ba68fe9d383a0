//! How plain texts are: counts against counts by hand, formulas against another computation, and what is said of them.
//!
//! `readability/` holds ten texts, what a person counted in each, and the figures that `formulas.py` made of these counts.
//! `SNAPSHOTS=overwrite cargo test --test readability` writes the messages (`hints.*.txt`) anew.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Files, Site, TODAY};
use huta::diagnostic::{Code, Diagnostic};
use huta::readability::{Counts, Report};
use huta::{BuildOptions, CheckOptions, Checked, check};

const BILINGUAL: &str = "default_language = \"pl\"\n[languages.en]\nfallback = true\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readability")
}

fn checked(site: &Site) -> Checked {
    check(
        &BuildOptions { now: TODAY.parse().unwrap(), ..BuildOptions::new(site.path()) },
        &CheckOptions { readability: true, ..CheckOptions::default() },
    )
}

fn report(site: &Site) -> Report {
    checked(site).readability.unwrap()
}

/// Name, what was counted by hand, and the five figures made of it.
fn expected() -> Vec<(String, Counts, [f64; 5])> {
    let text = fs::read_to_string(folder().join("expected.txt")).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(' ').collect()).collect();
    let read = |line: &Vec<&str>| {
        let number = |at: usize| line[at].parse::<usize>().unwrap();
        let counts = Counts {
            words: number(1),
            sentences: number(2),
            spoken: number(3),
            syllables: number(4),
            hard: number(5),
            hard_common: number(6),
            longest: number(7),
        };
        (line[0].to_string(), counts, [8, 9, 10, 11, 12].map(|at| line[at].parse().unwrap()))
    };
    lines.iter().map(read).collect()
}

#[test]
fn texts_are_counted_as_by_hand() {
    let all = expected();
    assert_eq!(all.len(), 10);
    let mut site = Site::new(BILINGUAL);
    for (name, ..) in &all {
        let text = fs::read_to_string(folder().join(format!("{name}.md"))).unwrap();
        let path = if name.starts_with("en-") { format!("content/{name}.en.md") } else { format!("content/{name}.md") };
        site = site.file(&path, &format!("---\ntitle: x\n---\n{text}"));
        if name.starts_with("en-") {
            // A translation needs an original; one without words is not measured.
            site = site.file(&format!("content/{name}.md"), "---\ntitle: x\n---\n");
        }
    }
    let report = report(&site);
    assert_eq!(report.pages.len(), 10);
    for page in &report.pages {
        let name = page.file.trim_end_matches(".md").trim_end_matches(".en");
        let (_, by_hand, _) = all.iter().find(|(known, ..)| known == name).unwrap();
        let mut counts = page.counts;
        if name.starts_with("en-") {
            // Without a dictionary English syllables are counted to one in twenty.
            let off = counts.syllables.abs_diff(by_hand.syllables);
            assert!(
                off * 20 <= by_hand.syllables,
                "{name}: {} syllables, by hand {}",
                counts.syllables,
                by_hand.syllables
            );
            counts.syllables = by_hand.syllables;
        }
        assert_eq!(counts, *by_hand, "{name}");
    }
}

#[test]
fn formulas_agree_with_another_computation() {
    for (name, counts, figures) in expected() {
        let ours =
            [counts.fog(), counts.pisarek_linear(), counts.pisarek_nonlinear(), counts.flesch(), counts.kincaid()];
        for (ours, theirs) in ours.iter().zip(figures) {
            assert!((ours - theirs).abs() < 1e-6, "{name}: {ours} and {theirs}");
        }
    }
}

/// A site with something for every rule, in both languages.
fn hard_site() -> Site {
    let english = "In order to commence, read this. The form was signed. ";
    Site::new(
        "default_language = \"pl\"\n[languages.en]\nfallback = true\n[[readability]]\nfog = 9\nmean = 12.5\nlongest = 30\n\
         flesch = 60\n[[readability]]\nsection = \"twardo\"\nfog = 9\nfail = true\n",
    )
    .file("content/_index.md", "---\ntitle: x\n---\n")
    .file(
        "content/urzad.md",
        "---\ntitle: x\n---\nŻółty *dom*: niniejszym informujemy, że wniosek **został** rozpatrzony.\n\n- Rozpoczęto prace w celu \
         uzyskania zgody.\n- Mając czas, przyjdź.\n",
    )
    .file("content/dlugie.md", &format!("---\ntitle: x\n---\n{}koniec.\n", "słowo ".repeat(30)))
    .file("content/urzad.en.md", &format!("---\ntitle: x\n---\n{english}\n"))
    .file("content/twardo/_index.md", "---\ntitle: x\n---\n")
    .file("content/twardo/a.md", &format!("---\ntitle: x\n---\n{}\n", "Stowarzyszenie rozpatrywało sprawozdania. ".repeat(40)))
    .file("content/trudno.en.md", &format!("---\ntitle: x\n---\n{}\n", "Representatives deliberated comprehensively. ".repeat(40)))
    .file("content/trudno.md", &format!("---\ntitle: x\n---\n{}\n", "Dom stał tu i tam, a my w nim z bratem byli raz i pili z nim kwas. ".repeat(10)))
}

fn huta(site: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_huta"))
        .args(arguments)
        .args(["--today", "2026-11-23"])
        .current_dir(site)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn every_message_in_both_languages() {
    let site = hard_site();
    for language in ["en", "pl"] {
        let (status, _, told) = huta(site.path(), &["--lang", language, "check", "--readability", "--hints"]);
        assert_eq!(status, Some(1), "{told}");
        let file = folder().join(format!("hints.{language}.txt"));
        if std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
            fs::write(&file, &told).unwrap();
        }
        assert_eq!(told, fs::read_to_string(&file).unwrap_or_default());
        for code in huta::readability::FAMILIES.iter().chain([&Code::HardToRead]) {
            assert!(told.contains(&format!("[{}]", code.as_str())), "nothing of {}", code.as_str());
        }
    }
}

#[test]
fn limits_are_those_of_the_section() {
    let checked = checked(&hard_site());
    let breaches = checked.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::HardToRead);
    let told: Vec<String> = breaches.map(|d| format!("{:?} {}", d.severity, d.span.as_ref().unwrap().file)).collect();
    // `urzad.md` is hard too, but too short for an index.
    let expected = [
        "Warning content/dlugie.md",
        "Warning content/trudno.en.md",
        "Warning content/trudno.md",
        "Error content/twardo/a.md",
    ];
    assert_eq!(told, expected);
    assert!(!checked.succeeded());
    let plain = check(
        &BuildOptions { now: TODAY.parse().unwrap(), ..BuildOptions::new(hard_site().path()) },
        &CheckOptions::default(),
    );
    let is_measured = |told: &Diagnostic| told.code == Code::HardToRead;
    assert!(plain.readability.is_none() && !plain.diagnostics.iter().any(is_measured) && plain.succeeded());
}

#[test]
fn texts_of_a_chapter_are_read_where_they_stand() {
    let front = "---\ntitle: x\nchapter:\n  part: start\n  reviewed: 2026-01-01\n  in_short:\n    - Zgodę wydano wczoraj.\n    \
                 - \"Uwaga: rano wydano zgodę.\"\n    - 'Raz,\n      dokonano zmiany.'\n  checklist: [Mamy statut.]\n---\nTekst.\n";
    let site = Site::new(BILINGUAL)
        .file("content/a.md", front)
        .file("content/a.en.md", "---\ntitle: x\nchapter:\n  in_short: [One., Two., Three.]\n---\nFour five.\n");
    let report = report(&site);
    let page = |file: &str| report.pages.iter().find(|page| page.file == file).unwrap();
    assert_eq!((page("a.md").counts.words, page("a.md").counts.sentences), (3 + 4 + 3 + 2 + 1, 5));
    assert_eq!((page("a.en.md").counts.words, page("a.en.md").counts.sentences), (5, 4));
    let places: Vec<(usize, usize, usize)> = page("a.md").hints.iter().map(place).collect();
    // A value that goes over lines is shown from its start.
    assert_eq!(places, [(7, 13, 6), (8, 20, 6), (9, 7, 5), (9, 7, 5)]);
}

fn place(hint: &Diagnostic) -> (usize, usize, usize) {
    let span = hint.span.as_ref().unwrap();
    (span.line, span.column, span.width)
}

#[test]
fn a_fallback_is_read_once_and_other_languages_not_at_all() {
    let config = "default_language = \"pl\"\n[languages.en]\nfallback = true\n[languages.uk]\n";
    let site = Site::new(config)
        .file("content/a.md", "---\ntitle: x\n---\nTo jest dom.\n")
        .file("content/a.uk.md", "---\ntitle: x\n---\nЦе дім.\n");
    let files: Vec<String> = report(&site).pages.into_iter().map(|page| page.file).collect();
    assert_eq!(files, ["a.md"]);
}

#[test]
fn a_check_tells_what_a_build_tells_and_writes_nothing() {
    let site = Site::new("").file("content/a.md", "---\ntitle: x\n---\n[b](@/b.md) {{ get_env(name=\"x\") }}\n");
    let (status, out, told) = huta(site.path(), &["--lang", "en", "check"]);
    assert!(status == Some(1) && out.is_empty(), "{told}");
    let (_, _, built) = huta(site.path(), &["--lang", "en", "build"]);
    let without_summary = |text: &str| text.trim_end().rsplit_once('\n').unwrap().0.to_string();
    assert_eq!(without_summary(&told), without_summary(&built));
    let site = Site::new("").file("content/a.md", "---\ntitle: x\n---\nDobry.\n");
    let before = Files::read(site.path());
    assert_eq!(
        huta(site.path(), &["--lang", "en", "check"]),
        (Some(0), String::new(), "checked 3 pages: nothing to mend\n".into())
    );
    assert_eq!(Files::read(site.path()), before);
}
