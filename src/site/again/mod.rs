//! A build after another: what is as it was is not made again.
//!
//! The trace of the last build tells what has changed since. Nothing: there is nothing to do. Bodies of pages, or templates:
//! what shows them is made, if it can be told what that is. Anything else, or any doubt: the whole site is built, and of what is
//! made only what differs is written.

mod keep;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

pub(super) use self::keep::Bodied;
use super::bodies::Bodies;
use super::frame;
use super::values::Depth;
use super::write::{Writer, finish};
use super::{Assembled, Outcome, Progress, Work, assemble, contents_of};
use crate::config::{Mode, Project};
use crate::content::{Library, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, Words};
use crate::map::PageMap;
use crate::markdown::Rendered;
use crate::memory::Memory;
use crate::profile::Kind;
use crate::publish::{self, HostAgain, Seen, Stage};
use crate::render::{self, Body, Output, Part, Produced};
use crate::source::{Asset, Source, WalkedContent};
use crate::template::{Reads, Templates};
use crate::trace::{self, AssetTrace, Built, Change, MadeTrace, More, SourceTrace, Survey, Trace};

/// The templates that bodies are rendered with.
const FRAGMENTS: [&str; 4] = ["anchor-link.html", "summary-cutoff.html", "figure.html", "word.html"];

/// Longer files are told by their signs alone, in bytes: to read all pictures of a site would take longer than it saves.
const PRINTED: u64 = 1 << 18;

/// What the last build left, and how the site looks now.
pub(super) struct Tracer<'a> {
    project: &'a Arc<Project>,
    output: &'a Path,
    head: [u8; 32],
    now: Survey,
    known: Option<Known>,
    memory: &'a Memory,
}

/// A trace; in memory with what is in the file beside it, and with the content files.
type Known = (Trace, Option<Held>);

/// What need not be read again in the same process.
type Held = (More, Vec<Arc<Source>>);

/// What is made again.
pub(super) struct Again<'a> {
    trace: &'a Trace,
    more: &'a More,
    /// The maps of pages, where front matter and the base map are what they were.
    maps: Option<Vec<Option<PageMap>>>,
    output: &'a Path,
    /// Content files whose bodies have changed.
    texts: BTreeSet<&'a str>,
    /// Told when anything is not as it was thought to be.
    pub(super) failed: Arc<AtomicBool>,
}

impl<'a> Tracer<'a> {
    /// Looks at everything a site is made of, before it is read.
    ///
    /// Where the same process builds again, the trace is in memory.
    pub(super) fn begin(project: &'a Arc<Project>, output: &'a Path, memory: &'a Memory) -> Self {
        let head = trace::head(project, output);
        let load = || {
            if memory.lasts() {
                return memory.take::<Known>().filter(|(trace, _)| trace.head == head);
            }
            Trace::load(&project.root, output, head).map(|trace| (trace, None))
        };
        let (now, known) = rayon::join(|| trace::inputs(project), load);
        Self { project, output, head, now, known, memory }
    }

    /// What becomes of a build that need not make everything; `None` when the whole site is to be built.
    pub(super) fn outcome(&mut self, words: Words, progress: &Progress, writer: &Writer<'_>) -> Option<Outcome> {
        progress.set(Work::Comparing);
        let (known, held) = self.known.take()?;
        // A folder that was written by this process a moment ago is its own.
        if !self.memory.lasts() && !known.outputs.is_in(self.output) {
            return None;
        }
        let change = known.change(self.project, &self.now);
        let (pages, told) = (known.pages, known.told.clone());
        let outcome = |files| Outcome {
            diagnostics: told,
            words: Some(words),
            files: Some(files),
            pages,
            decoded: 0,
            abandoned: false,
        };
        match change {
            Change::Nothing => {
                let files = known.files;
                if self.memory.lasts() {
                    self.memory.leave::<Known>((known, held));
                }
                Some(outcome(files))
            }
            Change::Texts(texts) if known.is_plain && known.stays_told(&texts) => {
                self.again((known, held), &texts, progress, writer).map(outcome)
            }
            // While somebody looks, what is looked at comes first, and that takes a whole build.
            Change::Templates(names) if known.is_plain && known.stays_told(&names) && !self.memory.lasts() => {
                self.again((known, held), &[], progress, writer).map(outcome)
            }
            _ => None,
        }
    }

