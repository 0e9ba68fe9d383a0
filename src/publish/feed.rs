//! Feeds of the site, of sections and of terms.

use std::sync::{Arc, OnceLock};

use tera::value::Key;
use tera::{Map, Value};

use super::portable::portable;
use crate::content::{Page, PageId, SectionId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::render::{Body, Output, Part, Variables, base_context, feed_term};
use crate::template::{Store, Templates, taxonomy_value};
use crate::text;

/// How many pages of a feed are made at a time.
const AT_A_TIME: usize = 50;

/// What the built-in templates write after the last page; from `follows` they know that pages stand before. One of a site's own
/// may do otherwise, so it is run for all at once.
const ENDS: [(&str, &str); 3] =
    [("atom.xml", "\n</feed>"), ("rss.xml", "\n</channel>\n</rss>"), ("feed.json", "\n]\n}")];

/// Whose feed it is.
#[derive(Clone)]
enum Of {
    Site,
    Section(SectionId),
    Term { taxonomy: Value, term: Value },
}

pub(super) fn outputs(store: &Arc<Store>, templates: &Templates, diagnostics: &mut Diagnostics) -> Vec<Output> {
    let config = &store.project.config;
    let library = &store.library;
    let mut outputs = vec![];
    for language in config.language_codes() {
        let options = config.language(language);
        let (files, missing): (Vec<String>, Vec<String>) =
            options.feed_filenames().into_iter().partition(|file| templates.contains(file));
        for file in missing.iter().filter(|_| has_feed(store, language)) {
            diagnostics.push(
                Diagnostic::error(
                    Code::TemplateMissing,
                    config.language_span(language, &["feed_filenames"]),
                    text!("nie ma szablonu „{file}” dla kanału", "there is no template `{file}` for the feed"),
                )
                .help(text!("dodaj plik templates/{file}", "add the file templates/{file}")),
            );
        }
        if options.generate_feeds {
            let pages: Vec<PageId> =
                (0..library.pages.len()).filter(|id| library.pages[*id].language == language).collect();
            outputs.extend(files.iter().filter_map(|file| {
                one(
                    (store, templates),
                    language,
                    &format!("/{}", config.language_prefix(language)),
                    file,
                    &pages_of(store, &pages),
                    Of::Site,
                )
            }));
        }
        for (id, section) in library.sections.iter().enumerate() {
            if section.language == language && section.front.generate_feeds && section.fallback_of.is_none() {
                outputs.extend(files.iter().filter_map(|file| {
                    let of = Of::Section(id);
                    one((store, templates), language, &section.path, file, &pages_of(store, &section.pages), of)
                }));
            }
        }
        for taxonomy in library
            .taxonomies
            .iter()
            .filter(|t| t.language == language && t.config.has_feed() && t.config.is_rendered())
        {
            for term in &taxonomy.terms {
                outputs.extend(files.iter().filter_map(|file| {
                    let of = Of::Term {
                        taxonomy: taxonomy_value(taxonomy),
                        term: feed_term(&term.name, &term.slug, &term.permalink),
                    };
                    one((store, templates), language, &term.path, file, &pages_of(store, &term.pages), of)
                }));
            }
        }
    }
    outputs
}

/// Whether anything in this language has a feed.
fn has_feed(store: &Store, language: &str) -> bool {
    let (config, library) = (&store.project.config, &store.library);
    config.language(language).generate_feeds
        || library.sections.iter().any(|section| section.language == language && section.front.generate_feeds)
        || library.taxonomies.iter().any(|taxonomy| taxonomy.language == language && taxonomy.config.has_feed())
}

/// Dated, written pages, newest first.
fn pages_of(store: &Store, ids: &[PageId]) -> Vec<PageId> {
    let page = |id: &PageId| &store.library.pages[*id];
    let belongs = |page: &Page| {
        page.front.date.is_some()
            && page.front.render
            && page.front.include_in_feeds
            && page.fallback_of.is_none()
            && !page.hidden
    };
    let mut pages: Vec<PageId> = ids.iter().copied().filter(|id| belongs(page(id))).collect();
    pages.sort_by_key(|id| {
        let instant = page(id).front.date.as_ref().map(|date| date.instant);
        (std::cmp::Reverse(instant), std::cmp::Reverse(page(id).permalink.clone()))
    });
    pages
}

/// A page as a reader of feeds can show it: without explanations of words, which nothing would open or close there, and
/// with whole addresses.
fn plain(mut map: Map) -> Value {
    if let Some(content) = map.get(&Key::from("plain_content")).cloned() {
        map.insert("content".into(), content);
    }
    let permalink = map.get(&Key::from("permalink")).and_then(Value::as_str).unwrap_or_default().to_string();
    for key in ["content", "summary"] {
        let whole = map.get(&Key::from(key)).and_then(Value::as_str).map(|html| portable(html, &permalink));
        if let Some(html) = whole {
            map.insert(key.into(), html.as_str().into());
        }
    }
    map.into()
}

fn one(
    (store, templates): (&Arc<Store>, &Templates),
    language: &str,
    folder: &str,
    file: &str,
    pages: &[PageId],
    of: Of,
) -> Option<Output> {
    if pages.is_empty() && !matches!(of, Of::Site) {
        return None;
    }
    let path = format!("{folder}{file}");
    let config = &store.project.config;
    let dates = pages.iter().flat_map(|id| {
        let front = &store.library.pages[*id].front;
        front.date.iter().chain(&front.updated)
    });
    let latest = dates.max_by_key(|date| date.instant).map(|date| date.text.clone());
    let limit = config.feed_limit.unwrap_or(usize::MAX);
    let pages: Vec<PageId> = pages.iter().copied().take(limit).collect();
    let end = ENDS.iter().find(|(name, _)| *name == file && templates.is_built_in(name)).map(|(_, end)| *end);
    let (own, language, feed_url) = (Arc::clone(store), language.to_string(), config.permalink(&path));
    let context = move |pages: &[PageId], follows: bool| {
        let mut context = base_context(&own, &language, None);
        if follows {
            context.insert("follows", &true);
        }
        context.insert("feed_url", &feed_url);
        if let Some(latest) = &latest {
            context.insert("last_updated", latest);
        }
        context.insert_value("pages", pages.iter().map(|id| plain(own.page_map(*id))).collect::<Vec<_>>().into());
        match &of {
            Of::Site => {}
            Of::Section(section) => context.insert_value("section", own.other_section(*section)),
            Of::Term { taxonomy, term } => {
                context.insert_value("taxonomy", taxonomy.clone());
                context.insert_value("term", term.clone());
            }
        }
        context
    };
    let path = path.trim_start_matches('/').to_string();
    let Some(end) = end else { return Some(Output::template(&path, file, move || context(&pages, false), None)) };
    let part = |(at, pages): (usize, &[PageId])| {
        let (context, pages) = (context.clone(), pages.to_vec());
        let own = pages.clone();
        Part { context: Variables::new(move || context(&own, at > 0)), pages, known: OnceLock::new() }
    };
    let parts = pages.chunks(AT_A_TIME).enumerate().map(part).collect();
    let frame = part((0, &[])).context;
    let body = Body::Parts { template: file.to_string(), end, frame, parts, lengths: OnceLock::new() };
    Some(Output { path, body })
}
