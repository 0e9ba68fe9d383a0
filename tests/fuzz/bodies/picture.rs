//! Bytes of a picture: what they say of themselves, a drawing made harmless, the pixels made smaller.

use std::sync::Arc;

use huta::image::{Filter, Format, Metadata, Operation, Original, Pictures, Recipe, sanitise};

use super::site;

/// Most pixels that are decoded here: what may be decoded is a hundred times as large, and takes as long.
const MOST_PIXELS: u64 = 250_000;

/// Does it all.
pub fn run(bytes: &[u8]) {
    if let Ok(drawing) = sanitise(bytes) {
        harmless(&drawing.text);
        let again = sanitise(drawing.text.as_bytes()).unwrap();
        assert_eq!(again.text, drawing.text);
    }
    let Ok(metadata) = Metadata::read(bytes) else { return };
    assert!(metadata.width > 0 && metadata.height > 0);
    if u64::from(metadata.width) * u64::from(metadata.height) > MOST_PIXELS {
        return;
    }
    let folder = site::folder();
    let file = folder.path().join("a");
    std::fs::write(&file, bytes).unwrap();
    let cut = Operation::Fill(7, 5).cut((metadata.width, metadata.height));
    let original = Arc::new(Original { file, metadata, hash: blake3::hash(bytes) });
    let recipe =
        Recipe { original, operation: Operation::Fill(7, 5), cut, format: Format::Png, filter: Filter::Triangle };
    if let Ok(made) = Pictures::default().resized(&recipe) {
        let made = Metadata::read(&made).unwrap();
        assert_eq!((made.width, made.height), (7, 5));
    }
}

/// What a drawing may hold after it was sanitised, as another reader of XML sees it.
fn harmless(text: &str) {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error} in {text}"));
    for node in document.descendants() {
        assert!(!node.is_pi() && !node.is_comment(), "{text}");
        let name = node.tag_name().name().to_ascii_lowercase();
        assert!(!["script", "foreignobject", "iframe", "a", "set", "animate"].contains(&name.as_str()), "{text}");
        if node.is_text() && node.parent().is_some_and(|parent| parent.has_tag_name("style")) {
            stays_inside(node.text().unwrap_or_default(), text);
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name().to_ascii_lowercase(), attribute.value());
            assert!(!name.starts_with("on"), "{text}");
            if name == "href" {
                let is_embedded = value.starts_with("data:image/") && !value.starts_with("data:image/svg");
                assert!(value.starts_with('#') || is_embedded, "{text}");
            } else {
                stays_inside(value, text);
            }
        }
    }
}

fn stays_inside(css: &str, text: &str) {
    let css = css.to_ascii_lowercase();
    let reference = |at: usize| css[at + 4..].trim_start_matches([' ', '\t', '\n', '\r', '"', '\'']).starts_with('#');
    assert!(css.match_indices("url(").all(|(at, _)| reference(at)), "{text}");
    assert!(!css.contains("@import") && !css.contains("javascript:"), "{text}");
}