    /// Makes what shows these texts, or templates that have changed. Returns how many files the site has.
    fn again(&self, (known, held): Known, texts: &[String], progress: &Progress, writer: &Writer<'_>) -> Option<usize> {
        let (project, config) = (self.project, &self.project.config);
        let mut diagnostics = Diagnostics::default();
        let (more, sources) = held.unzip();
        // In memory there is the frame itself.
        let wants_maps = !texts.is_empty() && !self.memory.lasts();
        let (more, maps) = rayon::join(
            || more.or_else(|| known.more(&project.root, self.output)),
            || wants_maps.then(|| known.maps(&project.root, self.output)).flatten(),
        );
        let mut more = more?;
        let again = Again {
            trace: &known,
            more: &more,
            maps,
            output: self.output,
            texts: texts.iter().map(String::as_str).collect(),
            failed: Arc::default(),
        };
        let content = again.content(project, sources)?;
        let content = contents_of(project, content, self.memory, progress, &mut Diagnostics::default());
        // Pages of these texts are made as they should be; of others it is not known yet whether they are to be made.
        let first = |pages: &[&Output], templates: &Templates, _: &Diagnostics| {
            let own: Vec<&Output> = pages.iter().copied().filter(|output| again.is_own(output)).collect();
            writer.glimpse(&own, templates, &known.told);
        };
        let site = assemble(project, content, self.memory, progress, first, Some(&again), &mut diagnostics)?;
        let templates = site.frame.templates()?;
        let made = Made::of(&site.outputs, templates);
        if !again.is_same_list(&made) || !again.has_same_fragments(templates) {
            return None;
        }
        progress.set(Work::Pages);
        let stage = Stage::open(self.output, config.preserve_dotfiles_in_output).ok()?;
        stage.keep_all();
        let before: BTreeSet<String> = stage.written().into_iter().collect();
        let wanted: Vec<&Output> =
            site.outputs.iter().filter(|output| again.wants(output, &made, &site.library)).collect();
        let feeds = wanted.iter().filter(|output| matches!(output.body, Body::Parts { .. }));
        feeds.for_each(|output| again.know_parts(output, &site.library));
        let ready: Mutex<Vec<(String, Vec<u8>)>> = Mutex::default();
        let take = |path: &str, produced: Produced<'_>| match produced {
            Produced::Bytes(bytes) if before.contains(path) => {
                ready.lock().unwrap_or_else(PoisonError::into_inner).push((path.to_string(), bytes));
                Ok(())
            }
            Produced::Pieces(pieces) if before.contains(path) => stage.write_pieces(path, pieces),
            // A file that the old site has not: this is another site.
            _ => {
                again.failed.store(true, Ordering::Relaxed);
                Ok(())
            }
        };
        let finished = |path: &str, text: Vec<u8>| {
            project.profile.time(Kind::Output, "finish", path, || finish(project, path, text))
        };
        render::run(wanted.par_iter().copied(), templates, finished, take, &mut diagnostics);
        let failed = again.failed.load(Ordering::Relaxed) || !diagnostics.is_empty() || site.workshop.is_fleeting();
        // Whatever is made because it was asked for stays what it was.
        if failed || !keep::take(&mut more, &site, &wanted, &made) {
            return None;
        }
        progress.set(Work::Hosting);
        let store = templates.store()?;
        let has_changed = |source: &Source| texts.contains(&source.path);
        let files: Vec<&str> = before.iter().map(String::as_str).filter(|path| !more.seen.has_added(path)).collect();
        let (index, gone) = publish::search_again(&store, &mut more.indexes, has_changed, &files)?;
        // What is there as a file is that file.
        let is_static = |path: &str| site.outputs.binary_search_by(|output| output.path.as_str().cmp(path)).is_ok();
        let mut ready = ready.into_inner().unwrap_or_else(PoisonError::into_inner);
        for Output { path, body } in index {
            if let Body::Text(text) = body
                && !is_static(&path)
            {
                ready.push((path, text.into_bytes()));
            }
        }
        let new: BTreeSet<String> =
            ready.iter().map(|(path, _)| path).filter(|path| !before.contains(*path)).cloned().collect();
        let gone: BTreeSet<String> = gone.into_iter().filter(|path| !is_static(path)).map(String::from).collect();
        if project.mode == Mode::Build {
            let host = HostAgain { config, library: &site.library, stage: &stage, new, gone };
            host.host(ready, &mut more.seen)?;
        } else {
            ready.par_iter().try_for_each(|(path, bytes)| stage.write(path, bytes)).ok()?;
            for path in &gone {
                stage.leave(path);
            }
        }
        progress.set(Work::Publishing);
        let changed = stage.changed();
        let after: BTreeSet<String> = stage.written().into_iter().collect();
        let files = stage.commit().ok()?;
        let (templates, now) = (made.prints(), self.now.clone());
        let old = known.made.into_iter();
        let parts: BTreeMap<String, Vec<usize>> =
            old.filter(|(_, made)| !made.parts.is_empty()).map(|(path, made)| (path, made.parts)).collect();
        let mut trace = Trace { inputs: now, templates, made: made.of, files, ..known };
        for path in texts.iter().map(|path| format!("content/{path}")).chain(template_paths(&self.now)) {
            match self.now.print(&path, &project.root) {
                Some(print) => trace.prints.insert(path, print),
                None => trace.prints.remove(&path),
            };
        }
        trace.outputs.leave(self.output, before.difference(&after).cloned());
        trace.outputs.look_at(self.output, changed.into_iter().chain([publish::MANIFEST.to_string()]));
        trace.asked(&site.workshop, &project.root);
        for output in &site.outputs {
            // Those that were not made again are cut as they were.
            if let (Body::Parts { lengths, .. }, Some(own)) = (&output.body, trace.made.get_mut(&output.path)) {
                own.parts = lengths.get().or_else(|| parts.get(&output.path)).cloned().unwrap_or_default();
            }
        }
        self.save(trace, more, &site.sources);
        std::thread::spawn(move || drop(site));
        Some(files)
    }

    /// Keeps what a whole build has read and written for the next one.
    pub(super) fn keep(&self, site: &Assembled, (files, seen): (usize, Seen), told: &[Diagnostic]) {
        let project = self.project;
        let root = &project.root;
        let Some(templates) = site.frame.templates().filter(|_| !site.workshop.is_fleeting()) else {
            if !self.memory.lasts() {
                Trace::forget(root, self.output);
            }
            return;
        };
        let library = &site.library;
        let made = Made::of(&site.outputs, templates);
        let texts = site.sources.par_iter().map(|source| {
            let name = trace::shown(&root.join(&source.text.file), root);
            (name, source.print())
        });
        let mut prints: BTreeMap<String, [u8; 32]> = texts.collect();
        let others = self.now.files.iter().filter(|(path, signs)| {
            !prints.contains_key(*path) && signs.is_some_and(|signs| signs.length() <= PRINTED)
        });
        let others: Vec<&String> = others.map(|(path, _)| path).collect();
        prints.par_extend(others.into_par_iter().filter_map(|path| Some((path.clone(), self.now.print(path, root)?))));
        let links = site.bodies.iter().filter_map(|body| {
            let targets: Vec<String> = body.targets.iter().filter_map(|target| Trace::name(target, library)).collect();
            (!targets.is_empty()).then_some((Trace::name(&body.of, library)?, targets))
        });
        let (pictures, indexes) = (site.frame.pictures.known(), site.indexes.clone());
        let mut more = More::of(pictures, indexes, seen);
        keep::take(&mut more, site, &site.outputs.iter().collect::<Vec<_>>(), &made);
        let front = |source: &Arc<Source>| SourceTrace {
            path: source.path.clone(),
            text: source.text.text[..source.front.body_start].to_string(),
            front: source.front.kept(),
        };
        let asset = |asset: &Asset| AssetTrace { path: asset.path.clone(), file: trace::shown(&asset.file, root) };
        let mut trace = Trace {
            head: self.head,
            inputs: self.now.clone(),
            prints,
            sources: site.sources.iter().map(front).collect(),
            assets: site.assets.iter().map(asset).collect(),
            links: links.collect(),
            outputs: if self.memory.lasts() { Built::default() } else { Built::of(self.output) },
            templates: made.prints(),
            made: made.of,
            fragments: templates.reads(FRAGMENTS).into_iter().map(|reads| reads.print).collect(),
            is_plain: is_plain(site, project),
            pages: site.pages,
            files,
            told: told.to_vec(),
            ..Trace::default()
        };
        trace.asked(&site.workshop, root);
        if !self.memory.lasts() {
            trace.keep_maps(&site.frame.maps.pages, root, self.output);
        }
        self.save(trace, more, &site.sources);
    }

    fn save(&self, trace: Trace, more: More, sources: &[Arc<Source>]) {
        if self.memory.lasts() {
            self.memory.leave::<Known>((trace, Some((more, sources.to_vec()))));
        } else {
            trace.save(&more, &self.project.root, self.output);
        }
    }
}

