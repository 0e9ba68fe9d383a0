//! The site's configuration: `huta.toml` (also `zola.toml`, `config.toml`), typed, with every default written once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::content::{clean_path, slugify};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, SourceText, Span, did_you_mean};
use crate::source::read_text;
use crate::text;

/// File names of the configuration, the first that exists counts.
pub const FILE_NAMES: [&str; 3] = ["huta.toml", "zola.toml", "config.toml"];

/// Keys of Zola that huta reads past with a warning, because it does not do what they ask for.
const UNSUPPORTED: [&str; 7] = [
    "compile_sass",
    "build_search_index",
    "search",
    "hard_link_static",
    "markdown.highlighting",
    "markdown.render_emoji",
    "markdown.bottom_footnotes",
];

/// Keys of older Zola versions and what replaced them.
const REPLACED: [(&str, &str); 6] = [
    ("generate_feed", "generate_feeds"),
    ("feed_filename", "feed_filenames"),
    ("highlight_code", "[markdown.highlighting]"),
    ("highlight_theme", "[markdown.highlighting]"),
    ("highlight_themes_css", "[markdown.highlighting]"),
    ("extra_syntaxes_and_themes", "[markdown.highlighting]"),
];

/// The whole configuration, with the names and defaults of Zola 0.23 and huta's own keys.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address the site is published at.
    pub base_url: String,
    /// Site title in the default language.
    pub title: Option<String>,
    /// Site description in the default language.
    pub description: Option<String>,
    /// Author for feeds when a page names none.
    pub author: Option<String>,
    /// Name of the folder in `themes/`.
    pub theme: Option<String>,
    /// Language of files without a language in their name.
    #[serde(default = "default_language")]
    pub default_language: String,
    /// The other languages (and, if wanted, more options of the default one).
    #[serde(default)]
    pub languages: BTreeMap<String, LanguageOptions>,
    /// Words for `trans` in the default language.
    #[serde(default)]
    pub translations: BTreeMap<String, String>,
    /// Whether the default language has a feed.
    #[serde(default)]
    pub generate_feeds: bool,
    /// Most entries of a feed.
    pub feed_limit: Option<usize>,
    /// Feed files, each also the name of its template.
    pub feed_filenames: Option<Vec<String>>,
    /// Taxonomies of the default language.
    #[serde(default)]
    pub taxonomies: Vec<TaxonomyConfig>,
    /// Path part in front of every taxonomy.
    pub taxonomy_root: Option<String>,
    /// Whether HTML is minified.
    #[serde(default)]
    pub minify_html: bool,
    /// Globs of content files to skip.
    #[serde(default)]
    pub ignored_content: Vec<String>,
    /// Globs of static files to skip.
    #[serde(default)]
    pub ignored_static: Vec<String>,
    /// Globs of content files whose bodies are not templates, whatever they look like.
    #[serde(default)]
    pub skip_content_templating: Vec<String>,
    /// Where the site is written, below the root.
    #[serde(default = "default_output_dir")]
    pub output_dir: String,
    /// Keeps dot files at the top of the output folder.
    #[serde(default)]
    pub preserve_dotfiles_in_output: bool,
    /// Whether `sitemap.xml` is written.
    #[serde(default = "yes")]
    pub generate_sitemap: bool,
    /// Whether `robots.txt` is written.
    #[serde(default = "yes")]
    pub generate_robots_txt: bool,
    /// `all` leaves pagers out of the sitemap.
    #[serde(default)]
    pub exclude_paginated_pages_in_sitemap: ExcludePaginated,
    /// How names become addresses.
    #[serde(default)]
    pub slugify: SlugifyConfig,
    /// Markdown options.
    #[serde(default)]
    pub markdown: MarkdownConfig,
    /// How bad a broken link is.
    #[serde(default)]
    pub link_checker: LinkCheckerConfig,
    /// The site's own data for its templates.
    #[serde(default)]
    pub extra: toml::Table,
    /// huta: the sitemap names the versions of each page in other languages.
    #[serde(default)]
    pub sitemap_hreflang: bool,
    /// huta: unknown keys in front matter are errors, not hints.
    #[serde(default)]
    pub strict: bool,
    /// huta: west, south, east, north in WGS 84 degrees; coordinates outside are errors.
    pub bounds: Option<Bounds>,
}

