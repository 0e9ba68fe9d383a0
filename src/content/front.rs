//! Zola's front matter keys of pages and sections, typed, with their defaults.

use std::collections::BTreeMap;

use schemars::JsonSchema;
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
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct PageFront {
    /// Title: as it stands over the page.
    ///
    /// pl: Tytuł – taki, jaki stoi nad stroną.
    pub title: Option<String>,
    /// Description: one sentence for lists and search engines.
    ///
    /// pl: Opis – jedno zdanie do spisów i wyszukiwarek.
    #[schemars(extend("x-type" = "long-text"))]
    pub description: Option<String>,
    /// Date: the day of publication, for example 2026-11-23.
    ///
    /// pl: Data – dzień publikacji, np. 2026-11-23.
    pub date: Option<PageDate>,
    /// Updated: the day of the last change.
    ///
    /// pl: Zmieniono – dzień ostatniej zmiany.
    pub updated: Option<PageDate>,
    /// Draft: true keeps the page off the site until it is ready.
    ///
    /// pl: Szkic – true, dopóki strona nie jest gotowa; nie ma jej wtedy w witrynie.
    #[serde(default)]
    pub draft: bool,
    /// Web address: the last part of it, for example `lords-ark`; without it the name of the folder.
    ///
    /// pl: Adres strony – jego ostatnia część, np. `arka-pana`; bez niej nazwa folderu.
    pub slug: Option<String>,
    /// Whole web address: instead of section and name.
    ///
    /// pl: Cały adres strony – zamiast działu i nazwy.
    pub path: Option<String>,
    /// Old addresses: they lead to this page.
    ///
    /// pl: Dawne adresy – prowadzą do tej strony.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Terms: a list for each taxonomy of the site.
    ///
    /// pl: Hasła – lista dla każdej taksonomii witryny.
    #[serde(default)]
    pub taxonomies: BTreeMap<String, Vec<String>>,
    /// Order: a number; the lightest comes first.
    ///
    /// pl: Kolejność – liczba; najmniejsza jest pierwsza.
    pub weight: Option<u64>,
    /// Authors: a list of names.
    ///
    /// pl: Autorzy – lista imion i nazwisk.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Template: the file that makes the page, if it is another than usual.
    ///
    /// pl: Szablon – plik, który składa stronę, jeśli inny niż zwykle.
    pub template: Option<String>,
    /// Written: false if the page has no address of its own.
    ///
    /// pl: Publikowana – false, jeśli strona nie ma własnego adresu.
    #[serde(default = "yes")]
    pub render: bool,
    /// In feeds: false keeps it out of them.
    ///
    /// pl: W kanałach RSS – false, jeśli ma jej tam nie być.
    #[serde(default = "yes")]
    pub include_in_feeds: bool,
    /// In search: false keeps it out of the search.
    ///
    /// pl: W wyszukiwarce – false, jeśli ma jej tam nie być.
    #[serde(default = "yes")]
    pub in_search_index: bool,
    /// Hidden: true keeps it out of lists; without it as in the section.
    ///
    /// pl: Ukryta – true, jeśli ma jej nie być w spisach; bez tego tak jak w dziale.
    pub hidden: Option<bool>,
    /// Extra: data for the templates.
    ///
    /// pl: Dodatkowe – dane dla szablonów.
    #[serde(default)]
    pub extra: Table,
}

