//! What calendars say besides what pages say.

use crate::template::Store;

/// Key, Polish, English. A site says it otherwise in its `translations`.
const WORDS: [(&str, &str, &str); 11] = [
    ("calendar.events", "Wydarzenia", "Events"),
    ("calendar.calls", "Nabory wniosków", "Calls for proposals"),
    ("calendar.call", "Nabór", "Call"),
    ("calendar.cancelled", "Odwołane", "Cancelled"),
    ("calendar.late_notice", "Późne zaproszenie: ogłoszono je dopiero", "Late notice: announced only on"),
    ("calendar.organiser", "Organizator", "Organiser"),
    ("calendar.online", "Przez internet", "Online"),
    ("calendar.link", "Więcej", "More"),
    ("calendar.opens", "Start naboru", "Call opens"),
    ("calendar.closes", "Ostatni dzień naboru", "Last day of the call"),
    ("calendar.funder", "Kto daje pieniądze", "Funder"),
];

/// A word in a language: the site's own, else ours, else the key's last part.
pub(super) fn word(store: &Store, language: &str, key: &str) -> String {
    if let Some(own) = store.project.config.language(language).translations.get(key) {
        return own.clone();
    }
    let ours = WORDS.iter().find(|(known, ..)| *known == key);
    let is_polish = language.split('-').next() == Some("pl");
    let last = key.rsplit('.').next().unwrap_or(key);
    ours.map_or(last, |(_, polish, english)| if is_polish { polish } else { english }).to_string()
}
