//! What one page or section says about its pictures, checked.

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::described::{Album, Described as Said, Front, Words};
use super::{Exhibit, Gallery, Licence};
use crate::config::Config;
use crate::content::{Library, PageId, SectionId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceText, Span, Text};
use crate::image::Rights;
use crate::source::{Asset, FrontMatter, MOST_TOLD, Source, Step, Table, Value, decode_all, read_text, too_much};
use crate::text;

/// Most pictures of one page: who looks at it scrolls past all of them.
const MOST_PICTURES: usize = 500;

/// A page or section whose pictures are read.
pub(super) struct Owner<'a> {
    source: Option<&'a Source>,
    blocks: &'a Table,
    /// The original, for a translation.
    original: Option<(&'a Source, &'a Table)>,
    is_fallback: bool,
    pub(super) assets: &'a [Asset],
    /// Its folder below `content/`, with a slash at the end; nothing for the content folder itself.
    pub(super) folder: String,
    /// Language of its text.
    language: &'a str,
}

impl<'a> Owner<'a> {
    pub(super) fn page(library: &'a Library, config: &Config, id: PageId) -> Self {
        let page = &library.pages[id];
        let original = library.page(&page.canonical, &config.default_language).map(|id| &library.pages[id]);
        let original = original.filter(|original| original.language != page.language && page.fallback_of.is_none());
        Self {
            source: Some(&page.source),
            blocks: &page.blocks,
            original: original.map(|original| (original.source.as_ref(), &original.blocks)),
            is_fallback: page.fallback_of.is_some(),
            assets: &page.assets,
            folder: page.bundle_folder().unwrap_or_default(),
            language: page.text_language(),
        }
    }

    pub(super) fn section(library: &'a Library, config: &Config, id: SectionId) -> Self {
        let section = &library.sections[id];
        let original = library.section(&section.canonical, &config.default_language).map(|id| &library.sections[id]);
        let original =
            original.filter(|original| original.language != section.language && section.fallback_of.is_none());
        Self {
            source: section.source.as_deref(),
            blocks: &section.blocks,
            original: original.and_then(|original| Some((original.source.as_deref()?, &original.blocks))),
            is_fallback: section.fallback_of.is_some(),
            assets: &section.assets,
            folder: section.folder(),
            language: section.text_language(),
        }
    }

    /// Whether problems of its pictures are told for it: translations and fallbacks share their original's.
    pub(super) fn is_original(&self) -> bool {
        self.original.is_none() && !self.is_fallback
    }

    pub(super) fn asset(&self, file: &str) -> Option<&'a Asset> {
        let path: String = format!("{}{file}", self.folder).nfc().collect();
        self.assets.iter().find(|asset| asset.path == path)
    }
}

/// A file `gallery.yaml`.
pub(super) struct AlbumFile {
    source: SourceText,
    front: FrontMatter,
    album: Album,
}

impl AlbumFile {
    pub(super) fn read(asset: &Asset, root: &Path, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = diagnostics.take(read_text(&asset.file, root))?;
        let source = SourceText { file: format!("content/{}", asset.path), text };
        let front = diagnostics.take(FrontMatter::yaml_file(&source))?;
        if let Some(Value::Array(pictures)) = front.table.get("pictures")
            && pictures.len() > MOST_PICTURES
        {
            diagnostics.push(too_much(
                front.key_span(&source, &[Step::key("pictures")]),
                text!(
                    "ponad {MOST_PICTURES} obrazów na jednej stronie",
                    "more than {MOST_PICTURES} pictures on one page"
                ),
                text!("podziel galerię na kilka stron", "make several pages of the gallery"),
            ));
            return None;
        }
        let (album, problems) = decode_all::<Album>(&front.table, &[]);
        for problem in problems {
            diagnostics.push(problem.diagnostic(&[], &front, &source));
        }
        Some(Self { source, front, album: album? })
    }
}

/// What a page says about its pictures.
#[derive(Debug, Default)]
pub(super) struct Described<'a> {
    pub(super) gallery: Gallery,
    /// The rights of each exhibit, in words of the default language.
    pub(super) rights: Vec<Rights>,
    /// Where each exhibit is named.
    pub(super) places: Vec<Place<'a>>,
}

/// A picture with where it is described.
pub(super) struct Entry<'a> {
    pub(super) said: Said,
    /// Language of texts that name none.
    pub(super) language: &'a str,
    pub(super) home: Home<'a>,
    pub(super) path: Vec<Step>,
    is_shown: bool,
}

/// The file a description stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Home<'a> {
    pub(super) source: &'a SourceText,
    pub(super) front: &'a FrontMatter,
}

/// Where a picture is named: looked up when something is to be said about it.
#[derive(Debug)]
pub(super) struct Place<'a> {
    home: Home<'a>,
    path: Vec<Step>,
}

