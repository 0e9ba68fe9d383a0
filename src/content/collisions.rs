//! Two things on one address.

use std::collections::BTreeMap;

use super::Library;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::source::{Source, Step};
use crate::text;

/// One claim to an address: who, and where it says so.
struct Claim {
    who: String,
    span: Option<Span>,
    /// It only repeats its original's claim in another language.
    repeats: bool,
}

/// Reports every address that two pages, sections, aliases, taxonomies or terms claim.
pub(super) fn check(library: &Library, diagnostics: &mut Diagnostics) {
    let mut claims: BTreeMap<&str, Vec<Claim>> = BTreeMap::new();
    let mut claim = |path, who: &str, span, repeats| {
        claims.entry(path).or_default().push(Claim { who: who.to_string(), span, repeats });
    };
    for page in &library.pages {
        let file = &page.source.text.file;
        if page.front.render {
            claim(page.path.as_str(), file, Some(address_span(&page.source)), page.fallback_of.is_some());
        }
        if page.fallback_of.is_none() {
            for (at, alias) in page.front.aliases.iter().enumerate() {
                let path = [Step::key("aliases"), Step::Index(at)];
                claim(alias.as_str(), file, Some(page.source.front.value_span(&page.source.text, &path)), false);
            }
        }
    }
    for section in &library.sections {
        let file = format!("content/{}", section.relative_path());
        let span = section.source.as_ref().map(|source| address_span(source));
        if section.front.render {
            claim(section.path.as_str(), &file, span, section.fallback_of.is_some());
        }
        if let Some(source) = section.source.as_ref().filter(|_| section.fallback_of.is_none()) {
            for (at, alias) in section.front.aliases.iter().enumerate() {
                let path = [Step::key("aliases"), Step::Index(at)];
                claim(alias.as_str(), &file, Some(source.front.value_span(&source.text, &path)), false);
            }
        }
    }
    for taxonomy in library.taxonomies.iter().filter(|taxonomy| taxonomy.config.render) {
        let name = format!("taxonomy {}", taxonomy.config.name);
        claim(taxonomy.path.as_str(), &name, None, false);
        for term in &taxonomy.terms {
            claim(term.path.as_str(), &format!("{name}: {}", term.name), None, false);
        }
    }
    // Where all of them repeat their originals, the originals collide too and are told.
    let collides = |claims: &[Claim]| claims.len() > 1 && !claims.iter().all(|claim| claim.repeats);
    for (path, claims) in claims.iter().filter(|(_, claims)| collides(claims)) {
        for (at, claim) in claims.iter().enumerate() {
            let Some(span) = &claim.span else { continue };
            let others: Vec<&str> = claims
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .map(|(_, other)| other.who.as_str())
                .collect();
            let others = others.join(", ");
            diagnostics.push(
                Diagnostic::error(
                    Code::PathCollision,
                    span.clone(),
                    text!("adres {path} ma już: {others}", "the address {path} is also taken by {others}"),
                )
                .help(text!(
                    "zmień „slug” w jednym z tych plików albo nazwę pliku lub folderu",
                    "change `slug` in one of these files, or the name of the file or folder"
                )),
            );
        }
    }
}

/// The key that makes the address, else the title, else the fence.
fn address_span(source: &Source) -> Span {
    let key = ["path", "slug", "title"].into_iter().find(|key| source.front.table.contains_key(*key));
    source.front.value_span(&source.text, &[Step::key(key.unwrap_or("title"))])
}
