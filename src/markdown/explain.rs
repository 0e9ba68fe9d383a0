//! Words of a running text with their explanations: the first of each in every section of the text.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::{Fragments, Owner, typeset_for};
use crate::config::Config;
use crate::content::Library;
use crate::diagnostic::Diagnostics;
use crate::glossary::{Found, Glossary, Lexicon, Word};

/// What explains the words of a text.
#[derive(Debug, Clone, Copy)]
pub struct Explains<'a> {
    /// The words.
    pub glossary: &'a Glossary,
    /// Their forms, as far as they are explained here.
    pub lexicon: &'a Lexicon,
}

/// A word in a text with its explanation, as the template `word.html` sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// The words of the text.
    pub text: &'a str,
    /// A name that nothing else on the page has.
    pub id: String,
    /// The word as it stands in a dictionary.
    pub word: String,
    /// What it means.
    pub means: String,
    /// Its place in the list of all words.
    pub permalink: Option<String>,
    /// Title and address of the page that says more.
    pub chapter: Option<(String, &'a str)>,
    /// Language of the text, which in a fallback is not the one of the page.
    pub text_language: &'a str,
}

/// What a text's words are explained with.
pub(super) struct Explainer<'a> {
    pub(super) explains: Explains<'a>,
    pub(super) owner: &'a Owner<'a>,
    pub(super) library: &'a Library,
    pub(super) config: &'a Config,
    pub(super) fragments: &'a dyn Fragments,
    /// Anchors of the page.
    pub(super) taken: &'a BTreeSet<String>,
}

/// HTML elements that running text stands in; in others no word is explained.
const CONTAINERS: [&str; 13] = [
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "div",
    "footer",
    "header",
    "li",
    "main",
    "ol",
    "section",
    "ul",
];

/// HTML elements that have no end.
const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

/// Marks that belong to the word before them, and must not begin a line.
const CLOSING: &str = ",.;:!?)]”’»…%";

/// Letters before a word that it is kept together with; more are not meant to be.
const MOST_BEFORE: usize = 12;

/// A stretch of running text: events, and where each stands in the text they make.
#[derive(Default)]
struct Run<'e> {
    events: Vec<(Event<'e>, Range<usize>)>,
    text: String,
}

impl<'e> Run<'e> {
    fn push(&mut self, event: Event<'e>) {
        let start = self.text.len();
        match &event {
            Event::Text(text) => self.text.push_str(text),
            Event::SoftBreak => self.text.push('\n'),
            _ => {}
        }
        self.events.push((event, start..self.text.len()));
    }

    /// Whether nothing but text and line breaks stands in a range.
    fn is_whole(&self, range: &Range<usize>) -> bool {
        self.events.iter().all(|(event, at)| {
            matches!(event, Event::Text(_) | Event::SoftBreak) || at.start <= range.start || at.start >= range.end
        })
    }
}

impl Explainer<'_> {
    /// The events with explanations; `None` when there is nothing to explain.
    pub(super) fn explain<'e>(&self, events: &[Event<'e>], diagnostics: &mut Diagnostics) -> Option<Vec<Event<'e>>> {
        let mut pass = Pass { explainer: self, seen: HashSet::new(), counts: HashMap::new(), diagnostics };
        let mut out = Vec::with_capacity(events.len() + 16);
        let mut run = Run::default();
        let (mut outside, mut html) = (0_usize, vec![]);
        for event in events {
            let is_text = match event {
                Event::Text(_) => true,
                Event::SoftBreak
                | Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
                | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => !run.events.is_empty(),
                _ => false,
            };
            if is_text && outside == 0 && html.is_empty() {
                run.push(event.clone());
                continue;
            }
            pass.flush(&mut run, &mut out);
            match event {
                Event::Start(tag) => {
                    outside += usize::from(is_outside(tag.to_end()));
                    if let Tag::Heading { level, .. } = tag
                        && *level <= HeadingLevel::H3
                    {
                        pass.seen.clear();
                    }
                }
                Event::End(tag) => outside = outside.saturating_sub(usize::from(is_outside(*tag))),
                Event::Html(text) | Event::InlineHtml(text) => elements(text, &mut html),
                _ => {}
            }
            out.push(event.clone());
        }
        pass.flush(&mut run, &mut out);
        let any = !pass.counts.is_empty();
        any.then_some(out)
    }
}

/// Whether what stands in an element is no running text.
fn is_outside(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::Table
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListTitle
            | TagEnd::MetadataBlock(_)
    )
}

/// Keeps account of the HTML elements that are open and hold no running text.
fn elements(html: &str, open: &mut Vec<String>) {
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let (closes, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        if name.is_empty() || VOID.contains(&name.as_str()) || CONTAINERS.contains(&name.as_str()) {
            continue;
        }
        if closes {
            if let Some(last) = open.iter().rposition(|other| *other == name) {
                open.truncate(last);
            }
        } else if !rest.split('>').next().is_some_and(|tag| tag.ends_with('/')) {
            open.push(name);
        }
    }
}

