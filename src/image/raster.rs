//! Pixels in memory: scaling, cutting, turning, colours into sRGB.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::Cut;

/// What the channels of a pixel are; eight bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channels {
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue, opacity (not multiplied in).
    Rgba,
    /// Cyan, magenta, yellow, black: 255 is full ink.
    Cmyk,
}

impl Channels {
    pub(super) fn count(self) -> usize {
        if self == Self::Rgb { 3 } else { 4 }
    }
}

/// How pixels are mixed when a picture is scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// The nearest one.
    Nearest,
    /// Bilinear.
    Triangle,
    /// Bicubic.
    CatmullRom,
    /// Soft.
    Gaussian,
    /// Sharp.
    Lanczos3,
}

/// A picture in memory, rows from the top.
#[derive(Debug, Clone)]
pub(super) struct Raster {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) channels: Channels,
    pub(super) pixels: Vec<u8>,
    /// The colour profile (ICC) the values are to be read with; `None` is sRGB.
    pub(super) profile: Option<Vec<u8>>,
}

impl Raster {
    /// Cuts out a rectangle and scales it.
    ///
    /// Values are mixed as they are encoded, not as light. Browsers do the same when they fit a picture into its box and
    /// JPEG's reduced decoding does it too, so that all rungs look alike; mixed as light, dark lines on a bright ground
    /// (most of a drawing) fade with every rung. Colours are weighted by opacity.
    pub(super) fn scaled(&self, cut: Cut, filter: Filter) -> Self {
        let (left, top, width, height) = cut.rectangle;
        let kind = if self.channels == Channels::Rgb { PixelType::U8x3 } else { PixelType::U8x4 };
        let (to_width, to_height) = cut.size;
        if (left, top, width, height) == (0, 0, self.width, self.height) && cut.size == (self.width, self.height) {
            return self.clone();
        }
        let mut scaled = Image::new(to_width, to_height, kind);
        let algorithm = match filter {
            Filter::Nearest => ResizeAlg::Nearest,
            Filter::Triangle => ResizeAlg::Convolution(FilterType::Bilinear),
            Filter::CatmullRom => ResizeAlg::Convolution(FilterType::CatmullRom),
            Filter::Gaussian => ResizeAlg::Convolution(FilterType::Gaussian),
            Filter::Lanczos3 => ResizeAlg::Convolution(FilterType::Lanczos3),
        };
        let options = ResizeOptions::new()
            .resize_alg(algorithm)
            .crop(left.into(), top.into(), width.into(), height.into())
            .use_alpha(self.channels == Channels::Rgba);
        // The rectangle lies in the picture and both have the same kind of pixels: there is nothing to fail.
        if let Ok(source) = ImageRef::new(self.width, self.height, &self.pixels, kind) {
            let _ = Resizer::new().resize(&source, &mut scaled, &options);
        }
        Self {
            width: to_width,
            height: to_height,
            channels: self.channels,
            pixels: scaled.into_vec(),
            profile: self.profile.clone(),
        }
    }

    /// The same picture at another size.
    pub(super) fn resized(&self, size: (u32, u32)) -> Self {
        self.scaled(Cut { rectangle: (0, 0, self.width, self.height), size }, Filter::Lanczos3)
    }

    /// Turns and mirrors as the camera was held.
    pub(super) fn turned(self, orientation: Orientation) -> Self {
        if orientation == Orientation::NoTransforms {
            return self;
        }
        let Self { width, height, channels, pixels, profile } = self;
        let image = match channels {
            Channels::Rgb => RgbImage::from_raw(width, height, pixels).map(DynamicImage::from),
            _ => RgbaImage::from_raw(width, height, pixels).map(DynamicImage::from),
        };
        let mut image = image.unwrap_or_default();
        image.apply_orientation(orientation);
        let (width, height) = (image.width(), image.height());
        Self { width, height, channels, pixels: image.into_bytes(), profile }
    }

    /// Brings the colours into sRGB. A profile that cannot be read counts as none, as it does in browsers.
    pub(super) fn into_srgb(mut self) -> Self {
        let profile = self.profile.take().and_then(|bytes| ColorProfile::new_from_slice(&bytes).ok());
        if let Some(transformed) = profile.and_then(|profile| self.transformed(&profile)) {
            return transformed;
        }
        if self.channels == Channels::Cmyk {
            self.pixels = self.pixels.chunks_exact(4).flat_map(without_profile).collect();
            self.channels = Channels::Rgb;
        }
        self
    }

