//! Page texts that are templates: which ones are, and what is made of them before and after Tera.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::calls::{Call, calls};
use crate::config::{Config, MarkdownConfig};
use crate::markdown::{inline_placeholder, placeholder, unguessable};

/// Stand before the output of a component call that is a block, before that of one in a line, and after both.
static MARKS: LazyLock<[String; 3]> = LazyLock::new(|| ['\u{fdd0}', '\u{fdd2}', '\u{fdd1}'].map(unguessable));

/// A text as Tera reads it; `None` when it is no template.
///
/// With `literal_code` what is in code is no template.
pub(super) fn prepare<'a>(body: &'a str, options: &MarkdownConfig) -> Option<Cow<'a, str>> {
    let looks_like_one = |text: &str| {
        memchr::memchr_iter(b'{', text.as_bytes()).any(|at| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%')))
    };
    if !looks_like_one(body) {
        return None;
    }
    let mut text = Cow::Borrowed(body);
    if options.literal_code {
        let code = literal_ranges(&text);
        let outside = without(&text, &code);
        if !looks_like_one(&outside) {
            return None;
        }
        text = Cow::Owned(replace_each(&text, &code, literal));
    }
    Some(text)
}

/// With `component_blocks`, marks the calls of components that stand alone. In a file that is not trusted, where all HTML is
/// cleaned, marks instead those of components that are meant for editors; but one that is given a text writes that editor's
/// HTML.
pub(super) fn mark<'a>(text: Cow<'a, str>, config: &Config, is_trusted: bool) -> Cow<'a, str> {
    if !config.markdown.component_blocks && is_trusted {
        return text;
    }
    let is_marked = |call: &Call| {
        if is_trusted { call.stands_alone } else { !call.has_body && config.trusts_component(&call.name) }
    };
    let (mut marked, mut from) = (String::with_capacity(text.len() + 64), 0);
    for call in calls(&text).iter().filter(|call| is_marked(call)) {
        marked.push_str(&text[from..call.range.start]);
        let mark = &MARKS[usize::from(!call.stands_alone)];
        marked.extend([mark, &text[call.range.clone()], &MARKS[2]]);
        from = call.range.end;
    }
    marked.push_str(&text[from..]);
    Cow::Owned(marked)
}

/// Takes the HTML that components wrote out of what Tera made: each becomes a placeholder for the block of its number.
/// What a component wrote that is no HTML stays.
pub(super) fn take_blocks(text: String) -> (String, Vec<String>) {
    let [block, in_line, end] = &*MARKS;
    let (mut out, mut blocks) = (String::with_capacity(text.len()), vec![]);
    let mut rest = text.as_str();
    while let Some(at) = [block, in_line].into_iter().filter_map(|mark| rest.find(mark.as_str())).min() {
        out.push_str(&rest[..at]);
        let stands_alone = rest[at..].starts_with(block.as_str());
        let made = &rest[at + block.len()..];
        let (made, after) = made.split_once(end.as_str()).unwrap_or((made, ""));
        if !made.trim_start().starts_with('<') {
            out.push_str(made);
        } else if stands_alone {
            out.push_str(&placeholder(blocks.len()));
            // An HTML block ends at an empty line.
            out.push('\n');
            blocks.push(made.trim().to_string());
        } else {
            out.push_str(&inline_placeholder(blocks.len()));
            blocks.push(made.trim().to_string());
        }
        rest = after;
    }
    if blocks.is_empty() && out.is_empty() {
        return (text, blocks);
    }
    out.push_str(rest);
    (out, blocks)
}

/// Fenced code and code spans that hold something of a template, but not those that stand in a `raw` block already.
fn literal_ranges(text: &str) -> Vec<Range<usize>> {
    let raw = raw_blocks(text);
    let mut ranges = vec![];
    let mut fence: Option<Range<usize>> = None;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => fence = Some(range),
            Event::End(TagEnd::CodeBlock) => ranges.extend(fence.take()),
            Event::Code(_) => ranges.push(range),
            _ => {}
        }
    }
    let is_template = |range: &Range<usize>| ["{{", "{%", "{#"].iter().any(|tag| text[range.clone()].contains(tag));
    let is_raw = |range: &Range<usize>| raw.iter().any(|raw| raw.start < range.start && range.end < raw.end);
    ranges.retain(|range| is_template(range) && !is_raw(range));
    ranges
}

