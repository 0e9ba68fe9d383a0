//! The pipeline: every room once, in order.

mod anchors;
mod bodies;
mod extra;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use tera::{Map, Value};

use self::bodies::{Bodies, Renderer};
use crate::config::{Config, Mode, Project};
use crate::content::{Library, PageId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, Words};
use crate::guide::{self, Guide};
use crate::publish::{self, Stage};
use crate::render::{self, Body, Output, Produced};
use crate::source::{read_content, read_files};
use crate::template::{PageParts, Store, StoreParts, Templates};
use crate::text;

/// What to build, where to, for which day.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The site's folder.
    pub root: PathBuf,
    /// Where to write; the configuration's `output_dir` below the root when `None`.
    pub output_dir: Option<PathBuf>,
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
            output_dir: None,
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
}

impl Outcome {
    /// Whether the site was written.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.files.is_some()
    }
}

/// Builds a site. With an error anywhere nothing is written.
#[must_use]
pub fn build(options: &BuildOptions) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let Some(mut config) = Config::load(&options.root, &mut diagnostics) else {
        return Outcome { diagnostics: diagnostics.sorted(), words: None, files: None, pages: 0 };
    };
    let words = Words::for_language(&config.default_language);
    if let Some(base_url) = &options.base_url {
        config.base_url.clone_from(base_url);
    }
    let output = options.output_dir.clone().unwrap_or_else(|| options.root.join(&config.output_dir));
    let project = Arc::new(Project {
        root: options.root.clone(),
        today: options.now.to_zoned(jiff::tz::TimeZone::UTC).date(),
        now: options.now,
        drafts: options.drafts,
        mode: options.mode,
        config,
    });
    let (files, pages) = match assemble(&project, &output, &mut diagnostics) {
        Some((outputs, templates, pages)) => (write(&project, &output, &outputs, &templates, &mut diagnostics), pages),
        None => (None, 0),
    };
    Outcome { diagnostics: diagnostics.sorted(), words: Some(words), files, pages }
}

