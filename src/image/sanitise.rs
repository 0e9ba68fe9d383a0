//! SVG drawings without anything that runs, asks the network or tells of its author's machine.

use std::collections::BTreeSet;
use std::path::Path;

use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion};

use super::limits::check_bytes;
use super::weight::is_too_heavy;
use crate::diagnostic::Text;
use crate::text;

/// Elements that draw. What animates is not among them: animation can set what must not be set.
const ELEMENTS: &[&str] = &[
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    // Filters.
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
];

/// Elements that are dropped but whose children stay.
const WRAPPERS: &[&str] = &["a"];

/// Attributes with a prefix that mean something in a picture.
const PREFIXED: &[&str] = &["xlink:href", "xml:lang", "xml:space", "xmlns:xlink"];

/// Beginnings of the addresses of pictures inside a drawing.
const EMBEDDED: [&str; 4] =
    ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/webp;base64,", "data:image/gif;base64,"];

/// Most bytes of a drawing; the largest of the guide has some 20 000.
const MOST_DRAWING: usize = 5_000_000;

/// Most octaves of turbulence: each is half as strong as the one before it, so nobody sees more.
const MOST_OCTAVES: u32 = 16;

/// How deep elements may be nested.
const DEEPEST: usize = 200;

/// A sanitised drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sanitised {
    /// The drawing.
    pub text: String,
    /// What was taken out that could have done harm, sorted: names of elements and attributes.
    pub removed: BTreeSet<String>,
}

/// A drawing in a file, as it may be published.
pub fn published(file: &Path) -> Result<String, Text> {
    let unread = |why: std::io::Error| text!("nie da się odczytać: {why}", "cannot be read: {why}");
    check_bytes(std::fs::metadata(file).map_err(unread)?.len())?;
    Ok(sanitise(&std::fs::read(file).map_err(unread)?)?.text)
}

/// Sanitises a drawing by lists of what may stay.
///
/// # Errors
///
/// Says what is wrong when it is not well-formed XML or not SVG.
pub fn sanitise(bytes: &[u8]) -> Result<Sanitised, Text> {
    let broken = |why: String| text!("rysunek SVG jest uszkodzony: {why}", "the SVG drawing is damaged: {why}");
    if bytes.len() > MOST_DRAWING {
        let (has, most) = (bytes.len().div_ceil(1_000_000), MOST_DRAWING / 1_000_000);
        return Err(text!(
            "rysunek ma {has} MB, a może mieć najwyżej {most}",
            "the drawing has {has} MB; it may have at most {most}"
        ));
    }
    let source = std::str::from_utf8(bytes).map_err(|error| broken(error.to_string()))?;
    let mut reader = Reader::from_str(source);
    let mut writer = Writer::new(Vec::new());
    let mut removed = BTreeSet::new();
    let mut open: Vec<(String, Fate)> = vec![];
    let mut seen = false;
    let mut style = String::new();
    loop {
        let event = reader.read_event().map_err(|error| broken(error.to_string()))?;
        let write = match event {
            Event::Eof => break,
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_string();
                if open.len() >= DEEPEST {
                    return Err(broken(format!("<{name}> is nested too deep")));
                }
                let fate = fate(&name, seen, &open);
                if fate == Fate::Dropped {
                    note(&name, &mut removed);
                }
                open.push((name, fate));
                if fate != Fate::Kept {
                    continue;
                }
                seen = true;
                Event::Start(clean_tag(&tag, &mut removed).map_err(broken)?)
            }
            Event::Empty(tag) => {
                let name = tag.name().as_ref().to_string();
                match fate(&name, seen, &open) {
                    Fate::Kept => {}
                    Fate::Dropped => {
                        note(&name, &mut removed);
                        continue;
                    }
                    Fate::Unwrapped => continue,
                }
                seen = true;
                Event::Empty(clean_tag(&tag, &mut removed).map_err(broken)?)
            }
            Event::End(tag) => match open.pop() {
                Some((name, Fate::Kept)) => {
                    // Only the whole of a style sheet tells what it asks for.
                    let css = if name == "style" { std::mem::take(&mut style) } else { String::new() };
                    if !is_harmless(&css) {
                        removed.insert("style".into());
                    } else if !css.is_empty() {
                        writer
                            .write_event(Event::Text(BytesText::new(&css)))
                            .map_err(|error| broken(error.to_string()))?;
                    }
                    Event::End(tag)
                }
                Some(_) => continue,
                None => return Err(broken("a tag is closed that is not open".into())),
            },
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if !writes(&open) => continue,
            Event::Text(text) if in_style(&open) => {
                style.push_str(&text);
                continue;
            }
            Event::CData(text) if in_style(&open) => {
                style.push_str(&text);
                continue;
            }
            Event::CData(text) => Event::Text(BytesText::new(&text).into_owned()),
            Event::Text(text) => Event::Text(text),
            // Entities a document type defines can be anything, and grow without end.
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                let predefined = quick_xml::escape::resolve_predefined_entity(name);
                if !reference.is_char_ref() && predefined.is_none() {
                    removed.insert(format!("&{name};"));
                    continue;
                }
                if in_style(&open) {
                    match reference.resolve_char_ref() {
                        Ok(Some(character)) => style.push(character),
                        _ => style.push_str(predefined.unwrap_or_default()),
                    }
                    continue;
                }
                Event::GeneralRef(reference)
            }
            Event::DocType(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) => continue,
        };
        writer.write_event(write).map_err(|error| broken(error.to_string()))?;
    }
    if let Some((name, _)) = open.first() {
        return Err(broken(format!("<{name}> is not closed")));
    }
    if !seen {
        return Err(broken("there is no <svg>".into()));
    }
    let text = String::from_utf8(writer.into_inner()).map_err(|error| broken(error.to_string()))?;
    // The reader above lets through what browsers do not: a second root, prefixes that nobody declared.
    let document = roxmltree::Document::parse(&text).map_err(|error| broken(error.to_string()))?;
    if is_too_heavy(&document) {
        return Err(text!(
            "rysunek SVG powtarza swoje części zbyt wiele razy, np. deseń złożony z deseni",
            "the SVG drawing repeats its parts too many times: a pattern made of patterns, for example"
        ));
    }
    Ok(Sanitised { text, removed })
}

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    /// Its tags go, what it holds stays.
    Unwrapped,
    /// It goes with all it holds.
    Dropped,
}

