//! Nodes, ways and relations, whatever file they are read from.

use super::point::Point;
use super::tags::Tags;
use crate::diagnostic::Text;

/// One element of OpenStreetMap.
pub(super) enum Element<'a> {
    /// A point.
    Node { id: i64, at: Point, tags: Tags<'a> },
    /// A row of nodes.
    Way { id: i64, nodes: &'a [i64], tags: Tags<'a> },
    /// A group; only its ways are told.
    Relation { id: i64, ways: &'a [Member], tags: Tags<'a> },
}

/// A way of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member {
    pub(super) way: i64,
    pub(super) role: Role,
}

/// The part a way plays in a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Outer,
    Inner,
    /// No role, or another.
    Other,
}

impl Role {
    pub(super) fn new(role: &str) -> Self {
        match role {
            "outer" => Self::Outer,
            "inner" => Self::Inner,
            _ => Self::Other,
        }
    }
}

/// The kinds of elements a reader is asked for: it may pass over others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) nodes: bool,
    pub(super) ways: bool,
    pub(super) relations: bool,
}

impl Wanted {
    pub(super) const NODES: Self = Self { nodes: true, ways: false, relations: false };
    pub(super) const WAYS: Self = Self { nodes: false, ways: true, relations: false };
    pub(super) const RELATIONS: Self = Self { nodes: false, ways: false, relations: true };
    pub(super) const ALL: Self = Self { nodes: true, ways: true, relations: true };
}

/// A file that can be read again and again; the error says what is wrong with it.
pub(super) trait Extract {
    /// Shows every wanted element once, in the order of the file.
    fn read(&self, wanted: Wanted, visit: &mut dyn FnMut(Element<'_>)) -> Result<(), Text>;
}
