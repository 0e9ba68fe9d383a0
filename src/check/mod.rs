//! What only a check sees: nothing is wrong enough to stop a build, but readers, translators and reviewers would notice.
//!
//! One file a check. Each gets the same [`Subject`] and says what it finds.

mod alt;
mod document;
#[cfg(feature = "remote")]
mod external;
mod names;
mod outline;
mod rooted;
mod sources;
mod table;
mod translations;
mod twice;
mod unused;
mod vague;
mod weight;

use std::collections::BTreeSet;

use pulldown_cmark::Options;
use rayon::prelude::*;

use self::document::Document;
pub use self::weight::Scale;
use crate::config::Project;
use crate::content::Library;
use crate::diagnostic::Diagnostics;
use crate::markdown::parser_options;
use crate::source::{Asset, Source};
use crate::translation::Status;

/// What is looked at.
pub struct Subject<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its content.
    pub library: &'a Library,
    /// Static files of the site, paths below `static/`.
    pub statics: &'a [Asset],
    /// Paths of all files of the built site; empty when there is none.
    pub outputs: BTreeSet<&'a str>,
}

/// A file of content with what it is made of.
struct Text<'a> {
    source: &'a Source,
    document: Document,
}

/// Runs every check that looks at content only.
pub fn run(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let texts = texts(subject.library, parser_options(&subject.project.config));
    for text in &texts {
        outline::check(text, diagnostics);
        vague::check(text, diagnostics);
        table::check(text, diagnostics);
    }
    if !subject.outputs.is_empty() {
        rooted::check(&texts, &subject.outputs, diagnostics);
    }
    names::check(subject, diagnostics);
    alt::check(&texts, diagnostics);
    twice::check(subject, diagnostics);
    sources::check(subject, diagnostics);
    unused::check(subject, &texts, diagnostics);
    translations::check(&Status::of(subject.library, subject.project), diagnostics);
}

/// Asks other sites whether the links to them lead anywhere.
pub fn external(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    #[cfg(feature = "remote")]
    {
        let texts = texts(subject.library, parser_options(&subject.project.config));
        external::check(subject.project, &texts, diagnostics);
    }
    #[cfg(not(feature = "remote"))]
    {
        let _ = subject;
        diagnostics.push(crate::diagnostic::Diagnostic::error(
            crate::diagnostic::Code::ConfigUnsupported,
            None,
            crate::text!(
                "ten huta nie umie pytać innych witryn: zbudowano go bez „remote”",
                "this huta cannot ask other sites: it was built without `remote`"
            ),
        ));
    }
}

/// Every file of pages and sections, once, in the order of paths.
fn texts(library: &Library, options: Options) -> Vec<Text<'_>> {
    let pages = library.pages.iter().filter(|page| page.fallback_of.is_none()).map(|page| &*page.source);
    let sections = library.sections.iter().filter(|section| section.fallback_of.is_none());
    let mut sources: Vec<&Source> = pages.chain(sections.filter_map(|section| section.source.as_deref())).collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources.into_par_iter().map(|source| Text { source, document: Document::read(source, options) }).collect()
}
