//! Reads a file of explained words and tells what is wrong with it.

use std::collections::HashMap;
use std::path::Path;

use super::FILE;
use super::described::{REQUIRED, Said};
use crate::config::Config;
use crate::content::Library;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceText, Span, help_with_suggestion};
use crate::source::{Asset, ContentName, FrontMatter, MOST_TOLD, Step, Value, decode_all, read_text, too_much};
use crate::text;

/// Most words of one file. A dictionary of the town's own words has some hundreds.
const MOST_WORDS: usize = 2000;

/// An entry that was read, with the chapter that was found for it.
pub(super) struct Entry {
    pub(super) said: Said,
    pub(super) chapter: Option<String>,
}

/// Reads the files of one site, one after another.
pub(super) struct Reader<'a, 'd> {
    pub(super) root: &'a Path,
    pub(super) config: &'a Config,
    pub(super) library: &'a Library,
    pub(super) diagnostics: &'d mut Diagnostics,
}

/// The file that is read.
struct File {
    source: SourceText,
    front: FrontMatter,
    /// Its folder below `content/`, with a slash at the end.
    folder: String,
}

impl File {
    fn key(&self, path: &[Step]) -> Span {
        self.front.key_span(&self.source, path)
    }

    fn value(&self, path: &[Step]) -> Span {
        self.front.value_span(&self.source, path)
    }

    /// The line a value stands in.
    fn line(&self, path: &[Step]) -> usize {
        self.value(path).line
    }
}

impl Reader<'_, '_> {
    /// The entries of a file in their order; those that cannot be used are told and left out.
    pub(super) fn read(&mut self, asset: &Asset) -> Vec<Entry> {
        let Some(text) = self.diagnostics.take(read_text(&asset.file, self.root)) else { return vec![] };
        let source = SourceText { file: format!("content/{}", asset.path), text };
        let Some((front, list)) = self.diagnostics.take(FrontMatter::yaml_list(&source)) else { return vec![] };
        let folder = asset.path.strip_suffix(FILE).unwrap_or_default().to_string();
        let file = File { source, front, folder };
        let mut entries: Vec<(usize, Said)> = vec![];
        if list.len() > MOST_WORDS {
            self.diagnostics.push(too_much(
                Span::file(&file.source.file),
                text!("ponad {MOST_WORDS} słów", "more than {MOST_WORDS} words"),
                text!(
                    "rozdziel je na pliki glossary.yaml w różnych folderach",
                    "split them between glossary.yaml files in several folders"
                ),
            ));
            return vec![];
        }
        let told_before = self.diagnostics.len();
        for (at, value) in list.iter().enumerate() {
            if self.diagnostics.len() > told_before + MOST_TOLD {
                return vec![];
            }
            entries.extend(self.decode(&file, at, value).map(|said| (at, said)));
        }
        self.check_repeats(&file, &entries);
        let read = entries.into_iter().map_while(|(at, said)| {
            if self.diagnostics.len() > told_before + MOST_TOLD {
                return None;
            }
            let chapter = self.chapter(&file, at, &said);
            self.check(&file, at, &said, &list[at]);
            Some(Entry { said, chapter })
        });
        read.collect()
    }

