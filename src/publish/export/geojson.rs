//! A table as GeoJSON (RFC 7946): a point for each row that says where it is.

use serde_json::{Value, json};

use super::json::item;
use super::{LICENCE, Table};

/// The rows with coordinates; `None` when there are none.
pub(super) fn write(table: &Table) -> Option<String> {
    let features: Vec<Value> = table
        .rows
        .iter()
        .filter_map(|row| {
            let [latitude, longitude] =
                ["latitude", "longitude"].map(|name| row.get(table, name).and_then(|text| text.parse::<f64>().ok()));
            let geometry = json!({ "type": "Point", "coordinates": [longitude?, latitude?] });
            let mut properties = item(table, row);
            properties.remove("latitude");
            properties.remove("longitude");
            Some(json!({ "type": "Feature", "properties": properties, "geometry": geometry }))
        })
        .collect();
    let collection = json!({
        "type": "FeatureCollection",
        "title": table.title,
        "language": table.language,
        "license": LICENCE,
        "features": features,
    });
    (!features.is_empty()).then(|| format!("{collection}\n"))
}
