//! The maps of pages.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::draw::{Drawing, PAPER};
use super::{Atlas, File, frame, tours};
use crate::config::{Config, Project};
use crate::content::{Library, Page, PageId};
use crate::diagnostic::Diagnostics;
use crate::guide::{Coordinates, Values};
use crate::source::Value;

/// A map as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageMap {
    /// The map as SVG for a page.
    pub svg: String,
    /// Width and height in the map's units.
    pub size: [f64; 2],
    /// What must stand beside it.
    pub attribution: String,
    /// Address of the map as a file of its own.
    pub permalink: Option<String>,
}

/// What the ids in a page's own map begin with.
const ID: &str = "map";

impl PageMap {
    /// The same map for a page that has several: what is unique in it begins with `id`.
    #[must_use]
    pub fn with_id(&self, id: &str) -> Self {
        let ids = |text: &str| {
            text.replace(&format!("\"{ID}-"), &format!("\"{id}-")).replace(&format!(" {ID}-"), &format!(" {id}-"))
        };
        // They stand in the first tag and in those of the title and the description that follow it, not in what these say:
        // the map's tag, the title's, its text, the description's, and the rest.
        let parts = self.svg.splitn(5, '>').enumerate();
        let own = parts.map(|(at, part)| if at < 4 && part.starts_with('<') { ids(part) } else { part.to_string() });
        Self { svg: own.collect::<Vec<_>>().join(">"), ..self.clone() }
    }

    /// A drawing with its words.
    #[must_use]
    pub fn new(drawing: &Drawing, words: &MapWords<'_>, attribution: &str, permalink: Option<String>) -> Self {
        Self {
            svg: drawing.inline(words.id, &words.title, &words.description),
            size: [frame::WIDTH, drawing.height()],
            attribution: attribution.to_string(),
            permalink,
        }
    }
}

/// What a map says to those who do not see it.
#[derive(Debug, Clone)]
pub struct MapWords<'a> {
    /// Unique in the page.
    pub id: &'a str,
    /// What it shows.
    pub title: String,
    /// What is on it, in order.
    pub description: String,
}

/// What the base map gives to a site.
#[derive(Debug, Default)]
pub struct Maps {
    /// A map for each page that is somewhere, by its position.
    pub pages: Vec<Option<PageMap>>,
    /// Files of the built site.
    pub files: Vec<File>,
    /// What further maps are drawn from.
    pub atlas: Option<Arc<Atlas>>,
}

impl Maps {
    /// Lays tours along their tracks or the streets, adds to the values of blocks what follows from that, and draws the
    /// maps of pages. Without a base map only tours with a track have a way, and no page has a map. Maps that are `known` are not
    /// drawn again, and are no files.
    pub fn make(
        project: &Project,
        library: &Library,
        values: &mut Values,
        known: Option<&[Option<PageMap>]>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut atlas = Atlas::load(project, diagnostics);
        let mut files = tours::lay(atlas.as_mut(), project, library, values, diagnostics);
        let Some(mut atlas) = atlas else {
            return Self { pages: vec![None; library.pages.len()], files, atlas: None };
        };
        tours::report_cut_off(&atlas.map, diagnostics);
        atlas.mark(library, values);
        if let Some(known) = known.filter(|known| known.len() == library.pages.len()) {
            return Self { pages: known.to_vec(), files, atlas: Some(Arc::new(atlas)) };
        }
        let drawn: Vec<Option<(PageMap, Option<File>)>> = (0..library.pages.len())
            .into_par_iter()
            .map(|id| draw(&atlas, &project.config, library, values, id))
            .collect();
        let mut pages = Vec::with_capacity(drawn.len());
        for map in drawn {
            let (map, file) = map.map_or((None, None), |(map, file)| (Some(map), file));
            pages.push(map);
            files.extend(file);
        }
        Self { pages, files, atlas: Some(Arc::new(atlas)) }
    }
}

