//! The fields of a form, and how Sveltia CMS wants them described.

use serde_json::{Map, Value, json};

use super::Desk;

/// What a translation needs of its own too.
const EVERYWHERE: [&str; 2] = ["title", "description"];

/// One field of a form.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// Its key in the file.
    pub(super) name: String,
    /// What editors read above it.
    pub(super) label: String,
    /// What helps them to fill it in.
    pub(super) hint: Option<String>,
    /// Whether an original must have it.
    pub(super) required: bool,
    /// What the versions of a page have to do with each other here.
    pub(super) versions: Versions,
    /// What is written into it.
    pub(super) what: What,
}

/// What the versions of a page in several languages share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Versions {
    /// Only the original has it.
    Original,
    /// Each has the same: what a translation calls its items by, and lists whose items it names so.
    Same,
    /// Each has its own.
    Own,
}

/// What is written into a field.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// A short text; what it must look like, and what is said where it does not.
    Line { pattern: Option<(String, String)> },
    /// A longer text, Markdown maybe.
    Paragraph,
    /// The text of the page.
    Body,
    /// A number, whole or not, with its bounds.
    Number { whole: bool, least: Option<Value>, most: Option<Value> },
    /// A day.
    Day,
    /// One or several of some values, each with its word.
    Choice { options: Vec<(Value, String)>, many: bool },
    /// Latitude and longitude.
    Position,
    /// One or several pages of a collection, by the names of their folders.
    Page { collection: String, many: bool },
    /// A picture beside the page.
    Picture,
    /// Several fields under one name.
    Group(Vec<Field>),
    /// A list whose items have fields, what one of them is called, and what stands for one that is closed.
    Items { fields: Vec<Field>, one: Option<String>, summary: String },
    /// A list of single values.
    Lines(Box<Self>),
}

impl Field {
    /// The field in the CMS's words.
    pub(super) fn value(&self, desk: &Desk<'_>) -> Value {
        let mut map = Map::new();
        map.insert("name".into(), self.name.clone().into());
        map.insert("label".into(), self.label.clone().into());
        for (key, value) in self.what.options(desk) {
            map.insert(key.into(), value);
        }
        if let Some(hint) = &self.hint {
            map.insert("hint".into(), hint.clone().into());
        }
        // A group is opened by its fields, so that nobody has to add an empty one first.
        let required = self.required || matches!(self.what, What::Group(_));
        // A translation may lack anything but its name: readers get the original's.
        let everywhere = matches!(self.what, What::Group(_)) || EVERYWHERE.contains(&self.name.as_str());
        map.insert(
            "required".into(),
            if required && desk.is_multilingual && !everywhere { json!([desk.language]) } else { required.into() },
        );
        if desk.is_multilingual {
            match self.versions {
                Versions::Original => None,
                Versions::Same => map.insert("i18n".into(), "duplicate".into()),
                Versions::Own => map.insert("i18n".into(), true.into()),
            };
        }
        Value::Object(map)
    }
}

impl What {
    fn options(&self, desk: &Desk<'_>) -> Vec<(&'static str, Value)> {
        let widget = |name: &str| ("widget", Value::from(name));
        match self {
            Self::Line { pattern } => {
                let pattern = pattern.as_ref().map(|(pattern, message)| ("pattern", json!([pattern, message])));
                [widget("string")].into_iter().chain(pattern).collect()
            }
            Self::Paragraph => vec![widget("text")],
            // As it is written: the other editor writes all of it anew, other marks and tables included.
            Self::Body => vec![widget("markdown"), ("modes", json!(["raw", "rich_text"]))],
            Self::Number { whole, least, most } => {
                let mut options = vec![widget("number"), ("value_type", if *whole { "int" } else { "float" }.into())];
                options.extend(least.clone().map(|least| ("min", least)));
                options.extend(most.clone().map(|most| ("max", most)));
                options
            }
            Self::Day => vec![widget("datetime"), ("type", "date".into()), ("format", "YYYY-MM-DD".into())],
            Self::Choice { options, many } => {
                let options =
                    options.iter().map(|(value, label)| json!({ "label": label, "value": value })).collect::<Vec<_>>();
                let many = many.then_some(("multiple", Value::from(true)));
                [widget("select"), ("options", options.into())].into_iter().chain(many).collect()
            }
            Self::Position => desk.position(),
            Self::Page { collection, many } => {
                let many = many.then_some(("multiple", Value::from(true)));
                let options = [
                    widget("relation"),
                    ("collection", collection.clone().into()),
                    ("value_field", "{{slug}}".into()),
                    ("display_fields", json!(["title"])),
                ];
                options.into_iter().chain(many).collect()
            }
            Self::Picture => vec![widget("image"), ("choose_url", false.into())],
            Self::Group(fields) => vec![widget("object"), ("fields", values(fields, desk))],
            Self::Items { fields, one, summary } => {
                let thumbnail = fields.iter().find(|field| matches!(field.what, Self::Picture));
                let mut options = vec![
                    widget("list"),
                    ("collapsed", "auto".into()),
                    ("summary", summary.clone().into()),
                    ("fields", values(fields, desk)),
                ];
                options.extend(one.clone().map(|one| ("label_singular", Value::from(one))));
                options.extend(thumbnail.map(|field| ("thumbnail", Value::from(field.name.clone()))));
                options
            }
            Self::Lines(what) => {
                let mut field = json!({ "name": "item", "label": desk.words.item, "required": true });
                for (key, value) in what.options(desk) {
                    field[key] = value;
                }
                if desk.is_multilingual {
                    // Where the list is the original's alone nobody asks for this.
                    field["i18n"] = true.into();
                }
                vec![widget("list"), ("field", field)]
            }
        }
    }
}

