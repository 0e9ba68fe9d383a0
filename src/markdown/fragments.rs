//! Templates that Markdown asks for.

use pulldown_cmark_escape::escape_html;

use super::{Explanation, Figure};
use crate::diagnostic::Diagnostic;

/// Templates that Markdown needs while it is rendered.
pub trait Fragments {
    /// The link to a heading.
    fn anchor_link(&self, id: &str, level: u8, language: &str) -> Result<String, Diagnostic>;
    /// What stands at the end of a summary that was cut inside a block.
    fn summary_cutoff(&self, summary: &str, language: &str) -> Result<String, Diagnostic>;
    /// A picture that is a paragraph by itself.
    fn figure(&self, figure: &Figure<'_>, language: &str) -> Result<String, Diagnostic>;
    /// A word of a text with its explanation.
    fn word(&self, word: &Explanation<'_>, language: &str) -> Result<String, Diagnostic>;
}

/// No templates: for short texts, and for checking a site whose templates are broken.
#[derive(Debug, Clone, Copy)]
pub struct NoFragments;

impl Fragments for NoFragments {
    fn anchor_link(&self, _: &str, _: u8, _: &str) -> Result<String, Diagnostic> {
        Ok(String::new())
    }
    fn summary_cutoff(&self, _: &str, _: &str) -> Result<String, Diagnostic> {
        Ok(String::new())
    }
    fn figure(&self, figure: &Figure<'_>, _: &str) -> Result<String, Diagnostic> {
        Ok(figure.html.clone())
    }
    fn word(&self, word: &Explanation<'_>, _: &str) -> Result<String, Diagnostic> {
        let mut html = String::new();
        // Writing into memory cannot fail.
        let _ = escape_html(&mut html, word.text);
        Ok(html)
    }
}
