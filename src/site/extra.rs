//! `[extra]` of the configuration and of the theme.

use tera::Value;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::text;

/// `[extra]` of the site over that of its theme.
pub(super) fn merged(theme: &toml::Table, config: &Config) -> Result<Value, Diagnostic> {
    let mut merged = theme.clone();
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
