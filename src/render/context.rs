//! The variables a template starts with.

use tera::{Context, Value};

use crate::content::{Pager, base_path};
use crate::template::{Store, map_value};

/// `config`, `lang`, and for everything with an address `current_url` and `current_path`.
pub(crate) fn base_context(store: &Store, language: &str, path: Option<&str>) -> Context {
    let mut context = Context::new();
    context.insert_value("config", store.config(language));
    context.insert("lang", language);
    if let Some(path) = path {
        context.insert("current_path", path);
        context.insert("current_url", &store.project.config.permalink(path));
    }
    context
}

/// `paginator` for one pager of a list at `path`.
pub(crate) fn pager_value(
    store: &Store,
    pagers: &[Pager],
    at: usize,
    path: &str,
    paginate_path: &str,
    by: usize,
) -> Value {
    let url = |pager: &Pager| Value::from(store.project.config.permalink(&pager.path));
    let pager = &pagers[at];
    let neighbour = |at: Option<usize>| at.and_then(|at| pagers.get(at)).map_or_else(Value::none, url);
    map_value([
        ("paginate_by", by.into()),
        ("first", url(&pagers[0])),
        ("last", pagers.last().map_or_else(Value::none, url)),
        ("previous", neighbour(at.checked_sub(1))),
        ("next", neighbour(Some(at + 1))),
        ("base_url", store.project.config.permalink(&base_path(path, paginate_path)).into()),
        ("number_pagers", pagers.len().into()),
        ("total_pages", pagers.iter().map(|pager| pager.pages.len()).sum::<usize>().into()),
        ("current_index", pager.index.into()),
        ("pages", Value::from(pager.pages.iter().map(|id| store.other_page(*id)).collect::<Vec<_>>())),
    ])
}
