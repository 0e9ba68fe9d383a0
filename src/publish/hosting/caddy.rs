//! A snippet for Caddy.

use std::fmt::Write as _;

use super::rules::{Rule, Scope, Site};
use crate::config::Encoding;

/// The snippet.
pub(super) fn file(site: &Site<'_>) -> String {
    let base = site.base();
    let mut text = head(&base);
    let _ = writeln!(text, "handle {} {{\n\troute {{", token(&format!("{base}*")));
    let rules = site.rules();
    text.push_str("\t\theader {\n");
    for rule in rules.iter().filter(|rule| rule.scope == Scope::All) {
        let _ = writeln!(text, "\t\t\t{} {}", rule.header, token(&rule.value));
    }
    text.push_str("\t\t}\n");
    // `route` keeps the order, so that the special replaces the general.
    let special: Vec<&Rule> = rules.iter().filter(|rule| rule.scope != Scope::All).collect();
    for (number, alike) in special.chunk_by(|one, other| one.scope == other.scope).enumerate() {
        let matcher = match &alike[0].scope {
            Scope::Folder(folder) => format!("path {}", token(&format!("{base}{folder}*"))),
            // An address of a folder gets the page in it.
            Scope::Ending(ending) if ending == "html" => "path *.html */".to_string(),
            Scope::Ending(ending) => format!("path {}", token(&format!("*.{ending}"))),
            Scope::All | Scope::Hashed => "path_regexp `\\.[0-9a-f]{20}(\\.[0-9A-Za-z]+)?$`".to_string(),
        };
        let _ = writeln!(text, "\t\t@huta{number} {matcher}");
        for rule in alike {
            let _ = writeln!(text, "\t\theader @huta{number} {} {}", rule.header, token(&rule.value));
        }
    }
    text.push_str(&server(site, "\t\t"));
    text.push_str("\t}\n}\n");
    if site.files.iter().any(|path| path == "404.html") {
        let _ = writeln!(
            text,
            "handle_errors {{\n\t@hutalost {{\n\t\tpath {}\n\t\texpression {{http.error.status_code}} == 404\n\t}}\n\thandle @hutalost {{\n\t\trewrite * {}",
            token(&format!("{base}*")),
            token(&format!("{base}404.html")),
        );
        // Set before the file was missed: what is not there must not be kept as if it were.
        text.push_str("\t\theader Content-Type \"text/html; charset=utf-8\"\n\t\theader Cache-Control no-cache\n");
        text.push_str(&server(site, "\t\t"));
        text.push_str("\t}\n}\n");
    }
    text
}

fn head(base: &str) -> String {
    let folder = if base == "/" { "/srv/site".to_string() } else { format!("/srv/www{}", base.trim_end_matches('/')) };
    let root = if base == "/" { "/srv/site" } else { "/srv/www" };
    format!(
        "# Made by huta with the site; the next build writes it anew. Import it into a site block:\n#\n#\texample.org {{\n\
         #\t\troot * {root}\n#\t\timport {folder}/.hosting/Caddyfile\n#\t}}\n"
    )
}

fn server(site: &Site<'_>, indent: &str) -> String {
    let kinds: Vec<&str> = site
        .config
        .hosting
        .precompress
        .iter()
        .map(|encoding| match encoding {
            Encoding::Br => "br",
            Encoding::Gz => "gzip",
        })
        .collect();
    let mut text = format!("{indent}file_server {{\n{indent}\thide .huta .hosting\n");
    if !kinds.is_empty() {
        let _ = writeln!(text, "{indent}\tprecompressed {}", kinds.join(" "));
    }
    let _ = writeln!(text, "{indent}}}");
    text
}

/// A text as one word of a Caddyfile.
fn token(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::super::rules::tests::{apart, config, site};
    use super::*;

    #[test]
    fn a_site_in_a_folder_of_its_host() {
        let config = config("base_url = \"https://example.org/g/\"\n[hosting]\nprecompress = [\"br\", \"gz\"]");
        let mut site = site(&config, &["index.html", "a.json", "404.html"]);
        site.apart = vec![apart("embed/", "'a'", "*", true)];
        site.hashed = vec!["a.css".into()];
        let text = file(&site);
        let at = |line: &str| {
            text.lines().position(|own| own.trim_start() == line).unwrap_or_else(|| panic!("{line}\n{text}"))
        };
        assert!(text.contains("#\t\troot * /srv/www\n#\t\timport /srv/www/g/.hosting/Caddyfile\n"), "{text}");
        at("handle \"/g/*\" {");
        at("Cache-Control \"no-cache\"");
        // The special after the general; what is for the same files has one matcher.
        let order = [
            "@huta0 path *.html */",
            "header @huta0 Content-Type \"text/html; charset=utf-8\"",
            "@huta1 path \"*.json\"",
            "header @huta1 Content-Type \"application/json; charset=utf-8\"",
            "header @huta1 Access-Control-Allow-Origin \"*\"",
            "@huta2 path \"/g/embed/*\"",
            "header @huta2 Cross-Origin-Opener-Policy \"same-origin-allow-popups\"",
            "@huta3 path_regexp `\\.[0-9a-f]{20}(\\.[0-9A-Za-z]+)?$`",
            "header @huta3 Cache-Control \"public, max-age=31536000, immutable\"",
            "precompressed br gzip",
            "handle_errors {",
            "path \"/g/*\"",
            "rewrite * \"/g/404.html\"",
        ]
        .map(at);
        assert!(order.is_sorted(), "{order:?}\n{text}");
        assert_eq!(text.matches("hide .huta .hosting").count(), 2);
        assert_eq!(token("a\"b\\"), "\"a\\\"b\\\\\"");
    }

    #[test]
    fn a_site_at_the_root_of_its_host() {
        let config = config("base_url = \"https://example.org\"");
        let text = file(&site(&config, &["index.html"]));
        assert!(text.contains("#\t\troot * /srv/site\n#\t\timport /srv/site/.hosting/Caddyfile\n"), "{text}");
        assert!(text.contains("handle \"/*\" {") && !text.contains("precompressed") && !text.contains("handle_errors"));
        assert!(text.ends_with("\t\tfile_server {\n\t\t\thide .huta .hosting\n\t\t}\n\t}\n}\n"), "{text}");
    }
}
