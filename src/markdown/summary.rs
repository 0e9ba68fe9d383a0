//! The part of a page before its `more` marker.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::Diagnostic;

/// Whether a piece of HTML is the `more` marker.
pub(super) fn is_more(html: &str) -> bool {
    html.trim()
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"))
        .is_some_and(|inside| inside.trim().eq_ignore_ascii_case("more"))
}

/// Everything before the marker, without references to notes, and without notes where they go to the end.
pub(super) fn before_more<'e>(events: &[Event<'e>], notes_at_end: bool) -> Vec<Event<'e>> {
    let mut inside_note = false;
    let stays = |event: &&Event<'_>| match event {
        Event::FootnoteReference(_) => false,
        Event::Start(Tag::FootnoteDefinition(_)) if notes_at_end => {
            inside_note = true;
            false
        }
        Event::End(TagEnd::FootnoteDefinition) if inside_note => {
            inside_note = false;
            false
        }
        _ => !inside_note,
    };
    events.iter().filter(stays).cloned().collect()
}

/// The summary as HTML, as `write` makes it of events. Where blocks are `open` at the marker they are closed, and `cutoff` makes the mark that stands at
/// the end of their text.
pub(super) fn summary(
    mut events: Vec<Event<'_>>,
    open: &[TagEnd],
    write: impl Fn(Vec<Event<'_>>) -> String,
    cutoff: impl FnOnce(&str) -> Result<String, Diagnostic>,
) -> Result<String, Diagnostic> {
    let text = write(events.clone());
    events.extend(open.iter().rev().copied().map(Event::End));
    let mut summary = write(events);
    if let Some(closing) = summary.strip_prefix(&text).filter(|_| !open.is_empty()) {
        let text = text.trim_end();
        summary = format!("{text}{}{closing}", cutoff(text)?);
    }
    summary.truncate(summary.trim_end().len());
    Ok(summary)
}
