//! Calendar feeds, read by another library than the one that writes them.

mod common;

use std::collections::BTreeMap;

use calcard::common::timezone::Tz;
use calcard::icalendar::dates::TimeOrDelta;
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarValue, Uri};
use common::{Files, Site, TODAY};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const WORDS: &str = r#"
default_language = "pl"
title = "Próba"
[translations]
"facet.type" = "typ"
"facet.organiser" = "organizator"
"event.consultation" = "konsultacje"
"event.walk" = "spacer"
[languages.en]
title = "Trial"
fallback = true
inherit = true
[languages.en.translations]
"facet.type" = "type"
"facet.organiser" = "organiser"
"event.consultation" = "consultation"
"event.walk" = "walk"
"#;

/// A site with a place, an organisation, and a section of events.
fn site() -> Site {
    Site::new(WORDS)
        .file(
            "content/miejsca/plac.md",
            "---\ntitle: Plac Centralny\nplace:\n  at: [50.07197, 20.0374]\n  address: plac Centralny im. Ronalda Reagana\n---\n",
        )
        .file(
            "content/organizacje/klub.md",
            "---\ntitle: Klub Sąsiadów\norganisation: { form: informal, areas: [culture] }\n---\n",
        )
        .file("content/kalendarz/_index.md", "---\ntitle: Kalendarz\nfacets: [type, organiser]\n---\n")
        .file("content/kalendarz/_index.en.md", "---\ntitle: Calendar\nslug: calendar\n---\n")
}

/// The original of an event: its name, title and block.
fn event(name: &str, title: &str, block: &str) -> (String, String) {
    let front = format!("---\ntitle: '{title}'\ndescription: Opis.\nevent: {{ {block} }}\n---\n");
    (format!("content/kalendarz/{name}.md"), front)
}

fn with(site: Site, (path, text): (String, String)) -> Site {
    site.file(&path, &text)
}

/// An event as another library reads it.
#[derive(Debug)]
struct Read {
    /// By name of the property.
    values: BTreeMap<String, String>,
    /// Seconds since 1970; a whole day starts at 00:00 UTC.
    start: i64,
    end: i64,
}

impl Read {
    fn get(&self, key: &str) -> &str {
        self.values.get(key).map_or("", String::as_str)
    }
}

/// Reads a calendar; every line must have been understood, and none be too long.
fn read(files: &Files, path: &str) -> Vec<Read> {
    let text = files.text(path);
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{path}: {line:?} has {} octets", line.len());
    }
    let calendar = ICalendar::parse(&text).unwrap_or_else(|entry| panic!("{path}: {entry:?}"));
    let zones: Vec<_> = calendar.timezones().filter_map(|zone| zone.timezone()).map(|(name, _)| name).collect();
    assert_eq!(zones, ["Europe/Warsaw"]);
    let dates = calendar.expand_dates(Tz::UTC, 10_000);
    assert!(dates.errors.is_empty(), "{:?}", dates.errors);
    let mut events: Vec<Read> = vec![];
    for date in dates.events {
        let component = calendar.component_by_id(date.comp_id).unwrap();
        assert_eq!(component.component_type, ICalendarComponentType::VEvent);
        let values = component.entries.iter().map(|entry| {
            let values: Vec<String> = entry.values.iter().map(written).collect();
            (entry.name.as_str().to_string(), values.join("|"))
        });
        let end = match date.end {
            TimeOrDelta::Time(end) => end.timestamp(),
            TimeOrDelta::Delta(delta) => date.start.timestamp() + delta.num_seconds(),
        };
        events.push(Read { values: values.collect(), start: date.start.timestamp(), end });
    }
    assert_eq!(events.len(), text.matches("BEGIN:VEVENT").count());
    events
}

fn written(value: &ICalendarValue) -> String {
    match value {
        ICalendarValue::Text(text) => text.clone(),
        ICalendarValue::Float(number) => number.to_string(),
        ICalendarValue::Uri(Uri::Location(address)) => address.clone(),
        other => format!("{other:?}"),
    }
}

/// Paths of all calendars.
fn calendars(files: &Files) -> Vec<&str> {
    files.paths().into_iter().filter(|path| path.rsplit('.').next() == Some("ics")).collect()
}

fn one(files: &Files, path: &str) -> Read {
    let mut events = read(files, path);
    assert_eq!(events.len(), 1, "{events:?}");
    events.remove(0)
}

/// The instant of a time in Kraków, by rules that need no time zone data on the machine.
fn in_krakow(time: &str) -> i64 {
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    time.parse::<DateTime>().unwrap().to_zoned(zone).unwrap().timestamp().as_second()
}

