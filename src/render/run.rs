//! Runs the templates of all outputs, in parallel.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::{Body, Output, Part, Variables};
use crate::diagnostic::{Diagnostic, Diagnostics, Text};
use crate::template::{Asked, Templates};

/// How many parts of a list are made before they are handed on: enough for all cores, little enough for the memory.
const AT_ONCE: usize = 16;

/// A finished output.
pub enum Produced<'a> {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// Its pieces, one after the other, made while they are asked for: some have more than fits into memory.
    Pieces(&'a mut dyn Iterator<Item = Piece>),
    /// A file to copy.
    File(PathBuf),
}

/// A piece of an output.
#[derive(Debug)]
pub enum Piece {
    /// Its bytes.
    New(Vec<u8>),
    /// The same bytes as in this range of the last build's file.
    Old(Range<usize>),
}

impl Piece {
    /// How many bytes it has.
    #[must_use]
    pub fn length(&self) -> usize {
        match self {
            Self::New(bytes) => bytes.len(),
            Self::Old(range) => range.len(),
        }
    }
}

/// Makes every output and hands it to `take`.
///
/// A template that fails on many pages is told once, with the first of them.
pub fn run<'o>(
    outputs: impl IntoParallelIterator<Item = &'o Output>,
    templates: &Templates,
    finish: impl Fn(&str, Vec<u8>) -> Vec<u8> + Sync,
    take: impl Fn(&str, Produced<'_>) -> Result<(), Diagnostic> + Sync,
    diagnostics: &mut Diagnostics,
) {
    let failed: Vec<(Option<String>, Vec<Diagnostic>)> = outputs
        .into_par_iter()
        .filter_map(|output| {
            let finish = |text: Vec<u8>| finish(&output.path, text);
            let take = |made: Produced<'_>| take(&output.path, made).map_err(|diagnostic| vec![diagnostic]);
            let (taken, origin) = match &output.body {
                Body::File(file) => (take(Produced::File(file.clone())), None),
                Body::Text(text) => (take(Produced::Bytes(finish(text.clone().into_bytes()))), None),
                Body::Parts { template, end, frame, parts, lengths } => {
                    (in_parts(templates, template, end, frame, parts, lengths, finish, take), None)
                }
                Body::Template { template, context, origin, asked } => {
                    let run = || templates.render(template, &context.context());
                    let (text, own) = Asked::by(templates.shows_others(template), run);
                    let _ = asked.set(own);
                    (text.and_then(|text| take(Produced::Bytes(finish(text)))), origin.clone())
                }
            };
            taken.err().map(|diagnostics| (origin, diagnostics))
        })
        .collect();
    let mut told = BTreeSet::new();
    for (origin, list) in failed {
        for diagnostic in list {
            let place = diagnostic.span.as_ref().filter(|span| span.line > 0);
            let key =
                place.map_or_else(|| diagnostic.message.en.clone(), |s| format!("{}:{}:{}", s.file, s.line, s.column));
            if !told.insert(key) {
                continue;
            }
            diagnostics.push(match &origin {
                Some(origin) => Diagnostic { message: during(&diagnostic.message, origin), ..diagnostic },
                None => diagnostic,
            });
        }
    }
}

/// Runs a template for each part of its list, some in parallel, and hands on what is made before the next ones are. What comes
/// first, the parts, what comes last: together they are what it would write for the whole list.
#[allow(clippy::too_many_arguments)] // The fields of one kind of body, and what is done with it.
fn in_parts(
    templates: &Templates,
    template: &str,
    end: &str,
    frame: &Variables,
    parts: &[Part],
    lengths: &OnceLock<Vec<usize>>,
    finish: impl Fn(Vec<u8>) -> Vec<u8> + Sync,
    take: impl FnOnce(Produced<'_>) -> Result<(), Vec<Diagnostic>>,
) -> Result<(), Vec<Diagnostic>> {
    let mut head = templates.render(template, &frame.context())?;
    let foot = head.split_off(memchr::memmem::rfind(&head, end.as_bytes()).unwrap_or(head.len()));
    let (start, stop) = (head.len(), foot.len());
    let one = |part: &Part| {
        if let Some(known) = part.known.get() {
            return Ok(Piece::Old(known.clone()));
        }
        let mut text = templates.render(template, &part.context.context())?;
        text.truncate(text.len() - stop);
        text.drain(..start);
        Ok::<_, Vec<Diagnostic>>(Piece::New(finish(text)))
    };
    let mut failed = None;
    let items = parts.chunks(AT_ONCE).flat_map(|parts| {
        if failed.is_some() {
            return vec![];
        }
        let made: Result<Vec<Piece>, _> = parts.par_iter().map(one).collect();
        made.unwrap_or_else(|diagnostics| {
            failed = Some(diagnostics);
            vec![]
        })
    });
    let [head, foot] = [head, foot].map(|text| Piece::New(finish(text)));
    let mut made = vec![];
    let mut pieces = [head].into_iter().chain(items).chain([foot]).inspect(|piece| made.push(piece.length()));
    let taken = take(Produced::Pieces(&mut pieces));
    // Whoever takes none of them still wants to know what is wrong.
    pieces.for_each(drop);
    match failed {
        Some(diagnostics) => Err(diagnostics),
        None => taken.map(|()| drop(lengths.set(made))),
    }
}

fn during(message: &Text, origin: &str) -> Text {
    Text { pl: format!("{} (przy {origin})", message.pl), en: format!("{} (for {origin})", message.en) }
}
