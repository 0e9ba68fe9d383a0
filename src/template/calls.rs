//! Calls of components in a page text.

use std::ops::Range;

/// A tag of Tera: where it stands and what it holds, without the dashes that trim white space.
pub(super) struct TeraTag<'a> {
    pub(super) range: Range<usize>,
    pub(super) inside: &'a str,
}

/// A call of a component in a text.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) range: Range<usize>,
    /// Name of the component.
    pub(super) name: String,
    /// Whether it has its lines for itself.
    pub(super) stands_alone: bool,
    /// Whether it was given a text.
    pub(super) has_body: bool,
}

/// Every call of a component with its body; a call inside another belongs to that.
pub(super) fn calls(text: &str) -> Vec<Call> {
    let mut calls = vec![];
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        at = tag.range.end;
        let has_body = !is_inline_call(tag.inside);
        let name = tag.inside.trim_start_matches('<');
        let name = name[..name.find(|c| !is_name(c)).unwrap_or(name.len())].to_string();
        let range = if !has_body {
            tag.range
        } else if let Some(opened) = opening(tag.inside) {
            let Some(end) = closing_end(text, at, opened) else { continue };
            tag.range.start..end
        } else {
            continue;
        };
        at = range.end;
        let line = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
        let rest = text[range.end..].split('\n').next().unwrap_or_default();
        let stands_alone = text[line..range.start].trim().is_empty() && rest.trim().is_empty();
        calls.push(Call { range, name, stands_alone, has_body });
    }
    calls
}

/// The end of the tag that closes the component opened before `at`.
fn closing_end(text: &str, mut at: usize, name: &str) -> Option<usize> {
    let mut depth = 1;
    while let Some(tag) = next_tag(text, at) {
        at = tag.range.end;
        if opening(tag.inside) == Some(name) {
            depth += 1;
        } else if closing(tag.inside) == Some(name) {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// The next `{{ … }}` or `{% … %}` from `at`. What is between quotation marks does not end it; comments and `raw` blocks
/// are passed over.
pub(super) fn next_tag(text: &str, mut at: usize) -> Option<TeraTag<'_>> {
    loop {
        let start = at + text.get(at..)?.find('{')?;
        let rest = &text[start..];
        let end_mark = if rest.starts_with("{{") {
            "}}"
        } else if rest.starts_with("{%") {
            "%}"
        } else if rest.starts_with("{#") {
            at = start + rest.find("#}")? + 2;
            continue;
        } else {
            at = start + 1;
            continue;
        };
        let length = 2 + find_outside_quotes(&rest[2..], end_mark)?;
        let end = start + length + 2;
        let inside = rest[2..length].trim_start_matches('-').trim_end_matches('-').trim();
        if inside == "raw" {
            at = end + text[end..].find("endraw")?;
            at += text[at..].find("%}")? + 2;
            continue;
        }
        return Some(TeraTag { range: start..end, inside });
    }
}

fn find_outside_quotes(text: &str, mark: &str) -> Option<usize> {
    let mut quote = None;
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match quote {
            Some(_) if c == '\\' => drop(characters.next()),
            Some(open) if c == open => quote = None,
            None if "\"'`".contains(c) => quote = Some(c),
            None if text[at..].starts_with(mark) => return Some(at),
            None | Some(_) => {}
        }
    }
    None
}

pub(super) fn is_inline_call(inside: &str) -> bool {
    inside.strip_prefix('<').is_some_and(|rest| rest.starts_with(is_name)) && inside.ends_with("/>")
}

/// The name in `<name …>`.
pub(super) fn opening(inside: &str) -> Option<&str> {
    let rest = inside.strip_prefix('<')?;
    let end = rest.find(|c| !is_name(c))?;
    (end > 0 && inside.ends_with('>') && !inside.ends_with("/>")).then(|| &rest[..end])
}

/// The name in `</name>`.
pub(super) fn closing(inside: &str) -> Option<&str> {
    Some(inside.strip_prefix("</")?.strip_suffix('>')?.trim())
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_calls_that_stand_alone() {
        let text = "a {{ <icon /> }} b\n\n  {{- <figure src=\"a}}.jpg\" /> -}}\n{% <note kind=\"x > y\"> %}\n{% <note> %}in{% </note> %}\n{% </note> %}  \n\
                    {# {{ <no /> }} #}\n{% raw %}{{ <no /> }}{% endraw %}\n{{ <open";
        let found = calls(text).into_iter().filter(|call| call.stands_alone);
        let found: Vec<&str> = found.map(|call| &text[call.range]).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("{{- <figure") && found[0].ends_with("-}}"));
        assert!(found[1].starts_with("{% <note kind") && found[1].ends_with("{% </note> %}"));
    }
}
