//! The command line: one file a command.

mod aligned;
mod build;
mod check;
mod completion;
mod man;
mod map;
mod new;
mod polish;
mod print;
mod readability;
mod schema;
mod serve;
mod status;
mod waiting;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostics, Words};

/// The arguments of the program; its description is the package's.
#[derive(Debug, Parser)]
#[command(name = "huta", version, about, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    global: Global,

    #[command(subcommand)]
    command: Command,
}

/// Arguments of every command.
#[derive(Debug, clap::Args)]
struct Global {
    /// The site's folder
    #[arg(short, long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,

    /// The configuration, from the site's folder [default: huta.toml, zola.toml or config.toml]
    #[arg(short, long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Language of messages [default: the site's]
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<Lang>,

    /// Say nothing but errors
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site
    Build(build::Args),
    /// Check the site without writing it
    Check(check::Args),
    /// Print what makes a shell complete the commands
    Completion(completion::Args),
    /// Print the manual page, or write one for each command
    Man(man::Args),
    /// Work on the base map
    Map(map::Args),
    /// Make a new page, ready to be filled in
    New(new::Args),
    /// Write JSON Schemas of the front matter, and the settings of VS Code that use them
    Schema(schema::Args),
    /// Build, serve, watch and rebuild
    Serve(serve::Args),
    /// Tell which translations are missing or have fallen behind
    Status(status::Args),
}

/// Language of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    Pl,
    En,
}

impl Global {
    /// The language that was asked for.
    fn asked_words(&self) -> Option<Words> {
        self.lang.map(|lang| match lang {
            Lang::Pl => Words::Polish,
            Lang::En => Words::English,
        })
    }

    /// The language that was asked for, else the site's, else the environment's.
    fn words_of(&self, site: Option<Words>) -> Words {
        self.asked_words().or(site).unwrap_or_else(print::environment)
    }

    /// The same before the site is read. Only the language is wanted of the configuration: what is wrong with it is told
    /// by whoever uses it.
    fn words(&self) -> Words {
        let site = || {
            let (root, file) = config::find(&self.root, self.config.as_deref())?;
            let config = Config::load(&root, &file, &mut Diagnostics::default())?;
            Some(Words::for_language(&config.default_language))
        };
        self.asked_words().or_else(site).unwrap_or_else(print::environment)
    }
}

/// Reads the arguments; help and mistakes are in Polish where messages would be.
fn arguments(given: &[OsString]) -> Result<Cli, ExitCode> {
    let here = || Global { root: ".".into(), config: None, lang: None, quiet: false }.words() == Words::Polish;
    let is_polish = polish::asked(given).unwrap_or_else(here);
    let command = Cli::command();
    let mut command = if is_polish { polish::translated(command) } else { command };
    let matches = command.try_get_matches_from_mut(given);
    matches.and_then(|matches| Cli::from_arg_matches(&matches)).map_err(|error| {
        match polish::mistake(&error).filter(|_| is_polish) {
            Some(said) => {
                let _ = write!(std::io::stderr().lock(), "{said}");
            }
            None => {
                // Nobody is left to tell when the output is closed.
                let _ = error.print();
            }
        }
        ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
    })
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let Cli { global, command } = match arguments(&std::env::args_os().collect::<Vec<_>>()) {
        Ok(cli) => cli,
        Err(status) => return status,
    };
    match command {
        Command::Build(args) => build::run(&global, args),
        Command::Check(args) => check::run(&global, args),
        Command::Completion(args) => completion::run(&args),
        Command::Man(args) => man::run(&global, &args),
        Command::Map(args) => map::run(&global, &args),
        Command::New(args) => new::run(&global, args),
        Command::Schema(args) => schema::run(&global, &args),
        Command::Serve(args) => serve::run(global, args),
        Command::Status(args) => status::run(&global, &args),
    }
}
