//! Finds templates, checks them all, and runs them.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use tera::{Context, Tera, Value};

use super::error::{self, Files};
use super::glossary::explanation_value;
use super::pictures::figure_value;
use super::reads::{Reader, Reads};
use super::timed::Registrar;
use super::{SharedStore, Store, body, filters, functions, permitted};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceText, Span};
use crate::markdown::{Explanation, Figure, Fragments};
use crate::profile::{Kind, Profile};
use crate::source::{Source, read_files, read_text};
use crate::text;

/// Extensions of template files.
const EXTENSIONS: [&str; 6] = ["html", "xml", "md", "txt", "json", "ics"];

/// Where the built-in templates live among Tera's names.
const BUILT_IN: &str = "__huta/";

/// Templates that huta brings along; a site or theme replaces them by a file of the same name.
const BUILT_INS: [(&str, &str); 13] = [
    ("404.html", include_str!("builtin/404.html")),
    ("atom.xml", include_str!("builtin/atom.xml")),
    ("feed.json", include_str!("builtin/feed.json")),
    ("rss.xml", include_str!("builtin/rss.xml")),
    ("sitemap.xml", include_str!("builtin/sitemap.xml")),
    ("split_sitemap_index.xml", include_str!("builtin/split_sitemap_index.xml")),
    (MISSING, include_str!("builtin/missing-template.html")),
    ("robots.txt", include_str!("builtin/robots.txt")),
    ("anchor-link.html", include_str!("builtin/anchor-link.html")),
    ("summary-cutoff.html", include_str!("builtin/summary-cutoff.html")),
    ("figure.html", include_str!("builtin/figure.html")),
    ("word.html", include_str!("builtin/word.html")),
    ("cms.html", include_str!("builtin/cms.html")),
];

/// Stands in for `index.html`, `section.html` and `page.html`.
pub(crate) const MISSING: &str = "__huta_missing.html";

/// Room for what a template writes, in bytes: most pages fit without growing.
const ROOM: usize = 16 << 10;

/// The version of Zola whose surface templates may rely on.
const ZOLA_VERSION: &str = "0.23.6";

/// A body that was a template: its Markdown, and the pieces of HTML whose placeholders stand in it.
pub(crate) type BodyText = (String, Vec<String>);

/// All templates of the site, ready to run.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    files: Files,
    store: SharedStore,
    prefixes: Vec<String>,
    /// Whether templates may show texts of other pages, by all names that they have.
    shows_others: OnceLock<HashMap<String, bool>>,
    profile: Profile,
}

impl Templates {
    /// Loads and checks the templates of the site and its theme.
    ///
    /// Everything wrong goes into `diagnostics`; `None` when no template can be run.
    ///
    /// What they and their functions take is told to `profile`.
    pub fn load(root: &Path, config: &Config, profile: &Profile, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut prefixes = vec![];
        let mut files = Files::new();
        let mut broken = false;
        let site = root.join("templates");
        broken |= !add_folder(&site, root, "", &mut files, diagnostics);
        if let Some(theme) = &config.theme {
            let folder = root.join("themes").join(theme);
            check_theme(theme, &folder, diagnostics)?;
            let prefix = format!("{theme}/templates/");
            broken |= !add_folder(&folder.join("templates"), root, &prefix, &mut files, diagnostics);
            prefixes.push(prefix);
        } else if !site.is_dir() {
            diagnostics.push(
                Diagnostic::error(
                    Code::TemplateMissing,
                    Span::file("templates"),
                    text!(
                        "witryna nie ma ani folderu templates, ani motywu",
                        "the site has neither a templates folder nor a theme"
                    ),
                )
                .help(text!(
                    "dodaj folder templates albo wpisz theme w konfiguracji",
                    "add a templates folder, or set theme in the configuration"
                )),
            );
            return None;
        }
        prefixes.push(BUILT_IN.to_string());
        let store = SharedStore::default();
        let mut tera = Tera::new();
        tera.set_fallback_prefixes(prefixes.clone()).ok()?;
        tera.global_context().insert("zola_version", ZOLA_VERSION);
        let mut registrar = Registrar { tera: &mut tera, profile: profile.clone() };
        functions::register(&mut registrar, &store);
        filters::register(&mut registrar, &store);
        let own: Vec<String> = files.keys().cloned().collect();
        for (name, text) in BUILT_INS {
            let source = SourceText { file: format!("huta:{name}"), text: text.to_string() };
            files.insert(format!("{BUILT_IN}{name}"), source);
        }
        let all = tera.add_raw_templates(files.iter().map(|(name, source)| (name, &source.text)));
        // All together tell of the first that is wrong only; one by one of each.
        let is_doubtful = broken || all.is_err();
        for name in own.iter().filter(|_| is_doubtful) {
            let mut alone = Tera::new();
            if let Err(error) = alone.add_raw_template(name, &files[name].text)
                && matches!(error.kind(), tera::ErrorKind::SyntaxError(_))
            {
                diagnostics.extend(error::diagnostics(&error, name, &files));
                broken = true;
            }
        }
        if broken {
            return None;
        }
        if let Err(error) = all {
            diagnostics.extend(error::diagnostics(&error, "", &files));
            return None;
        }
        Some(Self { tera, files, store, prefixes, shows_others: OnceLock::new(), profile: profile.clone() })
    }

