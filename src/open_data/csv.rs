//! A table as CSV (RFC 4180) that spreadsheets open rightly.

use serde_json::Value;

use super::{SEPARATOR, Table};

/// The table with a header. It begins with a byte order mark, without which Excel takes UTF-8 for a local code page.
pub(super) fn write(table: &Table) -> String {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(vec![]);
    // Writing into memory cannot fail.
    let _ = writer.write_record(table.fields.iter().map(|field| &field.name));
    for row in &table.rows {
        let _ = writer.write_record(row.cells.iter().map(|cell| defused(&written(cell))));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// A cell as text: nothing for null, the items of a list one after another.
fn written(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(written).collect::<Vec<_>>().join(SEPARATOR),
        other => other.to_string(),
    }
}

/// A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"): an apostrophe in front makes it text. Numbers
/// stay numbers.
fn defused(cell: &str) -> String {
    let is_suspicious = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && cell.parse::<f64>().is_err();
    if is_suspicious { format!("'{cell}") } else { cell.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        for (cell, expected) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+48 12 644", "'+48 12 644"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1+cmd", "'-1+cmd"),
            ("-12.5", "-12.5"),
            ("a = b", "a = b"),
            ("", ""),
        ] {
            assert_eq!(defused(cell), expected);
        }
    }
}
