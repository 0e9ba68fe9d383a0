//! What those who host a site need: files with hashes in their names, the headers that the site wants, compressed
//! siblings. It comes after everything else is in the stage, for it is made of what is there.

mod caddy;
mod compress;
mod markup;
mod netlify;
mod nginx;
mod offline;
mod policy;
mod rules;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use self::policy::Needs;
use self::rules::{Apart, Site};
use super::Stage;
use super::cms;
use crate::config::{Config, HeaderFile};
use crate::content::{Library, is_html};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::image;
use crate::template::Workshop;
use crate::text;

/// Folder of the snippets for servers. Its name begins with a dot: servers need not publish it.
const FOLDER: &str = ".hosting";

/// What the CMS asks for besides its script: it writes styles as it goes, fetches its letters, shows pictures from memory, and speaks with the
/// service that keeps the repository.
const CMS: [(&str, &[&str]); 8] = [
    ("script-src", &["'self'", "'unsafe-eval'"]),
    ("style-src", &["'self'", "'unsafe-inline'"]),
    ("font-src", &["'self'", "data:", "https://cdn.jsdelivr.net"]),
    ("img-src", &["'self'", "blob:", "data:", "https:"]),
    ("connect-src", &["'self'", "blob:", "data:", "https:"]),
    ("worker-src", &["'self'", "blob:"]),
    ("media-src", &["'self'", "blob:"]),
    ("frame-src", &["blob:"]),
];

/// Tells what is wrong before anything is written.
pub(super) fn check(config: &Config, library: &Library, diagnostics: &mut Diagnostics) {
    offline::check(config, library, diagnostics);
}

/// What was seen of a site when it was made ready for its host, for a build after this one.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// What documents, style sheets and scripts ask for, each by its place in the list: most ask for the same.
    asks: BTreeMap<String, usize>,
    needs: Vec<Needs>,
    /// The lists for saving.
    saved: Vec<offline::Saved>,
    /// Files with a hash in their names.
    hashed: Vec<String>,
    /// The files that came to the site only then.
    added: BTreeSet<String>,
}

/// Adds what `[hosting]` and `[offline]` ask for to a site that is whole otherwise.
pub fn host(
    config: &Config,
    library: &Library,
    workshop: &Workshop,
    stage: &Stage,
    diagnostics: &mut Diagnostics,
) -> Seen {
    let hashed = workshop.hashed();
    let failed = |(name, hashed): (&String, &crate::template::Hashed)| stage.write(name, &hashed.bytes).err();
    diagnostics.extend(hashed.iter().filter_map(failed).collect::<Vec<_>>());
    let hosting = &config.hosting;
    let files = stage.written();
    let mut seen = Seen { hashed: hashed.into_keys().collect(), ..Seen::default() };
    if !hosting.headers.is_empty() {
        let origin = origin(&config.base_url);
        let read: Vec<(&String, Result<Needs, Diagnostic>)> = files
            .par_iter()
            .filter(|path| asks(path))
            .map(|path| (path, stage.read(path).map(|bytes| needs(path, &bytes, &origin))))
            .collect();
        for (path, needs) in read {
            if let Some(needs) = diagnostics.take(needs) {
                seen.note(path, needs);
            }
        }
        let site = seen.site(config, files.clone());
        write_headers(&site, stage, diagnostics);
        if hosting.wants(HeaderFile::Meta) {
            let documents = site.files.par_iter().filter(|path| is_html(path));
            let failed = documents.filter_map(|path| {
                let page = stage.read(path).map(|bytes| with_policy(&bytes, &site.policy_of(path)));
                page.and_then(|page| stage.write(path, &page)).err()
            });
            diagnostics.extend(failed.collect::<Vec<_>>());
        }
    }
    // After the policy is in the pages: what is saved must be what is sent.
    seen.saved = offline::write(config, library, stage, diagnostics);
    compress::compress(stage, &hosting.precompress, &stage.written(), diagnostics);
    let files: BTreeSet<String> = files.into_iter().collect();
    seen.added = stage.written().into_iter().filter(|path| !files.contains(path)).collect();
    seen
}

