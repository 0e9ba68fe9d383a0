//! Filters and tests: tera-contrib's, and the two of Zola.

use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::Locale;
use tera::value::Key;
use tera::{Error, Kwargs, Map, State, TeraResult, Value};
use tera_contrib::{base64, dates, filesize_format, format, json, rand, regex, slug, urlencode};

use super::SharedStore;
use super::part::as_part;
use super::timed::Registrar;
use crate::diagnostic::{Diagnostics, Severity, SourceText};
use crate::markdown::Owner;

/// Registers all of them.
pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    tera.register_filter("base64_encode", base64::b64_encode);
    tera.register_filter("base64_decode", base64::b64_decode);
    tera.register_filter("regex_replace", regex::RegexReplace::default());
    tera.register_filter("striptags", regex::striptags);
    tera.register_filter("spaceless", regex::spaceless);
    tera.register_filter("urlencode", urlencode::urlencode);
    tera.register_filter("urlencode_strict", urlencode::urlencode_strict);
    tera.register_filter("json_encode", json::json_encode);
    tera.register_filter("filesizeformat", filesize_format::filesize_format);
    tera.register_filter("format", format::format);
    tera.register_filter("slugify", slug::slug);
    tera.register_filter("date", super::dates::date);
    let own = store.clone();
    tera.register_filter("shuffle", move |list: Vec<Value>, kwargs: Kwargs, state: &State| {
        if let (None, Some(store)) = (kwargs.get::<Value>("seed")?, own.get()) {
            store.workshop.note_fleeting();
        }
        rand::shuffle(list, kwargs, state)
    });
    tera.tera.register_test("matching", regex::Matching::default());
    tera.tera.register_test("before", dates::is_before);
    tera.tera.register_test("after", dates::is_after);
    tera.register_filter("str", |value: Value, _: Kwargs, _: &State| sorted(&value).to_string());
    tera.register_filter("as_part", |html: &str, kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        Ok(Value::safe_string(&as_part(html, &kwargs.must_get::<String>("id")?)))
    });
    let own = store.clone();
    tera.register_filter("markdown", move |text: &str, kwargs: Kwargs, state: &State| {
        markdown(text, &kwargs, state, &own)
    });
    let own = store.clone();
    tera.register_filter("num_format", move |number: i64, kwargs: Kwargs, _: &State| num_format(number, &kwargs, &own));
}

/// A value whose maps have their keys in alphabetical order, as Zola prints them.
fn sorted(value: &Value) -> Value {
    if let Some(map) = value.as_map() {
        let mut entries: Vec<(Key<'static>, Value)> =
            map.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
        entries.sort_by_key(|(key, _)| key.to_string());
        return entries.into_iter().collect::<Map>().into();
    }
    match value.as_array() {
        Some(list) => Value::from(list.iter().map(sorted).collect::<Vec<_>>()),
        None => value.clone(),
    }
}

/// Markdown as HTML; links start from the page that is being rendered.
fn markdown(text: &str, kwargs: &Kwargs, state: &State, store: &SharedStore) -> TeraResult<String> {
    let store = store.get().ok_or_else(|| Error::message("`markdown` cannot be used here"))?;
    let inline = kwargs.get::<bool>("inline")?.unwrap_or(false);
    let config = &store.project.config;
    let language = state.get::<String>("lang")?.unwrap_or_else(|| config.default_language.clone());
    let permalink = state.get::<String>("current_url")?.unwrap_or_else(|| config.permalink("/"));
    let source = SourceText { file: String::new(), text: text.to_string() };
    let owner = Owner {
        permalink: &permalink,
        language: &language,
        text_language: &language,
        source: &source,
        offset: Some(0),
        place: None,
        pictures: None,
        explains: None,
    };
    let mut diagnostics = Diagnostics::default();
    let (html, _) = store.markdown().render_inline(text, inline, &owner, &mut diagnostics);
    match diagnostics.into_iter().find(|diagnostic| diagnostic.severity == Severity::Error) {
        Some(diagnostic) => Err(Error::message(diagnostic.message.en)),
        None => Ok(html),
    }
}

/// A whole number with the grouping of a language (CLDR): `locale`, else the site's default language.
fn num_format(number: i64, kwargs: &Kwargs, store: &SharedStore) -> TeraResult<String> {
    let asked = kwargs.get::<String>("locale")?;
    let fallback = || store.get().map(|store| store.project.config.default_language.clone());
    let language = asked.or_else(fallback).unwrap_or_else(|| "en".into());
    let unknown = || Error::message(format!("num_format: `{language}` is not a language with number formats"));
    let locale: Locale = language.parse().map_err(|_| unknown())?;
    let formatter =
        DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default()).map_err(|_| unknown())?;
    Ok(formatter.format(&number.into()).to_string())
}