    fn decode(&mut self, file: &File, at: usize, value: &Value) -> Option<Said> {
        let base = [Step::Index(at)];
        let Value::Object(table) = value else {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::WrongType,
                    file.value(&base),
                    text!("to nie jest opis słowa", "this does not explain a word"),
                )
                .help(text!(
                    "każdy element listy ma klucze: id, word, means",
                    "each item of the list has the keys id, word, means"
                )),
            );
            return None;
        };
        let (said, problems) = decode_all::<Said>(table, &REQUIRED);
        for problem in problems {
            self.diagnostics.push(problem.diagnostic(&base, &file.front, &file.source));
        }
        said
    }

    /// What is wrong with one entry by itself.
    fn check(&mut self, file: &File, at: usize, said: &Said, written: &Value) {
        let step = |keys: &[&str]| [vec![Step::Index(at)], keys.iter().map(|key| Step::key(key)).collect()].concat();
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if said.id.is_empty() || !said.id.chars().all(is_name) {
            let id = &said.id;
            self.diagnostics.push(
                Diagnostic::error(
                    Code::InvalidValue,
                    file.value(&step(&["id"])),
                    text!("„{id}” nie może być nazwą w adresie", "`{id}` cannot be a name in an address"),
                )
                .help(text!(
                    "użyj małych liter bez polskich znaków, cyfr i łączników: wklad-wlasny",
                    "use small letters without accents, digits and hyphens: own-contribution"
                )),
            );
        }
        for (key, texts) in [("word", &said.word), ("means", &said.means)] {
            for (language, _) in texts.iter().filter(|(_, text)| text.trim().is_empty()) {
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::InvalidValue,
                        file.key(&step(&[key, language])),
                        text!("„{key}” w języku {language} jest puste", "`{key}` in the language {language} is empty"),
                    )
                    .help(text!("wpisz tekst albo usuń ten klucz", "write a text, or remove this key")),
                );
            }
        }
        let forms = said.forms.keys().map(|language| ("forms", language));
        let texts = [("word", &said.word), ("means", &said.means)];
        let all = texts.into_iter().flat_map(|(key, texts)| texts.keys().map(move |language| (key, language)));
        let known: Vec<&str> = self.config.language_codes().collect();
        for (key, language) in all.chain(forms).filter(|(_, language)| !known.contains(&language.as_str())) {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::UnknownLanguage,
                    file.key(&step(&[key, language])),
                    text!("witryna nie ma języka „{language}”", "the site has no language `{language}`"),
                )
                .help(help_with_suggestion(language, &known)),
            );
        }
        for language in known {
            // What is there and of another type was told.
            let lacking = |key: &str| written.get(key).is_some_and(|texts| texts.get(language).is_none());
            let key = match (lacking("word"), lacking("means")) {
                (false, false) => continue,
                (false, true) => "means",
                (true, _) => "word",
            };
            let id = &said.id;
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::UntranslatedWord,
                    file.key(&step(&[key])),
                    text!(
                        "słowa „{id}” nie objaśniono w języku {language}",
                        "the word `{id}` is not explained in the language {language}"
                    ),
                )
                .help(text!(
                    "dopisz {key}: {{ {language}: … }}; bez tego słowo jest w tym języku pominięte",
                    "add {key}: {{ {language}: … }}; without it the word is left out in this language"
                )),
            );
        }
    }

    /// Names and words that two entries of a file share.
    fn check_repeats(&mut self, file: &File, entries: &[(usize, Said)]) {
        let mut ids: HashMap<&str, Vec<Step>> = HashMap::new();
        let mut words: HashMap<(&str, String), (usize, Vec<Step>)> = HashMap::new();
        for (at, said) in entries {
            let path = vec![Step::Index(*at), Step::key("id")];
            let id = &said.id;
            match ids.get(id.as_str()) {
                Some(first) => {
                    let line = file.line(first);
                    self.diagnostics.push(
                        Diagnostic::error(
                            Code::InvalidValue,
                            file.value(&path),
                            text!("id „{id}” jest już w wierszu {line}", "the id `{id}` is already in line {line}"),
                        )
                        .help(text!("nazwij to słowo inaczej", "name this word otherwise")),
                    );
                }
                None => _ = ids.insert(id, path),
            }
            let own = said.word.iter().map(|(language, word)| {
                (language.as_str(), word, vec![Step::Index(*at), Step::key("word"), Step::key(language)])
            });
            let forms = said.forms.iter().flat_map(|(language, forms)| {
                forms.iter().enumerate().map(move |(number, form)| {
                    let path = vec![Step::Index(*at), Step::key("forms"), Step::key(language), Step::Index(number)];
                    (language.as_str(), form, path)
                })
            });
            for (language, word, path) in own.chain(forms).filter(|(_, word, _)| !word.trim().is_empty()) {
                match words.get(&(language, word.to_lowercase())) {
                    // The same entry may say a form twice.
                    Some((other, _)) if other == at => {}
                    Some((_, first)) => {
                        let line = file.line(first);
                        self.diagnostics.push(
                            Diagnostic::error(
                                Code::WordTwice,
                                file.value(&path),
                                text!(
                                    "słowo „{word}” objaśnia już wiersz {line}",
                                    "the word `{word}` is explained in line {line} already"
                                ),
                            )
                            .help(text!("zostaw jedno z nich", "keep one of them")),
                        );
                    }
                    None => _ = words.insert((language, word.to_lowercase()), (*at, path)),
                }
            }
        }
    }

    /// Canonical path of the page that says more about a word: a folder or file beside the glossary.
    fn chapter(&mut self, file: &File, at: usize, said: &Said) -> Option<String> {
        let name = said.chapter.as_deref()?.trim_matches('/');
        let folder = &file.folder;
        let near = [format!("{folder}{name}/index.md"), format!("{folder}{name}.md")];
        let default = &self.config.default_language;
        if let Some(path) = near.iter().find(|path| self.library.page(path, default).is_some()) {
            return Some(path.clone());
        }
        let pages = self.library.pages.iter().filter(|page| &page.language == default);
        let known: Vec<&str> = pages
            .filter_map(|page| page.canonical.strip_prefix(folder.as_str()))
            .map(|path| path.strip_suffix("/index.md").unwrap_or(path.trim_end_matches(".md")))
            .collect();
        // One that could not be read was told already.
        if self.library.lost.iter().map(ContentName::canonical).any(|lost| near.contains(&lost)) {
            return None;
        }
        let help = if known.is_empty() {
            text!("w tym folderze nie ma jeszcze żadnej strony", "there are no pages in this folder yet")
        } else {
            help_with_suggestion(name, &known)
        };
        self.diagnostics.push(
            Diagnostic::warning(
                Code::UnknownChapter,
                file.value(&[Step::Index(at), Step::key("chapter")]),
                text!("nie ma rozdziału „{name}”", "there is no chapter `{name}`"),
            )
            .help(help),
        );
        None
    }
}
