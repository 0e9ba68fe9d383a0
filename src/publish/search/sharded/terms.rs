//! Stems with the forms that occur, and how much each document is about them.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

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

/// How often a stem stands in one document.
#[derive(Default, Clone)]
struct Count {
    /// In the title: 1, or 0.
    title: f64,
    /// Elsewhere, weighted.
    text: f64,
    passage: usize,
    /// What the stem weighs in that passage.
    best: f64,
}

/// The stems of a document, and its length in words.
struct Counted {
    counts: BTreeMap<String, Count>,
    forms: BTreeMap<String, BTreeSet<String>>,
    length: f64,
    title: f64,
}

impl Terms {
    pub(super) fn of(documents: &[Document], language: &str, weights: &SearchWeights) -> Self {
        let stemmer = Stemmer::of(language);
        let counted: Vec<Counted> =
            documents.par_iter().map(|document| Counted::of(document, &stemmer, language, weights)).collect();
        let number = float(counted.len().max(1));
        let mean = |of: fn(&Counted) -> f64| counted.iter().map(of).sum::<f64>() / number;
        let (length, title) = (mean(|counted| counted.length).max(1.0), mean(|counted| counted.title).max(1.0));
        let mut forms: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let mut found: BTreeMap<&str, Vec<(usize, &Count)>> = BTreeMap::new();
        for (document, counted) in counted.iter().enumerate() {
            for (stem, of) in &counted.forms {
                forms.entry(stem).or_default().extend(of.iter().cloned());
            }
            for (stem, count) in &counted.counts {
                found.entry(stem).or_default().push((document, count));
            }
        }
        let functions: BTreeSet<String> = stop_words::lookup(language.split('-').next().unwrap_or_default())
            .map(|words| words.iter().map(|word| fold(word)).collect())
            .unwrap_or_default();
        let impacts = |forms: &BTreeSet<String>, counts: &[(usize, &Count)]| -> Vec<Posting> {
            let of = float(counts.len());
            let rarity = (1.0 + (number - of + 0.5) / (of + 0.5)).ln();
            let rarity = if forms.iter().any(|form| functions.contains(form)) { rarity * FUNCTION } else { rarity };
            let posting = |(document, count): &(usize, &Count)| {
                let held_back = |own: f64, mean: f64, by: f64| 1.0 - by + by * own / mean;
                let long = held_back(counted[*document].length, length, LENGTH);
                let text = count.text / long;
                let text = text * (SATURATION + 1.0) / (text + SATURATION);
                let name = count.title / held_back(counted[*document].title, title, TITLE_LENGTH);
                let kind = weights.kinds.get(&documents[*document].kind).copied().unwrap_or(1.0);
                let impact = kind * rarity * (text + weights.title * name / SATURATION);
                Posting { document: *document, impact, passage: count.passage }
            };
            counts.iter().map(posting).collect()
        };
        let mut terms: Vec<Term> = found
            .iter()
            .map(|(stem, counts)| {
                let forms = forms.remove(stem).unwrap_or_default();
                Term { postings: impacts(&forms, counts), forms }
            })
            .collect();
        let greatest = terms.iter().flat_map(|term| &term.postings).map(|posting| posting.impact).fold(0.0, f64::max);
        for term in &mut terms {
            for posting in &mut term.postings {
                posting.impact /= greatest.max(f64::MIN_POSITIVE);
            }
            term.postings.sort_by(|a, b| b.impact.total_cmp(&a.impact).then(a.document.cmp(&b.document)));
            term.postings.truncate(MOST);
            term.postings.sort_by_key(|posting| posting.document);
        }
        Self(terms)
    }
}

impl Counted {
    fn of(document: &Document, stemmer: &Stemmer, language: &str, weights: &SearchWeights) -> Self {
        let mut counted = Self { counts: BTreeMap::new(), forms: BTreeMap::new(), length: 0.0, title: 0.0 };
        for (stem, form) in words(&document.title).map(|word| stems(word, stemmer, language)) {
            counted.title += 1.0;
            let count = counted.form(&stem, form);
            // What a page is called needs no proof: its first passage says what it is about.
            (count.title, count.best, count.passage) = (1.0, f64::MAX, 0);
        }
        for name in &document.names {
            for (stem, form) in words(name).map(|word| stems(word, stemmer, language)) {
                counted.form(&stem, form).text += weights.fact;
            }
        }
        for (number, passage) in document.passages.iter().enumerate() {
            let weight = match passage.field {
                Field::Heading => weights.heading,
                Field::Description => weights.description,
                Field::Fact => weights.fact,
                Field::Text => weights.text,
            };
            let mut here: BTreeMap<String, f64> = BTreeMap::new();
            for (stem, form) in words(&passage.text).map(|word| stems(word, stemmer, language)) {
                counted.length += 1.0;
                counted.form(&stem, form).text += weight;
                *here.entry(stem).or_default() += weight;
            }
            for (stem, weight) in here {
                if let Some(count) = counted.counts.get_mut(&stem).filter(|count| count.best < weight) {
                    (count.best, count.passage) = (weight, number);
                }
            }
        }
        counted
    }

    fn form(&mut self, stem: &str, form: String) -> &mut Count {
        self.forms.entry(stem.to_string()).or_default().insert(form);
        self.counts.entry(stem.to_string()).or_default()
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
