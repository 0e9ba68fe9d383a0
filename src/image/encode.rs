//! Pixels into files.

use mozjpeg_rs::{Encoder, Preset, Subsampling};

use super::raster::{Channels, Raster};
use crate::diagnostic::Text;
use crate::text;

/// Form of a picture that is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG of this quality, 1 to 100.
    Jpeg(u8),
    /// PNG.
    Png,
    /// WebP of this quality, 0 to 100; lossless without one.
    WebP(Option<u8>),
    /// AVIF of this quality, 1 to 100, and speed, 1 (slow) to 10 (fast).
    Avif(u8, u8),
}

impl Format {
    /// Extension of the file.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg(_) => "jpg",
            Self::Png => "png",
            Self::WebP(_) => "webp",
            Self::Avif(..) => "avif",
        }
    }

    /// Media type.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg(_) => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP(_) => "image/webp",
            Self::Avif(..) => "image/avif",
        }
    }
}

/// Longest side of a WebP picture.
const LONGEST_WEBP: u32 = 16_383;

/// The file for a picture in sRGB. `xmp` is the only metadata in it (AVIF has no place for it yet).
pub(super) fn encode(picture: &Raster, format: Format, xmp: Option<&str>) -> Result<Vec<u8>, Text> {
    match format {
        Format::Jpeg(quality) => jpeg(&picture.opaque(), quality, xmp).map_err(failed),
        Format::Png => png(picture, xmp).map_err(failed),
        Format::WebP(quality) => {
            let longest = picture.width.max(picture.height);
            if longest > LONGEST_WEBP {
                return Err(text!(
                    "WebP nie może mieć boku {longest} pikseli; najwięcej {LONGEST_WEBP}",
                    "WebP cannot have a side of {longest} pixels; {LONGEST_WEBP} is the most"
                ));
            }
            Ok(with_xmp(webp(picture, quality), picture, xmp))
        }
        #[cfg(feature = "avif")]
        Format::Avif(quality, speed) => avif(picture, quality, speed).map_err(failed),
        #[cfg(not(feature = "avif"))]
        Format::Avif(..) => Err(text!(
            "ten program zbudowano bez AVIF (bez funkcji avif)",
            "this huta was built without AVIF (the feature `avif`)"
        )),
    }
}

fn failed(why: impl std::fmt::Display) -> Text {
    text!("nie da się go zapisać: {why}", "it cannot be written: {why}")
}

/// Colours at half the resolution, mozjpeg's quantisation tables, Huffman codes made for the picture, in one pass. What
/// takes longer (trellis quantisation, progressive scans) saves 13 % more in four to eight times the time.
fn jpeg(picture: &Raster, quality: u8, xmp: Option<&str>) -> Result<Vec<u8>, mozjpeg_rs::Error> {
    let mut encoder =
        Encoder::new(Preset::BaselineFastest).quality(quality).subsampling(Subsampling::S420).optimize_huffman(true);
    if let Some(xmp) = xmp {
        // XMP specification part 3, section 1.1.3.
        encoder = encoder.add_marker(1, [b"http://ns.adobe.com/xap/1.0/\0", xmp.as_bytes()].concat());
    }
    encoder.encode_rgb(&picture.pixels, picture.width, picture.height)
}

