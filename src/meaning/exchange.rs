//! A notice of the exchange: who put it up, with what they offer and need.

use serde_json::{Value, json};

use super::node::{linked, node, reference, with};
use super::organisation::postings;
use super::page::{Said, Subject};

pub(super) fn said(subject: &Subject<'_>, notice: &Value) -> Said {
    let link = &notice["organisation"];
    let whose = if link.is_object() {
        linked("Organization", link)
    } else {
        node("Organization", [("@id", subject.id("exchange").into()), ("name", notice["by"].clone())])
    };
    let thing = with(
        whose,
        [
            ("mainEntityOfPage", if link.is_object() { json!(null) } else { reference(&subject.page.permalink) }),
            ("sameAs", notice["website"].clone()),
            ("email", notice["email"].clone()),
            ("telephone", notice["phone"].clone()),
            ("makesOffer", postings("Offer", &notice["offers"])),
            ("seeks", postings("Demand", &notice["needs"])),
        ],
    );
    Said { thing, ..Said::default() }
}
