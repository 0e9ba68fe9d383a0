//! Tables of text.

use std::fmt::Write as _;

/// A row: a name, figures, maybe a word at the end.
pub(super) type Row = Vec<String>;

/// Rows under each other: names to the left, figures to the right, and with `word_last` the last column to the left too;
/// `None` is an empty line.
pub(super) fn aligned(rows: &[Option<Row>], word_last: bool) -> String {
    let width = |at: usize| rows.iter().flatten().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max();
    let columns = rows.iter().flatten().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns).map(|at| width(at).unwrap_or_default()).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, cell) in row.iter().flatten().enumerate() {
            let width = widths[at];
            let _ = match at {
                0 => write!(line, "{cell:<width$}"),
                _ if word_last && at + 1 == columns => write!(line, "  {cell}"),
                _ => write!(line, "  {cell:>width$}"),
            };
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