fn in_utc(time: &str) -> i64 {
    time.parse::<DateTime>().unwrap().to_zoned(TimeZone::UTC).unwrap().timestamp().as_second()
}

#[test]
fn feeds_of_languages_types_and_organisers() {
    let site =
        with(site(), event("rada", "Konsultacje", "start: 2026-12-05T17:00, type: consultation, organiser: klub"));
    let site = with(site, event("spacer", "Spacer", "start: 2026-12-01T10:00, type: walk, by: Sąsiedzi"));
    let site = with(site, event("po-polsku", "Tylko po polsku", "start: 2026-12-02T10:00, type: walk"));
    let site = site
        .file("content/kalendarz/rada.en.md", "---\ntitle: Consultation\nslug: council\n---\n")
        .file("content/kalendarz/spacer.en.md", "---\ntitle: A walk\n---\n");
    let files = site.build();
    let feeds = calendars(&files);
    assert_eq!(
        feeds,
        [
            "en/calendar/council/council.ics",
            "en/calendar/organiser/klub-sasiadow/events.ics",
            "en/calendar/spacer/spacer.ics",
            "en/calendar/type/consultation/events.ics",
            "en/calendar/type/walk/events.ics",
            "en/events.ics",
            "events.ics",
            "kalendarz/organizator/klub-sasiadow/events.ics",
            "kalendarz/po-polsku/po-polsku.ics",
            "kalendarz/rada/rada.ics",
            "kalendarz/spacer/spacer.ics",
            "kalendarz/typ/konsultacje/events.ics",
            "kalendarz/typ/spacer/events.ics",
        ]
    );
    let titles =
        |path: &str| read(&files, path).iter().map(|event| event.get("SUMMARY").to_string()).collect::<Vec<_>>();
    assert_eq!(titles("events.ics"), ["Spacer", "Tylko po polsku", "Konsultacje"]);
    assert_eq!(titles("en/events.ics"), ["A walk", "Consultation"]);
    assert_eq!(titles("kalendarz/typ/spacer/events.ics"), ["Spacer", "Tylko po polsku"]);
    assert_eq!(titles("en/calendar/type/walk/events.ics"), ["A walk"]);
    assert_eq!(titles("kalendarz/organizator/klub-sasiadow/events.ics"), ["Konsultacje"]);

    let council = one(&files, "en/calendar/council/council.ics");
    assert_eq!(council.get("UID"), "kalendarz/rada.en@example.org");
    assert_eq!(council.get("URL"), "https://example.org/en/calendar/council/");
    assert_eq!(council.get("CATEGORIES"), "consultation");
    assert!(council.get("DESCRIPTION").ends_with("Organiser: Klub Sąsiadów"));
    assert!(one(&files, "kalendarz/spacer/spacer.ics").get("DESCRIPTION").ends_with("Organizator: Sąsiedzi"));

    let text = files.text("kalendarz/typ/spacer/events.ics").replace("\r\n ", "");
    for line in [
        "METHOD:PUBLISH",
        "NAME;LANGUAGE=pl;VALUE=TEXT:spacer – Próba",
        "X-WR-CALNAME;LANGUAGE=pl:spacer – Próba",
        "X-WR-TIMEZONE:Europe/Warsaw",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "SOURCE;VALUE=URI:https://example.org/kalendarz/typ/spacer/events.ics",
        "SUMMARY;LANGUAGE=pl:Spacer",
        "DTSTART;TZID=Europe/Warsaw:20261201T100000",
    ] {
        assert!(text.contains(&format!("\r\n{line}\r\n")), "{line}\n{text}");
    }
    // A file of one event must not become another calendar.
    let single = files.text("kalendarz/spacer/spacer.ics");
    assert!(!single.contains("CALNAME") && !single.contains("\nNAME") && !single.contains("REFRESH-INTERVAL"));
    assert!(single.contains("METHOD:PUBLISH"));
}

#[test]
fn a_site_without_events_has_no_feeds() {
    assert!(calendars(&site().build()).is_empty());
}

