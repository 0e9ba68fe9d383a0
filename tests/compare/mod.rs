//! Comparison of two folders of a built site: what there should be and what there is.
//!
//! Both must hold the same files, under names equal in Unicode NFC; empty folders do not count, nor do files at the top
//! whose names begin with a dot. A file `processed_images/<stem>.<16 hexadecimal digits>.<extension>` is known by its
//! stem and extension: the digits are the maker's own affair, there and wherever a text mentions them. Text files are
//! equal when their bytes are; failing that, by the meaning that a file of their kind has:
//!
//! | kind | module |
//! |---|---|
//! | `.html` | [`html`], with [`flow`] for white space |
//! | `.xml`, `.atom`, `.rss`, `.xsl` | [`xml`] |
//! | `.json`, and the script of a search index | [`json`] |
//! | pictures | [`image`] |
//! | `robots.txt` | line by line, without blank lines and white space around them |
//!
//! [`rules`] are the exceptions a case makes.

mod difference;
mod flow;
mod html;
mod image;
mod json;
mod rules;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use fancy_regex::Regex;
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

pub(crate) use self::rules::Rules;

/// What came of a comparison.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// Files that are equal.
    pub(crate) equal: usize,
    /// All files of either folder.
    pub(crate) total: usize,
    /// The files that are not equal, each with its first differences.
    pub(crate) different: Vec<(String, Vec<String>)>,
}

/// Compares two folders.
pub(crate) fn trees(expected: &Path, actual: &Path, rules: &Rules) -> Verdict {
    let (expected, actual) = (files(expected), files(actual));
    let names: BTreeSet<&String> = expected.keys().chain(actual.keys()).filter(|name| !rules.ignores(name)).collect();
    let mut verdict = Verdict::default();
    for name in names {
        let [expected, actual] = [&expected, &actual].map(|files| files.get(name).map_or(&[][..], Vec::as_slice));
        let total = expected.len().max(actual.len());
        let (equal, differences) = match (expected, actual) {
            (expected, actual) if name.contains(ANY_DIGITS) => image::sets(expected, actual),
            ([_], []) => (0, vec!["is missing".into()]),
            ([], [_]) => (0, vec!["should not be there".into()]),
            ([expected], [actual]) => {
                let found = if rules.only_presence(name) { vec![] } else { file(name, expected, actual, rules) };
                (usize::from(found.is_empty()), found)
            }
            _ => (0, vec![format!("{} files of this name, expected {}", actual.len(), expected.len())]),
        };
        verdict.equal += equal;
        verdict.total += total;
        if !differences.is_empty() {
            verdict.different.push((name.clone(), differences));
        }
    }
    verdict
}

/// Stands for the digits in the names of processed images.
const ANY_DIGITS: &str = ".HASH.";

fn without_digits(text: &str) -> String {
    static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?<stem>processed_images/[^"'\s<>()]+?)\.[0-9a-f]{16}\.(?<extension>\w+)"#).unwrap()
    });
    DIGITS.replace_all(text, format!("${{stem}}{ANY_DIGITS}${{extension}}")).into_owned()
}

/// The files of a folder by their names; several processed images may share one.
fn files(folder: &Path) -> BTreeMap<String, Vec<PathBuf>> {
    let mut files = BTreeMap::<String, Vec<PathBuf>>::new();
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
        let below = entry.path().strip_prefix(folder).expect("the walk stays below its folder");
        let name: String = below.to_str().expect("names are UTF-8").replace('\\', "/").nfc().collect();
        if entry.file_type().is_file() && !name.starts_with('.') {
            files.entry(without_digits(&name)).or_default().push(entry.into_path());
        }
    }
    files
}

/// Compares two files of one name; no differences are equality.
fn file(name: &str, expected: &Path, actual: &Path, rules: &Rules) -> Vec<String> {
    let [expected, actual] = [expected, actual].map(|path| fs::read(path).unwrap());
    if expected == actual {
        return vec![];
    }
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if matches!(extension, "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif") {
        return image::differences(&expected, &actual);
    }
    let sizes = (expected.len(), actual.len());
    let [Ok(expected), Ok(actual)] = [expected, actual].map(String::from_utf8) else {
        return vec![format!("expected {} bytes, got {} other bytes", sizes.0, sizes.1)];
    };
    let [expected, actual] = [expected, actual].map(|text| without_digits(&rules.masked(name, text)));
    if expected == actual { vec![] } else { texts(name, extension, &expected, &actual, rules) }
}

/// Compares the texts of two files by their kind.
fn texts<'a>(name: &str, extension: &str, expected: &'a str, actual: &'a str, rules: &Rules) -> Vec<String> {
    let unordered = rules.unordered(name);
    let base = name.rsplit('/').next().unwrap_or(name);
    let is_index = base.starts_with("search_index.");
    match extension {
        "html" => html::differences(expected, actual, unordered),
        "xml" | "atom" | "rss" | "xsl" => xml::differences(expected, actual, unordered),
        "json" => json::differences(expected, actual, &rules.dropped(name), is_index),
        "js" if is_index => {
            let [expected, actual] = [expected, actual].map(json::of_script);
            json::differences(expected, actual, &rules.dropped(name), is_index)
        }
        _ if base == "robots.txt" => {
            let lines = |text: &'a str| text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>();
            difference::lines(&lines(expected), &lines(actual))
        }
        _ => {
            let lines = |text: &'a str| text.split('\n').collect::<Vec<_>>();
            difference::lines(&lines(expected), &lines(actual))
        }
    }
}
