//! Front matter: split from the body, parsed, and its parse errors told in plain words.
//!
//! `serde_yaml` is archived upstream; this file is the only one that names it.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::limits::{MOST_FRONT, excess, too_much};
use super::locate::Places;
use super::{Table, Value, locate};
use crate::diagnostic::{Code, Diagnostic, SourceText, Span, Text};
use crate::source::Step;
use crate::text;

/// The format front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Yaml,
    Toml,
}

/// Front matter of one file: its values, and where they stand.
#[derive(Debug, Clone)]
pub struct FrontMatter {
    /// The values, in the order they were written.
    pub table: Table,
    format: Format,
    range: Range<usize>,
    /// Where values stand, once that was asked.
    places: OnceLock<Arc<Places>>,
    /// Where the body starts in the file, in bytes.
    pub body_start: usize,
}

impl FrontMatter {
    /// Splits and parses the front matter of a file.
    pub fn parse(source: &SourceText) -> Result<Self, Diagnostic> {
        let (format, range, body_start) = split(source)?;
        let text = &source.text[range.clone()];
        if text.len() > MOST_FRONT {
            let (has, most) = (text.len() / 1000, MOST_FRONT / 1000);
            return Err(too_much(
                source.span(range.start..range.start),
                text!(
                    "metryczka ma {has} kB, a może mieć najwyżej {most}",
                    "the front matter has {has} kB; it may have at most {most}"
                ),
                text!("przenieś długie teksty pod metryczkę", "move long texts below the front matter"),
            ));
        }
        let table = match format {
            Format::Yaml => parse_yaml(source, text, range.start)?,
            Format::Toml => parse_toml(source, text, range.start)?,
        };
        Ok(Self { table, format, range, body_start, places: OnceLock::new() })
    }

    /// The front matter of a file that was parsed before, from what [`Self::kept`] gave.
    #[must_use]
    pub fn known(kept: &str, length: usize) -> Option<Self> {
        let (is_toml, start, end, table) = serde_json::from_str(kept).ok()?;
        let format = if is_toml { Format::Toml } else { Format::Yaml };
        let range: Range<usize> = start..end;
        (range.start <= range.end && range.end <= length).then(|| {
            let places = OnceLock::new();
            Self { table, format, range, body_start: length, places }
        })
    }

    /// What is needed to have it again without parsing: JSON is read ten times as fast as YAML. Nothing where there are numbers
    /// with a point, which JSON's reader may round otherwise.
    #[must_use]
    pub fn kept(&self) -> String {
        if self.table.values().any(has_points) {
            return String::new();
        }
        serde_json::json!([self.is_toml(), self.range.start, self.range.end, self.table]).to_string()
    }

    /// Parses a file that is YAML from end to end.
    pub fn yaml_file(source: &SourceText) -> Result<Self, Diagnostic> {
        let range = 0..source.text.len();
        let table = parse_yaml(source, &source.text, 0)?;
        Ok(Self { table, format: Format::Yaml, body_start: range.end, range, places: OnceLock::new() })
    }

    /// Parses a file that is a YAML list from end to end. Paths into it begin with a position.
    pub fn yaml_list(source: &SourceText) -> Result<(Self, Vec<Value>), Diagnostic> {
        let text = &source.text;
        let value = if text.trim().is_empty() {
            Value::Null
        } else {
            check_excess(source, text, 0)?;
            from_yaml(serde_yaml::from_str(text).map_err(|error| yaml_error(source, text, 0, &error))?)
        };
        let list = match value {
            Value::Array(list) => list,
            Value::Null => vec![],
            _ => {
                let problem = Diagnostic::error(
                    Code::FrontMatterSyntax,
                    source.span(0..text.len().min(1)),
                    text!("ten plik nie jest listą", "this file is not a list"),
                );
                let help = text!("każdy element listy zaczyna się od „- ”", "each item of the list starts with `- `");
                return Err(problem.help(help));
            }
        };
        let range = 0..text.len();
        let places = OnceLock::new();
        let front = Self { table: Table::new(), format: Format::Yaml, body_start: range.end, range, places };
        Ok((front, list))
    }

    /// Where the key at `path` stands; the nearest known ancestor's key, or the opening fence, if it is not there.
    #[must_use]
    pub fn key_span(&self, source: &SourceText, path: &[Step]) -> Span {
        self.find(source, path).map_or_else(|| self.fence_span(source), |found| source.span(found.key))
    }

