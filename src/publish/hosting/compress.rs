//! Compressed siblings of text files, for servers that send them as they are.

use std::io::{Read as _, Write as _};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use super::types;
use crate::config::Encoding;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::publish::Stage;

/// Fewest bytes that are worth a second file: what fits into a packet with its headers travels no faster.
const SMALLEST: usize = 512;

/// Quality of Brotli, 0 to 11. On the guide (9.3 MB of text) 11 took 2.4 times as long as 10 for 1.8 % fewer bytes, and
/// everything below 10 left 8 % more.
const BROTLI: i32 = 10;

/// Level of gzip, 0 to 9: the last, for even that takes a thirtieth of Brotli's time.
const GZIP: u32 = 9;

/// Windows of Brotli, as powers of two: one that is much larger than the file costs more memory than the file.
const WINDOWS: (u32, u32) = (16, 22);

/// The compressed sibling of a file.
pub(super) fn sibling(path: &str, encoding: Encoding) -> String {
    format!("{path}{}", encoding.ending())
}

/// Writes the siblings of files in the stage. Those of files that are as they were are kept, not made again.
pub(super) fn compress(stage: &Stage, encodings: &[Encoding], files: &[String], diagnostics: &mut Diagnostics) {
    let files = files.iter().filter(|path| types::is_text(path));
    let pairs: Vec<(&String, Encoding)> =
        files.flat_map(|path| encodings.iter().map(move |encoding| (path, *encoding))).collect();
    let failed: Vec<Diagnostic> = pairs
        .into_par_iter()
        .filter_map(|(path, encoding)| {
            let sibling = sibling(path, encoding);
            // A file of that name that the site has anyway is the site's.
            let is_of = |bytes: &[u8], small: &[u8]| holds(small, bytes, encoding);
            if stage.has(&sibling) || stage.keep_beside(path, &sibling, is_of) {
                return None;
            }
            let bytes = match stage.read(path) {
                Ok(bytes) => bytes,
                Err(diagnostic) => return Some(diagnostic),
            };
            let smaller = compressed(&bytes, encoding)?;
            stage.write(&sibling, &smaller).err()
        })
        .collect();
    // A disk that is full is full for all of them.
    diagnostics.extend(failed.into_iter().take(1));
}

/// The bytes in fewer bytes; `None` where they would not be fewer.
fn compressed(bytes: &[u8], encoding: Encoding) -> Option<Vec<u8>> {
    if bytes.len() < SMALLEST {
        return None;
    }
    let smaller = match encoding {
        Encoding::Br => brotli(bytes),
        Encoding::Gz => gzip(bytes),
    }?;
    (smaller.len() < bytes.len()).then_some(smaller)
}

/// Whether these are the bytes that were compressed. They are unpacked, for times of files tell little: clocks jump, and a
/// hard link to a file of `static/` is edited in the old site too.
fn holds(small: &[u8], bytes: &[u8], encoding: Encoding) -> bool {
    let mut out = Vec::with_capacity(bytes.len());
    let most = bytes.len() as u64 + 1;
    let read = match encoding {
        Encoding::Br => brotli::Decompressor::new(small, 1 << 12).take(most).read_to_end(&mut out),
        Encoding::Gz => GzDecoder::new(small).take(most).read_to_end(&mut out),
    };
    read.is_ok() && out == bytes
}

fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let fits = usize::BITS - bytes.len().leading_zeros();
    let window = i32::try_from(fits.clamp(WINDOWS.0, WINDOWS.1)).ok()?;
    let params = BrotliEncoderParams {
        quality: BROTLI,
        lgwin: window,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut out = vec![];
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).ok()?;
    Some(out)
}

