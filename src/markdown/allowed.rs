//! What HTML may stand in a text whose file is not trusted.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use ammonia::{Builder, UrlRelative};

use super::tags::{map_attributes, map_tags, tag_name};

/// Schemes that a link may have; what has none stays on the site.
pub(super) const SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "geo"];

/// Elements that hold text, and pictures and sounds of the site's own. None of them changes how what follows is read
/// (HTML, 13.2.5: raw text, scripts, other namespaces), and none sends anything.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Attributes of every element. `data-` is not among them: scripts of a theme act on it.
const EVERYWHERE: &[&str] = &["dir", "lang", "role", "title"];

/// Beginnings of the classes that Markdown gives. A theme's own would bring its looks, and what its scripts do with them.
const CLASSES: [&str; 4] = ["footnote", "language-", "markdown-alert", "task-list"];

/// Attributes of one element.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang", "type"]),
    ("audio", &["controls", "loop", "muted", "preload", "src"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["datetime"]),
    ("details", &["name", "open"]),
    ("img", &["alt", "decoding", "height", "loading", "src", "width"]),
    ("ins", &["datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("source", &["media", "src", "type"]),
    ("td", &["align", "colspan", "headers", "rowspan", "style"]),
    ("th", &["abbr", "align", "colspan", "headers", "rowspan", "scope", "style"]),
    ("time", &["datetime"]),
    ("track", &["default", "kind", "label", "src", "srclang"]),
    ("video", &["controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"]),
];

/// HTML with nothing in it but what is allowed. Values of attributes that hold `mark` are dropped; pictures, films and
/// sounds must be of the site at `home`; of anchors stay `ids`, which Markdown made: another could be taken for one of the theme's.
pub(super) fn clean(html: &str, mark: &str, home: &str, ids: &BTreeSet<String>) -> String {
    let (mark, home, ids) = (mark.to_string(), home.to_string(), ids.clone());
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .generic_attributes(EVERYWHERE.iter().copied().chain(["class", "id"]).collect())
        .generic_attribute_prefixes(HashSet::from(["aria-"]))
        .tag_attributes(ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect())
        // How columns of tables are aligned.
        .filter_style_properties(HashSet::from(["text-align"]))
        .url_schemes(SCHEMES.into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(move |_, attribute, value| {
            let is_fine = match attribute {
                "src" | "poster" => is_of(value, &home),
                "class" => is_of_markdown(value),
                "id" => ids.contains(value),
                _ => true,
            };
            (is_fine && !value.contains(&mark)).then_some(Cow::Borrowed(value))
        });
    builder.clean(html).to_string()
}

/// Whether all classes are of those that Markdown gives.
fn is_of_markdown(classes: &str) -> bool {
    classes.split_ascii_whitespace().all(|class| CLASSES.iter().any(|start| class.starts_with(start)))
}

/// What stands in a piece of HTML and will be taken out: `<script>`, `onclick`; the first of each.
pub(super) fn forbidden(html: &str, home: &str) -> Vec<String> {
    let mut found: Vec<String> = vec![];
    let mut add = |what: String| {
        if !found.contains(&what) {
            found.push(what);
        }
    };
    map_tags(html, |tag, _| {
        let (start, rest) = tag_name(tag);
        let name = start.trim_start_matches(['<', '/']).to_ascii_lowercase();
        if name.is_empty() || tag.starts_with("</") {
            return;
        }
        if !ELEMENTS.contains(&name.as_str()) {
            add(format!("<{name}>"));
            return;
        }
        let own = ATTRIBUTES.iter().find(|(tag, _)| *tag == name).map_or(&[][..], |(_, names)| names);
        let names = std::cell::RefCell::new(vec![]);
        map_attributes(rest, &mut String::new(), |attribute, value| {
            let is_known =
                EVERYWHERE.contains(&attribute) || own.contains(&attribute) || attribute.starts_with("aria-");
            let is_wrong = match attribute {
                "href" => !has_allowed_scheme(value),
                "src" | "poster" => !is_of(value, home),
                _ => false,
            };
            if !is_known || is_wrong {
                names.borrow_mut().push(attribute.to_string());
            }
            None
        });
        names.into_inner().into_iter().for_each(&mut add);
    });
    found
}

/// An address as browsers read it: without tabs, line ends and control characters, `\` as `/` (URL Standard, 4.4).
fn as_read(address: &str) -> String {
    address.chars().filter(|c| *c > ' ').map(|c| if c == '\\' { '/' } else { c }).collect()
}

/// The scheme of an address, in small letters (RFC 3986: a letter, then letters, digits, `+`, `-`, `.`).
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_one.then(|| scheme.to_ascii_lowercase())
}

/// Whether a link may lead to an address: it is relative, or of a scheme that only names things.
pub(super) fn has_allowed_scheme(address: &str) -> bool {
    scheme(&as_read(address)).is_none_or(|scheme| SCHEMES.contains(&scheme.as_str()))
}

/// Whether an address is of the site at `home`, which ends in a slash: what it names can be shown without asking others.
pub(super) fn is_of(address: &str, home: &str) -> bool {
    let read = as_read(address);
    read.starts_with(home) || (scheme(&read).is_none() && !read.starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: &str = "https://a.pl/";

    #[test]
    fn what_runs_or_asks_others_goes() {
        let cases = [
            ("<p onclick=\"x()\">a</p>", "<p>a</p>"),
            ("a<script>x()</script>b", "ab"),
            ("<img src=x onerror=x()>", "<img src=\"x\">"),
            ("<img src=https://b.pl/x.png alt=\"Plan\">", "<img alt=\"Plan\">"),
            ("<img src=\"/\\b.pl/x.png\">", "<img>"),
            ("<img src=\"https://a.pl/x.png\">", "<img src=\"https://a.pl/x.png\">"),
            ("<img src=\"https://a.pl.b.pl/x.png\">", "<img>"),
            ("<a href=\"java\nscript:x()\">a</a>", "<a>a</a>"),
            ("<a href=\"tel:123\">a</a>", "<a href=\"tel:123\">a</a>"),
            ("<svg><style>@import 'https://b.pl';</style></svg>", ""),
            ("<td style=\"text-align: left; background: url(//b.pl)\">a", "a"),
            (
                "<div class=\"map-view\">a</div><p class=\"language-a\">b</p>",
                "<div>a</div><p class=\"language-a\">b</p>",
            ),
            ("<h2 id=\"x\">a</h2><a id=\"main\">b</a>", "<h2 id=\"x\">a</h2><a>b</a>"),
            ("<q cite=\"javascript:x()\">a</q>", "<q>a</q>"),
            ("a<input type=image src=https://b.pl/x><input type=checkbox disabled>", "a"),
            ("<iframe src=/x></iframe><form action=/><button>a</button></form>", "a"),
            ("<div data-worker=\"/x.js\" style=\"position:fixed\">a</div>", "<div>a</div>"),
        ];
        for (html, expected) in cases {
            assert_eq!(clean(html, "\u{fdd4}", HOME, &BTreeSet::from(["x".to_string()])), expected, "{html}");
        }
    }

    #[test]
    fn what_holds_text_stays() {
        for html in [
            "<details open=\"\"><summary>a</summary><p>b</p></details>",
            "<span lang=\"en\">a</span>",
            "<table><tbody><tr><td style=\"text-align:left\">a</td></tr></tbody></table>",
            "<abbr title=\"Nowa Huta\">NH</abbr><br><kbd>Ctrl</kbd>",
        ] {
            assert_eq!(clean(html, "\u{fdd4}", HOME, &BTreeSet::from(["x".to_string()])), html);
            assert_eq!(forbidden(html, HOME), Vec::<String>::new());
        }
    }

    #[test]
    fn says_what_goes() {
        assert_eq!(forbidden("<p onclick=x onclick=y><script>a</script><b>", HOME), ["onclick", "<script>"]);
        assert_eq!(forbidden("<a href=\"javascript:x\"><input type=\"checkbox\" disabled>", HOME), ["href", "<input>"]);
        assert_eq!(forbidden("<img src=\"https://b.pl/x.png\"><img src=x.png>", HOME), ["src"]);
        assert_eq!(forbidden("<!-- <script> --> 1 < 2", HOME), Vec::<String>::new());
    }

    #[test]
    fn schemes_are_read_as_browsers_read_them() {
        for no in
            ["javascript:x", " JavaScript:x", "java\tscript:x", "\u{1}javascript:x", "data:text/html,x", "vbscript:x"]
        {
            assert!(!has_allowed_scheme(no), "{no:?}");
        }
        for yes in ["https://a", "MAILTO:a@b.pl", "geo:50,20", "a/b:c", "10:30.txt", "?a:b", "#a:b", "plan.svg", ""] {
            assert!(has_allowed_scheme(yes), "{yes:?}");
        }
    }
}