/// Everything up to the list of outputs; `None` when content or templates are not whole.
fn assemble(
    project: &Arc<Project>,
    output: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<(Vec<Output>, Templates, usize)> {
    let (root, config) = (&project.root, &project.config);
    diagnostics.take(check_output(root, output, config));
    let content = read_content(root, config, diagnostics);
    let static_files = static_outputs(root, config, diagnostics);
    let library = Arc::new(Library::build(config, content, project.drafts, &guide::keys(), diagnostics));
    let guide = Guide::build(&library, config, diagnostics);
    let (values, mut checks) = guide.values(&library, project, diagnostics);
    let templates = Templates::load(root, config, diagnostics);
    let extra = diagnostics.take(extra::merged(root, config));
    let parts = |pages, sections, extra: &Value| {
        let (project, library) = (Arc::clone(project), Arc::clone(&library));
        Store::new(StoreParts { project, library, pages, sections, extra: extra.clone() })
    };
    if let (Some(templates), Some(extra)) = (&templates, &extra) {
        templates.provide(parts(vec![], vec![], extra));
    }
    let bodies = Renderer::new(project, &library, &guide, &values, templates.as_ref()).run(diagnostics);
    checks.extend(bodies.checks());
    anchors::check(&library, &bodies, checks, config, diagnostics);
    let (templates, extra) = (templates?, extra?);
    if !library.complete || !guide.complete {
        return None;
    }
    let (pages, sections) = template_values(project, &library, &guide, &values, &bodies);
    templates.provide(parts(pages, sections, &extra));
    let store = templates.store()?;
    let mut outputs = render::content_outputs(&store, &templates, diagnostics);
    let pages = outputs.iter().filter(|output| render::is_html(&output.path)).count();
    outputs.extend(publish::site_outputs(&store));
    outputs.extend(static_files);
    Some((keep_last(outputs), templates, pages))
}

/// Runs all templates into a staging folder and puts it in place; `None` when anything is wrong.
fn write(
    project: &Project,
    output: &Path,
    outputs: &[Output],
    templates: &Templates,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let minifies = project.config.minify_html;
    let finish = |path: &str, text: String| {
        if minifies && render::is_html(path) { publish::minify(&text) } else { text.into_bytes() }
    };
    if diagnostics.has_errors() {
        // Nothing will be written, but what the templates have to say belongs to the same list.
        render::run(outputs, templates, |_, _| vec![], |_, _| Ok(()), diagnostics);
        return None;
    }
    let stage = diagnostics.take(Stage::open(output, project.config.preserve_dotfiles_in_output))?;
    let take = |path: &str, produced: Produced| match produced {
        Produced::Bytes(bytes) => stage.write(path, &bytes),
        Produced::File(file) => stage.copy(path, &file),
    };
    render::run(outputs, templates, finish, take, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    diagnostics.take(stage.commit())
}

/// The output folder must be replaceable, and not one that huta reads.
fn check_output(root: &Path, output: &Path, config: &Config) -> Result<(), Diagnostic> {
    let absolute =
        |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf());
    let output_path = absolute(output);
    for folder in ["content", "static", "templates", "themes"] {
        let input = absolute(&root.join(folder));
        if output_path.starts_with(&input) {
            return Err(Diagnostic::error(
                Code::ForeignOutput,
                Span::file(output.display().to_string()),
                text!(
                    "folder wyjściowy leży w folderze {folder}, który jest czytany",
                    "the output folder lies in {folder}, which is read"
                ),
            )
            .help(text!("wskaż inny folder: huta build -o FOLDER", "name another folder: huta build -o DIR")));
        }
    }
    Stage::check(output, config.preserve_dotfiles_in_output)
}

/// `static/` of the theme, then of the site.
fn static_outputs(root: &Path, config: &Config, diagnostics: &mut Diagnostics) -> Vec<Output> {
    let theme = config.theme.as_ref().map(|theme| root.join("themes").join(theme).join("static"));
    let mut outputs = vec![];
    for folder in theme.into_iter().chain([root.join("static")]) {
        let files = read_files(&folder, root, &config.ignored_static, diagnostics);
        outputs.extend(files.into_iter().map(|file| Output { path: file.path, body: Body::File(file.file) }));
    }
    outputs
}

/// Of several outputs on one path the last one counts: a site's static file replaces everything else.
fn keep_last(outputs: Vec<Output>) -> Vec<Output> {
    let by_path: BTreeMap<String, Output> = outputs.into_iter().map(|output| (output.path.clone(), output)).collect();
    by_path.into_values().collect()
}

/// The values of all pages and sections.
fn template_values(
    project: &Project,
    library: &Library,
    guide: &Guide,
    values: &guide::Values,
    bodies: &Bodies,
) -> (Vec<Value>, Vec<Value>) {
    let config = &project.config;
    let backlinks = bodies.backlinks(library);
    let bare: Vec<Map> = (0..library.pages.len())
        .into_par_iter()
        .map(|id| {
            let (rendered, backlinks) = (&bodies.pages[id], backlinks.page(id));
            PageParts { library, config, rendered, backlinks }.page(&library.pages[id], guide.entry(id), values.of(id))
        })
        .collect();
    let alone: Vec<Value> = bare.iter().map(|map| map.clone().into()).collect();
    let neighbour = |id: Option<PageId>| id.map_or_else(Value::none, |id| alone[id].clone());
    let pages: Vec<Value> = bare
        .into_iter()
        .zip(&library.pages)
        .map(|(mut map, page)| {
            map.insert("lower".into(), neighbour(page.lower));
            map.insert("higher".into(), neighbour(page.higher));
            map.into()
        })
        .collect();
    let sections = library
        .sections
        .iter()
        .enumerate()
        .map(|(id, section)| {
            let parts = PageParts { library, config, rendered: &bodies.sections[id], backlinks: backlinks.section(id) };
            parts.section(section, section.pages.iter().map(|id| pages[*id].clone()).collect())
        })
        .collect();
    (pages, sections)
}
