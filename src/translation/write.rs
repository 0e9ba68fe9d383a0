//! A stamp in its place in a translation's front matter.

use std::ops::Range;

use super::{KEY, Stamp};
use crate::source::Source;

/// The whole file with this stamp: in place of the one that is there, else as the last key of YAML or the first of TOML.
/// Nothing else changes, line ends neither.
#[must_use]
pub fn stamped(translation: &Source, stamp: &Stamp) -> String {
    let (text, front) = (&translation.text.text, &translation.front);
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = if front.is_toml() { format!("{KEY} = \"{stamp}\"{end}") } else { format!("{KEY}: {stamp}{end}") };
    let range = front.range();
    let place = entry(text, range.clone());
    let place = place.unwrap_or(if front.is_toml() { range.start..range.start } else { range.end..range.end });
    format!("{}{line}{}", &text[..place.start], &text[place.end..])
}

/// The lines of the key: its own and the indented ones below it, which a form of YAML may put its value on.
fn entry(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let mut at = range.start;
    let mut found: Option<Range<usize>> = None;
    for line in text[range].split_inclusive('\n') {
        let end = at + line.len();
        match &mut found {
            Some(found) if line.starts_with([' ', '\t']) => found.end = end,
            Some(_) => break,
            None => {
                let rest = line.strip_prefix(KEY).map(str::trim_start);
                if rest.is_some_and(|rest| rest.starts_with([':', '='])) {
                    found = Some(at..end);
                }
            }
        }
        at = end;
    }
    found
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
            write("---\ntranslated: >-\n  v1.x\n\ntitle: A\n---\n"),
            "---\ntranslated: v1.aaaaaaaaaa.abc\n\ntitle: A\n---\n"
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
