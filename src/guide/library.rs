//! All blocks of all pages, and what follows across them.

use std::sync::Arc;

use super::board::Board;
use super::check::Checker;
use super::facts::{self, Facts};
use super::merge::{merge, path_in_translation};
use super::names::Names;
use super::{Block, BlockContext, Coordinates, FactSource, KINDS, Kind};
use crate::config::{Config, Project};
use crate::content::{Library, Page, PageDate, PageId, Target};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::markdown::{AnchorCheck, Markdown, Owner, typeset};
use crate::source::{Issue, Problem, Step, Table, Value, decode_all};
use crate::text;

/// What the guide knows of one page.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its kind and block, if it has one.
    pub block: Option<(&'static Kind, Arc<dyn Block>)>,
    /// Where its facts come from.
    pub sources: Vec<FactSource>,
    /// When they were checked.
    pub verified: Option<PageDate>,
    /// Whether that is too long ago to be relied on.
    pub is_old: bool,
}

/// The guide: an entry for every page of the library.
#[derive(Debug, Default)]
pub struct Guide {
    entries: Vec<Entry>,
    names: Names,
    board: Board,
    /// Whether every block could be decoded.
    pub complete: bool,
}

impl Guide {
    /// Decodes and checks the blocks of all pages.
    #[must_use]
    pub fn build(library: &Library, project: &Project, diagnostics: &mut Diagnostics) -> Self {
        let config = &project.config;
        let names = Names::collect(library, &config.default_language, diagnostics);
        let mut complete = true;
        let mut entries = Vec::with_capacity(library.pages.len());
        for page in &library.pages {
            let original = library
                .page(&page.canonical, &config.default_language)
                .map(|id| &library.pages[id])
                .filter(|original| original.language != page.language);
            let mut problems = Diagnostics::default();
            let reader =
                Reader { page, original, config, today: project.today, names: &names, diagnostics: &mut problems };
            let entry = reader.entry();
            complete &= !problems.has_errors();
            // A fallback repeats its original; what is wrong there was told already.
            if page.fallback_of.is_none() {
                diagnostics.extend(problems);
            }
            entries.push(entry);
        }
        let mut guide = Self { entries, names, board: Board::default(), complete };
        guide.board = Board::build(&guide, library, project.today);
        guide
    }

    /// What the guide knows of a page.
    #[must_use]
    pub fn entry(&self, page: PageId) -> &Entry {
        &self.entries[page]
    }

