//! `huta completion`.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, print};

/// Arguments of `huta completion`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let mut text = vec![];
    clap_complete::generate(args.shell, &mut Cli::command(), "huta", &mut text);
    print::out(&String::from_utf8_lossy(&text));
    ExitCode::SUCCESS
}
