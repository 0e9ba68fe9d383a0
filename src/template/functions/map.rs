//! `get_map`.

use tera::{Error, Kwargs, State, TeraResult, Value};

use super::{Registrar, SharedStore, language, ready};
use crate::diagnostic::did_you_mean;
use crate::guide::Coordinates;
use crate::map::{Atlas, MapWords, PageMap, titled};
use crate::template::{Store, map_of};

/// `get_map` gives a map as `page.map` is one, or nothing where the site has no base map: `path`, the map of that page;
/// `at` (latitude and longitude) with `title`, the surroundings of any point; neither, the map of everything, or of the
/// kinds that `kinds` lists. `id` must
/// be unique in the page and is `map` where nothing is said.
pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("get_map", move |kwargs: Kwargs, state: &State| {
        let store = &*ready(&own, "get_map")?;
        let language = language(&kwargs, state, store)?;
        let id = kwargs.get::<String>("id")?.unwrap_or_else(|| "map".to_string());
        if !id.starts_with(|c: char| c.is_ascii_alphabetic())
            || id.contains(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        {
            return Err(Error::message(format!("get_map: `{id}` is no id; use letters, digits and hyphens")));
        }
        let Some(atlas) = &store.maps.atlas else { return Ok(Value::none()) };
        let map = if let Some(path) = kwargs.get::<String>("path")? {
            of_page(store, &path, &language)?.map(|map| map.with_id(&id))
        } else if let Some(at) = kwargs.get::<Vec<f64>>("at")? {
            let title = kwargs.get::<String>("title")?.unwrap_or_default();
            Some(of_point(store, atlas, &at, &title, &language, &id)?)
        } else {
            let title = kwargs.get::<String>("title")?;
            let kinds = kwargs.get::<Vec<String>>("kinds")?.unwrap_or_default();
            of_everything(store, atlas, title, &kinds, &language, &id)
        };
        Ok(map.map_or_else(Value::none, |map| map_of(&map)))
    });
}

fn of_page<'s>(store: &'s Store, path: &str, language: &str) -> TeraResult<Option<&'s PageMap>> {
    let canonical = store.canonical(path);
    // A bundle may be called by its folder.
    let bundle = format!("{}/index.md", canonical.trim_end_matches('/'));
    let library = &store.library;
    let Some(page) = library.page(&canonical, language).or_else(|| library.page(&bundle, language)) else {
        let known = library.pages.iter().map(|page| page.canonical.as_str());
        let hint = did_you_mean(&canonical, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(Error::message(format!("get_map: there is no page `{path}`{hint}")));
    };
    Ok(store.maps.pages[page].as_ref())
}

fn of_point(store: &Store, atlas: &Atlas, at: &[f64], title: &str, language: &str, id: &str) -> TeraResult<PageMap> {
    let [latitude, longitude] = *at else {
        return Err(Error::message("get_map: `at` is a latitude and a longitude, such as [50.07197, 20.0374]"));
    };
    let point = Coordinates([latitude, longitude]);
    if !point.within([-180.0, -90.0, 180.0, 90.0]) {
        return Err(Error::message(format!("get_map: `at` is not on the earth: {latitude}, {longitude}")));
    }
    let words = MapWords { id, title: titled(&store.project.config, language, title), description: String::new() };
    Ok(PageMap::new(&atlas.point(point, title, language), &words, atlas.attribution(language), None))
}

fn of_everything(
    store: &Store,
    atlas: &Atlas,
    title: Option<String>,
    kinds: &[String],
    language: &str,
    id: &str,
) -> Option<PageMap> {
    let config = &store.project.config;
    let title = title.or_else(|| config.language(language).title.clone()).unwrap_or_default();
    let names: Vec<&str> = atlas.spots(language, kinds).map(|mark| mark.name.as_str()).collect();
    let words = MapWords { id, title: titled(config, language, &title), description: names.join(", ") };
    Some(PageMap::new(&atlas.overview(language, kinds)?, &words, atlas.attribution(language), None))
}