/// A site of which some files were made again.
pub struct Again<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// Content.
    pub library: &'a Library,
    /// The site as it was, and what is written of it anew.
    pub stage: &'a Stage,
    /// Files that are new.
    pub new: BTreeSet<String>,
    /// Files that are to go.
    pub gone: BTreeSet<String>,
}

impl Again<'_> {
    /// Makes the new files ready as [`host`] would, and whatever else of the site speaks of them; `None` where that is more than
    /// can be told, or than is worth it: another policy is in all pages.
    pub fn host(&self, made: Vec<(String, Vec<u8>)>, seen: &mut Seen) -> Option<()> {
        let (config, stage) = (self.config, self.stage);
        let hosting = &config.hosting;
        let files = |new: &BTreeSet<String>, gone: &BTreeSet<String>| -> Vec<String> {
            let there = |path: &String| !seen.added.contains(path) && !new.contains(path) && !gone.contains(path);
            let mut files: Vec<String> = stage.written().into_iter().filter(there).chain(new.iter().cloned()).collect();
            files.sort_unstable();
            files
        };
        let before = files(&self.gone, &self.new);
        let after = files(&self.new, &self.gone);
        let mut made = made;
        if !hosting.headers.is_empty() {
            let old = seen.site(config, before);
            let origin = origin(&config.base_url);
            for path in &self.gone {
                seen.asks.remove(path);
            }
            for (path, bytes) in made.iter().filter(|(path, _)| asks(path)) {
                seen.note(path, needs(path, bytes, &origin));
            }
            let site = seen.site(config, after);
            if site.needs != old.needs || site.apart != old.apart {
                return None;
            }
            if site.files != old.files {
                let mut diagnostics = Diagnostics::default();
                write_headers(&site, stage, &mut diagnostics);
                if !diagnostics.is_empty() {
                    return None;
                }
            }
            if hosting.wants(HeaderFile::Meta) {
                for (path, bytes) in made.iter_mut().filter(|(path, _)| is_html(path)) {
                    *bytes = with_policy(bytes, &site.policy_of(path));
                }
            }
        }
        made.par_iter().try_for_each(|(path, bytes)| stage.write(path, bytes)).ok()?;
        self.gone.iter().for_each(|path| stage.leave(path));
        let mut diagnostics = Diagnostics::default();
        let changed: BTreeSet<String> = stage.changed().into_iter().collect();
        offline::again(config, self.library, stage, &changed, &mut seen.saved, &mut diagnostics)?;
        self.compress(seen, &mut diagnostics);
        diagnostics.is_empty().then_some(())
    }

    /// Makes the compressed siblings of what is new.
    fn compress(&self, seen: &mut Seen, diagnostics: &mut Diagnostics) {
        let (encodings, stage) = (&self.config.hosting.precompress, self.stage);
        let changed = stage.changed();
        let siblings = changed.iter().chain(&self.gone).filter(|path| types::is_text(path));
        let siblings =
            siblings.flat_map(|path| encodings.iter().map(move |encoding| compress::sibling(path, *encoding)));
        // One that is there and was not added is a file of the site itself.
        let own: Vec<String> = siblings.filter(|path| seen.added.contains(path) || !stage.has(path)).collect();
        for sibling in &own {
            stage.leave(sibling);
            seen.added.remove(sibling);
        }
        compress::compress(stage, encodings, &changed, diagnostics);
        seen.added.extend(own.into_iter().filter(|sibling| stage.has(sibling)));
    }
}

impl Seen {
    /// Whether a file came to the site only when it was made ready for its host.
    #[must_use]
    pub fn has_added(&self, path: &str) -> bool {
        self.added.contains(path)
    }

