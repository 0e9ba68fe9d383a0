//! Licences of pictures, by the names people write and the identifiers of the SPDX list.

/// A licence that may be written under `licence`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// Identifier of the SPDX licence list, or `LicenseRef-All-Rights-Reserved`.
    pub id: String,
    /// Short name as people write it.
    pub name: String,
    /// Address of its text for readers.
    pub url: Option<String>,
}

/// Creative Commons licences by their elements.
const ELEMENTS: [&str; 6] = ["BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND"];

/// Versions of them; `4.0` is meant where none is written.
const VERSIONS: [&str; 5] = ["4.0", "3.0", "2.5", "2.0", "1.0"];

/// Licences that pictures come under besides: identifier, name, address, other ways to write it.
const OTHERS: [(&str, &str, Option<&str>, &[&str]); 6] = [
    ("CC0-1.0", "CC0 1.0", Some("https://creativecommons.org/publicdomain/zero/1.0/"), &["CC0", "CC-0", "CC0-1"]),
    (
        "LicenseRef-Public-Domain",
        "Public domain",
        Some("https://creativecommons.org/publicdomain/mark/1.0/"),
        &["PUBLIC-DOMAIN", "PD", "DOMENA-PUBLICZNA", "PDM-1.0", "CC-PDM-1.0"],
    ),
    ("GFDL-1.3-or-later", "GFDL 1.3", Some("https://www.gnu.org/licenses/fdl-1.3.html"), &["GFDL", "GFDL-1.3"]),
    ("LAL-1.3", "Licence Art Libre 1.3", Some("https://artlibre.org/"), &["FAL-1.3", "LAL", "FREE-ART-LICENSE"]),
    ("MIT", "MIT", Some("https://opensource.org/license/mit"), &[]),
    (
        "LicenseRef-All-Rights-Reserved",
        "© All rights reserved",
        None,
        &["ALL-RIGHTS-RESERVED", "WSZELKIE-PRAWA-ZASTRZEŻONE", "©", "COPYRIGHT"],
    ),
];

impl Licence {
    /// The licence of this name: an SPDX identifier (`CC-BY-SA-4.0`) or as people write it (`CC BY-SA 4.0`, `cc by`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.trim().to_uppercase().replace([' ', '_'], "-");
        if let Some((id, name, url, _)) =
            OTHERS.iter().find(|(id, _, _, others)| id.to_uppercase() == name || others.contains(&name.as_str()))
        {
            return Some(Self { id: (*id).into(), name: (*name).into(), url: url.map(str::to_string) });
        }
        let rest = name.strip_prefix("CC-")?;
        let (elements, version) = match rest.rsplit_once('-') {
            Some((elements, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => (elements, version),
            _ => (rest, VERSIONS[0]),
        };
        let elements = ELEMENTS.iter().find(|known| **known == elements)?;
        let version = VERSIONS.iter().find(|known| **known == version || known.strip_suffix(".0") == Some(version))?;
        Some(Self {
            id: format!("CC-{elements}-{version}"),
            name: format!("CC {elements} {version}"),
            url: Some(format!("https://creativecommons.org/licenses/{}/{version}/", elements.to_lowercase())),
        })
    }

    /// A regular expression for the names that [`Self::parse`] knows.
    pub(super) fn pattern() -> String {
        let commons = format!("CC-({})(-({}))?", ELEMENTS.join("|"), VERSIONS.join("|").replace(".0", "(.0)?"));
        let others = OTHERS.iter().flat_map(|(id, _, _, others)| others.iter().copied().chain([*id]));
        let names = others.map(str::to_string).chain([commons]).collect::<Vec<_>>().join("|");
        let each = names.chars().map(|c| match c {
            '-' => "[ _-]".to_string(),
            '.' => r"\.".to_string(),
            c if c.is_alphabetic() => format!("[{}{}]", c.to_uppercase(), c.to_lowercase()),
            c => c.to_string(),
        });
        format!(r"^\s*({})\s*$", each.collect::<String>())
    }

    /// Identifiers to suggest from.
    pub(super) fn known() -> Vec<String> {
        let commons = ELEMENTS.iter().map(|elements| format!("CC-{elements}-4.0"));
        commons.chain(OTHERS.iter().map(|(id, ..)| (*id).to_string())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_takes_what_is_known() {
        let pattern = fancy_regex::Regex::new(&Licence::pattern()).unwrap();
        let known = Licence::known();
        let as_written = ["CC BY-SA 4.0", "cc by-sa", " CC BY SA 4 ", "CC_BY-SA_4.0", "CC BY 2.5", "Domena publiczna"];
        for name in as_written.into_iter().chain(known.iter().map(String::as_str)) {
            assert!(Licence::parse(name).is_some() && pattern.is_match(name).unwrap(), "{name}");
        }
        for name in ["", "CC", "CC BY-XX 4.0", "CC BY 9.9", "CC BY 2", "za zgodą autora", "MITX"] {
            assert_eq!(Licence::parse(name).is_some(), pattern.is_match(name).unwrap(), "{name}");
        }
    }

    #[test]
    fn names_as_people_write_them() {
        let id = |text: &str| Licence::parse(text).map(|licence| licence.id);
        for by_sa in ["CC-BY-SA-4.0", "CC BY-SA 4.0", "cc by-sa", " CC BY SA 4 ", "CC_BY-SA_4.0"] {
            assert_eq!(id(by_sa).as_deref(), Some("CC-BY-SA-4.0"), "{by_sa}");
        }
        assert_eq!(id("CC BY 2.5").as_deref(), Some("CC-BY-2.5"));
        assert_eq!(id("CC0").as_deref(), Some("CC0-1.0"));
        assert_eq!(id("domena publiczna").as_deref(), Some("LicenseRef-Public-Domain"));
        for unknown in ["", "CC", "CC BY-XX 4.0", "CC BY 9.9", "za zgodą autora"] {
            assert_eq!(id(unknown), None, "{unknown}");
        }
        let url = Licence::parse("CC BY-NC-ND 3.0").unwrap().url.unwrap();
        assert_eq!(url, "https://creativecommons.org/licenses/by-nc-nd/3.0/");
        assert!(Licence::known().iter().all(|name| Licence::parse(name).is_some_and(|licence| licence.id == *name)));
    }
}
