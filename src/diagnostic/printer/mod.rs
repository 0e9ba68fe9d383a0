//! Diagnostics for those who read them: people, programs, reviewers.
//!
//! One file a format. Each takes the same [`Told`] and gives a text.

mod github;
mod json;
mod sarif;
mod text;

pub use text::print_text;

use super::{Diagnostic, Severity, Words};

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people: the line, a caret, the help.
    #[default]
    Text,
    /// For programs: one object.
    Json,
    /// For GitHub: commands of a workflow that annotate the lines of a pull request.
    Github,
    /// For tools that gather what checkers say: SARIF 2.1.0.
    Sarif,
}

/// What is to be printed.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// In the order they are printed in.
    pub diagnostics: &'a [Diagnostic],
    /// Language of the messages.
    pub words: Words,
    /// The site's folder as it is seen from the folder that addresses of files start from: empty, or with a slash at its end.
    pub prefix: &'a str,
    /// Pages and sections that were looked at.
    pub pages: usize,
    /// What a format for programs says besides.
    pub extra: Option<&'a serde_json::Value>,
}

impl Told<'_> {
    /// How many of them have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    fn file(&self, file: &str) -> String {
        format!("{}{file}", self.prefix)
    }
}

impl Format {
    /// All of it as one text that ends with a line end; empty where there is nothing to say. `Text` is printed without
    /// colours and without a summary, which are the command line's.
    #[must_use]
    pub fn print(self, told: &Told<'_>) -> String {
        match self {
            Self::Text => {
                let texts = told.diagnostics.iter().map(|diagnostic| print_text(diagnostic, told.words, false));
                texts.map(|text| text + "\n\n").collect()
            }
            Self::Json => json::print(told),
            Self::Github => github::print(told),
            Self::Sarif => sarif::print(told),
        }
    }
}

/// JSON with two spaces a level, and a line end.
fn pretty(value: &serde_json::Value) -> String {
    // A value without maps of other keys than text can always be written.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, SourceText, Span};
    use crate::text;

    fn diagnostics() -> Vec<Diagnostic> {
        let source = SourceText { file: "content/a ą.md".into(), text: "---\nplace:\n  śtyle: x\n---\n".into() };
        let at = source.text.find("śtyle").unwrap();
        vec![
            Diagnostic::error(Code::UnknownKey, source.span(at..at + 6), text!("nieznany: 100%\n", "unknown: 100%\n"))
                .help(text!("czy chodziło o „style”?", "did you mean `style`?")),
            Diagnostic::warning(Code::PictureUnused, Span::file("b,c:d.jpg"), text!("nieużyty", "unused")),
            Diagnostic::hint(Code::ForeignOutput, None, text!("cudze", "foreign")),
        ]
    }

    fn print(format: Format) -> String {
        let diagnostics = diagnostics();
        let extra = serde_json::json!({"x": 1});
        let told =
            Told { diagnostics: &diagnostics, words: Words::English, prefix: "site/", pages: 3, extra: Some(&extra) };
        format.print(&told)
    }

    #[test]
    fn github_escapes_what_its_commands_are_made_of() {
        assert_eq!(
            print(Format::Github),
            "::error title=unknown-key,file=site/content/a ą.md,line=3,endLine=3,col=3,endColumn=8::\
             unknown: 100%25%0A%0Adid you mean `style`?\n\
             ::warning title=picture-unused,file=site/b%2Cc%3Ad.jpg::unused\n\
             ::notice title=foreign-output::foreign\n"
        );
    }

    #[test]
    fn json_has_places_and_counts() {
        let json: serde_json::Value = serde_json::from_str(&print(Format::Json)).unwrap();
        assert_eq!((&json["errors"], &json["warnings"], &json["hints"]), (&1.into(), &1.into(), &1.into()));
        assert_eq!(json["diagnostics"][0]["line"], 3);
        assert_eq!(json["diagnostics"][0]["end_column"], 8);
        assert_eq!(json["diagnostics"][1]["line"], serde_json::Value::Null);
        assert_eq!(json["diagnostics"][2]["file"], serde_json::Value::Null);
        assert_eq!((&json["pages"], &json["x"]), (&3.into(), &1.into()));
    }

    #[test]
    fn sarif_names_the_rules_it_uses() {
        let json: serde_json::Value = serde_json::from_str(&print(Format::Sarif)).unwrap();
        let run = &json["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), 3);
        for result in run["results"].as_array().unwrap() {
            let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[at]["id"], result["ruleId"]);
        }
        let place = &run["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "site/content/a%20%C4%85.md");
        assert_eq!(place["region"]["startColumn"], 3);
    }

    #[test]
    fn text_is_what_people_read() {
        assert!(print(Format::Text).starts_with("error[unknown-key]: unknown: 100%"));
    }
}
