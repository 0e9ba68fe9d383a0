//! Who looks at a site while it is built again and again.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Words};

/// Who looks at a site while it is built again and again.
pub trait Viewer: Sync {
    /// Paths of the outputs that are looked at: they are made before all others.
    fn looked_at(&self) -> BTreeSet<String>;

    /// Takes the content file of each page of the site, by the path of its output.
    fn pages(&self, origins: BTreeMap<String, String>);

    /// Takes what is looked at, as soon as it is made. The rest is made when this returns.
    fn glimpse(&self, glimpse: Glimpse<'_>);

    /// Whether the rest is not wanted, for something has changed again.
    fn gives_up(&self) -> bool;
}

/// What can be told before everything is made.
#[derive(Debug)]
pub struct Glimpse<'a> {
    /// The outputs that are looked at: path and bytes.
    pub made: Vec<(String, Vec<u8>)>,
    /// What there is to say so far, in reading order.
    pub diagnostics: &'a [Diagnostic],
    /// Language of the site's own people.
    pub words: Words,
}

/// Nobody looks.
pub(super) struct Nobody;

impl Viewer for Nobody {
    fn looked_at(&self) -> BTreeSet<String> {
        BTreeSet::new()
    }

    fn pages(&self, _: BTreeMap<String, String>) {}

    fn glimpse(&self, _: Glimpse<'_>) {}

    fn gives_up(&self) -> bool {
        false
    }
}
