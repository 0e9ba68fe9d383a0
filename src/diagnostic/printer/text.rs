//! Diagnostics as text for people: source line, caret, help.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity, Words};

/// One diagnostic as text, without a trailing newline; coloured for a terminal when `colour`.
#[must_use]
pub fn print_text(diagnostic: &Diagnostic, words: Words, colour: bool) -> String {
    let level = match (diagnostic.severity, words) {
        (Severity::Error, Words::English) => Level::ERROR,
        (Severity::Error, Words::Polish) => Level::ERROR.with_name("błąd"),
        (Severity::Warning, Words::English) => Level::WARNING,
        (Severity::Warning, Words::Polish) => Level::WARNING.with_name("ostrzeżenie"),
        (Severity::Hint, Words::English) => Level::NOTE.with_name("hint"),
        (Severity::Hint, Words::Polish) => Level::NOTE.with_name("wskazówka"),
    };
    let title = level.primary_title(diagnostic.message.get(words)).id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    if let Some(span) = &diagnostic.span {
        let is_too_long = span.excerpt.is_empty() && (span.column > 1 || span.width > 1);
        group = if span.line == 0 {
            group.element(Origin::path(&span.file))
        } else if is_too_long {
            group.element(Origin::path(&span.file).line(span.line).char_column(span.column))
        } else {
            let byte = |chars: usize| span.excerpt.char_indices().nth(chars).map_or(span.excerpt.len(), |(at, _)| at);
            let range = byte(span.column - 1)..byte(span.column - 1 + span.width);
            group.element(
                Snippet::source(&span.excerpt)
                    .path(&span.file)
                    .line_start(span.line)
                    .fold(false)
                    .annotation(AnnotationKind::Primary.span(range)),
            )
        };
    }
    if let Some(help) = &diagnostic.help {
        let level = match words {
            Words::English => Level::HELP,
            Words::Polish => Level::HELP.with_name("pomoc"),
        };
        group = group.element(level.message(help.get(words)));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, SourceText};
    use crate::text;

    #[test]
    fn points_at_the_value_in_both_languages() {
        let source = SourceText { file: "content/a.md".into(), text: "---\nplace:\n  śtyle: x\n---\n".into() };
        let at = source.text.find("śtyle").unwrap();
        let diagnostic =
            Diagnostic::error(Code::UnknownKey, source.span(at..at + 6), text!("nieznany klucz", "unknown key"))
                .help(text!("czy chodziło o „style”?", "did you mean `style`?"));
        let english = print_text(&diagnostic, Words::English, false);
        assert_eq!(
            english,
            "error[unknown-key]: unknown key\n --> content/a.md:3:3\n  |\n3 |   śtyle: x\n  |   ^^^^^\n  |\n  = help: did you mean `style`?"
        );
        assert!(print_text(&diagnostic, Words::Polish, false).starts_with("błąd[unknown-key]: nieznany klucz\n"));
    }
}
