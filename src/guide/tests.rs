//! What is told of the values of each kind, and what follows from them across pages.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde_json::json;

use super::board::Side;
use super::check::{Checker, EmailAddress, WebAddress};
use super::names::Names;
use super::*;
use crate::config::{Config, Mode, Project};
use crate::content::{BlockKeys, Library, PageDate, PageId, PartialDate};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Span};
use crate::gallery::Galleries;
use crate::markdown::{Code as CodeBlocks, Markdown};
use crate::profile::Profile;
use crate::source::{ContentName, MOST_TOLD, Source, Step, Value, WalkedContent};

const TODAY: &str = "2026-11-23";

const CONFIG: &str = "base_url = \"https://example.org\"\ndefault_language = \"pl\"\nbounds = [19.95, 50.03, 20.22, 50.13]\n\
     [languages.de]\n[languages.en]\nfallback = true\ninherit = true\n[languages.en.translations]\n\"area.culture\" = \"Culture\"\n\
     [translations]\n\"facet.areas\" = \"Dziedziny\"\n\"area.culture\" = \"Kultura\"\n\"area.sport\" = \"Żagle i sport\"\n";

/// A guide, and everything that is said of it.
struct Town {
    project: Project,
    library: Library,
    guide: Guide,
    values: Values,
    told: Vec<Diagnostic>,
}

impl Town {
    /// The guide of these files: a path below `content/` and the front matter.
    fn of(files: &[(&str, &str)]) -> Self {
        let config: Config = toml::from_str(CONFIG).unwrap();
        let source = |(path, front): &(&str, &str)| {
            Arc::new(Source::thin(path, &format!("---\n{front}\n---\n"), "", &config).expect("front matter"))
        };
        let mut sources: Vec<Arc<Source>> = files.iter().map(source).collect();
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        let content = WalkedContent { sources, complete: true, ..WalkedContent::default() };
        let mut diagnostics = Diagnostics::default();
        let keys = BlockKeys { pages: &keys(), sections: SECTION_KEYS };
        let mut library = Library::build(&config, content, false, keys, &mut diagnostics);
        mark_examples(&mut library, "pl");
        let today: Date = TODAY.parse().unwrap();
        let project = Project {
            root: PathBuf::from("."),
            config,
            today,
            now: format!("{TODAY}T00:00:00Z").parse().unwrap(),
            drafts: false,
            mode: Mode::Build,
            profile: Profile::default(),
        };
        let guide = Guide::build(&library, &project, &mut diagnostics);
        let (galleries, code) = (Galleries::default(), CodeBlocks::default());
        let markdown = Markdown {
            config: &project.config,
            library: &library,
            galleries: &galleries,
            code: &code,
            marks_lines: false,
        };
        let (values, _) = guide.values(&markdown, &project, &mut diagnostics);
        Self { told: diagnostics.sorted(), project, library, guide, values }
    }

    /// A page by its path without an ending.
    fn id(&self, path: &str, language: &str) -> PageId {
        self.library.page(&format!("{path}.md"), language).unwrap_or_else(|| panic!("{path} {language}"))
    }

    fn value(&self, path: &str, language: &str) -> &Value {
        &self.values.of(self.id(path, language)).unwrap_or_else(|| panic!("{path} has no block")).1
    }

    /// What is told: code, file and line.
    fn said(&self) -> Vec<String> {
        let place = |span: &Span| format!("{}:{}", span.file.trim_start_matches("content/"), span.line);
        self.told
            .iter()
            .map(|found| format!("{} {}", found.code.as_str(), found.span.as_ref().map_or(String::new(), place)))
            .collect()
    }
}

const PLACE: (&str, &str) = ("miejsca/plac.md", "title: Plac\nplace: { at: [50.07, 20.03], address: al. Róż }");
const CLUB: (&str, &str) = (
    "kluby/klub.md",
    "title: Klub\norganisation: { form: association, areas: [culture], district: nowa-huta, at: [50.08, 20.04] }",
);

