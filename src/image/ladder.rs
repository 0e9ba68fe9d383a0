//! The pictures of several widths that are made of one original.

use super::cache::{Made, Rung};
use super::decode::decode;
use super::encode::{Format, encode};
use super::limits::Budget;
use super::placeholder::placeholder;
use super::raster::{Channels, Filter, Raster};
use super::sanitise::sanitise;
use super::{Cut, Metadata, Rights, svg};
use crate::diagnostic::Text;

/// Longest side of the drawing that an SVG's placeholder is made from, in pixels.
const SKETCH: f64 = 60.0;

/// Which pictures are made of an original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// Widths in pixels, ascending.
    pub widths: Vec<u32>,
    /// Formats besides the fallback, the best first.
    pub formats: Vec<Format>,
    /// Quality of a fallback in JPEG.
    pub jpeg: u8,
}

impl Ladder {
    /// The recipe in words: what besides the original decides the result.
    pub(super) fn words(&self, rights: &Rights) -> String {
        format!("{self:?} {rights:?}")
    }

    /// Widths for an original of this width: never enlarged, and the largest is the original's own where that is less
    /// than the ladder's; a step that is nearly that is left out.
    fn steps(&self, width: u32) -> Vec<u32> {
        let mut steps: Vec<u32> = self.widths.iter().copied().filter(|step| *step < width).collect();
        if steps.len() < self.widths.len() {
            steps.retain(|step| step * 10 <= width * 9);
            steps.push(width);
        }
        steps
    }

    /// Makes them. The second value is the bytes of each.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the original.
    pub(super) fn make(
        &self,
        bytes: &[u8],
        metadata: &Metadata,
        rights: &Rights,
        budget: &Budget,
    ) -> Result<(Made, Vec<Vec<u8>>), Text> {
        let xmp = rights.xmp();
        if metadata.format == "svg" {
            return drawing(bytes, metadata, xmp.as_deref());
        }
        let steps = self.steps(metadata.width);
        let largest = steps.last().copied().unwrap_or(metadata.width);
        let height = |width: u32| proportional(width, metadata);
        let mut picture = largest_rung(bytes, metadata, (largest, height(largest)), budget)?;
        let placeholder = placeholder(&picture);
        let fallback = self.fallback(&picture, metadata, xmp.as_deref())?;
        let formats: Vec<Format> = self.formats.iter().copied().chain([fallback]).collect();
        let mut made: Vec<Vec<(Rung, Vec<u8>)>> = vec![vec![]; formats.len()];
        for width in steps.iter().rev() {
            picture = picture.resized((*width, height(*width)));
            for (format, made) in formats.iter().zip(&mut made) {
                let bytes = smallest(&picture, *format, fallback, xmp.as_deref())?;
                made.insert(0, (rung(&picture, format.extension(), &bytes), bytes));
            }
        }
        let size = |rungs: &[(Rung, Vec<u8>)]| rungs.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
        let fallback_size = made.last().map_or(0, |rungs| size(rungs));
        let last = made.len() - 1;
        let kept = made.into_iter().enumerate().filter(|(at, rungs)| *at == last || size(rungs) < fallback_size);
        let (rungs, pictures) = kept.flat_map(|(_, rungs)| rungs).unzip();
        Ok((Made { rungs, placeholder, ..Made::default() }, pictures))
    }

    /// What every browser shows: PNG for what lets something through, and for what has no losses yet and comes out
    /// smaller that way (most drawings and screenshots), else JPEG.
    fn fallback(&self, picture: &Raster, metadata: &Metadata, xmp: Option<&str>) -> Result<Format, Text> {
        let jpeg = Format::Jpeg(self.jpeg);
        if picture.channels == Channels::Rgba {
            return Ok(Format::Png);
        }
        if metadata.format == "jpg" {
            return Ok(jpeg);
        }
        let (with, without) = (encode(picture, jpeg, xmp)?, encode(picture, Format::Png, xmp)?);
        Ok(if without.len() < with.len() { Format::Png } else { jpeg })
    }
}

/// The first rung: decoded no larger than it takes, scaled before it is turned and before its colours are changed, since
/// there is less of it then.
fn largest_rung(bytes: &[u8], metadata: &Metadata, size: (u32, u32), budget: &Budget) -> Result<Raster, Text> {
    let stored = if metadata.is_turned() { (size.1, size.0) } else { size };
    let decoded = decode(bytes, metadata, stored, budget)?;
    let whole = (0, 0, decoded.raster.width, decoded.raster.height);
    let picture = decoded.raster.scaled(Cut { rectangle: whole, size: stored }, Filter::Lanczos3);
    drop(decoded);
    let picture = picture.turned(metadata.orientation).into_srgb();
    Ok(if picture.channels == Channels::Rgba && !picture.is_translucent() { picture.opaque() } else { picture })
}

/// A picture that is kept without losses as fallback may be smaller so in WebP too.
fn smallest(picture: &Raster, format: Format, fallback: Format, xmp: Option<&str>) -> Result<Vec<u8>, Text> {
    let made = encode(picture, format, xmp)?;
    if fallback == Format::Png && matches!(format, Format::WebP(Some(_))) {
        let lossless = encode(picture, Format::WebP(None), xmp)?;
        if lossless.len() < made.len() {
            return Ok(lossless);
        }
    }
    Ok(made)
}

fn rung(picture: &Raster, format: &str, bytes: &[u8]) -> Rung {
    Rung {
        width: picture.width,
        height: picture.height,
        format: format.into(),
        hash: blake3::hash(bytes).to_hex().to_string(),
    }
}

