//! An organisation of the directory. It has no fields for private persons.

use serde::{Deserialize, Serialize};

use super::Coordinates;
use super::block::{Block, BlockContext, Kind, decode_block, table};
use super::check::Checker;
use super::column::{many, one};
use super::facet::Facet;
use super::place::Access;
use super::posting::{Posting, Postings, check_postings};
use crate::diagnostic::Code;
use crate::source::{Step, Value};
use crate::text;

pub(super) static KIND: Kind = Kind {
    name: "organisation",
    plural: "organisations",
    required: &["form", "areas"],
    texts: &["address", "access.note", "offers.what", "offers.how", "needs.what", "needs.how"],
    keyed: &[("offers", &["id"]), ("needs", &["id"])],
    facets: &[
        Facet { name: "areas", path: "areas", words: "area" },
        Facet { name: "district", path: "district", words: "district" },
        Facet { name: "form", path: "form", words: "form" },
        Facet { name: "offers", path: "offers.category", words: "category" },
        Facet { name: "needs", path: "needs.category", words: "category" },
        Facet { name: "access", path: "access.wheelchair", words: "wheelchair" },
    ],
    columns: &[
        one("form", "form"),
        many("areas", "areas"),
        one("address", "address"),
        one("district", "district"),
        one("latitude", "at.0"),
        one("longitude", "at.1"),
        one("website", "website"),
        one("email", "email"),
        one("phone", "phone"),
        one("founded", "founded"),
        one("krs", "krs"),
        one("wheelchair", "access.wheelchair"),
        one("access_note", "access.note"),
        many("offers", "offers.what"),
        many("needs", "needs.what"),
    ],
    decode: decode_block::<Organisation>,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisation {
    form: Form,
    areas: Vec<Area>,
    at: Option<Coordinates>,
    address: Option<String>,
    district: Option<District>,
    website: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    founded: Option<String>,
    /// Number in the National Court Register: ten digits.
    krs: Option<String>,
    access: Option<Access>,
    /// What it can do for others.
    #[serde(default)]
    offers: Vec<Posting>,
    /// What it needs from others.
    #[serde(default)]
    needs: Vec<Posting>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Form {
    Association,
    OrdinaryAssociation,
    Foundation,
    MunicipalInstitution,
    PublicInstitution,
    CityService,
    Company,
    TradeUnion,
    Informal,
    Other,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Area {
    Culture,
    Heritage,
    Theatre,
    Education,
    Children,
    Youth,
    Seniors,
    Sport,
    Health,
    SocialHelp,
    Environment,
    Neighbourhood,
    Advice,
    Tourism,
    Volunteering,
}

/// The five districts of Kraków that make up Nowa Huta.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum District {
    /// XIV.
    Czyzyny,
    /// XV.
    Mistrzejowice,
    /// XVI.
    Bienczyce,
    /// XVII.
    WzgorzaKrzeslawickie,
    /// XVIII.
    NowaHuta,
}

impl Block for Organisation {
    fn at(&self) -> Option<Coordinates> {
        self.at
    }

    fn postings(&self) -> Option<Postings<'_>> {
        Some(Postings {
            offers: &self.offers,
            needs: &self.needs,
            district: self.district,
            organisation: None,
            by: None,
        })
    }

    fn check(&self, checker: &mut Checker<'_>) {
        check_postings(&self.offers, &self.needs, checker);
        if let Some(at) = self.at {
            checker.coordinates(&[Step::key("at")], at);
        }
        if let Some(website) = &self.website {
            checker.web_address(&[Step::key("website")], website);
        }
        if let Some(founded) = &self.founded {
            checker.partial_date(&[Step::key("founded")], founded);
        }
        if self.areas.is_empty() {
            checker.error(
                Code::InvalidValue,
                &[Step::key("areas")],
                text!("organizacja nie ma żadnej dziedziny", "the organisation has no area of activity"),
                text!("wpisz choć jedną, np. areas: [culture]", "write at least one, for example areas: [culture]"),
            );
        }
        if let Some(krs) = self.krs.as_deref().filter(|krs| krs.len() != 10 || !krs.bytes().all(|b| b.is_ascii_digit()))
        {
            checker.error(
                Code::InvalidValue,
                &[Step::key("krs")],
                text!("„{krs}” nie jest numerem KRS", "`{krs}` is not a KRS number"),
                text!("numer KRS ma dziesięć cyfr, w cudzysłowie", "a KRS number has ten digits, in quotes"),
            );
        }
        if let Some(email) = &self.email {
            checker.email(&[Step::key("email")], email);
        }
    }

    fn value(&self, context: &mut BlockContext<'_>) -> Value {
        let mut value = table(self);
        value.insert("events".into(), context.referring("event"));
        value.insert("initiatives".into(), context.referring("initiative"));
        value.into()
    }
}
