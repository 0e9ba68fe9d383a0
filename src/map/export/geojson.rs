//! GeoJSON (RFC 7946): a point for each stop, a line for each leg.

use serde_json::{Value, json};

use super::{Licence, Track, degrees};
use crate::guide::Coordinates;

/// A tour as GeoJSON.
pub(super) fn write(track: &Track<'_>) -> String {
    let stops = track.stops.iter().enumerate().map(|(at, stop)| {
        let properties = json!({ "stop": at + 1, "name": stop.name, "note": stop.note, "url": stop.url });
        json!({ "type": "Feature", "properties": properties, "geometry": { "type": "Point", "coordinates": position(stop.at) } })
    });
    let legs = track.route.legs.iter().enumerate().filter_map(|(at, leg)| {
        let leg = leg.as_ref()?;
        let points: Vec<Value> = leg.points.iter().map(|point| position(*point)).collect();
        let properties = json!({ "leg": at + 1, "metres": leg.metres.round(), "minutes": leg.minutes() });
        Some(json!({ "type": "Feature", "properties": properties, "geometry": { "type": "LineString", "coordinates": points } }))
    });
    let collection = json!({
        "type": "FeatureCollection",
        "name": track.title,
        "description": track.description,
        "url": track.url,
        "attribution": track.licence.attribution,
        "license": track.licence.data,
        "texts_license": Licence::TEXTS,
        "features": stops.chain(legs).collect::<Vec<_>>(),
    });
    format!("{collection}\n")
}

/// Longitude first, with five decimals.
pub(crate) fn position(point: Coordinates) -> Value {
    // As the other files write it, to the last decimal.
    let short = |number: f64| degrees(number).parse().unwrap_or(number);
    json!([short(point.longitude()), short(point.latitude())])
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::map::export::tests::written;

    #[test]
    fn has_every_stop_and_every_leg() {
        let value: Value = serde_json::from_str(&written(super::write)).unwrap();
        let features = value["features"].as_array().unwrap();
        assert_eq!(features.len(), 3);
        assert_eq!(features[0]["geometry"]["coordinates"], serde_json::json!([20.03, 50.07]));
        assert_eq!(
            (&features[2]["geometry"]["type"], &features[2]["properties"]["metres"]),
            (&"LineString".into(), &730.0.into())
        );
    }
}
