//! What the panel in the corner says of the open page: what is wrong with its file and with the files beside it.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity, Words};

/// What the panel says of a page.
#[derive(Debug, serde::Serialize)]
pub(super) struct Panel {
    /// Language of the words.
    lang: &'static str,
    /// The page's Markdown file, from the site's folder; `None` for a page that no file is for.
    file: Option<String>,
    /// The site's folder on this machine.
    root: String,
    /// What there is to say of it, the worst first.
    list: Vec<Item>,
    /// Warnings and hints of all other files.
    others: usize,
    words: Labels,
}

/// One diagnostic.
#[derive(Debug, serde::Serialize)]
struct Item {
    severity: &'static str,
    /// `severity` in the language of the words.
    name: &'static str,
    code: &'static str,
    message: String,
    help: Option<String>,
    file: String,
    line: usize,
    column: usize,
}

/// The words on the panel itself.
#[derive(Debug, serde::Serialize)]
struct Labels {
    title: &'static str,
    errors: &'static str,
    warnings: &'static str,
    hints: &'static str,
    fine: &'static str,
    others: &'static str,
    edit: &'static str,
    /// How edit mode works.
    click: &'static str,
    open: &'static str,
    copied: &'static str,
    nowhere: &'static str,
    close: &'static str,
    /// The server does not answer.
    gone: &'static str,
}

const POLISH: Labels = Labels {
    title: "Ta strona",
    errors: "błędy",
    warnings: "ostrzeżenia",
    hints: "wskazówki",
    fine: "Nic do poprawienia.",
    others: "Ostrzeżenia i wskazówki do innych stron",
    edit: "Pokaż miejsca w plikach (klawisz E)",
    click: "Kliknij akapit, nagłówek, listę, tabelę albo zdjęcie, a zobaczysz plik i wiersz.",
    open: "Otwórz w edytorze",
    copied: "skopiowano",
    nowhere: "To nie pochodzi z tekstu strony, tylko z jej nagłówka (między „---”) albo z szablonu.",
    close: "Zamknij",
    gone: "huta serve nie odpowiada.",
};

const ENGLISH: Labels = Labels {
    title: "This page",
    errors: "errors",
    warnings: "warnings",
    hints: "hints",
    fine: "Nothing to mend.",
    others: "Warnings and hints of other pages",
    edit: "Show places in files (key E)",
    click: "Click a paragraph, heading, list, table or picture to see its file and line.",
    open: "Open in the editor",
    copied: "copied",
    nowhere: "This does not come from the page's text but from its front matter (between the `---`) or from a template.",
    close: "Close",
    gone: "huta serve does not answer.",
};

/// What there is to say of the page made from `origin`.
pub(super) fn panel(origin: Option<&str>, told: &[Diagnostic], root: &Path, words: Words) -> Panel {
    let (mut list, mut others) = (vec![], 0);
    for diagnostic in told {
        match (&diagnostic.span, origin) {
            (Some(span), Some(origin)) if belongs(&span.file, origin) => list.push((
                diagnostic.severity,
                Item {
                    severity: name(diagnostic.severity, Words::English),
                    name: name(diagnostic.severity, words),
                    code: diagnostic.code.as_str(),
                    message: diagnostic.message.get(words).to_string(),
                    help: diagnostic.help.as_ref().map(|help| help.get(words).to_string()),
                    file: span.file.clone(),
                    line: span.line,
                    column: span.column,
                },
            )),
            _ if diagnostic.severity == Severity::Error => {}
            _ => others += 1,
        }
    }
    list.sort_by_key(|(severity, _)| *severity);
    Panel {
        lang: if words == Words::Polish { "pl" } else { "en" },
        file: origin.map(str::to_string),
        root: root.display().to_string(),
        list: list.into_iter().map(|(_, item)| item).collect(),
        others,
        words: if words == Words::Polish { POLISH } else { ENGLISH },
    }
}

fn name(severity: Severity, words: Words) -> &'static str {
    match (severity, words) {
        (Severity::Error, Words::English) => "error",
        (Severity::Error, Words::Polish) => "błąd",
        (Severity::Warning, Words::English) => "warning",
        (Severity::Warning, Words::Polish) => "ostrzeżenie",
        (Severity::Hint, Words::English) => "hint",
        (Severity::Hint, Words::Polish) => "wskazówka",
    }
}

/// Whether a file is the page's own or lies beside it: anywhere in the folder of a page that has one, directly in that of a
/// section. Other texts have pages of their own.
fn belongs(file: &str, origin: &str) -> bool {
    if file == origin {
        return true;
    }
    let Some((folder, name)) = origin.rsplit_once('/') else { return false };
    let Some(beside) = file.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) else { return false };
    let is_text = Path::new(beside).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
    match name.split('.').next() {
        _ if is_text => false,
        Some("index") => true,
        Some("_index") => !beside.contains('/'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Span};
    use crate::text;

    #[test]
    fn files_beside_a_page_are_its_own() {
        for (file, origin, expected) in [
            ("content/a/b.md", "content/a/b.md", true),
            ("content/a/plan.svg", "content/a/b.md", false),
            ("content/a/index.en.md", "content/a/index.md", false),
            ("content/a/gallery.yaml", "content/a/index.en.md", true),
            ("content/a/sub/x.jpg", "content/a/index.md", true),
            ("content/a/gallery.yaml", "content/a/_index.md", true),
            ("content/a/b/gallery.yaml", "content/a/_index.md", false),
            ("content/ab/gallery.yaml", "content/a/index.md", false),
            ("huta.toml", "content/_index.md", false),
        ] {
            assert_eq!(belongs(file, origin), expected, "{file} {origin}");
        }
    }

    #[test]
    fn the_page_comes_first_and_others_are_counted() {
        let at = |file: &str| Some(Span::file(file));
        let told = [
            Diagnostic::hint(Code::UnknownKey, at("content/a.md"), text!("w", "h")),
            Diagnostic::error(Code::BrokenLink, at("content/a.md"), text!("b", "e")).help(text!("p", "m")),
            Diagnostic::warning(Code::UnknownKey, at("content/b.md"), text!("o", "w")),
            Diagnostic::error(Code::BrokenLink, at("content/b.md"), text!("b", "e")),
        ];
        let panel = panel(Some("content/a.md"), &told, Path::new("/site"), Words::Polish);
        let said: Vec<_> =
            panel.list.iter().map(|item| (item.name, item.message.as_str(), item.help.as_deref())).collect();
        assert_eq!(said, [("błąd", "b", Some("p")), ("wskazówka", "w", None)]);
        assert_eq!(panel.others, 1, "errors of other pages are on top of every page");
    }
}
