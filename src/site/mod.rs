//! The pipeline: every room once, in order.

mod anchors;
mod bodies;
mod extra;
mod files;
mod options;
mod output_folder;
mod paths;
mod pictures;
mod progress;
mod theme;
mod values;

use std::path::Path;
use std::sync::Arc;

use tera::Value;

use self::bodies::Renderer;
pub use self::options::{BuildOptions, CheckOptions, Checked, Contents, Outcome, Standing};
pub use self::progress::{Progress, Stage as Work};
use crate::check::{self, Scale, Subject};
use crate::config::{self, Config, PicturesConfig, Project, is_base_url};
use crate::content::{BlockKeys, Library, is_html};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Words};
use crate::gallery::{self, Galleries};
use crate::glossary::Glossary;
use crate::guide::{self, Facets, Guide};
use crate::map::Maps;
use crate::markdown::{self, Markdown};
use crate::publish::{self, Stage};
use crate::readability;
use crate::render::{self, Body, Output, Produced};
use crate::source::{Asset, read_content, read_files};
use crate::style::style_sheets;
use crate::template::{Store, StoreParts, Templates, Workshop};
use crate::text;
use crate::translation::{self, Status};

/// Builds a site. With an error anywhere nothing is written.
#[must_use]
pub fn build(options: &BuildOptions) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let Some(project) = project(options, &mut diagnostics) else {
        return Outcome { diagnostics: diagnostics.sorted(), words: None, files: None, pages: 0, decoded: 0 };
    };
    let words = Words::for_language(&project.config.default_language);
    let output = options.output_dir.clone().unwrap_or_else(|| project.root.join(&project.config.output_dir));
    diagnostics.take(output_folder::check(&project.root, &output, &project.config, options.force));
    let (library, glossaries) = read(&project, &mut diagnostics);
    let (files, pages, decoded) = match assemble(&project, &library, &glossaries, options, &mut diagnostics) {
        Some(site) => {
            options.progress.set(Work::Pages);
            let files = write(&project, &output, &site, &mut diagnostics);
            (files, site.pages, site.workshop.pictures.decoded())
        }
        None => (None, 0, 0),
    };
    Outcome { diagnostics: diagnostics.sorted(), words: Some(words), files, pages, decoded }
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
    let (library, glossaries) = read(&project, &mut diagnostics);
    let mut pages = 0;
    if let Some(site) = assemble(&project, &library, &glossaries, options, &mut diagnostics) {
        pages = site.pages;
        options.progress.set(Work::Pages);
        let scale = Scale::default();
        let is_weighed = project.config.check.page_weight.is_some();
        let finish = |path: &str, text: String| {
            if !is_weighed || !is_html(path) {
                return text.into_bytes();
            }
            let html = text.clone();
            let finished = finish(&project.config, path, text);
            scale.page(path, &html, &finished);
            finished
        };
        let take = |path: &str, produced: Produced| {
            if is_weighed {
                scale.file(path, &produced);
            }
            Ok(())
        };
        render::run(&site.outputs, &site.templates, finish, take, &mut diagnostics);
        report_untranslated(&project.config, &site.workshop, &mut diagnostics);
        publish::check_pictures(&project.root, &site.workshop, &mut diagnostics);
        scale.check(&project, &library, &mut diagnostics);
    }
    options.progress.set(Work::Checks);
    let statics = read_files(&project.root.join("static"), &project.root, &[], &mut Diagnostics::default());
    let subject = Subject { project: &project, library: &library, statics: &statics };
    check::run(&subject, &mut diagnostics);
    if asked.external {
        options.progress.set(Work::Links);
        check::external(&subject, &mut diagnostics);
    }
    let readability = asked.readability.then(|| readability::report(&library, &project.config));
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
    let (library, _) = read(&project, &mut diagnostics);
    let status = Status::of(&library, &project);
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
    let (library, _) = read(&project, &mut diagnostics);
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
        config,
    }))
}

/// The content of a site, and the files that explain words.
fn read(project: &Project, diagnostics: &mut Diagnostics) -> (Arc<Library>, Vec<Asset>) {
    let config = &project.config;
    let content = read_content(&project.root, config, diagnostics);
    let glossaries = Glossary::files(&content.assets);
    let page_keys = [guide::keys(), gallery::KEYS.to_vec(), vec![translation::KEY]].concat();
    let section_keys = [guide::SECTION_KEYS, gallery::KEYS, &[translation::KEY]].concat();
    let block_keys = BlockKeys { pages: &page_keys, sections: &section_keys };
    let mut library = Library::build(config, content, project.drafts, block_keys, diagnostics);
    guide::mark_examples(&mut library, &config.default_language);
    (Arc::new(library), glossaries)
}

/// A site that has only to be written.
struct Assembled {
    outputs: Vec<Output>,
    templates: Templates,
    workshop: Arc<Workshop>,
    /// How many of the outputs are pages and sections.
    pages: usize,
    /// Bytes that the picture cache may hold of what was not used; `None` without one.
    cache_limit: Option<u64>,
}