impl Again<'_> {
    /// The content with those bodies only that have changed; `None` when more than bodies has.
    /// `held` are the content files as the last build had them, in their order.
    fn content(&self, project: &Project, held: Option<Vec<Arc<Source>>>) -> Option<WalkedContent> {
        // Some templates look at the texts of all.
        let needs_all = !self.texts.is_empty() && self.more.shows_everything();
        let held = held.filter(|held| held.len() == self.trace.sources.len());
        let source = |(at, known): (usize, &SourceTrace)| {
            let has_changed = self.texts.contains(known.path.as_str());
            let source = match held.as_ref().filter(|_| !has_changed) {
                Some(held) => Arc::clone(&held[at]),
                None => Arc::new(Source::thin(&known.path, &known.text, &known.front, &project.config)?),
            };
            if needs_all || has_changed { source.whole(&project.root) } else { Some(source) }
        };
        let sources: Option<Vec<Arc<Source>>> = self.trace.sources.par_iter().enumerate().map(source).collect();
        let asset = |asset: &AssetTrace| Asset { path: asset.path.clone(), file: project.root.join(&asset.file) };
        let assets = self.trace.assets.iter().map(asset).collect();
        Some(WalkedContent { sources: sources?, assets, complete: true, lost: vec![] })
    }

    /// A body that is as it was, but for its text.
    pub(super) fn rendered(&self, of: &Target, library: &Library) -> Rendered {
        let name = Trace::name(of, library).unwrap_or_default();
        let links = self.trace.links.get(&name).into_iter().flatten();
        let targets = links.filter_map(|name| Trace::target(name, library)).collect();
        self.more.bodies.get(&name).and_then(|body| body.rendered(targets, library)).unwrap_or_else(|| {
            self.failed.store(true, Ordering::Relaxed);
            Rendered::default()
        })
    }

    /// What was made of files that are as they were.
    pub(super) fn known(&self) -> frame::Known<'_> {
        frame::Known { pictures: &self.more.pictures, maps: self.maps.as_deref() }
    }

    /// The content files whose bodies have changed.
    pub(super) fn texts(&self) -> &BTreeSet<&str> {
        &self.texts
    }

    /// Whether bodies link to what they linked to: those that are linked to say so.
    pub(super) fn links_as_before(&self, bodies: &Bodies, library: &Library) -> bool {
        bodies.all().filter(|(_, made)| !made.is_later).all(|(of, made)| {
            let names = made.rendered.targets.iter().filter_map(|target| Trace::name(target, library));
            let before = Trace::name(&of, library).and_then(|name| self.trace.links.get(&name));
            names.eq(before.into_iter().flatten().cloned())
        })
    }

    /// Whether the site has the same outputs of templates, for the same files.
    fn is_same_list(&self, made: &Made) -> bool {
        let old = self.trace.made.iter().map(|(path, made)| (path, &made.origin));
        old.eq(made.of.iter().map(|(path, made)| (path, &made.origin)))
    }

    /// Whether bodies would be rendered as they were: by the same templates, and where they are templates themselves, by the
    /// same ones of whatever they call.
    fn has_same_fragments(&self, templates: &Templates) -> bool {
        let fragments = templates.reads(FRAGMENTS).into_iter().map(|reads| reads.print);
        fragments.eq(self.trace.fragments.iter().copied()) && (!self.texts.is_empty() || !self.more.has_templates())
    }

    /// Whether an output is the page of a text that has changed.
    fn is_own(&self, output: &Output) -> bool {
        let Body::Template { origin: Some(origin), .. } = &output.body else { return false };
        origin.strip_prefix("content/").is_some_and(|path| self.texts.contains(path))
    }

    /// Whether an output shows something that has changed.
    fn wants(&self, output: &Output, made: &Made, library: &Library) -> bool {
        match &output.body {
            Body::File(_) => false,
            // None of them looks at texts.
            Body::Text(_) => self.texts.is_empty(),
            Body::Template { .. } | Body::Parts { .. } => {
                let (Some(now), Some(before)) = (made.of.get(&output.path), self.trace.made.get(&output.path)) else {
                    return true;
                };
                let (name, reads) = &made.templates[now.template];
                let is_same = |(old, print): &(String, [u8; 32])| old == name && *print == reads.print;
                let is_old = self.trace.templates.get(before.template).is_some_and(is_same);
                !is_old
                    || match &output.body {
                        // Of such lists it is known which pages they show.
                        Body::Parts { parts, .. } => parts.iter().any(|part| self.has_changed(part, library)),
                        _ => self.shows_changed(&output.path, now, reads, library),
                    }
            }
        }
    }

    /// Whether an output of an unchanged template shows a text that has changed.
    fn shows_changed(&self, path: &str, made: &MadeTrace, reads: &Reads, library: &Library) -> bool {
        if self.texts.is_empty() {
            return false;
        }
        let own = made.origin.as_deref().and_then(|file| file.strip_prefix("content/"));
        if own.is_some_and(|path| self.texts.contains(path)) {
            return true;
        }
        let has_changed = |target: &Target| {
            let source = match target {
                Target::Page(id) => Some(&library.pages[*id].source),
                Target::Section(id) => library.sections[*id].source.as_ref(),
                Target::Asset(_) => None,
            };
            source.is_some_and(|source| self.texts.contains(source.path.as_str()))
        };
        let asked = || self.more.outputs.get(path);
        reads.foreign && asked().is_none_or(|asked| asked.shows(library, &has_changed))
    }

    /// How much of other pages the outputs look at that will be made. Lists in parts have their own values.
    pub(super) fn depth(&self, templates: &Templates, library: &Library) -> Depth {
        let names = self.trace.templates.iter().map(|(name, _)| name.as_str());
        let reads = templates.reads(names);
        let wanted = self.trace.made.iter().filter(|(_, made)| made.parts.is_empty()).filter_map(|(path, made)| {
            let (now, (_, before)) = (reads.get(made.template)?, self.trace.templates.get(made.template)?);
            (now.print != *before || self.shows_changed(path, made, now, library)).then_some(now)
        });
        let depth = |reads: &Reads| match (reads.foreign, reads.lists) {
            (true, _) => Depth::Whole,
            (false, true) => Depth::Thin,
            (false, false) => Depth::Alone,
        };
        wanted.map(depth).max().unwrap_or(Depth::Alone)
    }

    /// Gives the parts of a list the texts that they had, where nothing in them has changed.
    fn know_parts(&self, output: &Output, library: &Library) {
        let (Body::Parts { parts, .. }, Some(before)) = (&output.body, self.trace.made.get(&output.path)) else {
            return;
        };
        let is_cut_alike = before.parts.len() == parts.len() + 2;
        let length = std::fs::metadata(self.output.join(&output.path)).map_or(0, |meta| meta.len());
        if !is_cut_alike || before.parts.iter().sum::<usize>() as u64 != length {
            return;
        }
        let mut at = before.parts[0];
        for (part, length) in parts.iter().zip(&before.parts[1..]) {
            let range = at..at + length;
            at += length;
            if !self.has_changed(part, library) {
                let _ = part.known.set(range);
            }
        }
    }

    /// Whether the text of a page in this part of a list has changed.
    fn has_changed(&self, part: &Part, library: &Library) -> bool {
        part.pages.iter().any(|id| self.texts.contains(library.pages[*id].source.path.as_str()))
    }
}