    /// Whether there is a template of this name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// What each of these templates may read.
    #[must_use]
    pub fn reads<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Vec<Reads> {
        let texts = self.files.iter().map(|(name, source)| (name.as_str(), source.text.as_str()));
        let reader = Reader::new(texts, &self.prefixes);
        names.into_iter().map(|name| reader.reads(name)).collect()
    }

    /// Whether a template may show the text, or what is made of it, of another page than the one it is for.
    #[must_use]
    pub fn shows_others(&self, name: &str) -> bool {
        let all = self.shows_others.get_or_init(|| {
            let short = |name: &'_ String| {
                self.prefixes.iter().find_map(|prefix| name.strip_prefix(prefix.as_str()).map(String::from))
            };
            let names: Vec<String> =
                self.files.keys().flat_map(|name| [Some(name.clone()), short(name)]).flatten().collect();
            let reads = self.reads(names.iter().map(String::as_str));
            names.iter().cloned().zip(reads.into_iter().map(|reads| reads.foreign)).collect()
        });
        all.get(name).copied().unwrap_or(true)
    }

    /// Whether any template of site or theme may read the body, or what is made of it, of another page than the one it is for.
    /// Those that huta brings along do not; the pages of feeds are given whole.
    #[must_use]
    pub fn read_others(&self) -> bool {
        self.files.keys().filter(|name| !name.starts_with(BUILT_IN)).any(|name| self.shows_others(name))
    }

    /// Whether any template names this attribute.
    #[must_use]
    pub fn has_name(&self, attribute: &str) -> bool {
        self.files.values().any(|source| source.text.contains(attribute))
    }

    /// Whether a template is the one that huta brings along.
    #[must_use]
    pub fn is_built_in(&self, name: &str) -> bool {
        let own = self.prefixes.iter().filter(|prefix| *prefix != BUILT_IN).map(|prefix| format!("{prefix}{name}"));
        !own.chain([name.to_string()]).any(|name| self.files.contains_key(&name))
    }

    /// Names of the templates of site and theme, as content asks for them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files
            .keys()
            .map(|name| self.prefixes.iter().find_map(|prefix| name.strip_prefix(prefix.as_str())).unwrap_or(name))
    }

    /// Gives functions and filters what they need, in place of what they had.
    pub fn provide(&self, store: Store) {
        self.store.set(store);
    }

    /// Takes back what functions and filters were given.
    pub fn withdraw(&self) {
        self.store.clear();
    }

    /// The store given before.
    #[must_use]
    pub fn store(&self) -> Option<Arc<Store>> {
        self.store.get()
    }

    /// Runs a template. What it writes is UTF-8; nobody looks whether it is, for that takes as long as a twentieth of a build.
    pub fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let page = || context.get("current_path").and_then(Value::as_str).unwrap_or_default();
        let of = if self.profile.records() { page() } else { "" };
        let mut out = Vec::with_capacity(ROOM);
        let run = || self.tera.render_to(name, context, &mut out);
        self.profile.time(Kind::Template, name, of, run).map_err(|error| {
            let resolved = std::iter::once(String::new())
                .chain(self.prefixes.iter().cloned())
                .map(|prefix| format!("{prefix}{name}"))
                .find(|name| self.files.contains_key(name));
            error::diagnostics(&error, &resolved.unwrap_or_default(), &self.files)
        })?;
        Ok(out)
    }

    /// Runs a body as a template; `name` is `page` or `section`. `None` when the body is no template.
    pub fn render_body(
        &self,
        source: &Source,
        language: &str,
        name: &'static str,
        value: impl FnOnce() -> Value,
    ) -> Option<Result<BodyText, Vec<Diagnostic>>> {
        let store = self.store()?;
        let config = &store.project.config;
        let is_trusted = config.trusts(&source.path);
        let body = body::prepare(source.body(), &config.markdown)?;
        if let Some(tag) = permitted::refused(&body).filter(|_| !is_trusted) {
            return Some(Err(vec![permitted::refusal(tag, source)]));
        }
        let body = body::mark(body, config, is_trusted);
        let mut context = Context::new();
        context.insert("lang", language);
        context.insert_value(name, value());
        context.insert_value("config", store.config(language));
        // Whether a component escapes its values follows from who calls it.
        let made = self.tera.render_str(&body, &context, !is_trusted);
        Some(made.map(body::take_blocks).map_err(|error| error::body_diagnostics(&error, source, &self.files)))
    }

    fn fragment(&self, name: &str, context: &Context) -> Result<String, Diagnostic> {
        let text = self.render(name, context).map_err(|mut diagnostics| diagnostics.remove(0))?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

impl Fragments for Templates {
    fn anchor_link(&self, id: &str, level: u8, language: &str) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        context.insert("id", id);
        context.insert("level", &level);
        context.insert("lang", language);
        self.fragment("anchor-link.html", &context)
    }

    fn summary_cutoff(&self, summary: &str, language: &str) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        context.insert("summary", summary);
        context.insert("lang", language);
        self.fragment("summary-cutoff.html", &context)
    }

    fn figure(&self, figure: &Figure<'_>, language: &str) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        context.insert_value("figure", figure_value(figure));
        context.insert("lang", language);
        self.fragment("figure.html", &context)
    }

    fn word(&self, word: &Explanation<'_>, language: &str) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        context.insert_value("word", explanation_value(word));
        context.insert("lang", language);
        self.fragment("word.html", &context)
    }
}

