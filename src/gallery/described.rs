//! What an editor writes about a picture, as it stands in a file.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

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

/// What is said about one picture.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Described {
    /// Its path from the folder of the page.
    pub(super) file: String,
    /// What is seen on it, for those who do not see it.
    pub(super) alt: Option<Words>,
    /// What stands below it.
    pub(super) caption: Option<Words>,
    /// Who made it.
    pub(super) credit: Option<Words>,
    /// Its licence.
    pub(super) licence: Option<String>,
    /// When it was made: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub(super) date: Option<String>,
    /// Where it comes from: an address or a name.
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

/// What front matter says about the pictures of its page.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Front {
    pub(super) cover: Option<String>,
    pub(super) gallery: Option<Vec<Listed>>,
}

/// The file `gallery.yaml`: pictures, and what holds for all of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Album {
    #[serde(default)]
    pub(super) pictures: Vec<Described>,
    pub(super) credit: Option<Words>,
    pub(super) licence: Option<String>,
    pub(super) date: Option<String>,
    pub(super) source: Option<String>,
}
