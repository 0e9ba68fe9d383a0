//! What of a page is read as running text, and where it stands in the file.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::markdown::{MASK, masked};

/// A paragraph, a list item or another piece of running text, without its marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Passage {
    /// Its words.
    pub(super) text: String,
    pieces: Vec<Piece>,
}

/// A piece of a passage and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    plain: Range<usize>,
    source: Range<usize>,
}

impl Passage {
    /// Where a part of the passage stands in the Markdown, in bytes. An entity (`&amp;`) is one whole.
    #[must_use]
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let exact = |piece: &Piece| piece.plain.len() == piece.source.len();
        let start = self.pieces.iter().rev().find(|piece| piece.plain.start <= range.start).map_or(0, |piece| {
            let into = (range.start - piece.plain.start).min(piece.source.len());
            if exact(piece) { piece.source.start + into } else { piece.source.start }
        });
        let end = self.pieces.iter().rev().find(|piece| piece.plain.start < range.end).map_or(start, |piece| {
            let into = range.end.min(piece.plain.end) - piece.plain.start;
            if exact(piece) { piece.source.start + into } else { piece.source.end }
        });
        start..end.max(start)
    }

    fn push(&mut self, text: &str, source: Range<usize>) {
        let start = self.text.len();
        // What masks a tag of a template is white space to a reader.
        self.text.extend(text.chars().map(|c| if c == MASK { ' ' } else { c }));
        self.pieces.push(Piece { plain: start..self.text.len(), source });
    }
}

/// The passages of some Markdown, in their order: paragraphs, and each list item as at least one.
///
/// Headings, code, tables, descriptions of pictures, HTML, numbers of notes and calls of templates are left out; what
/// stands between the tags of a component counts.
#[must_use]
pub(super) fn passages(markdown: &str, options: Options) -> Vec<Passage> {
    let masked = masked(markdown);
    let mut found = vec![];
    let mut open = Passage::default();
    // How many elements that are left out are open.
    let mut hidden = 0_usize;
    for (event, range) in Parser::new_ext(&masked, options).into_offset_iter() {
        match event {
            Event::Start(tag) if is_hidden(&tag) => hidden += 1,
            Event::End(tag) if is_hidden_end(tag) => hidden = hidden.saturating_sub(1),
            Event::Start(tag) if is_block(&tag) => close(&mut open, &mut found),
            Event::End(tag) if is_block_end(tag) => close(&mut open, &mut found),
            Event::Text(text) if hidden == 0 => open.push(&text, range),
            Event::SoftBreak | Event::HardBreak | Event::Code(_) if hidden == 0 => open.push(" ", range),
            _ => {}
        }
    }
    close(&mut open, &mut found);
    found
}

fn close(open: &mut Passage, found: &mut Vec<Passage>) {
    let passage = std::mem::take(open);
    if passage.text.contains(char::is_alphanumeric) {
        found.push(passage);
    }
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    is_hidden_end(tag.to_end())
}

fn is_hidden_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Table
            | TagEnd::Image
            | TagEnd::MetadataBlock(_)
            | TagEnd::DefinitionListTitle
    )
}

fn is_block(tag: &Tag<'_>) -> bool {
    is_block_end(tag.to_end())
}

fn is_block_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::List(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListDefinition
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_TASKLISTS);

    fn texts(markdown: &str) -> Vec<String> {
        passages(markdown, ALL).into_iter().map(|passage| passage.text).collect()
    }

    #[test]
    fn only_running_text_is_left() {
        let markdown = "# Nagłówek\n\nZwykły *akapit* z [odnośnikiem](@/a.md)[^1]\ni `kodem` dalej.\n\n![opis](a.jpg)\n\n- raz\n- dwa\n  - trzy\n\n\
                        | a | b |\n|---|---|\n| c | d |\n\n<div>html</div>\n\n```\nkod\n```\n\n> cytat\n\n[^1]: Uwaga.\n";
        assert_eq!(
            texts(markdown),
            ["Zwykły akapit z odnośnikiem i   dalej.", "raz", "dwa", "trzy", "cytat", "Uwaga."]
        );
    }

    #[test]
    fn templates_are_left_out_and_what_stands_between_their_tags_is_not() {
        let markdown =
            "{{ <mapa a=\"żółw\" /> }}\n\n{% <uwaga> %}\nTekst {{ x }} uwagi.\n{% </uwaga> %}\n\nTu { zostaje.";
        let found = texts(markdown);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].split_whitespace().collect::<Vec<_>>(), ["Tekst", "uwagi."]);
        assert_eq!(found[1], "Tu { zostaje.");
    }

    #[test]
    fn every_letter_leads_back_to_itself() {
        let markdown = "Żółty **dom** przy\nul. [Róż](x) &amp; {{ <a b=\"ć\"/> }} _plac_.\n\n1. Pierwszy ~punkt~\n   \\* dalej\n2. Drugi ęą\n";
        for passage in passages(markdown, ALL) {
            for (at, c) in passage.text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                assert_eq!(&markdown[passage.source(at..at + c.len_utf8())], c.to_string(), "{passage:?}");
            }
            let and = passage.text.find('&');
            assert!(and.is_none_or(|at| &markdown[passage.source(at..at + 1)] == "&amp;"));
        }
    }
}
