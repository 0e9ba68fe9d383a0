//! Answers of other sites, kept for some days.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Span as Time;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ask::Answer;
use crate::diagnostic::Diagnostic;
use crate::publish::write_file;

/// Where they are kept, below the site's root.
const FILE: &str = ".cache/links.json";

/// An answer and the day it was given.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    /// As ISO 8601, so that days compare as texts.
    asked: String,
    answer: Answer,
}

pub(super) struct Cache {
    file: PathBuf,
    today: Date,
    kept: BTreeMap<String, Kept>,
}

impl Cache {
    /// What is kept and still believed. A file that cannot be read is as good as none.
    pub(super) fn read(root: &Path, today: Date, days: u32) -> Self {
        let file = root.join(FILE);
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let mut kept: BTreeMap<String, Kept> = serde_json::from_str(&text).unwrap_or_default();
        let oldest = today.checked_sub(Time::new().days(days)).unwrap_or(Date::MIN);
        let (oldest, last) = (oldest.to_string(), today.to_string());
        kept.retain(|_, kept| kept.asked > oldest && kept.asked <= last);
        Self { file, today, kept }
    }

    pub(super) fn get(&self, url: &str) -> Option<Answer> {
        self.kept.get(url).map(|kept| kept.answer.clone())
    }

    /// Keeps an answer. A bad one is asked for again, for somebody may have mended it.
    pub(super) fn put(&mut self, url: &str, answer: &Answer) {
        if matches!(answer, Answer::Fine | Answer::Moved(_)) {
            self.kept.insert(url.to_string(), Kept { asked: self.today.to_string(), answer: answer.clone() });
        }
    }

    /// Writes what is kept; the diagnostic says why that could not be done.
    pub(super) fn write(&self) -> Option<Diagnostic> {
        let text = serde_json::to_string_pretty(&self.kept).unwrap_or_default();
        write_file(&self.file, &text, true).err()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_answers_are_believed_for_some_days() {
        let root = tempfile::tempdir().unwrap();
        let day = |day: i8| jiff::civil::date(2026, 11, day);
        let mut cache = Cache::read(root.path(), day(1), 7);
        cache.put("https://a.pl", &Answer::Fine);
        cache.put("https://b.pl", &Answer::Broken("404".into()));
        assert!(cache.write().is_none());
        let again = |today| Cache::read(root.path(), today, 7);
        assert_eq!(again(day(7)).get("https://a.pl"), Some(Answer::Fine));
        assert_eq!(again(day(7)).get("https://b.pl"), None);
        assert_eq!(again(day(8)).get("https://a.pl"), None);
        std::fs::write(root.path().join(FILE), "not json").unwrap();
        assert_eq!(again(day(2)).get("https://a.pl"), None);
    }
}