    /// The kind of a page.
    #[must_use]
    pub fn kind(&self, page: PageId) -> Option<&'static str> {
        self.entries[page].block.as_ref().map(|(kind, _)| kind.name)
    }

    /// Where a page is on the map, if its block says so.
    #[must_use]
    pub fn coordinates(&self, page: PageId) -> Option<Coordinates> {
        self.entries[page].block.as_ref().and_then(|(_, block)| block.at())
    }

    /// The block of a page.
    #[must_use]
    pub fn block(&self, page: PageId) -> Option<&dyn Block> {
        self.entries[page].block.as_ref().map(|(_, block)| block.as_ref())
    }

    /// The page of this kind and name in the language of `page`, else the original.
    #[must_use]
    pub fn named(&self, library: &Library, page: PageId, kind: &str, name: &str) -> Option<PageId> {
        let canonical = self.names.canonical(kind, name)?;
        let language = &library.pages[page].language;
        library.page(canonical, language).or_else(|| library.pages.iter().position(|page| page.canonical == *canonical))
    }

    /// Pages of a kind, in the language of `page`, that refer to `page`. Examples are left out.
    pub fn referring<'a>(
        &'a self,
        library: &'a Library,
        page: PageId,
        kind: &'a str,
    ) -> impl Iterator<Item = PageId> + 'a {
        let of = &library.pages[page];
        let target = (self.kind(page).unwrap_or_default(), of.reference());
        (0..self.entries.len()).filter(move |id| {
            library.pages[*id].language == of.language
                && !library.pages[*id].is_example
                && self.kind(*id) == Some(kind)
                && self.block(*id).is_some_and(|block| block.references().contains(&target))
        })
    }

    /// The exchange of a language: `offers` and `needs`, texts set after the rules of the language where the site asks
    /// for it.
    #[must_use]
    pub fn exchange(&self, library: &Library, config: &Config, language: &str) -> Value {
        let mut board = self.board.value(self, library, language);
        if config.markdown.typography {
            typeset_texts(&mut board, language);
        }
        board
    }

    /// Other places in the language of `page` by distance from a point, with whole metres as the crow flies.
    pub fn nearest_places<'a>(
        &'a self,
        library: &'a Library,
        page: PageId,
        from: Coordinates,
    ) -> impl Iterator<Item = (PageId, u64)> + 'a {
        let language = &library.pages[page].language;
        let mut places: Vec<(PageId, u64)> = (0..self.entries.len())
            .filter(|id| *id != page && library.pages[*id].language == *language && self.kind(*id) == Some("place"))
            .filter_map(|id| {
                // Distances on the earth fit; rounding is what is wanted.
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let metres = self.coordinates(id)?.distance(from).round() as u64;
                Some((id, metres))
            })
            .collect();
        places.sort_by_key(|(id, metres)| (*metres, *id));
        places.into_iter()
    }

    /// A page as others link to it.
    #[must_use]
    pub fn link(&self, library: &Library, page: PageId) -> Value {
        let entry = &self.entries[page];
        let page = &library.pages[page];
        serde_json::json!({
            "id": page.content_path(),
            "title": page.front.title,
            "description": page.front.description,
            "permalink": page.permalink,
            "kind": entry.block.as_ref().map(|(kind, _)| kind.name),
            "verdict": entry.block.as_ref().and_then(|(_, block)| block.verdict()),
        })
    }

    /// The values of all blocks, and the anchors their links still have to find.
    pub fn values(
        &self,
        markdown: &Markdown<'_>,
        project: &Project,
        diagnostics: &mut Diagnostics,
    ) -> (Values, Vec<(Target, AnchorCheck)>) {
        let mut checks = vec![];
        let values = (0..self.entries.len())
            .map(|id| {
                let (value, more) = self.value(id, markdown, project, diagnostics);
                checks.extend(more.into_iter().map(|check| (Target::Page(id), check)));
                value
            })
            .collect();
        (Values(values), checks)
    }

    /// The value of a page's block, with its texts rendered.
    fn value(
        &self,
        id: PageId,
        renderer: &Markdown<'_>,
        project: &Project,
        diagnostics: &mut Diagnostics,
    ) -> (Option<(&'static str, Value)>, Vec<AnchorCheck>) {
        let Some((kind, block)) = &self.entries[id].block else { return (None, vec![]) };
        let library = renderer.library;
        let page = &library.pages[id];
        let place = page.source.front.key_span(&page.source.text, &[Step::key(kind.name)]);
        let owner = Owner {
            permalink: &page.permalink,
            language: &page.language,
            text_language: page.text_language(),
            source: &page.source.text,
            offset: None,
            place: Some(&place),
            pictures: None,
            explains: None,
        };
        let mut checks = vec![];
        let mut markdown = |text: &str| {
            let (html, more) = renderer.render_inline(text, false, &owner, diagnostics);
            checks.extend(more);
            html
        };
        let config = &project.config;
        let mut context =
            BlockContext { page: id, guide: self, markdown: &mut markdown, library, today: project.today, config };
        let mut value = block.value(&mut context);
        if let (Some(_), Value::Object(table)) = (block.postings(), &mut value) {
            for (side, items) in self.board.of_page(self, library, id) {
                table.insert(side.key().into(), items);
            }
        }
        if project.config.markdown.typography {
            typeset_texts(&mut value, page.text_language());
        }
        (Some((kind.name, value)), checks)
    }
}

/// The value of every page's block, by the position of the page.
#[derive(Debug)]
pub struct Values(Vec<Option<(&'static str, Value)>>);

impl Values {
    /// The kind of a page and the value of its block.
    #[must_use]
    pub fn of(&self, page: PageId) -> Option<&(&'static str, Value)> {
        self.0[page].as_ref()
    }

    /// Adds something to the value of a page's block; nothing when it has none.
    pub fn set(&mut self, page: PageId, key: &str, value: Value) {
        if let Some((_, Value::Object(block))) = &mut self.0[page] {
            block.insert(key.to_string(), value);
        }
    }
}

/// Keys whose values are for machines: no letter of them may change.
const ADDRESSES: [&str; 24] = [
    "url",
    "website",
    "email",
    "phone",
    "permalink",
    "track",
    "link",
    "online",
    "id",
    "name",
    "start",
    "end",
    "start_day",
    "end_day",
    "announced",
    "opens",
    "closes",
    "until",
    "checked",
    "reviewed",
    "due",
    "district",
    "category",
    "on",
];

/// Sets every text of a block's value after the rules of its language; rendered texts are set already.
fn typeset_texts(value: &mut Value, language: &str) {
    match value {
        Value::String(text) => *text = typeset(text, language, None),
        Value::Array(list) => list.iter_mut().for_each(|value| typeset_texts(value, language)),
        Value::Object(table) => {
            for (_, value) in
                table.iter_mut().filter(|(key, _)| !key.ends_with("_html") && !ADDRESSES.contains(&key.as_str()))
            {
                typeset_texts(value, language);
            }
        }
        _ => {}
    }
}

fn table_of<'p>(page: &'p Page, name: &str) -> Option<&'p Table> {
    page.blocks.get(name).and_then(Value::as_object)
}

