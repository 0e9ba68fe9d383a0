//! Files into pixels.

use std::io::Cursor;

use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use jpeg_decoder::{CodingProcess, PixelFormat};

use super::limits::{Budget, MOST_MEMORY, Share, check_bytes, check_pixels};
use super::raster::{Channels, Raster};
use super::{Metadata, svg};
use crate::diagnostic::Text;
use crate::text;

/// Pixels, and the memory they are counted with.
pub(super) struct Decoded<'b> {
    pub(super) raster: Raster,
    pub(super) share: Share<'b>,
}

/// Decodes a file, unturned, in its own colours. A JPEG is decoded at a half, a quarter or an eighth where that is still
/// at least `wanted` (width and height in stored pixels); an SVG drawing is drawn at least that large.
pub(super) fn decode<'b>(
    bytes: &[u8],
    metadata: &Metadata,
    wanted: (u32, u32),
    budget: &'b Budget,
) -> Result<Decoded<'b>, Text> {
    check_bytes(bytes.len() as u64)?;
    check_pixels(metadata.width, metadata.height)?;
    let format = match metadata.format.as_str() {
        "svg" => {
            let scale =
                (f64::from(wanted.0) / f64::from(metadata.width)).max(f64::from(wanted.1) / f64::from(metadata.height));
            let share = budget.share(u64::from(wanted.0) * u64::from(wanted.1) * 8)?;
            return Ok(Decoded { raster: svg::draw(bytes, metadata, scale)?, share });
        }
        "jpg" => return jpeg(bytes, wanted, budget),
        "png" => ImageFormat::Png,
        "gif" => ImageFormat::Gif,
        "webp" => ImageFormat::WebP,
        other => {
            return Err(text!(
                "to plik {other}, a mniejsze obrazy powstają z JPEG, PNG, WebP, GIF i SVG",
                "it is {other}; smaller pictures are made of JPEG, PNG, WebP, GIF and SVG"
            ));
        }
    };
    others(bytes, format, budget)
}

fn broken(why: impl std::fmt::Display) -> Text {
    let why = why.to_string();
    // What the decoders' errors come down to where a download or a copy was cut off.
    if ["fill whole buffer", "unexpected end", "unexpected EOF", "UnexpectedEof"].iter().any(|end| why.contains(end)) {
        return text!("plik urywa się przed końcem", "the file ends too soon");
    }
    text!("plik jest uszkodzony: {why}", "the file is damaged: {why}")
}

fn jpeg<'b>(bytes: &[u8], wanted: (u32, u32), budget: &'b Budget) -> Result<Decoded<'b>, Text> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    // Several decoders run at once: `budget` counts them together.
    decoder.set_max_decoding_buffer_size(usize::try_from(MOST_MEMORY).unwrap_or(usize::MAX));
    decoder.read_info().map_err(broken)?;
    let info = decoder.info().ok_or_else(|| broken("no frame"))?;
    let (width, height) = (info.width, info.height);
    let at_least = |(to_width, to_height): (u16, u16)| {
        u32::from(to_width) >= wanted.0.min(width.into()) && u32::from(to_height) >= wanted.1.min(height.into())
    };
    let at_most = |wanted: u32, whole: u16| u16::try_from(wanted).unwrap_or(whole).min(whole);
    let mut size = decoder.scale(at_most(wanted.0, width), at_most(wanted.1, height)).map_err(broken)?;
    if !at_least(size) {
        // It stops at a scale at which one side is long enough.
        size = decoder.scale(width, height).map_err(broken)?;
    }
    let pixels = u64::from(size.0) * u64::from(size.1);
    // The planes and the result, and all coefficients (at most three components of two bytes) of a progressive one.
    let mut needs = pixels * 6;
    if info.coding_process == CodingProcess::DctProgressive {
        needs += u64::from(width) * u64::from(height) * 6;
    }
    let share = budget.share(needs)?;
    let data = decoder.decode().map_err(broken)?;
    let profile = decoder.icc_profile();
    let (channels, pixels, profile) = match info.pixel_format {
        PixelFormat::RGB24 => (Channels::Rgb, data, profile),
        PixelFormat::CMYK32 => (Channels::Cmyk, data, profile),
        PixelFormat::L8 => (Channels::Rgb, data.iter().flat_map(|grey| [*grey; 3]).collect(), None),
        PixelFormat::L16 => (
            Channels::Rgb,
            data.chunks_exact(2)
                .flat_map(|grey| [u16::from_ne_bytes([grey[0], grey[1]]).to_be_bytes()[0]; 3])
                .collect(),
            None,
        ),
    };
    let raster = Raster { width: size.0.into(), height: size.1.into(), channels, pixels, profile };
    check_whole(&raster)?;
    Ok(Decoded { raster, share })
}

fn others<'b>(bytes: &[u8], format: ImageFormat, budget: &'b Budget) -> Result<Decoded<'b>, Text> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    check_pixels(width, height)?;
    let grey = matches!(decoder.color_type(), ColorType::L8 | ColorType::La8 | ColorType::L16 | ColorType::La16);
    let alpha = decoder.color_type().has_alpha();
    // What the file holds, what is made of it, and once more for what the decoder keeps of its own.
    let share = budget.share(decoder.total_bytes() * 2 + u64::from(width) * u64::from(height) * 4)?;
    let profile = decoder.icc_profile().unwrap_or(None).filter(|_| !grey);
    let image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    let (channels, pixels) = if alpha {
        (Channels::Rgba, image.into_rgba8().into_raw())
    } else {
        (Channels::Rgb, image.into_rgb8().into_raw())
    };
    let raster = Raster { width, height, channels, pixels, profile };
    check_whole(&raster)?;
    Ok(Decoded { raster, share })
}

/// A decoder that gives fewer pixels than it promised is not believed.
fn check_whole(raster: &Raster) -> Result<(), Text> {
    let expected = raster.width as usize * raster.height as usize * raster.channels.count();
    if raster.pixels.len() == expected { Ok(()) } else { Err(broken("pixels are missing")) }
}
