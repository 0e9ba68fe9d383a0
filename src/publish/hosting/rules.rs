//! Which headers a site wants with which of its files, whoever sends them.

use std::collections::{BTreeMap, BTreeSet};

use super::policy::Needs;
use super::types;
use crate::config::Config;
use crate::image;

/// How long a browser keeps to https once it has seen it, in seconds: a year.
const HSTS: &str = "max-age=31536000";

/// For names that never change their content: a year, the most that is of use.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// For everything else: kept, and asked about each time.
const ASK: &str = "no-cache";

/// What pages may not ask browsers for, unless the configuration says so: what browsers know by these names.
const FEATURES: [&str; 15] = [
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
];

/// The name of the header with the policy.
pub(super) const POLICY: &str = "Content-Security-Policy";

/// Which files a rule is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// All of the site's.
    All,
    /// Those below a folder, which ends with a slash.
    Folder(String),
    /// Those with an ending.
    Ending(String),
    /// Those with a hash in their name.
    Hashed,
}

/// A header for some files. Where several rules give one file the same header, the last one counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) scope: Scope,
    pub(super) header: &'static str,
    pub(super) value: String,
}

/// A folder whose documents have a policy of their own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Apart {
    /// Its path, with a slash at the end.
    pub(super) folder: String,
    /// What its documents ask for.
    pub(super) needs: Needs,
    /// Who may frame them.
    pub(super) ancestors: String,
    /// Whether they open windows that talk back to them.
    pub(super) opens_windows: bool,
}

/// What is known of a site when its headers are written.
#[derive(Debug)]
pub(super) struct Site<'a> {
    pub(super) config: &'a Config,
    /// Paths of all files.
    pub(super) files: Vec<String>,
    /// Those with a hash in their name.
    pub(super) hashed: Vec<String>,
    /// What documents ask for.
    pub(super) needs: Needs,
    /// Folders that differ.
    pub(super) apart: Vec<Apart>,
}

