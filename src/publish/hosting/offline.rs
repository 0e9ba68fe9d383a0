//! Lists of files that a reader can save: pages in all languages with their styles, scripts and pictures.
//!
//! A list is `offline.json` beside each page that it is about, the same in each language; a script of the theme fetches and
//! stores what it names. Of a picture it names one version, and which others that one stands for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::markup::{Tag, tags};
use super::types;
use crate::config::Config;
use crate::content::{Library, Page, Section, index_file};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::publish::Stage;
use crate::text;

/// Name of a list.
const FILE: &str = "offline.json";

/// Letters of a hash.
const LETTERS: usize = 20;

/// Something that can be saved.
struct Thing {
    /// Its title in each language.
    titles: BTreeMap<String, String>,
    /// Where it is in each language.
    paths: BTreeMap<String, String>,
    /// All pages of it.
    pages: BTreeSet<String>,
}

/// One file of a list, as it is in the stage.
#[derive(Default)]
struct File {
    /// Addresses that it answers for besides its own.
    also: BTreeSet<String>,
}

/// Tells what `[offline]` names and is not there.
pub(super) fn check(config: &Config, library: &Library, diagnostics: &mut Diagnostics) {
    let missing = config.offline.folders().filter(|(_, folder)| section(config, library, folder).is_none());
    diagnostics.extend(missing.map(|(key, folder)| unknown(config, key, folder)).collect::<Vec<_>>());
}

/// A list that was written, and what it names.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Saved {
    /// Where the list is: the same beside each version.
    lists: Vec<String>,
    /// The files in it.
    files: BTreeSet<String>,
}

/// Writes the lists that `[offline]` asks for.
pub(super) fn write(config: &Config, library: &Library, stage: &Stage, diagnostics: &mut Diagnostics) -> Vec<Saved> {
    let reader = Reader { config, stage };
    let shelf = shelf(config, library);
    things(config, library).iter().map(|thing| reader.list(thing, &shelf, diagnostics)).collect()
}

/// Writes those again that name a file which has changed; `None` when they are not about the same things.
pub(super) fn again(
    config: &Config,
    library: &Library,
    stage: &Stage,
    changed: &BTreeSet<String>,
    saved: &mut [Saved],
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    if saved.is_empty() {
        return Some(());
    }
    let reader = Reader { config, stage };
    let shelf = shelf(config, library);
    let things = things(config, library);
    for (thing, saved) in things.iter().zip(saved.iter_mut()) {
        if saved.lists != thing.lists() {
            return None;
        }
        if !saved.files.is_disjoint(changed) {
            *saved = reader.list(thing, &shelf, diagnostics);
        }
    }
    (things.len() == saved.len()).then_some(())
}

/// The page that shows what is saved, by language.
fn shelf(config: &Config, library: &Library) -> BTreeMap<String, String> {
    let shelf = config.offline.shelf.as_ref().and_then(|folder| section(config, library, folder));
    let path = |section: &Section| (section.language.clone(), section.path.clone());
    shelf.map(|shelf| library.versions_of_section(shelf, config).map(path).collect()).unwrap_or_default()
}

impl Thing {
    /// Where its list is.
    fn lists(&self) -> Vec<String> {
        self.paths.values().map(|path| format!("{}{FILE}", path.trim_start_matches('/'))).collect()
    }
}

