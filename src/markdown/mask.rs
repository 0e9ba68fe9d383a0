//! Templates' tags in Markdown, taken out of the way of those who read the Markdown itself.

/// Stands for every byte of a template's tag while Markdown is parsed: no text has it, and it is no white space, which
/// could make code of a line.
pub(crate) const MASK: char = '\u{1}';

/// The text with every tag of a template masked, byte for byte; line ends stay.
#[must_use]
pub(crate) fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, tag) = rest.split_at(start);
        out.push_str(before);
        let end = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")]
            .iter()
            .find_map(|(open, close)| Some(2 + tag.strip_prefix(open)?.find(close)? + 2));
        let end = end.unwrap_or(1);
        if end == 1 {
            out.push('{');
        } else {
            out.extend(tag[..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { MASK }));
        }
        rest = &tag[end..];
    }
    out + rest
}
