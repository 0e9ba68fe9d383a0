//! What a configuration may say, beyond its types.

use super::{Bounds, Config, EmbedConfig, IndexFormat, PictureFormat, PicturesConfig, ReadabilityConfig};
use crate::content::{clean_path, slugify};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::text;

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

impl Config {
    /// Pushes everything that cannot be right.
    pub(super) fn check(&self, diagnostics: &mut Diagnostics) {
        let mut error = |place: Span, message, help| {
            diagnostics.push(Diagnostic::error(Code::ConfigInvalid, place, message).help(help));
        };
        for (part, path) in self.address_parts() {
            if clean_path(&path).is_none() {
                error(
                    match part {
                        Part::Key(key) => self.span(&[key]),
                        Part::Language(code, key) => self.language_span(code, &[key]),
                        Part::Taxonomy(code, name) => self.taxonomy_span(code, name),
                    },
                    text!("„{path}” nie może być częścią adresu", "`{path}` cannot be part of an address"),
                    text!("wpisz słowa bez „..”, „//”, „?” i „#”", "write words without `..`, `//`, `?` and `#`"),
                );
            }
        }
        if !is_base_url(&self.base_url) {
            error(
                self.span(&["base_url"]),
                text!("„base_url” nie jest adresem witryny", "`base_url` is not the address of a site"),
                text!(
                    "wpisz adres witryny, np. base_url = \"https://example.org\"",
                    "write the site's address, for example base_url = \"https://example.org\""
                ),
            );
        }
        if !self.calendar.is_right() {
            error(
                self.span(&["calendar", "notice_days"]),
                text!("„notice_days” to liczba dni od 0 do 365", "`notice_days` is a number of days from 0 to 365"),
                text!("przykład: notice_days = 14", "an example: notice_days = 14"),
            );
        }
        if let Some(name) = self.hosting.wrong_permission() {
            error(
                self.span(&["hosting", "permissions"]),
                text!("„{name}” nie jest nazwą uprawnienia", "`{name}` is not the name of a permission"),
                text!("przykład: permissions = [\"geolocation\"]", "an example: permissions = [\"geolocation\"]"),
            );
        }
        if let Some(source) = self.embed.as_ref().and_then(EmbedConfig::wrong_source) {
            error(
                self.span(&["embed", "frame_ancestors"]),
                text!("„{source}” nie wskazuje witryny", "`{source}` does not name a site"),
                text!(
                    "przykład: frame_ancestors = [\"https://example.org\"]; gwiazdka oznacza każdą witrynę",
                    "an example: frame_ancestors = [\"https://example.org\"]; an asterisk means every site"
                ),
            );
        }
        if let (Some(name), None) = (&self.licence, self.licence()) {
            error(
                self.span(&["licence"]),
                text!("nie znamy licencji „{name}”", "the licence `{name}` is not known"),
                text!("przykład: licence = \"CC BY-SA 4.0\"", "an example: licence = \"CC BY-SA 4.0\""),
            );
        }
        if !self.linked_data.is_right() {
            error(
                self.span(&["linked_data", "country"]),
                text!("„country” to dwie wielkie litery", "`country` is two capital letters"),
                text!("przykład: country = \"PL\"", "an example: country = \"PL\""),
            );
        }
        if let Some(key) = self.check.wrong_key() {
            error(
                self.span(&["check", key]),
                text!("wartość „{key}” nie może być dobra", "the value of `{key}` cannot be right"),
                text!(
                    "przykład: source_months = 36, page_weight = 60, external_days = 7, external_timeout = 15, external_pause = 1",
                    "an example: source_months = 36, page_weight = 60, external_days = 7, external_timeout = 15, external_pause = 1"
                ),
            );
        }
        if let Some(key) = self.pictures.as_ref().and_then(PicturesConfig::wrong_key) {
            error(
                self.span(&["pictures", key]),
                text!("wartość „{key}” nie może być dobra", "the value of `{key}` cannot be right"),
                text!(
                    "widths: rosnąco, od 16 do 10000; jakość: od 1 do 100; cache: folder bez „..”",
                    "widths: ascending, 16 to 10000; qualities: 1 to 100; cache: a folder without `..`"
                ),
            );
        }
        let wants_avif = |pictures: &PicturesConfig| pictures.formats().contains(&PictureFormat::Avif);
        if cfg!(not(feature = "avif")) && self.pictures.as_ref().is_some_and(wants_avif) {
            error(
                self.span(&["pictures", "formats"]),
                text!("ten program zbudowano bez AVIF", "this huta was built without AVIF"),
                text!(
                    "usuń „avif” albo zbuduj program z --features avif",
                    "remove `avif`, or build huta with --features avif"
                ),
            );
        }
        let others = self.languages.keys().map(|code| (vec!["languages", code], code));
        for (key, code) in std::iter::once((vec!["default_language"], &self.default_language)).chain(others) {
            if icu_locale_core::LanguageIdentifier::try_from_str(code).is_err() {
                error(
                    self.span(&key),
                    text!("„{code}” nie jest kodem języka", "`{code}` is not a language code"),
                    text!("użyj kodu takiego jak pl, en, uk albo de-AT", "use a code such as pl, en, uk or de-AT"),
                );
            }
        }
        if let Some(Bounds([west, south, east, north])) = self.bounds
            && !(west < east && south < north && west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0)
        {
            error(
                self.span(&["bounds"]),
                text!("„bounds” nie jest prostokątem na mapie", "`bounds` is not a box on the map"),
                text!(
                    "kolejność: zachód, południe, wschód, północ, w stopniach",
                    "the order is west, south, east, north, in degrees"
                ),
            );
        }
        let globs: [(&[&str], &[String]); 6] = [
            (&["ignored_content"], &self.ignored_content),
            (&["ignored_static"], &self.ignored_static),
            (&["skip_content_templating"], &self.skip_content_templating),
            (&["trust", "content"], self.trust.content.as_deref().unwrap_or_default()),
            (&["trust", "components"], self.trust.components.as_deref().unwrap_or_default()),
            (&["trust", "environment"], self.trust.environment.as_deref().unwrap_or_default()),
        ];
        for (key, at, glob) in
            globs.iter().flat_map(|(key, globs)| globs.iter().enumerate().map(move |(at, glob)| (*key, at, glob)))
        {
            if let Err(why) = globset::Glob::new(glob) {
                error(
                    self.span(&[key, &[at.to_string().as_str()]].concat()),
                    text!("wzorzec „{glob}” jest błędny: {why}", "the pattern `{glob}` is invalid: {why}"),
                    text!(
                        "przykład dobrego wzorca: \"*.{{psd,xcf}}\"",
                        "an example of a valid pattern: \"*.{{psd,xcf}}\""
                    ),
                );
            }
        }
        self.check_cms(diagnostics);
        self.check_readability(diagnostics);
        self.check_highlighting(diagnostics);
        self.check_features(diagnostics);
    }

