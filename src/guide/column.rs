//! A column of a kind's table of open data.

/// A column of a table of open data.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name; texts have one column for each language, with its code at the end.
    pub name: &'static str,
    /// Dotted path in the value of a block.
    pub path: &'static str,
    /// Whether a cell holds a list.
    pub many: bool,
    /// What it is, where no field that editors write says so.
    pub derived: Option<Derived>,
}

/// What a column is that follows from others.
#[derive(Debug, Clone, Copy)]
pub struct Derived {
    /// What its cells hold.
    pub holds: Holds,
    /// Its description, written like the doc comment of a field: `Label: details.`, an empty line, `pl: Etykieta – szczegóły.`
    pub comment: &'static str,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A text that is the same in every language.
    Plain,
    /// A text in each language.
    Text,
    /// A whole number.
    Integer,
    /// A day.
    Date,
    /// Yes or no.
    Truth,
    /// One of some words, each with its description.
    Words(&'static [(&'static str, &'static str)]),
}

/// A column with one value.
pub(super) const fn one(name: &'static str, path: &'static str) -> Column {
    Column { name, path, many: false, derived: None }
}

/// A column with a list.
pub(super) const fn many(name: &'static str, path: &'static str) -> Column {
    Column { name, path, many: true, derived: None }
}

/// A column that no editor writes.
pub(super) const fn derived(name: &'static str, path: &'static str, holds: Holds, comment: &'static str) -> Column {
    Column { name, path, many: false, derived: Some(Derived { holds, comment }) }
}
