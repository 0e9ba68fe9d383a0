//! `huta check`.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;

use super::{build, print, readability};
use crate::diagnostic::Words;
use crate::{BuildOptions, check};

/// Arguments of `huta check`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Measure how plain the texts are, and hold them against the limits of the configuration
    #[arg(long)]
    readability: bool,

    /// Show every place that could be plainer (with --readability)
    #[arg(long, requires = "readability")]
    hints: bool,

    /// Check drafts too
    #[arg(long)]
    drafts: bool,

    /// The day to check for [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

pub(super) fn run(root: PathBuf, config: Option<PathBuf>, words: Option<Words>, args: &Args) -> ExitCode {
    let now = match build::now(args.today) {
        Ok(now) => now,
        Err(why) => return print::usage_error(&why),
    };
    let options = BuildOptions { config, drafts: args.drafts, now, ..BuildOptions::new(root) };
    let checked = check(&options, args.readability);
    let words = words.or(checked.words).unwrap_or_else(print::environment);
    let hints = checked.readability.iter().flat_map(|report| &report.pages).flat_map(|page| &page.hints);
    let shown: Vec<_> = hints.filter(|_| args.hints).cloned().collect();
    if let Some(report) = &checked.readability {
        print::out(&readability::table(report, words));
    }
    print::checked(&checked, &shown, words);
    if checked.succeeded() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
