//! Style sheets that were made.

use crate::render::{Body, Output};
use crate::template::Store;

/// A file for each.
#[must_use]
pub fn outputs(store: &Store) -> Vec<Output> {
    let sheets = &store.workshop.style_sheets;
    sheets.iter().map(|sheet| Output { path: sheet.path.clone(), body: Body::Text(sheet.css.clone()) }).collect()
}
