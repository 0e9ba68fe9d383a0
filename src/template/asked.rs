//! What one template run asks for besides the values it is given.
//!
//! A function of a template is not told for which output it runs, but a run stays on its thread from beginning to end, so the
//! thread knows. A body that is rendered while a template runs is a run of its own.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::content::{PageId, SectionId};

thread_local! {
    /// The runs that have begun on this thread, the innermost last.
    static RUNS: RefCell<Vec<Asked>> = const { RefCell::new(vec![]) };
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
    /// Runs `work`; what it made and what it asked for.
    pub fn by<T>(work: impl FnOnce() -> T) -> (T, Self) {
        RUNS.with_borrow_mut(|runs| runs.push(Self::default()));
        let made = work();
        (made, RUNS.with_borrow_mut(Vec::pop).unwrap_or_default())
    }

    /// Notes something that is asked for now.
    pub(crate) fn note(note: impl FnOnce(&mut Self)) {
        RUNS.with_borrow_mut(|runs| {
            if let Some(run) = runs.last_mut() {
                note(run);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_inside_another_is_its_own() {
        let (inner, outer) = Asked::by(|| {
            Asked::note(|run| run.pages.extend([1]));
            let ((), inner) = Asked::by(|| Asked::note(|run| run.pages.extend([2])));
            Asked::note(|run| run.everything = true);
            inner
        });
        assert_eq!(inner.pages, BTreeSet::from([2]));
        assert!(outer.pages == BTreeSet::from([1]) && outer.everything);
        // Nobody listens.
        Asked::note(|run| run.everything = true);
    }
}
