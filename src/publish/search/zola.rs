//! Search indexes in Zola's forms: an inverted index for elasticlunr.js, or a plain list for Fuse.js.

use serde_json::json;

use super::{elasticlunr, file};
use crate::config::SearchConfig;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::plain_text;
use crate::render::Output;
use crate::source::Step;
use crate::template::Store;
use crate::text;

/// One page or section of an index.
pub(super) struct Entry<'a> {
    pub(super) url: &'a str,
    pub(super) path: &'a str,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) date: &'a str,
    pub(super) body: String,
}

/// The index of each of the languages.
pub(super) fn outputs(store: &Store, languages: &[&str], diagnostics: &mut Diagnostics) -> Vec<Output> {
    let config = &store.project.config;
    let (mut outputs, mut needs_script) = (vec![], false);
    for language in languages.iter().copied() {
        let search = config.language(language).search();
        if let Some(found) = excluded_root(store, language) {
            diagnostics.push(found);
            continue;
        }
        let entries = entries(store, language, &search);
        let format = search.index_format;
        let index = if format.is_elasticlunr() {
            inverted(store, language, &search, &entries)
        } else {
            Ok(list(&search, &entries))
        };
        let Some(index) = diagnostics.take(index) else { continue };
        needs_script |= format.is_elasticlunr();
        outputs.push(if format.is_script() {
            file(&format!("search_index.{language}.js"), format!("window.searchIndex = {index};"))
        } else {
            file(&format!("search_index.{language}.json"), index)
        });
    }
    if needs_script {
        outputs.push(file("elasticlunr.min.js", elasticlunr::SCRIPT.to_string()));
    }
    outputs
}

fn inverted(store: &Store, language: &str, search: &SearchConfig, entries: &[Entry<'_>]) -> Result<String, Diagnostic> {
    elasticlunr::index(language, search, entries).ok_or_else(|| {
        let known = elasticlunr::languages().join(", ");
        Diagnostic::error(
            Code::ConfigUnsupported,
            store.project.config.language_span(language, &["build_search_index"]),
            text!(
                "elasticlunr nie zna odmiany słów w języku {language} ({known})",
                "elasticlunr has no rules for words in the language {language} ({known})"
            ),
        )
        .help(text!(
            "wpisz [search] index_format = \"fuse_json\" albo build_search_index = false",
            "write [search] index_format = \"fuse_json\", or build_search_index = false"
        ))
    })
}

/// The list that Fuse.js reads. It has no dates, as in Zola.
fn list(search: &SearchConfig, entries: &[Entry<'_>]) -> String {
    let one = |entry: &Entry<'_>| {
        let mut map = serde_json::Map::new();
        let fields = [
            ("title", search.include_title, entry.title),
            ("description", search.include_description, entry.description),
            ("body", search.include_content, entry.body.as_str()),
            ("path", search.include_path, entry.path),
        ];
        map.insert("url".into(), entry.url.into());
        for (name, _, text) in fields.into_iter().filter(|(_, included, _)| *included) {
            map.insert(name.into(), text.into());
        }
        serde_json::Value::Object(map)
    };
    json!(entries.iter().map(one).collect::<Vec<_>>()).to_string()
}

/// A text that can be put into a page as it is.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{a0}', "&nbsp;")
}

/// The home page cannot be left out of an index that there is.
fn excluded_root(store: &Store, language: &str) -> Option<Diagnostic> {
    let sections = store.library.sections.iter();
    let root = sections.filter(|section| section.language == language).find(|section| section.is_root())?;
    let source = root.source.as_ref().filter(|_| !root.front.in_search_index)?;
    let diagnostic = Diagnostic::error(
        Code::InvalidValue,
        source.front.value_span(&source.text, &[Step::key("in_search_index")]),
        text!(
            "strona główna nie może być poza wyszukiwarką, którą włącza build_search_index",
            "the home page cannot be left out of the search that build_search_index asks for"
        ),
    );
    Some(diagnostic.help(text!("usuń ten wiersz albo build_search_index", "remove this line, or build_search_index")))
}

