//! Events of the parser into HTML.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::allowed::{forbidden, has_allowed_scheme, is_of};
use super::explain::Explainer;
use super::figure::{Frames, Written};
use super::heading::{Anchors, nest};
use super::html::{foreign, to_html};
use super::limits::{self, MOST_EVENTS};
use super::link::{external, resolve};
use super::marks::{Lines, is_block, place};
use super::{
    AnchorCheck, Code, Fragments, Heading, NoFragments, Owner, component, emoji, footnote, summary, typography,
};
use crate::config::{AnchorLinks, Config};
use crate::content::{Library, Target, slugify_anchor};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Severity};
use crate::gallery::Galleries;
use crate::source::{MOST_TOLD, too_much};
use crate::text;

/// The anchor that stands in place of the `more` marker.
const CONTINUE: &str = "continue-reading";

/// Markdown as HTML, and what was found on the way.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The whole body.
    pub html: String,
    /// The whole body without explanations of words, where `html` has some.
    pub plain: Option<String>,
    /// The part before the `more` marker.
    pub summary: Option<String>,
    /// Headings as a tree.
    pub toc: Vec<Heading>,
    /// Everything an anchor can point at.
    pub ids: BTreeSet<String>,
    /// Pages and sections linked to.
    pub targets: Vec<Target>,
    /// Anchors still to be checked.
    pub checks: Vec<AnchorCheck>,
    /// Words of the body as it stands in its file, where somebody has counted them.
    pub words: usize,
}

/// What Markdown is rendered with, the same for the whole site.
#[derive(Debug, Clone, Copy)]
pub struct Markdown<'a> {
    /// Options.
    pub config: &'a Config,
    /// What links lead to.
    pub library: &'a Library,
    /// Pictures of pages.
    pub galleries: &'a Galleries,
    /// How code is written.
    pub code: &'a Code,
    /// Whether blocks of bodies say where they stand in their files.
    pub marks_lines: bool,
}

impl Markdown<'_> {
    /// Renders a body. `blocks` are pieces of HTML that stand in it as [`super::placeholder`]s.
    pub fn render(
        &self,
        body: &str,
        blocks: &[String],
        owner: &Owner<'_>,
        anchor_links: AnchorLinks,
        fragments: &dyn Fragments,
        diagnostics: &mut Diagnostics,
    ) -> Rendered {
        let parser = Parser::new_ext(body, parser_options(self.config)).into_offset_iter();
        let is_trusted = self.config.trusts(&owner.source.file);
        let most = if is_trusted { usize::MAX } else { MOST_EVENTS + 1 };
        let events: Vec<(Event<'_>, Range<usize>)> = TextMergeWithOffset::new(parser).take(most).collect();
        if let Some((place, what)) = limits::excess(&events).filter(|_| !is_trusted) {
            let help = text!(
                "podziel tekst na kilka stron albo zapisz go prościej",
                "make several pages of the text, or write it in a plainer way"
            );
            diagnostics.push(too_much(owner.span(place, ""), what, help));
            return Rendered::default();
        }
        let told_before = diagnostics.len();
        let mut renderer = Renderer {
            owner,
            config: self.config,
            library: self.library,
            code: self.code,
            frames: Frames { owner, galleries: self.galleries, library: self.library, config: self.config, fragments },
            blocks,
            anchor_links,
            fragments,
            diagnostics,
            out: Vec::with_capacity(events.len() + 16),
            anchors: Anchors::default(),
            notes: BTreeSet::new(),
            headings: vec![],
            rendered: Rendered::default(),
            links: vec![],
            more: None,
            open: vec![],
            is_trusted,
            told_before,
            home: self.config.permalink("/"),
            dropped: vec![],
            lines: self.marks_lines.then(|| Lines::of(body, owner)).flatten(),
        };
        renderer.reserve(&events);
        renderer.run(events);
        renderer.finish()
    }

    /// Renders a short text: a caption, a note. The paragraph around a single one is dropped when `inline`.
    pub fn render_inline(
        &self,
        text: &str,
        inline: bool,
        owner: &Owner<'_>,
        diagnostics: &mut Diagnostics,
    ) -> (String, Vec<AnchorCheck>) {
        let rendered = self.render(text, &[], owner, AnchorLinks::None, &NoFragments, diagnostics);
        let html = rendered.html.trim();
        let bare =
            html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")).filter(|rest| !rest.contains("<p>"));
        let html = bare.filter(|_| inline).unwrap_or(html);
        (html.to_string(), rendered.checks)
    }
}

