//! HTML that components wrote, kept whole while the Markdown around it is parsed.

/// What stands in the Markdown for the block of this number: an HTML block of its own.
#[must_use]
pub fn placeholder(number: usize) -> String {
    format!("{OPENING}{number}{CLOSING}")
}

/// What stands in a line of Markdown for the piece of HTML of this number: one tag, which the parser passes on by itself.
#[must_use]
pub fn inline_placeholder(number: usize) -> String {
    format!("{INLINE}{number}{INLINE_END}")
}

const OPENING: &str = "<div data-huta-block=\"";
const CLOSING: &str = "\"></div>";
const INLINE: &str = "<wbr data-huta-block=\"";
const INLINE_END: &str = "\">";

/// The block that a piece of HTML stands for.
pub(super) fn placed(html: &str, blocks: &[String]) -> Option<String> {
    between(html.trim(), OPENING, CLOSING, blocks).map(|block| format!("{}\n", block.trim_end()))
}

/// The piece of HTML in a line that a tag stands for.
pub(super) fn placed_in_line(tag: &str, blocks: &[String]) -> Option<String> {
    between(tag, INLINE, INLINE_END, blocks).cloned()
}

fn between<'b>(html: &str, opening: &str, closing: &str, blocks: &'b [String]) -> Option<&'b String> {
    let number = html.strip_prefix(opening)?.strip_suffix(closing)?;
    blocks.get(number.parse::<usize>().ok()?)
}
