//! A table: columns and records, before it has a form.

use std::collections::BTreeMap;

use serde_json::Value;

use super::field::{Field, Type};
use super::{OpenData, SEPARATOR};
use crate::content::{Page, PageId};
use crate::guide::{Column, Holds, KINDS, Kind, texts_at};
use crate::schema::Schemas;

/// A table of records.
#[derive(Debug)]
pub struct Table {
    /// What its files are called.
    pub name: &'static str,
    /// What a record is, in Polish: name and meaning.
    pub pl: [String; 2],
    /// The same in English.
    pub en: [String; 2],
    /// Its columns.
    pub fields: Vec<Field>,
    /// Its records.
    pub rows: Vec<Row>,
}

/// One page, or one item of the exchange.
#[derive(Debug)]
pub struct Row {
    /// The page it comes from.
    pub page: PageId,
    /// A cell for each column: null, a text, a number, yes or no, or a list of texts.
    pub cells: Vec<Value>,
}

impl Table {
    /// A cell of a row by the name of its column.
    pub(super) fn get<'r>(&self, row: &'r Row, name: &str) -> Option<&'r Value> {
        let at = self.fields.iter().position(|field| field.name == name)?;
        row.cells.get(at).filter(|cell| !cell.is_null())
    }
}

const ID: &str = "Identifier: the path of the record in the guide; it never changes.\n\n\
    pl: Identyfikator – ścieżka rekordu w przewodniku; nie zmienia się.";
const URL: &str = "Address: the page of the guide in this language.\n\npl: Adres – strona przewodnika w tym języku.";
const LICENCE: &str = "Licence: of the texts of this record, by its SPDX identifier.\n\n\
    pl: Licencja – tekstów tego rekordu, jako identyfikator SPDX.";
const SIDE: &str = "Side: whether it is offered or needed.\n\npl: Strona – czy to oferta, czy potrzeba.";
const SIDES: [(&str, &str); 2] = [("offers", "Offer.\n\npl: Oferta."), ("needs", "Need.\n\npl: Potrzeba.")];
const BY: &str = "Whose it is: an organisation or a group.\n\npl: Czyje – organizacja albo grupa.";
const OWNER: &str = "Organisation: the identifier of its record.\n\npl: Organizacja – identyfikator jej rekordu.";
const MATCHES: &str =
    "What it meets: identifiers of needs or offers.\n\npl: Co do tego pasuje – identyfikatory potrzeb albo ofert.";

impl OpenData {
    /// All tables, in the order of the kinds.
    pub(super) fn tables(&self) -> Vec<Table> {
        let kinds =
            KINDS.iter().map(|kind| if kind.name == "exchange" { self.exchange(kind) } else { self.kind(kind) });
        kinds.collect()
    }

    fn languages(&self) -> impl Iterator<Item = &str> {
        self.project.config.language_codes()
    }

    /// Pages that are records: by their content path, the versions that are no fallbacks, in the order of the languages.
    fn records(&self) -> BTreeMap<&str, Vec<PageId>> {
        let mut records: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
        for language in self.languages() {
            for (id, page) in self.library.pages.iter().enumerate() {
                if page.language == language && page.fallback_of.is_none() && !page.is_example {
                    records.entry(page.content_path()).or_default().push(id);
                }
            }
        }
        records
    }

    /// A field of the front matter of every page.
    fn front(&self, key: &str, holds: Type, many: bool) -> Field {
        let mut field = Field::new(key, holds, many, "");
        field.describe(&Schemas::new(&self.project.config).page()["properties"][key]);
        field
    }