/// Reads the templates of one folder; false when one of them could not be read.
fn add_folder(folder: &Path, root: &Path, prefix: &str, files: &mut Files, diagnostics: &mut Diagnostics) -> bool {
    let mut fine = true;
    for file in read_files(folder, root, &[], diagnostics) {
        let is_template =
            Path::new(&file.path).extension().is_some_and(|own| EXTENSIONS.iter().any(|known| own == *known));
        if !is_template {
            continue;
        }
        match diagnostics.take(read_text(&file.file, root)) {
            Some(text) => {
                let name = crate::source::relative(&file.file, root);
                files.insert(format!("{prefix}{}", file.path), SourceText { file: name, text });
            }
            None => fine = false,
        }
    }
    fine
}

fn check_theme(theme: &str, folder: &Path, diagnostics: &mut Diagnostics) -> Option<()> {
    let missing = if !folder.is_dir() {
        format!("themes/{theme}")
    } else if !folder.join("theme.toml").is_file() {
        format!("themes/{theme}/theme.toml")
    } else if !folder.join("templates").is_dir() {
        format!("themes/{theme}/templates")
    } else {
        return Some(());
    };
    diagnostics.push(
        Diagnostic::error(
            Code::ThemeInvalid,
            Span::file(&missing),
            text!(
                "motyw „{theme}” nie jest kompletny: nie ma {missing}",
                "the theme `{theme}` is not whole: there is no {missing}"
            ),
        )
        .help(text!(
            "dodaj brakujący plik albo popraw theme w konfiguracji",
            "add what is missing, or mend theme in the configuration"
        )),
    );
    None
}
