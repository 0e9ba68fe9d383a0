//! BibTeX.

use std::collections::BTreeMap;

use biblatex::{RawBibliography, RawChunk, Spanned};
use serde_json::json;

use crate::source::Value;

/// Names of months, which BibTeX knows without their being defined.
const MONTHS: [(&str, &str); 12] = [
    ("jan", "January"),
    ("feb", "February"),
    ("mar", "March"),
    ("apr", "April"),
    ("may", "May"),
    ("jun", "June"),
    ("jul", "July"),
    ("aug", "August"),
    ("sep", "September"),
    ("oct", "October"),
    ("nov", "November"),
    ("dec", "December"),
];

/// Most bytes that values may have more than the file itself.
const MOST: usize = 10_000_000;

/// `{preambles, comments, variables, bibliographies: [{entry_type, citation_key, tags}]}`, names of tags in lower case.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let raw = RawBibliography::parse(text).map_err(|error| {
        let line = text[..error.span.start.min(text.len())].matches('\n').count() + 1;
        format!("{} in line {line}", error.kind)
    })?;
    let mut room = MOST + text.len();
    let mut variables: BTreeMap<String, String> = BTreeMap::new();
    for pair in &raw.abbreviations {
        let value = joined(&pair.value.v, &variables, &mut room)?;
        variables.insert(pair.key.v.to_string(), value);
    }
    let mut entries = vec![];
    for entry in &raw.entries {
        let mut tags = BTreeMap::new();
        for pair in &entry.v.fields {
            tags.insert(pair.key.v.to_lowercase(), joined(&pair.value.v, &variables, &mut room)?);
        }
        entries.push(json!({ "entry_type": entry.v.kind.v, "citation_key": entry.v.key.v, "tags": tags }));
    }
    let preambles: Vec<&str> = Some(raw.preamble.as_str()).filter(|text| !text.is_empty()).into_iter().collect();
    Ok(json!({ "preambles": preambles, "comments": comments(text), "variables": variables, "bibliographies": entries }))
}

/// A value put together from its parts. `room` is what all values together may still hold: variables that are made of
/// variables grow without end.
fn joined(
    chunks: &[Spanned<RawChunk<'_>>],
    variables: &BTreeMap<String, String>,
    room: &mut usize,
) -> Result<String, String> {
    let mut whole = String::new();
    for chunk in chunks {
        let part = match chunk.v {
            RawChunk::Normal(text) => text,
            RawChunk::Abbreviation(name) => {
                let month = || MONTHS.iter().find(|(short, _)| name.eq_ignore_ascii_case(short)).map(|(_, long)| *long);
                let known = variables.get(name).map(String::as_str).or_else(month);
                known.ok_or_else(|| format!("`{name}` is not defined by any @string"))?
            }
        };
        *room = room.checked_sub(part.len()).ok_or("the values of @string grow too long")?;
        whole.push_str(part);
    }
    Ok(whole)
}

/// What stands in `@comment{…}`; one inside another is part of that.
fn comments(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let (mut found, mut past) = (vec![], 0);
    for start in lower.match_indices("@comment").map(|(at, word)| at + word.len()) {
        let Some(rest) = text[start..].trim_start().strip_prefix('{').filter(|_| start >= past) else { continue };
        let mut depth = 1;
        let end = rest.char_indices().find_map(|(at, c)| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            (depth == 0).then_some(at)
        });
        found.extend(end.map(|end| rest[..end].to_string()));
        past = end.map_or(text.len(), |end| text.len() - rest.len() + end);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_and_variables() {
        let text = "@string{nh = \"Nowa Huta\"}\n@comment{a {b}}\n@book{plan, Title = nh # \": plan\", year = 1949, month = jun}";
        let value = parse(text).unwrap();
        assert_eq!((&value["variables"]["nh"], &value["comments"][0]), (&json!("Nowa Huta"), &json!("a {b}")));
        let book = &value["bibliographies"][0];
        assert_eq!((&book["entry_type"], &book["citation_key"]), (&json!("book"), &json!("plan")));
        assert_eq!(book["tags"], json!({"title": "Nowa Huta: plan", "year": "1949", "month": "June"}));
    }

    #[test]
    fn what_grows_without_end_is_an_error() {
        let next = |at: usize| format!("@string{{v{} = {}}}\n", at + 1, vec![format!("v{at}"); 10].join(" # "));
        let text = format!("@string{{v0 = \"abc\"}}\n{}", (0..12).map(next).collect::<String>());
        assert!(parse(&text).unwrap_err().contains("too long"));
        let comments = format!("{}{}", "@comment{".repeat(1000), "}".repeat(1000));
        assert_eq!(super::comments(&comments).len(), 1);
        assert_eq!(super::comments("@comment{a} @comment{b} @comment{c"), ["a", "b"]);
    }

    #[test]
    fn broken_texts_are_errors() {
        assert!(parse("@book{x, title = {").is_err());
        assert!(parse("@book{x, title = nope}").unwrap_err().contains("nope"));
    }
}