/// What a check says in a guide with one place and one organisation.
fn checked(is_translation: bool, check: impl FnOnce(&mut Checker<'_>)) -> Vec<Diagnostic> {
    let town = Town::of(&[PLACE, CLUB]);
    let names = Names::collect(&town.library, "pl", &mut Diagnostics::default());
    checked_in(&town, &names, is_translation, check)
}

/// What a check says. The file of each is its dotted path in the block.
fn checked_in(
    town: &Town,
    names: &Names,
    is_translation: bool,
    check: impl FnOnce(&mut Checker<'_>),
) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::default();
    let locate = |path: &[Step]| {
        let steps: Vec<String> = path
            .iter()
            .map(|step| match step {
                Step::Key(key) => key.clone(),
                Step::Index(at) => at.to_string(),
            })
            .collect();
        Span::file(steps.join("."))
    };
    check(&mut Checker {
        config: &town.project.config,
        today: town.project.today,
        names,
        is_translation,
        locate: &locate,
        told: 0,
        diagnostics: &mut diagnostics,
    });
    diagnostics.into_iter().collect()
}

fn brief(found: &[Diagnostic]) -> Vec<String> {
    let path = |found: &Diagnostic| found.span.as_ref().map(|span| span.file.clone()).unwrap_or_default();
    found.iter().map(|found| format!("{} {}", found.code.as_str(), path(found)).trim().to_string()).collect()
}

/// What is told of a block that can be decoded.
fn told(kind: &str, block: &Value) -> Vec<String> {
    let kind = KINDS.iter().find(|known| known.name == kind).unwrap();
    let (decoded, problems) = (kind.decode)(block.as_object().unwrap(), kind.required);
    assert!(problems.is_empty(), "{block}: {problems:?}");
    brief(&checked(false, |checker| decoded.unwrap().check(checker)))
}

/// A block with more keys.
fn with(base: &Value, more: &Value) -> Value {
    let mut block = base.as_object().unwrap().clone();
    block.extend(more.as_object().unwrap().clone());
    block.into()
}

#[test]
fn organisations_are_checked() {
    let base = json!({ "form": "association", "areas": ["culture"] });
    let item = |id: &str, until: Option<&str>| json!({ "id": id, "category": "room", "what": "Sala.", "until": until });
    for (more, expected) in [
        (json!({}), vec![]),
        (json!({ "at": [50.03, 19.95] }), vec![]),
        (json!({ "at": [50.02, 19.95] }), vec!["coordinates-out-of-range at"]),
        (json!({ "website": "www.klub.pl" }), vec!["invalid-value website"]),
        (json!({ "founded": "1998-04" }), vec![]),
        (json!({ "founded": "98" }), vec!["invalid-value founded"]),
        (json!({ "areas": [] }), vec!["invalid-value areas"]),
        (json!({ "krs": "0000123456" }), vec![]),
        (json!({ "krs": "000012345" }), vec!["invalid-value krs"]),
        (json!({ "krs": "00001234567" }), vec!["invalid-value krs"]),
        (json!({ "krs": "000012345x" }), vec!["invalid-value krs"]),
        (json!({ "email": "klub" }), vec!["invalid-value email"]),
        (json!({ "phone": "klub" }), vec!["invalid-value phone"]),
        (
            json!({ "offers": [item("a", None), item("A", None)], "needs": [item("a", None), item("b", Some("2026-11-22"))] }),
            vec!["invalid-value offers.1.id", "invalid-value needs.0.id", "posting-expired needs.1.until"],
        ),
    ] {
        assert_eq!(told("organisation", &with(&base, &more)), expected, "{more}");
    }
}

#[test]
fn events_are_checked() {
    let base = json!({ "start": "2026-12-05", "type": "walk" });
    let consultation =
        |start: &str, announced: &str| json!({ "start": start, "type": "consultation", "announced": announced });
    for (more, expected) in [
        (json!({ "end": "2026-12-05", "place": "plac", "organiser": "klub", "at": [50.07, 20.03] }), vec![]),
        (json!({ "end": "2026-12-04" }), vec!["invalid-value end"]),
        (json!({ "end": "2026-12-06T10:00" }), vec!["invalid-value end"]),
        (json!({ "start": "2026-12-05T10:00", "end": "2026-12-06" }), vec!["invalid-value end"]),
        (json!({ "start": "2026-12-05T10:00", "end": "2026-12-05T10:00" }), vec![]),
        (json!({ "start": "2026-12-05T10:00", "end": "2026-12-05T09:59" }), vec!["invalid-value end"]),
        (json!({ "start": "2026-12-05T10:00", "end": "2026-12-06T09:00" }), vec![]),
        (json!({ "start": "2026-12-05T10:00", "end": "2026-12-04T12:00" }), vec!["invalid-value end"]),
        (
            json!({ "place": "plaz", "organiser": "kino" }),
            vec!["unknown-place place", "unknown-organisation organiser"],
        ),
        (json!({ "at": [20.03, 50.07] }), vec!["coordinates-out-of-range at"]),
        (json!({ "online": "x", "link": "y" }), vec!["invalid-value online", "invalid-value link"]),
        (json!({ "announced": "2026-12-05" }), vec![]),
        (json!({ "announced": "2026-12-06" }), vec!["invalid-value announced"]),
        (json!({ "announced": "2026-12-06", "end": "2026-12-06" }), vec![]),
        (consultation("2026-12-05", "2026-11-21"), vec![]),
        (consultation("2026-12-05", "2026-11-22"), vec!["late-notice announced"]),
        (consultation("2026-11-23", "2026-11-22"), vec!["late-notice announced"]),
        // What is over cannot be mended.
        (consultation("2026-11-22", "2026-11-21"), vec![]),
        (json!({ "announced": "2026-12-04" }), vec![]),
    ] {
        assert_eq!(told("event", &with(&base, &more)), expected, "{more}");
    }
}

#[test]
fn tours_are_checked() {
    let stops = |stops: &[Value]| json!({ "stops": stops });
    let place = json!({ "place": "plac" });
    for (tour, expected) in [
        (stops(&[place.clone(), json!({ "at": [50.07, 20.03], "title": "A", "minutes": 1440 })]), vec![]),
        (stops(std::slice::from_ref(&place)), vec!["invalid-value stops"]),
        (stops(&[]), vec!["invalid-value stops"]),
        (stops(&[place.clone(), json!({ "place": "plac", "minutes": 1441 })]), vec!["invalid-value stops.1.minutes"]),
        (stops(&[json!({ "place": "kino" }), place.clone()]), vec!["unknown-place stops.0.place"]),
        (stops(&[json!({ "at": [1, 2], "title": "A" }), place.clone()]), vec!["coordinates-out-of-range stops.0.at"]),
        (stops(&[json!({ "at": [50.07, 20.03] }), place.clone()]), vec!["missing-key stops.0"]),
        (stops(&[json!({ "title": "A" }), place.clone()]), vec!["missing-key stops.0"]),
        (stops(&[json!({}), place]), vec!["missing-key stops.0"]),
    ] {
        assert_eq!(told("tour", &tour), expected, "{tour}");
    }
}

#[test]
fn legends_places_and_initiatives_are_checked() {
    let legend = json!({ "verdict": "true", "place": "plac" });
    let initiative = json!({ "topic": "picnic", "stage": "idea" });
    for (kind, block, expected) in [
        ("legend", with(&legend, &json!({ "dates": [{ "on": "1949", "what": "a" }] })), vec![]),
        ("legend", json!({ "verdict": "true", "at": [50.07, 20.03] }), vec![]),
        ("legend", json!({ "verdict": "true" }), vec!["missing-key"]),
        (
            "legend",
            json!({ "verdict": "true", "at": [1, 2], "place": "kino", "dates": [{ "on": "x", "what": "a" }] }),
            vec!["unknown-place place", "coordinates-out-of-range at", "invalid-value dates.0.on"],
        ),
        ("place", json!({ "at": [50.07, 20.03], "dates": [{ "on": "1949-04", "what": "a" }] }), vec![]),
        (
            "place",
            json!({ "at": [1, 2], "dates": [{ "on": "1949", "what": "a" }, { "on": "x", "what": "b" }] }),
            vec!["coordinates-out-of-range at", "invalid-value dates.1.on"],
        ),
        (
            "initiative",
            with(&initiative, &json!({ "place": "plac", "at": [50.07, 20.03], "partners": ["klub"], "since": "2026" })),
            vec![],
        ),
        (
            "initiative",
            with(&initiative, &json!({ "place": "x", "at": [1, 2], "partners": ["klub", "y"], "since": "z" })),
            vec![
                "unknown-place place",
                "coordinates-out-of-range at",
                "unknown-organisation partners.1",
                "invalid-value since",
            ],
        ),
    ] {
        assert_eq!(told(kind, &block), expected, "{block}");
    }
}

#[test]
fn items_of_the_exchange_are_checked() {
    let item = json!([{ "id": "a", "category": "room", "what": "Sala." }]);
    for (block, expected) in [
        (json!({ "by": "Ktoś", "offers": item }), vec![]),
        (
            json!({ "organisation": "klub", "needs": item, "website": "https://a.pl", "email": "a@b.pl", "phone": "123" }),
            vec![],
        ),
        (json!({ "needs": item }), vec!["missing-key"]),
        (json!({ "by": "Ktoś" }), vec!["missing-key"]),
        (json!({}), vec!["missing-key", "missing-key"]),
        (
            json!({ "organisation": "x", "website": "x", "email": "x", "phone": "x", "needs": item, "offers": item }),
            vec![
                "unknown-organisation organisation",
                "invalid-value website",
                "invalid-value email",
                "invalid-value phone",
                "invalid-value needs.0.id",
            ],
        ),
    ] {
        assert_eq!(told("exchange", &block), expected, "{block}");
    }
}

#[test]
fn calls_are_checked() {
    let base = json!({ "funder": "Miasto" });
    for (more, expected) in [
        (json!({ "opens": "2026-12-01", "closes": "2026-12-01" }), vec![]),
        (json!({ "opens": "2026-12-02", "closes": "2026-12-01" }), vec!["invalid-value closes"]),
        (json!({ "yearly": false, "link": "x" }), vec!["invalid-value link"]),
        (json!({ "yearly": true, "season": [1, 12] }), vec![]),
        (json!({ "yearly": true, "season": [0, 12] }), vec!["invalid-value season"]),
        (json!({ "yearly": true, "season": [1, 13] }), vec!["invalid-value season"]),
        (json!({ "yearly": true, "season": [1] }), vec!["invalid-value season"]),
        (json!({ "yearly": true, "season": [1, 2, 3] }), vec!["invalid-value season"]),
        (json!({ "opens": "2026-12-01" }), vec![]),
        (json!({ "closes": "2026-12-01" }), vec![]),
        (json!({}), vec!["missing-key"]),
    ] {
        assert_eq!(told("call", &with(&base, &more)), expected, "{more}");
    }
}

#[test]
fn chapters_and_commitments_are_checked() {
    let chapter = |sentences: usize, more: Value| {
        let base = json!({ "part": "start", "in_short": vec!["Zdanie."; sentences], "reviewed": "2026-01-01" });
        ("chapter", with(&base, &more))
    };
    let commitment = |more: Value| {
        let base = json!({ "promised": "Park", "document": "Strategia", "status": "planned", "checked": "2026-11-01" });
        ("commitment", with(&base, &more))
    };
    for ((kind, block), expected) in [
        (chapter(3, json!({})), vec![]),
        (chapter(5, json!({ "review_months": 120 })), vec![]),
        (chapter(2, json!({})), vec!["invalid-value in_short"]),
        (chapter(6, json!({})), vec!["invalid-value in_short"]),
        (chapter(3, json!({ "review_months": 121 })), vec!["invalid-value review_months"]),
        (chapter(3, json!({ "reviewed": "2025-11-23" })), vec![]),
        (chapter(3, json!({ "reviewed": "2025-11-22" })), vec!["review-overdue reviewed"]),
        (chapter(3, json!({ "reviewed": "2026-10-23", "review_months": 1 })), vec![]),
        (chapter(3, json!({ "reviewed": "2026-10-22", "review_months": 1 })), vec!["review-overdue reviewed"]),
        (
            chapter(3, json!({ "legal": [{ "act": "a", "url": "https://a.pl" }, { "act": "b", "url": "x" }] })),
            vec!["invalid-value legal.1.url"],
        ),
        (commitment(json!({ "url": "https://a.pl", "due": "2030" })), vec![]),
        (
            commitment(json!({ "url": "x", "due": "y", "evidence": [{ "title": "a", "url": "z" }] })),
            vec!["invalid-value url", "invalid-value due", "invalid-value evidence.0.url"],
        ),
        (commitment(json!({ "checked": "2026-05-23" })), vec![]),
        (commitment(json!({ "checked": "2026-05-22" })), vec!["commitment-unchecked checked"]),
        (commitment(json!({ "checked": null })), vec!["commitment-unchecked status"]),
        (commitment(json!({ "checked": "2020-01-01", "status": "done" })), vec![]),
        (commitment(json!({ "checked": "2020-01-01", "status": "dropped" })), vec![]),
        (commitment(json!({ "checked": "2020-01-01", "status": "late" })), vec!["commitment-unchecked checked"]),
    ] {
        assert_eq!(told(kind, &block), expected, "{block}");
    }
}

#[test]
fn what_can_be_written_to() {
    type Check = fn(&mut Checker<'_>, &str);
    let email: Check = |checker, text| checker.email(&[], text);
    let phone: Check = |checker, text| checker.phone(&[], text);
    let web: Check = |checker, text| checker.web_address(&[], text);
    let date: Check = |checker, text| checker.partial_date(&[], text);
    for (check, good, bad) in [
        (
            email,
            &["a@b.pl", "a.b+c@d.e.pl", "a@."][..],
            &["a", "a@b", "@b.pl", "a b@c.pl", "a@b@c.pl", "a.pl", "a@b.pl ", ""][..],
        ),
        (
            phone,
            &["12 616 78 56", "+48(12)616-78-56", "112", "12/34, 5\u{a0}6."],
            &["11", "12a345", "", "abc", "1;2;3"],
        ),
        (
            web,
            &["https://a.pl", "http://a.pl/x"],
            &["ftp://a.pl", "https://a", "https://a .pl", "a.pl", "https:/a.pl", ""],
        ),
        (
            date,
            &["1960", "1960-04", "1960-04-27"],
            &["60", "1960-13", "1960-4", "1960-04-31", "", "19600427", "1960-04-27T10"],
        ),
    ] {
        for text in good {
            assert!(checked(false, |checker| check(checker, text)).is_empty(), "{text}");
        }
        for text in bad {
            assert_eq!(brief(&checked(false, |checker| check(checker, text))), ["invalid-value"], "{text}");
        }
    }
}

#[test]
fn points_lie_in_the_bounds() {
    let help = |at: [f64; 2]| {
        let found = checked(false, |checker| checker.coordinates(&[], Coordinates(at)));
        found.into_iter().map(|found| found.help.unwrap().en).collect::<Vec<_>>()
    };
    for at in [[50.03, 19.95], [50.13, 20.22], [50.07, 20.03]] {
        assert!(help(at).is_empty(), "{at:?}");
    }
    for at in [[50.029, 20.0], [50.131, 20.0], [50.05, 19.949], [50.05, 20.221], [91.0, 20.0]] {
        assert_eq!(help(at), ["the latitude must lie between 50.03 and 50.13, the longitude between 19.95 and 20.22"]);
    }
    assert_eq!(help([20.03, 50.07]), ["the numbers are swapped: latitude first, then longitude: [50.07, 20.03]"]);
    // Without bounds the earth is theirs.
    let mut town = Town::of(&[]);
    town.project.config.bounds = None;
    let anywhere = |at: [f64; 2]| {
        checked_in(&town, &Names::default(), false, |checker| checker.coordinates(&[], Coordinates(at))).len()
    };
    assert_eq!([[90.0, 180.0], [-90.0, -180.0], [90.1, 0.0], [0.0, 180.1]].map(anywhere), [0, 0, 1, 1]);
}

#[test]
fn enough_is_told() {
    let text = || crate::text!("a", "a");
    let found = checked(false, |checker| {
        for _ in 0..=MOST_TOLD {
            checker.error(Code::InvalidValue, &[], text(), text());
        }
        checker.place(&[], "x");
    });
    assert_eq!(found.len(), MOST_TOLD);
    assert!(found.iter().all(|found| found.severity == Severity::Error && found.help.is_some()));
    let stale =
        |is_translation| checked(is_translation, |checker| checker.stale(Code::LateNotice, &[], text(), text()));
    assert!(stale(true).is_empty() && stale(false)[0].severity == Severity::Hint);
    let order = |first: &str, last: &str| {
        checked(false, |checker| checker.in_order(&[], first.parse().unwrap(), last.parse().unwrap())).len()
    };
    assert_eq!(
        (order("2026-01-02", "2026-01-02"), order("2026-01-02", "2026-01-03"), order("2026-01-02", "2026-01-01")),
        (0, 0, 1)
    );
}

#[test]
fn names_are_told_from_strangers() {
    let helps = |check: fn(&mut Checker<'_>)| {
        checked(false, check).into_iter().map(|found| found.help.unwrap().en).collect::<Vec<_>>()
    };
    assert_eq!(helps(|checker| checker.place(&[], "plaz")), ["did you mean `plac`?"]);
    assert_eq!(helps(|checker| checker.organisation(&[], "kino-zorza")), ["possible are: klub"]);
    assert!(helps(|checker| checker.place(&[], "plac")).is_empty());
    assert!(helps(|checker| checker.organisation(&[], "klub")).is_empty());
    let empty = Town::of(&[]);
    let helps = |check: fn(&mut Checker<'_>)| {
        let found = checked_in(&empty, &Names::default(), false, check);
        found.into_iter().map(|found| found.help.unwrap().en).collect::<Vec<_>>()
    };
    assert_eq!(helps(|checker| checker.place(&[], "x")), ["the guide has no places yet"]);
    assert_eq!(helps(|checker| checker.organisation(&[], "x")), ["the guide has no organisations yet"]);
    // Two of one name.
    let town =
        Town::of(&[PLACE, ("inne/plac.md", "title: P\nplace: { at: [50.07, 20.03] }"), CLUB, ("inne/klub.md", CLUB.1)]);
    assert_eq!(town.said(), ["invalid-value kluby/klub.md:3", "invalid-value miejsca/plac.md:3"]);
    let mut diagnostics = Diagnostics::default();
    let names = Names::collect(&town.library, "pl", &mut diagnostics);
    assert_eq!(
        names.of("place").chain(names.of("organisation")).chain(names.of("event")).collect::<Vec<_>>(),
        ["plac", "klub"]
    );
    assert!(names.has("place", "plac") && !names.has("place", "klub") && !names.has("event", "plac"));
    assert_eq!(names.canonical("organisation", "klub"), Some("kluby/klub.md"));
    let mut library = town.library.clone();
    library.lost = vec![ContentName::parse("miejsca/gone/index.md", true)];
    let known = Names::collect(&library, "pl", &mut Diagnostics::default());
    assert!(known.has("place", "gone") && known.has("organisation", "gone") && !known.has("place", "index"));
    let [message, other] = diagnostics.sorted().try_into().unwrap_or_else(|_| panic!("two"));
    assert!(
        message.message.en.contains("an organisation with the folder name `klub`: content/inne/klub.md"),
        "{message:?}"
    );
    assert!(other.message.en.contains("a place with the folder name `plac`: content/inne/plac.md"), "{other:?}");
}

#[test]
fn calls_have_a_state() {
    let cases = [
        ("closes: 2026-11-22", json!(["past", "2026-11-22", null])),
        ("closes: 2026-11-22\n  yearly: true", json!(["yearly", "2026-11-22", null])),
        ("closes: 2026-11-23", json!(["open", "2026-11-23", 0])),
        ("closes: 2027-03-01", json!(["open", "2027-03-01", 98])),
        ("opens: 2026-11-24", json!(["upcoming", "2026-11-24", null])),
        ("opens: 2026-11-23", json!(["open", "2026-11-23", null])),
        ("opens: 2026-11-24\n  closes: 2026-12-01", json!(["upcoming", "2026-12-01", null])),
        ("opens: 2026-11-23\n  closes: 2026-12-01", json!(["open", "2026-12-01", 8])),
        ("opens: 2026-11-01\n  yearly: true", json!(["yearly", "2026-11-01", null])),
        ("yearly: true\n  season: [3, 4]", json!(["yearly", "03", null])),
        ("yearly: true\n  season: [11, 12]\n  closes: 2026-12-01", json!(["open", "11", 8])),
        ("yearly: false\n  season: [3, 4]\n  closes: 2026-12-01", json!(["open", "2026-12-01", 8])),
        ("yearly: false\n  season: [3, 4]", json!(["unknown", "03", null])),
        ("yearly: false", json!(["unknown", "99", null])),
    ];
    let files: Vec<(String, String)> = cases
        .iter()
        .enumerate()
        .map(|(at, (call, _))| (format!("nabory/n{at}.md"), format!("title: N\ncall:\n  funder: Miasto\n  {call}")))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, front)| (path.as_str(), front.as_str())).collect();
    let town = Town::of(&files);
    assert_eq!(town.said(), [] as [&str; 0]);
    for (at, (call, expected)) in cases.iter().enumerate() {
        let value = town.value(&format!("nabory/n{at}"), "pl");
        assert_eq!(json!([value["state"], value["order"], value["days_left"]]), *expected, "{call}");
        assert_eq!(value["yearly"], call.contains("yearly: true"), "{call}");
    }
}

