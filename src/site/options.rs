//! What a build is asked for, and what became of it.

use std::path::PathBuf;

use crate::config::Mode;
use crate::diagnostic::{Diagnostic, Severity, Words};
use crate::readability::Report;

/// What to build, where to, for which day.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The site's folder.
    pub root: PathBuf,
    /// The configuration's file, from the site's folder; one of [`crate::config::FILE_NAMES`] when `None`.
    pub config: Option<PathBuf>,
    /// Where to write; the configuration's `output_dir` below the root when `None`.
    pub output_dir: Option<PathBuf>,
    /// Replaces the output folder even when it holds files that huta did not write.
    pub force: bool,
    /// Minifies HTML whatever the configuration says.
    pub minify: bool,
    /// Address instead of the configuration's.
    pub base_url: Option<String>,
    /// Builds drafts too.
    pub drafts: bool,
    /// The instant of the build; its UTC day is "today".
    pub now: jiff::Timestamp,
    /// What templates see as `config.mode`.
    pub mode: Mode,
}

impl BuildOptions {
    /// Builds the site in `root` for publishing, now.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            config: None,
            output_dir: None,
            force: false,
            minify: false,
            base_url: None,
            drafts: false,
            now: jiff::Timestamp::now(),
            mode: Mode::Build,
        }
    }
}

/// What became of a build.
#[derive(Debug)]
pub struct Outcome {
    /// Everything there is to say, in reading order.
    pub diagnostics: Vec<Diagnostic>,
    /// Language of the site's own people, for the words of the diagnostics; `None` without a configuration.
    pub words: Option<Words>,
    /// Files written; `None` when the previous output was left as it was.
    pub files: Option<usize>,
    /// Pages and sections among them.
    pub pages: usize,
    /// Originals of pictures that were decoded; those that the cache had what was made of are not among them.
    pub decoded: usize,
    /// Whether it was given up because nobody waited for it any more: what it says is not all there is to say.
    pub abandoned: bool,
}

impl Outcome {
    pub(super) fn failed(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, words: None, files: None, pages: 0, decoded: 0, abandoned: false }
    }

    /// Whether the site was written.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.files.is_some()
    }
}

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// Everything there is to say, in reading order; limits of readability that were passed are among it.
    pub diagnostics: Vec<Diagnostic>,
    /// Language of the site's own people, for the words of the diagnostics; `None` without a configuration.
    pub words: Option<Words>,
    /// Pages and sections that would be written.
    pub pages: usize,
    /// How plain the texts are, if that was asked.
    pub readability: Option<Report>,
}

impl Checked {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        !self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}
