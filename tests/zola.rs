//! Sites as Zola 0.23 builds them, and sites that it refuses: the same comes of them here.
//!
//! `tests/zola/README.md` tells what a case is, and `compare/` what counts as equal. `ZOLA_WRITE_PLACES=1 cargo test
//! --test zola` writes the places of errors into the cases that do not tell any.

mod compare;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use huta::diagnostic::{Diagnostic, Severity, Words, print_text};
use huta::{BuildOptions, Outcome};
use libtest_mimic::{Arguments, Failed, Trial};
use tempfile::TempDir;
use walkdir::WalkDir;

use compare::Rules;

fn main() {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/zola");
    let mut trials = vec![];
    for case in folders(&folder).into_iter().filter(|case| case.join("expected").is_dir()) {
        if case.join("expected-drafts").is_dir() {
            let case = case.clone();
            trials.push(Trial::test(name(&case) + "/drafts", move || builds(&case, "expected-drafts", true)));
        }
        trials.push(Trial::test(name(&case), move || builds(&case, "expected", false)));
    }
    for case in folders(&folder.join("14-errors")) {
        trials.push(Trial::test(format!("14-errors/{}", name(&case)), move || fails(&case)));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

fn name(case: &Path) -> String {
    case.file_name().unwrap().to_string_lossy().into_owned()
}

/// The site of a case builds, and into what is expected.
fn builds(case: &Path, expected: &str, drafts: bool) -> Result<(), Failed> {
    let built = Built::new(case, drafts);
    if !built.outcome.succeeded() {
        return Err(format!("the build failed:\n{}", built.messages()).into());
    }
    let rules = Rules::read(&case.join("dont-care.txt"))?;
    let verdict = compare::trees(&case.join(expected), &built.output(), &rules);
    if verdict.different.is_empty() {
        return Ok(());
    }
    let mut message = format!("{} of {} files are equal", verdict.equal, verdict.total);
    for (file, differences) in verdict.different {
        write!(message, "\n{file}")?;
        for difference in differences {
            write!(message, "\n    {difference}")?;
        }
    }
    Err(message.into())
}

/// The site of a case does not build, and the errors say what and where, and what to do about it.
fn fails(case: &Path) -> Result<(), Failed> {
    let file = case.join("expected.txt");
    let expected = Expected::read(&fs::read_to_string(&file)?)?;
    let built = Built::new(case, false);
    if built.outcome.succeeded() {
        return Err(format!("the site was built, although: {}", expected.fact).into());
    }
    let (errors, messages) = (built.errors(), built.messages());
    let mut problems = vec![];
    for mention in expected.mentions.iter().filter(|mention| !messages.contains(*mention)) {
        problems.push(format!("no mention of {mention:?}"));
    }
    for error in errors.iter().filter(|error| error.help.as_ref().is_none_or(|help| help.en.is_empty())) {
        problems.push(format!("no help with [{}]", error.code.as_str()));
    }
    let mut places: Vec<String> = errors.into_iter().map(place).collect();
    places.dedup();
    for wanted in expected.places.iter().filter(|wanted| !places.contains(wanted)) {
        problems.push(format!("no error at {wanted}, but at {}", places.join(", ")));
    }
    if expected.places.is_empty() && std::env::var("ZOLA_WRITE_PLACES").is_ok_and(|value| value == "1") {
        let mut text = fs::read_to_string(&file)?;
        for place in places {
            writeln!(text, "at: {place}")?;
        }
        fs::write(&file, text)?;
    } else if expected.places.is_empty() {
        problems.push(format!("no `at:` in expected.txt; there are errors at {}", places.join(", ")));
    }
    if problems.is_empty() { Ok(()) } else { Err(format!("{}\n{messages}", problems.join("\n")).into()) }
}

/// What `expected.txt` of a site that does not build says.
#[derive(Debug, Default)]
struct Expected {
    fact: String,
    mentions: Vec<String>,
    places: Vec<String>,
}

impl Expected {
    fn read(text: &str) -> Result<Self, String> {
        let mut expected = Self::default();
        for line in text.lines() {
            match line.split_once(": ") {
                Some(("fact", fact)) => expected.fact = fact.into(),
                Some(("mentions", mention)) => expected.mentions.push(mention.into()),
                Some(("at", place)) => expected.places.push(place.into()),
                // What Zola does: its exit status, and the line that its message tells.
                Some(("exit" | "line", _)) => {}
                _ => return Err(format!("expected.txt: what is {line:?}?")),
            }
        }
        Ok(expected)
    }
}

/// The place of an error as `at:` has it.
fn place(error: &Diagnostic) -> String {
    match &error.span {
        None => "none".into(),
        Some(span) if span.line == 0 => span.file.clone(),
        Some(span) => format!("{}:{}", span.file, span.line),
    }
}

/// A copy of a case's site and what came of building it.
struct Built {
    folder: TempDir,
    outcome: Outcome,
}

impl Built {
    fn new(case: &Path, drafts: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        copy(&case.join("site"), &site);
        let outcome = huta::build(&BuildOptions {
            base_url: Some("https://example.org".into()),
            output_dir: Some(folder.path().join("public")),
            drafts,
            ..BuildOptions::new(site)
        });
        Self { folder, outcome }
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn errors(&self) -> Vec<&Diagnostic> {
        self.outcome.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect()
    }

    /// Everything that is printed.
    fn messages(&self) -> String {
        let texts = self.outcome.diagnostics.iter().map(|diagnostic| print_text(diagnostic, Words::English, false));
        texts.collect::<Vec<_>>().join("\n")
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
