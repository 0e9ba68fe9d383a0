//! What the first line of a code block asks for.

use std::ops::RangeInclusive;

/// The words after the opening fence, separated by commas: a language, switches, `key=value`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fence<'a> {
    /// Language of the code: the first bare word that is not a switch.
    pub(super) language: Option<&'a str>,
    /// Whether lines are numbered.
    pub(super) numbers: bool,
    /// Number of the first line.
    pub(super) first: usize,
    /// Lines that stand out, counted from 1.
    pub(super) marked: Vec<RangeInclusive<usize>>,
    /// Lines that are left out, counted from 1.
    pub(super) hidden: Vec<RangeInclusive<usize>>,
    /// Everything else with a value: attributes `data-key`.
    pub(super) data: Vec<(&'a str, &'a str)>,
}

impl<'a> Fence<'a> {
    /// Reads the words. What is not understood is left out, as in Zola.
    pub(super) fn parse(info: &'a str) -> Self {
        let mut fence = Self { first: 1, ..Self::default() };
        for word in info.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            match word.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
                None if word == "linenos" => fence.numbers = true,
                None if fence.language.is_none() => fence.language = Some(word),
                Some(("linenostart", first)) => fence.first = first.parse::<u32>().map_or(1, |first| first as usize),
                Some(("hl_lines", lines)) => fence.marked = ranges(lines),
                Some(("hide_lines", lines)) => fence.hidden = ranges(lines),
                Some((key, value)) if is_attribute(key) => fence.data.push((key, value.trim_matches('"'))),
                None | Some(_) => {}
            }
        }
        fence
    }
}

/// Lines and ranges of lines: `1 3-5`. A range written backwards is the same range.
fn ranges(lines: &str) -> Vec<RangeInclusive<usize>> {
    let range = |word: &str| {
        let (from, to) = word.split_once('-').unwrap_or((word, word));
        let (from, to): (usize, usize) = (from.parse().ok()?, to.parse().ok()?);
        Some(from.min(to)..=from.max(to))
    };
    lines.split_whitespace().filter_map(range).collect()
}

fn is_attribute(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_option() {
        let fence = Fence::parse("rust, linenos, linenostart=9, hl_lines=1 5-3, hide_lines=2, name=a.rs, copy");
        assert_eq!((fence.language, fence.numbers, fence.first), (Some("rust"), true, 9));
        assert_eq!((fence.marked, fence.hidden), (vec![1..=1, 3..=5], vec![2..=2]));
        assert_eq!(fence.data, [("name", "a.rs")]);
        assert_eq!(Fence::parse("linenos").language, None);
    }

    #[test]
    fn nonsense_is_left_out() {
        let fence = Fence::parse("hl_lines=x 2-, on\"click=1, linenostart=-3");
        assert_eq!((fence.marked, fence.data, fence.first), (vec![], vec![], 1));
    }
}
