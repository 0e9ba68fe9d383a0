//! How wide a text may become, and how it is broken into lines.

use std::sync::LazyLock;

/// Characters by their advance width in hundredths of the font size, as in DejaVu Sans: no common system font is wider,
/// so what is given this room fits whatever the reader's device has.
const WIDTHS: [(u32, &str); 24] = [
    (28, "'ijl"),
    (30, "IJł"),
    (32, " \u{a0},.’"),
    (34, "/:;\\|"),
    (36, "f"),
    (38, "-"),
    (40, "()[]t"),
    (42, "!r"),
    (46, "\""),
    (50, "*_`–§°"),
    (52, "„”“"),
    (54, "?szśźż"),
    (56, "Lcć"),
    (58, "FkŁ"),
    (60, "vxy"),
    (62, "PTYaeoąęó«»"),
    (66, "$0123456789ESbdghnpqu{}ńĘŚK"),
    (70, "ABCRVXZĄĆŹŻ"),
    (76, "UHNŃ"),
    (78, "&DG"),
    (80, "OQÓ"),
    (84, "w#+<=>^~×→"),
    (88, "M"),
    (100, "%m½¼¾@W—…©"),
];

/// How much wider bold letters are.
pub(super) const BOLD: f64 = 1.16;

/// The widths of the first characters of Unicode, where nearly all letters of names are.
static FIRST: LazyLock<[u32; 0x180]> = LazyLock::new(|| {
    std::array::from_fn(|code| u32::try_from(code).ok().and_then(char::from_u32).map_or(100, look_up))
});

/// A character nobody measured is as wide as it is high.
fn look_up(c: char) -> u32 {
    WIDTHS.iter().find(|(_, chars)| chars.contains(c)).map_or(100, |(width, _)| *width)
}

/// Room for a text on one line, in font sizes.
pub(super) fn width(text: &str) -> f64 {
    let of = |c: char| FIRST.get(c as usize).copied().unwrap_or_else(|| look_up(c));
    f64::from(text.chars().map(of).sum::<u32>()) / 100.0
}

/// A text in lines of about `most` font sizes, broken at spaces into lines as even as can be.
pub(super) fn lines(text: &str, most: f64) -> Vec<String> {
    let words: Vec<(&str, f64)> =
        text.split(' ').filter(|word| !word.is_empty()).map(|word| (word, width(word))).collect();
    // The smallest number of lines that fits decides, then the narrowest lines of that number.
    let mut best = filled(&words, most);
    let count = best.len();
    let widest = |lines: &[(usize, f64)]| lines.iter().map(|(_, width)| *width).fold(0.0, f64::max);
    let mut narrower = widest(&best);
    while narrower > 1.0 {
        narrower -= 0.5;
        let tried = filled(&words, narrower);
        if tried.len() > count || widest(&tried) > most {
            break;
        }
        best = tried;
    }
    let mut words = words.into_iter().map(|(word, _)| word);
    best.into_iter().map(|(count, _)| words.by_ref().take(count).collect::<Vec<_>>().join(" ")).collect()
}

/// How many words each line takes, and how wide they are.
fn filled(words: &[(&str, f64)], most: f64) -> Vec<(usize, f64)> {
    let space = width(" ");
    let mut lines: Vec<(usize, f64)> = vec![];
    for (_, word) in words {
        match lines.last_mut() {
            Some((count, wide)) if *wide + space + word <= most => {
                *count += 1;
                *wide += space + word;
            }
            _ => lines.push((1, *word)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_take_more_room() {
        assert!(width("WWW") > 2.0 * width("iii"));
        assert!((width("al. Róż") - 3.22).abs() < 0.2, "{}", width("al. Róż"));
        assert!((width("日本") - 2.0).abs() < 1e-9);
    }

    #[test]
    fn lines_are_even() {
        assert_eq!(lines("Nowohuckie Centrum Kultury", 11.0), ["Nowohuckie", "Centrum Kultury"]);
        assert_eq!(lines("Arka Pana", 11.0), ["Arka Pana"]);
        assert_eq!(lines("Konstantynopolitańczykowianeczka", 5.0).len(), 1);
        assert!(lines("", 5.0).is_empty());
    }

    #[test]
    fn widths_are_those_of_the_table() {
        // Letters within the first of Unicode, beyond them, and one that nobody measured.
        for (text, expected) in [("Arka", 2.32), ("żółć", 2.02), ("„R&D”", 3.3), ("ω—", 2.0), ("", 0.0)] {
            assert!((width(text) - expected).abs() < 1e-9, "{text}: {}", width(text));
        }
    }

    #[test]
    fn lines_are_as_narrow_as_their_number_allows() {
        // A word of two font sizes, and a space of a third.
        assert_eq!(lines("mm mm mm mm", 7.0), ["mm mm", "mm mm"], "rather than three and one");
        assert_eq!(lines("mm mm mm mm", 9.0), ["mm mm mm mm"]);
        assert_eq!(lines("mm mm mm mm", 4.0), ["mm"; 4]);
        assert_eq!(lines("a b c d e f", 3.0), ["a b c", "d e f"]);
        // No line becomes wider than asked for the sake of others.
        assert_eq!(lines("mmmm m m m", 5.0), ["mmmm", "m m m"]);
        assert_eq!(lines("  mm   mm ", 9.0), ["mm mm"]);
        assert_eq!(filled(&[("a", 2.0), ("b", 2.0), ("c", 1.0)], 4.4), [(2, 2.0 + (0.32 + 2.0)), (1, 1.0)]);
        assert_eq!(filled(&[("a", 2.0), ("b", 2.0)], 4.3).len(), 2);
        assert_eq!(filled(&[("a", 9.0)], 4.0), [(1, 9.0)]);
    }
}
