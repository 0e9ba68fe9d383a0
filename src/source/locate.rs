//! Where a value of front matter stands in its text: asked only when something is wrong with it.

use std::ops::Range;

use saphyr::{LoadableYamlNode, MarkedYamlOwned, YamlDataOwned};

use super::Step;

/// Byte ranges of a key and its value. An item of a list is its own key.
pub(super) struct Found {
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
}

/// A YAML text with its places, read once for all that is wrong in it.
#[derive(Debug)]
pub(super) struct Places(Option<MarkedYamlOwned>);

impl Places {
    pub(super) fn of(text: &str) -> Self {
        Self(MarkedYamlOwned::load_from_str(text).ok().and_then(|documents| documents.into_iter().next()))
    }

    /// Finds `path`, or as much of it as there is, in the text they were made of.
    pub(super) fn find(&self, text: &str, path: &[Step]) -> Option<Found> {
        let mut node = self.0.as_ref()?;
        let mut found = None;
        for step in path {
            let next = match (step, &node.data) {
                (Step::Key(name), YamlDataOwned::Mapping(map)) => {
                    map.iter().find(|(key, _)| key.data.as_str() == Some(name.as_str()))
                }
                (Step::Index(at), YamlDataOwned::Sequence(list)) => list.get(*at).map(|item| (item, item)),
                _ => None,
            };
            let Some((key, value)) = next else { break };
            found = Some((key, value));
            node = value;
        }
        found.map(|(key, value)| Found { key: bytes(text, key), value: bytes(text, value) })
    }
}

/// saphyr counts lines from 1 and columns from 0, both in characters.
fn bytes(text: &str, node: &MarkedYamlOwned) -> Range<usize> {
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

/// Finds `path` in TOML text, or as much of it as there is.
pub(super) fn in_toml(text: &str, path: &[Step]) -> Option<Found> {
    let document = toml::de::DeTable::parse(text).ok()?;
    let mut found: Option<Found> = None;
    let mut table = Some(document.get_ref());
    let mut list: Option<&toml::de::DeArray<'_>> = None;
    for step in path {
        let value = match step {
            Step::Key(name) => {
                let next = table.and_then(|table| table.iter().find(|(key, _)| key.get_ref() == name.as_str()));
                let Some((key, value)) = next else { break };
                found = Some(Found { key: key.span(), value: value.span() });
                value
            }
            Step::Index(at) => {
                let Some(value) = list.and_then(|list| list.get(*at)) else { break };
                found = Some(Found { key: value.span(), value: value.span() });
                value
            }
        };
        table = value.get_ref().as_table();
        list = value.get_ref().as_array();
    }
    found
}
