//! What a case leaves to the maker: the rules in its `dont-care.txt`.
//!
//! One rule a line; blank lines and lines that begin with `#` are skipped. `NAMES` is the name of a file below the
//! built folder; in it `*` stands for any text, `/` too, and `?` for one character.
//!
//! ```text
//! ignore    NAMES           such files are left out
//! present   NAMES           such files must be there; what is in them is free
//! unordered NAMES           in such HTML and XML files only which tags and words there are counts, not their order
//! mask      NAMES PATTERN   what the regular expression matches is taken out of such files before they are compared
//! drop      NAMES KEY       this key at the top of such JSON files is left out
//! ```

use std::fs;
use std::path::Path;

use fancy_regex::Regex;

/// The rules of one case.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    ignore: Vec<Regex>,
    present: Vec<Regex>,
    unordered: Vec<Regex>,
    mask: Vec<(Regex, Regex)>,
    drop: Vec<(Regex, String)>,
}

impl Rules {
    /// Reads the rules in a file; without a file there are none.
    pub(crate) fn read(file: &Path) -> Result<Self, String> {
        let mut rules = Self::default();
        if file.exists() {
            let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
            for (number, line) in (1..).zip(text.lines()) {
                rules.add(line.trim()).map_err(|problem| format!("{}:{number}: {problem}", file.display()))?;
            }
        }
        Ok(rules)
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let (kind, rest) = word(line);
        let (names, rest) = word(rest);
        let names = pattern(&format!("^{}$", fancy_regex::escape(names).replace(r"\*", ".*").replace(r"\?", ".")))?;
        match (kind, rest) {
            ("ignore", "") => self.ignore.push(names),
            ("present", "") => self.present.push(names),
            ("unordered", "") => self.unordered.push(names),
            ("mask", masked) if !masked.is_empty() => self.mask.push((names, pattern(masked)?)),
            ("drop", key) if !key.is_empty() => self.drop.push((names, key.into())),
            _ => return Err(format!("this is not a rule: {line}")),
        }
        Ok(())
    }

    /// Whether a file is left out.
    pub(super) fn ignores(&self, name: &str) -> bool {
        any(&self.ignore, name)
    }

    /// Whether it is enough that a file is there.
    pub(super) fn only_presence(&self, name: &str) -> bool {
        any(&self.present, name)
    }

    /// Whether a file's tags and words may stand in another order.
    pub(super) fn unordered(&self, name: &str) -> bool {
        any(&self.unordered, name)
    }

    /// The text of a file without what is masked.
    pub(super) fn masked(&self, name: &str, text: String) -> String {
        let masks = self.mask.iter().filter(|(names, _)| matches(names, name));
        masks.fold(text, |text, (_, masked)| masked.replace_all(&text, "").into_owned())
    }

    /// The keys of a JSON file that are left out.
    pub(super) fn dropped(&self, name: &str) -> Vec<&str> {
        self.drop.iter().filter(|(names, _)| matches(names, name)).map(|(_, key)| key.as_str()).collect()
    }
}

fn word(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim_start())
}

fn pattern(text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| format!("{text}: {error}"))
}

fn any(rules: &[Regex], name: &str) -> bool {
    rules.iter().any(|names| matches(names, name))
}

fn matches(names: &Regex, name: &str) -> bool {
    names.is_match(name).expect("a pattern of names does not backtrack far")
}
