//! Colours of code: `TextMate` grammars and themes, written as Zola writes them (`giallo-` and `z-` names), so that the
//! style sheets of themes made for Zola fit.

mod grammars;
mod theme;

use std::fmt::Write as _;
use std::path::Path;

use pulldown_cmark_escape::escape_html;
use syntaxmate::FontModifiers;

use self::grammars::{Grammars, Language};
use self::theme::Theme;
use super::code::attribute;
use super::fence::Fence;
use crate::config::{Config, DataAttributes, HighlightStyle, Highlighting};
use crate::diagnostic::Diagnostics;

/// Writes code in the colours the configuration asks for.
#[derive(Debug)]
pub(super) struct Highlighter {
    options: Highlighting,
    grammars: Grammars,
    /// One, or the light and the dark one.
    themes: Vec<Theme>,
}

/// A stretch of a line with one look: one style for each theme.
struct Piece<'a> {
    text: &'a str,
    styles: Vec<syntaxmate::Style>,
}

impl Highlighter {
    /// Loads what the configuration names; `None` when it asks for no colours or for themes that are not there.
    pub(super) fn load(root: &Path, config: &Config, diagnostics: &mut Diagnostics) -> Option<Self> {
        let options = config.markdown.highlighting.clone()?;
        let extra = theme::read_extra(root, config, &options, diagnostics);
        let names = options.themes()?;
        let themes: Vec<Theme> =
            names.iter().filter_map(|name| diagnostics.take(Theme::load(name, &extra, config))).collect();
        let grammars = Grammars::load(root, config, &options, diagnostics);
        (themes.len() == names.len()).then_some(Self { options, grammars, themes })
    }

    /// Style sheets for colours written as classes: name and text.
    pub(super) fn style_sheets(&self) -> Vec<(String, String)> {
        match (&self.themes[..], self.options.style) {
            (_, HighlightStyle::Inline) | ([], _) => vec![],
            ([theme], _) => vec![("giallo.css".into(), theme.style_sheet("z-"))],
            ([light, dark, ..], _) => vec![
                ("giallo-light.css".into(), light.style_sheet("z-l-")),
                ("giallo-dark.css".into(), dark.style_sheet("z-d-")),
            ],
        }
    }

    /// A code block. `unknown` is told a language without a grammar, and whether that is an error.
    pub(super) fn block(&self, fence: &Fence<'_>, text: &str, unknown: impl FnOnce(&str, bool)) -> String {
        let language = self.grammars.find(fence.language);
        if let (None, Some(name)) = (&language, fence.language) {
            unknown(name, self.options.error_on_missing_language);
        }
        let language = language.unwrap_or(Language::PLAIN);
        let text = text.strip_suffix('\n').unwrap_or(text);
        let lines = self.lines(&language, text);
        let mut html = String::from("<pre class=\"giallo");
        html.push_str(if self.options.style == HighlightStyle::Class { " z-code\"" } else { "\"" });
        if self.options.style == HighlightStyle::Inline {
            attribute(&mut html, "style", &self.block_style());
        }
        let position = self.options.data_attr_position;
        if matches!(position, DataAttributes::Pre | DataAttributes::Both) {
            data(&mut html, language.name(), fence);
        }
        html.push_str("><code");
        if matches!(position, DataAttributes::Code | DataAttributes::Both) {
            data(&mut html, language.name(), fence);
        }
        html.push('>');
        let width = (fence.first + lines.len().saturating_sub(1)).to_string().len();
        let covers = |ranges: &[std::ops::RangeInclusive<usize>], number| ranges.iter().any(|r| r.contains(&number));
        let mut separator = "";
        for (at, line) in lines.iter().enumerate().filter(|(at, _)| !covers(&fence.hidden, at + 1)) {
            html.push_str(separator);
            separator = "\n";
            self.open_line(&mut html, covers(&fence.marked, at + 1));
            if fence.numbers {
                let number = fence.first + at;
                let _ = write!(html, "<span aria-hidden=\"true\" class=\"giallo-ln\">{number:>width$}</span>");
            }
            for piece in line {
                self.piece(&mut html, piece);
            }
            html.push_str("</span>");
        }
        html.push_str("</code></pre>\n");
        html
    }