    /// Where the value at `path` stands; falls back like [`Self::key_span`].
    #[must_use]
    pub fn value_span(&self, source: &SourceText, path: &[Step]) -> Span {
        self.find(source, path).map_or_else(|| self.fence_span(source), |found| source.span(found.value))
    }

    /// Where its text stands in the file, the fences left out, in bytes.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Whether it is written in TOML.
    #[must_use]
    pub fn is_toml(&self) -> bool {
        self.format == Format::Toml
    }

    fn find(&self, source: &SourceText, path: &[Step]) -> Option<locate::Found> {
        let text = &source.text[self.range.clone()];
        let found = match self.format {
            Format::Yaml => self.places.get_or_init(|| Arc::new(Places::of(text))).find(text, path),
            Format::Toml => locate::in_toml(text, path),
        }?;
        let shift = |range: Range<usize>| range.start + self.range.start..range.end + self.range.start;
        Some(locate::Found { key: shift(found.key), value: shift(found.value) })
    }

    fn fence_span(&self, source: &SourceText) -> Span {
        let fence = source.text[..self.range.start].trim_end();
        source.span(fence.len().saturating_sub(3)..fence.len())
    }
}

fn has_points(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(list) => list.iter().any(has_points),
        Value::Object(table) => table.values().any(has_points),
        _ => false,
    }
}

/// Finds the fences: the format, the range of the front matter's text and the start of the body.
fn split(source: &SourceText) -> Result<(Format, Range<usize>, usize), Diagnostic> {
    let text = &source.text;
    let start = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    let (format, fence) = if text[start..].starts_with("---") {
        (Format::Yaml, "---")
    } else if text[start..].starts_with("+++") {
        (Format::Toml, "+++")
    } else {
        return Err(missing(source));
    };
    let mut lines = text[start..].split_inclusive('\n').scan(start, |at, line| {
        let here = *at;
        *at += line.len();
        Some((here, line))
    });
    let Some((_, opening)) = lines.next().filter(|(_, line)| line.trim_end() == fence) else {
        return Err(missing(source));
    };
    let content = start + opening.len();
    for (at, line) in lines {
        if line.trim_end() == fence {
            return Ok((format, content..at, at + line.len()));
        }
    }
    Err(Diagnostic::error(
        Code::FrontMatterMissing,
        source.span(start..start + 3),
        text!("metryczka na początku pliku nie jest zamknięta", "the front matter is not closed"),
    )
    .help(text!("po ostatnim kluczu dodaj wiersz {fence}", "add a line {fence} after the last key")))
}

fn missing(source: &SourceText) -> Diagnostic {
    Diagnostic::error(
        Code::FrontMatterMissing,
        source.span(0..0),
        text!("plik nie zaczyna się od metryczki", "the file does not start with front matter"),
    )
    .help(text!(
        "zacznij plik od wiersza ---, pod nim wpisz „title: Tytuł” i zamknij drugim wierszem ---",
        "start the file with a line ---, write `title: A title` below it and close with a second line ---"
    ))
}

fn check_excess(source: &SourceText, text: &str, offset: usize) -> Result<(), Diagnostic> {
    let Some((at, what)) = excess(text) else { return Ok(()) };
    let help = text!(
        "zapisz to prościej, bez odwołań i głębokich list",
        "write it in a plainer way, without references and deep lists"
    );
    Err(too_much(source.span(offset + at..offset + at + 1), what, help))
}

fn parse_yaml(source: &SourceText, text: &str, offset: usize) -> Result<Table, Diagnostic> {
    if text.trim().is_empty() {
        return Ok(Table::new());
    }
    check_excess(source, text, offset)?;
    let value: serde_yaml::Value =
        serde_yaml::from_str(text).map_err(|error| yaml_error(source, text, offset, &error))?;
    match from_yaml(value) {
        Value::Object(table) => Ok(table),
        Value::Null => Ok(Table::new()),
        _ => Err(Diagnostic::error(
            Code::FrontMatterSyntax,
            source.span(offset..offset + 1),
            text!("metryczka nie jest listą kluczy", "the front matter is not a list of keys"),
        )
        .help(text!("każdy wiersz ma postać „klucz: wartość”", "each line has the form `key: value`"))),
    }
}

/// The value of a YAML text that is no front matter.
pub(super) fn yaml_value(text: &str) -> Result<Value, String> {
    serde_yaml::from_str(text).map(from_yaml).map_err(|error| error.to_string())
}

