//! Data files: CSV, JSON, TOML, YAML, XML, BibTeX or plain text, as one kind of value. The shapes are Zola's.

mod bibtex;
mod csv;
mod xml;

use std::path::Path;

use super::Value;
use super::front_matter::{from_toml, yaml_value};

/// Form of a data file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFormat {
    /// `{headers, records}`, a record being a list of strings.
    Csv,
    /// The value.
    Json,
    /// The value, dates as strings.
    Toml,
    /// The value.
    Yaml,
    /// A map keyed by tag; attributes as `@name`, text beside them as `#text`, repeated tags as lists.
    Xml,
    /// `{preambles, comments, variables, bibliographies: [{entry_type, citation_key, tags}]}`.
    Bibtex,
    /// A string.
    Plain,
}

impl DataFormat {
    /// Every name a format goes by.
    pub const NAMES: [&'static str; 8] = ["csv", "json", "toml", "yaml", "yml", "xml", "bibtex", "plain"];

    /// The format of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "csv" => Self::Csv,
            "json" => Self::Json,
            "toml" => Self::Toml,
            "yaml" | "yml" => Self::Yaml,
            "xml" => Self::Xml,
            "bibtex" => Self::Bibtex,
            "plain" => Self::Plain,
            _ => return None,
        })
    }

    /// The format a file's extension says; plain text when it says none.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        let extension = Path::new(path).extension().unwrap_or_default().to_string_lossy().to_lowercase();
        Self::named(&extension).unwrap_or(Self::Plain)
    }

    /// What a server is asked for.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Json => "application/json",
            Self::Toml => "application/toml",
            Self::Yaml => "application/yaml",
            Self::Xml => "text/xml",
            Self::Bibtex => "application/x-bibtex",
            Self::Plain => "text/plain",
        }
    }

    /// Reads a text.
    ///
    /// # Errors
    ///
    /// Says in English what is wrong with the text.
    pub fn parse(self, text: &str) -> Result<Value, String> {
        match self {
            Self::Csv => csv::parse(text),
            Self::Json => serde_json::from_str(text).map_err(|error| error.to_string()),
            Self::Toml => match toml::from_str::<toml::Table>(text) {
                Ok(table) => Ok(from_toml(toml::Value::Table(table))),
                Err(error) => Err(error.message().to_string()),
            },
            Self::Yaml => yaml_value(text),
            Self::Xml => xml::parse(text),
            Self::Bibtex => bibtex::parse(text),
            Self::Plain => Ok(Value::String(text.to_string())),
        }
    }
}
