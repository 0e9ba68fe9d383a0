//! Front matter: split, parsed, decoded as every kind, its places looked up, and the words of a glossary.

use std::sync::LazyLock;

use huta::check::{self, Subject};
use huta::config::Config;
use huta::content::{PageFront, SectionFront};
use huta::diagnostic::{Diagnostics, SourceText};
use huta::gallery::Galleries;
use huta::glossary::Glossary;
use huta::guide::{Guide, KINDS};
use huta::image::Pictures;
use huta::markdown::{Code, Markdown, parser_options};
use huta::source::{FrontMatter, Problem, Step, Value, decode_all};
use huta::translation::{Stamp, parts, stamped};

use super::{site, told};

const CONFIG: &str = "base_url = \"https://example.org\"\ndefault_language = \"pl\"\nbounds = [19, 50, 21, 51]\n\
    [markdown]\ntypography = true\n[slugify]\nanchors = \"on\"\n\
    [languages.en]\nfallback = true\ninherit = true\ntaxonomies = [{ name = \"tags\" }]\n";

static SITE: LazyLock<Config> = LazyLock::new(|| site::right_config(CONFIG));

/// Places that are asked for: each costs a look through the whole text.
const MOST_PLACES: usize = 20;

/// Does it all.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut diagnostics = Diagnostics::default();
    front(text, &mut diagnostics);
    pages(text, &mut diagnostics);
    lists(text, &mut diagnostics);
    told::print(diagnostics);
}

/// One file by itself.
fn front(text: &str, diagnostics: &mut Diagnostics) {
    let source = SourceText { file: "content/a.md".into(), text: text.into() };
    let Some(front) = diagnostics.take(FrontMatter::parse(&source)) else { return };
    assert!(source.text.is_char_boundary(front.body_start));
    assert!(source.text.get(front.range()).is_some());
    let kept = front.kept();
    if !kept.is_empty() {
        let known = FrontMatter::known(&kept, text.len()).unwrap();
        assert_eq!((&known.table, known.is_toml()), (&front.table, front.is_toml()));
    }
    let mut paths = vec![];
    for (key, value) in &front.table {
        walk(value, &[Step::key(key)], &mut paths);
    }
    for path in &paths {
        for span in [front.key_span(&source, path), front.value_span(&source, path)] {
            assert!(span.line > 0 && span.column <= span.excerpt.chars().count() + 1, "{span:?}");
        }
    }
    let tell = |base: &[Step], problems: Vec<Problem>, diagnostics: &mut Diagnostics| {
        diagnostics.extend(problems.iter().map(|problem| problem.diagnostic(base, &front, &source)));
    };
    tell(&[], decode_all::<PageFront>(&front.table, &[]).1, diagnostics);
    tell(&[], decode_all::<SectionFront>(&front.table, &[]).1, diagnostics);
    for kind in KINDS {
        if let Some(Value::Object(block)) = front.table.get(kind.name) {
            tell(&[Step::key(kind.name)], (kind.decode)(block, kind.required).1, diagnostics);
        }
    }
}

fn walk(value: &Value, path: &[Step], paths: &mut Vec<Vec<Step>>) {
    if paths.len() >= MOST_PLACES {
        return;
    }
    paths.push(path.to_vec());
    let below = |step| [path, &[step]].concat();
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| walk(value, &below(Step::Index(at)), paths));
        }
        Value::Object(table) => table.iter().for_each(|(key, value)| walk(value, &below(Step::key(key)), paths)),
        _ => {}
    }
}

/// The file as a page, its translation and a section of a site.
fn pages(text: &str, diagnostics: &mut Diagnostics) {
    let config = &*SITE;
    let names = ["miejsca/a/index.md", "miejsca/a/index.en.md", "miejsca/_index.md"];
    let Some(sources) =
        names.iter().map(|name| site::source(name, text, config, diagnostics)).collect::<Option<Vec<_>>>()
    else {
        return;
    };
    let stamp = Stamp::of(&parts(&sources[0], parser_options(config)));
    assert_eq!(Stamp::parse(&stamp.to_string()), Some(stamp.clone()));
    let _ = stamped(&sources[1], &stamp);
    let project = site::project("/nowhere".as_ref(), config.clone());
    let library = site::library(config, sources, &[], diagnostics);
    let galleries = Galleries::build(&project, &library, &Pictures::new(None, None), "", diagnostics);
    let code = Code::load(&project.root, config, diagnostics);
    let markdown = Markdown { config, library: &library, galleries: &galleries, code: &code, marks_lines: false };
    let guide = Guide::build(&library, &project, diagnostics);
    let _ = guide.values(&markdown, &project, diagnostics);
    let subject = Subject { project: &project, library: &library, statics: &[], outputs: ["a"].into() };
    check::run(&subject, diagnostics);
}

/// Files that are YAML from end to end.
fn lists(text: &str, diagnostics: &mut Diagnostics) {
    let source = SourceText { file: "content/a.yaml".into(), text: text.into() };
    diagnostics.take(FrontMatter::yaml_file(&source));
    let is_list = diagnostics.take(FrontMatter::yaml_list(&source)).is_some_and(|(_, list)| !list.is_empty());
    if is_list {
        let folder = site::folder();
        let file = folder.path().join("glossary.yaml");
        std::fs::write(&file, text).unwrap();
        let project = site::project(folder.path(), SITE.clone());
        let library = site::library(&SITE, vec![], &[], diagnostics);
        let files = [huta::source::Asset { path: "glossary.yaml".into(), file }];
        let glossary = Glossary::build(&project, &library, &files, diagnostics);
        for language in ["pl", "en"] {
            if let Some(lexicon) = glossary.lexicon("a.md", language) {
                let _ = lexicon.find("W statucie, na walnym zebraniu członków o 1,5 %.");
            }
        }
    }
}