/// Numbers stay numbers, tags are dropped, keys become strings: what is left is what JSON can say.
fn from_yaml(value: serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(value) => Value::Bool(value),
        serde_yaml::Value::Number(number) => {
            let number = number
                .as_i64()
                .map(serde_json::Number::from)
                .or_else(|| number.as_u64().map(serde_json::Number::from))
                .or_else(|| number.as_f64().and_then(serde_json::Number::from_f64));
            number.map_or(Value::Null, Value::Number)
        }
        serde_yaml::Value::String(value) => Value::String(value),
        serde_yaml::Value::Sequence(list) => Value::Array(list.into_iter().map(from_yaml).collect()),
        serde_yaml::Value::Mapping(map) => {
            Value::Object(map.into_iter().map(|(key, value)| (yaml_key(key), from_yaml(value))).collect())
        }
        serde_yaml::Value::Tagged(tagged) => from_yaml(tagged.value),
    }
}

fn yaml_key(key: serde_yaml::Value) -> String {
    match from_yaml(key) {
        Value::String(key) => key,
        other => other.to_string(),
    }
}

/// What libyaml says, what it usually means, and what to do about it.
const YAML_ERRORS: [(&str, &str, &str, &str, &str); 8] = [
    (
        "mapping values are not allowed",
        "dwukropek w miejscu, w którym nie może stać",
        "a colon where none can be",
        "wartość z dwukropkiem wpisz w cudzysłowie: title: \"Nowa Huta: plan\"; sprawdź też wcięcia",
        "put a value with a colon in quotes: title: \"Nowa Huta: the plan\"; check the indentation too",
    ),
    (
        "duplicate entry",
        "ten sam klucz jest dwa razy",
        "the same key is there twice",
        "zostaw jeden z nich",
        "keep one of them",
    ),
    (
        "cannot start any token",
        "znak, od którego nie może zaczynać się wartość",
        "a character that no value can start with",
        "wcięcia rób spacjami, nie tabulatorem; wartość zaczynającą się od @ albo ` wpisz w cudzysłowie",
        "indent with spaces, not tabs; put a value that starts with @ or ` in quotes",
    ),
    (
        "could not find expected ':'",
        "brak dwukropka po kluczu",
        "a key without a colon",
        "każdy wiersz ma postać „klucz: wartość”; po dwukropku stoi spacja",
        "each line has the form `key: value`, with a space after the colon",
    ),
    (
        "did not find expected key",
        "wcięcie nie pasuje do poprzednich wierszy albo cudzysłów jest zamknięty za wcześnie",
        "the indentation does not match the lines above, or a quotation mark closes too early",
        "wyrównaj wiersz z kluczami obok; w tekście w cudzysłowie pisz \\\" albo „”",
        "align the line with the keys beside it; inside quotes write \\\"",
    ),
    (
        "did not find expected ',' or",
        "lista w nawiasie nie jest zamknięta",
        "a list in brackets is not closed",
        "elementy rozdziel przecinkami i zamknij nawias",
        "separate the items with commas and close the bracket",
    ),
    (
        "unexpected end of stream",
        "cudzysłów nie jest zamknięty",
        "a quotation mark is not closed",
        "dodaj brakujący cudzysłów na końcu wartości",
        "add the missing quotation mark at the end of the value",
    ),
    (
        "did not find expected '-' indicator",
        "wiersz listy bez myślnika",
        "a line of a list without its dash",
        "każdy element listy zaczyna się od „- ”, w tym samym wcięciu",
        "each item of a list starts with `- `, at the same indentation",
    ),
];

fn yaml_error(source: &SourceText, text: &str, offset: usize, error: &serde_yaml::Error) -> Diagnostic {
    let said = error.to_string();
    let at = error.location().map_or(0, |location| location.index());
    let at = second_of_duplicates(text, &said).unwrap_or(at).min(text.trim_end().len());
    let end = text[at..].find(|c: char| c.is_whitespace()).map_or(text.len(), |length| at + length.max(1));
    let said = said.split(" at line ").next().unwrap_or(&said).to_string();
    if text[at..].starts_with('\t') {
        return Diagnostic::error(
            Code::FrontMatterSyntax,
            source.span(offset + at..offset + at + 1),
            text!("wiersz jest wcięty tabulatorem", "the line is indented with a tab"),
        )
        .help(text!(
            "zamień tabulator na spacje: dwie na każdy poziom",
            "replace the tab by spaces: two for each level"
        ));
    }
    let (message, help) = YAML_ERRORS.iter().find(|(needle, ..)| said.contains(needle)).map_or_else(
        || {
            (
                text!("metryczki nie da się odczytać ({said})", "the front matter cannot be read ({said})"),
                text!("sprawdź wcięcia, dwukropki i cudzysłowy", "check the indentation, colons and quotation marks"),
            )
        },
        |(_, pl, en, help_pl, help_en)| {
            (
                text!("metryczki nie da się odczytać: {pl}", "the front matter cannot be read: {en}"),
                Text { pl: (*help_pl).into(), en: (*help_en).into() },
            )
        },
    );
    Diagnostic::error(Code::FrontMatterSyntax, source.span(offset + at..offset + end), message).help(help)
}

