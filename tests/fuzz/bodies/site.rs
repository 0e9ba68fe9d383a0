//! A small site: what is fuzzed is one file of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use huta::config::{Config, Mode, Project};
use huta::content::{BlockKeys, Library};
use huta::diagnostic::{Diagnostics, SourceText};
use huta::profile::Profile;
use huta::source::{Asset, ContentName, FrontMatter, Source, WalkedContent};
use huta::{gallery, guide, translation};
use tempfile::TempDir;

/// A folder that goes with the value; in memory where the system has such a place.
pub(super) fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap()
}

/// The configuration of `root`, with whatever is in its file.
pub(super) fn config(root: &Path, diagnostics: &mut Diagnostics) -> Option<Config> {
    Config::load(root, &root.join("huta.toml"), diagnostics)
}

/// A configuration that is right.
pub(super) fn right_config(text: &str) -> Config {
    let folder = folder();
    std::fs::write(folder.path().join("huta.toml"), text).unwrap();
    config(folder.path(), &mut Diagnostics::default()).unwrap()
}

/// The site at `root` on a day of 2026.
pub(super) fn project(root: &Path, config: Config) -> Project {
    Project {
        root: root.to_path_buf(),
        config,
        today: jiff::civil::date(2026, 11, 23),
        now: jiff::Timestamp::UNIX_EPOCH,
        drafts: true,
        mode: Mode::Build,
        profile: Profile::default(),
    }
}

/// A content file; `None` where its front matter cannot be read.
pub(super) fn source(path: &str, text: &str, config: &Config, diagnostics: &mut Diagnostics) -> Option<Arc<Source>> {
    let text = SourceText { file: format!("content/{path}"), text: text.to_string() };
    let front = diagnostics.take(FrontMatter::parse(&text))?;
    let name = ContentName::parse(path, config.is_multilingual());
    let language = name.language.clone().unwrap_or_else(|| config.default_language.clone());
    Some(Arc::new(Source { path: path.to_string(), name, language, text, front, is_thin: false, print: None }))
}

/// The content model of some files, by their paths below `content/`.
pub(super) fn library(
    config: &Config,
    mut sources: Vec<Arc<Source>>,
    assets: &[(&str, PathBuf)],
    diagnostics: &mut Diagnostics,
) -> Library {
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let assets = assets.iter().map(|(path, file)| Asset { path: (*path).to_string(), file: file.clone() }).collect();
    let content = WalkedContent { sources, assets, complete: true, lost: vec![] };
    let pages = [guide::keys(), gallery::KEYS.to_vec(), vec![translation::KEY]].concat();
    let sections = [guide::SECTION_KEYS, gallery::KEYS, &[translation::KEY]].concat();
    let keys = BlockKeys { pages: &pages, sections: &sections };
    let mut library = Library::build(config, content, true, keys, diagnostics);
    guide::mark_examples(&mut library, &config.default_language);
    library
}
