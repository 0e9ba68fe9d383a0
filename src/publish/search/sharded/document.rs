//! What can be found of a page: its title and its passages.

use rayon::prelude::*;

use crate::content::{Page, PageId, Section, SectionId};
use crate::guide::{KINDS, Kind, texts_at};
use crate::language::{Tongue, sentences};
use crate::markdown::plain_text;
use crate::source::{Source, Value};
use crate::template::Store;

/// Characters from which on a passage is long enough.
const ENOUGH: usize = 240;

/// Where a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Heading,
    Description,
    Fact,
    Text,
}

/// Some text of a page, short enough to be shown.
pub(super) struct Passage {
    pub(super) field: Field,
    pub(super) text: String,
}

/// A page, a section, or an explained word.
pub(super) struct Document {
    /// Below the base address.
    pub(super) address: String,
    pub(super) title: String,
    /// The kind of the guide, `section`, `page` or `word`.
    pub(super) kind: String,
    /// Never empty.
    pub(super) passages: Vec<Passage>,
    /// Other words it can be found by, not shown.
    pub(super) names: Vec<String>,
}

/// All of one language, kind by kind.
pub(super) fn all(store: &Store, language: &str) -> Vec<Document> {
    let mut documents = changed(store, language, |_| true);
    let base = store.project.config.permalink("/");
    for word in store.glossary.words(language) {
        let Some(address) = store.glossary.permalink(word, language) else { continue };
        let document = Document {
            address: format!("/{}", address.strip_prefix(&base).unwrap_or(&address)),
            title: word.word.clone(),
            kind: "word".into(),
            passages: passages_of(&plain_text(&word.means), language, Field::Description),
            names: word.forms.clone(),
        };
        documents.push(document.shown());
    }
    let order = |kind: &str| KINDS.iter().position(|known| known.name == kind).unwrap_or(KINDS.len());
    documents.sort_by(|a, b| (order(&a.kind), &a.kind, &a.address).cmp(&(order(&b.kind), &b.kind, &b.address)));
    documents
}

/// Pages and sections of one language whose files have changed.
pub(super) fn changed(store: &Store, language: &str, has_changed: impl Fn(&Source) -> bool) -> Vec<Document> {
    let library = &store.library;
    let mut sections: Vec<SectionId> = (0..library.sections.len()).collect();
    sections.retain(|id| {
        let section = &library.sections[*id];
        section.language == language && section.is_found() && section.source.as_deref().is_none_or(&has_changed)
    });
    let mut pages: Vec<PageId> = (0..library.pages.len()).collect();
    pages.retain(|id| {
        let page = &library.pages[*id];
        page.language == language && page.is_found() && has_changed(&page.source)
    });
    let sections = sections.into_par_iter().map(|id| Document::of_section(&library.sections[id], &store.section(id)));
    let pages = pages.into_par_iter().map(|id| Document::of_page(store, id, &library.pages[id]));
    sections.chain(pages).map(Document::shown).collect()
}

impl Document {
    fn of_section(section: &Section, value: &tera::Value) -> Self {
        let mut document = Self::new(&section.path, section.front.title.as_deref(), "section");
        document.describe(section.front.description.as_deref(), &section.language);
        document.read(value, &section.language);
        document
    }

    fn of_page(store: &Store, id: usize, page: &Page) -> Self {
        let language = &page.language;
        let block = store.values.of(id);
        let kind = block.map_or("page", |(kind, _)| kind);
        let mut document = Self::new(&page.path, page.front.title.as_deref(), kind);
        document.describe(page.front.description.as_deref(), language);
        document.read(&store.page(id), language);
        if let Some((name, block)) = block
            && let Some(kind) = KINDS.iter().find(|kind| kind.name == *name)
        {
            for text in facts(kind, block) {
                document.passages.extend(passages_of(&text, language, Field::Fact));
            }
            document.names.extend(chosen(kind, block, store, language));
        }
        document
    }

    /// With something to show.
    fn shown(mut self) -> Self {
        if self.passages.is_empty() {
            self.passages.push(Passage { field: Field::Text, text: String::new() });
        }
        self
    }

    fn new(path: &str, title: Option<&str>, kind: &str) -> Self {
        let title = plain(title.unwrap_or_default());
        Self { address: path.to_string(), title, kind: kind.to_string(), passages: vec![], names: vec![] }
    }

    fn describe(&mut self, description: Option<&str>, language: &str) {
        self.passages.extend(passages_of(description.unwrap_or_default(), language, Field::Description));
    }

    /// The text of the page, headings by themselves.
    fn read(&mut self, value: &tera::Value, language: &str) {
        let get = |key: &'static str| value.as_map().and_then(|map| map.get(&tera::value::Key::from(key)));
        // What a word means is not what the page says.
        let html = get("plain_content").or_else(|| get("content")).and_then(tera::Value::as_str).unwrap_or_default();
        for (field, html) in headings_apart(html) {
            self.passages.extend(passages_of(&plain_text(html), language, field));
        }
    }
}

