//! What a site is made of besides the bodies of its pages: the same from build to build while only bodies change.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tera::Value;

use super::bodies::Check;
use super::{Progress, Work, extra, pictures, theme};
use crate::config::{PicturesConfig, Project};
use crate::content::Library;
use crate::diagnostic::Diagnostics;
use crate::gallery::Galleries;
use crate::glossary::Glossary;
use crate::guide::{self, Facets, Guide};
use crate::image::{KnownPicture, Pictures};
use crate::map::{Maps, PageMap};
use crate::markdown::{Code, Markdown};
use crate::memory::{Key, Memory, Parts};
use crate::source::{Asset, WalkedContent, read_files};
use crate::style::{StyleSheet, style_sheets};
use crate::template::Templates;

/// Everything that is made before bodies are rendered, and does not look at them.
pub(super) struct Frame {
    pub(super) code: Arc<Code>,
    pub(super) pictures: Arc<Pictures>,
    /// Bytes that the picture cache may hold of what was not used; `None` without one.
    pub(super) cache_limit: Option<u64>,
    pub(super) glossary: Arc<Glossary>,
    pub(super) galleries: Arc<Galleries>,
    pub(super) guide: Arc<Guide>,
    pub(super) values: Arc<guide::Values>,
    /// Anchors of links in front matter.
    pub(super) checks: Vec<Check>,
    pub(super) maps: Arc<Maps>,
    pub(super) facets: Arc<Facets>,
    templates: Arc<Option<Templates>>,
    /// `[extra]` of site and theme.
    pub(super) extra: Option<Value>,
}

/// What an earlier build made of files that are as they were.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known<'a> {
    pub(super) pictures: &'a [KnownPicture],
    /// The maps of pages.
    pub(super) maps: Option<&'a [Option<PageMap>]>,
}

