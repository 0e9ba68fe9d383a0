//! Typography by language: quotation marks, dashes, apostrophes, no-break spaces.

use crate::config::Config;

/// Words that must not end a line in Polish (one-letter prepositions and conjunctions).
const POLISH_HANGING: [&str; 6] = ["a", "i", "o", "u", "w", "z"];

/// Abbreviations that belong to the name or number after them.
const POLISH_LEADING: [&str; 12] =
    ["al.", "ul.", "os.", "pl.", "św.", "im.", "nr", "poz.", "art.", "ust.", "ks.", "tel."];

/// Units that belong to the number before them.
const UNITS: [&str; 21] = [
    "m", "km", "cm", "mm", "ha", "m²", "km²", "kg", "t", "zł", "r.", "w.", "tys.", "mln", "mld", "min", "godz.", "%",
    "°C", "kB", "MB",
];

/// Sets a piece of text after the rules of its language; `before` is the character in front of it, if there is one.
///
/// - straight quotation marks become „…” in Polish and “…” elsewhere, an apostrophe after a letter becomes ’,
/// - a hyphen between spaces becomes an en dash,
/// - a no-break space follows a one-letter word or an abbreviation such as `os.` in Polish, and a number before a unit
///   in every language; it stands within a number whose thousands are set apart.
#[must_use]
pub fn typeset(text: &str, language: &str, before: Option<char>) -> String {
    let polish = is_polish(language);
    glue(&marks(text, polish, before), polish)
}

/// A text set after the rules of its language where the site asks for it, as it is where not.
#[must_use]
pub fn typeset_for(config: &Config, text: &str, language: &str) -> String {
    if config.markdown.typography { typeset(text, language, None) } else { text.to_string() }
}

/// Whether a line must not break after this text: it ends in a word that may not hang.
pub(super) fn hangs(text: &str, language: &str) -> bool {
    is_polish(language) && text.rsplit([' ', '\u{a0}']).next().is_some_and(|word| leads(bare(word)))
}

fn is_polish(language: &str) -> bool {
    language.split('-').next() == Some("pl")
}

fn marks(text: &str, polish: bool, before: Option<char>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut previous = before;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied();
        let opens = previous.is_none_or(|p| p.is_whitespace() || "([„“–—".contains(p));
        let set = match c {
            '"' if opens && polish => '„',
            '"' if opens => '“',
            '"' => '”',
            // An apostrophe, or a single mark that closes: they look the same.
            '\'' if previous.is_some_and(char::is_alphabetic) => '’',
            '-' if previous == Some(' ') && next == Some(' ') => '–',
            other => other,
        };
        out.push(set);
        previous = Some(c);
    }
    out
}

fn glue(text: &str, polish: bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        out.push_str(word);
        let Some(next) = words.peek() else { break };
        let bare = bare(word);
        let measured = bare.ends_with(|c: char| c.is_ascii_digit()) && UNITS.contains(&without_mark(next));
        out.push(if measured || thousands(bare, next) || (polish && leads(bare)) { '\u{a0}' } else { ' ' });
    }
    out
}

/// Whether two words are parts of one number: `10` and `000`, `1` and `250,50`.
fn thousands(word: &str, next: &str) -> bool {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    // A year before a number of three digits is not its beginning.
    (1..=3).contains(&word.len()) && digits(word) == word.len() && digits(next) == 3
}

fn leads(word: &str) -> bool {
    let lower = word.to_lowercase();
    POLISH_HANGING.contains(&lower.as_str()) || POLISH_LEADING.contains(&lower.as_str())
}

fn bare(word: &str) -> &str {
    word.trim_start_matches(['(', '„', '“', '«', '–', '—', '['])
}

fn without_mark(word: &str) -> &str {
    let trimmed = word.trim_end_matches([',', ';', ':', ')', '!', '?', '”', '»']);
    match trimmed.strip_suffix('.') {
        Some(bare) if UNITS.contains(&bare) => bare,
        _ => trimmed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pl(text: &str) -> String {
        typeset(text, "pl", None).replace('\u{a0}', "~")
    }

    fn en(text: &str) -> String {
        typeset(text, "en", None).replace('\u{a0}', "~")
    }

    #[test]
    fn polish_words_do_not_hang() {
        assert_eq!(pl("Spacer w Nowej Hucie i na os. Górali"), "Spacer w~Nowej Hucie i~na os.~Górali");
        assert_eq!(pl("(w centrum) U "), "(w~centrum) U~");
        assert_eq!(en("a tour"), "a tour");
        assert!(hangs("idź w", "pl") && hangs("od ul.", "pl") && !hangs("idź na", "pl") && !hangs("a", "en"));
    }

    #[test]
    fn numbers_keep_their_units() {
        assert_eq!(pl("mur ma 30 m, dzwon 7 t."), "mur ma 30~m, dzwon 7~t.");
        assert_eq!(en("a 260 m block"), "a 260~m block");
        assert_eq!(pl("w 1960 roku"), "w~1960 roku");
        assert_eq!(pl("do 10 000 zł, 1 250 000, lata 1949 150 osób"), "do 10~000~zł, 1~250~000, lata 1949 150 osób");
    }

    #[test]
    fn quotation_marks_dashes_and_apostrophes() {
        assert_eq!(pl("kino \"Świt\" - dziś sklep (\"Tajwan\")"), "kino „Świt” – dziś sklep („Tajwan”)");
        assert_eq!(en("Lenin's \"heel\", organisations' names"), "Lenin’s “heel”, organisations’ names");
        assert_eq!(pl("lata 1949-1958, biało-czerwony"), "lata 1949-1958, biało-czerwony");
        assert_eq!(typeset("\" koniec", "pl", Some('t')), "” koniec");
    }
}