#[test]
fn events_say_what_follows_from_them() {
    let event = |more: &str| format!("title: E\nevent: {{ {more} }}");
    let files = [
        ("w/past.md", event("start: 2026-11-20, end: 2026-11-22, type: walk")),
        ("w/now.md", event("start: 2026-11-20, end: 2026-11-23, type: walk, at: [50.06, 20.01], place: plac")),
        ("w/first.md", event("start: 2026-11-23, type: walk, place: plac, organiser: klub")),
        (
            "w/later.md",
            event(
                "start: 2026-11-24T17:00, end: 2026-11-24T19:30, type: consultation, by: Ktoś, announced: 2026-11-10",
            ),
        ),
        ("w/late.md", event("start: 2026-11-24, type: consultation, announced: 2026-11-11")),
        ("w/early.md", event("start: 2026-12-24, type: meeting, announced: 2026-12-24")),
    ];
    let mut files: Vec<(&str, &str)> = files.iter().map(|(path, front)| (*path, front.as_str())).collect();
    files.extend([PLACE, CLUB, ("w/de.de.md", "title: D\nevent: { start: 2026-12-05, type: walk, place: plac }")]);
    let town = Town::of(&files);
    // Where a language has no version of a place, its original is linked.
    assert_eq!(town.value("w/de", "de")["place"]["permalink"], "https://example.org/miejsca/plac/");
    let get = |name: &str, keys: &[&str]| -> Value {
        let value = town.value(&format!("w/{name}"), "pl");
        keys.iter().map(|key| value[*key].clone()).collect()
    };
    let times = ["state", "start_day", "end_day", "start_time", "end_time"];
    assert_eq!(get("past", &times), json!(["past", "2026-11-20", "2026-11-22", null, null]));
    assert_eq!(get("now", &times), json!(["now", "2026-11-20", "2026-11-23", null, null]));
    assert_eq!(get("first", &times), json!(["now", "2026-11-23", "2026-11-23", null, null]));
    assert_eq!(get("later", &times), json!(["upcoming", "2026-11-24", "2026-11-24", "17:00", "19:30"]));
    let notice = ["notice_days", "late_notice"];
    assert_eq!(get("later", &notice), json!([14, false]));
    assert_eq!(get("late", &notice), json!([13, true]));
    assert_eq!(get("early", &notice), json!([0, false]));
    assert_eq!(get("past", &notice), json!([null, false]));
    assert_eq!(get("now", &["at"]), json!([[50.06, 20.01]]));
    let first = town.value("w/first", "pl");
    assert_eq!((&first["at"], &first["place"]["title"]), (&json!([50.07, 20.03]), &json!("Plac")));
    assert_eq!((&first["organiser"]["name"], &first["organiser_title"]), (&json!("klub"), &json!("Klub")));
    assert_eq!(get("later", &["organiser", "organiser_title", "place", "at"]), json!([null, "Ktoś", null, null]));
    // What refers to a page stands on it; the point of an event is its own.
    let links = |path: &str, key: &str| -> Vec<String> {
        let list = town.value(path, "pl")[key].as_array().unwrap();
        list.iter().map(|link| link["id"].as_str().unwrap().to_string()).collect()
    };
    assert_eq!(links("miejsca/plac", "events"), ["w/first", "w/now"]);
    assert_eq!(links("kluby/klub", "events"), ["w/first"]);
    let at = |path: &str| town.guide.coordinates(town.id(path, "pl")).map(|at| at.0);
    assert_eq!(
        [at("w/now"), at("w/first"), at("kluby/klub"), at("miejsca/plac")],
        [Some([50.06, 20.01]), None, Some([50.08, 20.04]), Some([50.07, 20.03])]
    );
}

