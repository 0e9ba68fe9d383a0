//! What all kinds have in common.

use std::fmt::Debug;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::check::Checker;
use super::column::Column;
use super::facet::Facet;
use super::place::Anniversary;
use super::posting::Postings;
use super::{Coordinates, Guide};
use crate::content::{Library, PageId};
use crate::source::{Problem, Table, Value, decode_all};

/// A decoded block, if what is there can be decoded, and everything that is wrong with it.
pub type Decoded = (Option<Box<dyn Block>>, Vec<Problem>);

/// A kind of page: the name of its block and how the block is read.
#[derive(Debug)]
pub struct Kind {
    /// Name of the block and of the kind.
    pub name: &'static str,
    /// What files with all its pages are called.
    pub plural: &'static str,
    /// Keys that must be there.
    pub required: &'static [&'static str],
    /// Dotted paths of texts, which a translation overrides; everything else is structure, said once.
    pub texts: &'static [&'static str],
    /// Lists whose items a translation names by one of some keys: `("stops", &["place", "at"])`.
    pub keyed: &'static [(&'static str, &'static [&'static str])],
    /// What its pages can be chosen by.
    pub facets: &'static [Facet],
    /// Columns of its table of open data, after those of every page.
    pub columns: &'static [Column],
    /// Decodes the block.
    pub decode: fn(&Table, &'static [&'static str]) -> Decoded,
    /// JSON Schema of the block, as it stands in its type; `crate::schema` makes it ready for others.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

/// A decoded block.
pub trait Block: Debug + Send + Sync {
    /// Where it is on the map, if it says so itself.
    fn at(&self) -> Option<Coordinates> {
        None
    }

    /// The verdict, for kinds that give one: shown wherever the page is linked.
    fn verdict(&self) -> Option<&'static str> {
        None
    }

    /// Pages it refers to: kind and name.
    fn references(&self) -> Vec<(&'static str, &str)> {
        vec![]
    }

    /// What it offers to others and needs from them, for the exchange.
    fn postings(&self) -> Option<Postings<'_>> {
        None
    }

    /// Days to remember every year: the date and what happened.
    fn anniversaries(&self) -> &[Anniversary] {
        &[]
    }

    /// Pushes everything that is wrong with the values, each with its path in the block.
    fn check(&self, checker: &mut Checker<'_>);

    /// The value a template sees: what was written and what follows from it.
    fn value(&self, context: &mut BlockContext<'_>) -> Value;
}

/// Decodes a block of type `T`.
pub(super) fn decode_block<T: Block + DeserializeOwned + 'static>(
    table: &Table,
    required: &'static [&'static str],
) -> Decoded {
    let (block, problems) = decode_all::<T>(table, required);
    (block.map(|block| Box::new(block) as Box<dyn Block>), problems)
}

/// JSON Schema of a block of type `T`.
pub(super) fn block_schema<T: Block + JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// What a block needs to make its value.
pub struct BlockContext<'a> {
    /// The page it stands on.
    pub page: PageId,
    /// All blocks.
    pub guide: &'a Guide,
    /// Renders Markdown texts of the block.
    pub markdown: &'a mut dyn FnMut(&str) -> String,
    /// The pages that blocks refer to.
    pub library: &'a Library,
    /// The day the site is built for.
    pub today: jiff::civil::Date,
    /// The configuration.
    pub config: &'a crate::config::Config,
}

impl BlockContext<'_> {
    /// The page of a kind and name as others link to it, null when there is none.
    pub(super) fn link(&self, kind: &str, name: Option<&str>) -> Value {
        let page = name.and_then(|name| self.guide.named(self.library, self.page, kind, name));
        page.map_or(Value::Null, |page| self.guide.link(self.library, page))
    }

    /// Links to the pages of a kind that refer to this page.
    pub(super) fn referring(&self, kind: &str) -> Value {
        let pages = self.guide.referring(self.library, self.page, kind);
        pages.map(|page| self.guide.link(self.library, page)).collect::<Vec<_>>().into()
    }
}

/// A serialisable struct as a table; fields without a value are null.
pub(super) fn table(value: &impl Serialize) -> Table {
    match serde_json::to_value(value) {
        Ok(Value::Object(table)) => table,
        _ => Table::new(),
    }
}
