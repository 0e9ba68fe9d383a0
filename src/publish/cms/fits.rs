//! What a form cannot hold: the CMS would lose it, or mix it up, when somebody saves the page.

use serde_json::Value;

use super::field::{Field, Versions, What};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::source::{Source, Step, Table};
use crate::text;

/// What is wrong with a value, and where it stands.
struct Misfit {
    path: Vec<Step>,
    kind: Kind,
}

enum Kind {
    /// It has another shape than the field, which has room for this.
    Shape(Text),
    /// A list of a translation is not that of its original: the CMS tells items by their positions.
    Order,
}

/// Warnings for everything in a file that its form cannot hold. `original` is there for a translation.
pub(super) fn misfits(fields: &[Field], source: &Source, original: Option<&Table>) -> Vec<Diagnostic> {
    let mut found = vec![];
    walk(fields, &source.front.table, original, &mut vec![], &mut found);
    found
        .into_iter()
        .map(|Misfit { path, kind }| {
            let key = path.iter().rev().find_map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::Index(_) => None,
            });
            let key = key.unwrap_or_default();
            let span = source.front.value_span(&source.text, &path);
            match kind {
                Kind::Shape(room) => Diagnostic::warning(
                    Code::CmsForm,
                    span,
                    text!(
                        "formularz w /admin/ zgubi „{key}”, gdy ktoś zapisze tę stronę",
                        "the form in /admin/ would lose `{key}` when somebody saves this page"
                    ),
                )
                .help(Text {
                    pl: format!("formularz ma tu miejsce na {}: zapisz to tak", room.pl),
                    en: format!("the form has room for {} here: write it so", room.en),
                }),
                Kind::Order => Diagnostic::warning(
                    Code::CmsForm,
                    span,
                    text!(
                        "lista „{key}” ma inne pozycje niż w oryginale, więc formularz w /admin/ by je pomylił",
                        "the list `{key}` has other items than in the original, so that the form in /admin/ would mix them up"
                    ),
                )
                .help(text!(
                    "wpisz te same pozycje w tej samej kolejności co w oryginale",
                    "write the same items in the same order as in the original"
                )),
            }
        })
        .collect()
}

fn walk(fields: &[Field], table: &Table, original: Option<&Table>, path: &mut Vec<Step>, found: &mut Vec<Misfit>) {
    for field in fields {
        let Some(value) = table.get(&field.name) else { continue };
        path.push(Step::key(&field.name));
        let above = original.and_then(|table| table.get(&field.name));
        match (&field.what, value) {
            (What::Group(fields), Value::Object(table)) => {
                walk(fields, table, above.and_then(Value::as_object), path, found);
            }
            (What::Items { fields, .. }, Value::Array(items)) => {
                let above = above.and_then(Value::as_array);
                if field.versions == Versions::Same && above.is_some_and(|above| !is_aligned(fields, items, above)) {
                    found.push(Misfit { path: path.clone(), kind: Kind::Order });
                }
                for (at, item) in items.iter().enumerate() {
                    path.push(Step::Index(at));
                    match item {
                        Value::Object(table) => walk(fields, table, None, path, found),
                        _ => found.push(Misfit { path: path.clone(), kind: Kind::Shape(room(&What::Group(vec![]))) }),
                    }
                    path.pop();
                }
            }
            (what, value) if holds(what, value) => {}
            (what, _) => found.push(Misfit { path: path.clone(), kind: Kind::Shape(room(what)) }),
        }
        path.pop();
    }
}

/// Whether the items of a translation are those of its original, by the names that both have.
fn is_aligned(fields: &[Field], items: &[Value], original: &[Value]) -> bool {
    let keys: Vec<&str> =
        fields.iter().filter(|field| field.versions == Versions::Same).map(|field| field.name.as_str()).collect();
    let same =
        |item: &Value, own: &Value| keys.iter().all(|key| item.get(key).is_none_or(|name| own.get(key) == Some(name)));
    items.len() == original.len() && items.iter().zip(original).all(|(item, own)| same(item, own))
}

/// Whether a field can hold a value that has no fields of its own.
fn holds(what: &What, value: &Value) -> bool {
    let is_single = !value.is_object() && !value.is_array();
    match what {
        What::Line { .. } | What::Paragraph | What::Body | What::Day | What::Picture => is_single,
        What::Number { .. } => {
            value.is_number() || value.as_str().is_some_and(|text| text.trim().parse::<f64>().is_ok())
        }
        What::Choice { many, .. } | What::Page { many, .. } => is_single || *many && is_list_of_single(value),
        What::Position => value.is_array(),
        What::Lines(_) => is_list_of_single(value),
        What::Group(_) | What::Items { .. } => false,
    }
}

fn is_list_of_single(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(|item| !item.is_object() && !item.is_array()))
}

/// What a field has room for.
fn room(what: &What) -> Text {
    match what {
        What::Number { .. } => text!("liczbę", "a number"),
        What::Day => text!("dzień", "a day"),
        What::Position => text!("dwie liczby: szerokość i długość", "two numbers: latitude and longitude"),
        What::Choice { many: true, .. } | What::Page { many: true, .. } | What::Lines(_) => {
            text!("listę słów", "a list of words")
        }
        What::Group(_) => text!("osobne pola z kluczami", "fields with keys of their own"),
        What::Items { .. } => text!("listę pozycji z kluczami", "a list of items with keys"),
        _ => text!("jeden tekst w języku tego pliku", "one text in the language of this file"),
    }
}
