//! What huta itself says to editors, beside the words of schemas.

use crate::diagnostic::Words;

/// The words of one language.
#[derive(Debug)]
pub(super) struct CmsWords {
    /// Title of the page.
    pub(super) title: &'static str,
    /// For browsers that run no scripts.
    pub(super) noscript: &'static str,
    /// Where the CMS's script does not come.
    pub(super) lost: &'static str,
    /// The collection of sections.
    pub(super) sections: &'static str,
    /// The section at the top.
    pub(super) home: &'static str,
    /// Pages that are of no kind.
    pub(super) pages: &'static str,
    /// The text of a page.
    pub(super) body: &'static str,
    /// What helps with it.
    pub(super) body_hint: &'static str,
    /// One of a list.
    pub(super) item: &'static str,
    /// Yes and no.
    pub(super) yes_no: [&'static str; 2],
    /// What helps with a position, and where there is a map.
    pub(super) position: &'static str,
    /// An example of a position.
    pub(super) example: &'static str,
    /// What is no position.
    pub(super) wrong: &'static str,
    /// The map.
    pub(super) map: &'static str,
    /// Nearer and farther.
    pub(super) zoom: [&'static str; 2],
    /// A link to another map.
    pub(super) elsewhere: &'static str,
    /// What does not look as it must.
    pub(super) other: &'static str,
    /// What each entry is saved as in the history.
    pub(super) commits: [&'static str; 3],
}

impl CmsWords {
    /// The words for a language.
    pub(super) fn of(words: Words) -> &'static Self {
        match words {
            Words::Polish => &POLISH,
            Words::English => &ENGLISH,
        }
    }
}

static POLISH: CmsWords = CmsWords {
    title: "Redakcja",
    noscript: "Redagowanie w przeglądarce wymaga JavaScriptu.",
    lost: "Nie udało się wczytać edytora. Sprawdź połączenie z internetem i odśwież stronę.",
    sections: "Działy",
    home: "Strona główna",
    pages: "Strony",
    body: "Tekst",
    body_hint: "Nagłówki zaczynają się od drugiego poziomu. Link do innej strony przewodnika: @/miejsca/arka-pana/index.md.",
    item: "Pozycja",
    yes_no: ["tak", "nie"],
    position: "Wskaż punkt na mapie albo wklej współrzędne: szerokość, potem długość geograficzna.",
    example: "50.07197, 20.03740",
    wrong: "To nie są współrzędne. Wpisz dwie liczby, np. 50.07197, 20.03740.",
    map: "Mapa: kliknij, żeby wskazać punkt",
    zoom: ["Przybliż", "Oddal"],
    elsewhere: "Zobacz na OpenStreetMap",
    other: "To wygląda inaczej, niż powinno.",
    commits: ["Nowa strona: {{slug}}", "Zmiana strony: {{slug}}", "Usunięcie strony: {{slug}}"],
};

static ENGLISH: CmsWords = CmsWords {
    title: "Editing",
    noscript: "Editing in the browser needs JavaScript.",
    lost: "The editor could not be loaded. Check the connection and load the page again.",
    sections: "Sections",
    home: "Home page",
    pages: "Pages",
    body: "Text",
    body_hint: "Headings begin at the second level. A link to another page of the guide: @/miejsca/arka-pana/index.md.",
    item: "Item",
    yes_no: ["yes", "no"],
    position: "Point at the map, or paste coordinates: latitude, then longitude.",
    example: "50.07197, 20.03740",
    wrong: "These are no coordinates. Write two numbers, for example 50.07197, 20.03740.",
    map: "Map: click to point at a place",
    zoom: ["Zoom in", "Zoom out"],
    elsewhere: "See it on OpenStreetMap",
    other: "It does not look as it should.",
    commits: ["New page: {{slug}}", "Changed page: {{slug}}", "Deleted page: {{slug}}"],
};
