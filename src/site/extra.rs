//! `[extra]` of the configuration and of the theme.

use std::path::Path;

use tera::Value;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, SourceText, Span};
use crate::source::read_text;
use crate::text;

/// `[extra]` of the site over that of its theme.
pub(super) fn merged(root: &Path, config: &Config) -> Result<Value, Diagnostic> {
    let mut merged = toml::Table::new();
    if let Some(theme) = &config.theme {
        let path = root.join("themes").join(theme).join("theme.toml");
        if path.is_file() {
            let source = SourceText { file: format!("themes/{theme}/theme.toml"), text: read_text(&path, root)? };
            let table: toml::Table = toml::from_str(&source.text).map_err(|error| {
                let said = error.message();
                let span = error.span().map_or_else(|| Span::file(&source.file), |range| source.span(range));
                Diagnostic::error(
                    Code::ThemeInvalid,
                    span,
                    text!("pliku motywu nie da się odczytać: {said}", "the theme's file cannot be read: {said}"),
                )
                .help(text!("popraw to miejsce w pliku", "mend this place in the file"))
            })?;
            if let Some(toml::Value::Table(extra)) = table.get("extra") {
                merged = extra.clone();
            }
        }
    }
    overlay(&mut merged, &config.extra, &mut vec!["extra"], config)?;
    Ok(Value::from_serializable(&merged))
}

fn overlay<'a>(
    under: &mut toml::Table,
    over: &'a toml::Table,
    path: &mut Vec<&'a str>,
    config: &Config,
) -> Result<(), Diagnostic> {
    for (key, value) in over {
        path.push(key);
        match (under.get_mut(key), value) {
            (Some(toml::Value::Table(under)), toml::Value::Table(over)) => overlay(under, over, path, config)?,
            (Some(old), new) if old.is_table() != new.is_table() => {
                let name = path.join(".");
                return Err(Diagnostic::error(
                    Code::ConfigInvalid,
                    config.span(path),
                    text!(
                        "„{name}” jest czymś innym w motywie, a czymś innym w witrynie",
                        "`{name}` is one thing in the theme and another in the site"
                    ),
                )
                .help(text!(
                    "zapisz ten klucz tak samo jak motyw: jako tabelę albo wartość",
                    "write the key as the theme does: a table or a value"
                )));
            }
            _ => {
                under.insert(key.clone(), value.clone());
            }
        }
        path.pop();
    }
    Ok(())
}
