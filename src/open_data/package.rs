//! What describes the data set: a Data Package, version 2 (datapackage.org).

use serde_json::{Map, Value, json};

use super::{DataFile, OpenData, Table};
use crate::config::Slugify;
use crate::content::slugify;

/// The version of the standard.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const SCHEMA: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

impl OpenData {
    /// The text of `datapackage.json` in `folder`.
    pub(super) fn package(&self, folder: &str, tables: &[Table], files: &[DataFile]) -> String {
        let config = &self.project.config;
        let site = config.title.as_deref().unwrap_or(folder);
        let mut package = Map::new();
        let mut set = |key: &str, value: Value| {
            if !value.is_null() {
                package.insert(key.into(), value);
            }
        };
        set("$schema", PROFILE.into());
        set("name", slugify(site, Slugify::On).into());
        let pages: Vec<(&str, _)> = config.language_codes().filter_map(|code| Some((code, self.page(code)?))).collect();
        let titles: Vec<&str> = pages.iter().filter_map(|(_, page)| page.front.title.as_deref()).collect();
        let title = if titles.is_empty() { site.to_string() } else { format!("{site}: {}", titles.join(" / ")) };
        set("title", title.into());
        let said: Vec<&str> = pages.iter().filter_map(|(_, page)| page.front.description.as_deref()).collect();
        set("description", if said.is_empty() { Value::Null } else { said.join("\n\n").into() });
        for (code, page) in &pages {
            set(&format!("title_{code}"), page.front.title.as_deref().into());
            set(&format!("description_{code}"), page.front.description.as_deref().into());
        }
        let home = pages.first().map_or_else(|| config.permalink(""), |(_, page)| page.permalink.clone());
        set("homepage", home.into());
        set("version", self.project.today.to_string().into());
        set("created", format!("{}T00:00:00Z", self.project.today).into());
        set("licenses", json!(self.licences()));
        set("sources", self.source());
        if let Some(author) = &config.author {
            let one = json!({ "title": author, "path": config.permalink(""), "roles": ["publisher"] });
            set("contributors", json!([one]));
        }
        let resources: Vec<Value> = files.iter().filter_map(|file| resource(file, tables)).collect();
        set("resources", resources.into());
        format!("{:#}\n", Value::from(package))
    }

    /// Licences: of texts, and of what comes from the base map.
    fn licences(&self) -> Vec<Value> {
        let texts = self
            .project
            .config
            .licence()
            .map(|licence| json!({ "name": licence.id, "path": licence.url, "title": licence.name }));
        let map = self.maps.atlas.is_some().then(|| {
            json!({
                "name": "ODbL-1.0",
                "path": "https://opendatacommons.org/licenses/odbl/1-0/",
                "title": "Open Database License 1.0 (położenie i drogi / positions and ways)",
            })
        });
        texts.into_iter().chain(map).collect()
    }

    fn source(&self) -> Value {
        let language = &self.project.config.default_language;
        let attribution = self.attribution(language);
        let source = |title: &str| json!([{ "title": title, "path": "https://www.openstreetmap.org/copyright" }]);
        attribution.map_or(Value::Null, source)
    }
}

/// A file of a table as the description names it.
fn resource(file: &DataFile, tables: &[Table]) -> Option<Value> {
    let table = &tables[file.table?];
    let (_, name) = file.path.rsplit_once('/')?;
    let is_csv = file.format == "CSV";
    let said = |of: &[String; 2]| if of[1].is_empty() { of[0].clone() } else { format!("{}: {}", of[0], of[1]) };
    let mut resource = Map::new();
    let mut set = |key: &str, value: Value| _ = resource.insert(key.into(), value);
    // The table itself has its plain name; other forms of it say which.
    let own = if is_csv { table.name.to_string() } else { format!("{}-{}", table.name, file.format.to_lowercase()) };
    set("name", own.into());
    set("path", name.into());
    if is_csv {
        set("type", "table".into());
    }
    set("title", format!("{} / {} ({})", table.pl[0], table.en[0], file.format).into());
    set("description", format!("{}\n\n{}", said(&table.pl), said(&table.en)).into());
    set("format", file.format.to_lowercase().into());
    set("mediatype", file.media_type.into());
    set("encoding", "utf-8".into());
    set("bytes", file.text.len().into());
    if is_csv {
        set("schema", schema(table, tables));
    }
    Some(resource.into())
}

/// The Table Schema of a table.
fn schema(table: &Table, tables: &[Table]) -> Value {
    let keys: Vec<Value> = table
        .fields
        .iter()
        .filter(|field| !field.many)
        .filter_map(|field| {
            let refers = field.refers?;
            tables.iter().any(|table| table.name == refers).then_some(())?;
            Some(json!({ "fields": [field.name], "reference": { "resource": refers, "fields": ["id"] } }))
        })
        .collect();
    let mut schema = json!({
        "$schema": SCHEMA,
        "fields": table.fields.iter().map(super::Field::descriptor).collect::<Vec<_>>(),
        "primaryKey": ["id"],
    });
    if !keys.is_empty() {
        schema["foreignKeys"] = keys.into();
    }
    schema
}
