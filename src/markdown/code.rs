//! Code blocks into HTML, in colours where the site asks for them.

use std::fmt::Write as _;
use std::path::Path;

use pulldown_cmark::CodeBlockKind;
use pulldown_cmark_escape::escape_html;

use super::fence::Fence;
#[cfg(feature = "highlight")]
use super::highlight::Highlighter;
use crate::config::Config;
use crate::diagnostic::Diagnostics;

/// How the code blocks of a site are written.
#[derive(Debug, Default)]
pub struct Code {
    #[cfg(feature = "highlight")]
    highlighter: Option<Highlighter>,
}

impl Code {
    /// Loads themes and grammars where the configuration asks for colours. Problems go into `diagnostics`.
    #[must_use]
    #[cfg_attr(not(feature = "highlight"), allow(unused_variables))]
    pub fn load(root: &Path, config: &Config, diagnostics: &mut Diagnostics) -> Self {
        Self {
            #[cfg(feature = "highlight")]
            highlighter: Highlighter::load(root, config, diagnostics),
        }
    }

    /// The style sheets that go with colours written as classes: name and text.
    #[must_use]
    #[cfg_attr(not(feature = "highlight"), allow(clippy::unused_self))]
    pub fn style_sheets(&self) -> Vec<(String, String)> {
        #[cfg(feature = "highlight")]
        if let Some(highlighter) = &self.highlighter {
            return highlighter.style_sheets();
        }
        vec![]
    }

    /// A code block. `unknown` is told a language that there are no colours for, and whether that is an error.
    #[cfg_attr(not(feature = "highlight"), allow(unused_variables, clippy::unused_self))]
    pub(super) fn block(&self, kind: &CodeBlockKind<'_>, text: &str, unknown: impl FnOnce(&str, bool)) -> String {
        let fence = match kind {
            CodeBlockKind::Fenced(info) => Fence::parse(info),
            CodeBlockKind::Indented => Fence::parse(""),
        };
        #[cfg(feature = "highlight")]
        if let Some(highlighter) = &self.highlighter {
            return highlighter.block(&fence, text, unknown);
        }
        let mut html = String::from("<pre><code");
        if let Some(language) = fence.language {
            attribute(&mut html, "data-lang", language);
        }
        html.push('>');
        // Writing into memory cannot fail.
        let _ = escape_html(&mut html, text);
        html.push_str("</code></pre>\n");
        html
    }
}

/// Writes an attribute with its value escaped.
pub(super) fn attribute(html: &mut String, name: &str, value: &str) {
    let _ = write!(html, " {name}=\"");
    let _ = escape_html(&mut *html, value);
    html.push('"');
}
