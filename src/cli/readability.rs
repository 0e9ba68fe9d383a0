//! The report of `huta check --readability`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::aligned::{Row, aligned};
use crate::diagnostic::{Text, Words};
use crate::language::Tongue;
use crate::readability::{Counts, FAMILIES, PageReport, Report, SAMPLE, decimal};
use crate::text;

/// The report as text: a line for each file, each section and the site, and how many places each rule found.
pub(super) fn table(report: &Report, words: Words) -> String {
    let mut rows: Vec<Option<Row>> = vec![Some(heads(words))];
    rows.extend(report.pages.iter().map(|page| Some(row(&page.file, page.tongue, &page.counts, words))));
    rows.push(None);
    for ((section, tongue), counts) in report.sections() {
        let name = if section.is_empty() { "content".into() } else { format!("{section}/") };
        rows.push(Some(row(&format!("{name} ({})", tongue.code()), tongue, &counts, words)));
    }
    rows.push(None);
    let site = text!("cała witryna", "whole site");
    let site = site.get(words);
    for (tongue, counts) in report.site() {
        rows.push(Some(row(&format!("{site} ({})", tongue.code()), tongue, &counts, words)));
    }
    let mut out = aligned(&rows, true);
    let note = text!(
        "\n* mniej niż {SAMPLE} słów: za mało, żeby wskaźnik coś znaczył\n",
        "\n* under {SAMPLE} words: too few for an index to mean much\n"
    );
    if report.pages.iter().any(|page| page.counts.words < SAMPLE) {
        out.push_str(note.get(words));
    }
    out.push_str(&places(&report.pages, words));
    out
}

/// `{readability: [{file, language, words, sentences, mean, longest, fog, pisarek_linear, pisarek_nonlinear, flesch, grade}]}`;
/// indices of the other language are null.
pub(super) fn json(report: &Report) -> Value {
    let pages = report.pages.iter().map(|page| {
        let (counts, polish) = (&page.counts, page.tongue == Tongue::Polish);
        let tenth = |figure: f64| (figure * 10.0).round() / 10.0;
        let only = |is_shown: bool, figure: f64| is_shown.then(|| tenth(figure));
        json!({
            "file": format!("content/{}", page.file),
            "language": page.tongue.code(),
            "words": counts.words,
            "sentences": counts.sentences,
            "mean": tenth(counts.mean()),
            "longest": counts.longest,
            "fog": tenth(counts.fog()),
            "pisarek_linear": only(polish, counts.pisarek_linear()),
            "pisarek_nonlinear": only(polish, counts.pisarek_nonlinear()),
            "flesch": only(!polish, counts.flesch()),
            "grade": only(!polish, counts.kincaid()),
        })
    });
    json!({ "readability": pages.collect::<Vec<_>>() })
}

fn heads(words: Words) -> Row {
    let heads = [
        text!("tekst", "text"),
        text!("słowa", "words"),
        text!("zdania", "sentences"),
        text!("średnio", "mean"),
        text!("najdłuższe", "longest"),
        text!("FOG", "FOG"),
        text!("Pisarek", "Pisarek"),
        text!("nieliniowo", "nonlinear"),
        text!("Flesch", "Flesch"),
        text!("klasa", "grade"),
        text!("poziom", "level"),
    ];
    heads.iter().map(|head| head.get(words).to_string()).collect()
}

fn row(name: &str, tongue: Tongue, counts: &Counts, words: Words) -> Row {
    let figure = |figure: f64| decimal(figure).get(words).to_string();
    let only = |wanted: Tongue, value: f64| if tongue == wanted { figure(value) } else { "–".into() };
    let band = counts.band(tongue);
    let mark = if counts.words < SAMPLE { " *" } else { "" };
    vec![
        name.to_string(),
        counts.words.to_string(),
        counts.sentences.to_string(),
        figure(counts.mean()),
        counts.longest.to_string(),
        figure(counts.fog()),
        only(Tongue::Polish, counts.pisarek_linear()),
        only(Tongue::Polish, counts.pisarek_nonlinear()),
        only(Tongue::English, counts.flesch()),
        only(Tongue::English, counts.kincaid()),
        format!("{}{mark}", band.get(words)),
    ]
}

/// How many places each rule found in each file.
fn places(pages: &[PageReport], words: Words) -> String {
    let told: Vec<&PageReport> = pages.iter().filter(|page| !page.hints.is_empty()).collect();
    if told.is_empty() {
        return String::new();
    }
    let head: Text = text!(
        "\nMiejsca, które można napisać prościej (pokaże je --hints):\n",
        "\nPlaces that could be plainer (--hints shows them):\n"
    );
    let mut out = head.get(words).to_string();
    let width = told.iter().map(|page| page.file.chars().count()).max().unwrap_or_default();
    for page in told {
        let counts = FAMILIES.iter().map(|code| (code.as_str(), page.count(*code))).filter(|(_, count)| *count > 0);
        let list: Vec<String> = counts.map(|(code, count)| format!("{code} {count}")).collect();
        let _ = writeln!(out, "{:<width$}  {}", page.file, list.join(", "));
    }
    out
}
