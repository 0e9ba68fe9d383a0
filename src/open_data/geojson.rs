//! A table as GeoJSON (RFC 7946): a point for each record that says where it is, a line for the way of a tour.

use serde_json::{Value, json};

use super::json::record;
use super::table::Row;
use super::{OpenData, Table};
use crate::guide::Coordinates;
use crate::map::position;

impl OpenData {
    /// The records with a position or a way; `None` when there are none.
    pub(super) fn geojson(&self, table: &Table) -> Option<String> {
        let features: Vec<String> = table
            .rows
            .iter()
            .filter_map(|row| {
                let geometry = point(table, row).or_else(|| self.way(row))?;
                let mut properties = record(table, row);
                properties.remove("latitude");
                properties.remove("longitude");
                let id = properties["id"].clone();
                let feature = json!({ "type": "Feature", "id": id, "geometry": geometry, "properties": properties });
                Some(feature.to_string())
            })
            .collect();
        if features.is_empty() {
            return None;
        }
        let config = &self.project.config;
        let licence = config.licence().and_then(|licence| licence.url);
        let head = json!({
            "type": "FeatureCollection",
            "name": table.name,
            "license": licence,
            "attribution": self.attribution(&config.default_language),
        });
        let head = head.to_string();
        let head = head.strip_suffix('}').unwrap_or(&head);
        Some(format!("{head},\"features\":[\n{}\n]}}\n", features.join(",\n")))
    }

    /// The way of a tour: one line, or several where the map has no way between two stops.
    fn way(&self, row: &Row) -> Option<Value> {
        let legs = self.maps.route(row.page)?;
        let mut lines: Vec<Vec<Value>> = vec![];
        for leg in legs {
            let points: Vec<Value> = leg.iter().map(|point| position(*point)).collect();
            match lines.last_mut() {
                // The next leg begins where the last one ended.
                Some(line) if line.last() == points.first() => line.extend(points.into_iter().skip(1)),
                _ => lines.push(points),
            }
        }
        lines.iter_mut().for_each(Vec::dedup);
        lines.retain(|line| line.len() > 1);
        match &lines[..] {
            [] => None,
            [line] => Some(json!({ "type": "LineString", "coordinates": line })),
            lines => Some(json!({ "type": "MultiLineString", "coordinates": lines })),
        }
    }
}

fn point(table: &Table, row: &Row) -> Option<Value> {
    let [latitude, longitude] = ["latitude", "longitude"].map(|name| table.get(row, name).and_then(Value::as_f64));
    let at = Coordinates([latitude?, longitude?]);
    Some(json!({ "type": "Point", "coordinates": [at.longitude(), at.latitude()] }))
}
