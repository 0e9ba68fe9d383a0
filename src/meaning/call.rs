//! Money that organisations can apply for.

use serde_json::Value;

use super::node::{node, with};
use super::page::{Said, Subject};

pub(super) fn said(subject: &Subject<'_>, call: &Value) -> Said {
    let funder = node("Organization", [("name", call["funder"].clone())]);
    // What comes back every year has the dates of last time: they say nothing of the next.
    let is_dated = call["state"] != "yearly";
    let date = |key: &str| if is_dated { call[key].clone() } else { Value::Null };
    // How much is said in words; a grant has no dates but those its money can be had at.
    let amount = node(
        "MonetaryAmount",
        [("description", call["amount"].clone()), ("validFrom", date("opens")), ("validThrough", date("closes"))],
    );
    let thing = with(
        subject.thing("MonetaryGrant", "call"),
        [("funder", funder), ("amount", amount), ("sameAs", call["link"].clone())],
    );
    let who = subject.words("applicant", &call["who"]);
    Said { thing, audience: (!who.is_empty()).then(|| who.join(", ")), ..Said::default() }
}
