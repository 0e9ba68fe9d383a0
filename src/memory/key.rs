//! Hashes of what a value is made from.

/// A hash of everything a value is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u8; 32]);

/// The parts of a key, one after the other.
#[derive(Debug, Clone)]
pub struct Parts(blake3::Hasher);

impl Parts {
    /// The parts of a value of one sort: two sorts never share a key.
    #[must_use]
    pub fn of(sort: &str) -> Self {
        Self(blake3::Hasher::new()).with(sort)
    }

    /// One more part. Its length counts, so that no two lists of parts are alike.
    #[must_use]
    pub fn with(mut self, part: impl AsRef<[u8]>) -> Self {
        self.push(part);
        self
    }

    /// One more part, in place.
    pub fn push(&mut self, part: impl AsRef<[u8]>) {
        let part = part.as_ref();
        self.0.update(&(part.len() as u64).to_le_bytes()).update(part);
    }

    /// The key.
    #[must_use]
    pub fn key(self) -> Key {
        Key(*self.0.finalize().as_bytes())
    }
}

impl Key {
    /// The bytes of the hash.
    #[must_use]
    pub fn bytes(self) -> [u8; 32] {
        self.0
    }
}

impl AsRef<[u8]> for Key {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        let key = |sort: &str, parts: &[&str]| parts.iter().fold(Parts::of(sort), Parts::with).key();
        assert_eq!(key("a", &["b", "c"]), key("a", &["b", "c"]));
        let all = [key("a", &["b", "c"]), key("a", &["bc"]), key("ab", &["c"]), key("a", &["b", "c", ""])];
        for (at, one) in all.iter().enumerate() {
            assert!(all[at + 1..].iter().all(|other| other != one), "{at}");
        }
    }
}
