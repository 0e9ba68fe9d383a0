//! A promise of a public document: an article on that document.

use serde_json::{Value, json};

use super::node::{cited, node, with};
use super::page::{Said, Subject};

pub(super) fn said(subject: &Subject<'_>, commitment: &Value) -> Said {
    let by = node("Organization", [("name", commitment["by"].clone())]);
    let document = with(cited(&commitment["document"], &commitment["url"]), [("author", by)]);
    // The page warns of a status that nobody has looked at for long.
    let is_current = commitment["unchecked"] != json!(true);
    let status = commitment["status"].as_str().filter(|_| is_current);
    let status = status.and_then(|status| subject.word(&format!("status.{status}")));
    let thing = with(
        subject.text("Article", "commitment"),
        [("abstract", commitment["promised"].clone()), ("isBasedOn", document), ("keywords", status.into())],
    );
    let evidence = commitment["evidence"].as_array().into_iter().flatten();
    Said {
        thing,
        cited: evidence.map(|evidence| cited(&evidence["title"], &evidence["url"])).collect(),
        reviewed: commitment["checked"].as_str().map(str::to_string),
        ..Said::default()
    }
}