impl Reader<'_> {
    /// Writes the list of one thing.
    fn list(&self, thing: &Thing, home: &BTreeMap<String, String>, diagnostics: &mut Diagnostics) -> Saved {
        let mut files: BTreeMap<String, File> = BTreeMap::new();
        for path in thing.pages.iter().chain(home.values()) {
            self.page(path, &mut files);
        }
        let (mut listed, mut bytes, mut all) = (vec![], 0, Sha256::new());
        for (path, file) in &files {
            let Some(content) = diagnostics.take(self.stage.read(path)) else { continue };
            let hash = short(Sha256::digest(&content).as_slice());
            bytes += content.len();
            all.update(format!("{path}\n{hash}\n"));
            let mut entry = json!({ "url": self.address(path), "bytes": content.len(), "hash": hash });
            if !file.also.is_empty() {
                entry["also"] = file.also.iter().map(|path| self.address(path)).collect();
            }
            listed.push(entry);
        }
        let addresses = |paths: &BTreeMap<String, String>| -> BTreeMap<String, String> {
            paths.iter().map(|(language, path)| (language.clone(), self.address(&index_file(path)))).collect()
        };
        let original = thing.paths.get(&self.config.default_language).map_or("", String::as_str);
        let list = json!({
            "id": self.address(&index_file(original)),
            "version": short(all.finalize().as_slice()),
            "title": thing.titles,
            "pages": addresses(&thing.paths),
            "shelf": addresses(home),
            "bytes": bytes,
            "files": listed,
        });
        let (lists, list) = (thing.lists(), list.to_string());
        diagnostics.extend(lists.iter().filter_map(|path| self.stage.write(path, list.as_bytes()).err()));
        Saved { lists, files: files.into_keys().collect() }
    }
}

fn section<'a>(config: &Config, library: &'a Library, folder: &str) -> Option<&'a Section> {
    let id = library.section(&format!("{folder}/_index.md"), &config.default_language)?;
    Some(&library.sections[id])
}

fn things(config: &Config, library: &Library) -> Vec<Thing> {
    let offline = &config.offline;
    let mut things = vec![];
    for section in offline.pages.iter().filter_map(|folder| section(config, library, folder)) {
        for page in section.pages.iter().map(|id| &library.pages[*id]) {
            let versions: Vec<&Page> = library.versions_of_page(page, config).collect();
            let title = |page: &&Page| (page.language.clone(), page.front.title.clone().unwrap_or_default());
            things.push(Thing {
                titles: versions.iter().map(title).collect(),
                paths: versions.iter().map(|page| (page.language.clone(), page.path.clone())).collect(),
                pages: versions.iter().map(|page| page.path.clone()).collect(),
            });
        }
    }
    for folder in &offline.sections {
        let Some(whole) = section(config, library, folder) else { continue };
        let inside = format!("{folder}/");
        let versions: Vec<&Section> = library.versions_of_section(whole, config).collect();
        let title = |section: &&Section| (section.language.clone(), section.front.title.clone().unwrap_or_default());
        let pages = library.pages.iter().filter(|page| page.canonical.starts_with(&inside) && !page.hidden);
        let sections = library.sections.iter().filter(|section| section.canonical.starts_with(&inside));
        let mut all: BTreeSet<String> = pages.map(|page| page.path.clone()).collect();
        all.extend(sections.filter(|section| !section.hidden).map(|section| section.path.clone()));
        things.push(Thing {
            titles: versions.iter().map(title).collect(),
            paths: versions.iter().map(|section| (section.language.clone(), section.path.clone())).collect(),
            pages: all,
        });
    }
    things
}

/// Sees which files of the stage a page needs.
struct Reader<'a> {
    config: &'a Config,
    stage: &'a Stage,
}

