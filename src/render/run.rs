//! Runs the templates of all outputs, in parallel.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rayon::prelude::*;

use super::{Body, Output, Variables};
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
                Body::Parts { template, end, frame, parts } => {
                    let text = in_parts(templates, template, end, frame, parts);
                    (text.map(|text| Produced::Bytes(finish(&output.path, text))), None)
                }
                Body::Template { template, context, origin } => {
                    let text = templates.render(template, &context.context());
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

/// Runs a template for each part of its list, in parallel, and puts together what it would write for all of them.
fn in_parts(
    templates: &Templates,
    template: &str,
    end: &str,
    frame: &Variables,
    parts: &[Variables],
) -> Result<String, Vec<Diagnostic>> {
    let frame = templates.render(template, &frame.context())?;
    let (head, foot) = frame.split_at(frame.rfind(end).unwrap_or(frame.len()));
    let items = parts.par_iter().map(|part| {
        let mut text = templates.render(template, &part.context())?;
        text.truncate(text.len() - foot.len());
        text.drain(..head.len());
        Ok::<_, Vec<Diagnostic>>(text)
    });
    let items: Vec<String> = items.collect::<Result<_, _>>()?;
    let mut whole =
        String::with_capacity(head.len() + items.iter().map(String::len).sum::<usize>() + foot.len());
    whole.push_str(head);
    for item in items {
        // Each is freed when it is in: there is never a second whole.
        whole.push_str(&item);
    }
    whole.push_str(foot);
    Ok(whole)
}

fn during(message: &Text, origin: &str) -> Text {
    Text { pl: format!("{} (przy {origin})", message.pl), en: format!("{} (for {origin})", message.en) }
}
