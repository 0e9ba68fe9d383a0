//! A table as JSON: a list with an object for each record.

use serde_json::{Map, Value};

use super::Table;
use super::table::Row;

/// `[{…}]`: a column that holds lists is a list in every record, any other one a text, a number, true, false or null.
pub(super) fn write(table: &Table) -> String {
    let records: Vec<String> = table.rows.iter().map(|row| Value::from(record(table, row)).to_string()).collect();
    format!("[\n{}\n]\n", records.join(",\n"))
}

/// A record by the names of its columns.
pub(super) fn record(table: &Table, row: &Row) -> Map<String, Value> {
    table.fields.iter().zip(&row.cells).map(|(field, cell)| (field.name.clone(), cell.clone())).collect()
}
