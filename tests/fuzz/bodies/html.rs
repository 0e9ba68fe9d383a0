//! What HTML that nobody wrote by hand must be: its tags are closed in order, no anchor is there twice.

use std::collections::HashSet;

/// Elements without an end.
const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

/// Text that can stand in HTML, attributes included.
pub(super) fn escaped(text: impl AsRef<str>) -> String {
    text.as_ref().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Panics where the HTML is not as it must be.
pub(super) fn check(html: &str) {
    let mut open: Vec<&str> = vec![];
    let mut ids = HashSet::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((tag, after)) = after.split_once('>') else { panic!("a tag without an end: {html}") };
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        assert!(!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()), "<{tag}> in {html}");
        if !VOID.contains(&name) {
            open.push(name);
        }
        for (at, _) in tag.match_indices(" id=\"") {
            let id = tag[at + 5..].split('"').next().unwrap_or_default();
            assert!(ids.insert(id), "#{id} twice in {html}");
        }
    }
    assert!(open.is_empty(), "{open:?} left open in {html}");
}
