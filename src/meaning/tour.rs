//! A walking tour.

use serde_json::{Value, json};

use super::node::{geo, linked, node, with};
use super::page::{Said, Subject};

/// What files to take along are, by the name of their format.
const FORMATS: [(&str, &str); 3] = [
    ("GPX", "application/gpx+xml"),
    ("KML", "application/vnd.google-earth.kml+xml"),
    ("GeoJSON", "application/geo+json"),
];

pub(super) fn said(subject: &Subject<'_>, tour: &Value) -> Said {
    let stops: Vec<Value> = tour["stops"].as_array().into_iter().flatten().map(stop).collect();
    let items: Vec<Value> = stops
        .iter()
        .enumerate()
        .map(|(at, stop)| node("ListItem", [("position", (at + 1).into()), ("item", stop.clone())]))
        .collect();
    let itinerary = node(
        "ItemList",
        [
            ("@id", subject.id("stops").into()),
            ("numberOfItems", items.len().into()),
            ("itemListOrder", "https://schema.org/ItemListOrderAscending".into()),
            ("itemListElement", items.into()),
        ],
    );
    // A trip has no length of its own; going it has.
    let walk = tour["metres"].as_u64().map(|metres| {
        let from = stops.first().cloned().unwrap_or_default();
        let to = stops.last().cloned().unwrap_or_default();
        node("TravelAction", [("distance", format!("{metres} m").into()), ("fromLocation", from), ("toLocation", to)])
    });
    let start = stops.first().cloned().unwrap_or_default();
    let thing = with(
        subject.thing("TouristTrip", "tour"),
        [("itinerary", itinerary), ("tripOrigin", start), ("potentialAction", walk.into())],
    );
    let downloads = tour["downloads"].as_array().into_iter().flatten();
    let media = downloads.map(|file| {
        let format = file["format"].as_str().unwrap_or_default();
        let media_type = FORMATS.iter().find(|(name, _)| *name == format).map(|(_, media_type)| *media_type);
        node(
            "MediaObject",
            [
                ("name", format.into()),
                ("contentUrl", file["permalink"].clone()),
                ("encodingFormat", media_type.into()),
                ("creditText", tour["attribution"].clone()),
            ],
        )
    });
    let media = media.collect();
    Said { thing, media, ..Said::default() }
}

fn stop(stop: &Value) -> Value {
    let place = &stop["place"];
    if place.is_object() {
        return with(linked("TouristAttraction", place), [("name", stop["title"].clone()), ("geo", geo(&stop["at"]))]);
    }
    let place = node("Place", [("name", stop["title"].clone()), ("geo", geo(&stop["at"]))]);
    if place.as_object().is_some_and(|place| place.len() > 1) { place } else { json!(null) }
}
