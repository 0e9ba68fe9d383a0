//! A new page, ready to be filled in: the files that `huta new` writes.
//!
//! A new page is a draft, and what must be known stays empty in it, marked with „←”. So a site is built all the same while
//! somebody is still writing, and nobody can publish a value that only stood there as an example: without `draft` every
//! empty place is an error.

mod fields;
mod kind;
mod place;

use jiff::civil::Date;

pub use kind::{Sort, find};

use self::fields::{Fields, Given, scalar};
use crate::config::{Config, Slugify};
use crate::content::{Library, SortBy, is_part, slugify};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Text, Words, did_you_mean};
use crate::guide::Moment;
use crate::schema::{Folders, Schemas};
use crate::text;

/// What is to be made.
#[derive(Debug, Clone)]
pub struct Request {
    /// The kind of page, as [`find`] knows it.
    pub sort: Sort,
    /// Title in the site's default language.
    pub title: String,
    /// Title in English.
    pub english: Option<String>,
    /// Latitude and longitude, as they were typed.
    pub at: Option<String>,
    /// When an event begins, as it was typed.
    pub start: Option<String>,
    /// The folder of the section, below `content/`.
    pub section: Option<String>,
    /// Name of the new folder; made of the title where it is not given.
    pub slug: Option<String>,
}

/// A folder with files that are to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The folder below `content/`.
    pub folder: String,
    /// Names of files in it, and their texts.
    pub files: Vec<(String, String)>,
}

/// Plans the files of a new page; what stands in the way is pushed into `diagnostics`. `words` is the language of comments.
#[must_use]
pub fn plan(
    request: &Request,
    library: &Library,
    config: &Config,
    today: Date,
    words: Words,
    diagnostics: &mut Diagnostics,
) -> Option<Bundle> {
    let folders = Folders::of(library, config);
    let section = place::section(request, library, &folders, config, diagnostics);
    let slug = diagnostics.take(slug(request));
    let given = given(request, config, diagnostics);
    if request.english.is_some() && config.language_codes().all(|code| code != "en") {
        diagnostics.push(
            Diagnostic::error(
                Code::UnknownLanguage,
                None,
                text!("witryna nie ma języka angielskiego", "the site has no English"),
            )
            .help(text!("uruchom polecenie bez --en", "run the command without --en")),
        );
    }
    let (section, slug, given) = (section?, slug?, given?);
    if diagnostics.has_errors() {
        return None;
    }
    let folder = if section.is_empty() { slug } else { format!("{section}/{slug}") };
    let base = if matches!(request.sort, Sort::Section) { "_index" } else { "index" };
    let weight = next_weight(&section, library, config);
    let files = config.language_codes().map(|code| {
        let (name, text) = if code == config.default_language {
            (format!("{base}.md"), original(request, config, &given, weight, today, words))
        } else {
            (format!("{base}.{code}.md"), translation(request, config, code, words))
        };
        (name, text)
    });
    Some(Bundle { folder, files: files.collect() })
}

/// The place after all others, in a section that is sorted by weight: without one a page would not be published.
fn next_weight(folder: &str, library: &Library, config: &Config) -> Option<u64> {
    let sections = library.sections.iter().filter(|section| section.language == config.default_language);
    let mut sections = sections.filter(|section| section.folder().trim_end_matches('/') == folder);
    let section = sections.find(|section| section.front.sort_by == SortBy::Weight)?;
    let pages = section.pages.iter().chain(&section.ignored_pages);
    Some(pages.filter_map(|page| library.pages[*page].front.weight).max().unwrap_or_default() + 1)
}

/// The name of the new folder.
fn slug(request: &Request) -> Result<String, Diagnostic> {
    let made = slugify(request.slug.as_ref().unwrap_or(&request.title), Slugify::On);
    if let Some(asked) = request.slug.as_ref().filter(|asked| **asked != made || !is_part(asked)) {
        let told = Diagnostic::error(
            Code::InvalidValue,
            None,
            text!("„{asked}” nie może być nazwą folderu strony", "`{asked}` cannot be the name of a page's folder"),
        );
        let example = if made.is_empty() { "plac-centralny" } else { &made };
        return Err(told.help(text!("np. --slug {example}", "for example --slug {example}")));
    }
    if !made.is_empty() {
        return Ok(made);
    }
    let title = &request.title;
    let told = Diagnostic::error(
        Code::InvalidValue,
        None,
        text!(
            "z tytułu „{title}” nie da się zrobić nazwy folderu",
            "no name of a folder can be made of the title `{title}`"
        ),
    );
    Err(told.help(text!("podaj ją: --slug plac-centralny", "give one: --slug central-square")))
}

