//! Colour themes: the bundled ones and the site's own (VS Code's form, JSON).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::value::RawValue;
use syntaxmate::{FontModifiers, RgbColor, Scopes, Style};

use crate::config::{Config, Highlighting};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, help_with_suggestion};
use crate::source::read_site_text;
use crate::text;

/// The bundled themes by name, each still JSON. `THEMES.md` says whose they are.
static BUNDLED: LazyLock<BTreeMap<String, Box<RawValue>>> =
    LazyLock::new(|| serde_json::from_str(include_str!("themes.json")).unwrap_or_default());

/// Fonts: what the theme says, the end of the class, the CSS.
pub(super) const FONTS: [(FontModifiers, &str, &str); 4] = [
    (FontModifiers::BOLD, "b", "font-weight: bold;"),
    (FontModifiers::ITALIC, "i", "font-style: italic;"),
    (FontModifiers::UNDERLINED, "u", "text-decoration: underline;"),
    (FontModifiers::CROSSED_OUT, "s", "text-decoration: line-through;"),
];

/// One theme and the numbers of its colours in class names.
#[derive(Debug)]
pub(super) struct Theme {
    inner: syntaxmate::Theme,
    /// Colours of text in the order in which the theme first names them.
    foregrounds: Vec<RgbColor>,
    backgrounds: Vec<RgbColor>,
}

/// The site's own themes: name and JSON.
pub(super) fn read_extra(
    root: &Path,
    config: &Config,
    options: &Highlighting,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, String> {
    let mut extra = BTreeMap::new();
    for (at, path) in options.extra_themes.iter().enumerate() {
        let read = read_site_text(root, path).map_err(|diagnostic| {
            let why = diagnostic.message;
            let (pl, en) = (&why.pl, &why.en);
            invalid(
                config,
                &["extra_themes", &at.to_string()],
                text!("motywu kolorów „{path}” nie da się odczytać: {pl}", "the theme `{path}` cannot be read: {en}"),
            )
        });
        if let Some(json) = diagnostics.take(read) {
            let name = serde_json::from_str::<serde_json::Value>(&json)
                .ok()
                .and_then(|value| value["name"].as_str().map(str::to_string));
            let stem = Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            extra.insert(stem, json.clone());
            extra.extend(name.map(|name| (name, json)));
        }
    }
    extra
}

impl Theme {
    /// The theme of this name, the site's own before the bundled ones.
    pub(super) fn load(name: &str, extra: &BTreeMap<String, String>, config: &Config) -> Result<Self, Diagnostic> {
        let options = config.markdown.highlighting.as_ref();
        let names = |key: Option<&String>| key.is_some_and(|key| key == name);
        let key = match options {
            Some(options) if names(options.light_theme.as_ref()) => "light_theme",
            Some(options) if names(options.dark_theme.as_ref()) => "dark_theme",
            _ => "theme",
        };
        let json = extra.get(name).map(String::as_str).or_else(|| BUNDLED.get(name).map(|json| json.get()));
        let json = json.ok_or_else(|| {
            let known: Vec<&str> = BUNDLED.keys().chain(extra.keys()).map(String::as_str).collect();
            let diagnostic = invalid(
                config,
                &[key],
                text!("nie ma motywu kolorów „{name}”", "there is no theme `{name}` for the colours of code"),
            );
            diagnostic.help(help_with_suggestion(name, &known))
        })?;
        let mut theme: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
        drop_unusable(&mut theme);
        let inner = syntaxmate::Theme::from_json(&theme.to_string()).map_err(|error| {
            invalid(
                config,
                &[key],
                text!(
                    "motywu kolorów „{name}” nie da się użyć: {error}",
                    "the theme `{name}` for the colours of code cannot be used: {error}"
                ),
            )
        })?;
        let (mut foregrounds, mut backgrounds) = (vec![], vec![]);
        for selector in selectors(&theme) {
            let style = inner.resolve_scope_names(&selector.split_whitespace().collect::<Vec<_>>());
            let keep = |list: &mut Vec<RgbColor>, colour: Option<RgbColor>, default: Option<RgbColor>| {
                list.extend(colour.filter(|colour| Some(*colour) != default && !list.contains(colour)));
            };
            keep(&mut foregrounds, style.foreground, inner.default_style().foreground);
            keep(&mut backgrounds, style.background, inner.default_style().background);
        }
        Ok(Self { inner, foregrounds, backgrounds })
    }

    /// The look of code nothing else is said of.
    pub(super) fn default_style(&self) -> Style {
        self.inner.default_style()
    }

    /// The look of a token.
    pub(super) fn resolve(&self, scopes: Scopes<'_>) -> Style {
        self.inner.resolve(scopes)
    }

    /// Background of a line that stands out.
    pub(super) fn line_background(&self) -> String {
        let named = ["editor.lineHighlightBackground", "editor.selectionBackground"];
        let background = self.default_style().background;
        let colour = named.iter().filter_map(|name| self.inner.color(name)).find(|colour| Some(*colour) != background);
        colour.map_or_else(|| "rgb(127 127 127 / 20%)".into(), hex)
    }

    /// Classes of a style.
    pub(super) fn classes(&self, style: &Style, prefix: &str) -> Vec<String> {
        let number = |list: &[RgbColor], colour: Option<RgbColor>| list.iter().position(|one| Some(*one) == colour);
        let mut classes: Vec<String> = vec![];
        classes.extend(number(&self.foregrounds, style.foreground).map(|number| format!("{prefix}{number}")));
        classes.extend(number(&self.backgrounds, style.background).map(|number| format!("{prefix}bg{number}")));
        let fonts = FONTS.iter().filter(|(font, _, _)| style.modifiers.contains(*font));
        classes.extend(fonts.map(|(_, end, _)| format!("{prefix}{end}")));
        classes
    }

    /// The style sheet of all classes.
    pub(super) fn style_sheet(&self, prefix: &str) -> String {
        let default = self.default_style();
        let mut css = String::from(".z-code {");
        // Writing into memory cannot fail.
        if let Some(colour) = default.foreground {
            let _ = write!(css, " color: {};", hex(colour));
        }
        if let Some(colour) = default.background {
            let _ = write!(css, " background-color: {};", hex(colour));
        }
        let _ = writeln!(css, " }}\n.z-hl {{ background-color: {}; }}", self.line_background());
        for (number, colour) in self.foregrounds.iter().enumerate() {
            let _ = writeln!(css, ".{prefix}{number} {{ color: {}; }}", hex(*colour));
        }
        for (number, colour) in self.backgrounds.iter().enumerate() {
            let _ = writeln!(css, ".{prefix}bg{number} {{ background-color: {}; }}", hex(*colour));
        }
        for (_, end, rule) in FONTS {
            let _ = writeln!(css, ".{prefix}{end} {{ {rule} }}");
        }
        css
    }
}

/// A colour as CSS writes it.
pub(super) fn hex(colour: RgbColor) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue)
}

