//! `get_index`.

use std::collections::BTreeMap;

use tera::{Kwargs, State, Value};

use super::{Registrar, SharedStore, language, ready};
use crate::config::Config;
use crate::content::Library;
use crate::guide::{KINDS, Values};
use crate::language::{compare, letter};
use crate::markdown::typeset_for;
use crate::template::map_value;

/// A title with its address.
type Item<'a> = (&'a str, &'a str);

/// `get_index` gives everything that a search of the template's language, or of `lang`, can find, but for explained words:
/// `[{kind, count, letters: [{letter, pages: [{title, permalink}]}]}]`, kinds in the guide's order, then `page` and
/// `section`, letters and titles in the language's alphabetical order.
pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("get_index", move |kwargs: Kwargs, state: &State| {
        let store = &*ready(&own, "get_index")?;
        let language = language(&kwargs, state, store)?;
        let kinds = by_kind(&store.library, &store.values, &language).into_iter();
        Ok(Value::from(
            kinds.map(|(kind, items)| kind_value(kind, items, &language, &store.project.config)).collect::<Vec<_>>(),
        ))
    });
}

fn by_kind<'a>(library: &'a Library, values: &Values, language: &str) -> Vec<(&'a str, Vec<Item<'a>>)> {
    let mut kinds: BTreeMap<(usize, &str), Vec<Item<'a>>> = BTreeMap::new();
    let mut add = |kind: &'static str, title: Option<&'a String>, permalink: &'a str| {
        let order = KINDS.iter().position(|known| known.name == kind).unwrap_or(KINDS.len());
        if let Some(title) = title {
            kinds.entry((order, kind)).or_default().push((title, permalink));
        }
    };
    for (id, page) in library.pages.iter().enumerate().filter(|(_, page)| page.language == language && page.is_found())
    {
        add(values.of(id).map_or("page", |(kind, _)| *kind), page.front.title.as_ref(), &page.permalink);
    }
    for section in library.sections.iter().filter(|section| section.language == language && section.is_found()) {
        add("section", section.front.title.as_ref(), &section.permalink);
    }
    kinds.into_iter().map(|((_, kind), items)| (kind, items)).collect()
}

fn kind_value(kind: &str, items: Vec<Item<'_>>, language: &str, config: &Config) -> Value {
    let mut items: Vec<(String, Item<'_>)> = items.into_iter().map(|item| (letter(language, item.0), item)).collect();
    items.sort_by(|(a, one), (b, other)| {
        compare(language, a, b).then_with(|| compare(language, one.0, other.0)).then_with(|| one.1.cmp(other.1))
    });
    let letters = items.chunk_by(|(a, _), (b, _)| a == b).map(|of| {
        let item = |(_, (title, permalink)): &(String, Item<'_>)| {
            map_value([("title", typeset_for(config, title, language).into()), ("permalink", (*permalink).into())])
        };
        let pages: Vec<Value> = of.iter().map(item).collect();
        map_value([("letter", of[0].0.as_str().into()), ("pages", pages.into())])
    });
    let letters: Vec<Value> = letters.collect();
    map_value([("kind", kind.into()), ("count", items.len().into()), ("letters", letters.into())])
}
