//! What a template may read, told from its text.
//!
//! A page is made again when what it shows has changed. Most templates show the text of the page they are for, and of other
//! pages only what front matter says. Which do more cannot be seen from outside while they run, so their texts are looked
//! at, with every doubt against them: a template that is called [`foreign`](Reads::foreign) without need costs time, one
//! that is not and should be would leave an old page in the site.

use std::collections::{BTreeMap, BTreeSet};

/// Attributes of pages and sections that are made of their bodies.
const OF_BODIES: [&str; 8] =
    ["content", "summary", "toc", "word_count", "reading_time", "backlinks", "plain_content", "linked_data"];

/// Attributes that lead from one page or section to another; `lower` is a filter, too.
const TO_OTHERS: [&str; 3] = ["embed", "higher", "lower"];

/// Lists of pages, sections, the configuration and built-in templates that hold no pages.
const LISTS: [&str; 13] = [
    "aliases",
    "alternates",
    "ancestors",
    "assets",
    "authors",
    "components",
    "images",
    "languages",
    "private",
    "subsections",
    "taxonomies",
    "toc",
    "translations",
];

/// Functions and filters that show all of a value, or look at bodies themselves.
const SHOW_ALL: [&str; 6] = ["json_encode", "str", "get_status", "__tera_context", "debug", "values"];

/// What a template and all that it includes, extends and calls may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reads {
    /// A hash of the names and texts of all of them.
    pub print: [u8; 32],
    /// Whether they may read the body, or what is made of it, of another page than the one they are for, or that one's neighbours
    /// or twin.
    pub foreign: bool,
    /// Whether they may look at the pages of a section.
    pub lists: bool,
}

/// One template file.
#[derive(Debug, Default)]
struct File {
    /// Names of templates that it extends or includes.
    others: BTreeSet<String>,
    /// Names of components that it calls.
    calls: BTreeSet<String>,
    /// Names of components that it defines.
    defines: BTreeSet<String>,
    foreign: bool,
    lists: bool,
    /// Names of the page it is for by which it shows what was made of a body, and names that are given to something else: what
    /// is included has the names of its surroundings.
    shown: BTreeSet<&'static str>,
    given: BTreeSet<&'static str>,
}

/// Names of the page or section that a template is for.
const OWN: [&str; 2] = ["page", "section"];

/// Looks at templates: their texts by name.
pub(super) struct Reader<'a> {
    texts: BTreeMap<&'a str, &'a str>,
    files: BTreeMap<&'a str, File>,
    prefixes: &'a [String],
}

impl<'a> Reader<'a> {
    pub(super) fn new(texts: impl Iterator<Item = (&'a str, &'a str)>, prefixes: &'a [String]) -> Self {
        let texts: BTreeMap<&str, &str> = texts.collect();
        let files = texts.iter().map(|(name, text)| (*name, File::read(text))).collect();
        Self { texts, files, prefixes }
    }

    /// What the template of this name may read.
    pub(super) fn reads(&self, name: &str) -> Reads {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&str> = self.named(name).collect();
        while let Some(name) = open.pop() {
            if !seen.insert(name) {
                continue;
            }
            let file = &self.files[name];
            open.extend(file.others.iter().flat_map(|other| self.named(other)));
            let defines = |other: &File| other.defines.iter().any(|name| file.calls.contains(name));
            open.extend(self.files.iter().filter(|(_, other)| defines(other)).map(|(name, _)| *name));
        }
        let mut hasher = blake3::Hasher::new();
        for name in &seen {
            for part in [*name, self.texts[name]] {
                hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
            }
        }
        let files = || seen.iter().map(|name| &self.files[name]);
        let is_other = |name: &&'static str| files().any(|file| file.given.contains(name));
        let foreign = files().any(|file| file.foreign || file.shown.iter().any(&is_other));
        Reads { print: *hasher.finalize().as_bytes(), foreign, lists: foreign || files().any(|file| file.lists) }
    }

    /// Files that a name may mean: the site's, the theme's, the built-in one. All of them count, for the first that is there
    /// may go.
    fn named<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'a str> + 'n {
        let tries = std::iter::once(String::new()).chain(self.prefixes.iter().cloned());
        tries.filter_map(move |prefix| {
            self.texts.get_key_value(format!("{prefix}{name}").as_str()).map(|(name, _)| *name)
        })
    }
}

