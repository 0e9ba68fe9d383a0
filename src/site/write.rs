//! The last step: all templates run, and everything that is made goes to its place.

use std::path::Path;
use std::sync::Mutex;

use rayon::prelude::*;

use super::{Assembled, Glimpse, Progress, Viewer, Work};
use crate::config::{Config, Mode, Project};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Words};
use crate::profile::Kind;
use crate::publish::{self, Seen, Stage};
use crate::render::{self, Body, Output, Piece, Produced};
use crate::template::{Templates, Workshop};
use crate::text;

/// Writes one site.
pub(super) struct Writer<'a> {
    pub(super) project: &'a Project,
    pub(super) output: &'a Path,
    pub(super) viewer: &'a dyn Viewer,
    pub(super) words: Words,
    /// Whether strangers' files in the output folder go.
    pub(super) force: bool,
}

impl Assembled {
    /// Runs all templates for what they have to say.
    pub(super) fn run_into_nothing(&self, diagnostics: &mut Diagnostics) {
        let Some(templates) = self.frame.templates() else { return };
        render::run(&self.outputs, templates, |_, _| vec![], |_, _| Ok(()), diagnostics);
    }
}

impl Writer<'_> {
    /// Makes what is looked at and shows it. What is wrong with it is told by [`Self::write`].
    pub(super) fn show_first(&self, outputs: &[&Output], templates: &Templates, told: &[Diagnostic]) {
        self.viewer.pages(outputs.iter().filter_map(|output| origin(output)).collect());
        self.glimpse(outputs, templates, told);
    }

    /// Makes those of some outputs that are looked at and shows them.
    pub(super) fn glimpse(&self, outputs: &[&Output], templates: &Templates, told: &[Diagnostic]) {
        let looked_at = self.viewer.looked_at();
        if looked_at.is_empty() {
            return;
        }
        let made = Mutex::new(vec![]);
        if !told.iter().any(|told| told.severity == Severity::Error) {
            let is_first = |output: &&Output| looked_at.contains(&output.path) || is_style_sheet(&output.path);
            let first: Vec<&Output> = outputs.iter().copied().filter(is_first).collect();
            let keep = |path: &str, produced: Produced<'_>| {
                let bytes = match produced {
                    Produced::Bytes(bytes) => Some(bytes),
                    Produced::Pieces(pieces) => Some(whole(pieces)),
                    Produced::File(file) => std::fs::read(file).ok(),
                };
                if let (Some(bytes), Ok(mut made)) = (bytes, made.lock()) {
                    made.push((path.to_string(), bytes));
                }
                Ok(())
            };
            render::run(
                first,
                templates,
                |path, text| finish(self.project, path, text),
                keep,
                &mut Diagnostics::default(),
            );
        }
        let made = made.into_inner().unwrap_or_default();
        self.viewer.glimpse(Glimpse { made, diagnostics: told, words: self.words });
    }

    /// Runs all templates into a staging folder and puts it in place: how many files there are, and what their host was told.
    /// `None` when anything is wrong, or when nobody waits for it any more.
    pub(super) fn write(
        &self,
        site: &Assembled,
        progress: &Progress,
        diagnostics: &mut Diagnostics,
    ) -> Option<(usize, Seen)> {
        let config = &self.project.config;
        if diagnostics.has_errors() {
            // Nothing will be written, but what the templates have to say belongs to the same list.
            site.run_into_nothing(diagnostics);
            return None;
        }
        let templates = site.frame.templates()?;
        let mut stage = diagnostics.take(Stage::open(self.output, config.preserve_dotfiles_in_output))?;
        if self.force {
            stage.replace_all();
        }
        let stage = stage;
        let profile = &self.project.profile;
        let take = |path: &str, produced: Produced<'_>| match produced {
            Produced::Bytes(bytes) => profile.time(Kind::Output, "write", path, || stage.write(path, &bytes)),
            Produced::Pieces(pieces) => profile.time(Kind::Output, "write", path, || stage.write_pieces(path, pieces)),
            Produced::File(file) if config.hard_link_static => stage.link(path, &file),
            Produced::File(file) => stage.copy(path, &file),
        };
        let wanted = site.outputs.par_iter().filter(|_| !self.viewer.gives_up());
        let finished =
            |path: &str, text: Vec<u8>| profile.time(Kind::Output, "finish", path, || finish(self.project, path, text));
        render::run(wanted, templates, finished, take, diagnostics);
        if self.viewer.gives_up() {
            return None;
        }
        progress.set(Work::Hosting);
        report_untranslated(config, &site.workshop, diagnostics);
        let is_static = |path: &str| site.outputs.binary_search_by(|output| output.path.as_str().cmp(path)).is_ok();
        publish::make_pictures(&self.project.root, &site.workshop, is_static, &stage, diagnostics);
        let mut seen = Seen::default();
        if self.project.mode == Mode::Build && !diagnostics.has_errors() {
            seen = publish::host(config, &site.library, &site.workshop, &stage, diagnostics);
        }
        if diagnostics.has_errors() {
            return None;
        }
        progress.set(Work::Publishing);
        let files = diagnostics.take(stage.commit());
        if let Some(limit) = site.frame.cache_limit.filter(|_| files.is_some()) {
            site.workshop.pictures.prune(limit);
        }
        Some((files?, seen))
    }
}

