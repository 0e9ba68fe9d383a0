//! Places in text files.

use std::ops::Range;

/// Bytes of the longest line that is shown; a place in a longer one is told by its column only.
const LONGEST_EXCERPT: usize = 5000;

/// A text file as read, able to tell places in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceText {
    /// Path below the site's root, with `/` between the parts.
    pub file: String,
    /// The whole text.
    pub text: String,
}

impl SourceText {
    /// The place of a byte range. A range over several lines is cut at the end of its first line.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = floor_char_boundary(&self.text, range.start.min(self.text.len()));
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        // In a file from Windows what is missing at the end of a line is missed before its `\r`.
        let line_end = line_start + self.text[line_start..line_end].trim_end_matches('\r').len();
        let start = start.min(line_end);
        let end = floor_char_boundary(&self.text, range.end.clamp(start, line_end));
        let count = |part: &str| part.chars().count();
        Span {
            file: self.file.clone(),
            line: self.text[..line_start].matches('\n').count() + 1,
            column: count(&self.text[line_start..start]) + 1,
            width: count(&self.text[start..end]).max(1),
            excerpt: Some(&self.text[line_start..line_end])
                .filter(|line| line.len() <= LONGEST_EXCERPT)
                .map_or_else(String::new, str::to_string),
        }
    }

    /// The place `width` characters wide at a line and column, both counted from 1.
    #[must_use]
    pub fn span_at(&self, line: usize, column: usize, width: usize) -> Span {
        let start = self.offset(line, column);
        let end = self.text[start..].char_indices().nth(width).map_or(self.text.len(), |(at, _)| start + at);
        self.span(start..end)
    }

    /// Byte offset of a line and column, both counted from 1; the nearest that exists.
    #[must_use]
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start = if line <= 1 {
            0
        } else {
            self.text.match_indices('\n').nth(line - 2).map_or(self.text.len(), |(at, _)| at + 1)
        };
        let rest = &self.text[start..];
        let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
        start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
    }
}

fn floor_char_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A place in a file: line and column count characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// Path below the site's root.
    pub file: String,
    /// Line, from 1; 0 when the whole file is meant.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// Width in characters, at least 1.
    pub width: usize,
    /// The line itself, for the printers; empty when it is too long to be shown.
    pub excerpt: String,
}

impl Span {
    /// The whole of a file, for problems that have no line.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0, width: 0, excerpt: String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> SourceText {
        SourceText { file: "a.md".into(), text: text.into() }
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = source("zażółć gęślą\njaźń x\n");
        let at = source.text.find('x').unwrap();
        let span = source.span(at..at + 1);
        assert_eq!((span.line, span.column, span.width), (2, 6, 1));
        assert_eq!(span.excerpt, "jaźń x");
    }

    #[test]
    fn a_range_over_lines_stays_on_the_first() {
        let span = source("ab\ncd\n").span(1..5);
        assert_eq!((span.line, span.column, span.width), (1, 2, 1));
    }

    #[test]
    fn the_end_of_a_line_stands_before_its_line_end() {
        for text in ["a = \"b\r\nc", "a = \"b\nc", "a = \"b\r"] {
            let source = source(text);
            let end = text.find('\n').unwrap_or(text.len());
            let span = source.span(end..end + 1);
            assert_eq!((span.line, span.column, span.width, span.excerpt.as_str()), (1, 7, 1, "a = \"b"));
        }
    }

    #[test]
    fn offsets_and_places_agree() {
        let source = source("ą: 1\r\nbb: 2\n");
        assert_eq!(source.offset(2, 5), source.text.find('2').unwrap());
        assert_eq!(source.span_at(1, 1, 1).excerpt, "ą: 1");
        assert_eq!(source.offset(99, 1), source.text.len());
    }
}
