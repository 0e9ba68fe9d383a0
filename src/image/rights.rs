//! Who made a picture and under which licence, as written into every smaller version of it.

use std::fmt::Write as _;

use pulldown_cmark_escape::escape_html;
use serde::{Deserialize, Serialize};

/// What a picture made by huta says of its origin. Everything else that the original says is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rights {
    /// Who made it.
    pub creator: Option<String>,
    /// Name of the licence.
    pub licence: Option<String>,
    /// Address of the licence's text.
    pub licence_url: Option<String>,
    /// Where it comes from: an address or a name.
    pub source: Option<String>,
}

impl Rights {
    /// The XMP packet (ISO 16684-1), or `None` when there is nothing to say. The names are Dublin Core's and the XMP
    /// Rights Management schema's, which image search engines read as a picture's licence.
    #[must_use]
    pub fn xmp(&self) -> Option<String> {
        if *self == Self::default() {
            return None;
        }
        let mut inside = String::new();
        if let Some(creator) = &self.creator {
            let _ = write!(inside, "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>", escaped(creator));
        }
        if let Some(licence) = &self.licence {
            let _ = write!(
                inside,
                "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:rights>",
                escaped(licence)
            );
        }
        if let Some(url) = &self.licence_url {
            let _ = write!(inside, "<xmpRights:WebStatement>{}</xmpRights:WebStatement>", escaped(url));
        }
        if let Some(source) = &self.source {
            let _ = write!(inside, "<dc:source>{}</dc:source>", escaped(source));
        }
        Some(format!(
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\">{inside}</rdf:Description></rdf:RDF></x:xmpmeta>"
        ))
    }
}

/// Text for XML; what XML cannot say is left out.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    // Writing into a string does not fail.
    let _ = escape_html(&mut out, &text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_well_formed() {
        let rights = Rights {
            creator: Some("Jan & „Ktoś” <x>\u{1}".into()),
            licence: Some("CC BY-SA 4.0".into()),
            licence_url: Some("https://example.org/?a=1&b=2".into()),
            source: None,
        };
        let xmp = rights.xmp().unwrap();
        assert!(xmp.contains("Jan &amp; „Ktoś” &lt;x&gt;</rdf:li>") && xmp.contains("?a=1&amp;b=2"), "{xmp}");
        let mut reader = quick_xml::Reader::from_str(&xmp);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        assert_eq!(Rights::default().xmp(), None);
    }
}
