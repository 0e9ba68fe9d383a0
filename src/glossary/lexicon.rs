//! All forms of explained words in one language, and where a text holds them.

use std::collections::HashMap;
use std::ops::Range;

use super::tokens::tokens;
use crate::language::{is_acronym, phrase_forms};

/// A place in a text where a word stands that is explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Number of the word.
    pub word: usize,
}

/// The forms of all words that one place explains in one language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Forms as ways through words: a form is where a way ends.
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Default)]
struct Node {
    next: HashMap<String, usize>,
    word: Option<usize>,
}

impl Lexicon {
    /// The forms of words in a language: each with its number, as it stands in a dictionary, and the forms that were
    /// written out for it. Those go before what the rules make; of two words that share a form the first has it.
    #[must_use]
    pub fn new<'w>(language: &str, words: impl Iterator<Item = (usize, &'w str, &'w [String])> + Clone) -> Self {
        let mut lexicon = Self::default();
        for (number, word, forms) in words.clone() {
            lexicon.add_form(language, word, number);
            for form in forms {
                lexicon.add_form(language, form, number);
            }
        }
        for (number, word, _) in words {
            lexicon.add(language, word, number);
        }
        lexicon
    }

    /// Adds all forms of a word or phrase.
    fn add(&mut self, language: &str, phrase: &str, word: usize) {
        for form in phrase_forms(language, phrase) {
            self.insert(form.into_iter(), word);
        }
    }

    /// Adds a form that an editor wrote out; an acronym takes its endings all the same.
    fn add_form(&mut self, language: &str, form: &str, word: usize) {
        if is_acronym(form) && !form.contains(char::is_whitespace) {
            self.add(language, form, word);
        } else {
            let words = form.split_whitespace().map(|word| {
                let word = word.replace('’', "'");
                if is_acronym(&word) { word } else { word.to_lowercase() }
            });
            self.insert(words, word);
        }
    }

    /// The first word to have a form keeps it.
    fn insert(&mut self, form: impl Iterator<Item = String>, word: usize) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut at = 0;
        for step in form {
            let free = self.nodes.len();
            let next = *self.nodes[at].next.entry(step).or_insert(free);
            if next == free {
                self.nodes.push(Node::default());
            }
            at = next;
        }
        if at > 0 {
            self.nodes[at].word.get_or_insert(word);
        }
    }

    /// Where words stand in a text, none over another, the longest first.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Found> {
        let Some(root) = self.nodes.first() else { return vec![] };
        let tokens = tokens(text);
        let mut found = vec![];
        let mut at = 0;
        while at < tokens.len() {
            let (mut ways, mut best) = (vec![root], None);
            for (length, token) in tokens[at..].iter().enumerate() {
                if length > 0 && !token.follows {
                    break;
                }
                ways = self.step(&ways, &token.written);
                if ways.is_empty() {
                    break;
                }
                if let Some(word) = ways.iter().find_map(|node| node.word) {
                    best = Some((length + 1, word));
                }
            }
            match best {
                Some((length, word)) => {
                    let range = tokens[at].range.start..tokens[at + length - 1].range.end;
                    found.push(Found { range, word });
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    /// A word with capitals of its own may be an acronym or a word that is shouted.
    fn step<'n>(&'n self, ways: &[&'n Node], written: &str) -> Vec<&'n Node> {
        let small = written.to_lowercase();
        let spellings = [is_acronym(written).then_some(written), Some(small.as_str())];
        let next = |node: &'n Node| spellings.into_iter().flatten().filter_map(|spelling| node.next.get(spelling));
        ways.iter().flat_map(|node| next(node)).map(|at| &self.nodes[*at]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(language: &str, words: &[&str]) -> Lexicon {
        Lexicon::new(language, words.iter().enumerate().map(|(number, word)| (number, *word, &[][..])))
    }

    fn found<'t>(lexicon: &Lexicon, text: &'t str) -> Vec<(&'t str, usize)> {
        lexicon.find(text).into_iter().map(|found| (&text[found.range], found.word)).collect()
    }

    #[test]
    fn the_longest_phrase_wins() {
        let lexicon = lexicon("pl", &["konkurs", "otwarty konkurs ofert", "oferta"]);
        let text = "W otwartym\u{a0}konkursie\nofert, a nie w konkursie. Ofert nie było. Otwarty konkurs, ofert brak.";
        assert_eq!(
            found(&lexicon, text),
            [("otwartym\u{a0}konkursie\nofert", 1), ("konkursie", 0), ("Ofert", 2), ("konkurs", 0), ("ofert", 2)]
        );
    }

    #[test]
    fn acronyms_keep_their_capitals() {
        let lexicon = lexicon("pl", &["KRS", "numer KRS", "statut", "OPP"]);
        assert_eq!(
            found(&lexicon, "KRS, krs, KRS-u, KRSu, w KRS-ie, KRS-8, numeru KRS, STATUTU, opp"),
            [("KRS", 0), ("KRS-u", 0), ("KRS-ie", 0), ("numeru KRS", 1), ("STATUTU", 2)]
        );
    }

    #[test]
    fn only_whole_words_are_found() {
        let lexicon = lexicon("pl", &["statut"]);
        assert_eq!(found(&lexicon, "statutowy statut-wzór nie-statut statut.pl („statutem”)."), [("statutem", 0)]);
        assert!(Lexicon::default().find("statut").is_empty());
    }

    #[test]
    fn english_words_have_plurals_and_possessives() {
        let lexicon = lexicon("en", &["own contribution", "NGO", "grant"]);
        assert_eq!(
            found(&lexicon, "Own contributions, NGOs’ and NGO’s; the grant’s end, granted"),
            [("Own contributions", 0), ("NGOs", 1), ("NGO’s", 1), ("grant’s", 2)]
        );
    }
}
