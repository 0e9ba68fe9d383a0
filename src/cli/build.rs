//! `huta build`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Global;
use super::print::{self, Printer};
use super::waiting::Waiting;
use crate::diagnostic::Text;
use crate::profile::Profile;
use crate::{BuildOptions, Progress, build, text};

/// Arguments of `huta build`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to write the site [default: `output_dir` of the configuration]
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,

    /// Replace the output folder even when it holds files that huta did not write
    #[arg(short, long)]
    force: bool,

    /// Minify HTML, whatever the configuration says
    #[arg(long)]
    minify: bool,

    /// Leave out compressed files (`precompress`), whatever the configuration says
    #[arg(long)]
    uncompressed: bool,

    /// Address the site is published at [default: `base_url` of the configuration]
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,

    /// Make everything anew, whatever the last build left
    #[arg(long)]
    anew: bool,

    /// Build drafts too
    #[arg(long)]
    drafts: bool,

    /// Tell where the time went: by stage, template, function and filter
    #[arg(long, value_name = "FORM", num_args = 0..=1, require_equals = true, default_missing_value = "table")]
    profile: Option<Form>,

    /// The day to build for [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

/// What a profile is printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A table, in milliseconds.
    Table,
    /// JSON.
    Json,
}

pub(super) fn run(global: &Global, args: Args) -> ExitCode {
    let now = match now(args.today) {
        Ok(now) => now,
        Err(why) => return print::usage_error(&why, global.words()),
    };
    let options = BuildOptions {
        config: global.config.clone(),
        output_dir: args.output_dir,
        force: args.force,
        minify: args.minify,
        uncompressed: args.uncompressed,
        base_url: args.base_url,
        drafts: args.drafts,
        now,
        traces: !args.anew,
        progress: args.profile.map_or_else(Progress::default, |_| Progress::profiled(Profile::recording())),
        ..BuildOptions::new(&global.root)
    };
    let waiting = Waiting::begin(options.progress.clone(), global.words(), global.quiet);
    let outcome = build(&options);
    drop(waiting);
    let words = global.words_of(outcome.words);
    Printer::new(words, global.quiet).outcome(&outcome);
    if let (Some(form), Some(report)) = (args.profile, options.progress.profile().report()) {
        print::out(&match form {
            Form::Table => report.table(words),
            Form::Json => report.json() + "\n",
        });
    }
    if outcome.succeeded() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The instant of the build: the asked day, else `SOURCE_DATE_EPOCH` (seconds; reproducible-builds.org), else the clock.
///
/// The error says what is wrong with a day or a number that cannot be used.
pub(super) fn now(today: Option<Date>) -> Result<Timestamp, Text> {
    if let Some(day) = today {
        let midnight = day.to_zoned(TimeZone::UTC).map_err(|error| text!("--today: {error}", "--today: {error}"))?;
        return Ok(midnight.timestamp());
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            let seconds = text.trim().parse().map_err(|_| {
                text!("SOURCE_DATE_EPOCH: {text:?} to nie liczba", "SOURCE_DATE_EPOCH: {text:?} is not a number")
            })?;
            Timestamp::from_second(seconds)
                .map_err(|error| text!("SOURCE_DATE_EPOCH: {error}", "SOURCE_DATE_EPOCH: {error}"))
        }
        Err(_) => Ok(Timestamp::now()),
    }
}