/// Without a time or a name in it: the same bytes give the same file.
fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(vec![], Compression::new(GZIP));
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn what_is_compressed_comes_back() {
        let text = "Plac Centralny, aleja Róż. ".repeat(400).into_bytes();
        let mut back = vec![];
        GzDecoder::new(&compressed(&text, Encoding::Gz).unwrap()[..]).read_to_end(&mut back).unwrap();
        assert_eq!(back, text);
        let mut back = vec![];
        let small = compressed(&text, Encoding::Br).unwrap();
        brotli::BrotliDecompress(&mut &small[..], &mut back).unwrap();
        assert!(back == text && small.len() < 100);
        assert!(holds(&small, &text, Encoding::Br) && !holds(&small, &text[1..], Encoding::Br));
        assert!(!holds(&small, &text, Encoding::Gz) && !holds(&small[..small.len() / 2], &text, Encoding::Br));
        assert_eq!(compressed(&text[..SMALLEST - 1], Encoding::Gz), None);
        // Bytes without a pattern do not get fewer.
        let noise: Vec<u8> = (0..100u32).flat_map(|n| *blake3::hash(&n.to_le_bytes()).as_bytes()).collect();
        assert_eq!([compressed(&noise, Encoding::Br), compressed(&noise, Encoding::Gz)], [None, None]);
    }

    #[test]
    fn what_is_small_stays_as_it_is() {
        let text = "a".repeat(SMALLEST);
        for encoding in [Encoding::Br, Encoding::Gz] {
            assert!(compressed(text.as_bytes(), encoding).is_some());
            assert_eq!(compressed(&text.as_bytes()[1..], encoding), None);
            // More behind it, or a text that only begins so, is another file.
            let small = compressed(text.as_bytes(), encoding).unwrap();
            assert!(holds(&small, text.as_bytes(), encoding));
            assert!(!holds(&small, format!("{text}b").as_bytes(), encoding));
            assert!(!holds(&small, &text.as_bytes()[1..], encoding) && !holds(b"", text.as_bytes(), encoding));
        }
        assert_eq!(
            [Encoding::Br, Encoding::Gz].map(|encoding| sibling("a/b.css", encoding)),
            ["a/b.css.br", "a/b.css.gz"]
        );
    }

    #[test]
    fn siblings_stand_beside_texts() {
        let folder = tempfile::tempdir().unwrap();
        let text = "Aleja Róż. ".repeat(SMALLEST);
        let files: Vec<String> = ["a.html", "b.png", "c.css", "c.css.gz", "small.txt"].map(String::from).to_vec();
        let output = folder.path().join("public");
        let make = |text: &str| {
            let stage = Stage::open(&output, false).unwrap();
            for path in &files {
                let text = if path == "small.txt" { "short" } else { text };
                stage.write(path, text.as_bytes()).unwrap();
            }
            let mut diagnostics = Diagnostics::default();
            compress(&stage, &[Encoding::Gz, Encoding::Br], &files, &mut diagnostics);
            assert!(diagnostics.is_empty());
            let read = |path: &str| stage.read(path).unwrap();
            assert!(holds(&read("a.html.gz"), text.as_bytes(), Encoding::Gz));
            assert!(holds(&read("a.html.br"), text.as_bytes(), Encoding::Br));
            assert_eq!(read("c.css.gz"), text.as_bytes(), "a file of the site's own");
            let (written, changed) = (stage.written(), stage.changed());
            stage.commit().unwrap();
            (written, changed)
        };
        let all = ["a.html", "a.html.br", "a.html.gz", "b.png", "c.css", "c.css.br", "c.css.gz", "small.txt"];
        assert_eq!(make(&text), (all.map(String::from).to_vec(), all.map(String::from).to_vec()));
        assert_eq!(make(&text), (all.map(String::from).to_vec(), vec![]));
        assert_eq!(make(&format!("{text}!")).1.len(), all.len() - 1);
        let stage = Stage::open(&output, false).unwrap();
        let mut diagnostics = Diagnostics::default();
        let lost = ["x.html", "y.html"].map(String::from);
        compress(&stage, &[Encoding::Gz], &lost, &mut diagnostics);
        assert_eq!(diagnostics.len(), 1, "what is wrong with all is told once");
    }
}
