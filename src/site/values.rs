//! The values of all pages and sections.

use std::sync::Arc;

use rayon::prelude::*;
use tera::{Map, Value};

use super::bodies::{Backlink, Bodies};
use crate::config::Project;
use crate::content::{Library, PageId, SectionId};
use crate::diagnostic::Diagnostics;
use crate::gallery::Galleries;
use crate::guide::{self, Facets, Guide};
use crate::map::Maps;
use crate::memory::{Memory, Parts};
use crate::open_data::OpenData;
use crate::template::{PageBlock, PageParts, Twins, twin_value};

/// What the rooms before templates made of the content.
pub(super) struct Made<'a> {
    pub(super) guide: &'a Guide,
    pub(super) values: &'a guide::Values,
    pub(super) facets: &'a Facets,
    pub(super) maps: &'a Maps,
    pub(super) galleries: &'a Galleries,
    pub(super) bodies: &'a Bodies,
    pub(super) open_data: &'a OpenData,
    pub(super) twins: &'a Twins,
    pub(super) memory: &'a Memory,
}

/// The values of all pages and sections.
pub(super) fn template_values(project: &Project, library: &Library, made: &Made<'_>) -> (Vec<Value>, Vec<Value>) {
    let Made { guide, values, facets, maps, galleries, bodies, twins, open_data, memory } = *made;
    let config = &project.config;
    let backlinks = bodies.backlinks(library);
    let bare: Vec<Arc<Map>> = (0..library.pages.len())
        .into_par_iter()
        .map(|id| {
            let (body, backlinks) = (&bodies.pages[id], backlinks.page(id));
            // The body's key holds everything but who links here.
            let key = body.key.map(|key| backlinks_part(Parts::of("page value").with(key), backlinks).key());
            let value = || {
                let block = PageBlock {
                    entry: guide.entry(id),
                    value: values.of(id),
                    map: maps.pages[id].as_ref(),
                    facets: facets.of_page(id),
                };
                let (rendered, gallery) = (&body.rendered, galleries.page(id));
                PageParts { library, config, rendered, gallery, backlinks, open_data: Some(open_data) }
                    .page(&library.pages[id], &block)
            };
            memory.keep(key, &mut Diagnostics::default(), |_| (value(), true))
        })
        .collect();
    let alone: Vec<Value> = bare.iter().map(|map| Map::clone(map).into()).collect();
    let neighbour = |id: Option<PageId>| id.map_or_else(Value::none, |id| alone[id].clone());
    let pages: Vec<Value> = bare
        .into_iter()
        .zip(&library.pages)
        .map(|(map, page)| {
            let mut map = Map::clone(&map);
            map.insert("embed".into(), twin_value(config, &page.path, twins.page(config, page).as_ref()));
            map.insert("lower".into(), neighbour(page.lower));
            map.insert("higher".into(), neighbour(page.higher));
            map.into()
        })
        .collect();
    let bare: Vec<Map> = library
        .sections
        .iter()
        .enumerate()
        .map(|(id, section)| {
            let parts = PageParts {
                library,
                config,
                rendered: &bodies.sections[id].rendered,
                gallery: galleries.section(id),
                backlinks: backlinks.section(id),
                open_data: Some(open_data),
            };
            parts.section(section)
        })
        .collect();
    let neighbour = |id: Option<SectionId>| id.map_or_else(Value::none, |id| bare[id].clone().into());
    let sections = library
        .sections
        .iter()
        .enumerate()
        .map(|(id, section)| {
            let mut map = bare[id].clone();
            map.insert("embed".into(), twin_value(config, &section.path, twins.section(config, section).as_ref()));
            map.insert("pages".into(), section.pages.iter().map(|id| pages[*id].clone()).collect::<Vec<_>>().into());
            map.insert("lower".into(), neighbour(section.lower));
            map.insert("higher".into(), neighbour(section.higher));
            map.insert("facets".into(), PageParts::facets(facets.of_section(id)));
            map.into()
        })
        .collect();
    (pages, sections)
}

fn backlinks_part(parts: Parts, backlinks: &[Backlink]) -> Parts {
    let one =
        |parts: Parts, (permalink, title): &Backlink| parts.with(permalink).with(title.as_deref().unwrap_or_default());
    backlinks.iter().fold(parts, one)
}
