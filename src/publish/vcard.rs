//! Organisations as vCards (RFC 2426, version 3.0: the newest that every address book reads).

use serde_json::Value;

use crate::content::{Page, PageId};
use crate::guide::texts_at;
use crate::render::{Body, Output};
use crate::template::Store;

/// Octets of a line before it is folded (RFC 2426, section 2.6).
const LINE: usize = 75;

/// Name of the file with all cards of a language, at its home.
const ALL: &str = "organisations.vcf";

/// A card for each organisation beside its page, with the page's slug as its name, and all of a language at its home. Examples
/// and fallbacks have none.
pub(super) fn outputs(store: &Store) -> Vec<Output> {
    let config = &store.project.config;
    let mut outputs = vec![];
    for language in config.language_codes() {
        let mut pages: Vec<(&Page, PageId, &Value)> = vec![];
        for (id, page) in store.library.pages.iter().enumerate() {
            let is_own = page.language == language && page.fallback_of.is_none() && !page.is_example;
            if let Some(("organisation", value)) = store.values.of(id).filter(|_| is_own) {
                pages.push((page, id, value));
            }
        }
        pages.sort_by_key(|(page, ..)| &page.path);
        let mut all = String::new();
        for (page, id, value) in pages {
            let card = card(store, page, id, value);
            all.push_str(&card);
            let path = format!("{}{}.vcf", page.path.trim_start_matches('/'), page.slug);
            outputs.push(Output { path, body: Body::Text(card) });
        }
        if !all.is_empty() {
            let path = format!("{}{ALL}", config.language_prefix(language));
            outputs.push(Output { path, body: Body::Text(all) });
        }
    }
    outputs
}

/// Text as people type it: spaces that may not break are for readers of pages.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn card(store: &Store, page: &Page, id: PageId, organisation: &Value) -> String {
    let config = &store.project.config;
    let words = &config.language(&page.language).translations;
    let get = |path: &str| texts_at(organisation, path).first().map(|text| plain(text));
    let title = plain(page.front.title.as_deref().unwrap_or_default());
    let areas = texts_at(organisation, "areas").into_iter();
    let areas = areas.map(|area| escaped(words.get(&format!("area.{area}")).unwrap_or(&area)));
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCARD");
    lines.add("VERSION", "3.0");
    lines.text("PRODID", "-//huta//guide//EN");
    lines.text("UID", &page.permalink);
    lines.text("FN", &title);
    // A name of a person must be there; an organisation has none.
    lines.add("N", ";;;;");
    lines.text("ORG", &title);
    lines.add("X-ABSHOWAS", "COMPANY");
    if let Some(address) = get("address") {
        let town = config.linked_data.locality.as_deref().unwrap_or_default();
        lines.add("ADR;TYPE=WORK", &format!(";;{};{};;;", escaped(&address), escaped(town)));
    }
    if let (Some(latitude), Some(longitude)) = (get("at.0"), get("at.1")) {
        lines.add("GEO", &format!("{latitude};{longitude}"));
    }
    if let Some(phone) = get("phone") {
        lines.text("TEL;TYPE=WORK,VOICE", &phone);
    }
    if let Some(email) = get("email") {
        lines.text("EMAIL;TYPE=INTERNET", &email);
    }
    if let Some(website) = get("website") {
        lines.add("URL", &website);
    }
    lines.text("NOTE", &plain(page.front.description.as_deref().unwrap_or_default()));
    lines.add("CATEGORIES", &areas.collect::<Vec<_>>().join(","));
    lines.add("SOURCE", &page.permalink);
    if let Some(verified) = &store.guide.entry(id).verified {
        lines.add("REV", &verified.text);
    }
    lines.add("END", "VCARD");
    lines.0
}

/// Lines of a card, each folded where it is too long.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property whose value is text; nothing when it is empty.
    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.add(name, &escaped(value));
        }
    }

    /// A property whose value stands as it is.
    fn add(&mut self, name: &str, value: &str) {
        let mut room = LINE;
        for c in format!("{name}:{value}").chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Text with what has a meaning in a card taken as it is; control characters are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut lines = Lines::default();
        lines.text("NOTE", &format!("{}; koniec, \\ i\nnowy wiersz", "ąćęłńóśźż ".repeat(12)));
        assert!(lines.0.split("\r\n").all(|line| line.len() <= LINE), "{}", lines.0);
        let whole = lines.0.replace("\r\n ", "");
        assert!(whole.ends_with("\\; koniec\\, \\\\ i\\nnowy wiersz\r\n") && whole.starts_with("NOTE:ąćę"), "{whole}");
    }

    #[test]
    fn a_line_has_room_for_75_octets() {
        let lengths = |value: &str| {
            let mut lines = Lines::default();
            lines.add("N", value);
            lines.0.split_terminator("\r\n").map(str::len).collect::<Vec<_>>()
        };
        assert_eq!(lengths(&"x".repeat(LINE - 2)), [LINE]);
        assert_eq!(lengths(&"x".repeat(LINE - 1)), [LINE, 2]);
        assert_eq!(lengths(&"x".repeat(2 * LINE - 3)), [LINE, LINE]);
        assert_eq!(lengths(&"x".repeat(2 * LINE - 2)), [LINE, LINE, 2]);
        assert_eq!(lengths(&format!("{}ż", "x".repeat(LINE - 3))), [LINE - 1, 3]);
    }

    #[test]
    fn what_means_something_is_escaped() {
        assert_eq!(escaped("a\\b,c;d:e\nf\rg\u{7}ż"), "a\\\\b\\,c\\;d:e\\nfgż");
        assert_eq!(plain("a\u{a0}b\u{202f}c d"), "a b c d");
        let mut lines = Lines::default();
        lines.text("TEL", "");
        lines.text("NOTE", "a;b");
        lines.add("URL", "a;b");
        assert_eq!(lines.0, "NOTE:a\\;b\r\nURL:a;b\r\n");
    }
}
