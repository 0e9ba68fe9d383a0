//! What a build leaves on disk for the next one: what it read, and what it wrote.
//!
//! A trace is never trusted: it counts only for the same program, the same options and the same output folder, and only
//! where every file that it names is as it was. Anything else, a damaged file too, is as good as no trace.

mod more;
mod survey;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use self::more::{AskedTrace, BodyTrace, More};
pub use self::survey::{Built, Signs, Survey, inputs};
use crate::config::Project;
use crate::content::{Library, Target};
use crate::diagnostic::Diagnostic;
use crate::map::PageMap;
use crate::memory::Parts;
use crate::source::find_site_file;
use crate::template::{Workshop, site_path};

/// Changes whenever a trace of an older form must not be read.
const FORM: &str = "huta trace 2";

/// Where traces are, below the site's folder.
const FOLDER: &str = ".cache/traces";

/// Ending of the file with maps.
const MAPS: &str = "maps";

/// What a build read and wrote.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The program, the options, the configuration.
    pub head: [u8; 32],
    /// The files of the folders that a site is made of.
    pub inputs: Survey,
    /// Hashes of texts and small files among them: a file may be written without being another.
    pub prints: BTreeMap<String, [u8; 32]>,
    /// The files that templates named: what they wrote, and which file that was.
    pub named: BTreeMap<String, Option<Named>>,
    /// The environment variables that templates asked for.
    pub environment: BTreeMap<String, Option<String>>,
    /// The content files, in the order they were walked.
    pub sources: Vec<SourceTrace>,
    /// The files beside them, in that order.
    pub assets: Vec<AssetTrace>,
    /// What bodies link to: for each page and section the pages and sections, as [`Trace::name`] has them.
    pub links: BTreeMap<String, Vec<String>>,
    /// The built site.
    pub outputs: Built,
    /// Those of them that a template made.
    pub made: BTreeMap<String, MadeTrace>,
    /// The templates, and hashes of all that they may read.
    pub templates: Vec<(String, [u8; 32])>,
    /// Hashes of the templates that bodies are rendered with.
    pub fragments: Vec<[u8; 32]>,
    /// Whether some of the site can be made without the rest.
    pub is_plain: bool,
    /// A hash of what is in the file beside this one.
    pub more: [u8; 32],
    /// A hash of the maps of pages, which are in a third one: they are large, and change with front matter only.
    pub maps: [u8; 32],
    /// Pages and sections among the outputs.
    pub pages: usize,
    /// Files of the site.
    pub files: usize,
    /// What there was to say.
    pub told: Vec<Diagnostic>,
}

/// A content file.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceTrace {
    /// Path below `content/`.
    pub path: String,
    /// Everything before the body.
    pub text: String,
    /// What is needed to have the front matter without parsing it.
    pub front: String,
}

/// A file beside content files.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetTrace {
    /// Path below `content/`.
    pub path: String,
    /// Where it is, below the site's folder.
    pub file: String,
}

/// A file that a template named.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Where it is, below the site's folder.
    pub file: String,
    /// Its signs: it may lie in a folder that is not looked through.
    pub signs: Signs,
    /// A hash of its bytes.
    pub print: [u8; 32],
}

impl Named {
    /// The file as it is now, for a build that began at a time (as [`Signs`] count). One that was changed since then may have
    /// been read before: it is never taken for the same.
    #[must_use]
    pub fn of(file: &Path, root: &Path, begun: u64) -> Self {
        let known = Signs::of(file).filter(|signs| signs.is_before(begun)).map(|signs| (signs, print(file)));
        let (signs, print) = known.unwrap_or_default();
        Self { file: shown(file, root), signs, print }
    }

    /// Whether a file is this one, with the bytes that it had when it was looked at.
    fn is(&self, file: &Path, root: &Path, at: u64) -> bool {
        let is_as_seen = || Signs::of(file) == Some(self.signs) && self.signs.is_sure(at);
        shown(file, root) == self.file && (is_as_seen() || print(file) == self.print)
    }
}

/// A hash of the bytes of a file; one without bytes where it cannot be read.
fn print(file: &Path) -> [u8; 32] {
    *blake3::hash(&fs::read(file).unwrap_or_default()).as_bytes()
}

/// An output that a template made.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeTrace {
    /// Its template, in the trace's list.
    pub template: usize,
    /// The content file it is for.
    pub origin: Option<String>,
    /// Bytes of each part of a list that was made in parts: what comes first, the parts, what comes last.
    pub parts: Vec<usize>,
}

