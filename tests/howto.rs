//! "How to edit" keeps its word: every example file in it builds without a complaint, and every mistake in it gets the very
//! message that stands below it.
//!
//! A block of code that is a whole file names it: `` ```yaml, name=content/miejsca/dom/index.md ``. A mistake says its code as
//! well (`mistake=broken-link`), and the `text` block that follows is what huta says of it, in the language of the page.
//! `SNAPSHOTS=overwrite cargo test --test howto` writes these messages into the pages.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use huta::diagnostic::{Diagnostic, Severity, Words, print_text};
use huta::{BuildOptions, CheckOptions};
use jpeg_encoder::{ColorType, Encoder};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use tempfile::TempDir;
use walkdir::WalkDir;

const FOLDER: &str = "content/o-przewodniku/jak-edytowac";

/// A block of code that is a whole file.
struct Example {
    /// The page it stands in.
    page: PathBuf,
    /// Path of the file from the site's folder.
    name: String,
    /// The code that it is to be told with, for a mistake.
    mistake: Option<String>,
    text: String,
    /// The next block, where that is a message.
    message: Option<String>,
}

/// The blocks of code of a page: what follows the opening fence, and the code.
fn blocks(markdown: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = vec![];
    let mut is_open = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                is_open = true;
                found.push((info.to_string(), String::new()));
            }
            Event::Text(text) if is_open => found.last_mut().unwrap().1.push_str(&text),
            Event::End(TagEnd::CodeBlock) => is_open = false,
            _ => {}
        }
    }
    found
}

/// What a fence says after `key=`.
fn said(info: &str, key: &str) -> Option<String> {
    info.split(',').find_map(|word| Some(word.trim().strip_prefix(key)?.strip_prefix('=')?.to_string()))
}

/// All examples in the pages of a language.
fn examples(language: &str) -> Vec<Example> {
    let mut found = vec![];
    for entry in WalkDir::new(common::guide().join(FOLDER)).sort_by_file_name().into_iter().map(Result::unwrap) {
        let page = entry.into_path();
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".md") else { continue };
        if stem.strip_suffix(".en").is_some() != (language == "en") {
            continue;
        }
        let blocks = blocks(&fs::read_to_string(&page).unwrap());
        for (at, (info, text)) in blocks.iter().enumerate() {
            let mistake = said(info, "mistake");
            let Some(name) = said(info, "name") else {
                assert!(mistake.is_none(), "{}: a mistake without a name: {info}", page.display());
                continue;
            };
            let message = blocks.get(at + 1).filter(|(info, _)| info == "text").map(|(_, text)| text.clone());
            found.push(Example { page: page.clone(), name, mistake, text: text.clone(), message });
        }
    }
    found
}

/// A copy of the guide with these examples in it, and the pictures that they name.
fn guide_with(examples: &[&Example]) -> TempDir {
    let site = tempfile::tempdir().unwrap();
    // The cache is there for speed only, and not in a fresh clone.
    for part in ["huta.toml", "content", "themes", ".cache"] {
        for entry in WalkDir::new(common::guide().join(part)).into_iter().filter_map(Result::ok) {
            let to = site.path().join(entry.path().strip_prefix(common::guide()).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).unwrap();
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    for example in examples {
        let path = site.path().join(&example.name);
        assert!(example.name.starts_with("content/") && !path.exists(), "{} is there already", example.name);
        let folder = path.parent().unwrap();
        fs::create_dir_all(folder).unwrap();
        fs::write(&path, &example.text).unwrap();
        for picture in
            example.text.lines().filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("file: "))
        {
            fs::write(folder.join(picture), photo(picture.len())).unwrap();
        }
    }
    site
}

/// A photograph of 1600 × 1200 pixels. `tag` makes it another one.
fn photo(tag: usize) -> Vec<u8> {
    let (width, height) = (1600_u16, 1200_u16);
    let pixels: Vec<u8> = (0..usize::from(height))
        .flat_map(|y| (0..usize::from(width)).map(move |x| [x / 8, y / 8, tag * 20]))
        .flatten()
        .map(|value| u8::try_from(value % 256).unwrap())
        .collect();
    let mut out = vec![];
    Encoder::new(&mut out, 80).encode(&pixels, width, height, ColorType::Rgb).unwrap();
    out
}

fn options(site: &TempDir) -> BuildOptions {
    BuildOptions { uncompressed: true, now: common::TODAY.parse().unwrap(), ..BuildOptions::new(site.path()) }
}

/// What a check of the site says of a file.
fn told<'a>(diagnostics: &'a [Diagnostic], file: &str) -> Vec<&'a Diagnostic> {
    diagnostics.iter().filter(|d| d.span.as_ref().is_some_and(|span| span.file == file)).collect()
}

