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