    fn note(&mut self, path: &str, needs: Needs) {
        let at = self.needs.iter().position(|known| *known == needs).unwrap_or(self.needs.len());
        if at == self.needs.len() {
            self.needs.push(needs);
        }
        self.asks.insert(path.to_string(), at);
    }

    /// What the site wants, of what was seen.
    fn site<'a>(&self, config: &'a Config, files: Vec<String>) -> Site<'a> {
        let hashed = self.hashed.clone();
        let mut apart = apart(config);
        let mut general = BTreeSet::new();
        let mut own: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); apart.len()];
        for (path, needs) in &self.asks {
            match apart.iter().position(|apart| path.starts_with(&apart.folder)) {
                Some(at) => own[at].insert(*needs),
                None => general.insert(*needs),
            };
        }
        let all = |of: &BTreeSet<usize>, into: &mut Needs| of.iter().for_each(|at| into.merge(&self.needs[*at]));
        let mut needs = Needs::default();
        all(&general, &mut needs);
        for (apart, own) in apart.iter_mut().zip(&own) {
            if !apart.folder.starts_with(image::FOLDER) {
                all(own, &mut apart.needs);
                // Style sheets and scripts are shared, and seen only where they lie.
                apart.needs.merge(&needs.shared());
            }
        }
        apart.retain(|apart| files.iter().any(|path| path.starts_with(&apart.folder)));
        Site { config, files, hashed, needs, apart }
    }
}

/// Whether a file may ask browsers for something.
fn asks(path: &str) -> bool {
    matches!(types::extension(path), Some("html" | "svg" | "css" | "js" | "mjs"))
}

/// Folders whose documents have a policy of their own, with what they need whatever is in them.
fn apart(config: &Config) -> Vec<Apart> {
    // Browsers show a picture that is opened by itself in a page of their own making, with styles in its tags; and a drawing
    // is sanitised, so all it has is styles.
    let mut pictures = Needs::default();
    pictures.add("style-src", "'unsafe-inline'");
    pictures.add("img-src", "data:");
    let folder = format!("{}/", image::FOLDER);
    let mut apart = vec![Apart { folder, needs: pictures, ancestors: "'none'".into(), opens_windows: false }];
    for language in config.language_codes() {
        let prefix = config.language_prefix(language);
        if let Some(embed) = &config.embed {
            let ancestors = &embed.frame_ancestors;
            let ancestors = if ancestors.is_empty() { "'none'".into() } else { ancestors.join(" ") };
            let folder = format!("{prefix}{}/", embed.folder);
            apart.push(Apart { folder, needs: Needs::default(), ancestors, opens_windows: false });
        }
        if config.cms().is_some() {
            let mut needs = Needs::default();
            for (directive, sources) in CMS {
                for source in sources {
                    needs.add(directive, *source);
                }
            }
            let folder = cms::folder(config, language);
            apart.push(Apart { folder, needs, ancestors: "'none'".into(), opens_windows: true });
        }
    }
    apart
}

/// Scheme and host of an address.
fn origin(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return String::new() };
    format!("{scheme}://{}", rest.split('/').next().unwrap_or_default())
}

fn needs(path: &str, bytes: &[u8], origin: &str) -> Needs {
    let text = String::from_utf8_lossy(bytes);
    match types::extension(path) {
        Some("css") => policy::of_sheet(&text, origin),
        Some("js" | "mjs") => policy::of_script(&text),
        _ => policy::of_document(&text, origin),
    }
}

fn write_headers(site: &Site<'_>, stage: &Stage, diagnostics: &mut Diagnostics) {
    let hosting = &site.config.hosting;
    let mut put = |path: &str, text: String| {
        if let Err(diagnostic) = stage.write(path, text.as_bytes()) {
            diagnostics.push(diagnostic);
        }
    };
    if hosting.wants(HeaderFile::Nginx) {
        put(&format!("{FOLDER}/nginx.conf"), nginx::file(site));
    }
    if hosting.wants(HeaderFile::Caddy) {
        put(&format!("{FOLDER}/Caddyfile"), caddy::file(site));
    }
    if hosting.wants(HeaderFile::Headers) {
        let (text, rules, longest) = netlify::file(site);
        put("_headers", text);
        if rules > netlify::MOST_RULES || longest > netlify::LONGEST_LINE {
            diagnostics.push(too_much(site, rules, longest));
        }
    }
    if site.needs.attributes() > 0 {
        diagnostics.push(inline(site));
    }
}

