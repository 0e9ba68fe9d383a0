//! What other sites ask about a page that they want to show (oembed.com, version 1.0), as files beside it.

use quick_xml::escape::escape;
use serde_json::json;

use crate::config::EmbedConfig;
use crate::render::{Body, Output};
use crate::template::{Store, Templates, Twin, Twins};

/// Seconds for which an answer may be kept.
const AGE: u32 = 86_400;

/// `oembed.json` and `oembed.xml` beside every page that has a twin.
pub(super) fn outputs(store: &Store, templates: &Templates) -> Vec<Output> {
    let (config, library) = (&store.project.config, &store.library);
    let Some(embed) = &config.embed else { return vec![] };
    let twins = Twins::of(config, templates);
    let pages = library.pages.iter().filter_map(|page| {
        let twin = twins.page(config, page)?;
        Some((&page.path, &page.language, page.front.title.as_deref(), twin))
    });
    let sections = library.sections.iter().filter_map(|section| {
        let twin = twins.section(config, section)?;
        Some((&section.path, &section.language, section.front.title.as_deref(), twin))
    });
    let mut outputs = vec![];
    for (path, language, title, twin) in pages.chain(sections) {
        let provider = config.language(language).title.clone().unwrap_or_default();
        let home = config.permalink(&config.language_prefix(language));
        let answer = Answer {
            embed,
            address: config.permalink(&twin.path),
            twin: &twin,
            title: title.unwrap_or(&provider),
            provider: &provider,
            home,
        };
        let folder = path.trim_start_matches('/');
        for (name, text) in [("oembed.json", answer.json()), ("oembed.xml", answer.xml())] {
            outputs.push(Output { path: format!("{folder}{name}"), body: Body::Text(text) });
        }
    }
    outputs
}

struct Answer<'a> {
    embed: &'a EmbedConfig,
    address: String,
    twin: &'a Twin,
    title: &'a str,
    provider: &'a str,
    home: String,
}

impl Answer<'_> {
    /// The frame that the other site puts into its page.
    fn html(&self) -> String {
        let (width, height) = (self.embed.width, self.height());
        let (address, title) = (escape(&self.address), escape(self.title));
        format!(
            "<iframe src=\"{address}\" title=\"{title}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" allow=\"geolocation\" style=\"border:0;max-width:100%\"></iframe>"
        )
    }

    fn height(&self) -> u32 {
        self.embed.height(&self.twin.of)
    }

    fn json(&self) -> String {
        json!({
            "version": "1.0",
            "type": "rich",
            "title": self.title,
            "provider_name": self.provider,
            "provider_url": self.home,
            "cache_age": AGE,
            "width": self.embed.width,
            "height": self.height(),
            "html": self.html(),
        })
        .to_string()
    }

    fn xml(&self) -> String {
        let tag = |name: &str, text: &str| format!("<{name}>{}</{name}>", escape(text));
        let tags = [
            tag("version", "1.0"),
            tag("type", "rich"),
            tag("title", self.title),
            tag("provider_name", self.provider),
            tag("provider_url", &self.home),
            tag("cache_age", &AGE.to_string()),
            tag("width", &self.embed.width.to_string()),
            tag("height", &self.height().to_string()),
            tag("html", &self.html()),
        ];
        format!("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>{}</oembed>\n", tags.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_the_same_in_both_forms() {
        let embed = EmbedConfig {
            width: 600,
            height: 400,
            heights: [("tour.html".to_string(), 500)].into(),
            ..EmbedConfig::default()
        };
        let twin = |of: &str| Twin { of: of.into(), path: "/embed/a/".into() };
        let (plain, tour) = (twin("page.html"), twin("tour.html"));
        let answer = |twin| Answer {
            embed: &embed,
            address: "https://a/embed/a/?b&c".into(),
            twin,
            title: "A & \"B\"",
            provider: "Huta",
            home: "https://a/".into(),
        };
        assert_eq!((answer(&plain).height(), answer(&tour).height()), (400, 500));
        let html = answer(&tour).html();
        let frame = "<iframe src=\"https://a/embed/a/?b&amp;c\" title=\"A &amp; &quot;B&quot;\" width=\"600\" height=\"500\" loading=\"lazy\"";
        assert!(html.starts_with(frame) && html.ends_with("></iframe>"), "{html}");
        let json: serde_json::Value = serde_json::from_str(&answer(&tour).json()).unwrap();
        assert_eq!(
            json,
            json!({
                "version": "1.0", "type": "rich", "title": "A & \"B\"", "provider_name": "Huta", "provider_url": "https://a/",
                "cache_age": 86400, "width": 600, "height": 500, "html": html,
            })
        );
        let xml = answer(&tour).xml();
        for (name, value) in json.as_object().unwrap() {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_string);
            assert!(xml.contains(&format!("<{name}>{}</{name}>", escape(&value))), "{name}: {xml}");
        }
    }
}
