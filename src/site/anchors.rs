//! Anchors of internal links, checked once everything is rendered.

use super::bodies::{Bodies, Check};
use crate::config::Config;
use crate::content::{Library, Target};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, did_you_mean};
use crate::text;

/// Anchors must exist on the page they name; `#` and `#top` always do.
pub(super) fn check(
    library: &Library,
    bodies: &Bodies,
    checks: Vec<Check>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let severity = config.link_checker.internal_level.severity();
    for (owner, check) in checks {
        let target = check.target.as_ref().unwrap_or(&owner);
        let Some(rendered) = bodies.of(target) else { continue };
        let anchor = percent_encoding::percent_decode_str(&check.anchor).decode_utf8_lossy().into_owned();
        if anchor.is_empty() || anchor == "top" || rendered.ids.contains(&anchor) {
            continue;
        }
        let file = match target {
            Target::Page(id) => library.pages[*id].source.text.file.clone(),
            Target::Section(id) => format!("content/{}", library.sections[*id].relative_path()),
            Target::Asset(_) => continue,
        };
        let source = match &owner {
            Target::Page(id) => Some(&library.pages[*id].source),
            Target::Section(id) => library.sections[*id].source.as_ref(),
            Target::Asset(_) => None,
        };
        let span = source.map(|source| match check.place {
            Some(place) => source.text.span(place),
            None => Span::file(&source.text.file),
        });
        let missing = Diagnostic::error(
            Code::BrokenAnchor,
            span,
            text!("w pliku {file} nie ma kotwicy „#{anchor}”", "{file} has no anchor `#{anchor}`"),
        );
        let missing = Diagnostic { severity, ..missing };
        let known: Vec<&str> = rendered.ids.iter().map(String::as_str).collect();
        let list = known.join(", ");
        diagnostics.push(match did_you_mean(&anchor, known.iter().copied()) {
            Some(near) => missing.help(text!("czy chodziło o „#{near}”?", "did you mean `#{near}`?")),
            None if known.is_empty() => {
                missing.help(text!("ta strona nie ma żadnych nagłówków", "that page has no headings"))
            }
            None => missing.help(text!("są tam: {list}", "there are: {list}")),
        });
    }
}
