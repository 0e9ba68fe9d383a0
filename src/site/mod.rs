//! The pipeline: every room once, in order.

mod again;
mod anchors;
mod bodies;
mod extra;
mod files;
mod frame;
mod options;
mod output_folder;
mod paths;
mod pictures;
mod progress;
mod theme;
mod values;
mod viewer;
mod write;

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use tera::Value;

use self::again::{Again, Bodied, Tracer};
use self::bodies::Renderer;
use self::frame::Frame;
pub use self::options::{BuildOptions, CheckOptions, Checked, Contents, Outcome, Standing};
pub use self::progress::{Progress, Stage as Work};
use self::values::{Depth, Needs, Values};
use self::viewer::Nobody;
pub use self::viewer::{Glimpse, Viewer};
use self::write::{Writer, finish, is_style_sheet, report_untranslated};
use crate::check::{self, Scale, Subject};
use crate::config::{self, Config, Mode, Project, is_base_url};
use crate::content::{BlockKeys, Library, is_html};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Words};
use crate::gallery;
use crate::glossary::Glossary;
use crate::guide;
use crate::markdown::Markdown;
use crate::memory::{Key, Memory, Parts};
use crate::open_data::OpenData;
use crate::publish::{self, KeptIndexes, Lock};
use crate::readability;
use crate::render::{self, Body, Output, Produced};
use crate::source::{Asset, Source, WalkedContent, read_content, read_files};
use crate::template::{Lazy, Store, StoreParts, Templates, Twins, Workshop, is_of_twins};
use crate::text;
use crate::translation::{self, Status};

/// Builds a site. With an error anywhere nothing is written.
#[must_use]
pub fn build(options: &BuildOptions) -> Outcome {
    rebuild(options, &Memory::default(), &Nobody)
}

/// Builds a site once more, from what is kept in `memory` where it is as it was; what `viewer` looks at comes first.
#[must_use]
pub fn rebuild(options: &BuildOptions, memory: &Memory, viewer: &dyn Viewer) -> Outcome {
    let mut diagnostics;
    let mut lock: Option<Lock> = None;
    let (project, output) = loop {
        diagnostics = Diagnostics::default();
        let Some(project) = project(options, &mut diagnostics) else {
            return Outcome::failed(diagnostics.sorted());
        };
        let output = options.output_dir.clone().unwrap_or_else(|| project.root.join(&project.config.output_dir));
        if lock.as_ref().is_some_and(|lock| lock.is_for(&output)) || output_folder::is_read(&project.root, &output) {
            break (project, output);
        }
        let taken = Lock::take(&output, || options.progress.set(Work::Waiting));
        // A configuration that was read before it waited may be old.
        let waited = taken.waited();
        lock = Some(taken);
        if !waited {
            break (project, output);
        }
    };
    let words = Words::for_language(&project.config.default_language);
    let writer = Writer { project: &project, output: &output, viewer, words, force: options.force };
    let leaves = options.traces || memory.lasts();
    let mut tracer = leaves.then(|| Tracer::begin(&project, &output, memory));
    if !options.force
        && let Some(outcome) = tracer.as_mut().and_then(|tracer| tracer.outcome(words, &options.progress, &writer))
    {
        return outcome;
    }
    // What a whole build looks at stays for the next one, however many small ones are between.
    memory.begin();
    let content = read(&project, memory, &options.progress, &mut diagnostics);
    let mut outcome = Outcome { words: Some(words), ..Outcome::failed(vec![]) };
    let first = |pages: &[&Output], templates: &Templates, diagnostics: &Diagnostics| {
        let told = diagnostics.clone().sorted();
        writer.show_first(pages, templates, &told);
    };
    let site = assemble(&project, content, memory, &options.progress, first, None, &mut diagnostics);
    diagnostics.take(output_folder::check(&project.root, &output, &project.config, options.force));
    if let Some(site) = site {
        options.progress.set(Work::Pages);
        let written = writer.write(&site, &options.progress, &mut diagnostics);
        let seen = written.map(|(files, seen)| {
            outcome.files = Some(files);
            seen
        });
        outcome.pages = site.pages;
        outcome.decoded = site.workshop.pictures.decoded();
        outcome.abandoned = outcome.files.is_none() && viewer.gives_up();
        let told = diagnostics.clone().sorted();
        if let (Some(tracer), Some(files), Some(seen)) = (&tracer, outcome.files, seen) {
            tracer.keep(&site, (files, seen), &told);
        }
        // To take a large site to pieces lasts a twentieth of its build; nobody has to wait for that.
        std::thread::spawn(move || drop(site));
    }
    drop(lock);
    Outcome { diagnostics: diagnostics.sorted(), ..outcome }
}

