//! Tera's errors as diagnostics, with the place in the template's file.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind};

use super::replaced;
use crate::diagnostic::{Code, Diagnostic, SourceText, Span};
use crate::source::Source;
use crate::text;

/// The files templates come from, by Tera's name.
pub(super) type Files = BTreeMap<String, SourceText>;

/// One diagnostic for each thing an error tells.
pub(super) fn diagnostics(error: &Error, template: &str, files: &Files) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let said = report.message();
            let span = report.span();
            let width = if span.end_line == span.start_line { span.end_col.saturating_sub(span.start_col) } else { 1 };
            let name = if report.filename().is_empty() { template } else { report.filename() };
            vec![one(said, place(files, name, span.start_line, span.start_col + 1, width))]
        }
        ErrorKind::MissingParent { current, parent } => vec![missing_parent(files, current, parent)],
        ErrorKind::CircularExtend { tpl, .. } => vec![one(&with_cause(error), find(files, tpl, "extends"))],
        ErrorKind::CircularInclude { tpl, .. } => vec![one(&with_cause(error), find(files, tpl, "include"))],
        ErrorKind::TemplateNotFound(name) => vec![
            Diagnostic::error(
                Code::TemplateMissing,
                files.get(template).map(|source| Span::file(&source.file)),
                text!("nie ma szablonu „{name}”", "there is no template `{name}`"),
            )
            .help(text!("dodaj plik templates/{name}", "add the file templates/{name}")),
        ],
        _ => {
            let said = with_cause(error);
            let reports = reports(&said);
            if let Some((component, file)) = twice_defined(&said) {
                return vec![one(&said, find(files, &file, &format!("component {component}")))];
            }
            if reports.is_empty() {
                return vec![one(&said, files.get(template).map(|source| Span::file(&source.file)))];
            }
            reports
                .into_iter()
                .map(|(said, name, line, column)| one(&said, place(files, &name, line, column, 1)))
                .collect()
        }
    }
}

/// Tera's name for a template that is no file.
const ONE_OFF: &str = "__tera_one_off";

/// One diagnostic for each thing that is wrong with a body that is a template; lines are those of its file.
pub(super) fn body_diagnostics(error: &Error, source: &Source, files: &Files) -> Vec<Diagnostic> {
    let mut files = files.clone();
    let body = SourceText { file: source.text.file.clone(), text: source.body().to_string() };
    files.insert(ONE_OFF.to_string(), body);
    let above = source.text.text[..source.front.body_start].matches('\n').count();
    let mut found = diagnostics(error, ONE_OFF, &files);
    for diagnostic in &mut found {
        // What Tera gives no place for is a tag that only whole templates may have.
        if diagnostic.span.as_ref().is_none_or(|span| span.line == 0) {
            let tag = if diagnostic.message.en.contains("extends") { "extends" } else { "block" };
            diagnostic.span = find(&files, ONE_OFF, tag).or_else(|| diagnostic.span.clone());
        }
        let span = diagnostic.span.get_or_insert_with(|| Span::file(&source.text.file));
        if span.file == source.text.file && span.line > 0 {
            span.line += above;
        }
    }
    found
}

fn one(said: &str, span: Option<Span>) -> Diagnostic {
    let missing = said.contains("template") && said.contains("not found") || said.starts_with("Unknown template");
    let code = if missing { Code::TemplateMissing } else { Code::TemplateError };
    let line = span.as_ref().map_or("", |span| span.excerpt.as_str());
    let in_content = span.as_ref().is_some_and(|span| span.file.starts_with("content/"));
    let help = if let Some(help) = replaced::help(said, line, in_content) {
        help
    } else if said.contains("not defined") || said.contains("undefined") || said.contains("not found in context") {
        text!(
            "sprawdź nazwę; wartość, której może nie być, pisz jako {{{{ x or \"\" }}}}",
            "check the name; write a value that may be absent as {{{{ x or \"\" }}}}"
        )
    } else {
        text!("popraw szablon w tym miejscu (Tera 2)", "mend the template at this place (Tera 2)")
    };
    Diagnostic::error(code, span, text!("błąd szablonu: {said}", "template error: {said}")).help(help)
}

fn missing_parent(files: &Files, current: &str, parent: &str) -> Diagnostic {
    let span = files.get(current).map(|source| match source.text.find(parent) {
        Some(at) => source.span(at..at + parent.len()),
        None => Span::file(&source.file),
    });
    Diagnostic::error(
        Code::TemplateMissing,
        span,
        text!(
            "nie ma szablonu „{parent}”, który ten rozszerza",
            "there is no template `{parent}` for this one to extend"
        ),
    )
    .help(text!("dodaj plik templates/{parent} albo popraw nazwę", "add the file templates/{parent}, or mend the name"))
}

fn place(files: &Files, name: &str, line: usize, column: usize, width: usize) -> Option<Span> {
    files.get(name).map(|source| source.span_at(line, column, width.max(1)))
}

/// The first place of some words in a template, else the template.
fn find(files: &Files, name: &str, words: &str) -> Option<Span> {
    let source = files.get(name)?;
    Some(match source.text.find(words) {
        Some(at) => source.span(at..at + words.len()),
        None => Span::file(&source.file),
    })
}

/// The component that two files define, and the second of them.
fn twice_defined(said: &str) -> Option<(String, String)> {
    let mut quoted = said.strip_prefix("Component `")?.split('`');
    let component = quoted.next()?;
    let file = quoted.nth(3).filter(|_| said.contains("is defined in both"))?;
    Some((component.to_string(), file.to_string()))
}

/// The error and what caused it, in one line each.
fn with_cause(error: &Error) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        said.push_str(": ");
        said.push_str(&error.to_string());
        cause = error.source();
    }
    said
}

/// Takes apart Tera's joined reports: message, template, line, column (both from 1).
fn reports(said: &str) -> Vec<(String, String, usize, usize)> {
    let mut found = vec![];
    let mut lines = said.lines();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        let Some(place) = lines.next().and_then(|line| line.trim_start().strip_prefix("--> ")) else { continue };
        let mut parts = place.rsplitn(3, ':');
        let (column, line, name) = (parts.next(), parts.next(), parts.next());
        if let (Some(Ok(column)), Some(Ok(line)), Some(name)) = (column.map(str::parse), line.map(str::parse), name) {
            found.push((message.to_string(), name.to_string(), line, column));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_joined_reports_apart() {
        let said = "error: Unknown filter `x`\n --> a.html:1:4\n  |\n1 | {{ a | x }}\n  |    ^\n\nerror: Unknown test `y`\n --> t/templates/b.html:12:3\n";
        let found = reports(said);
        assert_eq!(found[0], ("Unknown filter `x`".into(), "a.html".into(), 1, 4));
        assert_eq!(found[1].1, "t/templates/b.html");
    }
}
