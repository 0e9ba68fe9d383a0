//! Finding, reading and decoding the configuration.

use std::path::{Path, PathBuf};

use super::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, SourceText, Span, did_you_mean};
use crate::source::read_text;
use crate::text;

/// File names of the configuration, the first that exists counts.
pub const FILE_NAMES: [&str; 3] = ["huta.toml", "zola.toml", "config.toml"];

/// Keys that older versions of Zola had, and what replaced them.
const REPLACED: [(&str, &str); 13] = [
    ("generate_feed", "generate_feeds"),
    ("generate_rss", "generate_feeds"),
    ("feed_filename", "feed_filenames"),
    ("rss_limit", "feed_limit"),
    ("highlight_code", "[markdown.highlighting]"),
    ("highlight_theme", "[markdown.highlighting] theme"),
    ("highlight_themes_css", "[markdown.highlighting] style = \"class\""),
    ("extra_syntaxes_and_themes", "[markdown.highlighting] extra_grammars, extra_themes"),
    ("extra_syntaxes", "[markdown.highlighting] extra_grammars"),
    ("extra_highlight_themes", "[markdown.highlighting] extra_themes"),
    ("slugify_paths", "[slugify] paths"),
    ("render_emoji", "[markdown] render_emoji"),
    ("external_links_target_blank", "[markdown] external_links_target_blank"),
];

/// The folder and the file of a site's configuration, looked for in `root` and then in the folders above it.
///
/// `asked` is the file the user named, from `root`; without it the [`FILE_NAMES`] are tried.
#[must_use]
pub fn find(root: &Path, asked: Option<&Path>) -> Option<(PathBuf, PathBuf)> {
    if !root.is_dir() {
        return None;
    }
    let names: Vec<&Path> = match asked {
        Some(asked) => vec![asked],
        None => FILE_NAMES.iter().map(Path::new).collect(),
    };
    let here = std::iter::once(root.to_path_buf());
    let above = std::path::absolute(root).unwrap_or_else(|_| root.to_path_buf());
    let above = above.ancestors().skip(1).map(Path::to_path_buf).collect::<Vec<_>>();
    here.chain(above).find_map(|folder| {
        let file = names.iter().map(|name| folder.join(name)).find(|file| file.is_file())?;
        Some((folder, file))
    })
}

impl Config {
    /// Reads and checks the configuration in `file` of the site at `root`.
    ///
    /// Problems are pushed into `diagnostics`; `None` means that nothing can be built.
    pub fn load(root: &Path, file: &Path, diagnostics: &mut Diagnostics) -> Option<Self> {
        let source =
            SourceText { file: crate::source::relative(file, root), text: diagnostics.take(read_text(file, root))? };
        let before = diagnostics.count(Severity::Error);
        let config = match toml::from_str::<Self>(&source.text) {
            Ok(config) => Self { source, ..config },
            Err(error) => {
                diagnostics.push(syntax_error(&source, &error));
                return None;
            }
        };
        config.check(diagnostics);
        (diagnostics.count(Severity::Error) == before).then_some(config)
    }

    /// The diagnostic of a site without a configuration.
    #[must_use]
    pub fn missing(root: &Path, asked: Option<&Path>) -> Diagnostic {
        let folder = root.display();
        let name = asked.map_or_else(|| FILE_NAMES[0].to_string(), |asked| asked.display().to_string());
        Diagnostic::error(
            Code::ConfigMissing,
            None,
            text!("w folderze „{folder}” nie ma pliku {name}", "there is no {name} in `{folder}`"),
        )
        .help(text!(
            "uruchom program w folderze witryny albo wskaż go: huta --root FOLDER",
            "run the program in the site's folder, or name it: huta --root DIR"
        ))
    }
}

fn syntax_error(source: &SourceText, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().map_or_else(|| Span::file(&source.file), |range| source.span(range));
    let message = error.message();
    if let Some(rest) = message.strip_prefix("unknown field `") {
        let mut quoted = rest.split('`');
        let key = quoted.next().unwrap_or_default().to_string();
        let known: Vec<&str> = quoted.skip(1).step_by(2).collect();
        let diagnostic =
            Diagnostic::error(Code::UnknownKey, span, text!("nieznany klucz „{key}”", "unknown key `{key}`"));
        return match REPLACED.iter().find(|(old, _)| *old == key) {
            Some((_, new)) => diagnostic.help(text!(
                "nowsze wersje Zoli mają zamiast niego: {new}",
                "newer versions of Zola use {new} instead"
            )),
            None => match did_you_mean(&key, known.iter().copied()) {
                Some(near) => diagnostic.help(text!("czy chodziło o „{near}”?", "did you mean `{near}`?")),
                None => diagnostic
                    .help(text!("własne dane wpisz w tabeli [extra]", "your own data go into the [extra] table")),
            },
        };
    }
    Diagnostic::error(
        Code::ConfigInvalid,
        span,
        text!("konfiguracji nie da się odczytać: {message}", "the configuration cannot be read: {message}"),
    )
    .help(text!("popraw to miejsce w pliku", "mend this place in the file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_is_looked_for_upwards() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let below = root.join("content/deep");
        std::fs::create_dir_all(&below).unwrap();
        std::fs::write(root.join("zola.toml"), "").unwrap();
        std::fs::write(root.join("other.toml"), "").unwrap();
        assert_eq!(find(&below, None), Some((root.to_path_buf(), root.join("zola.toml"))));
        assert_eq!(find(root, Some(Path::new("other.toml"))).unwrap().1, root.join("other.toml"));
        assert_eq!(find(root, Some(Path::new("no-such.toml"))), None);
        assert_eq!(find(&root.join("no-such-folder"), None), None);
    }
}
