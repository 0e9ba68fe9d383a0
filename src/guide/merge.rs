//! A translation's block over its original's: structure is inherited, texts are overridden.

use super::Kind;
use crate::source::{Step, Table, Value};

/// A merged block, and what a translation did that it need not or cannot do.
pub(super) struct Merged {
    pub(super) table: Table,
    /// Paths in the translation that override structure.
    pub(super) overrides: Vec<Vec<Step>>,
    /// Items of keyed lists in the translation that the original does not have.
    pub(super) strangers: Vec<Vec<Step>>,
}

/// Lays a translation's block over its original's.
pub(super) fn merge(kind: &Kind, original: &Table, translation: &Table) -> Merged {
    let mut merged = Merged { table: original.clone(), overrides: vec![], strangers: vec![] };
    let mut table = original.clone();
    tables(kind, &mut table, translation, &mut vec![], "", &mut merged);
    merged.table = table;
    merged
}

fn tables(kind: &Kind, into: &mut Table, from: &Table, path: &mut Vec<Step>, dotted: &str, merged: &mut Merged) {
    for (key, value) in from {
        let dotted = if dotted.is_empty() { key.clone() } else { format!("{dotted}.{key}") };
        path.push(Step::key(key));
        let keyed = kind.keyed.iter().find(|(list, _)| *list == dotted);
        match (into.get_mut(key), value) {
            (Some(Value::Object(own)), Value::Object(theirs)) => tables(kind, own, theirs, path, &dotted, merged),
            (Some(Value::Array(own)), Value::Array(theirs)) if keyed.is_some() => {
                let keys = keyed.map_or(&[][..], |(_, keys)| keys);
                items(kind, own, theirs, keys, path, &dotted, merged);
            }
            (_, value) => {
                if !kind.texts.contains(&dotted.as_str()) && into.contains_key(key) {
                    merged.overrides.push(path.clone());
                }
                into.insert(key.clone(), value.clone());
            }
        }
        path.pop();
    }
}

fn items(
    kind: &Kind,
    own: &mut [Value],
    theirs: &[Value],
    keys: &[&str],
    path: &mut Vec<Step>,
    dotted: &str,
    merged: &mut Merged,
) {
    for (index, item) in theirs.iter().enumerate() {
        path.push(Step::Index(index));
        let name = keys.iter().find_map(|key| Some((*key, item.get(key)?)));
        // A round tour passes a place twice: the second item of a name is the original's second.
        let found = name.and_then(|(key, value)| {
            let nth = theirs[..index].iter().filter(|other| is_named(other, key, value)).count();
            own.iter_mut().filter(|own| is_named(own, key, value)).nth(nth)
        });
        match (found, item) {
            (Some(Value::Object(own)), Value::Object(item)) => {
                let mut rest = item.clone();
                // An item may be named twice over, by a place and by where it is: that overrides nothing.
                rest.retain(|key, value| {
                    let is_name = name.is_some_and(|(name, _)| name == key);
                    let repeats = keys.contains(&key.as_str()) && own.get(key).is_some_and(|own| is_same(own, value));
                    !is_name && !repeats
                });
                tables(kind, own, &rest, path, dotted, merged);
            }
            _ => merged.strangers.push(path.clone()),
        }
        path.pop();
    }
}

/// Whether an item bears this name. Numbers count by value: `20` is `20.0`.
fn is_named(item: &Value, key: &str, name: &Value) -> bool {
    item.get(key).is_some_and(|own| is_same(own, name))
}

fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (a, b) => a == b,
    }
}