/// A box on the map: west, south, east, north in WGS 84 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "Vec<f64>")]
pub struct Bounds(pub [f64; 4]);

impl TryFrom<Vec<f64>> for Bounds {
    type Error = String;

    fn try_from(numbers: Vec<f64>) -> Result<Self, String> {
        let count = numbers.len();
        numbers
            .try_into()
            .map(Self)
            .map_err(|_| format!("`bounds` needs four numbers (west, south, east, north), not {count}"))
    }
}

/// Options of one language.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageOptions {
    /// Site title.
    pub title: Option<String>,
    /// Site description.
    pub description: Option<String>,
    /// Whether the language has a feed.
    #[serde(default)]
    pub generate_feeds: bool,
    /// Feed files.
    pub feed_filenames: Option<Vec<String>>,
    /// Taxonomies of this language.
    #[serde(default)]
    pub taxonomies: Vec<TaxonomyConfig>,
    /// Words for `trans`.
    #[serde(default)]
    pub translations: BTreeMap<String, String>,
    /// huta: content without a translation is shown in the default language.
    #[serde(default)]
    pub fallback: bool,
    /// huta: a translation takes date, weight, template and `extra` from its original.
    #[serde(default)]
    pub inherit: bool,
}

/// One configured taxonomy.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct TaxonomyConfig {
    /// The name used in front matter.
    pub name: String,
    /// Items on one pager; `None` or 0 for no pagination.
    pub paginate_by: Option<usize>,
    /// Path part of the pagers.
    #[serde(default = "default_paginate_path")]
    pub paginate_path: String,
    /// Whether its pages are written.
    #[serde(default = "yes")]
    pub render: bool,
    /// Whether each term has a feed.
    #[serde(default)]
    pub feed: bool,
}

/// Whether pagers are in the sitemap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ExcludePaginated {
    /// They are.
    #[default]
    None,
    /// They are not.
    All,
}

/// How a name becomes part of an address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Slugify {
    /// ASCII letters, digits and hyphens.
    #[default]
    On,
    /// Only characters that no file system takes are dropped.
    Safe,
    /// As written.
    Off,
}

/// The `[slugify]` table.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct SlugifyConfig {
    /// For pages.
    #[serde(default)]
    pub paths: Slugify,
    /// For taxonomies and terms.
    #[serde(default)]
    pub taxonomies: Slugify,
    /// For heading anchors.
    #[serde(default)]
    pub anchors: Slugify,
    /// Keeps a date in front of a file name in the slug.
    #[serde(default)]
    pub paths_keep_dates: bool,
}

/// The `[link_checker]` table. Its keys for external links are read past: a build does not go to the network.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct LinkCheckerConfig {
    /// How bad a broken internal link is.
    #[serde(default)]
    pub internal_level: LinkLevel,
}

/// How bad a broken link is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkLevel {
    /// It stops the build.
    #[default]
    Error,
    /// It is told.
    Warn,
}

impl LinkLevel {
    /// The severity of a diagnostic about a broken internal link.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warn => Severity::Warning,
        }
    }
}

/// Where the link to a heading stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AnchorLinks {
    /// No link.
    #[default]
    None,
    /// Before the text.
    Left,
    /// After the text.
    Right,
    /// The whole heading is the link.
    Heading,
}