/// A drawing is its own ladder: sanitised, with its rights.
fn drawing(bytes: &[u8], metadata: &Metadata, xmp: Option<&str>) -> Result<(Made, Vec<Vec<u8>>), Text> {
    let sanitised = sanitise(bytes)?;
    let mut text = sanitised.text;
    if let (Some(xmp), Some(end)) = (xmp, text.rfind("</svg>")) {
        text.insert_str(end, &format!("<metadata>{xmp}</metadata>"));
    }
    let bytes = text.into_bytes();
    let scale = SKETCH / f64::from(metadata.width.max(metadata.height));
    let placeholder = svg::draw(&bytes, metadata, scale).ok().and_then(|sketch| placeholder(&sketch));
    let rung = Rung {
        width: metadata.width,
        height: metadata.height,
        format: "svg".into(),
        hash: blake3::hash(&bytes).to_hex().to_string(),
    };
    Ok((Made { rungs: vec![rung], placeholder, removed: sanitised.removed }, vec![bytes]))
}

/// The height that goes with a width, at least one pixel.
fn proportional(width: u32, metadata: &Metadata) -> u32 {
    let (across, down) = (u64::from(metadata.width), u64::from(metadata.height));
    u32::try_from((u64::from(width) * down + across / 2) / across).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder() -> Ladder {
        Ladder { widths: vec![40, 80, 160], formats: vec![Format::WebP(Some(75))], jpeg: 80 }
    }

    fn made(picture: &Raster, format: Format) -> Vec<(String, u32, u32)> {
        let bytes = encode(picture, format, None).unwrap();
        let metadata = Metadata::read(&bytes).unwrap();
        let (made, files) = ladder().make(&bytes, &metadata, &Rights::default(), &Budget::default()).unwrap();
        assert_eq!(made.rungs.len(), files.len());
        for (rung, bytes) in made.rungs.iter().zip(&files) {
            let metadata = Metadata::read(bytes).unwrap();
            assert_eq!(
                (metadata.width, metadata.height, metadata.format),
                (rung.width, rung.height, rung.format.clone())
            );
        }
        made.rungs.into_iter().map(|rung| (rung.format, rung.width, rung.height)).collect()
    }

    /// A picture that no format makes small: each pixel follows from the one before by chance.
    fn noise(width: u32, height: u32) -> Raster {
        let mut state = 1_u32;
        let pixels = (0..width * height * 3)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state.to_be_bytes()[0]
            })
            .collect();
        Raster { width, height, channels: Channels::Rgb, pixels, profile: None }
    }

    #[test]
    fn nothing_is_enlarged() {
        assert_eq!(ladder().steps(500), [40, 80, 160]);
        assert_eq!(ladder().steps(160), [40, 80, 160]);
        assert_eq!(ladder().steps(100), [40, 80, 100]);
        assert_eq!(ladder().steps(30), [30]);
        assert_eq!(ladder().steps(85), [40, 85]);
    }

    #[test]
    fn a_photograph_has_every_rung_in_both_formats() {
        let all = made(&noise(200, 100), Format::Jpeg(90));
        let sizes = [(40, 20), (80, 40), (160, 80)];
        let expected: Vec<_> =
            ["webp", "jpg"].into_iter().flat_map(|format| sizes.map(|(w, h)| (format.to_string(), w, h))).collect();
        assert_eq!(all, expected);
    }

    #[test]
    fn a_flat_drawing_stays_without_losses() {
        let flat = Raster { pixels: vec![200; 200 * 100 * 3], ..noise(200, 100) };
        assert_eq!(made(&flat, Format::Png).last().unwrap().0, "png");
        assert_eq!(made(&noise(200, 100), Format::Png).last().unwrap().0, "jpg");
    }

    #[test]
    fn what_lets_something_through_keeps_it() {
        let pixels = (0..200 * 100).flat_map(|at| [9, 99, 200, if at % 7 == 0 { 40 } else { 255 }]).collect();
        let glass = Raster { width: 200, height: 100, channels: Channels::Rgba, pixels, profile: None };
        assert_eq!(made(&glass, Format::Png).last().unwrap().0, "png");
    }

    #[test]
    fn a_format_larger_than_the_fallback_is_dropped() {
        let dear = Ladder { formats: vec![Format::WebP(None)], ..ladder() };
        let bytes = encode(&noise(200, 100), Format::Jpeg(50), None).unwrap();
        let metadata = Metadata::read(&bytes).unwrap();
        let (made, _) = dear.make(&bytes, &metadata, &Rights::default(), &Budget::default()).unwrap();
        assert!(made.rungs.iter().all(|rung| rung.format == "jpg"), "{made:?}");
    }

    #[test]
    fn a_drawing_is_sanitised_and_says_whose_it_is() {
        let bytes = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\"><script/><path fill=\"#963\" d=\"M0 0h30v20H0z\"/></svg>";
        let metadata = Metadata::read(bytes).unwrap();
        let rights = Rights { creator: Some("Ala".into()), ..Rights::default() };
        let (made, files) = ladder().make(bytes, &metadata, &rights, &Budget::default()).unwrap();
        let text = String::from_utf8(files[0].clone()).unwrap();
        assert!(text.contains("Ala") && !text.contains("<script"), "{text}");
        assert!(made.placeholder.is_some_and(|address| address.len() < 250) && made.removed.len() == 1);
    }
}
