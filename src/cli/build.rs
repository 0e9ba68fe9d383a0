//! `huta build`.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::print;
use crate::diagnostic::Words;
use crate::{BuildOptions, build};

/// Arguments of `huta build`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to write the site [default: `output_dir` of the configuration]
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,

    /// Address the site is published at [default: `base_url` of the configuration]
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,

    /// Build drafts too
    #[arg(long)]
    drafts: bool,

    /// The day to build for [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

pub(super) fn run(root: PathBuf, words: Option<Words>, args: Args) -> ExitCode {
    let options = BuildOptions {
        output_dir: args.output_dir,
        base_url: args.base_url,
        drafts: args.drafts,
        now: now(args.today),
        ..BuildOptions::new(root)
    };
    let outcome = build(&options);
    print::outcome(&outcome, print::words(words, &outcome));
    if outcome.succeeded() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The instant of the build: the asked day, else `SOURCE_DATE_EPOCH` (seconds; reproducible-builds.org), else the clock.
pub(super) fn now(today: Option<Date>) -> Timestamp {
    let asked = today.and_then(|day| day.to_zoned(TimeZone::UTC).ok()).map(|midnight| midnight.timestamp());
    let epoch = || {
        let seconds = std::env::var("SOURCE_DATE_EPOCH").ok()?.parse().ok()?;
        Timestamp::from_second(seconds).ok()
    };
    asked.or_else(epoch).unwrap_or_else(Timestamp::now)
}