impl Site<'_> {
    /// The path of the site's address, with slashes at both ends.
    pub(super) fn base(&self) -> String {
        let url = &self.config.base_url;
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let path = rest.find('/').map_or("", |at| &rest[at..]);
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
        format!("{}/", path.trim_end_matches('/'))
    }

    /// The endings of the site's files, in order.
    pub(super) fn endings(&self) -> BTreeSet<&str> {
        self.files.iter().filter_map(|path| types::extension(path)).collect()
    }

    /// The policy as documents outside [`Self::apart`] have it.
    pub(super) fn policy(&self) -> String {
        self.needs.policy()
    }

    /// The policy of one document.
    pub(super) fn policy_of(&self, path: &str) -> String {
        let apart = self.apart.iter().find(|apart| path.starts_with(&apart.folder));
        apart.map_or_else(|| self.policy(), |apart| apart.needs.policy())
    }

    /// All rules, from the general to the special.
    pub(super) fn rules(&self) -> Vec<Rule> {
        let rule = |scope: Scope, header, value: &str| Rule { scope, header, value: value.to_string() };
        let mut rules = vec![
            rule(Scope::All, POLICY, &format!("{}; frame-ancestors 'none'", self.policy())),
            rule(Scope::All, "Permissions-Policy", &self.permissions()),
            rule(Scope::All, "Referrer-Policy", "same-origin"),
            rule(Scope::All, "X-Content-Type-Options", "nosniff"),
            rule(Scope::All, "Cross-Origin-Opener-Policy", "same-origin"),
            // All of it is there for everybody, pictures and data above all.
            rule(Scope::All, "Cross-Origin-Resource-Policy", "cross-origin"),
            rule(Scope::All, "Cache-Control", ASK),
        ];
        if self.config.base_url.starts_with("https://") {
            rules.push(rule(Scope::All, "Strict-Transport-Security", HSTS));
        }
        for ending in self.endings() {
            rules.push(rule(Scope::Ending(ending.into()), "Content-Type", &types::media_type(ending)));
            if types::is_data(ending) {
                rules.push(rule(Scope::Ending(ending.into()), "Access-Control-Allow-Origin", "*"));
            }
        }
        for apart in &self.apart {
            let folder = || Scope::Folder(apart.folder.clone());
            let policy = format!("{}; frame-ancestors {}", apart.needs.policy(), apart.ancestors);
            rules.push(rule(folder(), POLICY, &policy));
            if apart.opens_windows {
                rules.push(rule(folder(), "Cross-Origin-Opener-Policy", "same-origin-allow-popups"));
            }
        }
        let pictures = format!("{}/", image::FOLDER);
        if self.files.iter().any(|path| path.starts_with(&pictures)) {
            rules.push(rule(Scope::Folder(pictures), "Cache-Control", FOR_EVER));
        }
        if !self.hashed.is_empty() {
            rules.push(rule(Scope::Hashed, "Cache-Control", FOR_EVER));
        }
        rules
    }

    fn permissions(&self) -> String {
        let wanted = &self.config.hosting.permissions;
        let mut all: BTreeMap<&str, &str> = FEATURES.iter().map(|feature| (*feature, "()")).collect();
        all.extend(wanted.iter().map(|feature| (feature.as_str(), "(self)")));
        all.iter().map(|(feature, who)| format!("{feature}={who}")).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn config(text: &str) -> Config {
        toml::from_str(text).unwrap()
    }

    /// A site with these files, whose documents ask for pictures of their own.
    pub(in super::super) fn site<'a>(config: &'a Config, files: &[&str]) -> Site<'a> {
        let mut needs = Needs::default();
        needs.add("img-src", "'self'");
        let files = files.iter().map(ToString::to_string).collect();
        Site { config, files, hashed: vec![], needs, apart: vec![] }
    }

    pub(in super::super) fn apart(folder: &str, source: &str, ancestors: &str, opens_windows: bool) -> Apart {
        let mut needs = Needs::default();
        needs.add("style-src", source);
        Apart { folder: folder.into(), needs, ancestors: ancestors.into(), opens_windows }
    }

    #[test]
    fn a_base_has_slashes_at_both_ends() {
        for (address, base) in [
            ("https://example.org", "/"),
            ("https://example.org/", "/"),
            ("https://example.org/a/b", "/a/b/"),
            ("https://example.org/a//", "/a/"),
            ("https://example.org/nowa%20huta/", "/nowa huta/"),
            ("/a", "/a/"),
            ("/", "/"),
        ] {
            assert_eq!(site(&config(&format!("base_url = \"{address}\"")), &[]).base(), base);
        }
    }

    #[test]
    fn a_document_has_the_policy_of_its_folder() {
        let config = config("base_url = \"https://example.org\"");
        let mut site = site(&config, &["index.html", "a.css", "b/a.css", "CNAME", ".nojekyll", "c.d/e"]);
        site.apart = vec![apart("embed/", "'a'", "*", false), apart("admin/", "'b'", "'none'", true)];
        let general = "default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'";
        assert_eq!([site.policy(), site.policy_of("embed.html")], [general, general]);
        for (path, source) in [("embed/index.html", "'a'"), ("admin/a/b.html", "'b'")] {
            let own = format!("default-src 'none'; style-src {source}; base-uri 'none'; form-action 'none'");
            assert_eq!(site.policy_of(path), own);
        }
        assert_eq!(site.endings().into_iter().collect::<Vec<_>>(), ["css", "html"]);
    }

    #[test]
    fn rules_go_from_the_general_to_the_special() {
        let brief = |site: &Site<'_>| -> Vec<String> {
            let scope = |scope: &Scope| match scope {
                Scope::All => "all".to_string(),
                Scope::Folder(folder) => folder.clone(),
                Scope::Ending(ending) => format!(".{ending}"),
                Scope::Hashed => "hashed".to_string(),
            };
            site.rules().iter().map(|rule| format!("{} {}: {}", scope(&rule.scope), rule.header, rule.value)).collect()
        };
        let plain = config("base_url = \"http://example.org\"");
        let all = brief(&site(&plain, &[]));
        assert_eq!(
            [&all[..1], &all[2..]].concat(),
            [
                "all Content-Security-Policy: default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                "all Referrer-Policy: same-origin",
                "all X-Content-Type-Options: nosniff",
                "all Cross-Origin-Opener-Policy: same-origin",
                "all Cross-Origin-Resource-Policy: cross-origin",
                "all Cache-Control: no-cache",
            ]
        );
        let safe = config("base_url = \"https://example.org\"");
        let mut site = site(&safe, &["index.html", "a.json", "processed_images/a.webp"]);
        site.apart = vec![apart("embed/", "'a'", "*", false), apart("admin/", "'b'", "'none'", true)];
        site.hashed = vec!["a.css".into()];
        assert_eq!(
            brief(&site)[7..],
            [
                "all Strict-Transport-Security: max-age=31536000",
                ".html Content-Type: text/html; charset=utf-8",
                ".json Content-Type: application/json; charset=utf-8",
                ".json Access-Control-Allow-Origin: *",
                ".webp Content-Type: image/webp",
                "embed/ Content-Security-Policy: default-src 'none'; style-src 'a'; base-uri 'none'; form-action 'none'; frame-ancestors *",
                "admin/ Content-Security-Policy: default-src 'none'; style-src 'b'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                "admin/ Cross-Origin-Opener-Policy: same-origin-allow-popups",
                "processed_images/ Cache-Control: public, max-age=31536000, immutable",
                "hashed Cache-Control: public, max-age=31536000, immutable",
            ]
        );
    }

    #[test]
    fn permissions_are_given_by_name() {
        let config = config("base_url = \"/\"\n[hosting]\npermissions = [\"geolocation\", \"bluetooth\"]");
        let said = site(&config, &[]).permissions();
        assert!(said.starts_with("accelerometer=(), autoplay=(), bluetooth=(self), camera=()"), "{said}");
        assert!(said.contains(", geolocation=(self), ") && said.ends_with(", xr-spatial-tracking=()"), "{said}");
        assert_eq!(said.split(", ").count(), FEATURES.len() + 1);
    }
}