/// Checks a site: everything a build does, but nothing is written, except that the cache keeps the pictures that were
/// made, and what only a check sees. What is said is limited to the paths that were asked for.
#[must_use]
pub fn check(options: &BuildOptions, asked: &CheckOptions) -> Checked {
    let mut diagnostics = Diagnostics::default();
    let Some(project) = project(options, &mut diagnostics) else {
        return Checked { diagnostics: diagnostics.sorted(), ..Checked::default() };
    };
    let words = Words::for_language(&project.config.default_language);
    let paths = paths::below(&project.root, &asked.paths, &mut diagnostics);
    let memory = Memory::default();
    let content = read(&project, &memory, &options.progress, &mut diagnostics);
    // Whoever holds it still keeps the bodies.
    let library = &Arc::clone(&content.library);
    // Of a site that is not whole, what could be read.
    let mut pages = library.pages.len() + library.sections.len();
    let site = assemble(&project, content, &memory, &options.progress, |_, _, _| {}, None, &mut diagnostics);
    if let Some(site) = &site {
        pages = site.pages;
        options.progress.set(Work::Pages);
        let scale = Scale::default();
        let is_weighed = project.config.check.page_weight.is_some();
        let weigh = |path: &str, text: Vec<u8>| {
            if !is_weighed || !is_html(path) {
                return text;
            }
            let html = String::from_utf8_lossy(&text).into_owned();
            let finished = finish(&project, path, text);
            scale.page(path, &html, &finished);
            finished
        };
        let take = |path: &str, produced: Produced<'_>| {
            if is_weighed {
                scale.file(path, &produced);
            }
            Ok(())
        };
        if let Some(templates) = site.frame.templates() {
            render::run(&site.outputs, templates, weigh, take, &mut diagnostics);
            site.workshop.hashed().iter().for_each(|(name, hashed)| scale.also(name, &hashed.of));
        }
        report_untranslated(&project.config, &site.workshop, &mut diagnostics);
        publish::check_pictures(&project.root, &site.workshop, &mut diagnostics);
        scale.check(&project, library, &mut diagnostics);
    }
    options.progress.set(Work::Checks);
    let statics = read_files(&project.root.join("static"), &project.root, &[], &mut Diagnostics::default());
    let outputs = site.iter().flat_map(|site| &site.outputs).map(|output| output.path.as_str()).collect();
    let subject = Subject { project: &project, library, statics: &statics, outputs };
    check::run(&subject, &mut diagnostics);
    if asked.external {
        options.progress.set(Work::Links);
        check::external(&subject, &mut diagnostics);
    }
    let readability = asked.readability.then(|| readability::report(library, &project.config));
    diagnostics.extend(readability.iter().flat_map(|report| report.breaches.clone()));
    let all = diagnostics.sorted();
    let (diagnostics, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|diagnostic| paths.hold(diagnostic));
    let elsewhere = others.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    Checked { diagnostics, words: Some(words), root: project.root.clone(), pages, elsewhere, readability }
}

