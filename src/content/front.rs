//! Zola's front matter keys of pages and sections, typed, with their defaults.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::PageDate;
use crate::config::AnchorLinks;
use crate::source::Table;

/// Keys a page takes from Zola.
pub const PAGE_KEYS: &[&str] = &[
    "title",
    "description",
    "date",
    "updated",
    "draft",
    "slug",
    "path",
    "aliases",
    "taxonomies",
    "weight",
    "authors",
    "template",
    "render",
    "in_search_index",
    "include_in_feeds",
    "hidden",
    "extra",
];

/// Keys a section takes: Zola's and huta's `slug`.
pub const SECTION_KEYS: &[&str] = &[
    "title",
    "description",
    "draft",
    "sort_by",
    "weight",
    "template",
    "page_template",
    "paginate_by",
    "paginate_path",
    "paginate_reversed",
    "insert_anchor_links",
    "render",
    "redirect_to",
    "in_search_index",
    "transparent",
    "aliases",
    "generate_feeds",
    "hidden",
    "extra",
    "slug",
];

/// Keys a translation takes from its original when its language has `inherit`.
pub(super) const INHERITED_KEYS: &[&str] =
    &["date", "updated", "weight", "template", "authors", "draft", "taxonomies", "extra"];

/// Section keys a translation takes from its original when its language has `inherit`.
pub(super) const INHERITED_SECTION_KEYS: &[&str] = &[
    "sort_by",
    "weight",
    "template",
    "page_template",
    "paginate_by",
    "paginate_path",
    "paginate_reversed",
    "insert_anchor_links",
    "render",
    "transparent",
    "generate_feeds",
    "draft",
    "extra",
];

/// Front matter of a page.
#[derive(Debug, Clone, Deserialize)]
pub struct PageFront {
    /// Title.
    pub title: Option<String>,
    /// One sentence for lists and search engines.
    pub description: Option<String>,
    /// Date of publication.
    pub date: Option<PageDate>,
    /// Date of the last change.
    pub updated: Option<PageDate>,
    /// Built only with `--drafts`.
    #[serde(default)]
    pub draft: bool,
    /// Last part of the address.
    pub slug: Option<String>,
    /// Whole address.
    pub path: Option<String>,
    /// Old addresses that lead here.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Terms by taxonomy name.
    #[serde(default)]
    pub taxonomies: BTreeMap<String, Vec<String>>,
    /// Order in its section.
    pub weight: Option<u64>,
    /// Authors.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Template.
    pub template: Option<String>,
    /// Whether the page is written.
    #[serde(default = "yes")]
    pub render: bool,
    /// Whether the page is in feeds.
    #[serde(default = "yes")]
    pub include_in_feeds: bool,
    /// Whether search finds it.
    #[serde(default = "yes")]
    pub in_search_index: bool,
    /// Whether it is left out of lists; `None` inherits.
    pub hidden: Option<bool>,
    /// The page's own data.
    #[serde(default)]
    pub extra: Table,
}

/// Front matter of a section.
#[derive(Debug, Clone, Deserialize)]
pub struct SectionFront {
    /// Title.
    pub title: Option<String>,
    /// One sentence for lists and search engines.
    pub description: Option<String>,
    /// The whole folder is built only with `--drafts`.
    #[serde(default)]
    pub draft: bool,
    /// Order of the pages.
    #[serde(default)]
    pub sort_by: SortBy,
    /// Order among sections.
    #[serde(default)]
    pub weight: u64,
    /// Template.
    pub template: Option<String>,
    /// Template of the pages below.
    pub page_template: Option<String>,
    /// Pages on one pager; 0 for no pagination.
    pub paginate_by: Option<usize>,
    /// Path part of the pagers.
    #[serde(default = "paginate_path")]
    pub paginate_path: String,
    /// Whether pagers run backwards.
    #[serde(default)]
    pub paginate_reversed: bool,
    /// Place of heading links here and in the direct pages.
    pub insert_anchor_links: Option<AnchorLinks>,
    /// Whether the section's own page is written.
    #[serde(default = "yes")]
    pub render: bool,
    /// Address to go to instead.
    pub redirect_to: Option<String>,
    /// Whether search finds it and its direct pages.
    #[serde(default = "yes")]
    pub in_search_index: bool,
    /// Whether the parent lists the pages too.
    #[serde(default)]
    pub transparent: bool,
    /// Old addresses that lead here.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether the section has a feed.
    #[serde(default)]
    pub generate_feeds: bool,
    /// Whether it and what is below is left out of lists; `None` inherits.
    pub hidden: Option<bool>,
    /// The section's own data.
    #[serde(default)]
    pub extra: Table,
    /// huta: the folder's name in the addresses of this language.
    pub slug: Option<String>,
}

/// Key that orders the pages of a section.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// As found: by path.
    #[default]
    None,
    /// Newest first.
    Date,
    /// Newest change first.
    UpdateDate,
    /// By title, digits by value.
    Title,
    /// By title, bytewise.
    TitleBytes,
    /// Lightest first.
    Weight,
    /// By slug, digits by value.
    Slug,
    /// By address.
    Permalink,
}

fn yes() -> bool {
    true
}

fn paginate_path() -> String {
    "page".into()
}