/// Sections and their pages, in the order of sections and of the pages in them. Pages outside of all sections are not
/// found, as in Zola.
fn entries<'a>(store: &'a Store, language: &str, search: &SearchConfig) -> Vec<Entry<'a>> {
    let library = &store.library;
    let optional = |text: &'a Option<String>| text.as_deref().unwrap_or_default();
    let body = |value: &tera::Value| {
        let html = value
            .as_map()
            .and_then(|map| {
                // What a word means is not what the page says.
                let get = |key: &'static str| map.get(&tera::value::Key::from(key));
                get("plain_content").or_else(|| get("content"))
            })
            .and_then(tera::Value::as_str)
            .unwrap_or_default();
        let text = if search.include_content { escaped(&plain_text(html)) } else { String::new() };
        match search.truncate_content_length {
            Some(length) => text.chars().take(length).collect(),
            None => text,
        }
    };
    let mut entries = vec![];
    for (id, section) in library.sections.iter().enumerate() {
        if section.language != language || !section.front.in_search_index {
            continue;
        }
        // Pages may be translated in a section that is not.
        if section.is_found() {
            entries.push(Entry {
                url: &section.permalink,
                path: &section.path,
                title: optional(&section.front.title),
                description: optional(&section.front.description),
                date: "",
                body: body(&store.section(id)),
            });
        }
        for page_id in &section.pages {
            let page = &library.pages[*page_id];
            // A transparent section's pages are listed above it too, and belong there.
            if page.section() != Some(id) || !page.front.in_search_index || page.fallback_of.is_some() {
                continue;
            }
            entries.push(Entry {
                url: &page.permalink,
                path: &page.path,
                title: optional(&page.front.title),
                description: optional(&page.front.description),
                date: page.front.date.as_ref().map_or("", |date| date.text.as_str()),
                body: body(&store.page(*page_id)),
            });
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_what_is_asked_for() {
        let entry = Entry { url: "u", path: "p", title: "t", description: "d", date: "2026-01-01", body: "b".into() };
        let no = SearchConfig { include_title: false, include_content: false, ..SearchConfig::default() };
        for (search, expected) in [
            (no.clone(), json!([{ "url": "u" }])),
            (SearchConfig::default(), json!([{ "url": "u", "title": "t", "body": "b" }])),
            (SearchConfig { include_description: true, ..no.clone() }, json!([{ "url": "u", "description": "d" }])),
            (SearchConfig { include_path: true, ..no.clone() }, json!([{ "url": "u", "path": "p" }])),
            (SearchConfig { include_date: true, ..no }, json!([{ "url": "u" }])),
        ] {
            assert_eq!(list(&search, std::slice::from_ref(&entry)), expected.to_string());
        }
        assert_eq!(escaped("a\u{a0}<b> & c"), "a&nbsp;&lt;b&gt; &amp; c");
    }

    #[test]
    fn an_index_has_what_is_asked_for() {
        let entry = Entry {
            url: "u",
            path: "/Plac-Centralny/a b/",
            title: "Arka",
            description: "d",
            date: "2026-01-01",
            body: "b".into(),
        };
        let fields = |search: &SearchConfig| {
            let index = elasticlunr::index("en-GB", search, std::slice::from_ref(&entry)).unwrap();
            let index: serde_json::Value = serde_json::from_str(&index).unwrap();
            (index["fields"].clone(), index)
        };
        let all = SearchConfig {
            include_description: true,
            include_date: true,
            include_path: true,
            ..SearchConfig::default()
        };
        let (names, index) = fields(&all);
        assert_eq!(names, json!(["title", "description", "date", "path", "body"]));
        let said = |name: &str| index["documentStore"]["docs"]["u"][name].as_str().unwrap().to_string();
        assert_eq!(
            ["title", "description", "date", "path", "body"].map(said),
            ["Arka", "d", "2026-01-01", "/Plac-Centralny/a b/", "b"]
        );
        assert_eq!(fields(&SearchConfig::default()).0, json!(["title", "body"]));
        let (names, index) =
            fields(&SearchConfig { include_title: false, include_content: false, include_path: true, ..all });
        assert_eq!(names, json!(["description", "date", "path"]));
        // The words of a path: c-e-n-…, not "/plac-centralny/".
        assert!(index["index"]["path"]["root"]["c"]["e"]["n"].is_object());
        assert!(index["index"]["path"]["root"]["p"]["l"]["a"]["c"]["docs"]["u"].is_object());
        assert!(elasticlunr::index("xx", &SearchConfig::default(), &[]).is_none());
        assert!(elasticlunr::languages().contains(&"de".to_string()));
    }
}
