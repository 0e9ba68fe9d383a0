//! The files of an index.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::json;

use super::digits::{ONE, push_digit, push_number};
use super::terms::{Posting, Term, Terms};

/// Bytes from which on a file is full.
const FULL: usize = 4000;

/// Letters that words of one file have in common with none of the next.
const APART: usize = 3;

/// Letters of the shortest word that a mistype is looked for in.
const SHORTEST: usize = 4;

/// Bytes of postings that have a file of their own: one word is enough to fetch them, the words beside it need them not.
const LONG: usize = 800;

/// One file.
pub(super) struct Shard {
    pub(super) first: String,
    pub(super) last: String,
    pub(super) text: String,
}

/// Forms of one stem that begin alike, and its postings.
struct Entry {
    forms: Vec<String>,
    postings: String,
}

/// Stems by their forms: `[forms, postings, forms, postings, …]`; long postings are a full stop and a number, and stand at
/// that number in the second list.
pub(super) fn words(terms: &Terms) -> (Vec<Shard>, Vec<String>) {
    let mut long = vec![];
    let mut entries: Vec<Entry> = terms.0.iter().flat_map(|term| entries(term, &mut long)).collect();
    entries.sort_by(|a, b| a.forms.cmp(&b.forms));
    let shards = cut(
        &entries,
        |entry| (&entry.forms[0], &entry.forms[entry.forms.len() - 1]),
        |entry| vec![packed_forms(&entry.forms), entry.postings.clone()],
    );
    (shards, long)
}

/// All forms without digits, each read from its end, in alphabetical order of that.
pub(super) fn ends(terms: &Terms) -> Vec<Shard> {
    let reversed = |form: &String| form.chars().rev().collect::<String>();
    let can_be_mistyped =
        |form: &&String| form.chars().count() >= SHORTEST && !form.contains(|c: char| c.is_ascii_digit());
    let forms: BTreeSet<String> =
        terms.0.iter().flat_map(|term| &term.forms).filter(can_be_mistyped).map(reversed).collect();
    let forms: Vec<String> = forms.into_iter().collect();
    cut(&forms, |form| (form, form), |form| vec![form.clone()])
}

/// The entries of a stem: one, unless its forms begin too differently to stand at one place.
fn entries(term: &Term, long: &mut Vec<String>) -> Vec<Entry> {
    let mut postings = packed_postings(&term.postings);
    if postings.len() > LONG {
        let number = format!(".{}", long.len());
        long.push(std::mem::replace(&mut postings, number));
    }
    let mut groups: Vec<Vec<String>> = vec![];
    for form in &term.forms {
        match groups.last_mut() {
            Some(group) if beginning(&group[0]) == beginning(form) => group.push(form.clone()),
            _ => groups.push(vec![form.clone()]),
        }
    }
    groups.into_iter().map(|forms| Entry { forms, postings: postings.clone() }).collect()
}

fn beginning(form: &str) -> &str {
    form.char_indices().nth(APART).map_or(form, |(at, _)| &form[..at])
}

/// Puts entries into files, in their order.
fn cut<T>(entries: &[T], range: impl Fn(&T) -> (&String, &String), written: impl Fn(&T) -> Vec<String>) -> Vec<Shard> {
    let mut shards: Vec<Shard> = vec![];
    let mut texts: Vec<String> = vec![];
    let (mut size, mut first, mut last) = (0, String::new(), String::new());
    let mut close = |texts: &mut Vec<String>, first: &str, last: &str| {
        let text = json!(std::mem::take(texts)).to_string();
        shards.push(Shard { first: first.to_string(), last: last.to_string(), text });
    };
    for entry in entries {
        let (from, to) = range(entry);
        if size >= FULL && beginning(from) != beginning(&last) {
            close(&mut texts, &first, &last);
            (size, last) = (0, String::new());
        }
        if texts.is_empty() {
            first.clone_from(from);
        }
        if *to > last {
            last.clone_from(to);
        }
        let mut more = written(entry);
        size += more.iter().map(String::len).sum::<usize>();
        texts.append(&mut more);
    }
    if !texts.is_empty() {
        close(&mut texts, &first, &last);
    }
    shards
}

/// `lazni|a,e,ami`: what all have in common, and what each has besides.
fn packed_forms(forms: &[String]) -> String {
    let shared = |a: &str, b: &str| {
        a.char_indices()
            .zip(b.chars())
            .take_while(|((_, a), b)| a == b)
            .map(|((at, c), _)| at + c.len_utf8())
            .last()
            .unwrap_or(0)
    };
    let length = forms.iter().map(|form| shared(&forms[0], form)).min().unwrap_or(0);
    let rests: Vec<&str> = forms.iter().map(|form| &form[length..]).collect();
    if rests == [""] {
        return forms[0].clone();
    }
    let mut text = forms[0][..length].to_string();
    let _ = write!(text, "|{}", rests.join(","));
    text
}

