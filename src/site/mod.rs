//! The pipeline: every room once, in order.

mod anchors;
mod bodies;
mod extra;
mod files;
mod options;
mod output_folder;
mod values;

use std::path::Path;
use std::sync::Arc;

use tera::Value;

use self::bodies::Renderer;
pub use self::options::{BuildOptions, Outcome};
use crate::config::{self, Config, Project, is_base_url};
use crate::content::{Library, is_html};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Words};
use crate::guide::{self, Guide};
use crate::map::Maps;
use crate::markdown::{self, Markdown};
use crate::publish::{self, Stage};
use crate::render::{self, Body, Output, Produced};
use crate::source::read_content;
use crate::style::style_sheets;
use crate::template::{Store, StoreParts, Templates, Workshop};
use crate::text;

/// Builds a site. With an error anywhere nothing is written.
#[must_use]
pub fn build(options: &BuildOptions) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let nothing =
        |diagnostics: Diagnostics| Outcome { diagnostics: diagnostics.sorted(), words: None, files: None, pages: 0 };
    let Some((root, file)) = config::find(&options.root, options.config.as_deref()) else {
        diagnostics.push(Config::missing(&options.root, options.config.as_deref()));
        return nothing(diagnostics);
    };
    let Some(mut config) = Config::load(&root, &file, &mut diagnostics) else { return nothing(diagnostics) };
    let words = Words::for_language(&config.default_language);
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
    let output = options.output_dir.clone().unwrap_or_else(|| root.join(&config.output_dir));
    diagnostics.take(output_folder::check(&root, &output, &config, options.force));
    let project = Arc::new(Project {
        root,
        today: options.now.to_zoned(jiff::tz::TimeZone::UTC).date(),
        now: options.now,
        drafts: options.drafts,
        mode: options.mode,
        config,
    });
    let (files, pages) = match assemble(&project, &mut diagnostics) {
        Some(assembled) => (write(&project, &output, &assembled, &mut diagnostics), assembled.pages),
        None => (None, 0),
    };
    Outcome { diagnostics: diagnostics.sorted(), words: Some(words), files, pages }
}

/// A site that has only to be written.
struct Assembled {
    outputs: Vec<Output>,
    templates: Templates,
    workshop: Arc<Workshop>,
    /// How many of the outputs are pages and sections.
    pages: usize,
}

/// Everything up to the list of outputs; `None` when content or templates are not whole.
fn assemble(project: &Arc<Project>, diagnostics: &mut Diagnostics) -> Option<Assembled> {
    let (root, config) = (&project.root, &project.config);
    let content = read_content(root, config, diagnostics);
    let static_files = files::static_outputs(root, config, diagnostics);
    let library = Arc::new(Library::build(config, content, project.drafts, &guide::keys(), diagnostics));
    let code = markdown::Code::load(root, config, diagnostics);
    let style_sheets = style_sheets(root, config, &code, diagnostics);
    let workshop = Arc::new(Workshop::new(code, style_sheets));
    let renderer = Markdown { config, library: &library, code: &workshop.code };
    let guide = Guide::build(&library, config, diagnostics);
    let (mut values, mut checks) = guide.values(&renderer, project, diagnostics);
    let maps = Arc::new(Maps::make(project, &library, &mut values, diagnostics));
    let templates = Templates::load(root, config, diagnostics);
    let extra = diagnostics.take(extra::merged(root, config));
    let parts = |pages, sections, extra: &Value| {
        let (project, library, workshop) = (Arc::clone(project), Arc::clone(&library), Arc::clone(&workshop));
        let maps = Arc::clone(&maps);
        Store::new(StoreParts { project, library, workshop, maps, pages, sections, extra: extra.clone() })
    };
    if let (Some(templates), Some(extra)) = (&templates, &extra) {
        templates.provide(parts(vec![], vec![], extra));
    }
    let bodies = Renderer::new(renderer, &guide, &values, &maps, templates.as_ref()).run(diagnostics);
    checks.extend(bodies.checks());
    anchors::check(&library, &bodies, checks, config, diagnostics);
    let (templates, extra) = (templates?, extra?);
    if !library.complete || !guide.complete {
        return None;
    }
    let (pages, sections) = values::template_values(project, &library, &guide, &values, &maps, &bodies);
    templates.provide(parts(pages, sections, &extra));
    let store = templates.store()?;
    let mut outputs = render::content_outputs(&store, &templates, diagnostics);
    let pages = outputs.iter().filter(|output| is_html(&output.path)).count();
    outputs.extend(publish::site_outputs(&store, &templates, diagnostics));
    outputs.extend(maps.files.iter().cloned().map(|(path, text)| Output { path, body: Body::Text(text) }));
    let outputs = files::one_for_each(outputs, static_files, diagnostics);
    Some(Assembled { outputs, templates, workshop, pages })
}

/// Runs all templates into a staging folder and puts it in place; `None` when anything is wrong.
fn write(project: &Project, output: &Path, site: &Assembled, diagnostics: &mut Diagnostics) -> Option<usize> {
    let config = &project.config;
    let finish = |path: &str, text: String| {
        match Path::new(path).extension().and_then(|extension| extension.to_str()) {
            Some("html") if config.minify_html => publish::minify(&text),
            // XML has no way to write most control characters.
            Some("xml") => text.replace(|c: char| c.is_control() && !"\t\r\n".contains(c), "").into_bytes(),
            _ => text.into_bytes(),
        }
    };
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
    diagnostics.take(stage.commit())
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
