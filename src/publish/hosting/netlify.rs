//! `_headers`, as Netlify and Cloudflare read it.
//!
//! Hosts add up the headers of all rules that match, and join two values of one header with a comma, which is right for
//! hardly any header. So no two rules here give a file the same header: a folder that differs splits what surrounds it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::rules::{POLICY, Rule, Scope, Site};
use super::types;

/// How many rules Cloudflare reads.
pub(super) const MOST_RULES: usize = 100;

/// How many characters of a line Cloudflare reads.
pub(super) const LONGEST_LINE: usize = 2000;

/// Endings whose type every host knows. A page is asked for by its folder, so its ending is not in the address at all.
const KNOWN: [&str; 12] = ["avif", "css", "gif", "html", "jpeg", "jpg", "js", "mjs", "png", "svg", "txt", "webp"];

const HEAD: &str = "# Made by huta with the site; the next build writes it anew. For Netlify and Cloudflare: the root of what is published.\n";

/// The file, how many rules it has, and its longest line.
pub(super) fn file(site: &Site<'_>) -> (String, usize, usize) {
    let base = site.base();
    let rules = site.rules();
    let mut blocks: BTreeMap<String, Vec<(&str, String)>> = BTreeMap::new();
    let headers: BTreeSet<&str> = rules.iter().map(|rule| rule.header).collect();
    for header in headers {
        let own: Vec<&Rule> = rules.iter().filter(|rule| rule.header == header).collect();
        for (pattern, value) in patterns(site, header, &own) {
            blocks.entry(format!("{base}{pattern}")).or_default().push((header, value));
        }
    }
    let mut text = String::from(HEAD);
    for (pattern, headers) in &blocks {
        let _ = write!(text, "\n{pattern}\n");
        for (header, value) in headers {
            let _ = writeln!(text, "  {header}: {value}");
        }
    }
    let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    (text, blocks.len(), longest)
}

/// Patterns of which at most one matches any document, each with its value of one header.
fn patterns(site: &Site<'_>, header: &str, rules: &[&Rule]) -> Vec<(String, String)> {
    let folders: Vec<(&str, &str)> = rules
        .iter()
        .filter_map(|rule| match &rule.scope {
            Scope::Folder(folder) => Some((folder.as_str(), rule.value.as_str())),
            _ => None,
        })
        .collect();
    if header == "Cache-Control" {
        // Without a rule both hosts say what the rule for all says.
        let mut found: Vec<(String, String)> =
            folders.iter().map(|(folder, value)| (format!("{folder}*"), (*value).to_string())).collect();
        for rule in rules.iter().filter(|rule| rule.scope == Scope::Hashed) {
            found.extend(site.hashed.iter().map(|path| (path.clone(), rule.value.clone())));
        }
        return found;
    }
    let mut found = vec![];
    for rule in rules {
        match &rule.scope {
            Scope::Ending(ending) if header != "Content-Type" || !KNOWN.contains(&ending.as_str()) => {
                found.push((format!("*.{ending}"), rule.value.clone()));
            }
            Scope::All if folders.is_empty() => found.push(("*".into(), rule.value.clone())),
            Scope::All => {
                let value = |path: &str| {
                    let inner = folders.iter().rev().find(|(folder, _)| path.starts_with(folder));
                    inner.map_or(rule.value.as_str(), |(_, value)| *value)
                };
                let documents: Vec<&str> =
                    site.files.iter().map(String::as_str).filter(|path| matters(header, path)).collect();
                split("", &documents, &value, &mut found);
            }
            _ => {}
        }
    }
    found
}

/// Whether a header does anything for a file: a policy is for what may hold scripts and styles.
fn matters(header: &str, path: &str) -> bool {
    header != POLICY || matches!(types::extension(path), Some("html" | "svg"))
}

