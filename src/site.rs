//! The pipeline: every room once, in order.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use tera::{Map, Value};

use crate::config::{Config, Mode, Project};
use crate::content::{Library, PageId, Target};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceText, Span, Words, did_you_mean};
use crate::guide::{self, Guide};
use crate::markdown::{AnchorCheck, NoFragments, Owner, Rendered, render};
use crate::publish::{self, Stage};
use crate::render::{self, Body, Output, Produced};
use crate::source::{read_content, read_files, read_text};
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
    let templates = Templates::load(root, config, diagnostics);
    let extra = diagnostics.take(extra(root, config));
    let bodies = Bodies::render(&library, config, templates.as_ref(), diagnostics);
    let (values, mut checks) = page_values(&library, &guide, &bodies, project, diagnostics);
    checks.extend(bodies.checks());
    check_anchors(&library, &bodies, checks, config, diagnostics);
    let (templates, extra) = (templates?, extra?);
    if !library.complete || !guide.complete {
        return None;
    }
    let store = store(project, &library, &bodies, values, extra);
    templates.provide(store);
    let store = templates.store()?;
    let mut outputs = render::content_outputs(store, &templates, diagnostics);
    let pages = outputs.iter().filter(|output| render::is_html(&output.path)).count();
    outputs.extend(publish::site_outputs(store));
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

/// `[extra]` of the site over that of its theme.
fn extra(root: &Path, config: &Config) -> Result<Value, Diagnostic> {
    let mut merged = toml::Table::new();
    if let Some(theme) = &config.theme {
        let path = root.join("themes").join(theme).join("theme.toml");
        if path.is_file() {
            let source = SourceText { file: format!("themes/{theme}/theme.toml"), text: read_text(&path, root)? };
            let table: toml::Table = toml::from_str(&source.text).map_err(|error| {
                let said = error.message();
                let span = error.span().map_or_else(|| Span::file(&source.file), |range| source.span(range));
                Diagnostic::error(
                    Code::ThemeInvalid,
                    span,
                    text!("pliku motywu nie da się odczytać: {said}", "the theme's file cannot be read: {said}"),
                )
                .help(text!("popraw to miejsce w pliku", "mend this place in the file"))
            })?;
            if let Some(toml::Value::Table(extra)) = table.get("extra") {
                merged = extra.clone();
            }
        }
    }
    overlay(&mut merged, &config.extra, "extra")?;
    Ok(Value::from_serializable(&merged))
}

fn overlay(under: &mut toml::Table, over: &toml::Table, path: &str) -> Result<(), Diagnostic> {
    for (key, value) in over {
        match (under.get_mut(key), value) {
            (Some(toml::Value::Table(under)), toml::Value::Table(over)) => {
                overlay(under, over, &format!("{path}.{key}"))?;
            }
            (Some(old), new) if old.is_table() != new.is_table() => {
                return Err(Diagnostic::error(
                    Code::ConfigInvalid,
                    None,
                    text!(
                        "„{path}.{key}” jest czymś innym w motywie, a czymś innym w witrynie",
                        "`{path}.{key}` is one thing in the theme and another in the site"
                    ),
                )
                .help(text!(
                    "zapisz ten klucz tak samo jak motyw: jako tabelę albo wartość",
                    "write the key as the theme does: a table or a value"
                )));
            }
            _ => {
                under.insert(key.clone(), value.clone());
            }
        }
    }
    Ok(())
}

/// The rendered Markdown of all pages and sections.
struct Bodies {
    pages: Vec<Rendered>,
    sections: Vec<Rendered>,
}

/// Address and title of a page or section that links to another.
type Backlink = (String, Option<String>);

/// An anchor to check and the page or section it was written on.
type Check = (Target, AnchorCheck);

impl Bodies {
    fn render(
        library: &Library,
        config: &Config,
        templates: Option<&Templates>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let fragments = |owner: &Owner<'_>, body: &str, links, found: &mut Diagnostics| match templates {
            Some(templates) => render(body, owner, links, config, library, templates, found),
            None => render(body, owner, links, config, library, &NoFragments, found),
        };
        let pages: Vec<(Rendered, Diagnostics)> = library
            .pages
            .par_iter()
            .map(|page| {
                let owner = Owner {
                    permalink: &page.permalink,
                    language: &page.language,
                    text_language: page.text_language(),
                    source: &page.source.text,
                    offset: Some(page.source.front.body_start),
                    place: None,
                };
                let section = page.section().map(|id| &library.sections[id].front);
                let links =
                    section.and_then(|front| front.insert_anchor_links).unwrap_or(config.markdown.insert_anchor_links);
                let mut found = Diagnostics::default();
                let rendered = fragments(&owner, page.source.body(), links, &mut found);
                (rendered, found)
            })
            .collect();
        let sections: Vec<(Rendered, Diagnostics)> = library
            .sections
            .par_iter()
            .map(|section| {
                let Some(source) = &section.source else { return (Rendered::default(), Diagnostics::default()) };
                let owner = Owner {
                    permalink: &section.permalink,
                    language: &section.language,
                    text_language: section.text_language(),
                    source: &source.text,
                    offset: Some(source.front.body_start),
                    place: None,
                };
                let links = section.front.insert_anchor_links.unwrap_or(config.markdown.insert_anchor_links);
                let mut found = Diagnostics::default();
                let rendered = fragments(&owner, source.body(), links, &mut found);
                (rendered, found)
            })
            .collect();
        let mut keep = |list: Vec<(Rendered, Diagnostics)>| {
            list.into_iter()
                .map(|(rendered, found)| {
                    diagnostics.extend(found);
                    rendered
                })
                .collect()
        };
        Self { pages: keep(pages), sections: keep(sections) }
    }

    fn of(&self, target: &Target) -> Option<&Rendered> {
        match target {
            Target::Page(id) => self.pages.get(*id),
            Target::Section(id) => self.sections.get(*id),
            Target::Asset(_) => None,
        }
    }

    fn checks(&self) -> Vec<Check> {
        let pages = self.pages.iter().enumerate().map(|(id, rendered)| (Target::Page(id), rendered));
        let sections = self.sections.iter().enumerate().map(|(id, rendered)| (Target::Section(id), rendered));
        pages
            .chain(sections)
            .flat_map(|(owner, rendered)| rendered.checks.iter().map(move |check| (owner.clone(), check.clone())))
            .collect()
    }

    /// For each page and section who links to it, as `(permalink, title)` in the order of addresses.
    fn backlinks(&self, library: &Library) -> BTreeMap<(bool, usize), Vec<Backlink>> {
        let mut backlinks: BTreeMap<(bool, usize), BTreeMap<String, Option<String>>> = BTreeMap::new();
        let pages = library
            .pages
            .iter()
            .zip(&self.pages)
            .map(|(page, rendered)| (&page.permalink, &page.front.title, rendered));
        let sections = library
            .sections
            .iter()
            .zip(&self.sections)
            .map(|(section, rendered)| (&section.permalink, &section.front.title, rendered));
        for (permalink, title, rendered) in pages.chain(sections) {
            for target in &rendered.targets {
                let key = match target {
                    Target::Page(id) => (true, *id),
                    Target::Section(id) => (false, *id),
                    Target::Asset(_) => continue,
                };
                backlinks.entry(key).or_default().insert(permalink.clone(), title.clone());
            }
        }
        backlinks.into_iter().map(|(key, list)| (key, list.into_iter().collect())).collect()
    }
}

