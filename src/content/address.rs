//! What may become part of an address.

use unicode_normalization::UnicodeNormalization;

/// A path of an address without slashes at its ends, or `None` when it cannot be one.
///
/// Every part must be a name: not empty, not `.` or `..`, without control characters and without `\\`, `?`, `#`, which end
/// or break an address, nor letters that only look like these. So no address leaves the site, and no two different texts name
/// the same file.
#[must_use]
pub(crate) fn clean_path(path: &str) -> Option<&str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    (path.len() <= LONGEST_PATH && path.split('/').all(is_part)).then_some(path)
}

/// Whether a text can be one part of an address.
#[must_use]
pub(crate) fn is_part(part: &str) -> bool {
    let is_name = |part: &str| {
        part.trim() != "."
            && part.trim() != ".."
            && !part.contains(|c: char| c.is_control() || "/\\?#<>\"|*".contains(c))
    };
    let is_drive = |part: &str| part.len() == 2 && part.ends_with(':');
    if part.is_ascii() && !part.contains('%') {
        return !part.is_empty() && part.len() <= LONGEST && is_name(part) && !is_drive(part);
    }
    // Letters that look like a slash or a dot, and what browsers decode.
    let decoded = percent_encoding::percent_decode_str(part).decode_utf8_lossy();
    let plain: String =
        decoded.nfkc().filter(|c| !is_invisible(*c)).map(|c| if SLASHES.contains(&c) { '/' } else { c }).collect();
    part.len() <= LONGEST && !part.contains(is_invisible) && is_name(&plain) && !is_drive(&plain) && !plain.is_empty()
}

/// Longest address, in bytes: systems allow 4096 for a whole path.
const LONGEST_PATH: usize = 1000;

/// Longest part of an address, in bytes: file systems allow 255, and `index.html`'s neighbours need some for themselves.
const LONGEST: usize = 200;

/// Letters that look like a slash or a backslash and stay what they are when composed (NFKC).
const SLASHES: [char; 7] = ['\u{2044}', '\u{2215}', '\u{2216}', '\u{29f5}', '\u{29f8}', '\u{29f9}', '\u{1735}'];

/// Characters that are not seen but change how what stands round them is read (Unicode, general category Cf).
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// The file of a site path: `/a/b/` is `a/b/index.html`.
#[must_use]
pub(crate) fn index_file(path: &str) -> String {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() { "index.html".into() } else { format!("{path}/index.html") }
}

/// The file of an alias: one that names an HTML file is that file, any other is a folder.
#[must_use]
pub(crate) fn alias_file(alias: &str) -> String {
    if is_html(alias) { alias.trim_start_matches('/').to_string() } else { index_file(alias) }
}

/// Whether a path names an HTML file.
#[must_use]
pub(crate) fn is_html(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stay_inside_and_are_unique() {
        assert_eq!(clean_path("/stare/miejsce/"), Some("stare/miejsce"));
        assert_eq!(clean_path("Else entirely"), Some("Else entirely"));
        for bad in ["", "/", "..", "../x", "a/../b", "a//b", "//a", "a/./b", "a\\b", "a?b", "a#b", "x\ny"] {
            assert_eq!(clean_path(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn files_of_addresses() {
        assert_eq!((index_file("/"), index_file("/a/b/")), ("index.html".into(), "a/b/index.html".into()));
        assert_eq!(alias_file("/old/"), "old/index.html");
        assert_eq!(alias_file("/old.html"), "old.html");
    }

    #[test]
    fn parts_are_names() {
        let (longest, letters) = ("a".repeat(LONGEST), "ż".repeat(LONGEST / 2));
        for good in ["a", "a b", ".a", "a.", "...", "c:d", "abc:", "ż:", "Łąka", "100%", "a%20b", &longest, &letters]
        {
            assert!(is_part(good), "{good:?}");
        }
        for bad in [
            "", ".", "..", " . ", ". ", "a/b", "a\\b", "a?b", "a#b", "a<b", "a>b", "a\"b", "a|b", "a*b", "a\tb",
            "a\u{7f}b", "c:",
        ] {
            assert!(!is_part(bad), "{bad:?}");
        }
        for bad in [
            // Two full stops, a slash, a backslash, what stays of nothing.
            "%2e%2e",
            "%2E",
            "a%2fb",
            "a%5Cb",
            "%C2%AD",
            "%00",
            "%63:",
            "a%3Fb",
            // Letters that become these.
            "\u{2024}\u{2024}",
            "a\u{ff0f}b",
            "a\u{2044}b",
            "a\u{2215}b",
            "a\u{1735}b",
            "\u{ff43}:",
            "a\u{ff1f}",
            // What nobody sees.
            "a\u{200b}b",
            "a\u{ad}b",
            "a\u{202e}b",
            "a\u{2060}b",
            "\u{feff}a",
            "a\u{e0001}b",
            "ż\u{85}",
        ] {
            assert!(!is_part(bad), "{bad:?}");
        }
        assert!(!is_part(&format!("{longest}a")) && !is_part(&format!("{letters}a")));
    }

    #[test]
    fn a_path_is_as_long_as_systems_take() {
        let part = "a".repeat(199);
        let part = part.as_str();
        let whole = [&[part; 4].join("/"), "/", &"a".repeat(200)].concat();
        assert_eq!(whole.len(), LONGEST_PATH);
        assert_eq!(clean_path(&format!("/{whole}/")), Some(whole.as_str()));
        let longer = [&[part; 5].join("/"), "/b"].concat();
        assert_eq!((longer.len(), clean_path(&longer)), (LONGEST_PATH + 1, None));
        assert_eq!((index_file("a"), index_file("")), ("a/index.html".to_string(), "index.html".to_string()));
        assert!(is_html("a/b.html") && !is_html("a/html") && !is_html("a.htm") && !is_html("a.html/b"));
    }
}
