//! One resized picture: from what, how, and its name.

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::PathBuf;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageReader, Limits};
use sha2::{Digest, Sha256};

use super::{Cut, Operation};

/// Most pixels a side of an original may have.
const LONGEST: u32 = 30_000;

/// Most bytes decoding one original may take.
const MOST_MEMORY: u64 = 1 << 30;

/// Form of the result.
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
}

/// How to make one resized picture.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// The original.
    pub file: PathBuf,
    /// SHA-256 of the original's bytes.
    pub digest: [u8; 32],
    /// How the original's pixels have to be turned first.
    pub orientation: Orientation,
    /// What was asked for.
    pub operation: Operation,
    /// What is cut out and to which size it is scaled.
    pub cut: Cut,
    /// Form of the result.
    pub format: Format,
    /// How pixels are mixed.
    pub filter: FilterType,
}

impl Recipe {
    /// Name of the result: the original's stem and 16 digits that say all of the recipe, the original's bytes included.
    #[must_use]
    pub fn name(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.digest);
        hash.update(format!(
            "{:?} {:?} {:?} {:?} {}",
            self.operation,
            self.cut,
            self.format,
            self.filter,
            env!("CARGO_PKG_VERSION")
        ));
        let digits = hash.finalize()[..8].iter().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        });
        let stem = self.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        format!("{stem}.{digits}.{}", self.format.extension())
    }

    /// Makes the picture.
    ///
    /// # Errors
    ///
    /// Says in English what is wrong with the original, or what this huta cannot write.
    pub fn make(&self) -> Result<Vec<u8>, String> {
        let bytes = std::fs::read(&self.file).map_err(|error| error.to_string())?;
        let mut reader =
            ImageReader::new(Cursor::new(&bytes)).with_guessed_format().map_err(|error| error.to_string())?;
        let mut limits = Limits::default();
        limits.max_image_width = Some(LONGEST);
        limits.max_image_height = Some(LONGEST);
        limits.max_alloc = Some(MOST_MEMORY);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(|error| error.to_string())?;
        let profile = decoder.icc_profile().unwrap_or(None);
        let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| error.to_string())?;
        picture.apply_orientation(self.orientation);
        let (left, top, width, height) = self.cut.rectangle;
        if (left, top, width, height) != (0, 0, picture.width(), picture.height()) {
            picture = picture.crop_imm(left, top, width, height);
        }
        let (width, height) = self.cut.size;
        if (width, height) != (picture.width(), picture.height()) {
            picture = picture.resize_exact(width, height, self.filter);
        }
        self.encode(&picture, profile).map_err(|error| error.to_string())
    }

    fn encode(&self, picture: &DynamicImage, profile: Option<Vec<u8>>) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let mut out = Vec::new();
        match self.format {
            Format::Jpeg(quality) => {
                let mut encoder = JpegEncoder::new_with_quality(&mut out, quality);
                keep_profile(&mut encoder, profile);
                // JPEG knows no transparency: what is clear becomes white.
                on_white(picture).write_with_encoder(encoder)?;
            }
            Format::Png => {
                let mut encoder = PngEncoder::new(&mut out);
                keep_profile(&mut encoder, profile);
                picture.write_with_encoder(encoder)?;
            }
            Format::WebP(None) => {
                let mut encoder = WebPEncoder::new_lossless(&mut out);
                keep_profile(&mut encoder, profile);
                eight_bits(picture).write_with_encoder(encoder)?;
            }
            Format::WebP(Some(quality)) => {
                let (width, height) = (picture.width(), picture.height());
                out = if picture.color().has_alpha() {
                    webp::Encoder::from_rgba(&picture.to_rgba8(), width, height).encode(quality.into()).to_vec()
                } else {
                    webp::Encoder::from_rgb(&picture.to_rgb8(), width, height).encode(quality.into()).to_vec()
                };
            }
            #[cfg(feature = "avif")]
            Format::Avif(quality, speed) => {
                let encoder = image::codecs::avif::AvifEncoder::new_with_speed_quality(&mut out, speed, quality);
                eight_bits(picture).write_with_encoder(encoder)?;
            }
            #[cfg(not(feature = "avif"))]
            Format::Avif(..) => return Err("this huta was built without AVIF (the feature `avif`)".into()),
        }
        Ok(out)
    }
}

/// Keeps the colour profile where the format has a place for it.
fn keep_profile(encoder: &mut impl ImageEncoder, profile: Option<Vec<u8>>) {
    if let Some(profile) = profile {
        // A format without a place for profiles is read as sRGB everywhere: nothing is better than a failed build.
        let _ = encoder.set_icc_profile(profile);
    }
}

fn eight_bits(picture: &DynamicImage) -> DynamicImage {
    if picture.color().has_alpha() { picture.to_rgba8().into() } else { picture.to_rgb8().into() }
}

fn on_white(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8().into();
    }
    let mut white = image::RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([255; 4]));
    image::imageops::overlay(&mut white, &picture.to_rgba8(), 0, 0);
    DynamicImage::from(white).to_rgb8().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Metadata;

    fn recipe(folder: &std::path::Path, format: Format) -> Recipe {
        let file = folder.join("ż.png");
        image::RgbaImage::from_fn(40, 20, |x, _| image::Rgba([200, 10, 10, if x < 20 { 0 } else { 255 }]))
            .save(&file)
            .unwrap();
        let bytes = std::fs::read(&file).unwrap();
        Recipe {
            digest: Sha256::digest(&bytes).into(),
            file,
            orientation: Orientation::NoTransforms,
            operation: Operation::Fill(10, 10),
            cut: Operation::Fill(10, 10).cut((40, 20)),
            format,
            filter: FilterType::Lanczos3,
        }
    }

    #[test]
    fn every_format_is_what_it_says() {
        let folder = tempfile::tempdir().unwrap();
        let mut formats = vec![Format::Jpeg(75), Format::Png, Format::WebP(None), Format::WebP(Some(60))];
        if cfg!(feature = "avif") {
            formats.push(Format::Avif(80, 10));
        }
        for format in formats {
            let made = recipe(folder.path(), format).make().unwrap();
            let metadata = Metadata::read(&made).unwrap();
            assert_eq!((metadata.width, metadata.height, metadata.format.as_str()), (10, 10, format.extension()));
        }
    }

    #[test]
    fn clear_pixels_become_white_in_jpeg() {
        let folder = tempfile::tempdir().unwrap();
        let made = recipe(folder.path(), Format::Jpeg(90)).make().unwrap();
        let pixel = image::load_from_memory(&made).unwrap().to_rgb8()[(0, 5)];
        assert!(pixel.0.iter().all(|part| *part > 240), "{pixel:?}");
    }

    #[test]
    fn names_say_the_recipe() {
        let folder = tempfile::tempdir().unwrap();
        let (png, jpeg) = (recipe(folder.path(), Format::Png), recipe(folder.path(), Format::Jpeg(75)));
        let name = png.name();
        let digits = name.strip_prefix("ż.").and_then(|rest| rest.strip_suffix(".png")).unwrap();
        assert_eq!(digits.len(), 16);
        assert_ne!(jpeg.name(), recipe(folder.path(), Format::Jpeg(76)).name());
        assert_eq!(png.name(), recipe(folder.path(), Format::Png).name());
    }

    #[test]
    fn a_broken_original_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let recipe = recipe(folder.path(), Format::Png);
        std::fs::write(&recipe.file, b"\x89PNG\r\n\x1a\nbroken").unwrap();
        assert!(recipe.make().is_err());
    }
}
