//! The HTML that shows a picture.

use std::fmt::Write as _;

use pulldown_cmark_escape::escape_html;

use crate::config::Config;
use crate::image::{FOLDER, Picture, Rung};

/// Width in pixels that browsers without `srcset` get, where the ladder has it.
const PLAIN: u32 = 900;

/// How a picture is shown.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'a> {
    /// What is seen on it.
    pub alt: &'a str,
    /// How wide it is shown, as HTML's `sizes`.
    pub sizes: &'a str,
    /// Whether it is what visitors see first: it is then fetched before others, and at once.
    pub lead: bool,
}

/// `<picture>` with every format and width, its size, its placeholder.
#[must_use]
pub fn picture_tag(picture: &Picture, tag: Tag<'_>, config: &Config) -> String {
    let url = |at: usize| config.permalink(&format!("{FOLDER}/{}", picture.name(at)));
    let rungs: Vec<(usize, &Rung)> = picture.made.rungs.iter().enumerate().collect();
    let groups: Vec<&[(usize, &Rung)]> = rungs.chunk_by(|(_, one), (_, other)| one.format == other.format).collect();
    let Some((fallback, others)) = groups.split_last() else { return String::new() };
    let Some((_, largest)) = fallback.last() else { return String::new() };
    let mut out = String::from("<picture>");
    // Writing into a string does not fail.
    let srcset = |out: &mut String, group: &[(usize, &Rung)]| {
        let all: Vec<String> = group.iter().map(|(at, rung)| format!("{} {}w", url(*at), rung.width)).collect();
        let _ = write!(out, " srcset=\"{}\" sizes=\"", all.join(", "));
        let _ = escape_html(&mut *out, tag.sizes);
        out.push('"');
    };
    for group in others {
        let _ = write!(out, "<source type=\"image/{}\"", group[0].1.format);
        srcset(&mut out, group);
        out.push('>');
    }
    let plain = fallback.iter().find(|(_, rung)| rung.width >= PLAIN).or(fallback.last()).map_or(0, |(at, _)| *at);
    let _ = write!(out, "<img src=\"{}\"", url(plain));
    if fallback.len() > 1 {
        srcset(&mut out, fallback);
    }
    let _ = write!(out, " width=\"{}\" height=\"{}\" alt=\"", largest.width, largest.height);
    let _ = escape_html(&mut out, tag.alt);
    out.push('"');
    out.push_str(if tag.lead { " fetchpriority=\"high\"" } else { " loading=\"lazy\"" });
    out.push_str(" decoding=\"async\"");
    // Not a `style` attribute, which a strict content security policy forbids: the theme's script shows it.
    if let Some(placeholder) = &picture.made.placeholder {
        let _ = write!(out, " data-placeholder=\"{placeholder}\"");
    }
    out.push_str("></picture>");
    out
}
