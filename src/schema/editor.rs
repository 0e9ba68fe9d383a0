//! Settings of editing programs, so that they know the schemas.
//!
//! Red Hat's YAML extension for VS Code reads `glossary.yaml` and `gallery.yaml` with them, but not the front matter of
//! Markdown. That is checked by remark with `remark-lint-frontmatter-schema`, which needs Node; its keys are put in by
//! [`super::snippets`].

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{CONTENT, Folders, GALLERY, GLOSSARY, SECTION, TRANSLATION, file_name};
use crate::config::Config;
use crate::{gallery, glossary};

/// What a program must install to check front matter while one types.
pub const REMARK_PACKAGES: &str = "remark remark-frontmatter remark-lint-frontmatter-schema";

/// The plugin of remark that checks front matter.
const REMARK_PLUGIN: &str = "remark-lint-frontmatter-schema";

/// A settings file of a site, in JSON, and what huta has to say in it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its path from the site's folder.
    pub path: &'static str,
    /// What is to stand in it.
    pub own: Value,
}

/// What became of a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merged {
    /// All of it stands there already.
    Same,
    /// The file's new text.
    New(String),
    /// The file is there, and no JSON without comments.
    Unreadable,
}

/// Settings for VS Code, for schemas in the folder `schemas` of the site; with `remark` those of remark too.
#[must_use]
pub fn settings(config: &Config, folders: &Folders, schemas: &str, remark: bool) -> Vec<Settings> {
    let schema = |of: &str| format!("./{schemas}/{}", file_name(of));
    let mut extensions = vec!["redhat.vscode-yaml"];
    let mut all = vec![Settings {
        path: ".vscode/settings.json",
        own: json!({ "yaml.schemas": {
            schema(GLOSSARY): format!("content/**/{}", glossary::FILE),
            schema(GALLERY): format!("content/**/{}", gallery::FILE),
        } }),
    }];
    if remark {
        extensions.push("unifiedjs.vscode-remark");
        let schemas: Map<String, Value> = associations(config, folders)
            .into_iter()
            .map(|(of, files)| (format!("{schemas}/{}", file_name(of)), files.into()))
            .collect();
        let plugins = json!(["remark-frontmatter", [REMARK_PLUGIN, { "schemas": schemas }]]);
        all.push(Settings { path: ".remarkrc.json", own: json!({ "plugins": plugins }) });
    }
    all.push(Settings { path: ".vscode/extensions.json", own: json!({ "recommendations": extensions }) });
    all
}

/// Which Markdown files a schema is for, as glob patterns. Of two that match a file the later one counts.
fn associations<'a>(config: &Config, folders: &'a Folders) -> Vec<(&'a str, Vec<String>)> {
    let mut all: Vec<(&str, Vec<String>)> = vec![(CONTENT, vec!["content/**/*.md".into()])];
    for (folder, kind) in folders.pure() {
        let below = if folder.is_empty() { "content".into() } else { format!("content/{folder}") };
        let patterns = [format!("{below}/*.md"), format!("{below}/*/index.md")];
        match all.iter_mut().find(|(of, _)| *of == kind) {
            Some((_, known)) => known.extend(patterns),
            None => all.push((kind, patterns.into())),
        }
    }
    let others: Vec<&str> = config.language_codes().filter(|code| *code != config.default_language).collect();
    all.push((TRANSLATION, others.iter().map(|code| format!("content/**/*.{code}.md")).collect()));
    let sections = others.iter().map(|code| format!("content/**/_index.{code}.md"));
    all.push((SECTION, std::iter::once("content/**/_index.md".to_string()).chain(sections).collect()));
    all.retain(|(_, patterns)| !patterns.is_empty());
    all
}

impl Settings {
    /// Adds them to the text of a file that may be there. What it says already stays as it is.
    #[must_use]
    pub fn merged(&self, text: Option<&str>) -> Merged {
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
            return Merged::New(printed(&self.own, "  "));
        };
        let Ok(there @ Value::Object(_)) = serde_json::from_str::<Value>(text) else { return Merged::Unreadable };
        let mut both = there.clone();
        add(&mut both, &self.own);
        if both == there {
            return Merged::Same;
        }
        let indent =
            text.lines().map(|line| &line[..line.len() - line.trim_start().len()]).find(|line| !line.is_empty());
        Merged::New(printed(&both, indent.unwrap_or("  ")))
    }
}

/// Adds what is not there. A plugin of remark, a list that begins with its name, takes the place of the older one.
fn add(there: &mut Value, own: &Value) {
    match (there, own) {
        (Value::Object(there), Value::Object(own)) => {
            for (key, value) in own {
                match there.get_mut(key) {
                    Some(there) => add(there, value),
                    None => _ = there.insert(key.clone(), value.clone()),
                }
            }
        }
        (Value::Array(there), Value::Array(own)) => {
            for item in own {
                let name = item.get(0).filter(|name| name.is_string());
                match there.iter_mut().find(|other| *other == item || name.is_some() && other.get(0) == name) {
                    Some(other) => *other = item.clone(),
                    None => there.push(item.clone()),
                }
            }
        }
        _ => {}
    }
}

/// A value as a text file with this indentation.
pub(crate) fn printed(value: &Value, indent: &str) -> String {
    let mut bytes = vec![];
    let format = serde_json::ser::PrettyFormatter::with_indent(indent.as_bytes());
    let written = value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, format));
    debug_assert!(written.is_ok(), "a value is written into memory");
    bytes.push(b'\n');
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(own: Value) -> Settings {
        Settings { path: "x.json", own }
    }

    #[test]
    fn what_is_there_stays() {
        let own = of(json!({ "yaml.schemas": { "a": "1", "b": "2" }, "list": ["x", ["plugin", 2]] }));
        let there = "{\n\t\"editor.tabSize\": 4,\n\t\"yaml.schemas\": { \"a\": \"mine\" },\n\t\"list\": [[\"plugin\", 1], \"y\"]\n}";
        let Merged::New(text) = own.merged(Some(there)) else { panic!("not merged") };
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            value,
            json!({
                "editor.tabSize": 4,
                "yaml.schemas": { "a": "mine", "b": "2" },
                "list": [["plugin", 2], "y", "x"],
            })
        );
        assert!(text.starts_with("{\n\t\"editor.tabSize\": 4,"));
        assert_eq!(own.merged(Some(&text)), Merged::Same);
    }

    #[test]
    fn new_and_unreadable_files() {
        let own = of(json!({ "a": [1] }));
        assert_eq!(own.merged(None), Merged::New("{\n  \"a\": [\n    1\n  ]\n}\n".into()));
        assert_eq!(own.merged(Some(" ")), own.merged(None));
        assert_eq!(own.merged(Some("{ // mine\n}")), Merged::Unreadable);
        assert_eq!(own.merged(Some("[]")), Merged::Unreadable);
    }
}