/// Values that were given, as YAML; `None` when one of them cannot be.
fn given(request: &Request, config: &Config, diagnostics: &mut Diagnostics) -> Option<Given> {
    let block = request.sort.block(config);
    let has = |key: &str| block.as_ref().is_some_and(|block| block["properties"].get(key).is_some());
    let unfit = |option: &str| {
        let told = Diagnostic::error(
            Code::InvalidValue,
            None,
            text!("ten rodzaj strony nie przyjmuje {option}", "this kind of page takes no {option}"),
        );
        told.help(text!("uruchom polecenie bez {option}", "run the command without {option}"))
    };
    let mut given = Given::default();
    if let Some(at) = &request.at {
        let value = if has("at") { place::coordinates(at, config) } else { Err(unfit("--at")) };
        given.insert("at", diagnostics.take(value)?);
    }
    if let Some(start) = &request.start {
        let moment = Moment::parse(start).map(|moment| moment.to_string()).ok_or_else(|| {
            let told = Diagnostic::error(
                Code::InvalidValue,
                None,
                text!("„{start}” nie jest datą", "`{start}` is not a date"),
            );
            told.help(text!(
                "przykład: --start 2026-12-05T17:00, godzina w Krakowie",
                "an example: --start 2026-12-05T17:00, by the clocks of Kraków"
            ))
        });
        let value = if has("start") { moment } else { Err(unfit("--start")) };
        given.insert("start", diagnostics.take(value)?);
    }
    Some(given)
}

/// The file in the default language.
fn original(
    request: &Request,
    config: &Config,
    given: &Given,
    weight: Option<u64>,
    today: Date,
    words: Words,
) -> String {
    let schemas = Schemas::new(config);
    let mut fields = Fields::new(words);
    fields.line(&format!("title: {}", scalar(&request.title)));
    if matches!(request.sort, Sort::Section) {
        let section = schemas.section();
        fields.fill("description", &section["properties"]["description"]);
        for key in ["sort_by", "weight", "template"] {
            fields.option(key, &section["properties"][key]);
        }
        return fields.finish(&heading(words));
    }
    let whole = request.sort.schema(config);
    let properties = &whole["properties"];
    fields.fill("description", &properties["description"]);
    fields.line(&format!("date: {today}"));
    if let Some(weight) = weight {
        fields.line(&format!("weight: {weight}"));
    }
    fields.line(&draft(words));
    if let Sort::Kind(kind) = request.sort {
        fields.block(kind.name, &properties[kind.name], given);
    }
    for key in ["cover", "gallery", "sources", "verified", "example"] {
        fields.option(key, &properties[key]);
    }
    fields.finish(&heading(words))
}

/// The file of a translation.
fn translation(request: &Request, config: &Config, code: &str, words: Words) -> String {
    let translation = Schemas::new(config).translation();
    let properties = &translation["properties"];
    let mut fields = Fields::new(words);
    if let Some(title) = request.english.as_ref().filter(|_| code == "en") {
        fields.line(&format!("title: {}", scalar(title)));
        fields.line(&format!("slug: {}", slugify(title, Slugify::On)));
    } else {
        fields.fill("title", &properties["title"]);
        fields.option("slug", &properties["slug"]);
    }
    fields.fill("description", &properties["description"]);
    let options = config.language(code);
    if !options.inherit && !options.fallback && !matches!(request.sort, Sort::Section) {
        fields.line(&draft(words));
    }
    if let Sort::Kind(kind) = request.sort {
        fields.option(kind.name, &properties[kind.name]);
    }
    if !matches!(request.sort, Sort::Section) {
        fields.option("gallery", &properties["gallery"]);
    }
    fields.finish(&heading(words))
}

/// The line that keeps the page off the site, and what to do with it.
fn draft(words: Words) -> String {
    let text = text!("usuń ten wiersz, gdy strona będzie gotowa", "remove this line when the page is ready");
    format!("draft: true # ← {}", text.get(words))
}

/// What stands where the text will be.
fn heading(words: Words) -> String {
    let text = text!(
        "<!-- Tu napisz tekst strony. Nagłówki zaczynają się od ##. -->",
        "<!-- Write the text of the page here. Headings start with ##. -->"
    );
    text.get(words).to_string()
}

/// The nearest of some names, as help; else all of them.
fn nearest(word: &str, known: &[&str], shown: &[&str]) -> Text {
    if let Some(near) = did_you_mean(word, known.iter().copied()) {
        return text!("czy chodziło o „{near}”?", "did you mean `{near}`?");
    }
    let list = shown.join(", ");
    text!("do wyboru: {list}", "possible are: {list}")
}
