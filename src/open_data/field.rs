//! A column: its name, what its cells hold, and what it means.

use serde_json::{Map, Value, json};

use super::SEPARATOR;
use crate::guide::{Column, Derived, Holds};
use crate::schema::described::Described;

/// What a cell of a column holds, by the names of Table Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// A text.
    String,
    /// The address of a page.
    Uri,
    /// An e-mail address.
    Email,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
}

impl Type {
    /// Type and format of Table Schema.
    #[must_use]
    pub fn names(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::String => ("string", None),
            Self::Uri => ("string", Some("uri")),
            Self::Email => ("string", Some("email")),
            Self::Integer => ("integer", None),
            Self::Number => ("number", None),
            Self::Boolean => ("boolean", None),
            Self::Date => ("date", None),
        }
    }
}

/// One of the words that a cell may hold, with its name in Polish and English.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The word.
    pub value: String,
    /// Its name in Polish.
    pub pl: String,
    /// Its name in English.
    pub en: String,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The language of its texts, where it has several.
    pub language: Option<String>,
    /// Whether a cell holds a list.
    pub many: bool,
    /// What a cell, or an item of its list, holds.
    pub holds: Type,
    /// Name and meaning in Polish: the second is empty where the first says all.
    pub pl: [String; 2],
    /// The same in English.
    pub en: [String; 2],
    /// The words it may hold.
    pub choices: Vec<Choice>,
    /// The least and the greatest number.
    pub range: [Option<f64>; 2],
    /// What texts match.
    pub pattern: Option<String>,
    /// The table whose records it names.
    pub refers: Option<&'static str>,
    /// Whether every record has it.
    pub required: bool,
}

impl Field {
    /// A column by its doc comment alone.
    pub(super) fn new(name: &str, holds: Type, many: bool, comment: &str) -> Self {
        let mut field = Self {
            name: name.to_string(),
            language: None,
            many,
            holds,
            pl: Default::default(),
            en: Default::default(),
            choices: vec![],
            range: [None, None],
            pattern: None,
            refers: None,
            required: false,
        };
        if let Some(said) = Described::parse(comment) {
            field.pl = [said.pl.label, said.pl.hint.unwrap_or_default()];
            field.en = [said.en.label, said.en.hint.unwrap_or_default()];
        }
        field
    }

    /// The column of a kind, from the schema of its block; `None` where the schema has no such path.
    pub(super) fn of(column: &Column, block: &Value) -> Option<Self> {
        if let Some(Derived { holds, comment }) = column.derived {
            let of = match holds {
                Holds::Plain | Holds::Text | Holds::Words(_) => Type::String,
                Holds::Integer => Type::Integer,
                Holds::Date => Type::Date,
                Holds::Truth => Type::Boolean,
            };
            let mut field = Self::new(column.name, of, column.many, comment);
            if let Holds::Words(words) = holds {
                field.choices = words.iter().filter_map(|(value, comment)| choice(value, comment)).collect();
            }
            return Some(field);
        }
        let (named, schema) = find(block, column.path)?;
        let mut field = Self::new(column.name, type_of(schema), column.many, "");
        field.describe(named);
        field.limit(schema);
        Some(field)
    }

    /// Name and meaning out of a schema.
    pub(super) fn describe(&mut self, schema: &Value) {
        let text = |key: &str, language: &str| schema[key][language].as_str().unwrap_or_default().to_string();
        self.pl = [text("x-label", "pl"), text("x-hint", "pl")];
        self.en = [text("x-label", "en"), text("x-hint", "en")];
    }

    fn limit(&mut self, schema: &Value) {
        let choices = schema["x-choices"].as_array().into_iter().flatten();
        self.choices = choices
            .filter_map(|one| {
                let label = |language: &str| Some(one["label"][language].as_str()?.to_string());
                Some(Choice { value: one["value"].as_str()?.into(), pl: label("pl")?, en: label("en")? })
            })
            .collect();
        self.range = ["minimum", "maximum"].map(|key| schema[key].as_f64());
        // The other patterns are those of dates that a table writes in one way.
        let is_own = !matches!(schema["x-type"].as_str(), Some("date" | "web-address" | "email" | "page"));
        self.pattern = schema["pattern"].as_str().filter(|_| is_own && self.choices.is_empty()).map(str::to_string);
        self.refers = match schema["x-kind"].as_str() {
            Some("place") => Some("places"),
            Some("organisation") => Some("organisations"),
            _ => None,
        };
    }