impl Reader<'_> {
    /// The path of a file's address on its host; a page's is its folder's.
    fn address(&self, path: &str) -> String {
        let url = self.config.permalink(path.strip_suffix("index.html").unwrap_or(path));
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        rest.find('/').map_or_else(|| "/".to_string(), |at| rest[at..].to_string())
    }

    /// The file of the stage that an address in a page names.
    fn file(&self, address: &str) -> Option<String> {
        let base = self.config.base_url.trim_end_matches('/');
        let below = address.trim().strip_prefix(base)?.strip_prefix('/')?;
        let path =
            percent_encoding::percent_decode_str(below.split(['?', '#']).next()?).decode_utf8().ok()?.into_owned();
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
        self.stage.has(&path).then_some(path)
    }

    fn page(&self, path: &str, files: &mut BTreeMap<String, File>) {
        let path = index_file(path);
        if !self.stage.has(&path) || files.contains_key(&path) {
            return;
        }
        files.entry(path.clone()).or_default();
        // What cannot be read is told where the list is put together.
        let page = self.stage.read(&path).unwrap_or_default();
        let page = String::from_utf8_lossy(&page);
        let mut picture: Vec<Version> = vec![];
        for tag in tags(&page) {
            match tag.name.as_str() {
                "picture" => picture.clear(),
                "source" => picture.extend(self.versions(&tag)),
                "img" => {
                    picture.extend(self.versions(&tag));
                    self.picture(&std::mem::take(&mut picture), files);
                }
                "script" => self.take(tag.get("src"), files),
                "link" if is_needed(&tag) => self.take(tag.get("href"), files),
                _ => {}
            }
            for (_, value) in tag.attributes.iter().filter(|(name, _)| name.starts_with("data-")) {
                // What a script fetches when it is asked to.
                if value.ends_with(".css") || value.ends_with(".js") {
                    self.take(Some(value), files);
                }
            }
        }
    }

    fn take(&self, address: Option<&str>, files: &mut BTreeMap<String, File>) {
        if let Some(path) = address.and_then(|address| self.file(address)) {
            files.entry(path).or_default();
        }
    }

    fn versions(&self, tag: &Tag<'_>) -> Vec<Version> {
        let mut found = vec![];
        for candidate in tag.get("srcset").unwrap_or_default().split(", ") {
            let mut words = candidate.split_ascii_whitespace();
            if let Some(path) = words.next().and_then(|address| self.file(address)) {
                let width = words.next().and_then(|word| word.strip_suffix('w')).and_then(|word| word.parse().ok());
                found.push(Version { path, width });
            }
        }
        found.extend(tag.get("src").and_then(|address| self.file(address)).map(|path| Version { path, width: None }));
        found
    }

    /// Takes one version of a picture: WebP where there is one, which every browser with workers shows, and the smallest that is
    /// wide enough.
    fn picture(&self, versions: &[Version], files: &mut BTreeMap<String, File>) {
        let rank = |version: &&Version| {
            let is_webp = types::extension(&version.path) == Some("webp");
            let is_wide = version.width.is_some_and(|width| width >= self.config.offline.width());
            let width = version.width.unwrap_or_default();
            (!is_webp, !is_wide, if is_wide { i64::from(width) } else { -i64::from(width) })
        };
        let Some(one) = versions.iter().min_by_key(rank) else { return };
        let others = versions.iter().map(|version| version.path.clone()).filter(|path| *path != one.path);
        files.entry(one.path.clone()).or_default().also.extend(others);
    }
}

/// One version of a picture, and its width where there are several.
struct Version {
    path: String,
    width: Option<u32>,
}

fn is_needed(link: &Tag<'_>) -> bool {
    let rel = link.get("rel").unwrap_or_default().to_ascii_lowercase();
    rel.split_ascii_whitespace().any(|word| matches!(word, "stylesheet" | "icon" | "manifest"))
        && link.get("media").is_none_or(|media| !media.eq_ignore_ascii_case("print"))
}

