//! Twins of pages, for other sites to show.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The `[embed]` table, huta's own: without one there are no twins.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EmbedConfig {
    /// Where twins are: a folder at the home of each language.
    pub folder: String,
    /// Width of a frame whose script does not run and whose host does not say, in CSS pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Its height by the template of the page (`place.html`).
    pub heights: BTreeMap<String, u32>,
    /// Which sites may show twins: sources of the policy's `frame-ancestors`.
    pub frame_ancestors: Vec<String>,
}

impl Default for EmbedConfig {
    fn default() -> Self {
        Self {
            folder: "embed".into(),
            width: 640,
            height: 480,
            heights: BTreeMap::new(),
            frame_ancestors: vec!["*".into()],
        }
    }
}

impl EmbedConfig {
    /// Height of a frame for the twin of a page with this template, in CSS pixels.
    #[must_use]
    pub fn height(&self, template: &str) -> u32 {
        self.heights.get(template).copied().unwrap_or(self.height)
    }

    /// A source that no header can name.
    pub(super) fn wrong_source(&self) -> Option<&str> {
        // What ends a directive, a quotation or a line would change the rest of the header.
        let is_source = |source: &&String| {
            !source.is_empty() && source.bytes().all(|b| b.is_ascii_graphic() && !b";,\"\\`{}$".contains(&b))
        };
        self.frame_ancestors.iter().find(|source| !is_source(source)).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_header_can_name() {
        let embed = |text: &str| toml::from_str::<EmbedConfig>(text).unwrap();
        assert_eq!(embed("frame_ancestors = [\"'self'\", \"https://*.krakow.pl\"]").wrong_source(), None);
        for source in ["", "a b", "https://x; script-src *", "\\\"", "$uri"] {
            let wrong = embed(&format!("frame_ancestors = [\"{source}\"]")).wrong_source().is_some();
            assert!(wrong, "{source}");
        }
    }
}
