//! Where the blocks of a text stand in its file, written into their tags while somebody works on the site (`huta serve`).
//!
//! A mark is put before each block among the events, and becomes an attribute of the tag that follows it in the HTML.

use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag};
use pulldown_cmark_escape::escape_html;

use super::Owner;

/// Stand round the number of a line. Noncharacters (Unicode 23.7): no text has them.
const MARKS: [char; 2] = ['\u{fdd2}', '\u{fdd3}'];

/// The attribute: file and line, `content/a.md:12`.
const ATTRIBUTE: &str = "data-huta-at";

/// Finds the lines of blocks.
pub(super) struct Lines<'a> {
    owner: &'a Owner<'a>,
    body: &'a str,
    /// Where to look on in the file for what a template has passed on.
    from: usize,
}

impl<'a> Lines<'a> {
    /// For a body; `None` where marks would not be understood.
    pub(super) fn of(body: &'a str, owner: &'a Owner<'a>) -> Option<Self> {
        let text = &owner.source.text;
        let fence = ["\n---", "\n+++"].iter().filter_map(|fence| text.find(fence)).min();
        (!body.contains(MARKS)).then_some(Self { owner, body, from: fence.unwrap_or_default() })
    }

    /// The mark of a block that begins at `start` in the body. What a template wrote has no line of its own.
    pub(super) fn mark(&mut self, start: usize) -> Option<String> {
        let text = &self.owner.source.text;
        let at = if let Some(offset) = self.owner.offset {
            offset + start
        } else {
            let line = self.body.get(start..)?.lines().next()?.trim();
            self.from += text.get(self.from..)?.find(line).filter(|_| !line.is_empty())?;
            self.from
        };
        let line = text.get(..at)?.matches('\n').count() + 1;
        Some(format!("{}{line}{}", MARKS[0], MARKS[1]))
    }
}

/// Whether a block begins that is marked; `next` follows it.
pub(super) fn is_block(event: &Event<'_>, next: Option<&Event<'_>>) -> bool {
    match event {
        Event::Start(Tag::HtmlBlock) => matches!(next, Some(Event::Html(html)) if is_tag(html)),
        Event::Start(tag) => matches!(
            tag,
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::CodeBlock(_)
                | Tag::Item
                | Tag::Table(_)
                | Tag::TableRow
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition
        ),
        _ => false,
    }
}

/// HTML with its marks as attributes of the tags that follow them.
pub(super) fn place(html: &str, file: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    let mut rest = html;
    while let Some((before, (line, after))) =
        rest.split_once(MARKS[0]).and_then(|(before, after)| Some((before, after.split_once(MARKS[1])?)))
    {
        out.push_str(before);
        rest = after;
        let tag = rest.trim_start();
        // Characters written as entities can make a mark of a text.
        if is_tag(tag) && line.bytes().all(|byte| byte.is_ascii_digit()) {
            let name = tag[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-').map_or(tag.len(), |end| end + 1);
            out.push_str(&tag[..name]);
            let _ = write!(out, " {ATTRIBUTE}=\"");
            let _ = escape_html(&mut out, file);
            let _ = write!(out, ":{line}\"");
            rest = &tag[name..];
        }
    }
    out.push_str(rest);
    out
}

fn is_tag(html: &str) -> bool {
    html.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_that_somebody_wrote_adds_nothing() {
        let html = format!("{}\"><script>{}<p>a</p>", MARKS[0], MARKS[1]);
        assert_eq!(place(&html, "a.md"), "<p>a</p>");
    }

    #[test]
    fn a_mark_becomes_an_attribute_of_the_next_tag() {
        let mark = |line: usize| format!("{}{line}{}", MARKS[0], MARKS[1]);
        let html = format!("{}\n<p>a</p>\n{}<h2 id=\"x\">b</h2>{}text{}</p>", mark(3), mark(5), mark(7), mark(8));
        assert_eq!(
            place(&html, "content/\"a\".md"),
            "<p data-huta-at=\"content/&quot;a&quot;.md:3\">a</p>\n\
             <h2 data-huta-at=\"content/&quot;a&quot;.md:5\" id=\"x\">b</h2>text</p>"
        );
    }
}
