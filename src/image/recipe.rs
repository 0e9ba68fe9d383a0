//! One resized picture: from what, how, and its name.

use std::path::PathBuf;
use std::sync::Arc;

use super::cache::Key;
use super::decode::decode;
use super::encode::{Format, encode};
use super::limits::Budget;
use super::raster::Filter;
use super::{Cut, Metadata, Operation};
use crate::diagnostic::Text;

/// A picture file that has been looked at.
#[derive(Debug, Clone)]
pub struct Original {
    /// Where it is.
    pub file: PathBuf,
    /// What it says of itself.
    pub metadata: Metadata,
    /// BLAKE3 of its bytes.
    pub hash: blake3::Hash,
}

/// How to make one resized picture.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// What it is made of.
    pub original: Arc<Original>,
    /// What was asked for.
    pub operation: Operation,
    /// What is cut out and to which size it is scaled.
    pub cut: Cut,
    /// Form of the result.
    pub format: Format,
    /// How pixels are mixed.
    pub filter: Filter,
}

impl Recipe {
    /// What it is kept under.
    #[must_use]
    pub fn key(&self) -> Key {
        let words = format!("{:?} {:?} {:?} {:?}", self.operation, self.cut, self.format, self.filter);
        Key::new(&self.original.hash, &words)
    }

    /// Name of the result: the original's stem and 16 digits that say all of the making.
    #[must_use]
    pub fn name(&self) -> String {
        let stem = self.original.file.file_stem().unwrap_or_default().to_string_lossy();
        format!("{stem}.{}.{}", self.key().digits(), self.format.extension())
    }

    /// Makes the picture.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the original, or what this huta cannot write.
    pub(super) fn make(&self, bytes: &[u8], budget: &Budget) -> Result<Vec<u8>, Text> {
        let metadata = &self.original.metadata;
        let (width, height) = self.wanted();
        let decoded =
            decode(bytes, metadata, if metadata.is_turned() { (height, width) } else { (width, height) }, budget)?;
        let raster = decoded.raster.turned(metadata.orientation);
        let picture = raster.scaled(self.cut_from(raster.width, raster.height), self.filter).into_srgb();
        drop(decoded.share);
        encode(&picture, self.format, None)
    }

    /// How large the whole original has to be so that what is cut out has the result's size.
    fn wanted(&self) -> (u32, u32) {
        let (_, _, width, height) = self.cut.rectangle;
        let (to_width, to_height) = self.cut.size;
        let whole = |whole: u32, part: u32, to: u32| {
            u32::try_from((u64::from(whole) * u64::from(to)).div_ceil(u64::from(part.max(1)))).unwrap_or(u32::MAX)
        };
        let metadata = &self.original.metadata;
        (whole(metadata.width, width, to_width), whole(metadata.height, height, to_height))
    }

    /// The cut in an original that was decoded smaller (or drawn larger) than its file says.
    fn cut_from(&self, width: u32, height: u32) -> Cut {
        let metadata = &self.original.metadata;
        if (width, height) == (metadata.width, metadata.height) {
            return self.cut;
        }
        let (left, top, across, down) = self.cut.rectangle;
        let share = |part: u32, whole: u32, of: u32| {
            u32::try_from((u64::from(part) * u64::from(of) + u64::from(whole) / 2) / u64::from(whole)).unwrap_or(of)
        };
        let left = share(left, metadata.width, width).min(width - 1);
        let top = share(top, metadata.height, height).min(height - 1);
        let across = share(across, metadata.width, width).clamp(1, width - left);
        let down = share(down, metadata.height, height).clamp(1, height - top);
        Cut { rectangle: (left, top, across, down), size: self.cut.size }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Metadata;

    fn recipe(bytes: &[u8], operation: Operation, format: Format) -> Recipe {
        let metadata = Metadata::read(bytes).unwrap();
        let cut = operation.cut((metadata.width, metadata.height));
        let original = Original { file: "a/ż.png".into(), metadata, hash: blake3::hash(bytes) };
        Recipe { original: Arc::new(original), operation, cut, format, filter: Filter::Lanczos3 }
    }

    /// Left half blue, right half red, tall stripes of 400 × 200 pixels.
    fn halves(format: image::ImageFormat) -> Vec<u8> {
        let picture =
            image::RgbImage::from_fn(400, 200, |x, _| image::Rgb(if x < 200 { [0, 0, 200] } else { [200, 0, 0] }));
        let mut bytes = std::io::Cursor::new(vec![]);
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn names_say_the_recipe() {
        let bytes = halves(image::ImageFormat::Png);
        let fill = Operation::Fill(10, 10);
        let png = recipe(&bytes, fill, Format::Png);
        let name = png.name();
        let digits = name.strip_prefix("ż.").and_then(|rest| rest.strip_suffix(".png")).unwrap();
        assert_eq!(digits.len(), 16);
        assert_ne!(recipe(&bytes, fill, Format::Jpeg(75)).key(), recipe(&bytes, fill, Format::Jpeg(76)).key());
        assert_eq!(png.name(), recipe(&bytes, fill, Format::Png).name());
    }

    #[test]
    fn a_photograph_decoded_smaller_is_cut_at_the_same_place() {
        let png = halves(image::ImageFormat::Png);
        let whole = recipe(&png, Operation::FitWidth(400), Format::Jpeg(95)).make(&png, &Budget::default()).unwrap();
        let mut recipe = recipe(&whole, Operation::Scale(20, 20), Format::Png);
        recipe.cut = Cut { rectangle: (200, 0, 200, 200), size: (20, 20) };
        let made = recipe.make(&whole, &Budget::default()).unwrap();
        let made = image::load_from_memory(&made).unwrap().to_rgb8();
        assert_eq!(made.dimensions(), (20, 20));
        // JPEG keeps colours at half the resolution: they run a little over the edge.
        assert!(made.enumerate_pixels().all(|(x, _, pixel)| x < 2 || (pixel[0] > 180 && pixel[2] < 30)));
    }

    #[test]
    fn a_broken_original_is_told() {
        let bytes = halves(image::ImageFormat::Png);
        let recipe = recipe(&bytes, Operation::FitWidth(10), Format::Png);
        assert!(recipe.make(&bytes[..bytes.len() / 2], &Budget::default()).is_err());
    }
}
