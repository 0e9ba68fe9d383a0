//! What must be said about a picture, and what cannot be right.

use super::album::{is_language, missing};
use super::described::Words;
use super::reader::{Entry, Reader};
use super::{FILE, Licence};
use crate::diagnostic::{Code, Diagnostic, help_with_suggestion};
use crate::source::{Source, Step};
use crate::text;

impl Reader<'_, '_> {
    /// Pushes everything wrong with one picture.
    pub(super) fn check(&mut self, entry: &Entry<'_>) {
        let said = &entry.said;
        let at = |key: &str| entry.home.span(&[&entry.path[..], &[Step::key(key)]].concat());
        let whole = entry.home.front.key_span(entry.home.source, &entry.path);
        if self.owner.asset(&said.file).is_none() {
            self.diagnostics.push(missing(&said.file, self.owner.assets, &self.owner.folder, at("file")));
            return;
        }
        let name = &said.file;
        let language = &self.config.default_language;
        let has = |words: Option<&Words>| words.is_some_and(|words| words.get(language, entry.language).is_some());
        if !has(said.alt.as_ref()) {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::PictureWithoutAlt,
                    whole.clone(),
                    text!("obraz „{name}” nie ma opisu (alt)", "the picture `{name}` has no description (alt)"),
                )
                .help(text!(
                    "dopisz alt: jednym zdaniem, co na nim widać – dla tych, którzy go nie zobaczą",
                    "add alt: one sentence on what is seen – for those who will not see it"
                )),
            );
        }
        let lacking: Vec<&str> = [("credit", has(said.credit.as_ref())), ("licence", said.licence.is_some())]
            .into_iter()
            .filter_map(|(key, is_there)| (!is_there).then_some(key))
            .collect();
        if !lacking.is_empty() {
            let keys = lacking.join(", ");
            self.diagnostics.push(
                Diagnostic::error(
                    Code::PictureWithoutRights,
                    whole,
                    text!("przy obrazie „{name}” brakuje: {keys}", "the picture `{name}` lacks: {keys}"),
                )
                .help(text!(
                    "credit to autor, licence to np. CC BY-SA 4.0; dla całego folderu wpisz je raz w pliku {FILE}",
                    "credit is the author, licence is for example CC BY-SA 4.0; for a whole folder write them once in the file {FILE}"
                )),
            );
        }
        if let Some(licence) = &said.licence
            && Licence::parse(licence).is_none()
        {
            let known = Licence::known();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.diagnostics.push(
                Diagnostic::error(
                    Code::UnknownLicence,
                    at("licence"),
                    text!("„{licence}” nie jest znaną licencją", "`{licence}` is not a known licence"),
                )
                .help(help_with_suggestion(licence, &known)),
            );
        }
        if let Some(date) = &said.date
            && !crate::content::is_partial_date(date)
        {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::InvalidValue,
                    at("date"),
                    text!("„{date}” nie jest datą", "`{date}` is not a date"),
                )
                .help(text!(
                    "wpisz rok, miesiąc albo dzień w cudzysłowie: \"1960\", \"1960-04\", \"1960-04-27\"",
                    "write a year, month or day in quotes: \"1960\", \"1960-04\", \"1960-04-27\""
                )),
            );
        }
        for (key, words) in [("alt", &said.alt), ("caption", &said.caption), ("credit", &said.credit)] {
            for code in words.iter().flat_map(Words::languages).filter(|code| !is_language(self.config, code)) {
                let known: Vec<&str> = self.config.language_codes().collect();
                let path = [&entry.path[..], &[Step::key(key), Step::key(code)]].concat();
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::UnknownLanguage,
                        entry.home.front.key_span(entry.home.source, &path),
                        text!("witryna nie ma języka „{code}”", "the site has no language `{code}`"),
                    )
                    .help(help_with_suggestion(code, &known)),
                );
            }
        }
    }

    /// A lead picture that is not there, or is described nowhere.
    pub(super) fn report_cover(&mut self, source: &Source, cover: &str, entries: &[Entry<'_>]) {
        let place = source.front.value_span(&source.text, &[Step::key("cover")]);
        if self.owner.asset(cover).is_none() {
            self.diagnostics.push(missing(cover, self.owner.assets, &self.owner.folder, place));
        } else if entries.iter().all(|entry| entry.said.file != cover) {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::PictureWithoutAlt,
                    place,
                    text!("obraz „{cover}” nie jest nigdzie opisany", "the picture `{cover}` is described nowhere"),
                )
                .help(text!(
                    "dopisz go pod „gallery”: file, alt, credit i licence",
                    "add it under `gallery`: file, alt, credit and licence"
                )),
            );
        }
    }
}
