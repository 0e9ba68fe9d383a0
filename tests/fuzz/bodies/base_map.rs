//! Geodata: a base map, a recorded way, extracts of OpenStreetMap. What a file is its beginning says.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use huta::config::Config;
use huta::diagnostic::Diagnostics;
use huta::gallery::Galleries;
use huta::guide::Guide;
use huta::image::Pictures;
use huta::map::{self, BaseMap, Maps, PATH};
use huta::markdown::{Code, Markdown};

use super::{site, told};

static SITE: LazyLock<Config> = LazyLock::new(|| {
    site::right_config(
        "base_url = \"https://example.org\"\ndefault_language = \"pl\"\n[languages.en]\nfallback = true\n",
    )
});

const TOUR: &str = "---\ntitle: Trasa\ntour:\n  track: a.gpx\n  stops:\n    - at: [50.005, 20.005]\n      title: A\n\
    \x20   - at: [50.01, 20.01]\n      title: B\n---\n";

const PLACE: &str = "---\ntitle: Dom\nplace: { at: [50.005, 20.005] }\n---\n";

/// Does it all.
pub fn run(bytes: &[u8]) {
    let folder = site::folder();
    let root = folder.path();
    let mut diagnostics = Diagnostics::default();
    let file = root.join("content/mapa/base.geojson");
    fs::create_dir_all(root.join("content/mapa")).unwrap();
    fs::write(&file, bytes).unwrap();
    extract(&file, &mut diagnostics);
    match bytes.trim_ascii_start().first() {
        Some(b'{') => maps(root, &[], &mut diagnostics),
        Some(b'<') => {
            let gpx = root.join("a.gpx");
            fs::rename(&file, &gpx).unwrap();
            maps(root, &[("trasy/a/a.gpx", gpx)], &mut diagnostics);
        }
        _ => {}
    }
    told::print(diagnostics);
}

/// An extract becomes a base map that can be read.
fn extract(file: &Path, diagnostics: &mut Diagnostics) {
    let bbox = map::parse_bbox("20,50,20.02,50.02").unwrap();
    let Some(imported) = map::import(file, bbox, diagnostics) else { return };
    let folder = site::folder();
    fs::create_dir_all(folder.path().join("content/mapa")).unwrap();
    fs::write(folder.path().join(PATH), &imported.text).unwrap();
    let mut problems = Diagnostics::default();
    let made = BaseMap::load(folder.path(), &mut problems);
    assert!(problems.is_empty(), "{problems:?} in {}", imported.text);
    assert_eq!(made.map(|made| made.features.len()), Some(imported.features));
}

/// All maps of a site with a tour and a place.
fn maps(root: &Path, assets: &[(&str, PathBuf)], diagnostics: &mut Diagnostics) {
    let config = &*SITE;
    let project = site::project(root, config.clone());
    let files = [("trasy/_index.md", "---\ntitle: A\n---\n"), ("trasy/a/index.md", TOUR), ("trasy/b/index.md", PLACE)];
    let sources = files.iter().filter_map(|(name, text)| site::source(name, text, config, diagnostics)).collect();
    let library = site::library(config, sources, assets, diagnostics);
    let galleries = Galleries::build(&project, &library, &Pictures::new(None, None), "", diagnostics);
    let code = Code::load(root, config, diagnostics);
    let markdown = Markdown { config, library: &library, galleries: &galleries, code: &code, marks_lines: false };
    let guide = Guide::build(&library, &project, diagnostics);
    let (mut values, _) = guide.values(&markdown, &project, diagnostics);
    let _ = Maps::make(&project, &library, &mut values, None, diagnostics);
}
