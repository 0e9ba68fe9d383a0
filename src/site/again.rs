//! A build after another: what is as it was is not made again.
//!
//! The trace of the last build tells what has changed since. Nothing: there is nothing to do. Bodies of pages, or templates:
//! what they show is made, if it can be told what that is. Anything else, or any doubt: the whole site is built, and of what is
//! made only what differs is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::values::Depth;
use super::write::finish;
use super::{Assembled, Outcome, Progress, Work, assemble, contents_of};
use crate::config::Project;
use crate::content::{Library, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, Words};
use crate::memory::Memory;
use crate::publish::Stage;
use crate::render::{self, Body, Output, Produced};
use crate::source::{Asset, Source, WalkedContent};
use crate::template::{Reads, Templates};
use crate::trace::{self, AssetTrace, Built, Change, MadeTrace, SourceTrace, Survey, Trace};

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
    known: Option<Trace>,
}

/// What is made again.
pub(super) struct Again<'a> {
    trace: &'a Trace,
    output: &'a Path,
    /// Content files whose bodies have changed.
    texts: BTreeSet<&'a str>,
    /// Told when anything is not as it was thought to be.
    pub(super) failed: Arc<AtomicBool>,
}

/// What a body links to, and whether bodies can be told apart.
#[derive(Default)]
pub(super) struct Links {
    pub(super) of: Vec<(Target, Vec<Target>)>,
    /// Some body is a template, or names an anchor of another page: what it says depends on more than itself.
    pub(super) are_tied: bool,
}

impl<'a> Tracer<'a> {
    /// Looks at everything a site is made of, before it is read.
    pub(super) fn begin(project: &'a Arc<Project>, output: &'a Path) -> Self {
        let head = trace::head(project, output);
        let (now, known) = rayon::join(|| trace::inputs(project), || Trace::load(&project.root, output, head));
        Self { project, output, head, now, known }
    }

    /// What becomes of a build that need not make everything; `None` when the whole site is to be built.
    pub(super) fn outcome(&mut self, words: Words, progress: &Progress) -> Option<Outcome> {
        progress.set(Work::Comparing);
        let known = self.known.take()?;
        if !known.outputs.is_in(self.output) {
            return None;
        }
        let change = known.change(self.project, &self.now);
        let outcome = |files, pages, diagnostics| Outcome {
            diagnostics,
            words: Some(words),
            files: Some(files),
            pages,
            decoded: 0,
            abandoned: false,
        };
        match change {
            Change::Nothing => Some(outcome(known.files, known.pages, known.told)),
            Change::Texts(texts) if known.is_plain => {
                let pages = known.pages;
                let files = self.again(known, &texts, progress)?;
                Some(outcome(files, pages, vec![]))
            }
            Change::Templates(_) if known.is_plain => {
                let pages = known.pages;
                let files = self.again(known, &[], progress)?;
                Some(outcome(files, pages, vec![]))
            }
            _ => None,
        }
    }

