//! Everything that the guide knows as one set of open data: a table for each kind with all languages in one record, as CSV,
//! JSON and GeoJSON, and a Data Package (version 2) that describes it.
//!
//! A record is a page, or an item of the exchange. What is said once stands once; texts have a column for each language, and
//! a cell is empty where there is no translation. Invented examples and fallbacks are in none of it. What a column means is
//! said by the doc comment of the field that editors write, or beside the column ([`crate::guide::Derived`]).

mod csv;
mod field;
mod geojson;
mod json;
mod package;
mod table;

use std::sync::{Arc, OnceLock};

pub use self::field::{Choice, Field, Type};
pub use self::table::Table;
use crate::config::Project;
use crate::content::{Library, Page};
use crate::guide::{Guide, Values};
use crate::map::Maps;

/// Between the items of a list in one cell of CSV; no item has it.
pub const SEPARATOR: &str = " | ";

/// What the data set is made from; it is made when somebody asks for it.
#[derive(Debug)]
pub struct OpenData {
    /// The project.
    pub project: Arc<Project>,
    /// Content.
    pub library: Arc<Library>,
    /// The guide's blocks.
    pub guide: Arc<Guide>,
    /// Their values.
    pub values: Arc<Values>,
    /// The ways of tours.
    pub maps: Arc<Maps>,
    /// What was made.
    pub made: OnceLock<Option<DataSet>>,
}

/// The data set.
#[derive(Debug)]
pub struct DataSet {
    /// Its tables, those without a record left out.
    pub tables: Vec<Table>,
    /// Its files, the description last.
    pub files: Vec<DataFile>,
}

/// A file of the data set.
#[derive(Debug)]
pub struct DataFile {
    /// Its path in the built site.
    pub path: String,
    /// The form of a table: `CSV`, `JSON`, `GeoJSON`; of the description `datapackage.json`.
    pub format: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// Position of its table; none for the description.
    pub table: Option<usize>,
    /// What is in it.
    pub text: String,
}

impl OpenData {
    /// The data set; `None` where the site has none.
    pub fn set(&self) -> Option<&DataSet> {
        self.made.get_or_init(|| self.make()).as_ref()
    }

    /// Folder of the data set, without slashes at its ends.
    fn folder(&self) -> Option<&str> {
        self.project.config.open_data.as_ref().map(|open| open.folder.trim_matches('/'))
    }

    /// The version of the page about the data set in a language, where there is one.
    pub fn page(&self, language: &str) -> Option<&Page> {
        let home = format!("/{}/", self.folder()?);
        let original = self.library.pages.iter().find(|page| page.path == home)?;
        let version = self.library.page(&original.canonical, language).map(|id| &self.library.pages[id]);
        version.filter(|page| page.fallback_of.is_none())
    }

    /// Whether a page is about the data set.
    #[must_use]
    pub fn is_about(&self, page: &Page) -> bool {
        self.page(&page.language).is_some_and(|about| about.canonical == page.canonical)
    }

    /// Whom to name for positions and ways, where the site has a base map.
    #[must_use]
    pub fn attribution(&self, language: &str) -> Option<&str> {
        self.maps.atlas.as_ref().map(|atlas| atlas.attribution(language))
    }

    fn make(&self) -> Option<DataSet> {
        let folder = self.folder()?;
        let tables: Vec<Table> = self.tables().into_iter().filter(|table| !table.rows.is_empty()).collect();
        let mut files = vec![];
        for (at, table) in tables.iter().enumerate() {
            let mut add = |format, media_type, extension: &str, text| {
                let path = format!("{folder}/{}.{extension}", table.name);
                files.push(DataFile { path, format, media_type, table: Some(at), text });
            };
            add("CSV", "text/csv", "csv", csv::write(table));
            add("JSON", "application/json", "json", json::write(table));
            if let Some(text) = self.geojson(table) {
                add("GeoJSON", "application/geo+json", "geojson", text);
            }
        }
        let text = self.package(folder, &tables, &files);
        files.push(DataFile {
            path: format!("{folder}/datapackage.json"),
            format: "datapackage.json",
            media_type: "application/json",
            table: None,
            text,
        });
        Some(DataSet { tables, files })
    }
}
