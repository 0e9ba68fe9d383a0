//! The fields of a form, from the JSON Schema of what is written into a file.

use serde_json::Value;

use super::Desk;
use super::field::{Field, Versions, What};

/// What versions of a page share, by dotted paths.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared<'a> {
    /// Texts, of which each version has its own.
    pub(super) texts: &'a [&'a str],
    /// Lists whose items a translation names by one of some keys.
    pub(super) keyed: &'a [(&'a str, &'a [&'a str])],
}

impl Shared<'_> {
    fn versions(&self, path: &str) -> Versions {
        let below = |whole: &str, part: &str| whole.strip_prefix(part).is_some_and(|rest| rest.starts_with('.'));
        let is_key = |(list, keys): &(&str, &[&str])| keys.iter().any(|key| path == format!("{list}.{key}"));
        if self.texts.iter().any(|text| *text == path || below(path, text)) {
            Versions::Own
        } else if self.keyed.iter().any(|(list, _)| *list == path) || self.keyed.iter().any(is_key) {
            Versions::Same
        } else if self.texts.iter().any(|text| below(text, path)) {
            Versions::Own
        } else {
            Versions::Original
        }
    }
}

/// Reads forms from schemas.
pub(super) struct Forms<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) shared: Shared<'a>,
}

impl Forms<'_> {
    /// The fields of a table: all of its schema's, or those that are asked for, in that order.
    pub(super) fn fields(&self, schema: &Value, path: &str, only: Option<&[&str]>) -> Vec<Field> {
        let Some(properties) = schema["properties"].as_object() else { return vec![] };
        let names: Vec<&str> = match only {
            Some(names) => names.to_vec(),
            None => properties.keys().map(String::as_str).collect(),
        };
        let required =
            |name: &str| schema["required"].as_array().is_some_and(|names| names.iter().any(|own| own == name));
        names.into_iter().filter_map(|name| self.field(name, properties.get(name)?, path, required(name))).collect()
    }

    /// One field; `None` for what has no form here.
    pub(super) fn field(&self, name: &str, schema: &Value, path: &str, required: bool) -> Option<Field> {
        let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
        let what = self.what(schema, &path)?;
        let (label, hint) = self.desk.said(schema);
        let hint = match &what {
            What::Position => Some(self.desk.words.position),
            // What is chosen is not written, so that words about writing would be in the way.
            What::Day | What::Page { .. } | What::Picture => None,
            What::Choice { .. } if schema["type"] == "boolean" => None,
            _ => hint,
        };
        Some(Field {
            name: name.to_string(),
            label: label.unwrap_or(name).to_string(),
            // Marks of code are not for the CMS, which shows them as they are.
            hint: hint.map(|hint| hint.replace('`', "")),
            required,
            versions: self.shared.versions(&path),
            what,
        })
    }

    fn what(&self, schema: &Value, path: &str) -> Option<What> {
        if let Some(options) = self.desk.choices(schema) {
            return Some(What::Choice { options, many: false });
        }
        match schema["x-type"].as_str() {
            Some("coordinates") => return Some(What::Position),
            Some("picture") => return Some(What::Picture),
            Some("date") => return Some(What::Day),
            Some("long-text" | "markdown") => return Some(What::Paragraph),
            Some("page") => return Some(self.page(schema)),
            // A text for the language of the file. The other way, a text for each language, is told by `fits`.
            Some("words") => return Some(What::Line { pattern: None }),
            _ => {}
        }
        match kind(schema) {
            "string" => Some(What::Line { pattern: self.pattern(schema) }),
            "boolean" => {
                let [yes, no] = self.desk.words.yes_no;
                Some(What::Choice { options: vec![(true.into(), yes.into()), (false.into(), no.into())], many: false })
            }
            number @ ("integer" | "number") => Some(What::Number {
                whole: number == "integer",
                least: schema.get("minimum").cloned(),
                most: schema.get("maximum").cloned(),
            }),
            "object" => {
                let fields = self.fields(schema, path, None);
                (!fields.is_empty()).then_some(What::Group(fields))
            }
            "array" => self.list(schema, path),
            _ => None,
        }
    }

    fn list(&self, schema: &Value, path: &str) -> Option<What> {
        Some(match self.what(&schema["items"], path)? {
            What::Choice { options, .. } => What::Choice { options, many: true },
            What::Page { collection, .. } => What::Page { collection, many: true },
            What::Group(fields) => What::Items {
                summary: summary(&fields),
                one: self.desk.said(&schema["items"]).0.map(str::to_string),
                fields,
            },
            what => What::Lines(Box::new(what)),
        })
    }

    /// Pages of a kind, where there is one collection of them; else the name of the page is typed.
    fn page(&self, schema: &Value) -> What {
        match schema["x-kind"].as_str().and_then(|kind| self.desk.collection_of(kind)) {
            Some(collection) => What::Page { collection: collection.to_string(), many: false },
            None => What::Line { pattern: None },
        }
    }

    /// What a text must look like, and what is said where it does not. The message has one half in Polish and one in English.
    fn pattern(&self, schema: &Value) -> Option<(String, String)> {
        let pattern = schema["pattern"].as_str()?.to_string();
        let message = schema["patternErrorMessage"].as_str().unwrap_or(self.desk.words.other);
        Some((pattern, self.desk.half(message).to_string()))
    }
}

