//! Footnotes collected at the end of a page.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html};

/// The anchors of footnotes: each note and each reference to it.
pub(super) type Ids = Vec<String>;

/// Every anchor that notes and references to them may get.
pub(super) fn anchors<'a, 'e: 'a>(events: impl Iterator<Item = &'a Event<'e>>, mut take: impl FnMut(&str)) {
    let mut used: HashMap<&str, usize> = HashMap::new();
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => take(&note_anchor(name)),
            Event::FootnoteReference(name) => {
                let used = used.entry(name).or_default();
                *used += 1;
                take(&reference_anchor(name, *used));
            }
            _ => {}
        }
    }
}

fn note_anchor(name: &str) -> String {
    format!("fn-{name}")
}

fn reference_anchor(name: &str, time: usize) -> String {
    format!("fr-{name}-{time}")
}

/// Moves the notes behind everything else, in the order in which they are first referred to, with links back.
///
/// A note nobody refers to is left out; so is what only such a note refers to.
pub(super) fn to_bottom<'e>(events: Vec<Event<'e>>, permalink: &str) -> (Vec<Event<'e>>, Ids) {
    let (places, mut notes) = take_apart(events);
    let numbers = numbers(&places, &notes);
    let mut writer = Writer { numbers: &numbers, permalink, used: HashMap::new(), ids: vec![] };
    let mut out = vec![];
    let mut written: BTreeMap<usize, (String, Vec<Event<'e>>)> = BTreeMap::new();
    // In the order of the source, so that references inside notes are counted where they stand.
    for place in places {
        match place {
            Place::Text(event) => out.push(writer.event(event)),
            Place::Note(name) => {
                let Some(number) = numbers.get(&name) else { continue };
                let events = notes.remove(&name).unwrap_or_default();
                let events = events.into_iter().map(|event| writer.event(event)).collect();
                written.insert(*number, (name, events));
            }
        }
    }
    if written.is_empty() {
        return (out, writer.ids);
    }
    out.push(Event::Html("<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n".into()));
    for (name, events) in written.into_values() {
        writer.note(&name, events, &mut out);
    }
    out.push(Event::Html("</ol>\n</section>\n".into()));
    (out, writer.ids)
}

/// An event outside of all notes, or the place of a note.
enum Place<'e> {
    Text(Event<'e>),
    Note(String),
}

type Notes<'e> = HashMap<String, Vec<Event<'e>>>;

fn take_apart(events: Vec<Event<'_>>) -> (Vec<Place<'_>>, Notes<'_>) {
    let (mut places, mut notes) = (vec![], Notes::new());
    let mut inside: Option<(String, Vec<Event<'_>>)> = None;
    for event in events {
        match (event, &mut inside) {
            (Event::Start(Tag::FootnoteDefinition(name)), None) => inside = Some((name.to_string(), vec![])),
            (Event::End(TagEnd::FootnoteDefinition), _) => {
                // Of two notes of one name only the first can be referred to.
                if let Some((name, events)) = inside.take()
                    && !notes.contains_key(&name)
                {
                    places.push(Place::Note(name.clone()));
                    notes.insert(name, events);
                }
            }
            (event, Some((_, events))) => events.push(event),
            (event, None) => places.push(Place::Text(event)),
        }
    }
    (places, notes)
}

/// The number of every note that is referred to.
fn numbers(places: &[Place<'_>], notes: &Notes<'_>) -> HashMap<String, usize> {
    let name = |event: &Event<'_>| match event {
        Event::FootnoteReference(name) => Some(name.to_string()),
        _ => None,
    };
    let mut wanted: Vec<String> = places
        .iter()
        .filter_map(|place| match place {
            Place::Text(event) => name(event),
            Place::Note(_) => None,
        })
        .collect();
    let mut live = BTreeSet::new();
    while let Some(next) = wanted.pop() {
        if let (Some(events), true) = (notes.get(&next), live.insert(next.clone())) {
            wanted.extend(events.iter().filter_map(name));
        }
    }
    let mut numbers = HashMap::new();
    let mut count = |event: &Event<'_>| {
        if let Some(name) = name(event).filter(|name| live.contains(name)) {
            let next = numbers.len() + 1;
            numbers.entry(name).or_insert(next);
        }
    };
    for place in places {
        match place {
            Place::Text(event) => count(event),
            Place::Note(note) if live.contains(note) => notes[note].iter().for_each(&mut count),
            Place::Note(_) => {}
        }
    }
    numbers
}

struct Writer<'a> {
    numbers: &'a HashMap<String, usize>,
    permalink: &'a str,
    /// How often each note has been referred to.
    used: HashMap<String, usize>,
    ids: Ids,
}

impl Writer<'_> {
    /// An event as it is, a reference as a link to its note.
    fn event<'e>(&mut self, event: Event<'e>) -> Event<'e> {
        let Event::FootnoteReference(name) = &event else { return event };
        let Some(number) = self.numbers.get(name.as_ref()) else { return event };
        let used = self.used.entry(name.to_string()).or_default();
        *used += 1;
        let id = reference_anchor(name, *used);
        let mut html = format!("<sup class=\"footnote-reference\" id=\"{}\">", escaped(&id));
        let _ = write!(html, "<a href=\"{}\">[{number}]</a></sup>", self.address(&note_anchor(name)));
        self.ids.push(id);
        Event::InlineHtml(html.into())
    }

    /// A note with links back to its references, at the end of its last paragraph where there is one.
    fn note<'e>(&mut self, name: &str, mut events: Vec<Event<'e>>, out: &mut Vec<Event<'e>>) {
        let id = note_anchor(name);
        out.push(Event::Html(format!("<li id=\"{}\">\n", escaped(&id)).into()));
        self.ids.push(id);
        let mut back = String::new();
        for time in 1..=self.used.get(name).copied().unwrap_or_default() {
            let nth = if time == 1 { String::new() } else { time.to_string() };
            let _ = write!(back, " <a href=\"{}\">↩{nth}</a>", self.address(&reference_anchor(name, time)));
        }
        let end = match events.last() {
            Some(Event::End(TagEnd::Paragraph)) => events.pop(),
            _ => None,
        };
        out.append(&mut events);
        out.push(Event::InlineHtml(back.into()));
        out.extend(end);
        out.push(Event::Html("</li>\n".into()));
    }

    fn address(&self, id: &str) -> String {
        let mut address = String::new();
        // Writing into memory cannot fail.
        let _ = escape_href(&mut address, &format!("{}#{id}", self.permalink));
        address
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    let _ = escape_html(&mut out, text);
    out
}