/// How far the translations of a site are, and which facts are due; `None` where the site cannot be read, with the reasons.
#[must_use]
pub fn status(options: &BuildOptions) -> Standing {
    let mut diagnostics = Diagnostics::default();
    let Some(project) = project(options, &mut diagnostics) else {
        return Standing { diagnostics: diagnostics.sorted(), words: None, root: options.root.clone(), status: None };
    };
    let words = Some(Words::for_language(&project.config.default_language));
    let content = read(&project, &Memory::default(), &options.progress, &mut diagnostics);
    let status = Status::of(&content.library, &project);
    // What is wrong besides is a check's to tell; only what hides pages matters here.
    let diagnostics = diagnostics.sorted().into_iter().filter(|found| found.severity == Severity::Error).collect();
    Standing { diagnostics, words, root: project.root.clone(), status: Some(status) }
}

/// The content of a site as far as it can be read, drafts included; what is wrong with it is a check's to tell. Without a
/// configuration that can be used: why.
pub fn contents(options: &BuildOptions) -> Result<Contents, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::default();
    let options = BuildOptions { drafts: true, ..options.clone() };
    let Some(project) = project(&options, &mut diagnostics) else { return Err(diagnostics.sorted()) };
    let library = read(&project, &Memory::default(), &options.progress, &mut diagnostics).library;
    Ok(Contents { project, library })
}

/// What is to be built; `None` without a configuration that can be used.
fn project(options: &BuildOptions, diagnostics: &mut Diagnostics) -> Option<Arc<Project>> {
    let Some((root, file)) = config::find(&options.root, options.config.as_deref()) else {
        diagnostics.push(Config::missing(&options.root, options.config.as_deref()));
        return None;
    };
    let mut config = Config::load(&root, &file, diagnostics)?;
    config.minify_html |= options.minify;
    if options.uncompressed {
        config.hosting.precompress.clear();
    }
    if let Some(base_url) = &options.base_url {
        config.base_url.clone_from(base_url);
        if !is_base_url(base_url) {
            diagnostics.push(
                Diagnostic::error(
                    Code::ConfigInvalid,
                    None,
                    text!("„{base_url}” nie jest adresem witryny", "`{base_url}` is not the address of a site"),
                )
                .help(text!("przykład: --base-url https://example.org", "an example: --base-url https://example.org")),
            );
        }
    }
    Some(Arc::new(Project {
        root,
        today: options.now.to_zoned(jiff::tz::TimeZone::UTC).date(),
        now: options.now,
        drafts: options.drafts,
        mode: options.mode,
        profile: options.progress.profile().clone(),
        config,
    }))
}

/// The content of a site.
struct Content {
    library: Arc<Library>,
    /// The files that explain words.
    glossaries: Vec<Asset>,
    /// The key of what does not look at bodies.
    frame: Option<Key>,
    /// The files themselves.
    sources: Vec<Arc<Source>>,
    assets: Vec<Asset>,
}

fn read(project: &Project, memory: &Memory, progress: &Progress, diagnostics: &mut Diagnostics) -> Content {
    let config = &project.config;
    progress.set(Work::Reading);
    let content = read_content(&project.root, config, memory, diagnostics);
    contents_of(project, content, memory, progress, diagnostics)
}

/// The content of files that were read.
fn contents_of(
    project: &Project,
    content: WalkedContent,
    memory: &Memory,
    progress: &Progress,
    diagnostics: &mut Diagnostics,
) -> Content {
    let config = &project.config;
    let glossaries = Glossary::files(&content.assets);
    let frame = frame::key(project, &content, memory);
    let (sources, assets) = (content.sources.clone(), content.assets.clone());
    progress.set(Work::Contents);
    let key = frame.map(|frame| Parts::of("library").with(frame).key());
    let library = memory.keep(key, diagnostics, |diagnostics| {
        let page_keys = [guide::keys(), gallery::KEYS.to_vec(), vec![translation::KEY]].concat();
        let section_keys = [guide::SECTION_KEYS, gallery::KEYS, &[translation::KEY]].concat();
        let block_keys = BlockKeys { pages: &page_keys, sections: &section_keys };
        let mut library = Library::build(config, content, project.drafts, block_keys, diagnostics);
        guide::mark_examples(&mut library, &config.default_language);
        (library, true)
    });
    Content { library: library.with_sources(&sources), glossaries, frame, sources, assets }
}

