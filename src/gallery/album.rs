//! The pictures of all pages and sections.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::reader::{AlbumFile, Described, Owner, Place, Reader};
use super::{Exhibit, FILE, Gallery, MadePicture, PicturesByFile, is_picture};
use crate::config::{Config, Project};
use crate::content::{Library, PageId, SectionId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, Text};
use crate::image::{Pictures, Rights};
use crate::source::{Asset, Source};
use crate::text;

/// The pictures of all pages and sections.
#[derive(Debug, Default)]
pub struct Galleries {
    pages: Vec<Gallery>,
    sections: Vec<Gallery>,
    made: PicturesByFile,
    /// Whether pictures of pages are published only as what was made of them.
    are_made: bool,
    /// How wide pictures in texts are shown, as HTML's `sizes`.
    sizes: String,
    /// Pictures that nobody has described.
    undescribed: Vec<Undescribed>,
}

/// A picture that some text should mention.
#[derive(Debug)]
struct Undescribed {
    /// Its path below `content/`.
    path: String,
    /// The folder of the page that it lies beside.
    folder: String,
}

impl Galleries {
    /// Reads what pages say about their pictures, and has the pictures made.
    #[must_use]
    pub fn build(
        project: &Project,
        library: &Library,
        pictures: &Pictures,
        sizes: &str,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let config = &project.config;
        let owners: Vec<Owner<'_>> = (0..library.pages.len())
            .map(|id| Owner::page(library, config, id))
            .chain((0..library.sections.len()).map(|id| Owner::section(library, config, id)))
            .collect();
        let albums = albums(&owners, project, diagnostics);
        let mut described: Vec<Described<'_>> = owners
            .iter()
            .map(|owner| Reader { owner, album: albums.get(owner.folder.as_str()), config, diagnostics }.read())
            .collect();
        let mut made = PicturesByFile::new();
        let mut undescribed = vec![];
        if pictures.are_made() {
            made = make(&owners, &described, pictures);
            for (owner, described) in owners.iter().zip(&mut described) {
                described.gallery.exhibits.iter_mut().for_each(|exhibit| {
                    exhibit.picture = made.get(&exhibit.original).and_then(|made| made.clone().ok());
                });
                if owner.is_original() {
                    report_made(owner, described, &made, diagnostics);
                }
            }
            undescribed = self::undescribed(&owners, &described);
            report_unused(library, &undescribed, diagnostics);
        }
        let mut galleries: Vec<Gallery> = described.into_iter().map(|described| described.gallery).collect();
        let sections = galleries.split_off(library.pages.len());
        Self { pages: galleries, sections, made, are_made: pictures.are_made(), sizes: sizes.to_string(), undescribed }
    }

    /// The undescribed pictures that a file mentions: where none does, that is told.
    #[must_use]
    pub fn mentioned(&self, source: &Source) -> Vec<String> {
        self.undescribed.iter().filter(|picture| picture.is_in(source)).map(|picture| picture.path.clone()).collect()
    }

    /// The pictures of a page.
    #[must_use]
    pub fn page(&self, id: PageId) -> &Gallery {
        &self.pages[id]
    }

    /// The pictures of a section.
    #[must_use]
    pub fn section(&self, id: SectionId) -> &Gallery {
        &self.sections[id]
    }

    /// What was made of a picture file, or why nothing could be; `None` when nobody tried.
    #[must_use]
    pub fn made(&self, file: &Path) -> Option<&MadePicture> {
        self.made.get(file)
    }

    /// Whether pictures of pages are published only as what was made of them.
    #[must_use]
    pub fn are_made(&self) -> bool {
        self.are_made
    }

    /// A picture by its path below `content/`: what was made of it, and what is said about it in a language.
    #[must_use]
    pub fn at(&self, library: &Library, path: &str, language: &str) -> Option<(&MadePicture, Option<&Exhibit>)> {
        let pages = library.pages.iter().zip(&self.pages).map(|(page, own)| (&page.language, &page.assets, own));
        let sections = library.sections.iter().zip(&self.sections);
        let owners = pages.chain(sections.map(|(section, own)| (&section.language, &section.assets, own)));
        let mut found = owners.filter_map(|(own, assets, gallery)| {
            let asset = assets.iter().find(|asset| asset.path == path)?;
            Some((own == language, self.made(&asset.file)?, gallery.find(path)))
        });
        let first = found.next()?;
        let own = if first.0 { None } else { found.find(|(is_own, ..)| *is_own) };
        let (_, made, exhibit) = own.unwrap_or(first);
        Some((made, exhibit))
    }

