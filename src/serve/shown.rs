//! What browsers see at the moment: the built site, pages that are newer than it, and what changed when.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch::{Receiver, Sender, channel};
use walkdir::WalkDir;

use super::overlay;
use super::panel::{self, Panel};
use crate::diagnostic::{Diagnostic, Words};
use crate::source::relative;
use crate::{Glimpse, Outcome};

/// How long a page counts as looked at after its browser asked for news.
const LOOKED_AT: Duration = Duration::from_secs(40);

/// How many pages are made before all others.
const MOST_LOOKED_AT: usize = 8;

/// How many pages are known to be looked at.
const MOST_KNOWN: usize = 64;

/// The site as browsers see it.
#[derive(Debug)]
pub(super) struct Shown {
    /// The folder of the built site.
    folder: PathBuf,
    /// The site's own folder, for links into an editor.
    root: PathBuf,
    /// Language of messages, when asked for.
    words: Option<Words>,
    version: Sender<u64>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    version: u64,
    /// The first version of this server, and the one in which the site was built for the first time.
    started: u64,
    built: Option<u64>,
    /// Pages that are newer than the folder.
    fresh: BTreeMap<String, Vec<u8>>,
    prints: BTreeMap<String, Print>,
    /// The version in which a file became what it is.
    changed: BTreeMap<String, u64>,
    /// The content file of each page, by its output.
    origins: BTreeMap<String, String>,
    /// When a browser last asked for news of a page.
    looked_at: BTreeMap<String, Instant>,
    /// What the last build had to say, and in which language.
    told: Vec<Diagnostic>,
    words: Words,
    /// Its errors, over every page.
    overlay: String,
}

/// What tells whether a file has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Print {
    /// Length, time, number; `None` for a page that is in memory only.
    file: Option<(u64, Option<std::time::SystemTime>, u64)>,
    /// Of what can be newer than the folder a hash of its text; of a page without the fingerprints of style sheets, for a new
    /// one is no reason to load the page again.
    text: Option<blake3::Hash>,
}

/// What has changed since a version.
#[derive(Debug, serde::Serialize)]
pub(super) struct News {
    version: u64,
    /// Whether the page itself is another.
    page: bool,
    /// Other files that changed.
    files: Vec<String>,
    /// What stands over every page.
    overlay: String,
    panel: Panel,
}

