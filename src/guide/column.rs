//! A column of a kind's table of open data.

/// A column of a table of open data.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Dotted path in the value of a block.
    pub path: &'static str,
    /// Whether a cell holds a list.
    pub many: bool,
}

/// A column with one value.
pub(super) const fn one(name: &'static str, path: &'static str) -> Column {
    Column { name, path, many: false }
}

/// A column with a list.
pub(super) const fn many(name: &'static str, path: &'static str) -> Column {
    Column { name, path, many: true }
}