    /// How wide pictures in texts are shown, as HTML's `sizes`.
    #[must_use]
    pub fn sizes(&self) -> &str {
        &self.sizes
    }

    /// Whether a file beside a page is not published itself: a picture, or what is said about pictures.
    #[must_use]
    pub fn keeps_back(&self, asset: &Asset) -> bool {
        self.are_made && (is_picture(&asset.path) || asset.path.rsplit('/').next() == Some(FILE))
    }
}

/// The files `gallery.yaml` by the folders they lie in.
fn albums<'a>(
    owners: &'a [Owner<'_>],
    project: &Project,
    diagnostics: &mut Diagnostics,
) -> HashMap<&'a str, AlbumFile> {
    let mut albums = HashMap::new();
    for owner in owners.iter().filter(|owner| owner.is_original()) {
        let path = format!("{}{FILE}", owner.folder);
        let Some(asset) = owner.assets.iter().find(|asset| asset.path == path) else { continue };
        if let Some(album) = AlbumFile::read(asset, &project.root, diagnostics) {
            albums.insert(owner.folder.as_str(), album);
        }
    }
    albums
}

/// Has every picture beside a page made, mentioned or not: a template may ask for any of them.
fn make(owners: &[Owner<'_>], described: &[Described<'_>], pictures: &Pictures) -> PicturesByFile {
    let mut wishes: BTreeMap<&Path, Rights> = BTreeMap::new();
    for owner in owners {
        for asset in owner.assets.iter().filter(|asset| is_picture(&asset.path)) {
            wishes.entry(&asset.file).or_default();
        }
    }
    for (_, described) in owners.iter().zip(described).filter(|(owner, _)| owner.is_original()) {
        for (exhibit, rights) in described.gallery.exhibits.iter().zip(&described.rights) {
            wishes.insert(&exhibit.original, rights.clone());
        }
    }
    let wishes: Vec<(PathBuf, Rights)> =
        wishes.into_iter().map(|(file, rights)| (file.to_path_buf(), rights)).collect();
    pictures.prepare(&wishes);
    wishes
        .into_iter()
        .map(|(file, rights)| {
            let made = pictures.picture(&file, &rights);
            (file, made)
        })
        .collect()
}

/// What is wrong with described pictures, or worth knowing, at the line that names them.
fn report_made(owner: &Owner<'_>, described: &Described<'_>, made: &PicturesByFile, diagnostics: &mut Diagnostics) {
    let exhibits = described.gallery.exhibits.iter().map(|exhibit| exhibit.original.as_path());
    let places: HashMap<&Path, &Place<'_>> = exhibits.zip(&described.places).collect();
    for asset in owner.assets.iter().filter(|asset| is_picture(&asset.path)) {
        let place = || places.get(asset.file.as_path()).map(|place| place.span());
        let place_or_file = || place().unwrap_or_else(|| Span::file(format!("content/{}", asset.path)));
        let name = asset.path.rsplit('/').next().unwrap_or_default();
        match made.get(&asset.file) {
            // One that only a text names is told where it is named.
            Some(Err(why)) => {
                if let Some(place) = place() {
                    diagnostics.push(broken(name, why, place));
                }
            }
            Some(Ok(picture)) => {
                if picture.original.metadata.has_position {
                    diagnostics.push(located(name, place_or_file()));
                }
                if !picture.made.removed.is_empty() {
                    diagnostics.push(cleaned(name, &picture.made.removed, place_or_file()));
                }
            }
            None => {}
        }
    }
}

/// A picture file that nothing can be made of.
pub(crate) fn broken(name: &str, why: &Text, place: Span) -> Diagnostic {
    Diagnostic::error(
        Code::PictureInvalid,
        place,
        Text {
            pl: format!("obrazu „{name}” nie da się użyć: {}", why.pl),
            en: format!("the picture `{name}` cannot be used: {}", why.en),
        },
    )
    .help(text!(
        "otwórz obraz w programie graficznym, zmniejsz go, jeśli jest za duży, i zapisz jeszcze raz jako JPEG albo PNG",
        "open the picture in an image editor, make it smaller if it is too large, and save it again as JPEG or PNG"
    ))
}

fn located(name: &str, place: Span) -> Diagnostic {
    Diagnostic::hint(
        Code::PictureLocated,
        place,
        text!("w pliku „{name}” zapisano, gdzie zrobiono zdjęcie", "the file `{name}` says where it was taken"),
    )
    .help(text!(
        "na stronie tego nie będzie, ale w repozytorium widzi to każdy; jeśli to czyjś dom, usuń położenie z pliku",
        "the site will not show it, but everybody sees it in the repository; if it is somebody's home, remove it from the file"
    ))
}

