//! Walks a folder in a fixed order and reads its files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::GlobSet;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

use super::harmless::refused;
use super::limits::{check_size, too_much};
use super::{ContentName, FrontMatter};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceText, Span, did_you_mean};
use crate::memory::{Memory, Parts};
use crate::text;

/// A Markdown file as read: name, language, front matter and body, before meaning.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path below `content/`.
    pub path: String,
    /// What the name says.
    pub name: ContentName,
    /// Language of the file.
    pub language: String,
    /// The whole file.
    pub text: SourceText,
    /// Its front matter.
    pub front: FrontMatter,
    /// Whether the body was left out of `text`: it was not needed, or is not any more.
    pub is_thin: bool,
    /// A hash of the whole file, where the body was let go of.
    pub print: Option<[u8; 32]>,
}

impl Source {
    /// A file of which only what comes before the body is known: the text, and what was kept of the front matter.
    #[must_use]
    pub fn thin(path: &str, text: &str, kept: &str, config: &Config) -> Option<Self> {
        let text = SourceText { file: format!("content/{path}"), text: text.to_string() };
        let name = ContentName::parse(path, config.is_multilingual());
        let language = name.language.clone().unwrap_or_else(|| config.default_language.clone());
        let front = FrontMatter::known(kept, text.text.len()).or_else(|| FrontMatter::parse(&text).ok())?;
        Some(Self { path: path.to_string(), name, language, text, front, is_thin: true, print: None })
    }

    /// The same file without its body, which is no longer needed.
    #[must_use]
    pub fn without_body(&self) -> Self {
        let text = self.text.text[..self.front.body_start].to_string();
        Self {
            path: self.path.clone(),
            name: self.name.clone(),
            language: self.language.clone(),
            print: Some(self.print()),
            text: SourceText { file: self.text.file.clone(), text },
            front: self.front.clone(),
            is_thin: true,
        }
    }

    /// A hash of the whole file.
    #[must_use]
    pub fn print(&self) -> [u8; 32] {
        self.print.unwrap_or_else(|| *blake3::hash(self.text.text.as_bytes()).as_bytes())
    }

    /// The same file with its body; `None` when it has changed otherwise, or cannot be read.
    #[must_use]
    pub fn whole(self: &Arc<Self>, root: &Path) -> Option<Arc<Self>> {
        if !self.is_thin {
            return Some(Arc::clone(self));
        }
        let text = read_text(&root.join(&self.text.file), root).ok()?;
        // The same beginning, with the line that ends it, is the same front matter.
        let rest = text.strip_prefix(&self.text.text)?;
        let is_same = rest.is_empty() || self.text.text.ends_with('\n');
        let text = SourceText { file: self.text.file.clone(), text };
        is_same.then(|| Arc::new(Self { text, is_thin: false, print: None, ..Self::clone(self) }))
    }

    /// The Markdown below the front matter.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.text.text[self.front.body_start..]
    }
}

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Path below the folder that was walked.
    pub path: String,
    /// Where it is on this machine.
    pub file: PathBuf,
}

/// What the content folder holds.
#[derive(Debug, Default)]
pub struct WalkedContent {
    /// Markdown files, sorted by path.
    pub sources: Vec<Arc<Source>>,
    /// All other files, sorted by path.
    pub assets: Vec<Asset>,
    /// Whether every Markdown file could be read.
    pub complete: bool,
    /// Names of those that could not.
    pub lost: Vec<ContentName>,
}

/// Reads a text file; the span of a problem names it relative to `root`.
pub fn read_text(path: &Path, root: &Path) -> Result<String, Diagnostic> {
    let name = relative(path, root);
    let unread = |error: std::io::Error| read_failed(&name, &error.to_string());
    check_size(path, &name, std::fs::metadata(path).map_err(unread)?.len())?;
    let bytes = std::fs::read(path).map_err(unread)?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let lossy = SourceText { file: name, text: String::from_utf8_lossy(&bytes).into_owned() };
        Diagnostic::error(
            Code::InvalidUtf8,
            // Everything before the bad byte is valid, so its offset is the same in the lossy text.
            lossy.span(at..at + 1),
            text!("plik nie jest zapisany w UTF-8", "the file is not UTF-8"),
        )
        .help(text!(
            "zapisz plik jeszcze raz w kodowaniu UTF-8 (w edytorze: „Zapisz z kodowaniem”)",
            "save the file again as UTF-8 (in your editor: “save with encoding”)"
        ))
    })
}

