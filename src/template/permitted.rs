//! What a text may ask Tera for when its file is not trusted: components of the theme, and values.
//!
//! Everything else could work without end (loops), grow without bounds (joined texts, chained filters), or look round on the
//! machine (functions that read).

use super::calls::{closing, is_inline_call, next_tag, opening};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;
use crate::text;

/// Functions that only name things.
const FUNCTIONS: [&str; 2] = ["get_url", "trans"];

/// Filters whose result is hardly longer than what they get.
const FILTERS: [&str; 12] = [
    "capitalize",
    "date",
    "default",
    "escape",
    "first",
    "last",
    "length",
    "lower",
    "num_format",
    "safe",
    "trim",
    "upper",
];

/// Words that make an expression more than a value.
const OPERATORS: [&str; 8] = ["and", "else", "for", "if", "in", "is", "not", "or"];

/// Most calls of components in one text.
const MOST_CALLS: usize = 200;

/// Most components and brackets that stand in one another.
const MOST_DEPTH: usize = 10;

/// The first tag of a text that asks for more than it may; tags that are not closed are left to Tera.
pub(super) fn refused(text: &str) -> Option<&str> {
    let (mut at, mut depth, mut calls) = (0, 0_usize, 0);
    while let Some(tag) = next_tag(text, at) {
        at = tag.range.end;
        let whole = &text[tag.range];
        let call = if is_inline_call(tag.inside) {
            Some(0)
        } else if opening(tag.inside).is_some() {
            Some(1)
        } else {
            None
        };
        if let Some(deeper) = call {
            depth += deeper;
            calls += 1;
        } else if closing(tag.inside).is_some() {
            depth = depth.saturating_sub(1);
            continue;
        } else if whole.starts_with("{%") {
            return Some(whole);
        }
        let is_fine = depth <= MOST_DEPTH && calls <= MOST_CALLS;
        let inside = if call.is_some() { tag.inside.trim_matches(['<', '>', '/']) } else { tag.inside };
        if !is_fine || !only_values(inside, call.is_some()) {
            return Some(whole);
        }
    }
    None
}

/// Whether an expression, or what stands in a call of a component, has nothing but literals, names of values, and functions
/// and filters that it may use.
fn only_values(expression: &str, is_call: bool) -> bool {
    let (mut depth, mut after_pipe) = (0_usize, false);
    let mut rest = expression;
    while let Some(c) = rest.chars().next() {
        let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if word > 0 {
            let (name, after) = rest.split_at(word);
            let is_called = after.trim_start().starts_with('(');
            let is_fine = if after_pipe {
                FILTERS.contains(&name)
            } else if is_called {
                FUNCTIONS.contains(&name)
            } else {
                !OPERATORS.contains(&name)
            };
            if !is_fine {
                return false;
            }
            (after_pipe, rest) = (false, after);
            continue;
        }
        let mut length = c.len_utf8();
        match c {
            '"' | '\'' | '`' => {
                let Some(end) = closing_quote(rest, c) else { return false };
                length = end;
            }
            '|' => after_pipe = true,
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '{' | '}' if is_call => {}
            '.' | ',' | '=' | ':' | '?' => {}
            c if c.is_whitespace() => {}
            '-' if rest[1..].starts_with(|next: char| next.is_ascii_digit()) => {}
            _ => return false,
        }
        if depth > MOST_DEPTH {
            return false;
        }
        rest = &rest[length..];
    }
    true
}

/// How long a quoted text is, with its marks.
fn closing_quote(text: &str, quote: char) -> Option<usize> {
    let mut characters = text.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        if c == '\\' {
            characters.next();
        } else if c == quote {
            return Some(at + 1);
        }
    }
    None
}

/// What an editor is told about a tag that asks for too much.
pub(super) fn refusal(tag: &str, source: &Source) -> Diagnostic {
    let text = &source.text.text;
    let place =
        text[source.front.body_start..].find(tag).map_or(source.front.body_start..source.front.body_start, |at| {
            let start = source.front.body_start + at;
            start..start + tag.len()
        });
    let error = Diagnostic::error(
        Code::TemplateRefused,
        source.text.span(place),
        text!(
            "w tekście strony mogą być komponenty i wartości, nic więcej",
            "the text of a page may have components and values, nothing more"
        ),
    );
    let inside = tag.trim_matches(['{', '%', '}', '-']).trim();
    let called = inside.split_once('(').map(|(name, _)| name.trim_end());
    // What older versions of Zola had instead of components looked like this.
    let is_shortcode = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    error.help(match called.filter(|name| is_shortcode(name)) {
        Some(name) => text!(
            "usuń to albo przenieś do szablonu; jeśli motyw ma taki komponent, napisz {{{{ <{name} … /> }}}}",
            "remove this, or move it into a template; if the theme has such a component, write {{{{ <{name} … /> }}}}"
        ),
        None => text!(
            "przenieś to do szablonu; osoba, która prowadzi witrynę, może dopuścić ten plik: [trust] content w huta.toml",
            "move this into a template; whoever runs the site can trust this file: [trust] content in huta.toml"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_and_values_are_permitted() {
        for text in [
            "no template",
            "{{ <publisher.report /> }}",
            "{{ <map path=\"a.md\" zoom=3 title={page.title | upper} /> }}",
            "{% <note kind='warning'> %}text{% </note> %}",
            "{{ page.extra.years[0] | default(value=\"{% for %}\") }}",
            "{{ trans(key=\"map\") }} {{ get_url(path=\"@/a.md\") | safe }} {{ -5 }}",
            "{# {% for x in y %} #}{% raw %}{% for x in y %}{% endraw %}",
        ] {
            assert_eq!(refused(text), None, "{text}");
        }
    }

    #[test]
    fn work_and_looking_round_are_refused() {
        for tag in [
            "{% for i in range(end=9) %}",
            "{% set a = 1 %}",
            "{% include \"x.html\" %}",
            "{%- if page -%}",
            "{{ get_env(name=\"HOME\") }}",
            "{{ load_data (path=\"x\") }}",
            "{{ \"a\" ~ \"b\" }}",
            "{{ \"a\" | replace(from=\"a\", to=\"aa\") }}",
            "{{ page.title | | load }}",
            "{{ <note text={get_env(name=\"HOME\")} /> }}",
            "{{ 9 * 9 }}",
            "{{ ((((((((((((1)))))))))))) }}",
            "{{ [x for x in y] }}",
        ] {
            assert_eq!(refused(&format!("a {tag} b {{{{ get_env() }}}}")), Some(tag));
        }
    }

    #[test]
    fn calls_are_counted_and_so_is_how_deep_they_stand() {
        let many = "{{ <a /> }}".repeat(MOST_CALLS);
        assert!(refused(&many).is_none() && refused(&format!("{many}{{{{ <a /> }}}}")).is_some());
        assert!(refused(&"{% <a> %}".repeat(MOST_DEPTH + 1)).is_some());
        assert!(refused(&"{% <a> %}{% </a> %}".repeat(MOST_DEPTH + 1)).is_none());
    }
}
