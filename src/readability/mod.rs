//! How plain the texts of a site are: measures of readability, rules of plain language, and the limits of sections.
//!
//! A formula sees lengths, not sense: it is a help for editors, and people are the test.

mod measure;
mod page;
mod rules;
mod sentence;
mod text;

use std::collections::BTreeMap;

pub use measure::{Counts, SAMPLE};
pub use rules::FAMILIES;

use self::page::PageText;
use crate::config::{Config, ReadabilityConfig};
use crate::content::Library;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Span, Text};
use crate::language::Tongue;
use crate::markdown;
use crate::text;

/// The text of one file.
#[derive(Debug, Clone)]
pub struct PageReport {
    /// Path below `content/`.
    pub file: String,
    /// Language of the text.
    pub tongue: Tongue,
    /// What was counted.
    pub counts: Counts,
    /// What the rules found, in the order of the file.
    pub hints: Vec<Diagnostic>,
}

impl PageReport {
    /// The folder at the top of `content/` that the file is in; nothing for a file in `content/` itself.
    #[must_use]
    pub fn section(&self) -> &str {
        self.file.split_once('/').map_or("", |(section, _)| section)
    }

    /// How many hints of a code there are.
    #[must_use]
    pub fn count(&self, code: Code) -> usize {
        self.hints.iter().filter(|hint| hint.code == code).count()
    }
}

/// All texts of a site.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Files with running text in a language that is known, in their order.
    pub pages: Vec<PageReport>,
    /// Limits that were passed.
    pub breaches: Diagnostics,
}

impl Report {
    /// The counts of all files of each section and language, sections in their order.
    #[must_use]
    pub fn sections(&self) -> BTreeMap<(&str, Tongue), Counts> {
        self.sums(PageReport::section)
    }

    /// The counts of the whole site in each language.
    #[must_use]
    pub fn site(&self) -> BTreeMap<Tongue, Counts> {
        self.sums(|_| "").into_iter().map(|((_, tongue), counts)| (tongue, counts)).collect()
    }

    fn sums<'a>(&'a self, name: impl Fn(&'a PageReport) -> &'a str) -> BTreeMap<(&'a str, Tongue), Counts> {
        let mut sums: BTreeMap<(&str, Tongue), Counts> = BTreeMap::new();
        for page in &self.pages {
            let sum = sums.entry((name(page), page.tongue)).or_default();
            *sum = sum.and(page.counts);
        }
        sums
    }
}

/// Measures the running text of every page and section with a file of its own.
#[must_use]
pub fn report(library: &Library, config: &Config) -> Report {
    let pages = library.pages.iter().filter(|page| page.fallback_of.is_none());
    let pages = pages.map(|page| (&*page.source, Some(&page.blocks)));
    let sections = library.sections.iter().filter(|section| section.fallback_of.is_none());
    let sections = sections.filter_map(|section| Some((&**section.source.as_ref()?, None)));
    let options = markdown::parser_options(config);
    let mut report = Report::default();
    for (source, blocks) in pages.chain(sections) {
        let Some(tongue) = Tongue::of(&source.language) else { continue };
        let limits = config.readability(&source.path);
        let longest = limits.and_then(|limits| limits.longest);
        let read = PageText::read(source, blocks, options, tongue, longest);
        if read.counts.words == 0 {
            continue;
        }
        if let Some(limits) = limits {
            report.breaches.extend(breaches(&read, limits, &source.text.file, tongue));
        }
        let (counts, hints) = (read.counts, read.hints);
        report.pages.push(PageReport { file: source.path.clone(), tongue, counts, hints });
    }
    report.pages.sort_by(|a, b| a.file.cmp(&b.file));
    report
}

/// What of a text is beyond its section's limits. Indices count from a sample on: a line of twenty words has none.
fn breaches(page: &PageText, limits: &ReadabilityConfig, file: &str, tongue: Tongue) -> Vec<Diagnostic> {
    let counts = &page.counts;
    let polish = tongue == Tongue::Polish;
    let is_sample = counts.words >= SAMPLE;
    let whole = Span::file(file);
    let mut found = vec![];
    let above = |limit: &f64, figure: f64| is_sample && rounded(figure) > *limit;
    if let Some(limit) = limits.fog.filter(|limit| polish && above(limit, counts.fog())) {
        let (fog, limit) = (decimal(counts.fog()), decimal(limit));
        let pl = format!("tekst jest za trudny: FOG {}, a może być najwyżej {}", fog.pl, limit.pl);
        let en = format!("the text is too hard: FOG {}, at most {} wanted", fog.en, limit.en);
        found.push((Text { pl, en }, whole.clone()));
    }
    if let Some(limit) = limits.flesch.filter(|limit| !polish && is_sample && rounded(counts.flesch()) < *limit) {
        let (flesch, limit) = (decimal(counts.flesch()), decimal(limit));
        let pl = format!("tekst jest za trudny: Flesch {}, a ma być co najmniej {}", flesch.pl, limit.pl);
        let en = format!("the text is too hard: Flesch {}, at least {} wanted", flesch.en, limit.en);
        found.push((Text { pl, en }, whole.clone()));
    }
    if let Some(limit) = limits.mean.filter(|limit| above(limit, counts.mean())) {
        let (mean, limit) = (decimal(counts.mean()), decimal(limit));
        let pl = format!("zdania są za długie: średnio {} słowa, a może być najwyżej {}", mean.pl, limit.pl);
        let en = format!("the sentences are too long: {} words on average, at most {} wanted", mean.en, limit.en);
        found.push((Text { pl, en }, whole));
    }
    let limit = limits.longest.unwrap_or_default();
    found.extend(page.long.iter().map(|(words, span)| {
        let message = text!(
            "zdanie ma za dużo słów: {words}, a może mieć najwyżej {limit}",
            "the sentence has too many words: {words}, at most {limit} wanted"
        );
        (message, span.clone())
    }));
    let help = text!(
        "skróć zdania i zamień długie słowa; miejsca pokaże: huta check --readability --hints",
        "shorten sentences and replace long words; `huta check --readability --hints` shows where"
    );
    let told = |(message, span): (Text, Span)| {
        let severity = if limits.fail { Severity::Error } else { Severity::Warning };
        Diagnostic { severity, ..Diagnostic::error(Code::HardToRead, span, message).help(help.clone()) }
    };
    found.into_iter().map(told).collect()
}

/// A figure as it is printed: to a tenth, so that what is printed equal to a limit is within it.
fn rounded(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

/// A figure with one decimal, a comma before it in Polish.
#[must_use]
pub fn decimal(figure: f64) -> Text {
    let en = format!("{:.1}", rounded(figure));
    Text { pl: en.replace('.', ","), en }
}
