//! Tags of HTML and SVG as they are written out: just enough to see what a document asks a browser for.

use std::borrow::Cow;

/// An opening tag.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// Its name in small letters.
    pub(super) name: String,
    /// Its attributes, names in small letters, values with their entities resolved.
    pub(super) attributes: Vec<(String, Cow<'a, str>)>,
    /// What stands between it and its end tag, of scripts and style sheets only.
    pub(super) text: &'a str,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref())
    }
}

/// Every opening tag of a document, in order. Comments and the texts of scripts, style sheets, titles and fields
/// hold none.
pub(super) fn tags(document: &str) -> Vec<Tag<'_>> {
    let mut found = vec![];
    let mut at = 0;
    while let Some(open) = document[at..].find('<') {
        at += open + 1;
        let rest = &document[at..];
        if rest.starts_with("!--") {
            at += rest.find("-->").map_or(rest.len(), |end| end + 3);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (mut tag, length) = tag(rest);
            at += length;
            // Titles and fields hold text, whatever it looks like (HTML, 13.2.5.2).
            let holds_text = matches!(tag.name.as_str(), "title" | "textarea");
            if (holds_text || matches!(tag.name.as_str(), "script" | "style")) && !rest[..length].ends_with("/>") {
                let length = end_of(&document[at..], &tag.name);
                tag.text = if holds_text { "" } else { &document[at..at + length] };
                at += length;
            }
            found.push(tag);
        }
    }
    found
}

/// Where the end tag of a script or style sheet begins.
fn end_of(rest: &str, name: &str) -> usize {
    let ends = |at: &usize| rest[at + 2..].get(..name.len()).is_some_and(|text| text.eq_ignore_ascii_case(name));
    rest.match_indices("</").map(|(at, _)| at).find(ends).unwrap_or(rest.len())
}

/// The tag whose name `rest` begins with, and its length with the closing bracket.
fn tag(rest: &str) -> (Tag<'_>, usize) {
    let is_space = |c: char| c.is_ascii_whitespace() || c == '/';
    let mut at = rest.find(|c: char| is_space(c) || c == '>').unwrap_or(rest.len());
    let mut tag = Tag { name: rest[..at].to_ascii_lowercase(), attributes: vec![], text: "" };
    loop {
        at += rest[at..].find(|c: char| !is_space(c)).unwrap_or(rest.len() - at);
        if rest[at..].is_empty() || rest[at..].starts_with('>') {
            return (tag, (at + 1).min(rest.len()));
        }
        // A name may begin with anything, even with `=`.
        let first = rest[at..].chars().next().map_or(0, char::len_utf8);
        let name =
            rest[at + first..].find(|c: char| is_space(c) || "=>".contains(c)).map_or(rest.len(), |n| at + first + n);
        let key = rest[at..name].to_ascii_lowercase();
        let after = rest[name..].trim_ascii_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_ascii_start) else {
            tag.attributes.push((key, "".into()));
            at = name;
            continue;
        };
        let start = rest.len() - value.len();
        let (from, to, next) = if let Some(quote @ ('"' | '\'')) = value.chars().next() {
            let end = rest[start + 1..].find(quote).map_or(rest.len(), |end| start + 1 + end);
            (start + 1, end, (end + 1).min(rest.len()))
        } else {
            let end = rest[start..].find(|c: char| c.is_ascii_whitespace() || c == '>');
            let end = end.map_or(rest.len(), |end| start + end);
            (start, end, end)
        };
        let value = &rest[from.min(to)..to];
        // What is no entity is text.
        tag.attributes.push((key, quick_xml::escape::unescape(value).unwrap_or(value.into())));
        at = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(document: &str) -> Vec<String> {
        let show = |tag: &Tag<'_>| {
            let attributes: Vec<String> =
                tag.attributes.iter().map(|(name, value)| format!(" {name}=[{value}]")).collect();
            format!("{}{}:{}", tag.name, attributes.concat(), tag.text)
        };
        tags(document).iter().map(show).collect()
    }

    #[test]
    fn a_title_is_text() {
        assert_eq!(seen("<title>a <script>x()</script></title><p>"), ["title:", "p:"]);
    }

    #[test]
    fn tags_however_they_are_written() {
        assert_eq!(
            seen(
                "<!doctype html><P Class=a.b id='x y' hidden data-q=\"a&amp;b>\">1 < 2</p><!-- <b> --><br/><img src=/a/ alt>"
            ),
            ["p class=[a.b] id=[x y] hidden=[] data-q=[a&b>]:", "br:", "img src=[/a/] alt=[]:"]
        );
        assert_eq!(
            seen("<script>if (a<b) '<i>'</SCRIPT><style>p{}</style><script src=x></script><style/><a>"),
            ["script:if (a<b) '<i>'", "style:p{}", "script src=[x]:", "style:", "a:"]
        );
    }

    #[test]
    fn broken_markup_ends() {
        for document in
            ["<", "<a", "<a b", "<a b=", "<a b=\"", "<a =", "<a ż", "<script>", "<style></", "<!--", "<a b='ż", "</"]
        {
            assert!(tags(document).len() < 2, "{document}");
        }
    }

    #[test]
    fn texts_end_with_their_own_tags() {
        assert_eq!(seen("<textarea>a <b> c</textarea><i>"), ["textarea:", "i:"]);
        assert_eq!(
            seen("<script>a</style></script><style>b</script></STYLE><i>"),
            ["script:a</style>", "style:b</script>", "i:"]
        );
        assert_eq!(seen("<!-- a --><b><!-- <i>"), ["b:"]);
        assert_eq!(seen("<a =x =><b/c/d=e>"), ["a =x=[]:", "b c=[] d=[e]:"]);
        assert_eq!(seen("<a href = 'x'y z=\"&lt;&nie;\">"), ["a href=[x] y=[] z=[&lt;&nie;]:"]);
        assert_eq!(seen("<1><ż></a><-><?x>"), [] as [&str; 0]);
        let tag = &tags("<a b=1 B=2 c>")[0];
        assert_eq!((tag.get("b"), tag.get("c"), tag.get("d")), (Some("1"), Some(""), None));
    }
}