/// How the files of a site differ from those of a trace.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// Not at all.
    Nothing,
    /// These content files have other texts.
    Texts(Vec<String>),
    /// These templates have other texts.
    Templates(Vec<String>),
    /// In a way that may touch anything.
    Anything,
}

impl Trace {
    /// The trace of the last build into this folder that had this head.
    #[must_use]
    pub fn load(root: &Path, output: &Path, head: [u8; 32]) -> Option<Self> {
        let bytes = fs::read(file(root, output)).ok()?;
        let (print, rest) = bytes.split_at_checked(32)?;
        if blake3::hash(rest).as_bytes() != print {
            return None;
        }
        postcard::from_bytes::<Self>(rest).ok().filter(|trace| trace.head == head)
    }

    /// What stands in the file beside it; `None` when that is not the one that was written with it.
    #[must_use]
    pub fn more(&self, root: &Path, output: &Path) -> Option<More> {
        let bytes = fs::read(beside(root, output)).ok()?;
        if *blake3::hash(&bytes).as_bytes() != self.more {
            return None;
        }
        postcard::from_bytes(&bytes).ok()
    }

    /// The maps of pages; `None` where they are not those that were written with it.
    #[must_use]
    pub fn maps(&self, root: &Path, output: &Path) -> Option<Vec<Option<PageMap>>> {
        let bytes = fs::read(file(root, output).with_extension(MAPS)).ok()?;
        if *blake3::hash(&bytes).as_bytes() != self.maps {
            return None;
        }
        postcard::from_bytes(&bytes).ok()
    }

    /// Keeps the maps of pages for the next build. Where they cannot be kept, it draws them.
    pub fn keep_maps(&mut self, maps: &[Option<PageMap>], root: &Path, output: &Path) {
        let Ok(bytes) = postcard::to_allocvec(maps) else { return };
        self.maps = *blake3::hash(&bytes).as_bytes();
        let file = file(root, output).with_extension(MAPS);
        if write(&file, &[&bytes]).is_err() {
            let _ = fs::remove_file(file);
        }
    }

    /// Keeps it for the next build. Where it cannot be kept, the next build is a whole one.
    pub fn save(mut self, more: &More, root: &Path, output: &Path) {
        let Ok(more) = postcard::to_allocvec(more) else { return };
        self.more = *blake3::hash(&more).as_bytes();
        let Ok(rest) = postcard::to_allocvec(&self) else { return };
        let print = *blake3::hash(&rest).as_bytes();
        // What is beside goes first: without it the other is nothing.
        let written =
            write(&beside(root, output), &[&more]).and_then(|()| write(&file(root, output), &[&print, &rest]));
        if written.is_err() {
            Self::forget(root, output);
        }
    }

    /// Forgets what the last build left.
    pub fn forget(root: &Path, output: &Path) {
        // One that is not there need not go; one that cannot go is told apart by what it names.
        let _ = fs::remove_file(file(root, output));
        let _ = fs::remove_file(beside(root, output));
        let _ = fs::remove_file(file(root, output).with_extension(MAPS));
    }

    /// Notes what templates asked for besides the values they were given.
    pub fn asked(&mut self, workshop: &Workshop, root: &Path) {
        let named = workshop.found().into_iter();
        let begun = self.inputs.at;
        self.named.extend(named.map(|(path, found)| (path, found.map(|file| Named::of(&file, root, begun)))));
        self.environment.extend(workshop.environment());
    }

    /// How the site's files differ from those that this trace names.
    #[must_use]
    pub fn change(&self, project: &Project, now: &Survey) -> Change {
        let same_environment = self.environment.iter().all(|(name, value)| std::env::var(name).ok() == *value);
        let same_named = self.named.iter().all(|(path, found)| {
            let now = find_site_file(&project.root, project.file_folders(), &site_path(path));
            match (now, found) {
                (Some(file), Some(found)) => found.is(&file, &project.root, self.inputs.at),
                (now, found) => now.is_none() && found.is_none(),
            }
        });
        if !same_environment || !same_named {
            return Change::Anything;
        }
        let Some(changed) = self.inputs.changed(now) else { return Change::Anything };
        let sources: BTreeSet<&str> = self.sources.iter().map(|source| source.path.as_str()).collect();
        let mut texts = vec![];
        let mut templates = vec![];
        for path in changed {
            let print = fs::read(project.root.join(path)).ok().map(|bytes| *blake3::hash(&bytes).as_bytes());
            if print.is_some() && print == self.prints.get(path).copied() {
                continue;
            }
            // Whatever a template reads itself may stand anywhere.
            if self.named.iter().any(|(_, found)| found.as_ref().is_some_and(|found| found.file == path)) {
                return Change::Anything;
            }
            match path.strip_prefix("content/") {
                Some(path) if sources.contains(path) => texts.push(path.to_string()),
                None if is_template(path) => templates.push(path.to_string()),
                _ => return Change::Anything,
            }
        }
        match (texts.is_empty(), templates.is_empty()) {
            (true, true) => Change::Nothing,
            (false, true) => Change::Texts(texts),
            (true, false) => Change::Templates(templates),
            (false, false) => Change::Anything,
        }
    }

