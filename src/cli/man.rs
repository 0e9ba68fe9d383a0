//! `huta man`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::CommandFactory;
use clap_mangen::Man;

use super::print::{self, Printer};
use super::{Cli, Global};
use crate::diagnostic::Diagnostic;
use crate::publish::write_file;

/// Arguments of `huta man`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Write a page for each command into this folder, instead of printing the one of the program
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(global: &Global, args: &Args) -> ExitCode {
    let mut command = Cli::command();
    command.build();
    let Some(folder) = &args.folder else {
        print::out(&page(&command));
        return ExitCode::SUCCESS;
    };
    match write(&command, folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(diagnostic) => {
            Printer::new(global.words(), global.quiet).diagnostics(&[diagnostic]);
            ExitCode::FAILURE
        }
    }
}

/// Writes the page of a command and of each of its own.
fn write(command: &clap::Command, folder: &Path) -> Result<(), Diagnostic> {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_string();
    write_file(&folder.join(format!("{name}.1")), &page(command), true)?;
    command.get_subcommands().try_for_each(|command| write(command, folder))
}

fn page(command: &clap::Command) -> String {
    let mut text = vec![];
    // A vector takes whatever is written.
    let _ = Man::new(command.clone()).render(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}