#[test]
fn legends_and_initiatives_say_what_follows_from_them() {
    let files = [
        PLACE,
        CLUB,
        ("l/a.md", "title: A\nlegend: { verdict: partly, place: plac, told: '*tak*' }"),
        ("l/b.md", "title: B\nlegend: { verdict: 'true', at: [50.06, 20.01], place: plac, documented: nie }"),
        ("l/c.md", "title: C\nlegend: { verdict: 'false', place: plac }\nexample: true"),
        ("l/c.en.md", "title: See"),
        ("l/d.md", "title: D\nlegend: { verdict: unknown, place: plac }"),
        ("l/e.md", "title: E\nlegend: { verdict: legend, place: plac }"),
        (
            "i/a.md",
            "title: I\ninitiative: { topic: picnic, stage: idea, place: plac, partners: [klub], join: '*tak*' }",
        ),
        ("i/b.md", "title: J\ninitiative: { topic: culture, stage: done, at: [50.06, 20.01] }"),
        (
            "t/a.md",
            "title: T\ntour:\n  stops:\n    - { place: plac, minutes: 5, note: '*a*' }\n    - { at: [50.06, 20.01], title: X, minutes: 7 }\n    - { place: plac, title: Y, at: [50.05, 20.0] }",
        ),
        ("strona.md", "title: S"),
    ];
    let town = Town::of(&files);
    assert_eq!(town.said(), [] as [&str; 0]);
    let value = |path: &str| town.value(path, "pl");
    let verdicts = ["a", "b", "c", "d", "e"].map(|name| {
        let block = town.guide.block(town.id(&format!("l/{name}"), "pl")).unwrap();
        block.verdict().unwrap()
    });
    assert_eq!(verdicts, ["partly", "true", "false", "unknown", "legend"]);
    assert_eq!(
        (&value("l/a")["at"], &value("l/a")["told_html"]),
        (&json!([50.07, 20.03]), &json!("<p><em>tak</em></p>"))
    );
    assert_eq!((&value("l/a")["documented_html"], &value("l/a")["place"]["title"]), (&json!(null), &json!("Plac")));
    assert_eq!((&value("l/b")["at"], &value("l/b")["documented_html"]), (&json!([50.06, 20.01]), &json!("<p>nie</p>")));
    let titles = |path: &str, key: &str| -> Vec<String> {
        let list = value(path)[key].as_array().unwrap();
        list.iter().map(|link| link["title"].as_str().unwrap().to_string()).collect()
    };
    assert_eq!(titles("miejsca/plac", "legends"), ["A", "B", "D", "E"], "an example is nobody's");
    assert_eq!(
        (titles("miejsca/plac", "tours"), titles("miejsca/plac", "initiatives")),
        (vec!["T".to_string()], vec!["I".to_string()])
    );
    assert_eq!(titles("kluby/klub", "initiatives"), ["I"]);
    let english = town.value("miejsca/plac", "en")["legends"].as_array().unwrap();
    assert_eq!(english.len(), 4, "nor is the translation of an example anybody's: {english:?}");
    // What a kind does not speak of it does not have.
    let block = |path: &str| town.guide.block(town.id(path, "pl")).unwrap();
    let [place, tour] = ["miejsca/plac", "t/a"].map(block);
    assert_eq!((place.references(), place.verdict(), tour.verdict(), tour.at()), (vec![], None, None, None));
    assert!(place.postings().is_none() && tour.postings().is_none() && tour.anniversaries().is_empty());
    assert_eq!(tour.references(), [("place", "plac"), ("place", "plac")]);
    assert_eq!(block("i/a").references(), [("place", "plac"), ("organisation", "klub")]);
    let initiative = value("i/a");
    assert_eq!(
        (&initiative["at"], &initiative["place"]["title"], &initiative["join_html"]),
        (&json!([50.07, 20.03]), &json!("Plac"), &json!("<p><em>tak</em></p>"))
    );
    assert_eq!(titles("i/a", "partners"), ["Klub"]);
    assert_eq!(
        (&value("i/b")["at"], &value("i/b")["place"], &value("i/b")["join_html"]),
        (&json!([50.06, 20.01]), &json!(null), &json!(null))
    );
    assert_eq!(town.guide.coordinates(town.id("i/b", "pl")), Some(Coordinates([50.06, 20.01])));
    assert_eq!(town.guide.coordinates(town.id("l/b", "pl")), Some(Coordinates([50.06, 20.01])));

    let tour = value("t/a");
    assert_eq!(tour["minutes"], 12);
    let stop = |at: usize, keys: &[&str]| -> Value { keys.iter().map(|key| tour["stops"][at][*key].clone()).collect() };
    let keys = ["number", "title", "note_html", "minutes", "at"];
    assert_eq!(stop(0, &keys), json!([1, "Plac", "<p><em>a</em></p>", 5, [50.07, 20.03]]));
    assert_eq!(stop(1, &keys), json!([2, "X", null, 7, [50.06, 20.01]]));
    assert_eq!(stop(2, &keys), json!([3, "Y", null, null, [50.05, 20.0]]));
    assert_eq!((&tour["stops"][0]["place"]["kind"], &tour["stops"][1]["place"]), (&json!("place"), &json!(null)));

    let page = town.id("strona", "pl");
    assert_eq!((town.guide.kind(page), town.guide.block(page).is_some(), town.values.of(page)), (None, false, None));
    let link = town.guide.link(&town.library, town.id("l/a", "pl"));
    assert_eq!(
        (&link["id"], &link["kind"], &link["verdict"], &link["permalink"]),
        (&json!("l/a"), &json!("legend"), &json!("partly"), &json!("https://example.org/l/a/"))
    );
}

