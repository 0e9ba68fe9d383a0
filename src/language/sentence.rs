//! Sentences of a text, with their places.

use std::ops::Range;

use super::{Tongue, WordKind, words};

/// Marks that end a sentence.
const ENDS: [char; 4] = ['.', '!', '?', '…'];

/// Marks that close what was opened inside the sentence.
const CLOSING: [char; 9] = ['”', '"', '’', '\'', '»', ')', ']', '*', '_'];

/// Marks that may stand before the first word of a sentence.
const OPENING: [char; 14] = ['„', '“', '”', '"', '‘', '\'', '«', '»', '(', '[', '–', '—', '*', '_'];

/// Abbreviations after which a sentence always goes on.
const GOES_ON_PL: [&str; 50] = [
    "al", "art", "bł", "dn", "dr", "dz", "dz.u", "gen", "hab", "im", "inż", "jr", "kard", "kl", "kol", "ks", "lit",
    "m.in", "mgr", "mjr", "np", "nr", "o.o", "ok", "os", "pkt", "pl", "płk", "por", "poz", "prof", "red", "s.j", "sp",
    "st", "św", "tab", "tel", "tj", "tzn", "tzw", "ul", "ust", "wg", "woj", "wyd", "zm", "zob", "zwł", "ww",
];

/// Abbreviations of time, measure and lists: a sentence may end with them.
const MAY_END_PL: [&str; 20] = [
    "cd", "cm", "etc", "godz", "itd", "itp", "jw", "km", "kw", "min", "mld", "mln", "n.p.m", "p.n.e", "n.e", "r", "s",
    "tys", "w", "ub",
];

const GOES_ON_EN: [&str; 29] = [
    "al", "approx", "art", "ave", "c", "ca", "cf", "dr", "e.g", "eg", "fr", "gen", "i.e", "ie", "mr", "mrs", "ms",
    "mt", "os", "pl", "prof", "rev", "sec", "sen", "sq", "st", "ul", "viz", "vs",
];

const MAY_END_EN: [&str; 7] = ["a.m", "etc", "inc", "jr", "ltd", "p.m", "co"];

/// Abbreviations only before a number: `no. 5`, `p. 7`; else they are words or letters.
const BEFORE_NUMBER: [&str; 9] = ["no", "nos", "p", "pp", "vol", "fig", "para", "poz", "tel"];

/// Words that an opening "in the year …" is made of: `W 1949 r. Nowa Huta…` is one sentence.
const OF_TIME: [&str; 32] = [
    "w",
    "we",
    "od",
    "do",
    "po",
    "przed",
    "na",
    "około",
    "już",
    "dopiero",
    "z",
    "ok",
    "dnia",
    "dniu",
    "roku",
    "r",
    "i",
    "a",
    "latach",
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
    "koniec",
];