impl File {
    fn read(text: &str) -> Self {
        let mut file = Self::default();
        let code: Vec<Vec<Token<'_>>> = code_of(text).map(tokens).collect();
        let (mut listed, mut has_components) = (BTreeSet::new(), false);
        let own = |name: &str| OWN.into_iter().find(|own| *own == name);
        for (all, at) in code.iter().flat_map(|tokens| (0..tokens.len()).map(move |at| (tokens, at))) {
            let word = |at: usize| all.get(at).and_then(Token::word);
            match (word(at), word(at + 1), word(at + 2)) {
                (Some("for"), Some(name), second) => {
                    file.given.extend(own(name));
                    let list = (at + 3..at + 8).map_while(word_or_dot(all));
                    if !list.flatten().any(|word| LISTS.contains(&word)) {
                        listed.insert(name);
                    }
                    // Two names: keys and values of a map, whatever they are.
                    file.foreign |= second != Some("in");
                }
                (Some("set" | "set_global"), Some(name), _) => {
                    file.given.extend(own(name));
                    listed.insert(name);
                }
                (Some("component"), Some(_), _) => has_components = true,
                (Some("extends" | "include"), _, _) => match all.get(at + 1) {
                    Some(Token::Text(name)) => drop(file.others.insert((*name).to_string())),
                    _ => file.foreign = true,
                },
                _ => {}
            }
        }
        file.lists = code.iter().flatten().any(|token| match token {
            Token::Word(word) => *word == "pages",
            Token::Text(text) => text.split('.').any(|part| part == "pages"),
            _ => false,
        });
        for tokens in &code {
            file.foreign |= shows_foreign(tokens, &listed, &mut file.shown);
        }
        if has_components {
            // What a component is given may have any name; so may what it includes.
            file.foreign |= !file.shown.is_empty();
            if !file.others.is_empty() {
                file.given.extend(OWN);
            }
        }
        for name in component_names(text) {
            match name {
                Name::Defined(name) => drop(file.defines.insert(name)),
                Name::Called(name) => drop(file.calls.insert(name)),
            }
        }
        file
    }
}

/// The words of a path such as `page.taxonomies.tags`, and nothing for its dots; the path ends at anything else.
fn word_or_dot<'t, 'a>(all: &'t [Token<'a>]) -> impl Fn(usize) -> Option<Option<&'a str>> + use<'t, 'a> {
    move |at| match all.get(at)? {
        Token::Word(word) => Some(Some(word)),
        Token::Sign('.') => Some(None),
        _ => None,
    }
}

/// Whether one piece of code may show what was made of another page's body.
///
/// What it shows of the page it is for goes into `shown`.
fn shows_foreign(tokens: &[Token<'_>], listed: &BTreeSet<&str>, shown: &mut BTreeSet<&'static str>) -> bool {
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        let is_attribute = matches!(before, Some(Token::Sign('.')));
        match token {
            Token::Word(word) if OF_BODIES.contains(word) || (is_attribute && TO_OTHERS.contains(word)) => {
                let of = at.checked_sub(2).and_then(|at| tokens[at].word());
                let is_nested = at.checked_sub(3).is_some_and(|at| matches!(tokens[at], Token::Sign('.')));
                let own = of.and_then(|of| OWN.into_iter().find(|own| *own == of));
                match own.filter(|_| is_attribute && !is_nested) {
                    Some(own) => drop(shown.insert(own)),
                    None => return true,
                }
            }
            // `facet.values` is no filter.
            Token::Word(word) if SHOW_ALL.contains(word) && !matches!(before, Some(Token::Sign('.'))) => return true,
            // A name in a text: `attribute="content"`, `page["content"]`.
            Token::Text(text) if text.split('.').any(|part| OF_BODIES.contains(&part) || TO_OTHERS.contains(&part)) => {
                return true;
            }
            // What is looked up by a name that is not written there.
            Token::Sign('[') => {
                let is_lookup = matches!(before, Some(Token::Word(_) | Token::Sign(')' | ']')))
                    && !matches!(before, Some(Token::Word("in" | "if" | "else" | "and" | "or" | "not" | "set" | "is")));
                if is_lookup && !matches!(tokens.get(at + 1), Some(Token::Text(_) | Token::Number | Token::Sign(':'))) {
                    return true;
                }
            }
            _ => {}
        }
    }
    // A whole page, printed.
    let first = tokens.first().and_then(Token::word);
    let is_shown = first.is_some_and(|name| listed.contains(name) || OWN.contains(&name));
    is_shown && matches!(tokens.get(1), None | Some(Token::Sign('|' | '~')))
        || tokens.windows(2).any(|pair| {
            let names = |token: &Token<'_>| token.word().is_some_and(|name| OWN.contains(&name));
            matches!(pair[0], Token::Sign('~')) && names(&pair[1])
                || names(&pair[0]) && matches!(pair[1], Token::Sign('~'))
        })
}

