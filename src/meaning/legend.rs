//! A legend: a story that people tell. The graph says that it is told, not that it is true.

use serde_json::Value;

use super::node::with;
use super::page::{Said, Subject};
use super::place::named;
use crate::markdown::plain_text;

pub(super) fn said(subject: &Subject<'_>, legend: &Value) -> Said {
    let told = legend["told_html"].as_str().map(plain_text);
    let documented = legend["documented_html"].as_str().map(plain_text);
    let verdict = legend["verdict"].as_str().unwrap_or_default();
    let key = format!("verdict.{verdict}");
    let words =
        [subject.word(&key).map(|word| format!("{word}.")), subject.word(&format!("{key}.note")).map(str::to_string)];
    let summary: Vec<String> = words.into_iter().flatten().chain(documented).collect();
    let thing = with(
        subject.thing("CreativeWork", "legend"),
        [
            ("genre", subject.word("kind.legend").into()),
            ("text", told.into()),
            ("contentLocation", named(subject, legend)),
        ],
    );
    // The verdict is what the page says of the story: it stands with the page.
    Said { thing, summary: (!summary.is_empty()).then(|| summary.join(" ")), ..Said::default() }
}
