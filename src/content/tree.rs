//! Sections above pages, pages in sections, and their order.

use std::collections::HashMap;

use super::{Library, PageId, SectionId, SortBy, sort};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::source::Step;
use crate::text;

/// Fills in ancestors, the pages and subsections of every section in their order, and neighbours.
pub(super) fn connect(library: &mut Library, diagnostics: &mut Diagnostics) {
    let by_folder: HashMap<(String, Vec<String>), SectionId> = library
        .sections
        .iter()
        .enumerate()
        .map(|(id, section)| ((section.language.clone(), section.folders.clone()), id))
        .collect();
    let at = |language: &str, folders: &[String]| by_folder.get(&(language.to_string(), folders.to_vec())).copied();
    let above = |language: &str, folders: &[String]| -> Vec<SectionId> {
        (0..=folders.len()).filter_map(|depth| at(language, &folders[..depth])).collect()
    };

    for id in 0..library.sections.len() {
        let section = &library.sections[id];
        let mut ancestors = above(&section.language, &section.folders);
        ancestors.pop();
        let parent = (!section.is_root())
            .then(|| at(&section.language, &section.folders[..section.folders.len() - 1]))
            .flatten();
        let inherited = ancestors.iter().rev().find_map(|ancestor| library.sections[*ancestor].front.hidden);
        let hidden = section.front.hidden.or(inherited).unwrap_or(false);
        library.sections[id].ancestors = ancestors;
        library.sections[id].hidden = hidden;
        if let Some(parent) = parent.filter(|_| !hidden) {
            library.sections[parent].subsections.push(id);
        }
    }
    for id in 0..library.sections.len() {
        order_subsections(library, id);
    }

    let mut listed: Vec<Vec<PageId>> = vec![vec![]; library.sections.len()];
    for id in 0..library.pages.len() {
        let page = &library.pages[id];
        let folders = page.source.name.section_folders();
        let Some(section) = at(&page.language, folders) else { continue };
        let mut ancestors = above(&page.language, folders);
        let hidden = page.front.hidden.unwrap_or(library.sections[section].hidden);
        let template = ancestors.iter().rev().find_map(|id| library.sections[*id].front.page_template.clone());
        if page.front.render && !hidden {
            let mut depth = ancestors.len();
            while depth > 0 {
                let owner = ancestors[depth - 1];
                listed[owner].push(id);
                if !library.sections[owner].front.transparent {
                    break;
                }
                depth -= 1;
            }
        }
        // A transparent section hands its pages on: they belong to the nearest one that does not.
        while ancestors.len() > 1 && ancestors.last().is_some_and(|last| library.sections[*last].front.transparent) {
            ancestors.pop();
        }
        let page = &mut library.pages[id];
        page.ancestors = ancestors;
        page.hidden = hidden;
        if page.front.template.is_none() {
            page.front.template = template;
        }
    }
    for (id, pages) in listed.into_iter().enumerate() {
        order(library, id, &pages, diagnostics);
    }
}

/// The language whose alphabet orders titles in a section, where the site asks for one.
fn alphabet(library: &Library, id: SectionId) -> Option<&str> {
    library.collate.then(|| library.sections[id].language.as_str())
}

fn order_subsections(library: &mut Library, id: SectionId) {
    let by = library.sections[id].front.sort_by;
    let alphabet = alphabet(library, id);
    let (sorted, ignored) = sort::sort_sections(&library.sections, &library.sections[id].subsections, by, alphabet);
    if by != SortBy::None {
        for pair in sorted.windows(2) {
            library.sections[pair[0]].higher = Some(pair[1]);
            library.sections[pair[1]].lower = Some(pair[0]);
        }
    }
    library.sections[id].subsections = sorted;
    library.sections[id].ignored_subsections = ignored;
}

fn order(library: &mut Library, id: SectionId, pages: &[PageId], diagnostics: &mut Diagnostics) {
    let by = library.sections[id].front.sort_by;
    let alphabet = alphabet(library, id);
    let (sorted, ignored) = sort::sort(&library.pages, pages, by, alphabet);
    for page in &ignored {
        let page = &library.pages[*page];
        if page.fallback_of.is_some() {
            continue;
        }
        let key = match by {
            SortBy::Date | SortBy::UpdateDate => "date",
            SortBy::Title | SortBy::TitleBytes => "title",
            _ => "weight",
        };
        diagnostics.push(
            Diagnostic::warning(
                Code::Unsortable,
                Span::clone(&page.source.front.key_span(&page.source.text, &[Step::key(key)])),
                text!(
                    "strona nie ma klucza „{key}”, według którego układany jest jej dział, więc nie zostanie opublikowana",
                    "the page lacks `{key}`, by which its section is sorted, so it is not published"
                ),
            )
            .help(text!("dodaj wiersz „{key}: …”", "add a line `{key}: …`")),
        );
    }
    let section = &library.sections[id];
    // A transparent section's pages get their neighbours from the section that lists them for good.
    if by != SortBy::None && !section.front.transparent {
        for pair in sorted.windows(2) {
            library.pages[pair[0]].higher = Some(pair[1]);
            library.pages[pair[1]].lower = Some(pair[0]);
        }
    }
    library.sections[id].pages = sorted;
    library.sections[id].ignored_pages = ignored;
}
