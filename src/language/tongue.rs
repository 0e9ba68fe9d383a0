//! The languages that the house knows something of.

/// A language with rules of its own in this room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tongue {
    /// Polish.
    Polish,
    /// English.
    English,
}

impl Tongue {
    /// The language of a code such as `pl`, `en` or `en-GB`; `None` for one that nothing is known of.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        match code.split('-').next() {
            Some("pl") => Some(Self::Polish),
            Some("en") => Some(Self::English),
            _ => None,
        }
    }

    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Polish => "pl",
            Self::English => "en",
        }
    }
}