/// The texts of a page's kind: what its translations say, and what all versions share, but for what has a name of its own
/// among what pages are chosen by.
fn facts(kind: &Kind, block: &Value) -> Vec<String> {
    let chosen = |path: &str| kind.facets.iter().any(|facet| facet.path == path);
    let of_columns = kind.columns.iter().map(|column| column.path).filter(|path| !path.starts_with("at."));
    let mut paths: Vec<&str> = kind.texts.to_vec();
    paths.extend(of_columns.filter(|path| !kind.texts.contains(path) && !chosen(path)));
    let mut found: Vec<String> = vec![];
    for path in paths {
        let html = texts_at(block, &format!("{path}_html"));
        let texts =
            if html.is_empty() { below(block, path) } else { html.iter().map(|html| plain_text(html)).collect() };
        found.extend(texts.into_iter().filter(|text| is_text(text)));
    }
    // What is short stands together: an address, a style, an architect.
    let (short, mut long): (Vec<String>, Vec<String>) = found.into_iter().partition(|text| text.len() < ENOUGH / 2);
    if !short.is_empty() {
        long.push(short.join(" · "));
    }
    long
}

/// Numbers, addresses of other sites and days say nothing to readers of a snippet.
fn is_text(text: &str) -> bool {
    let is_number = text.chars().all(|c| c.is_ascii_digit() || ".:-T".contains(c));
    !is_number && !text.starts_with("http") && text != "true" && text != "false"
}

/// All texts at a path of a value, and deeper.
fn below(value: &Value, path: &str) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().flat_map(|item| below(item, path)).collect(),
        Value::Object(table) if path.is_empty() => table.values().flat_map(|value| below(value, "")).collect(),
        Value::Object(table) => {
            let (first, rest) = path.split_once('.').unwrap_or((path, ""));
            table.get(first).map_or_else(Vec::new, |value| below(value, rest))
        }
        Value::String(text) if path.is_empty() => vec![text.clone()],
        _ => vec![],
    }
}

/// What a page is chosen by, in the words of its readers.
fn chosen(kind: &Kind, block: &Value, store: &Store, language: &str) -> Vec<String> {
    let words = &store.project.config.language(language).translations;
    let of = kind.facets.iter().filter(|facet| !facet.words.is_empty());
    of.flat_map(|facet| texts_at(block, facet.path).into_iter().map(|value| format!("{}.{value}", facet.words)))
        .filter_map(|key| words.get(&key).cloned())
        .collect()
}

/// Spaces that may not break and soft hyphens are for readers of pages.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ").replace('\u{ad}', "")
}

/// HTML cut before and after each heading.
fn headings_apart(html: &str) -> Vec<(Field, &str)> {
    let mut pieces = vec![];
    let mut rest = html;
    while let Some((start, end)) = heading(rest) {
        pieces.push((Field::Text, &rest[..start]));
        pieces.push((Field::Heading, &rest[start..end]));
        rest = &rest[end..];
    }
    pieces.push((Field::Text, rest));
    pieces
}

/// Where the next heading stands.
fn heading(html: &str) -> Option<(usize, usize)> {
    let is_level = |at: &usize| html.as_bytes().get(at + 2).is_some_and(|level| (b'1'..=b'6').contains(level));
    let start = html.match_indices("<h").map(|(at, _)| at).find(is_level)?;
    let close = format!("</{}>", &html[start + 1..start + 3]);
    let end = html[start..].find(&close).map_or(html.len(), |at| start + at + close.len());
    Some((start, end))
}

