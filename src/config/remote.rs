//! What templates may fetch from the network.

use std::time::Duration;

use serde::Deserialize;

/// The `[remote]` table, huta's own: without it a build never goes to the network.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RemoteConfig {
    /// Addresses that `load_data` may fetch: each entry allows what it is the beginning of.
    pub allow: Vec<String>,
    /// Most seconds one request may take.
    pub time_limit: u64,
    /// Most bytes one answer may have.
    pub size_limit: u64,
}

impl Default for RemoteConfig {
    fn default() -> Self {
        Self { allow: vec![], time_limit: 10, size_limit: 10_000_000 }
    }
}

impl RemoteConfig {
    /// Whether an address may be fetched. An entry ends at a boundary: `https://a.pl` allows `https://a.pl/x`, not
    /// `https://a.pl.example` and not `https://a.pl@example.org`.
    #[must_use]
    pub fn allows(&self, url: &str) -> bool {
        self.allow.iter().any(|allowed| {
            !allowed.is_empty()
                && url
                    .strip_prefix(allowed.as_str())
                    .is_some_and(|rest| allowed.ends_with('/') || rest.is_empty() || rest.starts_with(['/', '?', '#']))
        })
    }

    /// Most time one request may take.
    #[must_use]
    pub fn time_limit(&self) -> Duration {
        Duration::from_secs(self.time_limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_ends_at_a_boundary() {
        let remote =
            RemoteConfig { allow: vec!["https://a.pl".into(), "https://b.pl/data/".into()], ..RemoteConfig::default() };
        for yes in ["https://a.pl", "https://a.pl/x", "https://a.pl?q", "https://b.pl/data/x.json"] {
            assert!(remote.allows(yes), "{yes}");
        }
        for no in [
            "https://a.pl.example/x",
            "https://a.pl@evil.example",
            "https://a.plx",
            "http://a.pl/",
            "https://b.pl/",
            "https://b.pl/data",
        ] {
            assert!(!remote.allows(no), "{no}");
        }
        assert!(!RemoteConfig::default().allows("https://a.pl"));
    }
}