/// What of Markdown the parser knows on this site.
#[must_use]
pub fn parser_options(config: &Config) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    options.set(Options::ENABLE_SMART_PUNCTUATION, config.markdown.smart_punctuation);
    options.set(Options::ENABLE_DEFINITION_LIST, config.markdown.definition_list);
    options.set(Options::ENABLE_GFM, config.markdown.github_alerts);
    options
}

/// Whether a paragraph that has just begun is one picture and nothing else.
fn lone_picture(paragraph: &[(Event<'_>, Range<usize>)]) -> bool {
    let is_start = matches!(paragraph.first(), Some((Event::Start(Tag::Image { .. }), _)));
    let end = paragraph.iter().position(|(event, _)| matches!(event, Event::End(TagEnd::Image)));
    is_start && end.is_some_and(|end| matches!(paragraph.get(end + 1), Some((Event::End(TagEnd::Paragraph), _))))
}

/// The text up to the end of a picture: what is seen on it.
fn alternative(events: &[(Event<'_>, Range<usize>)]) -> String {
    let inside = events.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Image)));
    inside
        .map(|(event, _)| match event {
            Event::Text(text) | Event::Code(text) => text.as_ref(),
            Event::SoftBreak | Event::HardBreak => " ",
            _ => "",
        })
        .collect()
}

struct Renderer<'a, 'e> {
    owner: &'a Owner<'a>,
    config: &'a Config,
    library: &'a Library,
    code: &'a Code,
    frames: Frames<'a>,
    blocks: &'a [String],
    anchor_links: AnchorLinks,
    fragments: &'a dyn Fragments,
    diagnostics: &'a mut Diagnostics,
    out: Vec<Event<'e>>,
    anchors: Anchors,
    /// Names of notes so far.
    notes: BTreeSet<String>,
    headings: Vec<Heading>,
    rendered: Rendered,
    /// For each open link whether its closing tag is ours to write.
    links: Vec<bool>,
    /// Position in `out` of the `more` marker and the blocks open there.
    more: Option<(usize, Vec<TagEnd>)>,
    open: Vec<TagEnd>,
    /// How many problems there were before this text.
    told_before: usize,
    /// Whether the file may hold any HTML and any address.
    is_trusted: bool,
    /// Address of the site, with a slash at its end.
    home: String,
    /// For each open picture whether it is left out.
    dropped: Vec<bool>,
    /// Where blocks stand, where that is wanted.
    lines: Option<Lines<'a>>,
}

impl<'e> Renderer<'_, 'e> {
    /// Keeps anchors from headings that stand elsewhere: those written out, those of notes, that of the `more` marker.
    fn reserve(&mut self, events: &[(Event<'e>, Range<usize>)]) {
        for (event, _) in events {
            match event {
                Event::Start(Tag::Heading { id: Some(id), .. }) => self.anchors.reserve(id),
                Event::Start(Tag::FootnoteDefinition(name)) if !self.config.markdown.bottom_footnotes => {
                    self.anchors.reserve(name);
                }
                Event::Html(text) | Event::InlineHtml(text) if summary::is_more(text) => {
                    self.anchors.reserve(CONTINUE);
                }
                _ => {}
            }
        }
        if self.config.markdown.bottom_footnotes {
            footnote::anchors(events.iter().map(|(event, _)| event), |anchor| self.anchors.reserve(anchor));
        }
    }

    fn run(&mut self, events: Vec<(Event<'e>, Range<usize>)>) {
        let mut events = events.into_iter();
        while let Some((event, range)) = events.next() {
            if self.told() > MOST_TOLD && self.diagnostics.count(Severity::Error) > MOST_TOLD {
                let what = text!(
                    "ponad {MOST_TOLD} problemów; dalej nie sprawdzono",
                    "more than {MOST_TOLD} problems; the rest was not looked at"
                );
                let help = text!(
                    "popraw te, które są wypisane, i sprawdź jeszcze raz",
                    "mend those that are listed, and check once more"
                );
                self.diagnostics.push(too_much(self.owner.span(range, ""), what, help));
                return;
            }
            if let Some(lines) = &mut self.lines
                && is_block(&event, events.as_slice().first().map(|(event, _)| event))
                && let Some(mark) = lines.mark(range.start)
            {
                self.out.push(Event::InlineHtml(mark.into()));
            }
            match event {
                Event::Start(Tag::Paragraph) if lone_picture(events.as_slice()) && self.figure(events.as_slice()) => {
                    // Up to the end of the paragraph all is the picture's.
                    for (event, _) in events.by_ref() {
                        if matches!(event, Event::End(TagEnd::Paragraph)) {
                            break;
                        }
                    }
                }
                Event::Start(Tag::Image { ref dest_url, ref title, .. })
                    if self.picture(dest_url, title, &range, events.as_slice()) =>
                {
                    for (event, _) in events.by_ref() {
                        if matches!(event, Event::End(TagEnd::Image)) {
                            break;
                        }
                    }
                }
                Event::Start(Tag::Heading { level, id, classes, .. }) => {
                    let mut inside = vec![];
                    for (event, range) in events.by_ref() {
                        if matches!(event, Event::End(TagEnd::Heading(_))) {
                            break;
                        }
                        inside.push((event, range));
                    }
                    self.heading(level, id, classes, inside);
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let mut text = String::new();
                    for (event, _) in events.by_ref() {
                        match event {
                            Event::Text(line) => text.push_str(&line),
                            Event::End(_) => break,
                            _ => {}
                        }
                    }
                    self.code_block(&kind, &text, range);
                }
                Event::Text(text) => self.text(text),
                Event::SoftBreak => self.soft_break(),
                other => self.other(other, range),
            }
        }
    }

    /// How many problems of this text were told.
    fn told(&self) -> usize {
        self.diagnostics.len() - self.told_before
    }

    /// A paragraph that is nothing but a picture of the page; false when it is another picture.
    fn figure(&mut self, paragraph: &[(Event<'e>, Range<usize>)]) -> bool {
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), range)) = paragraph.first() else { return false };
        let alt = alternative(&paragraph[1..]);
        let written = Written { destination: dest_url, alt: &alt, title, stands_alone: true };
        let Some(html) = self.frames.html(&written, range.clone(), self.diagnostics) else { return false };
        self.out.push(Event::Html(format!("{html}\n").into()));
        true
    }

    /// A picture of the page inside a paragraph; false when it is another picture.
    fn picture(
        &mut self,
        destination: &str,
        title: &str,
        range: &Range<usize>,
        rest: &[(Event<'e>, Range<usize>)],
    ) -> bool {
        let alt = alternative(rest);
        let written = Written { destination, alt: &alt, title, stands_alone: false };
        let Some(html) = self.frames.html(&written, range.clone(), self.diagnostics) else { return false };
        self.out.push(Event::InlineHtml(html.into()));
        true
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>, text: &str, range: Range<usize>) {
        let (owner, diagnostics) = (self.owner, &mut *self.diagnostics);
        let html = self.code.block(kind, text, |language, is_error| {
            let diagnostic = Diagnostic::error(
                diagnostic::Code::UnknownCodeLanguage,
                owner.span(range, language),
                text!("nie ma kolorów dla języka kodu „{language}”", "there are no colours for code in `{language}`"),
            )
            .help(text!(
                "popraw nazwę, usuń ją albo dodaj gramatykę w extra_grammars",
                "mend the name, remove it, or add a grammar in extra_grammars"
            ));
            let severity = if is_error { Severity::Error } else { Severity::Warning };
            diagnostics.push(Diagnostic { severity, ..diagnostic });
        });
        self.out.push(Event::Html(html.into()));
    }

    fn other(&mut self, event: Event<'e>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let is_mail = link_type == LinkType::Email;
                let address = if is_mail { dest_url.to_string() } else { self.address(&dest_url, range) };
                let tag = external(&dest_url, &address, &title, self.config);
                self.links.push(tag.is_some());
                match tag {
                    Some(tag) => {
                        self.open.push(TagEnd::Link);
                        self.out.push(Event::InlineHtml(tag.into()));
                    }
                    None => self.push(Event::Start(Tag::Link { link_type, dest_url: address.into(), title, id })),
                }
            }
            Event::End(TagEnd::Link) => {
                if self.links.pop().unwrap_or(false) {
                    self.open.pop();
                    self.out.push(Event::InlineHtml("</a>".into()));
                } else {
                    self.push(Event::End(TagEnd::Link));
                }
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let address = self.address(&dest_url, range.clone());
                let is_dropped = !self.is_trusted && !is_of(&address, &self.home);
                self.dropped.push(is_dropped);
                if is_dropped {
                    self.foreign_picture(&dest_url, range);
                    return;
                }
                self.push(Event::Start(Tag::Image { link_type, dest_url: address.into(), title, id }));
            }
            // Of a picture of another site the words remain.
            Event::End(TagEnd::Image) if self.dropped.pop().unwrap_or(false) => {}
            Event::Html(text) | Event::InlineHtml(text) if self.more.is_none() && summary::is_more(&text) => {
                let blocks = self.open.iter().filter(|open| !matches!(open, TagEnd::HtmlBlock)).copied().collect();
                self.more = Some((self.out.len(), blocks));
                self.out.push(Event::Html(format!("<span id=\"{CONTINUE}\"></span>").into()));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                // Nothing leads to a second note of the same name, but its anchor must not be there twice.
                let is_first = self.notes.insert(name.to_string()) || self.config.markdown.bottom_footnotes;
                let name = if is_first { name } else { self.anchors.free(&name).into() };
                self.rendered.ids.insert(name.to_string());
                self.push(Event::Start(Tag::FootnoteDefinition(name)));
            }
            Event::Html(text) => {
                let html = match component::placed(&text, self.blocks) {
                    Some(block) => {
                        self.collect_ids(&block);
                        CowStr::from(block)
                    }
                    None => self.written(text, range),
                };
                self.out.push(Event::Html(html));
            }
            Event::InlineHtml(text) => {
                let html = match component::placed_in_line(&text, self.blocks) {
                    Some(made) => {
                        self.collect_ids(&made);
                        CowStr::from(made)
                    }
                    None => self.written(text, range),
                };
                self.out.push(Event::InlineHtml(html));
            }
            other => self.push(other),
        }
    }

    /// HTML as an editor wrote it.
    fn written(&mut self, html: CowStr<'e>, range: Range<usize>) -> CowStr<'e> {
        if self.is_trusted {
            self.collect_ids(&html);
            return html;
        }
        let goes = forbidden(&html, &self.home);
        if !goes.is_empty() && self.told() < MOST_TOLD {
            let goes = goes.iter().map(|what| format!("`{what}`")).collect::<Vec<_>>().join(", ");
            let warning = Diagnostic::warning(
                diagnostic::Code::HtmlRemoved,
                self.owner.span(range, html.trim()),
                text!("usunięto to, czego nie może być w tekście: {goes}", "removed what a text may not have: {goes}"),
            );
            self.diagnostics.push(warning.help(text!(
                "napisz to w Markdownie; osoba, która prowadzi witrynę, może dopuścić ten plik: [trust] content w huta.toml",
                "write it in Markdown; whoever runs the site can trust this file: [trust] content in huta.toml"
            )));
        }
        foreign(&html)
    }

    fn foreign_picture(&mut self, destination: &str, range: Range<usize>) {
        let error = Diagnostic::error(
            diagnostic::Code::ForeignPicture,
            self.owner.span(range, destination),
            text!("obraz „{destination}” leży na innej witrynie", "the picture `{destination}` is on another site"),
        );
        self.diagnostics.push(error.help(text!(
            "zapisz plik obok strony i podaj jego nazwę; inna witryna widziałaby, kto czyta stronę",
            "save the file beside the page and give its name; the other site would learn about every reader"
        )));
    }

    /// Passes an event on, keeping account of what is open.
    fn push(&mut self, event: Event<'e>) {
        match &event {
            Event::Start(tag) => self.open.push(tag.to_end()),
            Event::End(_) => {
                self.open.pop();
            }
            _ => {}
        }
        self.out.push(event);
    }

    fn text(&mut self, text: CowStr<'e>) {
        let text = if self.config.markdown.render_emoji { emoji::replace(&text).into_owned().into() } else { text };
        if !self.config.markdown.typography {
            self.out.push(Event::Text(text));
            return;
        }
        let before = match self.out.last() {
            Some(Event::Text(before) | Event::Code(before)) => before.chars().last(),
            // After a break or an opening tag a word begins.
            Some(
                Event::SoftBreak
                | Event::HardBreak
                | Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. })
                | Event::InlineHtml(_),
            ) => Some(' '),
            Some(Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link)) => Some('x'),
            _ => None,
        };
        self.out.push(Event::Text(typography::typeset(&text, self.owner.text_language, before).into()));
    }

    /// A line break of the source; after a word that may not end a line it is a no-break space.
    fn soft_break(&mut self) {
        let hangs = self.config.markdown.typography
            && matches!(self.out.last(), Some(Event::Text(text)) if typography::hangs(text, self.owner.text_language));
        self.out.push(if hangs { Event::Text("\u{a0}".into()) } else { Event::SoftBreak });
    }

    fn address(&mut self, destination: &str, range: Range<usize>) -> String {
        if let Some(address) = self.frames.address(destination, &range, self.diagnostics) {
            return address;
        }
        if !self.is_trusted && !has_allowed_scheme(destination) {
            let error = Diagnostic::error(
                diagnostic::Code::UnsafeAddress,
                self.owner.span(range, destination),
                text!("odnośnik nie może prowadzić do „{destination}”", "a link may not lead to `{destination}`"),
            );
            self.diagnostics.push(error.help(text!(
                "adres ma się zaczynać od https://, http://, mailto:, tel: albo geo:, a strony tej witryny od @/",
                "an address starts with https://, http://, mailto:, tel: or geo:, one on this site with @/"
            )));
            return "#".into();
        }
        match resolve(destination, range, self.owner, self.library) {
            Ok(resolved) => {
                self.rendered.targets.extend(resolved.target);
                self.rendered.checks.extend(resolved.check);
                resolved.address
            }
            Err(diagnostic) => {
                let severity = match diagnostic.code {
                    diagnostic::Code::BrokenLink if diagnostic.severity == Severity::Error => {
                        self.config.link_checker.internal_level.severity()
                    }
                    _ => diagnostic.severity,
                };
                self.diagnostics.push(Diagnostic { severity, ..diagnostic });
                destination.to_string()
            }
        }
    }

    fn heading(
        &mut self,
        level: pulldown_cmark::HeadingLevel,
        id: Option<CowStr<'e>>,
        classes: Vec<CowStr<'e>>,
        inside: Vec<(Event<'e>, Range<usize>)>,
    ) {
        let title: String = inside
            .iter()
            .filter_map(|(event, _)| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        let classes = if self.is_trusted { classes } else { vec![] };
        let id = match id {
            Some(id) => id.to_string(),
            None => self.anchors.free(&slugify_anchor(&title, self.config.slugify.anchors)),
        };
        let number = level as u8;
        let mut link = String::new();
        if self.anchor_links != AnchorLinks::None {
            match self.fragments.anchor_link(&id, number, self.owner.language) {
                Ok(html) => link = html,
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        let (before, after) = match self.anchor_links {
            AnchorLinks::None => (String::new(), String::new()),
            AnchorLinks::Left => (link, String::new()),
            AnchorLinks::Right => (String::new(), link),
            AnchorLinks::Heading => {
                (link.split_inclusive('>').next().unwrap_or_default().to_string(), "</a>".to_string())
            }
        };
        self.push(Event::Start(Tag::Heading { level, id: Some(id.clone().into()), classes, attrs: vec![] }));
        self.out.push(Event::InlineHtml(before.into()));
        for (event, range) in inside {
            match event {
                Event::Text(text) => self.text(text),
                other => self.other(other, range),
            }
        }
        self.out.push(Event::InlineHtml(after.into()));
        self.push(Event::End(TagEnd::Heading(level)));
        self.rendered.ids.insert(id.clone());
        let permalink = format!("{}#{id}", self.owner.permalink);
        let title = if self.config.markdown.render_emoji { emoji::replace(&title).into_owned() } else { title };
        self.headings.push(Heading { level: number, id, permalink, title, children: vec![] });
    }

    /// Anchors in raw HTML: the values of `id` and `name`, whatever the case and the white space before them.
    fn collect_ids(&mut self, html: &str) {
        let lower = html.to_ascii_lowercase();
        for name in ["id=", "name="] {
            for (at, _) in lower.match_indices(name) {
                // A tag over several lines comes in a piece for each line.
                if at > 0 && !html[..at].ends_with(|c: char| c.is_ascii_whitespace()) {
                    continue;
                }
                let rest = &html[at + name.len()..];
                let value = match rest.chars().next() {
                    Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next(),
                    _ => rest.split(|c: char| c.is_whitespace() || c == '>').next(),
                };
                self.rendered.ids.extend(value.map(str::to_string));
            }
        }
    }

    fn finish(mut self) -> Rendered {
        if let Some((at, open)) = self.more.take() {
            let before = summary::before_more(&self.out[..at], self.config.markdown.bottom_footnotes);
            let cutoff = |text: &str| self.fragments.summary_cutoff(text, self.owner.language);
            let (lazy, ids) = (self.config.markdown.lazy_async_image, &self.rendered.ids);
            let write = |events: Vec<Event<'_>>| to_html(events, lazy, &self.home, ids);
            match summary::summary(before, &open, write, cutoff) {
                Ok(summary) => self.rendered.summary = Some(summary),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
            self.rendered.ids.insert(CONTINUE.into());
        }
        self.rendered.toc = nest(std::mem::take(&mut self.headings));
        let events = std::mem::take(&mut self.out);
        let explained = self.explained(&events);
        let html = self.html(events);
        match explained {
            Some(explained) => {
                self.rendered.html = self.html(explained);
                self.rendered.plain = Some(html);
            }
            None => self.rendered.html = html,
        }
        if self.lines.is_some() {
            let Rendered { html, plain, summary, .. } = &mut self.rendered;
            for html in std::iter::once(html).chain(plain).chain(summary) {
                *html = place(html, &self.owner.source.file);
            }
        }
        // It stays until its page is written, and has grown in steps.
        self.rendered.html.shrink_to_fit();
        self.rendered
    }

    fn html(&mut self, mut events: Vec<Event<'e>>) -> String {
        if self.config.markdown.bottom_footnotes {
            let (moved, ids) = footnote::to_bottom(events, self.owner.permalink);
            events = moved;
            self.rendered.ids.extend(ids);
        }
        to_html(events, self.config.markdown.lazy_async_image, &self.home, &self.rendered.ids)
    }

    /// The same text with its words explained.
    fn explained(&mut self, events: &[Event<'e>]) -> Option<Vec<Event<'e>>> {
        let (owner, library, config) = (self.owner, self.library, self.config);
        let (explains, fragments, taken) = (owner.explains?, self.fragments, &self.rendered.ids);
        Explainer { explains, owner, library, config, fragments, taken }.explain(events, self.diagnostics)
    }
}