/// A page that says its policy itself, before anything that the policy is about. What stands in no head is left alone.
fn with_policy(page: &[u8], policy: &str) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let small = page.to_ascii_lowercase();
    let Some(head) = small.find("<head").and_then(|at| small[at..].find('>').map(|end| at + end + 1)) else {
        return page.into_owned().into_bytes();
    };
    // The encoding goes first: browsers look for it in the first bytes only.
    let charset = small[head..].trim_ascii_start();
    let at = match charset.strip_prefix("<meta charset").and_then(|rest| rest.find('>').map(|end| rest.len() - end - 1))
    {
        Some(left) => page.len() - left,
        None => head,
    };
    format!("{}<meta http-equiv=\"content-security-policy\" content=\"{policy}\">{}", &page[..at], &page[at..])
        .into_bytes()
}

fn too_much(site: &Site<'_>, rules: usize, longest: usize) -> Diagnostic {
    let place = site.config.span(&["hosting", "headers"]);
    let [most, line] = [netlify::MOST_RULES, netlify::LONGEST_LINE];
    Diagnostic::warning(
        Code::HeadersTooMany,
        place,
        text!(
            "plik _headers ma reguły w liczbie {rules} i wiersz o długości {longest}, a Cloudflare czyta {most} reguł i {line} znaków wiersza",
            "`_headers` has {rules} rules and a line of {longest} characters; Cloudflare reads {most} rules and {line} characters of a line"
        ),
    )
    .help(text!(
        "zmniejsz liczbę plików z sumą w nazwie i stylów wpisanych w strony albo użyj nginx lub Caddy",
        "have fewer files with hashes in their names and fewer styles inside pages, or use nginx or Caddy"
    ))
}

