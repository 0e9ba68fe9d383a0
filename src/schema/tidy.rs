//! What schemas of Rust types have that nobody else needs, taken out.

use schemars::Schema;
use schemars::transform::transform_subschemas;

use super::described::{choice, describe};
use crate::source::Value;

/// Tidies a schema and all schemas in it.
pub(super) fn tidy(schema: &mut Schema) {
    forbid_null(schema);
    collapse_choices(schema);
    describe(schema);
    if let Some(table) = schema.as_object_mut() {
        // `x-items` on a list is what a doc attribute wants to say of its items.
        if let Some(Value::Object(more)) = table.shift_remove("x-items")
            && let Some(Value::Object(items)) = table.get_mut("items")
        {
            items.extend(more);
        }
        let is_number = table.get("format").and_then(Value::as_str).is_some_and(|format| format.starts_with("uint"));
        if is_number {
            table.shift_remove("format");
        }
        let is_empty = |value: &Value| match value {
            Value::Null => true,
            Value::Array(list) => list.is_empty(),
            Value::Object(table) => table.is_empty(),
            _ => false,
        };
        if table.get("default").is_some_and(is_empty) {
            table.shift_remove("default");
        }
    }
    transform_subschemas(&mut tidy, schema);
}

/// `Option<T>` as `T`: a key without a value is a value that was forgotten.
fn forbid_null(schema: &mut Schema) {
    let Some(table) = schema.as_object_mut() else { return };
    if let Some(Value::Array(types)) = table.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = &types[..] {
            let only = only.clone();
            table.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(words)) = table.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    let is_null = |value: &Value| value.get("type").is_some_and(|name| name == "null");
    let Some(Value::Array(either)) = table.get("anyOf") else { return };
    let mut rest = either.iter().filter(|schema| !is_null(schema));
    let (Some(Value::Object(only)), None, true) = (rest.next().cloned(), rest.next(), either.iter().any(is_null))
    else {
        return;
    };
    table.shift_remove("anyOf");
    for (key, value) in only {
        table.entry(key).or_insert(value);
    }
}

/// A choice of words with their descriptions as a plain `enum`, so that programs say in one line what can be chosen.
fn collapse_choices(schema: &mut Schema) {
    let Some(table) = schema.as_object_mut() else { return };
    let Some(Value::Array(each)) = table.get("oneOf") else { return };
    let Some(words) = each.iter().map(|one| one.get("const").cloned()).collect::<Option<Vec<Value>>>() else { return };
    let comments = each.iter().map(|one| one.get("description").and_then(Value::as_str).unwrap_or_default());
    let choices: Option<Vec<_>> = words.iter().zip(comments).map(|(word, comment)| choice(word, comment)).collect();
    // A word such as `true` is a word too where YAML takes it for something else.
    let is_other = |word: &Value| word.as_str().and_then(|word| word.parse::<bool>().ok());
    let others: Vec<Value> = words.iter().filter_map(is_other).map(Value::from).collect();
    let types: &[&str] = if others.is_empty() { &["string"] } else { &["string", "boolean"] };
    table.shift_remove("oneOf");
    table.insert("type".into(), if let [only] = types { (*only).into() } else { types.into() });
    if let Some(choices) = choices {
        let (choices, mut texts): (Vec<Value>, Vec<String>) = choices.into_iter().unzip();
        texts
            .extend(words.iter().zip(texts.clone()).filter(|(word, _)| is_other(word).is_some()).map(|(_, text)| text));
        table.insert("enumDescriptions".into(), texts.into());
        table.insert("x-choices".into(), choices.into());
    }
    table.insert("enum".into(), [words, others].concat().into());
}