    fn transformed(&self, profile: &ColorProfile) -> Option<Self> {
        let (space, from, to, channels) = match self.channels {
            Channels::Rgb => (DataColorSpace::Rgb, Layout::Rgb, Layout::Rgb, Channels::Rgb),
            Channels::Rgba => (DataColorSpace::Rgb, Layout::Rgba, Layout::Rgba, Channels::Rgba),
            Channels::Cmyk => (DataColorSpace::Cmyk, Layout::Rgba, Layout::Rgb, Channels::Rgb),
        };
        if profile.color_space != space {
            return None;
        }
        let options = TransformOptions { prefer_fixed_point: true, ..TransformOptions::default() };
        let transform = profile.create_transform_8bit(from, &ColorProfile::new_srgb(), to, options).ok()?;
        let mut pixels = vec![0; self.width as usize * self.height as usize * channels.count()];
        transform.transform(&self.pixels, &mut pixels).ok()?;
        Some(Self { channels, pixels, profile: None, ..*self })
    }

    /// Whether any pixel lets something through.
    pub(super) fn is_translucent(&self) -> bool {
        self.channels == Channels::Rgba && self.pixels.iter().skip(3).step_by(4).any(|opacity| *opacity < 255)
    }

    /// Without opacity, on white where it lets something through.
    pub(super) fn opaque(&self) -> Self {
        if self.channels != Channels::Rgba {
            return self.clone();
        }
        let on_white = |value: u8, opacity: u8| {
            let mixed = u32::from(value) * u32::from(opacity) + 255 * (255 - u32::from(opacity));
            u8::try_from((mixed + 127) / 255).unwrap_or(u8::MAX)
        };
        let pixels =
            self.pixels.chunks_exact(4).flat_map(|pixel| [0, 1, 2].map(|at| on_white(pixel[at], pixel[3]))).collect();
        Self { channels: Channels::Rgb, pixels, profile: self.profile.clone(), ..*self }
    }
}

/// Ink without a profile, as light: each colour times what black leaves.
fn without_profile(ink: &[u8]) -> [u8; 3] {
    let left = |of: u8| u32::from(255 - of);
    [0, 1, 2].map(|at| u8::try_from((left(ink[at]) * left(ink[3]) + 127) / 255).unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster(channels: Channels, pixels: Vec<u8>, width: u32) -> Raster {
        let height = u32::try_from(pixels.len() / channels.count()).unwrap() / width;
        Raster { width, height, channels, pixels, profile: None }
    }

    #[test]
    fn clear_pixels_do_not_colour_their_neighbours() {
        // Clear black beside opaque white: half of each is half-clear white, not grey.
        let picture = raster(Channels::Rgba, vec![0, 0, 0, 0, 255, 255, 255, 255], 2);
        let one = picture.scaled(Cut { rectangle: (0, 0, 2, 1), size: (1, 1) }, Filter::Triangle);
        assert_eq!(one.pixels[..3], [255, 255, 255]);
        assert!((126..=129).contains(&one.pixels[3]), "{:?}", one.pixels);
        assert!(one.is_translucent());
        assert!(one.opaque().pixels.iter().all(|part| *part == 255));
    }

    #[test]
    fn a_rectangle_is_cut_out() {
        let picture = raster(Channels::Rgb, (0..4).flat_map(|x| [x * 60; 3]).collect(), 4);
        let right = picture.scaled(Cut { rectangle: (2, 0, 2, 1), size: (2, 1) }, Filter::Lanczos3);
        assert_eq!(right.pixels, [120, 120, 120, 180, 180, 180]);
    }

    #[test]
    fn ink_without_a_profile() {
        let picture = raster(Channels::Cmyk, vec![0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255], 3).into_srgb();
        assert_eq!(picture.pixels, [255, 255, 255, 0, 255, 255, 0, 0, 0]);
    }

    #[test]
    fn turning_swaps_the_sides() {
        let picture = raster(Channels::Rgb, vec![1, 1, 1, 2, 2, 2], 2).turned(Orientation::Rotate90);
        assert_eq!((picture.width, picture.height, picture.pixels), (1, 2, vec![1, 1, 1, 2, 2, 2]));
    }

    #[test]
    fn a_wide_gamut_comes_into_srgb() {
        let profile = ColorProfile::new_display_p3().encode().unwrap();
        let mut picture = raster(Channels::Rgb, vec![200, 100, 50, 128, 128, 128], 2);
        picture.profile = Some(profile);
        let seen = picture.into_srgb();
        // Display P3 (200, 100, 50) is sRGB (214.9, 92.6, 31.0) by the matrices of CSS Color 4, section 17.
        for (is, should) in seen.pixels.iter().zip([215, 93, 31, 128, 128, 128]) {
            assert!(is.abs_diff(should) <= 2, "{:?}", seen.pixels);
        }
        assert!(seen.profile.is_none());
    }
}
