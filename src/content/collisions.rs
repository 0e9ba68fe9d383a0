//! Two things on one address.

use std::collections::BTreeMap;

use super::{Library, Taxonomy, alias_file, clean_path, index_file, pagers};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::source::{Source, Step};
use crate::text;

/// One claim to an address: who, and where it says so.
struct Claim<'a> {
    who: String,
    place: Place<'a>,
    /// It only repeats its original's claim in another language.
    repeats: bool,
}

/// Where somebody says so: looked for only when it has to be told.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// No file does.
    Nowhere,
    /// The file itself, by its name and where it lies.
    Itself,
    /// The key that makes the address, else the title, else the fence.
    Address(&'a Source),
    /// One of the aliases.
    Alias(&'a Source, usize),
}

impl Place<'_> {
    fn span(self, who: &str) -> Option<Span> {
        match self {
            Self::Nowhere => None,
            Self::Itself => Some(Span::file(who)),
            Self::Address(source) => {
                let key = ["path", "slug", "title"].into_iter().find(|key| source.front.table.contains_key(*key));
                Some(source.front.value_span(&source.text, &[Step::key(key.unwrap_or("title"))]))
            }
            Self::Alias(source, at) => {
                Some(source.front.value_span(&source.text, &[Step::key("aliases"), Step::Index(at)]))
            }
        }
    }
}

/// Reports every file that two pages, sections, pagers, aliases, co-located files, taxonomies or terms claim.
pub(super) fn check(library: &Library, diagnostics: &mut Diagnostics) {
    let mut claims: BTreeMap<String, Vec<Claim<'_>>> = BTreeMap::new();
    let mut claim = |file: String, who: &str, place, repeats| {
        // What cannot be an address was told as such.
        if clean_path(&file).is_none() {
            return;
        }
        claims.entry(file).or_default().push(Claim { who: who.to_string(), place, repeats });
    };
    for page in &library.pages {
        let (file, repeats) = (&page.source.text.file, page.fallback_of.is_some());
        if page.front.render && !page.path.contains("//") {
            claim(index_file(&page.path), file, Place::Address(&page.source), repeats);
            for (path, asset) in page.asset_files() {
                claim(path, &format!("content/{}", asset.path), Place::Itself, repeats);
            }
        }
        if !repeats {
            aliases(&page.front.aliases, &page.source, &mut claim);
        }
    }
    for section in &library.sections {
        let (file, repeats) = (format!("content/{}", section.relative_path()), section.fallback_of.is_some());
        let place = section.source.as_ref().map_or(Place::Nowhere, |source| Place::Address(source));
        if section.front.render && !section.path.contains("//") {
            claim(index_file(&section.path), &file, place, repeats);
            for (path, asset) in section.asset_files() {
                claim(path, &format!("content/{}", asset.path), Place::Itself, repeats);
            }
            if let Some(by) = section.paginate_by() {
                for pager in pagers(&section.path, &section.front.paginate_path, &section.pages, by, false) {
                    claim(index_file(&pager.numbered_path), &file, place, repeats);
                }
            }
        }
        if let Some(source) = section.source.as_ref().filter(|_| !repeats) {
            aliases(&section.front.aliases, source, &mut claim);
        }
    }
    let written = |taxonomy: &&Taxonomy| taxonomy.config.is_rendered() && !taxonomy.terms.is_empty();
    for taxonomy in library.taxonomies.iter().filter(written) {
        let name = &taxonomy.config.name;
        claim(index_file(&taxonomy.path), &format!("[[taxonomies]] {name}"), Place::Nowhere, false);
        for term in &taxonomy.terms {
            let who = format!("[[taxonomies]] {name}: {}", term.name);
            claim(index_file(&term.path), &who, Place::Nowhere, false);
            if let Some(by) = taxonomy.paginate_by() {
                for pager in pagers(&term.path, taxonomy.config.paginate_path(), &term.pages, by, false) {
                    claim(index_file(&pager.numbered_path), &who, Place::Nowhere, false);
                }
            }
        }
    }
    // Where all of them repeat their originals, the originals collide too and are told.
    // A file of a bundle inside a bundle is claimed by both, for the same place.
    let has_place = |claim: &Claim<'_>| !matches!(claim.place, Place::Nowhere);
    let collides = |claims: &[Claim<'_>]| {
        claims.iter().any(|claim| claim.who != claims[0].who) && !claims.iter().all(|claim| claim.repeats)
    };
    for (file, claims) in claims.iter().filter(|(_, claims)| collides(claims)) {
        let address = address_of(file);
        for (at, claim) in claims.iter().enumerate() {
            // Taxonomies have no file: they are told where they meet something that has one, or at the first.
            if !has_place(claim) && (at > 0 || claims.iter().any(has_place)) {
                continue;
            }
            let others =
                claims.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other.who.as_str());
            let others = others.collect::<Vec<_>>().join(", ");
            diagnostics.push(
                Diagnostic::error(
                    Code::PathCollision,
                    claim.place.span(&claim.who),
                    text!("adres {address} zajmuje już: {others}", "the address {address} is also taken by {others}"),
                )
                .help(text!(
                    "zmień „slug”, „path” albo alias w jednym z tych plików, albo nazwę pliku lub folderu",
                    "change `slug`, `path` or the alias in one of these files, or the name of the file or folder"
                )),
            );
        }
    }
}

fn aliases<'a>(aliases: &[String], source: &'a Source, claim: &mut impl FnMut(String, &str, Place<'a>, bool)) {
    for (at, alias) in aliases.iter().enumerate().filter(|(_, alias)| clean_path(alias).is_some()) {
        claim(alias_file(alias), &source.text.file, Place::Alias(source, at), false);
    }
}

/// The address of a file, as people know it.
fn address_of(file: &str) -> String {
    format!("/{}", file.strip_suffix("index.html").unwrap_or(file))
}