#[test]
fn the_nearest_places_come_first() {
    let place = |latitude: &str| format!("title: P\nplace: {{ at: [{latitude}, 20.03] }}");
    let texts: Vec<(String, String)> = ["50.07", "50.071", "50.068", "50.09", "50.06", "50.07"]
        .iter()
        .enumerate()
        .map(|(at, latitude)| (format!("m/p{at}.md"), place(latitude)))
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, front)| (path.as_str(), front.as_str())).collect();
    let town = Town::of(&files);
    let nearest = town.value("m/p0", "pl")["nearest"].as_array().unwrap();
    let found: Vec<(&str, u64)> =
        nearest.iter().map(|one| (one["page"]["id"].as_str().unwrap(), one["metres"].as_u64().unwrap())).collect();
    // A thousandth of a degree of latitude is 111.2 m.
    assert_eq!(found, [("m/p5", 0), ("m/p1", 111), ("m/p2", 222)]);
    let other = town.value("m/p0", "en")["nearest"][0]["page"]["permalink"].clone();
    assert_eq!(other, "https://example.org/en/m/p5/");
    let page = town.id("m/p0", "pl");
    let all = town.guide.nearest_places(&town.library, page, Coordinates([50.07, 20.03])).count();
    assert_eq!(all, 5);
}

