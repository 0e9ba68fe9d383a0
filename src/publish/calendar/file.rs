//! A calendar as text: its head, the time zone, its events.

use icalendar::{Calendar, Component, Event, Property};
use jiff::civil::Date;

use super::zone::{VTIMEZONE, ZONE};
use crate::content::Page;
use crate::guide::Moment;
use crate::template::Store;

/// Longest line in octets, without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

const END: &str = "END:VCALENDAR\r\n";

/// A calendar one subscribes to. A file of one event is none: programs would make another calendar of it.
pub(super) struct Feed {
    /// What it is called.
    pub(super) name: String,
    /// Its own address.
    pub(super) address: String,
}

/// The text of a calendar in a language.
pub(super) fn text(language: &str, feed: Option<&Feed>, events: impl IntoIterator<Item = Event>) -> String {
    let mut calendar = Calendar::empty();
    let mut add = |property: Property| {
        calendar.append_property(property);
    };
    add(Property::new("VERSION", "2.0"));
    add(Property::new("PRODID", format!("-//huta//huta//{}", language.to_ascii_uppercase())));
    add(Property::new("CALSCALE", "GREGORIAN"));
    add(Property::new("METHOD", "PUBLISH"));
    if let Some(feed) = feed {
        // The type is the usual one; the crate does not know it and would not escape the text.
        add(words("NAME", &feed.name, language).add_parameter("VALUE", "TEXT").done());
        add(words("X-WR-CALNAME", &feed.name, language));
        add(Property::new("X-WR-TIMEZONE", ZONE));
        add(Property::new("REFRESH-INTERVAL", "P1D").add_parameter("VALUE", "DURATION").done());
        add(Property::new("X-PUBLISHED-TTL", "P1D"));
        if feed.address.starts_with("http") {
            add(Property::new("SOURCE", &feed.address).add_parameter("VALUE", "URI").done());
        }
    }
    let head = calendar.to_string();
    let mut text = head.strip_suffix(END).unwrap_or(&head).to_string();
    // Other components than events would get a random UID and the time of the clock from the crate.
    text.push_str(VTIMEZONE);
    for event in events {
        text.push_str(&Component::to_string(&event));
    }
    text.push_str(END);
    folded(&text)
}

/// A new event of a page: what every one has. `part` tells several events of one page apart.
///
/// The identifier stays when dates, titles or addresses change, so that a calendar changes what it has.
pub(super) fn blank(store: &Store, page: &Page, part: &str) -> Event {
    let name = page.canonical.trim_end_matches(".md").trim_end_matches("/index");
    let part = if part.is_empty() { String::new() } else { format!(".{part}") };
    let mut event = Event::new();
    event.add_property("UID", format!("{name}.{}{part}@{}", page.language, host(&store.project.config.base_url)));
    // The day this calendar was made: by it programs know the newer of two files.
    event.add_property("DTSTAMP", format!("{}T000000Z", day(store.project.today)));
    if let Some(changed) = page.front.updated.as_ref().or(page.front.date.as_ref()) {
        event.add_property("LAST-MODIFIED", changed.instant.strftime("%Y%m%dT%H%M%SZ").to_string());
    }
    if page.permalink.starts_with("http") {
        event.add_property("URL", &page.permalink);
    }
    event
}

/// A text in a language.
pub(super) fn words(key: &str, text: &str, language: &str) -> Property {
    Property::new(key, plain(text)).add_parameter("LANGUAGE", language).done()
}

/// When something begins (`DTSTART`) or ends (`DTEND`).
pub(super) fn when(key: &str, moment: Moment) -> Property {
    let day = day(moment.day);
    match moment.time {
        None => Property::new(key, day).add_parameter("VALUE", "DATE").done(),
        Some(time) => {
            let time = format!("{day}T{:02}{:02}{:02}", time.hour(), time.minute(), time.second());
            Property::new(key, time).add_parameter("TZID", ZONE).done()
        }
    }
}

/// Makes an event last whole days, both included. They leave whoever adds it free: a festival of a week fills no diary.
pub(super) fn whole_days(event: &mut Event, first: Date, last: Date) {
    let moment = |day| Moment { day, time: None };
    event.append_property(when("DTSTART", moment(first)));
    event.append_property(when("DTEND", moment(last.tomorrow().unwrap_or(last))));
    event.add_property("TRANSP", "TRANSPARENT");
}

fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

/// A text without what only typesetting needs: programs show it in their own way, some with boxes for what they do not
/// know.
pub(super) fn plain(text: &str) -> String {
    let letter = |c: char| match c {
        '\u{a0}' | '\u{202f}' | '\t' => Some(' '),
        '\u{ad}' | '\u{200b}' | '\u{2060}' => None,
        '\n' => Some('\n'),
        c if c.is_control() => None,
        c => Some(c),
    };
    text.chars().filter_map(letter).collect::<String>().trim().to_string()
}