impl Frame {
    /// The kept one, else a new one. One with errors is not kept: some are mended outside the site (a full disk).
    pub(super) fn of(
        key: Option<Key>,
        memory: &Memory,
        project: &Project,
        library: &Arc<Library>,
        (glossaries, known): (&[Asset], Known<'_>),
        progress: &Progress,
        diagnostics: &mut Diagnostics,
    ) -> Arc<Self> {
        memory.keep(key, diagnostics, |diagnostics| {
            let frame = Self::make(project, library, (glossaries, known), memory, progress, diagnostics);
            (frame, !diagnostics.has_errors())
        })
    }

    /// `None` when they are broken.
    pub(super) fn templates(&self) -> Option<&Templates> {
        self.templates.as_ref().as_ref()
    }

    /// Templates are read while the rest is made.
    fn make(
        project: &Project,
        library: &Arc<Library>,
        (glossaries, known): (&[Asset], Known<'_>),
        memory: &Memory,
        progress: &Progress,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut told = Diagnostics::default();
        let (frame, templates) = rayon::join(
            || Self::without_templates(project, library, (glossaries, known), progress, diagnostics),
            || templates(project, memory, &mut told),
        );
        progress.set(Work::Templates);
        diagnostics.extend(told);
        Self { templates, ..frame }
    }

    fn without_templates(
        project: &Project,
        library: &Arc<Library>,
        (glossaries, known): (&[Asset], Known<'_>),
        progress: &Progress,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let (root, config) = (&project.root, &project.config);
        let glossary = Arc::new(Glossary::build(project, library, glossaries, diagnostics));
        let theme = diagnostics.take(theme::ThemeFile::read(root, config));
        let (theme_extra, theme_pictures) = theme.map_or((None, None), |theme| (Some(theme.extra), theme.pictures));
        let pictures_config = match (config.pictures.clone(), theme_pictures) {
            (Some(own), Some(theme)) => Some(own.over(theme)),
            (own, theme) => own.or(theme),
        };
        let code = Code::load(root, config, diagnostics);
        let pictures = pictures::pictures(project, pictures_config.as_ref());
        pictures.recall(known.pictures);
        let sizes = pictures_config.as_ref().map_or("100vw", PicturesConfig::sizes);
        progress.set(Work::Pictures);
        let galleries = Galleries::build(project, library, &pictures, sizes, diagnostics);
        let renderer = Markdown { config, library, galleries: &galleries, code: &code, marks_lines: false };
        progress.set(Work::Guide);
        let guide = Guide::build(library, project, diagnostics);
        let (mut values, checks) = guide.values(&renderer, project, diagnostics);
        progress.set(Work::Maps);
        let maps = Maps::make(project, library, &mut values, known.maps, diagnostics);
        let facets = Facets::build(library, &guide, &values, config, diagnostics);
        let extra = theme_extra.and_then(|theme| diagnostics.take(extra::merged(&theme, config)));
        Self {
            code: Arc::new(code),
            pictures: Arc::new(pictures),
            cache_limit: pictures_config.map(|pictures| pictures.cache_limit()),
            glossary,
            galleries: Arc::new(galleries),
            guide: Arc::new(guide),
            values: Arc::new(values),
            checks,
            maps: Arc::new(maps),
            facets: Arc::new(facets),
            templates: Arc::default(),
            extra,
        }
    }
}

/// The key of everything that does not look at bodies: the project, front matter, and every file but the bodies that any of
/// it reads. `None` when there is no next build.
pub(super) fn key(project: &Project, content: &WalkedContent, memory: &Memory) -> Option<Key> {
    let mut parts = project_parts("frame", project, memory)?;
    for source in &content.sources {
        parts.push(&source.path);
        parts.push(&source.text.text[..source.front.body_start]);
    }
    for lost in &content.lost {
        parts.push(lost.canonical());
    }
    push_files(&mut parts, content.assets.iter().map(|asset| asset.file.as_path()), memory);
    push_templates(&mut parts, project, memory);
    Some(parts.key())
}

/// The templates of site and theme.
fn templates(project: &Project, memory: &Memory, diagnostics: &mut Diagnostics) -> Arc<Option<Templates>> {
    let key = project_parts("templates", project, memory).map(|mut parts| {
        push_templates(&mut parts, project, memory);
        parts.key()
    });
    memory.keep(key, diagnostics, |diagnostics| {
        let templates = Templates::load(&project.root, &project.config, &project.profile, diagnostics);
        (templates, !diagnostics.has_errors())
    })
}

fn push_templates(parts: &mut Parts, project: &Project, memory: &Memory) {
    let mut folders = vec![project.root.join("templates")];
    folders
        .extend(project.config.theme.as_ref().map(|theme| project.root.join("themes").join(theme).join("templates")));
    push_folders(parts, project, &folders, memory);
}

/// The style sheets that are made. Sass may import any file of the folders a site is made of.
pub(super) fn styles(
    project: &Project,
    code: &Code,
    memory: &Memory,
    diagnostics: &mut Diagnostics,
) -> Arc<Vec<StyleSheet>> {
    let (root, config) = (&project.root, &project.config);
    let theme = config.theme.as_ref().map(|theme| root.join("themes").join(theme));
    let has_sass = theme.iter().chain([root]).any(|folder| folder.join("sass").is_dir());
    let key = || {
        let mut parts = project_parts("styles", project, memory).filter(|_| has_sass)?;
        let folders = ["content", "sass", "static", "templates", "themes"].map(|folder| root.join(folder));
        push_folders(&mut parts, project, &folders, memory);
        Some(parts.key())
    };
    memory.keep(key(), diagnostics, |diagnostics| {
        let sheets = style_sheets(root, config, code, diagnostics);
        (sheets, !diagnostics.has_errors())
    })
}

/// What the command and the configuration say.
fn project_parts(sort: &str, project: &Project, memory: &Memory) -> Option<Parts> {
    if !memory.lasts() {
        return None;
    }
    let config = &project.config;
    let mut parts = Parts::of(sort)
        .with(project.root.to_string_lossy().as_bytes())
        .with(&config.source.text)
        .with(&config.base_url)
        .with(project.mode.as_str())
        .with(project.today.to_string())
        .with([u8::from(project.drafts), u8::from(config.minify_html)]);
    let colours = config
        .markdown
        .highlighting
        .iter()
        .flat_map(|colours| colours.extra_grammars.iter().chain(&colours.extra_themes));
    let theme = config.theme.iter().map(|theme| format!("themes/{theme}/theme.toml"));
    let files: Vec<PathBuf> = colours.cloned().chain(theme).map(|path| project.root.join(path)).collect();
    push_files(&mut parts, files.iter().map(PathBuf::as_path), memory);
    Some(parts)
}

fn push_folders(parts: &mut Parts, project: &Project, folders: &[PathBuf], memory: &Memory) {
    for folder in folders {
        // What is wrong with a folder is told by whoever reads it.
        let files = read_files(folder, &project.root, &[], &mut Diagnostics::default());
        push_files(parts, files.iter().map(|file| file.file.as_path()), memory);
    }
}

fn push_files<'a>(parts: &mut Parts, files: impl Iterator<Item = &'a Path>, memory: &Memory) {
    for file in files {
        parts.push(file.to_string_lossy().as_bytes());
        parts.push(memory.print(file).unwrap_or_default());
    }
}