/// Front matter of a section.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct SectionFront {
    /// Title: as it stands over the section.
    ///
    /// pl: Tytuł – taki, jaki stoi nad działem.
    pub title: Option<String>,
    /// Description: one sentence for lists and search engines.
    ///
    /// pl: Opis – jedno zdanie do spisów i wyszukiwarek.
    #[schemars(extend("x-type" = "long-text"))]
    pub description: Option<String>,
    /// Draft: true keeps the whole folder off the site.
    ///
    /// pl: Szkic – true, dopóki cały folder nie jest gotowy; nie ma go wtedy w witrynie.
    #[serde(default)]
    pub draft: bool,
    /// Sorted by: what orders the pages.
    ///
    /// pl: Kolejność stron – co o niej decyduje.
    #[serde(default)]
    pub sort_by: SortBy,
    /// Order: a number; the lightest section comes first.
    ///
    /// pl: Kolejność działu – liczba; najmniejsza jest pierwsza.
    #[serde(default)]
    pub weight: u64,
    /// Template: the file that makes the section's page, if it is another than usual.
    ///
    /// pl: Szablon – plik, który składa stronę działu, jeśli inny niż zwykle.
    pub template: Option<String>,
    /// Template of pages: the file that makes the pages below.
    ///
    /// pl: Szablon stron – plik, który składa strony w tym dziale.
    pub page_template: Option<String>,
    /// Pages on a sheet: a number; 0 puts all on one.
    ///
    /// pl: Stron na arkuszu – liczba; 0 to wszystkie na jednym.
    pub paginate_by: Option<usize>,
    /// Address of sheets: the word before their number.
    ///
    /// pl: Adres arkuszy – słowo przed ich numerem.
    #[serde(default = "paginate_path")]
    pub paginate_path: String,
    /// Sheets backwards: true puts the last pages first.
    ///
    /// pl: Arkusze od końca – true, jeśli ostatnie strony mają być pierwsze.
    #[serde(default)]
    pub paginate_reversed: bool,
    /// Links of headings: where they stand.
    ///
    /// pl: Linki nagłówków – gdzie stoją.
    pub insert_anchor_links: Option<AnchorLinks>,
    /// Written: false if the section has no page of its own.
    ///
    /// pl: Publikowany – false, jeśli dział nie ma własnej strony.
    #[serde(default = "yes")]
    pub render: bool,
    /// Leads to: another address instead of this section.
    ///
    /// pl: Prowadzi do – inny adres zamiast tego działu.
    pub redirect_to: Option<String>,
    /// In search: false keeps the section and its pages out of the search.
    ///
    /// pl: W wyszukiwarce – false, jeśli działu i jego stron ma tam nie być.
    #[serde(default = "yes")]
    pub in_search_index: bool,
    /// Transparent: true if the section above lists these pages too.
    ///
    /// pl: Przezroczysty – true, jeśli te strony ma wymieniać także dział wyżej.
    #[serde(default)]
    pub transparent: bool,
    /// Old addresses: they lead to this section.
    ///
    /// pl: Dawne adresy – prowadzą do tego działu.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Feed: true if the section has one of its own.
    ///
    /// pl: Kanał RSS – true, jeśli dział ma własny.
    #[serde(default)]
    pub generate_feeds: bool,
    /// Hidden: true keeps it and what is below out of lists.
    ///
    /// pl: Ukryty – true, jeśli jego i jego stron ma nie być w spisach.
    pub hidden: Option<bool>,
    /// Extra: data for the templates.
    ///
    /// pl: Dodatkowe – dane dla szablonów.
    #[serde(default)]
    pub extra: Table,
    // huta's own, beside Zola's.
    /// Web address: the folder's name in the addresses of this language, for example places.
    ///
    /// pl: Adres działu – nazwa folderu w adresach tego języka, np. miejsca.
    pub slug: Option<String>,
}

/// Key that orders the pages of a section.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// As found: by path.
    ///
    /// pl: Jak leżą – według nazw folderów.
    #[default]
    None,
    /// Newest first: by `date`.
    ///
    /// pl: Od najnowszych – według `date`.
    Date,
    /// Last changed first: by `updated`.
    ///
    /// pl: Od ostatnio zmienionych – według `updated`.
    UpdateDate,
    /// By title: as in a dictionary.
    ///
    /// pl: Według tytułu – jak w słowniku.
    Title,
    /// By title, byte by byte: capitals first.
    ///
    /// pl: Według tytułu, bajtami – najpierw wielkie litery.
    TitleBytes,
    /// By weight: the lightest first.
    ///
    /// pl: Według `weight` – od najmniejszej liczby.
    Weight,
    /// By slug: the last part of the address.
    ///
    /// pl: Według `slug` – ostatniej części adresu.
    Slug,
    /// By address.
    ///
    /// pl: Według adresu.
    Permalink,
}

fn yes() -> bool {
    true
}

fn paginate_path() -> String {
    "page".into()
}