    /// Limits must be such that a text can be within them, and one for each section.
    fn check_readability(&self, diagnostics: &mut Diagnostics) {
        for (at, limits) in self.readability.iter().enumerate() {
            let Some(key) = limits.wrong_key() else { continue };
            let message = text!("wartość „{key}” nie może być dobra", "the value of `{key}` cannot be right");
            let place = self.span(&["readability", &at.to_string(), key]);
            diagnostics.push(Diagnostic::error(Code::ConfigInvalid, place, message).help(text!(
                "section: folder w content; fog, mean, flesch: od 0 do 100; longest: co najmniej 1",
                "section: a folder in content; fog, mean, flesch: 0 to 100; longest: 1 or more"
            )));
        }
        if let Some(at) = ReadabilityConfig::repeated(&self.readability) {
            let section = &self.readability[at].section;
            let message = text!("dwa wpisy dla działu „{section}”", "two entries for the section `{section}`");
            let place = self.span(&["readability", &at.to_string(), "section"]);
            diagnostics.push(
                Diagnostic::error(Code::ConfigInvalid, place, message)
                    .help(text!("połącz je w jeden", "make them one")),
            );
        }
    }

    /// Colours of code need one theme or two.
    fn check_highlighting(&self, diagnostics: &mut Diagnostics) {
        let Some(highlighting) = &self.markdown.highlighting else { return };
        if highlighting.themes().is_some() {
            return;
        }
        diagnostics.push(
            Diagnostic::error(
                Code::ConfigInvalid,
                self.span(&["markdown", "highlighting"]),
                text!(
                    "[markdown.highlighting] potrzebuje jednego motywu albo pary: jasnego i ciemnego",
                    "[markdown.highlighting] needs one theme, or a light and a dark one"
                ),
            )
            .help(text!(
                "wpisz theme = \"github-light\" albo light_theme i dark_theme",
                "write theme = \"github-light\", or light_theme and dark_theme"
            )),
        );
    }

    /// What this huta was built without is told once, and left out of the site.
    fn check_features(&self, diagnostics: &mut Diagnostics) {
        let asks_for_search = self.language_codes().any(|code| {
            let options = self.language(code);
            options.build_search_index && options.search().index_format != IndexFormat::Sharded
        });
        let asked = [
            (&["compile_sass"][..], "sass", self.compile_sass, cfg!(feature = "sass")),
            (&["build_search_index"], "search", asks_for_search, cfg!(feature = "search")),
            (
                &["markdown", "highlighting"],
                "highlight",
                self.markdown.highlighting.is_some(),
                cfg!(feature = "highlight"),
            ),
        ];
        for (path, feature, _, _) in asked.into_iter().filter(|(_, _, asked, built)| *asked && !built) {
            let key = path.join(".");
            diagnostics.push(
                Diagnostic::warning(
                    Code::ConfigUnsupported,
                    self.span(path),
                    text!(
                        "ta huta została zbudowana bez tego, o co prosi „{key}”",
                        "this huta was built without what `{key}` asks for"
                    ),
                )
                .help(text!(
                    "zbuduj hutę z cechą {feature}: cargo build --release --features {feature}",
                    "build huta with the feature {feature}: cargo build --release --features {feature}"
                )),
            );
        }
    }

    /// Every text of the configuration that becomes part of an address, and whose it is.
    fn address_parts(&self) -> Vec<(Part<'_>, String)> {
        let mut parts: Vec<(Part<'_>, String)> =
            self.taxonomy_root.iter().map(|root| (Part::Key("taxonomy_root"), root.clone())).collect();
        for code in self.language_codes() {
            let options = self.language(code);
            let feeds = options.feed_filenames().into_iter();
            parts.extend(feeds.map(|file| (Part::Language(code, "feed_filenames"), file)));
            for taxonomy in &options.taxonomies {
                let part = Part::Taxonomy(code, &taxonomy.name);
                let name = taxonomy.slug.as_ref().unwrap_or(&taxonomy.name);
                parts.push((part, slugify(name, self.slugify.taxonomies)));
                if !taxonomy.paginate_path().is_empty() {
                    parts.push((part, taxonomy.paginate_path().to_string()));
                }
            }
        }
        parts
    }
}

/// What a part of an address belongs to. Its place is looked for only when something is wrong with it.
#[derive(Clone, Copy)]
enum Part<'a> {
    /// A key at the root.
    Key(&'a str),
    /// An option of a language.
    Language(&'a str, &'a str),
    /// A taxonomy of a language.
    Taxonomy(&'a str, &'a str),
}
