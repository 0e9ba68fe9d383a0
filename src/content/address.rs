//! What may become part of an address.

/// A path of an address without slashes at its ends, or `None` when it cannot be one.
///
/// Every part must be a name: not empty, not `.` or `..`, without control characters and without `\\`, `?`, `#`, which end
/// or break an address. So no address leaves the site, and no two different texts name the same file.
#[must_use]
pub(crate) fn clean_path(path: &str) -> Option<&str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    path.split('/').all(is_part).then_some(path)
}

/// Whether a text can be one part of an address.
#[must_use]
pub(crate) fn is_part(part: &str) -> bool {
    !part.is_empty()
        && part != "."
        && part != ".."
        && !part.chars().any(|c| c.is_control() || matches!(c, '/' | '\\' | '?' | '#'))
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
}
