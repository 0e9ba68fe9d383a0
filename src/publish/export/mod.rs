//! Open data: for every kind of page a table in several forms, in each language.

mod csv;
mod geojson;
mod json;
mod table;
mod vcard;

use self::table::Table;
use crate::guide::KINDS;
use crate::render::{Body, Output};
use crate::template::Store;

/// Licence of the guide's texts, and so of its tables.
const LICENCE: &str = "https://creativecommons.org/licenses/by-sa/4.0/";

/// At the home of every language `KIND.csv`, `KIND.json` and, where pages have coordinates, `KIND.geojson`; of
/// organisations also `organisations.vcf`, and a card beside each page. Examples and fallbacks are in none of them.
pub(super) fn outputs(store: &Store) -> Vec<Output> {
    let config = &store.project.config;
    let mut outputs = vec![];
    let mut add = |path: String, text: String| outputs.push(Output { path, body: Body::Text(text) });
    for language in config.language_codes() {
        let home = config.language_prefix(language);
        let tables =
            KINDS.iter().filter(|kind| kind.name != "exchange").map(|kind| Table::of_kind(store, kind, language));
        for table in tables.chain([Table::of_exchange(store, language)]).filter(|table| !table.rows.is_empty()) {
            let name = format!("{home}{}", table.name);
            add(format!("{name}.csv"), csv::write(&table));
            add(format!("{name}.json"), json::write(&table));
            // The places of a guide with a base map are a file of the map.
            if let Some(text) = geojson::write(&table).filter(|_| table.name != "places") {
                add(format!("{name}.geojson"), text);
            }
            if table.name == "organisations" {
                let cards: Vec<(String, String)> = vcard::cards(store, &table);
                add(format!("{name}.vcf"), cards.iter().map(|(_, card)| card.as_str()).collect());
                for (path, card) in cards {
                    add(path, card);
                }
            }
        }
    }
    outputs
}