#[test]
fn times_of_winter_summer_and_over_midnight() {
    for (start, end) in [
        ("2026-12-05T17:00", "2026-12-05T19:00"),
        ("2026-07-04T17:00", "2026-07-04T19:30"),
        ("2026-12-31T21:00", "2027-01-01T02:00"),
        // Over the change to summer time, and to winter time.
        ("2027-03-27T22:00", "2027-03-28T04:00"),
        ("2026-10-24T22:00", "2026-10-25T04:00"),
        ("2027-03-28T01:59", "2027-03-28T03:00"),
        ("2024-02-29T00:00", "2024-02-29T23:59"),
    ] {
        let files = with(site(), event("a", "A", &format!("start: {start}, end: {end}, type: walk"))).build();
        let read = one(&files, "kalendarz/a/a.ics");
        assert_eq!((read.start, read.end), (in_krakow(start), in_krakow(end)), "{start}");
    }
    assert_eq!(in_krakow("2026-12-05T17:00"), in_utc("2026-12-05T16:00"));
    assert_eq!(in_krakow("2026-07-04T17:00"), in_utc("2026-07-04T15:00"));
    assert_eq!(in_krakow("2026-10-25T04:00") - in_krakow("2026-10-24T22:00"), 7 * 3600);
}

#[test]
fn without_an_end_none_is_made_up() {
    let files = with(site(), event("a", "A", "start: 2026-12-05T17:00, type: walk")).build();
    assert_eq!(one(&files, "kalendarz/a/a.ics").get("DTEND"), "");
}

#[test]
fn whole_days_end_before_the_next_one() {
    for (days, start, end) in [
        ("start: 2026-12-05", "2026-12-05T00:00", "2026-12-06T00:00"),
        ("start: 2026-12-05, end: 2026-12-05", "2026-12-05T00:00", "2026-12-06T00:00"),
        ("start: 2026-12-30, end: 2027-01-02", "2026-12-30T00:00", "2027-01-03T00:00"),
        ("start: 2028-02-28", "2028-02-28T00:00", "2028-02-29T00:00"),
    ] {
        let files = with(site(), event("a", "A", &format!("{days}, type: deadline"))).build();
        let text = files.text("kalendarz/a/a.ics");
        assert!(text.contains("DTSTART;VALUE=DATE:") && text.contains("DTEND;VALUE=DATE:"));
        assert!(text.contains("TRANSP:TRANSPARENT"));
        let read = one(&files, "kalendarz/a/a.ics");
        assert_eq!((read.start, read.end), (in_utc(start), in_utc(end)), "{days}");
    }
}

#[test]
fn an_event_keeps_its_identifier() {
    let build = |title: &str, block: &str| {
        let files = with(site(), event("a", title, block)).build();
        let read = one(&files, "events.ics");
        assert_eq!(read.get("UID"), one(&files, "kalendarz/a/a.ics").get("UID"));
        read.get("UID").to_string()
    };
    let first = build("A", "start: 2026-12-05T17:00, type: walk");
    assert_eq!(first, "kalendarz/a.pl@example.org");
    assert_eq!(build("Inny tytuł", "start: 2027-01-05, type: concert"), first);
    // A bundle, and another address.
    let front = "---\ntitle: A\nslug: inny\nevent: { start: 2026-12-05, type: walk }\n---\n";
    let files = site().file("content/kalendarz/a/index.md", front).build();
    assert_eq!(one(&files, "kalendarz/inny/inny.ics").get("UID"), first);
}

#[test]
fn cancelled_events_say_so() {
    let site = with(site(), event("a", "Koncert", "start: 2026-12-05, type: concert, cancelled: true"));
    let site = site.file("content/kalendarz/a.en.md", "---\ntitle: Concert\n---\n");
    let files = site.build();
    assert!(files.text("events.ics").contains("\r\nSTATUS:CANCELLED\r\n"));
    assert_eq!(one(&files, "events.ics").get("SUMMARY"), "Odwołane: Koncert");
    assert_eq!(one(&files, "en/events.ics").get("SUMMARY"), "Cancelled: Concert");
}

#[test]
fn examples_and_hidden_pages_are_left_out() {
    let site = with(site(), event("a", "A", "start: 2026-12-05, type: walk"));
    let front = |more: &str| format!("---\ntitle: X\n{more}\nevent: {{ start: 2026-12-05, type: walk }}\n---\n");
    let files = site
        .file("content/kalendarz/przyklad.md", &front("example: true"))
        .file("content/kalendarz/ukryte.md", &front("hidden: true"))
        .file("content/kalendarz/bez-strony.md", &front("render: false"))
        .build();
    let feeds = calendars(&files);
    assert_eq!(feeds, ["events.ics", "kalendarz/a/a.ics", "kalendarz/typ/spacer/events.ics"]);
    assert_eq!(read(&files, "events.ics").len(), 1);
    assert_eq!(read(&files, "kalendarz/typ/spacer/events.ics").len(), 1);
}

