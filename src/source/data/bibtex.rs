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

/// `{preambles, comments, variables, bibliographies: [{entry_type, citation_key, tags}]}`, names of tags in lower case.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let raw = RawBibliography::parse(text).map_err(|error| {
        let line = text[..error.span.start.min(text.len())].matches('\n').count() + 1;
        format!("{} in line {line}", error.kind)
    })?;
    let mut variables: BTreeMap<String, String> = BTreeMap::new();
    for pair in &raw.abbreviations {
        let value = joined(&pair.value.v, &variables)?;
        variables.insert(pair.key.v.to_string(), value);
    }
    let mut entries = vec![];
    for entry in &raw.entries {
        let mut tags = BTreeMap::new();
        for pair in &entry.v.fields {
            tags.insert(pair.key.v.to_lowercase(), joined(&pair.value.v, &variables)?);
        }
        entries.push(json!({ "entry_type": entry.v.kind.v, "citation_key": entry.v.key.v, "tags": tags }));
    }
    let preambles: Vec<&str> = Some(raw.preamble.as_str()).filter(|text| !text.is_empty()).into_iter().collect();
    Ok(json!({ "preambles": preambles, "comments": comments(text), "variables": variables, "bibliographies": entries }))
}

/// A value put together from its parts.
fn joined(chunks: &[Spanned<RawChunk<'_>>], variables: &BTreeMap<String, String>) -> Result<String, String> {
    let part = |chunk: &Spanned<RawChunk<'_>>| match chunk.v {
        RawChunk::Normal(text) => Ok(text.to_string()),
        RawChunk::Abbreviation(name) => {
            let month = || {
                MONTHS.iter().find(|(short, _)| name.eq_ignore_ascii_case(short)).map(|(_, long)| (*long).to_string())
            };
            variables.get(name).cloned().or_else(month).ok_or_else(|| format!("`{name}` is not defined by any @string"))
        }
    };
    chunks.iter().map(part).collect()
}

/// What stands in `@comment{…}`.
fn comments(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let starts = lower.match_indices("@comment").map(|(at, word)| at + word.len());
    let inside = |start: usize| {
        let rest = text[start..].trim_start().strip_prefix('{')?;
        let mut depth = 1;
        let end = rest.char_indices().find_map(|(at, c)| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            (depth == 0).then_some(at)
        })?;
        Some(rest[..end].to_string())
    };
    starts.filter_map(inside).collect()
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
    fn broken_texts_are_errors() {
        assert!(parse("@book{x, title = {").is_err());
        assert!(parse("@book{x, title = nope}").unwrap_err().contains("nope"));
    }
}
