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

use serde_json::json;

use self::document::Document;
use self::terms::Terms;
use super::file;
use crate::render::Output;
use crate::template::Store;

/// Passages of one file: results show one or two of them.
const GROUP: usize = 6;

/// What searches in the browser.
const READER: &str = include_str!("reader.js");

/// The index of each of the languages, and what reads it.
pub(super) fn outputs(store: &Store, languages: &[&str]) -> Vec<Output> {
    let mut outputs: Vec<Output> = languages.iter().flat_map(|language| index(store, language)).collect();
    if !outputs.is_empty() {
        outputs.push(file("search/reader.js", READER.to_string()));
    }
    outputs
}

fn index(store: &Store, language: &str) -> Vec<Output> {
    let weights = store.project.config.language(language).search().weights;
    let documents = document::all(store, language);
    let addresses: Vec<&str> = documents.iter().map(|document| document.address.as_str()).collect();
    let set = blake3::hash(addresses.join("\n").as_bytes()).to_hex()[..8].to_string();
    let folder = format!("search/{language}");
    let terms = Terms::of(&documents, language, &weights);
    let (words, long) = shards::words(&terms);
    let ends = shards::ends(&terms);
    let ranges =
        |shards: &[shards::Shard]| shards.iter().map(|shard| json!([shard.first, shard.last])).collect::<Vec<_>>();
    let root = json!({
        "set": set,
        "base": base_path(&store.project.config.base_url),
        "kinds": kinds(&documents),
        "words": ranges(&words),
        "ends": ranges(&ends),
    });
    let mut outputs = vec![file(&format!("{folder}/index.json"), root.to_string())];
    for (kind, shards) in [("w", words), ("e", ends)] {
        outputs.extend(
            shards.into_iter().enumerate().map(|(n, shard)| file(&format!("{folder}/{kind}/{n}.json"), shard.text)),
        );
    }
    outputs.extend(
        long.into_iter().enumerate().map(|(n, text)| file(&format!("{folder}/p/{n}.json"), json!(text).to_string())),
    );
    for (number, document) in documents.iter().enumerate() {
        for (group, passages) in document.passages.chunks(GROUP).enumerate() {
            let texts: Vec<&str> = passages.iter().map(|passage| passage.text.as_str()).collect();
            let text = json!({ "s": set, "u": document.address, "t": document.title, "k": document.kind, "p": texts });
            outputs.push(file(&format!("{folder}/t/{number}-{group}.json"), text.to_string()));
        }
    }
    outputs
}

/// How many documents of each kind there are, in their order.
fn kinds(documents: &[Document]) -> Vec<(&str, usize)> {
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