/// A site that has only to be written.
struct Assembled {
    outputs: Vec<Output>,
    library: Arc<Library>,
    frame: Arc<Frame>,
    workshop: Arc<Workshop>,
    sources: Vec<Arc<Source>>,
    assets: Vec<Asset>,
    /// What bodies said that were rendered.
    bodies: Vec<Bodied>,
    indexes: KeptIndexes,
    /// How many of the outputs are pages and sections.
    pages: usize,
}

/// Everything up to the list of outputs; `None` when content or templates are not whole. `first` gets the pages as soon as
/// they can be made.
fn assemble(
    project: &Arc<Project>,
    content: Content,
    memory: &Memory,
    progress: &Progress,
    first: impl FnOnce(&[&Output], &Templates, &Diagnostics),
    again: Option<&Again<'_>>,
    diagnostics: &mut Diagnostics,
) -> Option<Assembled> {
    let (root, config) = (&project.root, &project.config);
    let Content { library, glossaries, frame: key, sources, assets } = content;
    // What does not look at bodies says what it said; that is known.
    let mut aside = Diagnostics::default();
    let whole = if again.is_some() { &mut aside } else { &mut *diagnostics };
    let static_files = files::static_outputs(root, config, whole);
    let known = (glossaries.as_slice(), again.map(Again::known).unwrap_or_default());
    let frame = Frame::of(key, memory, project, &library, known, progress, whole);
    let style_sheets = frame::styles(project, &frame.code, memory, whole);
    frame.pictures.look_again();
    let workshop = Arc::new(Workshop::new(Arc::clone(&frame.code), style_sheets, Arc::clone(&frame.pictures)));
    let Frame { glossary, galleries, guide, values, maps, facets, .. } = &*frame;
    let open_data = |library: &Arc<Library>| {
        Arc::new(OpenData {
            project: Arc::clone(project),
            library: Arc::clone(library),
            guide: Arc::clone(guide),
            values: Arc::clone(values),
            maps: Arc::clone(maps),
            made: OnceLock::new(),
        })
    };
    let parts = |library: &Arc<Library>, open_data: Arc<OpenData>, contents, extra: &Value| {
        let (project, library, workshop) = (Arc::clone(project), Arc::clone(library), Arc::clone(&workshop));
        let (maps, galleries, glossary) = (Arc::clone(maps), Arc::clone(galleries), Arc::clone(glossary));
        let (guide, values, facets) = (Arc::clone(guide), Arc::clone(values), Arc::clone(facets));
        let extra = extra.clone();
        Store::new(StoreParts {
            project,
            library,
            workshop,
            maps,
            guide,
            values,
            facets,
            galleries,
            glossary,
            open_data,
            contents,
            extra,
        })
    };
    if let (Some(templates), Some(extra)) = (frame.templates(), &frame.extra) {
        templates.provide(parts(&library, open_data(&library), Lazy::default(), extra));
    }
    let depth = match (again, frame.templates()) {
        (Some(again), Some(templates)) => again.depth(templates, &library),
        (None, Some(templates)) if !memory.lasts() && !templates.read_others() => Depth::Thin,
        _ => Depth::Whole,
    };
    let needs = Needs::of(frame.templates(), depth);
    progress.set(Work::Texts);
    // Bodies that are made alone are not looked at by the next build: a kept one would stay for long.
    let once = Memory::default();
    let bodies = {
        let marks_lines = project.mode == Mode::Serve;
        let markdown = Markdown { config, library: &library, galleries, code: &workshop.code, marks_lines };
        let bodies_memory = if again.is_some() { &once } else { memory };
        let keeper = bodies::Keeper { memory: bodies_memory, frame: key, workshop: &workshop };
        let renderer = Renderer::new(markdown, &frame, keeper, needs.words);
        match again {
            None => renderer.run(diagnostics),
            Some(again) => renderer.again(again.texts(), |target| again.rendered(target, &library), diagnostics),
        }
    };
    let checks: Vec<bodies::Check> = frame.checks.iter().cloned().chain(bodies.checks()).collect();
    if again.is_some_and(|again| !again.links_as_before(&bodies, &library)) {
        return None;
    }
    let said = Bodied::of(&bodies);
    anchors::check(&library, &bodies, checks, config, diagnostics);
    // What there is to say a whole build says; until then nobody is shown what may be wrong.
    if again.is_some() && !diagnostics.is_empty() {
        return None;
    }
    let (templates, extra) = (frame.templates()?, frame.extra.as_ref()?);
    if !library.complete || !guide.complete {
        return None;
    }
    progress.set(Work::Values);
    let keys: Vec<Option<Key>> = bodies.pages.iter().map(|made| made.key).collect();
    // A build again has few bodies, and a later one may want them.
    let (library, sources) = if depth == Depth::Whole || again.is_some() {
        (library, sources)
    } else {
        templates.withdraw();
        without_bodies(library, sources)
    };
    let open_data = open_data(&library);
    let of = values::Of {
        project: Arc::clone(project),
        library: Arc::clone(&library),
        frame: Arc::clone(&frame),
        open_data: Arc::clone(&open_data),
        twins: Twins::of(config, templates),
        workshop: Arc::clone(&workshop),
        failed: again.map_or_else(Arc::default, |again| Arc::clone(&again.failed)),
        needs,
        depth,
    };
    let mut contents = Values::new(of, bodies);
    if memory.lasts() && again.is_none() {
        contents.remember(&keys, memory);
    }
    templates.provide(parts(&library, open_data, contents.lazy(), extra));
    progress.set(Work::Outputs);
    let store = templates.store()?;
    let mut aside = Diagnostics::default();
    let whole = if again.is_some() { &mut aside } else { &mut *diagnostics };
    let mut outputs = render::content_outputs(&store, templates, whole);
    let sheets = publish::style_outputs(&store);
    first(&first_outputs(&outputs, &sheets, &static_files), templates, whole);
    let pages = outputs.iter().filter(|output| is_html(&output.path) && !is_twin(output)).count();
    outputs.extend(publish::list_outputs(&store, templates, whole));
    let mut indexes = KeptIndexes::default();
    if again.is_none() {
        let (files, kept) = publish::search_outputs(&store, whole);
        outputs.extend(files);
        indexes = kept;
    }
    // When texts have changed, these are what they were.
    if again.is_none_or(|again| again.texts().is_empty()) {
        outputs.extend(publish::site_outputs(&store, templates, whole));
        outputs.extend(maps.files.iter().cloned().map(|(path, text)| Output { path, body: Body::Text(text) }));
    }
    let outputs = files::one_for_each(outputs, static_files, whole);
    Some(Assembled { outputs, library, frame, workshop, sources, assets, bodies: said, indexes, pages })
}

