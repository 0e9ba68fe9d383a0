//! What the last build has to say, shown over the page.

use std::fmt::Write as _;

use pulldown_cmark_escape::escape_html_body_text;

use crate::Outcome;
use crate::diagnostic::{Severity, Words, print_text};

/// The overlay after a build: its errors, or nothing. `has_version` says whether there is a site below it.
pub(super) fn html(outcome: &Outcome, words: Words, has_version: bool) -> String {
    let mut errors = outcome.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).peekable();
    if errors.peek().is_none() {
        return String::new();
    }
    let title = match words {
        Words::Polish if !has_version => "Tej witryny nie da się zbudować.",
        Words::English if !has_version => "This site cannot be built.",
        Words::Polish => "Ostatniej zmiany nie da się zbudować. Poniżej poprzednia wersja.",
        Words::English => "The last change cannot be built. Below is the version before it.",
    };
    let mut html = format!(
        "<div id=\"huta-errors\" role=\"alert\" style=\"all:initial;position:fixed;inset:0 0 auto 0;max-height:75vh;\
         overflow:auto;z-index:2147483647;background:#1d1a16;color:#fff;padding:1rem;border-bottom:6px solid #d9480f;\
         font:14px/1.5 ui-monospace,monospace\"><strong>{title}</strong>"
    );
    for error in errors {
        html.push_str("<pre style=\"white-space:pre-wrap;margin:1rem 0 0\">");
        let mut text = String::new();
        let _ = escape_html_body_text(&mut text, &print_text(error, words, false));
        let _ = write!(html, "{text}</pre>");
    }
    html.push_str("</div>");
    html
}
