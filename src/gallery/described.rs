//! What an editor writes about a picture, as it stands in a file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::Licence;
use crate::content::PartialDate;

/// A text: one in the language of the file, or one for each language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Words {
    One(String),
    Each(BTreeMap<String, String>),
}

impl Words {
    /// The text in a language. `own` is the language of the file.
    pub(super) fn get(&self, language: &str, own: &str) -> Option<&str> {
        let text = match self {
            Self::One(text) => (language == own).then_some(text),
            Self::Each(texts) => texts.get(language),
        };
        text.map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// The languages it names, where it names any.
    pub(super) fn languages(&self) -> impl Iterator<Item = &str> {
        let each = match self {
            Self::One(_) => None,
            Self::Each(texts) => Some(texts),
        };
        each.into_iter().flat_map(|texts| texts.keys().map(String::as_str))
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Words;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string")
            }
            fn visit_str<E>(self, text: &str) -> Result<Words, E> {
                Ok(Words::One(text.to_string()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Words, A::Error> {
                BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(Words::Each)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "object"],
            "additionalProperties": { "type": "string" },
            "x-type": "words",
        })
    }
}

/// A name that [`Licence::parse`] knows, as a JSON Schema.
enum LicenceName {}

impl JsonSchema for LicenceName {
    fn schema_name() -> Cow<'static, str> {
        "LicenceName".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": Licence::pattern(),
            "patternErrorMessage":
                "wpisz znaną licencję, np. CC BY-SA 4.0 / write a known licence, for example CC BY-SA 4.0",
            "examples": Licence::known(),
        })
    }
}

/// Picture: a file, and what is said about it.
///
/// pl: Obraz – plik i to, co o nim wiadomo.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Described {
    /// File: its name in the folder of the page, for example house.jpg.
    ///
    /// pl: Plik – jego nazwa w folderze strony, np. dom.jpg.
    #[schemars(extend("x-type" = "picture"))]
    pub(super) file: String,
    /// What is seen: one sentence for those who do not see it.
    ///
    /// pl: Co widać – jedno zdanie dla tych, którzy obrazu nie zobaczą.
    pub(super) alt: Option<Words>,
    /// Caption: what stands below the picture.
    ///
    /// pl: Podpis – co stoi pod obrazem.
    pub(super) caption: Option<Words>,
    /// Author: who made it, or whose it is.
    ///
    /// pl: Autor – kto go zrobił albo do kogo należy.
    pub(super) credit: Option<Words>,
    /// Licence: for example CC BY-SA 4.0, public domain, all rights reserved.
    ///
    /// pl: Licencja – np. CC BY-SA 4.0, domena publiczna, wszelkie prawa zastrzeżone.
    #[schemars(with = "Option<LicenceName>")]
    pub(super) licence: Option<String>,
    /// Made: a year, month or day in quotes, for example "1960".
    ///
    /// pl: Kiedy powstał – rok, miesiąc albo dzień w cudzysłowie, np. "1960".
    #[schemars(with = "Option<PartialDate>")]
    pub(super) date: Option<String>,
    /// Source: where it comes from, an address or a name.
    ///
    /// pl: Źródło – skąd pochodzi: adres albo nazwa.
    pub(super) source: Option<String>,
}
/// An item of `gallery`: a picture, or the name of one that `gallery.yaml` describes.
#[derive(Debug, Clone)]
pub(super) struct Listed(pub(super) Described);

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Listed;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a table")
            }
            fn visit_str<E>(self, file: &str) -> Result<Listed, E> {
                Ok(Listed(Described { file: file.to_string(), ..Described::default() }))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Listed, A::Error> {
                Described::deserialize(MapAccessDeserializer::new(map)).map(Listed)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for Listed {
    fn schema_name() -> Cow<'static, str> {
        "Listed".into()
    }
    /// A description, or the file's name alone.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Described::json_schema(generator);
        schema.insert("type".into(), ["string", "object"].as_slice().into());
        schema
    }
}

/// What front matter says about the pictures of its page.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub(super) struct Front {
    /// Lead picture: the name of its file; describe it under `gallery` too.
    ///
    /// pl: Główny obraz – nazwa jego pliku; opisz go też pod `gallery`.
    #[schemars(extend("x-type" = "picture"))]
    pub(super) cover: Option<String>,
    /// Pictures: files in the folder of the page, with their descriptions.
    ///
    /// pl: Obrazy – pliki z folderu strony i ich opisy.
    pub(super) gallery: Option<Vec<Listed>>,
}
/// Pictures of a folder: what is said once for all of them, and each of them.
///
/// pl: Obrazy w folderze – co raz powiedziano o wszystkich i o każdym z osobna.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Album {
    /// Pictures: files in this folder, with their descriptions.
    ///
    /// pl: Obrazy – pliki z tego folderu i ich opisy.
    #[serde(default)]
    pub(super) pictures: Vec<Described>,
    /// Author of all: where a picture names no other.
    ///
    /// pl: Autor wszystkich – jeśli obraz nie podaje innego.
    pub(super) credit: Option<Words>,
    /// Licence of all: for example CC BY-SA 4.0.
    ///
    /// pl: Licencja wszystkich – np. CC BY-SA 4.0.
    #[schemars(with = "Option<LicenceName>")]
    pub(super) licence: Option<String>,
    /// All made: a year, month or day in quotes, for example "1960".
    ///
    /// pl: Kiedy powstały – rok, miesiąc albo dzień w cudzysłowie, np. "1960".
    #[schemars(with = "Option<PartialDate>")]
    pub(super) date: Option<String>,
    /// Source of all: where they come from, an address or a name.
    ///
    /// pl: Źródło wszystkich – skąd pochodzą: adres albo nazwa.
    pub(super) source: Option<String>,
}
