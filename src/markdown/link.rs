//! Links and pictures: internal addresses, co-located files, external links, anchors to check.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark_escape::{escape_href, escape_html};
use unicode_normalization::UnicodeNormalization;

use super::{Explains, Pictures};
use crate::config::{Config, MarkdownConfig};
use crate::content::{Library, LinkError, Target};
use crate::diagnostic::{Code, Diagnostic, SourceText, Span};
use crate::text;

/// Whose Markdown is rendered: where its links start from and where its problems are.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    /// Address of the page or section.
    pub permalink: &'a str,
    /// Language of its address.
    pub language: &'a str,
    /// Language of its text.
    pub text_language: &'a str,
    /// The file it comes from.
    pub source: &'a SourceText,
    /// Where the Markdown starts in the file; `None` when it stands inside front matter.
    pub offset: Option<usize>,
    /// Place of problems that cannot be found in the file when it stands inside front matter.
    pub place: Option<&'a Span>,
    /// Pictures that can be named by their file.
    pub pictures: Option<Pictures<'a>>,
    /// What explains its words, where anything does.
    pub explains: Option<Explains<'a>>,
}

impl Owner<'_> {
    /// Where `needle` stands in the file: inside a range of the Markdown, or anywhere when the Markdown is not the
    /// file's own text.
    fn locate(&self, range: Range<usize>, needle: &str) -> Option<Range<usize>> {
        let Some(offset) = self.offset else {
            let at = self.source.text.find(needle).filter(|_| !needle.is_empty())?;
            return Some(at..at + needle.len());
        };
        let range = offset + range.start..offset + range.end;
        let within = self.source.text.get(range.clone()).unwrap_or_default();
        match within.rfind(needle) {
            Some(at) if !needle.is_empty() => Some(range.start + at..range.start + at + needle.len()),
            _ => Some(range),
        }
    }

    /// The place of a problem with `needle`.
    pub(super) fn span(&self, range: Range<usize>, needle: &str) -> Span {
        match self.locate(range, needle) {
            Some(place) => self.source.span(place),
            None => self.place.cloned().unwrap_or_else(|| Span::file(&self.source.file)),
        }
    }
}

/// An anchor to be checked once everything is rendered.
#[derive(Debug, Clone, PartialEq)]
pub struct AnchorCheck {
    /// The page or section it is on; `None` for the owner itself.
    pub target: Option<Target>,
    /// Anchor without `#`.
    pub anchor: String,
    /// Where the link stands in its file, in bytes; `None` when it cannot be found there.
    pub place: Option<Range<usize>>,
}

/// What a link became.
pub(super) struct Resolved {
    pub(super) address: String,
    pub(super) target: Option<Target>,
    pub(super) check: Option<AnchorCheck>,
}

/// Resolves the destination of a link or picture.
pub(super) fn resolve(
    destination: &str,
    range: Range<usize>,
    owner: &Owner<'_>,
    library: &Library,
) -> Result<Resolved, Diagnostic> {
    let plain = |address: String| Resolved { address, target: None, check: None };
    if destination.is_empty() {
        return Err(Diagnostic::error(
            Code::EmptyLink,
            owner.span(range, ""),
            text!("odnośnik bez adresu", "a link without an address"),
        )
        .help(text!("wpisz adres w nawiasie: [tekst](adres)", "write the address in the brackets: [text](address)")));
    }
    if let Some(path) = destination.strip_prefix("@/") {
        return internal(path, destination, range, owner, library);
    }
    if let Some(anchor) = destination.strip_prefix('#').filter(|anchor| !anchor.is_empty()) {
        let check = AnchorCheck { target: None, anchor: anchor.to_string(), place: owner.locate(range, destination) };
        return Ok(Resolved { address: format!("{}{destination}", owner.permalink), target: None, check: Some(check) });
    }
    let file = destination.split(['#', '?']).next().unwrap_or_default();
    if !has_scheme(destination) && !destination.starts_with("//") && file.to_lowercase().ends_with(".md") {
        let path = file.trim_start_matches(['.', '/']);
        let warning = Diagnostic::warning(
            Code::BrokenLink,
            owner.span(range, destination),
            text!("„{destination}” nie prowadzi do strony", "`{destination}` does not lead to a page"),
        );
        return Err(warning.help(match library.file_ending_with(path) {
            Some(known) => {
                text!("odnośnik do strony zaczyna się od @/: @/{known}", "a link to a page starts with @/: @/{known}")
            }
            None => text!(
                "odnośnik do strony zaczyna się od @/ i folderu w content, np. @/miejsca/_index.md",
                "a link to a page starts with @/ and a folder in content, for example @/miejsca/_index.md"
            ),
        }));
    }
    let own_file = !destination.starts_with(['/', '#']) && !destination.starts_with("..") && !has_scheme(destination);
    Ok(plain(if own_file { format!("{}{destination}", owner.permalink) } else { destination.to_string() }))
}

