//! What a text is made of, with the place of each part in its file: read once for all checks.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::markdown::{MASK, masked};
use crate::source::Source;

/// The Markdown of one file; ranges are bytes of the file.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<Link>,
    pub(super) pictures: Vec<Picture>,
    /// Tables without a word over their columns.
    pub(super) bare_tables: Vec<Range<usize>>,
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) level: usize,
    pub(super) text: String,
    pub(super) place: Range<usize>,
}

/// A link of a text. What HTML writes has no text here.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) text: Option<String>,
    pub(super) to: String,
    pub(super) place: Range<usize>,
}

/// A picture of a text.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) alt: String,
    pub(super) place: Range<usize>,
}

/// Something that holds words until it ends: a picture stands in a link, a link in a heading.
struct Open {
    words: String,
    to: String,
}

impl Document {
    /// Reads the body of a file. What templates write is not read.
    pub(super) fn read(source: &Source, options: Options) -> Self {
        let offset = source.front.body_start;
        let masked = masked(source.body());
        let mut document = Self::default();
        let mut open: Vec<Open> = vec![];
        let close = |open: &mut Vec<Open>| {
            let closed = open.pop().unwrap_or(Open { words: String::new(), to: String::new() });
            if let Some(outer) = open.last_mut() {
                outer.words.push_str(&closed.words);
            }
            closed
        };
        for (event, range) in Parser::new_ext(&masked, options).into_offset_iter() {
            let place = offset + range.start..offset + range.end;
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    open.push(Open { words: String::new(), to: dest_url.into_string() });
                }
                Event::Start(Tag::Heading { .. } | Tag::TableHead) => {
                    open.push(Open { words: String::new(), to: String::new() });
                }
                Event::End(TagEnd::Heading(level)) => {
                    let text = close(&mut open).words;
                    document.headings.push(Heading { level: level as usize, text, place });
                }
                Event::End(TagEnd::Link) => {
                    let Open { words, to } = close(&mut open);
                    if !to.contains(MASK) {
                        document.links.push(Link { text: Some(words), to, place });
                    }
                }
                Event::End(TagEnd::Image) => {
                    document.pictures.push(Picture { alt: close(&mut open).words, place });
                }
                Event::End(TagEnd::TableHead) if close(&mut open).words.trim().is_empty() => {
                    document.bare_tables.push(place);
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some(open) = open.last_mut() {
                        open.words.push_str(&text);
                    }
                }
                Event::SoftBreak | Event::HardBreak => {
                    if let Some(open) = open.last_mut() {
                        open.words.push(' ');
                    }
                }
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => document.html(&masked[range], place.start),
                _ => {}
            }
        }
        document
    }

    /// Links and tables of a piece of HTML that begins at a byte of the file.
    fn html(&mut self, html: &str, start: usize) {
        for (at, attribute) in html.match_indices("href=\"") {
            let from = at + attribute.len();
            let to = html[from..].split('"').next().unwrap_or_default();
            if !to.contains(MASK) {
                let place = start + from..start + from + to.len();
                self.links.push(Link { text: None, to: to.to_string(), place });
            }
        }
        for (at, tag) in html.match_indices("<table") {
            let table = html[at..].split("</table").next().unwrap_or_default();
            if !table.contains("<th") {
                self.bare_tables.push(start + at..start + at + tag.len());
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::diagnostic::SourceText;
    use crate::source::{ContentName, FrontMatter};

    /// A file with this body.
    pub(in crate::check) fn source(body: &str) -> Source {
        let text = SourceText { file: "content/a.md".into(), text: format!("---\ntitle: A\n---\n{body}") };
        let front = FrontMatter::parse(&text).unwrap();
        Source {
            path: "a.md".into(),
            name: ContentName::parse("a.md", true),
            language: "pl".into(),
            text,
            front,
            is_thin: false,
            print: None,
        }
    }

    #[test]
    fn parts_and_places() {
        let source = source(
            "## Ale [to *tu*](https://a.pl) ![obraz](x.jpg)\n\n| | |\n|-|-|\n| a | b |\n\n| c | |\n|-|-|\n\n\
             <table><tr><td>x</table>\n\n[z]({{ url }}) <a href=\"https://b.pl\">b</a> `[c](d)`\n",
        );
        let document = Document::read(&source, Options::ENABLE_TABLES);
        let at = |place: &Range<usize>| &source.text.text[place.clone()];
        assert_eq!(document.headings[0].text, "Ale to tu obraz");
        let links: Vec<_> = document.links.iter().map(|link| (link.text.as_deref(), link.to.as_str())).collect();
        assert_eq!(links, [(Some("to tu"), "https://a.pl"), (None, "https://b.pl")]);
        assert_eq!(at(&document.links[0].place), "[to *tu*](https://a.pl)");
        assert_eq!(document.pictures[0].alt, "obraz");
        assert_eq!(document.bare_tables.len(), 2, "{document:?}");
    }
}
