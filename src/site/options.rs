//! What a build is asked for, and what became of it.

use std::path::PathBuf;
use std::sync::Arc;

use super::Progress;
use crate::config::{Mode, Project};
use crate::content::Library;
use crate::diagnostic::{Diagnostic, Severity, Words};
use crate::readability::Report;
use crate::translation::Status;

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
    /// Leaves out compressed files, whatever the configuration says.
    pub uncompressed: bool,
    /// Address instead of the configuration's.
    pub base_url: Option<String>,
    /// Builds drafts too.
    pub drafts: bool,
    /// The instant of the build; its UTC day is "today".
    pub now: jiff::Timestamp,
    /// What templates see as `config.mode`.
    pub mode: Mode,
    /// Keeps a trace of the build in the site's folder for the next one, and makes only what has changed since the last.
    pub traces: bool,
    /// Where the build tells what it is busy with.
    pub progress: Progress,
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
            uncompressed: false,
            base_url: None,
            drafts: false,
            now: jiff::Timestamp::now(),
            mode: Mode::Build,
            traces: false,
            progress: Progress::default(),
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

/// What a check does besides what a build says.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// Measures how plain the texts are.
    pub readability: bool,
    /// Asks other sites whether the links to them lead anywhere.
    pub external: bool,
    /// Files and folders whose diagnostics are wanted, from the folder the program was called in; all when empty.
    pub paths: Vec<PathBuf>,
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Everything there is to say of what was asked for, in reading order; limits of readability that were passed are among
    /// it.
    pub diagnostics: Vec<Diagnostic>,
    /// Language of the site's own people, for the words of the diagnostics; `None` without a configuration.
    pub words: Option<Words>,
    /// The site's folder.
    pub root: PathBuf,
    /// Pages and sections that would be written.
    pub pages: usize,
    /// Errors in files that were not asked for.
    pub elsewhere: usize,
    /// How plain the texts are, if that was asked.
    pub readability: Option<Report>,
}

impl Checked {
    /// Whether nothing is wrong with what was asked for.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        !self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// A site's configuration and what its content folder holds.
#[derive(Debug)]
pub struct Contents {
    /// Its configuration and folder.
    pub project: Arc<Project>,
    /// Its pages and sections.
    pub library: Arc<Library>,
}

/// How far a site's translations are.
#[derive(Debug)]
pub struct Standing {
    /// Errors that keep files from being read.
    pub diagnostics: Vec<Diagnostic>,
    /// Language of the site's own people; `None` without a configuration.
    pub words: Option<Words>,
    /// The site's folder.
    pub root: PathBuf,
    /// Its translations; `None` without a configuration.
    pub status: Option<Status>,
}