/// The host of the site's address; a site without one is somebody's own machine.
fn host(base_url: &str) -> String {
    let rest = base_url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    if host.is_empty() { "localhost".into() } else { host.to_ascii_lowercase() }
}

/// Every line with at most 75 octets, and no letter cut in two. The crate's own folding lets a last line have 76.
fn folded(text: &str) -> String {
    let unfolded = text.replace("\r\n ", "");
    let mut folded = String::with_capacity(text.len());
    for mut line in unfolded.split_terminator("\r\n") {
        let mut room = LONGEST;
        while line.len() > room {
            let (start, rest) = line.split_at(line.floor_char_boundary(room));
            folded.push_str(start);
            folded.push_str("\r\n ");
            // The space counts too.
            (line, room) = (rest, LONGEST - 1);
        }
        folded.push_str(line);
        folded.push_str("\r\n");
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters() {
        for length in 0..400 {
            for letter in ["a", "ż", "„", "𝄞", " "] {
                let line = format!("SUMMARY:{}{}\r\n", "x".repeat(length % 7), letter.repeat(length));
                let folded = folded(&line);
                assert!(folded.split("\r\n").all(|line| line.len() <= LONGEST), "{length} {letter}");
                assert_eq!(folded.replace("\r\n ", ""), line);
            }
        }
    }

    #[test]
    fn hosts() {
        assert_eq!(host("https://Nowa-Huta.example/przewodnik/"), "nowa-huta.example");
        assert_eq!(host("http://127.0.0.1:1111"), "127.0.0.1");
        assert_eq!(host("/"), "localhost");
    }

    #[test]
    fn texts_are_plain() {
        assert_eq!(plain(" w\u{a0}Hucie\tdziś\r\n1\u{202f}000\u{ad} zł\u{7} "), "w Hucie dziś\n1 000 zł");
    }

    #[test]
    fn a_calendar_is_told_from_a_file_of_one_event() {
        let one = text("en-gb", None, []);
        assert!(one.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//huta//huta//EN-GB\r\n"), "{one}");
        assert!(
            one.ends_with(&format!("{VTIMEZONE}{END}"))
                && !one.contains("NAME:Hut")
                && one.matches("END:VCALENDAR").count() == 1
        );
        let feed = |address: &str| Feed { name: "Huta, dziś".into(), address: address.into() };
        let many = text(
            "pl",
            Some(&feed("https://x.pl/events.ics")),
            [Event::new().uid("a").done(), Event::new().uid("b").done()],
        );
        for line in [
            "NAME;LANGUAGE=pl;VALUE=TEXT:Huta\\, dziś",
            "X-WR-CALNAME;LANGUAGE=pl:Huta\\, dziś",
            "X-WR-TIMEZONE:Europe/Warsaw",
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
            "X-PUBLISHED-TTL:P1D",
            "SOURCE;VALUE=URI:https://x.pl/events.ics",
            "UID:a",
            "UID:b",
        ] {
            assert!(many.split("\r\n").any(|own| own == line), "{line}: {many}");
        }
        assert!(!text("pl", Some(&feed("/events.ics")), []).contains("SOURCE"));
    }

    #[test]
    fn times_are_those_of_krakow() {
        let said = |moment: &str| {
            let property = when("DTSTART", Moment::parse(moment).unwrap());
            let parameters: Vec<String> = property
                .params()
                .values()
                .map(|parameter| format!("{}={}", parameter.key(), parameter.value()))
                .collect();
            format!("{};{}:{}", property.key(), parameters.join(";"), property.value())
        };
        assert_eq!(said("2026-12-05"), "DTSTART;VALUE=DATE:20261205");
        assert_eq!(said("2026-02-05T07:08:09"), "DTSTART;TZID=Europe/Warsaw:20260205T070809");
        let mut event = Event::new();
        whole_days(&mut event, "2026-12-30".parse().unwrap(), "2026-12-31".parse().unwrap());
        let all = Component::to_string(&event);
        // The day after the last one ends it.
        for line in ["DTSTART;VALUE=DATE:20261230", "DTEND;VALUE=DATE:20270101", "TRANSP:TRANSPARENT"] {
            assert!(all.split("\r\n").any(|own| own == line), "{all}");
        }
    }

    #[test]
    fn a_line_has_room_for_75_octets() {
        let lines = |length: usize| -> Vec<usize> {
            folded(&format!("{}\r\n", "x".repeat(length))).split_terminator("\r\n").map(str::len).collect()
        };
        assert_eq!(lines(LONGEST), [LONGEST]);
        assert_eq!(lines(LONGEST + 1), [LONGEST, 2]);
        assert_eq!(lines(2 * LONGEST - 1), [LONGEST, LONGEST]);
        assert_eq!(lines(2 * LONGEST), [LONGEST, LONGEST, 2]);
        assert_eq!(host("https://user@Example.org:8080/x"), "example.org");
        assert_eq!([host("https:///x"), host("example.org")], ["localhost", "localhost"]);
        assert_eq!(plain("a\u{200b}b\u{2060}c\u{7f}\td"), "abc d");
    }
}
