//! Changes that belong together, and how long to wait for more of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind};

/// How long to wait for more when every file is known to be whole.
const SHORT: Duration = Duration::from_millis(4);

/// More files than this at once are a pull, a branch or a renamed folder: they have no end that can be seen.
const FEW: usize = 3;

/// A burst that never ends is cut here, so that a program that writes all the time does not keep everything else waiting.
const LONGEST: Duration = Duration::from_secs(2);

/// Changes since it was last quiet.
#[derive(Debug)]
pub(super) struct Burst {
    since: Instant,
    last: Instant,
    files: BTreeMap<PathBuf, State>,
    /// Files that were not there before.
    made: BTreeSet<PathBuf>,
    /// Some changes were not told.
    missed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Somebody writes to it.
    Open,
    /// It was closed, or moved here as a whole.
    Whole,
    /// It is gone, and may come back: some editors move a file away before they write it anew.
    Gone,
}

impl Burst {
    /// Nothing has happened yet.
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Self { since: now, last: now, files: BTreeMap::new(), made: BTreeSet::new(), missed: false }
    }

    /// Whether anything has happened.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.missed
    }

    /// Adds what happened to the files that matter.
    pub(super) fn add(&mut self, event: &Event, matters: impl Fn(&Path) -> bool) {
        let files: Vec<(usize, &PathBuf)> = event.paths.iter().enumerate().filter(|(_, path)| matters(path)).collect();
        if event.paths.is_empty() && !matches!(event.kind, EventKind::Access(_)) {
            self.missed = true;
        } else if files.is_empty() {
            return;
        }
        let mut counts = true;
        for (at, file) in files {
            match event.kind {
                EventKind::Access(AccessKind::Close(AccessMode::Write)) => match self.files.get_mut(file) {
                    Some(state) => *state = State::Whole,
                    None => counts = false,
                },
                EventKind::Access(_) => counts = false,
                EventKind::Create(_) => {
                    self.made.insert(file.clone());
                    self.files.insert(file.clone(), State::Open);
                }
                EventKind::Modify(ModifyKind::Name(RenameMode::To)) => self.set(file, State::Whole),
                EventKind::Modify(ModifyKind::Name(RenameMode::Both)) if at == 1 => self.set(file, State::Whole),
                EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                    // What came and went between two builds was never seen.
                    let state = if self.made.contains(file) { State::Whole } else { State::Gone };
                    self.set(file, state);
                }
                EventKind::Modify(ModifyKind::Metadata(_)) => {
                    self.files.entry(file.clone()).or_insert(State::Whole);
                }
                _ => self.set(file, State::Open),
            }
        }
        if counts {
            self.last = Instant::now();
        }
    }

    fn set(&mut self, file: &Path, state: State) {
        self.files.insert(file.to_path_buf(), state);
    }

    /// How long to wait for more, if nothing else happens; `quiet` where it cannot be known that everything is whole.
    pub(super) fn patience(&self, quiet: Duration) -> Duration {
        if self.since.elapsed() > LONGEST {
            return Duration::ZERO;
        }
        let whole = self.files.values().all(|state| *state == State::Whole);
        let wait = if whole && self.files.len() <= FEW && !self.missed { quiet.min(SHORT) } else { quiet };
        wait.saturating_sub(self.last.elapsed())
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, RemoveKind};

    use super::*;

    const QUIET: Duration = Duration::from_mins(1);
    const CREATE: EventKind = EventKind::Create(CreateKind::File);
    const WRITE: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSE: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const READ: EventKind = EventKind::Access(AccessKind::Open(AccessMode::Any));
    const FROM: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));
    const TO: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));
    const BOTH: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
    const REMOVE: EventKind = EventKind::Remove(RemoveKind::File);

    fn after(events: &[(EventKind, &[&str])]) -> Burst {
        let mut burst = Burst::new();
        for (kind, paths) in events {
            let event = paths.iter().fold(Event::new(*kind), |event, path| event.add_path(PathBuf::from(path)));
            burst.add(&event, |path| !path.to_string_lossy().ends_with('~'));
        }
        burst
    }

    fn is_ready(events: &[(EventKind, &[&str])]) -> bool {
        after(events).patience(QUIET) <= SHORT
    }

    #[test]
    fn a_file_that_was_written_and_closed_is_whole() {
        assert!(!is_ready(&[(WRITE, &["a.md"])]));
        assert!(is_ready(&[(WRITE, &["a.md"]), (CLOSE, &["a.md"])]));
        assert!(!is_ready(&[(WRITE, &["a.md"]), (CLOSE, &["a.md"]), (WRITE, &["a.md"])]));
    }

    #[test]
    fn a_file_that_was_moved_into_place_is_whole() {
        let temporary: [(EventKind, &[&str]); 3] = [(CREATE, &["new"]), (WRITE, &["new"]), (CLOSE, &["new"])];
        let moved: [(EventKind, &[&str]); 3] = [(FROM, &["new"]), (TO, &["a.md"]), (BOTH, &["new", "a.md"])];
        assert!(is_ready(&[&temporary[..], &moved].concat()));
    }

    #[test]
    fn a_file_that_was_moved_away_may_come_back() {
        let away: [(EventKind, &[&str]); 3] = [(FROM, &["a.md"]), (TO, &["a.md~"]), (BOTH, &["a.md", "a.md~"])];
        assert!(!is_ready(&away));
        let back: [(EventKind, &[&str]); 4] =
            [(CREATE, &["a.md"]), (WRITE, &["a.md"]), (CLOSE, &["a.md"]), (REMOVE, &["a.md~"])];
        assert!(is_ready(&[&away[..], &back].concat()));
        assert!(!is_ready(&[(REMOVE, &["a.md"])]));
    }

    #[test]
    fn many_files_have_no_end_that_can_be_seen() {
        let names: Vec<String> = (0..9).map(|at| format!("{at}.md")).collect();
        let paths: Vec<[&str; 1]> = names.iter().map(|name| [name.as_str()]).collect();
        let events: Vec<(EventKind, &[&str])> = paths.iter().map(|path| (TO, &path[..])).collect();
        assert!(is_ready(&events[..2]));
        assert!(!is_ready(&events));
    }

    #[test]
    fn reading_and_what_does_not_matter_is_nothing() {
        assert!(after(&[(READ, &["a.md"]), (CLOSE, &["a.md"]), (WRITE, &["a.md~"])]).is_empty());
        let missed = after(&[(EventKind::Other, &[])]);
        assert!(!missed.is_empty() && missed.patience(QUIET) > SHORT);
    }
}