fn cleaned(name: &str, removed: &BTreeSet<String>, place: Span) -> Diagnostic {
    let list = removed.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    Diagnostic::warning(
        Code::PictureCleaned,
        place,
        text!(
            "z rysunku „{name}” usunięto to, czego obraz nie może mieć: {list}",
            "what a picture may not hold was taken out of `{name}`: {list}"
        ),
    )
    .help(text!(
        "obejrzyj rysunek na stronie; jeśli czegoś brakuje, zapisz go bez skryptów, animacji i plików z zewnątrz",
        "look at the drawing on the site; if something is missing, save it without scripts, animation and outside files"
    ))
}

impl Undescribed {
    /// Whether a file mentions it.
    fn is_in(&self, source: &Source) -> bool {
        let name = self.path.strip_prefix(&self.folder).unwrap_or(&self.path);
        let encoded =
            || percent_encoding::utf8_percent_encode(name, percent_encoding::CONTROLS).to_string().replace(' ', "%20");
        let text = &source.text.text;
        text.contains(&self.path)
            || (source.path.starts_with(&self.folder) && (text.contains(name) || text.contains(&encoded())))
    }
}

fn undescribed(owners: &[Owner<'_>], described: &[Described<'_>]) -> Vec<Undescribed> {
    let mut found = vec![];
    for (owner, described) in owners.iter().zip(described).filter(|(owner, _)| owner.is_original()) {
        let pictures = owner.assets.iter().filter(|asset| is_picture(&asset.path));
        let own = pictures.filter(|asset| described.gallery.find(&asset.path).is_none());
        found.extend(own.map(|asset| Undescribed { path: asset.path.clone(), folder: owner.folder.clone() }));
    }
    found
}

/// Pictures that no text and no description mentions.
fn report_unused(library: &Library, undescribed: &[Undescribed], diagnostics: &mut Diagnostics) {
    let pages = library.pages.iter().filter(|page| page.fallback_of.is_none()).map(|page| page.source.as_ref());
    let sections = library.sections.iter().filter(|section| section.fallback_of.is_none());
    let sources: Vec<&Source> = pages.chain(sections.filter_map(|section| section.source.as_deref())).collect();
    for picture in undescribed.iter().filter(|picture| !sources.iter().any(|source| picture.is_in(source))) {
        diagnostics.push(
            Diagnostic::warning(
                Code::PictureUnused,
                Span::file(format!("content/{}", picture.path)),
                text!("żadna strona nie wspomina o tym obrazie", "no page mentions this picture"),
            )
            .help(text!(
                "opisz go pod „gallery” na stronie w tym folderze albo usuń plik",
                "describe it under `gallery` on the page of this folder, or remove the file"
            )),
        );
    }
}

/// A picture that a text shows and nobody has described.
pub(crate) fn without_rights(name: &str, place: Span) -> Diagnostic {
    Diagnostic::warning(
        Code::PictureWithoutRights,
        place,
        text!(
            "nie wiadomo, kto zrobił obraz „{name}” i na jakiej licencji",
            "nobody knows who made the picture `{name}`, and under which licence"
        ),
    )
    .help(text!(
        "opisz go pod „gallery” w metryczce albo w pliku {FILE}: credit i licence",
        "describe it under `gallery` in the front matter or in the file {FILE}: credit and licence"
    ))
}

/// A picture that a text or a description names and that does not exist.
pub(crate) fn missing(name: &str, assets: &[Asset], folder: &str, place: Span) -> Diagnostic {
    let names: Vec<&str> = assets
        .iter()
        .filter(|asset| is_picture(&asset.path))
        .map(|asset| asset.path.strip_prefix(folder).unwrap_or(&asset.path))
        .collect();
    Diagnostic::error(
        Code::PictureMissing,
        place,
        text!(
            "w folderze tej strony nie ma obrazu „{name}”",
            "there is no picture `{name}` in the folder of this page"
        ),
    )
    .help(match (crate::diagnostic::did_you_mean(name, names.iter().copied()), names.is_empty()) {
        (Some(near), _) => text!("czy chodziło o „{near}”?", "did you mean `{near}`?"),
        (None, false) => {
            let names = names.join(", ");
            text!("są tam: {names}", "there are: {names}")
        }
        (None, true) => text!(
            "połóż plik obok index.md; wielkie i małe litery to różnica",
            "put the file beside index.md; capital letters matter"
        ),
    })
}

/// Whether the configuration knows a language.
pub(super) fn is_language(config: &Config, code: &str) -> bool {
    config.language_codes().any(|known| known == code)
}
