//! A small site for a test: files in a temporary folder, built and read back.
#![allow(dead_code, unreachable_pub)] // Each test file uses a part of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use huta::{BuildOptions, Outcome, build};
use tempfile::TempDir;
use walkdir::WalkDir;

/// The day all tests build for.
pub const TODAY: &str = "2026-11-23T00:00:00Z";

/// The repository's own folder: the real guide.
pub fn guide() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A site in a temporary folder.
pub struct Site {
    folder: TempDir,
    drafts: bool,
}

impl Site {
    /// A site with plain templates and this configuration (besides the address).
    pub fn new(config: &str) -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap(), drafts: false };
        let page = "{{ page.title or \"\" }}|{{ page.content | safe }}";
        let section = "{{ section.title or \"\" }}|{{ section.content | safe }}";
        site.file("huta.toml", &format!("base_url = \"https://example.org\"\n{config}"))
            .file("templates/page.html", page)
            .file("templates/section.html", section)
            .file("templates/index.html", section)
    }

    /// Adds or replaces a file.
    pub fn file(self, path: &str, text: &str) -> Self {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Adds to the configuration.
    pub fn config(self, text: &str) -> Self {
        let before = fs::read_to_string(self.folder.path().join("huta.toml")).unwrap();
        self.file("huta.toml", &format!("{before}\n{text}"))
    }

    /// The same files in another folder, without what was built.
    pub fn copy(&self) -> Self {
        let mut copy = Self { folder: tempfile::tempdir().unwrap(), drafts: self.drafts };
        for (path, bytes) in Files::read(self.folder.path()).0 {
            if !path.starts_with("public/") {
                copy = copy.file(&path, &String::from_utf8(bytes).unwrap());
            }
        }
        copy
    }

    /// Builds drafts too.
    pub fn with_drafts(mut self) -> Self {
        self.drafts = true;
        self
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Builds and returns what became of it.
    pub fn outcome(&self) -> Outcome {
        let options =
            BuildOptions { drafts: self.drafts, now: TODAY.parse().unwrap(), ..BuildOptions::new(self.folder.path()) };
        build(&options)
    }

    /// Builds without errors and returns every file by its path.
    pub fn build(&self) -> Files {
        let outcome = self.outcome();
        assert!(outcome.succeeded(), "{:#?}", outcome.diagnostics);
        Files::read(&self.folder.path().join("public"))
    }

    /// Builds with errors and returns their codes and places.
    pub fn errors(&self) -> Vec<String> {
        let outcome = self.outcome();
        assert!(!outcome.succeeded());
        outcome
            .diagnostics
            .iter()
            .map(|d| {
                let place = d.span.as_ref().map_or(String::new(), |s| format!(" {}:{}:{}", s.file, s.line, s.column));
                format!("{}{place}", d.code.as_str())
            })
            .collect()
    }
}

/// The files of a built site.
#[derive(Debug, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

impl Files {
    /// Reads all files of a folder.
    pub fn read(folder: &Path) -> Self {
        let files = WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        Self(
            files
                .map(|entry| {
                    let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                    (path, fs::read(entry.path()).unwrap())
                })
                .collect(),
        )
    }

    /// A file's text.
    pub fn text(&self, path: &str) -> String {
        let bytes = self.0.get(path).unwrap_or_else(|| panic!("no {path} among {:?}", self.paths()));
        String::from_utf8(bytes.clone()).unwrap()
    }

    /// Paths of all files.
    pub fn paths(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// Whether there is a file.
    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }
}

/// The trace of the only output folder of a site; beside it stands nothing but its own parts.
pub fn trace(root: &Path) -> PathBuf {
    let files: Vec<PathBuf> =
        std::fs::read_dir(root.join(".cache/traces")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let trace = files.iter().find(|file| file.extension().is_none()).expect("a trace").clone();
    for file in &files {
        assert!(*file == trace || ["more", "maps"].iter().any(|end| *file == trace.with_extension(end)), "{files:?}");
    }
    trace
}

/// Builds the real guide into a folder.
pub fn build_guide(output: &Path) -> Files {
    let options = BuildOptions {
        output_dir: Some(output.to_path_buf()),
        // Of no use to tests of pages, and slow in a program that is not optimised.
        uncompressed: true,
        now: TODAY.parse().unwrap(),
        ..BuildOptions::new(guide())
    };
    let outcome = build(&options);
    assert!(outcome.succeeded(), "{:#?}", outcome.diagnostics);
    Files::read(output)
}
