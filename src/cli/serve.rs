//! `huta serve`.

use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;

use super::print::{self, Printer};
use super::{Global, build};
use crate::diagnostic::Words;
use crate::serve::{Event, ServeOptions, serve};
use crate::text;

/// Arguments of `huta serve`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Address to listen on
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    interface: IpAddr,

    /// Port to listen on; 0 takes a free one [default: 1111, or the next that is free]
    #[arg(short, long)]
    port: Option<u16>,

    /// Where to write the site [default: a folder for as long as the server runs]
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,

    /// Replace that folder even when it holds files that huta did not write
    #[arg(long)]
    force: bool,

    /// Address that pages name, the port added; `/` for addresses from the root [default: the server's]
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,

    /// Do not add the port to that address
    #[arg(long)]
    no_port_append: bool,

    /// Watch this file or folder too; can be given again
    #[arg(long, value_name = "PATH")]
    extra_watch_path: Vec<PathBuf>,

    /// Milliseconds of quiet before a rebuild, where it cannot be known that files are whole
    #[arg(short, long, value_name = "MS", default_value_t = 80)]
    debounce: u64,

    /// For Zola's sake: huta always keeps the HTML in files
    #[arg(long, hide = true)]
    store_html: bool,

    /// For Zola's sake: huta always rebuilds everything, so that no list is left stale
    #[arg(short, long, hide = true)]
    fast: bool,

    /// Open the site in the browser
    #[arg(short = 'O', long)]
    open: bool,

    /// Build drafts too
    #[arg(long)]
    drafts: bool,

    /// The day to build for [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

pub(super) fn run(global: Global, args: Args) -> ExitCode {
    let (today, words, quiet) = (args.today, global.asked_words(), global.quiet);
    if let Err(why) = build::now(today) {
        return print::usage_error(&why, words.unwrap_or_else(print::environment));
    }
    let options = ServeOptions {
        root: global.root,
        config: global.config,
        output_dir: args.output_dir,
        force: args.force,
        base_url: args.base_url,
        append_port: !args.no_port_append,
        watch: args.extra_watch_path,
        quiet: std::time::Duration::from_millis(args.debounce),
        interface: args.interface,
        port: args.port,
        drafts: args.drafts,
        words,
        // It was just seen to work; the clock is what is left.
        now: Box::new(move || build::now(today).unwrap_or_else(|_| jiff::Timestamp::now())),
    };
    let open = args.open;
    let printer = move |words: Words| Printer::new(words, quiet);
    let early = words.unwrap_or_else(print::environment);
    let result = serve(options, move |event| match event {
        Event::Listening(address) => {
            printer(early).line(&address);
            // Detached: some browsers end only when they are closed, and nothing is served before this returns.
            if open && open::that_detached(&address).is_err() {
                let told = text!(
                    "nie udało się uruchomić przeglądarki; otwórz w niej ten adres",
                    "no browser could be started; open this address in one"
                );
                printer(early).line(told.get(early));
            }
        }
        Event::Told(diagnostic) => printer(early).diagnostics(&[diagnostic]),
        Event::Built(outcome) => printer(print::words(words, outcome)).outcome(outcome),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(diagnostic) => {
            eprintln!("{}", crate::diagnostic::print_text(&diagnostic, early, false));
            ExitCode::FAILURE
        }
    }
}
