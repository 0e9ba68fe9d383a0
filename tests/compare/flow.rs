//! HTML as it is shown: a run of tags and texts without the white space that nobody sees.
//!
//! A browser shows a run of white space as one space, and none at the edge of a block. So white space counts as one
//! space between words, even across the tags of phrases (`a <b>b</b>` and `a<b> b</b>` differ, as the space is bold in
//! one of them), and not at all beside the tag of a block. What is kept exactly (`<pre>`) is kept.

use std::fmt;

/// A tag or a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Token {
    /// `<!doctype …>`.
    Doctype(String),
    /// A start tag with its attributes in the order of their names.
    Open(String, Vec<(String, String)>),
    /// An end tag, written or implied.
    Close(String),
    /// Text whose white space is shown collapsed.
    Text(String),
    /// Text where every character counts.
    Exact(String),
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Doctype(name) => write!(f, "<!doctype {name}>"),
            Self::Open(name, attributes) => {
                write!(f, "<{name}")?;
                attributes.iter().try_for_each(|(name, value)| write!(f, " {name}={value:?}"))?;
                write!(f, ">")
            }
            Self::Close(name) => write!(f, "</{name}>"),
            Self::Text(text) | Self::Exact(text) => write!(f, "{text:?}"),
        }
    }
}

/// Elements that stand in a line of text.
const PHRASES: &str = " a abbr acronym audio b bdi bdo big button canvas cite code data del dfn em embed font i iframe \
    img input ins kbd label map mark math meter object output picture progress q ruby rp rt s samp select small span \
    strike strong sub sup svg text time tspan tt u var video wbr ";

/// Those of them that show something themselves, so that a space after them is seen.
const SHOWN: &str = " audio button canvas iframe img input object select svg video ";

fn is_in(list: &str, name: &str) -> bool {
    list.contains(&format!(" {name} "))
}

/// White space as HTML has it.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Takes tags and texts in reading order.
#[derive(Debug)]
pub(super) struct Flow {
    tokens: Vec<Token>,
    /// Whether more white space would not be shown here.
    spaced: bool,
    /// The last text since the edge of a block: its space at the end is not shown if the block ends.
    last: Option<usize>,
}

impl Flow {
    /// Nothing yet, at the edge of a block.
    pub(super) fn new() -> Self {
        Self { tokens: vec![], spaced: true, last: None }
    }

    /// Adds text whose white space is collapsed.
    pub(super) fn text(&mut self, text: &str) {
        let mut shown = String::new();
        for c in text.chars() {
            let space = is_space(c);
            if !(space && self.spaced) {
                shown.push(if space { ' ' } else { c });
            }
            self.spaced = space;
        }
        if shown.is_empty() {
            return;
        }
        if let Some(Token::Text(before)) = self.tokens.last_mut() {
            before.push_str(&shown);
        } else {
            self.tokens.push(Token::Text(shown));
        }
        self.last = Some(self.tokens.len() - 1);
    }

    /// Adds text in which every character counts.
    pub(super) fn exact(&mut self, text: &str) {
        if let Some(Token::Exact(before)) = self.tokens.last_mut() {
            before.push_str(text);
        } else {
            self.tokens.push(Token::Exact(text.into()));
        }
        (self.spaced, self.last) = (false, None);
    }

    /// Adds a start tag.
    pub(super) fn open(&mut self, name: &str, attributes: Vec<(String, String)>) {
        self.tag(name);
        self.tokens.push(Token::Open(name.into(), attributes));
    }

    /// Adds an end tag.
    pub(super) fn close(&mut self, name: &str) {
        self.tag(name);
        self.tokens.push(Token::Close(name.into()));
    }

    /// Adds a doctype.
    pub(super) fn doctype(&mut self, name: String) {
        self.tokens.push(Token::Doctype(name));
    }

    /// What was taken.
    pub(super) fn finish(mut self) -> Vec<Token> {
        self.edge();
        self.tokens
    }

    fn tag(&mut self, name: &str) {
        if !is_in(PHRASES, name) {
            self.edge();
        } else if is_in(SHOWN, name) {
            (self.spaced, self.last) = (false, None);
        }
    }

    /// The edge of a block.
    fn edge(&mut self) {
        if let Some(last) = self.last
            && let Token::Text(text) = &mut self.tokens[last]
            && self.spaced
        {
            text.truncate(text.trim_end_matches(' ').len());
            if text.is_empty() {
                self.tokens.remove(last);
            }
        }
        (self.spaced, self.last) = (true, None);
    }
}
