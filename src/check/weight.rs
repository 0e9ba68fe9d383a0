//! What a page weighs on the way to a phone.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::config::Project;
use crate::content::{Library, index_file};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, Text};
use crate::readability::decimal;
use crate::render::Produced;
use crate::text;

/// Weighs outputs as they are made.
#[derive(Debug, Default)]
pub struct Scale {
    weighed: Mutex<BTreeMap<String, Weighed>>,
}

/// One output: its bytes when compressed, and for HTML the addresses of the style sheets and scripts it asks for.
#[derive(Debug)]
struct Weighed {
    bytes: usize,
    needs: Vec<String>,
}

impl Scale {
    /// Weighs an output of which `html` is the text before it was made smaller.
    pub fn page(&self, path: &str, html: &str, finished: &[u8]) {
        self.put(path, finished, needs(html));
    }

    /// Weighs a style sheet or script; anything else is not part of a page's weight.
    pub fn file(&self, path: &str, produced: &Produced<'_>) {
        let is_part = [".css", ".js", ".mjs"].iter().any(|end| path.ends_with(end));
        match produced {
            Produced::Bytes(bytes) if is_part => self.put(path, bytes, vec![]),
            Produced::File(file) if is_part => {
                // A file that cannot be read is told where it is copied.
                if let Ok(bytes) = std::fs::read(file) {
                    self.put(path, &bytes, vec![]);
                }
            }
            _ => {}
        }
    }

    /// Lets what was weighed be found under another name too.
    pub fn also(&self, name: &str, of: &str) {
        let mut weighed = self.weighed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = weighed.get(of).map(|known| known.bytes) {
            weighed.insert(name.to_string(), Weighed { bytes, needs: vec![] });
        }
    }

    fn put(&self, path: &str, bytes: &[u8], needs: Vec<String>) {
        let weighed = Weighed { bytes: compressed(bytes), needs };
        self.weighed.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_string(), weighed);
    }

    /// Tells pages and sections that are heavier than the configuration allows.
    pub fn check(&self, project: &Project, library: &Library, diagnostics: &mut Diagnostics) {
        let Some(most) = project.config.check.page_weight else { return };
        let weighed = self.weighed.lock().unwrap_or_else(PoisonError::into_inner);
        let pages = library.pages.iter().map(|page| (&page.path, page.source.text.file.clone()));
        let sections = library.sections.iter().map(|section| {
            let file = format!("content/{}", section.relative_path());
            (&section.path, file)
        });
        for (path, file) in pages.chain(sections) {
            let Some(page) = weighed.get(&index_file(path)) else { continue };
            let base = project.config.base_url.trim_end_matches('/');
            let others: usize = page
                .needs
                .iter()
                .map(|address| {
                    let below = address.strip_prefix(base).unwrap_or(address).trim_start_matches('/');
                    weighed.get(below).map_or(0, |needed| needed.bytes)
                })
                .sum();
            // Pages are far below what a float holds exactly.
            #[allow(clippy::cast_precision_loss)]
            let kilobytes = |bytes: usize| bytes as f64 / 1000.0;
            let whole = kilobytes(page.bytes + others);
            if whole <= most {
                continue;
            }
            let [whole, own, rest, most] = [whole, kilobytes(page.bytes), kilobytes(others), most].map(decimal);
            let pl = format!(
                "strona {path} waży {} kB (tekst {}, style i skrypty {}), a może najwyżej {}",
                whole.pl, own.pl, rest.pl, most.pl
            );
            let en = format!(
                "the page {path} weighs {} kB (text {}, styles and scripts {}), at most {} are allowed",
                whole.en, own.en, rest.en, most.en
            );
            diagnostics.push(
                Diagnostic::warning(Code::PageTooHeavy, Span::file(file), Text { pl, en })
                .help(text!(
                    "podziel ją na dwie strony albo skróć; granicą jest page_weight pod [check] w konfiguracji",
                    "divide it into two pages or make it shorter; the limit is page_weight under [check] in the configuration"
                )),
            );
        }
    }
}

/// Bytes after gzip at its usual level (6), which every server knows.
fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(vec![], Compression::default());
    // A vector takes whatever is written.
    let _ = encoder.write_all(bytes);
    encoder.finish().map_or(bytes.len(), |compressed| compressed.len())
}

/// Addresses of style sheets (but those for print) and scripts that a page asks for, without what follows a `?`.
fn needs(html: &str) -> Vec<String> {
    let mut found = vec![];
    for (open, key) in [("<link", "href=\""), ("<script", "src=\"")] {
        for (at, _) in html.match_indices(open) {
            let tag = html[at..].split('>').next().unwrap_or_default();
            if open == "<link" && (!tag.contains("stylesheet") || tag.contains("media=\"print\"")) {
                continue;
            }
            if let Some((_, rest)) = tag.split_once(key) {
                let address = rest.split('"').next().unwrap_or_default();
                found.push(address.split('?').next().unwrap_or_default().to_string());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_needs_its_styles_and_scripts() {
        let html = "<link rel=\"stylesheet\" href=\"https://a.pl/x.css?h=1\"><link rel=\"icon\" href=\"i.svg\">\
                    <link rel=\"stylesheet\" href=\"p.css\" media=\"print\"><script src=\"/y.js\" defer></script><script>1</script>";
        assert_eq!(needs(html), ["https://a.pl/x.css", "/y.js"]);
    }
}
