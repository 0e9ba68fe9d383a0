//! Content security policies, made of what the documents of a site ask for.
//!
//! Everything is forbidden (`default-src 'none'`) but what some document was seen to need. Scripts and styles that stand in
//! a document are allowed by the hash of their text; scripts that are data (`application/ld+json`) need no leave.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::markup::{Tag, tags};

/// Directives in the order they are written. What scripts fetch cannot be seen in them: it is the site's own files.
const ORDER: [&str; 12] = [
    "script-src",
    "script-src-attr",
    "style-src",
    "style-src-attr",
    "img-src",
    "font-src",
    "connect-src",
    "manifest-src",
    "worker-src",
    "media-src",
    "frame-src",
    "object-src",
];

/// Types of scripts that browsers run; others are data.
const RUN: [&str; 4] = ["", "module", "text/javascript", "application/javascript"];

/// What documents ask for: sources by directive.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Needs(BTreeMap<Cow<'static, str>, BTreeSet<String>>);

impl Needs {
    /// Adds a source.
    pub(super) fn add(&mut self, directive: &'static str, source: impl Into<String>) {
        self.0.entry(Cow::Borrowed(directive)).or_default().insert(source.into());
    }

    /// Adds what others need.
    pub(super) fn merge(&mut self, other: &Self) {
        for (directive, sources) in &other.0 {
            self.0.entry(directive.clone()).or_default().extend(sources.iter().cloned());
        }
    }

    /// What style sheets, scripts and pictures need, whichever page has them: no words of a page itself.
    pub(super) fn shared(&self) -> Self {
        let general = |source: &&String| !source.starts_with("'sha256-");
        let keys = ["script-src", "style-src", "img-src", "font-src", "connect-src"];
        let own = self.0.iter().filter(|(directive, _)| keys.contains(&directive.as_ref()));
        Self(own.map(|(key, sources)| (key.clone(), sources.iter().filter(general).cloned().collect())).collect())
    }

    /// How many attributes (`style`, `onclick`) are allowed one by one.
    pub(super) fn attributes(&self) -> usize {
        ["style-src-attr", "script-src-attr"].iter().filter_map(|key| self.0.get(*key)).map(BTreeSet::len).sum()
    }

    /// The policy, without a word on who may frame the document.
    pub(super) fn policy(&self) -> String {
        let mut policy = String::from("default-src 'none'");
        for directive in ORDER {
            let Some(sources) = self.0.get(directive) else { continue };
            policy.push_str("; ");
            policy.push_str(directive);
            // A hash of an attribute counts only with the keyword.
            if directive.ends_with("-attr") && sources.iter().any(|source| source.starts_with("'sha256-")) {
                policy.push_str(" 'unsafe-hashes'");
            }
            // Beside a hash a browser does not look at `'unsafe-inline'`.
            let allows_all = sources.contains("'unsafe-inline'");
            for source in sources.iter().filter(|source| !(allows_all && source.starts_with("'sha256-"))) {
                policy.push(' ');
                policy.push_str(source);
            }
        }
        policy.push_str("; base-uri 'none'; form-action ");
        match self.0.get("form-action") {
            Some(targets) => policy.push_str(&targets.iter().map(String::as_str).collect::<Vec<_>>().join(" ")),
            None => policy.push_str("'none'"),
        }
        policy
    }
}

/// What a page or drawing asks for. `origin` is the site's.
pub(super) fn of_document(document: &str, origin: &str) -> Needs {
    let mut needs = Needs::default();
    // Browsers ask for `/favicon.ico` by themselves.
    needs.add("img-src", "'self'");
    for tag in tags(document) {
        of_tag(&tag, origin, &mut needs);
    }
    needs
}

