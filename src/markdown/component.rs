//! HTML that components wrote, kept whole while the Markdown around it is parsed.

/// What stands in the Markdown for the block of this number: an HTML block of its own.
#[must_use]
pub fn placeholder(number: usize) -> String {
    format!("{OPENING}{number}{CLOSING}")
}

const OPENING: &str = "<div data-huta-block=\"";
const CLOSING: &str = "\"></div>";

/// The block that a piece of HTML stands for.
pub(super) fn placed(html: &str, blocks: &[String]) -> Option<String> {
    let number = html.trim().strip_prefix(OPENING)?.strip_suffix(CLOSING)?;
    let block: &String = blocks.get(number.parse::<usize>().ok()?)?;
    Some(format!("{}\n", block.trim_end()))
}
