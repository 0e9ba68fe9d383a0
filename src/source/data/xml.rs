//! XML.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Number;

use crate::source::{Table, Value};

/// How deep elements may be nested: real data has some dozens.
const DEEPEST: usize = 200;

/// An element that is being read.
#[derive(Default)]
struct Element {
    name: String,
    children: Table,
    text: Option<String>,
}

/// A map with the root element: attributes as `@name`, text beside attributes or elements as `#text`, elements of one
/// name as a list, an element of nothing but text as that text. Text that looks like a number or a boolean becomes one.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| format!("{error} at byte {}", reader.error_position()))?;
        match event {
            Event::Start(tag) if open.len() > DEEPEST => return Err(format!("`{}` is nested too deep", name(&tag))),
            Event::Start(tag) => open.push(element(&tag)?),
            Event::Empty(tag) => close(element(&tag)?, &mut open),
            Event::End(_) => {
                // The reader checks that tags match: there is always one to close.
                if let Some(element) = open.pop() {
                    close(element, &mut open);
                }
            }
            Event::Text(piece) => add_text(&mut open, &piece),
            Event::CData(piece) => add_text(&mut open, &piece),
            Event::GeneralRef(reference) => {
                let entity: &str = &reference;
                let character = match reference.resolve_char_ref().map_err(|error| error.to_string())? {
                    Some(character) => character.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(entity)
                        .ok_or_else(|| format!("unknown entity `&{entity};`"))?
                        .to_string(),
                };
                add_text(&mut open, &character);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match open.pop() {
        Some(root) if open.is_empty() && !root.children.is_empty() => Ok(Value::Object(root.children)),
        Some(element) if !open.is_empty() => Err(format!("`{}` is not closed", element.name)),
        _ => Err("there is no element".into()),
    }
}

/// Adds to the text of the innermost element, unless an element inside it has ended that text.
fn add_text(open: &mut [Element], piece: &str) {
    let is_blank = piece.trim().is_empty();
    if let Some(element) = open.last_mut() {
        let has_elements = element.children.keys().any(|key| !key.starts_with('@'));
        match &mut element.text {
            Some(text) if !has_elements => text.push_str(piece),
            None if !is_blank => element.text = Some(piece.to_string()),
            _ => {}
        }
    }
}

fn name(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_string()
}

fn element(tag: &BytesStart<'_>) -> Result<Element, String> {
    let mut children = Table::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let key = attribute.key.local_name();
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|error| error.to_string())?;
        children.insert(format!("@{}", key.as_ref()), scalar(&value));
    }
    Ok(Element { name: name(tag), children, text: None })
}

fn close(element: Element, open: &mut [Element]) {
    let value = match element.text {
        Some(text) if element.children.is_empty() => scalar(text.trim()),
        text => {
            let mut children = element.children;
            if let Some(text) = text {
                children.insert("#text".into(), scalar(text.trim()));
            }
            Value::Object(children)
        }
    };
    let Some(parent) = open.last_mut() else { return };
    match parent.children.get_mut(&element.name) {
        Some(Value::Array(list)) => list.push(value),
        Some(one) => {
            let first = one.take();
            *one = Value::Array(vec![first, value]);
        }
        None => {
            parent.children.insert(element.name, value);
        }
    }
}

fn scalar(text: &str) -> Value {
    match text {
        "true" => return Value::Bool(true),
        "false" => return Value::Bool(false),
        _ => {}
    }
    let numeric = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let whole = text.parse::<i64>().ok().map(Number::from);
    let number = whole.or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64)).filter(|_| numeric);
    number.map_or_else(|| Value::String(text.to_string()), Value::Number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn shapes() {
        let xml = "<?xml version=\"1.0\"?><!-- x --><a:t code=\"a&amp;b\"><n>007</n><n v=\"1.5\">x</n><e/><p>one <b>two</b> three</p>\
                   <c><![CDATA[<k> & r]]></c><q>&lt;&#243;&gt;</q><y>true</y></a:t>";
        assert_eq!(
            parse(xml).unwrap(),
            json!({"t": {"@code": "a&b", "n": [7, {"@v": 1.5, "#text": "x"}], "e": {}, "p": {"b": "two", "#text": "one"},
                         "c": "<k> & r", "q": "<ó>", "y": true}})
        );
    }

    #[test]
    fn broken_texts_are_errors() {
        for broken in ["", "plain", "<a>", "<a></b>", "<a>&nope;</a>", "<a b=></a>"] {
            assert!(parse(broken).is_err(), "{broken}");
        }
        assert!(parse(&"<a>".repeat(100_000)).is_err());
    }
}
