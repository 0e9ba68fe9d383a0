//! Organisations as vCards (RFC 2426, version 3.0: the newest that every address book reads).

use super::Table;
use super::table::Row;
use crate::template::Store;

/// Octets of a line before it is folded (RFC 2426, section 2.6).
const LINE: usize = 75;

/// A card for each organisation with its path in the built site: beside its page, with the page's slug as its name.
pub(super) fn cards(store: &Store, table: &Table) -> Vec<(String, String)> {
    let words = &store.project.config.language(&table.language).translations;
    table
        .rows
        .iter()
        .map(|row| {
            let page = &store.library.pages[row.page];
            let areas = row.list(table, "areas").iter();
            let areas: Vec<String> =
                areas.map(|area| words.get(&format!("area.{area}")).unwrap_or(area).clone()).collect();
            let path = format!("{}{}.vcf", page.path.trim_start_matches('/'), page.slug);
            (path, card(table, row, &areas))
        })
        .collect()
}

fn card(table: &Table, row: &Row, areas: &[String]) -> String {
    let mut lines = Lines::default();
    let get = |name: &str| row.get(table, name).unwrap_or_default();
    lines.add("BEGIN", "VCARD");
    lines.add("VERSION", "3.0");
    lines.text("PRODID", "-//huta//guide//EN");
    lines.text("UID", get("url"));
    lines.text("FN", get("title"));
    // A name of a person must be there; an organisation has none.
    lines.add("N", ";;;;");
    lines.text("ORG", get("title"));
    lines.add("X-ABSHOWAS", "COMPANY");
    if let Some(address) = row.get(table, "address") {
        lines.add("ADR;TYPE=WORK", &format!(";;{};Kraków;;;", escaped(address)));
    }
    if let (Some(latitude), Some(longitude)) = (row.get(table, "latitude"), row.get(table, "longitude")) {
        lines.add("GEO", &format!("{latitude};{longitude}"));
    }
    if let Some(phone) = row.get(table, "phone") {
        lines.text("TEL;TYPE=WORK,VOICE", phone);
    }
    if let Some(email) = row.get(table, "email") {
        lines.text("EMAIL;TYPE=INTERNET", email);
    }
    if let Some(website) = row.get(table, "website") {
        lines.add("URL", website);
    }
    lines.text("NOTE", get("description"));
    lines.add("CATEGORIES", &areas.iter().map(|area| escaped(area)).collect::<Vec<_>>().join(","));
    lines.add("SOURCE", get("url"));
    if let Some(verified) = row.get(table, "verified") {
        lines.add("REV", verified);
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
}