/// The sentences of a text: each range begins where the one before it ends, and all of them are the whole text. A text
/// without a word is one sentence, or none when it is empty.
///
/// A mark ends a sentence where white space and a capital letter or a digit follow it; a full stop does not after an
/// abbreviation, an initial or a number at the start of a sentence.
#[must_use]
pub fn sentences(text: &str, tongue: Tongue) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = vec![];
    let mut start = 0;
    let mut at = 0;
    while let Some(mark) = text[at..].find(ENDS).map(|offset| at + offset) {
        let marks = past(text, mark, &ENDS);
        let closed = past(text, marks, &CLOSING);
        let next = text[closed..].trim_start();
        let next_at = text.len() - next.len();
        at = closed;
        if next_at == closed || next.is_empty() {
            continue;
        }
        if begins_sentence(next, closed > marks) && is_end(text, start..mark, marks..closed, next, tongue) {
            found.push(start..next_at);
            start = next_at;
            at = next_at;
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    join_wordless(text, found)
}

/// The end of a run of some characters.
fn past(text: &str, from: usize, these: &[char]) -> usize {
    text[from..].find(|c: char| !these.contains(&c)).map_or(text.len(), |offset| from + offset)
}

/// Whether what comes next can be the start of a sentence. A dash after a quotation goes on with it:
/// `„Idź!” – zawołał.`
fn begins_sentence(next: &str, after_closing: bool) -> bool {
    if after_closing && next.starts_with(['–', '—', '-']) {
        return false;
    }
    let bare = next.trim_start_matches(|c: char| OPENING.contains(&c) || c.is_whitespace());
    bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether the marks after `sentence` end it; `closing` is what was closed right after them.
fn is_end(text: &str, sentence: Range<usize>, closing: Range<usize>, next: &str, tongue: Tongue) -> bool {
    let marks = &text[sentence.end..closing.start];
    let before = &text[sentence.clone()];
    if marks.starts_with(['…', '.']) && before.ends_with(['(', '[']) {
        // `(…)` stands for words that were left out.
        return false;
    }
    if marks != "." {
        return true;
    }
    let found = words(before);
    let Some(last) = found.last().filter(|word| word.range.end == before.len()) else { return true };
    let token = &before[last.range.clone()];
    let lower = token.to_lowercase();
    if last.kind == WordKind::Number {
        // `1. Zbierz sąsiadów` is numbering.
        return found.len() > 1 || !token.chars().all(|c| c.is_ascii_digit());
    }
    let next_is_number = next.starts_with(|c: char| c.is_ascii_digit());
    let is_initial = token.chars().count() == 1 && token.chars().all(char::is_uppercase);
    if BEFORE_NUMBER.contains(&lower.as_str()) && next_is_number {
        return false;
    }
    match tongue {
        _ if is_initial => tongue == Tongue::English && token == "I",
        Tongue::Polish if GOES_ON_PL.contains(&lower.as_str()) => false,
        Tongue::Polish if MAY_END_PL.contains(&lower.as_str()) => {
            // `z 7 kwietnia 1989 r. – Prawo o stowarzyszeniach` goes on.
            !next_is_number
                && !next.starts_with(['–', '—'])
                && !found.iter().all(|word| is_of_time(&before[word.range.clone()]))
        }
        Tongue::English if GOES_ON_EN.contains(&lower.as_str()) => false,
        Tongue::English if MAY_END_EN.contains(&lower.as_str()) => !next_is_number,
        _ => true,
    }
}

fn is_of_time(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || OF_TIME.contains(&word.to_lowercase().as_str())
        || word.chars().all(|c| "IVXLC".contains(c))
}

/// A piece without a word (`…`, a dash) belongs to the sentence before it, else to the one after it.
fn join_wordless(text: &str, pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let has_word = |range: &Range<usize>| text[range.clone()].contains(char::is_alphanumeric);
    let mut joined: Vec<Range<usize>> = vec![];
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if !has_word(&piece) || !has_word(last) => last.end = piece.end,
            _ => joined.push(piece),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Splits a text at the marks `|`, and expects the same of the text without them.
    fn check(marked: &str, tongue: Tongue) {
        let text = marked.replace('|', "");
        let expected: Vec<&str> = marked.split('|').collect();
        let found: Vec<&str> = sentences(&text, tongue).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn polish_sentences() {
        for text in [
            "Urząd jest przy ul. Dekerta 24. |Wejście od os. Centrum C 10. |Pytaj w pkt. 3.",
            "Ustawa z 7 kwietnia 1989 r. – Prawo. |Ustawa z 24 kwietnia 2003 r. o pożytku, art. 10 ust. 3 pkt 2, Dz. U. 2018 poz. 2055. |Reszta jest tam.",
            "W 1949 r. Nowa Huta była wsią. |Kościół stanął w 1977 r. |Zbudowali go mieszkańcy.",
            "Od 17 maja 1977 r. Arka stoi tu. |Było to w XIX w. |Potem nic.",
            "To m.in. kluby, np. Klub Zgody, tzw. Zgoda. |Park im. Wyspiańskiego. |Parafia św. Brata.",
            "Umowa jest z 11.09.2018 i kosztowała 200 tys. zł. |Druga jest z 1. dnia miesiąca.",
            "Pomnik odsłonił J. Kowalski, a projekt zrobił T. P. Nowak. |Stoi do dziś.",
            "„Idź stąd!” – zawołał. |„A co? |Nie wolno?” |Wolno (zawsze. |Serio). |To wszystko…",
            "Kupcie krzewy, ziemię itp. |Reszta potem. |Zaczynamy o godz. 18.00. |Do zobaczenia!",
            "1. Zbierz sąsiadów. |2. Idź do urzędu.",
            "Tak (…) Nowa Huta. |Nie wiem… może jutro. |Może… |Jutro.",
            "Bez kropki na końcu",
            "Zapłacisz 5 mln. |Potem 200 tys. osób przyszło.",
        ] {
            check(text, Tongue::Polish);
        }
    }

    #[test]
    fn english_sentences() {
        for text in [
            "Mr. Smith lives at St. John’s, e.g. at No. 5. |The answer is no. |Then he left.",
            "See p. 7 and pp. 10–12. |It opens at 9 a.m. |Come early, i.e. before eight.",
            "Dr. J. R. Brown (vol. 2) wrote it. |It costs 3.50. |Is it dear? |No!",
            "It was I. |You know.",
        ] {
            check(text, Tongue::English);
        }
    }

    #[test]
    fn sentences_are_the_whole_text() {
        let pieces =
            ["Ala ", "ul. ", "5. ", "… ", "„Ż” ", "r. ", "? ", "\n", "Ów. ", "(", ") ", "–", "np. ", "\u{a0}", "!”"];
        let mut seed = 7_u64;
        for _ in 0..2000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = usize::try_from(seed >> 33).unwrap_or_default() % pieces.len();
                text.push_str(pieces[at]);
            }
            for tongue in [Tongue::Polish, Tongue::English] {
                let found = sentences(&text, tongue);
                let mut end = 0;
                for range in &found {
                    assert!(range.start == end && range.end > end, "{text:?} {found:?}");
                    end = range.end;
                }
                assert_eq!(end, text.len(), "{text:?}");
                let wordless = |range: &&Range<usize>| !text[(*range).clone()].contains(char::is_alphanumeric);
                assert!(found.len() == 1 || !found.iter().any(|range| wordless(&range)), "{text:?} {found:?}");
            }
        }
        assert!(sentences("", Tongue::Polish).is_empty());
    }
}
