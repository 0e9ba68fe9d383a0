//! Something that people do together. What is only an idea is told of: it is no project yet.

use serde_json::Value;

use super::node::{linked, with};
use super::page::{Said, Subject};
use super::place::named;

pub(super) fn said(subject: &Subject<'_>, initiative: &Value) -> Said {
    if initiative["stage"] == "idea" {
        return Said { thing: subject.text("Article", "initiative"), ..Said::default() };
    }
    let partners = initiative["partners"].as_array().into_iter().flatten().map(|link| linked("Organization", link));
    let topic = initiative["topic"].as_str().and_then(|topic| subject.word(&format!("topic.{topic}")));
    let thing = with(
        subject.thing("Project", "initiative"),
        [
            ("foundingDate", initiative["since"].clone()),
            ("location", named(subject, initiative)),
            ("member", partners.collect::<Vec<_>>().into()),
            ("knowsAbout", topic.into()),
        ],
    );
    Said { thing, ..Said::default() }
}
