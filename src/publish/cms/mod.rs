//! Editing in a browser: the page of Sveltia CMS, and forms that are made of the types of front matter.
//!
//! The CMS is a script that huta does not bring along. It reads and writes the files of the repository itself; keys that
//! have no field here are left as they are. Each language has a page with labels in it; all of them edit the same files.

mod collections;
mod desk;
mod field;
mod fits;
mod forms;
mod words;
mod yaml;

use std::sync::Arc;

use serde_json::{Value, json};

use self::collections::{Collections, folders_of_pages, shelves};
use self::desk::{Desk, PickMap};
use self::words::CmsWords;
use crate::config::{CmsConfig, Config};
use crate::diagnostic::{Diagnostics, Words};
use crate::map::LEVELS;
use crate::render::{Body, Output, base_context};
use crate::template::Store;

/// Folder of the page, in each language.
const FOLDER: &str = "admin";

/// The field for positions.
const FIELDS: &str = include_str!("fields.js");

/// The folder of the CMS in each language, with a slash at the end; none where there is no CMS.
pub(super) fn folders(store: &Store) -> Vec<String> {
    let config = &store.project.config;
    let languages = config.cms().into_iter().flat_map(|_| config.language_codes());
    languages.map(|language| folder(config, language)).collect()
}

/// The folder of the CMS in a language, with a slash at the end.
pub(super) fn folder(config: &Config, language: &str) -> String {
    format!("{}{FOLDER}/", config.language_prefix(language))
}

/// The page, its configuration, the field for positions and the map it shows.
pub(super) fn outputs(store: &Arc<Store>, diagnostics: &mut Diagnostics) -> Vec<Output> {
    let config = &store.project.config;
    let Some(cms) = config.cms() else { return vec![] };
    let text = |path: String, text: String| Output { path, body: Body::Text(text) };
    let mut outputs = vec![text(format!("{FOLDER}/fields.js"), FIELDS.to_string())];
    let drawing = store.maps.atlas.as_ref().and_then(|atlas| {
        let language = &config.default_language;
        Some((atlas.ground(language)?, atlas.attribution(language)))
    });
    let overview = store.maps.atlas.as_ref().and_then(|atlas| atlas.overview(&config.default_language, &[]));
    if let Some((drawing, attribution)) = &drawing {
        let title = config.title.as_deref().unwrap_or_default();
        outputs.push(text(format!("{FOLDER}/map.svg"), drawing.standalone(title, "", attribution, LEVELS.len() - 1)));
    }
    for language in config.language_codes() {
        let prefix = config.language_prefix(language);
        let folder = format!("{prefix}{FOLDER}");
        let up = if prefix.is_empty() { String::new() } else { format!("../../{FOLDER}/") };
        let map = drawing.as_ref().map(|(ground, _)| PickMap::new(format!("{up}map.svg"), ground, overview.as_ref()));
        let said_in = Words::for_language(language);
        let pages = folders_of_pages(store);
        let shelves = shelves(store, &pages);
        let desk = Desk {
            said_in,
            words: CmsWords::of(said_in),
            language: &config.default_language,
            languages: config.language_codes().collect(),
            is_multilingual: config.is_multilingual(),
            map,
            collections: shelves.iter().filter_map(|shelf| Some((shelf.kind?.name, shelf.name.clone()))).collect(),
        };
        let collections = Collections { store, desk: &desk, language };
        let mut listed: Vec<Value> = shelves.iter().map(|shelf| collections.folder(shelf)).collect();
        listed.extend(collections.sections());
        outputs.push(text(format!("{folder}/config.yml"), yaml::document(&settings(store, cms, &desk, listed))));
        outputs.push(page(store, cms, &folder, language, desk.words));
        if *language == config.default_language {
            diagnostics.extend(collections.misfits());
        }
    }
    outputs
}

fn page(store: &Arc<Store>, cms: &CmsConfig, folder: &str, language: &str, words: &CmsWords) -> Output {
    let config = &store.project.config;
    let script = if cms.script.contains("//") { cms.script.clone() } else { config.permalink(&cms.script) };
    let fields = config.permalink(&format!("{FOLDER}/fields.js"));
    let cms = json!({ "script": script, "integrity": cms.integrity, "fields": fields });
    let words = json!({ "title": words.title, "noscript": words.noscript, "lost": words.lost });
    let (own, language) = (Arc::clone(store), language.to_string());
    let context = move || {
        let mut context = base_context(&own, &language, None);
        context.insert("cms", &cms);
        context.insert("words", &words);
        context
    };
    Output::template(&format!("{folder}/index.html"), "cms.html", context, None)
}

/// The configuration of the CMS.
fn settings(store: &Store, cms: &CmsConfig, desk: &Desk<'_>, collections: Vec<Value>) -> Value {
    let config = &store.project.config;
    let mut backend = json!(cms.backend);
    let [create, update, delete] = desk.words.commits;
    backend["commit_messages"] = json!({ "create": create, "update": update, "delete": delete });
    let mut settings = json!({
        "backend": backend,
        "site_url": config.base_url,
        "media_folder": "static",
        "public_folder": "/",
        // Both languages side by side instead of one and a preview that knows nothing of the theme.
        "editor": { "preview": false },
        "output": { "omit_empty_optional_fields": true },
        "slug": { "encoding": "ascii", "clean_accents": true },
    });
    if desk.is_multilingual {
        settings["i18n"] = json!({
            "structure": "multiple_files",
            "locales": desk.languages,
            "default_locale": desk.language,
            "initial_locales": "default",
            "omit_default_locale_from_file_path": true,
        });
    }
    settings["collections"] = collections.into();
    settings
}