/// A part of the code of a template.
#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Text(&'a str),
    Number,
    Sign(char),
}

impl<'a> Token<'a> {
    fn word(&self) -> Option<&'a str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The pieces of code in a template: what stands in `{{ }}` and `{% %}`.
fn code_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find('{')?;
            let open = &rest[at..];
            let close = match open.as_bytes().get(1) {
                Some(b'{') => "}}",
                Some(b'%') => "%}",
                Some(b'#') => {
                    rest = open.split_once("#}").map_or("", |(_, rest)| rest);
                    continue;
                }
                _ => {
                    rest = &open[1..];
                    continue;
                }
            };
            let inside = &open[2..];
            // The end that stands in a text is none; and a `}` of a map may stand before it.
            let mut quote = None;
            let mut end = inside.len();
            for (at, c) in inside.char_indices() {
                match quote {
                    Some(open) if c == open => quote = None,
                    None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
                    None if inside[at..].starts_with(close) && !inside[at + 1..].starts_with(close) => {
                        end = at;
                        break;
                    }
                    _ => {}
                }
            }
            rest = inside.get(end + 2..).unwrap_or_default();
            return Some(inside[..end].trim_matches('-').trim());
        }
    })
}

fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut list = vec![];
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let length = if first.is_ascii_digit() {
            let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
            list.push(Token::Number);
            end
        } else if is_name(first) {
            let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
            list.push(Token::Word(&rest[..end]));
            end
        } else if matches!(first, '"' | '\'' | '`') {
            let end = rest[1..].find(first).map_or(rest.len(), |end| end + 2);
            list.push(Token::Text(rest[1..end].trim_end_matches(first)));
            end
        } else {
            list.push(Token::Sign(first));
            first.len_utf8()
        };
        rest = rest[length..].trim_start();
    }
    list
}

enum Name {
    Defined(String),
    Called(String),
}