/// The `[markdown]` table.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct MarkdownConfig {
    /// `"a"` → “a”, `--` → –.
    pub smart_punctuation: bool,
    /// Definition lists.
    pub definition_list: bool,
    /// `loading` and `decoding` on pictures.
    pub lazy_async_image: bool,
    /// `> [!NOTE]` blocks.
    pub github_alerts: bool,
    /// Default place of heading links.
    pub insert_anchor_links: AnchorLinks,
    /// Class of external links.
    pub external_links_class: Option<String>,
    /// `target="_blank"` on external links.
    pub external_links_target_blank: bool,
    /// `rel="nofollow"` on external links.
    pub external_links_no_follow: bool,
    /// `rel="noreferrer"` on external links.
    pub external_links_no_referrer: bool,
    /// `rel="external"` on external links.
    pub external_links_external: bool,
    /// huta: quotation marks, dashes and no-break spaces as the language's typography asks for them.
    pub typography: bool,
}

impl Default for MarkdownConfig {
    fn default() -> Self {
        Self {
            smart_punctuation: false,
            definition_list: false,
            lazy_async_image: false,
            github_alerts: false,
            insert_anchor_links: AnchorLinks::None,
            external_links_class: None,
            external_links_target_blank: false,
            external_links_no_follow: false,
            external_links_no_referrer: false,
            external_links_external: true,
            typography: false,
        }
    }
}

/// Whether a text can be the address of a site: `https://host`, maybe with a path, or `/` for addresses from the root.
#[must_use]
pub fn is_base_url(url: &str) -> bool {
    if url == "/" {
        return true;
    }
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        !host.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "?#\"<>\\".contains(c))
    })
}

fn default_language() -> String {
    "en".into()
}

fn default_output_dir() -> String {
    "public".into()
}

fn default_paginate_path() -> String {
    "page".into()
}

fn yes() -> bool {
    true
}

