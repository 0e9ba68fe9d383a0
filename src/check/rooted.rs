//! Links from the root of the site (`/miejsca/…`), which nobody follows while building.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

use super::Text;
use crate::content::index_file;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text;

/// Tells those that lead to no file of the built site. `outputs` are the paths of all of them.
pub(super) fn check(texts: &[Text<'_>], outputs: &BTreeSet<&str>, diagnostics: &mut Diagnostics) {
    for text in texts {
        for link in text.document.links.iter().filter(|link| link.to.starts_with('/') && !link.to.starts_with("//")) {
            let path = link.to.split(['#', '?']).next().unwrap_or_default();
            let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
            let folder = format!("{}/", path.trim_end_matches('/'));
            if outputs.contains(path.trim_start_matches('/')) || outputs.contains(index_file(&folder).as_str()) {
                continue;
            }
            diagnostics.push(
                Diagnostic::warning(
                    Code::BrokenLink,
                    text.source.text.span(link.place.clone()),
                    text!("w witrynie nie ma adresu „{path}”", "the site has no address `{path}`"),
                )
                .help(text!(
                    "odnośnik do strony wpisz jako @/ i ścieżkę pliku: @/miejsca/plac-centralny/index.md; huta sama znajdzie adres w obu językach",
                    "write a link to a page as @/ and the path of its file: @/miejsca/plac-centralny/index.md; huta finds the address in both languages"
                )),
            );
        }
    }
}
