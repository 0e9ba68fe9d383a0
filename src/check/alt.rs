//! Descriptions of pictures that can be heard in one breath.

use std::ops::Range;

use super::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::language::Noun;
use crate::source::{Step, Value};
use crate::text;

/// Most characters: about two sentences. Screen readers read a description without a pause and without a way back.
const LONGEST: usize = 250;

const LETTERS: Noun = Noun { pl: ["znak", "znaki", "znaków"], en: ["character", "characters"] };

/// Tells descriptions that are longer, in texts and in front matter.
pub(super) fn check(texts: &[Text<'_>], diagnostics: &mut Diagnostics) {
    for text in texts {
        for picture in &text.document.pictures {
            let place = |range: &Range<usize>| text.source.text.span(range.clone());
            measure(&picture.alt, || place(&picture.place), diagnostics);
        }
        let front = &text.source.front;
        let pictures = front.table.get("gallery").and_then(Value::as_array);
        for (index, picture) in pictures.into_iter().flatten().enumerate() {
            let base = [Step::key("gallery"), Step::Index(index), Step::key("alt")];
            let mut said = |value: &Value, path: &[Step]| {
                if let Some(alt) = value.as_str() {
                    measure(alt, || front.value_span(&text.source.text, path), diagnostics);
                }
            };
            match picture.get("alt") {
                Some(Value::Object(each)) => {
                    for (language, value) in each {
                        said(value, &[&base[..], &[Step::key(language)]].concat());
                    }
                }
                Some(value) => said(value, &base),
                None => {}
            }
        }
    }
}

fn measure(alt: &str, place: impl FnOnce() -> Span, diagnostics: &mut Diagnostics) {
    let letters = alt.chars().count();
    if letters <= LONGEST {
        return;
    }
    let (pl, en) = (LETTERS.pl(letters), LETTERS.en(letters));
    diagnostics.push(
        Diagnostic::hint(
            Code::AltTooLong,
            place(),
            text!(
                "opis obrazu jest długi: {pl}, a dobrze, gdy ma najwyżej {LONGEST}",
                "the description of the picture is long: {en}, at most {LONGEST} are good"
            ),
        )
        .help(text!(
            "zostaw jedno lub dwa zdania o tym, co widać; resztę przenieś do podpisu (caption) albo do tekstu",
            "keep one or two sentences on what is seen; move the rest to the caption or the text"
        )),
    );
}
