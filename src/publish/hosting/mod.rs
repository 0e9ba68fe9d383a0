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

use rayon::prelude::*;

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

/// Adds what `[hosting]` and `[offline]` ask for to a site that is whole otherwise.
pub fn host(config: &Config, library: &Library, workshop: &Workshop, stage: &Stage, diagnostics: &mut Diagnostics) {
    let hashed = workshop.hashed();
    let failed = |(name, hashed): (&String, &crate::template::Hashed)| stage.write(name, &hashed.bytes).err();
    diagnostics.extend(hashed.iter().filter_map(failed).collect::<Vec<_>>());
    let hosting = &config.hosting;
    if !hosting.headers.is_empty() {
        let site = survey(config, hashed.into_keys().collect(), stage, diagnostics);
        write_headers(&site, stage, diagnostics);
    }
    // After the policy is in the pages: what is saved must be what is sent.
    offline::write(config, library, stage, diagnostics);
    compress::compress(stage, &hosting.precompress, diagnostics);
}

/// Reads everything in the stage that asks browsers for something.
fn survey<'a>(config: &'a Config, hashed: Vec<String>, stage: &Stage, diagnostics: &mut Diagnostics) -> Site<'a> {
    let files = stage.written();
    let origin = origin(&config.base_url);
    let read: Vec<(&String, Result<Needs, Diagnostic>)> = files
        .par_iter()
        .filter(|path| matches!(types::extension(path), Some("html" | "svg" | "css" | "js" | "mjs")))
        .map(|path| (path, stage.read(path).map(|bytes| needs(path, &bytes, &origin))))
        .collect();
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
    let mut general = Needs::default();
    for (path, needs) in read {
        let Some(needs) = diagnostics.take(needs) else { continue };
        match apart.iter_mut().find(|apart| path.starts_with(&apart.folder)) {
            Some(apart) if apart.folder.starts_with(image::FOLDER) => {}
            Some(apart) => apart.needs.merge(needs),
            None => general.merge(needs),
        }
    }
    apart.retain(|apart| files.iter().any(|path| path.starts_with(&apart.folder)));
    // Style sheets and scripts are shared, and seen only where they lie.
    for apart in apart.iter_mut().filter(|apart| !apart.folder.starts_with(image::FOLDER)) {
        apart.needs.merge(general.shared());
    }
    Site { config, files, hashed, needs: general, apart }
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
    if hosting.wants(HeaderFile::Meta) {
        let failed: Vec<Diagnostic> = site
            .files
            .par_iter()
            .filter(|path| is_html(path))
            .filter_map(|path| {
                let apart = site.apart.iter().find(|apart| path.starts_with(&apart.folder));
                let policy = apart.map_or_else(|| site.policy(), |apart| apart.needs.policy());
                let page = stage.read(path).map(|bytes| with_policy(&String::from_utf8_lossy(&bytes), &policy));
                page.and_then(|page| stage.write(path, page.as_bytes())).err()
            })
            .collect();
        diagnostics.extend(failed);
    }
}

/// A page that says its policy itself, before anything that the policy is about. What stands in no head is left alone.
fn with_policy(page: &str, policy: &str) -> String {
    let small = page.to_ascii_lowercase();
    let Some(head) = small.find("<head").and_then(|at| small[at..].find('>').map(|end| at + end + 1)) else {
        return page.to_string();
    };
    // The encoding goes first: browsers look for it in the first bytes only.
    let charset = small[head..].trim_ascii_start();
    let at = match charset.strip_prefix("<meta charset").and_then(|rest| rest.find('>').map(|end| rest.len() - end - 1))
    {
        Some(left) => page.len() - left,
        None => head,
    };
    format!("{}<meta http-equiv=\"content-security-policy\" content=\"{policy}\">{}", &page[..at], &page[at..])
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
            assert_eq!(with_policy(&format!("{before}{after}"), "p"), format!("{before}{meta}{after}"));
        }
        assert_eq!(with_policy("<p>a", "p"), "<p>a");
    }
}
