//! Events of the parser into HTML.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};
use pulldown_cmark_escape::{escape_href, escape_html};

use super::heading::{Anchors, nest};
use super::link::{external, resolve};
use super::{AnchorCheck, Heading, Owner, typography};
use crate::config::{AnchorLinks, Config};
use crate::content::{Library, Target, slugify_anchor};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};

/// Templates that Markdown needs while it is rendered.
pub trait Fragments {
    /// The link to a heading.
    fn anchor_link(&self, id: &str, level: u8, language: &str) -> Result<String, Diagnostic>;
    /// What stands at the end of a summary that was cut inside a block.
    fn summary_cutoff(&self, summary: &str, language: &str) -> Result<String, Diagnostic>;
}

/// No templates: for short texts, and for checking a site whose templates are broken.
#[derive(Debug, Clone, Copy)]
pub struct NoFragments;

impl Fragments for NoFragments {
    fn anchor_link(&self, _: &str, _: u8, _: &str) -> Result<String, Diagnostic> {
        Ok(String::new())
    }
    fn summary_cutoff(&self, _: &str, _: &str) -> Result<String, Diagnostic> {
        Ok(String::new())
    }
}

/// Markdown as HTML, and what was found on the way.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The whole body.
    pub html: String,
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
}

/// Renders a body.
pub fn render(
    body: &str,
    owner: &Owner<'_>,
    anchor_links: AnchorLinks,
    config: &Config,
    library: &Library,
    fragments: &dyn Fragments,
    diagnostics: &mut Diagnostics,
) -> Rendered {
    let events: Vec<(Event<'_>, Range<usize>)> = Parser::new_ext(body, options(config)).into_offset_iter().collect();
    let mut renderer = Renderer {
        owner,
        config,
        library,
        anchor_links,
        fragments,
        diagnostics,
        out: Vec::with_capacity(events.len() + 16),
        anchors: Anchors::default(),
        headings: vec![],
        rendered: Rendered::default(),
        links: vec![],
        more: None,
        open: vec![],
    };
    for (event, _) in &events {
        if let Event::Start(Tag::Heading { id: Some(id), .. }) = event {
            renderer.anchors.reserve(id);
        }
    }
    renderer.run(events);
    renderer.finish()
}

/// Renders a short text: a caption, a note. The paragraph around a single one is dropped when `inline`.
pub fn render_inline(
    text: &str,
    inline: bool,
    owner: &Owner<'_>,
    config: &Config,
    library: &Library,
    diagnostics: &mut Diagnostics,
) -> (String, Vec<AnchorCheck>) {
    let rendered = render(text, owner, AnchorLinks::None, config, library, &NoFragments, diagnostics);
    let html = rendered.html.trim();
    let bare = html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")).filter(|rest| !rest.contains("<p>"));
    let html = bare.filter(|_| inline).unwrap_or(html);
    (html.to_string(), rendered.checks)
}

fn options(config: &Config) -> Options {
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

struct Renderer<'a, 'e> {
    owner: &'a Owner<'a>,
    config: &'a Config,
    library: &'a Library,
    anchor_links: AnchorLinks,
    fragments: &'a dyn Fragments,
    diagnostics: &'a mut Diagnostics,
    out: Vec<Event<'e>>,
    anchors: Anchors,
    headings: Vec<Heading>,
    rendered: Rendered,
    /// For each open link whether its closing tag is ours to write.
    links: Vec<bool>,
    /// Position in `out` of the `more` marker and the blocks open there.
    more: Option<(usize, Vec<TagEnd>)>,
    open: Vec<TagEnd>,
}

impl<'e> Renderer<'_, 'e> {
    fn run(&mut self, events: Vec<(Event<'e>, Range<usize>)>) {
        let mut events = events.into_iter().peekable();
        let mut in_code = false;
        while let Some((event, range)) = events.next() {
            match event {
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
                    in_code = true;
                    self.out.push(Event::Html(code_start(&kind).into()));
                }
                Event::End(TagEnd::CodeBlock) => {
                    in_code = false;
                    self.out.push(Event::Html("</code></pre>\n".into()));
                }
                Event::Text(text) if !in_code => self.text(text),
                Event::SoftBreak => self.soft_break(),
                other => self.other(other, range),
            }
        }
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
                let address = self.address(&dest_url, range);
                self.push(Event::Start(Tag::Image { link_type, dest_url: address.into(), title, id }));
            }
            Event::Html(text) | Event::InlineHtml(text) if self.more.is_none() && is_more(&text) => {
                let blocks = self.open.iter().filter(|open| !matches!(open, TagEnd::HtmlBlock)).copied().collect();
                self.more = Some((self.out.len(), blocks));
                self.out.push(Event::Html("<span id=\"continue-reading\"></span>".into()));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.rendered.ids.insert(name.to_string());
                self.push(Event::Start(Tag::FootnoteDefinition(name)));
            }
            Event::Html(text) => {
                self.collect_ids(&text);
                self.out.push(Event::Html(text));
            }
            Event::InlineHtml(text) => {
                self.collect_ids(&text);
                self.out.push(Event::InlineHtml(text));
            }
            other => self.push(other),
        }
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
        match resolve(destination, range, self.owner, self.library) {
            Ok(resolved) => {
                self.rendered.targets.extend(resolved.target);
                self.rendered.checks.extend(resolved.check);
                resolved.address
            }
            Err(diagnostic) => {
                let severity = match diagnostic.code {
                    Code::BrokenLink if diagnostic.severity == Severity::Error => {
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
        let id = match id {
            Some(id) => id.to_string(),
            None => self.anchors.free(&slugify_anchor(&title, self.config.slugify.anchors)),
        };
        let number = level as u8;
        let mut link = String::new();
        if self.anchor_links != AnchorLinks::None {
            match self.fragments.anchor_link(&id, number, self.owner.language) {
                Ok(html) => link = html.trim().to_string(),
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
            let mut events: Vec<Event<'_>> =
                self.out[..at].iter().filter(|event| !matches!(event, Event::FootnoteReference(_))).cloned().collect();
            let inside = !open.is_empty();
            events.extend(open.into_iter().rev().map(Event::End));
            let mut summary = to_html(events, self.config);
            if inside {
                match self.fragments.summary_cutoff(&summary, self.owner.language) {
                    Ok(cutoff) => {
                        // The mark belongs at the end of the cut block's text, before its closing tags.
                        let end = summary.trim_end();
                        let mut at = end.len();
                        while let Some(open) = end[..at].rfind("</").filter(|open| {
                            end[*open..at].trim_end().ends_with('>') && !end[*open + 2..at].contains('<')
                        }) {
                            at = open;
                        }
                        let text = summary[..at].trim_end().len();
                        summary.replace_range(text..at, &cutoff);
                    }
                    Err(diagnostic) => self.diagnostics.push(diagnostic),
                }
            }
            summary.truncate(summary.trim_end().len());
            self.rendered.summary = Some(summary);
            self.rendered.ids.insert("continue-reading".into());
        }
        self.rendered.toc = nest(std::mem::take(&mut self.headings));
        self.rendered.html = to_html(std::mem::take(&mut self.out), self.config);
        self.rendered
    }
}

fn to_html(events: Vec<Event<'_>>, config: &Config) -> String {
    let mut out = String::new();
    if config.markdown.lazy_async_image {
        html::push_html(&mut out, lazy_images(events).into_iter());
    } else {
        html::push_html(&mut out, events.into_iter());
    }
    out
}

/// Writes pictures out with `loading` and `decoding`.
fn lazy_images(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        let Event::Start(Tag::Image { dest_url, title, .. }) = event else {
            out.push(event);
            continue;
        };
        let mut alt = String::new();
        for event in events.by_ref() {
            match event {
                Event::End(TagEnd::Image) => break,
                Event::Text(text) | Event::Code(text) => alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
        }
        let mut tag = String::from("<img src=\"");
        let _ = escape_href(&mut tag, &dest_url);
        tag.push_str("\" alt=\"");
        let _ = escape_html(&mut tag, &alt);
        if !title.is_empty() {
            tag.push_str("\" title=\"");
            let _ = escape_html(&mut tag, &title);
        }
        tag.push_str("\" loading=\"lazy\" decoding=\"async\" />");
        out.push(Event::InlineHtml(tag.into()));
    }
    out
}

fn code_start(kind: &CodeBlockKind<'_>) -> String {
    let language = match kind {
        CodeBlockKind::Fenced(info) => {
            info.split(',').map(str::trim).find(|word| !word.is_empty() && !word.contains('=') && *word != "linenos")
        }
        CodeBlockKind::Indented => None,
    };
    let Some(language) = language else { return "<pre><code>".into() };
    let mut tag = String::from("<pre><code data-lang=\"");
    let _ = escape_html(&mut tag, language);
    tag.push_str("\">");
    tag
}

/// Whether a piece of HTML is the `more` marker.
fn is_more(html: &str) -> bool {
    html.trim()
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"))
        .is_some_and(|inside| inside.trim().eq_ignore_ascii_case("more"))
}
