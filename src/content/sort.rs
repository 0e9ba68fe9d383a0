//! The order of pages and of sections.

use std::cmp::{Ordering, Reverse};

use lexical_sort::natural_lexical_cmp;

use super::{Page, PageId, Section, SectionId, SortBy};

/// Sorts pages by a key, titles after the alphabet of a language where one is given. The second list holds those that lack the key, in the order given.
pub(super) fn sort(pages: &[Page], ids: &[PageId], by: SortBy, alphabet: Option<&str>) -> (Vec<PageId>, Vec<PageId>) {
    let front = |id: &PageId| &pages[*id].front;
    let has_key = |id: &PageId| match by {
        SortBy::None | SortBy::Slug | SortBy::Permalink => true,
        SortBy::Date => front(id).date.is_some(),
        SortBy::UpdateDate => front(id).date.is_some() || front(id).updated.is_some(),
        SortBy::Title | SortBy::TitleBytes => front(id).title.is_some(),
        SortBy::Weight => front(id).weight.is_some(),
    };
    let (mut sorted, without): (Vec<PageId>, Vec<PageId>) = ids.iter().copied().partition(has_key);
    sorted.sort_by(|a, b| compare(&pages[*a], &pages[*b], by, alphabet));
    (sorted, without)
}

/// Titles by the alphabet of a language, else by their plain letters, as in Zola.
fn by_title(a: &str, b: &str, alphabet: Option<&str>) -> Ordering {
    alphabet.map_or_else(|| natural_lexical_cmp(a, b), |language| crate::language::compare(language, a, b))
}

fn compare(a: &Page, b: &Page, by: SortBy, alphabet: Option<&str>) -> Ordering {
    let (x, y) = (&a.front, &b.front);
    let permalink = a.permalink.cmp(&b.permalink);
    match by {
        SortBy::None => a.source.path.cmp(&b.source.path),
        SortBy::Date => newest_first(a, b),
        SortBy::UpdateDate => {
            let latest = |page: &Page| page.front.date.iter().chain(&page.front.updated).map(|date| date.instant).max();
            Reverse(latest(a)).cmp(&Reverse(latest(b))).then(permalink.reverse())
        }
        SortBy::Title => {
            by_title(x.title.as_deref().unwrap_or(""), y.title.as_deref().unwrap_or(""), alphabet).then(permalink)
        }
        SortBy::TitleBytes => x.title.cmp(&y.title).then(permalink),
        SortBy::Weight => x.weight.cmp(&y.weight).then(permalink),
        SortBy::Slug => natural_lexical_cmp(&a.slug, &b.slug).then(permalink),
        SortBy::Permalink => permalink,
    }
}

/// Sorts the sections below one by the key that sorts its pages; by weight where sections have no such key (dates).
/// The second list holds those that lack the key.
pub(super) fn sort_sections(
    sections: &[Section],
    ids: &[SectionId],
    by: SortBy,
    alphabet: Option<&str>,
) -> (Vec<SectionId>, Vec<SectionId>) {
    let has_key = |id: &SectionId| match by {
        SortBy::Title | SortBy::TitleBytes => sections[*id].front.title.is_some(),
        _ => true,
    };
    let (mut sorted, without): (Vec<SectionId>, Vec<SectionId>) = ids.iter().copied().partition(has_key);
    sorted.sort_by(|a, b| {
        let (a, b) = (&sections[*a], &sections[*b]);
        let title = |section: &Section| section.front.title.clone().unwrap_or_default();
        let order = match by {
            SortBy::Title => by_title(&title(a), &title(b), alphabet),
            SortBy::TitleBytes => title(a).cmp(&title(b)),
            SortBy::Slug => natural_lexical_cmp(a.slug(), b.slug()),
            SortBy::Permalink => Ordering::Equal,
            SortBy::None | SortBy::Date | SortBy::UpdateDate | SortBy::Weight => a.front.weight.cmp(&b.front.weight),
        };
        order.then_with(|| a.permalink.cmp(&b.permalink))
    });
    (sorted, without)
}

/// By date, newest first; equal dates by descending permalink; pages without a date last, by permalink.
pub(super) fn newest_first(a: &Page, b: &Page) -> Ordering {
    match (&a.front.date, &b.front.date) {
        (Some(x), Some(y)) => y.instant.cmp(&x.instant).then_with(|| b.permalink.cmp(&a.permalink)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.permalink.cmp(&b.permalink),
    }
}
