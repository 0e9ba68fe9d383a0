//! Diagnostics as those who read them get them.

use huta::diagnostic::{Diagnostic, Diagnostics, Format, Told, Words};

/// Messages that are printed: more of them only take longer.
const MOST: usize = 20;

/// Prints them in every format and both languages. Each must stand at a place there is.
pub(super) fn print(diagnostics: Diagnostics) {
    let list = diagnostics.sorted();
    list.iter().for_each(check);
    let diagnostics = &list[..list.len().min(MOST)];
    for (words, format) in [
        (Words::Polish, Format::Text),
        (Words::English, Format::Text),
        (Words::Polish, Format::Json),
        (Words::English, Format::Github),
        (Words::Polish, Format::Sarif),
    ] {
        let _ = format.print(&Told { diagnostics, words, prefix: "", pages: 1, extra: None });
    }
}

fn check(diagnostic: &Diagnostic) {
    let Some(span) = diagnostic.span.as_ref().filter(|span| span.line > 0) else { return };
    assert!(span.column > 0 && span.width > 0, "{diagnostic:?}");
    // An error at the end of a line stands behind it.
    assert!(span.column <= span.excerpt.chars().count() + 1, "{diagnostic:?}");
}