    fn kind(&self, kind: &Kind) -> Table {
        let block = Schemas::new(&self.project.config).block(kind);
        let mut table = empty(kind, &block);
        let required = |field: Field| Field { required: true, ..field };
        let title = self.front("title", Type::String, false);
        let description = self.front("description", Type::String, false);
        let url = Field::new("url", Type::Uri, false, URL);
        table.fields.push(required(Field::new("id", Type::String, false, ID)));
        for text in [title, description, url] {
            table.fields.extend(self.languages().map(|language| text.in_language(language)));
        }
        let columns: Vec<(&Column, Field, bool)> = kind
            .columns
            .iter()
            .filter_map(|column| Some((column, Field::of(column, &block)?, is_text(kind, column))))
            .collect();
        for (_, field, is_text) in &columns {
            if *is_text {
                table.fields.extend(self.languages().map(|language| field.in_language(language)));
            } else {
                table.fields.push(field.clone());
            }
        }
        table.fields.push(self.front("verified", Type::Date, false));
        table.fields.push(self.front("sources", Type::String, true));
        table.fields.push(Field::new("licence", Type::String, false, LICENCE));
        let licence = self.project.config.licence().map(|licence| licence.id);
        for (path, versions) in self.records() {
            let Some((_, value)) = self.values.of(versions[0]).filter(|(of, _)| *of == kind.name) else { continue };
            let version =
                |language: &str| versions.iter().copied().find(|id| self.library.pages[*id].language == language);
            let each = |of: &dyn Fn(&Page) -> Option<String>| -> Vec<Value> {
                self.languages()
                    .map(|language| {
                        version(language).and_then(|id| of(&self.library.pages[id])).map(|text| plain(&text)).into()
                    })
                    .collect()
            };
            let mut cells: Vec<Value> = vec![path.into()];
            cells.extend(each(&|page| page.front.title.clone()));
            cells.extend(each(&|page| page.front.description.clone()));
            cells.extend(each(&|page| Some(page.permalink.clone())));
            for (column, field, is_text) in &columns {
                if !is_text {
                    cells.push(cell(field, value, column.path));
                    continue;
                }
                for language in self.languages() {
                    let own = version(language).filter(|id| {
                        *id == versions[0]
                            || column.derived.is_some()
                            || says(&self.library.pages[*id], kind, column.path)
                    });
                    let value = own.and_then(|id| self.values.of(id));
                    cells.push(value.map_or_else(|| nothing(field), |(_, value)| cell(field, value, column.path)));
                }
            }
            let entry = self.guide.entry(versions[0]);
            let sources = entry.sources.iter().map(|source| plain(source.url.as_ref().unwrap_or(&source.title)));
            cells.push(entry.verified.as_ref().map(|date| date.day.to_string()).into());
            cells.push(sources.collect::<Vec<_>>().into());
            cells.push(licence.clone().into());
            table.rows.push(Row { page: versions[0], cells });
        }
        table
    }

    /// What is offered and needed, item by item.
    fn exchange(&self, kind: &Kind) -> Table {
        let schemas = Schemas::new(&self.project.config);
        let block = schemas.block(kind);
        let mut table = empty(kind, &block);
        let field = |name: &'static str, path: &'static str| {
            Field::of(&Column { name, path, many: false, derived: None }, &block)
        };
        let mut side = Field::new("side", Type::String, false, SIDE);
        side.choices = SIDES.iter().filter_map(|(value, comment)| super::field::choice(value, comment)).collect();
        let id = Field { required: true, ..Field::new("id", Type::String, false, ID) };
        table.fields.extend([id, side]);
        table.fields.extend(field("category", "offers.category"));
        let texts: Vec<(Field, &str)> = [
            (field("what", "offers.what"), "what"),
            (field("how", "offers.how"), "how"),
            (Some(Field::new("by", Type::String, false, BY)), "by"),
            (Some(Field::new("url", Type::Uri, false, URL)), "permalink"),
        ]
        .into_iter()
        .filter_map(|(field, path)| Some((field?, path)))
        .collect();
        for (text, _) in &texts {
            table.fields.extend(self.languages().map(|language| text.in_language(language)));
        }
        let mut owner = Field::new("organisation", Type::String, false, OWNER);
        owner.refers = Some("organisations");
        table.fields.push(owner);
        table.fields.extend(field("district", "district"));
        table.fields.extend(field("until", "offers.until"));
        table.fields.push(Field::new("matches", Type::String, true, MATCHES));
        table.fields.push(Field::new("licence", Type::String, false, LICENCE));
        let licence = self.project.config.licence().map(|licence| licence.id);
        let boards: Vec<BTreeMap<String, Value>> = self.languages().map(|language| self.board(language)).collect();
        let mut all: BTreeMap<&str, &Value> = BTreeMap::new();
        for (key, item) in boards.iter().flatten() {
            all.entry(key.as_str()).or_insert(item);
        }
        for (key, item) in all {
            let Some(page) = self.page_of(item) else { continue };
            let one = |field: &str| item[field].as_str().map(plain);
            let mut cells: Vec<Value> = vec![key.into(), one("side").into(), one("category").into()];
            for (_, path) in &texts {
                cells.extend(
                    boards
                        .iter()
                        .map(|board| Value::from(board.get(key).and_then(|item| item[*path].as_str()).map(plain))),
                );
            }
            cells.push(item["organisation"]["id"].clone());
            cells.push(one("district").into());
            cells.push(one("until").into());
            let matches = item["matches"].as_array().into_iter().flatten().filter_map(name_of);
            cells.push(matches.collect::<Vec<_>>().into());
            cells.push(licence.clone().into());
            table.rows.push(Row { page, cells });
        }
        table
    }

