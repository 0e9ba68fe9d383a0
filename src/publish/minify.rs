//! Smaller HTML with the same meaning.

use minify_html::Cfg;

/// How deep elements may be nested for the minifier, which calls itself for each level. Real pages have some dozens.
const DEEPEST: usize = 500;

/// Minifies HTML and the CSS in it; scripts stay as they are.
///
/// `<html>` and `<head>` stay, as in Zola. Attributes stay separated and quoted where the standard asks for it, so that
/// the result is still valid HTML. HTML that is nested absurdly deep is left as it is.
#[must_use]
pub fn minify(html: &[u8]) -> Vec<u8> {
    // Nothing is nested deeper than there are tags, and those are counted faster.
    let tags = memchr::memchr_iter(b'<', html).count();
    if tags > DEEPEST && depth(html) > DEEPEST {
        return html.to_vec();
    }
    let cfg =
        Cfg { keep_html_and_head_opening_tags: true, keep_closing_tags: true, minify_css: true, ..Cfg::default() };
    minify_html::minify(html, &cfg)
}

/// An upper bound of how deep elements are nested: opening tags that are not closed yet. Elements whose end tag may be
/// left out count as open for good, which only makes the bound higher.
fn depth(html: &[u8]) -> usize {
    const VOID: [&str; 13] =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
    let (mut now, mut deepest) = (0usize, 0);
    for at in memchr::memchr_iter(b'<', html) {
        let rest = &html[at + 1..];
        if rest.starts_with(b"/") {
            now = now.saturating_sub(1);
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            let name = rest.split(|byte| !byte.is_ascii_alphanumeric()).next().unwrap_or_default();
            if !VOID.iter().any(|void| name.eq_ignore_ascii_case(void.as_bytes())) {
                now += 1;
                deepest = deepest.max(now);
            }
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_nesting_does_not_overflow() {
        let html = "<div>".repeat(100_000);
        assert_eq!(minify(html.as_bytes()).len(), html.len());
        let html = format!("{}{}", "<div>".repeat(DEEPEST), "</div>".repeat(DEEPEST));
        std::thread::Builder::new().stack_size(2 << 20).spawn(move || minify(html.as_bytes())).unwrap().join().unwrap();
        assert_eq!(depth(b"<p><br><img src=x>a</p><p>b</p>"), 1);
    }

    #[test]
    fn keeps_the_meaning() {
        let html = "<!doctype html>\n<html lang=\"pl\"> <head><meta charset=\"utf-8\"><title>ż  a</title></head> <body>\n<p class=\"a b\">A  <b>b</b> c</p>\n<pre>x\n  y</pre></body></html>";
        let small = String::from_utf8(minify(html.as_bytes())).unwrap();
        assert!(small.len() < html.len());
        assert!(small.to_lowercase().starts_with("<!doctype html><html lang=pl><head>"), "{small}");
        assert!(small.contains("A <b>b</b> c") && small.contains("<pre>x\n  y</pre>"), "{small}");
        let small = |html: &str| String::from_utf8(minify(html.as_bytes())).unwrap();
        assert_eq!(small("<style> p { color : red ; } </style>"), "<style>p{color:red}</style>");
        assert_eq!(small("<script>let a  =  1;</script>"), "<script>let a  =  1;</script>");
        assert_eq!(small("<ul> <li>a</li> </ul>"), "<ul><li>a</li></ul>");
    }

    #[test]
    fn depth_is_what_is_open() {
        for (html, expected) in [
            ("", 0),
            ("a < b", 0),
            ("<p>a</p><p>b</p>", 1),
            ("<p><b><i></i></b></p><p>", 3),
            ("</p></p><p>", 1),
            ("<!doctype html><!-- --><html>", 1),
            ("<BR><Img src=a><wbr/><input>", 0),
            ("<brx><li><li><li>", 4),
        ] {
            assert_eq!(depth(html.as_bytes()), expected, "{html}");
        }
        let nested = |depth: usize| format!("<p  title=a>  b  </p>{}{}", "<i>".repeat(depth), "</i>".repeat(depth));
        let is_smaller = |html: &str| minify(html.as_bytes()).len() < html.len();
        // Stacks of tests are small.
        let check = move || {
            [
                is_smaller(&nested(DEEPEST)),
                is_smaller(&nested(DEEPEST + 1)),
                is_smaller(&"<p  title=a>  b  </p>".repeat(DEEPEST)),
            ]
        };
        assert_eq!(
            std::thread::Builder::new().stack_size(16 << 20).spawn(check).unwrap().join().unwrap(),
            [true, false, true]
        );
    }
}
