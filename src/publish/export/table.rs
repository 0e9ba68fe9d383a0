//! A table: columns and rows, before it has a form.

use serde_json::Value;

use crate::content::PageId;
use crate::guide::{Kind, texts_at};
use crate::template::Store;

/// All pages of a kind in one language.
pub(super) struct Table {
    /// What its files are called.
    pub(super) name: &'static str,
    pub(super) language: String,
    /// Home of the language.
    pub(super) home: String,
    /// Title of the site.
    pub(super) title: String,
    pub(super) columns: Vec<Head>,
    pub(super) rows: Vec<Row>,
}

/// The head of a column.
pub(super) struct Head {
    pub(super) name: &'static str,
    /// Whether its cells hold lists.
    pub(super) many: bool,
}

/// One page, or one item of the exchange.
pub(super) struct Row {
    pub(super) page: PageId,
    /// A cell for each column: its values, none where there is nothing to say.
    pub(super) cells: Vec<Vec<String>>,
}

impl Row {
    /// The first value of a column.
    pub(super) fn get<'r>(&'r self, table: &Table, name: &str) -> Option<&'r str> {
        let at = table.columns.iter().position(|column| column.name == name)?;
        self.cells[at].first().map(String::as_str)
    }

    /// All values of a column.
    pub(super) fn list(&self, table: &Table, name: &str) -> &[String] {
        let at = table.columns.iter().position(|column| column.name == name);
        at.map_or(&[], |at| &self.cells[at])
    }
}

/// Columns of every page: before those of its kind, and after them.
const FIRST: [&str; 4] = ["id", "title", "description", "url"];
const LAST: [(&str, bool); 2] = [("verified", false), ("sources", true)];

impl Table {
    /// The pages of a kind, in the order of their addresses.
    pub(super) fn of_kind(store: &Store, kind: &Kind, language: &str) -> Self {
        let library = &store.library;
        let mut table = Self::empty(store, kind.plural, language);
        table.columns.extend(FIRST.map(|name| Head { name, many: false }));
        table.columns.extend(kind.columns.iter().map(|column| Head { name: column.name, many: column.many }));
        table.columns.extend(LAST.map(|(name, many)| Head { name, many }));
        for (id, page) in library.pages.iter().enumerate() {
            let is_own = page.language == language && page.fallback_of.is_none() && !page.is_example;
            let Some((_, value)) = store.values.of(id).filter(|(of, _)| is_own && *of == kind.name) else { continue };
            let text = |text: Option<&String>| text.map(|text| plain(text)).into_iter().collect::<Vec<_>>();
            let entry = store.guide.entry(id);
            let mut cells = vec![
                vec![page.reference().to_string()],
                text(page.front.title.as_ref()),
                text(page.front.description.as_ref()),
                vec![page.permalink.clone()],
            ];
            cells.extend(kind.columns.iter().map(|column| cell(value, column.path)));
            cells.push(entry.verified.iter().map(|date| date.text.clone()).collect());
            cells.push(entry.sources.iter().filter_map(|source| source.url.clone()).collect());
            table.rows.push(Row { page: id, cells });
        }
        table.rows.sort_by(|a, b| library.pages[a.page].path.cmp(&library.pages[b.page].path));
        table
    }

    /// What is offered and needed, item by item.
    pub(super) fn of_exchange(store: &Store, language: &str) -> Self {
        const COLUMNS: [(&str, &str, bool); 10] = [
            ("id", "id", false),
            ("side", "side", false),
            ("category", "category", false),
            ("what", "what", false),
            ("how", "how", false),
            ("by", "by", false),
            ("district", "district", false),
            ("until", "until", false),
            ("url", "permalink", false),
            ("matches", "matches.permalink", true),
        ];
        let mut table = Self::empty(store, "exchange", language);
        table.columns.extend(COLUMNS.map(|(name, _, many)| Head { name, many }));
        let board = store.guide.exchange(&store.library, &store.project.config, language);
        for item in ["offers", "needs"].iter().filter_map(|side| board[side].as_array()).flatten() {
            let permalink = item["page"]["permalink"].as_str();
            let page = store.library.pages.iter().position(|page| Some(page.permalink.as_str()) == permalink);
            let Some(page) = page.filter(|page| {
                let of = &store.library.pages[*page];
                !of.is_example && of.fallback_of.is_none()
            }) else {
                continue;
            };
            table.rows.push(Row { page, cells: COLUMNS.iter().map(|(_, path, _)| cell(item, path)).collect() });
        }
        table
    }

    fn empty(store: &Store, name: &'static str, language: &str) -> Self {
        let config = &store.project.config;
        let home = config.permalink(&config.language_prefix(language));
        let title = config.language(language).title.clone().unwrap_or_default();
        Self { name, language: language.to_string(), home, title, columns: vec![], rows: vec![] }
    }
}

fn cell(value: &Value, path: &str) -> Vec<String> {
    texts_at(value, path).iter().map(|text| plain(text)).collect()
}

/// Text as people type it: spaces that may not break are for readers of pages.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}