    /// The board of a language by the names of its items, without invented ones and fallbacks.
    fn board(&self, language: &str) -> BTreeMap<String, Value> {
        let board = self.guide.exchange(&self.library, &self.project.config, language);
        let items = ["offers", "needs"].into_iter().filter_map(|side| board[side].as_array()).flatten();
        let real = items.filter(|item| {
            let page = self.page_of(item).map(|id| &self.library.pages[id]);
            page.is_some_and(|page| !page.is_example && page.fallback_of.is_none())
        });
        real.filter_map(|item| Some((name_of(item)?, item.clone()))).collect()
    }

    fn page_of(&self, item: &Value) -> Option<PageId> {
        let permalink = item["page"]["permalink"].as_str()?;
        self.library.pages.iter().position(|page| page.permalink == permalink)
    }
}

/// A table of a kind without columns and records.
fn empty(kind: &Kind, block: &Value) -> Table {
    let mut said = Field::new("", Type::String, false, "");
    said.describe(block);
    Table { name: kind.plural, pl: said.pl, en: said.en, fields: vec![], rows: vec![] }
}

/// Name of an item of the exchange: the record of its page and its own short name.
fn name_of(item: &Value) -> Option<String> {
    Some(format!("{}#{}", item["page"]["id"].as_str()?, item["id"].as_str()?))
}

/// Whether a column has a text for each language.
fn is_text(kind: &Kind, column: &Column) -> bool {
    if let Some(derived) = column.derived {
        return derived.holds == Holds::Text;
    }
    let path = column.path;
    kind.texts.iter().any(|text| path.strip_prefix(text).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}

/// Whether a translation says something itself, instead of inheriting it. Items of a list are not told apart.
fn says(page: &Page, kind: &Kind, path: &str) -> bool {
    let mut value = page.blocks.get(kind.name);
    for part in path.split('.') {
        match value {
            Some(Value::Array(_)) => return true,
            _ => value = value.and_then(|value| value.get(part)),
        }
    }
    value.is_some()
}

fn nothing(field: &Field) -> Value {
    if field.many { Value::Array(vec![]) } else { Value::Null }
}

fn cell(field: &Field, value: &Value, path: &str) -> Value {
    let texts = texts_at(value, path).into_iter().map(|text| plain(&text));
    if field.many {
        return texts.map(|text| field.typed(&text.replace(SEPARATOR, " / "))).collect::<Vec<_>>().into();
    }
    texts.into_iter().next().map_or(Value::Null, |text| field.typed(&text))
}

/// Text as people type it: spaces that may not break are for readers of pages.
fn plain(text: impl AsRef<str>) -> String {
    text.as_ref().replace(['\u{a0}', '\u{202f}'], " ")
}
