//! Files that nobody would miss.

use super::{Subject, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::gallery::{self, is_picture};
use crate::glossary::is_glossary;
use crate::source::{Asset, read_files, read_text};
use crate::text;

/// Names that are asked for without a link, at the top of a site.
const ASKED_FOR: [&str; 10] = [
    "CNAME",
    "ads.txt",
    "apple-touch-icon.png",
    "favicon.ico",
    "favicon.svg",
    "humans.txt",
    "manifest.webmanifest",
    "robots.txt",
    "security.txt",
    "site.webmanifest",
];

/// Folders of templates and styles, which may name files too.
const FOLDERS: [&str; 3] = ["templates", "sass", "themes"];

/// Tells files beside pages and in `static/` whose name stands nowhere: in no text, template, style sheet or script. A
/// picture beside a page is the gallery's to tell.
pub(super) fn check(subject: &Subject<'_>, texts: &[Text<'_>], diagnostics: &mut Diagnostics) {
    let (library, root) = (subject.library, &subject.project.root);
    let pages = library.pages.iter().filter(|page| page.fallback_of.is_none()).flat_map(|page| &page.assets);
    let sections = library.sections.iter().flat_map(|section| &section.assets);
    let beside = pages.chain(sections).map(|asset| ("content", asset));
    let is_other = |asset: &Asset| {
        let name = asset.path.rsplit('/').next().unwrap_or_default();
        !is_picture(&asset.path) && !is_glossary(asset) && name != gallery::FILE && asset.path != BASE_MAP
    };
    let beside = beside.filter(|(_, asset)| is_other(asset));
    let statics = subject.statics.iter().map(|asset| ("static", asset));
    let statics = statics
        .filter(|(_, asset)| !ASKED_FOR.contains(&asset.path.as_str()) && !asset.path.starts_with(".well-known/"));
    let mut suspects: Vec<(&str, &Asset)> = beside.chain(statics).collect();
    suspects.sort_by(|a, b| (a.0, &a.1.path).cmp(&(b.0, &b.1.path)));
    suspects.dedup_by(|a, b| (a.0, &a.1.path) == (b.0, &b.1.path));
    if suspects.is_empty() {
        return;
    }
    // Files that cannot be read were told by those who needed them.
    let mut unread = Diagnostics::default();
    let mut words: Vec<String> = vec![];
    let files =
        FOLDERS.iter().flat_map(|folder| read_files(&root.join(folder), root, &[], &mut unread)).collect::<Vec<_>>();
    for asset in files.iter().chain(subject.statics).filter(|asset| is_text(&asset.path)) {
        words.extend(read_text(&asset.file, root).ok());
    }
    let config = crate::config::FILE_NAMES.iter().find_map(|name| read_text(&root.join(name), root).ok());
    words.extend(config);
    for (folder, asset) in suspects {
        let name = asset.path.rsplit('/').next().unwrap_or_default();
        let encoded =
            percent_encoding::utf8_percent_encode(name, percent_encoding::CONTROLS).to_string().replace(' ', "%20");
        let named = |text: &str| text.contains(name) || text.contains(&encoded);
        if texts.iter().any(|text| named(&text.source.text.text)) || words.iter().any(|text| named(text)) {
            continue;
        }
        diagnostics.push(
            Diagnostic::hint(
                Code::FileUnused,
                Span::file(format!("{folder}/{}", asset.path)),
                text!("nikt nie wspomina o pliku „{name}”", "nobody mentions the file `{name}`"),
            )
            .help(text!(
                "dodaj do niego odnośnik: [nazwa]({name}), albo go usuń",
                "link to it: [name]({name}), or remove it"
            )),
        );
    }
}

/// The base map is drawn, not linked.
const BASE_MAP: &str = "mapa/base.geojson";

fn is_text(path: &str) -> bool {
    let extension = std::path::Path::new(path).extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| {
        [
            "html",
            "css",
            "scss",
            "sass",
            "js",
            "mjs",
            "xml",
            "txt",
            "json",
            "md",
            "toml",
            "yaml",
            "yml",
            "svg",
            "webmanifest",
        ]
        .contains(&extension.as_str())
    })
}
