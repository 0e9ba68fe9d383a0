//! An offer or need with a page of its own, for those who have no page in the directory.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::block::{Block, BlockContext, Kind, block_schema, decode_block, table};
use super::check::{Checker, EmailAddress, WebAddress};
use super::facet::Facet;
use super::organisation::District;
use super::posting::{Posting, Postings, check_postings};
use crate::diagnostic::Code;
use crate::source::{Step, Value};
use crate::text;

pub(super) static KIND: Kind = Kind {
    name: "exchange",
    plural: "exchange",
    required: &[],
    texts: &["by", "offers.what", "offers.how", "needs.what", "needs.how"],
    keyed: &[("offers", &["id"]), ("needs", &["id"])],
    facets: &[
        Facet { name: "offers", path: "offers.category", words: "category" },
        Facet { name: "needs", path: "needs.category", words: "category" },
        Facet { name: "district", path: "district", words: "district" },
    ],
    columns: &[],
    decode: decode_block::<Exchange>,
    schema: block_schema::<Exchange>,
};

/// Notice: an offer or need of somebody without a page in the directory.
///
/// pl: Ogłoszenie – oferta albo potrzeba kogoś, kto nie ma strony w spisie organizacji.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("allOf" = [
    { "anyOf": [{ "required": ["organisation"] }, { "required": ["by"] }] },
    {
        "anyOf": [
            { "required": ["offers"], "properties": { "offers": { "minItems": 1 } } },
            { "required": ["needs"], "properties": { "needs": { "minItems": 1 } } },
        ]
    },
]))]
struct Exchange {
    /// Organisation: the name of its folder, if it has a page.
    ///
    /// pl: Organizacja – nazwa jej folderu, jeśli ma stronę.
    #[schemars(extend("x-type" = "page", "x-kind" = "organisation"))]
    organisation: Option<String>,
    /// Whose it is: a group, not a private person; if it has no page.
    ///
    /// pl: Czyje – grupa, nie osoba prywatna; jeśli nie ma strony.
    by: Option<String>,
    /// Website: an address that starts with `https://`.
    ///
    /// pl: Strona – adres, który zaczyna się od `https://`.
    #[schemars(with = "Option<WebAddress>")]
    website: Option<String>,
    /// E-mail: of the group, not of a person.
    ///
    /// pl: E-mail – grupy, nie osoby prywatnej.
    #[schemars(with = "Option<EmailAddress>")]
    email: Option<String>,
    /// Phone: of the group, not of a person.
    ///
    /// pl: Telefon – grupy, nie osoby prywatnej.
    phone: Option<String>,
    /// District: of the five that make up Nowa Huta.
    ///
    /// pl: Dzielnica – jedna z pięciu nowohuckich.
    district: Option<District>,
    /// Offers: what they can do for others.
    ///
    /// pl: Oferuje – co może dać innym.
    #[serde(default)]
    offers: Vec<Posting>,
    /// Needs: what they look for.
    ///
    /// pl: Szuka – czego potrzebuje od innych.
    #[serde(default)]
    needs: Vec<Posting>,
}
impl Block for Exchange {
    fn references(&self) -> Vec<(&'static str, &str)> {
        self.organisation.as_deref().map(|name| ("organisation", name)).into_iter().collect()
    }

    fn postings(&self) -> Option<Postings<'_>> {
        Some(Postings {
            offers: &self.offers,
            needs: &self.needs,
            district: self.district,
            organisation: self.organisation.as_deref(),
            by: self.by.as_deref(),
        })
    }

    fn check(&self, checker: &mut Checker<'_>) {
        if let Some(organisation) = &self.organisation {
            checker.organisation(&[Step::key("organisation")], organisation);
        }
        if let Some(website) = &self.website {
            checker.web_address(&[Step::key("website")], website);
        }
        if let Some(email) = &self.email {
            checker.email(&[Step::key("email")], email);
        }
        if let Some(phone) = &self.phone {
            checker.phone(&[Step::key("phone")], phone);
        }
        check_postings(&self.offers, &self.needs, checker);
        if self.organisation.is_none() && self.by.is_none() {
            checker.error(
                Code::MissingKey,
                &[],
                text!("nie wiadomo, czyje to ogłoszenie", "nobody knows whose item this is"),
                text!(
                    "dodaj „organisation: nazwa-folderu-organizacji” albo „by: Nazwa grupy”",
                    "add `organisation: folder-of-the-organisation`, or `by: Name of the group`"
                ),
            );
        }
        if self.offers.is_empty() && self.needs.is_empty() {
            checker.error(
                Code::MissingKey,
                &[],
                text!("ogłoszenie niczego nie oferuje ani nie szuka", "the item neither offers nor needs anything"),
                text!(
                    "dodaj „offers” albo „needs”: lista pozycji z „id”, „category” i „what”",
                    "add `offers` or `needs`: a list of items with `id`, `category` and `what`"
                ),
            );
        }
    }

    fn value(&self, context: &mut BlockContext<'_>) -> Value {
        let mut value = table(self);
        value.insert("organisation".into(), context.link("organisation", self.organisation.as_deref()));
        value.into()
    }
}
