//! Runs the templates of all outputs, in parallel.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;

use rayon::prelude::*;

use super::{Body, Output, Part, Variables};
use crate::diagnostic::{Diagnostic, Diagnostics, Text};
use crate::template::{Asked, Templates};

/// A finished output.
#[derive(Debug)]
pub enum Produced {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// Its pieces, one after the other.
    Pieces(Vec<Piece>),
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
    finish: impl Fn(&str, String) -> Vec<u8> + Sync,
    take: impl Fn(&str, Produced) -> Result<(), Diagnostic> + Sync,
    diagnostics: &mut Diagnostics,
) {
    let failed: Vec<(Option<String>, Vec<Diagnostic>)> = outputs
        .into_par_iter()
        .filter_map(|output| {
            let (made, origin) = match &output.body {
                Body::File(file) => (Ok(Produced::File(file.clone())), None),
                Body::Text(text) => (Ok(Produced::Bytes(finish(&output.path, text.clone()))), None),
                Body::Parts { template, end, frame, parts, lengths } => {
                    let finish = |text: String| finish(&output.path, text);
                    let made = in_parts(templates, template, end, frame, parts, finish).map(|pieces| {
                        let _ = lengths.set(pieces.iter().map(Piece::length).collect());
                        Produced::Pieces(pieces)
                    });
                    (made, None)
                }
                Body::Template { template, context, origin, asked } => {
                    let (text, own) = Asked::by(|| templates.render(template, &context.context()));
                    let _ = asked.set(own);
                    (text.map(|text| Produced::Bytes(finish(&output.path, text))), origin.clone())
                }
            };
            let taken = made.and_then(|made| take(&output.path, made).map_err(|diagnostic| vec![diagnostic]));
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

/// Runs a template for each part of its list, in parallel. What comes first, the parts, what comes last: together they are
/// what it would write for the whole list.
fn in_parts(
    templates: &Templates,
    template: &str,
    end: &str,
    frame: &Variables,
    parts: &[Part],
    finish: impl Fn(String) -> Vec<u8> + Sync,
) -> Result<Vec<Piece>, Vec<Diagnostic>> {
    let mut head = templates.render(template, &frame.context())?;
    let foot = head.split_off(head.rfind(end).unwrap_or(head.len()));
    let items = parts.par_iter().map(|part| {
        if let Some(known) = part.known.get() {
            return Ok(Piece::Old(known.clone()));
        }
        let mut text = templates.render(template, &part.context.context())?;
        text.truncate(text.len() - foot.len());
        text.drain(..head.len());
        Ok::<_, Vec<Diagnostic>>(Piece::New(finish(text)))
    });
    let items: Vec<Piece> = items.collect::<Result<_, _>>()?;
    let [head, foot] = [head, foot].map(|text| Piece::New(finish(text)));
    Ok([head].into_iter().chain(items).chain([foot]).collect())
}

fn during(message: &Text, origin: &str) -> Text {
    Text { pl: format!("{} (przy {origin})", message.pl), en: format!("{} (for {origin})", message.en) }
}