fn png(picture: &Raster, xmp: Option<&str>) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = vec![];
    let mut encoder = png::Encoder::new(&mut out, picture.width, picture.height);
    encoder.set_color(if picture.channels == Channels::Rgb { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    if let Some(xmp) = xmp {
        encoder.add_itxt_chunk("XML:com.adobe.xmp".into(), xmp.into())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&picture.pixels)?;
    writer.finish()?;
    Ok(out)
}

fn webp(picture: &Raster, quality: Option<u8>) -> Vec<u8> {
    let (width, height) = (picture.width, picture.height);
    let encoder = match picture.channels {
        Channels::Rgb => webp::Encoder::from_rgb(&picture.pixels, width, height),
        _ => webp::Encoder::from_rgba(&picture.pixels, width, height),
    };
    match quality {
        Some(quality) => encoder.encode(quality.into()).to_vec(),
        None => encoder.encode_lossless().to_vec(),
    }
}

/// A WebP file with metadata: the picture's own chunks between an announcement and the packet (RFC 9649, section 2.7).
fn with_xmp(simple: Vec<u8>, picture: &Raster, xmp: Option<&str>) -> Vec<u8> {
    const HEADER: usize = 12;
    let (Some(xmp), Some(chunks)) = (xmp, simple.get(HEADER..)) else { return simple };
    // An encoder that announced something itself has one already.
    let chunks = if chunks.starts_with(b"VP8X") { chunks.get(18..).unwrap_or_default() } else { chunks };
    let alpha = if picture.channels == Channels::Rgba { 1 << 4 } else { 0 };
    let mut announcement = vec![(1 << 2) | alpha, 0, 0, 0];
    announcement.extend_from_slice(&(picture.width - 1).to_le_bytes()[..3]);
    announcement.extend_from_slice(&(picture.height - 1).to_le_bytes()[..3]);
    let mut body = b"WEBP".to_vec();
    let mut add = |name: &[u8; 4], data: &[u8]| {
        body.extend_from_slice(name);
        body.extend_from_slice(&u32::try_from(data.len()).unwrap_or_default().to_le_bytes());
        body.extend_from_slice(data);
        body.resize(body.len().next_multiple_of(2), 0);
    };
    add(b"VP8X", &announcement);
    let mut rest = chunks;
    while let Some((name, after)) = rest.split_first_chunk::<4>() {
        let Some((length, data)) = after.split_first_chunk::<4>() else { break };
        let length = (u32::from_le_bytes(*length) as usize).min(data.len());
        add(name, &data[..length]);
        rest = data.get(length.next_multiple_of(2)..).unwrap_or_default();
    }
    add(b"XMP ", xmp.as_bytes());
    let length = u32::try_from(body.len()).unwrap_or_default();
    [b"RIFF".as_slice(), &length.to_le_bytes(), &body].concat()
}

#[cfg(feature = "avif")]
fn avif(picture: &Raster, quality: u8, speed: u8) -> image::ImageResult<Vec<u8>> {
    use image::ImageEncoder as _;
    let mut out = vec![];
    let kind = match picture.channels {
        Channels::Rgb => image::ExtendedColorType::Rgb8,
        _ => image::ExtendedColorType::Rgba8,
    };
    // One thread each: several pictures are made at once.
    image::codecs::avif::AvifEncoder::new_with_speed_quality(&mut out, speed, quality)
        .with_num_threads(Some(1))
        .write_image(&picture.pixels, picture.width, picture.height, kind)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Metadata;
    use crate::image::limits::Budget;

    fn picture() -> Raster {
        let pixels = (0..40 * 20).flat_map(|at| [200, 10, 10, if at % 40 < 20 { 0 } else { 255 }]).collect();
        Raster { width: 40, height: 20, channels: Channels::Rgba, pixels, profile: None }
    }

    #[test]
    fn every_format_is_what_it_says_and_keeps_its_rights() {
        let mut formats = vec![Format::Jpeg(75), Format::Png, Format::WebP(None), Format::WebP(Some(60))];
        if cfg!(feature = "avif") {
            formats.push(Format::Avif(80, 10));
        }
        let xmp = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">żółć!</x:xmpmeta>";
        for format in formats {
            for xmp in [None, Some(xmp)] {
                let made = encode(&picture(), format, xmp).unwrap();
                let metadata = Metadata::read(&made).unwrap();
                assert_eq!((metadata.width, metadata.height, metadata.format.as_str()), (40, 20, format.extension()));
                if let (Some(xmp), false) = (xmp, matches!(format, Format::Avif(..))) {
                    assert!(made.windows(xmp.len()).any(|part| part == xmp.as_bytes()), "{format:?}");
                }
                if !matches!(format, Format::Avif(..)) {
                    let budget = Budget::default();
                    let again = super::super::decode::decode(&made, &metadata, (40, 20), &budget).unwrap().raster;
                    let (left, right) = (again.opaque().pixels[15], again.opaque().pixels[35 * 3]);
                    assert!(left > 240 && right.abs_diff(200) < 12, "{format:?} {left} {right}");
                }
            }
        }
    }
}
