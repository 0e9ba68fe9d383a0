//! The site's configuration: `huta.toml` (also `zola.toml`, `config.toml`), typed, with every default written once.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{LazyLock, OnceLock};

use serde::{Deserialize, Serialize};

use crate::diagnostic::SourceText;
use crate::gallery::Licence;
use crate::profile::Profile;

mod calendar;
mod check;
mod checks;
mod cms;
mod embed;
mod hosting;
mod language;
mod limits;
mod link_checker;
mod linked_data;
mod load;
mod markdown;
mod offline;
mod open_data;
mod pictures;
mod place;
mod readability;
mod remote;
mod search;
mod slugify;
mod taxonomy;
mod trust;

pub use calendar::CalendarConfig;
pub use check::is_base_url;
pub use checks::CheckConfig;
pub use cms::{CmsBackend, CmsConfig, CmsService};
pub use embed::EmbedConfig;
pub use hosting::{Encoding, HeaderFile, HostingConfig};
pub use language::LanguageOptions;
pub use limits::LimitsConfig;
pub use link_checker::{LinkCheckerConfig, LinkLevel};
pub use linked_data::LinkedDataConfig;
pub use load::{FILE_NAMES, find};
pub use markdown::{AnchorLinks, DataAttributes, HighlightStyle, Highlighting, MarkdownConfig};
pub use offline::OfflineConfig;
pub use open_data::OpenDataConfig;
pub use pictures::{PictureFormat, PicturesConfig};
pub use readability::ReadabilityConfig;
pub use remote::RemoteConfig;
pub use search::{IndexFormat, SearchConfig, SearchWeights};
pub use slugify::{Slugify, SlugifyConfig};
pub use taxonomy::TaxonomyConfig;
pub use trust::TrustConfig;

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
    /// Whether the site's own Sass is compiled (a theme's always is).
    #[serde(default)]
    pub compile_sass: bool,
    /// Whether the default language has a search index.
    #[serde(default)]
    pub build_search_index: bool,
    /// What is in the search index of the default language.
    pub search: Option<SearchConfig>,
    /// Whether static files are hard links to their originals instead of copies.
    #[serde(default)]
    pub hard_link_static: bool,
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
    /// huta: what `load_data` may fetch from the network.
    #[serde(default)]
    pub remote: RemoteConfig,
    /// huta: which content may do what otherwise only templates may.
    #[serde(default)]
    pub trust: TrustConfig,
    /// huta: how large the site may become.
    #[serde(default)]
    pub limits: LimitsConfig,
    /// huta: what the calendar asks for.
    #[serde(default)]
    pub calendar: CalendarConfig,
    /// huta: what a check asks for.
    #[serde(default)]
    pub check: CheckConfig,
    /// huta: the licence of the site's texts, by a name that pictures may name it by too.
    pub licence: Option<String>,
    /// huta: what pages say to machines besides what they say to people.
    #[serde(default)]
    pub linked_data: LinkedDataConfig,
    /// huta: one data set of everything.
    pub open_data: Option<OpenDataConfig>,
    /// huta: editing in a browser.
    pub cms: Option<CmsConfig>,
    /// huta: how the built site is given to those who host it.
    #[serde(default)]
    pub hosting: HostingConfig,
    /// huta: what readers may save, to read it without a network.
    #[serde(default)]
    pub offline: OfflineConfig,
    /// huta: twins of pages, for other sites to show.
    pub embed: Option<EmbedConfig>,
    /// huta: how pictures of pages are made smaller.
    pub pictures: Option<PicturesConfig>,
    /// huta: how hard the texts of sections may be to read.
    #[serde(default)]
    pub readability: Vec<ReadabilityConfig>,
    /// huta: the sitemap names the versions of each page in other languages.
    #[serde(default)]
    pub sitemap_hreflang: bool,
    /// huta: the sitemap names the pictures of each page.
    #[serde(default)]
    pub sitemap_images: bool,
    /// huta: titles are sorted after the alphabet of their language, not after their plain letters.
    #[serde(default)]
    pub collate: bool,
    /// huta: unknown keys in front matter are errors, not hints.
    #[serde(default)]
    pub strict: bool,
    /// huta: west, south, east, north in WGS 84 degrees; coordinates outside are errors.
    pub bounds: Option<Bounds>,
    /// The file it was read from.
    #[serde(skip)]
    pub source: SourceText,
    /// The options of every language, put together when first asked for.
    #[serde(skip)]
    resolved: OnceLock<BTreeMap<String, LanguageOptions>>,
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

fn default_language() -> String {
    "en".into()
}

fn default_output_dir() -> String {
    "public".into()
}

fn yes() -> bool {
    true
}

impl Config {
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
    ///
    /// A language with `inherit` takes the default language's taxonomies, each with what its own table says of it.
    #[must_use]
    pub fn language(&self, code: &str) -> &LanguageOptions {
        static NONE: LazyLock<LanguageOptions> = LazyLock::new(LanguageOptions::default);
        let all = self.resolved.get_or_init(|| {
            self.language_codes().map(|code| (code.to_string(), self.resolve_language(code))).collect()
        });
        all.get(code).unwrap_or(&NONE)
    }

    fn resolve_language(&self, code: &str) -> LanguageOptions {
        let own = self.languages.get(code).cloned().unwrap_or_default();
        if code != self.default_language {
            let taxonomies =
                if own.inherit { taxonomy::inherit(&self.root_taxonomies(), own.taxonomies) } else { own.taxonomies };
            return LanguageOptions { taxonomies, ..own };
        }
        LanguageOptions {
            title: self.title.clone().or(own.title),
            description: self.description.clone().or(own.description),
            generate_feeds: self.generate_feeds || own.generate_feeds,
            feed_filenames: self.feed_filenames.clone().or(own.feed_filenames),
            taxonomies: self.root_taxonomies(),
            build_search_index: self.build_search_index || own.build_search_index,
            search: self.search.clone().or(own.search),
            translations: own.translations.into_iter().chain(self.translations.clone()).collect(),
            fallback: own.fallback,
            inherit: own.inherit,
        }
    }

    /// The default language's taxonomies.
    fn root_taxonomies(&self) -> Vec<TaxonomyConfig> {
        let own = self.languages.get(&self.default_language).map(|own| own.taxonomies.clone()).unwrap_or_default();
        if self.taxonomies.is_empty() { own } else { self.taxonomies.clone() }
    }

    /// The licence of the site's texts, where it says one.
    #[must_use]
    pub fn licence(&self) -> Option<Licence> {
        self.licence.as_deref().and_then(Licence::parse)
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
    /// Where the time of the build is recorded.
    pub profile: Profile,
}

/// What the build is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// For publishing.
    Build,
    /// For looking at it on this machine.
    Serve,
}

impl Project {
    /// The folders in which a file is looked for that a template names, in this order.
    #[must_use]
    pub fn file_folders(&self) -> Vec<PathBuf> {
        let root = &self.root;
        let theme = self.config.theme.as_ref().map(|theme| root.join("themes").join(theme).join("static"));
        [root.clone(), root.join("static"), root.join("content")].into_iter().chain(theme).collect()
    }
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
