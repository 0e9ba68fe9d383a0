//! What was recorded, in order, as a table for people and as JSON for programs.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Kind, Record, resident};
use crate::diagnostic::{Text, Words};
use crate::text;

/// Letters of a name in the table before the figures; longer ones push them to the right.
const NAME: usize = 34;

/// What was recorded.
#[derive(Debug)]
pub struct Report {
    /// From the beginning to now.
    pub total: Duration,
    /// The stages in the order they began; one that comes again is added to its first time.
    pub stages: Vec<StageRow>,
    /// Templates, functions, filters and outputs, by kind, the longest first.
    pub rows: Vec<Row>,
}

/// A stage: what is done between one moment and the next, on all cores.
#[derive(Debug)]
pub struct StageRow {
    /// What is done.
    pub name: Text,
    /// For how long.
    pub took: Duration,
    /// Bytes of memory at its end, where the system tells.
    pub memory: Option<u64>,
}

/// Something that ran several times, at once on several cores: totals may be more than the time that passed.
#[derive(Debug)]
pub struct Row {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// How often it ran.
    pub runs: usize,
    /// For how long in all, with everything that it called.
    pub total: Duration,
    /// The longest run.
    pub longest: Duration,
    /// What that was for; empty where it is not known.
    pub longest_for: String,
}

impl Report {
    pub(super) fn of(record: &Record, now: Instant) -> Self {
        let mut stages: Vec<StageRow> = vec![];
        let ends = record.stages.iter().skip(1).map(|(_, begun, memory)| (*begun, *memory)).chain([(now, resident())]);
        for ((name, begun, _), (end, memory)) in record.stages.iter().zip(ends) {
            let took = end.duration_since(*begun);
            match stages.iter_mut().find(|stage| stage.name == *name) {
                Some(stage) => (stage.took, stage.memory) = (stage.took + took, memory),
                None => stages.push(StageRow { name: name.clone(), took, memory }),
            }
        }
        let row = |((kind, name), count): (&(Kind, String), &super::Count)| Row {
            kind: *kind,
            name: name.clone(),
            runs: count.runs,
            total: count.total,
            longest: count.longest,
            longest_for: count.longest_for.clone(),
        };
        let mut rows: Vec<Row> = record.counts.iter().map(row).collect();
        rows.sort_by(|a, b| (a.kind, b.total, &a.name).cmp(&(b.kind, a.total, &b.name)));
        Self { total: now.duration_since(record.begun), stages, rows }
    }

    /// A table: milliseconds.
    #[must_use]
    pub fn table(&self, words: Words) -> String {
        let mut table = String::new();
        let head = |title: Text, figures: Text| format!("{:NAME$} {}\n", title.get(words), figures.get(words));
        table.push_str(&head(
            text!("etap", "stage"),
            text!("       ms     część        MB", "       ms     share        MB"),
        ));
        for stage in &self.stages {
            let share = 100.0 * stage.took.as_secs_f64() / self.total.as_secs_f64().max(f64::MIN_POSITIVE);
            let memory = stage.memory.map_or_else(String::new, |bytes| format!("{:>9}", bytes / 1_000_000));
            let _ = writeln!(table, "{:NAME$} {:>9.1} {share:>8.1}% {memory}", stage.name.get(words), ms(stage.took));
        }
        let whole = text!("razem", "all");
        let _ = writeln!(table, "{:NAME$} {:>9.1}", whole.get(words), ms(self.total));
        for kind in [Kind::Template, Kind::Function, Kind::Filter, Kind::Output] {
            let mut rows = self.rows.iter().filter(|row| row.kind == kind).peekable();
            if rows.peek().is_none() {
                continue;
            }
            let figures = text!("    razy        ms  najdłużej", "    runs        ms    longest");
            let _ = write!(table, "\n{}", head(kind.title(), figures));
            for row in rows {
                let (name, runs, total, longest) = (&row.name, row.runs, ms(row.total), ms(row.longest));
                let line = format!("{name:NAME$} {runs:>8} {total:>9.1} {longest:>10.2}  {}", row.longest_for);
                table.push_str(line.trim_end());
                table.push('\n');
            }
        }
        let note = text!(
            "Szablony, funkcje i filtry: suma na wszystkich rdzeniach, razem z tym, co wywołują.",
            "Templates, functions and filters: added up over all cores, with everything they call."
        );
        let _ = write!(table, "\n{}\n", note.get(words));
        table
    }

    /// The same as JSON: `{total_ms, stages: [{name, ms, bytes}], templates, functions, filters, outputs: [{name, runs, ms,
    /// longest_ms, longest_for}]}`.
    #[must_use]
    pub fn json(&self) -> String {
        let rows = |kind: Kind| -> Vec<Value> {
            let rows = self.rows.iter().filter(|row| row.kind == kind);
            rows.map(|row| {
                json!({
                    "name": row.name,
                    "runs": row.runs,
                    "ms": ms(row.total),
                    "longest_ms": ms(row.longest),
                    "longest_for": row.longest_for,
                })
            })
            .collect()
        };
        let stages = self
            .stages
            .iter()
            .map(|stage| json!({ "name": stage.name.en, "ms": ms(stage.took), "bytes": stage.memory }));
        json!({
            "total_ms": ms(self.total),
            "stages": stages.collect::<Vec<_>>(),
            "templates": rows(Kind::Template),
            "functions": rows(Kind::Function),
            "filters": rows(Kind::Filter),
            "outputs": rows(Kind::Output),
        })
        .to_string()
    }
}

impl Kind {
    fn title(self) -> Text {
        match self {
            Self::Template => text!("szablon", "template"),
            Self::Function => text!("funkcja", "function"),
            Self::Filter => text!("filtr", "filter"),
            Self::Output => text!("plik", "output"),
        }
    }
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}