    /// Makes what shows these texts, or templates that have changed. Returns how many files the site has.
    fn again(&self, known: Trace, texts: &[String], progress: &Progress) -> Option<usize> {
        let (project, config) = (self.project, &self.project.config);
        let mut diagnostics = Diagnostics::default();
        let again = Again {
            trace: &known,
            output: self.output,
            texts: texts.iter().map(String::as_str).collect(),
            failed: Arc::default(),
        };
        let content = again.content(project)?;
        let memory = Memory::default();
        let content = contents_of(project, content, &memory, progress, &mut diagnostics);
        let first = |_: &[&Output], _: &Templates, _: &Diagnostics| {};
        let site = assemble(project, content, &memory, progress, first, Some(&again), &mut diagnostics)?;
        let templates = site.frame.templates()?;
        let made = Made::of(&site.outputs, templates);
        let is_same_list = {
            let old = known.made.iter().map(|(path, made)| (path, &made.origin));
            old.eq(made.of.iter().map(|(path, made)| (path, &made.origin)))
        };
        let fragments = templates.reads(FRAGMENTS).into_iter().map(|reads| reads.print);
        if !is_same_list || !diagnostics.is_empty() || !fragments.eq(known.fragments.iter().copied()) {
            return None;
        }
        progress.set(Work::Pages);
        let stage = Stage::open(self.output, config.preserve_dotfiles_in_output).ok()?;
        stage.keep_all();
        let wanted: Vec<&Output> = site.outputs.iter().filter(|output| again.wants(output, &made)).collect();
        let feeds = wanted.iter().filter(|output| matches!(output.body, Body::Parts { .. }));
        feeds.for_each(|output| again.know_parts(output, &site.library));
        let take = |path: &str, produced: Produced<'_>| match produced {
            Produced::Bytes(bytes) if stage.has(path) => stage.write(path, &bytes),
            Produced::Pieces(pieces) if stage.has(path) => stage.write_pieces(path, pieces),
            // A file that the old site has not: this is another site.
            _ => {
                again.failed.store(true, Ordering::Relaxed);
                Ok(())
            }
        };
        render::run(wanted, templates, |path, text| finish(project, path, text), take, &mut diagnostics);
        let failed = again.failed.load(Ordering::Relaxed)
            || !diagnostics.is_empty()
            || !is_plain(&site, project)
            || site.workshop.is_fleeting();
        if failed {
            return None;
        }
        progress.set(Work::Publishing);
        let changed = stage.changed();
        let files = stage.commit().ok()?;
        let (templates, now) = (made.prints(), self.now.clone());
        let old = known.made.into_iter();
        let parts: BTreeMap<String, Vec<usize>> =
            old.filter(|(_, made)| !made.parts.is_empty()).map(|(path, made)| (path, made.parts)).collect();
        let mut trace = Trace { inputs: now, templates, made: made.of, ..known };
        for path in texts.iter().map(|path| format!("content/{path}")).chain(template_paths(&self.now)) {
            match self.now.print(&path, &project.root) {
                Some(print) => trace.prints.insert(path, print),
                None => trace.prints.remove(&path),
            };
        }
        trace.outputs.look_at(self.output, changed.into_iter());
        trace.asked(&site.workshop, &project.root);
        for output in &site.outputs {
            // Those that were not made again are cut as they were.
            if let (Body::Parts { lengths, .. }, Some(own)) = (&output.body, trace.made.get_mut(&output.path)) {
                own.parts = lengths.get().or_else(|| parts.get(&output.path)).cloned().unwrap_or_default();
            }
        }
        trace.save(&project.root, self.output);
        std::thread::spawn(move || drop(site));
        Some(files)
    }

    /// Keeps what a whole build has read and written for the next one.
    pub(super) fn keep(&self, site: &Assembled, files: usize, told: &[Diagnostic]) {
        let project = self.project;
        let root = &project.root;
        let Some(templates) = site.frame.templates().filter(|_| !site.workshop.is_fleeting()) else {
            Trace::forget(root, self.output);
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
        let links = site.links.of.iter().filter_map(|(target, targets)| {
            let targets: Vec<String> = targets.iter().filter_map(|target| Trace::name(target, library)).collect();
            (!targets.is_empty()).then_some((Trace::name(target, library)?, targets))
        });
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
            outputs: Built::of(self.output),
            templates: made.prints(),
            made: made.of,
            fragments: templates.reads(FRAGMENTS).into_iter().map(|reads| reads.print).collect(),
            is_plain: told.is_empty() && is_plain(site, project),
            pages: site.pages,
            files,
            told: told.to_vec(),
            ..Trace::default()
        };
        trace.asked(&site.workshop, root);
        trace.save(root, self.output);
    }
}