impl Maps {
    /// The way of a tour along the streets of the base map or its track, a line for each leg.
    #[must_use]
    pub fn route(&self, page: PageId) -> Option<&[Vec<Coordinates>]> {
        self.atlas.as_ref()?.routes.get(&page).map(Vec::as_slice)
    }
}

/// The map of one page, and for a tour the same as a file.
fn draw(
    atlas: &Atlas,
    config: &Config,
    library: &Library,
    values: &Values,
    id: PageId,
) -> Option<(PageMap, Option<File>)> {
    let page = &library.pages[id];
    let original = library.page(&page.canonical, &config.default_language).unwrap_or(id);
    let drawing = atlas.page(id, original, &page.language, values)?;
    let (kind, value) = values.of(id)?;
    let words = MapWords { id: ID, title: title(config, page), description: description(value) };
    let attribution = atlas.attribution(&page.language);
    let mut file = None;
    let mut permalink = None;
    if *kind == "tour" {
        let name = format!("{}.svg", page.slug);
        let text = drawing.standalone(&words.title, &words.description, attribution, PAPER);
        file = Some((format!("{}{name}", page.path.trim_start_matches('/')), text));
        permalink = Some(format!("{}{name}", page.permalink));
    }
    Some((PageMap::new(&drawing, &words, attribution, permalink), file))
}

/// The title of the page, after the language's word for a map where it has one.
fn title(config: &Config, page: &Page) -> String {
    titled(config, &page.language, page.front.title.as_deref().unwrap_or_default())
}

/// A title after the language's word for a map where it has one.
#[must_use]
pub fn titled(config: &Config, language: &str, title: &str) -> String {
    match config.language(language).translations.get("map") {
        Some(word) => format!("{word}: {title}"),
        None => title.to_string(),
    }
}

/// A tour's stops in order; the places nearest to anything else.
fn description(value: &Value) -> String {
    let titles = |list: &Value, title: fn(&Value) -> &Value| -> Vec<String> {
        list.as_array().into_iter().flatten().filter_map(|item| title(item).as_str().map(str::to_string)).collect()
    };
    match &value["stops"] {
        Value::Null => titles(&value["nearest"], |item| &item["page"]["title"]).join(", "),
        stops => {
            let stops = titles(stops, |item| &item["title"]).into_iter().enumerate();
            stops.map(|(at, title)| format!("{}. {title}", at + 1)).collect::<Vec<_>>().join("; ")
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_map_is_told_in_words() {
        let stops = json!({ "stops": [{ "title": "A" }, { "title": 7 }, { "title": "B" }], "nearest": [] });
        assert_eq!(description(&stops), "1. A; 2. B");
        let nearest = json!({ "nearest": [{ "page": { "title": "C" } }, { "page": { "title": "D" } }] });
        assert_eq!(description(&nearest), "C, D");
        assert_eq!((description(&json!({ "stops": [] })), description(&json!({}))), (String::new(), String::new()));
    }

    #[test]
    fn what_is_unique_in_a_map_takes_another_name() {
        let map =
            |svg: &str| PageMap { svg: svg.into(), size: [3000.0, 2000.0], attribution: "A".into(), permalink: None };
        let own = "<svg class=\"map m20\" aria-labelledby=\"map-t map-d\"><title id=\"map-t\">A map-maker</title>\
                   <desc id=\"map-d\">D</desc><a aria-label=\"map-d\"/></svg>";
        let other = map(own).with_id("y1");
        // Only the head has ids; what a page is called is left as it is.
        let (head, rest) = other.svg.split_at(other.svg.find("D</desc>").unwrap());
        assert!(head.starts_with("<svg class=\"map m20\" aria-labelledby=\"y1-t y1-d\"><title id=\"y1-t\">"), "{head}");
        assert!(head.ends_with(">A map-maker</title><desc id=\"y1-d\">"), "{head}");
        assert_eq!(rest, "D</desc><a aria-label=\"map-d\"/></svg>");
        assert_eq!((other.size, other.attribution.as_str()), ([3000.0, 2000.0], "A"));
        assert_eq!(map("no map").with_id("y1").svg, "no map");
    }
}