/// The path in the translation for a path in the merged block: positions in keyed lists are the translation's own.
pub(super) fn path_in_translation(kind: &Kind, merged: &Table, translation: &Table, path: &[Step]) -> Vec<Step> {
    let mut path = path.to_vec();
    let [Step::Key(list), Step::Index(at), ..] = &path[..] else { return path };
    let Some((_, keys)) = kind.keyed.iter().find(|(name, _)| name == list) else { return path };
    let items = merged.get(list).and_then(Value::as_array);
    let position = keys.iter().find_map(|key| {
        let value = items?.get(*at)?.get(key)?;
        let nth = items?[..*at].iter().filter(|other| is_named(other, key, value)).count();
        let own = translation.get(list)?.as_array()?.iter().enumerate();
        own.filter(|(_, own)| is_named(own, key, value)).nth(nth).map(|(position, _)| position)
    });
    if let Some(position) = position {
        path[1] = Step::Index(position);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::KINDS;

    fn table(json: &str) -> Table {
        serde_json::from_str(json).unwrap()
    }

    fn tour() -> &'static Kind {
        KINDS.iter().find(|kind| kind.name == "tour").unwrap()
    }

    #[test]
    fn texts_override_and_structure_is_inherited() {
        let original =
            table(r#"{"stops": [{"place": "a", "note": "pl", "minutes": 5}, {"at": [1, 2], "title": "B"}]}"#);
        let translation = table(r#"{"stops": [{"at": [1, 2], "title": "B en"}, {"place": "a", "note": "en"}]}"#);
        let merged = merge(tour(), &original, &translation);
        assert!(merged.overrides.is_empty() && merged.strangers.is_empty());
        assert_eq!(merged.table["stops"][0]["note"], "en");
        assert_eq!(merged.table["stops"][0]["minutes"], 5);
        assert_eq!(merged.table["stops"][1]["title"], "B en");
        let path = [Step::key("stops"), Step::Index(0), Step::key("note")];
        assert_eq!(path_in_translation(tour(), &merged.table, &translation, &path)[1], Step::Index(1));
    }

    #[test]
    fn an_item_may_be_named_by_both_of_its_keys() {
        let original = table(r#"{"stops": [{"place": "a", "at": [1, 2]}]}"#);
        let both = table(r#"{"stops": [{"place": "a", "at": [1.0, 2], "note": "en"}]}"#);
        assert!(merge(tour(), &original, &both).overrides.is_empty());
        let moved = table(r#"{"stops": [{"place": "a", "at": [1, 3]}]}"#);
        assert_eq!(merge(tour(), &original, &moved).overrides.len(), 1);
    }

    #[test]
    fn a_place_passed_twice_keeps_its_two_notes() {
        let original =
            table(r#"{"stops": [{"place": "p", "note": "a"}, {"place": "q"}, {"place": "p", "note": "b"}]}"#);
        let translation = table(r#"{"stops": [{"place": "p", "note": "A"}, {"place": "p", "note": "B"}]}"#);
        let merged = merge(tour(), &original, &translation).table;
        assert_eq!((&merged["stops"][0]["note"], &merged["stops"][2]["note"]), (&"A".into(), &"B".into()));
        let path = path_in_translation(tour(), &merged, &translation, &[Step::key("stops"), Step::Index(2)]);
        assert_eq!(path[1], Step::Index(1));
    }

    #[test]
    fn overriding_structure_is_noticed() {
        let original = table(r#"{"stops": [{"place": "a", "minutes": 5}], "wheelchair": "yes"}"#);
        let translation = table(r#"{"stops": [{"place": "a", "minutes": 6}, {"place": "c"}], "wheelchair": "no"}"#);
        let merged = merge(tour(), &original, &translation);
        assert_eq!(merged.overrides.len(), 2);
        assert_eq!(merged.strangers, [vec![Step::key("stops"), Step::Index(1)]]);
        assert_eq!(merged.table["wheelchair"], "no");
    }

    #[test]
    fn what_the_original_has_not_is_no_override() {
        let original = table(
            r#"{"stops": [{"place": "a"}, {"at": [1, 2], "title": "B"}], "access": {"note": "pl", "ramp": true}, "track": "a.gpx"}"#,
        );
        let translation = table(
            r#"{"stops": [{"title": "x"}, "y", {"at": [1.0, 2.0], "title": "C", "extra": 1}], "access": {"ramp": true, "door": 1}, "track": [1], "new": 2}"#,
        );
        let merged = merge(tour(), &original, &translation);
        let step = |key: &str| Step::key(key);
        assert_eq!(merged.overrides, [vec![step("access"), step("ramp")], vec![step("track")]]);
        assert_eq!(merged.strangers, [vec![step("stops"), Step::Index(0)], vec![step("stops"), Step::Index(1)]]);
        assert_eq!(merged.table["stops"][1], serde_json::json!({ "at": [1, 2], "title": "C", "extra": 1 }));
        assert_eq!(merged.table["access"], serde_json::json!({ "note": "pl", "ramp": true, "door": 1 }));
        assert_eq!((&merged.table["track"], &merged.table["new"]), (&serde_json::json!([1]), &serde_json::json!(2)));
        // A list that becomes something else is another value.
        let other = merge(tour(), &original, &table(r#"{"stops": 1}"#));
        assert_eq!((other.overrides.len(), &other.table["stops"]), (1, &serde_json::json!(1)));
    }

    #[test]
    fn values_are_compared_by_what_they_mean() {
        let value = |json: &str| serde_json::from_str::<Value>(json).unwrap();
        for (a, b, expected) in [
            ("20", "20.0", true),
            ("20", "21", false),
            ("[1, [2]]", "[1.0, [2.0]]", true),
            ("[1, 2]", "[1]", false),
            ("[1]", "[1, 2]", false),
            ("[1, 2]", "[1, 3]", false),
            ("\"1\"", "1", false),
            ("\"a\"", "\"a\"", true),
            ("null", "null", true),
        ] {
            assert_eq!(is_same(&value(a), &value(b)), expected, "{a} {b}");
        }
    }

    #[test]
    fn paths_are_those_of_the_translation() {
        let merged = table(r#"{"stops": [{"place": "a"}, {"place": "b"}, {"at": [1, 2]}], "surface": "x"}"#);
        let translation = table(r#"{"stops": [{"at": [1, 2]}, {"place": "b"}]}"#);
        let own = |path: &[Step]| path_in_translation(tour(), &merged, &translation, path);
        let stop = |at: usize| [Step::key("stops"), Step::Index(at), Step::key("note")];
        assert_eq!(own(&stop(2)), stop(0));
        assert_eq!(own(&stop(1)), stop(1));
        // What the translation does not name, or what is no item, stands where it is.
        assert_eq!(own(&stop(0)), stop(0));
        assert_eq!(own(&stop(9)), stop(9));
        assert_eq!(own(&[Step::key("surface")]), [Step::key("surface")]);
        assert_eq!(own(&[Step::key("other"), Step::Index(2)]), [Step::key("other"), Step::Index(2)]);
    }

    #[test]
    fn a_list_whose_items_have_no_names_is_one_value() {
        let place = KINDS.iter().find(|kind| kind.name == "place").unwrap();
        let merged = merge(place, &table(r#"{"architects": ["A", "B"]}"#), &table(r#"{"architects": ["C"]}"#));
        assert_eq!((merged.overrides.len(), merged.strangers.len()), (1, 0));
        assert_eq!(merged.table["architects"], serde_json::json!(["C"]));
        let dates = r#"{"dates": [{"on": "1949", "what": "pl"}]}"#;
        let merged = merge(place, &table(dates), &table(r#"{"dates": [{"on": "1949", "what": "en"}]}"#));
        assert!(merged.overrides.is_empty() && merged.table["dates"][0]["what"] == "en");
    }
}
