//! Diagnostics and summaries on the terminal.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::diagnostic::{Diagnostic, Severity, Text, Words, print_text};
use crate::language::Noun;
use crate::{Checked, Outcome};

const PAGES: Noun = Noun { pl: ["stronę", "strony", "stron"], en: ["page", "pages"] };
const FILES: Noun = Noun { pl: ["plik", "pliki", "plików"], en: ["file", "files"] };
const FEATURES: Noun = Noun { pl: ["obiekt", "obiekty", "obiektów"], en: ["feature", "features"] };
const ERRORS: Noun = Noun { pl: ["błąd", "błędy", "błędów"], en: ["error", "errors"] };
const WARNINGS: Noun = Noun { pl: ["ostrzeżenie", "ostrzeżenia", "ostrzeżeń"], en: ["warning", "warnings"] };
const HINTS: Noun = Noun { pl: ["wskazówka", "wskazówki", "wskazówek"], en: ["hint", "hints"] };

/// Words of messages: as asked, else the site's, else the environment's.
pub(super) fn words(asked: Option<Words>, outcome: &Outcome) -> Words {
    asked.or(outcome.words).unwrap_or_else(environment)
}

/// Words for the language of the environment (`LC_ALL`, else `LANG`).
pub(super) fn environment() -> Words {
    let name = ["LC_ALL", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok()).find(|name| !name.is_empty());
    Words::for_language(name.unwrap_or_default().split(['_', '.']).next().unwrap_or_default())
}

/// Says what is wrong with the way the program was called; the exit status is that of a wrong argument.
pub(super) fn usage_error(why: &Text, words: Words) -> ExitCode {
    let error = match words {
        Words::Polish => "błąd",
        Words::English => "error",
    };
    eprintln!("{error}: {}", why.get(words));
    ExitCode::from(2)
}

/// Prints a text to standard output.
pub(super) fn out(text: &str) {
    // Nobody is left to tell when standard output is closed.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// The site's folder as it is seen from the current one, with a slash at its end: what comes before a file of the site for
/// a program that reads paths from here. Empty when the two are one.
pub(super) fn prefix(root: &Path) -> String {
    let (Ok(here), Ok(root)) = (std::env::current_dir().and_then(std::fs::canonicalize), root.canonicalize()) else {
        return String::new();
    };
    let below = root.strip_prefix(&here).unwrap_or(&root);
    let path = below.to_string_lossy().replace('\\', "/");
    if path.is_empty() { path } else { format!("{path}/") }
}

/// Prints for one reader.
pub(super) struct Printer {
    words: Words,
    /// Says nothing but errors.
    quiet: bool,
}

impl Printer {
    pub(super) fn new(words: Words, quiet: bool) -> Self {
        Self { words, quiet }
    }

    /// Prints everything a build has to say to standard error, and one line of what it did.
    pub(super) fn outcome(&self, outcome: &Outcome) {
        let counted = self.counted(&outcome.diagnostics);
        let pages = self.number(&PAGES, outcome.pages);
        let summary = match (outcome.files.map(|files| self.number(&FILES, files)), self.words) {
            (Some(files), Words::English) => format!("built {pages}, {files}; {counted}"),
            (Some(files), Words::Polish) => format!("zbudowano {pages}, {files}; {counted}"),
            (None, Words::English) => format!("not built: {counted}; the previous site is unchanged"),
            (None, Words::Polish) => format!("nie zbudowano: {counted}; poprzednia witryna została bez zmian"),
        };
        self.diagnostics(&outcome.diagnostics);
        self.line(&summary);
    }

    /// Prints everything an import of a base map has to say to standard error, and one line of what it did: how many
    /// features the map has, or that there is none.
    pub(super) fn import(&self, told: &[Diagnostic], features: Option<usize>) {
        let counted = self.counted(told);
        let summary = match (features.map(|features| self.number(&FEATURES, features)), self.words) {
            (Some(features), Words::English) => format!("imported {features}; {counted}"),
            (Some(features), Words::Polish) => format!("zaimportowano {features}; {counted}"),
            (None, Words::English) => format!("not imported: {counted}; no map was written"),
            (None, Words::Polish) => format!("nie zaimportowano: {counted}; mapy nie zapisano"),
        };
        self.diagnostics(told);
        self.line(&summary);
    }

    /// Prints to standard error one line of what a check found.
    pub(super) fn checked(&self, checked: &Checked, told: &[Diagnostic]) {
        let (pages, counted) = (self.number(&PAGES, checked.pages), self.counted(told));
        let elsewhere = match (checked.elsewhere, self.words) {
            (0, _) => String::new(),
            (errors, Words::English) => format!(" (and {} in other files)", ERRORS.en(errors)),
            (errors, Words::Polish) => format!(" (i {} w innych plikach)", ERRORS.pl(errors)),
        };
        self.line(&match self.words {
            Words::English => format!("checked {pages}: {counted}{elsewhere}"),
            Words::Polish => format!("sprawdzono {pages}: {counted}{elsewhere}"),
        });
    }

    /// Prints diagnostics to standard error, an empty line after each.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        let mut out = std::io::stderr().lock();
        let colour = wants_colour(out.is_terminal(), |name| std::env::var(name).ok());
        let mut text = String::new();
        for diagnostic in diagnostics.iter().filter(|told| !self.quiet || told.severity == Severity::Error) {
            text.push_str(&print_text(diagnostic, self.words, colour));
            text.push_str("\n\n");
        }
        // Nobody is left to tell when standard error is closed.
        let _ = out.write_all(text.as_bytes());
    }

    /// Prints a line to standard error, unless only errors are wanted.
    pub(super) fn line(&self, line: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }

    /// How many there are of each severity, the ones that are there.
    fn counted(&self, told: &[Diagnostic]) -> String {
        let count = |severity| told.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        let all = [(&ERRORS, Severity::Error), (&WARNINGS, Severity::Warning), (&HINTS, Severity::Hint)];
        let found = all.into_iter().map(|(noun, severity)| (noun, count(severity))).filter(|(_, count)| *count > 0);
        let list: Vec<String> = found.map(|(noun, count)| self.number(noun, count)).collect();
        match (list.is_empty(), self.words) {
            (false, _) => list.join(", "),
            (true, Words::English) => "nothing to mend".into(),
            (true, Words::Polish) => "nic do poprawy".into(),
        }
    }

    fn number(&self, noun: &Noun, n: usize) -> String {
        match self.words {
            Words::English => noun.en(n),
            Words::Polish => noun.pl(n),
        }
    }
}

/// Whether messages are coloured: on a terminal, unless `NO_COLOR` is set or `CLICOLOR` is 0; `CLICOLOR_FORCE` colours them
/// everywhere (no-color.org, bixense.com/clicolors).
fn wants_colour(is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let is_off = |name: &str| variable(name).as_deref() == Some("0");
    if is_set("NO_COLOR") {
        return false;
    }
    (is_set("CLICOLOR_FORCE") && !is_off("CLICOLOR_FORCE")) || (is_terminal && !is_off("CLICOLOR"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_follow_the_environment() {
        let wants = |terminal, set: &'static str| {
            wants_colour(terminal, move |name| {
                set.split(' ')
                    .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
                    .map(|(_, v)| v.into())
            })
        };
        assert!(wants(true, "") && !wants(false, ""));
        assert!(!wants(true, "NO_COLOR=1") && !wants(true, "CLICOLOR=0") && wants(false, "CLICOLOR_FORCE=1"));
        assert!(!wants(false, "CLICOLOR_FORCE=1 NO_COLOR=1") && !wants(false, "CLICOLOR_FORCE=0"));
    }
}
