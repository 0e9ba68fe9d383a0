//! HTML that is read away from its page: in a reader of feeds no address may lean on the page's own.

use crate::markdown::{map_attributes, map_tags, tag_name};

/// Attributes that hold one address.
const ADDRESSES: [&str; 4] = ["href", "src", "poster", "data"];

/// The same HTML with every address of the page at `permalink` made whole. An address of the whole site that is not whole
/// itself (`base_url = "/"`) leaves all as they are.
pub(super) fn portable(html: &str, permalink: &str) -> String {
    if !permalink.contains("://") {
        return html.to_string();
    }
    map_tags(html, |tag, out| {
        let (start, rest) = tag_name(tag);
        out.push_str(start);
        map_attributes(rest, out, |name, value| match name {
            "srcset" => Some(value.split(", ").map(|one| joined(permalink, one)).collect::<Vec<_>>().join(", ")),
            name if ADDRESSES.contains(&name) => Some(joined(permalink, value)),
            _ => None,
        });
    })
}

/// An address as it stands on a page, seen from anywhere (RFC 3986, 5.2).
fn joined(page: &str, address: &str) -> String {
    let scheme = address.split(':').next().unwrap_or_default();
    let has_scheme = scheme.len() < address.len()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if has_scheme || address.is_empty() {
        return address.to_string();
    }
    let host_at = page.find("://").map_or(0, |at| at + 3);
    let path_at = page[host_at..].find('/').map_or(page.len(), |at| host_at + at);
    let (origin, path) = page.split_at(path_at);
    if address.starts_with("//") {
        return format!("{}:{address}", page.split(':').next().unwrap_or_default());
    }
    if address.starts_with('/') {
        return format!("{origin}{address}");
    }
    if address.starts_with(['#', '?']) {
        return format!("{page}{address}");
    }
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    let (steps, tail) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    let mut parts = steps.split('/').peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        match part {
            "." | ".." => {
                if part == ".." && folders.len() > 1 {
                    folders.pop();
                }
                if is_last {
                    folders.push("");
                }
            }
            part => folders.push(part),
        }
    }
    format!("{origin}{}{tail}", folders.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_whole() {
        let page = "https://x.pl/a/b/";
        for (address, expected) in [
            ("#n", "https://x.pl/a/b/#n"),
            ("?q=1", "https://x.pl/a/b/?q=1"),
            ("/c/", "https://x.pl/c/"),
            ("c.png", "https://x.pl/a/b/c.png"),
            ("../c/", "https://x.pl/a/c/"),
            ("../../../c", "https://x.pl/c"),
            ("..", "https://x.pl/a/"),
            ("./d?x#y", "https://x.pl/a/b/d?x#y"),
            ("//y.pl/z", "https://y.pl/z"),
            ("mailto:a@b.pl", "mailto:a@b.pl"),
            ("https://y.pl/", "https://y.pl/"),
            ("", ""),
        ] {
            assert_eq!(joined(page, address), expected, "{address}");
        }
    }

    #[test]
    fn only_addresses_change() {
        let html = "<p title=\"/x\">/y <!-- <a href=\"/c\"> --><a href='#n'>1</a><img src=/p.jpg srcset=\"/p.jpg 1x, q.jpg 2x\"></p>";
        assert_eq!(
            portable(html, "https://x.pl/a/"),
            "<p title=\"/x\">/y <!-- <a href=\"/c\"> --><a href='https://x.pl/a/#n'>1</a>\
             <img src=https://x.pl/p.jpg srcset=\"https://x.pl/p.jpg 1x, https://x.pl/a/q.jpg 2x\"></p>"
        );
        assert_eq!(portable(html, "/a/"), html);
    }

    #[test]
    fn addresses_of_any_page_are_whole() {
        for (page, address, expected) in [
            ("https://x.pl/a", "b", "https://x.pl/b"),
            ("https://x.pl/a/b/c", "./d/./e", "https://x.pl/a/b/d/e"),
            ("https://x.pl/a/b/", "..", "https://x.pl/a/"),
            ("https://x.pl/a/b/", ".", "https://x.pl/a/b/"),
            ("https://x.pl/a/b/", "../c/..", "https://x.pl/a/"),
            ("https://x.pl/a/", "../../..", "https://x.pl/"),
            ("https://x.pl/a/", "b/../c?d/../e", "https://x.pl/a/c?d/../e"),
            ("https://x.pl/a/", "b:c", "b:c"),
            ("https://x.pl/a/", "1b:c", "https://x.pl/a/1b:c"),
            ("https://x.pl/a/", "b/c:d", "https://x.pl/a/b/c:d"),
            ("https://x.pl/a/", "a+b-c.d:e", "a+b-c.d:e"),
            ("https://x.pl/a/", ":e", "https://x.pl/a/:e"),
            ("http://x.pl/a/", "//y.pl", "http://y.pl"),
        ] {
            assert_eq!(joined(page, address), expected, "{page} {address}");
        }
        let html = "<video poster=a src=b></video><object data=c></object><p data-x=d>";
        assert_eq!(
            portable(html, "https://x.pl/"),
            "<video poster=https://x.pl/a src=https://x.pl/b></video><object data=https://x.pl/c></object><p data-x=d>"
        );
    }
}
