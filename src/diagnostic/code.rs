//! The stable names of everything that can be wrong.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Words;

macro_rules! codes {
    ($($(#[doc = $en:literal])+ $name:ident = $text:literal {
        pl: $pl:literal,
        mend_pl: $mend_pl:literal,
        mend_en: $mend_en:literal,
    },)*) => {
        /// Stable kebab-case name of a rule: what a diagnostic is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $en])+ $name,)* }

        impl Code {
            /// Every code, in the order of the pipeline.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name as printed.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What it is about, one sentence of Markdown.
            #[must_use]
            pub fn meaning(self, words: Words) -> &'static str {
                match (self, words) {
                    $((Self::$name, Words::Polish) => $pl,
                    (Self::$name, Words::English) => concat!($($en),+).trim_ascii(),)*
                }
            }

            /// How it is mended, a sentence or two of Markdown.
            #[must_use]
            pub fn mending(self, words: Words) -> &'static str {
                match (self, words) {
                    $((Self::$name, Words::Polish) => $mend_pl,
                    (Self::$name, Words::English) => $mend_en,)*
                }
            }
        }
    };
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::ALL.iter().find(|code| code.as_str() == name).copied().ok_or_else(|| D::Error::custom("no such code"))
    }
}

codes! {
    /// No `huta.toml`, `zola.toml` or `config.toml` was found.
    ConfigMissing = "config-missing" {
        pl: "Nie udało się znaleźć pliku `huta.toml`, `zola.toml` ani `config.toml`.",
        mend_pl: "Uruchom program w folderze witryny, czyli tam, gdzie leży `huta.toml`. Możesz też wskazać ten folder: `huta build --root FOLDER`.",
        mend_en: "Run the program in the site's folder, where `huta.toml` is. You can also name that folder: `huta build --root DIR`.",
    },
    /// The configuration cannot be read, or a value in it cannot be right.
    ConfigInvalid = "config-invalid" {
        pl: "Konfiguracji nie da się odczytać albo jest w niej zła wartość.",
        mend_pl: "Popraw wskazane miejsce w pliku `huta.toml`. Tekst pisz w prostych cudzysłowach, a liczby bez nich: `base_url = \"https://example.org\"`, `notice_days = 14`.",
        mend_en: "Mend the marked place in `huta.toml`. Text stands in straight quotation marks, numbers do not: `base_url = \"https://example.org\"`, `notice_days = 14`.",
    },
    /// The configuration asks for something that this huta does not do.
    ConfigUnsupported = "config-unsupported" {
        pl: "Konfiguracja prosi o coś, czego ta huta nie umie.",
        mend_pl: "Wpisz w `huta.toml` to, co podpowiada komunikat, albo zrezygnuj z tej funkcji, np. `build_search_index = false`.",
        mend_en: "Write in `huta.toml` what the message suggests, or do without it, for example `build_search_index = false`.",
    },
    /// A file or folder cannot be read.
    ReadFailed = "read-failed" {
        pl: "Pliku lub folderu nie da się odczytać.",
        mend_pl: "Sprawdź, czy plik istnieje i czy jego nazwa się zgadza: `Plac.md` i `plac.md` to dwa różne pliki. Jeśli jest na miejscu, sprawdź, czy masz prawo go czytać.",
        mend_en: "Check that the file is there and that its name is right: `Plac.md` and `plac.md` are two different files. If it is in its place, check that you are allowed to read it.",
    },
    /// A text file is not saved as UTF-8.
    InvalidUtf8 = "invalid-utf8" {
        pl: "Plik z tekstem nie jest zapisany w kodowaniu UTF-8.",
        mend_pl: "Otwórz plik w edytorze i zapisz go jeszcze raz w kodowaniu UTF-8 (poszukaj polecenia „Zapisz z kodowaniem”). Sprawdź przy tym, czy polskie litery dobrze wyglądają.",
        mend_en: "Open the file in your editor and save it again as UTF-8 (look for “Save with encoding”). Check that letters such as ą and ł look right.",
    },
    /// The name of a file or folder cannot become part of an address.
    InvalidFileName = "invalid-file-name" {
        pl: "Nazwa pliku lub folderu nie może być częścią adresu.",
        mend_pl: "Zmień nazwę: wystarczą małe litery bez polskich znaków, cyfry i łączniki, np. `plac-centralny`. Nazwa pliku z tekstem zawsze kończy się na `.md`.",
        mend_en: "Rename it: small letters without accents, digits and hyphens are enough, for example `central-square`. The name of a text file always ends in `.md`.",
    },
    /// A symbolic link leads out of its folder, or nowhere.
    SymlinkOutside = "symlink-outside" {
        pl: "Dowiązanie symboliczne prowadzi poza swój folder albo donikąd.",
        mend_pl: "Usuń dowiązanie i skopiuj na jego miejsce plik, do którego miało prowadzić.",
        mend_en: "Remove the link, and put a copy of the file that it was meant to lead to in its place.",
    },
    /// A file goes beyond a limit: it is too large, has too many levels or too many parts.
    TooMuch = "too-much" {
        pl: "Plik przekracza granice: jest za duży, ma za dużo poziomów albo za dużo części.",
        mend_pl: "Podziel plik na kilka albo zapisz to prościej. Granice są daleko powyżej tego, co pisze się ręcznie, więc zwykle winny jest program, który ten plik zapisał.",
        mend_en: "Make several files of it, or write it in a plainer way. The limits are far above what is written by hand, so it is usually the program that wrote the file that is to blame.",
    },
    /// A file beside a page could be run by a reader's browser, or is of an unknown kind.
    FileRefused = "file-refused" {
        pl: "Plik obok strony mogłaby uruchomić przeglądarka czytelnika, albo jest on nieznanego rodzaju.",
        mend_pl: "Zapisz go w innej postaci: tekst jako PDF, rysunek jako obraz, tabelę jako arkusz. Jeśli ma zostać taki, jaki jest, osoba, która prowadzi witrynę, może go dopuścić: `[trust] content = [\"folder/plik.html\"]` w `huta.toml`.",
        mend_en: "Save it in another form: a text as PDF, a drawing as a picture, a table as a spreadsheet. If it has to stay as it is, whoever runs the site can trust it: `[trust] content = [\"folder/file.html\"]` in `huta.toml`.",
    },
    /// A file name or a text bears the code of a language that the site does not have.
    UnknownLanguage = "unknown-language" {
        pl: "Nazwa pliku albo tekst ma skrót języka, którego nie ma w witrynie.",
        mend_pl: "Popraw skrót języka: w nazwie pliku jest po kropce, np. `index.en.md`, a przy tekście przed dwukropkiem, np. `alt: { pl: \"Plac\", en: \"A square\" }`. Jeśli kropka w nazwie pliku miała znaczyć coś innego, zastąp ją łącznikiem.",
        mend_en: "Mend the code of the language: in a file name it follows the dot, as in `index.en.md`, and with a text it stands before the colon, as in `alt: { pl: \"Plac\", en: \"A square\" }`. If the dot in the file name was to mean something else, write a hyphen instead.",
    },
    /// An `index.md` stands where no single page can be.
    MisplacedIndex = "misplaced-index" {
        pl: "Plik `index.md` leży tam, gdzie nie może być pojedynczej strony.",
        mend_pl: "Stronę główną i stronę działu opisz w pliku `_index.md`. Każda inna strona ma własny folder, np. `content/miejsca/plac-centralny/index.md`.",
        mend_en: "Describe the home page or a section in `_index.md`. Any other page has a folder of its own, for example `content/miejsca/plac-centralny/index.md`.",
    },
    /// A Markdown file does not start with front matter, or its front matter is not closed.
    FrontMatterMissing = "front-matter-missing" {
        pl: "Plik Markdown nie zaczyna się od metryczki albo jego metryczka nie jest zamknięta.",
        mend_pl: "Zacznij plik od wiersza `---`, pod nim wpisz `title: Tytuł strony`, a po ostatnim kluczu dodaj drugi wiersz `---`. Treść strony zaczyna się pod nim.",
        mend_en: "Start the file with a line `---`, write `title: Title of the page` below it, and add a second line `---` after the last key. The text begins below that.",
    },
    /// Front matter, or a file such as `gallery.yaml`, breaks the rules of YAML or TOML.
    FrontMatterSyntax = "front-matter-syntax" {
        pl: "Metryczka albo plik taki jak `gallery.yaml` łamie zasady zapisu YAML lub TOML.",
        mend_pl: "Popraw wskazane miejsce: wartość z dwukropkiem weź w cudzysłów, np. `title: \"Nowa Huta: plan\"`. Wcięcia rób spacjami, a każdy element listy zacznij od łącznika i spacji.",
        mend_en: "Mend the marked place: put a value with a colon in quotation marks, for example `title: \"Nowa Huta: the plan\"`. Indent with spaces, and start each item of a list with a hyphen and a space.",
    },
    /// A file has a key that huta does not know.
    UnknownKey = "unknown-key" {
        pl: "W pliku jest klucz, którego huta nie zna.",
        mend_pl: "Sprawdź pisownię: zamiast `titel: Strona` wpisz `title: Strona`. Własne dane wpisz z wcięciem pod `extra:`.",
        mend_en: "Check the spelling: instead of `titel: Page` write `title: Page`. Data of your own go under `extra:`, indented.",
    },
    /// A value is of another type than the key takes.
    WrongType = "wrong-type" {
        pl: "Wartość jest innego rodzaju, niż przyjmuje klucz.",
        mend_pl: "Zapisz wartość tak, jak podpowiada komunikat: tekst `\"1949\"`, datę `2026-11-25`, listę `[kultura, sport]`, a położenie `[50.07197, 20.03740]`.",
        mend_en: "Write the value as the message suggests: a text as `\"1949\"`, a date as `2026-11-25`, a list as `[culture, sport]`, a position as `[50.07197, 20.03740]`.",
    },
    /// A required key is not there.
    MissingKey = "missing-key" {
        pl: "Brakuje wymaganego klucza.",
        mend_pl: "Dodaj wiersz, o który prosi komunikat, np. `document: \"Umowa z 12 marca 2026\"`.",
        mend_en: "Add the line that the message asks for, for example `document: \"Contract of 12 March 2026\"`.",
    },
    /// A value is of the right type, but it cannot be right.
    InvalidValue = "invalid-value" {
        pl: "Wartość jest właściwego rodzaju, ale nie może być dobra.",
        mend_pl: "Wpisz jedno ze słów, które podaje komunikat, np. `verdict: partly`. Datę lub adres popraw według wzoru, np. `link: https://krakow.pl`.",
        mend_en: "Write one of the words that the message lists, for example `verdict: partly`. Mend a date or an address after the pattern it shows, for example `link: https://krakow.pl`.",
    },
    /// Coordinates lie outside the world or the guide's area, or they are swapped.
    CoordinatesOutOfRange = "coordinates-out-of-range" {
        pl: "Współrzędne leżą poza kulą ziemską, poza obszarem przewodnika albo są zamienione miejscami.",
        mend_pl: "Wpisz najpierw szerokość, potem długość geograficzną, np. `at: [50.07197, 20.03740]`. Odczytasz je na openstreetmap.org.",
        mend_en: "Write the latitude first, then the longitude, for example `at: [50.07197, 20.03740]`. You can read them off openstreetmap.org.",
    },
    /// A translation changes data that it takes from its original.
    StructuredOverride = "structured-override" {
        pl: "Tłumaczenie zmienia dane, które bierze z oryginału.",
        mend_pl: "Usuń ten klucz z tłumaczenia, np. `minutes: 15`, a weźmie ono wartość z oryginału. Jeśli błąd jest w oryginale, popraw go tam.",
        mend_en: "Remove the key from the translation, for example `minutes: 15`, and it takes the value from the original. If the original is wrong, mend it there.",
    },
    /// A translation has no original.
    OriginalMissing = "original-missing" {
        pl: "Tłumaczenie nie ma oryginału.",
        mend_pl: "Dodaj oryginał w tym samym folderze: obok `index.en.md` ma leżeć `index.md`. Jeśli oryginał już jest, zmień nazwę tłumaczenia tak, żeby obie różniły się tylko o `.en`.",
        mend_en: "Add the original in the same folder: beside `index.en.md` there must be `index.md`. If the original is there, rename the translation so that only `.en` is different.",
    },
    /// A page has no translation.
    TranslationMissing = "translation-missing" {
        pl: "Strona nie ma tłumaczenia.",
        mend_pl: "Obok `index.md` dodaj `index.en.md`: przetłumacz w nim `title`, `description` i treść. Dat, współrzędnych ani źródeł nie powtarzaj, bo tłumaczenie bierze je z oryginału.",
        mend_en: "Add `index.en.md` beside `index.md`: translate `title`, `description` and the text in it. Do not repeat dates, coordinates or sources, because the translation takes them from the original.",
    },
    /// The original has changed since its translation was last brought up to date.
    TranslationStale = "translation-stale" {
        pl: "Oryginał zmienił się po ostatniej poprawce tłumaczenia.",
        mend_pl: "Porównaj tłumaczenie z oryginałem i popraw to, co się zmieniło. Potem zaznacz, że jest aktualne: `huta status --stamp content/miejsca/plac-centralny/index.en.md`.",
        mend_en: "Compare the translation with the original and mend what has changed. Then mark it as up to date: `huta status --stamp content/miejsca/plac-centralny/index.en.md`.",
    },
    /// A file that is to be marked as an up-to-date translation is no translation.
    NotATranslation = "not-a-translation" {
        pl: "Plik, który chcesz oznaczyć jako aktualne tłumaczenie, nie jest tłumaczeniem.",
        mend_pl: "Podaj plik, który ma w nazwie język: `huta status --stamp content/miejsca/plac-centralny/index.en.md`. Oryginału nie trzeba oznaczać.",
        mend_en: "Name a file that has a language in its name: `huta status --stamp content/miejsca/plac-centralny/index.en.md`. An original needs no mark.",
    },
    /// A page refers to a place that the guide does not have.
    UnknownPlace = "unknown-place" {
        pl: "Strona odsyła do miejsca, którego w przewodniku nie ma.",
        mend_pl: "Po `place:` wpisz nazwę folderu tego miejsca, np. `place: plac-centralny`. Jeśli nie ma ono jeszcze strony, usuń ten wiersz i podaj współrzędne, np. `at: [50.07197, 20.03740]`.",
        mend_en: "Write the name of that place's folder after `place:`, for example `place: plac-centralny`. If it has no page yet, remove the line and give coordinates, for example `at: [50.07197, 20.03740]`.",
    },
    /// A word of the glossary refers to a chapter that does not exist.
    UnknownChapter = "unknown-chapter" {
        pl: "Słowo ze słowniczka odsyła do rozdziału, którego nie ma.",
        mend_pl: "W pliku `glossary.yaml` wpisz po `chapter:` nazwę folderu rozdziału, np. `chapter: wybierz-forme`, albo usuń ten wiersz.",
        mend_en: "In `glossary.yaml`, write the name of the chapter's folder after `chapter:`, for example `chapter: wybierz-forme`, or remove the line.",
    },
    /// Two entries of the glossary explain the same word.
    WordTwice = "word-twice" {
        pl: "Dwa wpisy w słowniczku objaśniają to samo słowo.",
        mend_pl: "W pliku `glossary.yaml` zostaw jeden z tych wpisów. Jeśli wspólna jest tylko jedna forma słowa, usuń ją z `forms:` w drugim wpisie.",
        mend_en: "Keep one of the two entries in `glossary.yaml`. If they share only one form of the word, remove it from `forms:` of the other entry.",
    },
    /// A page refers to an organisation that the guide does not have.
    UnknownOrganisation = "unknown-organisation" {
        pl: "Strona odsyła do organizacji, której w przewodniku nie ma.",
        mend_pl: "Wpisz nazwę folderu tej organizacji, np. `organiser: dom-utopii`. Organizatora, który nie ma tu strony, podaj zwykłym tekstem: `by: \"Rada dzielnicy\"`, a partnerów pod `with:`.",
        mend_en: "Write the name of that organisation's folder, for example `organiser: dom-utopii`. Give an organiser without a page here as plain text: `by: \"The district council\"`, and partners under `with:`.",
    },
    /// A section lets readers choose pages by something that huta does not know.
    UnknownFacet = "unknown-facet" {
        pl: "Dział pozwala wybierać strony według czegoś, czego huta nie zna.",
        mend_pl: "W pliku `_index.md` tego działu wpisz po `facets:` słowa z listy, którą podaje komunikat, np. `facets: [areas, district]`.",
        mend_en: "In the section's `_index.md`, write words from the list in the message after `facets:`, for example `facets: [areas, district]`.",
    },
    /// The facts of a page were checked more than a year ago.
    VerifiedLongAgo = "verified-long-ago" {
        pl: "Od sprawdzenia faktów na stronie minął ponad rok.",
        mend_pl: "Sprawdź fakty u źródła i popraw to, co się zmieniło. Potem wpisz dzisiejszą datę, np. `verified: 2026-11-25`.",
        mend_en: "Check the facts at their source and mend what has changed. Then write today's date, for example `verified: 2026-11-25`.",
    },
    /// A page gives facts without a source.
    SourceMissing = "source-missing" {
        pl: "Strona podaje fakty bez źródła.",
        mend_pl: "Pod `sources:` dodaj tytuł źródła, jego adres i dzień, w którym je czytasz: `- { title: \"Historia placu\", url: \"https://example.org\", read: 2026-11-25 }`.",
        mend_en: "Under `sources:`, add the title of the source, its address, and the day you read it: `- { title: \"History of the square\", url: \"https://example.org\", read: 2026-11-25 }`.",
    },
    /// A source was read so long ago that it may say something else today.
    SourceOld = "source-old" {
        pl: "Od przeczytania źródła minęło tyle czasu, że dziś może mówić coś innego.",
        mend_pl: "Przeczytaj źródło jeszcze raz i popraw na stronie to, co się zmieniło. Potem wpisz przy nim nową datę, np. `read: 2026-11-25`.",
        mend_en: "Read the source again and mend on the page what has changed. Then write the new date beside it, for example `read: 2026-11-25`.",
    },
    /// The review of a chapter is overdue.
    ReviewOverdue = "review-overdue" {
        pl: "Termin przeglądu rozdziału już minął.",
        mend_pl: "Przeczytaj rozdział i popraw to, co się zmieniło, zwłaszcza przepisy, opłaty i terminy. Potem wpisz dzisiejszą datę, np. `reviewed: 2026-11-25`.",
        mend_en: "Read the chapter and mend what has changed, above all laws, fees and deadlines. Then write today's date, for example `reviewed: 2026-11-25`.",
    },
    /// The last day of an offer or a need is over, so it is no longer on the board.
    PostingExpired = "posting-expired" {
        pl: "Ostatni dzień oferty lub potrzeby minął, więc ogłoszenia nie ma już na tablicy.",
        mend_pl: "Jeśli ogłoszenie jest nadal aktualne, wpisz późniejszy dzień, np. `until: 2027-06-30`. Jeśli nie jest, usuń je.",
        mend_en: "If the offer or need still holds, write a later day, for example `until: 2027-06-30`. If it does not, remove it.",
    },
    /// A consultation was announced too short a time before its start.
    LateNotice = "late-notice" {
        pl: "Organizator ogłosił konsultacje zbyt krótko przed ich początkiem.",
        mend_pl: "Sprawdź daty w `announced:` i `start:`. Jeśli są dobre, niczego nie zmieniaj: strona sama powie o tym czytelnikom, a Ty możesz poprosić organizatora o późniejszy termin.",
        mend_en: "Check the dates in `announced:` and `start:`. If they are right, change nothing: the page tells its readers by itself, and you can ask the organiser for a later date.",
    },
    /// Nobody has checked for half a year what became of a promise.
    CommitmentUnchecked = "commitment-unchecked" {
        pl: "Od pół roku nikt nie sprawdził, co się dzieje z obietnicą.",
        mend_pl: "Sprawdź, jak się mają sprawy, i jeśli trzeba, popraw `status:`. Potem wpisz dzisiejszą datę, np. `checked: 2026-11-25`.",
        mend_en: "Find out how things stand, and mend `status:` if need be. Then write today's date, for example `checked: 2026-11-25`.",
    },
    /// The base map cannot be used as it stands.
    BaseMapInvalid = "base-map-invalid" {
        pl: "Mapy podkładowej nie da się użyć w tej postaci.",
        mend_pl: "Otwórz `content/mapa/base.geojson` w edytorze map i popraw wskazany kształt; współrzędne zapisz w układzie WGS 84. Możesz też zrobić mapę od nowa poleceniem `huta map import`.",
        mend_en: "Open `content/mapa/base.geojson` in a map editor and mend the shape that is marked; save the coordinates as WGS 84. You can also make the map anew with `huta map import`.",
    },
    /// No base map can be made from an extract of OpenStreetMap.
    MapImportFailed = "map-import-failed" {
        pl: "Z wyciągu z OpenStreetMap nie da się zrobić mapy podkładowej.",
        mend_pl: "Pobierz jeszcze raz wyciąg z tej okolicy (`.osm.pbf`, `.osm` albo GeoJSON). Sprawdź też kolejność liczb: zachód, południe, wschód, północ, np. `--bbox 20.0,50.045,20.15,50.11`.",
        mend_en: "Download an extract of this area again (`.osm.pbf`, `.osm` or GeoJSON). Check the order of the numbers too: west, south, east, north, for example `--bbox 20.0,50.045,20.15,50.11`.",
    },
    /// A base map was made from an extract that is not whole.
    MapImportDoubtful = "map-import-doubtful" {
        pl: "Mapa podkładowa powstała z niepełnego wyciągu.",
        mend_pl: "Obejrzyj mapę. Jeśli czegoś na niej brakuje, pobierz wyciąg z większego obszaru i zrób ją jeszcze raz.",
        mend_en: "Look at the map. If something is missing, download an extract of a larger area and make the map again.",
    },
    /// A tour probably takes another way than was meant.
    RouteDoubtful = "route-doubtful" {
        pl: "Trasa biegnie pewnie inaczej, niż miała.",
        mend_pl: "Sprawdź kolejność przystanków i ich współrzędne, np. `at: [50.07197, 20.03740]`. Jeśli są dobre, popraw ślad GPX albo poproś kogoś, żeby dorysował ścieżkę na mapie.",
        mend_en: "Check the order of the stops and their coordinates, for example `at: [50.07197, 20.03740]`. If they are right, mend the GPX track, or ask somebody to draw the missing path on the map.",
    },
    /// A page uses a taxonomy (a set of terms) that is not configured.
    UnknownTaxonomy = "unknown-taxonomy" {
        pl: "Strona używa taksonomii (zbioru haseł), której nie ma w konfiguracji.",
        mend_pl: "Popraw nazwę pod `taxonomies:` na jedną z tych, które podaje komunikat, albo ją usuń. Nową taksonomię dodaj w `huta.toml` pod `[[taxonomies]]`.",
        mend_en: "Under `taxonomies:`, change the name to one that the message lists, or remove it. Add a new taxonomy to `huta.toml`, under `[[taxonomies]]`.",
    },
    /// Two things want the same address.
    PathCollision = "path-collision" {
        pl: "Dwie rzeczy chcą mieć ten sam adres.",
        mend_pl: "Zmień adres jednej strony, np. `slug: plac-2`, albo nazwę pliku lub folderu. Jeśli kłopot sprawia dawny adres, usuń go z `aliases:`.",
        mend_en: "Change the address of one page, for example `slug: square-2`, or the name of a file or folder. If an old address is in the way, remove it from `aliases:`.",
    },
    /// A page lacks the key that its section is sorted by, so it is not published.
    Unsortable = "unsortable" {
        pl: "Strona nie ma klucza, według którego jej dział układa strony, więc się nie ukaże.",
        mend_pl: "Dodaj w metryczce wiersz, o który prosi komunikat, np. `date: 2026-11-25` albo `weight: 10`.",
        mend_en: "Add the line that the message asks for to the front matter, for example `date: 2026-11-25` or `weight: 10`.",
    },
    /// Two pages of one language have the same title.
    TitleTwice = "title-twice" {
        pl: "Dwie strony w jednym języku mają ten sam tytuł.",
        mend_pl: "Dopisz do jednego z tytułów to, co go odróżnia, np. `title: \"Piknik na osiedlu Zgody (2027)\"`.",
        mend_en: "Add to one of the titles what sets it apart, for example `title: \"Picnic in the Zgody estate (2027)\"`.",
    },
    /// Two pages of one language have the same description.
    DescriptionTwice = "description-twice" {
        pl: "Dwie strony w jednym języku mają ten sam opis.",
        mend_pl: "Opisz każdą stronę inaczej: jednym zdaniem o tym, co jest tylko na niej, np. `description: \"Pięciokąt, z którego rozchodzi się pięć alei.\"`.",
        mend_en: "Describe each page in its own way: one sentence on what is found only there, for example `description: \"A pentagon with five avenues fanning out of it.\"`.",
    },
    /// A heading skips a level, or stands as high as the title.
    HeadingOrder = "heading-order" {
        pl: "Nagłówek przeskakuje poziom albo stoi tak wysoko jak tytuł.",
        mend_pl: "Nagłówki w treści zacznij od `## Historia`, a niższe pisz pod nimi jako `### Budowa`. Jeden znak `#` należy do tytułu strony, a po `##` nie może od razu iść `####`.",
        mend_en: "Start the headings of the text with `## History`, and write lower ones below as `### Building`. A single `#` belongs to the page's title, and `####` cannot follow `##` at once.",
    },
    /// A table has no headers over its columns.
    TableWithoutHeader = "table-without-header" {
        pl: "Tabela nie ma nagłówków nad kolumnami.",
        mend_pl: "W pierwszym wierszu tabeli napisz, co jest w każdej kolumnie, np. „Forma” i „Ile osób”. Bez tego nie zrozumie jej ktoś, kto słucha strony.",
        mend_en: "In the first row of the table, say what each column holds, for example “Form” and “How many people”. Without that, somebody who listens to the page cannot follow it.",
    },
    /// A link has no address.
    EmptyLink = "empty-link" {
        pl: "Odnośnik nie ma adresu.",
        mend_pl: "Wpisz adres w nawiasie okrągłym: `[Plac Centralny](@/miejsca/plac-centralny/index.md)`. Jeśli odnośnik jest niepotrzebny, zostaw sam tekst.",
        mend_en: "Write the address in the round brackets: `[Central Square](@/miejsca/plac-centralny/index.md)`. If the link is not needed, keep only its words.",
    },
    /// The text of a page has a command of templates that it may not have: a loop, a condition, or a function that reads something.
    TemplateRefused = "template-refused" {
        pl: "Tekst strony ma polecenie szablonu, którego w tekście mieć nie może: pętlę, warunek albo funkcję, która coś czyta.",
        mend_pl: "Przenieś to do szablonu w motywie. Jeśli ma zostać w tekście, osoba, która prowadzi witrynę, może dopuścić ten plik: `[trust] content = [\"folder/**\"]` w `huta.toml`.",
        mend_en: "Move this into a template of the theme. If it has to stay in the text, whoever runs the site can trust the file: `[trust] content = [\"folder/**\"]` in `huta.toml`.",
    },
    /// HTML in a text holds what may not stand there: scripts, styles, frames, forms, attributes that act.
    HtmlRemoved = "html-removed" {
        pl: "HTML w tekście zawiera coś, czego nie może tam być: skrypt, styl, ramkę, formularz albo atrybut, który coś robi.",
        mend_pl: "Napisz to w Markdownie. Jeśli się nie da, osoba, która prowadzi witrynę, może dopuścić ten plik: `[trust] content = [\"folder/**\"]` w `huta.toml`.",
        mend_en: "Write it in Markdown. If that is not possible, whoever runs the site can trust the file: `[trust] content = [\"folder/**\"]` in `huta.toml`.",
    },
    /// A link has an address of a kind that is not allowed: one that could run something (`javascript:`, `data:`) or does not work for readers (`file:`).
    UnsafeAddress = "unsafe-address" {
        pl: "Odnośnik ma adres innego rodzaju, niż wolno: taki, który mógłby coś uruchomić (`javascript:`, `data:`) albo nie działa u czytelników (`file:`).",
        mend_pl: "Podaj adres, który zaczyna się od `https://`, `http://`, `mailto:`, `tel:` albo `geo:`; strony tej witryny zaczynają się od `@/`. Plik z komputera włóż do folderu strony i podaj jego nazwę.",
        mend_en: "Give an address that starts with `https://`, `http://`, `mailto:`, `tel:` or `geo:`. Pages of this site start with `@/`. Put a file of your computer into the page’s folder and give its name.",
    },
    /// A text shows a picture from another site, which would learn about every reader.
    ForeignPicture = "foreign-picture" {
        pl: "Tekst pokazuje obraz z innej witryny; ta widziałaby, kto czyta stronę.",
        mend_pl: "Zapisz plik obok strony, jeśli wolno Ci go użyć; w nawiasie podaj samą nazwę. Możesz też zamiast obrazu dać odnośnik do niego.",
        mend_en: "Save the file beside the page, if you may use it, and give just its name in the brackets. You can also link to the picture instead of showing it.",
    },
    /// The words of a link, such as *here* or a bare address, do not say where it leads.
    VagueLink = "vague-link" {
        pl: "Słowa odnośnika, np. „tutaj” albo sam adres, nie mówią, dokąd on prowadzi.",
        mend_pl: "W nawiasie kwadratowym nazwij to, co czytelnik znajdzie po kliknięciu: zamiast `[tutaj](https://krakow.pl)` wpisz `[strona miasta](https://krakow.pl)`.",
        mend_en: "In the square brackets, name what readers find when they click: instead of `[here](https://krakow.pl)` write `[the city's website](https://krakow.pl)`.",
    },
    /// A link within the site leads to a file that does not exist.
    BrokenLink = "broken-link" {
        pl: "Odnośnik wewnątrz witryny prowadzi do pliku, którego nie ma.",
        mend_pl: "Po `@/` wpisz ścieżkę pliku od folderu `content`: `[Plac Centralny](@/miejsca/plac-centralny/index.md)`. Także w tłumaczeniu podaj plik oryginału, bez `.en`.",
        mend_en: "After `@/`, write the path of the file from the folder `content`: `[Central Square](@/miejsca/plac-centralny/index.md)`. In a translation too, name the original's file, without `.en`.",
    },
    /// A link within the site leads to an anchor (a place on a page) that does not exist.
    BrokenAnchor = "broken-anchor" {
        pl: "Odnośnik wewnątrz witryny prowadzi do kotwicy (miejsca na stronie), której nie ma.",
        mend_pl: "Po `#` wpisz nagłówek małymi literami bez polskich znaków, z łącznikami zamiast spacji: do `## Krótka historia` prowadzi `#krotka-historia`. Jeśli nagłówka już nie ma, usuń `#` i wszystko, co po nim stoi.",
        mend_en: "After `#`, write the heading in small letters without accents, with hyphens for spaces: `#short-history` leads to `## Short history`. If the heading is gone, remove `#` and all that follows it.",
    },
    /// A link to another site leads nowhere; only `huta check --external` checks this.
    ExternalLinkBroken = "external-link-broken" {
        pl: "Odnośnik do innej witryny prowadzi donikąd; sprawdza to tylko `huta check --external`.",
        mend_pl: "Otwórz ten adres w przeglądarce. Jeśli strony nie ma, znajdź jej nowy adres albo kopię na web.archive.org, a jeśli się nie uda, usuń odnośnik i zostaw sam tekst.",
        mend_en: "Open the address in your browser. If the page is gone, find its new address or a copy on web.archive.org; if there is none, remove the link and keep its words.",
    },
    /// A link to another site leads to a page that has moved for good; only `huta check --external` checks this.
    ExternalLinkMoved = "external-link-moved" {
        pl: "Odnośnik do innej witryny prowadzi do strony, która przeniosła się na stałe; sprawdza to tylko `huta check --external`.",
        mend_pl: "Otwórz nowy adres, który podaje komunikat. Jeśli jest tam ta sama treść, wpisz go w odnośniku zamiast starego.",
        mend_en: "Open the new address that the message gives. If it shows the same content, write it in the link instead of the old one.",
    },
    /// A link to another site could not be checked; only `huta check --external` tries.
    ExternalLinkUnknown = "external-link-unknown" {
        pl: "Odnośnika do innej witryny nie udało się sprawdzić; próbuje tego tylko `huta check --external`.",
        mend_pl: "Otwórz ten adres w przeglądarce. Jeśli działa, niczego nie zmieniaj; jeśli nie, sprawdź go jeszcze raz innego dnia.",
        mend_en: "Open the address in your browser. If it works, change nothing; if it does not, check again on another day.",
    },
    /// Code is marked with a language that there are no colours for.
    UnknownCodeLanguage = "unknown-code-language" {
        pl: "Fragment kodu ma nazwę języka, dla którego nie ma kolorów.",
        mend_pl: "W pierwszym wierszu fragmentu popraw nazwę języka, np. `htlm` na `html`. Możesz ją też usunąć: kod będzie wtedy bez kolorów.",
        mend_en: "In the first line of the code, mend the name of the language, for example `htlm` to `html`. You can also remove it: the code will have no colours then.",
    },
    /// A theme or grammar for the colours of code cannot be used.
    HighlightingInvalid = "highlighting-invalid" {
        pl: "Nie da się użyć motywu albo gramatyki, które nadają kodowi kolory.",
        mend_pl: "Popraw nazwę motywu w `huta.toml`, np. `dark_theme = \"github-dark\"`. Własny plik zapisz w formacie JSON i wymień w `extra_themes` albo `extra_grammars`, ze ścieżką od folderu witryny.",
        mend_en: "Mend the name of the theme in `huta.toml`, for example `dark_theme = \"github-dark\"`. Save a file of your own as JSON, and list it in `extra_themes` or `extra_grammars` by its path from the site's folder.",
    },
    /// A style sheet in Sass cannot be compiled.
    SassError = "sass-error" {
        pl: "Arkusza stylów Sass nie da się przełożyć na CSS.",
        mend_pl: "Popraw arkusz we wskazanym miejscu: często brakuje tam średnika albo nawiasu. Jeśli to nie Twoja zmiana, pokaż komunikat osobie, która dba o wygląd witryny.",
        mend_en: "Mend the sheet at the marked place: often a semicolon or a bracket is missing there. If the change is not yours, show the message to whoever looks after the design of the site.",
    },
    /// A form of the editor in the browser cannot hold what a file says.
    CmsForm = "cms-form" {
        pl: "Formularz w przeglądarce (`/admin/`) nie pomieści tego, co jest w pliku, i zgubiłby to przy zapisie.",
        mend_pl: "Zapisz wartość tak, jak chce formularz: zwykle jeden tekst w języku pliku, a w tłumaczeniu drugi. Listy tłumaczenia mają mieć te same pozycje i tę samą kolejność co w oryginale.",
        mend_en: "Write the value as the form wants it: mostly one text in the language of the file, and another one in the translation. Lists of a translation have the same items in the same order as in the original.",
    },
    /// A word of the theme or of the glossary is missing in one language.
    UntranslatedWord = "untranslated-word" {
        pl: "Słowa motywu albo słowniczka brakuje w jednym z języków.",
        mend_pl: "Słowo motywu dopisz w `huta.toml` pod `[languages.en.translations]`, np. `\"nav.mapa\" = \"Map\"`. Słowo ze słowniczka uzupełnij w `glossary.yaml`, np. `word: { pl: dotacja, en: grant }`.",
        mend_en: "Add a word of the theme to `huta.toml`, under `[languages.en.translations]`, for example `\"nav.mapa\" = \"Map\"`. Complete a word of the glossary in `glossary.yaml`, for example `word: { pl: dotacja, en: grant }`.",
    },
    /// A picture file cannot be used: it is damaged, too large, or of a format that browsers do not show.
    PictureInvalid = "picture-invalid" {
        pl: "Pliku z obrazem nie da się użyć: jest uszkodzony, za duży albo w formacie, którego przeglądarki nie pokazują.",
        mend_pl: "Otwórz obraz w programie graficznym, zmniejsz go, jeśli jest za duży, i zapisz jeszcze raz jako JPEG albo PNG. Zrób tak też ze zdjęciem HEIC z telefonu.",
        mend_en: "Open the picture in an image editor, make it smaller if it is too large, and save it again as JPEG or PNG. Do so with a HEIC photo from a phone too.",
    },
    /// A page names a picture that does not exist.
    PictureMissing = "picture-missing" {
        pl: "Strona wymienia obraz, którego nie ma.",
        mend_pl: "Włóż plik do folderu strony, obok `index.md`, albo popraw jego nazwę w tekście. `Dom.jpg` i `dom.jpg` to dwa różne pliki.",
        mend_en: "Put the file into the page's folder, beside `index.md`, or mend its name in the text. `House.jpg` and `house.jpg` are two different files.",
    },
    /// A picture has no words for those who do not see it.
    PictureWithoutAlt = "picture-without-alt" {
        pl: "Obraz nie ma opisu dla tych, którzy go nie widzą.",
        mend_pl: "Pod `gallery:` dopisz przy tym obrazie jedno zdanie o tym, co widać: `alt: \"Żółty dom za płotem ze sztachet.\"`. W treści strony opis stoi w nawiasie kwadratowym: `![Żółty dom za płotem ze sztachet.](dom.jpg)`.",
        mend_en: "Under `gallery:`, add one sentence to the picture on what is seen: `alt: \"A yellow house behind a picket fence.\"`. In the text of a page it stands in the square brackets: `![A yellow house behind a picket fence.](house.jpg)`.",
    },
    /// The words for those who do not see a picture are longer than 250 characters, which takes too long to hear.
    AltTooLong = "alt-too-long" {
        pl: "Opis dla tych, którzy nie widzą obrazu, ma ponad 250 znaków, a tego za długo się słucha.",
        mend_pl: "W `alt:` zostaw tylko to, co najważniejsze. Resztę przenieś do podpisu (`caption:`) albo do tekstu strony.",
        mend_en: "Keep only the main thing in `alt:`. Move the rest into the caption (`caption:`) or the text of the page.",
    },
    /// A picture has no author or no licence.
    PictureWithoutRights = "picture-without-rights" {
        pl: "Przy obrazie brakuje autora albo licencji.",
        mend_pl: "Pod `gallery:` dopisz przy tym obrazie dwa wiersze: `credit: Jan Kowalski` i `licence: CC BY-SA 4.0`. Jeśli nie wiesz, czy wolno go pokazać, wybierz inny.",
        mend_en: "Under `gallery:`, add two lines to the picture: `credit: Jan Kowalski` and `licence: CC BY-SA 4.0`. If you do not know whether it may be shown, choose another one.",
    },
    /// A picture has a licence that huta does not know.
    UnknownLicence = "unknown-licence" {
        pl: "Obraz ma licencję, której huta nie zna.",
        mend_pl: "Wpisz jedną z licencji, które podaje komunikat, np. `licence: CC BY-SA 4.0`. Jeśli autor pozwala obraz tylko pokazać, wpisz `licence: all rights reserved`.",
        mend_en: "Write one of the licences that the message lists, for example `licence: CC BY-SA 4.0`. If the author lets you show the picture and nothing more, write `licence: all rights reserved`.",
    },
    /// No page mentions a picture that lies beside the content.
    PictureUnused = "picture-unused" {
        pl: "Żadna strona nie wspomina o obrazie, który leży obok treści.",
        mend_pl: "Opisz go pod `gallery:` na stronie w tym folderze albo pokaż w tekście: `![Żółty dom](dom.jpg)`. Jeśli jest niepotrzebny, usuń plik.",
        mend_en: "Describe it under `gallery:` on the page of this folder, or show it in the text: `![A yellow house](house.jpg)`. If it is not needed, remove the file.",
    },
    /// No page links to a file that lies beside the content.
    FileUnused = "file-unused" {
        pl: "Żadna strona nie ma odnośnika do pliku, który leży obok treści.",
        mend_pl: "Dodaj odnośnik na stronie w tym folderze, np. `[Regulamin konkursu](regulamin.pdf)`. Jeśli plik jest niepotrzebny, usuń go.",
        mend_en: "Add a link on the page of this folder, for example `[Rules of the contest](rules.pdf)`. If the file is not needed, remove it.",
    },
    /// A picture file says where it was taken.
    PictureLocated = "picture-located" {
        pl: "Plik ze zdjęciem mówi, gdzie ono powstało.",
        mend_pl: "Na stronie tego nie będzie, ale plik może obejrzeć każdy, kto zajrzy do repozytorium. Jeśli to czyjś dom, usuń położenie we właściwościach pliku, zanim go dodasz.",
        mend_en: "The site does not show it, but anybody who looks into the repository can read the file. If it is somebody's home, remove the location in the properties of the file before you add it.",
    },
    /// A drawing held something that a picture may not hold, such as a script.
    PictureCleaned = "picture-cleaned" {
        pl: "Rysunek zawierał coś, czego obraz nie może mieć, np. skrypt.",
        mend_pl: "Program sam to usuwa, więc obejrzyj rysunek na stronie. Jeśli czegoś mu brakuje, zapisz go jeszcze raz jako zwykły SVG, bez skryptów, animacji i plików z zewnątrz.",
        mend_en: "The program takes it out by itself, so look at the drawing on the site. If something is missing, save it again as plain SVG, without scripts, animation and outside files.",
    },
    /// The theme is not there, is not whole, or cannot be read.
    ThemeInvalid = "theme-invalid" {
        pl: "Motywu nie ma, jest niepełny albo nie da się go odczytać.",
        mend_pl: "Popraw nazwę motywu w `huta.toml`, np. `theme = \"nowa-huta\"`. Jeśli jest dobra, dodaj brakujący plik w folderze `themes` albo popraw ten, który wskazuje komunikat.",
        mend_en: "Mend the theme's name in `huta.toml`, for example `theme = \"nowa-huta\"`. If it is right, add the missing file in the folder `themes`, or mend the one that the message names.",
    },
    /// A template cannot be read or fails while it runs.
    TemplateError = "template-error" {
        pl: "Szablonu nie da się odczytać albo wykonać.",
        mend_pl: "Jeśli komunikat wskazuje stronę, popraw lub usuń w niej to, co stoi w nawiasach klamrowych. Jeśli wskazuje szablon, pokaż komunikat osobie, która się nim zajmuje.",
        mend_en: "If the message points to a page, mend or remove what stands in curly brackets there. If it points to a template, show the message to whoever looks after it.",
    },
    /// A template that a page or another template asks for does not exist.
    TemplateMissing = "template-missing" {
        pl: "Nie ma szablonu, o który prosi strona albo inny szablon.",
        mend_pl: "Popraw nazwę w metryczce, np. `template: page.html`, albo usuń ten wiersz, a strona weźmie zwykły szablon. Nowy szablon włóż do folderu `templates`.",
        mend_en: "Mend the name in the front matter, for example `template: page.html`, or remove the line, and the page takes the usual template. A new template goes into the folder `templates`.",
    },
    /// A page, with its styles and scripts, is heavier than the site allows.
    PageTooHeavy = "page-too-heavy" {
        pl: "Strona razem ze stylami i skryptami jest cięższa, niż pozwala witryna.",
        mend_pl: "Skróć tekst albo podziel go na dwie strony. Granica to `page_weight` pod `[check]` w `huta.toml`; podnieś ją dopiero wtedy, gdy nie ma innego wyjścia.",
        mend_en: "Shorten the text, or divide it into two pages. The limit is `page_weight` under `[check]` in `huta.toml`; raise it only when nothing else helps.",
    },
    /// A text is harder to read than its section allows.
    HardToRead = "hard-to-read" {
        pl: "Tekst jest trudniejszy, niż pozwala jego dział.",
        mend_pl: "Skróć zdania i zamień długie słowa na krótsze. Od czego zacząć, pokaże `huta check --readability --hints`.",
        mend_en: "Shorten sentences and replace long words with shorter ones. `huta check --readability --hints` shows where to begin.",
    },
    /// A sentence has more than 20 words, and that is much to hold in mind.
    LongSentence = "long-sentence" {
        pl: "Zdanie ma ponad 20 słów, a tyle trudno utrzymać w pamięci.",
        mend_pl: "Podziel je na dwa albo trzy zdania, każde z jedną myślą. Kropkę często można postawić przed „który”, „ponieważ” albo „a”.",
        mend_en: "Cut it into two or three sentences, each with one thought. A full stop can often stand before *which*, *because* or *and*.",
    },
    /// A sentence in the passive voice does not say who does it: *został rozpatrzony*, *was decided*.
    PassiveVoice = "passive-voice" {
        pl: "Zdanie w stronie biernej nie mówi, kto to robi: „został rozpatrzony”, „was decided”.",
        mend_pl: "Napisz, kto to robi: zamiast „wniosek został przyjęty” wpisz „urząd przyjął wniosek”.",
        mend_en: "Say who does it: instead of *the form was accepted* write *the office accepted the form*.",
    },
    /// A Polish verb does not say who did it: *dokonano*, *podjęto*.
    ImpersonalForm = "impersonal-form" {
        pl: "Polski czasownik nie mówi, kto to zrobił: „dokonano”, „podjęto”.",
        mend_pl: "Napisz, kto to zrobił: zamiast „podjęto decyzję” wpisz „rada zdecydowała”.",
        mend_en: "Say who did it: instead of *podjęto decyzję* write *rada zdecydowała*.",
    },
    /// A Polish participle packs a sentence into a word: *mając*, *złożywszy*.
    Participle = "participle" {
        pl: "Polski imiesłów upycha całe zdanie w jednym słowie: „mając”, „złożywszy”.",
        mend_pl: "Napisz dwa zdania albo użyj słów „gdy”, „bo”, „i”: zamiast „składając wniosek” wpisz „gdy składasz wniosek”.",
        mend_en: "Write two sentences, or use *gdy*, *bo* or *i*: instead of *składając wniosek* write *gdy składasz wniosek*.",
    },
    /// Polish nouns do the work of verbs: *w celu uzyskania*.
    NominalStyle = "nominal-style" {
        pl: "Polskie rzeczowniki wyręczają czasowniki: „w celu uzyskania”.",
        mend_pl: "Zamień rzeczownik na czasownik: zamiast „w celu uzyskania dotacji” wpisz „żeby dostać dotację”.",
        mend_en: "Turn the noun into a verb: instead of *w celu uzyskania dotacji* write *żeby dostać dotację*.",
    },
    /// A word of offices stands where there is a plain one: *uiścić*, *prior to*.
    Officialese = "officialese" {
        pl: "Słowo urzędowe stoi tam, gdzie jest prostsze: „uiścić”, „prior to”.",
        mend_pl: "Wpisz słowo, które podpowiada komunikat: zamiast „uiścić opłatę” wpisz „zapłacić”.",
        mend_en: "Write the word that the message suggests: instead of *prior to* write *before*.",
    },
    /// The output folder holds something that huta did not write, or lies in a folder that huta reads.
    ForeignOutput = "foreign-output" {
        pl: "W folderze wyjściowym jest coś, czego nie zapisała huta, albo leży on w folderze, z którego huta czyta.",
        mend_pl: "Przenieś te pliki albo wskaż inny folder: `huta build -o FOLDER`. To, co ma być w witrynie, włóż do folderu `static`.",
        mend_en: "Move those files away, or name another folder: `huta build -o DIR`. What belongs to the site goes into the folder `static`.",
    },
    /// The file `_headers` has more rules, or longer ones, than hosts read.
    HeadersTooMany = "headers-too-many" {
        pl: "Plik `_headers` ma więcej reguł albo dłuższe reguły, niż czytają dostawcy hostingu.",
        mend_pl: "Przenieś style i skrypty ze stron do plików, bo każdy z nich wydłuża regułę. Jeśli to nie wystarczy, użyj nginx albo Caddy: `headers = [\"nginx\"]`.",
        mend_en: "Move styles and scripts out of the pages into files, for each of them makes a rule longer. If that is not enough, use nginx or Caddy: `headers = [\"nginx\"]`.",
    },
    /// A style or script stands in a tag, so the content security policy has to name it.
    InlineStyle = "inline-style" {
        pl: "Styl albo skrypt stoi w znaczniku, więc polityka bezpieczeństwa treści musi go wymieniać.",
        mend_pl: "Przenieś style do arkusza, a skrypty do pliku. Zamiast `style=\"color: red\"` wpisz `class=\"warning\"` i dodaj regułę w arkuszu.",
        mend_en: "Move styles into a style sheet and scripts into a file. Instead of `style=\"color: red\"` write `class=\"warning\"`, and add a rule to the sheet.",
    },
    /// The local server, which shows the site on your computer, cannot run.
    ServerFailed = "server-failed" {
        pl: "Lokalny serwer, który pokazuje witrynę na Twoim komputerze, nie może działać.",
        mend_pl: "Zwykle działa już w innym oknie: zamknij go tam albo wybierz inny port, np. `huta serve -p 1112`.",
        mend_en: "Usually it runs in another window already: close it there, or choose another port, for example `huta serve -p 1112`.",
    },
    /// A file cannot be written.
    WriteFailed = "write-failed" {
        pl: "Pliku nie da się zapisać.",
        mend_pl: "Sprawdź, czy na dysku jest miejsce i czy wolno Ci pisać w tym folderze. Jeśli chcesz zastąpić mapę, która już jest, dodaj do `huta map import` opcję `--force`.",
        mend_en: "Check that there is room on the disk and that you may write in this folder. To replace a map that is there already, add `--force` to `huta map import`.",
    },
    /// A new file would take the place of one that is already there.
    FileExists = "file-exists" {
        pl: "Nowy plik zająłby miejsce tego, który już jest.",
        mend_pl: "Otwórz i popraw plik, który już jest, albo wybierz dla nowego inną nazwę. Polecenie `huta new` nigdy nie nadpisuje plików.",
        mend_en: "Open the file that is there and edit it, or choose another name for the new one. `huta new` never overwrites a file.",
    },
    /// No kind of page has this name.
    UnknownKind = "unknown-kind" {
        pl: "Żaden rodzaj strony tak się nie nazywa.",
        mend_pl: "Podaj rodzaj po polsku albo po angielsku, np. `huta new miejsce \"Dworek\"`.",
        mend_en: "Name the kind in English or Polish, for example `huta new place \"Dworek\"`.",
    },
    /// It is not clear to which section a new page belongs.
    UnclearSection = "unclear-section" {
        pl: "Nie wiadomo, do którego działu należy nowa strona.",
        mend_pl: "Wskaż dział, czyli folder w `content`, np. `--section miejsca`.",
        mend_en: "Name the section, which is a folder in `content`, for example `--section miejsca`.",
    },
    /// A settings file of an editor holds something that huta cannot add to.
    SettingsUnreadable = "settings-unreadable" {
        pl: "W pliku z ustawieniami edytora jest coś, czego huta nie umie uzupełnić.",
        mend_pl: "Otwórz ten plik i dopisz to, co podaje komunikat. Huta nie zmienia plików z komentarzami ani z błędami w zapisie.",
        mend_en: "Open the file and add what the message gives. Huta does not change files with comments or mistakes in them.",
    },
    /// A file or folder that a command names is not there.
    UnknownPath = "unknown-path" {
        pl: "Pliku lub folderu, który podaje polecenie, nie ma.",
        mend_pl: "Sprawdź pisownię i podaj ścieżkę od folderu witryny, np. `content/miejsca/plac-centralny/index.md`.",
        mend_en: "Check the spelling, and give the path from the site's folder, for example `content/miejsca/plac-centralny/index.md`.",
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_kebab_case() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(
            names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        );
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }

    #[test]
    fn every_code_is_explained_in_both_languages() {
        for code in Code::ALL {
            for words in [Words::Polish, Words::English] {
                for text in [code.meaning(words), code.mending(words)] {
                    assert!(text.ends_with(['.', '?', '!', ')']), "{}: {text:?}", code.as_str());
                    assert!(!text.contains(['|', '\n', '<']), "{}: {text:?}", code.as_str());
                    assert_eq!(text.matches('`').count() % 2, 0, "{}: {text:?}", code.as_str());
                }
            }
            assert_ne!(code.meaning(Words::Polish), code.meaning(Words::English));
        }
    }
}