/// Where the second of two equal keys stands: `serde_yaml` points at the table that holds them.
fn second_of_duplicates(text: &str, said: &str) -> Option<usize> {
    let key = said.split("duplicate entry with key \"").nth(1)?.split('"').next()?;
    let is_key =
        |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'));
    let mut starts = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at + line.len() - line.trim_start().len();
        *at += line.len();
        Some((start, line))
    });
    starts.by_ref().find(|(_, line)| is_key(line))?;
    starts.find(|(_, line)| is_key(line)).map(|(at, _)| at)
}

fn parse_toml(source: &SourceText, text: &str, offset: usize) -> Result<Table, Diagnostic> {
    let table: toml::Table = toml::from_str(text).map_err(|error| {
        let range = error.span().unwrap_or(0..1);
        let said = error.message();
        Diagnostic::error(
            Code::FrontMatterSyntax,
            source.span(offset + range.start..offset + range.end),
            text!("metryczki nie da się odczytać: {said}", "the front matter cannot be read: {said}"),
        )
        .help(text!("popraw zapis TOML w tym miejscu", "mend the TOML at this place"))
    })?;
    Ok(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect())
}

/// Dates become strings, as they are written.
pub(crate) fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(value) => Value::String(value),
        toml::Value::Integer(value) => Value::from(value),
        toml::Value::Float(value) => Value::from(value),
        toml::Value::Boolean(value) => Value::Bool(value),
        toml::Value::Datetime(value) => Value::String(value.to_string()),
        toml::Value::Array(list) => Value::Array(list.into_iter().map(from_toml).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> SourceText {
        SourceText { file: "a.md".into(), text: text.into() }
    }

    #[test]
    fn reads_both_formats() {
        let yaml = FrontMatter::parse(&source("\u{feff}\r\n--- \r\ntitle: Nie\r\nok: no\r\n---\r\nBody")).unwrap();
        assert_eq!(yaml.table["title"], "Nie");
        assert_eq!(yaml.table["ok"], "no");
        let toml = FrontMatter::parse(&source("+++\ntitle = \"T\"\ndate = 2024-05-06\n+++")).unwrap();
        assert_eq!(toml.table["date"], "2024-05-06");
    }

    #[test]
    fn tells_where_the_body_starts() {
        let source = source("---\n---\n\nBody\n");
        let front = FrontMatter::parse(&source).unwrap();
        assert_eq!(&source.text[front.body_start..], "\nBody\n");
    }

    #[test]
    fn an_unclosed_block_is_an_error() {
        let error = FrontMatter::parse(&source("---\ntitle: x\n")).unwrap_err();
        assert_eq!(error.code, Code::FrontMatterMissing);
        assert!(error.message.en.contains("not closed"));
    }

    #[test]
    fn points_at_broken_yaml() {
        let error = FrontMatter::parse(&source("---\ntitle: a: b\n---\n")).unwrap_err();
        let span = error.span.unwrap();
        assert_eq!((error.code, span.line), (Code::FrontMatterSyntax, 2));
    }

    #[test]
    fn finds_keys_and_values() {
        let source = source("---\nplace:\n  at: [1, 2]\n  stops:\n    - note: ż\n---\n");
        let front = FrontMatter::parse(&source).unwrap();
        let path = [Step::key("place"), Step::key("stops"), Step::Index(0), Step::key("note")];
        let span = front.key_span(&source, &path);
        assert_eq!((span.line, span.column, span.width), (5, 7, 4));
        let value = front.value_span(&source, &[Step::key("place"), Step::key("at"), Step::Index(1)]);
        assert_eq!((value.line, value.column), (3, 11));
    }
}
