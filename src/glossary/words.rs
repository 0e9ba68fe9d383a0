//! All explained words of a site.

use std::collections::HashMap;

use super::reader::Reader;
use super::{Lexicon, TEMPLATE, is_glossary};
use crate::config::Project;
use crate::content::Library;
use crate::diagnostic::Diagnostics;
use crate::language::compare;
use crate::source::Asset;

/// A word explained in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its name in addresses, the same in every language.
    pub id: String,
    /// The word or phrase, as it stands in a dictionary.
    pub word: String,
    /// What it means.
    pub means: String,
    /// Forms that were written out.
    pub forms: Vec<String>,
    /// Canonical path of the page that says more.
    pub chapter: Option<String>,
    /// Folder below `content/` that it is explained in, with a slash at the end.
    folder: String,
}

/// All explained words of a site.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    languages: HashMap<String, Words>,
}

/// The words of one language.
#[derive(Debug, Clone, Default)]
struct Words {
    /// In alphabetical order.
    list: Vec<Word>,
    /// What is found at and below a folder that explains words, those of the folders above it included.
    lexicons: Vec<(String, Lexicon)>,
    /// Address of the page that lists the words.
    page: Option<String>,
}

impl Glossary {
    /// The files among others that explain words.
    #[must_use]
    pub fn files(assets: &[Asset]) -> Vec<Asset> {
        assets.iter().filter(|asset| is_glossary(asset)).cloned().collect()
    }

    /// Reads the files. What is wrong goes into `diagnostics`.
    #[must_use]
    pub fn build(project: &Project, library: &Library, files: &[Asset], diagnostics: &mut Diagnostics) -> Self {
        let config = &project.config;
        let mut languages: HashMap<String, Words> = HashMap::new();
        let mut reader = Reader { root: &project.root, config, library, diagnostics };
        for file in files {
            let folder = file.path.strip_suffix(super::FILE).unwrap_or_default();
            for entry in reader.read(file) {
                for language in config.language_codes() {
                    let said = &entry.said;
                    let text = |texts: &std::collections::BTreeMap<String, String>| {
                        texts.get(language).map(|text| text.trim().to_string()).filter(|text| !text.is_empty())
                    };
                    let (Some(word), Some(means)) = (text(&said.word), text(&said.means)) else { continue };
                    languages.entry(language.to_string()).or_default().list.push(Word {
                        id: said.id.clone(),
                        word,
                        means,
                        forms: said.forms.get(language).cloned().unwrap_or_default(),
                        chapter: entry.chapter.clone(),
                        folder: folder.to_string(),
                    });
                }
            }
        }
        for (language, words) in &mut languages {
            words.finish(language);
            words.page = page(library, language);
        }
        Self { languages }
    }

    /// The words of a language in its alphabetical order.
    #[must_use]
    pub fn words(&self, language: &str) -> &[Word] {
        self.languages.get(language).map_or(&[], |words| &words.list)
    }

    /// What is found in texts of a language by its number.
    #[must_use]
    pub fn word(&self, language: &str, number: usize) -> Option<&Word> {
        self.languages.get(language)?.list.get(number)
    }

    /// What is found in the text of a file, named by its path below `content/`.
    #[must_use]
    pub fn lexicon(&self, path: &str, language: &str) -> Option<&Lexicon> {
        let words = self.languages.get(language)?;
        // The deepest folder comes first.
        words.lexicons.iter().find(|(folder, _)| path.starts_with(folder.as_str())).map(|(_, lexicon)| lexicon)
    }

    /// Address of a word on the page that lists all of them, where a language has such a page.
    #[must_use]
    pub fn permalink(&self, word: &Word, language: &str) -> Option<String> {
        let page = self.languages.get(language)?.page.as_ref()?;
        Some(format!("{page}#{}", word.id))
    }
}

impl Words {
    fn finish(&mut self, language: &str) {
        self.list.sort_by(|a, b| compare(language, &a.word, &b.word).then_with(|| a.id.cmp(&b.id)));
        let mut folders: Vec<&str> = self.list.iter().map(|word| word.folder.as_str()).collect();
        folders.sort_unstable_by_key(|folder| (std::cmp::Reverse(folder.len()), *folder));
        folders.dedup();
        self.lexicons = folders.iter().map(|folder| ((*folder).to_string(), self.lexicon(folder, language))).collect();
    }

    /// A word explained nearer hides one further up.
    fn lexicon(&self, folder: &str, language: &str) -> Lexicon {
        let mut words: Vec<(usize, &Word)> =
            self.list.iter().enumerate().filter(|(_, word)| folder.starts_with(&word.folder)).collect();
        words.sort_by_key(|(_, word)| std::cmp::Reverse(word.folder.len()));
        Lexicon::new(language, words.iter().map(|(number, word)| (*number, word.word.as_str(), &word.forms[..])))
    }
}

/// Address of the section or page of a language that lists the words.
fn page(library: &Library, language: &str) -> Option<String> {
    let asks = |template: Option<&str>| template == Some(TEMPLATE);
    let mut sections = library.sections.iter().filter(|section| section.language == language);
    let section = sections.find(|section| asks(section.front.template.as_deref()));
    let mut pages = library.pages.iter().filter(|page| page.language == language);
    section
        .map(|section| section.permalink.clone())
        .or_else(|| pages.find(|page| asks(page.front.template.as_deref())).map(|page| page.permalink.clone()))
}
