//! A body as HTML: in two languages, with everything the parser knows and with nothing but Zola's defaults.

use std::path::Path;
use std::sync::LazyLock;

use huta::config::{AnchorLinks, Config, Project};
use huta::content::Library;
use huta::diagnostic::{Diagnostic, Diagnostics};
use huta::gallery::Galleries;
use huta::glossary::Glossary;
use huta::image::Pictures;
use huta::markdown::{
    Code, Explains, Explanation, Figure, Fragments, Markdown, Owner, Rendered, plain_text, reading_time, typeset,
    word_count,
};
use huta::{check, readability, source::Asset};

use super::{html, site, told};

const PLAIN: &str = "base_url = \"https://example.org\"\ndefault_language = \"pl\"\n[languages.en]\n\
    [[readability]]\nsection = \"\"\nfog = 1.0\nmean = 1.0\nflesch = 100.0\nlongest = 1\n";

const RICH: &str = "[markdown]\ntypography = true\nsmart_punctuation = true\ndefinition_list = true\n\
    github_alerts = true\nrender_emoji = true\nbottom_footnotes = true\nlazy_async_image = true\n\
    external_links_target_blank = true\nexternal_links_no_follow = true\nexternal_links_no_referrer = true\n";

const GLOSSARY: &str = "\
- id: krs
  word: { pl: KRS, en: KRS }
  means: { pl: Spis, en: A list }
- id: statut
  word: { pl: statut, en: statutes }
  means: { pl: Zasady., en: \"The <rules> & \\\"more\\\".\" }
- id: konkurs
  word: { pl: otwarty konkurs ofert, en: open call }
  means: { pl: Konkurs miasta., en: A contest. }
  forms: { pl: [konkurs] }
";

/// What a body is rendered in.
struct Place {
    project: Project,
    library: Library,
    galleries: Galleries,
    code: Code,
    glossary: Glossary,
}

static PLACES: LazyLock<[Place; 2]> = LazyLock::new(|| [String::new(), RICH.into()].map(|rich| Place::new(&rich)));

impl Place {
    fn new(rich: &str) -> Self {
        let project = site::project(Path::new("/nowhere"), site::right_config(&format!("{PLAIN}{rich}")));
        let mut diagnostics = Diagnostics::default();
        let library = library("", "pl", &project.config, &mut diagnostics);
        let galleries = Galleries::build(&project, &library, &Pictures::new(None, None), "", &mut diagnostics);
        let code = Code::load(&project.root, &project.config, &mut diagnostics);
        let folder = site::folder();
        let file = folder.path().join("glossary.yaml");
        std::fs::write(&file, GLOSSARY).unwrap();
        let files = [Asset { path: "glossary.yaml".into(), file }];
        let glossary = Glossary::build(&project, &library, &files, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        Self { project, library, galleries, code, glossary }
    }
}

/// A page with this body, its translation, and one that it may link to.
fn library(body: &str, language: &str, config: &Config, diagnostics: &mut Diagnostics) -> Library {
    let (polish, english) = if language == "pl" { (body, "Tekst.\n") } else { ("Tekst.\n", body) };
    let files = [("a.md", polish), ("a.en.md", english), ("b.md", "# Tu\n"), ("_index.md", "")];
    let sources = files
        .iter()
        .filter_map(|(name, body)| site::source(name, &format!("---\ntitle: A\n---\n{body}"), config, diagnostics));
    site::library(config, sources.collect(), &[], diagnostics)
}

/// Does it all. The language is by chance: each more would cost as much again.
pub fn run(bytes: &[u8]) {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    let language = ["pl", "en"][body.len() % 2];
    let mut diagnostics = Diagnostics::default();
    for place in &*PLACES {
        render(place, body, language, &mut diagnostics);
    }
    let _ = typeset(body, language, body.chars().last());
    let _ = reading_time(word_count(body, language), language);
    checks(body, language, &mut diagnostics);
    told::print(diagnostics);
}

fn render(place: &Place, body: &str, language: &str, diagnostics: &mut Diagnostics) {
    let Place { project, library, galleries, code, glossary } = place;
    let config = &project.config;
    let source = site::source("a.md", &format!("---\ntitle: A\n---\n{body}"), config, diagnostics).unwrap();
    let lexicon = glossary.lexicon("a.md", language).unwrap();
    let owner = Owner {
        permalink: "https://example.org/a/",
        language,
        text_language: language,
        source: &source.text,
        offset: Some(source.front.body_start),
        place: None,
        pictures: None,
        explains: Some(Explains { glossary, lexicon }),
    };
    let markdown = Markdown { config, library, galleries, code, marks_lines: false };
    let rendered = markdown.render(body, &[], &owner, AnchorLinks::Right, &Pieces, diagnostics);
    invariants(body, &rendered);
    if config.markdown.typography {
        let marked = Markdown { marks_lines: true, ..markdown };
        let marked = marked.render(body, &[], &owner, AnchorLinks::None, &Pieces, &mut Diagnostics::default());
        assert_eq!(marked.ids, rendered.ids);
    } else {
        let _ = markdown.render_inline(body, true, &owner, &mut Diagnostics::default());
    }
}

fn invariants(body: &str, rendered: &Rendered) {
    let written = body.to_ascii_lowercase();
    for html in [Some(&rendered.html), rendered.plain.as_ref(), rendered.summary.as_ref()].into_iter().flatten() {
        let _ = plain_text(html);
        let scripts = |text: &str| text.matches("<script").count();
        assert!(scripts(&html.to_ascii_lowercase()) <= scripts(&written), "{html}");
        // Who writes HTML or anchors by hand answers for them.
        if !written.contains(['<', '{']) {
            html::check(html);
        }
    }
    for heading in &rendered.toc {
        assert!(rendered.ids.contains(&heading.id), "{}", heading.id);
    }
}

/// What reads bodies besides.
fn checks(body: &str, language: &str, diagnostics: &mut Diagnostics) {
    let Place { project, .. } = &PLACES[1];
    let library = library(body, language, &project.config, diagnostics);
    let subject = check::Subject { project, library: &library, statics: &[], outputs: ["a/index.html"].into() };
    check::run(&subject, diagnostics);
    diagnostics.extend(readability::report(&library, &project.config).breaches);
}

/// Templates like those of a theme, as far as text can get into them.
struct Pieces;

impl Fragments for Pieces {
    fn anchor_link(&self, id: &str, _: u8, _: &str) -> Result<String, Diagnostic> {
        Ok(format!("<a href=\"#{}\">#</a>", html::escaped(id)))
    }
    fn summary_cutoff(&self, _: &str, _: &str) -> Result<String, Diagnostic> {
        Ok("…".into())
    }
    fn figure(&self, figure: &Figure<'_>, _: &str) -> Result<String, Diagnostic> {
        Ok(format!("<figure>{}</figure>", figure.html))
    }
    fn word(&self, word: &Explanation<'_>, _: &str) -> Result<String, Diagnostic> {
        let [id, text, means] = [&word.id, word.text, &word.means].map(html::escaped);
        Ok(format!("<dfn id=\"{id}\" title=\"{means}\">{text}</dfn>"))
    }
}