    /// The lines of a text, each in pieces of one look.
    fn lines<'a>(&self, language: &Language, text: &'a str) -> Vec<Vec<Piece<'a>>> {
        let plain = || self.themes.iter().map(Theme::default_style).collect::<Vec<_>>();
        let source: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
        let Some(document) = self.grammars.tokenize(language, text) else {
            let whole = |line: &&'a str| Piece { text: line, styles: plain() };
            return source
                .iter()
                .map(|line| Some(whole(line)).filter(|p| !p.text.is_empty()).into_iter().collect())
                .collect();
        };
        let mut tokens = document.lines().iter();
        source
            .into_iter()
            .map(|line| {
                let mut pieces: Vec<Piece<'a>> = vec![];
                let mut end = 0;
                let mut add = |text: &'a str, styles: Vec<syntaxmate::Style>, start: usize| match pieces.last_mut() {
                    Some(last) if last.styles == styles => {
                        last.text = &line[start - last.text.len()..start + text.len()];
                    }
                    _ if text.is_empty() => {}
                    _ => pieces.push(Piece { text, styles }),
                };
                for token in tokens.next().map(syntaxmate::TokenizedLine::tokens).unwrap_or_default() {
                    let range = token.range();
                    let (Some(gap), Some(text)) = (line.get(end..range.start), line.get(range.clone())) else { break };
                    add(gap, plain(), end);
                    add(text, self.themes.iter().map(|theme| theme.resolve(token.scopes())).collect(), range.start);
                    end = range.end;
                }
                add(line.get(end..).unwrap_or_default(), plain(), end);
                pieces
            })
            .collect()
    }

    fn piece(&self, html: &mut String, piece: &Piece<'_>) {
        html.push_str("<span");
        match self.options.style {
            HighlightStyle::Class => {
                let prefixes: &[&str] = if self.themes.len() > 1 { &["z-l-", "z-d-"] } else { &["z-"] };
                let classes: Vec<String> = (self.themes.iter().zip(&piece.styles).zip(prefixes))
                    .flat_map(|((theme, style), prefix)| theme.classes(style, prefix))
                    .collect();
                if !classes.is_empty() {
                    attribute(html, "class", &classes.join(" "));
                }
            }
            HighlightStyle::Inline => {
                let style = self.inline_style(&piece.styles);
                if !style.is_empty() {
                    attribute(html, "style", &style);
                }
            }
        }
        html.push('>');
        let _ = escape_html(&mut *html, piece.text);
        html.push_str("</span>");
    }

    fn open_line(&self, html: &mut String, marked: bool) {
        match (marked, self.options.style) {
            (false, _) => html.push_str("<span class=\"giallo-l\">"),
            (true, HighlightStyle::Class) => html.push_str("<span class=\"giallo-l z-hl\">"),
            (true, HighlightStyle::Inline) => {
                let colours: Vec<String> = self.themes.iter().map(Theme::line_background).collect();
                let _ = write!(html, "<span class=\"giallo-l\" style=\"background-color: {};\">", either(&colours));
            }
        }
    }

    /// `style` of the whole block.
    fn block_style(&self) -> String {
        let default: Vec<syntaxmate::Style> = self.themes.iter().map(Theme::default_style).collect();
        let colours = |colour: &dyn Fn(&syntaxmate::Style) -> Option<String>, otherwise: &str| {
            either(&default.iter().map(|style| colour(style).unwrap_or_else(|| otherwise.into())).collect::<Vec<_>>())
        };
        let scheme =
            if self.themes.len() > 1 && self.options.add_color_scheme { "color-scheme: light dark; " } else { "" };
        let foreground = colours(&|style| style.foreground.map(theme::hex), "inherit");
        let background = colours(&|style| style.background.map(theme::hex), "transparent");
        format!("{scheme}color: {foreground}; background-color: {background};")
    }

    /// `style` of a piece: what differs from the block's.
    fn inline_style(&self, styles: &[syntaxmate::Style]) -> String {
        let default: Vec<syntaxmate::Style> = self.themes.iter().map(Theme::default_style).collect();
        let mut css = vec![];
        let differs = |part: &dyn Fn(&syntaxmate::Style) -> Option<syntaxmate::RgbColor>| {
            styles.iter().zip(&default).any(|(style, default)| part(style) != part(default))
        };
        let all = |part: &dyn Fn(&syntaxmate::Style) -> Option<syntaxmate::RgbColor>, otherwise: &str| {
            either(
                &styles
                    .iter()
                    .map(|style| part(style).map_or_else(|| otherwise.into(), theme::hex))
                    .collect::<Vec<_>>(),
            )
        };
        if differs(&|style| style.foreground) {
            css.push(format!("color: {};", all(&|style| style.foreground, "inherit")));
        }
        if differs(&|style| style.background) {
            css.push(format!("background-color: {};", all(&|style| style.background, "transparent")));
        }
        // A style sheet cannot choose fonts by colour scheme inside an attribute: the light theme's count.
        let modifiers = styles.first().map_or_else(FontModifiers::empty, |style| style.modifiers);
        css.extend(
            theme::FONTS
                .iter()
                .filter(|(font, _, _)| modifiers.contains(*font))
                .map(|(_, _, rule)| (*rule).to_string()),
        );
        css.join(" ")
    }
}