impl Shown {
    /// Nothing is built yet.
    pub(super) fn new(folder: PathBuf, root: &Path, words: Option<Words>) -> Self {
        // Numbers of versions start with the time, so that a page left open from an earlier server notices.
        let started = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or_default();
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let state = State {
            version: started,
            started,
            built: None,
            fresh: BTreeMap::new(),
            prints: BTreeMap::new(),
            changed: BTreeMap::new(),
            origins: BTreeMap::new(),
            looked_at: BTreeMap::new(),
            told: vec![],
            words: words.unwrap_or(Words::English),
            overlay: String::new(),
        };
        Self { folder, root, words, version: channel(started).0, state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells each new version.
    pub(super) fn versions(&self) -> Receiver<u64> {
        self.version.subscribe()
    }

    /// The number of what is seen now.
    pub(super) fn version(&self) -> u64 {
        self.state().version
    }

    /// What stands over every page.
    pub(super) fn overlay(&self) -> String {
        self.state().overlay.clone()
    }

    /// Whether there is a site to show.
    pub(super) fn is_built(&self) -> bool {
        self.state().built.is_some()
    }

    /// Whether the path names a folder of the site.
    pub(super) fn is_folder(&self, path: &Path) -> bool {
        let Some(name) = Some(output(path)).filter(|name| !name.is_empty()) else { return true };
        let start = format!("{name}/");
        self.state().prints.range(start.clone()..).next().is_some_and(|(path, _)| path.starts_with(&start))
    }

    /// A file of the site as it is now. Nothing else in its folder is shown: the folder may be any that somebody has named, and
    /// hold files that are not huta's before the first build says so.
    pub(super) fn read(&self, path: &Path) -> Option<Vec<u8>> {
        let name = output(path);
        {
            let state = self.state();
            if let Some(fresh) = state.fresh.get(&name) {
                return Some(fresh.clone());
            }
            state.prints.get(&name)?;
        }
        // Somebody may have put a link in its place since then, or something that never ends.
        let file = self.folder.join(name).canonicalize().ok()?;
        let is_inside = file.starts_with(self.folder.canonicalize().ok()?);
        if is_inside && file.is_file() { std::fs::read(file).ok() } else { None }
    }

    /// Somebody looks at a page.
    pub(super) fn look(&self, path: &Path) {
        let mut state = self.state();
        let page = state.page(path);
        // Whoever asks for one page after another must not fill the memory.
        if state.looked_at.len() >= MOST_KNOWN && !state.looked_at.contains_key(&page) {
            let oldest = state.looked_at.iter().min_by_key(|(_, at)| **at).map(|(page, _)| page.clone());
            oldest.map(|page| state.looked_at.remove(&page));
        }
        state.looked_at.insert(page, Instant::now());
    }

    /// What is new on a page since a version.
    pub(super) fn news(&self, path: &Path, after: u64) -> News {
        let state = self.state();
        let page = state.page(path);
        // An address without a page shows the one for that.
        let shown = if state.prints.contains_key(&page) { page.clone() } else { "404.html".to_string() };
        let newer = |at: Option<&u64>| at.is_some_and(|at| *at > after);
        let page_changed = [&page, &shown].iter().any(|page| newer(state.changed.get(*page)))
            || newer(state.built.as_ref())
            || after < state.started;
        let files = state.changed.iter().filter(|(path, at)| newer(Some(at)) && !is_page(path));
        News {
            version: state.version,
            page: page_changed,
            files: files.map(|(path, _)| path.clone()).collect(),
            overlay: state.overlay.clone(),
            panel: panel::panel(state.origins.get(&shown).map(String::as_str), &state.told, &self.root, state.words),
        }
    }

    /// The outputs that browsers look at, the latest first.
    pub(super) fn looked_at(&self) -> BTreeSet<String> {
        let mut state = self.state();
        state.looked_at.retain(|_, at| at.elapsed() < LOOKED_AT);
        let mut pages: Vec<_> = state.looked_at.iter().map(|(page, at)| (*at, page.clone())).collect();
        pages.sort();
        pages.into_iter().rev().take(MOST_LOOKED_AT).map(|(_, page)| page).collect()
    }

    /// Takes which content file each page is made from.
    pub(super) fn pages(&self, origins: BTreeMap<String, String>) {
        self.state().origins = origins;
    }

    /// Takes what a build has made first, before all the rest.
    pub(super) fn glimpse(&self, glimpse: Glimpse<'_>) {
        let mut state = self.state();
        let next = state.version + 1;
        state.say(glimpse.diagnostics, self.words.or(Some(glimpse.words)));
        for (path, bytes) in glimpse.made {
            let print = Print { file: None, text: text_print(&path, &bytes) };
            if state.prints.get(&path).is_none_or(|before| before.text != print.text) {
                state.changed.insert(path.clone(), next);
            }
            state.prints.insert(path.clone(), print);
            state.fresh.insert(path, bytes);
        }
        self.tell(&mut state);
    }

    /// Takes the end of a build. After a good one everything is in the folder; after another the folder is as it was.
    pub(super) fn take(&self, outcome: &Outcome) {
        let mut state = self.state();
        let next = state.version + 1;
        if outcome.succeeded() {
            state.built.get_or_insert(next);
        }
        state.say(&outcome.diagnostics, self.words.or(outcome.words));
        state.fresh.clear();
        state.compare(&self.folder, next);
        self.tell(&mut state);
    }

    fn tell(&self, state: &mut State) {
        state.version += 1;
        self.version.send_replace(state.version);
    }
}

impl State {
    /// The output that an address shows.
    fn page(&self, path: &Path) -> String {
        let file = output(path);
        if self.prints.contains_key(&file) { file } else { output(&path.join("index.html")) }
    }

    fn say(&mut self, told: &[Diagnostic], words: Option<Words>) {
        self.told = told.to_vec();
        self.words = words.unwrap_or(Words::English);
        self.overlay = overlay::html(told, self.words, self.built.is_some());
    }

    /// Looks at every file of the built site; what is not as it was has changed in `version`. Before there is one, the files in
    /// its folder are not the site's.
    fn compare(&mut self, folder: &Path, version: u64) {
        let before = std::mem::take(&mut self.prints);
        let files = self.built.map(|_| WalkDir::new(folder)).into_iter().flatten().flatten();
        for entry in files.filter(|entry| entry.file_type().is_file()) {
            let Ok(meta) = entry.metadata() else { continue };
            let path = relative(entry.path(), folder);
            let file = Some((meta.len(), meta.modified().ok(), number(&meta)));
            let known = before.get(&path);
            let print = if let Some(known) = known.filter(|known| known.file == file) {
                known.clone()
            } else {
                let has_text = is_page(&path) || is_style_sheet(&path);
                let bytes = if has_text { std::fs::read(entry.path()).unwrap_or_default() } else { vec![] };
                Print { file, text: text_print(&path, &bytes) }
            };
            let same = known.is_some_and(|known| match print.text {
                Some(_) => known.text == print.text,
                None => known.file == print.file,
            });
            if !same {
                self.changed.insert(path.clone(), version);
            }
            self.prints.insert(path, print);
        }
        for gone in before.into_keys().filter(|path| !self.prints.contains_key(path)).collect::<Vec<_>>() {
            self.changed.insert(gone, version);
        }
    }
}

fn is_page(path: &str) -> bool {
    crate::content::is_html(path)
}

fn is_style_sheet(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "css")
}

fn output(path: &Path) -> String {
    relative(path, Path::new(""))
}

/// A hash of the text of a style sheet, or of a page without what `cachebust` adds to the addresses of style sheets.
fn text_print(path: &str, bytes: &[u8]) -> Option<blake3::Hash> {
    if is_page(path) {
        return Some(blake3::hash(without_fingerprints(&String::from_utf8_lossy(bytes)).as_bytes()));
    }
    is_style_sheet(path).then(|| blake3::hash(bytes))
}

fn without_fingerprints(html: &str) -> Cow<'_, str> {
    const MARK: &str = ".css?h=";
    if !html.contains(MARK) {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(MARK) {
        let (before, after) = rest.split_at(at + MARK.len());
        out.push_str(before);
        rest = after.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    }
    Cow::Owned(out + rest)
}

#[cfg(unix)]
fn number(meta: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
fn number(_: &std::fs::Metadata) -> u64 {
    0
}
