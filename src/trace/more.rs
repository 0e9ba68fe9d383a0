//! What only a build needs that makes something again: in a file of its own, for most builds find nothing changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::Trace;
use crate::content::{Library, Page, Section, Target};
use crate::image::KnownPicture;
use crate::markdown::{AnchorCheck, Rendered};
use crate::publish::{KeptIndexes, Seen};
use crate::template::Asked;

/// What bodies and outputs said and asked for, so that it is known of those that are not made again.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub struct More {
    /// Things that are made because somebody asked for them: pictures, names with a hash, words that were not translated.
    things: Vec<String>,
    /// Where each of them is, once that was asked.
    #[serde(skip)]
    places: HashMap<String, usize>,
    /// Bodies, by the names of their pages and sections.
    pub bodies: BTreeMap<String, BodyTrace>,
    /// Outputs of templates, by their paths.
    pub outputs: BTreeMap<String, AskedTrace>,
    /// Pictures of pages.
    pub pictures: Vec<KnownPicture>,
    /// Search indexes.
    pub indexes: KeptIndexes,
    /// What the host was told.
    pub seen: Seen,
}

/// What a run of a template, or a body that was rendered, asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedTrace {
    /// By their places in the list of things.
    things: Vec<usize>,
    /// Pages and sections by their places in the library, where a template shows texts of others.
    pages: Vec<usize>,
    sections: Vec<usize>,
    alone: Vec<usize>,
    everything: bool,
}

/// A body that was rendered.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyTrace {
    /// Everything an anchor can point at.
    ids: BTreeSet<String>,
    /// Anchors that it names, and whose they are; none where they are its own.
    anchors: Vec<(Option<String>, String)>,
    asked: AskedTrace,
    /// Whether it is a template.
    is_template: bool,
    /// Undescribed pictures that it mentions.
    mentions: Vec<String>,
}

impl AskedTrace {
    /// Whether it asks for the same things as another.
    #[must_use]
    pub fn asks_like(&self, other: &Self) -> bool {
        self.things == other.things && self.everything == other.everything
    }

    /// Whether it shows the text of a page or section for which `is` is true: of one that it was given, of those that this one
    /// holds, or of neighbours.
    #[must_use]
    pub fn shows(&self, library: &Library, is: &dyn Fn(&Target) -> bool) -> bool {
        let page = |id: usize| {
            let Some(Page { lower, higher, .. }) = library.pages.get(id) else { return true };
            [Some(id), *lower, *higher].into_iter().flatten().any(|id| is(&Target::Page(id)))
        };
        let section = |id: usize| {
            let Some(Section { lower, higher, pages, .. }) = library.sections.get(id) else { return true };
            [Some(id), *lower, *higher].into_iter().flatten().any(|id| is(&Target::Section(id)))
                || pages.iter().any(|id| page(*id))
        };
        self.everything
            || self.pages.iter().any(|id| page(*id))
            || self.sections.iter().any(|id| section(*id))
            || self.alone.iter().any(|id| is(&Target::Section(*id)))
    }
}

impl BodyTrace {
    /// What is kept of a body.
    #[must_use]
    pub fn of(
        (ids, checks): (&BTreeSet<String>, &[AnchorCheck]),
        asked: AskedTrace,
        is_template: bool,
        mentions: Vec<String>,
        library: &Library,
    ) -> Self {
        let anchor = |check: &AnchorCheck| {
            // Files have no anchors that anybody knows.
            let target = match &check.target {
                Some(target) => Some(Trace::name(target, library)?),
                None => None,
            };
            Some((target, check.anchor.clone()))
        };
        Self { ids: ids.clone(), anchors: checks.iter().filter_map(anchor).collect(), asked, is_template, mentions }
    }

    /// Whether it asks for the same things as another, and mentions the same pictures.
    #[must_use]
    pub fn asks_like(&self, other: &Self) -> bool {
        self.asked.asks_like(&other.asked) && self.mentions == other.mentions
    }

    /// The body without its text; `None` where it names what is not there.
    #[must_use]
    pub fn rendered(&self, targets: Vec<Target>, library: &Library) -> Option<Rendered> {
        let check = |(target, anchor): &(Option<String>, String)| {
            let target = match target {
                Some(name) => Some(Trace::target(name, library)?),
                None => None,
            };
            Some(AnchorCheck { target, anchor: anchor.clone(), place: None })
        };
        let checks = self.anchors.iter().map(check).collect::<Option<_>>()?;
        Some(Rendered { ids: self.ids.clone(), targets, checks, ..Rendered::default() })
    }
}

impl More {
    /// What is known without bodies and outputs.
    #[must_use]
    pub fn of(pictures: Vec<KnownPicture>, indexes: KeptIndexes, seen: Seen) -> Self {
        Self { pictures, indexes, seen, ..Self::default() }
    }

    /// Whether some template looks at the texts of all pages.
    #[must_use]
    pub fn shows_everything(&self) -> bool {
        let bodies = self.bodies.values().map(|body| &body.asked);
        self.outputs.values().chain(bodies).any(|asked| asked.everything)
    }

    /// Whether some body is a template.
    #[must_use]
    pub fn has_templates(&self) -> bool {
        self.bodies.values().any(|body| body.is_template)
    }

    /// What a run asked for; what it was given only where a template may show texts of others.
    pub fn asked(&mut self, asked: &Asked, shows_others: bool) -> AskedTrace {
        let things = asked.things.iter().map(|thing| self.thing(thing)).collect();
        let shown = |ids: &BTreeSet<usize>| if shows_others { ids.iter().copied().collect() } else { vec![] };
        let (pages, sections, alone) = (shown(&asked.pages), shown(&asked.sections), shown(&asked.alone));
        AskedTrace { things, pages, sections, alone, everything: asked.everything }
    }

    /// The place of a thing in the list.
    fn thing(&mut self, name: &str) -> usize {
        if self.places.len() != self.things.len() {
            self.places = self.things.iter().cloned().enumerate().map(|(at, thing)| (thing, at)).collect();
        }
        if let Some(at) = self.places.get(name) {
            return *at;
        }
        let at = self.things.len();
        self.things.push(name.to_string());
        self.places.insert(name.to_string(), at);
        at
    }
}
