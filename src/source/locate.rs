//! Where a value of front matter stands in its text: asked only when something is wrong with it.

use std::ops::Range;

use saphyr::{LoadableYamlNode, MarkedYaml, YamlData};

use super::Step;

/// Byte ranges of a key and its value. An item of a list is its own key.
pub(super) struct Found {
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
}

/// Finds `path` in YAML text.
pub(super) fn in_yaml(text: &str, path: &[Step]) -> Option<Found> {
    let documents = MarkedYaml::load_from_str(text).ok()?;
    let mut node = documents.first()?;
    let mut key: Option<Range<usize>> = None;
    for step in path {
        (key, node) = match (step, &node.data) {
            (Step::Key(name), YamlData::Mapping(map)) => {
                let (found, value) = map.iter().find(|(key, _)| key.data.as_str() == Some(name.as_str()))?;
                (Some(bytes(text, found)), value)
            }
            (Step::Index(at), YamlData::Sequence(list)) => {
                let item = list.get(*at)?;
                (Some(bytes(text, item)), item)
            }
            _ => return None,
        };
    }
    Some(Found { key: key?, value: bytes(text, node) })
}

/// saphyr counts lines from 1 and columns from 0, both in characters.
fn bytes(text: &str, node: &MarkedYaml) -> Range<usize> {
    let offset = |line: usize, column: usize| {
        let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
        let rest = &text[start.min(text.len())..];
        start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
    };
    let (start, end) = (node.span.start, node.span.end);
    let start_at = offset(start.line(), start.col());
    let end_at = offset(end.line(), end.col()).max(start_at);
    let trimmed = text[start_at..end_at].trim_end().len();
    start_at..start_at + trimmed
}

/// Finds `path` in TOML text.
pub(super) fn in_toml(text: &str, path: &[Step]) -> Option<Found> {
    let document = toml::de::DeTable::parse(text).ok()?;
    let mut found: Option<Found> = None;
    let mut table = Some(document.get_ref());
    let mut list: Option<&toml::de::DeArray<'_>> = None;
    for step in path {
        let value = match step {
            Step::Key(name) => {
                let (key, value) = table?.iter().find(|(key, _)| key.get_ref() == name.as_str())?;
                found = Some(Found { key: key.span(), value: value.span() });
                value
            }
            Step::Index(at) => {
                let value = list?.get(*at)?;
                found = Some(Found { key: value.span(), value: value.span() });
                value
            }
        };
        table = value.get_ref().as_table();
        list = value.get_ref().as_array();
    }
    found
}