    /// The same column for texts of one language.
    pub(super) fn in_language(&self, language: &str) -> Self {
        let name = format!("{}_{language}", self.name);
        Self { name, language: Some(language.to_string()), pattern: None, ..self.clone() }
    }

    /// A text as the cell's type wants it; null where it is none.
    pub(super) fn typed(&self, text: &str) -> Value {
        match self.holds {
            Type::Boolean => text.parse::<bool>().map_or(Value::Null, Value::from),
            Type::Integer => text.parse::<i64>().map_or(Value::Null, Value::from),
            Type::Number => text.parse::<f64>().map_or(Value::Null, Value::from),
            _ => text.into(),
        }
    }

    /// The column as Table Schema (version 2) describes it. What people read stands in both languages, and in each by itself.
    pub(super) fn descriptor(&self) -> Value {
        let mut of = Map::new();
        let mut set = |key: &str, value: Value| _ = of.insert(key.into(), value);
        let (name, format) = self.holds.names();
        set("name", self.name.as_str().into());
        if self.many {
            // The standard has a type `list`; its published schema and many readers do not know it.
            set("type", "string".into());
            set("x-delimiter", SEPARATOR.into());
            set("x-itemType", name.into());
        } else {
            set("type", name.into());
            if let Some(format) = format {
                set("format", format.into());
            }
        }
        let language = self.language.as_ref().map_or(String::new(), |code| format!(" ({code})"));
        set("title", format!("{} / {}{language}", self.pl[0], self.en[0]).into());
        set("description", format!("{}\n\n{}", joined(&self.pl), joined(&self.en)).into());
        for (code, [label, hint]) in [("pl", &self.pl), ("en", &self.en)] {
            set(&format!("title_{code}"), label.as_str().into());
            set(&format!("description_{code}"), hint.as_str().into());
        }
        let mut constraints = Map::new();
        if self.required {
            constraints.insert("required".into(), true.into());
        }
        if self.name == "id" {
            constraints.insert("unique".into(), true.into());
        }
        if !self.many {
            if !self.choices.is_empty() {
                let words: Vec<&str> = self.choices.iter().map(|choice| choice.value.as_str()).collect();
                constraints.insert("enum".into(), json!(words));
            }
            for (key, limit) in ["minimum", "maximum"].into_iter().zip(self.range) {
                if let Some(limit) = limit {
                    constraints.insert(key.into(), limit.into());
                }
            }
            if let Some(pattern) = &self.pattern {
                constraints.insert("pattern".into(), pattern.as_str().into());
            }
        }
        if !constraints.is_empty() {
            of.insert("constraints".into(), constraints.into());
        }
        if !self.choices.is_empty() {
            let choices =
                self.choices.iter().map(|choice| json!({ "value": choice.value, "pl": choice.pl, "en": choice.en }));
            of.insert("x-choices".into(), choices.collect::<Vec<_>>().into());
        }
        of.into()
    }
}

fn joined([label, hint]: &[String; 2]) -> String {
    if hint.is_empty() { format!("{label}.") } else { format!("{label}: {hint}") }
}

pub(super) fn choice(value: &str, comment: &str) -> Option<Choice> {
    let said = Described::parse(comment)?;
    Some(Choice { value: value.into(), pl: said.pl.label, en: said.en.label })
}

/// What a schema has at a dotted path: the innermost schema with a name, and the one that holds the values. A page's name
/// ends the path: what it leads to is another record.
fn find<'s>(block: &'s Value, path: &str) -> Option<(&'s Value, &'s Value)> {
    let (mut named, mut schema) = (block, block);
    for part in path.split('.') {
        if schema["x-kind"].is_string() {
            break;
        }
        schema = if let Ok(at) = part.parse::<usize>() {
            schema["items"].get(at)?
        } else {
            let of = if schema["items"].is_object() { &schema["items"] } else { schema };
            of["properties"].get(part)?
        };
        if schema["x-label"].is_object() {
            named = schema;
        }
        if schema["items"]["x-kind"].is_string() {
            schema = &schema["items"];
        }
    }
    if schema["items"].is_object() {
        schema = &schema["items"];
    }
    Some((named, schema))
}

fn type_of(schema: &Value) -> Type {
    match (schema["type"].as_str(), schema["x-type"].as_str()) {
        (Some("integer"), _) => Type::Integer,
        (Some("number"), _) => Type::Number,
        (Some("boolean"), _) => Type::Boolean,
        (_, Some("web-address")) => Type::Uri,
        (_, Some("email")) => Type::Email,
        (_, Some("date")) => Type::Date,
        _ => Type::String,
    }
}