/// Everything up to the list of outputs; `None` when content or templates are not whole.
fn assemble(
    project: &Arc<Project>,
    library: &Arc<Library>,
    glossaries: &[Asset],
    options: &BuildOptions,
    diagnostics: &mut Diagnostics,
) -> Option<Assembled> {
    let progress = &options.progress;
    let (root, config) = (&project.root, &project.config);
    let static_files = files::static_outputs(root, config, diagnostics);
    let glossary = Arc::new(Glossary::build(project, library, glossaries, diagnostics));
    let theme = diagnostics.take(theme::ThemeFile::read(root, config));
    let (theme_extra, theme_pictures) = theme.map_or((None, None), |theme| (Some(theme.extra), theme.pictures));
    let pictures_config = match (config.pictures.clone(), theme_pictures) {
        (Some(own), Some(theme)) => Some(own.over(theme)),
        (own, theme) => own.or(theme),
    };
    let code = markdown::Code::load(root, config, diagnostics);
    let style_sheets = style_sheets(root, config, &code, diagnostics);
    let pictures = pictures::pictures(project, pictures_config.as_ref());
    let sizes = pictures_config.as_ref().map_or("100vw", PicturesConfig::sizes);
    progress.set(Work::Pictures);
    let galleries = Arc::new(Galleries::build(project, library, &pictures, sizes, diagnostics));
    let workshop = Arc::new(Workshop::new(code, style_sheets, pictures));
    let renderer = Markdown { config, library, galleries: &galleries, code: &workshop.code };
    let guide = Arc::new(Guide::build(library, project, diagnostics));
    let (mut values, mut checks) = guide.values(&renderer, project, diagnostics);
    progress.set(Work::Maps);
    let maps = Arc::new(Maps::make(project, library, &mut values, diagnostics));
    let values = Arc::new(values);
    let facets = Arc::new(Facets::build(library, &guide, &values, config, diagnostics));
    let templates = Templates::load(root, config, diagnostics);
    let extra = theme_extra.and_then(|theme| diagnostics.take(extra::merged(&theme, config)));
    let parts = |pages, sections, extra: &Value| {
        let (project, library, workshop) = (Arc::clone(project), Arc::clone(library), Arc::clone(&workshop));
        let (maps, galleries, glossary) = (Arc::clone(&maps), Arc::clone(&galleries), Arc::clone(&glossary));
        let (guide, values, facets) = (Arc::clone(&guide), Arc::clone(&values), Arc::clone(&facets));
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
            pages,
            sections,
            extra,
        })
    };
    if let (Some(templates), Some(extra)) = (&templates, &extra) {
        templates.provide(parts(vec![], vec![], extra));
    }
    progress.set(Work::Texts);
    let bodies =
        Renderer::new(renderer, &guide, &values, &maps, &galleries, &glossary, templates.as_ref()).run(diagnostics);
    checks.extend(bodies.checks());
    anchors::check(library, &bodies, checks, config, diagnostics);
    let (templates, extra) = (templates?, extra?);
    if !library.complete || !guide.complete {
        return None;
    }
    let made = values::Made {
        guide: &guide,
        values: &values,
        facets: &facets,
        maps: &maps,
        galleries: &galleries,
        bodies: &bodies,
    };
    let (pages, sections) = values::template_values(project, library, &made);
    templates.provide(parts(pages, sections, &extra));
    let store = templates.store()?;
    let mut outputs = render::content_outputs(&store, &templates, diagnostics);
    let pages = outputs.iter().filter(|output| is_html(&output.path)).count();
    outputs.extend(publish::site_outputs(&store, &templates, diagnostics));
    outputs.extend(maps.files.iter().cloned().map(|(path, text)| Output { path, body: Body::Text(text) }));
    let outputs = files::one_for_each(outputs, static_files, diagnostics);
    let cache_limit = pictures_config.map(|pictures| pictures.cache_limit());
    Some(Assembled { outputs, templates, workshop, pages, cache_limit })
}

/// Runs all templates into a staging folder and puts it in place; `None` when anything is wrong.
fn write(project: &Project, output: &Path, site: &Assembled, diagnostics: &mut Diagnostics) -> Option<usize> {
    let config = &project.config;
    let finish = |path: &str, text: String| finish(config, path, text);
    if diagnostics.has_errors() {
        // Nothing will be written, but what the templates have to say belongs to the same list.
        render::run(&site.outputs, &site.templates, |_, _| vec![], |_, _| Ok(()), diagnostics);
        return None;
    }
    let stage = diagnostics.take(Stage::open(output, config.preserve_dotfiles_in_output))?;
    let take = |path: &str, produced: Produced| match produced {
        Produced::Bytes(bytes) => stage.write(path, &bytes),
        Produced::File(file) if config.hard_link_static => stage.link(path, &file),
        Produced::File(file) => stage.copy(path, &file),
    };
    render::run(&site.outputs, &site.templates, finish, take, diagnostics);
    report_untranslated(config, &site.workshop, diagnostics);
    let is_static = |path: &str| site.outputs.binary_search_by(|output| output.path.as_str().cmp(path)).is_ok();
    publish::make_pictures(&project.root, &site.workshop, is_static, &stage, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let files = diagnostics.take(stage.commit());
    if let Some(limit) = site.cache_limit.filter(|_| files.is_some()) {
        site.workshop.pictures.prune(limit);
    }
    files
}

/// An output's text as it is written.
fn finish(config: &Config, path: &str, text: String) -> Vec<u8> {
    match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        Some("html") if config.minify_html => publish::minify(&text),
        // XML has no way to write most control characters.
        Some("xml") => text.replace(|c: char| c.is_control() && !"\t\r\n".contains(c), "").into_bytes(),
        _ => text.into_bytes(),
    }
}

/// Words that a language has not are told once, with the place of the word they were replaced by.
fn report_untranslated(config: &Config, workshop: &Workshop, diagnostics: &mut Diagnostics) {
    for (key, language) in workshop.untranslated() {
        diagnostics.push(
            Diagnostic::warning(
                Code::UntranslatedWord,
                config.language_span(&config.default_language, &["translations", &key]),
                text!(
                    "słowa „{key}” nie ma w języku {language}; wzięto je z języka {}",
                    "the word `{key}` is missing in the language {language}; the one of {} was used",
                    config.default_language
                ),
            )
            .help(text!(
                "dopisz je pod [languages.{language}.translations]",
                "add it under [languages.{language}.translations]"
            )),
        );
    }
}