/// The pieces of an output that was made from nothing.
fn whole(pieces: &mut dyn Iterator<Item = Piece>) -> Vec<u8> {
    let new = pieces.filter_map(|piece| match piece {
        Piece::New(bytes) => Some(bytes),
        Piece::Old(_) => None,
    });
    new.flatten().collect()
}

/// What a template wrote, as it is published. While the site is looked at on this machine it stays readable.
pub(super) fn finish(project: &Project, path: &str, text: Vec<u8>) -> Vec<u8> {
    match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        Some("html") if project.config.minify_html && project.mode == Mode::Build => publish::minify(&text),
        // XML has no way to write most control characters.
        Some("xml" | "kml" | "gpx") => without_controls(text),
        _ => text,
    }
}

/// The text without the characters that XML cannot have or should not: control characters but tabs and ends of lines, and two
/// noncharacters (XML 1.0, 2.2). Feeds are large and hardly any has one.
fn without_controls(bytes: Vec<u8>) -> Vec<u8> {
    let is_wrong =
        |c: char| (c.is_control() && !matches!(c, '\t' | '\r' | '\n')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    // Of the others, those beyond ASCII are U+0080 to U+009F: 0xC2 and one more byte.
    // Some at a time without a question in between, which the compiler makes one of.
    let is_control = |found: bool, byte: &u8| found | matches!(byte, 0..=8 | 11 | 12 | 14..=31 | 127);
    let may_have = bytes.chunks(1024).any(|chunk| chunk.iter().fold(false, is_control))
        || memchr::memmem::find_iter(&bytes, b"\xef\xbf").any(|at| bytes.get(at + 2).is_some_and(|last| *last >= 0xbe))
        || memchr::memchr_iter(0xc2, &bytes).any(|at| bytes.get(at + 1).is_some_and(|next| *next < 0xa0));
    if may_have { String::from_utf8_lossy(&bytes).replace(is_wrong, "").into_bytes() } else { bytes }
}

/// Style sheets are few and every page has some: they are made first whoever looks at what.
pub(super) fn is_style_sheet(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "css")
}

/// The content file of a page.
fn origin(output: &Output) -> Option<(String, String)> {
    match &output.body {
        Body::Template { origin: Some(origin), .. } => Some((output.path.clone(), origin.clone())),
        _ => None,
    }
}

/// Words that a language has not are told once, with the place of the word they were replaced by.
pub(super) fn report_untranslated(config: &Config, workshop: &Workshop, diagnostics: &mut Diagnostics) {
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