fn internal(
    path: &str,
    destination: &str,
    range: Range<usize>,
    owner: &Owner<'_>,
    library: &Library,
) -> Result<Resolved, Diagnostic> {
    let (path, anchor) = path.split_once('#').map_or((path, None), |(path, anchor)| (path, Some(anchor)));
    let decoded: String = percent_encoding::percent_decode_str(path).decode_utf8_lossy().nfc().collect();
    // A fallback's text names anchors of its own language, so such a link stays in it.
    let language = if anchor.is_some() { owner.text_language } else { owner.language };
    let target = library.resolve(&decoded, language).map_err(|LinkError::Unknown(near)| {
        let missing = Diagnostic::error(
            Code::BrokenLink,
            owner.span(range.clone(), destination),
            text!(
                "odnośnik prowadzi donikąd: nie ma pliku content/{path}",
                "the link leads nowhere: there is no file content/{path}"
            ),
        );
        missing.help(match near {
            Some(near) => text!("czy chodziło o „@/{near}”?", "did you mean `@/{near}`?"),
            None => text!(
                "podaj ścieżkę pliku od folderu content, np. @/miejsca/_index.md",
                "give the file's path below the content folder, for example @/miejsca/_index.md"
            ),
        })
    })?;
    let mut address = match &target {
        Target::Page(id) => library.pages[*id].permalink.clone(),
        Target::Section(id) => library.sections[*id].permalink.clone(),
        Target::Asset(address) => address.clone(),
    };
    let mut check = None;
    if let Some(anchor) = anchor {
        let _ = write!(address, "#{anchor}");
        if !matches!(target, Target::Asset(_)) {
            let place = owner.locate(range, destination);
            check = Some(AnchorCheck { target: Some(target.clone()), anchor: anchor.to_string(), place });
        }
    }
    Ok(Resolved { address, target: Some(target), check })
}

/// Whether a destination starts with a scheme (RFC 3986: a letter, then letters, digits, `+`, `-`, `.`).
fn has_scheme(destination: &str) -> bool {
    destination.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// The opening tag of an external link, or `None` when it needs nothing special.
///
/// Only what was written as `http(s)://…` counts: an internal link is not external, whatever it resolves to.
pub(super) fn external(written: &str, address: &str, title: &str, config: &Config) -> Option<String> {
    if !written.starts_with("http://") && !written.starts_with("https://") {
        return None;
    }
    let options: &MarkdownConfig = &config.markdown;
    let rel: Vec<&str> = [
        (options.external_links_target_blank, "noopener"),
        (options.external_links_no_follow, "nofollow"),
        (options.external_links_no_referrer, "noreferrer"),
        (options.external_links_external, "external"),
    ]
    .into_iter()
    .filter_map(|(on, word)| on.then_some(word))
    .collect();
    if rel.is_empty() && options.external_links_class.is_none() {
        return None;
    }
    let mut tag = String::from("<a");
    if let Some(class) = &options.external_links_class {
        tag.push_str(" class=\"");
        let _ = escape_html(&mut tag, class);
        tag.push('"');
    }
    if !rel.is_empty() {
        let _ = write!(tag, " rel=\"{}\"", rel.join(" "));
    }
    if options.external_links_target_blank {
        tag.push_str(" target=\"_blank\"");
    }
    if !title.is_empty() {
        tag.push_str(" title=\"");
        let _ = escape_html(&mut tag, title);
        tag.push('"');
    }
    tag.push_str(" href=\"");
    let _ = escape_href(&mut tag, address);
    tag.push_str("\">");
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_schemes_from_files() {
        for with in ["mailto:a@b.pl", "https://x", "tel:1", "geo:50,20"] {
            assert!(has_scheme(with), "{with}");
        }
        for without in ["plan.svg", "a/b:c", "10:30.txt", "ą:b"] {
            assert!(!has_scheme(without), "{without}");
        }
    }
}