    /// Whether what was told would be told again now that these files have changed below `content/`, or as templates: whatever
    /// is about one of them is about its front matter, which has not.
    #[must_use]
    pub fn stays_told(&self, changed: &[String]) -> bool {
        self.told.iter().all(|told| {
            let Some(span) = &told.span else { return false };
            let path = span.file.strip_prefix("content/").unwrap_or(&span.file);
            if !changed.iter().any(|file| *file == path || *file == span.file) {
                return true;
            }
            let source = self.sources.iter().find(|source| source.path == path);
            source.is_some_and(|source| (1..=source.text.lines().count()).contains(&span.line))
        })
    }

    /// The name of a page or section in traces.
    #[must_use]
    pub fn name(target: &Target, library: &Library) -> Option<String> {
        match target {
            Target::Page(id) => {
                let page = &library.pages[*id];
                Some(format!("page {} {}", page.language, page.canonical))
            }
            Target::Section(id) => {
                let section = &library.sections[*id];
                Some(format!("section {} {}", section.language, section.canonical))
            }
            Target::Asset(_) => None,
        }
    }

    /// The page or section of a name.
    #[must_use]
    pub fn target(name: &str, library: &Library) -> Option<Target> {
        let (kind, rest) = name.split_once(' ')?;
        let (language, canonical) = rest.split_once(' ')?;
        match kind {
            "page" => library.page(canonical, language).map(Target::Page),
            _ => library.section(canonical, language).map(Target::Section),
        }
    }
}

/// What a trace must have been made with to count: this program, these options, this configuration.
#[must_use]
pub fn head(project: &Project, output: &Path) -> [u8; 32] {
    let program = std::env::current_exe().ok();
    let signs = program.as_deref().and_then(Signs::of).unwrap_or_default();
    let config = &project.config;
    let parts = Parts::of(FORM)
        .with(env!("CARGO_PKG_VERSION"))
        .with(program.unwrap_or_default().to_string_lossy().as_bytes())
        .with(format!("{signs:?}"))
        .with(project.root.canonicalize().unwrap_or_default().to_string_lossy().as_bytes())
        .with(absolute(output).to_string_lossy().as_bytes())
        .with(&config.source.file)
        .with(&config.source.text)
        .with(&config.base_url)
        .with(project.mode.as_str())
        .with(project.today.to_string())
        .with(format!("{:?}", config.hosting.precompress))
        .with([u8::from(project.drafts), u8::from(config.minify_html)]);
    parts.key().bytes()
}

/// Whether a path below the site's folder is a template's.
#[must_use]
pub fn is_template(path: &str) -> bool {
    path.starts_with("templates/")
        || path
            .strip_prefix("themes/")
            .and_then(|rest| rest.split_once('/'))
            .is_some_and(|(_, rest)| rest.starts_with("templates/"))
}

/// A path below the site's folder, as traces have it.
#[must_use]
pub fn shown(file: &Path, root: &Path) -> String {
    file.strip_prefix(root).unwrap_or(file).to_string_lossy().into_owned()
}

/// Each output folder has a trace of its own.
fn file(root: &Path, output: &Path) -> PathBuf {
    let name = blake3::hash(absolute(output).to_string_lossy().as_bytes()).to_hex();
    root.join(FOLDER).join(&name.as_str()[..16])
}

/// The file with what is needed only when something is made again.
fn beside(root: &Path, output: &Path) -> PathBuf {
    file(root, output).with_extension("more")
}

/// Writes a file whole. One build at a time writes an output folder, so one name is enough, and what a killed build left goes.
fn write(file: &Path, parts: &[&[u8]]) -> std::io::Result<()> {
    let new = file.with_extension("new");
    let write = || {
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        let _ = fs::remove_file(&new);
        let mut out = fs::File::create_new(&new)?;
        parts.iter().try_for_each(|part| out.write_all(part))?;
        fs::rename(&new, file)
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&new);
    })
}

fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
}