/// From each `{% raw %}` to its `{% endraw %}`.
fn raw_blocks(text: &str) -> Vec<Range<usize>> {
    let mut blocks = vec![];
    let mut from = 0;
    while let Some(start) = find_tag(&text[from..], "raw") {
        let end = find_tag(&text[from + start.end..], "endraw");
        let Some(end) = end.map(|end| from + start.end + end.end) else { break };
        blocks.push(from + start.start..end);
        from = end;
    }
    blocks
}

/// The first `{% word %}`.
fn find_tag(text: &str, word: &str) -> Option<Range<usize>> {
    text.match_indices("{%").find_map(|(at, _)| {
        let end = at + text[at..].find("%}")? + 2;
        let inside = text[at + 2..end - 2].trim_start_matches('-').trim_end_matches('-').trim();
        (inside == word).then_some(at..end)
    })
}

/// Code as a `raw` block; an `endraw` in it is printed from a string.
fn literal(code: &str) -> String {
    let mut out = String::from("{% raw %}");
    let mut rest = code;
    while let Some(tag) = find_tag(rest, "endraw") {
        out.push_str(&rest[..tag.start]);
        out.push_str("{% endraw %}{{ \"");
        out.push_str(&rest[tag.clone()]);
        out.push_str("\" }}{% raw %}");
        rest = &rest[tag.end..];
    }
    out.push_str(rest);
    out.push_str("{% endraw %}");
    out
}

fn replace_each(text: &str, ranges: &[Range<usize>], by: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len() + ranges.len() * 32);
    let mut from = 0;
    for range in ranges {
        out.push_str(&text[from..range.start]);
        out.push_str(&by(&text[range.clone()]));
        from = range.end;
    }
    out.push_str(&text[from..]);
    out
}

fn without(text: &str, ranges: &[Range<usize>]) -> String {
    replace_each(text, ranges, |_| String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal_options() -> MarkdownConfig {
        MarkdownConfig { literal_code: true, ..MarkdownConfig::default() }
    }

    fn run(body: &str, options: &MarkdownConfig) -> String {
        let prepared = prepare(body, options).map_or_else(|| body.to_string(), Cow::into_owned);
        tera::Tera::new().render_str(&prepared, &tera::Context::new(), false).unwrap()
    }

    #[test]
    fn code_is_no_template() {
        let body =
            "{{ 1 + 1 }} `{{ x }}`\n\n```\n{% if %} {{ {% endraw %} {# \n```\n\n- a\n  ```html\n  {{ y }}\n  ```\n";
        assert_eq!(run(body, &literal_options()), body.replace("{{ 1 + 1 }}", "2"));
        assert_eq!(prepare("only `{{ code }}`", &literal_options()), None);
        assert!(prepare("only `{{ code }}`", &MarkdownConfig::default()).is_some());
    }

    #[test]
    fn raw_blocks_written_for_zola_stay() {
        let body = "{{ 1 }}\n{% raw %}\n```\n{{ x }}\n```\n{% endraw %}\n";
        assert_eq!(run(body, &literal_options()), "1\n\n```\n{{ x }}\n```\n\n");
    }

    #[test]
    fn html_of_components_is_taken_out() {
        let (text, blocks) = take_blocks(format!(
            "a {2}<i>c</i>{1}\n{0}\n    <p>\n\n</p>\n{1}\n{0}*b*{1}",
            MARKS[0], MARKS[2], MARKS[1]
        ));
        assert_eq!(text, format!("a {}\n{}\n\n*b*", inline_placeholder(0), placeholder(1)));
        assert_eq!(blocks, ["<i>c</i>", "<p>\n\n</p>"]);
    }
}
