//! Headings in order: a screen reader's table of contents.

use super::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text;

/// Headings begin below the title, which is the page's only first level, and go down a level at a time.
pub(super) fn check(text: &Text<'_>, diagnostics: &mut Diagnostics) {
    let mut above = 1;
    for heading in &text.document.headings {
        let (level, allowed) = (heading.level, above + 1);
        let marks = |level: usize| "#".repeat(level);
        let place = || text.source.text.span(heading.place.clone());
        if level == 1 {
            let name = &heading.text;
            diagnostics.push(
                Diagnostic::warning(
                    Code::HeadingOrder,
                    place(),
                    text!(
                        "nagłówek „{name}” stoi tak wysoko jak tytuł strony",
                        "the heading `{name}` is as high as the page's title"
                    ),
                )
                .help(text!("zacznij od dwóch znaków: ## {name}", "start with two marks: ## {name}")),
            );
        } else if level > allowed {
            let (has, wanted, name) = (marks(level), marks(allowed), &heading.text);
            diagnostics.push(
                Diagnostic::warning(
                    Code::HeadingOrder,
                    place(),
                    text!("nagłówek „{name}” przeskakuje poziom: {has}", "the heading `{name}` skips a level: {has}"),
                )
                .help(text!("wpisz: {wanted} {name}", "write: {wanted} {name}")),
            );
        }
        above = level;
    }
}
