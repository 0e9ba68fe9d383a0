//! Twins of pages: the same content by a smaller template, for other sites to show in a frame.

use std::collections::BTreeSet;

use tera::Value;

use super::{Templates, map_value};
use crate::config::Config;
use crate::content::{Page, Section};

/// What templates of twins are called: `embed/place.html` is for pages with `place.html`.
const FOLDER: &str = "embed/";

/// Which pages have a twin, and where.
#[derive(Debug, Default)]
pub struct Twins {
    /// Where twins are below the home of a language; none where the site asks for no twins.
    folder: Option<String>,
    /// Templates of pages that have a twin.
    templates: BTreeSet<String>,
}

/// Whether a template is one of twins.
#[must_use]
pub fn is_of_twins(template: &str) -> bool {
    template.starts_with(FOLDER)
}

/// The twin of a page.
#[derive(Debug)]
pub struct Twin {
    /// Template of the page.
    pub of: String,
    /// Address below the base address, with slashes at both ends.
    pub path: String,
}

impl Twin {
    /// Its own template.
    #[must_use]
    pub fn template(&self) -> String {
        format!("{FOLDER}{}", self.of)
    }
}

impl Twins {
    /// The twins that the configuration asks for and there are templates for.
    #[must_use]
    pub fn of(config: &Config, templates: &Templates) -> Self {
        Self {
            folder: config.embed.as_ref().map(|embed| embed.folder.trim_matches('/').to_string()),
            templates: templates.names().filter_map(|name| name.strip_prefix(FOLDER)).map(str::to_string).collect(),
        }
    }

    /// The twin of a page. Examples have none: nobody should show them as real.
    #[must_use]
    pub fn page(&self, config: &Config, page: &Page) -> Option<Twin> {
        let is_shown = page.front.render && page.fallback_of.is_none() && !page.is_example;
        let template = page.front.template.as_deref().unwrap_or("page.html");
        self.twin(config, &page.language, &page.path, template).filter(|_| is_shown)
    }

    /// The twin of a section that has one page.
    #[must_use]
    pub fn section(&self, config: &Config, section: &Section) -> Option<Twin> {
        let front = &section.front;
        let is_shown = front.render
            && section.fallback_of.is_none()
            && front.redirect_to.is_none()
            && section.paginate_by().is_none();
        let usual = if section.is_root() { "index.html" } else { "section.html" };
        let template = front.template.as_deref().unwrap_or(usual);
        self.twin(config, &section.language, &section.path, template).filter(|_| is_shown)
    }

    fn twin(&self, config: &Config, language: &str, path: &str, template: &str) -> Option<Twin> {
        let folder = self.folder.as_ref().filter(|_| self.templates.contains(template))?;
        let home = config.language_prefix(language);
        let rest = path.trim_start_matches('/');
        let rest = rest.strip_prefix(&home).unwrap_or(rest);
        Some(Twin { of: template.to_string(), path: format!("/{home}{folder}/{rest}") })
    }
}

/// `{permalink, oembed, height}` for templates: address of the twin, of what other sites ask about it (`oembed.json`, and
/// `.xml` beside it), height of a frame that does not measure itself.
#[must_use]
pub fn twin_value(config: &Config, of: &str, twin: Option<&Twin>) -> Value {
    let (Some(twin), Some(embed)) = (twin, &config.embed) else { return Value::none() };
    map_value([
        ("permalink", config.permalink(&twin.path).into()),
        ("oembed", config.permalink(&format!("{of}oembed.json")).into()),
        ("height", embed.height(&twin.of).into()),
    ])
}
