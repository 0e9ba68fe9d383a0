//! An index that a browser reads piece by piece: words by their first letters, words by their last letters for those who
//! mistype the first ones, and the passages that results show.
//!
//! Below `search/LANGUAGE/`:
//!
//! - `index.json`: `set` (hash of all addresses), `base` (path of the site), `kinds` ([name, number of documents], in the
//!   order of documents), `words` and `ends` (first and last word of each file below).
//! - `w/N.json`: for each stem the forms of it that occur, folded (`lazni|a,e,ami`), and its postings in base 64: for each
//!   document the step from the one before, the impact (square root of the share of the greatest one), the passage.
//!   Where they are long, `.N` for those in `p/N.json`.
//! - `e/N.json`: all forms, read from their ends.
//! - `t/D-G.json`: group G of the passages of document D, with its title, address and kind.
//!
//! `search/reader.js` reads it.

mod digits;
mod document;
mod shards;
mod terms;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::document::Document;
use self::terms::{Counted, Terms};
use super::file;
use crate::config::SearchWeights;
use crate::language::Stemmer;
use crate::render::Output;
use crate::source::Source;
use crate::template::Store;

/// Passages of one file: results show one or two of them.
const GROUP: usize = 6;

/// What searches in the browser.
const READER: &str = include_str!("reader.js");

/// What is kept of an index, so that a page whose text has changed can be counted anew without the others: its documents, in
/// their order.
pub(super) type Kept = Vec<KeptDocument>;

/// A document that was counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct KeptDocument {
    address: String,
    kind: String,
    /// Files with its passages.
    groups: usize,
    counted: Counted,
}

impl KeptDocument {
    fn of(document: &Document, stemmer: &Stemmer, language: &str, weights: &SearchWeights) -> Self {
        Self {
            address: document.address.clone(),
            kind: document.kind.clone(),
            groups: document.passages.len().div_ceil(GROUP),
            counted: Counted::of(document, stemmer, language, weights),
        }
    }
}

/// The index of each of the languages with what is kept of it, and what reads it.
pub(super) fn outputs(store: &Store, languages: &[&str]) -> (Vec<Output>, BTreeMap<String, Kept>) {
    let made: Vec<(Vec<Output>, (String, Kept))> =
        languages.par_iter().map(|language| whole(store, language)).collect();
    let (outputs, kept): (Vec<_>, BTreeMap<_, _>) = made.into_iter().unzip();
    let mut outputs: Vec<Output> = outputs.into_iter().flatten().collect();
    if !outputs.is_empty() {
        outputs.push(file("search/reader.js", READER.to_string()));
    }
    (outputs, kept)
}

fn whole(store: &Store, language: &str) -> (Vec<Output>, (String, Kept)) {
    let documents = document::all(store, language);
    let (stemmer, weights) = (Stemmer::of(language), store.project.config.language(language).search().weights);
    let kept: Kept = documents.par_iter().map(|one| KeptDocument::of(one, &stemmer, language, &weights)).collect();
    let set = set(&kept);
    let mut outputs = index(store, language, &set, &kept);
    outputs.extend(documents.iter().enumerate().flat_map(|(at, one)| passages(language, &set, at, one)));
    (outputs, (language.to_string(), kept))
}

/// The files of an index that are others, or may be, when the texts of pages and sections for which `has_changed` is true have
/// changed. `None` when the index is not about the same documents.
pub(super) fn again(
    store: &Store,
    language: &str,
    kept: &mut Kept,
    has_changed: impl Fn(&Source) -> bool,
) -> Option<Vec<Output>> {
    let (stemmer, weights) = (Stemmer::of(language), store.project.config.language(language).search().weights);
    let changed = document::changed(store, language, has_changed);
    if changed.is_empty() {
        return Some(vec![]);
    }
    let mut numbered = vec![];
    for document in changed {
        let at = kept.iter().position(|known| known.address == document.address && known.kind == document.kind)?;
        kept[at] = KeptDocument::of(&document, &stemmer, language, &weights);
        numbered.push((at, document));
    }
    let set = set(kept);
    let mut outputs = index(store, language, &set, kept);
    outputs.extend(numbered.iter().flat_map(|(at, document)| passages(language, &set, *at, document)));
    Some(outputs)
}

/// Whether a path is that of a file that an index with these documents may have, which [`again`] did not make: passages of
/// documents that are as they were.
pub(super) fn is_as_it_was(path: &str, language: &str, kept: &Kept) -> bool {
    let numbers = path.strip_prefix(&format!("search/{language}/t/")).and_then(|name| name.strip_suffix(".json"));
    let numbers = numbers.and_then(|name| name.split_once('-'));
    numbers.is_some_and(|(document, group)| {
        let groups = document.parse().ok().and_then(|at: usize| kept.get(at)).map_or(0, |document| document.groups);
        group.parse().is_ok_and(|group: usize| group < groups)
    })
}

/// A name for the documents of an index: files of two builds must not be mixed.
fn set(kept: &Kept) -> String {
    let addresses: Vec<&str> = kept.iter().map(|document| document.address.as_str()).collect();
    blake3::hash(addresses.join("\n").as_bytes()).to_hex()[..8].to_string()
}

