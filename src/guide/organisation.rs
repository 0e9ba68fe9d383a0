//! An organisation of the directory. It has no fields for private persons.

use serde::{Deserialize, Serialize};

use super::Coordinates;
use super::block::{Block, BlockContext, Kind, decode_block, table};
use super::check::Checker;
use super::place::Access;
use crate::diagnostic::Code;
use crate::source::{Step, Value};
use crate::text;

pub(super) static KIND: Kind = Kind {
    name: "organisation",
    required: &["form", "areas"],
    texts: &["address", "access.note"],
    keyed: &[],
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
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum District {
    Czyzyny,
    Mistrzejowice,
    Bienczyce,
    WzgorzaKrzeslawickie,
    NowaHuta,
}

impl Block for Organisation {
    fn at(&self) -> Option<Coordinates> {
        self.at
    }

    fn check(&self, checker: &mut Checker<'_>) {
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
        if let Some(email) = self.email.as_deref().filter(|email| !email.contains('@') || email.contains(' ')) {
            checker.error(
                Code::InvalidValue,
                &[Step::key("email")],
                text!("„{email}” nie jest adresem e-mail", "`{email}` is not an e-mail address"),
                text!("przykład: kontakt@example.org", "an example: office@example.org"),
            );
        }
    }

    fn value(&self, _: &mut BlockContext<'_>) -> Value {
        table(self).into()
    }
}