#[test]
fn chapters_and_commitments_say_what_follows_from_them() {
    let chapter = |more: &str| format!("title: R\nchapter: {{ part: start, in_short: [a, b, c], {more} }}");
    let commitment = |more: &str| format!("title: O\ncommitment: {{ promised: a, document: b, status: late, {more} }}");
    let files = [
        ("r/a.md", chapter("reviewed: 2025-11-22, steps: ['*a*', b], yearly: [c]")),
        ("r/b.md", chapter("reviewed: 2025-11-23")),
        ("r/c.md", chapter("reviewed: 2026-01-31, review_months: 1")),
        (
            "o/a.md",
            commitment(
                "checked: 2026-05-22, evidence: [{ title: Uchwała o parku, url: 'https://a.pl', read: 2026-05-01 }]",
            ),
        ),
        ("o/b.md", commitment("checked: 2026-05-23")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, front)| (*path, front.as_str())).collect();
    let town = Town::of(&files);
    let get =
        |path: &str, keys: &[&str]| -> Value { keys.iter().map(|key| town.value(path, "pl")[*key].clone()).collect() };
    let review = ["review_due", "overdue"];
    assert_eq!(get("r/a", &review), json!(["2026-11-22", true]));
    assert_eq!(get("r/b", &review), json!(["2026-11-23", false]));
    assert_eq!(get("r/c", &review), json!(["2026-02-28", true]));
    assert_eq!(
        get("r/a", &["reviewed", "steps_html", "yearly_html"]),
        json!(["2025-11-22", ["<p><em>a</em></p>", "<p>b</p>"], ["<p>c</p>"]])
    );
    assert_eq!(get("o/a", &["unchecked", "checked"]), json!([true, "2026-05-22"]));
    assert_eq!(get("o/b", &["unchecked", "evidence"]), json!([false, []]));
    let evidence = json!([{ "title": "Uchwała o parku", "lang": "pl", "url": "https://a.pl", "read": "2026-05-01" }]);
    assert_eq!(get("o/a", &["evidence"]), json!([evidence]));
}

#[test]
fn facts_get_old() {
    let today: Date = TODAY.parse().unwrap();
    let old = |day: &str| is_old(&PageDate::parse(day).unwrap(), today);
    assert_eq!((old("2025-11-22"), old("2025-11-23"), old("2026-11-23")), (true, false, false));
    let files = [
        ("a.md", "title: A\nverified: 2025-11-22\nsources: [{ title: Strona, url: x }]"),
        ("b.md", "title: B\nverified: 2025-11-23"),
        ("a.en.md", "title: A"),
        ("b.en.md", "title: B\nverified: 2020-01-01"),
        ("c.md", "title: C"),
    ];
    let town = Town::of(&files);
    assert_eq!(town.said(), ["verified-long-ago a.md:3", "invalid-value a.md:4"]);
    let entry = |path: &str, language: &str| {
        let entry = town.guide.entry(town.id(path, language));
        (entry.is_old, entry.sources.len(), entry.verified.as_ref().map(|date| date.text.as_str()))
    };
    assert_eq!(entry("a", "pl"), (true, 1, Some("2025-11-22")));
    assert_eq!(entry("a", "en"), (true, 1, Some("2025-11-22")));
    assert_eq!(entry("b", "pl"), (false, 0, Some("2025-11-23")));
    assert_eq!(entry("b", "en"), (true, 0, Some("2020-01-01")));
    assert_eq!(entry("c", "pl"), (false, 0, None));
}

#[test]
fn blocks_are_told_at_their_place() {
    let files = [
        PLACE,
        ("a.md", "title: A\nplace: { at: [50.07, 20.03] }\nlegend: { verdict: 'true', place: plac }"),
        ("b.md", "title: B\nplace: tak"),
        ("c.md", "title: C\nplace: { address: x }"),
        ("d.md", "title: D\nplace: { at: [50.07, 20.03], built: 1949, colour: red }"),
        ("miejsca/plac.en.md", "title: Square\nplace: { address: Roses, architects: [X] }"),
        ("t.md", "title: T\ntour: { stops: [{ place: plac }, { place: kino }] }"),
        ("t.en.md", "title: T\ntour: { stops: [{ place: plac, note: x }, { place: kino }, { place: c }] }"),
    ];
    let town = Town::of(&files);
    assert_eq!(
        town.said(),
        [
            "invalid-value a.md:4",
            "wrong-type b.md:3",
            "missing-key c.md:3",
            "wrong-type d.md:3",
            "unknown-key d.md:3",
            "invalid-value t.en.md:3",
            "unknown-place t.md:3",
        ]
    );
    assert!(!town.guide.complete);
    let help = |code: Code| town.told.iter().find(|found| found.code == code).unwrap().help.clone().unwrap().en;
    assert!(help(Code::MissingKey).contains("add `at: [50.07197, 20.03740]`"));
    // Architects are no text, but new in the translation.
    assert_eq!(town.value("miejsca/plac", "en")["address"], "Roses");
    assert_eq!(town.value("miejsca/plac", "en")["architects"], json!(["X"]));
    // A translation that says nothing of its kind is of the same kind; what its original lacks was told there.
    let files = [
        PLACE,
        ("miejsca/plac.en.md", "title: Square"),
        ("d.md", "title: D\nplace: { at: [50.07, 20.03], colour: red }"),
        ("d.en.md", "title: D\nplace: { address: x, door: y }"),
        ("l.md", "title: L\nlegend:\n  verdict: 'true'"),
        ("w.md", "title: W\nevent:\n  start: 2026-12-05"),
    ];
    let quiet = Town::of(&files);
    assert_eq!(
        quiet.said(),
        ["unknown-key d.en.md:3", "unknown-key d.md:3", "missing-key l.md:3", "missing-key w.md:3"]
    );
    assert_eq!(quiet.value("miejsca/plac", "en")["address"], "al. Róż");
    assert_eq!(quiet.told[3].help.as_ref().unwrap().en, "add a line `type: …`");
    let changed = Town::of(&[PLACE, ("miejsca/plac.en.md", "title: Square\nplace: { at: [50.08, 20.03] }")]);
    assert_eq!(changed.said(), ["structured-override miejsca/plac.en.md:3"]);
    assert!(changed.guide.complete);
    assert_eq!(changed.value("miejsca/plac", "en")["at"], json!([50.08, 20.03]));
    // An original that is wrong is told once.
    let wrong = ("a.md", "title: A\nevent: { start: 2026-12-05, type: walk, place: x, by: Ktoś }");
    for translation in ["title: A", "title: A\nevent: { by: Somebody }"] {
        assert_eq!(Town::of(&[wrong, ("a.en.md", translation)]).said(), ["unknown-place a.md:3"], "{translation}");
    }
    assert_eq!(Town::of(&[wrong]).said(), ["unknown-place a.md:3"], "a fallback is told with its original");
    let right = ("a.md", "title: A\nevent: { start: 2026-12-05, type: walk, link: 'https://a.pl' }");
    let said = Town::of(&[right, ("a.en.md", "title: A\nevent: { link: x }")]).said();
    assert_eq!(said, ["structured-override a.en.md:3", "invalid-value a.en.md:3"]);
}

