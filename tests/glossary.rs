//! Words that are explained where they stand: which are found, where, and how a page shows them.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::Site;
use huta::diagnostic::SourceText;
use huta::glossary::Lexicon;
use huta::source::{FrontMatter, Value};
use scraper::{ElementRef, Html, Selector};

const GLOSSARY: &str = "\
- id: krs
  word: { pl: KRS, en: KRS }
  means: { pl: \"Spis, który \\\"prowadzą\\\" sądy.\", en: A list kept by courts. }
- id: statut
  word: { pl: statut, en: statutes }
  means: { pl: Zasady., en: The rules. }
  chapter: statut
- id: konkurs
  word: { pl: konkurs, en: contest }
  means: { pl: Zawody., en: A contest. }
- id: otwarty-konkurs
  word: { pl: otwarty konkurs ofert, en: open call }
  means: { pl: Konkurs miasta., en: A contest of the city. }
- id: zebranie
  word: { pl: walne zebranie, en: general meeting }
  means: { pl: Spotkanie., en: A meeting. }
  forms: { pl: [walne] }
";

/// A site whose words are easily seen.
fn site() -> Site {
    Site::new(
        "default_language = \"pl\"\n[markdown]\ntypography = true\n[languages.en]\nfallback = true\ninherit = true\n",
    )
    .file("templates/word.html", "<b id={{ word.id }}>{{ word.text }}</b>")
    .file("content/_index.md", "---\ntitle: A\n---\nStatut domu.\n")
    .file("content/poradnik/_index.md", "---\ntitle: Poradnik\nslug: poradnik\n---\nW statucie.\n")
    .file("content/poradnik/glossary.yaml", GLOSSARY)
    .file("content/poradnik/statut/index.md", "---\ntitle: Statut\n---\nStatut.\n")
}

/// The words of a page that are explained, each with its id.
fn explained(site: Site, body: &str) -> Vec<String> {
    let files = site.file("content/poradnik/strona.md", &format!("---\ntitle: Statut\n---\n{body}\n")).build();
    words(&files.text("poradnik/strona/index.html"))
}

fn words(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let words = Selector::parse("b[id]").unwrap();
    let all = page.select(&words);
    all.map(|word| format!("{} {}", word.attr("id").unwrap(), word.text().collect::<String>())).collect()
}

#[test]
fn the_first_of_each_section_is_explained() {
    let body = "Statut i statutem.\n\n# A\n\nO statucie. Statuty.\n\n## B\n\n- statutu\n\n#### C\n\nStatutów.\n\n### D\n\n> Statutem";
    assert_eq!(
        explained(site(), body),
        ["w-statut-1 Statut", "w-statut-2 statucie", "w-statut-3 statutu", "w-statut-4 Statutem"]
    );
}

#[test]
fn only_running_text_is_explained() {
    let body = "## Statut\n\n[statut](https://example.org) i [statut](@/poradnik/statut/index.md)\n\n`statut` ![statut](a.png)\n\n\
        | statut |\n|---|\n| statut |\n\n```\nstatut\n```\n\n<div>statut</div>\n\n<kbd>statut</kbd> <a href=\"x\">statut</a>\n\n\
        Przypis[^1].\n\n[^1]: Statut.\n\n<abbr title=\"statut\">x</abbr>\n";
    assert!(explained(site().file("content/poradnik/a.png", ""), body).is_empty());
    assert_eq!(explained(site(), "**Statut.** Oto *KRS*."), ["w-statut-1 Statut", "w-krs-1 KRS"]);
    assert_eq!(explained(site(), "<div>\n\nStatut\n\n</div>"), ["w-statut-1 Statut"]);
    assert_eq!(explained(site(), "**stat**utu, *statut*owy, `x`"), Vec::<String>::new());
}

#[test]
fn the_longest_phrase_is_explained() {
    let body = "W otwartym\nkonkursie ofert nie ma konkursów. Na walnym zebraniu, na walnym, na **walnym** zebraniu.";
    assert_eq!(
        explained(site(), body),
        ["w-otwarty-konkurs-1 otwartym konkursie ofert", "w-konkurs-1 konkursów", "w-zebranie-1 walnym zebraniu"]
    );
}

#[test]
fn texts_stay_as_they_are() {
    let files = site()
        .file("templates/word.html", "<i>{{ word.text }}</i>")
        .file("content/poradnik/strona.md", "---\ntitle: A\n---\nIdź do KRS, tam „statut” i w statucie (konkurs).\n")
        .build();
    let html = files.text("poradnik/strona/index.html");
    assert_eq!(
        html,
        "A|<p>Idź <span class=\"held\">do <i>KRS</i>,</span> tam <span class=\"held\">„<i>statut</i>”</span> i\u{a0}w\u{a0}statucie <span class=\"held\">(<i>konkurs</i>).</span></p>\n"
            .replace("<span class=\"held\">do <i>KRS</i>,</span>", "<span class=\"held\"><i>KRS</i>,</span>")
            .replace("Idź <span", "Idź do <span")
    );
}

#[test]
fn a_word_is_explained_below_its_folder_and_in_its_language() {
    let files = site()
        .file("content/poradnik/a.md", "---\ntitle: A\n---\nStatut.\n")
        .file("content/poradnik/a.en.md", "---\ntitle: A\n---\nThe statutes and a statut.\n")
        .file("content/poradnik/b.md", "---\ntitle: B\n---\nStatutu, statutes.\n")
        .file("content/inne.md", "---\ntitle: B\n---\nStatut.\n")
        .build();
    let of = |path: &str| words(&files.text(path));
    assert_eq!(of("poradnik/a/index.html"), ["w-statut-1 Statut"]);
    assert_eq!(of("en/poradnik/a/index.html"), ["w-statut-1 statutes"]);
    // A fallback is in the language of its text.
    assert_eq!(of("en/poradnik/b/index.html"), ["w-statut-1 Statutu"]);
    assert_eq!(of("poradnik/index.html"), ["w-statut-1 statucie"]);
    assert!(of("inne/index.html").is_empty() && of("index.html").is_empty());
    assert!(!files.has("poradnik/glossary.yaml"));
}

#[test]
fn an_inner_glossary_hides_the_outer_one() {
    let inner = "- id: statut-gry\n  word: { pl: statut, en: statutes }\n  means: { pl: Gra., en: A game. }\n";
    let files = site()
        .file("content/poradnik/gry/_index.md", "---\ntitle: Gry\n---\n")
        .file("content/poradnik/gry/glossary.yaml", inner)
        .file("content/poradnik/gry/a.md", "---\ntitle: A\n---\nStatut KRS.\n")
        .build();
    assert_eq!(words(&files.text("poradnik/gry/a/index.html")), ["w-statut-gry-1 Statut", "w-krs-1 KRS"]);
}

#[test]
fn the_built_in_markup_needs_no_script() {
    let site = site();
    fs::remove_file(site.path().join("templates/word.html")).unwrap();
    let files = site
        .file("templates/glossary.html", "{% for w in get_glossary() %}<dt id={{ w.id }}>{{ w.letter }} {{ w.word }}{% if w.chapter %} ({{ w.chapter.title }}, {{ w.chapter.permalink }}){% endif %}</dt>{% endfor %}")
        .file("content/poradnik/slowniczek/_index.md", "---\ntitle: S\ntemplate: glossary.html\n---\n")
        .file("content/poradnik/a.md", "---\ntitle: A\n---\n## W-krs-1\n\nKRS. Statut.\n")
        .build();
    let page = Html::parse_document(&files.text("poradnik/a/index.html"));
    let one = |selector: &str| page.select(&Selector::parse(selector).unwrap()).next().unwrap();
    // The heading has the first name already.
    assert_eq!(one("button").attr("popovertarget"), Some("w-krs-2"));
    assert_eq!(one("p button[type=button].word + span.meaning[popover]").attr("id"), Some("w-krs-2"));
    let text: String = one("#w-krs-2").text().collect();
    assert_eq!(text.trim(), "KRS – Spis, który „prowadzą” sądy. KRS");
    assert_eq!(one("#w-krs-2 a").attr("href"), Some("https://example.org/poradnik/slowniczek/#krs"));
    assert_eq!(one("#w-statut-1 a").attr("href"), Some("https://example.org/poradnik/statut/"));
    let list = files.text("poradnik/slowniczek/index.html");
    assert!(list.starts_with("<dt id=konkurs>K konkurs</dt><dt id=krs>K KRS</dt>"), "{list}");
    assert!(list.contains("<dt id=statut>S statut (Statut, https://example.org/poradnik/statut/)</dt>"), "{list}");
    // A page does not send its readers to itself.
    assert!(!files.text("poradnik/statut/index.html").contains("href=\"https://example.org/poradnik/statut/\""));
}

#[test]
fn feeds_summaries_and_search_have_the_text_alone() {
    let files = Site::new("default_language = \"pl\"\ngenerate_feeds = true\nbuild_search_index = true\n[search]\nindex_format = \"fuse_json\"\n")
        .file("templates/page.html", "{{ page.summary | safe }}|{{ page.word_count }}")
        .file("content/_index.md", "---\ntitle: A\n---\n")
        .file("content/glossary.yaml", "- id: krs\n  word: { pl: KRS }\n  means: { pl: Spis sądów. }\n")
        .file("content/a.md", "---\ntitle: A\ndate: 2026-01-01\n---\nDo KRS.\n\n<!-- more -->\n\nKoniec KRS.\n")
        .file("content/b.md", "---\ntitle: B\ndate: 2026-01-02\n---\nNo KRS.\n")
        .build();
    for path in ["atom.xml", "search_index.pl.json", "a/index.html"] {
        let text = files.text(path);
        assert!(!text.contains("popover") && !text.contains("Spis"), "{path}: {text}");
    }
    assert!(files.text("search_index.pl.json").contains("No KRS."));
    assert!(files.text("atom.xml").contains("No KRS."));
    assert_eq!(files.text("a/index.html"), "<p>Do KRS.</p>|5");
}

/// A text with `[[id|words]]` as the text alone, and its marks.
fn unmarked(text: &str) -> (String, Vec<(std::ops::Range<usize>, String)>) {
    let (mut plain, mut marks, mut rest) = (String::new(), vec![], text);
    while let Some((before, after)) = rest.split_once("[[") {
        let (id, after) = after.split_once('|').expect("an id");
        let (words, after) = after.split_once("]]").expect("the end of a mark");
        plain.push_str(before);
        let start = plain.len();
        plain.push_str(words);
        marks.push((start..plain.len(), id.to_string()));
        rest = after;
    }
    (plain + rest, marks)
}

/// The guide's words in a language: ids by number, and their forms.
fn lexicon(language: &str) -> (Vec<String>, Lexicon) {
    let text = fs::read_to_string(common::guide().join("content/poradnik/glossary.yaml")).unwrap();
    let (_, list) = FrontMatter::yaml_list(&SourceText { file: "glossary.yaml".into(), text }).unwrap();
    let string = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let words: Vec<(String, String, Vec<String>)> = list
        .iter()
        .filter_map(|entry| {
            let forms = entry.get("forms").and_then(|forms| forms.get(language)).and_then(Value::as_array);
            let forms = forms.map(|forms| forms.iter().map(string).collect()).unwrap_or_default();
            Some((string(&entry["id"]), string(entry["word"].get(language)?), forms))
        })
        .collect();
    let numbered = words.iter().enumerate().map(|(number, (_, word, forms))| (number, word.as_str(), &forms[..]));
    let lexicon = Lexicon::new(language, numbered);
    (words.into_iter().map(|(id, ..)| id).collect(), lexicon)
}

/// What is found and not marked, and what is marked and not found, of a part of a sample.
fn judged(language: &str, part: &str) -> (usize, Vec<String>, Vec<String>) {
    let (ids, lexicon) = lexicon(language);
    let (text, marks) = unmarked(part);
    let found: Vec<_> = lexicon.find(&text).into_iter().map(|found| (found.range, ids[found.word].clone())).collect();
    let shown = |(range, id): &(std::ops::Range<usize>, String)| format!("{} → {id}", &text[range.clone()]);
    let wrong = found.iter().filter(|found| !marks.contains(found)).map(shown).collect();
    let missed = marks.iter().filter(|mark| !found.contains(mark)).map(shown).collect();
    (marks.len(), wrong, missed)
}

/// The parts of a sample: sentences with words, with words that look alike, with the same words in another sense.
fn parts(language: &str) -> Vec<String> {
    let path = common::guide().join(format!("tests/glossary/sample.{language}.md"));
    fs::read_to_string(path).unwrap().split("\n## ").skip(1).map(str::to_string).collect()
}

#[track_caller]
fn check_sample(language: &str) {
    let parts = parts(language);
    assert_eq!(parts.len(), 3, "sentences, traps, other senses");
    let (marks, wrong, missed) = judged(language, &parts[..2].join("\n"));
    assert!(marks > 50, "{marks} marks");
    assert!(wrong.is_empty(), "precision: {wrong:#?}");
    // At least nine in ten.
    assert!(missed.len() * 10 <= marks, "recall: {} of {marks} missed: {missed:#?}", missed.len());
    let (_, senses, _) = judged(language, &parts[2]);
    println!("{language}: {marks} marks, missed {missed:?}, other senses {senses:?}");
}

#[test]
fn polish_sample() {
    check_sample("pl");
}

#[test]
fn english_sample() {
    check_sample("en");
}

/// Every word that the guide's own pages explain, with what stands around it. A person has read each line of the file and
/// found it right; a new line is one to read. `SNAPSHOTS=overwrite` writes the file anew.
#[test]
fn every_explained_word_of_the_guide_was_judged() {
    let output = tempfile::tempdir().unwrap();
    let files = common::build_guide(&output.path().join("site"));
    let mut lines: BTreeMap<(String, usize), String> = BTreeMap::new();
    for path in files.paths().into_iter().filter(|path| path.ends_with("index.html")) {
        let page = Html::parse_document(&files.text(path));
        for (at, button) in page.select(&Selector::parse("button.word").unwrap()).enumerate() {
            // The whole handbook on one page repeats its chapters, with ids of its own.
            let Some(id) = button.attr("popovertarget").unwrap().strip_prefix("w-") else { continue };
            let id = id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
            let (before, word, after) = around(button);
            let line = format!("{path}\t{id}\t…{before}[{word}]{after}…");
            lines.insert((path.to_string(), at), line);
        }
    }
    let all = lines.into_values().fold(String::new(), |all, line| all + &line + "\n");
    let file = common::guide().join("tests/glossary/recognised.txt");
    if std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
        fs::write(&file, &all).unwrap();
    }
    let judged = read(&file);
    let new: Vec<&str> = all.lines().filter(|line| !judged.contains(line)).collect();
    assert!(new.is_empty(), "read these, then write the file anew with SNAPSHOTS=overwrite: {new:#?}");
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_default()
}

/// A word with some letters before and after it, explanations left out.
fn around(button: ElementRef<'_>) -> (String, String, String) {
    let block = button
        .ancestors()
        .filter_map(ElementRef::wrap)
        .find(|element| matches!(element.value().name(), "p" | "li" | "div" | "dd" | "blockquote"));
    let block = block.unwrap();
    let (mut before, mut after, mut is_after) = (String::new(), String::new(), false);
    for node in block.descendants() {
        let Some(text) = node.value().as_text() else { continue };
        let inside =
            |wanted: &dyn Fn(ElementRef<'_>) -> bool| node.ancestors().filter_map(ElementRef::wrap).any(wanted);
        if inside(&|element| element.attr("popover").is_some()) {
            continue;
        }
        if inside(&|element| element.id() == button.id()) {
            is_after = true;
        } else if is_after {
            after.push_str(text);
        } else {
            before.push_str(text);
        }
    }
    let flat = |text: &str| text.replace(['\n', '\u{a0}'], " ");
    let before: Vec<char> = flat(&before).chars().rev().take(40).collect();
    let after = flat(&after).chars().take(25).collect();
    (before.into_iter().rev().collect(), flat(&button.text().collect::<String>()), after)
}