/// The outputs that templates make, and what those read.
struct Made {
    of: BTreeMap<String, MadeTrace>,
    templates: Vec<(String, Reads)>,
}

impl Made {
    fn of(outputs: &[Output], templates: &Templates) -> Self {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let mut of = BTreeMap::new();
        for output in outputs {
            let (template, origin, parts) = match &output.body {
                Body::Template { template, origin, .. } => (template, origin.clone(), vec![]),
                Body::Parts { template, lengths, .. } => (template, None, lengths.get().cloned().unwrap_or_default()),
                _ => continue,
            };
            let next = names.len();
            let template = *names.entry(template).or_insert(next);
            of.insert(output.path.clone(), MadeTrace { template, origin, parts });
        }
        let mut in_order: Vec<(&str, usize)> = names.into_iter().collect();
        in_order.sort_by_key(|(_, at)| *at);
        let reads = templates.reads(in_order.iter().map(|(name, _)| *name));
        let names = in_order.iter().map(|(name, _)| (*name).to_string());
        Self { of, templates: names.zip(reads).collect() }
    }

    /// The templates as traces have them.
    fn prints(&self) -> Vec<(String, [u8; 32])> {
        self.templates.iter().map(|(name, reads)| (name.clone(), reads.print)).collect()
    }
}

/// Whether some of the site can be made without the rest.
fn is_plain(site: &Assembled, project: &Project) -> bool {
    let config = &project.config;
    let knows_itself = site.bodies.iter().all(|body| !body.asked.everything);
    knows_itself && !publish::is_index_whole(config) && !config.hard_link_static
}

fn template_paths(now: &Survey) -> impl Iterator<Item = String> {
    now.files.keys().filter(|path| trace::is_template(path)).cloned().collect::<Vec<_>>().into_iter()
}
