//! Translations that are not there, or say what the original no longer says.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, Text};
use crate::source::{Source, Step};
use crate::text;
use crate::translation::{KEY, Row, State, Status};

/// Changes that a message lists; the rest is counted.
const MOST: usize = 4;

/// Tells both, the second with what has changed since.
pub(super) fn check(status: &Status, diagnostics: &mut Diagnostics) {
    for row in &status.rows {
        let (file, language) = (&row.file, &row.language);
        match &row.state {
            State::Missing => diagnostics.push(
                Diagnostic::hint(
                    Code::TranslationMissing,
                    Span::file(row.original.text.file.clone()),
                    text!(
                        "strona nie ma wersji w języku „{language}”",
                        "the page has no version in the language `{language}`"
                    ),
                )
                .help(text!(
                    "przetłumacz title, description i tekst w pliku content/{file}",
                    "translate title, description and text in the file content/{file}"
                )),
            ),
            State::Stale(changes) => {
                let Some(translation) = &row.translation else { continue };
                let mut list: Vec<Text> = changes.iter().take(MOST).map(|change| row.change(change)).collect();
                if changes.len() > MOST {
                    let more = changes.len() - MOST;
                    list.push(text!("i jeszcze {more}", "and {more} more"));
                }
                let join = |get: fn(&Text) -> &str| list.iter().map(get).collect::<Vec<_>>().join("; ");
                let (pl, en) = (join(|text| &text.pl), join(|text| &text.en));
                diagnostics.push(
                    Diagnostic::warning(
                        Code::TranslationStale,
                        translation.front.key_span(&translation.text, &[Step::key(KEY)]),
                        text!(
                            "oryginał zmienił się od czasu tłumaczenia: {pl}",
                            "the original has changed since the translation: {en}"
                        ),
                    )
                    .help(help(row)),
                );
            }
            State::Unstamped if is_empty(row) => {
                let Some(translation) = &row.translation else { continue };
                diagnostics.push(
                    Diagnostic::warning(
                        Code::TranslationMissing,
                        translation.text.span(translation.front.body_start..translation.text.text.len()),
                        text!(
                            "tłumaczenie nie ma tekstu, a oryginał ma",
                            "the translation has no text, and the original has"
                        ),
                    )
                    .help(text!(
                        "przetłumacz tekst; do tego czasu lepiej usuń ten plik, wtedy czytelnik zobaczy oryginał",
                        "translate the text; until then rather remove this file, and readers will see the original"
                    )),
                );
            }
            State::Unstamped | State::Current => {}
        }
    }
}

/// Whether the original has a text and the translation only what nobody sees.
fn is_empty(row: &Row) -> bool {
    let says = |source: &Source| {
        let body = source.body();
        let without = body.split("<!--").enumerate().map(|(at, part)| match at {
            0 => part,
            _ => part.split_once("-->").map_or("", |(_, rest)| rest),
        });
        without.collect::<String>().contains(char::is_alphanumeric)
    };
    says(&row.original) && row.translation.as_ref().is_some_and(|translation| !says(translation))
}

fn help(row: &Row) -> Text {
    let (original, file) = (&row.original.text.file, &row.file);
    text!(
        "popraw tłumaczenie według pliku {original}, potem zapisz, że jest aktualne: huta status --stamp content/{file}",
        "bring the translation up to {original}, then say that it is current: huta status --stamp content/{file}"
    )
}
