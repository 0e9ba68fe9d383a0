//! What an editor writes about a word, as it stands in the file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// Keys that every entry must have.
pub(super) const REQUIRED: [&str; 3] = ["id", "word", "means"];

/// Word: what is explained where it stands in a text.
///
/// pl: Słowo – objaśnione tam, gdzie stoi w tekście.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    /// Short name: small letters without marks, digits and hyphens, for example `own-contribution`.
    ///
    /// pl: Krótka nazwa – małe litery bez polskich znaków, cyfry i łączniki, np. `wklad-wlasny`.
    #[schemars(
        regex(pattern = "^[a-z0-9-]+$"),
        extend("patternErrorMessage" = "np. wklad-wlasny / for example own-contribution")
    )]
    pub(super) id: String,
    /// Word: as it stands in a dictionary, in each language.
    ///
    /// pl: Słowo – takie jak w słowniku, w każdym języku.
    #[schemars(extend("x-type" = "words", "additionalProperties" = { "type": "string", "pattern": r"\S" }))]
    pub(super) word: BTreeMap<String, String>,
    /// Meaning: in plain words, in each language.
    ///
    /// pl: Znaczenie – prostymi słowami, w każdym języku.
    #[schemars(extend("x-type" = "words", "additionalProperties" = { "type": "string", "pattern": r"\S" }))]
    pub(super) means: BTreeMap<String, String>,
    /// Other forms: only what the program does not find by itself, in each language a list.
    ///
    /// pl: Inne formy – tylko te, których program sam nie znajdzie; w każdym języku lista.
    #[serde(default)]
    #[schemars(extend("x-type" = "words"))]
    pub(super) forms: BTreeMap<String, Vec<String>>,
    /// Chapter: the folder of the page that says more.
    ///
    /// pl: Rozdział – folder strony, która mówi więcej.
    #[schemars(extend("x-type" = "page", "x-kind" = "chapter"))]
    pub(super) chapter: Option<String>,
}
