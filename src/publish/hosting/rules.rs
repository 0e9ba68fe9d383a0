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
