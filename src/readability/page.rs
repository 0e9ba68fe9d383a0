//! The running text of one file: its body, and the texts of a handbook chapter's block.

use pulldown_cmark::Options;

use super::measure::Counts;
use super::rules;
use super::sentence::sentences_of;
use super::text::{Passage, passages};
use crate::diagnostic::{Diagnostic, Span};
use crate::language::Tongue;
use crate::source::{Source, Step, Table, Value};

/// The block whose texts are read, and its lists of sentences. Each file is read with its own lists: a translation's
/// texts are its own.
const BLOCK: &str = "chapter";
const LISTS: [&str; 4] = ["in_short", "steps", "checklist", "yearly"];

/// What was read in one file.
#[derive(Default)]
pub(super) struct PageText {
    pub(super) counts: Counts,
    pub(super) hints: Vec<Diagnostic>,
    longest: Option<usize>,
    /// Sentences beyond the section's limit: their words and places.
    pub(super) long: Vec<(usize, Span)>,
}

/// Where a passage stands: its Markdown starts here in the file, or is a value of the front matter.
enum Place {
    Body(usize),
    Value(Vec<Step>),
}

impl PageText {
    /// Reads a file. `blocks` are the typed blocks of its own front matter.
    ///
    /// `longest` is the most words that a sentence may have.
    pub(super) fn read(
        source: &Source,
        blocks: Option<&Table>,
        options: Options,
        tongue: Tongue,
        longest: Option<usize>,
    ) -> Self {
        let mut read = Self { longest, ..Self::default() };
        for (path, value) in blocks.map(texts).unwrap_or_default() {
            for passage in passages(value, options) {
                read.passage(source, &passage, &Place::Value(path.clone()), value, tongue);
            }
        }
        for passage in passages(source.body(), options) {
            read.passage(source, &passage, &Place::Body(source.front.body_start), source.body(), tongue);
        }
        read
    }

    fn passage(&mut self, source: &Source, passage: &Passage, place: &Place, markdown: &str, tongue: Tongue) {
        for sentence in sentences_of(&passage.text, tongue) {
            let counts = Counts::of(&sentence, tongue);
            self.counts = self.counts.and(counts);
            if self.longest.is_some_and(|longest| counts.words > longest) {
                let place = span(source, passage.source(sentence.range.clone()), place, markdown);
                self.long.push((counts.words, place));
            }
            for finding in rules::check(&sentence, tongue) {
                let span = span(source, passage.source(finding.range), place, markdown);
                self.hints.push(Diagnostic::hint(finding.code, span, finding.message).help(finding.help));
            }
        }
    }
}

/// The place of a part of a passage in the file.
fn span(source: &Source, range: std::ops::Range<usize>, place: &Place, markdown: &str) -> Span {
    match place {
        Place::Body(start) => source.text.span(start + range.start..start + range.end),
        Place::Value(path) => {
            let whole = source.front.value_span(&source.text, path);
            // A value that stands in the file as it is read is shown exactly; one with escapes or line breaks, whole.
            let from = source.text.offset(whole.line, whole.column);
            let from = from + usize::from(source.text.text[from..].starts_with(['"', '\'']));
            match source.text.text.get(from..from + markdown.len()) {
                Some(written) if written == markdown => source.text.span(from + range.start..from + range.end),
                _ => whole,
            }
        }
    }
}

/// The texts of the block with their paths.
fn texts(blocks: &Table) -> Vec<(Vec<Step>, &str)> {
    let block = blocks.get(BLOCK).and_then(Value::as_object);
    let lists = LISTS.iter().filter_map(|name| Some((*name, block?.get(*name)?.as_array()?)));
    lists
        .flat_map(|(name, list)| {
            list.iter().enumerate().filter_map(move |(at, value)| {
                Some((vec![Step::key(BLOCK), Step::key(name), Step::Index(at)], value.as_str()?))
            })
        })
        .collect()
}