fn read_failed(file: &str, why: &str) -> Diagnostic {
    Diagnostic::error(Code::ReadFailed, Span::file(file), text!("nie da się odczytać: {why}", "cannot be read: {why}"))
        .help(text!(
            "sprawdź, czy plik istnieje i czy masz do niego prawo",
            "check that the file exists and that you may read it"
        ))
}

/// Path below `root` with `/` between the parts, letters composed (NFC): macOS stores `ą` as two characters.
pub(crate) fn relative(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let name = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    if name.is_ascii() { name } else { name.nfc().collect() }
}

/// All files below `folder`, sorted by path, without ignored ones and editors' leftovers.
///
/// Symbolic links are followed as long as they stay inside `folder`. An empty list when the folder does not exist.
pub fn read_files(folder: &Path, root: &Path, ignored: &[String], diagnostics: &mut Diagnostics) -> Vec<Asset> {
    let Ok(canonical) = folder.canonicalize() else { return vec![] };
    let ignored = glob_set(ignored);
    let mut files = vec![];
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().min_depth(1).into_iter();
    let mut outside = vec![];
    let inside = |entry: &walkdir::DirEntry, outside: &mut Vec<Diagnostic>| {
        if ignored.is_match(relative(entry.path(), folder)) || is_leftover(&entry.file_name().to_string_lossy()) {
            return false;
        }
        if !entry.path_is_symlink() || entry.path().canonicalize().is_ok_and(|target| target.starts_with(&canonical)) {
            return true;
        }
        let name = relative(entry.path(), root);
        outside.push(
            Diagnostic::error(
                Code::SymlinkOutside,
                Span::file(name),
                text!(
                    "dowiązanie prowadzi poza swój folder albo donikąd",
                    "the symbolic link leaves its folder or leads nowhere"
                ),
            )
            .help(text!(
                "usuń dowiązanie i skopiuj plik na jego miejsce",
                "remove the link and copy the file to its place"
            )),
        );
        false
    };
    for entry in walk.filter_entry(|entry| inside(entry, &mut outside)) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let name = error.path().map_or_else(|| relative(folder, root), |path| relative(path, root));
                // A dangling link was already told as one that leaves the folder.
                if error.io_error().is_none_or(|io| io.kind() != std::io::ErrorKind::NotFound) {
                    let why = error.to_string();
                    diagnostics.push(read_failed(&name, &why));
                }
                continue;
            }
        };
        if !entry.file_type().is_file() {
            continue;
        }
        let path = relative(entry.path(), folder);
        if let Some(bad) = invalid_part(entry.path(), folder) {
            diagnostics.push(invalid_name(&relative(entry.path(), root), &bad));
            continue;
        }
        files.push(Asset { path, file: entry.path().to_path_buf() });
    }
    diagnostics.extend(outside);
    files
}

/// Reads the content folder of the site at `root`.
pub fn read_content(root: &Path, config: &Config, memory: &Memory, diagnostics: &mut Diagnostics) -> WalkedContent {
    let mut walk_problems = Diagnostics::default();
    let files = read_files(&root.join("content"), root, &config.ignored_content, &mut walk_problems);
    let mut complete = !walk_problems.has_errors();
    diagnostics.extend(walk_problems);
    let (markdown, assets): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| {
        Path::new(&file.path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
    });
    let markdown: Vec<Asset> =
        markdown.into_iter().filter(|file| !file.path.split('/').any(|part| part.starts_with('.'))).collect();
    for (count, most, key) in
        [(markdown.len(), config.limits.pages, "pages"), (assets.len(), config.limits.files, "files")]
    {
        if count > most {
            diagnostics.push(too_much(
                Span::file("content"),
                text!(
                    "{key}: {count} plików, a może ich być najwyżej {most}",
                    "{key}: {count} files; there may be at most {most}"
                ),
                text!(
                    "jeśli tak ma być, zwiększ {key} w tabeli [limits] pliku huta.toml",
                    "if that is meant, raise {key} in the table [limits] of huta.toml"
                ),
            ));
            return WalkedContent::default();
        }
    }
    // What a file's name and text are taken for depends on the languages, too.
    let languages: Vec<&str> = config.language_codes().chain([config.default_language.as_str()]).collect();
    let read: Vec<Result<Arc<Source>, Diagnostic>> = markdown
        .par_iter()
        .map(|file| {
            let print = memory.lasts().then(|| memory.print(&file.file)).flatten();
            let key =
                print.map(|print| Parts::of("source").with(&file.path).with(languages.join(" ")).with(print).key());
            let made = memory.keep(key, &mut Diagnostics::default(), |_| {
                let read = read_source(file, root, config);
                let is_whole = read.is_ok();
                (read, is_whole)
            });
            Result::clone(&made)
        })
        .collect();
    let mut sources = Vec::with_capacity(read.len());
    let mut lost = vec![];
    for (file, result) in markdown.iter().zip(read) {
        match diagnostics.take(result) {
            Some(source) => sources.push(source),
            None => lost.push(ContentName::parse(&file.path, config.is_multilingual())),
        }
    }
    complete &= lost.is_empty();
    let doubtful: Vec<&Asset> = assets.iter().filter(|file| !config.trusts(&file.path)).collect();
    let refused: Vec<Diagnostic> =
        doubtful.par_iter().filter_map(|file| refused(file, &relative(&file.file, root))).collect();
    diagnostics.extend(refused);
    WalkedContent { sources, assets, complete, lost }
}

