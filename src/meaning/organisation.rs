//! An organisation, and what it offers and needs.

use serde_json::{Value, json};

use super::node::{fact, geo, node, with};
use super::page::{Said, Subject};
use super::place::access;

pub(super) fn said(subject: &Subject<'_>, organisation: &Value) -> Said {
    let kind = match organisation["form"].as_str().unwrap_or_default() {
        "association" | "ordinary-association" | "foundation" => "NGO",
        "municipal-institution" | "public-institution" | "city-service" => "GovernmentOrganization",
        "company" => "Corporation",
        "trade-union" => "WorkersUnion",
        _ => "Organization",
    };
    // The page says that the way to reach them may be out of date.
    let is_current = !subject.entry.is_old;
    let current = |key: &str| if is_current { organisation[key].clone() } else { Value::Null };
    let krs = fact(subject.word("fact.krs"), &organisation["krs"]);
    let district = organisation["district"].as_str().and_then(|district| subject.word(&format!("district.{district}")));
    let district = district.map(|name| node("AdministrativeArea", [("name", name.into())]));
    let seat = node(
        "Place",
        [
            ("address", subject.of.address(&current("address"))),
            ("geo", geo(&current("at"))),
            ("containedInPlace", district.into()),
            ("amenityFeature", access(subject, &organisation["access"]["wheelchair"])),
        ],
    );
    let thing = with(
        subject.thing(kind, "organisation"),
        [
            ("sameAs", current("website")),
            ("email", current("email")),
            ("telephone", current("phone")),
            ("address", subject.of.address(&current("address"))),
            ("location", seat),
            ("foundingDate", organisation["founded"].clone()),
            ("identifier", krs.into()),
            ("knowsAbout", json!(subject.words("area", &organisation["areas"]))),
            ("makesOffer", postings("Offer", &organisation["offers"])),
            ("seeks", postings("Demand", &organisation["needs"])),
        ],
    );
    Said { thing, ..Said::default() }
}

/// What somebody offers or needs, as the exchange shows it.
pub(super) fn postings(kind: &str, items: &Value) -> Value {
    let items = items.as_array().into_iter().flatten().filter(|item| item["example"] != json!(true));
    let one = |item: &Value| {
        node(
            kind,
            [
                ("@id", item["permalink"].clone()),
                ("name", item["what"].clone()),
                ("description", item["how"].clone()),
                ("url", item["permalink"].clone()),
                ("validThrough", item["until"].clone()),
            ],
        )
    };
    json!(items.map(one).collect::<Vec<_>>())
}
