//! A snippet for nginx.
//!
//! Values that differ between files are variables of the server, set before nginx looks for a location; so one location
//! sends them all, and nothing else of the server is touched. `if` with nothing but `set` in it is one of its safe uses.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::rules::{Rule, Scope, Site};
use super::types;
use crate::config::Encoding;

/// The snippet.
pub(super) fn file(site: &Site<'_>) -> String {
    let base = site.base();
    let rules: Vec<Rule> = site.rules().into_iter().filter(|rule| rule.header != "Content-Type").collect();
    let mut text = head(site);
    let headers: BTreeSet<&str> = rules.iter().map(|rule| rule.header).collect();
    let is_partial = |header: &str| !rules.iter().any(|rule| rule.header == header && rule.scope == Scope::All);
    for header in headers.iter().filter(|header| is_partial(header)) {
        // Where no rule sets it, and nginx leaves empty headers out.
        let _ =
            writeln!(text, "if ($uri ~ {}) {{ set {} \"\"; }}", quoted(&pattern(&base, &Scope::All)), variable(header));
    }
    for rule in &rules {
        let (pattern, value) = (pattern(&base, &rule.scope), quoted(&rule.value));
        let _ = writeln!(text, "if ($uri ~ {}) {{ set {} {value}; }}", quoted(&pattern), variable(rule.header));
    }
    let root = base == "/";
    if !root {
        let without = quoted(base.trim_end_matches('/'));
        let _ = writeln!(text, "location = {without} {{ absolute_redirect off; return 301 {}; }}", quoted(&base));
    }
    let _ = writeln!(text, "location {}{} {{", if root { "" } else { "^~ " }, quoted(&base));
    text.push_str("    index index.html;\n    try_files $uri $uri/ =404;\n    absolute_redirect off;\n    default_type application/octet-stream;\n    types {\n");
    for (media, endings) in media_types(site) {
        let _ = writeln!(text, "        {} {};", quoted(&media), endings.join(" "));
    }
    text.push_str("    }\n");
    if site.config.hosting.precompress.contains(&Encoding::Gz) {
        text.push_str("    gzip_static on;\n    gzip_vary on;\n");
    }
    for header in &headers {
        let _ = writeln!(text, "    add_header {header} {} always;", variable(header));
    }
    let lost = format!("{base}404.html");
    if site.files.iter().any(|path| path == "404.html") {
        // A folder without a page answers 403 by itself.
        let _ = writeln!(text, "    error_page 404 {0};\n    error_page 403 =404 {0};", quoted(&lost));
        let _ = writeln!(text, "    location = {} {{ internal; }}", quoted(&lost));
    }
    text.push_str("    location ~ \"/\\.(?!well-known/)\" { return 404; }\n}\n");
    text
}

fn head(site: &Site<'_>) -> String {
    let mut text = String::from(
        "# Made by huta with the site; the next build writes it anew. Include it in a server block:\n#\n#     server {\n\
         #         listen 443 ssl;\n#         server_name example.org;\n",
    );
    let base = site.base();
    if base == "/" {
        text.push_str("#         root /srv/site;\n#         include /srv/site/.hosting/nginx.conf;\n");
    } else {
        let _ = writeln!(
            text,
            "#         root /srv/www; # the site is in /srv/www{}\n#         include /srv/www{base}.hosting/nginx.conf;",
            base.trim_end_matches('/')
        );
    }
    if site.config.hosting.precompress.contains(&Encoding::Br) {
        text.push_str(
            "#         brotli_static on; # with the module ngx_brotli (Debian: libnginx-mod-http-brotli-static); without it, leave\n\
             #                           # this line out: everything works, with gzip\n",
        );
    }
    text.push_str("#     }\n");
    text
}

/// The variable with the value of a header.
fn variable(header: &str) -> String {
    format!("$huta_{}", header.to_ascii_lowercase().replace('-', "_"))
}