/// The largest folders all of whose files have the same value, and the files between them.
fn split<'s>(folder: &str, files: &[&str], value: &impl Fn(&str) -> &'s str, found: &mut Vec<(String, String)>) {
    let values: BTreeSet<&str> = files.iter().map(|path| value(path)).collect();
    match values.first() {
        Some(one) if values.len() == 1 => found.push((format!("{folder}*"), (*one).to_string())),
        None => {}
        Some(_) => {
            let mut below: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for path in files {
                if let Some((name, _)) = path[folder.len()..].split_once('/') {
                    below.entry(format!("{folder}{name}/")).or_default().push(path);
                } else {
                    let address = path.strip_suffix("index.html").unwrap_or(path);
                    found.push((address.to_string(), value(path).to_string()));
                }
            }
            for (folder, files) in below {
                split(&folder, &files, value, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::tests::{apart, config, site};
    use super::*;

    /// The patterns of a file with what each says of one header.
    fn said(text: &str, header: &str) -> Vec<(String, String)> {
        let mut found = vec![];
        let mut pattern = "";
        for line in text.lines() {
            if line.starts_with('/') {
                pattern = line;
            } else if let Some(value) = line.strip_prefix(&format!("  {header}: ")) {
                found.push((pattern.to_string(), value.to_string()));
            }
        }
        found
    }

    #[test]
    fn one_value_for_all_is_one_rule() {
        let config = config("base_url = \"https://example.org/g/\"");
        let mut site = site(&config, &["index.html", "a.csv", "processed_images/a.webp", "b.css"]);
        site.hashed = vec!["b.0123.css".into()];
        let (text, rules, longest) = file(&site);
        let pair = |pattern: &str, value: &str| (pattern.to_string(), value.to_string());
        assert_eq!(said(&text, "Referrer-Policy"), [pair("/g/*", "same-origin")]);
        assert_eq!(said(&text, "Content-Type"), [pair("/g/*.csv", "text/csv; charset=utf-8")]);
        assert_eq!(said(&text, "Access-Control-Allow-Origin"), [pair("/g/*.csv", "*")]);
        let year = "public, max-age=31536000, immutable";
        assert_eq!(said(&text, "Cache-Control"), [pair("/g/b.0123.css", year), pair("/g/processed_images/*", year)]);
        assert_eq!(said(&text, POLICY).len(), 1);
        assert_eq!(rules, 4);
        let most = said(&text, "Permissions-Policy")[0].1.len() + "  Permissions-Policy: ".len();
        assert_eq!(longest, most);
    }

    #[test]
    fn a_folder_that_differs_splits_what_surrounds_it() {
        let config = config("base_url = \"https://example.org\"");
        let files = [
            "index.html",
            "a.html",
            "b/index.html",
            "b/x.css",
            "en/index.html",
            "en/embed/c/index.html",
            "en/d/e.html",
            "en/d/f.svg",
        ];
        let mut site = site(&config, &files);
        site.apart = vec![apart("en/embed/", "'a'", "*", false), apart("en/d/", "'b'", "'none'", true)];
        let (text, ..) = file(&site);
        let policies: Vec<String> = said(&text, POLICY)
            .into_iter()
            .map(|(pattern, value)| {
                format!(
                    "{pattern} {}",
                    value.split("-src ").nth(2).and_then(|rest| rest.split(';').next()).unwrap_or_default()
                )
            })
            .collect();
        assert_eq!(
            policies,
            ["/ 'self'", "/a.html 'self'", "/b/* 'self'", "/en/ 'self'", "/en/d/* 'b'", "/en/embed/* 'a'"]
        );
        // Of this one only a folder differs, for every file.
        let openers = said(&text, "Cross-Origin-Opener-Policy");
        let found: Vec<(&str, &str)> =
            openers.iter().map(|(pattern, value)| (pattern.as_str(), value.as_str())).collect();
        assert_eq!(
            found,
            [
                ("/", "same-origin"),
                ("/a.html", "same-origin"),
                ("/b/*", "same-origin"),
                ("/en/", "same-origin"),
                ("/en/d/*", "same-origin-allow-popups"),
                ("/en/embed/*", "same-origin"),
            ]
        );
    }

    #[test]
    fn the_inner_folder_counts() {
        let config = config("base_url = \"https://example.org\"");
        let mut site = site(&config, &["index.html", "a/b/index.html", "a/index.html"]);
        site.apart = vec![apart("a/", "'a'", "*", false), apart("a/b/", "'b'", "*", false)];
        let (text, ..) = file(&site);
        let inner = said(&text, POLICY).into_iter().find(|(pattern, _)| pattern == "/a/b/*").unwrap();
        assert!(inner.1.contains("style-src 'b'"), "{inner:?}");
        assert!(
            matters("Referrer-Policy", "a.css")
                && matters(POLICY, "a.svg")
                && matters(POLICY, "a.html")
                && !matters(POLICY, "a.css")
        );
    }
}