fn short(digest: &[u8]) -> String {
    let hex = digest.iter().fold(String::new(), |mut out, byte| {
        // Writing into memory cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    });
    hex[..LETTERS].to_string()
}

fn unknown(config: &Config, key: &str, folder: &str) -> Diagnostic {
    Diagnostic::error(
        Code::ConfigInvalid,
        config.span(&["offline", key]),
        text!("nie ma działu „{folder}”", "there is no section `{folder}`"),
    )
    .help(text!(
        "wpisz folder z content, w którym jest plik _index.md",
        "write a folder of content that has a file _index.md"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stage with these files, in a folder that goes with it.
    fn stage(files: &[(&str, &str)]) -> (tempfile::TempDir, Stage) {
        let folder = tempfile::tempdir().unwrap();
        let stage = Stage::open(&folder.path().join("public"), false).unwrap();
        for (path, text) in files {
            stage.write(path, text.as_bytes()).unwrap();
        }
        (folder, stage)
    }

    fn config(base_url: &str) -> Config {
        toml::from_str(&format!("base_url = \"{base_url}\"\n[offline]\nwidth = 800")).unwrap()
    }

    #[test]
    fn addresses_are_files_of_the_site() {
        let (_folder, stage) = stage(&[("index.html", ""), ("a/index.html", ""), ("b c.css", ""), ("d", "")]);
        let config = config("https://example.org/g/");
        let reader = Reader { config: &config, stage: &stage };
        for (address, file) in [
            ("https://example.org/g/", Some("index.html")),
            (" https://example.org/g/a/#b ", Some("a/index.html")),
            ("https://example.org/g/b%20c.css?h=1", Some("b c.css")),
            ("https://example.org/g/d", Some("d")),
            ("https://example.org/g/a", None),
            ("https://example.org/g/none.css", None),
            ("https://example.org/gd", None),
            ("https://example.org/g", None),
            ("/g/d", None),
            ("https://b.pl/g/d", None),
            ("https://example.org/g/%ff", None),
        ] {
            assert_eq!(reader.file(address).as_deref(), file, "{address}");
        }
        let addresses = ["index.html", "a/index.html", "b c.css"].map(|path| reader.address(path));
        assert_eq!(addresses, ["/g/", "/g/a/", "/g/b c.css"]);
        let root = super::tests::config("https://example.org");
        assert_eq!(Reader { config: &root, stage: &stage }.address("index.html"), "/");
        let local = super::tests::config("/");
        assert_eq!(Reader { config: &local, stage: &stage }.address("a/index.html"), "/a/");
    }

    #[test]
    fn a_page_needs_what_it_shows() {
        let at = |path: &str| format!("https://example.org/{path}");
        let page = format!(
            "<link rel=stylesheet href={}><link rel='x ICON' href={}><link rel=manifest href={}>\
             <link rel=stylesheet media=PRINT href={}><link rel=canonical href={}><script src={}></script>\
             <i data-sheet={} data-script={} data-page={} title={}></i><a href={}></a>\
             <audio><source src={}></audio><picture><source srcset=\"{} 400w, {} 900w\"><source srcset=\"{} 400w\"><img src={}></picture><img src={}>",
            at("a.css"),
            at("i.png"),
            at("m.json"),
            at("print.css"),
            at("b/"),
            at("a.js"),
            at("d.css"),
            at("d.js"),
            at("c.html"),
            at("t.css"),
            at("b/"),
            at("s.mp3"),
            at("p4.webp"),
            at("p9.webp"),
            at("p4.jpg"),
            at("p.jpg"),
            at("q.jpg"),
        );
        let names = [
            "a.css",
            "i.png",
            "m.json",
            "print.css",
            "b/index.html",
            "a.js",
            "d.css",
            "d.js",
            "c.html",
            "t.css",
            "s.mp3",
            "p4.webp",
            "p9.webp",
            "p4.jpg",
            "p.jpg",
            "q.jpg",
        ];
        let all: Vec<(&str, &str)> =
            names.iter().map(|name| (*name, "")).chain([("index.html", page.as_str())]).collect();
        let (_folder, stage) = stage(&all);
        let config = config("https://example.org");
        let reader = Reader { config: &config, stage: &stage };
        let mut files = BTreeMap::new();
        reader.page("/", &mut files);
        reader.page("/none/", &mut files);
        let found: Vec<(&str, usize)> = files.iter().map(|(path, file)| (path.as_str(), file.also.len())).collect();
        assert_eq!(
            found,
            [
                ("a.css", 0),
                ("a.js", 0),
                ("d.css", 0),
                ("d.js", 0),
                ("i.png", 0),
                ("index.html", 0),
                ("m.json", 0),
                ("p9.webp", 3),
                ("q.jpg", 0)
            ]
        );
        assert!(!files["p9.webp"].also.contains("q.jpg") && !files["p9.webp"].also.contains("p9.webp"));
        // What is in the list already is not read once more.
        files.insert("b/index.html".into(), File::default());
        let before = files.len();
        reader.page("/b/", &mut files);
        assert_eq!(files.len(), before);
    }

    #[test]
    fn one_version_stands_for_the_others() {
        let (_folder, stage) = stage(&[]);
        let config = config("https://example.org");
        let reader = Reader { config: &config, stage: &stage };
        let chosen = |versions: &[(&str, Option<u32>)]| {
            let versions: Vec<Version> =
                versions.iter().map(|(path, width)| Version { path: (*path).to_string(), width: *width }).collect();
            let mut files = BTreeMap::new();
            reader.picture(&versions, &mut files);
            files.into_iter().map(|(path, file)| (path, file.also.len())).next()
        };
        let is = |path: &str, others: usize| Some((path.to_string(), others));
        assert_eq!(chosen(&[]), None);
        assert_eq!(chosen(&[("a.jpg", None)]), is("a.jpg", 0));
        assert_eq!(chosen(&[("a.jpg", Some(900)), ("b.webp", Some(100))]), is("b.webp", 1));
        // The smallest that is wide enough, else the widest.
        assert_eq!(chosen(&[("a.webp", Some(1600)), ("b.webp", Some(800)), ("c.webp", Some(799))]), is("b.webp", 2));
        assert_eq!(chosen(&[("a.webp", Some(400)), ("b.webp", Some(799)), ("c.webp", None)]), is("b.webp", 2));
        assert_eq!(chosen(&[("a.jpg", Some(900)), ("b.jpg", Some(1000))]), is("a.jpg", 1));
    }

    #[test]
    fn links_that_a_page_cannot_do_without() {
        let is = |tag: &str| is_needed(&tags(tag)[0]);
        assert!(
            is("<link rel=stylesheet>") && is("<link rel='preload Icon'>") && is("<link rel=manifest media=screen>")
        );
        assert!(!is("<link rel=preload>") && !is("<link>") && !is("<link rel=stylesheet media=Print>"));
        assert_eq!(short(&[0, 1, 0xab, 4, 5, 6, 7, 8, 9, 0xff, 11]), "0001ab040506070809ff");
    }

    #[test]
    fn a_list_counts_its_files() {
        let (_folder, stage) =
            stage(&[("index.html", "<link rel=icon href=/i.png>"), ("en/index.html", "x"), ("s/index.html", "s")]);
        let config: Config = toml::from_str("base_url = \"https://example.org\"\ndefault_language = \"pl\"").unwrap();
        let reader = Reader { config: &config, stage: &stage };
        let by = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(a, b)| ((*a).to_string(), (*b).to_string())).collect::<BTreeMap<_, _>>()
        };
        let thing = Thing {
            titles: by(&[("en", "Home"), ("pl", "Dom")]),
            paths: by(&[("en", "/en/"), ("pl", "/")]),
            pages: ["/".to_string(), "/en/".to_string()].into(),
        };
        assert_eq!(thing.lists(), ["en/offline.json", "offline.json"]);
        let mut diagnostics = Diagnostics::default();
        let saved = reader.list(&thing, &by(&[("pl", "/s/")]), &mut diagnostics);
        assert!(diagnostics.is_empty());
        assert_eq!(saved.lists, thing.lists());
        assert_eq!(saved.files.iter().collect::<Vec<_>>(), ["en/index.html", "index.html", "s/index.html"]);
        let read = |path: &str| stage.read(path).unwrap();
        assert_eq!(read("offline.json"), read("en/offline.json"));
        let list: serde_json::Value = serde_json::from_slice(&read("offline.json")).unwrap();
        assert_eq!((&list["id"], &list["bytes"], &list["title"]["en"]), (&json!("/"), &json!(29), &json!("Home")));
        assert_eq!((&list["pages"], &list["shelf"]), (&json!({ "en": "/en/", "pl": "/" }), &json!({ "pl": "/s/" })));
        let files = list["files"].as_array().unwrap();
        assert_eq!(files.iter().map(|file| file["url"].as_str().unwrap()).collect::<Vec<_>>(), ["/en/", "/", "/s/"]);
        // `printf x | sha256sum`.
        assert_eq!((&files[0]["hash"], &files[0]["bytes"]), (&json!("2d711642b726b0440162"), &json!(1)));
        assert_eq!(files[0].get("also"), None);
        assert_eq!(list["version"].as_str().unwrap().len(), LETTERS);
        let version = list["version"].clone();
        stage.write("s/index.html", b"t").unwrap();
        reader.list(&thing, &by(&[("pl", "/s/")]), &mut diagnostics);
        let list: serde_json::Value = serde_json::from_slice(&read("offline.json")).unwrap();
        assert_ne!(list["version"], version);
    }

    #[test]
    fn lists_are_written_again_when_their_files_change() {
        let config: Config = toml::from_str(
            "base_url = \"https://example.org\"\ndefault_language = \"pl\"\n[offline]\npages = [\"t\"]\nsections = [\"s\"]\nshelf = \"s\"\n",
        )
        .unwrap();
        let library = |files: &[&str]| {
            let source =
                |path: &&str| crate::source::Source::thin(path, "---\ntitle: T\n---\n", "", &config).unwrap().into();
            let content = crate::source::WalkedContent {
                sources: files.iter().map(source).collect(),
                complete: true,
                ..crate::source::WalkedContent::default()
            };
            let keys = crate::content::BlockKeys { pages: &[], sections: &[] };
            Library::build(&config, content, false, keys, &mut Diagnostics::default())
        };
        let whole = library(&["s/_index.md", "t/_index.md", "t/a.md", "t/b.md"]);
        let (_folder, stage) = stage(&[("s/index.html", "s"), ("t/a/index.html", "a"), ("t/b/index.html", "b")]);
        let mut diagnostics = Diagnostics::default();
        check(&config, &whole, &mut diagnostics);
        let mut saved = write(&config, &whole, &stage, &mut diagnostics);
        let lists: Vec<&str> = saved.iter().flat_map(|saved| &saved.lists).map(String::as_str).collect();
        assert_eq!(lists, ["t/a/offline.json", "t/b/offline.json", "s/offline.json"]);
        let version = |path: &str| {
            let list: serde_json::Value = serde_json::from_slice(&stage.read(path).unwrap()).unwrap();
            list["version"].as_str().unwrap().to_string()
        };
        let versions = || ["t/a", "t/b", "s"].map(|folder| version(&format!("{folder}/offline.json")));
        let before = versions();
        for path in ["t/a/index.html", "t/b/index.html"] {
            stage.write(path, b"new").unwrap();
        }
        let mut make = |saved: &mut [Saved], library: &Library, changed: &[&str]| {
            let changed = changed.iter().map(ToString::to_string).collect();
            again(&config, library, &stage, &changed, saved, &mut diagnostics).is_some()
        };
        assert!(make(&mut saved, &whole, &["other.html"]));
        assert_eq!(versions(), before);
        assert!(make(&mut saved, &whole, &["t/a/index.html"]));
        let after = versions();
        assert_eq!([0, 1, 2].map(|at| after[at] == before[at]), [false, true, true]);
        // Other things are another site's.
        assert!(!make(&mut saved, &library(&["s/_index.md", "t/_index.md", "t/a.md", "t/c.md"]), &[]));
        assert!(!make(&mut saved, &library(&["s/_index.md", "t/_index.md", "t/a.md", "t/b.md", "t/c.md"]), &[]));
        assert!(!make(&mut saved[..2], &whole, &[]));
        assert!(make(&mut [], &library(&[]), &[]) && diagnostics.is_empty());
        check(&config, &library(&["t/_index.md"]), &mut diagnostics);
        assert_eq!(diagnostics.len(), 2);
    }
}