/// One walk over a text.
struct Pass<'a, 'd> {
    explainer: &'a Explainer<'a>,
    /// Words explained in this section of the text.
    seen: HashSet<usize>,
    /// How many explanations each word has on the page.
    counts: HashMap<usize, usize>,
    diagnostics: &'d mut Diagnostics,
}

impl Pass<'_, '_> {
    /// Passes a stretch of text on, its words explained.
    fn flush<'e>(&mut self, run: &mut Run<'e>, out: &mut Vec<Event<'e>>) {
        let run = std::mem::take(run);
        let mut found = self.explainer.explains.lexicon.find(&run.text);
        found.retain(|found| run.is_whole(&found.range) && self.seen.insert(found.word));
        let mut found = found.into_iter().peekable();
        // How far the text was passed on.
        let mut done = 0;
        for (event, range) in run.events {
            if !matches!(event, Event::Text(_) | Event::SoftBreak) {
                out.push(event);
                continue;
            }
            if found.peek().is_none_or(|found| found.range.start >= range.end) && done <= range.start {
                out.push(event);
                done = range.end;
                continue;
            }
            while let Some(next) = found.next_if(|found| found.range.start < range.end) {
                let before = before(&run.text[done.max(range.start)..next.range.start]);
                let limit = found.peek().map_or(run.text.len(), |after| after.range.start);
                let after = after(&run.text[next.range.end..limit], range.end.saturating_sub(next.range.end));
                push_text(out, &run.text[done.max(range.start)..next.range.start - before.len()]);
                self.push(out, &next, &run.text, (before, after));
                done = next.range.end + after.len();
            }
            push_text(out, run.text.get(done.max(range.start)..range.end).unwrap_or_default());
            done = done.max(range.end);
        }
    }

    /// One word with what it must not be parted from.
    fn push(&mut self, out: &mut Vec<Event<'_>>, found: &Found, text: &str, (before, after): (&str, &str)) {
        let written = text[found.range.clone()].replace('\n', " ");
        let Some(html) = self.html(found.word, &written) else {
            push_text(out, &[before, &written, after].concat());
            return;
        };
        // A button is a thing in the line: without this the line may break before the comma after it.
        let holds = !before.is_empty() || !after.is_empty();
        if holds {
            out.push(Event::InlineHtml("<span class=\"held\">".into()));
            push_text(out, before);
        }
        out.push(Event::InlineHtml(html.into()));
        if holds {
            push_text(out, after);
            out.push(Event::InlineHtml("</span>".into()));
        }
    }

    fn html(&mut self, number: usize, written: &str) -> Option<String> {
        let Explainer { explains, owner, library, config, fragments, taken } = self.explainer;
        let word: &Word = explains.glossary.word(owner.text_language, number)?;
        let count = self.counts.entry(number).or_default();
        let id = loop {
            *count += 1;
            let id = format!("w-{}-{count}", word.id);
            if !taken.contains(&id) {
                break id;
            }
        };
        let set = |text: &str| typeset_for(config, text, owner.text_language);
        let chapter = word.chapter.as_deref().and_then(|path| library.page(path, owner.language));
        let chapter = chapter.map(|id| &library.pages[id]).filter(|page| page.permalink != owner.permalink);
        let explanation = Explanation {
            text: written,
            id,
            word: set(&word.word),
            means: set(&word.means),
            permalink: explains.glossary.permalink(word, owner.text_language),
            chapter: chapter
                .map(|page| (set(page.front.title.as_deref().unwrap_or_default()), page.permalink.as_str())),
            text_language: owner.text_language,
        };
        match fragments.word(&explanation, owner.language) {
            Ok(html) => Some(html.trim().to_string()),
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }
}

/// What stands right before a word without a place to break the line.
fn before(text: &str) -> &str {
    let at = text.rfind([' ', '\n']).map_or(0, |at| at + 1);
    let held = &text[at..];
    if held.chars().count() > MOST_BEFORE { "" } else { held }
}

/// The marks right after a word, in the same piece of text.
fn after(text: &str, most: usize) -> &str {
    let end = text.find(|c| !CLOSING.contains(c)).unwrap_or(text.len());
    if end <= most { &text[..end] } else { "" }
}

fn push_text(out: &mut Vec<Event<'_>>, text: &str) {
    if !text.is_empty() {
        out.push(Event::Text(text.to_string().into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_hold_no_text_are_kept_account_of() {
        let mut open = vec![];
        elements("<div><a href=x>", &mut open);
        elements("<br><kbd>", &mut open);
        assert_eq!(open, ["a", "kbd"]);
        elements("</kbd></a></div><span/>", &mut open);
        assert!(open.is_empty());
    }

    #[test]
    fn what_is_held() {
        assert_eq!((before("Spacer w\u{a0}"), before("a („"), before("koniec ")), ("w\u{a0}", "(„", ""));
        assert_eq!((after("), dalej", 9), after(" x", 2), after(",", 0)), ("),", "", ""));
    }
}
