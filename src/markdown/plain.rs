//! The words of a page without its marks.

use quick_xml::escape::resolve_html5_entity;

/// Elements whose text is not for readers of a search result.
const DROPPED: [&str; 3] = ["script", "style", "pre"];

/// The text of some HTML: without tags, without code, scripts and style sheets, entities as their characters, white space
/// collapsed within lines.
#[must_use]
pub fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let name: String = rest[1..].chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        if name.is_empty() && !rest.starts_with("</") && !rest.starts_with("<!") {
            text.push('<');
            rest = &rest[1..];
            continue;
        }
        rest = &rest[tag_length(rest)..];
        if DROPPED.contains(&name.as_str()) {
            let end = format!("</{name}");
            let is_end = |at: usize| rest.get(at..at + end.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(&end));
            rest = rest.match_indices("</").find(|(at, _)| is_end(*at)).map_or("", |(at, _)| &rest[at..]);
            rest = &rest[tag_length(rest)..];
        }
    }
    text.push_str(rest);
    let decoded = decoded(&text);
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    decoded.lines().map(line).collect::<Vec<_>>().join("\n").trim().to_string()
}

/// A text with its entities replaced by their characters; what only looks like an entity stays.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let entity = after.split_once(';').and_then(|(name, after)| Some((character(name)?, after)));
        (out, rest) = match entity {
            Some((characters, after)) => (out + &characters, after),
            None => (out + "&", after),
        };
    }
    out + rest
}

/// The characters of an entity: `amp`, `#243`, `#xf3`.
fn character(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else { return resolve_html5_entity(name).map(str::to_string) };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(number.ok()?).map(String::from)
}

/// Length of the tag at the start, what is between quotation marks passed over.
pub(super) fn tag_length(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '>' => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_left() {
        let html = "<h1 title=\"a > b\">Huta</h1>\n<p>A   <a href=x>link</a> &amp; 5 &lt; 6 &quot;x&quot; &copy;</p><!-- no -->\
                    <script>if (a < b) {}</script><PRE>code</PRE>\n<style>p{}</style> 1 < 2 & 3";
        assert_eq!(plain_text(html), "Huta\nA link & 5 < 6 \"x\" ©\n1 < 2 & 3");
        assert_eq!(
            (plain_text("<pre>open"), plain_text("<b"), plain_text("")),
            (String::new(), String::new(), String::new())
        );
    }
}
