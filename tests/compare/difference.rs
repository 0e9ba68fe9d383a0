//! Where two sequences differ, told so that a person finds the place.

use std::collections::BTreeMap;

use super::flow::Token;

/// How many differences of a file are told.
const TOLD: usize = 3;

/// How far an excerpt reaches.
const EXCERPT: usize = 200;

/// The first differences of two runs of tags and texts, each with the elements it stands in.
pub(super) fn tokens(expected: &[Token], actual: &[Token]) -> Vec<String> {
    let (mut told, mut at, mut other) = (vec![], 0, 0);
    while told.len() < TOLD {
        let same = expected[at..].iter().zip(&actual[other..]).take_while(|(a, b)| a == b).count();
        (at, other) = (at + same, other + same);
        if at == expected.len() && other == actual.len() {
            break;
        }
        let (skipped, others) = next_meeting(&expected[at..], &actual[other..]);
        let text = |tokens: &[Token]| tokens.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let pair = pair(&text(&expected[at..at + skipped]), &text(&actual[other..other + others]));
        told.push(format!("at {}: {pair}", place(&expected[..at])));
        (at, other) = (at + skipped, other + others);
    }
    told
}

/// The first tags and words that one run has more often than the other, wherever they stand.
pub(super) fn bags(expected: &[Token], actual: &[Token]) -> Vec<String> {
    let mut surplus = BTreeMap::<String, i32>::new();
    for (tokens, step) in [(expected, 1), (actual, -1)] {
        for token in tokens {
            let words: Vec<String> = match token {
                Token::Text(text) | Token::Exact(text) => text.split_whitespace().map(String::from).collect(),
                tag => vec![tag.to_string()],
            };
            for word in words {
                *surplus.entry(word).or_default() += step;
            }
        }
    }
    let uneven = surplus.iter().filter(|(_, count)| **count != 0);
    uneven
        .take(TOLD)
        .map(|(word, count)| format!("{} {word}", if *count > 0 { "too few" } else { "too many" }))
        .collect()
}

/// The first line that differs.
pub(super) fn lines(expected: &[&str], actual: &[&str]) -> Vec<String> {
    let same = expected.iter().zip(actual).take_while(|(a, b)| a == b).count();
    match (expected.get(same), actual.get(same)) {
        (None, None) => vec![],
        (expected, actual) => {
            let [expected, actual] =
                [expected, actual].map(|line| line.map_or("the end".into(), |line| format!("{line:?}")));
            vec![format!("line {}: {}", same + 1, pair(&expected, &actual))]
        }
    }
}

/// Both sides of a difference, from shortly before the first character that differs.
pub(super) fn pair(expected: &str, actual: &str) -> String {
    let same = expected.chars().zip(actual.chars()).take_while(|(a, b)| a == b).count();
    let [expected, actual] = [expected, actual].map(|text| {
        let skipped = if same > 60 { same - 40 } else { 0 };
        let excerpt: String = text.chars().skip(skipped).take(EXCERPT).collect();
        let before = if skipped > 0 { "…" } else { "" };
        let after = if text.chars().count() > skipped + EXCERPT { "…" } else { "" };
        if text.is_empty() { "nothing".into() } else { format!("{before}{excerpt}{after}") }
    });
    format!("expected {expected}, got {actual}")
}

/// How many tokens to skip on either side until both go on alike; all that is left when they do not soon.
fn next_meeting(expected: &[Token], actual: &[Token]) -> (usize, usize) {
    // Fewer equal tokens in a row would be chance: `</p><p>` is everywhere.
    let (reach, alike) = (300, 3);
    for skipped in 1..reach {
        for at in 0..=skipped {
            let other = skipped - at;
            if at > expected.len() || other > actual.len() {
                continue;
            }
            let (rest, others) = (&expected[at..], &actual[other..]);
            let count = alike.min(rest.len().max(others.len()));
            if rest.len() >= count && others.len() >= count && rest[..count] == others[..count] {
                return (at, other);
            }
        }
    }
    (expected.len(), actual.len())
}

/// The elements that are open after these tokens.
fn place(tokens: &[Token]) -> String {
    let mut open = vec![];
    for token in tokens {
        match token {
            Token::Open(name, _) => open.push(name.as_str()),
            Token::Close(_) => drop(open.pop()),
            _ => {}
        }
    }
    if open.is_empty() { "the top".into() } else { open.join("/") }
}
