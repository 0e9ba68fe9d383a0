//! `huta map`.

// The comments on arguments are what `--help` prints, without the marks of code.
#![allow(clippy::doc_markdown)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::Global;
use super::print::Printer;
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::map::{self, Imported};
use crate::publish;
use crate::text;

/// Arguments of `huta map`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make a base map from an extract of OpenStreetMap
    Import(Import),
}

/// Arguments of `huta map import`.
#[derive(Debug, clap::Args)]
struct Import {
    /// The extract: .osm.pbf, .osm (XML), or GeoJSON with OpenStreetMap's tags as properties
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The box of the map in degrees: west, south, east, north
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true)]
    bbox: String,

    /// Where to write the map, `-` for standard output [default: content/mapa/base.geojson of the site]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Replace a map that is there already
    #[arg(short, long)]
    force: bool,
}

pub(super) fn run(global: &Global, args: &Args) -> ExitCode {
    let (root, config) = (&global.root, global.config.as_deref());
    let Command::Import(args) = &args.command;
    let mut diagnostics = Diagnostics::default();
    let site = config::find(root, config);
    let output = match (&args.output, site) {
        (Some(output), _) => Some(output.clone()),
        (None, Some((root, _))) => Some(root.join(map::PATH)),
        (None, None) => {
            diagnostics.push(Config::missing(root, config));
            None
        }
    };
    let imported = output.and_then(|output| import(args, &output, &mut diagnostics));
    let printer = Printer::new(global.words(), global.quiet);
    printer.import(&diagnostics.sorted(), imported.as_ref().map(|imported| imported.features));
    if imported.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Makes the map and writes it.
fn import(args: &Import, output: &Path, diagnostics: &mut Diagnostics) -> Option<Imported> {
    let to_stdout = output == Path::new("-");
    let bbox = diagnostics.take(map::parse_bbox(&args.bbox));
    let may_write = to_stdout || diagnostics.take(publish::may_write(output, args.force)).is_some();
    let imported = map::import(&args.file, bbox.filter(|_| may_write)?, diagnostics)?;
    let written =
        if to_stdout { print_out(&imported.text) } else { publish::write_file(output, &imported.text, args.force) };
    diagnostics.take(written).map(|()| imported)
}

fn print_out(text: &str) -> Result<(), Diagnostic> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| {
        Diagnostic::error(Code::WriteFailed, None, text!("nie da się zapisać: {error}", "cannot be written: {error}"))
    })
}
