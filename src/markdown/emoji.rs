//! `:name:` into the emoji of that name (GitHub's names).

use std::borrow::Cow;

/// A text with every `:name:` that is an emoji's replaced.
pub(super) fn replace(text: &str) -> Cow<'_, str> {
    if !text.contains(':') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(':') {
        let after = &rest[at + 1..];
        let named = after.find(|c: char| !is_name(c)).filter(|end| *end > 0 && after[*end..].starts_with(':'));
        out.push_str(&rest[..at]);
        if let Some((end, emoji)) = named.and_then(|end| Some((end, emojis::get_by_shortcode(&after[..end])?))) {
            out.push_str(emoji.as_str());
            rest = &after[end + 1..];
        } else {
            out.push(':');
            rest = after;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_+-".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_emoji_are_replaced() {
        assert_eq!(replace(":smile: o 10:30:15 :+1::nic: :"), "😄 o 10:30:15 👍:nic: :");
        assert_eq!(replace("bez"), "bez");
    }
}