#[track_caller]
fn examples_build(language: &str, words: Words) {
    let all = examples(language);
    let good: Vec<&Example> = all.iter().filter(|example| example.mistake.is_none()).collect();
    let kinds: BTreeSet<&str> = good.iter().filter_map(|example| example.name.split('/').nth(1)).collect();
    for kind in ["gielda", "kalendarz", "legendy", "miejsca", "organizacje", "pomysly", "trasy"] {
        assert!(kinds.contains(kind), "{language}: no example in content/{kind}");
    }
    let site = guide_with(&good);
    let checked = huta::check(&options(&site), &CheckOptions::default());
    let folders: Vec<&str> = good.iter().map(|example| example.name.rsplit_once('/').unwrap().0).collect();
    // That a page is not translated yet is no fault of the example; anything else is.
    let complaints: Vec<String> = checked
        .diagnostics
        .iter()
        .filter(|d| d.span.as_ref().is_some_and(|span| folders.iter().any(|folder| span.file.starts_with(folder))))
        .filter(|d| d.code.as_str() != "translation-missing")
        .map(|d| print_text(d, words, false))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));

    let built = huta::build(&options(&site));
    assert!(built.succeeded(), "{:#?}", built.diagnostics);
    for example in good.iter().filter(|example| language == "pl" && example.name.ends_with("/index.md")) {
        let page = example.name.replace("content/", "public/").replace("index.md", "index.html");
        assert!(site.path().join(&page).is_file(), "{page} was not built");
    }
}

#[test]
fn polish_examples_build() {
    examples_build("pl", Words::Polish);
}

#[test]
fn english_examples_build() {
    examples_build("en", Words::English);
}

#[track_caller]
fn mistakes_are_told(language: &str, words: Words) {
    let all = examples(language);
    let wrong: Vec<&Example> = all.iter().filter(|example| example.mistake.is_some()).collect();
    assert!(wrong.len() >= 10, "{language}: only {} mistakes", wrong.len());
    let site = guide_with(&wrong);
    let checked = huta::check(&options(&site), &CheckOptions::default());
    let mut differences = vec![];
    for example in wrong {
        // Hints are left out: a mistake is too short to have sources and a translation.
        let said: Vec<&Diagnostic> =
            told(&checked.diagnostics, &example.name).into_iter().filter(|d| d.severity < Severity::Hint).collect();
        let [diagnostic] = said[..] else { panic!("{}: one problem expected: {said:#?}", example.name) };
        assert_eq!(Some(diagnostic.code.as_str()), example.mistake.as_deref(), "{}", example.name);
        let message = format!("{}\n", print_text(diagnostic, words, false).trim_end());
        let quoted = example.message.as_deref().unwrap_or_else(|| panic!("no message below {}", example.name));
        if quoted != message {
            overwrite(&example.page, &example.text, quoted, &message);
            differences.push(format!(
                "{}: {}\n{quoted}--- huta says:\n{message}",
                example.page.display(),
                example.name
            ));
        }
    }
    assert!(differences.is_empty() || is_overwritten(), "{}", differences.join("\n"));
}

fn is_overwritten() -> bool {
    std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite")
}

/// Puts what huta says into the page, below the mistake.
fn overwrite(page: &Path, mistake: &str, quoted: &str, message: &str) {
    if is_overwritten() {
        let text = fs::read_to_string(page).unwrap();
        let at = text.find(mistake).unwrap() + mistake.len();
        let (before, after) = text.split_at(at);
        let after = after.replacen(&format!("```text\n{quoted}```"), &format!("```text\n{message}```"), 1);
        fs::write(page, format!("{before}{after}")).unwrap();
    }
}

#[test]
fn polish_mistakes_are_told() {
    mistakes_are_told("pl", Words::Polish);
}

#[test]
fn english_mistakes_are_told() {
    mistakes_are_told("en", Words::English);
}
