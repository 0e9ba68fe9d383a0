//! Where the time of a build goes: by stage, by template, by function and filter of templates.
//!
//! Recording costs a look at the clock for each run, so nothing is recorded unless somebody asks.

mod report;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub use self::report::{Report, Row, StageRow};
use crate::diagnostic::Text;

/// What is recorded; copies record into the same place.
#[derive(Debug, Clone, Default)]
pub struct Profile(Option<Arc<Mutex<Record>>>);

/// What one row of the report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Runs of a template, with everything it includes and calls.
    Template,
    /// Calls of a function.
    Function,
    /// Uses of a filter.
    Filter,
    /// Work on an output after its template: made small, compared, written.
    Output,
}

#[derive(Debug)]
struct Record {
    begun: Instant,
    /// Each stage with the moment it began, and the memory then.
    stages: Vec<(Text, Instant, Option<u64>)>,
    counts: HashMap<(Kind, String), Count>,
}

/// How often something ran, and for how long.
#[derive(Debug, Clone, Default)]
struct Count {
    runs: usize,
    total: Duration,
    longest: Duration,
    /// What the longest run was for.
    longest_for: String,
}

impl Profile {
    /// One that records, from now on.
    #[must_use]
    pub fn recording() -> Self {
        let record = Record { begun: Instant::now(), stages: vec![], counts: HashMap::new() };
        Self(Some(Arc::new(Mutex::new(record))))
    }

    /// Whether anything is recorded.
    #[must_use]
    pub fn records(&self) -> bool {
        self.0.is_some()
    }

    /// A stage begins; the one before has ended.
    pub fn stage(&self, name: impl FnOnce() -> Text) {
        self.with(|record| record.stages.push((name(), Instant::now(), resident())));
    }

    /// Runs `work` and records how long it took. `of` tells what it was for, where that is worth knowing.
    pub fn time<T>(&self, kind: Kind, name: &str, of: &str, work: impl FnOnce() -> T) -> T {
        if !self.records() {
            return work();
        }
        let begun = Instant::now();
        let result = work();
        let took = begun.elapsed();
        self.with(|record| {
            let count = record.counts.entry((kind, name.to_string())).or_default();
            count.runs += 1;
            count.total += took;
            if took > count.longest {
                count.longest = took;
                count.longest_for.replace_range(.., of);
            }
        });
        result
    }

    /// What was recorded so far; `None` when nothing is.
    #[must_use]
    pub fn report(&self) -> Option<Report> {
        let mut report = None;
        self.with(|record| report = Some(Report::of(record, Instant::now())));
        report
    }

    fn with(&self, work: impl FnOnce(&mut Record)) {
        if let Some(record) = &self.0 {
            work(&mut record.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
}

/// Bytes of memory that the process holds, where the system tells (Linux, `proc_pid_statm(5)`).
fn resident() -> Option<u64> {
    // The second number counts pages; their size is told nowhere in `/proc`, and is this on nearly every machine.
    const PAGE: u64 = 4096;
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(text.split(' ').nth(1)?.parse::<u64>().ok()? * PAGE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Words;
    use crate::text;

    #[test]
    fn runs_are_counted_and_the_longest_is_named() {
        let profile = Profile::recording();
        profile.stage(|| text!("czytam", "reading"));
        profile.stage(|| text!("składam", "making"));
        profile.stage(|| text!("czytam", "reading"));
        for (of, wait) in [("a", 0), ("b", 5), ("c", 0)] {
            let sleep = || std::thread::sleep(Duration::from_millis(wait));
            profile.time(Kind::Template, "page.html", of, sleep);
        }
        profile.time(Kind::Function, "get_page", "", || ());
        let report = profile.report().unwrap();
        assert_eq!(report.stages.iter().map(|stage| stage.name.en.as_str()).collect::<Vec<_>>(), ["reading", "making"]);
        let row = report.rows.iter().find(|row| row.kind == Kind::Template).unwrap();
        assert_eq!((row.name.as_str(), row.runs, row.longest_for.as_str()), ("page.html", 3, "b"));
        assert!(row.total >= row.longest && row.longest >= Duration::from_millis(5));
        let table = report.table(Words::English);
        assert!(table.contains("page.html") && table.contains("get_page"), "{table}");
        let json: serde_json::Value = serde_json::from_str(&report.json()).unwrap();
        assert_eq!(json["templates"][0]["runs"], 3);
        assert_eq!(json["functions"][0]["name"], "get_page");
        assert_eq!(json["stages"][1]["name"], "making");
    }

    #[test]
    fn nothing_is_recorded_unasked() {
        let profile = Profile::default();
        assert_eq!(profile.time(Kind::Filter, "date", "", || 7), 7);
        assert!(profile.report().is_none());
    }
}
