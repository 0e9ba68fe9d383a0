//! Going through the tags of finished HTML.

use super::plain::tag_length;

/// HTML whose tags are written anew by `change`, which gets each tag from `<` to `>` and the text so far. Texts and comments
/// stay.
pub(crate) fn map_tags(html: &str, mut change: impl FnMut(&str, &mut String)) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(rest.len(), |end| end + 3);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let (tag, after) = rest.split_at(tag_length(rest));
        change(tag, &mut out);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A tag parted into what stands before its attributes (`<p`, `</p`) and the rest.
pub(crate) fn tag_name(tag: &str) -> (&str, &str) {
    let name_at = if tag.starts_with("</") { 2 } else { 1 };
    let name_end = tag[name_at..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(tag.len(), |end| name_at + end);
    tag.split_at(name_end)
}

/// The attributes of a tag and what follows them, each value as `change` makes it from the name in small letters and the
/// value as it stands; `None` leaves it.
pub(crate) fn map_attributes(attributes: &str, out: &mut String, change: impl Fn(&str, &str) -> Option<String>) {
    let mut rest = attributes;
    while let Some(equals) = rest.find('=') {
        let name = rest[..equals].rsplit(char::is_whitespace).next().unwrap_or_default().to_ascii_lowercase();
        out.push_str(&rest[..=equals]);
        rest = &rest[equals + 1..];
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let length = match quote {
            Some(quote) => rest[1..].find(quote).map_or(rest.len(), |end| end + 2),
            None => rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len()),
        };
        let (quoted, after) = rest.split_at(length);
        let value = quoted.trim_matches(|c| Some(c) == quote);
        match (change(&name, value), quote) {
            (Some(changed), Some(quote)) => out.extend([quote.to_string(), changed, quote.to_string()]),
            (Some(changed), None) => out.push_str(&changed),
            (None, _) => out.push_str(quoted),
        }
        rest = after;
    }
    out.push_str(rest);
}