fn read_source(file: &Asset, root: &Path, config: &Config) -> Result<Arc<Source>, Diagnostic> {
    let text = SourceText { file: format!("content/{}", file.path), text: read_text(&file.file, root)? };
    if Path::new(&file.path).extension().is_none_or(|extension| extension != "md") {
        return Err(Diagnostic::error(
            Code::InvalidFileName,
            Span::file(&text.file),
            text!(
                "rozszerzenie pliku z tekstem pisze się małymi literami",
                "the extension of a page is written in lower case"
            ),
        )
        .help(text!("zmień rozszerzenie na .md", "rename the extension to .md")));
    }
    let name = ContentName::parse(&file.path, config.is_multilingual());
    let language = name.language.clone().unwrap_or_else(|| config.default_language.clone());
    if !config.language_codes().any(|code| code == language) {
        let known = config.language_codes().collect::<Vec<_>>().join(", ");
        let near = did_you_mean(&language, config.language_codes()).unwrap_or(&config.default_language);
        let suffix = if near == config.default_language { String::new() } else { format!(".{near}") };
        let stem = &name.stem;
        return Err(Diagnostic::error(
            Code::UnknownLanguage,
            Span::file(&text.file),
            text!(
                "„{language}” w nazwie pliku nie jest językiem witryny ({known})",
                "`{language}` in the file's name is not a language of the site ({known})"
            ),
        )
        .help(text!(
            "zmień nazwę, np. na {stem}{suffix}.md; po kropce w nazwie podaje się język",
            "rename the file, for example to {stem}{suffix}.md; a dot in a name is followed by the language"
        )));
    }
    let front = FrontMatter::parse(&text)?;
    Ok(Arc::new(Source { path: file.path.clone(), name, language, text, front, is_thin: false, print: None }))
}

/// Files that editors and office programs leave beside the one they work on.
pub(crate) fn is_leftover(name: &str) -> bool {
    let extension = Path::new(name).extension().unwrap_or_default();
    name.ends_with('~')
        || name == ".DS_Store"
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
        || (name.starts_with(".~lock.") && name.ends_with('#'))
        || ["tmp", "swp", "swx", "bck", "bak"].iter().any(|leftover| extension.eq_ignore_ascii_case(leftover))
}

/// The first part of the path below `folder` that cannot be part of an address and a file name everywhere.
fn invalid_part(path: &Path, folder: &Path) -> Option<String> {
    let below = path.strip_prefix(folder).unwrap_or(path);
    below.components().find_map(|part| {
        let part = part.as_os_str();
        let lossy = part.to_string_lossy().into_owned();
        let Some(name) = part.to_str() else { return Some(lossy) };
        let bad_character = |c: char| c.is_control() || "<>\"\\|?*#%".contains(c);
        (name.chars().any(bad_character) || name.starts_with(' ') || name.ends_with([' ', '.'])).then_some(lossy)
    })
}

fn invalid_name(file: &str, part: &str) -> Diagnostic {
    let part = part.escape_debug().to_string();
    Diagnostic::error(
        Code::InvalidFileName,
        Span::file(file.escape_debug().to_string()),
        text!("nazwa „{part}” nie może być częścią adresu", "the name `{part}` cannot be part of an address"),
    )
    .help(text!(
        "zmień nazwę: bez znaków < > \" \\ | ? * # %, bez spacji na początku, bez spacji i kropki na końcu",
        "rename it: without < > \" \\ | ? * # %, without a leading space, without a trailing space or dot"
    ))
}

/// Globs are checked when the configuration is loaded, so a bad one is simply left out here.
pub(crate) fn glob_set(globs: &[String]) -> GlobSet {
    let mut builder = globset::GlobSetBuilder::new();
    for glob in globs.iter().filter_map(|glob| globset::Glob::new(glob).ok()) {
        builder.add(glob);
    }
    builder.build().unwrap_or_default()
}