impl Config {
    /// Finds, reads and checks the configuration of the site at `root`.
    ///
    /// Problems are pushed into `diagnostics`; `None` means that nothing can be built.
    pub fn load(root: &Path, diagnostics: &mut Diagnostics) -> Option<Self> {
        let Some(path) = FILE_NAMES.iter().map(|name| root.join(name)).find(|path| path.is_file()) else {
            let folder = root.display();
            diagnostics.push(
                Diagnostic::error(
                    Code::ConfigMissing,
                    None,
                    text!("w folderze „{folder}” nie ma pliku huta.toml", "there is no huta.toml in `{folder}`"),
                )
                .help(text!(
                    "uruchom program w folderze witryny albo wskaż go: huta --root FOLDER",
                    "run the program in the site's folder, or name it: huta --root DIR"
                )),
            );
            return None;
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = SourceText { file: name, text: diagnostics.take(read_text(&path, root))? };
        let before = diagnostics.count(Severity::Error);
        let config = Self::parse(&source, diagnostics)?;
        config.check(&source, diagnostics);
        (diagnostics.count(Severity::Error) == before).then_some(config)
    }

    fn parse(source: &SourceText, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut table: toml::Table = match toml::from_str(&source.text) {
            Ok(table) => table,
            Err(error) => {
                diagnostics.push(syntax_error(source, &error));
                return None;
            }
        };
        let mut skipped = false;
        for key in UNSUPPORTED {
            skipped |= remove_unsupported(&mut table, key, source, diagnostics);
        }
        // The typed error points into the text, so the text itself is decoded unless something had to be left out.
        let decoded = if skipped { table.try_into() } else { toml::from_str(&source.text) };
        match decoded {
            Ok(config) => Some(config),
            Err(error) => {
                diagnostics.push(syntax_error(source, &error));
                None
            }
        }
    }

    fn check(&self, source: &SourceText, diagnostics: &mut Diagnostics) {
        let mut error = |key: &str, message, help| {
            diagnostics.push(Diagnostic::error(Code::ConfigInvalid, key_span(source, key), message).help(help));
        };
        for (key, path) in self.address_parts() {
            if clean_path(&path).is_none() {
                error(
                    key,
                    text!("„{path}” nie może być częścią adresu", "`{path}` cannot be part of an address"),
                    text!("wpisz słowa bez „..”, „//”, „?” i „#”", "write words without `..`, `//`, `?` and `#`"),
                );
            }
        }
        if !is_base_url(&self.base_url) {
            error(
                "base_url",
                text!("„base_url” nie jest adresem witryny", "`base_url` is not the address of a site"),
                text!(
                    "wpisz adres witryny, np. base_url = \"https://example.org\"",
                    "write the site's address, for example base_url = \"https://example.org\""
                ),
            );
        }
        for code in std::iter::once(&self.default_language).chain(self.languages.keys()) {
            if icu_locale_core::LanguageIdentifier::try_from_str(code).is_err() {
                error(
                    code,
                    text!("„{code}” nie jest kodem języka", "`{code}` is not a language code"),
                    text!("użyj kodu takiego jak pl, en, uk albo de-AT", "use a code such as pl, en, uk or de-AT"),
                );
            }
        }
        if let Some(Bounds([west, south, east, north])) = self.bounds
            && !(west < east && south < north && west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0)
        {
            error(
                "bounds",
                text!("„bounds” nie jest prostokątem na mapie", "`bounds` is not a box on the map"),
                text!(
                    "kolejność: zachód, południe, wschód, północ, w stopniach",
                    "the order is west, south, east, north, in degrees"
                ),
            );
        }
        for glob in self.ignored_content.iter().chain(&self.ignored_static).chain(&self.skip_content_templating) {
            if let Err(why) = globset::Glob::new(glob) {
                error(
                    glob,
                    text!("wzorzec „{glob}” jest błędny: {why}", "the pattern `{glob}` is invalid: {why}"),
                    text!(
                        "przykład dobrego wzorca: \"*.{{psd,xcf}}\"",
                        "an example of a valid pattern: \"*.{{psd,xcf}}\""
                    ),
                );
            }
        }
    }

    /// Every text of the configuration that becomes part of an address, with its key.
    fn address_parts(&self) -> Vec<(&'static str, String)> {
        let mut parts: Vec<(&'static str, String)> =
            self.taxonomy_root.iter().map(|root| ("taxonomy_root", root.clone())).collect();
        for options in self.language_codes().map(|code| self.language(code)) {
            parts.extend(options.feed_filenames().into_iter().map(|file| ("feed_filenames", file)));
            for taxonomy in options.taxonomies {
                parts.push(("name", slugify(&taxonomy.name, self.slugify.taxonomies)));
                if !taxonomy.paginate_path.is_empty() {
                    parts.push(("paginate_path", taxonomy.paginate_path));
                }
            }
        }
        parts
    }

    /// Codes of all languages: the default one first, the others in alphabetical order.
    pub fn language_codes(&self) -> impl Iterator<Item = &str> {
        let others = self.languages.keys().map(String::as_str).filter(|code| *code != self.default_language);
        std::iter::once(self.default_language.as_str()).chain(others)
    }

    /// Whether the site has more than one language.
    #[must_use]
    pub fn is_multilingual(&self) -> bool {
        self.language_codes().nth(1).is_some()
    }

    /// The options of a language; those of the default one are put together from the root and its own table.
    #[must_use]
    pub fn language(&self, code: &str) -> LanguageOptions {
        let own = self.languages.get(code).cloned().unwrap_or_default();
        if code != self.default_language {
            return own;
        }
        LanguageOptions {
            title: self.title.clone().or(own.title),
            description: self.description.clone().or(own.description),
            generate_feeds: self.generate_feeds || own.generate_feeds,
            feed_filenames: self.feed_filenames.clone().or(own.feed_filenames),
            taxonomies: if self.taxonomies.is_empty() { own.taxonomies } else { self.taxonomies.clone() },
            translations: own.translations.into_iter().chain(self.translations.clone()).collect(),
            fallback: own.fallback,
            inherit: own.inherit,
        }
    }

    /// The permalink of a site path: the base address joined with the path.
    #[must_use]
    pub fn permalink(&self, path: &str) -> String {
        format!("{}/{}", self.base_url.trim_end_matches('/'), path.trim_start_matches('/'))
    }

    /// The path prefix of a language: empty for the default one, else `code/`.
    #[must_use]
    pub fn language_prefix(&self, code: &str) -> String {
        if code == self.default_language { String::new() } else { format!("{code}/") }
    }
}

impl LanguageOptions {
    /// Feed files; `atom.xml` when none are named.
    #[must_use]
    pub fn feed_filenames(&self) -> Vec<String> {
        self.feed_filenames.clone().unwrap_or_else(|| vec!["atom.xml".into()])
    }
}

/// What a build is made of: where, with which configuration, for which day.
#[derive(Debug, Clone)]
pub struct Project {
    /// The site's folder.
    pub root: PathBuf,
    /// Its configuration.
    pub config: Config,
    /// The day the site is built for.
    pub today: jiff::civil::Date,
    /// The instant of the build for templates that ask for the time; midnight UTC of `today` unless the clock set it.
    pub now: jiff::Timestamp,
    /// Whether drafts are built too.
    pub drafts: bool,
    /// What templates see as `config.mode`.
    pub mode: Mode,
}

/// What the build is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// For publishing.
    Build,
    /// For looking at it on this machine.
    Serve,
}

impl Mode {
    /// The word templates see.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Serve => "serve",
        }
    }
}

