//! The command line: one file a command.

mod build;
mod check;
mod map;
mod print;
mod readability;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::diagnostic::Words;

/// The arguments of the program; its description is the package's.
#[derive(Debug, Parser)]
#[command(name = "huta", version, about, disable_help_subcommand = true)]
pub struct Cli {
    /// The site's folder
    #[arg(short, long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,

    /// The configuration, from the site's folder [default: huta.toml, zola.toml or config.toml]
    #[arg(short, long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Language of messages [default: the site's]
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<Lang>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site
    Build(build::Args),
    /// Check the site without writing it
    Check(check::Args),
    /// Work on the base map
    Map(map::Args),
    /// Build, serve, watch and rebuild
    Serve(serve::Args),
}

/// Language of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    Pl,
    En,
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let words = cli.lang.map(|lang| match lang {
        Lang::Pl => Words::Polish,
        Lang::En => Words::English,
    });
    match cli.command {
        Command::Build(args) => build::run(cli.root, cli.config, words, args),
        Command::Check(args) => check::run(cli.root, cli.config, words, &args),
        Command::Map(args) => map::run(&cli.root, cli.config.as_deref(), words, &args),
        Command::Serve(args) => serve::run(cli.root, cli.config, words, args),
    }
}
