//! What a drawing comes to when all it refers to is drawn wherever it is referred to: patterns of patterns multiply.

use std::collections::HashMap;

use roxmltree::{Document, Node, NodeId};

/// Elements that references may add to those of the file.
const MOST: u64 = 200_000;

/// How long a chain of references and nested elements may be.
const DEEPEST: usize = 500;

/// Whether drawing it would take too long, for browsers as for us. Style sheets are not looked into.
pub(super) fn is_too_heavy(document: &Document<'_>) -> bool {
    let named = document.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let elements = document.descendants().filter(Node::is_element).count() as u64;
    Scale { named, known: HashMap::new() }.weigh(document.root_element(), 0) > MOST + elements
}

struct Scale<'a> {
    named: HashMap<&'a str, Node<'a, 'a>>,
    /// The weight of elements; of those that are being weighed 0, for what refers to itself is not drawn.
    known: HashMap<NodeId, u64>,
}

impl<'a> Scale<'a> {
    fn weigh(&mut self, node: Node<'a, 'a>, depth: usize) -> u64 {
        if depth > DEEPEST {
            return u64::MAX;
        }
        if let Some(known) = self.known.get(&node.id()) {
            return *known;
        }
        self.known.insert(node.id(), 0);
        let mut weight: u64 = 1;
        for child in node.children().filter(Node::is_element) {
            weight = weight.saturating_add(self.weigh(child, depth + 1));
        }
        for name in node.attributes().flat_map(|attribute| references(attribute.value())) {
            if let Some(target) = self.named.get(name).copied() {
                weight = weight.saturating_add(self.weigh(target, depth + 1));
            }
        }
        self.known.insert(node.id(), weight);
        weight
    }
}

/// What an attribute refers to: `#a`, or `url(#a)` wherever it stands.
fn references(value: &str) -> impl Iterator<Item = &str> {
    let inside = value.split("url(").skip(1).filter_map(|rest| {
        let rest = rest.trim_start().trim_start_matches(['"', '\'']);
        rest.strip_prefix('#')?.split(['"', '\'', ')', ' ']).next()
    });
    value.strip_prefix('#').into_iter().chain(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_heavy(defs: &str, last: &str) -> bool {
        let text = format!("<svg><defs>{defs}</defs><rect fill=\"{last}\"/></svg>");
        is_too_heavy(&Document::parse(&text).unwrap())
    }

    /// Patterns, each with four rectangles that are filled with the one before it.
    fn patterns(count: usize) -> String {
        let pattern = |at: usize| {
            let before = format!("<rect style=\"fill: url( '#p{}')\"/>", at.wrapping_sub(1));
            format!("<pattern id=\"p{at}\">{}</pattern>", before.repeat(4))
        };
        (0..count).map(pattern).collect()
    }

    #[test]
    fn references_multiply() {
        assert!(!is_heavy(&patterns(6), "url(#p5)"));
        assert!(is_heavy(&patterns(24), "url(#p23)"));
        let uses: Vec<String> = (1..30)
            .map(|at| format!("<g id=\"g{at}\">{}</g>", format!("<use href=\"#g{}\"/>", at - 1).repeat(2)))
            .collect();
        let uses = uses.concat();
        assert!(is_heavy(&uses, "none"));
    }

    #[test]
    fn loops_and_large_files_are_not_heavy() {
        assert!(!is_heavy("<g id=\"a\" mask=\"url(#b)\"/><g id=\"b\" mask=\"url(#a)\"/>", "url(#a)"));
        assert!(!is_heavy(&"<g fill=\"#fff\"/>".repeat(300_000), "#f00"));
        let chain: Vec<String> =
            (0..100_000).map(|at| format!("<g id=\"g{at}\" mask=\"url(#g{})\"/>", at + 1)).collect();
        let chain = chain.concat();
        assert!(is_heavy(&chain, "none"));
    }
}