impl Place<'_> {
    pub(super) fn span(&self) -> Span {
        self.home.span(&self.path)
    }
}

impl Home<'_> {
    pub(super) fn span(&self, path: &[Step]) -> Span {
        self.front.value_span(self.source, path)
    }
}

/// Reads what one page says.
pub(super) struct Reader<'a, 'd> {
    pub(super) owner: &'a Owner<'a>,
    pub(super) album: Option<&'a AlbumFile>,
    pub(super) config: &'a Config,
    pub(super) diagnostics: &'d mut Diagnostics,
}

impl<'a> Reader<'a, '_> {
    pub(super) fn read(mut self) -> Described<'a> {
        let Some(own) = self.owner.source else { return Described::default() };
        let (source, blocks) = self.owner.original.unwrap_or((own, self.owner.blocks));
        let front = self.front(source, blocks, self.owner.is_original());
        let mut entries = self.entries(source, front.gallery);
        if self.owner.original.is_some() {
            self.translate(own, &mut entries);
        }
        let cover = front.cover.map(|cover| cover.nfc().collect::<String>());
        let mut described = Described::default();
        let told_before = self.diagnostics.len();
        for entry in &entries {
            if self.diagnostics.len() > told_before + MOST_TOLD {
                break;
            }
            if self.owner.is_original() {
                self.check(entry);
            }
            let Some(asset) = self.owner.asset(&entry.said.file) else { continue };
            let at = described.gallery.exhibits.len();
            if entry.is_shown {
                described.gallery.shown.push(at);
            }
            if cover.as_deref() == Some(entry.said.file.as_str()) {
                described.gallery.cover = Some(at);
            }
            described.gallery.exhibits.push(self.exhibit(own, entry, asset));
            described.rights.push(self.rights(entry));
            let path = [&entry.path[..], &[Step::key("file")]].concat();
            described.places.push(Place { home: entry.home, path });
        }
        if let Some(cover) = cover.filter(|_| described.gallery.cover.is_none() && self.owner.is_original()) {
            self.report_cover(source, &cover, &entries);
        }
        described
    }

    /// `cover` and `gallery` of a file.
    fn front(&mut self, source: &Source, blocks: &Table, reports: bool) -> Front {
        let mut table = blocks.clone();
        table.retain(|key, _| super::KEYS.contains(&key.as_str()));
        let (front, problems) = decode_all::<Front>(&table, &[]);
        if reports {
            for problem in problems {
                self.diagnostics.push(problem.diagnostic(&[], &source.front, &source.text));
            }
        }
        front.unwrap_or_default()
    }

    /// All described pictures: those of the front matter, with what `gallery.yaml` adds, then the others of that file.
    fn entries(&mut self, source: &'a Source, gallery: Option<Vec<super::described::Listed>>) -> Vec<Entry<'a>> {
        let home = Home { source: &source.text, front: &source.front };
        let has_gallery = gallery.is_some();
        let mut entries: Vec<Entry<'a>> = gallery
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(at, listed)| Entry {
                said: listed.0,
                language: &source.language,
                home,
                path: vec![Step::key("gallery"), Step::Index(at)],
                is_shown: true,
            })
            .collect();
        if let Some(file) = self.album {
            for (at, said) in file.album.pictures.iter().enumerate() {
                let said = with_defaults(said.clone(), &file.album);
                let path = vec![Step::key("pictures"), Step::Index(at)];
                match entries.iter_mut().find(|entry| entry.said.file == said.file) {
                    Some(entry) => fill(&mut entry.said, said, &source.language, &self.config.default_language),
                    None => entries.push(Entry {
                        said,
                        language: &self.config.default_language,
                        home: Home { source: &file.source, front: &file.front },
                        path,
                        is_shown: !has_gallery,
                    }),
                }
            }
        }
        for entry in &mut entries {
            entry.said.file = entry.said.file.trim_start_matches("./").nfc().collect();
        }
        entries
    }

    /// Lays the texts of a translation over the original's.
    fn translate(&mut self, own: &'a Source, entries: &mut [Entry<'a>]) {
        let front = self.front(own, self.owner.blocks, true);
        let override_of = |key: &str, path: &[Step], message: Text| {
            Diagnostic::hint(Code::StructuredOverride, own.front.value_span(&own.text, path), message).help(text!(
                "usuń „{key}” z tłumaczenia: bierze się z oryginału",
                "remove `{key}` from the translation: it comes from the original"
            ))
        };
        if front.cover.is_some() {
            let message = text!("tłumaczenie zmienia „cover”", "the translation changes `cover`");
            self.diagnostics.push(override_of("cover", &[Step::key("cover")], message));
        }
        for (at, listed) in front.gallery.into_iter().flatten().enumerate() {
            let path = [Step::key("gallery"), Step::Index(at)];
            let said = listed.0;
            let name: String = said.file.nfc().collect();
            let Some(entry) = entries.iter_mut().find(|entry| entry.said.file == name) else {
                let message = text!("oryginał nie ma obrazu „{name}”", "the original has no picture `{name}`");
                self.diagnostics.push(override_of(&name, &path, message));
                continue;
            };
            for (key, is_there) in
                [("licence", said.licence.is_some()), ("date", said.date.is_some()), ("source", said.source.is_some())]
            {
                if is_there {
                    let message = text!("tłumaczenie zmienia „{key}”", "the translation changes `{key}`");
                    self.diagnostics.push(override_of(key, &[&path[..], &[Step::key(key)]].concat(), message));
                }
            }
            for (over, under) in [
                (said.alt, &mut entry.said.alt),
                (said.caption, &mut entry.said.caption),
                (said.credit, &mut entry.said.credit),
            ] {
                if let Some(over) = over {
                    overlay(under, over, entry.language, &own.language);
                }
            }
        }
        for entry in entries.iter().filter(|entry| self.owner.asset(&entry.said.file).is_some()) {
            let has =
                |words: Option<&Words>| words.is_some_and(|words| words.get(&own.language, entry.language).is_some());
            // An original without one was told already.
            if has(entry.said.alt.as_ref()) || entry.said.alt.is_none() {
                continue;
            }
            let (name, language) = (&entry.said.file, &own.language);
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::PictureWithoutAlt,
                    own.front.key_span(&own.text, &[Step::key("gallery")]),
                    text!(
                        "obraz „{name}” nie ma opisu (alt) w języku {language}",
                        "the picture `{name}` has no description (alt) in the language {language}"
                    ),
                )
                .help(text!(
                    "dopisz w tym pliku: gallery: [{{ file: {name}, alt: \"co widać\" }}]",
                    "add to this file: gallery: [{{ file: {name}, alt: \"what is seen\" }}]"
                )),
            );
        }
    }

    /// The exhibit of an entry in the language of the page, texts of the default language where there are no others.
    fn exhibit(&self, own: &Source, entry: &Entry<'_>, asset: &Asset) -> Exhibit {
        let text = |words: &Option<Words>| {
            let words = words.as_ref()?;
            let text = words.get(&own.language, entry.language);
            text.or_else(|| words.get(&self.config.default_language, entry.language)).map(str::to_string)
        };
        debug_assert_eq!(own.language, self.owner.language);
        Exhibit {
            file: entry.said.file.clone(),
            path: asset.path.clone(),
            original: asset.file.clone(),
            alt: text(&entry.said.alt).unwrap_or_default(),
            caption: text(&entry.said.caption),
            credit: text(&entry.said.credit),
            licence: entry.said.licence.as_deref().and_then(Licence::parse),
            date: entry.said.date.clone(),
            source: entry.said.source.clone(),
            picture: None,
        }
    }

    fn rights(&self, entry: &Entry<'_>) -> Rights {
        let licence = entry.said.licence.as_deref().and_then(Licence::parse);
        let credit = entry.said.credit.as_ref();
        Rights {
            creator: credit
                .and_then(|words| words.get(&self.config.default_language, entry.language))
                .map(str::to_string),
            licence: licence.as_ref().map(|licence| licence.name.clone()),
            licence_url: licence.and_then(|licence| licence.url),
            source: entry.said.source.clone(),
        }
    }
}

