//! `huta status`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::aligned::aligned;
use super::print::{self, Printer};
use super::{Global, build};
use crate::diagnostic::{Code, Diagnostic, Span, Words};
use crate::language::Noun;
use crate::publish::write_file;
use crate::source::relative;
use crate::translation::{Row, Stamp, State, Status, stamped};
use crate::{BuildOptions, Standing, status, text};

const STAMPED: Noun = Noun {
    pl: [
        "tłumaczenie oznaczono jako aktualne",
        "tłumaczenia oznaczono jako aktualne",
        "tłumaczeń oznaczono jako aktualne",
    ],
    en: ["translation is marked as current", "translations are marked as current"],
};

/// Arguments of `huta status`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Mark a translation as current, or all in a folder; can be given several
    #[arg(long, value_name = "PATH", num_args = 1..)]
    stamp: Vec<PathBuf>,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: FormatName,

    /// The day to look at it [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// For people
    Text,
    /// For programs
    Json,
}

pub(super) fn run(global: &Global, args: &Args) -> ExitCode {
    let now = match build::now(args.today) {
        Ok(now) => now,
        Err(why) => return print::usage_error(&why, global.words()),
    };
    let options = BuildOptions { config: global.config.clone(), drafts: true, now, ..BuildOptions::new(&global.root) };
    let standing = status(&options);
    let words = global.words_of(standing.words);
    let printer = Printer::new(words, global.quiet);
    printer.diagnostics(&standing.diagnostics);
    let Some(found) = &standing.status else { return ExitCode::FAILURE };
    if !args.stamp.is_empty() {
        return stamp(&standing, found, &args.stamp, words, &printer);
    }
    match args.format {
        FormatName::Text => print::out(&table(found, words)),
        FormatName::Json => print::out(&(format!("{:#}", json(found, words)) + "\n")),
    }
    if standing.diagnostics.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Marks translations as current. With anything wrong nothing is written.
fn stamp(standing: &Standing, status: &Status, paths: &[PathBuf], words: Words, printer: &Printer) -> ExitCode {
    let root = standing.root.canonicalize().unwrap_or_else(|_| standing.root.clone());
    let mut chosen: Vec<&Row> = vec![];
    let mut wrong = vec![];
    for path in paths {
        // From the current folder, else from the site's.
        let tries = [path.clone(), root.join(path)];
        let mut whole = tries.iter().filter_map(|path| path.canonicalize().ok());
        let below = whole.find(|whole| whole.starts_with(root.join("content"))).map(|whole| relative(&whole, &root));
        let Some(below) = below else {
            let name = path.display();
            wrong.push(
                Diagnostic::error(
                    Code::UnknownPath,
                    Span::file(name.to_string()),
                    text!("w treści witryny nie ma „{name}”", "the site's content has no `{name}`"),
                )
                .help(text!(
                    "podaj plik z tłumaczeniem, np. content/miejsca/kopiec-wandy/index.en.md",
                    "name the file of a translation, for example content/miejsca/kopiec-wandy/index.en.md"
                )),
            );
            continue;
        };
        let is_below = |row: &&Row| Path::new("content").join(&row.file).starts_with(&below);
        let before = chosen.len();
        chosen.extend(status.rows.iter().filter(|row| row.translation.is_some()).filter(is_below));
        if chosen.len() == before {
            wrong.push(not_a_translation(status, &below));
        }
    }
    if wrong.is_empty() {
        for row in &chosen {
            let Some(translation) = &row.translation else { continue };
            let file = root.join(&translation.text.file);
            wrong.extend(write_file(&file, &stamped(translation, &Stamp::of(&row.parts)), true).err());
        }
    }
    if !wrong.is_empty() {
        printer.diagnostics(&wrong);
        printer.line(match words {
            Words::Polish => "niczego nie oznaczono",
            Words::English => "nothing was marked",
        });
        return ExitCode::FAILURE;
    }
    printer.line(&match words {
        Words::Polish => STAMPED.pl(chosen.len()),
        Words::English => STAMPED.en(chosen.len()),
    });
    ExitCode::SUCCESS
}

fn not_a_translation(status: &Status, below: &str) -> Diagnostic {
    let own = status.rows.iter().find(|row| row.original.text.file == below);
    let told = Diagnostic::error(
        Code::NotATranslation,
        Span::file(below),
        text!("to nie jest tłumaczenie", "this is not a translation"),
    );
    match own {
        Some(row) => {
            let file = &row.file;
            told.help(text!(
                "to oryginał; znacznik ma tłumaczenie: content/{file}",
                "this is the original; the translation bears the mark: content/{file}"
            ))
        }
        None => told.help(text!(
            "tłumaczenie nazywa się jak oryginał, z językiem przed .md: index.en.md",
            "a translation is called like its original, with the language before .md: index.en.md"
        )),
    }
}

/// Sections with how many of their translations stand how, then what is to be done.
fn table(status: &Status, words: Words) -> String {
    let order = ["current", "stale", "unstamped", "missing"];
    let heads = match words {
        Words::Polish => ["dział", "aktualne", "nieaktualne", "bez znacznika", "brak"],
        Words::English => ["section", "current", "stale", "unmarked", "missing"],
    };
    let mut counts: BTreeMap<(&str, &str), [usize; 4]> = BTreeMap::new();
    let mut total: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for row in &status.rows {
        let at = order.iter().position(|name| *name == row.state.as_str()).unwrap_or_default();
        counts.entry((&row.section, &row.language)).or_default()[at] += 1;
        total.entry(&row.language).or_default()[at] += 1;
    }
    let line = |name: String, counts: &[usize; 4]| [vec![name], counts.iter().map(usize::to_string).collect()].concat();
    let mut rows = vec![Some(heads.map(String::from).to_vec())];
    for ((section, language), counts) in &counts {
        let name = if section.is_empty() { "content".into() } else { format!("{section}/") };
        rows.push(Some(line(format!("{name} ({language})"), counts)));
    }
    rows.push(None);
    for (language, counts) in &total {
        let whole = match words {
            Words::Polish => "cała witryna",
            Words::English => "whole site",
        };
        rows.push(Some(line(format!("{whole} ({language})"), counts)));
    }
    let mut out = aligned(&rows, false);
    let titles = match words {
        Words::Polish => {
            ["Nieaktualne: oryginał się zmienił", "Bez znacznika: nie wiadomo, czy aktualne", "Brak tłumaczenia"]
        }
        Words::English => {
            ["Stale: the original has changed", "Unmarked: nobody knows whether they are current", "Missing"]
        }
    };
    for (name, title) in order.iter().skip(1).zip(titles) {
        let of: Vec<&Row> = status.rows.iter().filter(|row| row.state.as_str() == *name).collect();
        if of.is_empty() {
            continue;
        }
        let _ = write!(out, "\n{title}\n");
        for row in of {
            let _ = writeln!(out, "  content/{}", row.file);
            if let State::Stale(changes) = &row.state {
                for change in changes {
                    let _ = writeln!(out, "    {}", row.change(change).get(words));
                }
            }
        }
    }
    if !status.unverified.is_empty() {
        let title = match words {
            Words::Polish => "Fakty dawno niesprawdzane",
            Words::English => "Facts not checked for long",
        };
        let never = match words {
            Words::Polish => "nigdy",
            Words::English => "never",
        };
        let _ = write!(out, "\n{title}\n");
        for page in &status.unverified {
            let day = page.verified.map_or_else(|| never.to_string(), |day| day.to_string());
            let _ = writeln!(out, "  content/{}  {day}", page.file);
        }
    }
    out
}

/// `{version, translations: [{section, file, original, language, state, changes}], unverified: [{file, verified}]}`.
fn json(status: &Status, words: Words) -> Value {
    let rows = status.rows.iter().map(|row| {
        let changes: Vec<&str> = vec![];
        let mut value = json!({
            "section": row.section,
            "file": format!("content/{}", row.file),
            "original": row.original.text.file,
            "language": row.language,
            "state": row.state.as_str(),
            "changes": changes,
        });
        if let State::Stale(changes) = &row.state {
            value["changes"] = changes.iter().map(|change| row.change(change).get(words).to_string()).collect();
        }
        value
    });
    let unverified = status.unverified.iter().map(|page| {
        json!({ "file": format!("content/{}", page.file), "verified": page.verified.map(|day| day.to_string()) })
    });
    json!({
        "version": 1,
        "translations": rows.collect::<Vec<_>>(),
        "unverified": unverified.collect::<Vec<_>>(),
    })
}
