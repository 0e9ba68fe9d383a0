//! XML, by its elements and texts.
//!
//! Not compared: comments, order of attributes, prefixes of namespaces, CDATA against entities, white space around
//! texts and its amount within them, `<generator>`, and the order of the entries of a sitemap. Text that is escaped HTML
//! is compared as [`super::html`] compares it. When neither side is well-formed their words count.

use std::sync::LazyLock;

use fancy_regex::Regex;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{LocalName, NamespaceResolver, ResolveResult};
use quick_xml::{NsReader, XmlVersion};

use super::flow::{Flow, Token};
use super::{difference, html};

/// Compares two documents; `unordered` compares only which tags and words they have.
pub(super) fn differences<'a>(expected: &'a str, actual: &'a str, unordered: bool) -> Vec<String> {
    let words = |text: &'a str| text.split_whitespace().collect::<Vec<_>>();
    match (tokens(expected), tokens(actual)) {
        (Ok(expected), Ok(actual)) if unordered => difference::bags(&expected, &actual),
        (Ok(expected), Ok(actual)) => difference::tokens(&expected, &actual),
        (Err(_), Err(_)) => difference::lines(&words(expected), &words(actual)),
        (Err(problem), _) => vec![format!("expected is not well-formed: {problem}")],
        (_, Err(problem)) => vec![format!("not well-formed: {problem}")],
    }
}

#[derive(Debug)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    Ok(parse(text)?.into_tokens())
}

impl Element {
    /// The element with what is in it; text comes before the elements that it stands between.
    fn into_tokens(self) -> Vec<Token> {
        let is_set = self.is_named("urlset") || self.is_named("sitemapindex");
        let mut tokens = vec![Token::Open(self.name.clone(), self.attributes)];
        if self.text.contains('<') && self.text.contains('>') {
            tokens.push(Token::Open("escaped HTML".into(), vec![]));
            tokens.extend(html::fragment(&self.text));
            tokens.push(Token::Close("escaped HTML".into()));
        } else {
            let mut flow = Flow::new();
            flow.text(&self.text);
            tokens.extend(flow.finish());
        }
        let mut children: Vec<_> = self.children.into_iter().map(Self::into_tokens).collect();
        if is_set {
            children.sort();
        }
        tokens.extend(children.into_iter().flatten());
        tokens.push(Token::Close(self.name));
        tokens
    }

    fn is_named(&self, local: &str) -> bool {
        self.name.rsplit('}').next() == Some(local)
    }
}

fn parse(text: &str) -> Result<Element, String> {
    let mut reader = NsReader::from_str(text);
    let (mut open, mut root) = (Vec::<Element>::new(), None);
    let mut started = false;
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(tag) => open.push(element(&tag, reader.resolver())?),
            Event::Empty(tag) => close(element(&tag, reader.resolver())?, &mut open, &mut root)?,
            Event::End(_) => {
                let element = open.pop().ok_or("an end tag without a start tag")?;
                close(element, &mut open, &mut root)?;
            }
            Event::Text(text) => add(&text.xml10_content(), &mut open)?,
            Event::CData(text) => add(&text.xml10_content(), &mut open)?,
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|error| error.to_string())?.map(String::from);
                let text = character.or_else(|| resolve_xml_entity(&reference).map(String::from));
                add(&text.ok_or_else(|| format!("&{};", &*reference))?, &mut open)?;
            }
            Event::Decl(_) if started => return Err("the XML declaration is not at the beginning".into()),
            Event::Decl(_) if !is_declared(text) => return Err("the XML declaration is not as it should be".into()),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof if open.is_empty() => return root.ok_or_else(|| "no element".into()),
            Event::Eof => return Err(format!("<{}> is not closed", open[open.len() - 1].name)),
        }
        started = true;
    }
}

/// Whether a document begins with a declaration of XML in UTF-8.
fn is_declared(text: &str) -> bool {
    static DECLARATION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"^<\?xml\s+version\s*=\s*["']1\.[01]["'](\s+encoding\s*=\s*["'](?i:utf-8)["'])?\s*\?>"#).unwrap()
    });
    DECLARATION.is_match(text).unwrap()
}

fn element(tag: &BytesStart<'_>, namespaces: &NamespaceResolver) -> Result<Element, String> {
    let mut attributes = vec![];
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attribute.value.contains('<') {
            return Err(format!("< in an attribute: {}", &*attribute.value));
        }
        if attribute.key.as_namespace_binding().is_none() {
            let value = attribute
                .normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_xml_entity)
                .map_err(|error| error.to_string())?;
            attributes.push((name(namespaces.resolve_attribute(attribute.key))?, value.into_owned()));
        }
    }
    attributes.sort();
    let name = name(namespaces.resolve_element(tag.name()))?;
    Ok(Element { name, attributes, text: String::new(), children: vec![] })
}

/// A name with its namespace instead of the prefix.
fn name((namespace, local): (ResolveResult<'_>, LocalName<'_>)) -> Result<String, String> {
    let local: &str = local.as_ref();
    match namespace {
        ResolveResult::Bound(namespace) => Ok(format!("{{{}}}{local}", namespace.0)),
        ResolveResult::Unbound => Ok(local.into()),
        ResolveResult::Unknown(prefix) => Err(format!("the prefix {prefix} has no namespace")),
    }
}

/// Puts a finished element where it belongs.
fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) -> Result<(), String> {
    match open.last_mut() {
        Some(_) if element.is_named("generator") => {}
        Some(parent) => parent.children.push(element),
        None if root.is_some() => return Err("more than one element at the top".into()),
        None => *root = Some(element),
    }
    Ok(())
}

fn add(text: &str, open: &mut [Element]) -> Result<(), String> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err("text outside of elements".into()),
    }
    Ok(())
}