/// The components that a template defines and calls: `component a.b(`, `<a.b`.
fn component_names(text: &str) -> Vec<Name> {
    let mut names = vec![];
    let name_of = |text: &str| {
        let end = text.find(|c: char| !(c.is_alphanumeric() || "_.-".contains(c))).unwrap_or(text.len());
        (end > 0).then(|| text[..end].to_string())
    };
    for code in code_of(text) {
        if let Some(rest) = code.strip_prefix("component") {
            names.extend(name_of(rest.trim_start()).map(Name::Defined));
        }
        for (at, _) in code.match_indices('<') {
            names.extend(name_of(code[at + 1..].trim_start_matches('/')).map(Name::Called));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(text: &str) -> bool {
        let texts = [("a.html", text)];
        Reader::new(texts.into_iter(), &[]).reads("a.html").foreign
    }

    #[test]
    fn what_a_page_says_of_itself_is_its_own() {
        for text in [
            "{% extends \"base.html\" %}{{ page.content | safe }}{% for h in page.toc %}{{ h.title }}{% endfor %}",
            "{% if page.lower %}<a href=\"{{ page.lower.permalink | safe }}\">{{ page.lower.title }}</a>{% endif %}",
            "{{ section.content }}{% for p in section.pages %}{{ p.title }} {{ p.description }}{% endfor %}",
            "{% for page in paginator.pages %}<a href=\"{{ page.permalink }}\">{{ page.title }}</a>{% endfor %}",
            "content, summary {# {{ p.content }} #} { page.lower.content }",
            "{% set s = get_section(path=path, lang=lang) %}{{ s.title }}{{ months[1].name }}{{ x[\"a\"] }}",
            "{% for tag in page.taxonomies.tags %}{{ tag }}{% endfor %}{% for path in home.subsections %}{{ path }}{% endfor %}",
            "{% set all = [p.title for p in section.pages if not p.draft] %}",
            "{% for p in section.pages %}{{ p.title | lower }}{% endfor %}{{ page.embed.permalink }}",
        ] {
            assert!(!foreign(text), "{text}");
        }
    }

    #[test]
    fn every_doubt_is_against_a_template() {
        for text in [
            "{% for p in section.pages %}{{ p.content }}{% endfor %}",
            "{% for page in section.pages %}{{ page.summary | safe }}{% endfor %}",
            "{{ page.lower.content }}",
            "{{ page.higher[\"content\"] }}",
            "{% set p = get_page(path=\"a.md\") %}{{ p.word_count }}",
            "{{ get_page(path=\"a.md\").toc | length }}",
            "{{ section.pages | map(attribute=\"content\") | join }}",
            "{{ section.pages | sort(attribute=\"reading_time\") | first }}",
            "{{ page[key] }}",
            "{{ page[\"con\" ~ \"tent\"] }}{{ x(y)[name] }}",
            "{{ page }}",
            "{{ section | json_encode }}",
            "{% for k, v in page %}{{ v }}{% endfor %}",
            "{% for p in section.pages %}{{ p }}{% endfor %}",
            "{% for p in section.pages %}{{ p | upper }}{% endfor %}",
            "{% for p in all %}{{ toc }}{{ p }}{% endfor %}",
            "{% component card(page) %}{{ page.content }}{% endcomponent %}",
            "{% component card(doc) %}{{ doc.summary }}{% endcomponent %}",
            "{{ \"}}\" }}{{ p.content }}",
            "{% include name %}",
            "{{ get_status() }}",
            "{{ \"a\" ~ page }}",
            "{% for p in section.pages %}{{ p.lower.title }}{% endfor %}",
            "{{ page.lower.higher.title }}{{ page.lower[\"embed\"] }}",
        ] {
            assert!(foreign(text), "{text}");
        }
    }

    #[test]
    fn what_is_included_and_called_counts() {
        let texts = BTreeMap::from([
            ("page.html", "{% extends \"base.html\" %}{{ <card.small p /> }}"),
            ("base.html", "{% include \"foot.html\" %}"),
            ("foot.html", "a"),
            ("t/foot.html", "b"),
            ("cards.html", "{% component card.small(p: map) %}{{ p.title }}{% endcomponent card.small %}"),
            ("other.html", "{% component other(p) %}{{ p.content }}{% endcomponent %}"),
        ]);
        let reads = |changes: &[(&'static str, &'static str)], name: &str| {
            let mut texts = texts.clone();
            texts.extend(changes.iter().copied());
            Reader::new(texts.iter().map(|(name, text)| (*name, *text)), &["t/".to_string()]).reads(name)
        };
        let before = reads(&[], "page.html");
        assert!(!before.foreign && reads(&[], "other.html").foreign);
        for name in ["page.html", "base.html", "foot.html", "t/foot.html", "cards.html"] {
            assert_ne!(reads(&[(name, "new")], "page.html").print, before.print, "{name}");
        }
        assert_eq!(reads(&[("other.html", "new")], "page.html"), before);
        // What is included in a loop sees the loop's `page`.
        let foot = ("foot.html", "{{ page.summary }}");
        assert!(!reads(&[foot], "page.html").foreign);
        let base = ("base.html", "{% for page in section.pages %}{% include \"foot.html\" %}{% endfor %}");
        assert!(reads(&[foot, base], "page.html").foreign);
        let uses = "{% component card.small(p: map) %}{{ <other p /> }}{% endcomponent card.small %}";
        assert!(reads(&[("cards.html", uses)], "page.html").foreign);
    }
}
