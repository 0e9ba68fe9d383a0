//! A stamp in its place in a translation's front matter.

use super::{KEY, Stamp};
use crate::source::{Source, Step};

/// The whole file with this stamp: in place of the one that is there, else as the last key of YAML or the first of TOML.
/// Nothing else changes, line ends neither.
#[must_use]
pub fn stamped(translation: &Source, stamp: &Stamp) -> String {
    let (text, front) = (&translation.text.text, &translation.front);
    if let Some(value) = front.value_range(&translation.text, &[Step::key(KEY)]) {
        // What follows the value on its line, a comment maybe, stays.
        let line = text[value.start..].lines().next().unwrap_or_default();
        let quote = line.chars().next().filter(|first| matches!(first, '"' | '\''));
        let length = match quote {
            Some(quote) => line[1..].find(quote).map_or(line.len(), |end| end + 2),
            None => line.find(" #").unwrap_or(line.len()),
        };
        let quote = quote.map(String::from).unwrap_or_default();
        return format!("{}{quote}{stamp}{quote}{}", &text[..value.start], &text[value.start + length..]);
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (at, line) = if front.is_toml() {
        (front.range().start, format!("{KEY} = \"{stamp}\"{end}"))
    } else {
        (front.range().end, format!("{KEY}: {stamp}{end}"))
    };
    format!("{}{line}{}", &text[..at], &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translation::parts::tests::source;

    #[test]
    fn a_stamp_is_put_in_or_replaced() {
        let stamp = Stamp::parse("v1.aaaaaaaaaa.abc").unwrap();
        let write = |text: &str| stamped(&source(text), &stamp);
        assert_eq!(write("---\ntitle: A\n---\nb\n"), "---\ntitle: A\ntranslated: v1.aaaaaaaaaa.abc\n---\nb\n");
        assert_eq!(write("---\r\ntitle: A\r\n---\r\n"), "---\r\ntitle: A\r\ntranslated: v1.aaaaaaaaaa.abc\r\n---\r\n");
        assert_eq!(
            write("---\ntranslated: \"x\" # by hand\ntitle: A\n---\n"),
            "---\ntranslated: \"v1.aaaaaaaaaa.abc\" # by hand\ntitle: A\n---\n"
        );
        assert_eq!(write("---\ntranslated: x\n---\n"), "---\ntranslated: v1.aaaaaaaaaa.abc\n---\n");
        assert_eq!(
            write("+++\ntitle = \"A\"\n[extra]\nb = 1\n+++\n"),
            "+++\ntranslated = \"v1.aaaaaaaaaa.abc\"\ntitle = \"A\"\n[extra]\nb = 1\n+++\n"
        );
        for text in ["---\ntitle: A\n---\n", "---\ntranslated:\ntitle: A\n---\n", "+++\ntranslated = \"\"\n+++\n"] {
            let again = source(&write(text));
            assert_eq!(again.front.table[KEY], "v1.aaaaaaaaaa.abc", "{text}");
        }
    }
}
