//! All places of a language as GeoJSON (RFC 7946): a point for each page.

use serde_json::{Value, json};

use super::export::{Licence, position};
use super::tours::of_map;
use super::{BaseMap, File};
use crate::config::Config;
use crate::content::Library;
use crate::guide::{Coordinates, Values};

/// For every language that has places one file at its home: `places.geojson`, `en/places.geojson`.
pub(super) fn files(map: &BaseMap, config: &Config, library: &Library, values: &Values) -> Vec<File> {
    let file = |language| file(language, config, library, values, of_map(map, language));
    config.language_codes().filter_map(file).collect()
}

fn file(language: &str, config: &Config, library: &Library, values: &Values, licence: Licence<'_>) -> Option<File> {
    let mut features: Vec<(&str, Value)> = vec![];
    for (id, page) in library.pages.iter().enumerate() {
        // A fallback is the place of another language's file.
        if page.language != language || page.fallback_of.is_some() || page.is_example {
            continue;
        }
        let Some(("place", place)) = values.of(id) else { continue };
        let Some((latitude, longitude)) = place["at"][0].as_f64().zip(place["at"][1].as_f64()) else { continue };
        let properties = json!({
            "id": page.reference(),
            "kind": "place",
            "name": page.front.title,
            "description": page.front.description,
            "url": page.permalink,
            "lang": language,
        });
        let geometry = json!({ "type": "Point", "coordinates": position(Coordinates([latitude, longitude])) });
        features.push((&page.path, json!({ "type": "Feature", "properties": properties, "geometry": geometry })));
    }
    if features.is_empty() {
        return None;
    }
    features.sort_by_key(|(path, _)| *path);
    let collection = json!({
        "type": "FeatureCollection",
        "attribution": licence.attribution,
        "license": licence.data,
        "texts_license": Licence::TEXTS,
        "features": features.into_iter().map(|(_, feature)| feature).collect::<Vec<_>>(),
    });
    Some((format!("{}places.geojson", config.language_prefix(language)), format!("{collection}\n")))
}
