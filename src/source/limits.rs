//! How much a file may ask for. Far above what anybody writes by hand, far below what stops a machine.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::text;

/// Most bytes of a file that people write: Markdown, YAML. The longest page of the guide has 20 000.
pub const MOST_WRITTEN: u64 = 500_000;

/// Most bytes of any other text: templates, data, the base map.
pub const MOST_TEXT: u64 = 64_000_000;

/// Most bytes of the front matter of a page.
pub(super) const MOST_FRONT: usize = 100_000;

/// Most problems told of one file; who mends that many will not mind to ask again.
pub(crate) const MOST_TOLD: usize = 30;

/// How deep lists and tables may stand in one another.
const DEEPEST: usize = 64;

/// Most references to what was said before. Each may stand for nearly the whole of the text.
const MOST_REFERENCES: usize = 100;

/// The diagnostic of a file that asks for too much.
pub(crate) fn too_much(place: Span, what: Text, help: Text) -> Diagnostic {
    Diagnostic::error(Code::TooMuch, place, what).help(help)
}

/// Whether a text file is small enough to be read.
pub(super) fn check_size(path: &Path, name: &str, bytes: u64) -> Result<(), Diagnostic> {
    let is_written =
        path.extension().is_some_and(|extension| ["md", "yaml", "yml"].iter().any(|own| extension == *own));
    let most = if is_written { MOST_WRITTEN } else { MOST_TEXT };
    if bytes <= most {
        return Ok(());
    }
    let (has, most) = (bytes.div_ceil(1000), most / 1000);
    Err(too_much(
        Span::file(name),
        text!("plik ma {has} kB, a może mieć najwyżej {most}", "the file has {has} kB; it may have at most {most}"),
        text!("podziel go na kilka plików", "make several files of it"),
    ))
}

/// Where YAML goes too deep or refers to itself too often, in bytes, and what to say. Reading it would take longer than the
/// square of its length, or more memory than there is.
pub(super) fn excess(yaml: &str) -> Option<(usize, Text)> {
    let mut depth = 0_usize;
    let mut quote: Option<u8> = None;
    let mut before = b'\n';
    let (mut references, mut has_names) = (0, false);
    let mut is_comment = false;
    for (at, byte) in yaml.bytes().enumerate() {
        is_comment = byte != b'\n' && (is_comment || byte == b'#' && quote.is_none() && before.is_ascii_whitespace());
        if is_comment {
            before = byte;
            continue;
        }
        let begins = matches!(before, b' ' | b'\n' | b'[' | b'{' | b',' | b':' | b'-');
        let names = yaml.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        match (byte, quote) {
            (b'\n', Some(_)) if depth == 0 => quote = None,
            (_, Some(open)) if byte == open && before != b'\\' => quote = None,
            (b'"' | b'\'', None) if begins => quote = Some(byte),
            (b'[' | b'{', None) if begins => depth += 1,
            (b']' | b'}', None) => depth = depth.saturating_sub(1),
            (b'&', None) if begins && names => has_names = true,
            (b'*', None) if begins && names => references += 1,
            _ => {}
        }
        if depth > DEEPEST {
            return Some((at, text!("za dużo poziomów: ponad {DEEPEST}", "too many levels: more than {DEEPEST}")));
        }
        if has_names && references > MOST_REFERENCES {
            return Some((
                at,
                text!(
                    "za dużo odwołań ze znakiem „*”: ponad {MOST_REFERENCES}",
                    "too many references by `*`: more than {MOST_REFERENCES}"
                ),
            ));
        }
        before = byte;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_not_too_much() {
        for yaml in [
            "title: a [b] {c} \"d\nlist:\n- *x*\n- **y** it's\n",
            &"- \"[[[[[[[[[[[[[\"\n".repeat(1000),
            &"- '*' & *a*\n".repeat(1000),
            &"- it's [1, 2]\n".repeat(1000),
            &"a: &b {c: [[1, 2], [3, 4]]}\nd: *b\n".repeat(50),
        ] {
            assert!(excess(yaml).is_none(), "{yaml}");
        }
    }

    #[test]
    fn depth_and_repetitions_are_counted() {
        assert_eq!(excess(&format!("a: {}", "[".repeat(DEEPEST + 1))).unwrap().0, 3 + DEEPEST);
        assert!(excess(&"{a: [".repeat(DEEPEST / 2 + 1)).is_some());
        assert!(excess(&format!("a: [ # \"\n{}", "[".repeat(DEEPEST + 1))).is_some());
        assert!(excess(&format!("a: &b x\nc: [{}]", ["*b"; MOST_REFERENCES + 1].join(","))).is_some());
    }
}
