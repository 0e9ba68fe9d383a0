//! What the files of a site are, in the words of HTTP.

/// Types that libraries and servers know otherwise, or not at all: ending and type.
const OWN: [(&str, &str); 14] = [
    ("csv", "text/csv"),
    ("geojson", "application/geo+json"),
    ("gpx", "application/gpx+xml"),
    ("ics", "text/calendar"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("kml", "application/vnd.google-earth.kml+xml"),
    ("md", "text/markdown"),
    ("mjs", "text/javascript"),
    ("vcf", "text/vcard"),
    ("webmanifest", "application/manifest+json"),
    ("xml", "application/xml"),
    ("yaml", "application/yaml"),
    ("yml", "application/yaml"),
];

/// Endings of open data, which pages of other sites may read.
const DATA: [&str; 8] = ["csv", "geojson", "gpx", "ics", "json", "kml", "vcf", "xml"];

/// The type of files with this ending, with the charset of texts.
pub(super) fn media_type(ending: &str) -> String {
    let own = OWN.iter().find(|(known, _)| *known == ending).map(|(_, media)| (*media).to_string());
    let media = own.unwrap_or_else(|| mime_guess::from_ext(ending).first_or_octet_stream().essence_str().to_string());
    if is_text_type(&media) { format!("{media}; charset=utf-8") } else { media }
}

/// What a file's name ends in after its last dot, if it has more than an ending.
pub(super) fn extension(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending)
}

/// Whether a file is text, and so worth compressing.
pub(super) fn is_text(path: &str) -> bool {
    extension(path).is_some_and(|ending| is_text_type(&media_type(ending)))
}

/// Whether pages of other sites may read files with this ending.
pub(super) fn is_data(ending: &str) -> bool {
    DATA.contains(&ending)
}

fn is_text_type(media: &str) -> bool {
    media.starts_with("text/")
        || media.contains("+json")
        || media.contains("+xml")
        || ["application/json", "application/xml", "application/yaml"].iter().any(|text| media.starts_with(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_with_their_charset() {
        for (ending, media) in [
            ("html", "text/html; charset=utf-8"),
            ("svg", "image/svg+xml; charset=utf-8"),
            ("webmanifest", "application/manifest+json; charset=utf-8"),
            ("kml", "application/vnd.google-earth.kml+xml; charset=utf-8"),
            ("webp", "image/webp"),
            ("unheard-of", "application/octet-stream"),
        ] {
            assert_eq!(media_type(ending), media);
        }
        assert!(
            is_text("a/b.vcf") && is_text("x.txt") && !is_text("x.png") && !is_text("x.css.gz") && !is_text("CNAME")
        );
    }

    #[test]
    fn endings_of_names() {
        for (path, ending) in [
            ("a.css", Some("css")),
            ("a.b/c", None),
            ("a/b.c.d", Some("d")),
            (".nojekyll", None),
            ("a/.htaccess", None),
            ("CNAME", None),
            ("a.", Some("")),
            ("", None),
        ] {
            assert_eq!(extension(path), ending, "{path}");
        }
        assert!(OWN.iter().all(|(ending, media)| media_type(ending).starts_with(media)));
        for text in [
            "text/x",
            "application/ld+json",
            "image/svg+xml",
            "application/json",
            "application/xml",
            "application/yaml",
        ] {
            assert!(is_text_type(text), "{text}");
        }
        assert!(!is_text_type("application/pdf") && !is_text_type("image/png") && !is_text_type("font/woff2"));
        assert!(is_data("csv") && is_data("xml") && !is_data("html") && !is_data("js"));
    }
}