/// A text in pieces of a few sentences.
fn passages_of(text: &str, language: &str, field: Field) -> Vec<Passage> {
    let text = plain(text);
    let tongue = Tongue::of(language).unwrap_or(Tongue::English);
    let mut pieces: Vec<String> = vec![];
    let mut piece = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        for range in sentences(line, tongue) {
            if piece.len() >= ENOUGH {
                pieces.push(std::mem::take(&mut piece));
            }
            if !piece.is_empty() {
                piece.push(' ');
            }
            piece.push_str(line[range].trim());
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces.into_iter().map(|text| Passage { field, text }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_stand_by_themselves() {
        let html = "<p>a</p><h2 id=\"b\">B</h2><hr><p>c</p><h3>D</h3>";
        let pieces: Vec<(bool, &str)> =
            headings_apart(html).into_iter().map(|(field, piece)| (field == Field::Heading, piece)).collect();
        assert_eq!(
            pieces,
            [
                (false, "<p>a</p>"),
                (true, "<h2 id=\"b\">B</h2>"),
                (false, "<hr><p>c</p>"),
                (true, "<h3>D</h3>"),
                (false, "")
            ]
        );
        assert_eq!(headings_apart("<h2>open").len(), 3);
    }

    #[test]
    fn passages_end_with_sentences() {
        let sentence = "To zdanie ma dokładnie tyle słów, ile trzeba, żeby po kilku takich samych było go już dość.";
        let passages = passages_of(&[sentence; 7].join(" "), "pl", Field::Text);
        assert!(passages.len() > 1);
        assert!(passages.iter().all(|passage| passage.text.ends_with("dość.") && passage.text.len() < 2 * ENOUGH));
        assert_eq!(passages_of("os.\u{a0}Teatralne\u{ad}go", "pl", Field::Fact)[0].text, "os. Teatralnego");
        assert!(passages_of(" \n", "pl", Field::Text).is_empty());
    }

    #[test]
    fn what_is_no_text_is_not_shown() {
        for text in ["1983-10-08", "https://example.org", "12", "true", "2026-05-03T10:00"] {
            assert!(!is_text(text), "{text}");
        }
        assert!(is_text("A-1132") && is_text("lata 1949–1955"));
    }

    #[test]
    fn headings_have_levels() {
        let found = |html: &'static str| heading(html).map(|(start, end)| &html[start..end]);
        assert_eq!(found("<h1>a</h1>b"), Some("<h1>a</h1>"));
        assert_eq!(found("x<h6 id=y>a</h2></h6>b"), Some("<h6 id=y>a</h2></h6>"));
        for none in ["", "<h", "<h0>a</h0>", "<h7>a</h7>", "<header>a</header>", "<p>h2</p>"] {
            assert_eq!(found(none), None, "{none}");
        }
    }

    #[test]
    fn passages_are_long_enough() {
        let lengths = |lines: &[usize]| {
            let text = lines.iter().map(|length| "x".repeat(*length)).collect::<Vec<_>>().join("\n");
            passages_of(&text, "xx", Field::Text).iter().map(|passage| passage.text.len()).collect::<Vec<_>>()
        };
        assert_eq!(lengths(&[ENOUGH, 3]), [ENOUGH, 3]);
        assert_eq!(lengths(&[ENOUGH - 1, 3, 4]), [ENOUGH + 3, 4]);
        assert_eq!(lengths(&[1, 2]), [4]);
        assert!(lengths(&[]).is_empty());
        let document = Document::new("/a/", Some("A\u{a0}b"), "page");
        assert_eq!(
            (document.address.as_str(), document.title.as_str(), document.kind.as_str()),
            ("/a/", "A b", "page")
        );
        let shown = document.shown();
        assert_eq!((shown.passages.len(), shown.passages[0].text.as_str()), (1, ""));
        let mut described = Document::new("/a/", None, "page");
        described.describe(Some("Opis."), "pl");
        assert!(described.passages[0].field == Field::Description && described.passages[0].text == "Opis.");
        assert_eq!(described.shown().passages.len(), 1);
    }

    #[test]
    fn facts_are_what_nobody_chooses_by() {
        let kind = |name: &str| KINDS.iter().copied().find(|kind| kind.name == name).unwrap();
        let long = "d".repeat(ENOUGH / 2);
        let place = serde_json::json!({
            "at": [50.07, 20.03], "address": "Plac", "built": "1949", "style": long, "transit": &long[1..],
            "access": { "wheelchair": "yes", "note": "Bez progu" }, "architects": ["A. B", "C. D"], "heritage": "A-1",
            "dates": [{ "on": "1949", "what": "początek" }, { "on": "1950", "what": "koniec" }],
        });
        let short = format!("Plac · Bez progu · {} · początek · koniec · A. B · C. D · A-1", &long[1..]);
        assert_eq!(facts(kind("place"), &place), [long, short]);
        let legend = serde_json::json!({
            "verdict": "true", "told": "*tak*", "told_html": "<em>tak</em> mówią", "documented": "nie", "documented_html": null,
            "place": { "id": "miejsca/plac" }, "at": null,
        });
        assert_eq!(facts(kind("legend"), &legend), ["tak mówią · nie · miejsca/plac"]);
        assert!(facts(kind("legend"), &serde_json::json!({})).is_empty());
    }

    #[test]
    fn texts_below_a_path() {
        let value = serde_json::json!({ "a": [{ "b": "1" }, { "b": ["2", { "c": "3" }] }, { "x": "4" }], "n": 5 });
        assert_eq!(below(&value, "a.b"), ["1", "2", "3"]);
        assert_eq!(below(&value, ""), ["1", "2", "3", "4"]);
        assert!(below(&value, "n").is_empty() && below(&value, "a.b.d").is_empty() && below(&value, "z").is_empty());
    }
}
