//! A text as a part of a page that has several.

use crate::markdown::{map_attributes, map_tags, tag_name};

/// Attributes that name an id, or several.
const REFERENCES: [&str; 7] =
    ["id", "for", "popovertarget", "aria-labelledby", "aria-describedby", "aria-controls", "headers"];

/// HTML whose headings stand one level lower and whose ids begin with `id`, links to them included.
pub(super) fn as_part(html: &str, id: &str) -> String {
    map_tags(html, |tag, out| tag_as_part(tag, id, out))
}

fn tag_as_part(tag: &str, id: &str, out: &mut String) {
    let (start, rest) = tag_name(tag);
    match start.as_bytes() {
        [b'<', b'h' | b'H', level @ b'1'..=b'5'] | [b'<', b'/', b'h' | b'H', level @ b'1'..=b'5'] => {
            out.push_str(&start[..start.len() - 1]);
            out.push(char::from(level + 1));
        }
        _ => out.push_str(start),
    }
    map_attributes(rest, out, |name, value| {
        if REFERENCES.contains(&name) {
            return Some(value.split_whitespace().map(|of| format!("{id}-{of}")).collect::<Vec<_>>().join(" "));
        }
        value.strip_prefix('#').filter(|of| name == "href" && !of.is_empty()).map(|of| format!("#{id}-{of}"))
    });
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
