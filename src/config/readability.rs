//! How hard texts may be to read.

use serde::Deserialize;

use super::Config;

/// An entry of `[[readability]]`, huta's own: the limits of a section. What is not said has no limit.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReadabilityConfig {
    /// Folder below `content/`; nothing for all of it. The longest one that holds a file applies, alone.
    pub section: String,
    /// Highest fog index of a Polish text.
    pub fog: Option<f64>,
    /// Most words of a sentence on average.
    pub mean: Option<f64>,
    /// Most words of a sentence.
    pub longest: Option<usize>,
    /// Lowest Flesch Reading Ease of an English text.
    pub flesch: Option<f64>,
    /// Whether what is beyond a limit is an error of `huta check --readability`, not a warning.
    pub fail: bool,
}

impl ReadabilityConfig {
    /// The folder without slashes at its ends.
    fn folder(&self) -> &str {
        self.section.trim_matches('/')
    }

    /// Whether a file (path below `content/`) is in the section.
    fn holds(&self, file: &str) -> bool {
        let folder = self.folder();
        folder.is_empty() || file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The first key whose value cannot be right.
    pub(super) fn wrong_key(&self) -> Option<&'static str> {
        let is_limit = |limit: Option<f64>| limit.is_none_or(|limit| limit > 0.0 && limit <= 100.0);
        let is_folder =
            !self.section.contains('\\') && self.folder().split('/').all(|part| part != "." && part != "..");
        [
            ("section", !is_folder),
            ("fog", !is_limit(self.fog)),
            ("mean", !is_limit(self.mean)),
            ("longest", self.longest == Some(0)),
            ("flesch", !is_limit(self.flesch)),
        ]
        .into_iter()
        .find_map(|(key, wrong)| wrong.then_some(key))
    }

    /// The first entry for a folder that an entry before it is for.
    pub(super) fn repeated(entries: &[Self]) -> Option<usize> {
        (1..entries.len()).find(|at| entries[..*at].iter().any(|earlier| earlier.folder() == entries[*at].folder()))
    }
}

impl Config {
    /// The limits of a file (path below `content/`): those of the longest section that holds it.
    #[must_use]
    pub fn readability(&self, file: &str) -> Option<&ReadabilityConfig> {
        let holding = self.readability.iter().filter(|limits| limits.holds(file));
        holding.max_by_key(|limits| limits.folder().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_right() {
        let wrong = |text: &str| toml::from_str::<ReadabilityConfig>(text).unwrap().wrong_key();
        assert_eq!(wrong(""), None);
        assert_eq!(
            wrong("section = \"poradnik/\"\nfog = 9\nmean = 14.5\nlongest = 25\nflesch = 60\nfail = true"),
            None
        );
        let wrongs = ["section = \"../x\"", "fog = 0", "fog = nan", "mean = -1", "longest = 0", "flesch = 121"];
        for text in wrongs {
            assert!(wrong(text).is_some_and(|key| text.starts_with(key)), "{text}");
        }
    }

    #[test]
    fn the_longest_section_applies() {
        let config: Config = toml::from_str(
            "base_url = \"/\"\n[[readability]]\nfog = 12\n[[readability]]\nsection = \"a/b\"\nfog = 8\n\
             [[readability]]\nsection = \"/a/\"\nfog = 10",
        )
        .unwrap();
        let fog = |file: &str| config.readability(file).unwrap().fog;
        assert_eq!((fog("x.md"), fog("ab/x.md")), (Some(12.0), Some(12.0)));
        assert_eq!((fog("a/x.md"), fog("a/b/index.md")), (Some(10.0), Some(8.0)));
        assert_eq!(ReadabilityConfig::repeated(&config.readability), None);
        let twice = [ReadabilityConfig { section: "a".into(), ..Default::default() }, ReadabilityConfig::default()];
        assert_eq!(ReadabilityConfig::repeated(&[&twice[..], &[twice[0].clone()]].concat()), Some(2));
    }
}
