//! Phrases of a table, found in sentences.

use super::nominal::is_verbal_noun;
use crate::language::WordKind;
use crate::readability::sentence::Token;

/// A phrase and what to write instead.
///
/// The phrase is in small letters, a space between its words. `*` at a word's end stands for any ending, `*` alone for any
/// word, `~` for a noun made of a verb (*uzyskanie*, *złożenia*).
pub(super) type Entry = (&'static str, &'static str);

/// Where a phrase was found: tokens `at .. at + length`.
pub(super) struct Match {
    pub(super) at: usize,
    pub(super) length: usize,
    pub(super) plain: &'static str,
}

/// A table in the order it is searched: long phrases before short ones, so that the most exact advice is given.
pub(super) fn longest_first(table: &[Entry]) -> Vec<Entry> {
    let mut sorted = table.to_vec();
    sorted.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.split(' ').count()));
    sorted
}

/// Every phrase of a sorted table in a sentence; a word belongs to one at most. Words between quotation marks and proper
/// names are no part of any.
pub(super) fn find(tokens: &[Token<'_>], sorted: &[Entry]) -> Vec<Match> {
    let mut found = vec![];
    let mut at = 0;
    while at < tokens.len() {
        let hit = sorted.iter().find_map(|(phrase, plain)| {
            let length = phrase.split(' ').count();
            let part = tokens.get(at..at + length)?;
            let all = part.iter().zip(phrase.split(' ')).enumerate().all(|(index, (token, pattern))| {
                (index == 0 || token.joined) && !token.quoted && !token.is_name() && fits(token, pattern)
            });
            all.then_some(Match { at, length, plain })
        });
        at += hit.as_ref().map_or(1, |hit| hit.length);
        found.extend(hit);
    }
    found
}

fn fits(token: &Token<'_>, pattern: &str) -> bool {
    let word = token.lower.as_str();
    match pattern {
        "*" => token.kind == WordKind::Word && !token.comma,
        "~" => is_verbal_noun(word) && !token.comma,
        _ => match pattern.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => word == pattern,
        },
    }
}