fn remove_unsupported(table: &mut toml::Table, key: &str, source: &SourceText, diagnostics: &mut Diagnostics) -> bool {
    let (parent, name) = match key.split_once('.') {
        Some((parent, name)) => (table.get_mut(parent).and_then(toml::Value::as_table_mut), name),
        None => (Some(table), key),
    };
    let Some(removed) = parent.and_then(|parent| parent.remove(name)) else { return false };
    let asks = match &removed {
        toml::Value::Boolean(on) => *on,
        toml::Value::Array(list) => !list.is_empty(),
        _ => true,
    };
    if asks {
        diagnostics.push(
            Diagnostic::warning(
                Code::ConfigUnsupported,
                key_span(source, name),
                text!("huta nie obsługuje klucza „{key}”", "huta does not support the key `{key}`"),
            )
            .help(text!(
                "klucz jest pomijany; usuń go, jeśli nie jest potrzebny",
                "the key is ignored; remove it if you do not need it"
            )),
        );
    }
    true
}

fn key_span(source: &SourceText, key: &str) -> Span {
    let start = source.text.find(key).unwrap_or(0);
    if source.text.contains(key) { source.span(start..start + key.len()) } else { Span::file(&source.file) }
}

fn syntax_error(source: &SourceText, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().map_or_else(|| Span::file(&source.file), |range| source.span(range));
    let message = error.message();
    if let Some(rest) = message.strip_prefix("unknown field `") {
        let mut quoted = rest.split('`');
        let key = quoted.next().unwrap_or_default().to_string();
        let known: Vec<&str> = quoted.skip(1).step_by(2).collect();
        let diagnostic =
            Diagnostic::error(Code::UnknownKey, span, text!("nieznany klucz „{key}”", "unknown key `{key}`"));
        return match REPLACED.iter().find(|(old, _)| *old == key) {
            Some((_, new)) => diagnostic.help(text!(
                "nowsze wersje Zoli mają zamiast niego: {new}",
                "newer versions of Zola use {new} instead"
            )),
            None => match did_you_mean(&key, known.iter().copied()) {
                Some(near) => diagnostic.help(text!("czy chodziło o „{near}”?", "did you mean `{near}`?")),
                None => diagnostic
                    .help(text!("własne dane wpisz w tabeli [extra]", "your own data go into the [extra] table")),
            },
        };
    }
    Diagnostic::error(
        Code::ConfigInvalid,
        span,
        text!("konfiguracji nie da się odczytać: {message}", "the configuration cannot be read: {message}"),
    )
    .help(text!("popraw to miejsce w pliku", "mend this place in the file"))
}
