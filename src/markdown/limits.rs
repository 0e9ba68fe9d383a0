//! How much a text may ask for.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::diagnostic::Text;
use crate::text;

/// Most parts of a text: words between marks, beginnings and ends of paragraphs, links, lists. The longest page of the guide
/// has 2 000.
pub(super) const MOST_EVENTS: usize = 150_000;

/// How deep quotations, lists and elements of HTML may stand in one another.
const DEEPEST: usize = 60;

/// Most references to notes: their numbers are worked out one by one.
const MOST_NOTES: usize = 3000;

/// Most bytes of HTML.
const MOST_HTML: usize = 100_000;

/// Elements that are not closed, or need not be.
const OPEN_ENDED: [&str; 16] =
    ["br", "col", "dd", "dt", "hr", "img", "input", "li", "p", "source", "td", "th", "tr", "track", "wbr", "option"];

/// Where a text that is not trusted asks for too much, and for what. `events` are at most one more than [`MOST_EVENTS`].
pub(super) fn excess(events: &[(Event<'_>, Range<usize>)]) -> Option<(Range<usize>, Text)> {
    if events.len() > MOST_EVENTS {
        let most = MOST_EVENTS / 1000;
        let place = events.last().map(|(_, range)| range.clone()).unwrap_or_default();
        return Some((
            place,
            text!(
                "tekst ma ponad {most} tysięcy części: akapitów, odnośników, wyróżnień",
                "the text has more than {most} thousand parts: paragraphs, links, marks"
            ),
        ));
    }
    let (mut depth, mut notes, mut html, mut elements) = (0_usize, 0, 0, 0_usize);
    for (event, range) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::FootnoteReference(_) => notes += 1,
            Event::Html(text) | Event::InlineHtml(text) => {
                html += text.len();
                count_elements(text, &mut elements);
            }
            _ => {}
        }
        let what = if depth > DEEPEST || elements > DEEPEST {
            text!("za dużo poziomów: ponad {DEEPEST}", "too many levels: more than {DEEPEST}")
        } else if notes > MOST_NOTES {
            text!("ponad {MOST_NOTES} odwołań do przypisów", "more than {MOST_NOTES} references to notes")
        } else if html > MOST_HTML {
            let most = MOST_HTML / 1000;
            text!("ponad {most} kB HTML", "more than {most} kB of HTML")
        } else {
            continue;
        };
        return Some((range.clone(), what));
    }
    None
}

/// Counts the elements that are open after a piece of HTML.
fn count_elements(html: &str, open: &mut usize) {
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let (closes, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = rest[..length].to_ascii_lowercase();
        if name.is_empty() || OPEN_ENDED.contains(&name.as_str()) {
            continue;
        }
        *open = if closes { open.saturating_sub(1) } else { *open + 1 };
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Options, Parser};

    use super::*;

    fn is_too_much(text: &str) -> bool {
        let events = Parser::new_ext(text, Options::all()).into_offset_iter().take(MOST_EVENTS + 1);
        excess(&events.collect::<Vec<_>>()).is_some()
    }

    #[test]
    fn what_people_write_is_not_too_much() {
        for text in [
            "a [b](c)[^1] *d*\n\n[^1]: e\n\n".repeat(1000),
            "<br>a<li>b <p>\n".repeat(500),
            "<div>a</div>\n\n".repeat(500),
        ] {
            assert!(!is_too_much(&text));
        }
    }

    #[test]
    fn what_nobody_writes_is() {
        for text in [
            ">".repeat(DEEPEST + 1) + "a",
            "*a".repeat(MOST_EVENTS),
            "<div>".repeat(DEEPEST + 1),
            "a <b>".repeat(DEEPEST + 1),
            "[^1]".repeat(MOST_NOTES + 1) + "\n\n[^1]: a",
            format!("<a {}>", "b=c ".repeat(MOST_HTML / 4)),
        ] {
            assert!(is_too_much(&text), "{}", &text[..20]);
        }
    }
}