/// The first element is `svg`; then all that draw.
fn fate(name: &str, seen: bool, open: &[(String, Fate)]) -> Fate {
    // A style sheet holds text alone: what an element inside it held would become part of it unseen.
    let is_lost = open.last().is_some_and(|(outer, fate)| *fate == Fate::Dropped || outer == "style");
    match name {
        _ if is_lost => Fate::Dropped,
        "svg" => Fate::Kept,
        _ if !seen => Fate::Dropped,
        _ if WRAPPERS.contains(&name) => Fate::Unwrapped,
        _ if ELEMENTS.contains(&name) => Fate::Kept,
        _ => Fate::Dropped,
    }
}

/// Whether text at this place is part of the drawing.
fn writes(open: &[(String, Fate)]) -> bool {
    open.last().is_some_and(|(_, fate)| *fate != Fate::Dropped)
}

fn in_style(open: &[(String, Fate)]) -> bool {
    open.last().is_some_and(|(name, _)| name == "style")
}

/// Notes what is taken out; what editors write for themselves does no harm and is not worth a word.
fn note(name: &str, removed: &mut BTreeSet<String>) {
    if !name.contains(':') && name != "metadata" {
        removed.insert(format!("<{name}>"));
    }
}

fn clean_tag(tag: &BytesStart<'_>, removed: &mut BTreeSet<String>) -> Result<BytesStart<'static>, String> {
    let mut clean = BytesStart::new(tag.name().as_ref().to_string());
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let name = attribute.key.as_ref();
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?.into_owned();
        if name.to_ascii_lowercase().starts_with("on") {
            removed.insert(name.to_string());
            continue;
        }
        if name.contains(':') && !PREFIXED.contains(&name) {
            continue;
        }
        let keeps = match name {
            "href" | "xlink:href" => {
                value.starts_with('#')
                    || (tag.name().as_ref() == "image" && EMBEDDED.iter().any(|start| value.starts_with(start)))
            }
            "xmlns" => value == "http://www.w3.org/2000/svg",
            "numOctaves" => value.trim().parse::<u32>().is_ok_and(|octaves| octaves <= MOST_OCTAVES),
            "xmlns:xlink" => value == "http://www.w3.org/1999/xlink",
            _ => is_harmless(&value),
        };
        if keeps {
            clean.push_attribute((name, value.as_str()));
        } else {
            removed.insert(name.to_string());
        }
    }
    Ok(clean)
}