fn of_tag(tag: &Tag<'_>, origin: &str, needs: &mut Needs) {
    let mut address = |directive, key: &str| {
        if let Some(address) = tag.get(key) {
            needs.add(directive, source(address, origin));
        }
    };
    match tag.name.as_str() {
        "script" => address("script-src", "src"),
        "img" | "input" => address("img-src", "src"),
        "image" | "feimage" => {
            address("img-src", "href");
            address("img-src", "xlink:href");
        }
        "video" | "audio" | "track" => {
            address("media-src", "src");
            address("img-src", "poster");
        }
        "source" => address("media-src", "src"),
        "iframe" | "frame" => address("frame-src", "src"),
        "object" => address("object-src", "data"),
        "embed" => address("object-src", "src"),
        "button" => address("form-action", "formaction"),
        "form" => needs.add("form-action", source(tag.get("action").unwrap_or_default(), origin)),
        "link" => {
            let rel = tag.get("rel").unwrap_or_default().to_ascii_lowercase();
            for word in rel.split_ascii_whitespace() {
                match word {
                    "stylesheet" => address("style-src", "href"),
                    "icon" | "apple-touch-icon" | "mask-icon" => address("img-src", "href"),
                    "manifest" => address("manifest-src", "href"),
                    "modulepreload" => address("script-src", "href"),
                    _ => {}
                }
            }
        }
        _ => {}
    }
    for candidate in tag.get("srcset").unwrap_or_default().split(", ").filter(|candidate| !candidate.is_empty()) {
        needs.add("img-src", source(candidate, origin));
    }
    if tag.name == "script" {
        let media = tag.get("type").unwrap_or_default().to_ascii_lowercase();
        if RUN.contains(&media.trim()) {
            needs.add("connect-src", "'self'");
            if tag.get("src").is_none() {
                needs.add("script-src", hash(tag.text));
            }
        }
    }
    if tag.name == "style" {
        needs.add("style-src", hash(tag.text));
        needs.merge(&of_sheet(tag.text, origin));
    }
    for (name, value) in &tag.attributes {
        if name == "style" {
            needs.add("style-src-attr", hash(value));
            needs.merge(&of_sheet(value, origin));
        } else if name.starts_with("on") {
            needs.add("script-src-attr", hash(value));
        } else if name.starts_with("data-") && value.starts_with("data:image/") {
            // For a script to show.
            needs.add("img-src", "data:");
        }
    }
}

/// What a style sheet asks for.
pub(super) fn of_sheet(sheet: &str, origin: &str) -> Needs {
    let mut needs = Needs::default();
    for (at, _) in sheet.match_indices("url(") {
        let address = sheet[at + 4..].trim_ascii_start().trim_start_matches(['"', '\'']);
        if address.starts_with('#') {
            continue;
        }
        let address = address.split(['"', '\'', ')']).next().unwrap_or_default();
        let is_font = ["woff2", "woff", "ttf", "otf"].iter().any(|ending| address.contains(ending));
        let directive = if is_font { "font-src" } else { "img-src" };
        needs.add(directive, source(address, origin));
    }
    for (at, word) in sheet.match_indices("@import") {
        let address =
            sheet[at + word.len()..].trim_ascii_start().trim_start_matches("url(").trim_start_matches(['"', '\'']);
        needs.add("style-src", source(address.split(['"', '\'', ')']).next().unwrap_or_default(), origin));
    }
    needs
}

/// What a script asks for that stands in it in so many words.
pub(super) fn of_script(script: &str) -> Needs {
    let mut needs = Needs::default();
    if script.contains("serviceWorker") || script.contains("new Worker(") {
        needs.add("worker-src", "'self'");
    }
    if ["'iframe'", "\"iframe\"", "`iframe`"].iter().any(|name| script.contains(name)) {
        needs.add("frame-src", "'self'");
    }
    needs
}

/// Where an address leads, in the words of a policy.
fn source(address: &str, origin: &str) -> String {
    let address = address.trim_ascii_start();
    for scheme in ["data:", "blob:"] {
        if address.starts_with(scheme) {
            return scheme.to_string();
        }
    }
    let whole = if address.starts_with("//") { format!("https:{address}") } else { address.to_string() };
    let Some((scheme, rest)) = whole.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https")) else {
        return "'self'".into();
    };
    let host = rest.split(['/', '?', '#', ' ']).next().unwrap_or_default();
    let theirs = format!("{scheme}://{host}");
    // What would end the directive is no host.
    if theirs == origin || host.contains([';', ',', '\'', '"']) { "'self'".into() } else { theirs }
}