/// The files that say which words stand in which documents.
fn index(store: &Store, language: &str, set: &str, kept: &Kept) -> Vec<Output> {
    let weights = store.project.config.language(language).search().weights;
    let counted: Vec<(&str, &Counted)> = kept.iter().map(|one| (one.kind.as_str(), &one.counted)).collect();
    let terms = Terms::of(&counted, language, &weights);
    let ((words, long), ends) = rayon::join(|| shards::words(&terms), || shards::ends(&terms));
    let ranges =
        |shards: &[shards::Shard]| shards.iter().map(|shard| json!([shard.first, shard.last])).collect::<Vec<_>>();
    let root = json!({
        "set": set,
        "base": base_path(&store.project.config.base_url),
        "kinds": kinds(kept),
        "words": ranges(&words),
        "ends": ranges(&ends),
    });
    let folder = format!("search/{language}");
    let mut outputs = vec![file(&format!("{folder}/index.json"), root.to_string())];
    for (kind, shards) in [("w", words), ("e", ends)] {
        outputs.extend(
            shards.into_iter().enumerate().map(|(n, shard)| file(&format!("{folder}/{kind}/{n}.json"), shard.text)),
        );
    }
    outputs.extend(
        long.into_iter().enumerate().map(|(n, text)| file(&format!("{folder}/p/{n}.json"), json!(text).to_string())),
    );
    outputs
}

/// The files with the passages of a document.
fn passages(language: &str, set: &str, number: usize, document: &Document) -> Vec<Output> {
    let groups = document.passages.chunks(GROUP).enumerate();
    let one = |(group, passages): (usize, &[document::Passage])| {
        let texts: Vec<&str> = passages.iter().map(|passage| passage.text.as_str()).collect();
        let text = json!({ "s": set, "u": document.address, "t": document.title, "k": document.kind, "p": texts });
        file(&format!("search/{language}/t/{number}-{group}.json"), text.to_string())
    };
    groups.map(one).collect()
}

/// How many documents of each kind there are, in their order.
fn kinds(documents: &[KeptDocument]) -> Vec<(&str, usize)> {
    let mut kinds: Vec<(&str, usize)> = vec![];
    for document in documents {
        match kinds.last_mut() {
            Some((kind, count)) if *kind == document.kind => *count += 1,
            _ => kinds.push((document.kind.as_str(), 1)),
        }
    }
    kinds
}

/// The path of an address, without a slash at its end: empty for a site at the root of its host.
fn base_path(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or("", |at| &rest[at..]).trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::document::{Field, Passage};
    use super::*;
    use crate::render::Body;

    fn document(address: &str, kind: &str, passages: usize) -> Document {
        let passages = (0..passages).map(|at| Passage { field: Field::Text, text: format!("p{at}") }).collect();
        Document { address: address.into(), title: "T".into(), kind: kind.into(), passages, names: vec![] }
    }

    fn kept(documents: &[Document]) -> Kept {
        let weights = SearchWeights::default();
        documents.iter().map(|one| KeptDocument::of(one, &Stemmer::of("en"), "en", &weights)).collect()
    }

    #[test]
    fn files_of_other_documents_stay() {
        let kept =
            kept(&[document("/a/", "place", 1), document("/b/", "page", GROUP), document("/c/", "page", GROUP + 1)]);
        assert_eq!(kept.iter().map(|one| one.groups).collect::<Vec<_>>(), [1, 1, 2]);
        for name in ["0-0", "1-0", "2-0", "2-1"] {
            assert!(is_as_it_was(&format!("search/en/t/{name}.json"), "en", &kept), "{name}");
        }
        for name in ["0-1", "1-1", "2-2", "3-0", "x-0", "0-x", "0", "-1-0", "0--1"] {
            assert!(!is_as_it_was(&format!("search/en/t/{name}.json"), "en", &kept), "{name}");
        }
        for path in ["search/pl/t/0-0.json", "search/en/w/0-0.json", "search/en/t/0-0.txt", "search/en/index.json"] {
            assert!(!is_as_it_was(path, "en", &kept), "{path}");
        }
    }

    #[test]
    fn passages_go_into_files_by_six() {
        let outputs = passages("en", "abc", 3, &document("/c/", "place", GROUP + 1));
        let texts: Vec<(&str, serde_json::Value)> = outputs
            .iter()
            .map(|output| match &output.body {
                Body::Text(text) => (output.path.as_str(), serde_json::from_str(text).unwrap()),
                _ => panic!("{output:?}"),
            })
            .collect();
        let file = |passages: &[&str]| json!({ "s": "abc", "u": "/c/", "t": "T", "k": "place", "p": passages });
        assert_eq!(
            texts,
            [
                ("search/en/t/3-0.json", file(&["p0", "p1", "p2", "p3", "p4", "p5"])),
                ("search/en/t/3-1.json", file(&["p6"])),
            ]
        );
    }

    #[test]
    fn an_index_has_a_name_and_its_kinds() {
        let list = |all: &[(&str, &str)]| {
            kept(&all.iter().map(|(address, kind)| document(address, kind, 1)).collect::<Vec<_>>())
        };
        let [a, b] =
            [list(&[("/a/", "place"), ("/b/", "page")]), list(&[("/a/", "place"), ("/b/", "page"), ("/c/", "page")])];
        assert_eq!(set(&a).len(), 8);
        assert_ne!(set(&a), set(&b));
        assert_eq!(kinds(&b), [("place", 1), ("page", 2)]);
        assert_eq!(kinds(&list(&[("/a/", "x"), ("/b/", "x"), ("/c/", "x")])), [("x", 3)]);
        assert!(kinds(&[]).is_empty());
    }

    #[test]
    fn a_base_is_a_path() {
        for (address, base) in [
            ("https://example.org", ""),
            ("https://example.org/", ""),
            ("https://example.org/guide", "/guide"),
            ("https://example.org/a/b/", "/a/b"),
            ("/guide/", "/guide"),
            ("/", ""),
        ] {
            assert_eq!(base_path(address), base, "{address}");
        }
    }
}
