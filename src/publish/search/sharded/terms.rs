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

#[cfg(test)]
mod tests {
    use super::super::document::Passage;
    use super::*;

    fn count(stem: &str, title: f64, text: f64, passage: usize) -> Count {
        Count { stem: stem.into(), forms: vec![stem.into()], title, text, passage }
    }

    fn counted(length: f64, title: f64, counts: Vec<Count>) -> Counted {
        Counted { counts, length, title }
    }

    /// A posting: document, impact, passage.
    type Said = (usize, f64, usize);

    /// What a term says of each of its documents.
    fn said(term: &Term) -> Vec<Said> {
        term.postings.iter().map(|posting| (posting.document, posting.impact, posting.passage)).collect()
    }

    fn is_near(found: &[Said], expected: &[Said]) -> bool {
        let near = |(a, b): (&Said, &Said)| a.0 == b.0 && (a.1 - b.1).abs() < 1e-12 && a.2 == b.2;
        found.len() == expected.len() && found.iter().zip(expected).all(near)
    }

    #[test]
    fn impacts_are_shares_of_the_greatest() {
        let place = counted(10.0, 2.0, vec![count("huta", 1.0, 3.0, 2), count("plac", 0.0, 1.0, 0)]);
        let page = counted(30.0, 4.0, vec![count("huta", 0.0, 2.0, 1), count("wanda", 1.0, 0.0, 0)]);
        let other = counted(20.0, 0.0, vec![count("plac", 0.0, 4.0, 3), count("the", 0.0, 1.0, 0)]);
        let documents = [("place", &place), ("page", &page), ("page", &other)];
        let weights = SearchWeights { kinds: [("place".to_string(), 1.5)].into(), ..SearchWeights::default() };
        // Computed apart from this code, by the formula of BM25 with the figures above.
        let expected: [(&str, &[Said]); 4] = [
            ("huta", &[(0, 1.0, 2), (1, 0.122_637_400_923_264_51, 1)]),
            ("plac", &[(0, 0.177_957_532_861_476_28, 0), (2, 0.167_918_902_802_623_74, 3)]),
            ("the", &[(2, 0.072_473_711_418_099_75, 0)]),
            ("wanda", &[(1, 0.690_225_823_029_521_4, 0)]),
        ];
        for language in ["en", "en-GB"] {
            let Terms(terms) = Terms::of(&documents, language, &weights);
            assert_eq!(terms.len(), expected.len());
            for (term, (form, postings)) in terms.iter().zip(expected) {
                assert_eq!(term.forms.iter().collect::<Vec<_>>(), [form]);
                assert!(is_near(&said(term), postings), "{form}: {:?}", said(term));
            }
        }
        // In another language it is a word like others.
        let Terms(terms) = Terms::of(&documents, "xx", &weights);
        assert!((terms[2].postings[0].impact - 0.072_473_711_418_099_75 / FUNCTION).abs() < 1e-12);
        assert!(Terms::of(&[], "en", &weights).0.is_empty());
        // What says nothing weighs nothing.
        let empty = counted(0.0, 0.0, vec![count("huta", 0.0, 0.0, 0)]);
        assert_eq!(said(&Terms::of(&[("page", &empty)], "en", &weights).0[0]), [(0, 0.0, 0)]);
        // Texts and titles shorter than one word are as long as one.
        let short = counted(0.5, 0.5, vec![count("huta", 1.0, 0.5, 0)]);
        let whole = counted(1.0, 1.0, vec![count("huta", 0.0, 0.5, 0)]);
        let Terms(terms) = Terms::of(&[("page", &short), ("page", &whole)], "en", &weights);
        assert!((terms[0].postings[1].impact - 0.086_417_822_943_130_75).abs() < 1e-12, "{:?}", said(&terms[0]));
    }

    #[test]
    fn frequent_words_choose_the_best() {
        let postings = |number: usize| {
            // The first two say the least, and the same; the later of them has no room.
            let text = |at: usize| if at < 2 { 1.0 } else { float(at + 1) };
            let all: Vec<Counted> =
                (0..number).map(|at| counted(9.0, 0.0, vec![count("huta", 0.0, text(at), at)])).collect();
            let documents: Vec<(&str, &Counted)> = all.iter().map(|counted| ("page", counted)).collect();
            let Terms(terms) = Terms::of(&documents, "en", &SearchWeights::default());
            terms[0].postings.iter().map(|posting| posting.document).collect::<Vec<_>>()
        };
        assert_eq!(postings(MOST), (0..MOST).collect::<Vec<_>>());
        assert_eq!(postings(MOST + 1), (0..=MOST).filter(|at| *at != 1).collect::<Vec<_>>());
    }

    #[test]
    fn words_count_where_they_stand() {
        let passage = |field, text: &str| Passage { field, text: text.into() };
        let document = Document {
            address: "/a/".into(),
            title: "Park-Tram".into(),
            kind: "place".into(),
            names: vec!["Hall".into()],
            passages: vec![
                passage(Field::Description, "Tram, hall."),
                passage(Field::Text, "Park Halls hall"),
                passage(Field::Heading, "Hall"),
                passage(Field::Fact, "ark"),
                passage(Field::Heading, "Hall"),
            ],
        };
        let weights =
            SearchWeights { heading: 5.0, description: 3.0, fact: 2.0, text: 1.0, ..SearchWeights::default() };
        let found = Counted::of(&document, &Stemmer::of("en"), "en", &weights);
        assert_eq!(
            found,
            counted(
                8.0,
                2.0,
                vec![
                    count("ark", 0.0, 2.0, 3),
                    Count { forms: vec!["hall".into(), "halls".into()], ..count("hall", 0.0, 17.0, 2) },
                    count("park", 1.0, 1.0, 0),
                    count("tram", 1.0, 3.0, 0),
                ]
            )
        );
    }

    #[test]
    fn words_are_letters_and_digits() {
        let found = |text| words(text).collect::<Vec<_>>();
        assert_eq!(
            found("Nowa-Huta’s „plac”, 1949! z\u{307}o\u{301}ł"),
            ["Nowa", "Huta", "s", "plac", "1949", "z\u{307}o\u{301}ł"]
        );
        assert!(found(" –! ").is_empty());
        assert_eq!(stems("Ogródek", &Stemmer::of("xx"), "pl"), ("ogrodk".to_string(), "ogrodek".to_string()));
        assert_eq!(stems("Ogródek", &Stemmer::of("xx"), "en"), ("ogródek".to_string(), "ogrodek".to_string()));
    }
}
