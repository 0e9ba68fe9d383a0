//! Diagnostics and summaries on the terminal.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use crate::diagnostic::{Diagnostic, Severity, Words, print_text};
use crate::{Checked, Outcome};

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
pub(super) fn usage_error(why: &str) -> ExitCode {
    eprintln!("error: {why}");
    ExitCode::from(2)
}

/// Prints everything a build has to say to standard error, and one line of what it did.
pub(super) fn outcome(outcome: &Outcome, words: Words) {
    let errors = errors(&outcome.diagnostics);
    let pages = outcome.pages;
    let summary = match (outcome.files, words) {
        (Some(files), Words::English) => format!("built: {pages} pages, {files} files\n"),
        (Some(files), Words::Polish) => format!("zbudowano: stron {pages}, plików {files}\n"),
        (None, Words::English) => format!("not built: errors: {errors}; the previous site is unchanged\n"),
        (None, Words::Polish) => format!("nie zbudowano: błędów {errors}; poprzednia witryna została bez zmian\n"),
    };
    diagnostics(&outcome.diagnostics, &summary, words);
}

/// Prints everything an import of a base map has to say to standard error, and one line of what it did: how many features
/// the map has, or that there is none.
pub(super) fn import(told: &[Diagnostic], features: Option<usize>, words: Words) {
    let errors = errors(told);
    let summary = match (features, words) {
        (Some(features), Words::English) => format!("imported: {features} features\n"),
        (Some(features), Words::Polish) => format!("zaimportowano: obiektów {features}\n"),
        (None, Words::English) => format!("not imported: errors: {errors}; no map was written\n"),
        (None, Words::Polish) => format!("nie zaimportowano: błędów {errors}; mapy nie zapisano\n"),
    };
    diagnostics(told, &summary, words);
}

/// Prints everything a check has to say to standard error, the hints of its report after the rest, and one line of how
/// many there are.
pub(super) fn checked(checked: &Checked, hints: &[Diagnostic], words: Words) {
    let told = [&checked.diagnostics[..], hints].concat();
    let count = |severity| told.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let (errors, warnings, hints) = (count(Severity::Error), count(Severity::Warning), count(Severity::Hint));
    let pages = checked.pages;
    let summary = match words {
        Words::English => format!("checked: {pages} pages, errors: {errors}, warnings: {warnings}, hints: {hints}\n"),
        Words::Polish => {
            format!("sprawdzono: stron {pages}, błędów {errors}, ostrzeżeń {warnings}, wskazówek {hints}\n")
        }
    };
    diagnostics(&told, &summary, words);
}

/// Prints a text to standard output.
pub(super) fn out(text: &str) {
    // Nobody is left to tell when standard output is closed.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn errors(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
}

/// Prints diagnostics and a summary.
fn diagnostics(diagnostics: &[Diagnostic], summary: &str, words: Words) {
    let mut out = std::io::stderr().lock();
    let colour = wants_colour(out.is_terminal(), |name| std::env::var(name).ok());
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&print_text(diagnostic, words, colour));
        text.push_str("\n\n");
    }
    text.push_str(summary);
    // Nobody is left to tell when standard error is closed.
    let _ = out.write_all(text.as_bytes());
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