/// Every selector of a theme that gives a colour or a font.
fn selectors(theme: &serde_json::Value) -> Vec<String> {
    theme["tokenColors"].as_array().into_iter().flatten().flat_map(|rule| scopes(&rule["scope"])).collect()
}

/// The selectors of one rule: a list, or a text with commas.
fn scopes(scope: &serde_json::Value) -> Vec<String> {
    let texts: Vec<&str> = match scope {
        serde_json::Value::String(one) => vec![one],
        serde_json::Value::Array(list) => list.iter().filter_map(serde_json::Value::as_str).collect(),
        _ => vec![],
    };
    texts.iter().flat_map(|text| text.split(',')).map(|one| one.trim().to_string()).collect()
}

/// Takes out what real themes have here and there and nothing can be made of, so that the rest can be used: selectors
/// that no grammar matches, colours that are none, fonts that are none.
fn drop_unusable(theme: &mut serde_json::Value) {
    let is_scope = |part: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "._:*-".contains(c);
        part == ">"
            || (part.chars().all(fits) && !part.starts_with('.') && !part.ends_with('.') && !part.contains(".."))
    };
    let Some(rules) = theme.get_mut("tokenColors").and_then(serde_json::Value::as_array_mut) else { return };
    rules.retain_mut(|rule| {
        if let Some(settings) = rule.get_mut("settings").and_then(serde_json::Value::as_object_mut) {
            settings.retain(|key, value| match (key.as_str(), value.as_str()) {
                ("foreground" | "background", colour) => colour.is_some_and(|colour| colour.starts_with('#')),
                ("fontStyle", font) => font.is_some_and(|font| {
                    let known = ["normal", "regular", "bold", "italic", "underline", "strikethrough"];
                    font.split_whitespace().all(|word| known.contains(&word))
                }),
                _ => true,
            });
        }
        if rule["scope"].is_null() {
            return true;
        }
        let usable: Vec<String> = scopes(&rule["scope"])
            .into_iter()
            .filter(|selector| !selector.is_empty() && selector.split_whitespace().all(is_scope))
            .collect();
        let any = !usable.is_empty();
        rule["scope"] = usable.into();
        any
    });
}

fn invalid(config: &Config, key: &[&str], message: crate::diagnostic::Text) -> Diagnostic {
    Diagnostic::error(Code::HighlightingInvalid, config.span(&[&["markdown", "highlighting"], key].concat()), message)
        .help(text!(
            "motyw to plik VS Code w formacie JSON; swoje motywy wymień w extra_themes",
            "a theme is a VS Code file in JSON; list your own in extra_themes"
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_theme_can_be_used() {
        let config: Config = toml::from_str("base_url = \"https://x.pl\"").unwrap();
        assert!(BUNDLED.len() > 60);
        for name in BUNDLED.keys() {
            let theme = Theme::load(name, &BTreeMap::new(), &config).unwrap();
            assert!(theme.foregrounds.len() > 1, "{name}");
        }
    }
}
