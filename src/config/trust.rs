//! Which content may do what otherwise only templates may.

use std::sync::OnceLock;

use globset::GlobSet;
use serde::Deserialize;

use super::{Config, FILE_NAMES};
use crate::source::glob_set;

/// The `[trust]` table, huta's own. What is not trusted is cleaned: HTML, addresses, calls of templates, files.
///
/// A site configured by `zola.toml` or `config.toml` trusts everything it does not mention, as Zola does.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustConfig {
    /// Globs of paths below `content/`: files that are published as they are.
    pub content: Option<Vec<String>>,
    /// Globs of names: components whose HTML stays as it is when a text that is not trusted calls them. What they are told
    /// comes from that text.
    pub components: Option<Vec<String>>,
    /// Globs of names: environment variables that `get_env` may read.
    pub environment: Option<Vec<String>>,
    /// All of them, read once.
    #[serde(skip)]
    compiled: OnceLock<[GlobSet; 3]>,
}

impl Config {
    /// Whether a file below the content folder may do what templates may. The name may begin with `content/`.
    #[must_use]
    pub fn trusts(&self, file: &str) -> bool {
        self.trusted()[0].is_match(file.strip_prefix("content/").unwrap_or(file))
    }

    /// Whether templates may read an environment variable.
    #[must_use]
    pub fn trusts_variable(&self, name: &str) -> bool {
        self.trusted()[1].is_match(name)
    }

    /// Whether what a component writes stays as it is wherever it is called.
    #[must_use]
    pub fn trusts_component(&self, name: &str) -> bool {
        self.trusted()[2].is_match(name)
    }

    fn trusted(&self) -> &[GlobSet; 3] {
        let everything = if self.source.file.ends_with(FILE_NAMES[0]) { &[][..] } else { &["**".to_string()][..] };
        self.trust.compiled.get_or_init(|| {
            let globs = |asked: &Option<Vec<String>>| glob_set(asked.as_deref().unwrap_or(everything));
            [&self.trust.content, &self.trust.environment, &self.trust.components].map(globs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(file: &str, text: &str) -> Config {
        let config: Config = toml::from_str(&format!("base_url = \"https://a.pl\"\n{text}")).unwrap();
        let source = crate::diagnostic::SourceText { file: file.into(), ..config.source.clone() };
        Config { source, ..config }
    }

    #[test]
    fn a_site_of_ours_trusts_what_it_names() {
        let none = config("huta.toml", "");
        assert!(!none.trusts("content/a/index.md") && !none.trusts_variable("HOME"));
        let some =
            config("huta.toml", "[trust]\ncontent = [\"o/**\"]\nenvironment = [\"HUTA_*\"]\ncomponents = [\"a.*\"]");
        assert!(some.trusts("content/o/a/index.md") && some.trusts("o/x.html"));
        assert!(!some.trusts("content/p/o/index.md") && !some.trusts(""));
        assert!(some.trusts_component("a.b") && !some.trusts_component("b") && !none.trusts_component("a.b"));
        assert!(some.trusts_variable("HUTA_X") && !some.trusts_variable("SECRET_HUTA_X"));
    }

    #[test]
    fn a_site_of_zola_trusts_everything_until_it_says_otherwise() {
        let all = config("zola.toml", "");
        assert!(all.trusts("content/a/index.md") && all.trusts("") && all.trusts_variable("HOME"));
        let none = config("config.toml", "[trust]\ncontent = []\nenvironment = []");
        assert!(!none.trusts("content/a/index.md") && !none.trusts_variable("HOME"));
    }
}
