//! What templates for Zola up to 0.22 (Tera 1) are full of, and what took its place.

use crate::diagnostic::Text;
use crate::text;

/// Filters that are gone, with what to write now.
const FILTERS: [(&str, &str); 8] = [
    ("as_str", "str"),
    ("linebreaksbr", "newlines_to_br"),
    ("replace_re", "regex_replace(pattern=\"…\", rep=\"…\")"),
    ("concat", "[...list, item]"),
    ("slice", "list[0:3]"),
    ("map", "[item.name for item in list]"),
    ("filter", "[item for item in list if item.name]"),
    ("addslashes", "replace(from=\"…\", to=\"…\")"),
];

/// Tests that are gone, with what to write now.
const TESTS: [(&str, &str); 2] = [("divisibleby", "divisible_by(divisor=2)"), ("object", "map")];

/// Functions that are gone, with what to write now.
const FUNCTIONS: [(&str, &str); 1] = [("get_file_hash", "get_hash(path=\"…\")")];

/// Help for an error about something old; `said` is Tera's message, `line` the line it points at.
pub(super) fn help(said: &str, line: &str, in_content: bool) -> Option<Text> {
    let named = |what: &str, known: &[(&'static str, &'static str)]| {
        let name = said.strip_prefix(what)?.trim_matches('`');
        known.iter().find(|(old, _)| *old == name).map(|(_, new)| *new)
    };
    let new = named("Unknown filter ", &FILTERS)
        .or_else(|| named("Unknown test ", &TESTS))
        .or_else(|| named("Unknown function ", &FUNCTIONS));
    if let Some(new) = new {
        return Some(text!("Tera 2 ma zamiast tego: {new}", "Tera 2 has this instead: {new}"));
    }
    if in_content && let Some(name) = said.strip_prefix("Unknown function `").and_then(|rest| rest.strip_suffix('`')) {
        return Some(text!(
            "dawne „shortcodes” to teraz komponenty: zdefiniuj {{% component {name}(…) %}} i napisz {{{{ <{name} … /> }}}}",
            "shortcodes are components now: define {{% component {name}(…) %}} and write {{{{ <{name} … /> }}}}"
        ));
    }
    let has = |pieces: &[&str]| pieces.iter().any(|piece| line.contains(piece));
    if said == "Unknown tag" && in_content {
        return Some(text!(
            "dawne „shortcodes” z treścią to teraz komponenty: {{% <nazwa …> %}} … {{% </nazwa> %}}",
            "shortcodes with a body are components now: {{% <name …> %}} … {{% </name> %}}"
        ));
    }
    if has(&["{% macro", "{%- macro", "{% import", "{%- import", "endmacro", "::"]) {
        return Some(text!(
            "makra to teraz komponenty, widoczne wszędzie bez import: {{% component nazwa(a, b) %}} … {{% endcomponent nazwa %}}, wywołanie {{{{ <nazwa a={{1}} b=\"x\" /> }}}}",
            "macros are components now, seen everywhere without import: {{% component name(a, b) %}} … {{% endcomponent name %}}, called as {{{{ <name a={{1}} b=\"x\" /> }}}}"
        ));
    }
    if has(&["divisibleby("]) {
        return Some(text!(
            "Tera 2 ma zamiast tego: divisible_by(divisor=2)",
            "Tera 2 has this instead: divisible_by(divisor=2)"
        ));
    }
    if has(&["ignore missing", "include ["]) {
        return Some(text!(
            "include bierze jeden szablon, który musi istnieć",
            "include takes one template, which must exist"
        ));
    }
    if said == "unexpected escape character" {
        return Some(text!(
            "odwrotny ukośnik w tekście pisze się podwójnie: \"\\\\d\"",
            "a backslash in a text is written twice: \"\\\\d\""
        ));
    }
    if said.contains("expected identifier") && line.contains(" is ") && !said.starts_with("Found integer") {
        return Some(text!(
            "argumenty testów mają teraz nazwy: is starting_with(pat=\"…\"), is divisible_by(divisor=2)",
            "arguments of tests have names now: is starting_with(pat=\"…\"), is divisible_by(divisor=2)"
        ));
    }
    let indexed = said.starts_with("Found integer but expected identifier");
    indexed.then(|| {
        text!("element listy pisze się lista[0], nie lista.0", "an item of a list is written list[0], not list.0")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_things_have_answers() {
        let answer =
            |said: &str, line: &str, in_content| help(said, line, in_content).map(|text| text.en).unwrap_or_default();
        assert!(answer("Unknown filter `concat`", "", false).contains("[...list, item]"));
        assert!(answer("Unknown function `youtube`", "{{ youtube(id=1) }}", true).contains("{{ <youtube … /> }}"));
        assert!(answer("Unknown tag", "{% import \"m.html\" as m %}", false).contains("component"));
        assert!(answer("Found integer but expected identifier.", "{{ a.0 }}", false).contains("list[0]"));
        assert_eq!(help("Unknown filter `nope`", "{{ a | nope }}", false), None);
    }
}
