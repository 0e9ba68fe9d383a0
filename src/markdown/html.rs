//! Events into HTML, where asked for with pictures that load only when they come into view.

use pulldown_cmark::{Event, Tag, TagEnd, html};
use pulldown_cmark_escape::{escape_href, escape_html};

/// The HTML of some events.
pub(super) fn to_html(events: Vec<Event<'_>>, lazy_pictures: bool) -> String {
    let mut out = String::new();
    let events = if lazy_pictures { lazy_images(events) } else { events };
    html::push_html(&mut out, events.into_iter());
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