#[test]
fn places_addresses_and_late_invitations() {
    let block = "start: 2026-12-05T17:00, type: consultation, announced: 2026-12-01, place: plac, link: 'https://a.example/b?c=d&e=f,g'";
    let files = with(site(), event("a", "A", block)).build();
    let read = one(&files, "events.ics");
    assert_eq!(read.get("LOCATION"), "plac Centralny im. Ronalda Reagana");
    assert_eq!(read.get("GEO"), "50.07197|20.0374");
    let late = "Opis.\nPóźne zaproszenie: ogłoszono je dopiero 2026-12-01.\nWięcej: https://a.example/b?c=d&e=f,g";
    assert_eq!(read.get("DESCRIPTION"), late);
    // Its own address is nearer than the place's; what is only on the net is there.
    let block =
        "start: 2026-12-05T17:00, type: consultation, announced: 2026-11-01, place: plac, address: wejście od alei Róż";
    let files = with(site(), event("a", "A", block)).build();
    assert_eq!(one(&files, "events.ics").get("LOCATION"), "Plac Centralny, wejście od alei Róż");
    assert_eq!(one(&files, "events.ics").get("DESCRIPTION"), "Opis.");
    let files =
        with(site(), event("a", "A", "start: 2026-12-05, type: meeting, online: 'https://meet.example/x'")).build();
    assert_eq!(one(&files, "events.ics").get("LOCATION"), "https://meet.example/x");
}

#[test]
fn long_titles_are_folded_and_signs_escaped() {
    let long = "Zażółć gęślą jaźń; w Hucie, „u źródeł” – część 1\\2: ".repeat(12);
    for shift in 0..80 {
        let title = format!("{}{}", "x".repeat(shift), long.trim());
        let files = with(site(), event("a", &title, "start: 2026-12-05, type: walk")).build();
        assert_eq!(one(&files, "events.ics").get("SUMMARY"), title);
    }
    let front = "---\ntitle: \"A\\u00a0B, C; D\\\\n\"\ndescription: \"Raz.\\n\\nDwa\\r\\nEND:VEVENT\"\nevent: { start: 2026-12-05, type: walk }\n---\n";
    let files = site().file("content/kalendarz/a.md", front).build();
    let read = one(&files, "events.ics");
    assert_eq!(read.get("SUMMARY"), "A B, C; D\\n");
    assert_eq!(read.get("DESCRIPTION"), "Raz.\n\nDwa\nEND:VEVENT");
}

#[test]
fn calls_have_their_first_and_last_day() {
    let call =
        |block: &str| format!("---\ntitle: Inicjatywy\ndescription: Opis.\ncall: {{ funder: Miasto, {block} }}\n---\n");
    let files = site()
        .file("content/nabory/a.md", &call("opens: 2026-12-01, closes: 2026-12-31"))
        .file("content/nabory/a.en.md", "---\ntitle: Initiatives\ncall: { funder: City }\n---\n")
        .file("content/nabory/rok.md", &call("closes: 2025-11-23"))
        .file("content/nabory/ponad-rok.md", &call("closes: 2025-11-22"))
        .file("content/nabory/co-roku.md", &call("yearly: true, season: [3, 4]"))
        .build();
    let days = |path: &str| {
        let all = read(&files, path);
        all.iter()
            .map(|day| (day.get("UID").to_string(), day.get("SUMMARY").to_string(), day.start))
            .collect::<Vec<_>>()
    };
    let day =
        |uid: &str, summary: &str, day: &str| (format!("nabory/{uid}@example.org"), summary.to_string(), in_utc(day));
    let mut polish = days("calls.ics");
    polish.sort();
    assert_eq!(
        polish,
        [
            day("a.pl.closes", "Ostatni dzień naboru: Inicjatywy", "2026-12-31T00:00"),
            day("a.pl.opens", "Start naboru: Inicjatywy", "2026-12-01T00:00"),
            day("rok.pl.closes", "Ostatni dzień naboru: Inicjatywy", "2025-11-23T00:00"),
        ]
    );
    assert_eq!(days("en/calls.ics")[0].1, "Call opens: Initiatives");
    assert!(read(&files, "en/calls.ics")[1].get("DESCRIPTION").ends_with("Funder: City"));
    assert!(!files.has("events.ics"));
}

#[test]
fn a_calendar_is_stamped_with_its_day() {
    let front = "---\ntitle: A\ndate: 2026-11-01\nupdated: 2026-11-02T10:00:00+01:00\nevent: { start: 2026-12-05, type: walk }\n---\n";
    let site = site().file("content/kalendarz/a.md", front);
    let text = site.build().text("events.ics");
    assert!(text.contains(&format!("DTSTAMP:{}T000000Z\r\n", TODAY[..10].replace('-', ""))));
    assert!(text.contains("LAST-MODIFIED:20261102T090000Z\r\n"));
    assert_eq!(text, site.copy().build().text("events.ics"));
}
