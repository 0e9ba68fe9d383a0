//! Lists cut into pagers.

use super::PageId;

/// One part of a paginated list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    /// Position from 1.
    pub index: usize,
    /// Path of the pager, with slashes at both ends; the list's own path for the first.
    pub path: String,
    /// Path under which its number redirects or lies: `…/page/1/`.
    pub numbered_path: String,
    /// Pages on it.
    pub pages: Vec<PageId>,
}

/// Cuts a list into pagers of `by` pages; there is always at least one.
#[must_use]
pub fn pagers(path: &str, paginate_path: &str, pages: &[PageId], by: usize, reversed: bool) -> Vec<Pager> {
    let mut pages = pages.to_vec();
    if reversed {
        pages.reverse();
    }
    let mut chunks: Vec<Vec<PageId>> = pages.chunks(by.max(1)).map(<[PageId]>::to_vec).collect();
    if chunks.is_empty() {
        chunks.push(vec![]);
    }
    chunks
        .into_iter()
        .enumerate()
        .map(|(at, pages)| {
            let numbered_path = format!("{}{}/", base_path(path, paginate_path), at + 1);
            let path = if at == 0 { path.to_string() } else { numbered_path.clone() };
            Pager { index: at + 1, path, numbered_path, pages }
        })
        .collect()
}

/// Path of a pager without its number, with a slash at the end.
#[must_use]
pub(crate) fn base_path(path: &str, paginate_path: &str) -> String {
    if paginate_path.is_empty() { path.to_string() } else { format!("{path}{}/", paginate_path.trim_matches('/')) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_and_names() {
        let cut = pagers("/a/", "page", &[1, 2, 3], 2, true);
        assert_eq!(cut.len(), 2);
        assert_eq!((cut[0].path.as_str(), &cut[0].pages[..]), ("/a/", &[3, 2][..]));
        assert_eq!((cut[1].path.as_str(), &cut[1].pages[..]), ("/a/page/2/", &[1][..]));
        assert_eq!(pagers("/a/", "", &[], 2, false)[0].numbered_path, "/a/1/");
    }

    #[test]
    fn lists_are_cut_at_their_length() {
        let cut = |count: usize, by: usize| pagers("/a/", "/p/", &(0..count).collect::<Vec<_>>(), by, false);
        let sizes = |count, by| cut(count, by).iter().map(|pager| pager.pages.len()).collect::<Vec<_>>();
        assert_eq!(
            [sizes(4, 2), sizes(5, 2), sizes(2, 5), sizes(0, 2), sizes(2, 0)],
            [vec![2, 2], vec![2, 2, 1], vec![2], vec![0], vec![1, 1]]
        );
        let found: Vec<(usize, String, String)> =
            cut(3, 1).into_iter().map(|pager| (pager.index, pager.path, pager.numbered_path)).collect();
        let is = |index: usize, path: &str, numbered: &str| (index, path.to_string(), numbered.to_string());
        assert_eq!(found, [is(1, "/a/", "/a/p/1/"), is(2, "/a/p/2/", "/a/p/2/"), is(3, "/a/p/3/", "/a/p/3/")]);
    }
}