impl Again<'_> {
    /// The content with those bodies only that have changed; `None` when more than bodies has.
    fn content(&self, project: &Project) -> Option<WalkedContent> {
        let source = |known: &SourceTrace| {
            let source = Arc::new(Source::thin(&known.path, &known.text, &known.front, &project.config)?);
            if self.texts.contains(known.path.as_str()) { source.whole(&project.root) } else { Some(source) }
        };
        let sources: Option<Vec<Arc<Source>>> = self.trace.sources.par_iter().map(source).collect();
        let asset = |asset: &AssetTrace| Asset { path: asset.path.clone(), file: project.root.join(&asset.file) };
        let assets = self.trace.assets.iter().map(asset).collect();
        Some(WalkedContent { sources: sources?, assets, complete: true, lost: vec![] })
    }

    /// What a body that was not rendered links to.
    pub(super) fn links(&self, of: &Target, library: &Library) -> Vec<Target> {
        let names = Trace::name(of, library).and_then(|name| self.trace.links.get(&name));
        names.into_iter().flatten().filter_map(|name| Trace::target(name, library)).collect()
    }

    /// The content files whose bodies have changed.
    pub(super) fn texts(&self) -> &BTreeSet<&str> {
        &self.texts
    }

    /// Whether bodies link to what they linked to: those that are linked to say so.
    pub(super) fn links_as_before(&self, links: &Links, library: &Library) -> bool {
        !links.are_tied
            && links.of.iter().all(|(of, targets)| {
                let names = targets.iter().filter_map(|target| Trace::name(target, library));
                let before = Trace::name(of, library).and_then(|name| self.trace.links.get(&name));
                names.eq(before.into_iter().flatten().cloned())
            })
    }

    /// Whether an output shows something that has changed.
    fn wants(&self, output: &Output, made: &Made) -> bool {
        match &output.body {
            Body::File(_) => false,
            Body::Text(_) => true,
            Body::Template { .. } | Body::Parts { .. } => {
                let (Some(now), Some(before)) = (made.of.get(&output.path), self.trace.made.get(&output.path)) else {
                    return true;
                };
                let (name, reads) = &made.templates[now.template];
                let is_same = |(old, print): &(String, [u8; 32])| old == name && *print == reads.print;
                !self.trace.templates.get(before.template).is_some_and(is_same) || self.shows_changed(now, reads)
            }
        }
    }

    /// Whether an output of an unchanged template shows a text that has changed.
    fn shows_changed(&self, made: &MadeTrace, reads: &Reads) -> bool {
        let own = made.origin.as_deref().and_then(|file| file.strip_prefix("content/"));
        !self.texts.is_empty() && (reads.foreign || own.is_some_and(|path| self.texts.contains(path)))
    }

    /// How much of other pages the outputs look at that will be made. Lists in parts have their own values.
    pub(super) fn depth(&self, templates: &Templates) -> Depth {
        let names = self.trace.templates.iter().map(|(name, _)| name.as_str());
        let reads = templates.reads(names);
        let wanted = self.trace.made.values().filter(|made| made.parts.is_empty()).filter_map(|made| {
            let (now, (_, before)) = (reads.get(made.template)?, self.trace.templates.get(made.template)?);
            (now.print != *before || self.shows_changed(made, now)).then_some(now)
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
            let has_changed = part.pages.iter().any(|id| self.texts.contains(library.pages[*id].source.path.as_str()));
            if !has_changed {
                let _ = part.known.set(range);
            }
        }
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

/// Whether outputs stand for themselves: templates asked for nothing that is made beside them, nothing is made of all of them.
fn is_plain(site: &Assembled, project: &Project) -> bool {
    let (config, workshop) = (&project.config, &site.workshop);
    let hosting = &config.hosting;
    let is_searched = config.language_codes().any(|language| config.language(language).build_search_index);
    let is_asked = workshop.recipes().is_empty()
        && workshop.pictures.files().is_empty()
        && workshop.hashed().is_empty()
        && workshop.untranslated().is_empty();
    is_asked
        && !site.links.are_tied
        && !is_searched
        && hosting.precompress.is_empty()
        && hosting.headers.is_empty()
        && config.offline.folders().next().is_none()
        && config.open_data.is_none()
        && !config.hard_link_static
}

fn template_paths(now: &Survey) -> impl Iterator<Item = String> {
    now.files.keys().filter(|path| trace::is_template(path)).cloned().collect::<Vec<_>>().into_iter()
}