fn packed_postings(postings: &[Posting]) -> String {
    let mut text = String::new();
    let mut next = 0;
    for posting in postings {
        // The square root leaves more digits to small impacts, of which there are many.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 63")]
        let impact = (posting.impact.sqrt() * f64::from(ONE)).round() as u8;
        if impact == 0 {
            continue;
        }
        push_number(&mut text, posting.document - next);
        push_digit(&mut text, impact);
        push_number(&mut text, posting.passage);
        next = posting.document + 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(forms: &[&str]) -> Term {
        let postings =
            vec![Posting { document: 3, impact: 1.0, passage: 0 }, Posting { document: 40, impact: 0.25, passage: 33 }];
        Term { forms: forms.iter().map(ToString::to_string).collect(), postings }
    }

    #[test]
    fn forms_share_their_beginning() {
        let packed = |forms: &[&str]| packed_forms(&forms.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(packed(&["laznia", "laznie", "lazni"]), "lazni|a,e,");
        assert_eq!(packed(&["huta"]), "huta");
    }

    #[test]
    fn postings_are_steps() {
        // 3; 63; 0, then 40 - 3 - 1; 32 of 63; 33.
        assert_eq!(packed_postings(&term(&["a"]).postings), "3_0a1WX1");
    }

    #[test]
    fn forms_that_begin_differently_stand_apart() {
        let (shards, _) = words(&Terms(vec![term(&["rece", "reka", "rak"])]));
        let text: Vec<String> = serde_json::from_str(&shards[0].text).unwrap();
        assert_eq!(text.iter().step_by(2).collect::<Vec<_>>(), ["rak", "rece", "reka"]);
        assert_eq!((shards[0].first.as_str(), shards[0].last.as_str()), ("rak", "reka"));
    }

    #[test]
    fn long_postings_have_a_file() {
        let postings = (0..LONG).map(|document| Posting { document, impact: 1.0, passage: 0 }).collect();
        let frequent = Term { forms: ["w".to_string()].into(), postings };
        let (shards, long) = words(&Terms(vec![frequent, term(&["zima"])]));
        assert_eq!(shards[0].text, r#"["w",".0","zima","3_0a1WX1"]"#);
        assert_eq!((long.len(), long[0].len()), (1, 3 * LONG));
    }

    #[test]
    fn no_beginning_is_cut_in_two() {
        let names: Vec<String> = (0..3000).map(|n| format!("{}{n:04}", ["abc", "abd", "xyz"][n / 1000])).collect();
        let terms: Vec<Term> = names.iter().map(|name| term(&[name.as_str()])).collect();
        let (shards, _) = words(&Terms(terms));
        assert_eq!(shards.iter().map(|shard| &shard.first[..3]).collect::<Vec<_>>(), ["abc", "abd", "xyz"]);
        assert!(ends(&Terms(vec![term(&["abc", "abcd", "a1949"])]))[0].text.contains("[\"dcba\"]"));
    }

    #[test]
    fn a_full_file_ends_with_a_beginning() {
        let cut = |entries: &[(&str, &str, usize)]| {
            let entries: Vec<(String, String, usize)> =
                entries.iter().map(|(from, to, size)| ((*from).to_string(), (*to).to_string(), *size)).collect();
            super::cut(&entries, |entry| (&entry.0, &entry.1), |entry| vec!["x".repeat(entry.2)])
                .into_iter()
                .map(|shard| format!("{}-{} {}", shard.first, shard.last, shard.text.len()))
                .collect::<Vec<_>>()
        };
        // Each text stands between quotes, in brackets.
        assert_eq!(
            cut(&[("abc", "abc", FULL), ("abd", "abe", 1)]),
            [format!("abc-abc {}", FULL + 4), "abd-abe 5".to_string()]
        );
        assert_eq!(cut(&[("abc", "abc", FULL - 1), ("abd", "abe", 1)]), [format!("abc-abe {}", FULL + 7)]);
        assert_eq!(cut(&[("abc1", "abc1", FULL), ("abc2", "abc2", 1)]), [format!("abc1-abc2 {}", FULL + 8)]);
        // Entries are in the order of their beginnings, not of their ends.
        assert_eq!(cut(&[("a", "z", 1), ("b", "c", 1)]), ["a-z 9"]);
        assert_eq!(cut(&[("a", "a", FULL / 2), ("b", "b", FULL / 2), ("c", "c", 1), ("d", "d", 1)]).len(), 2);
        assert!(cut(&[]).is_empty());
        assert_eq!(["łaźnia", "ła", "łaźn", ""].map(beginning), ["łaź", "ła", "łaź", ""]);
    }

    #[test]
    fn what_weighs_nothing_is_left_out() {
        let posting = |document, impact| Posting { document, impact, passage: 0 };
        // The square root of the smallest impact that is a digit is half of a 63rd.
        let least = (0.5 / 63.0_f64).powi(2);
        let postings =
            [posting(0, least * 1.01), posting(1, least * 0.99), posting(2, 0.0), posting(5, 1.0), posting(6, 0.25)];
        assert_eq!(packed_postings(&postings), "0104_00W0");
    }

    #[test]
    fn postings_are_long_from_a_length_on() {
        // Each takes three digits; those of a late passage four.
        let of = |count: usize, late: usize| {
            let passage = |document| if document < late { 32 } else { 0 };
            let posting = |document| Posting { document, impact: 1.0, passage: passage(document) };
            let postings = (0..count).map(posting).collect();
            let mut long = vec![];
            let term = Term { forms: ["huta".to_string(), "hucie".to_string()].into(), postings };
            let entries = entries(&term, &mut long);
            (entries.iter().map(|entry| entry.postings.len()).collect::<Vec<_>>(), long.len())
        };
        assert_eq!(of(LONG / 4, LONG / 4), (vec![LONG; 2], 0));
        assert_eq!(of(LONG / 4 + 1, LONG / 4 - 2), (vec![2, 2], 1));
    }

    #[test]
    fn mistypes_are_looked_for_in_words_of_four_letters() {
        let shards = ends(&Terms(vec![term(&["łaź", "łaźn", "ab12", "huta"])]));
        assert_eq!(shards.iter().map(|shard| shard.text.as_str()).collect::<Vec<_>>(), ["[\"atuh\",\"nźał\"]"]);
        let packed = |forms: &[&str]| packed_forms(&forms.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!((packed(&["łaź", "łań"]), packed(&["a", "b"])), ("ła|ź,ń".to_string(), "|a,b".to_string()));
        assert_eq!(packed(&["a", "a"]), "a|,");
    }
}
