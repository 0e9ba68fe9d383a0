//! Parses the command line, runs one command, prints what it says, exits.

use std::process::ExitCode;

fn main() -> ExitCode {
    huta::cli::main()
}