/// What stands for an item that is closed: the pages it names, and the first of its texts.
fn summary(fields: &[Field]) -> String {
    let pages = fields.iter().filter(|field| matches!(field.what, What::Page { .. }));
    let text = fields.iter().find(|field| matches!(field.what, What::Line { .. }));
    pages.chain(text).map(|field| format!("{{{{fields.{}}}}}", field.name)).collect::<Vec<_>>().join(" ")
}

/// The type of a value; of several the one that says most.
fn kind(schema: &Value) -> &str {
    match &schema["type"] {
        Value::String(kind) => kind,
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).next_back().unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::desk::tests::desk;
    use super::*;

    const NONE: Shared<'_> = Shared { texts: &[], keyed: &[] };

    /// What a schema's field is, briefly.
    fn brief(what: &What) -> String {
        match what {
            What::Line { pattern: None } => "line".into(),
            What::Line { pattern: Some((pattern, message)) } => format!("line {pattern} {message}"),
            What::Paragraph => "paragraph".into(),
            What::Body => "body".into(),
            What::Number { whole, least, most } => format!("number {whole} {least:?} {most:?}"),
            What::Day => "day".into(),
            What::Choice { options, many } => {
                let options: Vec<String> = options.iter().map(|(value, word)| format!("{value}={word}")).collect();
                format!("choice {many} {}", options.join(" "))
            }
            What::Position => "position".into(),
            What::Page { collection, many } => format!("page {many} {collection}"),
            What::Picture => "picture".into(),
            What::Group(fields) => format!("group {}", names(fields)),
            What::Items { fields, one, summary } => format!("items {} {one:?} {summary}", names(fields)),
            What::Lines(what) => format!("lines {}", brief(what)),
        }
    }

    fn names(fields: &[Field]) -> String {
        fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join("+")
    }

    #[test]
    fn a_schema_says_what_is_written() {
        let desk = desk(true);
        let forms = Forms { desk: &desk, shared: NONE };
        let choices = json!([{ "value": "a", "label": { "en": "A" } }]);
        for (schema, expected) in [
            (json!({ "x-choices": choices, "type": "string" }), Some("choice false \"a\"=A")),
            (json!({ "x-type": "coordinates", "type": "array" }), Some("position")),
            (json!({ "x-type": "picture", "type": "string" }), Some("picture")),
            (json!({ "x-type": "date", "type": "string", "pattern": "x" }), Some("day")),
            (json!({ "x-type": "long-text", "type": "string" }), Some("paragraph")),
            (json!({ "x-type": "markdown", "type": "string" }), Some("paragraph")),
            (json!({ "x-type": "page", "x-kind": "place" }), Some("page false miejsca")),
            (json!({ "x-type": "page", "x-kind": "tour" }), Some("line")),
            (json!({ "x-type": "page" }), Some("line")),
            (json!({ "x-type": "words", "type": "object" }), Some("line")),
            (json!({ "x-type": "moment", "type": "string" }), Some("line")),
            (json!({ "type": "string" }), Some("line")),
            (
                json!({ "type": "string", "pattern": "^a$", "patternErrorMessage": "tylko a / only a" }),
                Some("line ^a$ only a"),
            ),
            (json!({ "type": "string", "pattern": "^a$" }), Some("line ^a$ It does not look as it should.")),
            (json!({ "type": "boolean" }), Some("choice false true=yes false=no")),
            (json!({ "type": "integer", "minimum": 1 }), Some("number true Some(Number(1)) None")),
            (json!({ "type": "number", "maximum": 2 }), Some("number false None Some(Number(2))")),
            (json!({ "type": ["number", "string"] }), Some("line")),
            (json!({ "type": ["string", "integer"] }), Some("number true None None")),
            (json!({ "type": "object" }), None),
            (json!({ "type": "object", "properties": { "a": { "type": "string" } } }), Some("group a")),
            (json!({ "type": "null" }), None),
            (json!({}), None),
            (json!({ "type": [] }), None),
            (json!({ "type": "array", "items": { "type": "string" } }), Some("lines line")),
            (json!({ "type": "array", "items": { "x-choices": choices } }), Some("choice true \"a\"=A")),
            (json!({ "type": "array", "items": { "x-type": "page", "x-kind": "place" } }), Some("page true miejsca")),
            (json!({ "type": "array" }), None),
        ] {
            assert_eq!(forms.what(&schema, "a").as_ref().map(brief).as_deref(), expected, "{schema}");
        }
        let text = json!({ "type": "string" });
        let place = json!({ "x-type": "page", "x-kind": "place" });
        let properties = json!({ "minutes": { "type": "integer" }, "title": text, "note": text, "place": place });
        let stop = json!({ "type": "object", "x-label": { "en": "Stop" }, "properties": properties });
        assert_eq!(
            forms.what(&json!({ "type": "array", "items": stop }), "stops").as_ref().map(brief).unwrap(),
            "items minutes+title+note+place Some(\"Stop\") {{fields.place}} {{fields.title}}"
        );
    }

    #[test]
    fn a_field_says_what_helps() {
        let desk = desk(true);
        let shared = Shared { texts: &["access.note"], keyed: &[] };
        let forms = Forms { desk: &desk, shared };
        let hint = |mut schema: Value| {
            schema["x-hint"] = json!({ "en": "for example `a`" });
            forms.field("a", &schema, "", false).unwrap().hint
        };
        let own = Some("for example a".to_string());
        assert_eq!(hint(json!({ "type": "string" })), own);
        assert_eq!(hint(json!({ "x-choices": [] })), own);
        assert_eq!(hint(json!({ "type": "boolean" })), None);
        assert_eq!(hint(json!({ "x-type": "date" })), None);
        assert_eq!(hint(json!({ "x-type": "picture" })), None);
        assert_eq!(hint(json!({ "x-type": "page", "x-kind": "place" })), None);
        let position = desk.words.position.to_string();
        assert_eq!(hint(json!({ "x-type": "coordinates" })), Some(position));

        let text = json!({ "type": "string", "x-label": { "en": "Note" } });
        let field = forms.field("note", &text, "access", true).unwrap();
        assert_eq!((field.name.as_str(), field.label.as_str(), field.required), ("note", "Note", true));
        assert_eq!((field.versions, field.hint), (Versions::Own, None));
        let field = forms.field("note", &json!({ "type": "string" }), "", false).unwrap();
        assert_eq!((field.label.as_str(), field.required, field.versions), ("note", false, Versions::Original));
        assert!(forms.field("a", &json!({}), "", false).is_none());
    }

    #[test]
    fn a_table_has_the_fields_that_are_asked_for() {
        let desk = desk(true);
        let forms = Forms { desk: &desk, shared: NONE };
        let text = json!({ "type": "string" });
        let schema = json!({ "properties": { "a": text, "b": text, "c": {}, "d": text }, "required": ["b"] });
        let of = |only: Option<&[&str]>| {
            let fields = forms.fields(&schema, "", only);
            (names(&fields), fields.iter().filter(|field| field.required).count())
        };
        assert_eq!(of(None), ("a+b+d".to_string(), 1));
        assert_eq!(of(Some(&["d", "x", "a"])), ("d+a".to_string(), 0));
        assert_eq!(names(&forms.fields(&json!({}), "", None)), "");
    }

    #[test]
    fn what_versions_share() {
        let shared = Shared {
            texts: &["stops.title", "surface", "access.note", "legal"],
            keyed: &[("stops", &["place", "at"])],
        };
        let is = |path| shared.versions(path);
        assert_eq!(is("surface"), Versions::Own);
        assert_eq!((is("stops"), is("stops.place"), is("stops.at")), (Versions::Same, Versions::Same, Versions::Same));
        assert_eq!((is("stops.title"), is("stops.minutes")), (Versions::Own, Versions::Original));
        assert_eq!(
            (is("access"), is("access.note"), is("access.wheelchair")),
            (Versions::Own, Versions::Own, Versions::Original)
        );
        assert_eq!((is("legal"), is("legal.url"), is("legals")), (Versions::Own, Versions::Own, Versions::Original));
    }
}
