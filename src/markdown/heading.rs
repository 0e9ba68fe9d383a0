//! Headings: anchors that no two share, and the tree of contents.

use std::collections::{BTreeSet, HashMap};

/// A heading and those below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Anchor.
    pub id: String,
    /// Address of the heading.
    pub permalink: String,
    /// Text without marks.
    pub title: String,
    /// Headings of deeper levels that follow it.
    pub children: Vec<Heading>,
}

/// Hands out anchors; a taken one gets `-1`, `-2` and so on.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: BTreeSet<String>,
    /// The last number given out for each text.
    numbers: HashMap<String, usize>,
}

impl Anchors {
    /// Takes an anchor that an editor wrote out.
    pub(super) fn reserve(&mut self, id: &str) {
        self.taken.insert(id.to_string());
    }

    /// Takes the first free anchor made from `id`.
    pub(super) fn free(&mut self, id: &str) -> String {
        let mut free = id.to_string();
        let number = self.numbers.entry(id.to_string()).or_default();
        while !self.taken.insert(free.clone()) {
            *number += 1;
            free = format!("{id}-{number}");
        }
        free
    }
}

/// Nests a flat list of headings by level; a skipped level nests under the last shallower heading.
pub(super) fn nest(flat: Vec<Heading>) -> Vec<Heading> {
    let mut roots: Vec<Heading> = vec![];
    for heading in flat {
        insert(&mut roots, heading);
    }
    roots
}

fn insert(siblings: &mut Vec<Heading>, heading: Heading) {
    match siblings.last_mut() {
        Some(last) if last.level < heading.level => insert(&mut last.children, heading),
        _ => siblings.push(heading),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8) -> Heading {
        Heading { level, id: String::new(), permalink: String::new(), title: String::new(), children: vec![] }
    }

    #[test]
    fn nests_by_level() {
        let tree = nest([2, 4, 3, 2, 1].into_iter().map(heading).collect());
        assert_eq!(tree.iter().map(|h| h.level).collect::<Vec<_>>(), [2, 2, 1]);
        assert_eq!(tree[0].children.iter().map(|h| h.level).collect::<Vec<_>>(), [4, 3]);
    }

    #[test]
    fn anchors_are_unique() {
        let mut anchors = Anchors::default();
        anchors.reserve("a");
        assert_eq!((anchors.free("a"), anchors.free("a"), anchors.free("b")), ("a-1".into(), "a-2".into(), "b".into()));
    }
}