/// One colour, or one for light and one for dark screens.
fn either(colours: &[String]) -> String {
    match colours {
        [light, dark, ..] => format!("light-dark({light}, {dark})"),
        [only] => only.clone(),
        [] => String::new(),
    }
}

fn data(html: &mut String, language: &str, fence: &Fence<'_>) {
    attribute(html, "data-lang", language);
    for (key, value) in &fence.data {
        attribute(html, &format!("data-{key}"), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn highlighter(highlighting: &str) -> Highlighter {
        let config: Config =
            toml::from_str(&format!("base_url = \"https://x.pl\"\n[markdown.highlighting]\n{highlighting}")).unwrap();
        Highlighter::load(Path::new("."), &config, &mut Diagnostics::default()).unwrap()
    }

    #[test]
    fn one_theme_inline() {
        let html =
            highlighter("theme = \"github-light\"").block(&Fence::parse("rs, hl_lines=1"), "fn a() {}\n", |_, _| ());
        assert!(
            html.starts_with(
                "<pre class=\"giallo\" style=\"color: #24292e; background-color: #ffffff;\"><code data-lang=\"rust\">"
            ),
            "{html}"
        );
        assert!(html.contains("<span style=\"color: #d73a49;\">fn</span>"), "{html}");
        assert!(html.contains("<span class=\"giallo-l\" style=\"background-color: #"), "{html}");
    }

    #[test]
    fn two_themes_as_classes() {
        let highlighter = highlighter("light_theme = \"github-light\"\ndark_theme = \"nord\"\nstyle = \"class\"");
        let html = highlighter.block(&Fence::parse("toml"), "a = \"ż\" # x\n", |_, _| ());
        let sheets = highlighter.style_sheets();
        assert_eq!(
            sheets.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["giallo-light.css", "giallo-dark.css"]
        );
        let class = |prefix: &str| {
            let at = html.find(prefix).unwrap();
            html[at..].split(['"', ' ']).next().unwrap().to_string()
        };
        assert!(sheets[0].1.contains(&format!(".{} {{", class("z-l-"))), "{html}");
        assert!(sheets[1].1.contains(&format!(".{} {{", class("z-d-"))), "{html}");
    }

    #[test]
    fn unknown_languages_are_told_and_plain() {
        let mut told = None;
        let html = highlighter("theme = \"nord\"").block(&Fence::parse("klingon"), "<b>\n", |name, error| {
            told = Some((name.to_string(), error));
        });
        assert_eq!(told, Some(("klingon".into(), false)));
        assert!(html.contains("data-lang=\"plain\"") && html.contains("<span>&lt;b&gt;</span>"), "{html}");
    }
}
