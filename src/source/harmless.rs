//! Files beside pages that may be published as they are: what browsers show or save, and never run.

use std::path::Path;

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};

use super::Asset;
use super::limits::too_much;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::text;

/// Pictures, sounds, films, documents, data; all in small letters. What browsers read as a page, a script or a style sheet
/// is not among them.
const EXTENSIONS: &[&str] = &[
    "7z",
    "avif",
    "bib",
    "bmp",
    "csv",
    "doc",
    "docx",
    "epub",
    "flac",
    "geojson",
    "gif",
    "gpx",
    "gz",
    "ico",
    "ics",
    "jpeg",
    "jpg",
    "json",
    "kml",
    "kmz",
    "m4a",
    "m4v",
    "mov",
    "mp3",
    "mp4",
    "odp",
    "ods",
    "odt",
    "oga",
    "ogg",
    "ogv",
    "opus",
    "otf",
    "pbf",
    "pdf",
    "png",
    "ppt",
    "pptx",
    "rtf",
    "srt",
    "svg",
    "tif",
    "tiff",
    "toml",
    "tsv",
    "ttf",
    "txt",
    "vcf",
    "vtt",
    "wav",
    "webm",
    "webmanifest",
    "webp",
    "woff",
    "woff2",
    "xls",
    "xlsx",
    "yaml",
    "yml",
    "zip",
];

/// Those of them that browsers read as XML, in which any element can be one of a page.
const XML: [&str; 2] = ["gpx", "kml"];

/// Most bytes of a track: a day's walk recorded each second has some 9 MB.
const MOST_MARKUP: u64 = 10_000_000;

/// How deep elements of XML may stand in one another.
const DEEPEST: usize = 100;

/// Namespaces whose elements run, or bring others that do.
const NAMESPACES: [&str; 4] = [
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/1999/XSL/Transform",
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/2000/svg",
];

/// What is wrong with publishing a file of somebody who is not trusted.
pub(super) fn refused(file: &Asset, name: &str) -> Option<Diagnostic> {
    let extension = extension(&file.path);
    if !EXTENSIONS.contains(&extension.as_str()) {
        let error = Diagnostic::error(
            Code::FileRefused,
            Span::file(name),
            text!(
                "pliku tego rodzaju nie można opublikować obok strony",
                "a file of this kind cannot be published beside a page"
            ),
        );
        return Some(error.help(text!(
            "zapisz go jako PDF, obraz, arkusz albo tekst; osoba, która prowadzi witrynę, może go dopuścić: [trust] content w huta.toml",
            "save it as PDF, a picture, a spreadsheet or text; whoever runs the site can trust it: [trust] content in huta.toml"
        )));
    }
    if XML.contains(&extension.as_str()) {
        let bytes = std::fs::metadata(&file.file).map_or(0, |file| file.len());
        if bytes > MOST_MARKUP {
            let (has, most) = (bytes / 1_000_000, MOST_MARKUP / 1_000_000);
            return Some(too_much(
                Span::file(name),
                text!(
                    "plik ma {has} MB, a może mieć najwyżej {most}",
                    "the file has {has} MB; it may have at most {most}"
                ),
                text!("zapisz go z mniejszą liczbą punktów", "save it with fewer points"),
            ));
        }
    }
    let is_fine = !XML.contains(&extension.as_str())
        || std::fs::read(&file.file).is_ok_and(|bytes| only_data(&String::from_utf8_lossy(&bytes)));
    (!is_fine).then(|| {
        Diagnostic::error(
            Code::FileRefused,
            Span::file(name),
            text!(
                "plik zawiera coś, co przeglądarka mogłaby uruchomić, albo nie jest poprawnym XML-em",
                "the file holds something that a browser could run, or is not well-formed XML"
            ),
        )
        .help(text!(
            "zapisz ślad jeszcze raz w programie do map i nie zmieniaj go ręcznie",
            "save the track again in a mapping program, and do not change it by hand"
        ))
    })
}

/// The extension of a path in small letters, also of one that has nothing else.
pub(crate) fn extension(path: &str) -> String {
    Path::new(path).extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Whether an XML text is well-formed, defines nothing, and has no elements of pages or drawings.
fn only_data(text: &str) -> bool {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event();
        match &event {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return false;
        }
        match event {
            Err(_) | Ok(Event::DocType(_) | Event::PI(_)) => return false,
            Ok(Event::Eof) => return depth == 0,
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let is_fine = tag.attributes().all(|attribute| {
                    let Ok(attribute) = attribute else { return false };
                    if !attribute.key.as_ref().starts_with("xmlns") {
                        return true;
                    }
                    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                    value.is_ok_and(|value| !NAMESPACES.contains(&value.trim()))
                });
                if !is_fine {
                    return false;
                }
            }
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(name: &str, text: &str) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, text).unwrap();
        refused(&Asset { path: name.into(), file }, name).is_some()
    }

    #[test]
    fn what_runs_is_refused_whatever_its_name_looks_like() {
        for name in [
            "a.html",
            "a.HTM",
            "a.pdf.xhtml",
            "a.js",
            "a.mjs",
            "a.xml",
            "a.xsl",
            "a.css",
            "a.swf",
            "a",
            "a.svgz",
            "a.pdf ",
        ] {
            assert!(is_refused(name, ""), "{name}");
        }
        for name in ["a.pdf", "a.JPG", "b.svg", "c.tar.gz", "d.csv"] {
            assert!(!is_refused(name, ""), "{name}");
        }
    }

    #[test]
    fn tracks_hold_tracks() {
        let gpx = |inside: &str| {
            format!("<?xml version=\"1.0\"?><gpx xmlns=\"http://www.topografix.com/GPX/1/1\">{inside}</gpx>")
        };
        assert!(!is_refused("a.gpx", &gpx("<trk/>")));
        for inside in [
            "<script xmlns=\"http://www.w3.org/1999/xhtml\">x</script>",
            "<h:script xmlns:h=\"http://www.w3.org/1999/x&#104;tml\">x</h:script>",
            "<svg xmlns=' http://www.w3.org/2000/svg'/>",
            "<trk>",
            "<?xml-stylesheet href=\"x\"?>",
        ] {
            assert!(is_refused("a.gpx", &gpx(inside)), "{inside}");
        }
        let defines = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
        assert!(is_refused("a.kml", defines));
    }
}
