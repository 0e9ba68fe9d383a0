//! A place to see.

use serde_json::{Value, json};

use super::node::{fact, geo, linked, node, with};
use super::page::{Said, Subject};

pub(super) fn said(subject: &Subject<'_>, place: &Value) -> Said {
    let heritage = &place["heritage"];
    // What is entered in the register of monuments is one.
    let kind = if heritage.is_string() {
        json!(["TouristAttraction", "LandmarksOrHistoricalBuildings"])
    } else {
        "TouristAttraction".into()
    };
    let architects = place["architects"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let architects: Value = architects.collect::<Vec<_>>().join(", ").into();
    // schema.org has no year a building was built in; and the page may say it with its doubts.
    let facts = [
        fact(subject.word("fact.built"), &place["built"]),
        fact(subject.word("fact.architects"), &architects),
        fact(subject.word("fact.style"), &place["style"]),
    ];
    let number = fact(subject.word("fact.heritage"), heritage);
    let legends = place["legends"].as_array().into_iter().flatten().map(|legend| linked("CreativeWork", legend));
    let mut thing = with(
        subject.thing("TouristAttraction", "place"),
        [
            ("address", subject.of.address(&place["address"])),
            ("geo", geo(&place["at"])),
            ("identifier", number.into()),
            ("additionalProperty", facts.into_iter().flatten().collect::<Vec<_>>().into()),
            ("amenityFeature", access(subject, &place["access"]["wheelchair"])),
            ("subjectOf", legends.collect::<Vec<_>>().into()),
        ],
    );
    thing["@type"] = kind;
    Said { thing, ..Said::default() }
}

/// Whether one can get in with a wheelchair, where somebody knows.
pub(super) fn access(subject: &Subject<'_>, wheelchair: &Value) -> Value {
    let value = match wheelchair.as_str() {
        Some("yes") => true.into(),
        Some("no") => false.into(),
        Some("limited") => subject.word("wheelchair.limited").into(),
        _ => Value::Null,
    };
    let name = subject.word("fact.wheelchair");
    if value.is_null() || name.is_none() {
        return Value::Null;
    }
    node("LocationFeatureSpecification", [("name", name.into()), ("value", value)])
}

/// A place that a page names: a page of the guide, an address, a point, or all of them. `null` when it names none.
pub(super) fn named(subject: &Subject<'_>, block: &Value) -> Value {
    let link = &block["place"];
    let place = if link.is_object() { linked("Place", link) } else { node("Place", []) };
    let street = &block["address"];
    let place = with(place, [("address", subject.of.address(street)), ("geo", geo(&block["at"]))]);
    let is_nowhere = place.as_object().is_none_or(|place| place.len() == 1);
    let name = if link.is_object() { Value::Null } else { street.clone() };
    if is_nowhere { Value::Null } else { with(place, [("name", name)]) }
}
