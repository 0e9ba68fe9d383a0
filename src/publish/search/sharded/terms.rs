//! Stems with the forms that occur, and how much each document is about them.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::document::{Document, Field};
use crate::config::SearchWeights;
use crate::language::{Stemmer, fold, root};

/// How soon more of the same word stops to count (`k1` of BM25; Robertson and Zaragoza, "The Probabilistic Relevance
/// Framework: BM25 and Beyond", 2009, section 3.4).
const SATURATION: f64 = 1.2;

/// How much longer texts are held back (`b` of BM25), and longer titles.
const LENGTH: f64 = 0.6;
const TITLE_LENGTH: f64 = 0.5;

/// How much a word counts that holds others together (`skąd`, `how`): rare in what is told, common in what is asked.
const FUNCTION: f64 = 0.35;

/// Documents of one stem: those it says most about. A word of more documents than these chooses nothing.
const MOST: usize = 800;

/// One document of a stem.
pub(super) struct Posting {
    pub(super) document: usize,
    /// From above 0 to 1: the share of the greatest one.
    pub(super) impact: f64,
    /// The passage that says most about it.
    pub(super) passage: usize,
}

/// One stem.
pub(super) struct Term {
    /// Folded forms, at least one.
    pub(super) forms: BTreeSet<String>,
    /// In the order of documents.
    pub(super) postings: Vec<Posting>,
}

/// All stems of a language, in alphabetical order.
pub(super) struct Terms(pub(super) Vec<Term>);

/// What a document says of one stem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Count {
    stem: String,
    /// Folded forms of it that occur, in order.
    forms: Vec<String>,
    /// In the title: 1, or 0.
    title: f64,
    /// Elsewhere, weighted.
    text: f64,
    /// The passage that says most about it.
    passage: usize,
}

/// The stems of a document, in order, and its length in words.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Counted {
    counts: Vec<Count>,
    length: f64,
    title: f64,
}

/// Everything that is known of one stem.
#[derive(Default)]
struct Found<'a> {
    forms: BTreeSet<&'a str>,
    counts: Vec<(usize, &'a Count)>,
}

impl Terms {
    /// The stems of documents that were counted, each with its kind.
    pub(super) fn of(documents: &[(&str, &Counted)], language: &str, weights: &SearchWeights) -> Self {
        let number = float(documents.len().max(1));
        let mean = |of: fn(&Counted) -> f64| documents.iter().map(|(_, counted)| of(counted)).sum::<f64>() / number;
        let (length, title) = (mean(|counted| counted.length).max(1.0), mean(|counted| counted.title).max(1.0));
        let mut found: HashMap<&str, Found<'_>> = HashMap::new();
        for (document, (_, counted)) in documents.iter().enumerate() {
            for count in &counted.counts {
                let found = found.entry(&count.stem).or_default();
                found.forms.extend(count.forms.iter().map(String::as_str));
                found.counts.push((document, count));
            }
        }
        let mut found: Vec<(&str, Found<'_>)> = found.into_iter().collect();
        found.par_sort_unstable_by_key(|(stem, _)| *stem);
        let functions: BTreeSet<String> = stop_words::lookup(language.split('-').next().unwrap_or_default())
            .map(|words| words.iter().map(|word| fold(word)).collect())
            .unwrap_or_default();
        let impacts = |found: &Found<'_>| -> Vec<Posting> {
            let of = float(found.counts.len());
            let rarity = (1.0 + (number - of + 0.5) / (of + 0.5)).ln();
            let rarity =
                if found.forms.iter().any(|form| functions.contains(*form)) { rarity * FUNCTION } else { rarity };
            let posting = |(document, count): &(usize, &Count)| {
                let (kind, counted) = documents[*document];
                let held_back = |own: f64, mean: f64, by: f64| 1.0 - by + by * own / mean;
                let long = held_back(counted.length, length, LENGTH);
                let text = count.text / long;
                let text = text * (SATURATION + 1.0) / (text + SATURATION);
                let name = count.title / held_back(counted.title, title, TITLE_LENGTH);
                let kind = weights.kinds.get(kind).copied().unwrap_or(1.0);
                let impact = kind * rarity * (text + weights.title * name / SATURATION);
                Posting { document: *document, impact, passage: count.passage }
            };
            found.counts.iter().map(posting).collect()
        };
        let mut terms: Vec<Term> = found
            .par_iter()
            .map(|(_, found)| {
                let forms = found.forms.iter().map(ToString::to_string).collect();
                Term { postings: impacts(found), forms }
            })
            .collect();
        let greatest = terms.iter().flat_map(|term| &term.postings).map(|posting| posting.impact).fold(0.0, f64::max);
        for term in &mut terms {
            for posting in &mut term.postings {
                posting.impact /= greatest.max(f64::MIN_POSITIVE);
            }
            if term.postings.len() > MOST {
                term.postings.sort_by(|a, b| b.impact.total_cmp(&a.impact).then(a.document.cmp(&b.document)));
                term.postings.truncate(MOST);
                term.postings.sort_by_key(|posting| posting.document);
            }
        }
        Self(terms)
    }
}

