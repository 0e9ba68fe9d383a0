//! A base map from an extract of OpenStreetMap: PBF, XML, or `GeoJSON` with its tags.
//!
//! `pbf` (with `blob` and `wire`), `xml` and `geojson` read, `survey` takes what touches the box, `tags` says what it is, `relations` and `clip`
//! make its shape, `gather` puts it together and `write` writes it down.

mod blob;
mod clip;
mod elements;
mod gather;
mod geojson;
mod pbf;
mod point;
mod relations;
mod stops;
mod survey;
mod tags;
#[cfg(test)]
mod tests;
mod wire;
mod write;
mod xml;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use self::gather::Gathered;
use self::pbf::Pbf;
pub use self::point::Bbox;
use self::survey::{Gaps, Torn, survey};
use self::xml::Xml;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, Text};
use crate::text;

/// A base map made from an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The file's text.
    pub text: String,
    /// How many features it has.
    pub features: usize,
}

/// What a file is, told by how it begins.
#[derive(Debug, PartialEq, Eq)]
enum Format {
    Pbf,
    Xml,
    GeoJson,
    /// Packed as a whole.
    Packed,
    Unknown,
}

/// Makes a base map from what of an extract lies in a box.
///
/// What the extract lacks is a warning; what makes it useless is an error, and then there is no map.
pub fn import(path: &Path, bbox: Bbox, diagnostics: &mut Diagnostics) -> Option<Imported> {
    let file = path.display().to_string();
    let mut gathered = Gathered::new(bbox);
    let read = match format(path) {
        Ok(Format::Pbf) => survey(&Pbf::new(path), bbox, &mut gathered),
        Ok(Format::Xml) => survey(&Xml::new(path), bbox, &mut gathered),
        Ok(Format::GeoJson) => geojson::read(path, &mut gathered).map(|()| Gaps::default()),
        Ok(format) => {
            diagnostics.push(not_an_extract(&file, &format));
            return None;
        }
        Err(error) => {
            let message = text!("nie da się odczytać: {error}", "cannot be read: {error}");
            let help = text!(
                "sprawdź, czy plik istnieje i czy masz do niego prawo",
                "check that the file exists and that you may read it"
            );
            diagnostics.push(failed(&file, message, help));
            return None;
        }
    };
    match read {
        Ok(gaps) => report(&gaps, &file, diagnostics),
        Err(message) => {
            diagnostics.push(failed(&file, message, text!("pobierz plik jeszcze raz", "fetch the file again")));
            return None;
        }
    }
    let features = gathered.finish();
    if features.is_empty() {
        let message =
            text!("w prostokącie nie ma nic, co należy do mapy", "nothing that belongs on a map lies in the box");
        let help = text!(
            "sprawdź kolejność: zachód, południe, wschód, północ; albo weź wyciąg z tej okolicy",
            "check the order: west, south, east, north; or take an extract of this region"
        );
        diagnostics.push(failed(&file, message, help));
        return None;
    }
    Some(Imported { text: write::write(&features, bbox), features: features.len() })
}

/// What a box on the command line is, or what is wrong with it.
pub fn parse_bbox(text: &str) -> Result<Bbox, Diagnostic> {
    Bbox::parse(text).map_err(|message| {
        let help = text!(
            "zachód, południe, wschód, północ w stopniach, np. --bbox 20.0,50.045,20.15,50.11",
            "west, south, east, north in degrees, for example --bbox 20.0,50.045,20.15,50.11"
        );
        Diagnostic::error(Code::MapImportFailed, None, message).help(help)
    })
}

fn format(path: &Path) -> io::Result<Format> {
    let file = File::open(path)?;
    // What is read several times has to be a file.
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("not a file"));
    }
    let mut start = vec![];
    file.take(512).read_to_end(&mut start)?;
    Ok(format_of(&start))
}

fn format_of(start: &[u8]) -> Format {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    match text.first() {
        _ if Pbf::begins(start) => Format::Pbf,
        Some(b'<') => Format::Xml,
        Some(b'{') => Format::GeoJson,
        _ if [&b"\x1f\x8b"[..], b"BZh", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ"]
            .iter()
            .any(|magic| start.starts_with(magic)) =>
        {
            Format::Packed
        }
        _ => Format::Unknown,
    }
}

fn not_an_extract(file: &str, format: &Format) -> Diagnostic {
    if *format == Format::Packed {
        let message = text!("plik jest spakowany", "the file is packed");
        return failed(file, message, text!("najpierw go rozpakuj", "unpack it first"));
    }
    failed(
        file,
        text!("plik nie jest wyciągiem z OpenStreetMap", "the file is not an extract of OpenStreetMap"),
        text!(
            "huta czyta .osm.pbf, .osm (XML) i GeoJSON ze znacznikami OpenStreetMap",
            "huta reads .osm.pbf, .osm (XML) and GeoJSON with OpenStreetMap's tags"
        ),
    )
}

fn report(gaps: &Gaps, file: &str, diagnostics: &mut Diagnostics) {
    let whole = text!(
        "weź wyciąg z większego obszaru albo taki, w którym drogi i relacje są całe",
        "take an extract of a larger region, or one whose ways and relations are complete"
    );
    if gaps.nodes > 0 {
        let count = gaps.nodes;
        let message = text!("w pliku brakuje węzłów: {count}", "nodes missing from the file: {count}");
        diagnostics.push(doubtful(file, message, whole.clone()));
    }
    for Torn { id, ways, rings } in &gaps.relations {
        let message = text!(
            "relacja {id} nie jest cała: brakuje dróg: {ways}, pominięto obrysy, które się nie zamykają: {rings}",
            "relation {id} is not whole: ways missing: {ways}, rings that do not close left out: {rings}"
        );
        diagnostics.push(doubtful(file, message, whole.clone()));
    }
}

fn failed(file: &str, message: Text, help: Text) -> Diagnostic {
    Diagnostic::error(Code::MapImportFailed, Span::file(file), message).help(help)
}

fn doubtful(file: &str, message: Text, help: Text) -> Diagnostic {
    Diagnostic::warning(Code::MapImportDoubtful, Span::file(file), message).help(help)
}
