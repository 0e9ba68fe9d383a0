//! What a picture file says of itself.

use std::io::Cursor;

use image::metadata::Orientation;
use quick_xml::events::Event;

use crate::diagnostic::Text;
use crate::text;

/// Size, format and what the camera wrote, without decoding the pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Metadata {
    /// Width in pixels, as seen (a turned photo is turned).
    pub width: u32,
    /// Height in pixels, as seen.
    pub height: u32,
    /// Short name of the format: `jpg`, `png`, `svg` …
    pub format: String,
    /// Media type.
    pub mime: String,
    /// EXIF's description.
    pub description: Option<String>,
    /// EXIF's time of taking, as written: `YYYY:MM:DD HH:MM:SS`.
    pub created: Option<String>,
    /// How the stored pixels have to be turned.
    pub orientation: Orientation,
    /// Whether it says where it was taken.
    pub has_position: bool,
}

impl Metadata {
    /// Reads a file's bytes.
    ///
    /// # Errors
    ///
    /// Says what is wrong when it is not a picture of a known format.
    pub fn read(bytes: &[u8]) -> Result<Self, Text> {
        if let Some((width, height)) = svg_size(bytes) {
            return Ok(Self {
                width,
                height,
                format: "svg".into(),
                mime: "image/svg+xml".into(),
                description: None,
                created: None,
                orientation: Orientation::NoTransforms,
                has_position: false,
            });
        }
        let kind = imagesize::image_type(bytes)
            .map_err(|_| text!("to nie jest obraz w znanym formacie", "it is not a picture of a known format"))?;
        let unreadable =
            |why: String| text!("nie da się odczytać jego rozmiaru: {why}", "its size cannot be read: {why}");
        let (format, mime) = names(kind).ok_or_else(|| {
            text!("przeglądarki nie pokazują obrazów w tym formacie", "it is not a picture a browser shows")
        })?;
        let size = imagesize::blob_size(bytes).map_err(|error| unreadable(error.to_string()))?;
        let exif = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok();
        let text = |tag| {
            let field = exif.as_ref()?.get_field(tag, exif::In::PRIMARY)?;
            let exif::Value::Ascii(parts) = &field.value else { return None };
            let text = String::from_utf8_lossy(parts.first()?).trim().to_string();
            (!text.is_empty()).then_some(text)
        };
        let orientation = exif
            .as_ref()
            .and_then(|exif| exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?.value.get_uint(0))
            .and_then(|number| Orientation::from_exif(u8::try_from(number).ok()?))
            .unwrap_or(Orientation::NoTransforms);
        let has_position =
            exif.as_ref().is_some_and(|exif| exif.get_field(exif::Tag::GPSLatitude, exif::In::PRIMARY).is_some());
        let pixels = |side: usize| u32::try_from(side).map_err(|error| unreadable(error.to_string()));
        let (mut width, mut height) = (pixels(size.width)?, pixels(size.height)?);
        if turns_sides(orientation) {
            (width, height) = (height, width);
        }
        if width == 0 || height == 0 {
            return Err(text!("nie ma ani jednego piksela", "it has no pixels"));
        }
        Ok(Self {
            width,
            height,
            format: format.into(),
            mime: mime.into(),
            description: text(exif::Tag::ImageDescription),
            created: text(exif::Tag::DateTimeOriginal).or_else(|| text(exif::Tag::DateTime)),
            orientation,
            has_position,
        })
    }

    /// Whether width and height of the stored pixels are the other way round.
    #[must_use]
    pub fn is_turned(&self) -> bool {
        turns_sides(self.orientation)
    }
}

/// Whether turning swaps width and height.
fn turns_sides(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// Short name and media type.
fn names(kind: imagesize::ImageType) -> Option<(&'static str, &'static str)> {
    use imagesize::{Compression, ImageType};
    Some(match kind {
        ImageType::Jpeg => ("jpg", "image/jpeg"),
        ImageType::Png => ("png", "image/png"),
        ImageType::Gif => ("gif", "image/gif"),
        ImageType::Webp => ("webp", "image/webp"),
        ImageType::Heif(Compression::Av1) => ("avif", "image/avif"),
        ImageType::Bmp => ("bmp", "image/bmp"),
        ImageType::Ico => ("ico", "image/x-icon"),
        ImageType::Tiff => ("tiff", "image/tiff"),
        ImageType::Jxl => ("jxl", "image/jxl"),
        _ => return None,
    })
}

/// Size of an SVG picture: `width` and `height` in pixels, else of its `viewBox`. `None` when it is no SVG with a size.
fn svg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return None;
    }
    let mut reader = quick_xml::Reader::from_str(text);
    let root = loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => break tag,
            Event::Eof => return None,
            _ => {}
        }
    };
    if root.local_name().as_ref() != "svg" {
        return None;
    }
    let attribute = |name: &str| root.try_get_attribute(name).ok()?.map(|attribute| attribute.value.into_owned());
    let pixels = |text: String| pixels(text.trim().trim_end_matches("px"));
    if let (Some(width), Some(height)) = (attribute("width").and_then(pixels), attribute("height").and_then(pixels)) {
        return Some((width, height));
    }
    let view = attribute("viewBox")?;
    let mut sides = view.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    Some((self::pixels(sides.next()?)?, self::pixels(sides.next()?)?))
}

/// A length without a unit, in whole pixels.
fn pixels(text: &str) -> Option<u32> {
    let number: f64 = text.trim().parse().ok()?;
    // It was just seen to fit.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.5..=f64::from(u32::MAX)).contains(&number).then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_drawings() {
        let size = |text: &str| svg_size(text.as_bytes());
        assert_eq!(size("<?xml version=\"1.0\"?><svg width=\"48px\" height=\"36\"/>"), Some((48, 36)));
        assert_eq!(size("<svg viewBox=\"0 0 24.4 12\"><path/></svg>"), Some((24, 12)));
        assert_eq!(size("<svg width=\"100%\" height=\"50%\" viewBox=\"0,0,2,1\"/>"), Some((2, 1)));
        assert_eq!(
            (size("<html/>"), size("<svg/>"), size("<svg viewBox=\"0 0 x\"/>"), size("svg")),
            (None, None, None, None)
        );
    }

    #[test]
    fn no_picture_is_an_error() {
        assert!(Metadata::read(b"hello").is_err());
        assert!(Metadata::read(b"").is_err());
        assert!(Metadata::read(b"\x89PNG\r\n\x1a\n").is_err());
    }
}
