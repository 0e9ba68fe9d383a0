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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::Config;

    fn field(name: &str, what: What, versions: Versions) -> Field {
        Field { name: name.into(), label: name.into(), hint: None, required: false, versions, what }
    }

    fn line() -> What {
        What::Line { pattern: None }
    }

    fn page(many: bool) -> What {
        What::Page { collection: "miejsca".into(), many }
    }

    fn items(fields: Vec<Field>) -> What {
        What::Items { fields, one: None, summary: String::new() }
    }

    #[test]
    fn values_that_a_field_can_hold() {
        let (one, list, deep, table) = (json!("a"), json!(["a", 2]), json!([["a"]]), json!({ "a": 1 }));
        let number = || What::Number { whole: true, least: None, most: None };
        let choice = |many| What::Choice { options: vec![], many };
        for (what, held) in [
            (line(), [true, false, false, false]),
            (What::Paragraph, [true, false, false, false]),
            (What::Body, [true, false, false, false]),
            (What::Day, [true, false, false, false]),
            (What::Picture, [true, false, false, false]),
            (number(), [false, false, false, false]),
            (choice(false), [true, false, false, false]),
            (choice(true), [true, true, false, false]),
            (page(false), [true, false, false, false]),
            (page(true), [true, true, false, false]),
            (What::Position, [false, true, true, false]),
            (What::Lines(Box::new(line())), [false, true, false, false]),
            (What::Group(vec![]), [false, false, false, false]),
            (items(vec![]), [false, false, false, false]),
        ] {
            assert_eq!([&one, &list, &deep, &table].map(|value| holds(&what, value)), held, "{what:?}");
        }
        // A number in quotes is a number for the CMS; a list with a table in it is no list of words.
        let numbers = [json!(1.5), json!(" 12 "), json!("12 min"), json!(true)];
        assert_eq!(numbers.map(|value| holds(&number(), &value)), [true, true, false, false]);
        assert!(!is_list_of_single(&json!(["a", { "b": 1 }])) && is_list_of_single(&json!([])));
    }

    #[test]
    fn items_of_a_translation_are_those_of_the_original() {
        let fields = [field("place", line(), Versions::Same), field("note", line(), Versions::Own)];
        let original = [json!({ "place": "a", "note": "pl" }), json!({ "place": "b" })];
        let is = |items: &[Value]| is_aligned(&fields, items, &original);
        assert!(is(&[json!({ "place": "a", "note": "en" }), json!({ "place": "b" })]));
        // What it does not name stands for itself.
        assert!(is(&[json!({ "note": "en" }), json!({})]));
        assert!(!is(&[json!({ "place": "b" }), json!({ "place": "a" })]));
        assert!(!is(&[json!({ "place": "a" })]) && !is(&[]));
        assert!(!is_aligned(&fields, &[json!({ "place": "a" })], &[json!({})]));
    }

    #[test]
    fn what_has_no_room_is_told_at_its_place() {
        let config: Config = toml::from_str("base_url = \"https://example.org\"").unwrap();
        let stops = items(vec![field("place", line(), Versions::Same), field("minutes", line(), Versions::Original)]);
        let access = What::Group(vec![field("note", line(), Versions::Own)]);
        let fields = [
            field("title", line(), Versions::Own),
            field("stops", stops, Versions::Same),
            field("access", access, Versions::Own),
            field("day", What::Day, Versions::Own),
        ];
        let told = |front: &str, original: Option<Value>| -> Vec<(usize, String)> {
            let source = Source::thin("a.md", &format!("---\n{front}\n---\n"), "", &config).unwrap();
            let original = original.map(|value| value.as_object().unwrap().clone());
            misfits(&fields, &source, original.as_ref())
                .into_iter()
                .map(|found| {
                    let room = found.help.unwrap().en;
                    let room = room.strip_prefix("the form has room for ").and_then(|rest| rest.split(" here").next());
                    let key = found.message.en.split('`').nth(1).unwrap().to_string();
                    (found.span.unwrap().line, format!("{key}: {}", room.unwrap_or("order")))
                })
                .collect()
        };
        assert!(told("title: A\nother: [[1]]\nstops:\n  - place: a\naccess:\n  note: x", None).is_empty());
        assert_eq!(
            told("title: { pl: A }\nstops: a\naccess: x\nday: [1]", None),
            [
                (2, "title: one text in the language of this file".to_string()),
                (3, "stops: a list of items with keys".to_string()),
                (4, "access: fields with keys of their own".to_string()),
                (5, "day: a day".to_string()),
            ]
        );
        assert_eq!(
            told("stops:\n  - place: a\n  - b\n  - minutes: [1]\naccess:\n  note: []", None),
            [
                (4, "stops: fields with keys of their own".to_string()),
                (5, "minutes: one text in the language of this file".to_string()),
                (7, "note: one text in the language of this file".to_string()),
            ]
        );
        let original = || Some(json!({ "stops": [{ "place": "a" }, { "place": "b" }], "access": { "note": "x" } }));
        assert_eq!(told("stops:\n  - place: b\n  - place: a", original()), [(3, "stops: order".to_string())]);
        assert!(told("stops:\n  - place: a\n  - place: b", original()).is_empty());
        assert!(told("stops:\n  - place: b", None).is_empty(), "an original has no order to keep");
    }

    #[test]
    fn an_order_is_kept_only_where_versions_share_their_items() {
        let config: Config = toml::from_str("base_url = \"https://example.org\"").unwrap();
        let source = Source::thin("a.md", "---\naccess:\n  list:\n    - note: a\n---\n", "", &config).unwrap();
        let original = json!({ "access": { "list": [] } });
        let told = |versions| {
            let list = field("list", items(vec![field("note", line(), Versions::Own)]), versions);
            misfits(&[field("access", What::Group(vec![list]), Versions::Own)], &source, original.as_object()).len()
        };
        assert_eq!((told(Versions::Same), told(Versions::Own), told(Versions::Original)), (1, 0, 0));
    }

    #[test]
    fn room_is_put_in_words() {
        for (what, expected) in [
            (What::Number { whole: true, least: None, most: None }, "a number"),
            (What::Day, "a day"),
            (What::Position, "two numbers: latitude and longitude"),
            (What::Choice { options: vec![], many: true }, "a list of words"),
            (page(true), "a list of words"),
            (What::Lines(Box::new(line())), "a list of words"),
            (What::Group(vec![]), "fields with keys of their own"),
            (items(vec![]), "a list of items with keys"),
            (What::Choice { options: vec![], many: false }, "one text in the language of this file"),
            (page(false), "one text in the language of this file"),
            (What::Body, "one text in the language of this file"),
        ] {
            assert_eq!(room(&what).en, expected);
        }
    }
}
