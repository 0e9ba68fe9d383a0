//! What one template run asks for besides the values it is given.
//!
//! A function of a template is not told for which output it runs, but a run stays on its thread from beginning to end, so the
//! thread knows. A body that is rendered while a template runs is a run of its own.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::content::{PageId, SectionId};

thread_local! {
    /// The runs that have begun on this thread, the innermost last.
    static RUNS: RefCell<Vec<Run>> = const { RefCell::new(vec![]) };
}

/// A run that has begun.
struct Run {
    asked: Asked,
    /// Whether it matters whose values it is given.
    shows_others: bool,
}

/// What a run asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What is made because it was asked for: pictures and names with a hash; and words that were not translated.
    pub things: BTreeSet<String>,
    /// Pages whose values it was given: they hold their neighbours too.
    pub pages: BTreeSet<PageId>,
    /// Sections whose values it was given: they hold their pages and neighbours too.
    pub sections: BTreeSet<SectionId>,
    /// Sections that it was given without their pages.
    pub alone: BTreeSet<SectionId>,
    /// Whether it looked at the files of all pages.
    pub everything: bool,
}

impl Asked {
    /// Runs `work`; what it made and what it asked for. Pages and sections only if it may show their texts: the page of a list
    /// is given all pages of the list, and so is each of the others.
    pub fn by<T>(shows_others: bool, work: impl FnOnce() -> T) -> (T, Self) {
        RUNS.with_borrow_mut(|runs| runs.push(Run { asked: Self::default(), shows_others }));
        let made = work();
        let run = RUNS.with_borrow_mut(Vec::pop);
        (made, run.map(|run| run.asked).unwrap_or_default())
    }

    /// Notes something that is asked for now.
    pub(crate) fn note(note: impl FnOnce(&mut Self)) {
        RUNS.with_borrow_mut(|runs| {
            if let Some(run) = runs.last_mut() {
                note(&mut run.asked);
            }
        });
    }

    /// Notes pages or sections whose values are given now.
    pub(crate) fn note_shown(note: impl FnOnce(&mut Self)) {
        RUNS.with_borrow_mut(|runs| {
            if let Some(run) = runs.last_mut().filter(|run| run.shows_others) {
                note(&mut run.asked);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_inside_another_is_its_own() {
        let (inner, outer) = Asked::by(true, || {
            Asked::note_shown(|run| run.pages.extend([1]));
            let ((), inner) = Asked::by(true, || Asked::note_shown(|run| run.pages.extend([2])));
            Asked::note(|run| run.everything = true);
            inner
        });
        assert_eq!(inner.pages, BTreeSet::from([2]));
        assert!(outer.pages == BTreeSet::from([1]) && outer.everything);
        let ((), asked) = Asked::by(false, || {
            Asked::note_shown(|run| run.pages.extend([1]));
            Asked::note(|run| run.things.extend(["a".to_string()]));
        });
        assert!(asked.pages.is_empty() && asked.things.len() == 1);
        // Nobody listens.
        Asked::note(|run| run.everything = true);
    }
}