/// Which addresses a rule is for, as a regular expression.
fn pattern(base: &str, scope: &Scope) -> String {
    let base = escaped(base);
    match scope {
        Scope::All => format!("^{base}"),
        Scope::Folder(folder) => format!("^{base}{}", escaped(folder)),
        Scope::Ending(ending) => format!("^{base}.*\\.{}$", escaped(ending)),
        Scope::Hashed => format!("^{base}.*\\.[0-9a-f]{{20}}(\\.[0-9A-Za-z]+)?$"),
    }
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if ".+*?()[]{}|^$\\".contains(c) {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

/// A text as nginx reads it; a dollar would be a variable.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The endings of the site's files by their types.
fn media_types<'a>(site: &'a Site<'_>) -> BTreeMap<String, Vec<&'a str>> {
    let mut all: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let is_plain = |ending: &&str| ending.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    for ending in site.endings().into_iter().filter(is_plain) {
        all.entry(types::media_type(ending)).or_default().push(ending);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::rules::tests::{apart, config, site};
    use super::*;

    #[test]
    fn words_of_a_configuration() {
        assert_eq!(variable("X-Content-Type-Options"), "$huta_x_content_type_options");
        assert_eq!(quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
        assert_eq!(escaped("a.b/c-d(1)$"), "a\\.b/c-d\\(1\\)\\$");
        for (scope, expected) in [
            (Scope::All, "^/a\\.b/"),
            (Scope::Folder("c+/".into()), "^/a\\.b/c\\+/"),
            (Scope::Ending("css".into()), "^/a\\.b/.*\\.css$"),
            (Scope::Hashed, "^/a\\.b/.*\\.[0-9a-f]{20}(\\.[0-9A-Za-z]+)?$"),
        ] {
            assert_eq!(pattern("/a.b/", &scope), expected);
        }
    }

    #[test]
    fn a_site_at_the_root_of_its_host() {
        let config = config("base_url = \"https://example.org\"\n[hosting]\nprecompress = [\"gz\", \"br\"]");
        let mut site = site(&config, &["index.html", "a.mjs", "b.js", "c.w+e", "d.json", "e.x-1", "f.x_2", "404.html"]);
        site.apart = vec![apart("embed/", "'a'", "*", false)];
        let text = file(&site);
        let has = |line: &str| text.lines().any(|own| own == line);
        assert!(has("#         root /srv/site;") && has("#         include /srv/site/.hosting/nginx.conf;"), "{text}");
        assert!(text.contains("#         brotli_static on;") && has("    gzip_static on;") && has("    gzip_vary on;"));
        assert!(has("location \"/\" {") && !text.contains("return 301"));
        assert!(has("        \"text/javascript; charset=utf-8\" js mjs;") && !text.contains("w+e"), "{text}");
        assert!(has("        \"application/octet-stream\" x-1 x_2;"), "{text}");
        // Only what some files have is empty for the others.
        assert!(has("if ($uri ~ \"^/\") { set $huta_access_control_allow_origin \"\"; }"), "{text}");
        assert!(has("if ($uri ~ \"^/.*\\\\.json$\") { set $huta_access_control_allow_origin \"*\"; }"), "{text}");
        assert!(
            !text.contains("set $huta_cache_control \"\"")
                && has("if ($uri ~ \"^/\") { set $huta_cache_control \"no-cache\"; }")
        );
        assert!(has("    add_header Access-Control-Allow-Origin $huta_access_control_allow_origin always;"));
        assert!(!text.contains("huta_content_type "), "types are told otherwise: {text}");
        assert!(has("    error_page 404 \"/404.html\";") && has("    error_page 403 =404 \"/404.html\";"));
        assert!(has("    location = \"/404.html\" { internal; }"));
        assert!(text.ends_with("    location ~ \"/\\.(?!well-known/)\" { return 404; }\n}\n"));
    }

    #[test]
    fn a_site_in_a_folder_of_its_host() {
        let config = config("base_url = \"https://example.org/guide/\"");
        let text = file(&site(&config, &["index.html"]));
        let has = |line: &str| text.lines().any(|own| own == line);
        assert!(has("#         root /srv/www; # the site is in /srv/www/guide"), "{text}");
        assert!(has("#         include /srv/www/guide/.hosting/nginx.conf;"), "{text}");
        assert!(has("location = \"/guide\" { absolute_redirect off; return 301 \"/guide/\"; }"), "{text}");
        assert!(has("location ^~ \"/guide/\" {"), "{text}");
        assert!(!text.contains("gzip") && !text.contains("brotli") && !text.contains("404.html"), "{text}");
    }
}
