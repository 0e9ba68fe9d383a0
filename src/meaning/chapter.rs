//! A chapter of the handbook: steps to take, else an article.

use serde_json::Value;

use super::node::{node, with};
use super::page::{Said, Subject};
use crate::markdown::plain_text;

pub(super) fn said(subject: &Subject<'_>, chapter: &Value) -> Said {
    let steps = chapter["steps_html"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let steps: Vec<Value> = steps
        .enumerate()
        .map(|(at, html)| node("HowToStep", [("position", (at + 1).into()), ("text", plain_text(html).into())]))
        .collect();
    let kind = if steps.is_empty() { "Article" } else { "HowTo" };
    let thing = with(subject.text(kind, "chapter"), [("step", steps.into())]);
    let brief = chapter["in_short"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let acts = chapter["legal"].as_array().into_iter().flatten();
    let cited =
        acts.map(|act| node("Legislation", [("name", act["act"].clone()), ("url", act["url"].clone())])).collect();
    Said {
        thing,
        cited,
        summary: Some(brief.collect::<Vec<_>>().join(" ")),
        reviewed: chapter["reviewed"].as_str().map(str::to_string),
        ..Said::default()
    }
}
