//! Explained words as templates see them.

use tera::Value;

use super::{Store, map_value};
use crate::glossary::Word;
use crate::language::letter;
use crate::markdown::{Explanation, typeset_for};

/// A word in a text: `text`, `id`, `word`, `means`, `permalink`, `chapter`, `text_lang`.
pub(super) fn explanation_value(word: &Explanation<'_>) -> Value {
    let chapter = word.chapter.as_ref().map(|(title, permalink)| chapter(title, permalink));
    map_value([
        ("text", word.text.into()),
        ("id", word.id.as_str().into()),
        ("word", word.word.as_str().into()),
        ("means", word.means.as_str().into()),
        ("permalink", word.permalink.as_deref().into()),
        ("chapter", chapter.unwrap_or_else(Value::none)),
        ("text_lang", word.text_language.into()),
    ])
}

/// A word of the list: `id`, `word`, `means`, `forms`, `letter`, `chapter`.
pub(super) fn word_value(store: &Store, word: &Word, language: &str) -> Value {
    let config = &store.project.config;
    let set = |text: &str| typeset_for(config, text, language);
    let page = word.chapter.as_deref().and_then(|path| store.library.page(path, language));
    let page = page.map(|id| &store.library.pages[id]);
    let chapter = page.map(|page| chapter(&set(page.front.title.as_deref().unwrap_or_default()), &page.permalink));
    map_value([
        ("id", word.id.as_str().into()),
        ("word", set(&word.word).into()),
        ("means", set(&word.means).into()),
        ("forms", Value::from(word.forms.iter().map(|form| Value::from(form.as_str())).collect::<Vec<_>>())),
        ("letter", letter(language, &word.word).into()),
        ("chapter", chapter.unwrap_or_else(Value::none)),
    ])
}

fn chapter(title: &str, permalink: &str) -> Value {
    map_value([("title", title.into()), ("permalink", permalink.into())])
}