/// The content without the bodies of its files, once those are rendered and no template asks for them: they are as large as what
/// was made of them. They stay where somebody else holds the content.
fn without_bodies(mut library: Arc<Library>, sources: Vec<Arc<Source>>) -> (Arc<Library>, Vec<Arc<Source>>) {
    let Some(own) = Arc::get_mut(&mut library) else { return (library, sources) };
    let sources: Vec<Arc<Source>> = sources
        .into_par_iter()
        .map(|source| if source.is_thin { source } else { Arc::new(source.without_body()) })
        .collect();
    own.replace_sources(&sources);
    (library, sources)
}

/// What can be looked at before everything else is there: pages and style sheets.
fn first_outputs<'a>(pages: &'a [Output], sheets: &'a [Output], static_files: &'a [Output]) -> Vec<&'a Output> {
    // Only a static file replaces another output.
    let is_static = |path: &str| static_files.iter().any(|file| file.path == path);
    let made = pages.iter().chain(sheets).filter(|output| !is_static(&output.path));
    made.chain(static_files.iter().filter(|file| is_style_sheet(&file.path))).collect()
}

/// Whether it is another page once more, for other sites to show.
fn is_twin(output: &Output) -> bool {
    matches!(&output.body, Body::Template { template, .. } if is_of_twins(template))
}