/// Every page's value without neighbours, and the anchors its typed texts still have to find.
fn page_values(
    library: &Library,
    guide: &Guide,
    bodies: &Bodies,
    project: &Project,
    diagnostics: &mut Diagnostics,
) -> (Vec<Map>, Vec<Check>) {
    let backlinks = bodies.backlinks(library);
    let made: Vec<(Map, Vec<Check>, Diagnostics)> = (0..library.pages.len())
        .into_par_iter()
        .map(|id| {
            let mut found = Diagnostics::default();
            let (block, checks) = guide.value(id, library, project, &mut found);
            let parts = PageParts {
                library,
                config: &project.config,
                rendered: &bodies.pages[id],
                backlinks: backlinks.get(&(true, id)).map_or(&[], Vec::as_slice),
            };
            let map = parts.page(&library.pages[id], guide.entry(id), block.as_ref());
            (map, checks.into_iter().map(|check| (Target::Page(id), check)).collect(), found)
        })
        .collect();
    let (mut values, mut checks) = (Vec::with_capacity(made.len()), vec![]);
    for (map, more, found) in made {
        values.push(map);
        checks.extend(more);
        diagnostics.extend(found);
    }
    (values, checks)
}

fn store(project: &Arc<Project>, library: &Arc<Library>, bodies: &Bodies, values: Vec<Map>, extra: Value) -> Store {
    let bare: Vec<Value> = values.iter().map(|map| map.clone().into()).collect();
    let neighbour = |id: Option<PageId>| id.map_or_else(Value::none, |id| bare[id].clone());
    let pages: Vec<Value> = values
        .into_iter()
        .zip(&library.pages)
        .map(|(mut map, page)| {
            map.insert("lower".into(), neighbour(page.lower));
            map.insert("higher".into(), neighbour(page.higher));
            map.into()
        })
        .collect();
    let backlinks = bodies.backlinks(library);
    let sections = library
        .sections
        .iter()
        .enumerate()
        .map(|(id, section)| {
            let parts = PageParts {
                library,
                config: &project.config,
                rendered: &bodies.sections[id],
                backlinks: backlinks.get(&(false, id)).map_or(&[], Vec::as_slice),
            };
            parts.section(section, section.pages.iter().map(|id| pages[*id].clone()).collect())
        })
        .collect();
    Store::new(StoreParts { project: Arc::clone(project), library: Arc::clone(library), pages, sections, extra })
}

/// Anchors must exist on the page they name; `#` and `#top` always do.
fn check_anchors(
    library: &Library,
    bodies: &Bodies,
    checks: Vec<Check>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let severity = config.link_checker.internal_level.severity();
    for (owner, check) in checks {
        let target = check.target.as_ref().unwrap_or(&owner);
        let Some(rendered) = bodies.of(target) else { continue };
        let anchor = percent_encoding::percent_decode_str(&check.anchor).decode_utf8_lossy().into_owned();
        if anchor.is_empty() || anchor == "top" || rendered.ids.contains(&anchor) {
            continue;
        }
        let file = match target {
            Target::Page(id) => library.pages[*id].source.text.file.clone(),
            Target::Section(id) => format!("content/{}", library.sections[*id].relative_path()),
            Target::Asset(_) => continue,
        };
        let missing = Diagnostic::error(
            Code::BrokenAnchor,
            check.span,
            text!("w pliku {file} nie ma kotwicy „#{anchor}”", "{file} has no anchor `#{anchor}`"),
        );
        let missing = Diagnostic { severity, ..missing };
        let known: Vec<&str> = rendered.ids.iter().map(String::as_str).collect();
        let list = known.join(", ");
        diagnostics.push(match did_you_mean(&anchor, known.iter().copied()) {
            Some(near) => missing.help(text!("czy chodziło o „#{near}”?", "did you mean `#{near}`?")),
            None if known.is_empty() => {
                missing.help(text!("ta strona nie ma żadnych nagłówków", "that page has no headings"))
            }
            None => missing.help(text!("są tam: {list}", "there are: {list}")),
        });
    }
}
