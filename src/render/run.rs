//! Runs the templates of all outputs, in parallel.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rayon::prelude::*;

use super::{Body, Output};
use crate::diagnostic::{Diagnostic, Diagnostics, Text};
use crate::template::Templates;

/// A finished output.
#[derive(Debug)]
pub enum Produced {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// A file to copy.
    File(PathBuf),
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
                Body::Template { template, context, origin } => {
                    let text = templates.render(template, context);
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

fn during(message: &Text, origin: &str) -> Text {
    Text { pl: format!("{} (przy {origin})", message.pl), en: format!("{} (for {origin})", message.en) }
}
