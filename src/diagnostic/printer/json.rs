//! Diagnostics as one JSON object.

use serde_json::{Value, json};

use super::{Severity, Told, pretty};

/// `{version, pages, errors, warnings, hints, diagnostics: [{code, severity, file, line, column, end_column, message, help}]}`.
///
/// Lines and columns count characters from 1 and are null for a whole file; `file` is null when no file is to blame.
/// `version` grows when a field changes its meaning.
pub(super) fn print(told: &Told<'_>) -> String {
    let diagnostics: Vec<Value> = told
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let span = diagnostic.span.as_ref();
            let place = span.filter(|span| span.line > 0);
            json!({
                "code": diagnostic.code.as_str(),
                "severity": match diagnostic.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Hint => "hint",
                },
                "file": span.map(|span| told.file(&span.file)),
                "line": place.map(|span| span.line),
                "column": place.map(|span| span.column),
                "end_column": place.map(|span| span.column + span.width),
                "message": diagnostic.message.get(told.words),
                "help": diagnostic.help.as_ref().map(|help| help.get(told.words)),
            })
        })
        .collect();
    let mut value = json!({
        "version": 1,
        "pages": told.pages,
        "errors": told.count(Severity::Error),
        "warnings": told.count(Severity::Warning),
        "hints": told.count(Severity::Hint),
        "diagnostics": diagnostics,
    });
    if let (Some(Value::Object(extra)), Value::Object(value)) = (told.extra, &mut value) {
        value.extend(extra.clone());
    }
    pretty(&value)
}
