//! Facts that say where they come from.

use jiff::Span as Time;
use jiff::civil::Date;

use super::Subject;
use crate::content::PageDate;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::language::Noun;
use crate::source::{Step, Value};
use crate::text;

/// Kinds that are all about facts.
const FACTUAL: [&str; 4] = ["place", "legend", "organisation", "chapter"];

const MONTHS: Noun = Noun { pl: ["miesiąc", "miesiące", "miesięcy"], en: ["month", "months"] };

/// Tells pages of facts without a source, and sources that were read long ago. Originals say it for their translations.
pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let (project, library) = (subject.project, subject.library);
    let most = project.config.check.source_months;
    let oldest = project.today.checked_sub(Time::new().months(most)).unwrap_or(Date::MIN);
    for page in library.pages.iter().filter(|page| page.language == project.config.default_language) {
        let (source, front) = (&page.source, &page.source.front);
        let kind = FACTUAL.iter().find(|kind| page.blocks.contains_key(**kind));
        let sources = page.blocks.get("sources").and_then(Value::as_array);
        if let Some(kind) = kind.filter(|_| sources.is_none_or(Vec::is_empty) && !page.is_example) {
            diagnostics.push(
                Diagnostic::hint(
                    Code::SourceMissing,
                    front.key_span(&source.text, &[Step::key(kind)]),
                    text!("strona nie mówi, skąd to wiadomo", "the page does not say where this is known from"),
                )
                .help(text!(
                    "dodaj „sources”: tytuł (title), adres (url) i dzień, w którym je czytano (read)",
                    "add `sources`: title, url, and the day they were read (read)"
                )),
            );
        }
        for (index, item) in sources.into_iter().flatten().enumerate() {
            let base = [Step::key("sources"), Step::Index(index)];
            let read = item.get("read").and_then(Value::as_str);
            let Some(day) = read.and_then(PageDate::parse).map(|read| read.day).filter(|day| *day < oldest) else {
                continue;
            };
            let (pl, en) = (MONTHS.pl(most as usize), MONTHS.en(most as usize));
            diagnostics.push(
                Diagnostic::hint(
                    Code::SourceOld,
                    front.value_span(&source.text, &[&base[..], &[Step::key("read")]].concat()),
                    text!("źródło czytano {day}, ponad {pl} temu", "the source was read on {day}, more than {en} ago"),
                )
                .help(text!(
                    "przeczytaj je jeszcze raz, popraw, co się zmieniło, i wpisz dzisiejszą datę",
                    "read it again, correct what has changed and write today's date"
                )),
            );
        }
    }
}
