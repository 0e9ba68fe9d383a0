//! A text as a part of a page that has several.

use crate::markdown::tag_length;

/// Attributes that name an id, or several.
const REFERENCES: [&str; 7] =
    ["id", "for", "popovertarget", "aria-labelledby", "aria-describedby", "aria-controls", "headers"];

/// HTML whose headings stand one level lower and whose ids begin with `id`, links to them included.
pub(super) fn as_part(html: &str, id: &str) -> String {
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
        tag_as_part(tag, id, &mut out);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn tag_as_part(tag: &str, id: &str, out: &mut String) {
    let name_at = if tag.starts_with("</") { 2 } else { 1 };
    let name_end = tag[name_at..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(tag.len(), |end| name_at + end);
    let (start, mut rest) = tag.split_at(name_end);
    match start.as_bytes() {
        [.., b'h' | b'H', level @ b'1'..=b'5'] if start.len() == name_at + 2 => {
            out.push_str(&start[..start.len() - 1]);
            out.push(char::from(level + 1));
        }
        _ => out.push_str(start),
    }
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
        let changed = if REFERENCES.contains(&name.as_str()) {
            Some(value.split_whitespace().map(|of| format!("{id}-{of}")).collect::<Vec<_>>().join(" "))
        } else {
            value.strip_prefix('#').filter(|of| name == "href" && !of.is_empty()).map(|of| format!("#{id}-{of}"))
        };
        match (changed, quote) {
            (Some(changed), Some(quote)) => out.extend([quote.to_string(), changed, quote.to_string()]),
            (Some(changed), None) => out.push_str(&changed),
            (None, _) => out.push_str(quoted),
        }
        rest = after;
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_sink_and_ids_become_unique() {
        let html = "<h2 id=\"a\">A > b</h2><p data-x='<h2 id=\"q\">'>1 < 2 <a href=\"#a\">x</a> <a href=https://x.pl/#a>y</a>\
                    <button popovertarget='w-1'>w</button><span id=w-1 popover>s</span><h6>z</h6><!-- <h2> --><hr>";
        assert_eq!(
            as_part(html, "k"),
            "<h3 id=\"k-a\">A > b</h3><p data-x='<h2 id=\"q\">'>1 < 2 <a href=\"#k-a\">x</a> <a href=https://x.pl/#a>y</a>\
             <button popovertarget='k-w-1'>w</button><span id=k-w-1 popover>s</span><h6>z</h6><!-- <h2> --><hr>"
        );
    }

    #[test]
    fn broken_html_stays_as_it_is() {
        for html in ["<", "a < b", "<h2", "<p id=", "<p id=\"x", "</", "<!--", "<!-- x", "ą<ł>"] {
            assert_eq!(as_part(html, "k").is_empty(), html.is_empty(), "{html}");
        }
    }
}
