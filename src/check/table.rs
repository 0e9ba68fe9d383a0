//! Tables with words over their columns.

use super::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text;

/// Tells tables whose head is empty: nobody who hears a table cell by cell would know what a cell is.
pub(super) fn check(text: &Text<'_>, diagnostics: &mut Diagnostics) {
    for table in &text.document.bare_tables {
        diagnostics.push(
            Diagnostic::warning(
                Code::TableWithoutHeader,
                text.source.text.span(table.clone()),
                text!("tabela nie ma nagłówków kolumn", "the table has no words over its columns"),
            )
            .help(text!(
                "w pierwszym wierszu napisz, co jest w kolumnach: | Co | Kiedy |",
                "say in the first row what the columns hold: | What | When |"
            )),
        );
    }
}