#[test]
fn needs_meet_offers() {
    let club = |district: &str, items: &str| {
        format!("title: Klub\norganisation: {{ form: association, areas: [culture], district: {district}, {items} }}")
    };
    let item = |id: &str, category: &str, what: &str| format!("{{ id: {id}, category: {category}, what: {what} }}");
    let rooms = item("sala", "room", "Sala na próby zespołu");
    let need = item("szukam", "room", "Miejsce na spotkania");
    let words = item("trio", "training", "Próby zespołu w naszej sali");
    let [plakaty, potrzeba] = ["plakaty", "potrzeba"].map(|id| item(id, "publicity", "Plakaty drukowane"));
    let files = [
        ("k/a.md", club("nowa-huta", &format!("offers: [{rooms}], needs: [{need}]"))),
        ("k/b.md", club("nowa-huta", &format!("needs: [{need}]"))),
        ("k/c.md", club("czyzyny", &format!("needs: [{need}, {words}]"))),
        ("k/d.md", club("czyzyny", "offers: [{ id: stara, category: room, what: Sala, until: 2026-11-22 }]")),
        ("k/e.md", format!("{}\nexample: true", club("nowa-huta", &format!("needs: [{need}]")))),
        ("g/a.md", format!("title: G\nexchange: {{ organisation: a, needs: [{need}] }}")),
        ("g/b.md", format!("title: H\nexchange: {{ by: Ktoś, needs: [{}] }}", item("proby", "room", "Próby chóru"))),
        ("g/c.md", format!("title: I\nexchange: {{ by: Ktoś, offers: [{plakaty}], needs: [{potrzeba}] }}")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, front)| (*path, front.as_str())).collect();
    let town = Town::of(&files);
    assert_eq!(town.said(), ["posting-expired k/d.md:3"]);
    let board = town.guide.exchange(&town.library, &town.project.config, "pl");
    let brief = |side: &str| -> Vec<String> {
        let items = board[side].as_array().unwrap().iter();
        items.map(|item| format!("{} {}", item["page"]["id"].as_str().unwrap(), item["id"].as_str().unwrap())).collect()
    };
    assert_eq!(brief("offers"), ["g/c plakaty", "k/a sala"]);
    assert_eq!(board["offers"][0]["matches"], json!([]), "nobody meets himself");
    assert_eq!(
        brief("needs"),
        ["g/a szukam", "g/b proby", "g/c potrzeba", "k/a szukam", "k/b szukam", "k/c szukam", "k/c trio", "k/e szukam"]
    );
    let offer = &board["offers"][1];
    let matches: Vec<(&str, &str, &Value)> = offer["matches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["page"]["id"].as_str().unwrap(), item["id"].as_str().unwrap(), &item["why"]))
        .collect();
    // The same organisation does not meet itself, nor an example a real one. One district first, then more words.
    assert_eq!(
        matches.iter().map(|(page, id, _)| format!("{page} {id}")).collect::<Vec<_>>(),
        ["k/b szukam", "k/c trio", "g/b proby"]
    );
    assert_eq!(*matches[0].2, json!({ "category": true, "district": "nowa-huta", "words": [] }));
    assert_eq!(*matches[1].2, json!({ "category": false, "district": null, "words": ["próby", "sala", "zespołu"] }));
    assert_eq!(*matches[2].2, json!({ "category": true, "district": null, "words": ["próby"] }));
    let brief = json!([
        offer["side"],
        offer["by"],
        offer["district"],
        offer["example"],
        offer["text_lang"],
        offer["permalink"],
        offer["category"]
    ]);
    assert_eq!(brief, json!(["offers", "Klub", "nowa-huta", false, "pl", "https://example.org/k/a/#sala", "room"]));
    let needs = board["needs"].as_array().unwrap();
    assert_eq!(
        (&needs[0]["by"], &needs[0]["district"], &needs[0]["organisation"]["id"]),
        (&json!("Klub"), &json!("nowa-huta"), &json!("k/a"))
    );
    assert_eq!(
        (&needs[1]["by"], &needs[1]["district"], &needs[1]["organisation"]),
        (&json!("Ktoś"), &json!(null), &json!(null))
    );
    assert_eq!(needs[7]["example"], true);
    // Its other pages' items stand on the page of an organisation too.
    let own = |path: &str, side: Side| town.value(path, "pl")[side.key()].as_array().unwrap().len();
    assert_eq!(
        (own("k/a", Side::Needs), own("k/a", Side::Offers), own("g/a", Side::Needs), own("k/d", Side::Offers)),
        (2, 1, 1, 0)
    );
    let references = |path: &str| town.guide.block(town.id(path, "pl")).unwrap().references();
    assert_eq!((references("g/a"), references("g/b")), (vec![("organisation", "a")], vec![]));
    let nothing = town.guide.exchange(&town.library, &town.project.config, "de");
    assert_eq!(nothing, json!({ "offers": [], "needs": [] }));
}

#[test]
fn items_expire_after_their_day() {
    let posting = |until: Option<&str>| Posting {
        id: "a".into(),
        category: Category::Room,
        what: String::new(),
        how: None,
        until: until.and_then(PageDate::parse),
    };
    let today: Date = TODAY.parse().unwrap();
    let expired = [Some("2026-11-22"), Some("2026-11-23"), Some("2026-11-24"), None]
        .map(|until| posting(until).is_expired(today));
    assert_eq!(expired, [true, false, false, false]);
    for (id, is_name) in [
        ("a", true),
        ("a-1", true),
        ("a1b", true),
        ("", false),
        ("1a", false),
        ("-a", false),
        ("A", false),
        ("aB", false),
        ("a b", false),
        ("ą", false),
        ("a_b", false),
    ] {
        let block = json!({ "by": "x", "needs": [{ "id": id, "category": "room", "what": "a" }] });
        assert_eq!(told("exchange", &block).is_empty(), is_name, "{id}");
    }
}

#[test]
fn sections_have_lists_to_choose_from() {
    let club =
        |areas: &str, more: &str| format!("title: K\norganisation: {{ form: association, areas: [{areas}] }}\n{more}");
    let files = [
        ("k/_index.md", "title: Kluby\nfacets: [areas, form, topic, kolor, 7]".to_string()),
        ("k/a.md", club("culture, sport, culture", "")),
        ("k/b.md", club("culture", "")),
        ("k/c.md", club("health", "example: true")),
        ("k/d.md", "title: Strona".to_string()),
        ("l/_index.md", "title: Inne\nfacets: areas".to_string()),
        ("w/_index.md", "title: Wydarzenia\nfacets: [organiser]".to_string()),
        ("w/a.md", "title: W\nevent: { start: 2026-12-05, type: walk, organiser: b }".to_string()),
        ("w/b.md", "title: V\nevent: { start: 2026-12-05, type: walk, by: Ktoś }".to_string()),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, front)| (*path, front.as_str())).collect();
    let town = Town::of(&files);
    let mut diagnostics = Diagnostics::default();
    let facets = Facets::build(&town.library, &town.guide, &town.values, &town.project.config, &mut diagnostics);
    assert_eq!(diagnostics.len(), 3, "told once, not at each version");
    let told: Vec<String> = diagnostics
        .sorted()
        .iter()
        .map(|found| {
            format!("{} {}", found.span.as_ref().unwrap().file, found.message.en.split('`').nth(1).unwrap_or_default())
        })
        .collect();
    assert_eq!(told, ["content/k/_index.md kolor", "content/k/_index.md 7", "content/l/_index.md \"areas\""]);
    let section = |path: &str, language: &str| town.library.section(path, language).unwrap();
    let lists = |path: &str, language: &str| -> Vec<String> {
        let of = facets.of_section(section(path, language));
        let value = |facet: &SectionFacet, value: &FacetValue| {
            format!("{} {} {} {} {}", facet.title, value.value, value.title, value.path, value.pages.len())
        };
        of.iter().flat_map(|facet| facet.values.iter().map(move |one| value(facet, one))).collect()
    };
    assert_eq!(
        lists("k/_index.md", "pl"),
        [
            "Dziedziny culture Kultura /k/dziedziny/kultura/ 2",
            "Dziedziny sport Żagle i sport /k/dziedziny/zagle-i-sport/ 1",
            "form association association /k/form/association/ 2"
        ]
    );
    assert_eq!(lists("k/_index.md", "en")[0], "areas culture Culture /en/k/areas/culture/ 2");
    assert_eq!(lists("w/_index.md", "pl"), ["organiser b K /w/organiser/k/ 1"]);
    assert!(lists("l/_index.md", "pl").is_empty() && lists("_index.md", "pl").is_empty());
    let first = &facets.of_section(section("k/_index.md", "pl"))[0].values[0];
    let pair = |language: &str, address: &str| (language.to_string(), format!("https://example.org{address}"));
    assert_eq!(first.alternates, [pair("pl", "/k/dziedziny/kultura/"), pair("en", "/en/k/areas/culture/")]);
    assert_eq!(first.permalink, "https://example.org/k/dziedziny/kultura/");
    let page = facets.of_page(town.id("k/a", "pl")).unwrap();
    assert_eq!(
        (&page["areas"], &page["form"]),
        (&vec!["culture".to_string(), "sport".to_string()], &vec!["association".to_string()])
    );
    assert!(facets.of_page(town.id("k/c", "pl")).is_none() && facets.of_page(town.id("w/b", "pl")).is_none());
    assert_eq!(facets.lists().count(), 8);
}

