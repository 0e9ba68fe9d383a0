//! A table as JSON: an object for each row.

use serde_json::{Map, Value, json};

use super::table::{Head, Row};
use super::{LICENCE, Table};

/// `{title, language, license, url, items: [{…}]}`; a column that holds lists is an array in every item, any other one a
/// text, a number or null.
pub(super) fn write(table: &Table) -> String {
    let items: Vec<Value> = table.rows.iter().map(|row| item(table, row).into()).collect();
    let whole = json!({
        "title": table.title,
        "language": table.language,
        "license": LICENCE,
        "url": table.home,
        "items": items,
    });
    format!("{whole}\n")
}

/// A row by the names of its columns.
pub(super) fn item(table: &Table, row: &Row) -> Map<String, Value> {
    table.columns.iter().zip(&row.cells).map(|(head, cell)| (head.name.to_string(), value(head, cell))).collect()
}

fn value(head: &Head, cell: &[String]) -> Value {
    match cell.first() {
        _ if head.many => cell.into(),
        None => Value::Null,
        Some(text) => match head.name {
            "latitude" | "longitude" | "notice_days" => text
                .parse::<f64>()
                .ok()
                .and_then(|number| number_value(number, text))
                .unwrap_or_else(|| text.as_str().into()),
            "yearly" | "cancelled" | "unchecked" => (text == "true").into(),
            _ => text.as_str().into(),
        },
    }
}

/// A whole number without a fraction.
fn number_value(number: f64, text: &str) -> Option<Value> {
    match text.parse::<i64>() {
        Ok(whole) => Some(whole.into()),
        Err(_) => serde_json::Number::from_f64(number).map(Value::Number),
    }
}