fn inline(site: &Site<'_>) -> Diagnostic {
    let count = site.needs.attributes();
    Diagnostic::hint(
        Code::InlineStyle,
        site.config.span(&["hosting", "headers"]),
        text!(
            "w stronach są atrybuty „style” albo „on…” (różnych: {count}); polityka bezpieczeństwa dopuszcza je pojedynczo",
            "pages have `style` or `on…` attributes ({count} different ones); the content security policy allows them one by one"
        ),
    )
    .help(text!(
        "przenieś style do arkusza, a skrypty do pliku: polityka będzie krótsza i ściślejsza",
        "move styles into a style sheet and scripts into a file: the policy gets shorter and stricter"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_goes_before_what_it_is_about() {
        let meta = "<meta http-equiv=\"content-security-policy\" content=\"p\">";
        for (before, after) in [
            ("<html><head><meta charset=utf-8>", "<script src=a></script>"),
            ("<html><HEAD lang=pl>\n<Meta charset=\"utf-8\">", "\n<title>"),
            ("<head>", "<link><meta charset=utf-8>"),
        ] {
            assert_eq!(
                with_policy(format!("{before}{after}").as_bytes(), "p"),
                format!("{before}{meta}{after}").as_bytes()
            );
        }
        assert_eq!(with_policy(b"<p>a", "p"), b"<p>a");
    }

    #[test]
    fn an_origin_has_a_host() {
        for (address, expected) in [
            ("https://example.org", "https://example.org"),
            ("http://example.org:1111/a/b", "http://example.org:1111"),
            ("/a", ""),
        ] {
            assert_eq!(origin(address), expected);
        }
        for (path, expected) in [
            ("a.html", true),
            ("a/b.svg", true),
            ("a.css", true),
            ("a.js", true),
            ("a.mjs", true),
            ("a.txt", false),
            ("html", false),
        ] {
            assert_eq!(asks(path), expected, "{path}");
        }
    }

    #[test]
    fn files_ask_as_what_they_are() {
        let text = b"<img src=https://b.pl> a{b:url(https://c.pl)} new Worker()";
        let policy = |path: &str| needs(path, text, "https://a.pl").policy();
        let rest = "base-uri 'none'; form-action 'none'";
        assert_eq!(policy("a.css"), format!("default-src 'none'; img-src https://c.pl; {rest}"));
        for script in ["a.js", "a.mjs"] {
            assert_eq!(policy(script), format!("default-src 'none'; worker-src 'self'; {rest}"));
        }
        for document in ["a.html", "a.svg"] {
            assert_eq!(policy(document), format!("default-src 'none'; img-src 'self' https://b.pl; {rest}"));
        }
    }

    #[test]
    fn some_folders_stand_apart() {
        let text = "base_url = \"https://example.org\"\ndefault_language = \"pl\"\n[languages.en]\n";
        let embed = "[embed]\nfolder = \"karty\"\nframe_ancestors = [\"'self'\", \"https://b.pl\"]\n";
        let cms = "[cms]\nscript = \"/cms.js\"\n[cms.backend]\nname = \"test-repo\"\n";
        let folders = |text: &str| -> Vec<(String, String, bool)> {
            let all = apart(&toml::from_str(text).unwrap());
            all.into_iter().map(|apart| (apart.folder, apart.ancestors, apart.opens_windows)).collect()
        };
        let is = |folder: &str, ancestors: &str, opens| (folder.to_string(), ancestors.to_string(), opens);
        let pictures = is("processed_images/", "'none'", false);
        assert_eq!(folders(text), std::slice::from_ref(&pictures));
        assert_eq!(
            folders(&format!("{text}{embed}{cms}")),
            [
                pictures,
                is("karty/", "'self' https://b.pl", false),
                is("admin/", "'none'", true),
                is("en/karty/", "'self' https://b.pl", false),
                is("en/admin/", "'none'", true),
            ]
        );
        let closed = folders(&format!("{text}[embed]\nframe_ancestors = []\n"));
        assert_eq!(closed[1], is("embed/", "'none'", false));
        let all = apart(&toml::from_str(&format!("{text}{cms}")).unwrap());
        let policy = all[1].needs.policy();
        assert!(policy.contains("script-src 'self' 'unsafe-eval'") && policy.contains("frame-src blob:"), "{policy}");
        assert!(all[0].needs.policy().contains("style-src 'unsafe-inline'; img-src data:"));
    }

    #[test]
    fn a_site_wants_what_was_seen_of_it() {
        let config: Config = toml::from_str("base_url = \"https://example.org\"\n[embed]\n").unwrap();
        let mut seen = Seen::default();
        let asking = |directive, source: &str| {
            let mut needs = Needs::default();
            needs.add(directive, source);
            needs
        };
        seen.note("index.html", asking("img-src", "https://a.pl"));
        seen.note("b.html", asking("script-src", "'sha256-x'"));
        seen.note("c.html", asking("img-src", "https://a.pl"));
        seen.note("embed/d.html", asking("frame-src", "https://d.pl"));
        seen.note("processed_images/e.svg", asking("font-src", "https://e.pl"));
        assert_eq!((seen.needs.len(), seen.asks["index.html"], seen.asks["c.html"], seen.asks["b.html"]), (4, 0, 0, 1));
        let files = ["index.html", "embed/d.html"].map(String::from).to_vec();
        let site = seen.site(&config, files);
        let rest = "base-uri 'none'; form-action 'none'";
        assert_eq!(site.policy(), format!("default-src 'none'; script-src 'sha256-x'; img-src https://a.pl; {rest}"));
        // Folders without files need no rule.
        assert_eq!(site.apart.len(), 1);
        let own = site.policy_of("embed/d.html");
        assert_eq!(
            own,
            format!("default-src 'none'; script-src; img-src https://a.pl; frame-src https://d.pl; {rest}")
        );
        let drawings = seen.site(&config, vec!["processed_images/e.svg".into()]);
        assert_eq!(
            drawings.policy_of("processed_images/e.svg"),
            format!("default-src 'none'; style-src 'unsafe-inline'; img-src data:; {rest}")
        );
        seen.added.insert("a.gz".into());
        assert!(seen.has_added("a.gz") && !seen.has_added("index.html"));
    }

    #[test]
    fn headers_are_written_for_those_who_are_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let stage = Stage::open(&folder.path().join("public"), false).unwrap();
        for (headers, files) in [
            ("", vec![]),
            ("\"meta\"", vec![]),
            ("\"nginx\"", vec![".hosting/nginx.conf"]),
            ("\"caddy\"", vec![".hosting/Caddyfile"]),
            ("\"_headers\"", vec!["_headers"]),
            ("\"_headers\", \"nginx\", \"caddy\"", vec![".hosting/Caddyfile", ".hosting/nginx.conf", "_headers"]),
        ] {
            let config: Config =
                toml::from_str(&format!("base_url = \"https://example.org\"\n[hosting]\nheaders = [{headers}]"))
                    .unwrap();
            let mut diagnostics = Diagnostics::default();
            let site = Seen::default().site(&config, vec!["index.html".into()]);
            write_headers(&site, &stage, &mut diagnostics);
            assert_eq!(stage.written(), files, "{headers}");
            assert!(diagnostics.is_empty());
            for path in files {
                stage.leave(path);
            }
        }
    }

    #[test]
    fn what_hosts_do_not_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let stage = Stage::open(&folder.path().join("public"), false).unwrap();
        let config: Config =
            toml::from_str("base_url = \"https://example.org\"\n[hosting]\nheaders = [\"_headers\"]").unwrap();
        let codes = |seen: &Seen| {
            let mut diagnostics = Diagnostics::default();
            write_headers(&seen.site(&config, vec!["index.html".into()]), &stage, &mut diagnostics);
            diagnostics.sorted().iter().map(|found| found.code).collect::<Vec<_>>()
        };
        let hashed =
            |count: usize| Seen { hashed: (0..count).map(|n| format!("{n}.css")).collect(), ..Seen::default() };
        // One rule is that of all files.
        assert!(codes(&hashed(netlify::MOST_RULES - 1)).is_empty());
        assert_eq!(codes(&hashed(netlify::MOST_RULES)), [Code::HeadersTooMany]);
        let asking = |directive, length: usize| {
            let (mut seen, mut needs) = (Seen::default(), Needs::default());
            needs.add(directive, "x".repeat(length));
            seen.note("index.html", needs);
            seen
        };
        let plain = "  Content-Security-Policy: default-src 'none'; img-src ; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        assert!(codes(&asking("img-src", netlify::LONGEST_LINE - plain.len())).is_empty());
        assert_eq!(codes(&asking("img-src", netlify::LONGEST_LINE - plain.len() + 1)), [Code::HeadersTooMany]);
        assert_eq!(codes(&asking("style-src-attr", 9)), [Code::InlineStyle]);
    }

    /// Each file with its new text; none for one that goes.
    type Changes<'c> = &'c [(&'c str, Option<String>)];

    /// A site of these files, made ready for its host: its folder, and what was seen of it.
    fn hosted(config: &Config, files: &BTreeMap<&str, String>) -> (tempfile::TempDir, Seen) {
        let folder = tempfile::tempdir().unwrap();
        let stage = Stage::open(&folder.path().join("public"), false).unwrap();
        for (path, text) in files {
            stage.write(path, text.as_bytes()).unwrap();
        }
        let mut diagnostics = Diagnostics::default();
        let seen = host(config, &Library::default(), &Workshop::default(), &stage, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        stage.commit().unwrap();
        (folder, seen)
    }

    fn tree(folder: &tempfile::TempDir) -> BTreeMap<String, Vec<u8>> {
        let walk = walkdir::WalkDir::new(folder.path().join("public")).into_iter().map(Result::unwrap);
        walk.filter(|entry| entry.file_type().is_file())
            .map(|entry| (crate::source::relative(entry.path(), folder.path()), std::fs::read(entry.path()).unwrap()))
            .collect()
    }

    #[test]
    fn a_site_made_again_is_as_one_made_anew() {
        let config: Config = toml::from_str(
            "base_url = \"https://example.org\"\n[embed]\n[hosting]\nprecompress = [\"gz\"]\nheaders = [\"_headers\", \"nginx\", \"caddy\", \"meta\"]\n",
        )
        .unwrap();
        let page = |text: &str| format!("<html><head><title>a</title></head><body>{text}{}", "Aleja Róż. ".repeat(100));
        let plain = |text: &str| text.repeat(300);
        let files: BTreeMap<&str, String> = [
            ("index.html", page("1")),
            ("a.html", page("1")),
            ("embed/x.html", page("1")),
            ("own.txt", plain("1")),
            ("own.txt.gz", plain("mine")),
            ("b.css", plain("p{}")),
            ("picture.png", plain("x")),
        ]
        .into();
        let picture = "<img src=https://b.pl/x>";
        let cases: [(&str, Changes<'_>, bool); 9] = [
            ("another text", &[("a.html", Some(page("2"))), ("embed/x.html", Some(page("3")))], true),
            ("a file more", &[("c.json", Some(plain("{}"))), ("d/index.html", Some(page("4")))], true),
            ("a file less", &[("a.html", None), ("b.css", None)], true),
            ("small", &[("a.html", Some("<head>".into())), ("own.txt", Some("1".into()))], true),
            ("a file of its own beside it", &[("own.txt", Some(plain("2")))], true),
            ("its own file is gone", &[("own.txt", None)], true),
            ("another policy", &[("a.html", Some(page(picture)))], false),
            ("another policy of a folder", &[("embed/x.html", Some(page(picture)))], false),
            ("nothing", &[], true),
        ];
        for (name, changes, is_told) in cases {
            let (folder, mut seen) = hosted(&config, &files);
            let mut whole = files.clone();
            let (mut made, mut new, mut gone) = (vec![], BTreeSet::new(), BTreeSet::new());
            for (path, text) in changes {
                if let Some(text) = text {
                    if whole.insert(path, text.clone()).is_none() {
                        new.insert((*path).to_string());
                    }
                    made.push(((*path).to_string(), text.clone().into_bytes()));
                } else {
                    whole.remove(path);
                    gone.insert((*path).to_string());
                }
            }
            let library = Library::default();
            let stage = Stage::open(&folder.path().join("public"), false).unwrap();
            stage.keep_all();
            let again = Again { config: &config, library: &library, stage: &stage, new, gone };
            assert_eq!(again.host(made, &mut seen).is_some(), is_told, "{name}");
            if is_told {
                stage.commit().unwrap();
                let (anew, seen_anew) = hosted(&config, &whole);
                let (found, expected) = (tree(&folder), tree(&anew));
                assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{name}");
                assert_eq!(found, expected, "{name}");
                assert_eq!(seen.added, seen_anew.added, "{name}");
            }
        }
        let (folder, seen) = hosted(&config, &files);
        let added = ["_headers", "a.html.gz", ".hosting/nginx.conf"].map(|path| seen.has_added(path));
        assert_eq!((added, seen.has_added("own.txt.gz"), seen.has_added("b.css")), ([true; 3], false, false));
        let files = tree(&folder);
        assert!(String::from_utf8_lossy(&files["public/a.html"]).contains("content-security-policy"));
    }
}
