//! `huta check`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::civil::Date;

use super::print::{self, Printer};
use super::waiting::Waiting;
use super::{Global, build, readability};
use crate::diagnostic::{Format, Told};
use crate::{BuildOptions, CheckOptions, check};

/// Arguments of `huta check`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders to speak of [default: the whole site]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How to print what is found
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: FormatName,

    /// Measure how plain the texts are, and hold them against the limits of the configuration
    #[arg(long)]
    readability: bool,

    /// Show every place that could be plainer (with --readability)
    #[arg(long, requires = "readability")]
    hints: bool,

    /// Ask other sites whether links to them lead anywhere
    #[arg(long)]
    external: bool,

    /// Check drafts too
    #[arg(long)]
    drafts: bool,

    /// The day to check for [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// For people
    Text,
    /// For programs
    Json,
    /// Annotations of a pull request on GitHub
    Github,
    /// SARIF 2.1.0, for tools that gather what checkers say
    Sarif,
}

pub(super) fn run(global: &Global, args: Args) -> ExitCode {
    let now = match build::now(args.today) {
        Ok(now) => now,
        Err(why) => return print::usage_error(&why, global.words()),
    };
    let options =
        BuildOptions { config: global.config.clone(), drafts: args.drafts, now, ..BuildOptions::new(&global.root) };
    let asked = CheckOptions { readability: args.readability, external: args.external, paths: args.paths };
    let waiting = Waiting::begin(options.progress.clone(), global.words(), global.quiet);
    let checked = check(&options, &asked);
    drop(waiting);
    let words = global.words_of(checked.words);
    let printer = Printer::new(words, global.quiet);
    let hints = checked.readability.iter().flat_map(|report| &report.pages).flat_map(|page| &page.hints);
    let told = [&checked.diagnostics[..], &hints.filter(|_| args.hints).cloned().collect::<Vec<_>>()].concat();
    let format = match args.format {
        FormatName::Text => Format::Text,
        FormatName::Json => Format::Json,
        FormatName::Github => Format::Github,
        FormatName::Sarif => Format::Sarif,
    };
    if format == Format::Text {
        if let Some(report) = &checked.readability {
            print::out(&readability::table(report, words));
        }
        printer.diagnostics(&told);
    } else {
        let extra = checked.readability.as_ref().map(readability::json);
        let prefix = print::prefix(&checked.root);
        let extra = extra.as_ref();
        print::out(&format.print(&Told { diagnostics: &told, words, prefix: &prefix, pages: checked.pages, extra }));
    }
    printer.checked(&checked, &told);
    if checked.succeeded() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