fn hash(text: &str) -> String {
    // Browsers read every line break as one character.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(document: &str) -> String {
        of_document(document, "https://a.pl").policy()
    }

    #[test]
    fn nothing_is_allowed_that_nobody_needs() {
        assert_eq!(policy("<p>a"), "default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'");
        assert_eq!(
            policy(
                "<link rel=stylesheet href=https://a.pl/x.css><script src=/x.js type=module></script>\
                 <img src=https://b.pl/i.png srcset='https://c.pl/1 1x, /2 2x' data-placeholder=data:image/webp;base64,A>\
                 <form action=/szukaj/></form><iframe src=//d.pl/map></iframe><link rel=manifest href=m.webmanifest>"
            ),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https://b.pl https://c.pl; \
             connect-src 'self'; manifest-src 'self'; frame-src https://d.pl; base-uri 'none'; form-action 'self'"
        );
    }

    #[test]
    fn what_stands_in_a_page_is_allowed_by_its_hash() {
        // Hashes from `printf %s … | openssl dgst -sha256 -binary | base64`.
        let all = policy("<script>alert(1)</script><style>p{color:red}</style><p style='color:red' onclick=x()>");
        assert!(all.contains("script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"), "{all}");
        assert!(all.contains("style-src 'sha256-"), "{all}");
        assert!(all.contains("style-src-attr 'unsafe-hashes' 'sha256-"), "{all}");
        assert!(all.contains("script-src-attr 'unsafe-hashes' 'sha256-"), "{all}");
        assert!(!all.contains("unsafe-inline"), "{all}");
    }

    #[test]
    fn a_hash_does_not_close_what_is_open() {
        let mut needs = of_document("<style>p{}</style>", "");
        needs.add("style-src", "'unsafe-inline'");
        assert!(needs.policy().contains("style-src 'unsafe-inline';"), "{}", needs.policy());
    }

    #[test]
    fn data_in_a_script_needs_no_leave() {
        let plain = policy("<p>");
        assert_eq!(policy("<script type=application/ld+json>{}</script>"), plain);
        assert_eq!(policy("<!-- <script>1</script> -->"), plain);
    }

    #[test]
    fn sheets_and_scripts() {
        let sheet = "@import 'b.css'; a{b:url(#c);d:url(data:image/png,x);e:url('../f.woff2')}";
        assert_eq!(
            of_sheet(sheet, "https://a.pl").policy(),
            "default-src 'none'; style-src 'self'; img-src data:; font-src 'self'; base-uri 'none'; form-action 'none'"
        );
        assert!(of_script("navigator.serviceWorker.register(x)").policy().contains("worker-src 'self'"));
        assert!(of_script("document.createElement('iframe')").policy().contains("frame-src 'self'"));
    }

    #[test]
    fn each_tag_asks_for_its_own() {
        let plain = policy("<p>");
        for (tag, directive) in [
            ("<script src=https://b.pl/x>", "script-src https://b.pl"),
            ("<img src=//b.pl/x>", "img-src 'self' https://b.pl"),
            ("<input src=http://b.pl>", "img-src 'self' http://b.pl"),
            ("<image href=https://b.pl?x xlink:href=https://c.pl#x />", "img-src 'self' https://b.pl https://c.pl"),
            ("<feImage xlink:href=https://b.pl />", "img-src 'self' https://b.pl"),
            ("<video src=https://b.pl poster=https://c.pl>", "img-src 'self' https://c.pl"),
            ("<video src=https://b.pl>", "media-src https://b.pl"),
            ("<audio src=blob:x>", "media-src blob:"),
            ("<track src=https://b.pl>", "media-src https://b.pl"),
            ("<source src=https://b.pl>", "media-src https://b.pl"),
            ("<source srcset=https://b.pl>", "img-src 'self' https://b.pl"),
            ("<iframe src=https://b.pl>", "frame-src https://b.pl"),
            ("<frame src=/x>", "frame-src 'self'"),
            ("<object data=https://b.pl>", "object-src https://b.pl"),
            ("<embed src=https://b.pl>", "object-src https://b.pl"),
            ("<button formaction=https://b.pl>", "form-action https://b.pl"),
            ("<form action=https://b.pl>", "form-action https://b.pl"),
            ("<form>", "form-action 'self'"),
            ("<link rel='x STYLESHEET' href=https://b.pl>", "style-src https://b.pl"),
            ("<link rel=icon href=https://b.pl>", "img-src 'self' https://b.pl"),
            ("<link rel=apple-touch-icon href=https://b.pl>", "img-src 'self' https://b.pl"),
            ("<link rel=mask-icon href=https://b.pl>", "img-src 'self' https://b.pl"),
            ("<link rel=manifest href=https://b.pl>", "manifest-src https://b.pl"),
            ("<link rel=modulepreload href=https://b.pl>", "script-src https://b.pl"),
            ("<p style='background:url(https://b.pl/x)'>", "img-src 'self' https://b.pl"),
            ("<p data-x='data:image/png;base64,A'>", "img-src 'self' data:"),
            ("<style>@import url(https://b.pl/x);</style>", "https://b.pl"),
            ("<script type=' Module '>x</script>", "script-src 'sha256-"),
        ] {
            let found = policy(tag);
            assert!(found.contains(directive) && found != plain, "{tag}: {found}");
        }
        for nothing in [
            "<link rel=canonical href=https://b.pl>",
            "<a href=https://b.pl>",
            "<p data-x=data:text/html,x>",
            "<p x=data:image/x>",
            "<script type=text/plain>x</script>",
            "<img>",
            "<div src=https://b.pl>",
        ] {
            assert_eq!(policy(nothing), plain, "{nothing}");
        }
        // Data is fetched by scripts that run, not by those that are data.
        for script in ["<script>x</script>", "<script type=MODULE src=/x.js></script>"] {
            assert!(policy(script).contains("connect-src 'self'"), "{script}");
        }
        assert!(!policy("<script src=/x.json type=application/json></script>").contains("connect-src"));
    }

    #[test]
    fn an_address_leads_somewhere() {
        for (address, expected) in [
            ("data:image/png,x", "data:"),
            (" blob:x", "blob:"),
            ("//b.pl/x", "https://b.pl"),
            ("http://b.pl", "http://b.pl"),
            ("https://b.pl 2x", "https://b.pl"),
            ("https://a.pl/x", "'self'"),
            ("https://a.pl.b.pl/x", "https://a.pl.b.pl"),
            ("ftp://b.pl", "'self'"),
            ("/x", "'self'"),
            ("", "'self'"),
            ("https://b.pl;script-src/x", "'self'"),
            ("https://b.pl,c.pl", "'self'"),
            ("https://b'.pl", "'self'"),
            ("https://b\".pl", "'self'"),
        ] {
            assert_eq!(source(address, "https://a.pl"), expected, "{address}");
        }
        // Browsers count a line break as one character, whoever wrote the page.
        assert_eq!(hash("a\r\nb"), hash("a\nb"));
        assert_eq!(hash("a\rb"), hash("a\nb"));
        assert_ne!(hash("a\n\nb"), hash("a\nb"));
    }

    #[test]
    fn letters_are_told_from_pictures() {
        let directives = |sheet: &str| {
            let needs = of_sheet(sheet, "https://a.pl");
            needs
                .0
                .iter()
                .map(|(key, sources)| format!("{key} {}", sources.iter().cloned().collect::<Vec<_>>().join(" ")))
                .collect::<Vec<_>>()
        };
        for ending in ["woff2", "woff", "ttf", "otf"] {
            assert_eq!(directives(&format!("a{{b:url( \"https://b.pl/x.{ending}\" )}}")), ["font-src https://b.pl"]);
        }
        assert_eq!(directives("a{b:url(https://b.pl/x.png)}"), ["img-src https://b.pl"]);
        assert!(directives("a{b:url(#c);c:url('#d')}").is_empty() && directives("a{b:c}").is_empty());
        assert_eq!(directives("@import \"https://b.pl/x.css\";"), ["style-src https://b.pl"]);
        for script in ["navigator.serviceWorker", "new Worker(x)"] {
            assert!(of_script(script).policy().contains("worker-src 'self'; base"), "{script}");
        }
        for script in ["f('iframe')", "f(\"iframe\")", "f(`iframe`)"] {
            assert!(of_script(script).policy().contains("frame-src 'self'; base"), "{script}");
        }
        assert_eq!(of_script("iframe Worker"), Needs::default());
    }

    #[test]
    fn needs_are_put_together() {
        let mut needs =
            of_document("<script>1</script><p style=a onclick=b onload=c><style>d</style><iframe src=/x>", "");
        assert_eq!(needs.attributes(), 3);
        assert_eq!(Needs::default().attributes(), 0);
        let shared = needs.shared();
        assert_eq!(
            shared.0.keys().map(AsRef::as_ref).collect::<Vec<&str>>(),
            ["connect-src", "img-src", "script-src", "style-src"]
        );
        assert!(shared.0["script-src"].is_empty() && shared.0["img-src"].contains("'self'"));
        let mut other = Needs::default();
        other.add("img-src", "data:");
        other.add("font-src", "'self'");
        needs.merge(&other);
        assert!(needs.policy().contains("img-src 'self' data:; font-src 'self'; connect-src"), "{}", needs.policy());
        // A keyword without a hash needs no other keyword.
        let mut inline = Needs::default();
        inline.add("style-src-attr", "'unsafe-inline'");
        inline.add("form-action", "https://b.pl");
        inline.add("form-action", "'self'");
        assert_eq!(
            inline.policy(),
            "default-src 'none'; style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'self' https://b.pl"
        );
    }
}
