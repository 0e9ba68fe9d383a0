//! Files that look like a translation and are none: `index-en.md` where `index.en.md` was meant.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::text;

/// Tells pages whose name ends in a language of the site after a mark that is no dot, or is that language alone, beside a
/// page without it.
pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let (config, library) = (&subject.project.config, subject.library);
    let files: Vec<&str> = library.pages.iter().map(|page| page.source.path.as_str()).collect();
    for page in library.pages.iter().filter(|page| page.fallback_of.is_none() && page.source.name.language.is_none()) {
        let (path, stem) = (&page.source.path, &page.source.name.stem);
        let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        for language in config.language_codes().filter(|code| *code != config.default_language) {
            let bare = stem.strip_suffix(language).and_then(|rest| rest.strip_suffix(['-', '_', ' ']));
            let meant = match bare {
                Some(bare) => format!("{folder}{bare}"),
                None if stem == language => format!("{folder}index"),
                None => continue,
            };
            if !files.contains(&format!("{meant}.md").as_str()) {
                continue;
            }
            diagnostics.push(
                Diagnostic::warning(
                    Code::TranslationMissing,
                    Span::file(page.source.text.file.clone()),
                    text!(
                        "ten plik wygląda na tłumaczenie, ale jest osobną stroną",
                        "this file looks like a translation, but it is a page of its own"
                    ),
                )
                .help(text!(
                    "zmień jego nazwę na content/{meant}.{language}.md, z kropką przed językiem",
                    "rename it to content/{meant}.{language}.md, with a dot before the language"
                )),
            );
        }
    }
}
