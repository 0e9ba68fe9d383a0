//! The cells of a paradigm: forms by number and case.

/// Gender of a noun, as far as adjectives beside it care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Masculine,
    Feminine,
    Neuter,
    /// Only a plural, not of persons.
    Plural,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    Singular,
    Plural,
}

/// The vocative is left out: nobody calls to a word of a glossary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Nominative,
    Genitive,
    Dative,
    Accusative,
    Instrumental,
    Locative,
}

impl Case {
    pub(super) const ALL: [Self; 6] =
        [Self::Nominative, Self::Genitive, Self::Dative, Self::Accusative, Self::Instrumental, Self::Locative];
}

/// Forms by number and case; in each cell all that are possible.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cells([Vec<String>; 12]);

fn at(number: Number, case: Case) -> usize {
    number as usize * Case::ALL.len() + case as usize
}

impl Cells {
    /// A word that has one form.
    pub(super) fn fixed(word: &str) -> Self {
        let mut cells = Self::default();
        cells.0.iter_mut().for_each(|cell| cell.push(word.to_string()));
        cells
    }

    pub(super) fn add(&mut self, number: Number, case: Case, form: String) {
        let cell = &mut self.0[at(number, case)];
        if !cell.contains(&form) {
            cell.push(form);
        }
    }

    pub(super) fn set(&mut self, number: Number, case: Case, form: &str) {
        self.add(number, case, form.to_string());
    }

    pub(super) fn add_all(&mut self, number: Number, case: Case, stem: &str, endings: &[&str]) {
        for ending in endings {
            self.add(number, case, format!("{stem}{ending}"));
        }
    }

    /// Endings of the genitive, dative, accusative, instrumental and locative.
    pub(super) fn singular(&mut self, stem: &str, endings: [&[&str]; 5]) {
        for (case, endings) in Case::ALL[1..].iter().zip(endings) {
            self.add_all(Number::Singular, *case, stem, endings);
        }
    }

    /// Endings of the nominative (which is the accusative) and the genitive; all others have one.
    pub(super) fn plural(&mut self, stem: &str, nominative: &[&str], genitive: &[&str]) {
        self.add_all(Number::Plural, Case::Nominative, stem, nominative);
        self.add_all(Number::Plural, Case::Accusative, stem, nominative);
        self.add_all(Number::Plural, Case::Genitive, stem, genitive);
        self.add_all(Number::Plural, Case::Dative, stem, &["om"]);
        self.add_all(Number::Plural, Case::Instrumental, stem, &["ami"]);
        self.add_all(Number::Plural, Case::Locative, stem, &["ach"]);
    }

    pub(super) fn copy(&mut self, number: Number, from: Case, to: Case) {
        for form in self.0[at(number, from)].clone() {
            self.add(number, to, form);
        }
    }

    pub(super) fn clear(&mut self, number: Number) {
        for case in Case::ALL {
            self.0[at(number, case)].clear();
        }
    }

    /// The cells in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[String]> {
        self.0.iter().map(Vec::as_slice)
    }
}