/// Fields in the CMS's words.
pub(super) fn values(fields: &[Field], desk: &Desk<'_>) -> Value {
    fields.iter().map(|field| field.value(desk)).collect::<Vec<_>>().into()
}

#[cfg(test)]
mod tests {
    use super::super::desk::tests::desk;
    use super::*;

    fn field(name: &str, what: What, required: bool, versions: Versions) -> Field {
        Field { name: name.into(), label: name.to_uppercase(), hint: None, required, versions, what }
    }

    fn line() -> What {
        What::Line { pattern: None }
    }

    #[test]
    fn a_translation_needs_little() {
        let group = || What::Group(vec![]);
        for (name, what, required, is_multilingual, expected) in [
            ("address", line(), true, true, json!(["pl"])),
            ("address", line(), true, false, json!(true)),
            ("address", line(), false, true, json!(false)),
            ("title", line(), true, true, json!(true)),
            ("title", line(), false, true, json!(false)),
            ("description", line(), true, true, json!(true)),
            ("place", group(), true, true, json!(true)),
            ("access", group(), false, true, json!(true)),
            ("access", group(), false, false, json!(true)),
        ] {
            let value = field(name, what, required, Versions::Own).value(&desk(is_multilingual));
            assert_eq!(value["required"], expected, "{name} {required} {is_multilingual}");
        }
    }

    #[test]
    fn versions_share_what_the_field_says() {
        let i18n = |versions, is_multilingual: bool| {
            field("a", line(), false, versions).value(&desk(is_multilingual)).get("i18n").cloned()
        };
        assert_eq!(i18n(Versions::Original, true), None);
        assert_eq!(i18n(Versions::Same, true), Some("duplicate".into()));
        assert_eq!(i18n(Versions::Own, true), Some(true.into()));
        assert_eq!(i18n(Versions::Own, false), None);
        let with_hint = Field { hint: Some("how".into()), ..field("a", line(), false, Versions::Own) };
        assert_eq!(
            with_hint.value(&desk(false)),
            json!({ "name": "a", "label": "A", "widget": "string", "hint": "how", "required": false })
        );
    }

    #[test]
    fn each_value_has_its_widget() {
        let options = vec![("yes".into(), "Tak".to_string())];
        let picture = || field("file", What::Picture, false, Versions::Same);
        let page = |many| What::Page { collection: "miejsca".into(), many };
        for (what, expected) in [
            (
                What::Line { pattern: Some(("^a$".into(), "an a".into())) },
                json!({ "widget": "string", "pattern": ["^a$", "an a"] }),
            ),
            (What::Paragraph, json!({ "widget": "text" })),
            (What::Body, json!({ "widget": "markdown", "modes": ["raw", "rich_text"] })),
            (
                What::Number { whole: true, least: Some(1.into()), most: Some(12.into()) },
                json!({ "widget": "number", "value_type": "int", "min": 1, "max": 12 }),
            ),
            (
                What::Number { whole: false, least: None, most: None },
                json!({ "widget": "number", "value_type": "float" }),
            ),
            (What::Day, json!({ "widget": "datetime", "type": "date", "format": "YYYY-MM-DD" })),
            (
                What::Choice { options: options.clone(), many: false },
                json!({ "widget": "select", "options": [{ "label": "Tak", "value": "yes" }] }),
            ),
            (
                What::Choice { options, many: true },
                json!({ "widget": "select", "options": [{ "label": "Tak", "value": "yes" }], "multiple": true }),
            ),
            (
                page(false),
                json!({ "widget": "relation", "collection": "miejsca", "value_field": "{{slug}}", "display_fields": ["title"] }),
            ),
            (
                page(true),
                json!({ "widget": "relation", "collection": "miejsca", "value_field": "{{slug}}", "display_fields": ["title"], "multiple": true }),
            ),
            (What::Picture, json!({ "widget": "image", "choose_url": false })),
            (What::Group(vec![picture()]), json!({ "widget": "object", "fields": [picture().value(&desk(true))] })),
            (
                What::Items {
                    fields: vec![field("alt", line(), true, Versions::Own), picture()],
                    one: Some("Stop".into()),
                    summary: "s".into(),
                },
                json!({
                    "widget": "list", "collapsed": "auto", "summary": "s", "label_singular": "Stop", "thumbnail": "file",
                    "fields": [field("alt", line(), true, Versions::Own).value(&desk(true)), picture().value(&desk(true))],
                }),
            ),
            (
                What::Items { fields: vec![], one: None, summary: String::new() },
                json!({ "widget": "list", "collapsed": "auto", "summary": "", "fields": [] }),
            ),
            (
                What::Lines(Box::new(What::Paragraph)),
                json!({ "widget": "list", "field": { "name": "item", "label": "Item", "required": true, "widget": "text", "i18n": true } }),
            ),
        ] {
            let found: Map<String, Value> =
                what.options(&desk(true)).into_iter().map(|(key, value)| (key.to_string(), value)).collect();
            assert_eq!(Value::Object(found), expected);
        }
        assert_eq!(What::Position.options(&desk(true))[0], ("widget", json!("position")));
        let alone = What::Lines(Box::new(line())).options(&desk(false));
        assert_eq!(alone[1].1.get("i18n"), None);
    }
}