/// Reads the blocks of one page.
struct Reader<'a> {
    page: &'a Page,
    original: Option<&'a Page>,
    config: &'a Config,
    today: jiff::civil::Date,
    names: &'a Names,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn entry(mut self) -> Entry {
        let facts = self.facts();
        let mut kinds =
            KINDS.iter().filter(|kind| table_of(self.page, kind.name).is_some() || self.original_has(kind.name));
        let first = kinds.next().copied();
        if let (Some(first), Some(second)) =
            (first, kinds.next().filter(|second| self.page.blocks.contains_key(second.name)))
        {
            let (first, second) = (first.name, second.name);
            self.diagnostics.push(
                Diagnostic::error(
                    Code::InvalidValue,
                    self.key_span(&[Step::key(second)]),
                    text!("strona jest i „{first}”, i „{second}”", "the page is both `{first}` and `{second}`"),
                )
                .help(text!("zostaw jeden z tych bloków", "keep one of these blocks")),
            );
        }
        let block = first.and_then(|kind| self.block(kind).map(|block| (kind, block)));
        for key in KINDS.iter().map(|kind| kind.name).filter(|name| self.page.blocks.contains_key(*name)) {
            if !self.page.blocks[key].is_object() {
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::WrongType,
                        self.page.source.front.value_span(&self.page.source.text, &[Step::key(key)]),
                        text!("„{key}” nie jest grupą kluczy", "`{key}` is not a group of keys"),
                    )
                    .help(text!(
                        "wpisz klucze w następnych wierszach, wcięte o dwie spacje",
                        "write the keys on the next lines, indented by two spaces"
                    )),
                );
            }
        }
        let is_old = facts.verified.as_ref().is_some_and(|verified| facts::is_old(verified, self.today));
        Entry { block, sources: facts.sources, verified: facts.verified, is_old }
    }

    fn checker<'c>(&'c self, locate: &'c dyn Fn(&[Step]) -> Span, diagnostics: &'c mut Diagnostics) -> Checker<'c> {
        let (config, today, names) = (self.config, self.today, self.names);
        Checker { config, today, names, is_translation: self.original.is_some(), locate, told: 0, diagnostics }
    }

    fn original_has(&self, name: &str) -> bool {
        self.original.is_some_and(|original| original.blocks.contains_key(name))
    }

    fn key_span(&self, path: &[Step]) -> Span {
        self.page.source.front.key_span(&self.page.source.text, path)
    }

    /// Sources and the date of checking, the original's where the page has none.
    fn facts(&mut self) -> Facts {
        let mut table = Table::new();
        for key in facts::KEYS {
            let own = self.page.blocks.get(*key);
            let value = own.or_else(|| self.original?.blocks.get(*key));
            if let Some(value) = value {
                table.insert((*key).to_string(), value.clone());
            }
        }
        let (facts, problems) = decode_all::<Facts>(&table, &[]);
        self.report(&problems, &[], <[Step]>::to_vec);
        let facts = facts.unwrap_or_default();
        let page = self.page;
        let locate = |path: &[Step]| page.source.front.value_span(&page.source.text, path);
        if facts::KEYS.iter().any(|key| page.blocks.contains_key(*key)) {
            let mut found = Diagnostics::default();
            facts.check(&mut self.checker(&locate, &mut found));
            self.diagnostics.extend(found);
        }
        facts
    }

    fn block(&mut self, kind: &'static Kind) -> Option<Arc<dyn Block>> {
        let empty = Table::new();
        let own = table_of(self.page, kind.name).unwrap_or(&empty);
        let base = [Step::key(kind.name)];
        let table = match self.original.and_then(|original| table_of(original, kind.name)) {
            None => own.clone(),
            Some(original) => {
                let merged = merge(kind, original, own);
                self.report_merge(kind, &merged.overrides, &merged.strangers);
                merged.table
            }
        };
        let (block, problems) = (kind.decode)(&table, kind.required);
        let inherited = self.inherited_problems(kind);
        let problems: Vec<Problem> = problems.into_iter().filter(|problem| !inherited.contains(problem)).collect();
        let to_own = |path: &[Step]| path_in_translation(kind, &table, own, path);
        self.report(&problems, &base, to_own);
        let block = block?;
        let page = self.page;
        let is_translation = self.original.is_some();
        let locate = |path: &[Step]| {
            let path = [&base[..], &to_own(path)].concat();
            if path.len() == 1 {
                page.source.front.key_span(&page.source.text, &path)
            } else {
                page.source.front.value_span(&page.source.text, &path)
            }
        };
        let mut found = Diagnostics::default();
        block.check(&mut self.checker(&locate, &mut found));
        // What a translation inherits was checked in its original; what it says itself is checked here.
        let says_something = !own.is_empty();
        if !is_translation || says_something && !self.original_fails(kind) {
            self.diagnostics.extend(found);
        }
        Some(Arc::from(block))
    }

    /// Problems that the original's block has by itself.
    fn inherited_problems(&self, kind: &'static Kind) -> Vec<Problem> {
        let original = self.original.and_then(|original| table_of(original, kind.name));
        original.map_or_else(Vec::new, |original| (kind.decode)(original, kind.required).1)
    }

    /// Whether the original's values fail their checks by themselves.
    fn original_fails(&self, kind: &'static Kind) -> bool {
        let Some(original) = self.original.and_then(|original| table_of(original, kind.name)) else { return false };
        let (Some(block), _) = (kind.decode)(original, kind.required) else { return true };
        let mut found = Diagnostics::default();
        let nowhere = |_: &[Step]| Span::file("");
        block.check(&mut self.checker(&nowhere, &mut found));
        found.has_errors()
    }

    fn report(&mut self, problems: &[Problem], base: &[Step], to_own: impl Fn(&[Step]) -> Vec<Step>) {
        for problem in problems {
            let problem = Problem { path: to_own(&problem.path), issue: problem.issue.clone() };
            let diagnostic = problem.diagnostic(base, &self.page.source.front, &self.page.source.text);
            let diagnostic = match &problem.issue {
                Issue::MissingKey { key } if key == "at" => diagnostic.help(text!(
                    "dodaj „at: [50.07197, 20.03740]” (szerokość, długość; w OpenStreetMap: prawy przycisk, „Pokaż adres”)",
                    "add `at: [50.07197, 20.03740]` (latitude, longitude; in OpenStreetMap: right button, “Show address”)"
                )),
                _ => diagnostic,
            };
            self.diagnostics.push(diagnostic);
        }
    }

    fn report_merge(&mut self, kind: &Kind, overrides: &[Vec<Step>], strangers: &[Vec<Step>]) {
        for path in overrides {
            let path = [&[Step::key(kind.name)][..], path].concat();
            self.diagnostics.push(
                Diagnostic::hint(
                    Code::StructuredOverride,
                    self.key_span(&path),
                    text!("tłumaczenie zmienia dane oryginału", "the translation changes data of its original"),
                )
                .help(text!(
                    "usuń ten klucz, jeśli wartość ma być ta sama: tłumaczenie ją dziedziczy",
                    "remove the key if the value is meant to be the same: the translation inherits it"
                )),
            );
        }
        for path in strangers {
            let path = [&[Step::key(kind.name)][..], path].concat();
            let list = match &path[1] {
                Step::Key(list) => list.clone(),
                Step::Index(_) => String::new(),
            };
            self.diagnostics.push(
                Diagnostic::error(
                    Code::InvalidValue,
                    self.key_span(&path),
                    text!(
                        "tego elementu listy „{list}” nie ma w oryginale",
                        "the original has no such item in `{list}`"
                    ),
                )
                .help(text!(
                    "użyj tego samego „place”, „at”, „on” albo „id” co w oryginale, albo dodaj element najpierw tam",
                    "use the same `place`, `at`, `on` or `id` as the original, or add the item there first"
                )),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_machines_read_is_left_alone() {
        let text = "w Hucie i o Hucie";
        let mut value = serde_json::json!({
            "title": text, "list": [text, { "what": text }], "told_html": text, "id": text, "phone": text, "n": 1, "start": text,
        });
        typeset_texts(&mut value, "pl");
        let set = "w\u{a0}Hucie i\u{a0}o\u{a0}Hucie";
        assert_eq!(
            value,
            serde_json::json!({
                "title": set, "list": [set, { "what": set }], "told_html": text, "id": text, "phone": text, "n": 1, "start": text,
            })
        );
        let mut values = Values(vec![None, Some(("place", serde_json::json!({ "a": 1 }))), Some(("x", Value::Null))]);
        for page in 0..3 {
            values.set(page, "b", 2.into());
        }
        assert_eq!((values.of(0), &values.of(1).unwrap().1), (None, &serde_json::json!({ "a": 1, "b": 2 })));
        assert!(values.of(2).unwrap().1.is_null());
    }
}
