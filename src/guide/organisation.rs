//! An organisation of the directory. It has no fields for private persons.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Coordinates;
use super::block::{Block, BlockContext, Kind, block_schema, decode_block, table};
use super::check::{Checker, EmailAddress, WebAddress};
use super::column::{many, one};
use super::facet::Facet;
use super::place::Access;
use super::posting::{Posting, Postings, check_postings};
use crate::content::PartialDate;
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
    ],
    decode: decode_block::<Organisation>,
    schema: block_schema::<Organisation>,
};

/// Organisation: an association, foundation, institution or group.
///
/// pl: Organizacja – stowarzyszenie, fundacja, instytucja albo grupa.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Organisation {
    /// Form: what kind of organisation it is.
    ///
    /// pl: Forma – jaka to organizacja.
    form: Form,
    /// Fields: what it does, at least one.
    ///
    /// pl: Dziedziny – czym się zajmuje, co najmniej jedna.
    #[schemars(length(min = 1))]
    areas: Vec<Area>,
    /// Coordinates: latitude, then longitude, for example `[50.07197, 20.03740]`.
    ///
    /// pl: Współrzędne – szerokość, potem długość geograficzna, np. `[50.07197, 20.03740]`.
    at: Option<Coordinates>,
    /// Address: of the seat, without the city; never a private flat.
    ///
    /// pl: Adres – siedziby, bez miasta; nigdy prywatnego mieszkania.
    address: Option<String>,
    /// District: of the five that make up Nowa Huta.
    ///
    /// pl: Dzielnica – jedna z pięciu nowohuckich.
    district: Option<District>,
    /// Website: an address that starts with `https://`.
    ///
    /// pl: Strona – adres, który zaczyna się od `https://`.
    #[schemars(with = "Option<WebAddress>")]
    website: Option<String>,
    /// E-mail: of the organisation, not of a person.
    ///
    /// pl: E-mail – organizacji, nie osoby prywatnej.
    #[schemars(with = "Option<EmailAddress>")]
    email: Option<String>,
    /// Phone: of the organisation, not of a person.
    ///
    /// pl: Telefon – organizacji, nie osoby prywatnej.
    phone: Option<String>,
    /// Founded: a year, month or day in quotes, for example "1998".
    ///
    /// pl: Data założenia – rok, miesiąc albo dzień w cudzysłowie, np. "1998".
    #[schemars(with = "Option<PartialDate>")]
    founded: Option<String>,
    /// KRS number: ten digits in quotes, for example "0000123456".
    ///
    /// pl: Numer KRS – dziesięć cyfr w cudzysłowie, np. "0000123456".
    #[schemars(
        regex(pattern = "^[0-9]{10}$"),
        extend("patternErrorMessage" = "numer KRS ma dziesięć cyfr / a KRS number has ten digits")
    )]
    krs: Option<String>,
    /// Access: how to get in with a wheelchair or a pram.
    ///
    /// pl: Dostępność – jak wejść z wózkiem.
    access: Option<Access>,
    /// Offers: what it can do for others.
    ///
    /// pl: Oferuje – co może dać innym.
    #[serde(default)]
    offers: Vec<Posting>,
    /// Needs: what it looks for.
    ///
    /// pl: Szuka – czego potrzebuje od innych.
    #[serde(default)]
    needs: Vec<Posting>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Form {
    /// Association: registered in the KRS.
    ///
    /// pl: Stowarzyszenie – wpisane do KRS.
    Association,
    /// Ordinary association: without the KRS, from three people.
    ///
    /// pl: Stowarzyszenie zwykłe – bez KRS, od trzech osób.
    OrdinaryAssociation,
    /// Foundation.
    ///
    /// pl: Fundacja.
    Foundation,
    /// Municipal institution: for example a culture centre or a library.
    ///
    /// pl: Instytucja miejska – np. ośrodek kultury albo biblioteka.
    MunicipalInstitution,
    /// Public institution: of the region or the state.
    ///
    /// pl: Instytucja publiczna – wojewódzka albo państwowa.
    PublicInstitution,
    /// City service: for example a district council or an advice point.
    ///
    /// pl: Jednostka miejska – np. rada dzielnicy albo punkt porad.
    CityService,
    /// Company.
    ///
    /// pl: Spółka.
    Company,
    /// Trade union.
    ///
    /// pl: Związek zawodowy.
    TradeUnion,
    /// Informal group: without registration.
    ///
    /// pl: Grupa nieformalna – bez rejestracji.
    Informal,
    /// Other form: none of these.
    ///
    /// pl: Inna forma – żadna z tych.
    Other,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Area {
    /// Culture.
    ///
    /// pl: Kultura.
    Culture,
    /// Heritage: history and monuments.
    ///
    /// pl: Dziedzictwo – historia i zabytki.
    Heritage,
    /// Theatre.
    ///
    /// pl: Teatr.
    Theatre,
    /// Education.
    ///
    /// pl: Edukacja.
    Education,
    /// Children.
    ///
    /// pl: Dzieci.
    Children,
    /// Young people.
    ///
    /// pl: Młodzież.
    Youth,
    /// Older people.
    ///
    /// pl: Seniorzy.
    Seniors,
    /// Sport.
    ///
    /// pl: Sport.
    Sport,
    /// Health.
    ///
    /// pl: Zdrowie.
    Health,
    /// Social support.
    ///
    /// pl: Pomoc społeczna.
    SocialHelp,
    /// Nature: greenery, animals, climate.
    ///
    /// pl: Przyroda – zieleń, zwierzęta, klimat.
    Environment,
    /// Neighbourhood: life of an estate.
    ///
    /// pl: Sąsiedztwo – życie osiedla.
    Neighbourhood,
    /// Advice: for residents and organisations.
    ///
    /// pl: Porady – dla mieszkańców i organizacji.
    Advice,
    /// Tourism.
    ///
    /// pl: Turystyka.
    Tourism,
    /// Volunteering.
    ///
    /// pl: Wolontariat.
    Volunteering,
}

/// The five districts of Kraków that make up Nowa Huta.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum District {
    /// XIV Czyżyny.
    ///
    /// pl: XIV Czyżyny.
    Czyzyny,
    /// XV Mistrzejowice.
    ///
    /// pl: XV Mistrzejowice.
    Mistrzejowice,
    /// XVI Bieńczyce.
    ///
    /// pl: XVI Bieńczyce.
    Bienczyce,
    /// XVII Wzgórza Krzesławickie.
    ///
    /// pl: XVII Wzgórza Krzesławickie.
    WzgorzaKrzeslawickie,
    /// XVIII Nowa Huta.
    ///
    /// pl: XVIII Nowa Huta.
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
        if let Some(phone) = &self.phone {
            checker.phone(&[Step::key("phone")], phone);
        }
    }

    fn value(&self, context: &mut BlockContext<'_>) -> Value {
        let mut value = table(self);
        value.insert("events".into(), context.referring("event"));
        value.insert("initiatives".into(), context.referring("initiative"));
        value.into()
    }
}
