//! What bodies and outputs said and asked for, on its way into the trace.

use std::collections::BTreeSet;

use super::super::bodies::Bodies;
use super::{Assembled, Made};
use crate::content::Target;
use crate::markdown::AnchorCheck;
use crate::render::{Body, Output};
use crate::template::Asked;
use crate::trace::{BodyTrace, More, Trace};

/// A body that was rendered, without its text.
pub(crate) struct Bodied {
    /// Whose it is.
    pub(super) of: Target,
    /// What it links to.
    pub(super) targets: Vec<Target>,
    ids: BTreeSet<String>,
    checks: Vec<AnchorCheck>,
    pub(super) asked: Asked,
    is_template: bool,
}

impl Bodied {
    /// All that were rendered.
    pub(crate) fn of(bodies: &Bodies) -> Vec<Self> {
        let rendered = bodies.all().filter(|(_, made)| !made.is_later);
        let one = |(of, made): (Target, &super::super::bodies::Made)| Self {
            of,
            targets: made.rendered.targets.clone(),
            ids: made.rendered.ids.clone(),
            checks: made.rendered.checks.clone(),
            asked: made.asked.clone(),
            is_template: made.is_template,
        };
        rendered.map(one).collect()
    }
}

/// Keeps what the bodies of a site and some of its outputs asked for; false when they ask for other things than before.
pub(super) fn take(more: &mut More, site: &Assembled, outputs: &[&Output], made: &Made) -> bool {
    let library = &site.library;
    let mut is_as_before = true;
    for body in &site.bodies {
        let Some(name) = Trace::name(&body.of, library) else { continue };
        let source = match &body.of {
            Target::Page(id) => Some(&library.pages[*id].source),
            Target::Section(id) => library.sections[*id].source.as_ref(),
            Target::Asset(_) => None,
        };
        let mentions = source.map(|source| site.frame.galleries.mentioned(source)).unwrap_or_default();
        let asked = more.asked(&body.asked, false);
        let now = BodyTrace::of((&body.ids, &body.checks), asked, body.is_template, mentions, library);
        let before = more.bodies.insert(name, now.clone());
        is_as_before &= before.is_some_and(|before| now.asks_like(&before));
    }
    for output in outputs {
        let (Body::Template { asked, .. }, Some(own)) = (&output.body, made.of.get(&output.path)) else { continue };
        let Some(asked) = asked.get() else { continue };
        let now = more.asked(asked, made.templates[own.template].1.foreign);
        let before = more.outputs.insert(output.path.clone(), now.clone());
        is_as_before &= before.is_some_and(|before| now.asks_like(&before));
    }
    is_as_before
}