#[test]
fn texts_at_a_path() {
    let value = json!({
        "a": [{ "b": "1", "c": 2 }, { "b": ["3", "4"], "c": true }], "at": [50.07, 20.03], "d": { "e": "5" }, "f": null, "g": "6",
    });
    for (path, expected) in [
        ("a.b", vec!["1", "3", "4"]),
        ("a.c", vec!["2", "true"]),
        ("a.1.b", vec!["3", "4"]),
        ("a.1.b.0", vec!["3"]),
        ("a.2.b", vec![]),
        ("at.0", vec!["50.07"]),
        ("at.1", vec!["20.03"]),
        ("at", vec!["50.07", "20.03"]),
        ("d.e", vec!["5"]),
        ("d", vec![]),
        ("f", vec![]),
        ("g", vec!["6"]),
        ("g.h", vec![]),
        ("at.0.x", vec![]),
        ("a.c.x", vec![]),
        ("none", vec![]),
    ] {
        assert_eq!(texts_at(&value, path), expected, "{path}");
    }
}

#[test]
fn a_year_has_days() {
    let files = [
        (
            "m/a.md",
            "title: Plac\nplace:\n  at: [50.07, 20.03]\n  dates: [{ on: 1949-06-23, what: Budowa }, { on: 2027-01-01, what: Potem }, { on: '1950', what: Rok }, { on: 1951-06, what: Miesiąc }]",
        ),
        ("w/a.md", "title: Spacer\nevent: { start: 2026-06-23T17:00, end: 2026-06-24T18:00, type: walk }"),
        ("w/b.md", "title: Odwołany\nevent: { start: 2026-06-23, type: walk, cancelled: true }"),
        ("w/c.md", "title: Przykład\nevent: { start: 2026-06-23, type: walk }\nexample: true"),
        ("w/d.md", "title: Inny rok\nevent: { start: 2025-01-31, type: concert }"),
        (
            "l/a.md",
            "title: Dzwon\nlegend: { verdict: 'true', at: [50.07, 20.03], dates: [{ on: 1900-12-24, what: Wigilia }] }",
        ),
        ("s.md", "title: Strona"),
    ];
    let town = Town::of(&files);
    let days = |language: &str, year: i16| -> Vec<String> {
        let days = days_of_year(&town.guide, &town.values, &town.library, language, year);
        let brief = |day: &DayOfYear| {
            let value = day.value();
            let all: Vec<String> = ["month", "day", "time", "since", "what", "kind", "type"]
                .iter()
                .map(|key| value[*key].to_string())
                .collect();
            all.join(" ")
        };
        days.iter().map(brief).collect()
    };
    let month = "6 0 null 1951 \"Miesiąc\" \"place\" null";
    let day = "6 23 null 1949 \"Budowa\" \"place\" null";
    let eve = "12 24 null 1900 \"Wigilia\" \"legend\" null";
    assert_eq!(days("pl", 1900), [eve]);
    assert!(days("pl", 1899).is_empty());
    assert_eq!(days("pl", 2026), [month, day, "6 23 \"17:00\" null \"Spacer\" \"event\" \"walk\"", eve]);
    assert_eq!(days("pl", 2025), ["1 31 null null \"Inny rok\" \"event\" \"concert\"", month, day, eve]);
    assert_eq!((days("pl", 1949), days("pl", 1948)), (vec![day.to_string(), eve.to_string()], vec![eve.to_string()]));
    assert_eq!(days("pl", 2027)[0], "1 1 null 2027 \"Potem\" \"place\" null");
    let other = &days_of_year(&town.guide, &town.values, &town.library, "en", 1949)[0];
    assert_eq!(
        (other.permalink.as_str(), other.text_lang.as_str(), other.title.as_str()),
        ("https://example.org/en/m/a/", "pl", "Plac")
    );
}

#[test]
fn schemas_have_the_names_of_their_types() {
    assert_eq!(
        [
            Moment::schema_name(),
            Coordinates::schema_name(),
            WebAddress::schema_name(),
            EmailAddress::schema_name(),
            PageDate::schema_name(),
            PartialDate::schema_name(),
        ],
        ["Moment", "Coordinates", "WebAddress", "EmailAddress", "PageDate", "PartialDate"]
    );
    let mut generator = SchemaGenerator::default();
    let types = [
        Moment::json_schema(&mut generator),
        Coordinates::json_schema(&mut generator),
        WebAddress::json_schema(&mut generator),
        EmailAddress::json_schema(&mut generator),
        PageDate::json_schema(&mut generator),
        PartialDate::json_schema(&mut generator),
    ]
    .map(|schema| schema.get("x-type").and_then(Value::as_str).map(str::to_string));
    assert_eq!(
        types,
        ["moment", "coordinates", "web-address", "email", "date", "partial-date"].map(|name| Some(name.to_string()))
    );
    assert_eq!(keys().len(), KINDS.len() + 3);
    assert!(keys().contains(&"place") && keys().contains(&"sources"));
    assert!(
        section_schema().get("properties").unwrap()["facets"]["items"]["enum"]
            .as_array()
            .unwrap()
            .contains(&json!("areas"))
    );
    assert!(facts_schema(&mut generator).get("$ref").is_some());
}
