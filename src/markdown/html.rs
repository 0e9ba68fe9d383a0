//! Events into HTML, where asked for with pictures that load only when they come into view; HTML that an editor wrote is
//! cleaned on the way.
//!
//! Such HTML comes in pieces (`<b>`, text, `</b>`), so that only the whole can be cleaned. What our own templates wrote must
//! not be: it is kept aside while the rest is cleaned.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};
use pulldown_cmark_escape::{escape_href, escape_html};

use super::allowed::clean;
use super::mark::unguessable;

/// Stands before HTML that an editor wrote, and before the number of what is kept aside.
static MARK: LazyLock<String> = LazyLock::new(|| unguessable('\u{fdd4}'));

/// Ends the number of what is kept aside.
const END: char = '\u{fdd5}';

/// A piece of HTML that an editor wrote in a file that is not trusted.
pub(super) fn foreign(html: &str) -> CowStr<'static> {
    format!("{}{html}", *MARK).into()
}

/// The HTML of some events of a page of the site at `home`, with the anchors `ids` in it.
pub(super) fn to_html(events: Vec<Event<'_>>, lazy_pictures: bool, home: &str, ids: &BTreeSet<String>) -> String {
    let mut out = String::new();
    let events = if lazy_pictures { lazy_images(events) } else { events };
    let is_foreign = |event: &Event<'_>| matches!(event, Event::Html(html) | Event::InlineHtml(html) if html.starts_with(MARK.as_str()));
    if !events.iter().any(is_foreign) {
        html::push_html(&mut out, events.into_iter());
        return out;
    }
    let mut aside: Vec<CowStr<'_>> = vec![];
    let events = events.into_iter().map(|event| {
        let mut part = |html: CowStr<'_>| {
            if let Some(foreign) = html.strip_prefix(MARK.as_str()) {
                return CowStr::from(foreign.to_string());
            }
            aside.push(html.into_static());
            CowStr::from(format!("{}{}{END}", *MARK, aside.len() - 1))
        };
        match event {
            Event::Html(html) => Event::Html(part(html)),
            Event::InlineHtml(html) => Event::InlineHtml(part(html)),
            // No field but the boxes of task lists, and those only as Markdown makes them.
            Event::TaskListMarker(_) => {
                let mut field = String::new();
                html::push_html(&mut field, std::iter::once(event));
                Event::InlineHtml(part(field.into()))
            }
            other => other,
        }
    });
    html::push_html(&mut out, events);
    restored(&clean(&out, &MARK, home, ids), &aside)
}

/// HTML with what was kept aside in its place.
fn restored(html: &str, aside: &[CowStr<'_>]) -> String {
    let mut out = String::with_capacity(html.len());
    let mut parts = html.split(MARK.as_str());
    out.extend(parts.next());
    for part in parts {
        let (number, rest) = part.split_once(END).unwrap_or(("", part));
        out.extend(number.parse().ok().and_then(|number: usize| aside.get(number)).map(AsRef::as_ref));
        out.push_str(rest);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn own(html: &str) -> Event<'_> {
        Event::InlineHtml(html.into())
    }

    fn theirs(html: &str) -> Event<'static> {
        Event::InlineHtml(foreign(html))
    }

    #[test]
    fn only_what_an_editor_wrote_is_cleaned() {
        let events =
            vec![own("<x-own onclick=\"a\">"), theirs("<b onclick=\"b\">"), Event::Text("c".into()), theirs("</b>")];
        assert_eq!(to_html(events, false, "https://a.pl/", &BTreeSet::new()), "<x-own onclick=\"a\"><b>c</b>");
    }

    #[test]
    fn boxes_of_task_lists_are_the_only_fields() {
        let events =
            vec![Event::TaskListMarker(true), theirs("<input type=\"checkbox\" disabled><b>"), Event::Text("a".into())];
        let html = to_html(events, false, "https://a.pl/", &BTreeSet::new());
        assert_eq!(html, "<input disabled=\"\" type=\"checkbox\" checked=\"\"/>\n<b>a</b>");
    }

    #[test]
    fn what_is_kept_aside_never_lands_in_an_attribute() {
        let events = vec![theirs("<b title=\""), own("<a href=\"https://b.pl/onclick=x\">"), theirs("\">d</b>")];
        let html = to_html(events, false, "https://a.pl/", &BTreeSet::new());
        assert_eq!(html, "<b>d</b>");
    }

    #[test]
    fn nobody_brings_what_is_kept_aside_back() {
        let events = vec![own("<x-own>"), theirs("<b>"), Event::Text("\u{fdd4}0\u{fdd5}".into()), theirs("</b>")];
        assert_eq!(to_html(events, false, "https://a.pl/", &BTreeSet::new()), "<x-own><b>\u{fdd4}0\u{fdd5}</b>");
    }
}
