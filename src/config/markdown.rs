//! Options of Markdown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the link to a heading stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AnchorLinks {
    /// None.
    ///
    /// pl: Brak.
    #[default]
    None,
    /// Left: before the text.
    ///
    /// pl: Z lewej – przed tekstem.
    Left,
    /// Right: after the text.
    ///
    /// pl: Z prawej – po tekście.
    Right,
    /// Heading: the whole heading is the link.
    ///
    /// pl: Nagłówek – cały jest linkiem.
    Heading,
}
/// The `[markdown]` table.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct MarkdownConfig {
    /// Colours of code; `None` for none.
    pub highlighting: Option<Highlighting>,
    /// `:smile:` → 😄.
    pub render_emoji: bool,
    /// `"a"` → “a”, `--` → –.
    pub smart_punctuation: bool,
    /// Definition lists.
    pub definition_list: bool,
    /// Footnotes are collected at the end of the page.
    pub bottom_footnotes: bool,
    /// `loading` and `decoding` on pictures.
    pub lazy_async_image: bool,
    /// `> [!NOTE]` blocks.
    pub github_alerts: bool,
    /// Default place of heading links.
    pub insert_anchor_links: AnchorLinks,
    /// Class of external links.
    pub external_links_class: Option<String>,
    /// `target="_blank"` on external links.
    pub external_links_target_blank: bool,
    /// `rel="nofollow"` on external links.
    pub external_links_no_follow: bool,
    /// `rel="noreferrer"` on external links.
    pub external_links_no_referrer: bool,
    /// `rel="external"` on external links.
    pub external_links_external: bool,
    /// huta: quotation marks, dashes and no-break spaces as the language's typography asks for them.
    pub typography: bool,
    /// huta: `{{` and `{%` inside code are text, not template.
    pub literal_code: bool,
    /// huta: the HTML a component writes is one block of HTML, however it is indented and whatever lines it leaves empty.
    pub component_blocks: bool,
}

impl Default for MarkdownConfig {
    fn default() -> Self {
        Self {
            highlighting: None,
            render_emoji: false,
            smart_punctuation: false,
            definition_list: false,
            bottom_footnotes: false,
            lazy_async_image: false,
            github_alerts: false,
            insert_anchor_links: AnchorLinks::None,
            external_links_class: None,
            external_links_target_blank: false,
            external_links_no_follow: false,
            external_links_no_referrer: false,
            external_links_external: true,
            typography: false,
            literal_code: false,
            component_blocks: false,
        }
    }
}

/// The `[markdown.highlighting]` table: one theme, or one for light and one for dark screens.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Highlighting {
    /// The only theme.
    pub theme: Option<String>,
    /// Theme for light screens.
    pub light_theme: Option<String>,
    /// Theme for dark screens.
    pub dark_theme: Option<String>,
    /// How colours are written.
    #[serde(default)]
    pub style: HighlightStyle,
    /// Whether code in an unknown language is an error.
    #[serde(default)]
    pub error_on_missing_language: bool,
    /// Grammar files (`TextMate`, JSON), from the site's folder.
    #[serde(default)]
    pub extra_grammars: Vec<String>,
    /// Theme files (`TextMate` as in VS Code, JSON), from the site's folder.
    #[serde(default)]
    pub extra_themes: Vec<String>,
    /// Which element bears the `data-` attributes.
    #[serde(default)]
    pub data_attr_position: DataAttributes,
    /// Whether two inline themes bring `color-scheme: light dark` along.
    #[serde(default = "super::yes")]
    pub add_color_scheme: bool,
}

impl Highlighting {
    /// The themes in use: one, or the light and the dark one. `None` when neither is said, or both are.
    #[must_use]
    pub fn themes(&self) -> Option<Vec<&str>> {
        match (&self.theme, &self.light_theme, &self.dark_theme) {
            (Some(theme), None, None) => Some(vec![theme]),
            (None, Some(light), Some(dark)) => Some(vec![light, dark]),
            _ => None,
        }
    }
}

/// How the colours of code are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HighlightStyle {
    /// In `style` attributes.
    #[default]
    Inline,
    /// As classes, with a style sheet beside the site.
    Class,
}

/// Which element bears the `data-` attributes of a code block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DataAttributes {
    /// `<code>`.
    #[default]
    #[serde(alias = "Code")]
    Code,
    /// `<pre>`.
    #[serde(alias = "Pre")]
    Pre,
    /// Both.
    #[serde(alias = "Both")]
    Both,
    /// Neither.
    #[serde(alias = "None")]
    None,
}
