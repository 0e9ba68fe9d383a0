//! HTML, by the tree that a browser's parser makes of it.
//!
//! Not compared: order and quotes of attributes, forms of entities, tags that may be left out, comments, white space
//! that is not shown ([`super::flow`]), also in `class`, `rel` and `style`, `checked` against `checked="checked"`, and
//! `<meta name="generator">`. In `<pre>`, `<listing>` and `<textarea>` every character counts; scripts and style sheets
//! count by their lines without indentation, JSON in a script by its meaning. A page that only leads elsewhere
//! (`<meta http-equiv="refresh">`) is equal to another that leads to the same address.

use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use super::difference;
use super::flow::{Flow, Token, is_space};

/// Compares two documents; `unordered` compares only which tags and words they have.
pub(super) fn differences(expected: &str, actual: &str, unordered: bool) -> Vec<String> {
    let [expected, actual] = [expected, actual].map(document);
    if unordered {
        return difference::bags(&expected, &actual);
    }
    match (target(&expected), target(&actual)) {
        (Some(expected), Some(actual)) if expected == actual => vec![],
        (Some(expected), Some(actual)) => vec![format!("expected to lead to {expected}, leads to {actual}")],
        _ => difference::tokens(&expected, &actual),
    }
}

/// The tags and texts of a part of a document, such as the body of an entry in a feed.
pub(super) fn fragment(text: &str) -> Vec<Token> {
    let mut flow = Flow::new();
    add_fragment(text, &mut flow, false);
    flow.finish()
}

fn document(text: &str) -> Vec<Token> {
    let html = Html::parse_document(text);
    let mut flow = Flow::new();
    for doctype in html.tree.root().children().filter_map(|child| child.value().as_doctype()) {
        let parts = [doctype.name(), doctype.public_id(), doctype.system_id()];
        flow.doctype(parts.join(" ").trim_end().to_lowercase());
    }
    add(html.root_element(), &mut flow, false);
    flow.finish()
}

fn add_fragment(text: &str, flow: &mut Flow, exact: bool) {
    // The parser puts a root element of its own around a fragment.
    add_children(Html::parse_fragment(text).root_element(), flow, exact);
}

/// Adds what stands in an element; `exact` is whether every character of a text counts.
fn add_children(parent: ElementRef<'_>, flow: &mut Flow, exact: bool) {
    for child in parent.children() {
        match child.value() {
            Node::Text(text) if exact => flow.exact(text),
            Node::Text(text) => flow.text(text),
            _ => ElementRef::wrap(child).into_iter().for_each(|element| add(element, flow, exact)),
        }
    }
}

fn add(element: ElementRef<'_>, flow: &mut Flow, exact: bool) {
    let name = element.value().name();
    if name == "meta" && element.attr("name") == Some("generator") {
        return;
    }
    flow.open(name, attributes(element.value()));
    match name {
        "script" | "style" => flow.exact(&code(element)),
        // A parser that runs scripts takes this for text.
        "noscript" => add_fragment(&element.text().collect::<String>(), flow, exact),
        // The parser keeps these apart from the tree.
        "template" => add_fragment(&element.inner_html(), flow, exact),
        _ => add_children(element, flow, exact || matches!(name, "pre" | "listing" | "textarea")),
    }
    flow.close(name);
}

/// Attributes in the order of their names.
fn attributes(element: &Element) -> Vec<(String, String)> {
    let words = |value: &str| value.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut attributes: Vec<_> = element
        .attrs()
        .map(|(name, value)| {
            let value = match name {
                "class" | "headers" | "rel" | "sizes" => words(value),
                "style" => style(value),
                _ if value == name => String::new(),
                _ => value.into(),
            };
            (name.to_string(), value)
        })
        .collect();
    attributes.sort();
    attributes
}

/// Declarations without white space round their marks.
fn style(value: &str) -> String {
    let mut value = value.trim_matches(is_space).to_string();
    for mark in [":", ";", ","] {
        value = value.split(mark).map(|part| part.trim_matches(is_space)).collect::<Vec<_>>().join(mark);
    }
    value.trim_end_matches(';').to_string()
}

/// A script or a style sheet.
fn code(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    let json = element.attr("type").is_some_and(|kind| kind.contains("json"));
    match serde_json::from_str::<serde_json::Value>(&text) {
        Ok(mut value) if json => {
            value.sort_all_objects();
            value.to_string()
        }
        _ => text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
    }
}

/// Where a document leads on by itself.
fn target(tokens: &[Token]) -> Option<&str> {
    tokens.iter().find_map(|token| {
        let Token::Open(name, attributes) = token else { return None };
        let value = |key| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        if name != "meta" || !value("http-equiv")?.eq_ignore_ascii_case("refresh") {
            return None;
        }
        // `0; url=https://example.org/`
        let (_, address) = value("content")?.split_once(';')?;
        let (key, address) = address.split_once('=')?;
        key.trim().eq_ignore_ascii_case("url").then(|| address.trim().trim_matches(['"', '\'']))
    })
}
