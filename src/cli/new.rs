//! `huta new`.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;

use super::print::{self, Printer};
use super::{Global, build};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, Words};
use crate::publish::write_folder;
use crate::scaffold::{Bundle, Request, Sort, find, plan};
use crate::{BuildOptions, Contents, contents, text};

/// Arguments of `huta new`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What to make: a kind of page, in English or Polish (place, miejsce, …), `page` or `section`
    #[arg(value_name = "KIND")]
    kind: String,

    /// Its title in the site's default language
    #[arg(value_name = "TITLE")]
    title: String,

    /// Its title in English
    #[arg(long, value_name = "TITLE")]
    en: Option<String>,

    /// Where it lies: latitude, longitude
    #[arg(long, value_name = "LAT,LON", allow_hyphen_values = true)]
    at: Option<String>,

    /// When an event begins
    #[arg(long, value_name = "YYYY-MM-DD[THH:MM]")]
    start: Option<String>,

    /// The section's folder, below `content` [default: where such pages are]
    #[arg(long, value_name = "DIR")]
    section: Option<PathBuf>,

    /// Name of the new folder [default: made of the title]
    #[arg(long, value_name = "NAME")]
    slug: Option<String>,

    /// The date of the page [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

pub(super) fn run(global: &Global, args: Args) -> ExitCode {
    let now = match build::now(args.today) {
        Ok(now) => now,
        Err(why) => return print::usage_error(&why, global.words()),
    };
    let words = global.words();
    let printer = Printer::new(words, global.quiet);
    let options = BuildOptions { config: global.config.clone(), now, ..BuildOptions::new(&global.root) };
    let mut diagnostics = Diagnostics::default();
    let made = match contents(&options) {
        Ok(site) => make(args, &site, words, &mut diagnostics),
        Err(told) => {
            for told in told {
                diagnostics.push(told);
            }
            None
        }
    };
    printer.diagnostics(&diagnostics.sorted());
    let Some((sort, bundle)) = made else {
        printer.line(match words {
            Words::Polish => "niczego nie utworzono",
            Words::English => "nothing was made",
        });
        return ExitCode::FAILURE;
    };
    let names = bundle.files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let folder = &bundle.folder;
    printer.line(&match words {
        Words::Polish => format!("utworzono content/{folder}: {names}"),
        Words::English => format!("made content/{folder}: {names}"),
    });
    printer.line(match (sort, words) {
        (Sort::Section, Words::Polish) => "dalej: uzupełnij miejsca oznaczone „←”",
        (Sort::Section, Words::English) => "next: fill in the places marked “←”",
        (_, Words::Polish) => "dalej: uzupełnij miejsca oznaczone „←”; podgląd: huta serve --drafts",
        (_, Words::English) => "next: fill in the places marked “←”; to see it: huta serve --drafts",
    });
    ExitCode::SUCCESS
}

/// Plans the files and writes them.
fn make(args: Args, site: &Contents, words: Words, diagnostics: &mut Diagnostics) -> Option<(Sort, Bundle)> {
    let (project, library) = (&site.project, &site.library);
    let sort = diagnostics.take(find(&args.kind, library, &project.config, words))?;
    let section = args.section.map(|section| section.to_string_lossy().replace('\\', "/"));
    let Args { title, en, at, start, slug, .. } = args;
    let request = Request { sort, title, english: en, at, start, section, slug };
    let bundle = plan(&request, library, &project.config, project.today, words, diagnostics)?;
    let content = project.root.join("content");
    let folder = content.join(&bundle.folder);
    let page = folder.with_extension("md");
    if let Some(there) = [folder.clone(), page].iter().find(|path| path.exists()) {
        let name = crate::source::relative(there, &project.root);
        let told = Diagnostic::error(
            Code::FileExists,
            Span::file(name),
            text!("taka strona już jest", "there is such a page already"),
        );
        diagnostics.push(told.help(text!("wybierz inną nazwę: --slug NAZWA", "choose another name: --slug NAME")));
        return None;
    }
    diagnostics.take(write_folder(&project.root, &folder, &bundle.files))?;
    Some((sort, bundle))
}
