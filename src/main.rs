//! Parses the command line, runs one command, prints what it says, exits.

use std::process::ExitCode;

/// A build makes millions of small things on all cores at once: with the system's allocator it took a tenth longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    huta::cli::main()
}
