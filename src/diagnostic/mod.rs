//! What is wrong with the input, where, and how to mend it.
//!
//! Every problem is a [`Diagnostic`]: a stable [`Code`], a [`Severity`], a [`Span`] in a file, one sentence of what is
//! wrong with the value found, and a help with the edit that would mend it, in Polish and English. Rooms push
//! diagnostics into a [`Diagnostics`] and carry on, so that an editor sees all of them at once.

mod code;
mod polish;
mod printer;
mod span;
mod suggest;

use serde::{Deserialize, Serialize};

pub use code::Code;
pub use printer::{Format, Told, print_text};
pub use span::{SourceText, Span};
pub use suggest::{did_you_mean, help_with_suggestion};

/// Language of the words of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Polish.
    Polish,
    /// English.
    English,
}

impl Words {
    /// The words for a language code: Polish for `pl`, English for everything else.
    #[must_use]
    pub fn for_language(code: &str) -> Self {
        if code.split('-').next() == Some("pl") { Self::Polish } else { Self::English }
    }
}

/// How bad it is. Only an error stops the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The site cannot be published like this.
    Error,
    /// The site is built, but something is probably not as meant.
    Warning,
    /// Worth knowing, harmless.
    Hint,
}

/// One sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The sentence in Polish.
    pub pl: String,
    /// The sentence in English.
    pub en: String,
}

impl Text {
    /// The sentence in the asked language.
    #[must_use]
    pub fn get(&self, words: Words) -> &str {
        match words {
            Words::Polish => &self.pl,
            Words::English => &self.en,
        }
    }
}

/// Makes a [`Text`] from two format strings, Polish first, English second, and the values both take.
#[macro_export]
macro_rules! text {
    ($pl:literal, $en:literal $(, $value:expr)* $(,)?) => {
        $crate::diagnostic::Text { pl: format!($pl $(, $value)*), en: format!($en $(, $value)*) }
    };
}

/// One thing that is wrong, with its place and the way to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable name of the rule.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where; `None` when no file is to blame (an output folder, say).
    pub span: Option<Span>,
    /// What is wrong, with the value found.
    pub message: Text,
    /// The edit that would mend it.
    pub help: Option<Text>,
}

impl Diagnostic {
    /// An error at `span`.
    #[must_use]
    pub fn error(code: Code, span: impl Into<Option<Span>>, message: Text) -> Self {
        Self { code, severity: Severity::Error, span: span.into(), message, help: None }
    }

    /// A warning at `span`.
    #[must_use]
    pub fn warning(code: Code, span: impl Into<Option<Span>>, message: Text) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// A hint at `span`.
    #[must_use]
    pub fn hint(code: Code, span: impl Into<Option<Span>>, message: Text) -> Self {
        Self { severity: Severity::Hint, ..Self::error(code, span, message) }
    }

    /// The same diagnostic with the edit that would mend it.
    #[must_use]
    pub fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }
}

/// A growing collection of diagnostics.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(others);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether any of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether any of them has this code.
    #[must_use]
    pub fn has(&self, code: Code) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.code == code)
    }

    /// How many of them have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// All of them in reading order: by file, line, column and code, repeats removed.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by(|a, b| {
            let key = |d: &Diagnostic| d.span.as_ref().map(|s| (s.file.clone(), s.line, s.column));
            key(a).cmp(&key(b)).then_with(|| a.code.cmp(&b.code)).then_with(|| a.message.en.cmp(&b.message.en))
        });
        self.list.dedup();
        self.list
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(iter: I) -> Self {
        Self { list: iter.into_iter().collect() }
    }
}

impl Diagnostics {
    /// Unwraps a result, keeping its diagnostic when it is an error.
    pub fn take<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(diagnostic) => {
                self.push(diagnostic);
                None
            }
        }
    }
}
