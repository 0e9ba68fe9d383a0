//! How the built site is given to those who host it.

use serde::Deserialize;

/// The `[hosting]` table, huta's own: without one a site is built as Zola builds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HostingConfig {
    /// Text files get compressed siblings: `br`, `gz`.
    pub precompress: Vec<Encoding>,
    /// What `get_url(…, cachebust=true)` names has a hash of its bytes in its name, and may be cached for ever.
    pub hashed_names: bool,
    /// What tells a host or a browser which headers the site wants.
    pub headers: Vec<HeaderFile>,
    /// What the site's own pages may ask the browser for, in the words of `Permissions-Policy`: `geolocation`.
    pub permissions: Vec<String>,
}

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// Brotli.
    Br,
    /// gzip.
    Gz,
}

impl Encoding {
    /// What is added to a file's name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Br => ".br",
            Self::Gz => ".gz",
        }
    }
}

/// A way to say which headers a site wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum HeaderFile {
    /// `_headers`, as Netlify and Cloudflare read it.
    #[serde(rename = "_headers")]
    Headers,
    /// A snippet for nginx.
    #[serde(rename = "nginx")]
    Nginx,
    /// A snippet for Caddy.
    #[serde(rename = "caddy")]
    Caddy,
    /// The content security policy in every page, for hosts that send no headers.
    #[serde(rename = "meta")]
    Meta,
}

impl HostingConfig {
    /// Whether a way to say headers was asked for.
    #[must_use]
    pub fn wants(&self, file: HeaderFile) -> bool {
        self.headers.contains(&file)
    }

    /// A permission that no header can name.
    pub(super) fn wrong_permission(&self) -> Option<&str> {
        let is_name = |name: &&String| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        self.permissions.iter().find(|name| !is_name(name)).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_header_can_name() {
        let hosting = |text: &str| toml::from_str::<HostingConfig>(text).unwrap();
        assert_eq!(hosting("permissions = [\"geolocation\", \"screen-wake-lock\"]").wrong_permission(), None);
        assert_eq!(hosting("permissions = [\"geolocation=*\"]").wrong_permission(), Some("geolocation=*"));
    }
}