/// The stems of a document while they are counted.
#[derive(Default)]
struct Counter {
    counts: HashMap<String, Counting>,
    length: f64,
    title: f64,
}

#[derive(Default)]
struct Counting {
    forms: BTreeSet<String>,
    title: f64,
    text: f64,
    passage: usize,
    /// What the stem weighs in that passage.
    best: f64,
}

impl Counted {
    pub(super) fn of(document: &Document, stemmer: &Stemmer, language: &str, weights: &SearchWeights) -> Self {
        let mut counter = Counter::default();
        for (stem, form) in words(&document.title).map(|word| stems(word, stemmer, language)) {
            counter.title += 1.0;
            let count = counter.form(stem, form);
            // What a page is called needs no proof: its first passage says what it is about.
            (count.title, count.best, count.passage) = (1.0, f64::MAX, 0);
        }
        for name in &document.names {
            for (stem, form) in words(name).map(|word| stems(word, stemmer, language)) {
                counter.form(stem, form).text += weights.fact;
            }
        }
        for (number, passage) in document.passages.iter().enumerate() {
            let weight = match passage.field {
                Field::Heading => weights.heading,
                Field::Description => weights.description,
                Field::Fact => weights.fact,
                Field::Text => weights.text,
            };
            let mut here: HashMap<String, f64> = HashMap::new();
            for (stem, form) in words(&passage.text).map(|word| stems(word, stemmer, language)) {
                counter.length += 1.0;
                *here.entry(stem.clone()).or_default() += weight;
                counter.form(stem, form).text += weight;
            }
            for (stem, weight) in here {
                if let Some(count) = counter.counts.get_mut(&stem).filter(|count| count.best < weight) {
                    (count.best, count.passage) = (weight, number);
                }
            }
        }
        let one = |(stem, counting): (String, Counting)| {
            let Counting { forms, title, text, passage, .. } = counting;
            Count { stem, forms: forms.into_iter().collect(), title, text, passage }
        };
        let mut counts: Vec<Count> = counter.counts.into_iter().map(one).collect();
        counts.sort_unstable_by(|a, b| a.stem.cmp(&b.stem));
        Self { counts, length: counter.length, title: counter.title }
    }
}

impl Counter {
    fn form(&mut self, stem: String, form: String) -> &mut Counting {
        let counting = self.counts.entry(stem).or_default();
        counting.forms.insert(form);
        counting
    }
}

#[allow(clippy::cast_precision_loss, reason = "nobody has 2^52 pages")]
fn float(number: usize) -> f64 {
    number as f64
}

/// The words of a text: letters and digits. What stands before or after a hyphen or an apostrophe is a word too.
fn words(text: &str) -> impl Iterator<Item = &str> {
    use unicode_normalization::char::is_combining_mark;
    text.split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c))).filter(|word| !word.is_empty())
}

/// Stem and folded form of a word. The rules of stems look at diacritics, and "placu" and "płacą" stay two words.
fn stems(word: &str, stemmer: &Stemmer, language: &str) -> (String, String) {
    let word = word.to_lowercase();
    (root(&stemmer.stem(&word), language), fold(&word))
}
