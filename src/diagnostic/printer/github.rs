//! Commands of a GitHub workflow (docs.github.com, *Workflow commands for GitHub Actions*, "Setting an error message").

use std::fmt::Write as _;

use super::{Severity, Told};

/// One command a diagnostic: what the log shows, and the pull request at its line.
pub(super) fn print(told: &Told<'_>) -> String {
    let mut out = String::new();
    for diagnostic in told.diagnostics {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let _ = write!(out, "::{command} title={}", diagnostic.code.as_str());
        if let Some(span) = &diagnostic.span {
            let _ = write!(out, ",file={}", property(&told.file(&span.file)));
            if span.line > 0 {
                let (line, from, to) = (span.line, span.column, span.column + span.width);
                let _ = write!(out, ",line={line},endLine={line},col={from},endColumn={to}");
            }
        }
        let message = diagnostic.message.get(told.words).trim_end();
        let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("\n\n{}", help.get(told.words)));
        let _ = writeln!(out, "::{}", data(&format!("{message}{help}")));
    }
    out
}

/// What stands after the command, escaped as the runner unescapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a comma or colon would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
