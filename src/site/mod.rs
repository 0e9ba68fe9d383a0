//! The pipeline: every room once, in order.

mod anchors;
mod bodies;
mod extra;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use tera::{Map, Value};

use self::bodies::{Bodies, Renderer};
use crate::config::{Config, Mode, Project, is_base_url};
use crate::content::{Library, PageId, is_html};
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
    let pages = outputs.iter().filter(|output| is_html(&output.path)).count();
    outputs.extend(publish::site_outputs(&store));
    Some((one_for_each(outputs, static_files, diagnostics), templates, pages))
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
        match Path::new(path).extension().and_then(|extension| extension.to_str()) {
            Some("html") if minifies => publish::minify(&text),
            // XML has no way to write most control characters.
            Some("xml") => text.replace(|c: char| c.is_control() && !"\t\r\n".contains(c), "").into_bytes(),
            _ => text.into_bytes(),
        }
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

/// A path as the file system sees it, also where its end does not exist yet.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut existing = path.as_path();
    let mut missing = vec![];
    loop {
        if let Ok(mut real) = existing.canonicalize() {
            for part in missing.into_iter().rev() {
                match part {
                    Component::ParentDir => drop(real.pop()),
                    Component::Normal(name) => real.push(name),
                    _ => {}
                }
            }
            return real;
        }
        let (Some(parent), Some(last)) = (existing.parent(), existing.components().next_back()) else { return path };
        missing.push(last);
        existing = parent;
    }
}

/// The output folder must be replaceable, and not one that huta reads.
fn check_output(root: &Path, output: &Path, config: &Config) -> Result<(), Diagnostic> {
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

/// One output for each file. A static file replaces whatever else has its path, the site's before the theme's; any other
/// two outputs on one path, or a file where another output needs a folder, are errors.
fn one_for_each(made: Vec<Output>, static_files: Vec<Output>, diagnostics: &mut Diagnostics) -> Vec<Output> {
    let mut by_path: BTreeMap<String, Output> = BTreeMap::new();
    let mut twice = vec![];
    for output in made {
        let same_file =
            |other: &Output| matches!((&other.body, &output.body), (Body::File(a), Body::File(b)) if a == b);
        if by_path.get(&output.path).is_some_and(|other| !same_file(other)) {
            twice.push(output.path.clone());
        }
        by_path.insert(output.path.clone(), output);
    }
    by_path.extend(static_files.into_iter().map(|output| (output.path.clone(), output)));
    let needs_folder: Vec<String> = by_path
        .keys()
        .flat_map(|path| path.match_indices('/').map(|(at, _)| path[..at].to_string()))
        .filter(|folder| by_path.contains_key(folder))
        .collect();
    // What two content files claim was told with their places.
    if !diagnostics.has(Code::PathCollision) {
        for path in twice.into_iter().chain(needs_folder) {
            diagnostics.push(
                Diagnostic::error(
                    Code::PathCollision,
                    None,
                    text!("o plik {path} upominają się dwie rzeczy naraz", "two things claim the file {path}"),
                )
                .help(text!(
                    "zmień adres strony, alias, nazwę pliku obok strony albo w folderze static",
                    "change the address of a page, an alias, or the name of a file beside a page or in static"
                )),
            );
        }
    }
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