/// Whether a piece of CSS asks for nothing outside the drawing. Escapes could hide anything, and drawings need none.
fn is_harmless(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let inside = |at: usize| css[at + 4..].trim_start().trim_start_matches(['"', '\'']).starts_with('#');
    !css.contains('\\')
        && !["@import", "expression(", "javascript:", "-moz-binding", "image(", "image-set(", "src("]
            .iter()
            .any(|word| css.contains(word))
        && css.match_indices("url(").all(|(at, _)| inside(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(inside: &str) -> Sanitised {
        sanitise(format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>").as_bytes()).unwrap()
    }

    #[test]
    fn a_drawing_stays_as_it_is() {
        let drawing = "<title>Łuk</title><defs><linearGradient id=\"a\"><stop offset=\"0\"/></linearGradient></defs>\
                       <style>.a { fill: url(#a) }</style><path d=\"M0 0h1\" fill=\"url(#a)\"/><use href=\"#a\"/>\
                       <text>a &amp; b &#x17a;</text>";
        let made = clean(drawing);
        assert!(made.text.contains(drawing), "{}", made.text);
        assert!(made.removed.is_empty());
    }

    #[test]
    fn nothing_runs_and_nobody_is_asked() {
        let attacks = [
            "<script>alert(1)</script>",
            "<SCRIPT>alert(1)</SCRIPT>",
            "<svg:script xmlns:svg=\"http://www.w3.org/2000/svg\">alert(1)</svg:script>",
            "<g onclick=\"alert(1)\"/>",
            "<g ONLOAD='alert(1)'/>",
            "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"><iframe src=\"x\"/></body></foreignObject>",
            "<a href=\"javascript:alert(1)\"><path d=\"M0 0\"/></a>",
            "<use href=\"https://evil.example/x.svg#a\"/>",
            "<image href=\"https://evil.example/x.png\"/>",
            "<image href=\"data:image/svg+xml;base64,PHN2Zz4=\"/>",
            "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "<animate attributeName=\"href\" values=\"javascript:alert(1)\"/>",
            "<style>@import url(https://evil.example/x.css);</style>",
            "<style><![CDATA[a{background:url(https://evil.example)}]]></style>",
            "<style>a{background:u\\72l(https://evil.example)}</style>",
            "<style><a>@import url(https://evil.example/x.css);</a></style>",
            "<style>a{<style>b{}</style>background:url(https://evil.example)}</style>",
            "<style>a{background:u&#x72;l(https://evil.example)}</style>",
            "<g style=\"fill:url('https://evil.example/#a')\"/>",
            "<g fill=\"url(https://evil.example/#a)\"/>",
            "<g xml:base=\"https://evil.example/\"/>",
            "<feImage href=\"https://evil.example/x.png\"/>",
            "<metadata><rdf:RDF xmlns:rdf=\"x\">Jan Kowalski, alert(1)</rdf:RDF></metadata>",
            "<?xml-stylesheet href=\"https://evil.example/x.css\"?>",
            "<!-- alert(1) evil.example -->",
        ];
        for attack in attacks {
            let made = clean(attack).text.to_lowercase();
            for word in ["alert", "evil", "script", "kowalski", "iframe", "phn2"] {
                assert!(!made.contains(word), "{attack} left {made}");
            }
        }
        assert!(clean("<a href=\"x\"><path d=\"M0 0\"/></a>").text.contains("<path"));
        assert!(clean("<g onclick=\"x\"/><script/>").removed.iter().eq(["<script>", "onclick"]));
    }

    #[test]
    fn what_follows_something_dropped_stays() {
        let made = clean("<foreignObject><a><g/></a><p>x</p></foreignObject><a><rect/></a><path d=\"M1 1\"/>").text;
        assert!(made.ends_with("svg\"><rect/><path d=\"M1 1\"/></svg>"), "{made}");
    }

    #[test]
    fn what_takes_for_ever_goes() {
        let made = clean("<filter id=\"a\"><feTurbulence numOctaves=\"2000000000\"/></filter>");
        assert!(made.text.contains("<feTurbulence/>") && made.removed.contains("numOctaves"), "{}", made.text);
        assert!(clean("<feTurbulence numOctaves=\"4\"/>").removed.is_empty());
    }

    #[test]
    fn bombs_and_broken_files_are_told() {
        let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><svg><text>&b;</text></svg>";
        assert_eq!(sanitise(bomb.as_bytes()).unwrap().text, "<svg><text></text></svg>");
        for broken in [
            "",
            "<html/>",
            "<svg",
            "<svg>",
            "<svg><g></svg>",
            "\u{0}",
            "<svg/></svg>",
            "<svg/><svg/>",
            "<svg>\u{1}</svg>",
            "<svg><use xlink:href=\"#a\"/></svg>",
        ] {
            assert!(sanitise(broken.as_bytes()).is_err(), "{broken}");
        }
        assert!(sanitise(&[0xff, 0xfe]).is_err());
        assert!(sanitise(format!("<svg>{}", "<g>".repeat(100_000)).as_bytes()).is_err());
    }
}
