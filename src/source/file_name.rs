//! What a content file's name says: role, language, slug, date.

/// What a Markdown file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentRole {
    /// `_index.md`: the section of its folder.
    Section,
    /// `index.md`: the page of its folder, which is a bundle.
    Bundle,
    /// Any other name: a page of its own.
    Page,
}

/// A content file's path below `content/`, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentName {
    /// Folder parts, the bundle's own folder included.
    pub folders: Vec<String>,
    /// File stem without the language.
    pub stem: String,
    /// Language code in the name, if any.
    pub language: Option<String>,
    /// What the file is.
    pub role: ContentRole,
}

impl ContentName {
    /// Takes apart a path below `content/` that ends in `.md`.
    ///
    /// The last dotted part of the stem is a language only on a multilingual site; elsewhere dots are just dots.
    #[must_use]
    pub fn parse(path: &str, multilingual: bool) -> Self {
        let mut folders: Vec<String> = path.split('/').map(str::to_string).collect();
        let name = folders.pop().unwrap_or_default();
        let full_stem = name.strip_suffix(".md").unwrap_or(&name);
        let (stem, language) = match full_stem.rsplit_once('.') {
            Some((stem, code)) if multilingual && !stem.is_empty() => (stem, Some(code.to_string())),
            _ => (full_stem, None),
        };
        let role = match stem {
            "_index" => ContentRole::Section,
            "index" => ContentRole::Bundle,
            _ => ContentRole::Page,
        };
        Self { folders, stem: stem.to_string(), language, role }
    }

    /// Path of the file's original below `content/`: the same name without a language. Translations share it.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut path = self.folders.join("/");
        if !path.is_empty() {
            path.push('/');
        }
        path + &self.stem + ".md"
    }

    /// Name the slug is made from: a bundle's folder, else the stem.
    #[must_use]
    pub fn base(&self) -> &str {
        match self.role {
            ContentRole::Bundle => self.folders.last().map_or("", String::as_str),
            _ => &self.stem,
        }
    }

    /// Folders of the section the file belongs to.
    #[must_use]
    pub fn section_folders(&self) -> &[String] {
        match self.role {
            ContentRole::Bundle => &self.folders[..self.folders.len().saturating_sub(1)],
            _ => &self.folders,
        }
    }
}

/// A name with a date in front of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageDateParts<'a> {
    /// The date, if the name starts with one.
    pub date: Option<&'a str>,
    /// The name without it.
    pub rest: &'a str,
}

impl<'a> PageDateParts<'a> {
    /// Splits a date in front of a name: `2024-05-06-festyn` is the date and `festyn`.
    ///
    /// A date alone is a date, and still the whole name. A time may follow (`2024-05-06T07:08:09Z_x`).
    #[must_use]
    pub fn of(name: &'a str) -> Self {
        let (date, rest) = split_date(name);
        Self { date, rest }
    }
}

fn split_date(name: &str) -> (Option<&str>, &str) {
    let bytes = name.as_bytes();
    let looks_like_date = bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
        && name[..10].parse::<jiff::civil::Date>().is_ok();
    if !looks_like_date {
        return (None, name);
    }
    let mut end = 10;
    if bytes.get(10) == Some(&b'T')
        && let Some(length) = time_length(&name[10..])
    {
        end += length;
    }
    let rest = name[end..].strip_prefix(' ').unwrap_or(&name[end..]);
    match rest.strip_prefix(['_', '-']) {
        Some(slug) if !slug.is_empty() => (Some(&name[..end]), slug.trim_start()),
        _ if rest.is_empty() => (Some(&name[..end]), name),
        _ => (None, name),
    }
}

/// Length of `THH:MM:SS[.f](Z|±hh:mm)` at the start of `text`.
fn time_length(text: &str) -> Option<usize> {
    (9..=text.len()).filter(|end| text.is_char_boundary(*end)).rfind(|end| {
        let stamp = format!("2000-01-01{}", &text[..*end]);
        stamp.parse::<jiff::Timestamp>().is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_role_language_and_bundle() {
        let name = ContentName::parse("miejsca/plac/index.en.md", true);
        assert_eq!(name.role, ContentRole::Bundle);
        assert_eq!(name.language.as_deref(), Some("en"));
        assert_eq!(name.canonical(), "miejsca/plac/index.md");
        assert_eq!((name.base(), name.section_folders()), ("plac", &["miejsca".to_string()][..]));
        assert_eq!(ContentName::parse("v1.0.md", false).stem, "v1.0");
    }

    #[test]
    fn cuts_dates_off_names() {
        assert_eq!(split_date("2024-05-06-festyn"), (Some("2024-05-06"), "festyn"));
        assert_eq!(split_date("2024-05-06 - x"), (Some("2024-05-06"), "x"));
        assert_eq!(split_date("2024-05-06"), (Some("2024-05-06"), "2024-05-06"));
        assert_eq!(split_date("2024-05-06T07:08:09Z_x"), (Some("2024-05-06T07:08:09Z"), "x"));
        assert_eq!(split_date("2024-13-06-x"), (None, "2024-13-06-x"));
        assert_eq!(split_date("2024-05-06x"), (None, "2024-05-06x"));
    }
}