/// What holds for a whole folder, where a picture says nothing else.
fn with_defaults(mut said: Said, album: &Album) -> Said {
    said.credit = said.credit.or_else(|| album.credit.clone());
    said.licence = said.licence.or_else(|| album.licence.clone());
    said.date = said.date.or_else(|| album.date.clone());
    said.source = said.source.or_else(|| album.source.clone());
    said
}

/// What front matter leaves open is taken from `gallery.yaml`.
fn fill(said: &mut Said, other: Said, own: &str, language: &str) {
    for (words, other) in
        [(&mut said.alt, other.alt), (&mut said.caption, other.caption), (&mut said.credit, other.credit)]
    {
        match (words.take(), other) {
            (None, other) => *words = other,
            (Some(own_words), None) => *words = Some(own_words),
            (Some(own_words), Some(other)) => {
                let mut both = Some(other);
                overlay(&mut both, own_words, language, own);
                *words = both;
            }
        }
    }
    said.licence = said.licence.take().or(other.licence);
    said.date = said.date.take().or(other.date);
    said.source = said.source.take().or(other.source);
}

/// Lays texts over others; each side says in which language those are that name none.
fn overlay(under: &mut Option<Words>, over: Words, under_language: &str, over_language: &str) {
    let each = |words: Words, language: &str| match words {
        Words::One(text) => [(language.to_string(), text)].into(),
        Words::Each(texts) => texts,
    };
    let mut all = under.take().map(|words| each(words, under_language)).unwrap_or_default();
    all.extend(each(over, over_language));
    *under = Some(Words::Each(all));
}
