//! What the last build has to say, shown over the page.

use std::fmt::Write as _;

use pulldown_cmark_escape::escape_html_body_text;

use crate::diagnostic::{Diagnostic, Severity, Words, print_text};

/// The overlay after a build: its errors, or nothing. `has_version` says whether there is a site below it.
///
/// `panel.js` closes it, and puts it there when a build fails while the page is open.
pub(super) fn html(told: &[Diagnostic], words: Words, has_version: bool) -> String {
    let mut errors = told.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).peekable();
    if errors.peek().is_none() {
        return String::new();
    }
    let title = match words {
        Words::Polish if !has_version => "Tej witryny nie da się zbudować.",
        Words::English if !has_version => "This site cannot be built.",
        Words::Polish => "Ostatniej zmiany nie da się zbudować. Poniżej poprzednia wersja.",
        Words::English => "The last change cannot be built. Below is the version before it.",
    };
    let (lang, close) = match words {
        Words::Polish => ("pl", "Zamknij"),
        Words::English => ("en", "Close"),
    };
    let mut html = format!(
        "<div id=\"huta-errors\" role=\"alert\" lang=\"{lang}\" style=\"all:initial;position:fixed;inset:0 0 auto 0;\
         max-height:75vh;overflow:auto;z-index:2147483647;background:#1d1a16;color:#fff;padding:1rem;\
         border-bottom:6px solid #d9480f;font:14px/1.5 ui-monospace,monospace\">\
         <button type=\"button\" style=\"all:revert;float:right;position:sticky;top:0;font:inherit;color:inherit;\
         background:#1d1a16;border:1px solid;padding:0 .75em;cursor:pointer\">{close}</button><strong>{title}</strong>"
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
