//! `huta schema`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::Global;
use super::print::Printer;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, Words};
use crate::language::Noun;
use crate::publish::write_file;
use crate::schema::{
    Folders, Merged, REMARK_PACKAGES, SNIPPETS_FILE, SchemaFile, Schemas, Settings, are_own_snippets, is_own, settings,
    snippets,
};
use crate::source::{read_text, relative};
use crate::{BuildOptions, Contents, contents, text};

const SCHEMAS: Noun = Noun { pl: ["schemat", "schematy", "schematów"], en: ["schema", "schemas"] };

/// Arguments of `huta schema`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to write the schemas, from the site's folder
    #[arg(value_name = "DIR", default_value = "schemas")]
    dir: PathBuf,

    /// Set up remark too, which checks front matter in the editor and needs Node
    #[arg(long)]
    remark: bool,
}

pub(super) fn run(global: &Global, args: &Args) -> ExitCode {
    let words = global.words();
    let printer = Printer::new(words, global.quiet);
    let options = BuildOptions { config: global.config.clone(), ..BuildOptions::new(&global.root) };
    let site = match contents(&options) {
        Ok(site) => site,
        Err(told) => {
            printer.diagnostics(&told);
            return ExitCode::FAILURE;
        }
    };
    let mut diagnostics = Diagnostics::default();
    let written = write(&site, args, words, &mut diagnostics);
    printer.diagnostics(&diagnostics.sorted());
    for line in written.iter().flatten() {
        printer.line(line);
    }
    if written.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Writes everything and says what; `None` when something stands in the way. What cannot be written is seen first.
fn write(site: &Contents, args: &Args, words: Words, diagnostics: &mut Diagnostics) -> Option<Vec<String>> {
    let (root, config) = (&site.project.root, &site.project.config);
    let folder = root.join(&args.dir);
    let name = relative(&folder, root);
    let schemas = Schemas::new(config).all();
    for schema in &schemas {
        diagnostics.take(may_replace(&folder.join(&schema.name), root, is_own));
    }
    let snippets_file = root.join(SNIPPETS_FILE);
    diagnostics.take(may_replace(&snippets_file, root, are_own_snippets));
    let all = settings(config, &Folders::of(&site.library, config), &name, args.remark);
    let texts: Vec<Option<String>> = all.iter().map(|settings| there(settings, root, diagnostics)).collect();
    if diagnostics.has_errors() {
        return None;
    }
    for SchemaFile { name, schema } in &schemas {
        diagnostics.take(write_file(&folder.join(name), &(format!("{schema:#}") + "\n"), true))?;
    }
    let count = schemas.len();
    let mut lines = vec![match words {
        Words::Polish => format!("zapisano {} w {name}", SCHEMAS.pl(count)),
        Words::English => format!("wrote {} to {name}", SCHEMAS.en(count)),
    }];
    diagnostics.take(write_file(&snippets_file, &snippets(Schemas::new(config)), true))?;
    lines.push(wrote(SNIPPETS_FILE, words));
    for (settings, text) in all.iter().zip(texts) {
        let path = settings.path;
        match settings.merged(text.as_deref()) {
            Merged::New(text) => {
                diagnostics.take(write_file(&root.join(path), &text, true))?;
                lines.push(wrote(path, words));
            }
            Merged::Same => lines.push(match words {
                Words::Polish => format!("bez zmian: {path}"),
                Words::English => format!("unchanged: {path}"),
            }),
            Merged::Unreadable => diagnostics.push(unreadable(settings)),
        }
    }
    if args.remark {
        lines.push(match words {
            Words::Polish => format!("teraz jeszcze: npm install --save-dev {REMARK_PACKAGES}"),
            Words::English => format!("one more step: npm install --save-dev {REMARK_PACKAGES}"),
        });
    }
    Some(lines)
}

fn wrote(path: &str, words: Words) -> String {
    match words {
        Words::Polish => format!("zapisano {path}"),
        Words::English => format!("wrote {path}"),
    }
}

/// Only what huta wrote is replaced.
fn may_replace(file: &Path, root: &Path, is_own: impl Fn(&str) -> bool) -> Result<(), Diagnostic> {
    if !file.exists() || read_text(file, root).is_ok_and(|text| is_own(&text)) {
        return Ok(());
    }
    let told = Diagnostic::error(
        Code::FileExists,
        Span::file(relative(file, root)),
        text!("taki plik już jest, a nie zapisała go huta", "there is such a file already, and huta did not write it"),
    );
    Err(told.help(text!(
        "zmień jego nazwę albo wybierz inny folder: huta schema FOLDER",
        "rename it, or choose another folder: huta schema DIR"
    )))
}

/// The text of a settings file that is there.
fn there(settings: &Settings, root: &Path, diagnostics: &mut Diagnostics) -> Option<String> {
    let file = root.join(settings.path);
    file.exists().then(|| diagnostics.take(read_text(&file, root))).flatten()
}

fn unreadable(settings: &Settings) -> Diagnostic {
    let own = settings.own.to_string();
    Diagnostic::warning(
        Code::SettingsUnreadable,
        Span::file(settings.path),
        text!(
            "tych ustawień huta nie umie uzupełnić (komentarze albo błąd w JSON), więc ich nie rusza",
            "huta cannot add to these settings (comments, or an error in the JSON), so it leaves them alone"
        ),
    )
    .help(text!("dopisz ręcznie: {own}", "add by hand: {own}"))
}
